"""Add and change a guest calendar; Home Assistant lets administrators alone in here."""

from typing import Any

from homeassistant.config_entries import ConfigSubentryFlow, SubentryFlowResult
from homeassistant.const import CONF_NAME
from homeassistant.helpers import entity_registry as er

from ..account import TuyaLockConfigEntry
from ..dialogs.markdown import escaped
from ..domain.booking_digits import LONGEST_PATTERN
from ..domain.guest_rules import DEFAULT_CHECK_IN, DEFAULT_CHECK_OUT, rules_of
from ..lock_names import lock_names
from .checks import FormError, GuestForm
from .form import SUGGESTED, Values, data_of, form_of, schema, used_blocks

# They stand outside the translations, so that nobody translates them.
_EXAMPLES = {
    # Descriptions are Markdown, so that no escaped bracket may be in it.
    "example_pattern": r"Digits\D+(\d{4})",
    "example_message": "{{ guest }}: {{ code }}",
}


class GuestCalendarFlow(ConfigSubentryFlow):
    """Ask which calendar makes codes, for which locks, and by which rules."""

    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Add a guest calendar."""
        locks = lock_names(self.hass, self._entry_id)
        if not locks:
            return self.async_abort(reason="no_locks_known")
        if user_input is None:
            return self._show("user", locks, SUGGESTED, [])
        form, data = self._read(user_input)
        if errors := await form.async_errors():
            return self._show("user", locks, user_input, errors)
        return self.async_create_entry(title=form.title, data=data)

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Change a guest calendar."""
        entry = self._get_entry()
        subentry = entry.subentries.get(self._reconfigure_subentry_id)
        if subentry is None:
            return self.async_abort(reason="guest_calendar_removed")
        locks = lock_names(self.hass, self._entry_id)
        if not locks:
            return self.async_abort(reason="no_locks_known")
        if user_input is None:
            registry = er.async_get(self.hass)
            stored = form_of(subentry.title, subentry.data, registry, locks)
            return self._show("reconfigure", locks, stored, [])
        form, data = self._read(user_input, subentry.subentry_id)
        if errors := await form.async_errors():
            return self._show("reconfigure", locks, user_input, errors)
        return self.async_update_and_abort(entry, subentry, title=form.title, data=data)

    def _read(
        self, user_input: dict[str, Any], subentry_id: str | None = None
    ) -> tuple[GuestForm, dict[str, Any]]:
        entry: TuyaLockConfigEntry = self._get_entry()
        data = data_of(user_input, er.async_get(self.hass))
        title = user_input[CONF_NAME].strip()
        return GuestForm(self.hass, entry, title, rules_of(data), subentry_id), data

    def _show(
        self,
        step_id: str,
        locks: dict[str, str],
        values: Values,
        errors: list[FormError],
    ) -> SubentryFlowResult:
        """Show the form with what was entered; a block with an error is unfolded."""
        opened = used_blocks(values) | {error.field for error in errors}
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(
                schema(locks, opened), values
            ),
            errors={error.field: error.key for error in errors},
            description_placeholders={
                **_EXAMPLES,
                "check_in": DEFAULT_CHECK_IN.isoformat("minutes"),
                "check_out": DEFAULT_CHECK_OUT.isoformat("minutes"),
                "time_zone": escaped(self.hass.config.time_zone),
                "longest_pattern": str(LONGEST_PATTERN),
                **{f"{error.key}_detail": error.detail for error in errors},
            },
        )
