"""Guests of the same name at the same times: each gets a code, whoever made the other."""

from datetime import date

from homeassistant.components.calendar import DATA_COMPONENT, CalendarEvent
import pytest

from simulator.locks.delivery import cut_off
from tests.guesthouse import PHONE, Feed, Guesthouse
from tests.simulated import Home

BOTH = ["Reserved", "Reserved (2)"]
TOLD = {"notify": PHONE, "message": "{{ code }}"}


@pytest.fixture
def house(home: Home) -> Guesthouse:
    """Return a home that takes guests, on Monday, 1 June 2026 at half past twelve."""
    return Guesthouse(home)


@pytest.mark.parametrize(
    ("first", "second", "rules"),
    [
        (
            ("2026-06-01T08:00", "2026-06-04T10:00"),
            ("2026-06-01T09:00", "2026-06-04T10:00"),
            {},
        ),
        (
            ("2026-06-02T10:00", "2026-06-04T10:00"),
            ("2026-06-02T12:00", "2026-06-04T09:00"),
            {"check_in": "15:00:00", "check_out": "11:00:00"},
        ),
    ],
    ids=["both are here already", "fixed times of day"],
)
async def test_one_window_for_two(
    house: Guesthouse,
    first: tuple[str, str],
    second: tuple[str, str],
    rules: dict[str, str],
) -> None:
    """Events with other times may come to the same window."""
    house.book("Reserved", *first, uid="1")
    house.book("Reserved", *second, uid="2")
    await house.async_open(**TOLD, **rules)
    await house.async_pass(minutes=1)
    assert house.names() == BOTH
    assert sorted(map(house.digits, BOTH)) == sorted(house.phone.messages)


async def test_two_flats_behind_one_door(house: Guesthouse) -> None:
    """Two feeds may both say Reserved for the same days."""
    house.book("Reserved", "2026-06-02", "2026-06-05", uid="1")
    await house.async_open(**TOLD)
    other = Feed()
    other._attr_unique_id = other._attr_name = "other"
    other.events = [
        CalendarEvent(
            start=date(2026, 6, 2),
            end=date(2026, 6, 5),
            summary="Reserved",
            uid="1",
        )
    ]
    await house.hass.data[DATA_COMPONENT].async_add_entities([other])
    house.add("Flat 2", "02GUESTS", calendar="calendar.other", **TOLD)
    await house.async_settle()
    await house.async_pass(minutes=1)
    assert house.names() == BOTH
    assert sorted(map(house.digits, BOTH)) == sorted(house.phone.messages)


async def test_one_booking_for_two(house: Guesthouse) -> None:
    """Two guest calendars that read the same calendar make one code of a booking."""
    house.book("Ada", "2026-06-02", "2026-06-05", uid="1")
    await house.async_open(**TOLD)
    house.add("Ada alone", "02GUESTS", include="Ada", **TOLD)
    await house.async_settle()
    await house.async_pass(minutes=1)
    assert house.names() == ["Ada"]
    assert house.phone.messages == [house.digits("Ada")]


async def test_the_same_days_after_a_cancellation(house: Guesthouse) -> None:
    """The next guest doesn't wait until the lock has given up the last one's code."""
    cancelled = house.book("Reserved", "2026-06-02", "2026-06-05", uid="1")
    house.book("Bob", "2026-07-02", "2026-07-05", uid="2")
    await house.async_open()
    await house.async_pass(minutes=1)
    cut_off(house.home.lock("lock.front_door"))
    house.cancel(cancelled)
    await house.async_look()
    await house.async_pass(minutes=16)
    house.book("Reserved", "2026-06-02", "2026-06-05", uid="3")
    await house.async_look()
    assert house.names() == ["Reserved (2)"]
    assert [event.kind.value for event in house.told] == ["code_removed", "code_made"]
