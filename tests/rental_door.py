"""A door of rentals: its keypad is held against who may enter."""

from datetime import UTC, datetime, timedelta
import random

from simulator.locks.codes import StoredCode
from simulator.locks.keypad import type_code
from simulator.locks.lock import Lock
from tests.rental import DAY, Guest, Rental

_SECOND = timedelta(seconds=1)
# How often what would open is also typed.
_TYPED = 0.1
# Names of codes are cut, and those of the same name numbered.
_TOLD_APART = 12


class Door:
    """One lock, and the rentals whose guests come through it."""

    def __init__(self, lock: Lock, rentals: list[Rental], rng: random.Random) -> None:
        """Begin with nothing to complain of."""
        self.lock = lock
        self.rentals = rentals
        self.complaints: list[str] = []
        self._rng = rng

    @property
    def now(self) -> datetime:
        """Return the time at the lock."""
        return datetime.fromtimestamp(self.lock.now, UTC)

    def next_edge(self) -> datetime | None:
        """Return the next moment just before or behind an end of a stay."""
        return min(
            (
                moment + offset
                for rental in self.rentals
                for guest in rental.guests
                for moment in (rental.opens(guest), rental.closes(guest))
                for offset in (-_SECOND, _SECOND)
                if moment + offset > self.now
            ),
            default=None,
        )

    def check(self) -> None:
        """Hold what the keypad does now against who is here."""
        for rental in self.rentals:
            rental.read_mail()
            rental.forget()
        guests = [(rental, g) for rental in self.rentals for g in rental.guests]
        here = [(rental, guest) for rental, guest in guests if rental.is_here(guest)]
        for rental, guest in here:
            opened = rental.opens(guest)
            if rental.is_settled(max(guest.changed_at, opened - rental.kind.lead)):
                self._let_in(rental, guest)
            else:
                rental.counts["not judged"] += 1
        allowed = {guest.digits.get(self.lock.device.name) for _, guest in here}
        for stored in self._open_codes():
            if stored.digits not in allowed:
                self._judge_stranger(stored, guests)
        self._shut_out(guests, allowed)

    def _let_in(self, rental: Rental, guest: Guest) -> None:
        rental.counts["visits"] += 1
        digits = guest.digits.get(self.lock.device.name)
        if digits is None:
            self._complain("has no digits", guest)
            return
        stored = self._opens(digits)
        if stored is None:
            self._complain("stands before the door", guest)
            return
        is_sure = not rental.was_out_of_order(guest.changed_at)
        if guest.keeps is not None and is_sure and guest.keeps != guest.digits:
            self._complain("got other digits, though nothing was in doubt", guest)
        known = self.lock.book.live.get(stored.password_id)
        name = rental.plan(guest)[0][:_TOLD_APART]
        if known is None or not known.name.startswith(name):
            self._complain(f"has a code called {known and known.name}", guest)
        if rental.kind.phones:
            own = (guest.phone * 2)[: len(digits)]
            rental.counts["by phone" if digits == own else "not by phone"] += 1

    def _opens(self, digits: str) -> StoredCode | None:
        """Return the code by which digits open the door, as its keypad has it.

        Each use is a record, which all is the slower for: not all of them are typed.
        """
        found = [code for code in self._open_codes() if code.digits == digits]
        if self._rng.random() < _TYPED:
            self.rentals[0].counts["typed"] += 1
            assert type_code(self.lock, digits).opened is bool(found)
        return found[0] if found else None

    def _judge_stranger(
        self, stored: StoredCode, guests: list[tuple[Rental, Guest]]
    ) -> None:
        """Judge a code that opens and is not of anybody who is here."""
        owners = [pair for pair in guests if stored.digits in pair[1].told]
        # What nobody was told yet is a code of somebody about whom not all is known.
        if all(_is_known(rental, guest) for rental, guest in owners or guests):
            self._complain(f"may enter by {stored}", *(guest for _, guest in owners))
        else:
            self.rentals[0].counts["stranger not judged"] += 1

    def _shut_out(
        self, guests: list[tuple[Rental, Guest]], allowed: set[str | None]
    ) -> None:
        """Have who left, or never came, and somebody with wrong digits try."""
        self.rentals[0].counts["audits"] += 1
        left = [
            (rental, guest)
            for rental, guest in guests
            if not rental.is_here(guest) and _is_known(rental, guest)
        ]
        # Guests with one phone have one code after the other: it is judged by the last.
        unclear = {
            digits
            for rental, guest in guests
            if not _is_known(rental, guest)
            for digits in guest.told
        }
        for rental, guest in left:
            digits = guest.digits.get(self.lock.device.name)
            if digits and digits not in allowed | unclear:
                rental.counts["shut out"] += 1
                if self._opens(digits):
                    self._complain("gets in, but is not here", guest)
        wrong = f"{self._rng.randrange(10**self.lock.code_length)}"
        wrong = wrong.zfill(self.lock.code_length)
        known = {stored.digits for stored in self._open_codes()}
        if wrong not in known and self._opens(wrong):
            self._complain(f"is let in by {wrong}")

    def _open_codes(self) -> list[StoredCode]:
        own = self.lock.own_time(self.lock.now)
        return [
            code
            for code in self.lock.codes.values()
            if code.refusal(own, self.lock.device.time_zone) is None
        ]

    def _complain(self, what: str, *guests: Guest) -> None:
        """Note what should not have happened."""
        who = ", ".join(map(str, guests)) or "nobody known"
        name = self.lock.device.name
        self.complaints.append(f"{self.now:%m-%d %H:%M:%S} {name}: {who} {what}")


def _is_known(rental: Rental, guest: Guest) -> bool:
    """Tell whether all that a guest did must be known and done by now.

    An event that is gone once it was over is no cancellation, nor another booking: if it
    was not known by then, the code is left to expire, which is within a day.
    """
    if not rental.is_settled(guest.changed_at):
        return False
    over = min(guest.over_at, rental.over(guest))
    if not over <= rental.now < over + DAY:
        return True
    return rental.is_settled(guest.changed_at, over)
