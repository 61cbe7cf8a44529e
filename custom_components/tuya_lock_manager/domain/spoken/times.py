"""When a code shall open, as it was said; filled in with what it leaves open."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
import re

from .clocks import Clock
from .said import Day, Edge, SaidTimes
from .vocabulary import DayPart

_DAY = timedelta(days=1)
_HALF_DAY = 12
_WEEK = 7
# Days, then the hours of them; or the other way round.
_GROUPED = re.compile(r"ddcc|ccdd")
# Nobody means an earlier hour who doesn't say so.
_EARLY = 6
_EVENING = 18


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


class RepeatedTimesError(UnclearTimeError):
    """What was said tells hours of several days: "Monday to Friday from nine to five"."""


def window_of(said: SaidTimes, now: datetime) -> SpokenWindow:
    """Return the window that was said.

    `now` is the time at the listener's place; the answer has its zone.

    Raises:
        RepeatedTimesError: the hours are those of each of several days.
        UnclearTimeError: the words contradict each other, or leave the hour open.
    """
    if said.weekend:
        return _weekend(said, now)
    if said.wait is not None:
        if said.start.is_said or said.end.is_said:
            raise UnclearTimeError
        # Hours that are waited pass on every clock, whatever its hands do.
        begin = (now.astimezone(UTC) + said.wait).astimezone(now.tzinfo)
        return SpokenWindow(begin, None, said.duration)
    start, end = _with_all_days(said.start, said.end, now)
    if said.duration is not None:
        return _lasting(start, end, said.duration, now)
    if _days_apart(start, end, now) and fits_a_day(start, end):
        # A time of day that was said with its day is of that day only.
        if _GROUPED.search(said.order):
            raise RepeatedTimesError
    return _between(start, end, now)


def _days_apart(start: Edge, end: Edge, now: datetime) -> bool:
    """Tell whether two days were said that are not the same."""
    if start.day is None or end.day is None:
        return False
    first = _day(start.day, now)
    return _day(end.day, now, after=first) != first


def _with_all_days(start: Edge, end: Edge, now: datetime) -> tuple[Edge, Edge]:
    """Return the edges of days that follow each other: "Friday, Saturday and Sunday".

    The same day may be said twice: "tomorrow, on Tuesday".
    """
    if end.more:
        _same_day([end.day, *end.more], now)
    _check_weeks(start, end)
    if start.day is not None and end.day is not None:
        start = replace(start, day=start.day.with_month_of(end.day))
    if not start.more:
        return start, end
    last = start.more[-1]
    days = [day.with_month_of(last) for day in (start.day, *start.more) if day]
    found = [_day(days[0], now)]
    for day in days[1:]:
        after = _day(day, now, after=found[-1])
        if after not in {found[-1], found[-1] + _DAY}:
            raise UnclearTimeError
        found.append(after)
    if found[0] == found[-1]:
        return start, end
    if end.day is not None or start.part is not None:
        raise UnclearTimeError
    return replace(start, day=days[0]), replace(end, day=last)


def _check_weeks(start: Edge, end: Edge) -> None:
    """Refuse a whole week together with other times."""
    others = start.clock or start.part or start.more or end.is_said
    if end.day is not None and end.day.is_week:
        raise UnclearTimeError
    if start.day is not None and start.day.is_week and others:
        raise UnclearTimeError


def _same_day(days: list[Day | None], now: datetime) -> None:
    """Refuse days that are not one and the same."""
    if len({_day(day, now) for day in days}) > 1:
        raise UnclearTimeError


def _weekend(said: SaidTimes, now: datetime) -> SpokenWindow:
    if said.end.is_said or said.duration or said.start.clock or said.start.day:
        raise UnclearTimeError
    # On a Sunday the weekend that is going on is meant.
    saturday = now.date() + ((5 - now.weekday()) % _WEEK) * _DAY
    if now.weekday() == 6:
        saturday = now.date() - _DAY
    if said.weekend_later and saturday <= now.date():
        saturday += _WEEK * _DAY
    start = _moment(now, saturday, 0)
    return SpokenWindow(_not_past(start, now), _moment(now, saturday + 2 * _DAY, 0))


def _lasting(
    start: Edge, end: Edge, duration: timedelta, now: datetime
) -> SpokenWindow:
    if end.is_said or (start.day is not None and start.day.is_week):
        raise UnclearTimeError
    if not start.is_said or start.now:
        return SpokenWindow(None, None, duration)
    whole_days = duration >= _DAY
    if start.clock is None and not whole_days:
        if start.day is not None and start.day.offset == 0 and start.part is None:
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
    if start.day is not None and start.day.is_week:
        last *= _WEEK
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
    if last > first and not _is_night(starts, last - first):
        # "from Monday at nine to Friday at five"
        ends = _reasonable(ends)
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


def _is_night(starts: list[datetime], length: timedelta) -> bool:
    """Tell whether what begins then may be a night: it ends on the next day."""
    return length == _DAY and all(start.hour >= _EVENING for start in starts)


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
