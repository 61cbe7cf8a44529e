"""How calendars say that something comes again every week (RFC 5545, RRULE)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Literal

from .schedules import ALL_WEEK

type RepetitionReason = Literal["not_weekly", "no_end", "never"]

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# What says nothing about the days, where each week counts.
_IDLE = frozenset({"WKST"})
_KNOWN = frozenset({"FREQ", "INTERVAL", "BYDAY", "COUNT", "UNTIL"}) | _IDLE


class RepetitionError(ValueError):
    """A repetition that no code can have; `reason` says why."""

    def __init__(self, reason: RepetitionReason) -> None:
        """Keep the reason."""
        super().__init__(f"repetition refused: {reason}")
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Repetition:
    """On some weekdays of every week, Monday being 0, from one day to another."""

    weekdays: frozenset[int]
    first: date
    last: date

    def shifted(self, days: int) -> Repetition:
        """Return it as it is where the date is so many days ahead."""
        return Repetition(
            frozenset((day + days) % 7 for day in self.weekdays),
            self.first + timedelta(days),
            self.last + timedelta(days),
        )


def repetition_of(rule: str, begins: date, zone: tzinfo) -> Repetition:
    """Read a rule; it counts from the day on which the event was put, in a zone.

    Raises:
        RepetitionError: the reason says what is the matter.
    """
    parts = dict(part.upper().partition("=")[::2] for part in rule.split(";"))
    if not parts.keys() <= _KNOWN or parts.get("INTERVAL", "1") != "1":
        raise RepetitionError("not_weekly")
    weekdays = _weekdays(parts, begins)
    first = next(
        day
        for day in (begins + timedelta(days) for days in range(7))
        if day.weekday() in weekdays
    )
    try:
        last = _last(parts, weekdays, first, zone)
    except OverflowError as err:
        raise RepetitionError("no_end") from err
    if last < first:
        raise RepetitionError("never")
    return Repetition(weekdays, first, last)


def rule_of(weekdays: frozenset[int], last: date) -> str:
    """Write a rule.

    Its end is a time of day in no zone. Home Assistant's form takes it for UTC and shows
    the day that this is at home: at noon, that is the right one.
    """
    days = ",".join(_DAYS[day] for day in sorted(weekdays))
    return f"FREQ=WEEKLY;UNTIL={last:%Y%m%d}T120000;BYDAY={days}"


def _weekdays(parts: dict[str, str], begins: date) -> frozenset[int]:
    days = parts.get("BYDAY")
    match parts.get("FREQ"):
        case "WEEKLY" if days is None:
            return frozenset({begins.weekday()})
        case "DAILY" if days is None:
            return ALL_WEEK
        case "WEEKLY" | "DAILY" if days is not None:
            # A number before a day counts weeks of a month.
            if set(days.split(",")) <= set(_DAYS):
                return frozenset(map(_DAYS.index, days.split(",")))
    raise RepetitionError("not_weekly")


def _last(
    parts: dict[str, str], weekdays: frozenset[int], first: date, zone: tzinfo
) -> date:
    if (count := parts.get("COUNT")) is not None:
        if not (count.isascii() and count.isdigit()) or int(count) < 1:
            raise RepetitionError("never")
        weeks, rest = divmod(int(count) - 1, len(weekdays))
        ahead = sorted((day - first.weekday()) % 7 for day in weekdays)
        return first + timedelta(weeks=weeks, days=ahead[rest])
    if (until := parts.get("UNTIL")) is None:
        raise RepetitionError("no_end")
    try:
        end = _day_of(until, zone)
    except ValueError as err:
        raise RepetitionError("not_weekly") from err
    days = (end - timedelta(back) for back in range(7))
    return next(day for day in days if day.weekday() in weekdays)


def _day_of(until: str, zone: tzinfo) -> date:
    """Return the day of an end; only one in UTC may be another day in the zone."""
    if until.endswith("Z"):
        return datetime.fromisoformat(until).astimezone(zone).date()
    return date.fromisoformat(until[:8])
