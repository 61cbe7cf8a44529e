"""Fix flows: the owner says that it is mended, and Home Assistant asks the cloud."""

from typing import TYPE_CHECKING

from homeassistant.components.repairs import (
    ConfirmRepairFlow,
    FlowType,
    RepairsFlow,
    RepairsFlowResult,
)
from homeassistant.config_entries import SOURCE_RECONFIGURE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
import voluptuous as vol

from .code_repairs import flow_for
from .const import DOMAIN
from .guests.repairs import guest_flow_for
from .issues import IssueKind
from .recovery import Verdict, async_ask_again

if TYPE_CHECKING:
    from .account import TuyaLockConfigEntry

_ERRORS = {Verdict.STILL_SO: "still_so", Verdict.NO_ANSWER: "not_checked"}


class GateRepairFlow(RepairsFlow):
    """Ask whether what kept out the whole account is over."""

    def __init__(self, entry: TuyaLockConfigEntry, kind: IssueKind) -> None:
        """Initialize the flow for one kind of repair of an account."""
        self._entry = entry
        self._kind = kind
        self._placeholders: dict[str, str] = {}

    async def async_step_init(
        self, user_input: dict[str, str] | None = None
    ) -> RepairsFlowResult:
        """Begin with the explanation."""
        issue = ir.async_get(self.hass).async_get_issue(self.handler, self.issue_id)
        if issue is not None:
            self._placeholders = issue.translation_placeholders or {}
        return await self.async_step_confirm()

    async def async_step_confirm(
        self, user_input: dict[str, str] | None = None
    ) -> RepairsFlowResult:
        """Explain what to do, and ask when it was done."""
        errors: dict[str, str] = {}
        if user_input is not None:
            verdict = await async_ask_again(self.hass, self._entry, self._kind)
            if verdict is Verdict.SOLVED:
                return self.async_create_entry(data={})
            still_so = verdict is Verdict.STILL_SO
            if still_so and self._kind is IssueKind.WRONG_DATA_CENTER:
                return await self._async_reconfigure()
            errors = {"base": _ERRORS[verdict]}
        return self.async_show_form(
            step_id="confirm",
            data_schema=vol.Schema({}),
            errors=errors,
            description_placeholders=self._placeholders,
        )

    async def _async_reconfigure(self) -> RepairsFlowResult:
        """Go on with the form in which another data centre can be chosen."""
        flow = await self.hass.config_entries.flow.async_init(
            DOMAIN,
            context={"source": SOURCE_RECONFIGURE, "entry_id": self._entry.entry_id},
        )
        return self.async_abort(
            reason="reconfigure", next_flow=(FlowType.CONFIG_FLOW, flow["flow_id"])
        )


async def async_create_fix_flow(
    hass: HomeAssistant, issue_id: str, data: dict[str, str | int | float | None] | None
) -> RepairsFlow:
    """Return the flow for a repair of ours."""
    if (flow := flow_for(data) or guest_flow_for(data)) is not None:
        return flow
    stored = data or {}
    entry = hass.config_entries.async_get_entry(str(stored.get("entry_id")))
    if entry is None:
        return ConfirmRepairFlow()
    return GateRepairFlow(entry, IssueKind(str(stored["kind"])))
