"""When a code shall open, as it was said; filled in with what it leaves open."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from .clocks import Clock
from .vocabulary import DayPart

_DAY = timedelta(days=1)
_HALF_DAY = 12
_WEEK = 7
# Nobody means an earlier hour who doesn't say so.
_EARLY = 6


@dataclass(frozen=True, slots=True)
class Day:
    """A day: so many from today, or the next with a weekday, or a date of any year."""

    offset: int | None = None
    weekday: int | None = None
    strictly_later: bool = False
    month: int | None = None
    day: int | None = None
    year: int | None = None

    def on(self, today: date) -> date | None:
        """Return which day that is, None for one that doesn't exist."""
        if self.offset is not None:
            return today + self.offset * _DAY
        if self.weekday is not None:
            ahead = (self.weekday - today.weekday()) % _WEEK
            if not ahead and self.strictly_later:
                ahead = _WEEK
            return today + ahead * _DAY
        return self._date(today)

    def _date(self, today: date) -> date | None:
        """Return the next day with that number; a month and a year may be given."""
        for ahead in range(13):
            month = self.month or (today.month - 1 + ahead) % 12 + 1
            year = self.year or today.year + (
                ahead if self.month else (today.month - 1 + ahead) // 12
            )
            try:
                found = date(year, month, self.day or 1)
            except ValueError:
                continue
            if found >= today or self.year:
                return found
        return None


@dataclass(slots=True)
class Edge:
    """What was said of the start, or of the end."""

    day: Day | None = None
    clock: Clock | None = None
    part: DayPart | None = None
    now: bool = False

    @property
    def is_said(self) -> bool:
        """Return whether anything was said."""
        return self.now or (self.day, self.clock, self.part) != (None, None, None)


@dataclass(slots=True)
class SaidTimes:
    """All that was said of times; `weekend` stands for a Saturday with its Sunday."""

    start: Edge = field(default_factory=Edge)
    end: Edge = field(default_factory=Edge)
    duration: timedelta | None = None
    wait: timedelta | None = None
    weekend: bool = False
    recurring: bool = False

    @property
    def is_said(self) -> bool:
        """Return whether any time was said."""
        return (
            self.start.is_said
            or self.end.is_said
            or self.weekend
            or (self.duration, self.wait) != (None, None)
        )


def fits_a_day(start: Edge, end: Edge) -> bool:
    """Tell whether a start and an end, both with a time of day, can be of one day."""
    if start.clock is None or end.clock is None:
        return False
    latest = max(hour or 24 for hour in _hours_of(end.clock, end.part))
    return min(_hours_of(start.clock, start.part)) <= latest


@dataclass(frozen=True, slots=True)
class SpokenWindow:
    """From when until when; None is now, or as long as usual."""

    start: datetime | None
    end: datetime | None
    duration: timedelta | None = None


class UnclearTimeError(ValueError):
    """What was said of times doesn't tell a window."""


def window_of(said: SaidTimes, now: datetime) -> SpokenWindow:
    """Return the window that was said.

    `now` is the time at the listener's place; the answer has its zone.

    Raises:
        UnclearTimeError: the words contradict each other, or leave the hour open.
    """
    if said.weekend:
        return _weekend(said, now)
    if said.wait is not None:
        if said.start.is_said or said.end.is_said:
            raise UnclearTimeError
        start = now + said.wait
        return SpokenWindow(start, None, said.duration)
    if said.duration is not None:
        return _lasting(said, said.duration, now)
    return _between(said.start, said.end, now)


def _weekend(said: SaidTimes, now: datetime) -> SpokenWindow:
    if said.end.is_said or said.duration or said.start.clock:
        raise UnclearTimeError
    # On a Sunday the weekend that is going on is meant.
    saturday = now.date() + ((5 - now.weekday()) % _WEEK) * _DAY
    if now.weekday() == 6:
        saturday = now.date() - _DAY
    start = _moment(now, saturday, 0)
    return SpokenWindow(_not_past(start, now), _moment(now, saturday + 2 * _DAY, 0))


