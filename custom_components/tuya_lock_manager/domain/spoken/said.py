"""What a sentence says of times, before anything that it leaves open is filled in."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from .clocks import Clock
from .vocabulary import DayPart

_DAY = timedelta(days=1)
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Day:
    """A day: so many from today, or the next with a weekday, or a date of any year.

    A date may come with its weekday. `next_week` tells that it is in the week that begins with the next Monday; without
    a weekday that is the whole week.
    """

    offset: int | None = None
    weekday: int | None = None
    strictly_later: bool = False
    next_week: bool = False
    month: int | None = None
    day: int | None = None
    year: int | None = None

    def on(self, today: date) -> date | None:
        """Return which day that is, None for one that doesn't exist."""
        if self.offset is not None:
            return today + self.offset * _DAY
        if self.next_week:
            return today + (_WEEK - today.weekday() + (self.weekday or 0)) * _DAY
        if self.day is not None:
            found = self._date(today)
            # "Monday the 9th" where that is no Monday.
            wrong = found and self.weekday not in {None, found.weekday()}
            return None if wrong else found
        if self.weekday is not None:
            ahead = (self.weekday - today.weekday()) % _WEEK
            if not ahead and self.strictly_later:
                ahead = _WEEK
            return today + ahead * _DAY
        return self._date(today)

    @property
    def is_week(self) -> bool:
        """Return whether it is a whole week."""
        return self.next_week and self.weekday is None

    def with_month_of(self, last: Day | None) -> Day:
        """Return a mere number in the month of the day that it comes before."""
        if self.day is None or self.month is not None:
            return self
        if last is None or last.month is None or last.day is None:
            return self
        if self.day <= last.day:
            return replace(self, month=last.month, year=last.year)
        before = last.month - 1 or 12
        year = last.year - 1 if last.year and before == 12 else last.year
        return replace(self, month=before, year=year)

    def _date(self, today: date) -> date | None:
        """Return the next day with that number; a month and a year may be given."""
        for ahead in range(13):
            month = self.month or (today.month - 1 + ahead) % 12 + 1
            year = self.year or today.year + (
                ahead if self.month else (today.month - 1 + ahead) // 12
            )
            try:
                found = date(year, month, 1 if self.day is None else self.day)
            except ValueError:
                continue
            if found >= today or self.year:
                return found
        return None


@dataclass(slots=True)
class Edge:
    """What was said of the start, or of the end; `more` are further days."""

    day: Day | None = None
    clock: Clock | None = None
    part: DayPart | None = None
    now: bool = False
    more: list[Day] = field(default_factory=list)

    def add_day(self, day: Day) -> None:
        """Take a day; one that was said before stays."""
        if self.day is None:
            self.day = day
        elif day != self.day:
            self.more.append(day)

    @property
    def is_said(self) -> bool:
        """Return whether anything was said."""
        return self.now or (self.day, self.clock, self.part) != (None, None, None)


@dataclass(slots=True)
class SaidTimes:
    """All that was said of times; `weekend` stands for a Saturday with its Sunday.

    `weekend_later` tells that it is not the one that is going on. `order` has a "d" for
    each day and a "c" for each time of day, as they were said.
    """

    start: Edge = field(default_factory=Edge)
    end: Edge = field(default_factory=Edge)
    duration: timedelta | None = None
    wait: timedelta | None = None
    weekend: bool = False
    weekend_later: bool = False
    recurring: bool = False
    order: str = ""

    @property
    def is_said(self) -> bool:
        """Return whether any time was said."""
        return (
            self.start.is_said
            or self.end.is_said
            or self.weekend
            or (self.duration, self.wait) != (None, None)
        )
