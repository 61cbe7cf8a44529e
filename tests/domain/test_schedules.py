"""Periodic codes: what may be asked, and whether a read-back is what was sent."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
import pytest

from custom_components.tuya_lock_manager.domain.schedules import (
    ALL_WEEK,
    WEEKDAYS,
    Schedule,
    ScheduleError,
    asked_schedule,
    check_opens,
    is_kept,
)
from custom_components.tuya_lock_manager.domain.windows import Window
from custom_components.tuya_lock_manager.tuya_cloud import JsonValue

from .builders import schedules_in

BERLIN = "Europe/Berlin"
MORNINGS = Schedule(frozenset({0, 2}), time(8), time(12, 30), BERLIN)
# Monday and Wednesday, as sent and as an mk keypad reads it back.
MINUTES: dict[str, JsonValue] = {
    "effective_time": 480,
    "invalid_time": 750,
    "working_day": 10,
    "all_day": False,
}
MIRRORED: dict[str, JsonValue] = {
    "effective_time": 800,
    "invalid_time": 1230,
    "working_day": 80,
}

OTHERS: tuple[JsonValue, ...] = (1, None, True, "x", [480], 10.0)

schedules = schedules_in(BERLIN)


def ask(**wish: Any) -> Schedule | None:
    """Ask for a schedule; what isn't given is left open."""
    return asked_schedule(
        **{"weekdays": None, "start": None, "end": None, "time_zone": BERLIN, **wish}
    )


def test_what_is_left_open() -> None:
    assert ask() is None
    whole_day = Schedule(frozenset({5, 6}), time(0), time(23, 59), BERLIN)
    assert ask(weekdays=["sat", "sun"]) == whole_day
    daily = Schedule(ALL_WEEK, time(8), time(12, 30), BERLIN)
    assert ask(start=time(8), end=time(12, 30)) == daily
    wish = {"weekdays": ["mon", "wed"], "start": time(8), "end": time(12, 30)}
    assert ask(**wish) == MORNINGS


@pytest.mark.parametrize(
    ("reason", "wish"),
    [
        ("weekdays", {"weekdays": []}),
        ("weekdays", {"weekdays": ["monday"]}),
        ("minutes", {"start": time(8, 0, 30)}),
        ("minutes", {"end": time(8, tzinfo=UTC)}),
        ("over_midnight", {"start": time(22), "end": time(6)}),
        ("over_midnight", {"start": time(8), "end": time(8)}),
        ("over_midnight", {"start": time(23, 59)}),
    ],
)
def test_what_is_refused(reason: str, wish: Mapping[str, Any]) -> None:
    with pytest.raises(ScheduleError) as caught:
        ask(**wish)
    assert caught.value.reason == reason


@given(schedule=schedules)
def test_it_comes_back_from_the_store(schedule: Schedule) -> None:
    assert Schedule.from_dict(schedule.to_dict()) == schedule


@pytest.mark.parametrize(
    "damage", [{"weekdays": 3}, {"weekdays": ["x"]}, {"start": "x"}, {"end": None}]
)
def test_a_store_that_is_damaged(damage: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        Schedule.from_dict({**MORNINGS.to_dict(), **damage})


@given(schedule=schedules)
def test_it_is_sent_as_it_is(schedule: Schedule) -> None:
    block = schedule.block
    assert (block.start, block.end) == (schedule.start, schedule.end)
    assert block.weekdays == schedule.weekdays
    assert is_kept(schedule, [block.to_json()])


@pytest.mark.parametrize("read_back", [MINUTES, MIRRORED])
def test_both_encodings_are_understood(read_back: dict[str, JsonValue]) -> None:
    assert is_kept(MORNINGS, [read_back])
    assert is_kept(MORNINGS, [{key: str(value) for key, value in read_back.items()}])
    for key in ("effective_time", "invalid_time", "working_day"):
        for other in OTHERS:
            assert not is_kept(MORNINGS, [{**read_back, key: other}])
    assert not is_kept(MORNINGS, [])
    assert not is_kept(MORNINGS, [read_back, read_back])
    assert not is_kept(MORNINGS, [{**read_back, "all_day": True}])


def test_the_encodings_are_not_mixed() -> None:
    assert not is_kept(MORNINGS, [{**MINUTES, "working_day": 80}])
    assert not is_kept(MORNINGS, [{**MIRRORED, "working_day": 10}])


@given(sent=schedules, other=schedules)
def test_another_schedule_is_told_apart(sent: Schedule, other: Schedule) -> None:
    """As far as a value can: in the same encoding it can."""
    assert is_kept(sent, [other.block.to_json()]) is (sent.block == other.block) or (
        sent.block.to_json() != other.block.to_json()
    )


def test_a_stay_without_an_hour_of_it() -> None:
    zone = ZoneInfo(BERLIN)
    monday = datetime(2026, 6, 1, tzinfo=zone)
    reasons: list[str] = []

    def opens(start: datetime, length: timedelta) -> bool:
        try:
            check_opens(MORNINGS, Window(start, start + length), zone)
        except ScheduleError as err:
            reasons.append(err.reason)
            return False
        return True

    hour = timedelta(hours=1)
    assert opens(monday, 24 * hour)
    assert opens(monday, 9 * hour)
    assert not opens(monday, 8 * hour)
    assert opens(monday + 12 * hour, hour)
    assert not opens(monday + 13 * hour, hour)
    assert not opens(monday + 24 * hour, 24 * hour)
    assert opens(monday + 3 * 24 * hour, 1000 * 24 * hour)
    assert not opens(monday + 3 * 24 * hour, 4 * 24 * hour)
    # Wednesday in Berlin begins on Tuesday evening of UTC.
    assert opens(datetime(2026, 6, 2, 23, tzinfo=UTC), 8 * hour)
    assert set(reasons) == {"never_opens"}


def test_weekdays_are_in_order() -> None:
    assert WEEKDAYS[datetime(2026, 6, 1, tzinfo=UTC).weekday()] == "mon"
