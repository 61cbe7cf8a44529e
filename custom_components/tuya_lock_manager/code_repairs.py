"""Fix flows for codes that are not as somebody asked for, and for digits nobody saw.

Only administrators get here, and digits are shown in a form alone, which nothing keeps.
"""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

from homeassistant.components.repairs import RepairsFlow, RepairsFlowResult
from homeassistant.config_entries import ConfigEntryState
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
import voluptuous as vol

from .account import TuyaLockConfigEntry
from .code_issues import ABOUT_CODE, ABOUT_ENTRY, DEVICE_ID, ENTRY_ID, KIND, SUBJECT
from .dialogs.markdown import harmless
from .dialogs.words import Words
from .domain.troubles import Trouble
from .hub import LockHub
from .manager import LockManager
from .wishes import DigitsPool, PasswordChange


class _OverError(Exception):
    """The repair is over, or somebody else is mending it."""


type IssueData = dict[str, str | int | float | None]

FIELD_CODE = "code"
_MENUS = {
    Trouble.DELETION_NOT_CONFIRMED.value: ["delete", "keep"],
    "digits_unseen": ["show", "delete"],
    "digits_lost": ["new_digits", "delete", "keep"],
    "offline_digits_unseen": ["show", "keep"],
    "offline_digits_lost": ["keep"],
    "deletion_not_done": ["delete", "keep"],
    "code_not_taken_back": ["delete", "keep"],
    "creation_not_done": ["keep"],
    "change_not_done": ["keep"],
    "change_unknown": ["new_digits", "keep"],
    "offline_code_unknown": ["keep"],
}
_CODE_MENU = ["try_again", "keep", "delete"]


def flow_for(data: IssueData | None) -> RepairsFlow | None:
    """Return the flow for a repair about a code; None where it is about something else."""
    if data is None or data.get(KIND) not in {ABOUT_CODE, ABOUT_ENTRY}:
        return None
    return CodeRepairFlow()


