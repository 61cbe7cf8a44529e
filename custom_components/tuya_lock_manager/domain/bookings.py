"""Events of a calendar as bookings: which count, who comes, from when until when.

All-day events say nothing of a time of day; their end is exclusive, and so the day of the
check-out. Where clocks change, a stay is as long as anybody may read it: an hour that
comes twice begins with the first and ends with the second, one that is left out begins
before the leap and ends behind it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from unicodedata import normalize

from .booking_digits import without_found
from .guest_rules import DEFAULT_CHECK_IN, DEFAULT_CHECK_OUT, DigitsFrom, GuestRules
from .windows import Window

# An event without a title still is somebody's.
NAMELESS = "Guest"
_SECOND = timedelta(seconds=1)
_EARLIEST_YEAR, _LATEST_YEAR = 2002, 2285


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """One event as its calendar tells it.

    start, end: dates of an all-day event, else aware datetimes; the end is exclusive.
    uid, recurrence_id: of the calendar's source, None where it has none.
    said: all that it said, where the title has lost digits.
    """

    title: str
    start: date | datetime
    end: date | datetime
    description: str = field(default="", repr=False)
    location: str = field(default="", repr=False)
    uid: str | None = None
    recurrence_id: str | None = None
    said: str | None = field(default=None, repr=False)

    @property
    def text(self) -> str:
        """Return all that it says, line by line, for patterns to look in."""
        return self.said or f"{self.title}\n{self.description}\n{self.location}"


@dataclass(frozen=True, slots=True)
class Stay:
    """From check-in to check-out, in UTC, and the window in which the code opens."""

    check_in: datetime
    check_out: datetime
    window: Window


def plain(text: str) -> str:
    """Return a text with one spelling for the same letters, and single blanks."""
    return " ".join(normalize("NFC", text).split())


def guest_of(title: str) -> str:
    """Return who comes."""
    printable = "".join(c for c in plain(title) if c.isprintable())
    return printable.strip() or NAMELESS


def counts(event: FeedEvent, rules: GuestRules) -> bool:
    """Tell whether an event is a booking; upper and lower case are the same."""
    title = _folded(event.title)
    if rules.include and _folded(rules.include) not in title:
        return False
    excluded = filter(None, map(_folded, rules.exclude))
    return not any(text in title for text in excluded) and _has_length(event)


def bookings_among(
    events: Iterable[FeedEvent], rules: GuestRules
) -> tuple[FeedEvent, ...]:
    """Return the events that are bookings; what a feed says twice counts once.

    Digits for a code are taken out of a title, which becomes the name of the code.
    """
    found = dict.fromkeys(event for event in events if counts(event, rules))
    if rules.digits_from is not DigitsFrom.PATTERN or rules.pattern is None:
        return tuple(found)
    return tuple(_discreet(event, rules.pattern) for event in found)


def _discreet(event: FeedEvent, pattern: str) -> FeedEvent:
    """Return an event with a title that holds no digits for a code."""
    title = without_found(pattern, event.title)
    if title == event.title:
        return event
    return replace(event, title=title, said=event.text)


def stay_of(
    start: date | datetime, end: date | datetime, rules: GuestRules, zone: tzinfo
) -> Stay:
    """Return the stay that an event means, by the clock of the lock.

    Fixed times of day count from the days on which the event starts and ends there.
    Where they leave nothing of it, such as a morning's visit, the event's own count.
    """
    check_in = _moment(start, rules.check_in, DEFAULT_CHECK_IN, zone, pick=min)
    check_out = _moment(end, rules.check_out, DEFAULT_CHECK_OUT, zone, pick=max)
    if check_out <= check_in:
        check_in = _moment(start, None, time(), zone, pick=min)
        check_out = _moment(end, None, time(), zone, pick=max)
    check_in, check_out = _whole(check_in), _whole(check_out)
    window = Window(check_in - rules.before, check_out + rules.after)
    return Stay(check_in, check_out, window)


def own_end(end: date | datetime, zone: tzinfo) -> datetime:
    """Return when the event itself is over, whatever the rules make of it."""
    return _moment(end, None, time(), zone, pick=min)


def own_span(
    start: date | datetime, end: date | datetime, zone: tzinfo
) -> tuple[datetime, datetime]:
    """Return when the event itself starts and ends."""
    return _moment(start, None, time(), zone, pick=min), own_end(end, zone)


def _has_length(event: FeedEvent) -> bool:
    years = event.start.year, event.end.year
    if min(years) < _EARLIEST_YEAR or max(years) > _LATEST_YEAR:
        return False  # "for ever" is no stay, and no lock knows such times
    match event.start, event.end:
        case datetime() as start, datetime() as end:
            return end - start >= _SECOND
        case (datetime(), _) | (_, datetime()):
            return False
    return event.end > event.start


def _folded(text: str) -> str:
    return plain(text).casefold()


def _whole(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


def _moment(
    moment: date | datetime,
    time_of_day: time | None,
    default: time,
    zone: tzinfo,
    *,
    pick: Callable[[Iterable[datetime]], datetime],
) -> datetime:
    if isinstance(moment, datetime):
        if time_of_day is None:
            return moment.astimezone(UTC)
        day = moment.astimezone(zone).date()
    else:
        day = moment
        time_of_day = default if time_of_day is None else time_of_day
    naive = datetime.combine(day, time_of_day)
    return pick(
        naive.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)
    )
