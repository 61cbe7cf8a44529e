"""Guest calendars: codes follow the bookings."""

import pytest

from tests.guesthouse import Guesthouse
from tests.simulated import Home


@pytest.fixture
def house(home: Home) -> Guesthouse:
    """Return a home that takes guests, on Monday, 1 June 2026 at half past twelve."""
    return Guesthouse(home)


async def test_a_stay(house: Guesthouse) -> None:
    """A guest gets in from check-in to check-out, and not an hour longer."""
    house.book("Ada", "2026-06-02", "2026-06-04", uid="1")
    await house.async_open()
    assert house.names() == ["Ada"]
    await house.async_pass(minutes=1)
    digits = house.digits("Ada")
    state = house.keeper.state
    assert (state.next_guest, state.code, state.problem) == ("Ada", "ready", None)
    assert not house.opens(digits)
    await house.async_until("2026-06-02T15:00")
    assert house.opens(digits)
    await house.async_until("2026-06-04T10:45")
    assert house.opens(digits)
    await house.async_until("2026-06-04T11:00")
    assert not house.opens(digits)
