"""The lock entity: its bolt, and opening and locking from afar."""

import asyncio
from datetime import timedelta
from unittest.mock import patch

from homeassistant.components.lock import DOMAIN as LOCK_DOMAIN, LockState
from homeassistant.const import (
    ATTR_ENTITY_ID,
    SERVICE_LOCK,
    SERVICE_UNLOCK,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
    Platform,
)
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
import pytest
from syrupy.assertion import SnapshotAssertion

from custom_components.tuya_lock_manager.const import DOMAIN
from custom_components.tuya_lock_manager.hub import LockHub
from custom_components.tuya_lock_manager.manager import LockManager
from simulator.locks.delivery import cut_off
from simulator.locks.reports import method_opened
from tests.simulated import Home

LISTING = timedelta(minutes=14, seconds=51)
# A request to the account's list is held back for ten seconds after the last one.
COOLDOWN = timedelta(seconds=11)


async def _async_move(hass: HomeAssistant, action: str, lock: str) -> None:
    await hass.services.async_call(
        LOCK_DOMAIN, action, {ATTR_ENTITY_ID: lock}, blocking=True
    )


async def test_entities(
    hass: HomeAssistant,
    home: Home,
    entity_registry: er.EntityRegistry,
    snapshot: SnapshotAssertion,
) -> None:
    """Every lock has one, named like the lock, also one that can't be moved."""
    await home.async_check_entities(Platform.LOCK, snapshot)
    for entity_id in hass.states.async_entity_ids(LOCK_DOMAIN):
        entry = entity_registry.async_get(entity_id)
        assert entry is not None
        assert entry.unique_id == home.lock(entity_id).id


async def test_the_bolt(home: Home) -> None:
    """A lock that reports its bolt shows it; what it doesn't report is unknown."""
    await home.async_setup()
    assert home.state("lock.front_door") == LockState.LOCKED
    assert home.state("lock.garage") == STATE_UNKNOWN
    front_door = home.lock("lock.front_door")
    method = front_door.people.method("fingerprint", 1)
    assert method is not None
    await home.async_pass(LISTING - timedelta(seconds=3))
    method_opened(front_door, method, front_door.now)
    await home.async_pass(timedelta(seconds=3))
    assert home.state("lock.front_door") == LockState.UNLOCKED
    await home.async_pass(LISTING)
    assert home.state("lock.front_door") == LockState.LOCKED
    front_door.device.status["lock_motor_state"] = "closed"
    await home.async_pass(LISTING)
    assert home.state("lock.front_door") == STATE_UNKNOWN


async def test_unlock_and_lock_from_afar(hass: HomeAssistant, home: Home) -> None:
    """What moves the simulated bolt moves the entity, which nobody pretends before."""
    await home.async_setup()
    await home.async_pass(COOLDOWN)
    await _async_move(hass, SERVICE_UNLOCK, "lock.office")
    await hass.async_block_till_done()
    office = home.lock("lock.office")
    assert office.device.status["lock_motor_state"] is True
    assert home.state("lock.office") == LockState.UNLOCKED
    assert home.state("lock.front_door") == LockState.LOCKED

    await home.async_pass(timedelta(seconds=2))
    await _async_move(hass, SERVICE_LOCK, "lock.office")
    assert home.lock("lock.office").device.status["lock_motor_state"] is False
    await home.async_pass(COOLDOWN)
    assert home.state("lock.office") == LockState.LOCKED


async def test_a_lock_that_cannot_be_moved(hass: HomeAssistant, home: Home) -> None:
    """The error says so in the user's language; the bolt is not touched."""
    home.world.around.switches.set("lock_by_api", "refused")
    await home.async_setup()
    with pytest.raises(HomeAssistantError) as error:
        await _async_move(hass, SERVICE_LOCK, "lock.front_door")
    assert error.value.translation_domain == DOMAIN
    assert error.value.translation_key == "not_supported"
    assert "This lock can't do that" in str(error.value)
    assert home.state("lock.front_door") == LockState.LOCKED


async def test_remote_unlock_switched_off(hass: HomeAssistant, home: Home) -> None:
    """A lock whose owner forbade it in the app says that it can't."""
    await home.async_setup()
    office = home.lock("lock.office")
    office.remote_unlock["remoteUnlockWithoutPwd"] = False
    with pytest.raises(HomeAssistantError) as error:
        await _async_move(hass, SERVICE_UNLOCK, "lock.office")
    assert error.value.translation_key == "not_supported"
    assert office.device.status["lock_motor_state"] is False


async def test_a_lock_that_is_off_line(hass: HomeAssistant, home: Home) -> None:
    """A lock out of reach is not opened, and the user is told why."""
    await home.async_setup()
    cut_off(home.lock("lock.office"))
    with pytest.raises(HomeAssistantError) as error:
        await _async_move(hass, SERVICE_UNLOCK, "lock.office")
    assert error.value.translation_domain == DOMAIN
    assert error.value.translation_key == "lock_offline"
    assert home.state("lock.office") == LockState.LOCKED


async def test_a_busy_lock_does_not_hold_up_the_others(
    hass: HomeAssistant, home: Home
) -> None:
    """Changes wait for each other at one lock only."""
    await home.async_setup()
    begun: list[str] = []
    free = asyncio.Event()

    async def operate(self: LockManager, hub: LockHub, *, unlock: bool) -> None:
        begun.append(hub.device.name)
        await free.wait()

    with patch.object(LockManager, "async_operate", operate):
        moves = [
            hass.async_create_task(_async_move(hass, SERVICE_UNLOCK, lock))
            for lock in ("lock.front_door", "lock.office")
        ]
        for _ in range(50):
            await asyncio.sleep(0)
        begun_together = list(begun)
        free.set()
        await asyncio.gather(*moves)
    assert begun_together == ["Front door", "Office"]


async def test_an_outage(home: Home) -> None:
    """A bolt that nobody can see is unavailable, not locked."""
    await home.async_setup()
    home.world.faults.parse("http_5xx:calls=devices")
    await home.async_pass(LISTING)
    assert home.state("lock.front_door") == STATE_UNAVAILABLE
    # The passwords are asked for apart from that, so they stay.
    assert home.state("sensor.front_door_active_passwords") == "0"
