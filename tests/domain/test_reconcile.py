"""Desired codes against those that are there, over any history of a feed."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given, settings, strategies as st

from custom_components.tuya_lock_manager.domain.booking_feed import not_read, read
from custom_components.tuya_lock_manager.domain.bookings import FeedEvent
from custom_components.tuya_lock_manager.domain.guest_memory import GuestMemory
from custom_components.tuya_lock_manager.domain.guest_rules import GuestRules
from custom_components.tuya_lock_manager.domain.passwords import PasswordStatus
from custom_components.tuya_lock_manager.domain.reconcile import (
    Code,
    LockScene,
    Step,
    StepKind,
    steps_for,
)

RULES = GuestRules(
    calendar="calendar.flat",
    locks=("lock",),
    before=timedelta(minutes=30),
    after=timedelta(hours=1),
    lead=timedelta(hours=48),
)
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
SCENE = LockScene("lock", UTC)
FOREIGN = Code(
    id="99",
    booking="of an old backup",
    name="Ada",
    start=NOW,
    end=NOW + timedelta(days=30),
    status=PasswordStatus.ACTIVE,
    asked_at=NOW,
)


@dataclass(slots=True)
class Guest:
    """Somebody who books, and what the feed says of it."""

    name: str
    uid: str | None
    start: datetime
    end: datetime

    def event(self, title: str | None) -> FeedEvent:
        """Return what stands in the calendar; some feeds call everybody the same."""
        return FeedEvent(title or self.name, self.start, self.end, uid=self.uid)


@dataclass(slots=True)
class House:
    """A lock, a feed, and what was made; digits are told apart by their numbers."""

    title: str | None
    uids: bool
    now: datetime = NOW
    memory: GuestMemory = field(default_factory=GuestMemory)
    guests: list[Guest] = field(default_factory=list)
    codes: dict[str, Code] = field(default_factory=lambda: {FOREIGN.id: FOREIGN})
    # Whose digits a code has: the first guest who had it.
    owners: dict[str, Guest] = field(default_factory=dict)
    booked: int = 0

    def book(self, start: int, hours: int) -> None:
        """Book a stay; nobody books the very same hours as somebody before."""
        self.booked += 1
        begin = NOW + timedelta(hours=start)
        end = begin + timedelta(hours=hours, seconds=self.booked)
        uid = str(self.booked) if self.uids else None
        self.guests.append(Guest(f"Visitor no. {self.booked}", uid, begin, end))

    def replace(self, guest: Guest, hours: int) -> None:
        """Let somebody else have what made a guest's event out: its start, or its uid."""
        self.guests.remove(guest)
        self.book(1, hours)
        other = self.guests[-1]
        length = other.end - other.start
        if self.uids:
            other.uid = guest.uid
        other.start = guest.end if self.uids else guest.start
        other.end = other.start + length

    def events(self, rng: Random) -> list[FeedEvent]:
        """Return the feed in some order."""
        events = [guest.event(self.title) for guest in self.guests]
        rng.shuffle(events)
        return events

    def read(self, events: Sequence[FeedEvent]) -> None:
        """Take in a reading, as a restart in between would have it, too."""
        before = GuestMemory.from_dict(self.memory.to_dict())
        self.memory, seen = read(before, events, RULES, self.now, UTC)
        again, _ = read(self.memory, events[::-1], RULES, self.now, UTC)
        assert again == self.memory
        for booking_id, event in seen.items():
            for guest in self.guests:
                if guest.event(self.title) == event:
                    self.check_owner(booking_id, guest)

    def check_owner(self, booking_id: str, guest: Guest) -> None:
        """Nobody gets digits that somebody else has had."""
        for code in self.codes.values():
            if code.booking == booking_id and code.id in self.owners:
                if code.is_live(self.now):
                    assert self.owners[code.id] is guest

    def owner(self, step: Step) -> Guest | None:
        """Return who the booking of a step is."""
        for guest in self.guests:
            event = guest.event(self.title)
            booking = step.booking
            if (booking.start, booking.end, booking.title, booking.uid) == (
                event.start,
                event.end,
                event.title,
                event.uid,
            ):
                return guest
        return None

    def steps(self) -> list[Step]:
        """Return what is to be done."""
        bookings = list(self.memory.bookings.values())
        steps = steps_for(bookings, list(self.codes.values()), RULES, SCENE, self.now)
        shuffled = list(self.codes.values())[::-1]
        assert steps == steps_for(bookings[::-1], shuffled, RULES, SCENE, self.now)
        return steps

    def work_off(self) -> list[Step]:
        """Do it, and look again: there is nothing left to do."""
        steps = self.steps()
        for step in steps:
            self.do(step)
        assert self.steps() == []
        return steps

    def do(self, step: Step) -> None:
        """Do one thing as the lock would."""
        code, number = step.code, str(len(self.codes) + 100)
        assert code != FOREIGN
        if step.kind is StepKind.MAKE:
            owner = self.owner(step)
            if owner is not None:
                self.owners[number] = owner
            self.codes[number] = Code(
                id=number,
                booking=step.booking.id,
                name=step.name,
                start=max(step.window.start, self.now),
                end=step.window.end,
                status=PasswordStatus.ACTIVE,
                asked_at=self.now,
            )
            made = {**step.booking.made, "lock": number}
        else:
            assert code is not None
            changed = (
                replace(code, removal_asked=True)
                if step.kind is StepKind.REMOVE
                else replace(code, name=step.name, end=step.window.end)
            )
            if step.kind is StepKind.CHANGE and step.window.start > self.now:
                changed = replace(changed, start=step.window.start)
            self.codes[code.id] = changed
            made = dict(step.booking.made)
            if step.kind is StepKind.REMOVE:
                made.pop("lock", None)
        known = self.memory.bookings[step.booking.id]
        self.memory = self.memory.having(replace(known, made=made))

    def check(self) -> None:
        """One code for each guest who is expected, and none that is another's."""
        live = [code for code in self.codes.values() if code.is_live(self.now)]
        ours = [code for code in live if code != FOREIGN]
        assert FOREIGN in live or self.now >= FOREIGN.end
        assert len({code.booking for code in ours}) == len(ours)

    @property
    def gone(self) -> set[str]:
        """Return the bookings that count as cancelled."""
        return {b.id for b in self.memory.bookings.values() if b.gone}

    def check_all(self) -> None:
        """After good readings, everybody who is due has a code, and nobody else."""
        ours = [
            code
            for code in self.codes.values()
            if code.is_live(self.now) and code != FOREIGN
        ]
        expected = {
            (max(guest.start, self.now), guest.end + RULES.after): guest
            for guest in self.guests
        }
        found = {(max(code.start + RULES.before, self.now), code.end) for code in ours}
        # Whose stay was over when it went from the feed is left to run out.
        stray = {
            (start, end)
            for start, end in found - expected.keys()
            if self.now < end - RULES.after
        }
        assert not stray
        due = {
            (start, end)
            for (start, end), guest in expected.items()
            if guest.start - RULES.before - RULES.lead <= self.now < end
        }
        assert due <= found


