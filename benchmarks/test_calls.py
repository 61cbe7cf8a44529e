"""Calls a day, counted by the simulated cloud while its clock and Home Assistant's move."""

from datetime import timedelta
from typing import Any

from homeassistant.core import HomeAssistant
import pytest

from benchmarks.table import Table
from simulator.locks.reports import method_opened
from tests.simulated import Home
from tests.test_cost import async_begin, async_start_again
from tests.test_plan import without_tokens

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
STEP = timedelta(minutes=5)

pytestmark = pytest.mark.usefixtures("entity_registry_enabled_by_default")


def _note(home: Home, table: Table, day: str, pace: str, locks: int) -> None:
    table.add(day, pace, locks, without_tokens(home), len(home.asked(calls="token")))


@pytest.mark.parametrize("pace", ["careful", "prompt"])
@pytest.mark.parametrize("locks", [1, 10, 100])
async def test_calm(home: Home, table: Table, locks: int, pace: str) -> None:
    """Nothing happens, everything is enabled."""
    await async_begin(home, locks, pace)
    await home.async_pass_in_steps(24 * HOUR, STEP)
    _note(home, table, "calm", pace, locks)


@pytest.mark.parametrize("pace", ["careful", "prompt"])
async def test_normal(home: Home, table: Table, pace: str) -> None:
    """Two codes are made, one of which begins later, and the door opens ten times."""
    await async_begin(home, 1, pace)
    lock = home.lock("lock.front_door")
    method = lock.people.method("fingerprint", 1)
    assert method is not None
    for hour in range(24):
        if hour in {1, 9}:
            start = home.local(home.world.clock.now() + (hour == 9) * 4 * 3600)
            await home.async_act(
                "create_temp_password",
                "lock.front_door",
                name=f"Guest {hour}",
                start=start,
                duration=5 * HOUR,
            )
            await home.async_pass_in_steps(2 * MINUTE, timedelta(seconds=1))
        if 7 <= hour < 17:
            method_opened(lock, method, lock.now)
        spent = 2 * MINUTE if hour in {1, 9} else timedelta()
        await home.async_pass_in_steps(HOUR - spent, STEP)
    _note(home, table, "normal: two codes, ten openings", pace, 1)


async def test_restarts(
    hass: HomeAssistant, home: Home, hass_storage: dict[str, Any], table: Table
) -> None:
    """Home Assistant is started again three times."""
    await async_begin(home, 10)
    for _ in range(3):
        await home.async_pass_in_steps(6 * HOUR, STEP)
        await async_start_again(hass, home)
    await home.async_pass_in_steps(6 * HOUR, STEP)
    _note(home, table, "calm, three restarts", "careful", 10)


async def test_outage(home: Home, table: Table) -> None:
    """The cloud doesn't answer for six hours."""
    await async_begin(home, 10)
    await home.async_pass_in_steps(6 * HOUR, STEP)
    home.world.faults.parse("http_5xx")
    await home.async_pass_in_steps(6 * HOUR, STEP)
    home.world.faults.remove()
    await home.async_pass_in_steps(12 * HOUR, STEP)
    _note(home, table, "calm, six hours without the cloud", "careful", 10)
