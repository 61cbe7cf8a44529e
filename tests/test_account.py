"""The account's list: locks that join, that are removed, that come back."""

from datetime import timedelta
from typing import Any
from unittest.mock import AsyncMock

from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.tuya_lock_manager.const import DOMAIN
from custom_components.tuya_lock_manager.tuya_cloud import Device, ServerError
from simulator.locks.reports import method_opened
from tests.joining import device_entry, gateway_of, put_back, take_away
from tests.samples import lock
from tests.simulated import Home

LISTING = timedelta(minutes=15, seconds=1)
DAY = timedelta(days=1)


async def test_a_lock_that_joins(
    home: Home, device_registry: dr.DeviceRegistry
) -> None:
    """It is there with the next listing, read at once, and nothing else is disturbed."""
    await home.async_setup()
    loaded = home.entry.runtime_data
    cellar = home.world.add_lock("zigbee_deadbolt", "Cellar")
    await home.async_pass(LISTING)
    assert home.state("lock.cellar") == "locked"
    assert home.state("sensor.cellar_active_passwords") == "0"
    assert home.state("sensor.cellar_unread_alarms") == "1"
    assert home.state("sensor.cellar_panel_members") == "2"
    assert home.state("event.cellar_unlocked") == STATE_UNKNOWN
    device = device_entry(device_registry, home, cellar.device)
    gateway = device_entry(device_registry, home, gateway_of(home, "Cellar"))
    assert device is not None
    assert gateway is not None
    assert device.via_device_id == gateway.id
    assert home.entry.runtime_data is loaded
    # Its past is no news, what happens from now on is.
    method = cellar.people.method("fingerprint", 1)
    assert method is not None
    method_opened(cellar, method, cellar.now)
    await home.async_pass(LISTING)
    assert home.state("event.cellar_unlocked") != STATE_UNKNOWN
    # Its turn comes by itself, and its actions work.
    await home.async_act("create_temp_password", "lock.cellar", name="Ann")
    assert home.state("sensor.cellar_pending_passwords") == "1"


async def test_removing_a_lock_by_hand(
    hass: HomeAssistant,
    home: Home,
    device_registry: dr.DeviceRegistry,
    hass_ws_client: WebSocketGenerator,
) -> None:
    """Only one that the account doesn't list can be removed by hand."""
    assert await async_setup_component(hass, "config", {})
    await home.async_setup()
    garage = home.world.lock("Garage")
    device = device_entry(device_registry, home, garage.device)
    assert device is not None
    websocket = await hass_ws_client(hass)
    gateway = device_entry(device_registry, home, gateway_of(home, "Front door"))
    assert gateway is not None
    for in_use in (device, gateway):
        refused = await websocket.remove_device(in_use.id)
        assert not refused["success"]

    take_away(home, "Garage")
    await home.async_pass(LISTING)
    done = await websocket.remove_device(device.id)
    assert done["success"]
    await hass.async_block_till_done()
    assert device_entry(device_registry, home, garage.device) is None
    assert hass.states.get("lock.garage") is None
    await home.async_pass(LISTING)
    assert device_entry(device_registry, home, garage.device) is None


async def test_no_lock_is_removed_by_hand_while_the_account_is_not_loaded(
    hass: HomeAssistant,
    home: Home,
    device_registry: dr.DeviceRegistry,
    hass_ws_client: WebSocketGenerator,
) -> None:
    """Nobody knows then whether it is still listed."""
    assert await async_setup_component(hass, "config", {})
    await home.async_setup()
    garage = home.world.lock("Garage").device
    device = device_entry(device_registry, home, garage)
    assert device is not None
    await hass.config_entries.async_unload(home.entry.entry_id)
    websocket = await hass_ws_client(hass)
    refused = await websocket.remove_device(device.id)
    assert not refused["success"]
    assert "Unknown error" not in refused["error"]["message"]
    assert device_entry(device_registry, home, garage) is not None


