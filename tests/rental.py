"""A rental that is booked for months: what its guests want, and what its feed says of it.

What is true is kept apart from what the feed says and from what Home Assistant made of
it: who stays when, and which digits each guest was told.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
import json
import random
from typing import Any
from zoneinfo import ZoneInfo

from homeassistant.components.calendar import CalendarEvent

from simulator.locks.family import Carrier
from simulator.locks.lock import Lock
from tests.guesthouse import Feed, Phone

DAY = timedelta(days=1)
# So long everything that happens may take to be known and done, if all is in reach.
PATIENCE = timedelta(minutes=50)
# What is so long ago matters to nobody any more.
LONG_AGO = timedelta(days=12)
PHONE = r"Digits\D+(\d{4})"
MESSAGE = (
    "{{ guest }}|{{ codes | to_json }}|"
    "{{ check_in.isoformat() }}|{{ check_out.isoformat() }}"
)

type _Plan = tuple[str, datetime, datetime]


@dataclass(frozen=True, slots=True)
class Kind:
    """What a feed tells, and what its host has set.

    uids, named, all_day: what the feed has; without names all are "Reserved", and events
        that aren't all-day say the times of day themselves.
    forgets: an all-day event is gone once its last day has begun.
    phones: the feed has the last digits of phones, and codes are made of them.
    """

    uids: bool
    named: bool
    all_day: bool
    forgets: bool = False
    phones: bool = False
    check_in: time = time(16)
    check_out: time = time(10)
    before: timedelta = timedelta(minutes=15)
    after: timedelta = timedelta(minutes=30)
    lead: timedelta = timedelta(hours=72)

    @property
    def tells_apart(self) -> bool:
        """Return whether two guests for the same days are two in the feed."""
        return self.uids or self.named


@dataclass(eq=False, slots=True)
class Guest:
    """Somebody who booked; `changed_at` is when that was last made otherwise.

    over_at: when the event that the feed had before the last change was over.
    digits: what was told last, by the names of the locks. told: all that ever was.
    keeps: whatever the feed says next, these digits must stay, since nothing is in doubt.
    plans: the names and stays that the feed ever had of them; messages may be late.
    """

    number: int
    name: str
    first: date
    last: date
    phone: str
    changed_at: datetime
    over_at: datetime
    digits: dict[str, str] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    cancelled: bool = False
    has_moved: bool = False
    keeps: dict[str, str] | None = None
    plans: set[_Plan] = field(default_factory=set)


@dataclass(eq=False)
class Rental:
    """One flat with its locks, a feed and a phone."""

    name: str
    kind: Kind
    locks: tuple[Lock, ...]
    zone: ZoneInfo
    rng: random.Random
    feed: Feed = field(default_factory=Feed)
    phone: Phone = field(default_factory=Phone)
    guests: list[Guest] = field(default_factory=list)
    outages: list[tuple[datetime, datetime | None]] = field(default_factory=list)
    wakes: dict[str, list[datetime]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    is_silent: bool = False  # the calendar says that there is nothing in it
    booked: int = 0
    _outages: int = 0
    _read_messages: int = 0

    def rules(self) -> dict[str, Any]:
        """Return what the guest calendar's form stores."""
        kind = self.kind
        minute, hour = timedelta(minutes=1), timedelta(hours=1)
        return {
            "calendar": f"calendar.{self.name}",
            "locks": [lock.id for lock in self.locks],
            "before": kind.before // minute,
            "after": kind.after // minute,
            "lead": kind.lead // hour,
            "notify": f"notify.{self.name}",
            "message": MESSAGE,
            **(
                {
                    "check_in": kind.check_in.isoformat(),
                    "check_out": kind.check_out.isoformat(),
                }
                if kind.all_day
                else {}
            ),
            **({"digits_from": "pattern", "pattern": PHONE} if kind.phones else {}),
        }

    @property
    def now(self) -> datetime:
        """Return the time at the locks."""
        return datetime.fromtimestamp(self.locks[0].now, UTC)

    @property
    def today(self) -> date:
        """Return the day at the locks."""
        return self.now.astimezone(self.zone).date()

    # What is true

    def begin(self, guest: Guest) -> datetime:
        """Return when a guest may come; an hour that comes twice begins with the first."""
        return min(self._moments(guest.first, self.kind.check_in))

    def end(self, guest: Guest) -> datetime:
        """Return when a guest has to go."""
        return max(self._moments(guest.last, self.kind.check_out))

    def _moments(self, day: date, hour: time) -> list[datetime]:
        """Return what a time of day means; an event with one of its own says the first."""
        folds = (0, 1) if self.kind.all_day else (0,)
        naive = datetime.combine(day, hour)
        return [
            naive.replace(tzinfo=self.zone, fold=fold).astimezone(UTC) for fold in folds
        ]

    def over(self, guest: Guest) -> datetime:
        """Return when the feed may forget a guest: all-day events end at midnight."""
        if not self.kind.all_day:
            return self.end(guest)
        midnight = datetime.combine(guest.last, time(), self.zone)
        return min(midnight.astimezone(UTC), self.end(guest))

    def opens(self, guest: Guest) -> datetime:
        """Return from when on a guest's code has to open."""
        return self.begin(guest) - self.kind.before

    def closes(self, guest: Guest) -> datetime:
        """Return from when on it must not."""
        return self.end(guest) + self.kind.after

    def is_here(self, guest: Guest) -> bool:
        """Return whether a guest may enter now."""
        return not guest.cancelled and (
            self.opens(guest) <= self.now < self.closes(guest)
        )

    def coming(self) -> list[Guest]:
        """Return who has booked and has not left."""
        return [
            guest
            for guest in self.guests
            if not guest.cancelled and self.end(guest) > self.now
        ]

    # What the feed says

    def publish(self) -> None:
        """Write the feed: whoever left is gone from it, and some days are blocked."""
        if self.is_silent:
            return
        far = self.now.date() + timedelta(days=200)
        for guest in self.coming():
            guest.plans.add(self.plan(guest))
        self.feed.events = [
            *(
                self._event(guest)
                for guest in self.coming()
                if not self.kind.forgets or guest.last > self.today
            ),
            CalendarEvent(far, far + 9 * DAY, "Not available", uid="blocked"),
        ]
        self.rng.shuffle(self.feed.events)

    def _event(self, guest: Guest) -> CalendarEvent:
        start: date | datetime = guest.first
        end: date | datetime = guest.last
        if not self.kind.all_day:
            start, end = self.begin(guest), self.end(guest)
        phone = (
            f"https://site.test/{guest.number}\nPhone (Last 4 Digits): {guest.phone}"
        )
        return CalendarEvent(
            start=start,
            end=end,
            summary=guest.name if self.kind.named else "Reserved",
            description=phone if self.kind.phones else None,
            uid=f"{guest.number}@site" if self.kind.uids else None,
        )

    # What could be known

    def begin_outage(self) -> None:
        """Note that something is out of order."""
        if not self._outages:
            self.outages.append((self.now, None))
        self._outages += 1

    def end_outage(self) -> None:
        """Note that something is in order again."""
        self._outages -= 1
        if not self._outages:
            self.outages[-1] = self.outages[-1][0], self.now

    def was_out_of_order(self, since: datetime) -> bool:
        """Tell whether something was, while what happened then had to be done."""
        return any(
            start < since + PATIENCE and (end is None or end > since)
            for start, end in self.outages
        )

    def is_settled(self, since: datetime, at: datetime | None = None) -> bool:
        """Tell whether what happened then must be known and done by now, or by `at`."""
        now = at or self.now
        for start, end in self.outages:
            if start < min(since + PATIENCE, now) and (end is None or end > since):
                if end is None or end > now:
                    return False
                # What failed meanwhile is tried again ever more rarely.
                since = end + 2 * (end - start)
        return now >= since + PATIENCE and all(
            any(since + PATIENCE <= wake <= now for wake in self.wakes.get(lock.id, ()))
            for lock in self.locks
            if lock.traits.carrier is Carrier.WAKE
        )

    def forget(self) -> None:
        """Forget what is so long ago that it can't matter."""
        then = self.now - LONG_AGO
        self.guests = [
            guest
            for guest in self.guests
            if self.closes(guest) > then or guest.changed_at > then
        ]
        self.outages = [
            (start, end) for start, end in self.outages if not end or end > then
        ]
        for lock, wakes in self.wakes.items():
            self.wakes[lock] = [wake for wake in wakes if wake > then]

    def read_mail(self) -> None:
        """Give each guest the digits that were sent to them."""
        new = self.phone.messages[self._read_messages :]
        self._read_messages += len(new)
        for message in new:
            name, digits, begin, end = message.split("|")
            plan = name, datetime.fromisoformat(begin), datetime.fromisoformat(end)
            meant = [guest for guest in self.guests if plan in guest.plans]
            if not meant:
                self.counts["message to nobody"] += 1
                continue
            guest = max(
                meant,
                key=lambda guest: (
                    not guest.cancelled,
                    self.plan(guest) == plan,
                    guest.number,
                ),
            )
            guest.digits = json.loads(digits)
            guest.told.update(guest.digits.values())

    def plan(self, guest: Guest) -> _Plan:
        """Return what the feed has of a guest, as a message tells it."""
        name = guest.name if self.kind.named else "Reserved"
        return name, self.begin(guest), self.end(guest)
