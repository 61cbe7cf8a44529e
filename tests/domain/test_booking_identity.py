"""Which event is which booking, and what it means that one is missing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
import time

import pytest

from custom_components.tuya_lock_manager.domain.booking_feed import not_read, read
from custom_components.tuya_lock_manager.domain.bookings import FeedEvent
from custom_components.tuya_lock_manager.domain.guest_memory import (
    Booking,
    GuestMemory,
    Sent,
    code_name,
    memories_of,
)
from custom_components.tuya_lock_manager.domain.guest_rules import GuestRules

RULES = GuestRules(calendar="calendar.flat", locks=("lock",))
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


def day(number: int) -> date:
    """Return a day of June; beyond it, of July."""
    return date(2026, 6, 1) + timedelta(days=number - 1)


def event(
    title: str,
    start: int,
    end: int,
    uid: str | None = None,
    *,
    text: str = "",
    recurrence: str | None = None,
) -> FeedEvent:
    """Return an all-day event from a day of June to another."""
    return FeedEvent(
        title=title,
        start=day(start),
        end=day(end),
        uid=uid,
        description=text,
        recurrence_id=recurrence,
    )


def after(
    *readings: Sequence[FeedEvent], now: datetime = NOW, every: timedelta = QUARTER
) -> GuestMemory:
    """Return what is known after readings, one by one."""
    memory = GuestMemory()
    for number, events in enumerate(readings):
        moment = now + number * every
        memory, seen = read(memory, events, RULES, moment, UTC)
        assert set(seen) <= set(memory.bookings)
        assert GuestMemory.from_dict(memory.to_dict()) == memory
    return memory


def ids(memory: GuestMemory) -> list[str]:
    """Return the bookings that are there, by their numbers."""
    return [
        booking.id
        for booking in sorted(memory.bookings.values(), key=lambda b: b.number)
        if not booking.gone and not booking.is_missing
    ]


ADA = event("Ada", 5, 8, "1")
RESERVED = event("Reserved", 5, 8)


@pytest.mark.parametrize(
    ("before", "now", "why"),
    [
        (ADA, event("Ada", 20, 23, "1"), "moved, by uid and name"),
        (ADA, event("Ada", 5, 12, "1"), "extended"),
        (ADA, event("Ada Lovelace", 5, 8, "1"), "renamed"),
        (ADA, event("Ada Lovelace", 6, 9, "1"), "renamed and moved, but they overlap"),
        (event("Reserved", 5, 8, "1"), event("Reserved", 6, 12, "1"), "by uid"),
        (event("Reserved", 5, 8, "1"), event("Ada", 5, 8, "1"), "named by uid"),
        (
            event("Reserved", 5, 8, "1", text="HM123"),
            event("Reserved", 15, 18, "1", text="HM123"),
            "its text names it",
        ),
        (event("Ada", 5, 8), event("Ada", 5, 9), "no uid: title, text and start"),
        (
            event("Reserved", 5, 8, text="HM123"),
            event("Reserved", 5, 9, text="HM123"),
            "no uid, but its text names it",
        ),
        (event("Reserved", 1, 8), event("Reserved", 1, 9), "it has begun"),
        (
            event("Cleaner", 5, 6, "1", recurrence="20260605"),
            event("Cleaner", 5, 7, "1", recurrence="20260605"),
            "by recurrence id",
        ),
    ],
)
def test_surely_the_same(before: FeedEvent, now: FeedEvent, why: str) -> None:
    """What is surely the same keeps its code."""
    memory = after([before], [now])
    assert ids(memory) == ids(after([before])), why
    (booking,) = memory.bookings.values()
    assert (booking.title, booking.start, booking.end) == (
        now.title,
        now.start,
        now.end,
    )


@pytest.mark.parametrize(
    ("before", "now", "why"),
    [
        (ADA, event("Ada", 5, 8, "2"), "another uid"),
        (ADA, event("Ada", 5, 8), "no uid any more"),
        (ADA, event("Bob", 12, 14, "1"), "another name on other days"),
        (ADA, event("Bob", 8, 10, "1"), "another name on the days behind"),
        (event("Ada", 1, 3, "1"), event("Ada", 10, 13, "1"), "it had begun"),
        (
            event("Reserved", 5, 8, "1"),
            event("Reserved", 12, 15, "1"),
            "a uid that may be the number of a line",
        ),
        (
            event("Reserved", 5, 8, "1", text="HM123"),
            event("Reserved", 15, 18, "1", text="HM999"),
            "another text",
        ),
        (event("Ada", 5, 8), event("Ada", 6, 8), "no uid, another start"),
        (event("Ada", 5, 8), event("Ada", 5, 8, text="x"), "no uid, another text"),
        (RESERVED, event("Reserved", 5, 9), "somebody else may have taken the days"),
        (
            event("Airbnb (Réservé)", 5, 8),
            event("Airbnb (Réservé)", 5, 9),
            "names nobody in French",
        ),
        (
            event("Cleaner", 5, 6, "1", recurrence="20260605"),
            event("Cleaner", 5, 6, "1", recurrence="20260612"),
            "another recurrence",
        ),
    ],
)
def test_in_doubt(before: FeedEvent, now: FeedEvent, why: str) -> None:
    """In doubt it is another booking, which gets other digits."""
    memory = after([before], [now])
    (new,) = ids(memory)
    assert new not in ids(after([before])), why


def test_a_title_that_all_have() -> None:
    """A feed that calls everything the same names nobody, whatever it calls them."""
    others = [event("Gast Wohnung", 12, 14), event("Gast Wohnung", 20, 22)]
    memory = after(
        [event("Gast Wohnung", 5, 8), *others], [event("Gast Wohnung", 5, 9), *others]
    )
    assert len(memory.bookings) == 4


def test_a_uid_that_all_have() -> None:
    """A uid that several events have identifies none of them."""
    memory = after(
        [event("Ada", 5, 8, "x"), event("Bob", 10, 12, "x")],
        [event("Bob", 10, 12, "x"), event("Cleo", 5, 8, "x")],
    )
    assert sorted(b.title for b in memory.bookings.values() if not b.is_missing) == [
        "Bob",
        "Cleo",
    ]
    assert len(memory.bookings) == 3


def test_one_of_a_series_moves() -> None:
    """All of them have one title, but each its own recurrence id."""
    series = [
        event("Cleaning", start, start + 1, "1", recurrence=f"202606{start:02}")
        for start in (5, 12, 19, 26)
    ]
    moved = [*series[:1], replace(series[1], start=day(14), end=day(15)), *series[2:]]
    assert sorted(ids(after(series, moved))) == sorted(ids(after(series)))


@pytest.mark.parametrize("uids", [True, False])
def test_thousands_of_events(uids: bool) -> None:
    """They are recognised in no time: all of Home Assistant waits meanwhile."""
    events = [
        event(f"Guest {number}", number, number + 3, f"{number}" if uids else None)
        for number in range(1, 3000)
    ]
    began = time.thread_time()
    memory = after(events, events)
    assert time.thread_time() - began < 2
    assert len(ids(memory)) == 2999


def _under(download: int, *events: FeedEvent) -> list[FeedEvent]:
    """Return events with the uids that a feed without any gets with a download."""
    return [
        replace(event, uid=f"{download}-{number}")
        for number, event in enumerate(events)
    ]


def test_other_uids_at_each_download() -> None:
    """They are worth nothing, so that it counts what the events say."""
    guests = (ADA, RESERVED, RESERVED, event("Reserved", 9, 12))
    readings = [_under(number // 2, *guests) for number in range(8)]
    known = ids(after(readings[0]))
    assert len(known) == 4
    assert ids(after(*readings)) == known
    longer = (event("Ada", 5, 9), RESERVED, RESERVED, event("Reserved", 9, 14))
    memory = after(*readings, _under(9, *longer))
    assert ids(memory)[:3] == known[:3]
    assert ids(memory)[3] not in known


def test_other_uids_of_the_only_booking() -> None:
    """The first time it may be somebody else, again and again it is the same one."""
    readings = [_under(number, RESERVED) for number in range(6)]
    (first,) = ids(after(readings[0]))
    (second,) = ids(after(*readings[:2]))
    assert second != first
    every = timedelta(days=1)
    now = ids(after(*readings[:3], now=NOW - 3 * every, every=every))
    assert now == ids(after(*readings, now=NOW - 3 * every, every=every))


def test_another_uid_where_others_stay() -> None:
    """Somebody else took the days of somebody who cancelled."""
    later = event("Reserved", 9, 12, "2")
    before = [event("Reserved", 5, 8, "1"), later]
    memory = after(before, [event("Reserved", 5, 8, "3"), later])
    assert len(ids(memory)) == 2
    assert ids(after(before))[0] not in ids(memory)


def test_same_name_and_days() -> None:
    """Two codes of the same name and times may both vanish at Tuya."""
    twins = [event("Reserved", 5, 8, "1"), event("Reserved", 5, 8, "2")]
    memory = after(twins, twins[::-1])
    assert sorted(map(code_name, memory.bookings.values())) == [
        "Reserved",
        "Reserved (2)",
    ]
    long = [
        event("Maximiliane Musterfrau A", 5, 8, "1"),
        event("Maximiliane Musterfrau B", 5, 8, "2"),
    ]
    names = [code_name(booking) for booking in after(long).bookings.values()]
    assert len(set(names)) == 2
    assert all(len(name) <= 20 for name in names)


OTHER = event("Bob", 20, 22, "9")


def state_of(memory: GuestMemory, title: str = "Ada") -> tuple[bool, bool]:
    """Return whether a booking is missing, and whether it is gone."""
    (booking,) = [b for b in memory.bookings.values() if b.title == title]
    return booking.is_missing, booking.gone


@pytest.mark.parametrize(
    ("readings", "missing", "gone"),
    [
        ([[ADA, OTHER], [OTHER]], True, False),
        ([[ADA, OTHER], [OTHER], [OTHER]], True, True),
        ([[ADA, OTHER], [OTHER], [ADA, OTHER], [OTHER]], True, False),
        ([[ADA, OTHER], [], []], False, False),
        ([[ADA, OTHER], [OTHER], [], []], True, False),
        ([[ADA], [], *([[]] * 95)], False, False),
        ([[ADA], [], *([[]] * 96)], True, True),
    ],
)
def test_missing(readings: list[list[FeedEvent]], missing: bool, gone: bool) -> None:
    """Two good readings with something in them, or a day of emptiness, cancel."""
    (state,) = {state_of(_made(readings))}
    assert state == (missing, gone)


def _made(readings: list[list[FeedEvent]]) -> GuestMemory:
    """Return what is known where every booking's code was made."""
    memory = GuestMemory()
    for number, events in enumerate(readings):
        memory, _ = read(memory, events, RULES, NOW + number * QUARTER, UTC)
        for booking in tuple(memory.bookings.values()):
            memory = memory.having(_with_code(booking))
    return memory


