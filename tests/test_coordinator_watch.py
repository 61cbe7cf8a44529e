"""When a lock is asked for its codes while one is on its way."""

from datetime import timedelta

from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.helpers import entity_registry as er
import pytest

from simulator.locks.delivery import connect, cut_off, wake
from simulator.locks.lock import Lock
from simulator.locks.reports import method_opened
from tests.simulated import Home, leave_only

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


async def _async_create(
    home: Home, lock: str, start: timedelta = timedelta(), hours: int = 1
) -> float:
    """Make a code that starts after a while; return when, and forget what was asked."""
    now = home.world.clock.now()
    await home.async_act(
        "create_temp_password",
        lock,
        name="Ann",
        start=home.local(now + start.total_seconds()),
        duration=timedelta(hours=hours),
    )
    home.world.requests.clear()
    return now


async def _async_reads(
    home: Home, lock: str, since: float, during: timedelta, step: timedelta
) -> list[float]:
    """Let time pass; return after what time the passwords were read, in steps."""
    await home.async_pass_in_steps(during, step)
    size = step.total_seconds()
    return [(moment - since) // size * size for moment in home.asked(lock, "passwords")]


def _touch(lock: Lock) -> None:
    """Open the door with a finger, which wakes a sleeping lock."""
    method = lock.people.method("fingerprint", 1)
    assert method is not None
    method_opened(lock, method, lock.now)


@pytest.mark.parametrize("name", ["Front door", "Office"])
async def test_the_watch_of_a_quick_lock(home: Home, name: str) -> None:
    """Six reads while the code is on its way, each a moment later; then the poll."""
    leave_only(home, name)
    await home.async_setup()
    lock = f"lock.{name.lower().replace(' ', '_')}"
    # The gateway keeps trying, and nothing is confirmed.
    home.world.around.switches.set("delivery_seconds", "3000")
    since = await _async_create(home, lock)
    reads = await _async_reads(home, lock, since, 3 * MINUTE, SECOND)
    assert reads == [4, 9, 16, 26, 41, 91]
    # Then it is not known what became of it, and nobody calls it pending for ever.
    name = lock.partition(".")[2]
    assert home.state(f"sensor.{name}_pending_passwords") == "0"
    assert home.state(f"sensor.{name}_active_passwords") == "0"


async def test_the_watch_ends_with_the_delivery(home: Home) -> None:
    """A confirmed code is not read again, and the next code's watch is its own."""
    leave_only(home, "Front door")
    await home.async_setup()
    since = await _async_create(home, "lock.front_door", hours=2)
    reads = await _async_reads(home, "lock.front_door", since, 2 * MINUTE, SECOND)
    assert reads == [4]
    assert home.state("sensor.front_door_active_passwords") == "1"
    since = await _async_create(home, "lock.front_door", hours=3)
    reads = await _async_reads(home, "lock.front_door", since, 2 * MINUTE, SECOND)
    assert reads == [4]
    assert home.state("sensor.front_door_active_passwords") == "2"


async def test_one_read_serves_all_codes(home: Home) -> None:
    """Codes that wait together are not read for apart."""
    leave_only(home, "Front door")
    await home.async_setup()
    home.world.around.switches.set("delivery_seconds", "3000")
    await _async_create(home, "lock.front_door", hours=2)
    since = await _async_create(home, "lock.front_door", hours=3)
    reads = await _async_reads(home, "lock.front_door", since, 2 * MINUTE, SECOND)
    assert reads == [4, 9, 16, 26, 41, 91]


async def test_the_watch_survives_an_outage(home: Home) -> None:
    """A read that fails is not the last one; the code is found when the cloud is back."""
    leave_only(home, "Front door")
    await home.async_setup()
    since = await _async_create(home, "lock.front_door")
    home.world.faults.parse("http_5xx:calls=passwords")
    reads = await _async_reads(home, "lock.front_door", since, 80 * SECOND, SECOND)
    # The list should show it after a minute: it is looked at before that is doubted.
    assert reads == [4, 9, 16, 26, 41, 61]
    assert home.state("sensor.front_door_pending_passwords") == STATE_UNAVAILABLE
    home.world.faults.remove()
    await home.async_pass_in_steps(15 * SECOND, SECOND)
    assert home.state("sensor.front_door_active_passwords") == "1"


async def test_the_watch_of_a_deletion(home: Home) -> None:
    """A deletion is on its way like a code; until the lock did it, it may open."""
    leave_only(home, "Front door")
    await home.async_setup()
    await _async_create(home, "lock.front_door")
    await home.async_pass_in_steps(10 * SECOND, SECOND)
    since = home.world.clock.now()
    await home.async_act("delete_password", "lock.front_door", password="Ann")
    home.world.requests.clear()
    reads = await _async_reads(home, "lock.front_door", since, 2 * MINUTE, SECOND)
    assert reads == [4]
    assert home.state("sensor.front_door_active_passwords") == "0"
    assert home.state("sensor.front_door_next_expiry") == STATE_UNKNOWN


@pytest.mark.parametrize("name", ["Garage", "Garden gate"])
async def test_the_watch_of_a_sleepy_lock(home: Home, name: str) -> None:
    """Two reads; then the poll, and every ten minutes from two hours before the start."""
    leave_only(home, name)
    await home.async_setup()
    lock = f"lock.{name.lower().replace(' ', '_')}"
    since = await _async_create(home, lock, start=4 * HOUR, hours=2)
    reads = await _async_reads(home, lock, since, MINUTE, SECOND)
    assert reads == [11, 31]

    home.world.requests.clear()
    await home.async_pass(2 * HOUR - MINUTE - 2 * SECOND)
    begin = since + 2 * 3600
    # Only the ordinary poll so far.
    assert len(home.asked(lock, "passwords")) == 1
    home.world.requests.clear()
    await home.async_pass_in_steps(HOUR, 10 * SECOND)
    reads = [moment - begin for moment in home.asked(lock, "passwords")]
    assert all(any(0 <= read - tens * 600 <= 12 for read in reads) for tens in range(6))
    assert len(reads) <= 6 + 2
    # Nobody says that it is there; a keypad's code is not called pending for long.
    sensor = lock.replace("lock", "sensor", 1)
    assert home.state(f"{sensor}_active_passwords") == "0"
    assert home.state(f"{sensor}_next_expiry") == STATE_UNKNOWN


async def test_a_boundary_during_a_reading(home: Home) -> None:
    """What the clock made of a code meanwhile doesn't outlive what the cloud says."""
    leave_only(home, "Garage")
    await home.async_setup()
    await _async_create(home, "lock.garage")
    # The first reading and the end of the patience with it fall due in one moment.
    await home.async_pass(5 * MINUTE)
    assert len(home.asked("lock.garage", "passwords")) == 1
    assert home.state("sensor.garage_pending_passwords") == "1"


async def test_a_code_that_nobody_came_for(home: Home) -> None:
    """A day after its start a code that the lock never fetched is left to the poll."""
    leave_only(home, "Garage")
    await home.async_setup()
    await _async_create(home, "lock.garage", hours=24 * 7)
    await home.async_pass_in_steps(26 * HOUR, 20 * MINUTE)
    home.world.requests.clear()
    await home.async_pass_in_steps(2 * HOUR, 5 * MINUTE)
    assert len(home.asked("lock.garage", "passwords")) == 4
    assert home.state("sensor.garage_pending_passwords") == "1"


@pytest.mark.parametrize("name", ["Garage", "Garden gate"])
async def test_a_sleepy_lock_that_was_touched(home: Home, name: str) -> None:
    """Its new record tells that it was awake: the passwords are read once, at once."""
    leave_only(home, name)
    await home.async_setup()
    lock = f"lock.{name.lower().replace(' ', '_')}"
    expiry = f"{lock.replace('lock', 'sensor', 1)}_next_expiry"
    await home.async_pass(7 * MINUTE)
    await _async_create(home, lock, start=5 * HOUR)
    await home.async_pass_in_steps(6 * MINUTE, 10 * SECOND)
    assert home.state(expiry) == STATE_UNKNOWN
    home.world.requests.clear()
    garage = home.lock(lock)
    _touch(garage)
    wake(garage, garage.now)
    # The records are read every quarter of an hour, the passwords every half.
    await home.async_pass(2 * MINUTE + 2 * SECOND)
    assert len(home.asked(lock, "records")) == 1
    assert len(home.asked(lock, "passwords")) == 1
    assert home.state(expiry) != STATE_UNKNOWN
    # Nothing is on its way any more, so the next record is no reason to read.
    _touch(garage)
    home.world.requests.clear()
    await home.async_pass(15 * MINUTE)
    assert len(home.asked(lock, "records")) == 1
    assert home.asked(lock, "passwords") == []


async def test_a_touched_lock_whose_events_nobody_wants(
    home: Home, entity_registry: er.EntityRegistry
) -> None:
    """The read after a new record doesn't depend on who listens to the news."""
    leave_only(home, "Garage")
    await home.async_setup()
    for kind in ("unlocked", "alarm"):
        entity_registry.async_update_entity(
            f"event.garage_{kind}", disabled_by=er.RegistryEntryDisabler.USER
        )
    await home.async_restart()
    await home.async_pass(10 * MINUTE)
    await _async_create(home, "lock.garage", start=5 * HOUR)
    await home.async_pass_in_steps(MINUTE, 10 * SECOND)
    garage = home.lock("lock.garage")
    _touch(garage)
    wake(garage, garage.now)
    await home.async_pass(4 * MINUTE + 2 * SECOND)
    assert home.state("sensor.garage_pending_passwords") == "0"


async def test_a_sleepy_lock_that_is_seen_on_line_again(home: Home) -> None:
    """A lock that comes back on line may have taken its codes: one read."""
    leave_only(home, "Garage")
    await home.async_setup()
    cut_off(home.lock("lock.garage"))
    await home.async_pass(16 * MINUTE)
    assert home.state("binary_sensor.garage_connectivity") == "off"
    await _async_create(home, "lock.garage", start=5 * HOUR)
    await home.async_pass_in_steps(MINUTE, 10 * SECOND)
    home.world.requests.clear()
    garage = home.lock("lock.garage")
    connect(garage, garage.now)
    wake(garage, garage.now)
    await home.async_pass(14 * MINUTE + 30 * SECOND)
    assert home.state("binary_sensor.garage_connectivity") == "on"
    assert len(home.asked("lock.garage", "passwords")) == 1
    assert home.state("sensor.garage_pending_passwords") == "0"
