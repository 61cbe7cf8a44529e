"""What calendars say of things that come again, and what a lock can make of it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr  # type: ignore[import-untyped] # it has no stubs
from hypothesis import given, strategies as st
import pytest

from custom_components.tuya_lock_manager.domain.repetition import (
    Repetition,
    RepetitionError,
    repetition_of,
    rule_of,
)
from custom_components.tuya_lock_manager.domain.schedules import ALL_WEEK

MONDAY = date(2026, 6, 1)
NEW_YORK = ZoneInfo("America/New_York")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

begins = st.dates(date(2020, 1, 1), date(2030, 1, 1))
weekdays = st.frozensets(st.integers(0, 6), min_size=1)


@pytest.mark.parametrize(
    ("rule", "days", "first", "last"),
    [
        ("FREQ=WEEKLY;COUNT=1", {0}, MONDAY, MONDAY),
        ("FREQ=WEEKLY;COUNT=3", {0}, MONDAY, date(2026, 6, 15)),
        ("FREQ=DAILY;COUNT=10", ALL_WEEK, MONDAY, date(2026, 6, 10)),
        ("FREQ=DAILY;UNTIL=20260603T080000", ALL_WEEK, MONDAY, date(2026, 6, 3)),
        (
            "FREQ=WEEKLY;INTERVAL=1;WKST=SU;BYDAY=WE,FR;UNTIL=20260616",
            {2, 4},
            date(2026, 6, 3),
            date(2026, 6, 12),
        ),
        (
            "freq=weekly;byday=mo;until=20260629t080000z",
            {0},
            MONDAY,
            date(2026, 6, 29),
        ),
        # The end of a day at home, told in UTC as the standard has it.
        ("FREQ=DAILY;UNTIL=20260608T035959Z", ALL_WEEK, MONDAY, date(2026, 6, 7)),
    ],
)
def test_rules(rule: str, days: set[int], first: date, last: date) -> None:
    assert repetition_of(rule, MONDAY, NEW_YORK) == Repetition(
        frozenset(days), first, last
    )


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("FREQ=WEEKLY", "no_end"),
        ("FREQ=WEEKLY;COUNT=99999999999", "no_end"),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=3", "not_weekly"),
        ("FREQ=MONTHLY;COUNT=3", "not_weekly"),
        ("FREQ=YEARLY;COUNT=3", "not_weekly"),
        ("FREQ=WEEKLY;BYDAY=1MO;COUNT=3", "not_weekly"),
        ("FREQ=WEEKLY;BYDAY=;COUNT=3", "not_weekly"),
        ("FREQ=WEEKLY;BYMONTH=3;COUNT=3", "not_weekly"),
        ("FREQ=WEEKLY;UNTIL=tomorrow", "not_weekly"),
        ("FREQ=WEEKLY;UNTIL=2026Z", "not_weekly"),
        ("FREQ=WEEKLY;UNTIL=00010101T000000Z", "no_end"),
        ("COUNT=3", "not_weekly"),
        ("", "not_weekly"),
        ("FREQ=WEEKLY;COUNT=0", "never"),
        ("FREQ=WEEKLY;COUNT=many", "never"),
        ("FREQ=WEEKLY;UNTIL=20260531", "never"),
        ("FREQ=WEEKLY;UNTIL=00010101", "never"),
    ],
)
def test_what_no_lock_can_keep(rule: str, reason: str) -> None:
    with pytest.raises(RepetitionError) as caught:
        repetition_of(rule, MONDAY, NEW_YORK)
    assert caught.value.reason == reason


@given(
    begins,
    weekdays,
    st.integers(1, 60).map("COUNT={}".format)
    | st.dates(date(2031, 1, 1), date(2032, 1, 1)).map("UNTIL={:%Y%m%d}T235959".format),
)
def test_rules_mean_what_others_take_them_for(
    day: date, days: frozenset[int], end: str
) -> None:
    names = ",".join(DAYS[number] for number in days)
    rule = f"FREQ=WEEKLY;BYDAY={names};{end}"
    start = datetime.combine(day, datetime.min.time())
    expected = [moment.date() for moment in rrulestr(rule, dtstart=start)]
    found = repetition_of(rule, day, NEW_YORK)
    assert (found.first, found.last) == (expected[0], expected[-1])
    assert {moment.weekday() for moment in expected} <= found.weekdays


@given(begins, weekdays)
def test_written_rules_are_read_again(last: date, days: frozenset[int]) -> None:
    rule = rule_of(days, last)
    found = repetition_of(rule, last - timedelta(weeks=2), NEW_YORK)
    assert found.weekdays == days
    assert last - timedelta(days=6) <= found.last <= last


@given(begins, weekdays, st.integers(-1, 1))
def test_the_date_elsewhere(day: date, days: frozenset[int], ahead: int) -> None:
    first = next(
        d for d in (day + timedelta(n) for n in range(7)) if d.weekday() in days
    )
    moved = Repetition(days, first, first + timedelta(weeks=2)).shifted(ahead)
    assert moved.first.weekday() in moved.weekdays
    assert moved.last - moved.first == timedelta(weeks=2)
    assert moved.shifted(-ahead) == Repetition(days, first, first + timedelta(weeks=2))
