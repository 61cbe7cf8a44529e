"""Guest calendars where something failed: what is tried again is tried in time."""

import pytest

from tests.guesthouse import Guesthouse
from tests.simulated import Home

QUARTER = 15


@pytest.fixture
def house(home: Home) -> Guesthouse:
    """Return a home that takes guests, on Monday, 1 June 2026 at half past twelve."""
    return Guesthouse(home)


async def _async_quarters(house: Guesthouse, count: int) -> None:
    """Let time pass as it does: the calendar is looked at each quarter of an hour."""
    for _ in range(count):
        await house.async_pass(minutes=QUARTER)


async def test_mended_before_check_in(house: Guesthouse) -> None:
    """What failed all day, and works again hours before, is not left for the night."""
    house.book("Ada", "2026-06-01T21:40", "2026-06-03T10:00", uid="1")
    house.home.world.faults.parse("quota:calls=passwords,method=POST")
    await house.async_open()
    await _async_quarters(house, 26)
    house.home.world.faults.remove()
    await _async_quarters(house, 4)
    assert house.names() == ["Ada"]


async def test_moved_to_tonight(house: Guesthouse) -> None:
    """A stay that comes nearer doesn't wait as long as one that was far."""
    ada = house.book("Ada", "2026-06-04T18:00", "2026-06-06T10:00", uid="1")
    house.home.world.faults.parse("quota:calls=passwords,method=POST")
    await house.async_open()
    await _async_quarters(house, 26)
    house.home.world.faults.remove()
    house.cancel(ada)
    house.book("Ada", "2026-06-01T20:00", "2026-06-05T10:00", uid="1")
    await _async_quarters(house, 1)
    assert house.names() == ["Ada"]


async def test_extended_at_the_last_minute(house: Guesthouse) -> None:
    """Who stays on has a code, though the first one ended before that was known.

    Digits are erased with the end of their code, so these are others, and are told.
    """
    ada = house.book("Ada", "2026-06-02", "2026-06-04", uid="1")
    await house.async_open(notify="notify.phone", message="{{ code }}")
    await house.async_pass(minutes=1)
    await house.async_until("2026-06-04T10:54")
    house.cancel(ada)
    house.book("Ada", "2026-06-02", "2026-06-05", uid="1")
    await house.async_until("2026-06-04T11:05")
    await house.async_pass(minutes=1)
    first, digits = house.phone.messages
    assert house.opens(digits)
    assert not house.opens(first)
    await house.async_until("2026-06-05T11:00")
    assert not house.opens(digits)
