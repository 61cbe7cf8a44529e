"""Which event is which booking: when in doubt it is another, and gets other digits.

Surely the same is

- an event with the uid (and recurrence id) of a booking, where no other event has it, and
  either their times overlap, whatever the title says now, or the title, which is a name
  and not such as "Reserved", is the same and the stay has not begun: a booking moves, but
  one that has begun doesn't leap to other days, and a feed that numbers its lines gives
  the next guest the uid of the last; of a series with recurrence ids, any title will do;
- without a uid of its own, the only event with equal title, description and start: if the
  title is such as "Reserved" and the end is another, only once the stay has begun, since
  until then somebody else may have taken the days of somebody who cancelled.

A feed whose uids are others at each download (Home Assistant gives events new ones where a
feed has none) is read as one without: that is seen by nothing of it being known any more,
while two bookings, or one that this happened to before, are there as they were.

The same events always make the same bookings, in whatever order they are told.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
import hashlib

from .bookings import FeedEvent, own_span, plain
from .guest_memory import Booking, GuestMemory, code_name, details_of

# A booking that is over is remembered for so long: it may yet be made longer.
AFTERLIFE = timedelta(days=2)

# Titles that name nobody. Feeds have them in the language of the site.
_NO_NAMES = (
    *("reserved", "booked", "booking", "reservation", "busy", "occupied", "guest"),
    *("reserviert", "belegt", "gebucht", "buchung", "gast", "réservé", "réservation"),
    *("reservado", "reserva", "ocupado", "prenotato", "prenotazione", "riservato"),
    *("gereserveerd", "bezet", "geboekt", "zarezerwowane", "rezerwacja", "已预订"),
)
# So many events with one title and description: the feed calls everything so.
_SAME_FOR_ALL = 3
# That so many bookings got other uids, and no other one kept its own, is no chance.
_NO_CHANCE = 2

type _Key = tuple[str | None, str | None]
type _Content = tuple[object, ...]
type _Index = defaultdict[_Content, dict[str, Booking]]


@dataclass(frozen=True, slots=True)
class _Scene:
    """What identity is judged by: the time, the lock's zone, titles that name nobody.

    uids_count: whether the feed's uids tell anything.
    """

    now: datetime
    zone: tzinfo
    common: frozenset[_Content]
    uids_count: bool = True

    def key(self, thing: FeedEvent | Booking) -> _Key:
        """Return by what a thing is known, besides what it says."""
        return _key(thing) if self.uids_count else (None, None)

    def key_and_content(self, thing: FeedEvent | Booking) -> _Content:
        """Return by what a thing is known, with what it says."""
        return *self.key(thing), *_content(thing)

    def names_nobody(self, event: FeedEvent) -> bool:
        if details_of(event) == "" and _is_general(event.title):
            return True
        return (plain(event.title), details_of(event)) in self.common

    def span(self, thing: FeedEvent | Booking) -> tuple[datetime, datetime]:
        return own_span(thing.start, thing.end, self.zone)

    def has_begun(self, booking: Booking) -> bool:
        return self.span(booking)[0] <= self.now

    def overlap(self, booking: Booking, event: FeedEvent) -> bool:
        (start, end), (new_start, new_end) = self.span(booking), self.span(event)
        return start < new_end and new_start < end


# Site names stand beside such titles: "Airbnb (Reserved)".
_WORDS = frozenset(
    {*_NO_NAMES, "airbnb", "vrbo", "com", "ical", "guests", "nights", "night"}
)
# So many digits in a title are a booking's number.
_NUMBER = 4


def recognise(
    memory: GuestMemory, events: Sequence[FeedEvent], now: datetime, zone: tzinfo
) -> tuple[GuestMemory, Mapping[str, FeedEvent]]:
    """Return the bookings as a reading shows them, and the event of each that it shows.

    The others stay as they are: what it means that they are missing is for
    booking_feed.py.
    """
    events = sorted(events, key=_order)
    as_before = _there_under_other_uids(memory.bookings.values(), events)
    scene = _Scene(
        now,
        zone,
        _common_titles(events),
        uids_count=len(as_before) < _NO_CHANCE
        and not any(booking.renamed for booking in as_before.values()),
    )
    left = _Left(memory.bookings.values(), scene)
    found: list[tuple[FeedEvent, Booking | None]] = []
    uids = Counter(scene.key(event) for event in events)
    texts = Counter(scene.key_and_content(event) for event in events)
    # Who is there unchanged is found first: nobody else can be that one.
    rest = []
    for event in events:
        booking = _unchanged(event, left)
        if booking is None:
            rest.append(event)
        else:
            found.append((event, left.take(booking)))
    for event in rest:
        key = scene.key(event)
        if key[0] is not None and uids[key] == 1:
            booking = _by_uid(event, left, scene)
        elif texts[scene.key_and_content(event)] == 1:
            booking = _by_content(event, left, scene)
        else:
            booking = None
        found.append((event, booking and left.take(booking)))
    return _with_new(memory, left.by_id, found, as_before)


class _Left:
    """The bookings for which no event was found yet, as events look for them."""

    def __init__(self, bookings: Iterable[Booking], scene: _Scene) -> None:
        self.by_id: dict[str, Booking] = {}
        self._scene = scene
        self._by_key: _Index = defaultdict(dict)
        self._by_content: _Index = defaultdict(dict)
        for booking in bookings:
            self.by_id[booking.id] = booking
            self._by_key[scene.key(booking)][booking.id] = booking
            self._by_content[scene.key_and_content(booking)][booking.id] = booking

    def with_key_of(self, event: FeedEvent) -> list[Booking]:
        return [*self._by_key[self._scene.key(event)].values()]

    def with_content_of(self, event: FeedEvent) -> list[Booking]:
        return [*self._by_content[self._scene.key_and_content(event)].values()]

    def take(self, booking: Booking) -> Booking:
        del self._by_key[self._scene.key(booking)][booking.id]
        del self._by_content[self._scene.key_and_content(booking)][booking.id]
        return self.by_id.pop(booking.id)


def _there_under_other_uids(
    bookings: Iterable[Booking], events: Iterable[FeedEvent]
) -> Mapping[_Content, Booking]:
    """Return the bookings that are there as they were, in a feed of which no uid is known.

    By what they say, from when until when; of several that say the same only one.
    """
    bookings = [each for each in bookings if each.uid is not None]
    told = {_key(event) for event in events if event.uid is not None}
    if not told or any(_key(booking) in told for booking in bookings):
        return {}
    there = {(_content(event), event.end) for event in events}
    return {
        (_content(booking), booking.end): booking
        for booking in sorted(bookings, key=_age)
        if not booking.gone and (_content(booking), booking.end) in there
    }


def _with_new(
    memory: GuestMemory,
    left: Mapping[str, Booking],
    found: Iterable[tuple[FeedEvent, Booking | None]],
    as_before: Mapping[_Content, Booking],
) -> tuple[GuestMemory, Mapping[str, FeedEvent]]:
    bookings, number = dict(memory.bookings), memory.last_number
    seen: dict[str, FeedEvent] = {}
    for event, booking in sorted(found, key=lambda pair: _order(pair[0])):
        if booking is None:
            number += 1
            booking = Booking(
                id=_new_id(event, bookings),
                number=number,
                title=event.title,
                details=details_of(event),
                start=event.start,
                end=event.end,
            )
        if (_content(event), event.end) in as_before:
            booking = replace(booking, renamed=True)
        bookings[booking.id] = booking.seen(event)
        seen[booking.id] = event
    known = replace(memory, bookings=_told_apart(bookings, left), last_number=number)
    return known, seen


def _unchanged(event: FeedEvent, left: _Left) -> Booking | None:
    same = [
        booking for booking in left.with_content_of(event) if booking.end == event.end
    ]
    return min(same, key=lambda known: (known.gone, *_age(known)), default=None)


def _by_uid(event: FeedEvent, left: _Left, scene: _Scene) -> Booking | None:
    same = [
        booking
        for booking in left.with_key_of(event)
        if _is_surely(booking, event, scene)
    ]
    return same[0] if len(same) == 1 else None


def _is_surely(booking: Booking, event: FeedEvent, scene: _Scene) -> bool:
    if scene.overlap(booking, event):
        return True
    if scene.has_begun(booking) or plain(booking.title) != plain(event.title):
        return False
    if event.recurrence_id is not None:
        return True  # all of a series are called the same, and none takes another's id
    if scene.names_nobody(event):
        return False
    return not _is_general(event.title) or booking.details == details_of(event)


def _is_general(title: str) -> bool:
    """Tell a title that names nobody: a long number in it would be somebody's."""
    text = plain(title).casefold()
    words = "".join(char if char.isalpha() else " " for char in text).split()
    has_number = sum(char.isdigit() for char in text) >= _NUMBER
    return not has_number and all(word in _WORDS for word in words)


