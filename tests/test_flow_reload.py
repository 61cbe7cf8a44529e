"""After a flow changed or confirmed the login, the account works without a restart."""

from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType

from custom_components.tuya_lock_manager.const import CONF_ACCESS_SECRET
from tests.simulated import Home

WRONG = "0" * 32
RESET = "0123456789abcdef" * 2


def _state(home: Home) -> ConfigEntryState:
    state: ConfigEntryState = home.entry.state
    return state


async def _submit_reauth(hass: HomeAssistant, secret: str) -> None:
    (flow,) = hass.config_entries.flow.async_progress()
    assert flow["context"]["source"] == "reauth"
    result: Any = await hass.config_entries.flow.async_configure(
        flow["flow_id"], {CONF_ACCESS_SECRET: secret}
    )
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "reauth_successful"
    await hass.async_block_till_done()


async def test_reauthentication_of_an_account_that_could_not_be_set_up(
    hass: HomeAssistant, home: Home
) -> None:
    secret: str = home.entry.data[CONF_ACCESS_SECRET]
    home.entry.add_to_hass(hass)
    hass.config_entries.async_update_entry(
        home.entry, data={**home.entry.data, CONF_ACCESS_SECRET: WRONG}
    )
    await hass.config_entries.async_setup(home.entry.entry_id)
    await hass.async_block_till_done()
    assert _state(home) is ConfigEntryState.SETUP_ERROR

    await _submit_reauth(hass, secret)
    assert _state(home) is ConfigEntryState.LOADED
    assert home.state("lock.front_door") != "unavailable"


async def test_reauthentication_after_the_secret_was_reset(
    hass: HomeAssistant, home: Home
) -> None:
    await home.async_setup()
    home.world.project.access_secret = RESET
    home.entry.async_start_reauth(hass)
    await hass.async_block_till_done()

    await _submit_reauth(hass, RESET)
    assert _state(home) is ConfigEntryState.LOADED
    await home.async_refresh("lock.front_door")
    assert home.state("sensor.front_door_active_passwords") == "0"


async def test_reauthentication_with_the_secret_that_it_had(
    hass: HomeAssistant, home: Home
) -> None:
    await home.async_setup()
    before = home.entry.runtime_data
    home.entry.async_start_reauth(hass)
    await hass.async_block_till_done()

    await _submit_reauth(hass, home.entry.data[CONF_ACCESS_SECRET])
    assert _state(home) is ConfigEntryState.LOADED
    assert home.entry.runtime_data is not before
