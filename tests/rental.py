"""A rental that is booked for months: its feed, its guests, and what its keypad has seen.

What is true is kept apart from what the feed says and from what Home Assistant made of
it: who stays when, and which digits each guest was told.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
import random
from typing import Any
from zoneinfo import ZoneInfo

from homeassistant.components.calendar import CalendarEvent

from simulator.locks.codes import StoredCode
from simulator.locks.family import Carrier
from simulator.locks.keypad import type_code
from simulator.locks.lock import Lock
from tests.guesthouse import Feed, Phone

CHECK_IN, CHECK_OUT = time(16), time(10)
BEFORE, AFTER = timedelta(minutes=15), timedelta(minutes=30)
LEAD = timedelta(hours=72)
# So long everything that happens may take to be known and done, if all is in reach.
PATIENCE = timedelta(minutes=50)
MESSAGE = (
    "{{ guest }}|{{ code }}|{{ check_in.isoformat() }}|{{ check_out.isoformat() }}"
)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a feed tells: uids, names, times of day."""

    uids: bool
    named: bool
    all_day: bool

    @property
    def moves_are_sure(self) -> bool:
        """Return whether a guest who moves to other days keeps the digits."""
        return self.uids and self.named


@dataclass(eq=False, slots=True)
class Guest:
    """Somebody who booked; `changed_at` is when that was last made otherwise."""

    number: int
    name: str
    first: date
    last: date
    changed_at: datetime
    digits: str | None = None
    told: list[str] = field(default_factory=list)
    cancelled: bool = False
    has_moved: bool = False
    # Whatever the feed says next, these digits must stay: nothing is in doubt.
    keeps: str | None = None


