"""A jammed bolt: raised by an alarm, over when something shows that the bolt works."""

from datetime import timedelta

from homeassistant.components.lock import LockState
from homeassistant.const import (
    STATE_OFF,
    STATE_ON,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
    EntityCategory,
)
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
import pytest

from simulator.locks.lock import Lock
from simulator.locks.reports import alarm, method_opened, move_bolt
from tests.acting import FRONT_DOOR, GARAGE, GARDEN_GATE, LOCKS
from tests.simulated import Home

JAMMED = "binary_sensor.front_door_jammed"
LISTING = timedelta(minutes=15, seconds=1)


def _open(lock: Lock) -> None:
    method = lock.people.method("fingerprint", 1)
    assert method is not None
    method_opened(lock, method, lock.now)


async def test_which_locks_have_it(
    home: Home, entity_registry: er.EntityRegistry
) -> None:
    """Those whose description names such an alarm."""
    await home.async_setup()
    found = {
        entry.entity_id
        for entry in entity_registry.entities.values()
        if entry.unique_id.endswith("_jammed")
    }
    with_words = {
        lock.partition(".")[2]
        for lock in LOCKS
        if "tongue_" in repr(home.lock(lock).device)
    }
    assert found == {f"binary_sensor.{name}_jammed" for name in with_words}
    assert len(with_words) < len(LOCKS)
    entry = entity_registry.async_get(JAMMED)
    assert entry is not None
    assert entry.original_device_class == "problem"
    assert entry.entity_category is EntityCategory.DIAGNOSTIC


@pytest.mark.parametrize("kind", ["tongue_bad", "tongue_not_out"])
async def test_until_somebody_opens(home: Home, kind: str) -> None:
    """An opening shows that the bolt works again."""
    await home.async_setup()
    lock = home.lock(FRONT_DOOR)
    assert home.state(JAMMED) == STATE_OFF
    _open(lock)
    alarm(lock, "pry", lock.now)
    await home.async_pass(LISTING)
    assert home.state(JAMMED) == STATE_OFF
    alarm(lock, kind, lock.now)
    await home.async_pass(LISTING)
    assert home.state(JAMMED) == STATE_ON
    assert home.state(FRONT_DOOR) == LockState.JAMMED
    # Another alarm is no news about the bolt.
    alarm(lock, "pry", lock.now)
    await home.async_pass(LISTING)
    assert home.state(JAMMED) == STATE_ON
    _open(lock)
    await home.async_pass(LISTING)
    assert home.state(JAMMED) == STATE_OFF
    assert home.state(FRONT_DOOR) == LockState.LOCKED


async def test_until_the_bolt_moves(home: Home) -> None:
    """The reported bolt shows it, too; when it moved is not known to the minute."""
    await home.async_setup()
    lock = home.lock(FRONT_DOOR)
    # It moves, and gets stuck on its way back, all between two listings.
    move_bolt(lock, lock.now, unlocked=True)
    await home.async_pass(timedelta(minutes=1))
    alarm(lock, "tongue_not_out", lock.now)
    await home.async_pass(LISTING)
    assert home.state(JAMMED) == STATE_ON
    move_bolt(lock, lock.now, unlocked=False)
    await home.async_pass(LISTING)
    assert home.state(JAMMED) == STATE_OFF
    await home.async_restart()
    assert home.state(JAMMED) == STATE_OFF


async def test_across_a_restart(home: Home) -> None:
    """What was jammed still is."""
    await home.async_setup()
    lock = home.lock(FRONT_DOOR)
    alarm(lock, "tongue_bad", lock.now)
    await home.async_pass(LISTING)
    await home.async_restart()
    assert home.state(JAMMED) == STATE_ON
    assert home.state(FRONT_DOOR) == LockState.JAMMED


async def test_while_records_can_t_be_read(home: Home) -> None:
    """Nobody knows, before the first reading and in an outage."""
    home.world.faults.parse("http_5xx:calls=records")
    await home.async_setup()
    assert home.state(JAMMED) == STATE_UNAVAILABLE
    assert home.state(FRONT_DOOR) == LockState.LOCKED
    home.world.faults.remove()
    lock = home.lock(FRONT_DOOR)
    alarm(lock, "tongue_bad", lock.now)
    await home.async_refresh(FRONT_DOOR)
    assert home.state(JAMMED) == STATE_ON
    home.world.faults.parse("http_5xx:calls=records")
    await home.async_refresh(FRONT_DOOR)
    assert home.state(JAMMED) == STATE_UNAVAILABLE
    assert home.state(FRONT_DOOR) == LockState.LOCKED


async def test_a_lock_whose_bolt_is_unknown(home: Home) -> None:
    """Jammed is known though locked or not isn't."""
    await home.async_setup()
    garage = home.lock(GARAGE)
    garage.device.status.pop("lock_motor_state", None)
    await home.async_pass(LISTING)
    assert home.state(GARAGE) == STATE_UNKNOWN
    alarm(garage, "tongue_bad", garage.now)
    await home.async_pass(LISTING)
    assert home.state(GARAGE) == LockState.JAMMED
    _open(garage)
    await home.async_pass(LISTING)
    assert home.state(GARAGE) == STATE_UNKNOWN
    assert home.hass.states.get(GARDEN_GATE) is not None


async def test_home_assistant_s_own_trigger(home: Home) -> None:
    """An automation on "lock jammed" runs."""
    ran: list[str] = []
    home.hass.bus.async_listen(
        "jam_told", lambda event: ran.append(str(event.event_type))
    )
    assert await async_setup_component(
        home.hass,
        "automation",
        {
            "automation": {
                "triggers": {
                    "trigger": "lock.jammed",
                    "target": {"entity_id": FRONT_DOOR},
                },
                "actions": {"event": "jam_told"},
            }
        },
    )
    await home.async_setup()
    lock = home.lock(FRONT_DOOR)
    alarm(lock, "tongue_bad", lock.now)
    await home.async_pass(LISTING)
    assert ran == ["jam_told"]
