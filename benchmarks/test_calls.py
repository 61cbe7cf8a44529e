"""Calls a day, counted by the simulated cloud while its clock and Home Assistant's move.

Nothing of it depends on the machine. In the run whose calm day is counted, doors are opened
and alarms raised next, and codes are made, and all of it has to show in time.
"""

from datetime import timedelta
from typing import Any

from homeassistant.core import HomeAssistant
import pytest

from benchmarks.days import (
    HOUR,
    LOCK,
    MINUTE,
    MODELS,
    SECOND,
    STEP,
    async_calm_day,
    async_deliver,
    async_hear,
    async_settle,
    open_door,
)
from benchmarks.table import Table
from simulator.locks.delivery import wake
from tests.simulated import Home
from tests.test_cost import async_start_again
from tests.test_plan import without_tokens

pytestmark = pytest.mark.usefixtures("entity_registry_enabled_by_default")

# Minutes between what happens, so that it falls anywhere between two readings.
WAITS = (5, 55, 20, 75, 35, 10, 130, 60, 45)
# Seconds until a code is on its lock.
TRIES = {"zigbee_deadbolt": (2, 9, 21), "ble_gateway": (2, 9, 21)}
WAKES = (4, 22, 400)


@pytest.mark.parametrize(("pace", "within"), [("careful", 60), ("prompt", 15)])
@pytest.mark.parametrize("model", MODELS)
async def test_calm(
    home: Home, table: Table, model: str, pace: str, within: int
) -> None:
    """One lock of each family with everything enabled; the dearest one counts."""
    await async_settle(home, [model], pace)
    calls, tokens = await async_calm_day(home)
    slowest = await async_hear(home, WAITS)
    assert slowest <= within
    for after in TRIES.get(model, WAKES):
        assert await async_deliver(home, after), after
    table.most(
        f"calm_{pace}",
        calls,
        model,
        calls=calls,
        tokens=tokens,
        heard_within_minutes=slowest,
    )


@pytest.mark.parametrize("pace", ["careful", "prompt"])
@pytest.mark.parametrize("model", MODELS)
async def test_normal(home: Home, table: Table, model: str, pace: str) -> None:
    """Two codes are made, one of which begins later, and the door opens ten times."""
    await async_settle(home, [model], pace)
    lock = home.lock(LOCK)
    for hour in range(24):
        spent = timedelta()
        if hour in {1, 9}:
            begins = home.world.clock.now() + (hour == 9) * 4 * 3600
            await home.async_act(
                "create_temp_password",
                LOCK,
                name=f"Guest {hour}",
                start=home.local(begins),
                duration=5 * HOUR,
            )
            spent = 2 * MINUTE
            await home.async_pass_in_steps(spent, SECOND)
            wake(lock, lock.now)
        if 7 <= hour < 17:
            open_door(lock)
        await home.async_pass_in_steps(HOUR - spent, STEP)
    calls = without_tokens(home)
    table.most(f"normal_{pace}", calls, model, calls=calls)


@pytest.mark.parametrize("pace", ["careful", "prompt"])
async def test_many_locks(home: Home, table: Table, pace: str) -> None:
    """The more locks, the cheaper each."""
    each: dict[int, float] = {}
    for locks in (1, 10, 100):
        if locks == 1:
            await async_settle(home, ["zigbee_deadbolt"], pace)
        for number in range(len(home.world.locks), locks):
            home.world.add_lock(MODELS[number % len(MODELS)], f"Door {number}")
        await home.async_pass_in_steps(25 * HOUR, STEP)
        calls, _ = await async_calm_day(home)
        each[locks] = round(calls / locks, 1)
    calls_for_each = {str(locks): calls for locks, calls in each.items()}
    table.most("ten_locks", each[10] / each[1], pace, calls_for_each=calls_for_each)
    table.most(
        "hundred_locks", each[100] / each[10], pace, calls_for_each=calls_for_each
    )


async def test_restarts(
    hass: HomeAssistant, home: Home, hass_storage: dict[str, Any], table: Table
) -> None:
    """Twenty locks: what a restart asks, in the hour after it and in one without it."""
    await async_settle(home, [MODELS[n % len(MODELS)] for n in range(20)], "careful")
    await home.async_pass_in_steps(HOUR, STEP)
    home.world.requests.clear()
    await home.async_pass_in_steps(HOUR, STEP)
    # A cycle: the list of the locks, and of each its records.
    cycle = without_tokens(home)
    home.world.requests.clear()
    await async_start_again(hass, home)
    at_once = len(home.asked())
    await home.async_pass_in_steps(HOUR, STEP)
    calls, tokens = without_tokens(home), len(home.asked(calls="token"))
    table.add(
        "restart_calls",
        (calls + tokens) / (cycle + 1),
        cycle=cycle,
        at_once=at_once,
        within_the_hour=calls,
        tokens=tokens,
    )