def _with_code(booking: Booking) -> Booking:
    return Booking.from_dict({**booking.to_dict(), "made": {"lock": booking.id}})


def test_too_soon() -> None:
    """Two readings within a quarter of an hour are one."""
    memory = _made([[ADA, OTHER]])
    for minutes in (15, 20, 29):
        moment = NOW + timedelta(minutes=minutes)
        memory, _ = read(memory, [OTHER], RULES, moment, UTC)
    assert state_of(memory) == (True, False)
    memory, _ = read(memory, [OTHER], RULES, NOW + timedelta(minutes=30), UTC)
    assert state_of(memory) == (True, True)


def test_an_outage_is_never_an_empty_list() -> None:
    """What can't be read cancels nothing, however long."""
    memory = _made([[ADA, OTHER]])
    for hours in range(1, 90):
        memory = not_read(memory, NOW + timedelta(hours=hours))
    assert state_of(memory) == (False, False)
    assert memory.failing_since == NOW + timedelta(hours=1)


def test_over_and_gone_from_the_feed() -> None:
    """A feed may forget who leaves today: the code is left to run out by itself."""
    memory = _made([[ADA, OTHER]])
    for minute in (0, 20, 600):
        moment = datetime(2026, 6, 8, 0, tzinfo=UTC) + timedelta(minutes=minute)
        memory, _ = read(memory, [OTHER], RULES, moment, UTC)
        assert state_of(memory) == (False, False)
    memory, _ = read(memory, [OTHER], RULES, moment + timedelta(days=3), UTC)
    assert [booking.title for booking in memory.bookings.values()] == ["Bob"]


