"""The site where a rental is booked: guests book, and change their minds."""

from datetime import date, timedelta

from tests.rental import DAY, PATIENCE, Guest, Rental

# Names that come again; of one feed without uids each guest has one of their own.
_NAMES = (
    "Ann Smith",
    "Jürgen Groß",
    "张伟",
    "María José de la Cruz Vega",
    "O'Neill, Pat",
)


class Site:
    """Takes bookings of one rental and publishes what it has."""

    def __init__(self, rental: Rental) -> None:
        """Begin without bookings."""
        self._rental = rental
        self._rng = rental.rng

    def open(self) -> None:
        """Take the first bookings."""
        for _ in range(3):
            self._book_somehow()

    def act(self) -> None:
        """Let somebody do something."""
        rental, rng = self._rental, self._rng
        rental.read_mail()
        rental.publish()
        coming = rental.coming()
        if len(coming) < 4 or rng.random() < 0.2:
            self._book_somehow()
            return
        guest = rng.choice(coming)
        what = rng.random()
        if what < 0.25:
            self._cancel_or_leave(guest)
        elif what < 0.45 and rental.begin(guest) > rental.now:
            by = timedelta(days=rng.choice((-2, -1, 1, 2, 9)))
            if guest.first + by >= rental.today:
                self._move(guest, guest.first + by, guest.last + by)
        elif what < 0.6:
            self._rename(guest)
        else:
            nights = rng.choice((-1, 1, 1, 2))
            self._move(guest, guest.first, guest.last + nights * DAY)

    def _book_somehow(self) -> None:
        """Book some nights: soon or later, behind somebody, or on top of somebody."""
        rng, today = self._rng, self._rental.today
        others = [guest for guest in self._rental.coming() if guest.last > today]
        how = rng.random()
        first = today + timedelta(days=rng.choice((0, 0, 1, 2, 4, 12)))
        if others and how < 0.4:
            first = rng.choice(others).last
        elif others and how < 0.6:
            first = max(rng.choice(others).first + DAY, today)
        self._book(first, rng.choice((1, 1, 2, 3, 7)))

    def _book(self, first: date, nights: int) -> None:
        rental, last = self._rental, first + timedelta(days=nights)
        if self._is_doubtful(first, last):
            return
        rental.booked += 1
        name = self._name()
        now = rental.now
        guest = Guest(rental.booked, name, first, last, self._phone(), now, now)
        guest.over_at = rental.over(guest)
        rental.guests.append(guest)
        rental.publish()
        rental.counts["booked"] += 1

    def _is_doubtful(self, first: date, last: date, whose: Guest | None = None) -> bool:
        """Tell whether a feed would not show that this is somebody else's booking.

        Two with the same days are told apart by their messages, too.
        """
        for guest in self._rental.guests:
            if guest is whose:
                continue
            if (guest.first, guest.last) == (first, last) and not (
                guest.cancelled and self._rental.kind.tells_apart
            ):
                return True
            if guest.first == first and not self._rental.kind.tells_apart:
                if first <= self._rental.today + DAY:
                    return True
                guest.keeps = None
        return False

    def _name(self) -> str:
        rental = self._rental
        name = self._rng.choice(_NAMES)
        taken = sum(guest.name == name for guest in rental.coming())
        if rental.kind.uids and taken < 2:
            return name
        return f"{rental.name} guest {rental.booked}"

    def _phone(self) -> str:
        """Return the end of a phone number; now and then it is somebody else's, too."""
        others = self._rental.coming()
        if others and self._rng.random() < 0.15:
            self._rental.counts["same phone"] += 1
            return self._rng.choice(others).phone
        return f"{self._rng.randrange(10_000):04}"

    def _cancel_or_leave(self, guest: Guest) -> None:
        """Cancel a booking: it is gone from the feed, and others may take the days."""
        rental = self._rental
        if guest.last <= rental.today:
            return
        guest.cancelled, guest.changed_at = True, rental.now
        guest.over_at = rental.over(guest)
        rental.counts["cancelled"] += 1
        if rental.begin(guest) <= rental.now:
            rental.counts["left early"] += 1
        elif rental.kind.tells_apart and self._rng.random() < 0.4:
            rental.counts["booked again"] += 1
            self._book(guest.first, (guest.last - guest.first).days)
        rental.publish()

    def _rename(self, guest: Guest) -> None:
        """Give a booking another title; without uids it is another booking then."""
        rental = self._rental
        if not rental.kind.named:
            return
        guest.keeps = self._kept(guest) if rental.kind.uids else None
        guest.over_at = rental.over(guest)
        guest.name = f"{rental.counts['renamed']}. {guest.name.rpartition('. ')[2]}"
        self._changed(guest, "renamed")

    def _move(self, guest: Guest, first: date, last: date) -> None:
        """Give a guest other days."""
        rental, kind = self._rental, self._rental.kind
        if last <= max(first, rental.today) or self._is_doubtful(first, last, guest):
            return
        if kind.forgets and last < guest.last and last <= rental.today + 3 * DAY:
            return  # nobody could tell that from a cancellation
        has_begun = rental.begin(guest) <= rental.now
        # Without uids and names, the start alone tells guests apart once they are here.
        alone = not guest.has_moved and all(
            other is guest or other.first != guest.first for other in rental.guests
        )
        overlap = first < guest.last and guest.first < last
        is_far = guest.first > rental.today + DAY
        is_sure = (
            (kind.uids and overlap)
            or (kind.uids and kind.named and is_far)
            or (first == guest.first and (kind.named or (has_begun and alone)))
        )
        guest.keeps = self._kept(guest) if is_sure else None
        guest.has_moved, guest.over_at = True, rental.over(guest)
        guest.first, guest.last = first, last
        self._changed(guest, "moved")

    def _kept(self, guest: Guest) -> dict[str, str] | None:
        """Return the digits that a guest has, if all is known that happened so far.

        They are erased when their code ends, which may be before the change is heard of.
        """
        rental = self._rental
        rental.read_mail()
        is_known = rental.is_settled(guest.changed_at) and guest.digits
        is_in_time = rental.now + PATIENCE < rental.closes(guest)
        return dict(guest.digits) if is_known and is_in_time else None

    def _changed(self, guest: Guest, what: str) -> None:
        rental = self._rental
        guest.changed_at = rental.now
        rental.publish()
        rental.counts[what] += 1