acts = st.lists(
    st.tuples(
        st.sampled_from(
            (
                "book",
                "book",
                "cancel",
                "replace",
                "extend",
                "move",
                "wait",
                "empty",
                "fail",
            )
        ),
        st.integers(1, 96),
        st.integers(2, 72),
    ),
    max_size=25,
)


@settings(deadline=None)
@given(
    acts=acts,
    title=st.sampled_from((None, None, "Reserved")),
    uids=st.booleans(),
    rng=st.randoms(use_true_random=False),
)
def test_any_history(
    acts: list[tuple[str, int, int]], title: str | None, uids: bool, rng: Random
) -> None:
    """Whatever a feed does, each guest has one code, and nobody has another's."""
    house, hour = House(title, uids), timedelta(hours=1)
    for what, first, second in acts:
        guest = rng.choice(house.guests) if house.guests else None
        begun = guest is not None and guest.start <= house.now
        ahead = int((house.now - NOW) / hour) + first
        if what == "book":
            house.book(ahead, second)
        elif guest is not None and what == "cancel":
            house.guests.remove(guest)
        elif guest is not None and what == "replace" and not begun:
            house.replace(guest, second)
        elif guest is not None and what == "extend":
            guest.end += second * hour
        elif guest is not None and what == "move" and not begun:
            guest.start, guest.end = (
                guest.start + first * hour,
                guest.end + first * hour,
            )
        elif what == "wait":
            house.now += first * timedelta(minutes=15)
        if what == "fail":
            house.memory = not_read(house.memory, house.now)
            house.work_off()
        elif what == "empty":
            gone = house.gone
            house.read([])
            since = house.memory.empty_since
            assert since is not None
            assert house.gone <= gone or house.now - since >= 24 * hour
        else:
            house.read(house.events(rng))
            house.work_off()
        house.check()
    far = FeedEvent("Far", house.now + 300 * hour, house.now + 301 * hour)
    for _ in range(2):
        house.now += timedelta(minutes=15)
        house.read([*house.events(rng), far])
        house.work_off()
    house.check_all()