def test_it_comes_back() -> None:
    """A booking that was gone and comes back is that booking again."""
    memory = _made([[ADA, OTHER], [OTHER], [OTHER], [ADA, OTHER]])
    assert state_of(memory) == (False, False)


def test_memory_of_everything() -> None:
    """What is remembered comes back from the store as it was."""
    booking = Booking(
        id="x",
        number=3,
        title="Ada",
        details="d",
        start=NOW,
        end=NOW + QUARTER,
        uid="1",
        recurrence_id="2",
        suffix=2,
        missing_since=NOW,
        gone=True,
        made={"lock": "17"},
        dropped=frozenset({"gate"}),
        sent=Sent.SENT,
        random_because="weak",
    )
    memory = GuestMemory({"x": booking}, 3, NOW, NOW)
    assert GuestMemory.from_dict(memory.to_dict()) == memory


@pytest.mark.parametrize(
    "stored", [{}, {"bookings": [{}]}, {"bookings": [{"id": "x"}]}]
)
def test_strange_memory(stored: dict[str, object]) -> None:
    """Whatever is not what was written is refused."""
    with pytest.raises(ValueError, match="must"):
        GuestMemory.from_dict(stored)


def test_memories() -> None:
    """What can't be read of one guest calendar hinders no other."""
    good = after([ADA])
    stored = {"a": good.to_dict(), "b": {"bookings": "x"}, "c": 7}
    assert memories_of(stored) == ({"a": good}, ["b", "c"])
    assert memories_of("x") == ({}, ["*"])
