"""Alarms and how many of them are unread."""

from datetime import datetime

from hypothesis import given, strategies as st
import pytest

from custom_components.tuya_lock_manager.domain.alarms import (
    ALARM_TYPES,
    Alarm,
    AlarmType,
    alarm_of,
    seed_read_mark,
    unread_alarms,
)
from custom_components.tuya_lock_manager.tuya_cloud.models import LockRecord

from .builders import MINUTE, NOW, SECOND, alarm, moments, record


@pytest.mark.parametrize(
    "value",
    [
        *("wrong_finger", "wrong_password", "wrong_card", "wrong_face", "tongue_bad"),
        *("too_hot", "unclosed_time", "tongue_not_out", "pry", "key_in", "low_battery"),
        *("power_off", "shock", "defense", "stay_alarm"),
    ],
)
@pytest.mark.parametrize("code", ["alarm_lock", "alarm_lock_kit"])
def test_alarms_of_the_standard_set(code: str, value: str) -> None:
    told = alarm_of(alarm(value, code=code))
    assert told is not None
    assert told.type == value
    assert told.type in ALARM_TYPES


@pytest.mark.parametrize(
    ("code", "value", "type_"),
    [
        ("alarm_lock", "Master_Code_Change", AlarmType.UNKNOWN),
        ("alarm_lock", "", AlarmType.UNKNOWN),
        ("alarm_lock", "hijack", AlarmType.UNKNOWN),
        ("lock_alarm_kit", "AQAI", AlarmType.UNKNOWN),
        ("hijack", "unlock_fingerprint-02", AlarmType.HIJACK),
        ("hijack", "true", AlarmType.HIJACK),
        ("hijack", "false", None),
        ("hijack", "False", None),
        ("hijack", "0", None),
        ("hijack", "", None),
        ("unlock_fingerprint", "3", AlarmType.UNKNOWN),
        ("doorbell", "true", None),
        ("doorbell_kit", "true", None),
    ],
)
def test_other_alarms(code: str, value: str, type_: AlarmType | None) -> None:
    told = alarm_of(alarm(value, code=code))
    assert (told.type if told else None) is type_


def test_the_older_logs_do_not_mark_alarms() -> None:
    assert alarm_of(alarm(is_alarm=False)) is not None
    assert alarm_of(record(code="hijack", value="unlock_card-01")) is not None
    assert alarm_of(record(code="unlock_fingerprint")) is None


def test_an_alarm_tells_who() -> None:
    told = alarm(
        "unlock_fingerprint-02", code="hijack", id="r1", user_id="u1", user_name="Ann"
    )
    assert alarm_of(told) == Alarm(told.time, AlarmType.HIJACK, "Ann", "u1", "r1")


PAST = [alarm(id=f"r{age}", time=NOW - age * MINUTE) for age in (1, 2, 3, 4)]
OTHERS = [
    record(id="o1", time=NOW),
    record(id="o2", code="doorbell", value="true", time=NOW),
    record(id="o3", code="doorbell", value="true", time=NOW, is_alarm=True),
]


def test_unread_is_newer_than_the_mark() -> None:
    assert unread_alarms(PAST, NOW - 3 * MINUTE) == 2
    assert unread_alarms(PAST, NOW - 3 * MINUTE - SECOND) == 3
    assert unread_alarms(PAST, NOW) == 0
    assert unread_alarms(OTHERS, NOW - MINUTE) == 0


def test_an_alarm_told_twice_counts_once() -> None:
    nameless = [alarm(time=NOW), alarm(time=NOW)]
    assert unread_alarms(nameless, NOW - MINUTE) == 1
    assert unread_alarms([*nameless, alarm(time=NOW, id="r1")], NOW - MINUTE) == 1
    assert (
        unread_alarms(
            [alarm(time=NOW, id="r1"), alarm(time=NOW, id="r2")], NOW - MINUTE
        )
        == 2
    )


@pytest.mark.parametrize(
    ("count", "unread"), [(None, 0), (0, 0), (-1, 0), (1, 1), (3, 3), (4, 4), (40, 4)]
)
def test_the_clouds_count_is_the_first_value(count: int | None, unread: int) -> None:
    mark = seed_read_mark([*PAST, *OTHERS], count, NOW)
    assert unread_alarms([*PAST, *OTHERS], mark) == unread


def test_what_comes_later_adds_up() -> None:
    mark = seed_read_mark(PAST, 2, NOW)
    assert unread_alarms([*PAST, alarm(id="new", time=NOW + MINUTE)], mark) == 3


def test_without_alarms_what_comes_is_unread() -> None:
    mark = seed_read_mark([], 7, NOW)
    assert mark == NOW
    assert unread_alarms([alarm(time=NOW + SECOND)], mark) == 1


def test_a_lock_whose_clock_is_fast() -> None:
    ahead = [alarm(time=NOW + MINUTE)]
    assert unread_alarms(ahead, seed_read_mark(ahead, None, NOW)) == 0
    assert unread_alarms(ahead, seed_read_mark(ahead, 1, NOW)) == 1


@given(
    times=st.lists(moments, max_size=8, unique=True),
    count=st.integers(0, 12),
    now=moments,
)
def test_any_count_is_kept_as_far_as_there_are_alarms(
    times: list[datetime], count: int, now: datetime
) -> None:
    records: list[LockRecord] = [alarm(time=time) for time in times]
    mark = seed_read_mark(records, count, now)
    assert unread_alarms(records, mark) == min(count, len(times))