def _by_content(event: FeedEvent, left: _Left, scene: _Scene) -> Booking | None:
    same = left.with_content_of(event)
    if len(same) != 1:
        return None
    if scene.names_nobody(event) and not scene.has_begun(same[0]):
        return None
    return same[0]


def _common_titles(events: Iterable[FeedEvent]) -> frozenset[_Content]:
    starts: defaultdict[_Content, set[object]] = defaultdict(set)
    for event in events:
        starts[plain(event.title), details_of(event)].add(event.start)
    return frozenset(
        title for title, found in starts.items() if len(found) >= _SAME_FOR_ALL
    )


def _told_apart(
    bookings: dict[str, Booking], left: Collection[str]
) -> dict[str, Booking]:
    """Give codes that would have the same name and times names of their own.

    At Tuya, two of the same name and window may both vanish.
    """
    taken: set[_Content] = set()
    for booking in sorted(bookings.values(), key=_age):
        if booking.id in left and booking.gone:
            continue
        while (who := _called(booking)) in taken:
            booking = replace(booking, suffix=booking.suffix + 1)
        taken.add(who)
        bookings[booking.id] = booking
    return bookings


def _called(booking: Booking) -> _Content:
    return code_name(booking), booking.start, booking.end


def _new_id(event: FeedEvent, bookings: Collection[str]) -> str:
    parts: list[object] = [event.uid, event.recurrence_id]
    if event.uid is None:
        parts += [*_content(event), event.end]
    for generation in range(len(bookings) + 1):
        text = repr([*map(str, parts), generation])
        new = hashlib.sha256(text.encode()).hexdigest()[:16]
        if new not in bookings:
            break
    return new


def _key(thing: FeedEvent | Booking) -> _Key:
    return thing.uid, thing.recurrence_id


def _content(thing: FeedEvent | Booking) -> _Content:
    details = thing.details if isinstance(thing, Booking) else details_of(thing)
    return plain(thing.title), details, thing.start


def _age(booking: Booking) -> tuple[int, str]:
    return booking.number, booking.id


def _order(event: FeedEvent) -> tuple[str, ...]:
    """Sort events by their contents alone: whatever order they are told in."""
    return (
        event.start.isoformat(),
        event.end.isoformat(),
        event.title,
        event.uid or "",
        event.recurrence_id or "",
        event.description,
        event.location,
    )
