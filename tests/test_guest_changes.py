"""Bookings that change while their lock is out of reach: the host hears in time."""

import pytest

from simulator.locks.delivery import connect, cut_off
from tests.acting import FRONT_DOOR
from tests.guesthouse import Guesthouse
from tests.simulated import Home


@pytest.fixture
async def house(home: Home) -> Guesthouse:
    """Return a home with a guest from 3 to 5 June, whose lock is now out of reach."""
    house = Guesthouse(home)
    house.book("Ada", "2026-06-03", "2026-06-05", uid="1")
    await house.async_open()
    await house.async_pass(minutes=1)
    cut_off(home.lock(FRONT_DOOR))
    return house


async def async_rebook(house: Guesthouse, start: str, end: str) -> None:
    """Let the guest come, or leave, on other days."""
    house.feed.events.clear()
    house.book("Ada", start, end, uid="1")
    await house.async_look()
    await house.async_pass(minutes=5)


async def test_comes_earlier(house: Guesthouse) -> None:
    """A code that the lock still keeps for later is not ready."""
    digits = house.digits("Ada")
    await async_rebook(house, "2026-06-02", "2026-06-05")
    assert (house.keeper.state.code, house.problem()) == ("pending", None)
    await house.async_until("2026-06-02T14:10")
    assert house.problem() == "not_ready"
    lock = house.home.lock(FRONT_DOOR)
    connect(lock, lock.now)
    await house.keeper.async_try_again()
    await house.async_pass(minutes=1)
    assert (house.keeper.state.code, house.problem()) == ("ready", None)
    await house.async_until("2026-06-02T15:01")
    assert house.opens(digits)


async def test_stays_longer(house: Guesthouse) -> None:
    """As long as the old window is open there is time."""
    await async_rebook(house, "2026-06-03", "2026-06-08")
    await house.async_until("2026-06-05T09:30")
    assert (house.keeper.state.code, house.problem()) == ("pending", None)
    await house.async_until("2026-06-05T10:15")
    assert house.problem() == "not_ready"


async def test_leaves_earlier(house: Guesthouse) -> None:
    """A window that is too long keeps nobody out."""
    await async_rebook(house, "2026-06-03", "2026-06-04")
    await house.async_until("2026-06-03T16:00")
    assert (house.keeper.state.code, house.problem()) == ("pending", None)
