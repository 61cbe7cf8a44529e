"""What an event that somebody put into a lock's calendar, or changed there, asks for."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any, Self

from homeassistant.components.calendar import (
    EVENT_DESCRIPTION,
    EVENT_END,
    EVENT_RRULE,
    EVENT_START,
    EVENT_SUMMARY,
    CalendarEvent,
)
from homeassistant.util import dt as dt_util

from .actions.fields import aware, check_password_name
from .domain.agenda import Appointment, Zones, last_of, upcoming
from .domain.passwords import PasswordType
from .domain.remarks import UnclearDigitsError, chosen_digits, holds_code, spells
from .domain.repetition import Repetition, RepetitionError, repetition_of, rule_of
from .domain.schedules import WEEKDAYS
from .exceptions import refused
from .hub import LockHub
from .wishes import PasswordChange, PasswordWish, ScheduleWish

# The last minute that a lock's hours have; midnight would be of the next day.
_LAST_MINUTE = time(23, 59)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class AskedEvent:
    """An event as it comes from a person or an automation.

    `start` and `end` are aware; whole days are those at the lock. `day` is the one on
    which the event was put, and from which `rule` counts.
    """

    name: str
    remark: str = field(repr=False)
    day: date
    start: datetime
    end: datetime
    rule: str | None

    @classmethod
    def of(cls, fields: Mapping[str, Any], zone: tzinfo) -> Self:
        """Read the fields of Home Assistant; raises ServiceValidationError."""
        start: date | datetime = fields[EVENT_START]
        day = dt_util.as_local(start).date() if isinstance(start, datetime) else start
        return cls(
            name=fields[EVENT_SUMMARY].strip(),
            remark=fields.get(EVENT_DESCRIPTION) or "",
            day=day,
            start=_moment(start, zone),
            end=_moment(fields[EVENT_END], zone),
            rule=fields.get(EVENT_RRULE) or None,
        )

    def digits(self, hub: LockHub, shown: str = "") -> str | None:
        """Return the digits that were chosen; raises ServiceValidationError."""
        try:
            return chosen_digits(self.remark, hub.digits, shown)
        except UnclearDigitsError as err:
            raise refused("calendar_code_unclear") from err

    def repetition(self, rule: str, zone: tzinfo) -> Repetition:
        """Return on which days it comes again, in the lock's zone."""
        try:
            found = repetition_of(rule, self.day, dt_util.get_default_time_zone())
            return found.shifted((self.start.astimezone(zone).date() - self.day).days)
        except RepetitionError as err:
            raise refused(f"calendar_repetition_{err.reason}") from err
        except OverflowError as err:
            raise refused("window_out_of_range") from err

    def hours(self, zone: tzinfo) -> tuple[time, time]:
        """Return its hours at the lock; raises ServiceValidationError past midnight."""
        start, end = (
            moment.astimezone(zone).replace(second=0, microsecond=0)
            for moment in (self.start, self.end)
        )
        if end.time() == time.min and end.date() - start.date() == timedelta(days=1):
            return start.time(), _LAST_MINUTE
        if start.date() != end.date():
            raise refused("schedule_over_midnight")
        return start.time(), end.time()


def creation(hub: LockHub, event: AskedEvent, zone: tzinfo) -> PasswordWish:
    """Return the code that a new event asks for; raises ServiceValidationError."""
    check_password_name(event.name, empty="name_empty")
    code = event.digits(hub)
    _refuse_digits_in_name(hub, event.name, code)
    if code is None and not hub.keeps_digits:
        raise refused("calendar_needs_code")
    start, end, schedule = event.start, event.end, ScheduleWish()
    if event.rule is not None:
        days = event.repetition(event.rule, zone)
        opens, shuts = event.hours(zone)
        start = datetime.combine(days.first, opens, zone)
        end = _end_of(days.last, shuts, zone)
        schedule = _schedule(days, opens, shuts)
    return PasswordWish(
        type=PasswordType.CUSTOM,
        name=event.name,
        start=aware(start),
        end=aware(end),
        code=code,
        schedule=schedule,
    )


