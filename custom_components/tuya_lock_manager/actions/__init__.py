"""Actions of the integration, registered once for all accounts."""

from homeassistant.core import HomeAssistant, callback

from . import (
    lock,
    members,
    methods,
    password_changes,
    password_lists,
    passwords,
    records,
    templates,
)


@callback
def async_register_actions(hass: HomeAssistant) -> None:
    """Register every action."""
    passwords.async_register(hass)
    password_changes.async_register(hass)
    password_lists.async_register(hass)
    templates.async_register(hass)
    members.async_register(hass)
    methods.async_register(hass)
    records.async_register(hass)
    lock.async_register(hass)
