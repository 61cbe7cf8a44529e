"""The windows of codes as the appointments of a calendar."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from uuid import UUID, uuid5

from .passwords import CLEARING_TYPES, Password, PasswordKey, PasswordStatus
from .schedules import Schedule
from .windows import EARLIEST, LATEST

type Zones = Mapping[str, tzinfo]

# What is no event of a calendar any more; a code that is being removed still is.
_GONE = frozenset({PasswordStatus.REMOVED})
_DAY = timedelta(days=1)
_NAMESPACE = UUID("0b1a4c1e-6a0c-4f0e-9d57-5f0c8f2a9b1d")


@dataclass(frozen=True, slots=True)
class Appointment:
    """From `start` on and before `end`, in UTC, a code has its time.

    `day` is the day of a code that opens at certain hours only, in the zone of those
    hours; other codes have one appointment, without a day.
    """

    code: Password
    start: datetime
    end: datetime
    day: date | None = None


def uid_of(device_id: str, key: PasswordKey) -> str:
    """Return what a calendar calls a code: always the same, and it tells nothing."""
    online, password_id = key
    return str(uuid5(_NAMESPACE, f"{device_id} {online} {password_id}"))


def is_shown(code: Password) -> bool:
    """Tell whether a calendar has a code; clearing codes open nothing."""
    return (
        code.type not in CLEARING_TYPES
        and code.status not in _GONE
        and not code.is_hidden
    )


def may_open(code: Password) -> bool:
    """Tell whether a code opens the door in its window, as far as is known."""
    return (
        is_shown(code) and not code.ended and code.status is not PasswordStatus.FROZEN
    )


def appointments(
    codes: Iterable[Password], start: datetime, end: datetime, zones: Zones
) -> list[Appointment]:
    """Return what of the codes lies, in part at least, between two moments, by start.

    Args:
        codes: of a lock.
        start: the first moment that counts.
        end: the first that doesn't any more.
        zones: of the codes' hours, by name.

    """
    found = (
        appointment
        for code in codes
        if is_shown(code)
        for appointment in _of_code(code, start, end, zones)
    )
    return sorted(found, key=lambda one: (one.start, one.end, one.code.id))


def upcoming(code: Password, now: datetime, zones: Zones) -> Appointment | None:
    """Return the appointment of a code that is going on, or else its next one."""
    if code.schedule is None:
        # That is nearly all of them, and each change of a state looks at every one.
        return _whole(code, now, LATEST)
    return next(_of_code(code, now, LATEST, zones), None)


def current(
    codes: Iterable[Password], now: datetime, zones: Zones
) -> Appointment | None:
    """Return what goes on now and ends first, else what begins next.

    A guest's hour is told, then, and not the code of the house that it lies in. Codes
    that open nothing don't count.
    """
    return outlook(codes, now, zones)[0]


def outlook(
    codes: Iterable[Password], now: datetime, zones: Zones
) -> tuple[Appointment | None, datetime | None]:
    """Return `current`, and when that may be something else by the clock alone."""
    coming = [
        one
        for code in codes
        if may_open(code) and (one := upcoming(code, now, zones)) is not None
    ]
    return _foremost(coming, now), _next_turn(coming, now)


def _foremost(coming: Iterable[Appointment], now: datetime) -> Appointment | None:
    going_on = [one for one in coming if one.start <= now]
    if going_on:
        return min(going_on, key=lambda one: (one.end, one.start, one.code.id))
    return min(coming, key=lambda one: (one.start, one.end, one.code.id), default=None)


def _next_turn(coming: Iterable[Appointment], now: datetime) -> datetime | None:
    moments = (
        moment for one in coming for moment in (one.start, one.end) if moment > now
    )
    return min(moments, default=None)


def day_of(code: Password, day: str, zones: Zones) -> Appointment | None:
    """Return the appointment of a code on a day, given as YYYYMMDD."""
    try:
        wanted = date.fromisoformat(day)
    except ValueError:
        return None
    if code.schedule is None:
        return None
    return _on_day(code, code.schedule, wanted, _zone_of(code.schedule, zones))


def last_of(code: Password, zones: Zones) -> Appointment | None:
    """Return the last appointment of a code that opens at certain hours only."""
    if code.schedule is None:
        return None
    zone = _zone_of(code.schedule, zones)
    last = _window_of(code)[1].astimezone(zone).date()
    days = (last - back * _DAY for back in range(15))
    found = (_on_day(code, code.schedule, day, zone) for day in days)
    return next(filter(None, found), None)


def _of_code(
    code: Password, start: datetime, end: datetime, zones: Zones
) -> Iterator[Appointment]:
    """Yield what of a code meets a span, by start."""
    whole = _whole(code, start, end)
    if whole is None:
        return
    if code.schedule is None:
        yield whole
        return
    opens, shuts = whole.start, whole.end
    zone = _zone_of(code.schedule, zones)
    day = max(opens, start).astimezone(zone).date()
    last = min(shuts, end).astimezone(zone).date()
    while day <= last:
        one = _on_day(code, code.schedule, day, zone)
        if one is not None and one.start < end and start < one.end:
            yield one
        day += _DAY


def _whole(code: Password, start: datetime, end: datetime) -> Appointment | None:
    """Return the window of a code as one appointment, None where it misses a span."""
    opens, shuts = _window_of(code)
    if opens < shuts and opens < end and start < shuts:
        return Appointment(code, opens, shuts)
    return None


def _window_of(code: Password) -> tuple[datetime, datetime]:
    """Return a code's window; an end that nobody tells is the last one that there is."""
    opens = code.start or code.created_at or EARLIEST
    return opens.astimezone(UTC), (code.end or LATEST).astimezone(UTC)


def _zone_of(schedule: Schedule, zones: Zones) -> tzinfo:
    return zones.get(schedule.time_zone, UTC)


def _on_day(
    code: Password, schedule: Schedule, day: date, zone: tzinfo
) -> Appointment | None:
    """Return the hours of a day that lie in the code's window, if there are any."""
    if day.weekday() not in schedule.weekdays:
        return None
    opens, shuts = _window_of(code)
    start = max(opens, _first_at(day, schedule.start, zone))
    end = min(shuts, _last_at(day, schedule.end, zone))
    return Appointment(code, start, end, day) if start < end else None


def _first_at(day: date, clock: time, zone: tzinfo) -> datetime:
    """Return when a clock on the wall first shows a time, or one behind it."""
    return _at(day, clock, zone, fold=0)


def _last_at(day: date, clock: time, zone: tzinfo) -> datetime:
    """Return when a clock on the wall shows a time last, or goes past it."""
    return _at(day, clock, zone, fold=1)


def _at(day: date, clock: time, zone: tzinfo, *, fold: int) -> datetime:
    """Return a moment; a time that is left out in spring is when it is left out."""
    local = datetime.combine(day, clock, zone).replace(fold=fold)
    before, after = (local.replace(fold=side).astimezone(UTC) for side in (1, 0))
    if before >= after:
        # It is there once, or twice: then `fold` says which.
        return local.astimezone(UTC)
    old = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        if middle.astimezone(zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)