def change(
    hub: LockHub,
    event: AskedEvent,
    shown: CalendarEvent,
    appointment: Appointment,
    zones: Zones,
    zone: tzinfo,
) -> PasswordChange:
    """Return what an event that was saved changes of a code; raises HomeAssistantError.

    What comes back as it was shown is not changed, whatever else is known of the code.
    `shown` is the event of the appointment that was chosen.
    """
    code = appointment.code
    name = event.name if event.name != shown.summary.strip() else None
    check_password_name(name)
    digits = event.digits(hub, shown.description or "")
    if name is not None:
        _refuse_digits_in_name(hub, name, digits)
    elif digits is not None and spells(code.name, digits):
        raise refused("calendar_code_in_name")
    asked = PasswordChange(name=name, code=digits)
    start = _unless_same(event.start, appointment.start)
    end = _unless_same(event.end, appointment.end)
    if event.rule is not None:
        is_same = shown.rrule is not None and event.repetition(
            event.rule, zone
        ) == event.repetition(shown.rrule, zone)
        if is_same and start is None and end is None:
            return asked
        return _weekly(asked, event, appointment, (start, end), zones, zone)
    if start is None and end is None:
        return asked
    if code.schedule is not None:
        raise refused("calendar_hours_stay", name=code.name)
    return replace(asked, start=start or code.start, end=end or code.end)


def _weekly(
    asked: PasswordChange,
    event: AskedEvent,
    appointment: Appointment,
    moved: tuple[datetime | None, datetime | None],
    zones: Zones,
    zone: tzinfo,
) -> PasswordChange:
    """Add new hours to a change; they hold for all days of the code that are to come."""
    code, now = appointment.code, dt_util.utcnow()
    if code.schedule is not None and upcoming(code, now, zones) != appointment:
        raise refused("calendar_not_next", name=code.name)
    days = event.repetition(event.rule or "", zone)
    opens, shuts = event.hours(zone)
    if code.schedule is not None:
        # The first day and the last may have a part of the hours only.
        opens = code.schedule.start if moved[0] is None else opens
        shuts = code.schedule.end if moved[1] is None else shuts
    has_begun = code.start is None or code.start <= now
    keeps_start = has_begun or (code.schedule is not None and moved[0] is None)
    return replace(
        asked,
        start=None if keeps_start else datetime.combine(days.first, opens, zone),
        end=_end_of(days.last, shuts, zone),
        schedule=_schedule(days, opens, shuts),
    )


def shown_rule(appointment: Appointment, zones: Zones) -> str | None:
    """Return the rule by which an appointment comes again, in Home Assistant's zone."""
    schedule, last = appointment.code.schedule, last_of(appointment.code, zones)
    if appointment.day is None or schedule is None or last is None or last.day is None:
        return None
    ahead = (dt_util.as_local(appointment.start).date() - appointment.day).days
    days = Repetition(schedule.weekdays, last.day, last.day).shifted(ahead)
    return rule_of(days.weekdays, days.last)


def _schedule(days: Repetition, opens: time, shuts: time) -> ScheduleWish:
    return ScheduleWish(
        weekdays=tuple(WEEKDAYS[day] for day in sorted(days.weekdays)),
        daily_start=opens,
        daily_end=shuts,
    )


def _end_of(day: date, shuts: time, zone: tzinfo) -> datetime:
    """Return when the last day ends; raises ServiceValidationError at the end of time."""
    end = datetime.combine(day, shuts, zone)
    aware(end)
    return end + _MINUTE if shuts == _LAST_MINUTE else end


def _moment(moment: date | datetime, zone: tzinfo) -> datetime:
    """Return a moment, or the begin of a day at the lock; none at the ends of time."""
    if isinstance(moment, datetime):
        aware(moment)
        return dt_util.as_local(moment)
    start = datetime.combine(moment, time.min, zone)
    aware(start)
    return start


def _unless_same(asked: datetime, shown: datetime) -> datetime | None:
    """Return a moment unless it is the one that was shown.

    Forms know whole minutes, and no second hour of the night when the clocks go back.
    """
    new, old = (
        dt_util.as_local(moment).replace(tzinfo=None, microsecond=0)
        for moment in (asked, shown)
    )
    return None if new in {old, old.replace(second=0)} else dt_util.as_utc(asked)


def _refuse_digits_in_name(hub: LockHub, name: str, digits: str | None) -> None:
    """Refuse a name that holds a code: everybody in the house can read names."""
    known = {*hub.live_digits(), digits or ""}
    if holds_code(name, hub.digits) or any(spells(name, code) for code in known):
        raise refused("calendar_code_in_name")
