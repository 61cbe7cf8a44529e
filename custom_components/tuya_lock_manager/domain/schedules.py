"""Hours of the day and days of the week at which a periodic code opens.

A lock that ignores them opens all week, so what was sent is compared with what the cloud
reads back.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Literal, Self

from ..tuya_cloud.json import JsonValue
from ..tuya_cloud.models import ScheduleBlock
from .stored import string
from .windows import Window

type ScheduleReason = Literal["weekdays", "minutes", "over_midnight", "never_opens"]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ALL_WEEK = frozenset(range(7))
# Tuya's hours end with a minute of the same day.
_FIRST, _LAST = time(0, 0), time(23, 59)
_WEEK = timedelta(days=7)


class ScheduleError(ValueError):
    """A schedule that is refused; `reason` says why."""

    def __init__(self, reason: ScheduleReason) -> None:
        """Keep the reason."""
        super().__init__(f"schedule refused: {reason}")
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Schedule:
    """One block: from `start` to `end` on some weekdays, Monday being 0.

    `time_zone` is the IANA name of the zone in which it counts.
    """

    weekdays: frozenset[int]
    start: time
    end: time
    time_zone: str

    @property
    def block(self) -> ScheduleBlock:
        """Return it as the client sends it."""
        return ScheduleBlock(self.start, self.end, self.weekdays)

    def to_dict(self) -> dict[str, JsonValue]:
        """Return it as JSON."""
        return {
            "weekdays": [WEEKDAYS[day] for day in sorted(self.weekdays)],
            "start": self.start.isoformat("minutes"),
            "end": self.end.isoformat("minutes"),
            "time_zone": self.time_zone,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> Self:
        """Return it from stored JSON.

        Raises:
            ValueError: it is not what `to_dict` writes.
        """
        match data.get("weekdays"):
            case list(days):
                weekdays = frozenset(WEEKDAYS.index(day) for day in days)
            case _:
                raise ValueError("weekdays must be a list")
        return cls(
            weekdays=weekdays,
            start=time.fromisoformat(string(data, "start")),
            end=time.fromisoformat(string(data, "end")),
            time_zone=string(data, "time_zone"),
        )


def asked_schedule(
    *,
    weekdays: Collection[str] | None,
    start: time | None,
    end: time | None,
    time_zone: str,
) -> Schedule | None:
    """Return the schedule that a person asked for; None where nothing was asked.

    Days left open are all days, hours left open the whole day.

    Raises:
        ScheduleError: the reason says which rule the wish breaks.
    """
    if weekdays is None and start is None and end is None:
        return None
    days = WEEKDAYS if weekdays is None else weekdays
    if not days or not set(days) <= set(WEEKDAYS):
        raise ScheduleError("weekdays")
    begin, until = start or _FIRST, end or _LAST
    if any(at.second or at.microsecond or at.tzinfo for at in (begin, until)):
        raise ScheduleError("minutes")
    if begin >= until:
        raise ScheduleError("over_midnight")
    return Schedule(frozenset(map(WEEKDAYS.index, days)), begin, until, time_zone)


def check_opens(schedule: Schedule, window: Window, zone: tzinfo) -> None:
    """Refuse a schedule that never opens within its window.

    Raises:
        ScheduleError: `never_opens`.
    """
    first = window.start.astimezone(zone).date()
    last = min(window.end, window.start + _WEEK + timedelta(days=1))
    day = first
    while day <= last.astimezone(zone).date():
        if day.weekday() in schedule.weekdays and _meets(schedule, day, window, zone):
            return
        day += timedelta(days=1)
    raise ScheduleError("never_opens")


def _meets(schedule: Schedule, day: date, window: Window, zone: tzinfo) -> bool:
    opens = datetime.combine(day, schedule.start, zone)
    shuts = datetime.combine(day, schedule.end, zone)
    return opens < window.end and window.start < shuts


def is_kept(schedule: Schedule, read_back: Sequence[Mapping[str, JsonValue]]) -> bool:
    """Tell whether a read-back is the schedule that was sent, in a known encoding.

    One is as sent: minutes after midnight and a mask with Sunday 1 to Saturday 64. The
    other was measured on a keypad: the clock read as a number (1640), and the mask's eight
    bits reversed. A value alone can't be decoded: 1000 is 16:40 or 10:00.
    """
    if len(read_back) != 1 or read_back[0].get("all_day") in (True, "true"):
        return False
    (block,) = read_back
    said = tuple(
        _number(block.get(key))
        for key in ("effective_time", "invalid_time", "working_day")
    )
    mask = sum(1 << (day + 1) % 7 for day in schedule.weekdays)
    ends = (schedule.start, schedule.end)
    return said in {
        (*(at.hour * 60 + at.minute for at in ends), mask),
        (*(at.hour * 100 + at.minute for at in ends), int(f"{mask:08b}"[::-1], 2)),
    }


def _number(value: JsonValue) -> int | None:
    """Return a number that may be written as a text."""
    match value:
        case bool():
            return None
        case int():
            return value
        case str() if value.isascii() and value.isdigit():
            return int(value)
    return None
