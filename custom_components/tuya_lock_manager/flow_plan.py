"""The part of the options that is about calls: what the plan allows, and how soon news come."""

from typing import Any, Final

from homeassistant.config_entries import ConfigFlowResult
from homeassistant.helpers.selector import (
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectSelector,
    SelectSelectorConfig,
)
import voluptuous as vol

from .const import DEFAULT_PLAN, OPT_CALLS, OPT_PACE, OPT_PLAN, PLAN_NUMBER, PLAN_TRIAL
from .dialogs.base import LockDialog
from .domain.budget import TRIAL_CALLS
from .domain.cadence import DEFAULT_PACE, Pace, calm_calls

# Fewer would not even do for what a user does; Tuya's largest plans end below the most.
LEAST_CALLS: Final = 100
MOST_CALLS: Final = 1_000_000_000

# Of the month whose price is shown.
_DAYS: Final = 30


class PlanOptionsFlow(LockDialog):
    """Choose a plan and a pace."""

    async def async_step_plan(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Choose how many calls a month the project may make, and the pace with its price."""
        options = self.config_entry.options
        errors = {}
        if user_input is not None:
            if user_input[OPT_PLAN] == PLAN_NUMBER and OPT_CALLS not in user_input:
                errors[OPT_CALLS] = "calls_missing"
            else:
                return self.async_create_entry(data=_chosen(options, user_input))
        shown = user_input or {
            OPT_PLAN: DEFAULT_PLAN,
            OPT_PACE: DEFAULT_PACE,
            **options,
        }
        locks = max(len(self.lock_names()), 1)
        return self.async_show_form(
            step_id="plan",
            data_schema=self.add_suggested_values_to_schema(_schema(), shown),
            errors=errors,
            description_placeholders={
                "trial_calls": str(TRIAL_CALLS),
                "locks": str(locks),
                **{
                    f"{pace}_calls": str(calm_calls(pace, locks) * _DAYS)
                    for pace in Pace
                },
            },
        )


def _schema() -> vol.Schema:
    plans = SelectSelectorConfig(
        options=[PLAN_TRIAL, PLAN_NUMBER], translation_key=OPT_PLAN
    )
    calls = NumberSelectorConfig(
        min=LEAST_CALLS, max=MOST_CALLS, step=1, mode=NumberSelectorMode.BOX
    )
    paces = SelectSelectorConfig(
        options=[pace.value for pace in Pace], translation_key=OPT_PACE
    )
    return vol.Schema(
        {
            vol.Required(OPT_PACE, default=DEFAULT_PACE.value): SelectSelector(paces),
            vol.Required(OPT_PLAN, default=DEFAULT_PLAN): SelectSelector(plans),
            vol.Optional(OPT_CALLS): NumberSelector(calls),
        }
    )


def _chosen(options: Any, user_input: dict[str, Any]) -> dict[str, Any]:
    """Return the options with what was chosen; the trial plan has no number."""
    kept = {key: value for key, value in options.items() if key != OPT_CALLS}
    chosen = {**kept, **user_input}
    if chosen[OPT_PLAN] == PLAN_TRIAL:
        chosen.pop(OPT_CALLS, None)
    else:
        chosen[OPT_CALLS] = int(chosen[OPT_CALLS])
    return chosen
