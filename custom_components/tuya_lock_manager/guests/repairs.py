"""Fix flows of guest calendars: look again, change the rules, decide on what is left."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from homeassistant.components.repairs import FlowType, RepairsFlow, RepairsFlowResult
from homeassistant.config_entries import SOURCE_RECONFIGURE, ConfigEntryState
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
import voluptuous as vol

from ..account import TuyaLockConfigEntry
from ..code_issues import ENTRY_ID, KIND, SUBJECT
from ..code_repairs import IssueData
from ..const import SUBENTRY_GUESTS
from ..dialogs.markdown import harmless
from ..dialogs.words import Words
from ..domain.passwords import PasswordKey
from ..hub import LockHub
from ..manager import LockManager
from .issues import ABOUT_GUESTS, PROBLEM, SUBENTRY_ID, has_trouble
from .keeper import GuestKeeper
from .left_codes import ABOUT_LEFT, LeftCode, async_tell_left_codes, left_codes
from .shown import GuestProblem

# What only other rules mend.
_RULES = {GuestProblem.CALENDAR_MISSING, GuestProblem.LOCK_MISSING}
# What the locks may have mended meanwhile, and how old a reading may be to tell.
_AT_LOCKS = {GuestProblem.NOT_READY, GuestProblem.CODE_STAYS}
_JUST_READ = timedelta(seconds=15)


def guest_flow_for(data: IssueData | None) -> RepairsFlow | None:
    """Return the flow for a repair about guest calendars; None for another one."""
    match (data or {}).get(KIND):
        case kind if kind == ABOUT_GUESTS:
            return TroubleFlow()
        case kind if kind == ABOUT_LEFT:
            return LeftCodesFlow()
    return None


class _GuestFlow(RepairsFlow):
    """Base: the account and the texts of the repair."""

    @property
    def _data(self) -> IssueData:
        return self.data or {}

    @property
    def _subentry_id(self) -> str:
        return str(self._data.get(SUBENTRY_ID))

    @property
    def _placeholders(self) -> dict[str, str]:
        issue = ir.async_get(self.hass).async_get_issue(self.handler, self.issue_id)
        return dict(issue.translation_placeholders or {}) if issue else {}

    def _account(self) -> TuyaLockConfigEntry | None:
        """Return the account; None while it isn't loaded."""
        entry: TuyaLockConfigEntry | None = self.hass.config_entries.async_get_entry(
            str(self._data.get(ENTRY_ID))
        )
        if entry is None or entry.state is not ConfigEntryState.LOADED:
            return None
        return entry


class TroubleFlow(_GuestFlow):
    """Look again whether a guest calendar still has a trouble."""

    async def async_step_init(
        self, user_input: dict[str, str] | None = None
    ) -> RepairsFlowResult:
        """Begin with the explanation."""
        return await self.async_step_confirm()

    async def async_step_confirm(
        self, user_input: dict[str, str] | None = None
    ) -> RepairsFlowResult:
        """Explain what to do, and look when it was done."""
        errors: dict[str, str] = {}
        if user_input is not None:
            if (keeper := self._keeper()) is None:
                return self.async_abort(reason="account_not_loaded")
            problem = GuestProblem(str(self._data.get(PROBLEM)))
            if problem in _AT_LOCKS:
                await self._async_read_locks(keeper)
            await keeper.async_try_again()
            if not has_trouble(keeper, problem, str(self._data.get(SUBJECT))):
                return self.async_create_entry(data={})
            if problem in _RULES and (step := await self._async_change_rules()):
                return step
            errors = {"base": "still_so"}
        return self.async_show_form(
            step_id="confirm",
            data_schema=vol.Schema({}),
            errors=errors,
            description_placeholders=self._placeholders,
        )

    async def _async_read_locks(self, keeper: GuestKeeper) -> None:
        """Hear what locks took since they were read last: somebody may have woken them."""
        if (entry := self._account()) is not None:
            hubs = map(entry.runtime_data.locks.get, keeper.rules.locks)
            await asyncio.gather(
                *(hub.passwords.async_know(_JUST_READ) for hub in hubs if hub)
            )

    def _keeper(self) -> GuestKeeper | None:
        """Return the guest calendar; None while its account isn't loaded."""
        entry = self._account()
        return entry.runtime_data.guests.get(self._subentry_id) if entry else None

    async def _async_change_rules(self) -> RepairsFlowResult | None:
        """Go on with the form in which another calendar or lock can be chosen.

        There is none where the account has no locks.
        """
        flow = await self.hass.config_entries.subentries.async_init(
            (str(self._data.get(ENTRY_ID)), SUBENTRY_GUESTS),
            context={
                "source": SOURCE_RECONFIGURE,
                "subentry_id": self._subentry_id,
            },
        )
        if flow["type"] is not FlowResultType.FORM:
            return None
        return self.async_abort(
            reason="reconfigure",
            next_flow=(FlowType.CONFIG_SUBENTRIES_FLOW, flow["flow_id"]),
        )


class LeftCodesFlow(_GuestFlow):
    """Keep or delete the codes of a guest calendar that was removed."""

    async def async_step_init(
        self, user_input: dict[str, str] | None = None
    ) -> RepairsFlowResult:
        """Ask what is to become of them."""
        return self.async_show_menu(
            step_id="init",
            menu_options=["delete", "keep"],
            description_placeholders=self._placeholders,
        )

    async def async_step_delete(
        self, user_input: dict[str, str] | None = None
    ) -> RepairsFlowResult:
        """Delete them; those that can't be deleted stay, and the repair with them."""
        return await self._async_each(LockManager.async_delete)

    async def async_step_keep(
        self, user_input: dict[str, str] | None = None
    ) -> RepairsFlowResult:
        """Keep them as if they had been made by hand."""
        return await self._async_each(LockManager.async_take_reference)

    async def _async_each(
        self, do: Callable[[LockManager, LockHub, PasswordKey], Awaitable[object]]
    ) -> RepairsFlowResult:
        if (entry := self._account()) is None:
            return self.async_abort(reason="account_not_loaded")
        words, failures = Words.cached(self.hass), list[str]()
        for left in self._codes(entry):
            try:
                await do(entry.runtime_data.manager, left.hub, left.code.key)
            except HomeAssistantError as err:
                failures.append(f"{left.hub.name}: {words.error(err)}")
        if failures:
            async_tell_left_codes(self.hass, entry)
            return self.async_abort(
                reason="failed",
                description_placeholders={"detail": harmless(" ".join(failures))},
            )
        return self.async_create_entry(data={})

    def _codes(self, entry: TuyaLockConfigEntry) -> list[LeftCode]:
        return [
            left for left in left_codes(entry) if left.subentry_id == self._subentry_id
        ]
