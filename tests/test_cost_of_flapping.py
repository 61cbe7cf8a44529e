"""What goes up and down all day costs no more than a calm day, tokens and all."""

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

from homeassistant.core import HomeAssistant
import pytest

from simulator.locks.delivery import connect, cut_off
from tests.simulated import Home
from tests.test_cost import DAY, HOUR, MINUTE, async_begin, async_start_again
from tests.test_cost_of_trouble import CALM

pytestmark = pytest.mark.usefixtures("entity_registry_enabled_by_default")

STEP = 10 * MINUTE


async def async_flap(home: Home, seconds: float, turn: Callable[[bool], None]) -> int:
    """Let something go down and up every so often for a day; return what was sent."""
    chance, passed, is_up = Random(seconds), timedelta(), True
    while passed < DAY:
        is_up = not is_up
        turn(is_up)
        lasts = timedelta(seconds=seconds * chance.uniform(0.7, 1.3))
        await home.async_pass_in_steps(lasts, STEP)
        passed += lasts
    turn(True)
    return len(home.world.requests.entries)


@pytest.mark.parametrize(
    ("seconds", "pace"), [(163, "prompt"), (163, "careful"), (3660, "careful")]
)
async def test_a_connection(home: Home, seconds: float, pace: str) -> None:
    await async_begin(home, 1, pace)
    faults = home.world.faults

    def turn(is_up: bool) -> None:
        if is_up:
            faults.remove()
        else:
            faults.parse("reset")

    assert CALM[pace] / 2 < await async_flap(home, seconds, turn) <= CALM[pace]
    await home.async_pass_in_steps(2 * HOUR, STEP)
    assert home.state("lock.front_door") == "locked"
    assert home.state("sensor.front_door_unread_alarms") == "1"


async def test_a_lock(home: Home) -> None:
    """It may have kept records while it was gone, so they are read, but not for ever."""
    await async_begin(home, 1, "prompt")
    lock = home.lock("lock.front_door")

    def turn(is_up: bool) -> None:
        if is_up:
            connect(lock, lock.now)
        else:
            cut_off(lock)

    assert await async_flap(home, 1700, turn) <= CALM["prompt"]


@pytest.mark.parametrize("pace", CALM)
async def test_restarts(
    hass: HomeAssistant, home: Home, hass_storage: dict[str, Any], pace: str
) -> None:
    """Each wants a token of its own, which is saved elsewhere."""
    await async_begin(home, 1, pace)
    for _ in range(24):
        await home.async_pass_in_steps(HOUR, STEP)
        await async_start_again(hass, home)
    assert len(home.world.requests.entries) <= CALM[pace]


async def test_reloads(home: Home) -> None:
    """Each shows what is new, but not one after the other all day."""
    await async_begin(home, 1, "careful")
    for _ in range(3):
        before = len(home.asked(calls="devices"))
        await home.async_restart()
        assert len(home.asked(calls="devices")) == before + 1
    for _ in range(20):
        await home.async_restart()
    assert len(home.asked(calls="devices")) <= 6
    await home.async_pass_in_steps(DAY, HOUR)
    assert len(home.asked(calls="devices")) <= 26