def _lasting(said: SaidTimes, duration: timedelta, now: datetime) -> SpokenWindow:
    start, end = said.start, said.end
    if end.is_said:
        raise UnclearTimeError
    if not start.is_said or start.now:
        return SpokenWindow(None, None, duration)
    whole_days = duration >= _DAY
    if start.clock is None and not whole_days:
        if start.day is not None and start.day.offset == 0:
            return SpokenWindow(None, None, duration)
        raise UnclearTimeError
    day = _day(start.day, now)
    if start.clock is not None:
        hours = _hours_of(start.clock, start.part)
        begin = _ahead(start, [_at(now, day, hour, start.clock) for hour in hours], now)
    else:
        begin = _moment(now, day, start.part.first if start.part else 0)
    if not whole_days:
        return SpokenWindow(_not_past(begin, now), None, duration)
    # Days are counted on the wall: a code for three days ends at the same hour.
    return SpokenWindow(_not_past(begin, now), begin + duration)


def _between(start: Edge, end: Edge, now: datetime) -> SpokenWindow:
    if start.now and not end.is_said:
        return SpokenWindow(None, None)
    if not end.is_said:
        return _of_start(start, now)
    if start.now or not start.is_said:
        return SpokenWindow(None, _end_from_now(end, now))
    if start.clock is None and end.clock is not None and end.day is None:
        # "tomorrow until noon": what begins on the day begins with it.
        first = _day(start.day, now)
        begin = _moment(now, first, start.part.first if start.part else 0)
        begin = _not_past(begin, now) or now
        if begin == now:
            return SpokenWindow(None, _first_after(end, now, first, now))
        return SpokenWindow(begin, _by_day(end, begin, first, now))
    return _of_both(start, end, now)


def _of_start(start: Edge, now: datetime) -> SpokenWindow:
    day = _day(start.day, now)
    if start.clock is not None:
        hours = _hours_of(start.clock, start.part)
        times = [_at(now, day, hour, start.clock) for hour in hours]
        return SpokenWindow(_ahead(start, times, now), None)
    part = start.part
    first, last = (part.first, part.last) if part else (0, 24)
    begin, end = _moment(now, day, first), _moment(now, day, last)
    if end <= now and start.day is not None and start.day.weekday is not None:
        begin, end = begin + _WEEK * _DAY, end + _WEEK * _DAY
    elif end <= now and start.day is None:
        begin, end = begin + _DAY, end + _DAY
    return SpokenWindow(_not_past(begin, now), end)


def _of_both(start: Edge, end: Edge, now: datetime) -> SpokenWindow:
    """Return the shortest reasonable window between two edges."""
    if start.part is None and end.day is None and end.clock and start.clock:
        # "from nine to eleven in the evening" is said of both.
        start = replace(start, part=end.part if start.clock.open else None)
    first = _day(start.day, now)
    last = _day(end.day, now, after=first) if end.day else first
    starts = _times(now, first, start, at_end=False)
    ends = _times(now, last, end, at_end=True)
    best = _best(starts, ends)
    if best is None and end.day is None:
        best = _best(starts, [moment + _DAY for moment in ends])
    if best is None:
        raise UnclearTimeError
    begin, finish = best
    if finish <= now and start.day is None:
        begin, finish = begin + _DAY, finish + _DAY
    elif finish <= now and start.day is not None and start.day.weekday is not None:
        begin, finish = begin + _WEEK * _DAY, finish + _WEEK * _DAY
    return SpokenWindow(_not_past(begin, now), finish)


def _best(
    starts: list[datetime], ends: list[datetime]
) -> tuple[datetime, datetime] | None:
    """Return the first pair in order; an hour of the night only where nothing else is."""
    pairs = [(start, end) for start in starts for end in ends if start < end]
    late = [pair for pair in pairs if pair[0].hour >= _EARLY]
    for found in (late, pairs):
        if found:
            return min(found, key=lambda pair: (pair[0], pair[1]))
    return None


