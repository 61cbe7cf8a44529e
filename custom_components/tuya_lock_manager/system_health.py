"""A page of Home Assistant's system information: is Tuya there, and what is going on."""

from typing import Any

from homeassistant.components.system_health import (
    SystemHealthRegistration,
    async_check_can_reach_url,
)
from homeassistant.core import HomeAssistant, callback

from .account import TuyaLockConfigEntry
from .const import CONF_URL, DOMAIN


@callback
def async_register(hass: HomeAssistant, register: SystemHealthRegistration) -> None:
    """Register what the page shows."""
    register.async_register_info(_async_info)


async def _async_info(hass: HomeAssistant) -> dict[str, Any]:
    """Return numbers of all loaded accounts together: nothing that tells whose they are.

    Whether Tuya answers is asked without a signature, so it is no call of a plan.
    """
    entries: list[TuyaLockConfigEntry] = hass.config_entries.async_loaded_entries(
        DOMAIN
    )
    accounts = [entry.runtime_data.account for entry in entries]
    hubs = [hub for account in accounts for hub in account.hubs.values()]
    return {
        "can_reach_server": _async_reach(
            hass,
            sorted(
                {
                    str(entry.data[CONF_URL])
                    for entry in hass.config_entries.async_entries(DOMAIN)
                }
            ),
        ),
        "calls": ", ".join(
            f"{account.ledger.count.total} / {account.ledger.allowed}"
            for account in accounts
        ),
        "locks": sum(hub.is_listed for hub in hubs),
        "pending_codes": sum(
            hub.passwords.counts.pending for hub in hubs if hub.passwords.has_answer
        ),
        "unsettled_changes": sum(len(hub.journal.open_entries) for hub in hubs),
    }


async def _async_reach(hass: HomeAssistant, urls: list[str]) -> str | dict[str, str]:
    """Return "ok", or what is wrong with the first data center that does not answer."""
    for url in urls:
        answer = await async_check_can_reach_url(hass, url)
        if answer != "ok":
            return answer
    return "ok"
