"""Days in a simulated home, and whether all that happened was heard of in time."""

from collections.abc import Sequence
from datetime import timedelta

from homeassistant.const import STATE_UNAVAILABLE

from simulator.locks.delivery import wake
from simulator.locks.family import Carrier
from simulator.locks.lock import Lock
from simulator.locks.reports import alarm, method_opened
from tests.simulated import Home
from tests.test_plan import async_choose, without_tokens

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
STEP = timedelta(minutes=5)

MODELS = ("zigbee_deadbolt", "wifi_sleepy", "ble_gateway", "mk_keypad")
NAME = "Front door"
LOCK = "lock.front_door"
OPENED = "event.front_door_unlocked"
ALARM = "event.front_door_alarm"
PENDING = "sensor.front_door_pending_passwords"

# What DOMAIN.md 6 promises: when the list is read after the cloud took a code.
GATEWAY_READS = (3, 8, 15, 25, 40, 90)
SLEEPY_READS = (10, 30)
SLEEPY_EVERY = 10 * MINUTE
# The reading is planned just behind the moment, and a test looks once a second.
SLACK = 3 * SECOND


async def async_settle(home: Home, models: Sequence[str], pace: str) -> None:
    """Have a home with these locks that has settled; calls are counted from now on."""
    for lock in list(home.world.locks):
        home.world.remove_device(lock)
    for number, model in enumerate(models):
        home.world.add_lock(model, f"Door {number}" if number else NAME)
    await home.async_setup()
    await async_choose(home, pace=pace)
    await home.async_pass_in_steps(2 * HOUR, STEP)
    home.world.requests.clear()


async def async_calm_day(home: Home) -> tuple[int, int]:
    """Let a day pass on which nothing happens; return its calls and its tokens."""
    home.world.requests.clear()
    await home.async_pass_in_steps(24 * HOUR, STEP)
    return without_tokens(home), len(home.asked(calls="token"))


def open_door(lock: Lock) -> None:
    """Let somebody open by a finger, or by what else the lock has."""
    method_opened(lock, lock.people.methods[0], lock.now)


async def async_hear(home: Home, waits: Sequence[int]) -> float:
    """Let openings and alarms happen; return after how many minutes the last was heard."""
    slowest = 0.0
    lock = home.world.lock(NAME)
    for number, wait in enumerate(waits):
        await home.async_pass_in_steps(wait * MINUTE, STEP)
        entity = ALARM if number % 3 == 2 else OPENED
        before = home.state(entity)
        if entity == ALARM:
            assert alarm(lock, "pry", lock.now) is not None
        else:
            open_door(lock)
        passed = timedelta()
        while home.state(entity) in {before, STATE_UNAVAILABLE}:
            await home.async_pass(MINUTE / 2)
            passed += MINUTE / 2
            assert passed <= 2 * HOUR, "it was never heard of"
        slowest = max(slowest, passed / MINUTE)
    return slowest


async def async_deliver(home: Home, after: float) -> bool:
    """Make a code that reaches the lock so much later; tell whether it shows in time.

    `after` is in seconds: of a gateway's try, or until a sleepy lock is woken.
    """
    lock = home.world.lock(NAME)
    sleeps = lock.traits.carrier is Carrier.WAKE
    if not sleeps:
        home.world.around.switches.set("delivery_seconds", str(after))
    await home.async_act(
        "create_temp_password",
        LOCK,
        name=f"Guest {after}",
        start=home.local(home.world.clock.now() + HOUR.total_seconds()),
        duration=2 * HOUR,
    )
    assert home.state(PENDING) == "1"
    await home.async_pass_in_steps(timedelta(seconds=after), SECOND)
    reads = SLEEPY_READS if sleeps else GATEWAY_READS
    due = next(
        (timedelta(seconds=read - after) for read in reads if read >= after), None
    )
    if sleeps:
        wake(lock, lock.now)
        due = due or SLEEPY_EVERY
    assert due is not None
    await home.async_pass_in_steps(due + SLACK, SECOND)
    return home.state(PENDING) == "0"