@dataclass(eq=False)
class Rental:
    """One flat with a lock, a feed and a phone."""

    name: str
    kind: Kind
    lock: Lock
    zone: ZoneInfo
    rng: random.Random
    feed: Feed = field(default_factory=Feed)
    phone: Phone = field(default_factory=Phone)
    guests: list[Guest] = field(default_factory=list)
    outages: list[tuple[datetime, datetime | None]] = field(default_factory=list)
    wakes: list[datetime] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    read_messages: int = 0
    is_silent: bool = False  # the calendar says that there is nothing in it
    _outages: int = 0
    booked: int = 0

    @property
    def entity_id(self) -> str:
        """Return what the calendar is called."""
        return f"calendar.{self.name}"

    def rules(self) -> dict[str, Any]:
        """Return what the guest calendar's form stores."""
        timed = self.kind.all_day
        return {
            "calendar": self.entity_id,
            "locks": [self.lock.id],
            "check_in": CHECK_IN.isoformat() if timed else None,
            "check_out": CHECK_OUT.isoformat() if timed else None,
            "before": BEFORE // timedelta(minutes=1),
            "after": AFTER // timedelta(minutes=1),
            "lead": LEAD // timedelta(hours=1),
            "notify": f"notify.{self.name}",
            "message": MESSAGE,
        }

    @property
    def now(self) -> datetime:
        """Return the time at the lock."""
        return datetime.fromtimestamp(self.lock.now, UTC)

    def count(self, what: str) -> None:
        """Count what happened, to know that enough did."""
        self.counts[what] += 1

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

    # What the site does

    def book(self, first: date, nights: int) -> Guest | None:
        """Book some nights; nobody books exactly what somebody else has."""
        last = first + timedelta(days=nights)
        if any((g.first, g.last) == (first, last) for g in self.guests):
            return None
        self.booked += 1
        name = f"{self.name} guest {self.booked}"
        guest = Guest(self.booked, name, first, last, self.now)
        self.guests.append(guest)
        self.publish()
        self.count("booked")
        return guest

    def cancel(self, guest: Guest) -> None:
        """Cancel a booking: it is gone from the feed."""
        guest.cancelled, guest.changed_at = True, self.now
        self.publish()
        self.count("cancelled")

    def move(self, guest: Guest, first: date, last: date) -> None:
        """Give a guest other days."""
        others = [g for g in self.guests if g is not guest]
        if any((g.first, g.last) == (first, last) for g in others):
            return
        started = self.begin(guest) <= self.now
        overlap = first < guest.last and guest.first < last
        # Without uids and names, the start alone tells guests apart once they are here.
        alone = not guest.has_moved and all(g.first != guest.first for g in others)
        sure = (
            (self.kind.uids and overlap)
            or (self.kind.moves_are_sure and not started)
            or (first == guest.first and (self.kind.named or (started and alone)))
        )
        guest.has_moved = True
        guest.keeps = guest.digits if sure and first != guest.last else None
        guest.first, guest.last, guest.changed_at = first, last, self.now
        self.publish()
        self.count("moved")

    def publish(self) -> None:
        """Write the feed: whoever left is gone from it, and some days are blocked."""
        if self.is_silent:
            return
        far = (self.now + timedelta(days=200)).date()
        self.feed.events = [
            *(
                self._event(guest)
                for guest in self.guests
                if not guest.cancelled and self.end(guest) > self.now
            ),
            CalendarEvent(far, far + timedelta(days=9), "Not available", uid="blocked"),
        ]
        self.rng.shuffle(self.feed.events)

    def _event(self, guest: Guest) -> CalendarEvent:
        start: date | datetime = guest.first
        end: date | datetime = guest.last
        if not self.kind.all_day:
            start = datetime.combine(guest.first, CHECK_IN, self.zone)
            end = datetime.combine(guest.last, CHECK_OUT, self.zone)
        return CalendarEvent(
            start=start,
            end=end,
            summary=guest.name if self.kind.named else "Reserved",
            uid=f"{guest.number}@site" if self.kind.uids else None,
        )

    # What is true

    def begin(self, guest: Guest) -> datetime:
        """Return when a guest may come."""
        return datetime.combine(guest.first, CHECK_IN, self.zone).astimezone(UTC)

    def end(self, guest: Guest) -> datetime:
        """Return when a guest has to go."""
        return datetime.combine(guest.last, CHECK_OUT, self.zone).astimezone(UTC)

    def is_settled(self, since: datetime) -> bool:
        """Tell whether what happened then must be known and done by now."""
        for start, end in self.outages:
            if start < since + PATIENCE and (end is None or end > since):
                if end is None:
                    return False
                # What failed meanwhile is tried again ever more rarely.
                since = end + 2 * (end - start)
        if self.now < since + PATIENCE:
            return False
        if self.lock.traits.carrier is not Carrier.WAKE:
            return True
        return any(since + PATIENCE <= wake for wake in self.wakes)

    def read_mail(self) -> None:
        """Give each guest the digits that were sent to them."""
        new = self.phone.messages[self.read_messages :]
        self.read_messages += len(new)
        for message in new:
            name, digits, begin, end = message.split("|")
            span = datetime.fromisoformat(begin), datetime.fromisoformat(end)
            for guest in self.guests:
                if (self.begin(guest), self.end(guest)) == span and (
                    name in {guest.name, "Reserved"}
                ):
                    guest.told.append(digits)
                    guest.digits = digits
                    break
            else:
                # Somebody who has changed plans since, and is told again.
                self.count("message to nobody")

    def check(self) -> None:
        """Hold what the keypad does now against who is here."""
        self.read_mail()
        here = [
            guest
            for guest in self.guests
            if not guest.cancelled
            and self.begin(guest) - BEFORE <= self.now < self.end(guest) + AFTER
        ]
        for guest in here:
            since = max(guest.changed_at, self.begin(guest) - BEFORE - LEAD)
            if self.is_settled(since):
                self._check_in(guest)
        unsettled = [g for g in self.guests if not self.is_settled(g.changed_at)]
        if not unsettled:
            self._check_nobody_else(here)

    def _check_in(self, guest: Guest) -> None:
        self.count("visits")
        if guest.digits is None:
            self.complain("has no digits", guest)
        elif not type_code(self.lock, guest.digits).opened:
            self.complain("stands before the door", guest)
        elif guest.keeps is not None and guest.keeps != guest.digits:
            self.complain("got other digits, though nothing was in doubt", guest)

    def _check_nobody_else(self, here: list[Guest]) -> None:
        self.count("audits")
        allowed = {guest.digits for guest in here}
        for stored in self._open_codes():
            if stored.digits not in allowed:
                whose = [g for g in self.guests if stored.digits in g.told]
                self.complain(f"may enter by {stored}", *whose)
        for guest in self.guests:
            gone = guest.cancelled or self.end(guest) + AFTER <= self.now
            if gone and guest.digits and guest.digits not in allowed:
                self.count("shut out")
                if type_code(self.lock, guest.digits).opened:
                    self.complain("still gets in", guest)

    def _open_codes(self) -> list[StoredCode]:
        own = self.lock.own_time(self.lock.now)
        return [
            code
            for code in self.lock.codes.values()
            if code.refusal(own, self.lock.device.time_zone) is None
        ]

    def complain(self, what: str, *guests: Guest) -> None:
        """Note what should not have happened."""
        who = ", ".join(map(str, guests)) or "nobody known"
        self.complaints.append(f"{self.now:%m-%d %H:%M} {self.name}: {who} {what}")