def _times(now: datetime, day: date, edge: Edge, *, at_end: bool) -> list[datetime]:
    """Return which moments an edge may mean."""
    if edge.clock is None:
        if edge.part is not None:
            hour = edge.part.last if at_end else edge.part.first
        else:
            hour = 24 if at_end else 0
        return [_moment(now, day, hour)]
    hours = _hours_of(edge.clock, edge.part)
    if not at_end:
        # A day begins with its midnight.
        hours = [hour % 24 for hour in hours]
    return [_at(now, day, hour, edge.clock) for hour in hours]


def _hours_of(clock: Clock, part: DayPart | None) -> list[int]:
    """Return which hours a time of day may mean: a part of the day tells which half."""
    if not clock.open:
        return [clock.hour]
    early, late = clock.hour % 24, (clock.hour + _HALF_DAY) % 24
    if clock.hour == _HALF_DAY:
        early, late = _HALF_DAY, 24
        if part in {None, DayPart.AFTERNOON, DayPart.MORNING}:
            return [early]
        return [late]
    if part is None:
        return [early, late]
    if part is DayPart.NIGHT:
        return [early] if clock.hour < _EARLY else [late]
    return [early] if part is DayPart.MORNING else [late]


def _end_from_now(end: Edge, now: datetime) -> datetime:
    day = _day(end.day, now)
    if end.clock is None:
        hour = end.part.last if end.part else 24
        moment = _moment(now, day, hour)
        if moment <= now and end.day is None:
            moment += _DAY
        return moment
    return _first_after(end, now, day, now)


def _first_after(edge: Edge, moment: datetime, day: date, now: datetime) -> datetime:
    """Return when an edge is first reached after a moment."""
    assert edge.clock is not None
    hours = _hours_of(edge.clock, edge.part)
    times = [_at(now, day, hour, edge.clock) for hour in hours]
    if edge.day is not None:
        return _reasonable(times)[0]
    times += [found + _DAY for found in times]
    return min((found for found in times if found > moment), default=times[-1])


def _by_day(edge: Edge, begin: datetime, day: date, now: datetime) -> datetime:
    """Return when an edge is first reached on a day that begins before it."""
    assert edge.clock is not None
    hours = _hours_of(edge.clock, edge.part)
    times = _reasonable([_at(now, day, hour, edge.clock) for hour in hours])
    return min((found for found in times if found > begin), default=times[-1])


def _reasonable(times: list[datetime]) -> list[datetime]:
    """Return those that are no hours of the night, all where there are only such."""
    return [found for found in times if found.hour >= _EARLY] or times


def _ahead(edge: Edge, times: list[datetime], now: datetime) -> datetime:
    """Return which of the times is meant for a start."""
    reasonable = _reasonable(times)
    ahead = [found for found in reasonable if found > now]
    if ahead:
        return ahead[0]
    if edge.day is None:
        return reasonable[0] + _DAY
    if edge.day.weekday is not None:
        return reasonable[0] + _WEEK * _DAY
    return reasonable[-1]


def _day(day: Day | None, now: datetime, *, after: date | None = None) -> date:
    if day is None:
        return now.date()
    base = after if after is not None and day.offset is None else now.date()
    if (found := day.on(base)) is None:
        raise UnclearTimeError
    return found


def _at(now: datetime, day: date, hour: int, clock: Clock) -> datetime:
    return _moment(now, day, hour, clock.minute)


def _moment(now: datetime, day: date, hour: int, minute: int = 0) -> datetime:
    """Return a time of a day on the wall where `now` is; hours above 23 are later days."""
    later, hour = divmod(hour, 24)
    wall = time(hour, minute)
    return datetime.combine(day + later * _DAY, wall, now.tzinfo)


def _not_past(moment: datetime, now: datetime) -> datetime | None:
    """Return a start, None for one that has passed: then it is now."""
    return moment if moment > now else None
