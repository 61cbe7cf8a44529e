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
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from syrupy.assertion import SnapshotAssertion

from custom_components.tuya_lock_manager.tuya_cloud import Device
from simulator.locks.delivery import connect, cut_off
from tests.simulated import Home

ONLINE = "binary_sensor.front_door_connectivity"
LISTING = timedelta(minutes=15, seconds=1)


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
async def test_entities(home: Home, snapshot: SnapshotAssertion) -> None:
    """Every lock has those that its model reports."""
    await home.async_check_entities(Platform.BINARY_SENSOR, snapshot)


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


async def test_low_battery(home: Home) -> None:
    """The lock's own word decides; without one, the level; a model may tell neither."""
    await home.async_setup()
    low = "binary_sensor.front_door_battery"
    assert home.state(low) == STATE_OFF
    status = home.lock("lock.front_door").device.status
    for level, word, expected in (
        (14, None, STATE_ON),
        (15, None, STATE_OFF),
        (60, "low", STATE_ON),
        (60, "poweroff", STATE_ON),
        (60, "medium", STATE_OFF),
        (-1, None, STATE_UNKNOWN),
    ):
        status["residual_electricity"] = level
        if word is None:
            status.pop("battery_state", None)
        else:
            status["battery_state"] = word
        await home.async_pass(LISTING)
        assert home.state(low) == expected, (level, word)
    assert home.hass.states.get("binary_sensor.garden_gate_battery") is None


async def test_the_door(home: Home) -> None:
    """Only a model whose report is understood has one; the others don't guess."""
    await home.async_setup()
    door = "binary_sensor.garden_gate_door"
    doors = [state.entity_id for state in home.hass.states.async_all("binary_sensor")]
    assert [entity_id for entity_id in doors if entity_id.endswith("door")] == [door]
    assert home.state(door) == STATE_OFF
    status = home.lock("lock.garden_gate").device.status
    for value, expected in (
        ("AQAB", STATE_ON),
        ("AQAC", STATE_OFF),
        ("AgAB", STATE_UNKNOWN),
    ):
        status["closed_opened_kit"] = value
        await home.async_pass(LISTING)
        assert home.state(door) == expected


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
