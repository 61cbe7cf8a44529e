"""Actions of the integration, registered once for all accounts."""

from homeassistant.core import HomeAssistant, callback

from . import passwords


@callback
def async_register_actions(hass: HomeAssistant) -> None:
    """Register every action."""
    passwords.async_register(hass)