@pytest.mark.parametrize("by_hand", [True, False])
async def test_what_is_remembered_of_a_lock_goes_with_it(
    hass: HomeAssistant,
    home: Home,
    device_registry: dr.DeviceRegistry,
    hass_ws_client: WebSocketGenerator,
    hass_storage: dict[str, Any],
    by_hand: bool,
) -> None:
    """Names of guests and sealed digits have no business without the lock."""

    async def remembered() -> set[str]:
        await home.entry.runtime_data.account.store.async_save()
        stored = hass_storage[f"{DOMAIN}.{home.entry.entry_id}"]["data"]
        return set(stored["locks"])

    assert await async_setup_component(hass, "config", {})
    await home.async_setup()
    await home.async_act("create_temp_password", "lock.garage", name="Ann")
    garage = take_away(home, "Garage")
    await home.async_pass(LISTING)
    before = await remembered()
    assert garage.id in before
    if by_hand:
        device = device_entry(device_registry, home, garage.device)
        assert device is not None
        websocket = await hass_ws_client(hass)
        assert (await websocket.remove_device(device.id))["success"]
        await hass.async_block_till_done()
    else:
        await home.async_restart()
        await home.async_pass_in_steps(DAY + LISTING, timedelta(hours=8))
    assert await remembered() == before - {garage.id}


async def test_a_lock_removed_by_hand_that_comes_back(
    hass: HomeAssistant,
    home: Home,
    device_registry: dr.DeviceRegistry,
    hass_ws_client: WebSocketGenerator,
) -> None:
    """It joins again like a new one."""
    assert await async_setup_component(hass, "config", {})
    await home.async_setup()
    garage = take_away(home, "Garage")
    await home.async_pass(LISTING)
    device = device_entry(device_registry, home, garage.device)
    assert device is not None
    websocket = await hass_ws_client(hass)
    done = await websocket.remove_device(device.id)
    assert done["success"]
    await hass.async_block_till_done()
    put_back(home, garage)
    await home.async_pass(LISTING)
    assert device_entry(device_registry, home, garage.device) is not None
    assert home.state("sensor.garage_active_passwords") == "0"


async def test_a_renamed_lock(home: Home, device_registry: dr.DeviceRegistry) -> None:
    """A name that changed in the app is shown after the next start at the latest."""
    await home.async_setup()
    home.world.lock("Garage").device.name = "Carport"
    await home.async_restart()
    device = device_entry(device_registry, home, home.world.lock("Carport").device)
    assert device is not None
    assert device.name == "Carport"


async def test_a_model_that_nobody_describes(home: Home) -> None:
    """Without a specification the family is guessed, and asked for again next time."""
    home.world.faults.parse("http_5xx:path=specification")
    await home.async_setup()
    assert home.state("sensor.front_door_active_passwords") == "0"
    assert home.asked("lock.front_door", "status") != []
    home.world.faults.remove()
    home.world.requests.clear()
    await home.async_restart()
    assert home.asked("lock.front_door", "status") != []
    home.world.requests.clear()
    await home.async_restart()
    assert home.asked("lock.front_door", "status") == []


async def test_a_gateway_that_the_list_names_but_does_not_show(
    hass: HomeAssistant,
    mock_client: AsyncMock,
    mock_config_entry: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
) -> None:
    """A lock on a gateway of somebody else's is a device of its own."""
    mock_client.list_devices.return_value = (
        Device.from_json(
            {
                "id": "lock-1",
                "name": "Front door",
                "category": "ms",
                "gateway_id": "elsewhere",
            }
        ),
    )
    mock_config_entry.add_to_hass(hass)
    await hass.config_entries.async_setup(mock_config_entry.entry_id)
    await hass.async_block_till_done()
    device = device_registry.async_get_device_by_identifier(
        (DOMAIN, "lock-1"), mock_config_entry.entry_id
    )
    assert isinstance(device, dr.DeviceEntry)
    assert device.via_device_id is None


async def test_no_lock_at_the_start(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    mock_client: AsyncMock,
    mock_config_entry: MockConfigEntry,
) -> None:
    """An account may be empty; its first lock comes without a reload."""
    mock_client.list_devices.return_value = ()
    mock_config_entry.add_to_hass(hass)
    await hass.config_entries.async_setup(mock_config_entry.entry_id)
    await hass.async_block_till_done()
    account = er.async_entries_for_config_entry(
        er.async_get(hass), mock_config_entry.entry_id
    )
    assert {state.entity_id for state in hass.states.async_all()} == {
        entity.entity_id for entity in account
    }
    assert all(
        entity.unique_id.startswith(mock_config_entry.entry_id) for entity in account
    )
    mock_client.list_devices.return_value = (lock("lock-1"),)
    mock_client.get_specification.side_effect = ServerError("down")
    # Nobody looks at a lock yet.
    freezer.tick(timedelta(hours=12))
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert hass.states.get("lock.front_door") is not None
