"""Alarms of a lock, and how many of them nobody has looked at yet."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from ..tuya_cloud.models import DataPoint, LockRecord, Specification
from .openings import opening_method
from .records import DOORBELL_CODES, merge_records, plain_code, record_key


class AlarmType(StrEnum):
    """What a lock raises the alarm about: the values of `alarm_lock`, and duress.

    `stay_alarm`, somebody loiters, is not documented but reported by real locks.
    """

    WRONG_FINGER = "wrong_finger"
    WRONG_PASSWORD = "wrong_password"
    WRONG_CARD = "wrong_card"
    WRONG_FACE = "wrong_face"
    TONGUE_BAD = "tongue_bad"
    TOO_HOT = "too_hot"
    UNCLOSED_TIME = "unclosed_time"
    TONGUE_NOT_OUT = "tongue_not_out"
    PRY = "pry"
    KEY_IN = "key_in"
    LOW_BATTERY = "low_battery"
    POWER_OFF = "power_off"
    SHOCK = "shock"
    DEFENSE = "defense"
    STAY_ALARM = "stay_alarm"
    HIJACK = "hijack"
    UNKNOWN = "unknown"


ALARM_TYPES = tuple(AlarmType)

_ALARM_CODES = frozenset({"alarm_lock", "lock_alarm"})
_NOT_RAISED = frozenset({"", "0", "false"})


@dataclass(frozen=True, slots=True)
class Alarm:
    """A lock raised an alarm. `person` is who it is about, where the record says it."""

    time: datetime
    type: AlarmType
    person: str | None
    user_id: str | None
    record_key: str


def described_alarms(specification: Specification) -> frozenset[str]:
    """Return the alarms that a model's description names, in its own words."""
    return frozenset(
        word
        for point in (*specification.status, *specification.functions)
        if point.code in _ALARM_CODES
        for word in _range_of(point)
    )


def _range_of(point: DataPoint) -> list[str]:
    words = point.values.get("range")
    return [str(word) for word in words] if isinstance(words, list) else []


def alarm_type(record: LockRecord) -> AlarmType | None:
    """Return what a record raises the alarm about, None if it tells something else."""
    code = plain_code(record.code)
    if code in DOORBELL_CODES:
        return None
    if code == AlarmType.HIJACK:
        return None if record.value.lower() in _NOT_RAISED else AlarmType.HIJACK
    if code in _ALARM_CODES:
        known = record.value in AlarmType and record.value != AlarmType.HIJACK
        return AlarmType(record.value) if known else AlarmType.UNKNOWN
    return AlarmType.UNKNOWN if record.is_alarm else None


def alarm_of(record: LockRecord) -> Alarm | None:
    """Return the alarm that a record tells, None if it tells something else."""
    type_ = alarm_type(record)
    if type_ is None:
        return None
    return Alarm(
        time=record.time,
        type=type_,
        person=record.user_name or None,
        user_id=record.user_id or None,
        record_key=record_key(record),
    )


def last_alarm(records: Iterable[LockRecord]) -> Alarm | None:
    """Return the first alarm of records that begin with the newest; None without any."""
    return next(filter(None, map(alarm_of, records)), None)


def alarms_in_a_row(
    records: Iterable[LockRecord],
    last: Alarm,
    types: Collection[str],
    within: timedelta,
) -> int:
    """Return how many alarms of these types there were up to one of them, it included.

    An opening in between ends a row, and so does a longer time than `within`.
    """
    known = tuple(records)
    opened = max(
        (
            record.time
            for record in known
            if record.time < last.time and opening_method(record) is not None
        ),
        default=None,
    )
    return sum(
        alarm.type in types
        and last.time - within < alarm.time <= last.time
        and (opened is None or alarm.time > opened)
        for alarm in map(alarm_of, known)
        if alarm is not None
    )


def newest_alarm(records: Iterable[LockRecord]) -> datetime | None:
    """Return when the last alarm was raised, None if there is none."""
    return next(iter(_alarm_times(records)), None)


def unread_alarms(records: Iterable[LockRecord], read_mark: datetime) -> int:
    """Return how many alarms are newer than the read mark."""
    return sum(time > read_mark for time in _alarm_times(records))


def seed_read_mark(
    records: Iterable[LockRecord], unread_count: int | None, now: datetime
) -> datetime:
    """Return the first read mark of a lock: one that leaves the cloud's count unread.

    The cloud may count openings too, so no more alarms are unread than there are.
    Without a count the past counts as read.
    """
    times = _alarm_times(records)
    unread = max(unread_count or 0, 0)
    if not times or not unread:
        return max([now, *times[:1]])
    if unread >= len(times):
        return times[-1] - timedelta(milliseconds=1)
    return times[unread]


def _alarm_times(records: Iterable[LockRecord]) -> list[datetime]:
    """Return the times of the alarms, each once, the newest first."""
    return [
        record.time.astimezone(UTC)
        for record in merge_records(records)
        if alarm_type(record)
    ]