class CodeRepairFlow(RepairsFlow):
    """Lets the user choose what becomes of a code."""

    _digits: str | None = None

    def __init__(self) -> None:
        """Begin with nothing known of the repair."""
        self._known: dict[str, str] = {}

    async def async_step_init(
        self, user_input: dict[str, str] | None = None
    ) -> RepairsFlowResult:
        """Offer what can be done."""
        issue = ir.async_get(self.hass).async_get_issue(self.handler, self.issue_id)
        if issue is None or self._target() is None:
            return self.async_abort(reason="account_not_loaded")
        key = issue.translation_key or ""
        return self.async_show_menu(
            step_id="init",
            menu_options=_MENUS.get(key, _CODE_MENU),
            description_placeholders=self._placeholders,
        )

    async def async_step_try_again(
        self, user_input: dict[str, str] | None = None
    ) -> RepairsFlowResult:
        """Send the code again with the digits that were kept, or ask for others."""
        target, password_id = self._target(), self._password_id
        if target is None or password_id is None:
            return self.async_abort(reason="account_not_loaded")
        manager, hub = target
        if not manager.can_send_again(hub, password_id):
            return await self.async_step_new_digits()
        return await self._async_do(
            hub, lambda: manager.async_send_again(hub, password_id)
        )

    async def async_step_new_digits(
        self, user_input: dict[str, str] | None = None
    ) -> RepairsFlowResult:
        """Ask for other digits; without any, random ones are made and shown."""
        target, password_id = self._target(), self._password_id
        if target is None or password_id is None:
            return self.async_abort(reason="account_not_loaded")
        if user_input is None:
            return self.async_show_form(
                step_id="new_digits",
                data_schema=vol.Schema({vol.Optional(FIELD_CODE): str}),
                description_placeholders=self._placeholders,
            )
        manager, hub = target
        code = user_input.get(FIELD_CODE) or None
        try:
            with self._mending(hub):
                changed = await manager.async_update(
                    hub,
                    password_id,
                    PasswordChange(code=code, new_code=code is None),
                    DigitsPool(),
                )
        except _OverError:
            return self.async_abort(reason="over")
        except HomeAssistantError as err:
            return self._failed(err)
        self._forget_entry()
        if code is not None:
            return self.async_create_entry(data={})
        self._digits = changed.code
        return await self.async_step_show()

    async def async_step_show(
        self, user_input: dict[str, str] | None = None
    ) -> RepairsFlowResult:
        """Show digits that nobody has seen; once it is said that they were, never again."""
        if user_input is not None:
            self._forget_entry()
            return self.async_create_entry(data={})
        digits = self._digits or self._unseen_digits()
        if digits is None:
            return self.async_abort(reason="digits_gone")
        return self.async_show_form(
            step_id="show",
            data_schema=vol.Schema({}),
            description_placeholders={**self._placeholders, "digits": digits},
        )

    async def async_step_keep(
        self, user_input: dict[str, str] | None = None
    ) -> RepairsFlowResult:
        """Leave everything as it is, and say no more about it."""
        if (target := self._target()) is None:
            return self.async_abort(reason="account_not_loaded")
        if self._data.get(KIND) == ABOUT_CODE:
            target[1].troubles.async_keep(str(self._data[SUBJECT]))
        self._forget_entry()
        return self.async_create_entry(data={})

    async def async_step_delete(
        self, user_input: dict[str, str] | None = None
    ) -> RepairsFlowResult:
        """Delete the code."""
        target, password_id = self._target(), self._password_id
        if target is None or password_id is None:
            return self.async_abort(reason="account_not_loaded")
        manager, hub = target

        async def delete() -> None:
            deleted = await manager.async_delete(hub, password_id)
            if deleted.already_gone:
                # The cloud will never tell more, and its user has read that.
                hub.troubles.async_keep_deletion(password_id)

        return await self._async_do(hub, delete)

    async def _async_do(
        self, hub: LockHub, work: Callable[[], Awaitable[object]]
    ) -> RepairsFlowResult:
        try:
            with self._mending(hub):
                await work()
        except _OverError:
            return self.async_abort(reason="over")
        except HomeAssistantError as err:
            return self._failed(err)
        self._forget_entry()
        return self.async_create_entry(data={})

    @contextmanager
    def _mending(self, hub: LockHub) -> Iterator[None]:
        """Mend what is still to be mended, one at a time.

        A form may be open for long, or twice: a code that arrived meanwhile, or was sent
        again, is left alone.
        """
        under_way = hub.troubles.under_way
        issue = ir.async_get(self.hass).async_get_issue(self.handler, self.issue_id)
        if issue is None or not issue.active or self.issue_id in under_way:
            raise _OverError
        under_way.add(self.issue_id)
        try:
            yield
        finally:
            under_way.discard(self.issue_id)

    def _failed(self, err: HomeAssistantError) -> RepairsFlowResult:
        """End without having mended anything: the repair stays."""
        detail = harmless(Words.cached(self.hass).error(err))
        return self.async_abort(
            reason="failed", description_placeholders={"detail": detail}
        )

    @property
    def _data(self) -> IssueData:
        return self.data or {}

    @property
    def _placeholders(self) -> dict[str, str]:
        """Return what the texts say; the repair may be over while its flow goes on."""
        issue = ir.async_get(self.hass).async_get_issue(self.handler, self.issue_id)
        if issue is not None:
            self._known = dict(issue.translation_placeholders or {})
        return self._known

    def _target(self) -> tuple[LockManager, LockHub] | None:
        """Return who looks after the lock; None while its account isn't loaded."""
        entry: TuyaLockConfigEntry | None = self.hass.config_entries.async_get_entry(
            str(self._data.get(ENTRY_ID))
        )
        if entry is None or entry.state is not ConfigEntryState.LOADED:
            return None
        hub = entry.runtime_data.locks.get(str(self._data.get(DEVICE_ID)))
        return None if hub is None else (entry.runtime_data.manager, hub)

    @property
    def _password_id(self) -> str | None:
        subject = str(self._data.get(SUBJECT))
        if self._data.get(KIND) == ABOUT_CODE:
            return subject
        if (target := self._target()) is None:
            return None
        entry = target[1].journal.find(subject)
        return entry.code_id if entry else None

    def _unseen_digits(self) -> str | None:
        if (target := self._target()) is None:
            return None
        return target[1].journal.unseen_digits(str(self._data.get(SUBJECT)))

    def _forget_entry(self) -> None:
        """Forget the journal's entry: what became of it has been told."""
        if self._data.get(KIND) == ABOUT_ENTRY and (target := self._target()):
            target[1].journal.async_answered(str(self._data[SUBJECT]))
