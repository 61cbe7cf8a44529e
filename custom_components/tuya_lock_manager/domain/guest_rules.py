"""The rules of a guest calendar: which events are bookings, and what codes they get."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum

from ..const import (
    GUEST_AFTER,
    GUEST_BEFORE,
    GUEST_CALENDAR,
    GUEST_CHECK_IN,
    GUEST_CHECK_OUT,
    GUEST_DIGITS_FROM,
    GUEST_EXCLUDE,
    GUEST_INCLUDE,
    GUEST_LEAD,
    GUEST_LOCKS,
    GUEST_MESSAGE,
    GUEST_NOTIFY,
    GUEST_OFFLINE_FALLBACK,
    GUEST_PATTERN,
)
from .stored import flag, optional_number, optional_string, string

# Titles by which booking sites tell that nobody comes.
DEFAULT_EXCLUDE = ("Blocked", "Not available", "Unavailable", "Closed")
DEFAULT_LEAD = timedelta(hours=72)
# All-day events say no time of day.
DEFAULT_CHECK_IN = time(15)
DEFAULT_CHECK_OUT = time(11)


class DigitsFrom(StrEnum):
    """Where the digits of a guest's code come from."""

    RANDOM = "random"
    PATTERN = "pattern"


@dataclass(frozen=True, slots=True)
class GuestRules:
    """What the user set for one guest calendar.

    calendar: the calendar's id in the entity registry, or its entity id.
    locks: Tuya's device ids.
    include: only events with this text in the title are bookings; None is all.
    exclude: events with one of these texts in the title are none.
    check_in, check_out: times of day by the lock's clock; None is the event's own, for
        all-day events `DEFAULT_CHECK_IN` and `DEFAULT_CHECK_OUT`.
    before, after: how much longer than the stay the code opens.
    lead: how early before it opens the code is put on the lock.
    pattern: a regular expression; its first group, or else all that it matches, is where
        the digits come from.
    offline_fallback: make a time-limited offline code at check-in where the other kind
        did not reach the lock.
    notify: the notify entity that is told the code, None for nobody.
    message: the template of what it is told, None for the default.
    """

    calendar: str
    locks: tuple[str, ...]
    include: str | None = None
    exclude: tuple[str, ...] = DEFAULT_EXCLUDE
    check_in: time | None = None
    check_out: time | None = None
    before: timedelta = timedelta()
    after: timedelta = timedelta()
    lead: timedelta = DEFAULT_LEAD
    digits_from: DigitsFrom = DigitsFrom.RANDOM
    pattern: str | None = None
    offline_fallback: bool = False
    notify: str | None = None
    message: str | None = None


def rules_of(data: Mapping[str, object]) -> GuestRules:
    """Return the rules that a config subentry stores.

    Raises:
        ValueError: it is not what the form stores.
    """
    return GuestRules(
        calendar=string(data, GUEST_CALENDAR),
        locks=_texts(data, GUEST_LOCKS, ()),
        include=optional_string(data, GUEST_INCLUDE) or None,
        exclude=_texts(data, GUEST_EXCLUDE, DEFAULT_EXCLUDE),
        check_in=_time_of_day(data, GUEST_CHECK_IN),
        check_out=_time_of_day(data, GUEST_CHECK_OUT),
        before=timedelta(minutes=_number(data, GUEST_BEFORE, 0)),
        after=timedelta(minutes=_number(data, GUEST_AFTER, 0)),
        lead=timedelta(
            hours=_number(data, GUEST_LEAD, DEFAULT_LEAD // timedelta(hours=1))
        ),
        digits_from=DigitsFrom(
            optional_string(data, GUEST_DIGITS_FROM) or DigitsFrom.RANDOM
        ),
        pattern=optional_string(data, GUEST_PATTERN) or None,
        offline_fallback=flag(data, GUEST_OFFLINE_FALLBACK),
        notify=optional_string(data, GUEST_NOTIFY) or None,
        message=optional_string(data, GUEST_MESSAGE) or None,
    )


def _texts(
    data: Mapping[str, object], key: str, default: tuple[str, ...]
) -> tuple[str, ...]:
    match data.get(key):
        case None:
            return default
        case [*texts] if all(isinstance(text, str) for text in texts):
            return tuple(text for text in map(str, texts) if text.strip())
    raise ValueError(f"{key} must be a list of texts")


def _time_of_day(data: Mapping[str, object], key: str) -> time | None:
    text = optional_string(data, key)
    return time.fromisoformat(text) if text else None


def _number(data: Mapping[str, object], key: str, default: int) -> int:
    """Return a number; Home Assistant's number fields store 30 as 30.0."""
    match data.get(key):
        case float(value) if value.is_integer():
            return int(value)
    number = optional_number(data, key)
    return default if number is None else number
