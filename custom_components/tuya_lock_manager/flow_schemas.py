"""The forms of the config flow."""

from typing import Any, Final

from homeassistant.data_entry_flow import section
from homeassistant.helpers.selector import (
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)
import probatio
import voluptuous as vol

from .const import (
    CONF_ACCESS_ID,
    CONF_ACCESS_SECRET,
    CONF_DATA_CENTER,
    CONF_URL,
    DATA_CENTER_AUTO,
    DATA_CENTER_CUSTOM,
)
from .tuya_cloud import DATA_CENTERS

SECTION_CUSTOM: Final = "custom"

_SECRET = TextSelector(
    TextSelectorConfig(type=TextSelectorType.PASSWORD, autocomplete="off")
)
_DATA_CENTER = SelectSelector(
    SelectSelectorConfig(
        options=[DATA_CENTER_AUTO, *DATA_CENTERS, DATA_CENTER_CUSTOM],
        mode=SelectSelectorMode.DROPDOWN,
        translation_key=CONF_DATA_CENTER,
    )
)
_URL_SCHEMA = vol.Schema(
    {
        vol.Optional(CONF_URL): TextSelector(
            TextSelectorConfig(type=TextSelectorType.URL)
        )
    }
)

REAUTH_SCHEMA = vol.Schema({vol.Required(probatio.Secret(CONF_ACCESS_SECRET)): _SECRET})


def user_schema(*, show_url: bool) -> vol.Schema:
    """Return the form that adds a cloud project.

    Args:
        show_url: Open the section with the address of an own cloud.
    """
    return vol.Schema(
        {
            vol.Required(CONF_ACCESS_ID): TextSelector(
                TextSelectorConfig(autocomplete="off")
            ),
            vol.Required(probatio.Secret(CONF_ACCESS_SECRET)): _SECRET,
            **_data_center_fields(show_url=show_url),
        }
    )


def reconfigure_schema(*, show_url: bool) -> vol.Schema:
    """Return the form that changes a project: the secret may stay as it is."""
    return vol.Schema(
        {
            vol.Optional(probatio.Secret(CONF_ACCESS_SECRET)): _SECRET,
            **_data_center_fields(show_url=show_url),
        }
    )


def _data_center_fields(*, show_url: bool) -> dict[vol.Marker, Any]:
    return {
        vol.Required(CONF_DATA_CENTER, default=DATA_CENTER_AUTO): _DATA_CENTER,
        vol.Required(SECTION_CUSTOM, default=dict): section(
            _URL_SCHEMA, {"collapsed": not show_url}
        ),
    }
