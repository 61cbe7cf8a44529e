"""The part of the options that is about voice and language models."""

from typing import Any

from homeassistant.config_entries import ConfigFlowResult
from homeassistant.const import Platform
from homeassistant.helpers.selector import (
    BooleanSelector,
    EntitySelector,
    EntitySelectorConfig,
)
import voluptuous as vol

from .const import OPT_VOICE_CREATE, OPT_VOICE_DELETE, OPT_VOICE_NOTIFY, OPT_VOICE_SPEAK
from .dialogs.base import LockDialog

_SWITCHES = (OPT_VOICE_CREATE, OPT_VOICE_DELETE, OPT_VOICE_SPEAK)


class VoiceOptionsFlow(LockDialog):
    """Choose what may be done by voice; at first nothing but reading."""

    async def async_step_voice(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Choose what is allowed, and who is sent the digits."""
        options = self.config_entry.options
        if user_input is not None:
            kept = {key: options[key] for key in options if key != OPT_VOICE_NOTIFY}
            return self.async_create_entry(data={**kept, **user_input})
        schema = vol.Schema(
            {
                **{
                    vol.Required(key, default=False): BooleanSelector()
                    for key in _SWITCHES
                },
                vol.Optional(OPT_VOICE_NOTIFY): EntitySelector(
                    EntitySelectorConfig(domain=Platform.NOTIFY)
                ),
            }
        )
        return self.async_show_form(
            step_id="voice",
            data_schema=self.add_suggested_values_to_schema(schema, options),
        )
