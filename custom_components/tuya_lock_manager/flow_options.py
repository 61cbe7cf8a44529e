"""What a user may choose for a project and for each of its locks."""

from typing import Any, Final, override
import zoneinfo

from homeassistant.config_entries import ConfigFlowResult
from homeassistant.helpers.selector import (
    BooleanSelector,
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
)
import voluptuous as vol

from .const import (
    DEFAULT_KEEP_DIGITS,
    DEFAULT_NAMES,
    OPT_DIGITS,
    OPT_FAMILY,
    OPT_KEEP_DIGITS,
    OPT_LOCKS,
    OPT_NAMES,
    OPT_TIME_ZONE,
)
from .dialogs.alarms import AlarmSteps
from .dialogs.change import ChangeSteps
from .dialogs.clear import ClearSteps
from .dialogs.create import CreateSteps
from .domain.families import LockFamily
from .exceptions import refused
from .flow_plan import PlanOptionsFlow
from .flow_voice import VoiceOptionsFlow

FIELD_LOCK: Final = "lock"
# The answer that takes a choice back; an option is stored only for another one.
AUTOMATIC: Final = "auto"

_LENGTHS: Final = tuple(str(length) for length in range(4, 11))
_FAMILIES: Final = tuple(
    family.value for family in LockFamily if family is not LockFamily.UNKNOWN
)


class TuyaLockOptionsFlow(
    CreateSteps,
    ChangeSteps,
    ClearSteps,
    AlarmSteps,
    VoiceOptionsFlow,
    PlanOptionsFlow,
):
    """Make and change codes, and choose what concerns all locks and what concerns one."""

    _device_id: str

    @override
    async def async_step_init(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Show the menu."""
        return self.async_show_menu(
            step_id="init",
            menu_options=[
                *("create", "codes", "clear", "alarms"),
                *("privacy", "voice", "plan", "lock"),
            ],
            description_placeholders={"state": await self.async_state()},
        )

    async def async_step_privacy(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Choose whether entities show the names of people, and whether digits are kept."""
        options = self.config_entry.options
        if user_input is not None:
            return self.async_create_entry(data={**options, **user_input})
        names = options.get(OPT_NAMES, DEFAULT_NAMES)
        keeps = options.get(OPT_KEEP_DIGITS, DEFAULT_KEEP_DIGITS)
        schema = vol.Schema(
            {
                vol.Required(OPT_NAMES, default=names): BooleanSelector(),
                vol.Required(OPT_KEEP_DIGITS, default=keeps): BooleanSelector(),
            }
        )
        return self.async_show_form(step_id="privacy", data_schema=schema)

    async def async_step_lock(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Choose a lock, unless there is only one."""
        locks = self.lock_names()
        if not locks:
            return await self.async_show_problem(
                refused("no_lock_in_account", account=self.config_entry.title)
            )
        if len(locks) == 1:
            user_input = {FIELD_LOCK: next(iter(locks))}
        if user_input is not None:
            self._device_id = user_input[FIELD_LOCK]
            return await self.async_step_lock_settings()
        selector = SelectSelector(
            SelectSelectorConfig(
                options=[
                    SelectOptionDict(value=device_id, label=label)
                    for device_id, label in locks.items()
                ],
                mode=SelectSelectorMode.DROPDOWN,
                sort=True,
            )
        )
        return self.async_show_form(
            step_id="lock",
            data_schema=vol.Schema({vol.Required(FIELD_LOCK): selector}),
        )

    async def async_step_lock_settings(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Overrule for one lock what is otherwise found out."""
        stored: dict[str, dict[str, Any]] = self.config_entry.options.get(OPT_LOCKS, {})
        if user_input is not None:
            locks = {**stored, self._device_id: _chosen(user_input)}
            # A lock without choices of its own leaves no trace.
            kept = {device_id: chosen for device_id, chosen in locks.items() if chosen}
            return self.async_create_entry(
                data={**self.config_entry.options, OPT_LOCKS: kept}
            )
        time_zones = await self.hass.async_add_executor_job(
            zoneinfo.available_timezones
        )
        present = {
            key: str(value) for key, value in stored.get(self._device_id, {}).items()
        }
        return self.async_show_form(
            step_id="lock_settings",
            data_schema=self.add_suggested_values_to_schema(
                settings_schema(sorted(time_zones)), present
            ),
            description_placeholders={
                "lock": self.lock_names().get(self._device_id, self._device_id),
                "time_zone": self.hass.config.time_zone,
            },
        )


def settings_schema(time_zones: list[str]) -> vol.Schema:
    """Return the form for one lock, with the IANA time zones to choose from."""
    return vol.Schema(
        {
            vol.Required(OPT_DIGITS, default=AUTOMATIC): _select(
                [AUTOMATIC, *_LENGTHS], OPT_DIGITS
            ),
            vol.Optional(OPT_TIME_ZONE): _select(time_zones),
            vol.Required(OPT_FAMILY, default=AUTOMATIC): _select(
                [AUTOMATIC, *_FAMILIES], OPT_FAMILY
            ),
        }
    )


def _select(options: list[str], translation_key: str | None = None) -> SelectSelector:
    config = SelectSelectorConfig(options=options, mode=SelectSelectorMode.DROPDOWN)
    if translation_key is not None:
        config["translation_key"] = translation_key
    return SelectSelector(config)


def _chosen(user_input: dict[str, Any]) -> dict[str, Any]:
    """Return what is not automatic, the number of digits as a number."""
    chosen = {key: value for key, value in user_input.items() if value != AUTOMATIC}
    if OPT_DIGITS in chosen:
        chosen[OPT_DIGITS] = int(chosen[OPT_DIGITS])
    return chosen
