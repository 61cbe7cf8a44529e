"""Make a code: for a chosen time, without internet, for one opening, for now."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from functools import partial
from typing import Final

from homeassistant.config_entries import ConfigFlowResult
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers.selector import BooleanSelector
from homeassistant.helpers.typing import VolDictType
import voluptuous as vol

from ..actions.passwords import password_wish
from ..answers import Answers
from ..domain.passwords import PasswordType
from ..exceptions import refused
from ..hub import LockHub
from ..manager import LockManager
from ..wishes import CreatedCode, DigitsPool, PasswordWish, differ_in_length
from .base import LockDialog, Submitted, parted
from .fields import (
    FIELD_CODE,
    FIELD_END,
    FIELD_HOURS,
    FIELD_LOCKS,
    FIELD_NAME,
    FIELD_ONE_TIME,
    FIELD_START,
    TEXT,
    choice,
    hours_of,
    hours_section,
    moment_field,
    usual_window,
    window_of,
)
from .markdown import escaped, paragraphs
from .shown import made
from .words import Words

# What a lock has to take for a type to be offered.
_TAKES: Final[Mapping[PasswordType, Callable[[LockHub], bool]]] = {
    PasswordType.CUSTOM: lambda hub: hub.traits.online_codes,
    PasswordType.TIME_LIMITED: lambda hub: hub.memory.offline is not False,
    PasswordType.ONE_TIME: lambda hub: hub.memory.offline is not False,
    PasswordType.DYNAMIC: lambda hub: True,
}
_WINDOWED = frozenset({PasswordType.CUSTOM, PasswordType.TIME_LIMITED})


class CreateSteps(LockDialog):
    """The pages that make codes."""

    async def async_step_create(
        self, user_input: Submitted | None = None
    ) -> ConfigFlowResult:
        """Choose the type."""
        try:
            hubs = self.hubs()
        except ServiceValidationError as err:
            return await self.async_show_problem(err)
        words = await Words.async_load(self.hass)
        types = [kind for kind in _TAKES if any(map(_TAKES[kind], hubs.values()))]
        # What no lock takes is not offered, and it is said why.
        missing = next((kind for kind in _TAKES if kind not in types), None)
        names = list(map(self.lock_name, hubs)) if missing else []
        return self.async_show_menu(
            step_id="create",
            menu_options=[*(f"create_{kind}" for kind in types), "init"],
            description_placeholders={
                "left_out": _left_out(words, missing, names),
            },
        )

    async def async_step_create_custom(
        self, user_input: Submitted | None = None
    ) -> ConfigFlowResult:
        """Make a code that is sent to the locks."""
        return await self._async_step(PasswordType.CUSTOM, user_input)

    async def async_step_create_time_limited(
        self, user_input: Submitted | None = None
    ) -> ConfigFlowResult:
        """Make a code that the locks compute."""
        return await self._async_step(PasswordType.TIME_LIMITED, user_input)

    async def async_step_create_one_time(
        self, user_input: Submitted | None = None
    ) -> ConfigFlowResult:
        """Make a code that the locks compute, for one opening."""
        return await self._async_step(PasswordType.ONE_TIME, user_input)

    async def async_step_create_dynamic(
        self, user_input: Submitted | None = None
    ) -> ConfigFlowResult:
        """Make a code for the next minutes."""
        return await self._async_step(PasswordType.DYNAMIC, user_input)

    async def async_step_created(
        self, user_input: Submitted | None = None
    ) -> ConfigFlowResult:
        """Go on from the page that shows the codes."""
        return await self._async_after("created", user_input)

    async def _async_step(
        self, kind: PasswordType, user_input: Submitted | None
    ) -> ConfigFlowResult:
        if user_input is None:
            return await self._async_form(kind)
        return await self.async_once(partial(self._async_create, kind, user_input))

    async def _async_form(
        self,
        kind: PasswordType,
        entered: Submitted | None = None,
        errors: Mapping[str, HomeAssistantError] | None = None,
    ) -> ConfigFlowResult:
        """Show the fields that fit the type and the locks, with what was entered."""
        try:
            hubs = self.hubs()
        except ServiceValidationError as err:
            return await self.async_show_problem(err)
        words = await Words.async_load(self.hass)
        fitting = {lock: hub for lock, hub in hubs.items() if _TAKES[kind](hub)}
        names = {lock: self.lock_name(lock) for lock in fitting}
        others = [self.lock_name(lock) for lock in hubs if lock not in fitting]
        digits = [f"{names[lock]} {hub.digits}" for lock, hub in fitting.items()]
        fields = _fields(kind, names, fitting.values(), self.now())
        return self.show_filled(
            f"create_{kind}",
            fields,
            entered,
            errors,
            words,
            digits=", ".join(map(escaped, digits)),
            left_out=_left_out(words, kind, others),
        )

    async def _async_create(
        self, kind: PasswordType, entered: Submitted
    ) -> ConfigFlowResult:
        with self.answering() as answers:
            return await self._async_make(kind, entered, answers)

    async def _async_make(
        self, kind: PasswordType, entered: Submitted, answers: Answers
    ) -> ConfigFlowResult:
        """Make the code on the chosen locks; show it, or the form again."""
        words = await Words.async_load(self.hass)
        try:
            wish = _wish(kind, entered, self.now())
        except ServiceValidationError as err:
            return await self._async_form(kind, entered, {"": err})
        pool = DigitsPool()

        async def create(
            manager: LockManager, hub: LockHub
        ) -> tuple[LockHub, CreatedCode]:
            return hub, await manager.async_create(hub, wish, pool, answers)

        codes, errors = parted(await self.async_work(entered["locks"], create))
        if not codes:
            return await self._async_form(kind, entered, errors)
        lengths = kind is PasswordType.CUSTOM and differ_in_length(
            [created for _, created in codes.values()]
        )
        more = ("other_length_than_others",) if lengths else ()
        shown = [
            made(words, self.lock_name(lock), hub, created, more)
            for lock, (hub, created) in codes.items()
        ]
        return self.show_page(
            "created",
            codes=paragraphs(shown),
            failures=self.failures(words, errors),
        )


def _wish(kind: PasswordType, entered: Submitted, now: datetime) -> PasswordWish:
    """Return what was asked for; raises ServiceValidationError."""
    if not entered[FIELD_LOCKS]:
        raise refused("no_lock_chosen")
    return password_wish(
        {
            "type": kind,
            "name": entered[FIELD_NAME].strip(),
            "code": entered.get(FIELD_CODE),
            "one_time": entered.get(FIELD_ONE_TIME, False),
            "allow_rounding": False,
            **(window_of(entered, now) if kind in _WINDOWED else {}),
            **hours_of(entered.get(FIELD_HOURS, {})),
        }
    )


def _left_out(words: Words, kind: PasswordType | None, locks: Collection[str]) -> str:
    """Return why some locks are not offered."""
    if not locks:
        return ""
    key = "online" if kind is PasswordType.CUSTOM else "offline"
    return words.say(f"no_{key}_codes", locks=", ".join(map(escaped, locks)))


def _fields(
    kind: PasswordType,
    names: Mapping[str, str],
    hubs: Collection[LockHub],
    now: datetime,
) -> VolDictType:
    """Return the fields that fit a type of code and the locks that take it."""
    chosen = list(names) if len(names) == 1 else []
    fields: VolDictType = {
        vol.Required(FIELD_LOCKS, default=chosen): choice(names, multiple=True),
        vol.Required(FIELD_NAME): TEXT,
    }
    if kind in _WINDOWED:
        start, end = usual_window(now)
        fields |= {**moment_field(FIELD_START, start), **moment_field(FIELD_END, end)}
    if kind is PasswordType.CUSTOM:
        fields |= {
            vol.Optional(FIELD_CODE): TEXT,
            vol.Required(FIELD_ONE_TIME, default=False): BooleanSelector(),
            vol.Required(FIELD_HOURS): hours_section(
                may_ignore=not all(hub.traits.schedules for hub in hubs)
            ),
        }
    return fields
