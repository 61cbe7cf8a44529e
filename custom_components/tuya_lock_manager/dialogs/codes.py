"""Look at the codes that exist: of which lock, which one, what can be done to it."""

from collections.abc import Iterable

from homeassistant.config_entries import ConfigFlowResult
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
import voluptuous as vol

from ..domain.deeds import deeds_of
from ..domain.passwords import Password, PasswordKey
from ..domain.select import find_password
from ..exceptions import refused
from ..hub import LockHub
from ..manager import LockManager
from .base import LockDialog, Submitted
from .fields import FIELD_LOCK, FIELD_PASSWORD, choice
from .markdown import escaped, listed, paragraphs
from .order import by_concern, key_of, value_of
from .shown import facts
from .words import Words


class CodeSteps(LockDialog):
    """The pages that find a code."""

    _lock: str
    _key: PasswordKey

    async def async_step_codes(
        self, user_input: Submitted | None = None
    ) -> ConfigFlowResult:
        """Choose a lock, unless there is only one."""
        try:
            hubs = self.hubs()
        except ServiceValidationError as err:
            return await self.async_show_problem(err)
        if (page := await self.async_pick_lock("codes", hubs, user_input)) is not None:
            return page
        return await self.async_step_codes_of()

    async def async_pick_lock(
        self, step_id: str, locks: Iterable[str], user_input: Submitted | None
    ) -> ConfigFlowResult | None:
        """Note which lock is meant; return a page where nothing was chosen yet."""
        names = {lock: self.lock_name(lock) for lock in locks}
        if user_input is None and len(names) > 1:
            return self.async_show_form(
                step_id=step_id,
                data_schema=vol.Schema({vol.Optional(FIELD_LOCK): choice(names)}),
                last_step=False,
            )
        if user_input is not None and FIELD_LOCK not in user_input:
            return await self.async_step_init()
        self._lock = user_input[FIELD_LOCK] if user_input else next(iter(names))
        return None

    async def async_step_codes_of(
        self, user_input: Submitted | None = None
    ) -> ConfigFlowResult:
        """List the codes of the lock, and choose one."""
        if user_input is not None:
            if FIELD_PASSWORD not in user_input:
                return await self.async_step_init()
            self._key = key_of(user_input[FIELD_PASSWORD])
            return await self.async_step_code()
        try:
            manager, hub = self.found_lock()
            codes = by_concern(manager.passwords(hub), self.now())
            if not codes:
                raise refused("no_codes", lock=self.lock_name(self._lock))
        except HomeAssistantError as err:
            return await self.async_show_problem(err)
        words = await Words.async_load(self.hass)
        labels = {value_of(code.key): words.label(code) for code in codes}
        return self.async_show_form(
            step_id="codes_of",
            data_schema=vol.Schema({vol.Optional(FIELD_PASSWORD): choice(labels)}),
            description_placeholders={
                "lock": escaped(self.lock_name(self._lock)),
                "count": str(len(codes)),
                "time_zone": escaped(self.hass.config.time_zone),
            },
            last_step=False,
        )

    async def async_step_code(
        self, user_input: Submitted | None = None
    ) -> ConfigFlowResult:
        """Show one code, and what can be done to it."""
        try:
            _, hub, code = self.found_code()
        except HomeAssistantError as err:
            return await self.async_show_problem(err)
        words = await Words.async_load(self.hass)
        return self.async_show_menu(
            step_id="code",
            menu_options=[*map(str, deeds_of(code, hub.traits)), "codes_of", "init"],
            description_placeholders={"details": self._details(words, hub, code)},
        )

    def found_lock(self) -> tuple[LockManager, LockHub]:
        """Return the chosen lock; raises ServiceValidationError once it is gone."""
        target = self.target(self._lock)
        if isinstance(target, ServiceValidationError):
            raise target
        return target

    def found_code(self) -> tuple[LockManager, LockHub, Password]:
        """Return the chosen code as it is now.

        Raises HomeAssistantError when it is gone, or nothing can be told of it.
        """
        manager, hub = self.found_lock()
        try:
            code = find_password(manager.passwords(hub), self._key)
        except LookupError as err:
            raise refused("code_is_gone", lock=self.lock_name(self._lock)) from err
        return manager, hub, code

    def _details(self, words: Words, hub: LockHub, code: Password) -> str:
        """Return all that is known of a code, as Markdown."""
        about = [
            words.type(code.type),
            words.span(code.start, code.end),
            *facts(words, code),
        ]
        return paragraphs(
            (
                f"**{escaped(code.name)}** · {escaped(self.lock_name(hub.id))}",
                f"{words.status(code.status)}: {words.explain(code.status)}",
                listed(about),
            )
        )
