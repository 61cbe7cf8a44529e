"""The windows of codes as appointments: where they lie, and which one counts now."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st
import pytest

from custom_components.tuya_lock_manager.domain.agenda import (
    appointments,
    current,
    day_of,
    is_shown,
    last_of,
    may_open,
    outlook,
    uid_of,
    upcoming,
)
from custom_components.tuya_lock_manager.domain.passwords import (
    Password,
    PasswordStatus,
    PasswordType,
)
from custom_components.tuya_lock_manager.domain.schedules import ALL_WEEK, Schedule
from custom_components.tuya_lock_manager.domain.windows import EARLIEST, LATEST

from .builders import DAY, HOUR, MINUTE, NOW, password, schedules_in

# Half an hour, midnights that are left out, a whole day that was, half an hour of summer.
NAMES = (
    *("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Africa/Cairo"),
    *("Pacific/Apia", "Australia/Lord_Howe", "Asia/Shanghai", "UTC"),
)
ZONES = {name: ZoneInfo(name) for name in NAMES}

starts = st.datetimes(
    datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)
)
lengths = st.timedeltas(MINUTE, 40 * DAY)


@st.composite
def codes(draw: st.DrawFn) -> Password:
    """Draw a code of a kind and status of some year."""
    start = draw(starts).replace(microsecond=0)
    return password(
        id=str(draw(st.integers(1, 10**6))),
        type=draw(st.sampled_from(PasswordType)),
        status=draw(st.sampled_from(PasswordStatus)),
        start=start,
        end=start + draw(lengths),
        schedule=draw(st.none() | schedules_in(*NAMES)),
    )


def weekly(*days: int, **fields: Any) -> Password:
    """Return a code for some mornings in Berlin, from March to June."""
    schedule = Schedule(frozenset(days), time(8), time(12, 30), "Europe/Berlin")
    default = password(
        start=datetime(2026, 3, 2, tzinfo=UTC),
        end=datetime(2026, 6, 1, tzinfo=UTC),
        schedule=schedule,
    )
    return replace(default, **fields)


def opens_by_the_wall(code: Password, moment: datetime) -> bool:
    """Tell what a lock does that looks at the clock on its wall."""
    assert code.start is not None
    assert code.end is not None
    if not code.start <= moment < code.end:
        return False
    if (schedule := code.schedule) is None:
        return True
    local = moment.astimezone(ZONES[schedule.time_zone])
    clock = local.replace(tzinfo=None).time()
    return local.weekday() in schedule.weekdays and (
        schedule.start <= clock < schedule.end
    )


@given(codes(), st.timedeltas(timedelta(0), 40 * DAY))
def test_appointments_are_when_the_lock_opens(code: Password, after: timedelta) -> None:
    """Where the clocks go back, an appointment goes on over the hour that comes twice."""
    assert code.start is not None
    moment = code.start + after
    found = appointments([code], moment, moment + MINUTE, ZONES)
    covered = any(one.start <= moment < one.end for one in found)
    if not is_shown(code):
        assert found == []
    elif opens_by_the_wall(code, moment):
        assert covered
    elif covered:
        assert code.schedule is not None
        zone = ZONES[code.schedule.time_zone]
        folds = {
            (moment + hour * HOUR / 2).astimezone(zone).fold for hour in range(-4, 5)
        }
        assert folds == {0, 1}


@given(st.lists(codes(), max_size=5), starts, lengths)
def test_appointments_of_a_span(
    several: list[Password], start: datetime, length: timedelta
) -> None:
    """They are sorted, meet the span, and lie in the window of their code."""
    end = start + length
    found = appointments(several, start, end, ZONES)
    for one, after in pairwise(found):
        assert one.start <= after.start
    for one in found:
        assert one.start < end
        assert start < one.end
        opens, shuts = one.code.start, one.code.end
        assert opens is not None
        assert shuts is not None
        assert opens <= one.start < one.end <= shuts
        if one.day is not None:
            assert day_of(one.code, f"{one.day:%Y%m%d}", ZONES) == one
        else:
            assert (one.start, one.end) == (opens, shuts)


@given(st.lists(codes(), max_size=6), starts)
def test_current(several: list[Password], now: datetime) -> None:
    """It goes on if anything does, and nothing else is next before the next turn."""
    one = current(several, now, ZONES)
    openers = [code for code in several if may_open(code)]
    going_on = appointments(openers, now, now + timedelta(microseconds=1), ZONES)
    to_come = appointments(openers, now, LATEST, ZONES) if not going_on else []
    if going_on:
        assert one is not None
        assert one.start <= now < one.end == min(other.end for other in going_on)
    elif to_come:
        assert one is not None
        assert one.start == to_come[0].start > now
    else:
        assert one is None
    turn = outlook(several, now, ZONES)[1]
    assert (turn is None) == (one is None)
    if turn is not None:
        assert turn > now
        assert current(several, now + (turn - now) / 2, ZONES) == one
        assert current(several, turn - timedelta(microseconds=1), ZONES) == one


def test_spring() -> None:
    """The hours are those on the wall: an hour earlier by the sun from March 29."""
    code = weekly(0)
    found = appointments(
        [code],
        datetime(2026, 3, 20, tzinfo=UTC),
        datetime(2026, 4, 1, tzinfo=UTC),
        ZONES,
    )
    assert [(one.start.hour, one.end.hour) for one in found] == [(7, 11), (6, 10)]
    assert [one.day for one in found] == [date(2026, 3, 23), date(2026, 3, 30)]


@pytest.mark.parametrize(
    ("day", "start", "end", "opens", "shuts"),
    [
        # Two o'clock to three are left out on March 29.
        (date(2026, 3, 29), time(2, 30), time(5), "01:00", "03:00"),
        (date(2026, 3, 29), time(1), time(2, 30), "00:00", "01:00"),
        (date(2026, 3, 29), time(2, 10), time(2, 50), None, None),
        # And come twice on October 25.
        (date(2026, 10, 25), time(2, 30), time(5), "00:30", "04:00"),
        (date(2026, 10, 25), time(1), time(2, 30), "23:00", "01:30"),
    ],
)
def test_the_night_when_the_clocks_change(
    day: date, start: time, end: time, opens: str | None, shuts: str | None
) -> None:
    code = password(
        start=datetime(2026, 1, 1, tzinfo=UTC),
        end=datetime(2027, 1, 1, tzinfo=UTC),
        schedule=Schedule(frozenset({6}), start, end, "Europe/Berlin"),
    )
    one = day_of(code, f"{day:%Y%m%d}", ZONES)
    if opens is None:
        assert one is None
    else:
        assert one is not None
        assert (f"{one.start:%H:%M}", f"{one.end:%H:%M}") == (opens, shuts)


def test_the_first_and_the_last_day() -> None:
    """The window cuts the hours of a day."""
    code = weekly(
        0,
        2,
        start=datetime(2026, 3, 2, 9, tzinfo=UTC),
        end=datetime(2026, 3, 11, 8, tzinfo=UTC),
    )
    found = appointments([code], EARLIEST, LATEST, ZONES)
    assert [(one.start.day, one.start.hour) for one in found] == [
        (2, 9),
        (4, 7),
        (9, 7),
        (11, 7),
    ]
    assert found[-1].end == code.end
    assert last_of(code, ZONES) == found[-1]
    assert upcoming(code, datetime(2026, 3, 5, tzinfo=UTC), ZONES) == found[2]
    assert day_of(code, "20260303", ZONES) is None
    assert day_of(code, "20260316", ZONES) is None
    assert day_of(code, "no day", ZONES) is None


def test_windows_without_ends() -> None:
    """A code of which nobody tells an end goes on; one without hours is one event."""
    forever = password(start=None, end=None)
    (one,) = appointments([forever], NOW, NOW + HOUR, ZONES)
    assert (one.start, one.end) == (EARLIEST, LATEST)
    made = password(start=None, end=None, created_at=NOW - DAY)
    (one,) = appointments([made], NOW, NOW + HOUR, ZONES)
    assert one.start == NOW - DAY
    assert appointments([password(start=NOW, end=NOW)], NOW - DAY, LATEST, ZONES) == []
    daily = Schedule(ALL_WEEK, time(8), time(9), "Europe/Berlin")
    endless = password(start=NOW, end=None, schedule=daily)
    assert len(appointments([endless], NOW, NOW + 365 * DAY, ZONES)) == 365
    unknown = password(periodic=True)
    assert len(appointments([unknown], NOW, NOW + HOUR, ZONES)) == 1
    assert last_of(unknown, ZONES) is None


def test_who_is_told() -> None:
    """A guest's hour, not the code of the house around it; and nothing that is shut."""
    house = password(id="1", start=NOW - DAY, end=NOW + 365 * DAY)
    guest = password(id="2", start=NOW - HOUR, end=NOW + HOUR)
    frozen = password(id="3", end=NOW + MINUTE, status=PasswordStatus.FROZEN)
    failed = password(id="4", end=NOW + MINUTE, status=PasswordStatus.FAILED)
    going = password(id="5", end=NOW + MINUTE, status=PasswordStatus.REMOVING)
    later = password(id="6", start=NOW + MINUTE, status=PasswordStatus.SCHEDULED)
    several = [house, guest, frozen, failed, later]
    told = current(several, NOW, ZONES)
    assert told is not None
    assert told.code is guest
    told = current([*several, going], NOW, ZONES)
    assert told is not None
    assert told.code is going
    told = current([frozen, failed, later], NOW, ZONES)
    assert told is not None
    assert told.code is later
    assert current([frozen, failed], NOW, ZONES) is None


def test_what_is_shown() -> None:
    assert is_shown(password(status=PasswordStatus.EXPIRED))
    assert not is_shown(password(status=PasswordStatus.EXPIRED, dismissed=True))
    assert not is_shown(password(status=PasswordStatus.REMOVED))
    assert not is_shown(password(type=PasswordType.CLEAR_ALL))


@given(st.text(min_size=1), st.booleans(), st.from_regex(r"[0-9]{6,9}", fullmatch=True))
def test_uids_tell_nothing(device_id: str, online: bool, password_id: str) -> None:
    uid = uid_of(device_id, (online, password_id))
    assert uid == uid_of(device_id, (online, password_id))
    assert uid != uid_of(device_id, (not online, password_id))
    assert uid != uid_of(f"{device_id}2", (online, password_id))
    assert password_id not in uid


def test_uids_stay_the_same() -> None:
    """A calendar elsewhere may remember them over a new release."""
    assert uid_of("vdevo1", (True, "697")) == "93d27147-2469-59f1-8529-f453c00475d4"
