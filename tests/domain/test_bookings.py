"""Which events are bookings, and from when until when their guests stay."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st
import pytest

from custom_components.tuya_lock_manager.domain.bookings import (
    FeedEvent,
    bookings_among,
    counts,
    guest_of,
    stay_of,
)
from custom_components.tuya_lock_manager.domain.guest_rules import GuestRules, rules_of

RULES = GuestRules(calendar="calendar.flat", locks=("lock",))
BERLIN = ZoneInfo("Europe/Berlin")


def rules(**changes: object) -> GuestRules:
    """Return rules of which some are otherwise."""
    return rules_of({"calendar": "calendar.flat", "locks": ["lock"], **changes})


def event(
    title: str = "Ada",
    start: date = date(2026, 6, 1),
    end: date = date(2026, 6, 3),
    uid: str | None = None,
) -> FeedEvent:
    """Return an event of two nights."""
    return FeedEvent(title=title, start=start, end=end, uid=uid)


@pytest.mark.parametrize(
    ("title", "rule", "is_booking"),
    [
        ("Ada", {}, True),
        ("", {}, True),
        ("Airbnb (Not available)", {}, False),
        ("CLOSED - Not available", {}, False),
        ("Blocked by owner", {}, False),
        ("Blocked by owner", {"exclude": []}, True),
        ("Guest: Ada", {"include": "guest:"}, True),
        ("Plumber", {"include": "guest:"}, False),
        ("Guest: blocked", {"include": "guest:"}, False),
        ("RÉSERVÉ", {"include": "re\u0301serve\u0301"}, True),
        ("Not  available", {}, False),
    ],
)
def test_which_count(title: str, rule: dict[str, object], is_booking: bool) -> None:
    """Texts include and exclude, whatever their case and spelling."""
    assert counts(event(title), rules(**rule)) is is_booking


@pytest.mark.parametrize(
    "booking",
    [
        event(end=date(2026, 6, 1)),
        event(end=date(2026, 5, 1)),
        event(end=date(9999, 1, 1)),
        event(start=date(1, 1, 1)),
        event(start=datetime(2026, 6, 1, tzinfo=UTC)),
        event(
            start=datetime(2026, 6, 1, tzinfo=UTC), end=datetime(2026, 6, 1, tzinfo=UTC)
        ),
    ],
)
def test_no_stay(booking: FeedEvent) -> None:
    """What lasts no time, or for ever, is no stay."""
    assert not counts(booking, RULES)


def test_told_twice() -> None:
    """What a feed says twice counts once."""
    assert len(bookings_among([event(), event(), event(uid="1")], RULES)) == 2


def local(text: str, zone: ZoneInfo = BERLIN) -> datetime:
    """Return a time by the lock's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def test_all_day() -> None:
    """The end of an all-day event is exclusive, and so the day of the check-out."""
    stay = stay_of(date(2026, 6, 1), date(2026, 6, 3), RULES, BERLIN)
    assert stay.check_in == local("2026-06-01T15:00")
    assert stay.check_out == local("2026-06-03T11:00")


def test_fixed_times_and_minutes() -> None:
    """Fixed times of day stand for the event's; the minutes are before and after them."""
    fixed = rules(check_in="16:00:00", check_out="10:30:00", before=15, after=45.0)
    stay = stay_of(local("2026-06-01T00:00"), local("2026-06-03T00:00"), fixed, BERLIN)
    assert stay.check_in == local("2026-06-01T16:00")
    assert stay.check_out == local("2026-06-03T10:30")
    assert stay.window.start == local("2026-06-01T15:45")
    assert stay.window.end == local("2026-06-03T11:15")


def test_the_events_own_times() -> None:
    """Without fixed times, an event's own count to the second."""
    start, end = local("2026-06-01T23:30"), local("2026-06-02T00:15")
    stay = stay_of(start, end, RULES, BERLIN)
    assert (stay.check_in, stay.check_out) == (start, end)


def test_times_that_leave_nothing() -> None:
    """Of a morning's visit fixed times would leave nothing, so its own count."""
    fixed = rules(check_in="15:00:00", check_out="11:00:00")
    start, end = local("2026-06-01T09:00"), local("2026-06-01T12:00")
    stay = stay_of(start, end, fixed, BERLIN)
    assert (stay.check_in, stay.check_out) == (start, end)


def test_the_day_is_the_locks() -> None:
    """The days of a timed event are those at the lock."""
    fixed = rules(check_in="15:00:00")
    zone = ZoneInfo("Pacific/Auckland")
    start = datetime(2026, 6, 1, 13, tzinfo=UTC)  # the second there
    stay = stay_of(start, start + timedelta(days=2), fixed, zone)
    assert stay.check_in == local("2026-06-02T15:00", zone)


@pytest.mark.parametrize(
    ("day", "at", "check_in", "check_out"),
    [
        # The hour from two to three comes not at all, or twice.
        (date(2026, 3, 29), "02:30:00", "2026-03-29T00:30Z", "2026-03-29T01:30Z"),
        (date(2026, 10, 25), "02:30:00", "2026-10-25T00:30Z", "2026-10-25T01:30Z"),
    ],
)
def test_clocks_change(day: date, at: str, check_in: str, check_out: str) -> None:
    """A stay is as long as anybody may read it."""
    fixed = rules(check_in=at, check_out=at)
    begins = stay_of(day, day + timedelta(days=2), fixed, BERLIN)
    ends = stay_of(day - timedelta(days=2), day, fixed, BERLIN)
    assert begins.check_in == datetime.fromisoformat(check_in)
    assert ends.check_out == datetime.fromisoformat(check_out)


@given(
    day=st.dates(date(2024, 1, 1), date(2030, 1, 1)),
    nights=st.integers(1, 400),
    check_in=st.none() | st.times(),
    check_out=st.none() | st.times(),
    zone=st.sampled_from(
        ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe")
    ),
)
def test_any_stay(
    day: date, nights: int, check_in: time | None, check_out: time | None, zone: str
) -> None:
    """A stay begins on its first day and ends on the day of its check-out."""
    set_ = GuestRules("c", ("l",), check_in=check_in, check_out=check_out)
    there = ZoneInfo(zone)
    last = day + timedelta(days=nights)
    stay = stay_of(day, last, set_, there)
    assert stay.check_in < stay.check_out
    hour = timedelta(hours=1)
    assert day in {(stay.check_in + d).astimezone(there).date() for d in (-hour, hour)}
    assert last in {
        (stay.check_out + d).astimezone(there).date() for d in (-hour, hour)
    }


@pytest.mark.parametrize(
    ("title", "guest"),
    [("  Ada\tLovelace ", "Ada Lovelace"), ("", "Guest"), ("\u200b", "Guest")],
)
def test_who_comes(title: str, guest: str) -> None:
    """A code is named after the guest, in letters that can be seen."""
    assert guest_of(title) == guest
