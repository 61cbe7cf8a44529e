"""The binary sensor: whether the cloud reaches a lock."""

from datetime import timedelta
from unittest.mock import AsyncMock, patch

from homeassistant.const import (
    STATE_OFF,
    STATE_ON,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
    Platform,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    snapshot_platform,
)
from syrupy.assertion import SnapshotAssertion

from custom_components.tuya_lock_manager.tuya_cloud import Device
from simulator.locks.delivery import connect, cut_off
from tests.simulated import Home, without_ids

ONLINE = "binary_sensor.front_door_connectivity"
LISTING = timedelta(minutes=15, seconds=1)


async def test_entities(
    hass: HomeAssistant,
    home: Home,
    entity_registry: er.EntityRegistry,
    snapshot: SnapshotAssertion,
) -> None:
    """Every lock has one."""
    with patch(
        "custom_components.tuya_lock_manager.PLATFORMS", [Platform.BINARY_SENSOR]
    ):
        await home.async_setup()
        await snapshot_platform(
            hass, entity_registry, without_ids(snapshot), home.entry.entry_id
        )


async def test_a_lock_that_is_cut_off(home: Home) -> None:
    """Off line is a state, not an outage: the rest of the lock stays readable."""
    await home.async_setup()
    assert home.state(ONLINE) == STATE_ON
    cut_off(home.lock("lock.front_door"))
    await home.async_pass(LISTING)
    assert home.state(ONLINE) == STATE_OFF
    assert home.state("sensor.front_door_active_passwords") == "0"
    connect(home.lock("lock.front_door"), home.world.clock.now())
    await home.async_pass(LISTING)
    assert home.state(ONLINE) == STATE_ON


async def test_an_outage_is_not_off(home: Home) -> None:
    """While the list can't be read, nobody knows."""
    await home.async_setup()
    home.world.faults.parse("http_5xx:calls=devices")
    await home.async_pass(LISTING)
    assert home.state(ONLINE) == STATE_UNAVAILABLE
    home.world.faults.remove()
    await home.async_pass(LISTING)
    assert home.state(ONLINE) == STATE_ON


async def test_a_list_that_does_not_say(
    hass: HomeAssistant, mock_client: AsyncMock, mock_config_entry: MockConfigEntry
) -> None:
    """A device without the field is neither on line nor off line."""
    mock_client.list_devices.return_value = (
        Device.from_json({"id": "lock-1", "name": "Front door", "category": "ms"}),
    )
    mock_config_entry.add_to_hass(hass)
    with patch(
        "custom_components.tuya_lock_manager.PLATFORMS", [Platform.BINARY_SENSOR]
    ):
        await hass.config_entries.async_setup(mock_config_entry.entry_id)
        await hass.async_block_till_done()
    state = hass.states.get(ONLINE)
    assert state is not None
    assert state.state == STATE_UNKNOWN
