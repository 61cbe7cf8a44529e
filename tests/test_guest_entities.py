"""The service device of a guest calendar, and what it shows."""

from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from unittest.mock import PropertyMock, patch

from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import WebSocketGenerator
from syrupy.assertion import SnapshotAssertion

from custom_components.tuya_lock_manager.const import DOMAIN
from custom_components.tuya_lock_manager.guests.keeper import GuestKeeper
from custom_components.tuya_lock_manager.guests.shown import (
    GuestCode,
    GuestProblem,
    GuestState,
    GuestTrouble,
)
from tests.acting import FRONT_DOOR
from tests.guesthouse import async_load_flat
from tests.simulated import Home, without_ids

GUEST = GuestState(
    next_guest="Ada",
    check_in=datetime(2026, 6, 3, 13, tzinfo=UTC),
    check_out=datetime(2026, 6, 5, 9, tzinfo=UTC),
    code=GuestCode.PENDING,
    bookings=3,
    troubles=(
        GuestTrouble(GuestProblem.FEED_EMPTY),
        GuestTrouble(GuestProblem.NOT_READY, "1", "Ada", "Front door"),
    ),
)


@pytest.fixture
def state() -> Generator[PropertyMock]:
    """Return how guest calendars stand; a test may say something else."""
    with patch.object(GuestKeeper, "state", PropertyMock(return_value=GUEST)) as mocked:
        yield mocked


@pytest.fixture
async def flat(home: Home, state: PropertyMock) -> str:
    """Return the id of the guest calendar of a loaded account."""
    return await async_load_flat(home, FRONT_DOOR)


async def test_entities(
    hass: HomeAssistant, home: Home, flat: str, snapshot: SnapshotAssertion
) -> None:
    """All of them are on the guest calendar's device, none is on a lock's."""
    entities = sorted(
        (
            entity
            for entity in er.async_entries_for_config_entry(
                er.async_get(hass), home.entry.entry_id
            )
            if entity.config_subentry_id == flat
        ),
        key=lambda entity: entity.entity_id,
    )
    device = dr.async_get(hass).async_get_device_by_identifier(
        (DOMAIN, flat), home.entry.entry_id
    )
    assert device is not None
    assert (device.name, device.entry_type) == ("Flat", dr.DeviceEntryType.SERVICE)
    assert {entity.device_id for entity in entities} == {device.id}
    assert {entity.entity_id for entity in entities} == {
        state.entity_id
        for state in hass.states.async_all()
        if state.entity_id.partition(".")[2].startswith("flat_")
    }
    for entity in entities:
        assert entity == without_ids(snapshot)(name=f"{entity.entity_id}-entry")
        assert hass.states.get(entity.entity_id) == snapshot(
            name=f"{entity.entity_id}-state"
        )


async def test_nobody_comes(
    hass: HomeAssistant, home: Home, state: PropertyMock, flat: str
) -> None:
    """Without bookings there is nothing to show, and nothing wrong."""
    state.return_value = GuestState(feed_ok=True)
    await home.async_restart()
    for entity_id, expected in (
        ("sensor.flat_next_guest", "unknown"),
        ("sensor.flat_code", "unknown"),
        ("sensor.flat_check_in", "unknown"),
        ("sensor.flat_check_out", "unknown"),
        ("sensor.flat_bookings", "0"),
        ("binary_sensor.flat_problem", "off"),
    ):
        assert home.state(entity_id) == expected, entity_id


async def test_without_the_cloud(hass: HomeAssistant, home: Home, flat: str) -> None:
    """What a guest calendar knows it knows without the cloud, unlike a lock."""
    home.world.faults.parse("http_5xx")
    await home.async_refresh("lock.front_door")
    assert home.state("lock.front_door") == "unavailable"
    assert home.state("sensor.flat_next_guest") == "Ada"


async def test_renamed_and_removed(hass: HomeAssistant, home: Home, flat: str) -> None:
    """The device has the guest calendar's name, and goes with it."""
    subentry = home.entry.subentries[flat]
    hass.config_entries.async_update_subentry(home.entry, subentry, title="House")
    await hass.async_block_till_done()
    registry = dr.async_get(hass)
    identifier, entry_id = (DOMAIN, flat), home.entry.entry_id
    device = registry.async_get_device_by_identifier(identifier, entry_id)
    assert device is not None
    assert device.name == "House"
    hass.config_entries.async_remove_subentry(home.entry, flat)
    await hass.async_block_till_done()
    assert registry.async_get_device_by_identifier(identifier, entry_id) is None
    assert hass.states.get("sensor.flat_next_guest") is None


async def test_stays_with_the_account(
    hass: HomeAssistant, home: Home, flat: str, hass_ws_client: WebSocketGenerator
) -> None:
    """No listing has it, yet it is not absent, and can't be removed without its rules."""
    assert await async_setup_component(hass, "config", {})
    socket = await hass_ws_client(hass)
    registry = dr.async_get(hass)
    identifier, entry_id = (DOMAIN, flat), home.entry.entry_id
    device = registry.async_get_device_by_identifier(identifier, entry_id)
    assert device is not None
    assert not (await socket.remove_device(device.id))["success"]
    await home.async_pass_in_steps(timedelta(hours=30), timedelta(hours=3))
    assert registry.async_get_device_by_identifier(identifier, entry_id) == device
