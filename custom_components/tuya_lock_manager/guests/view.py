"""How a guest calendar stands, for those who look at it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo

from ..domain.booking_feed import has_ended
from ..domain.bookings import Stay, guest_of
from ..domain.guest_memory import Booking, GuestMemory, Sent, code_name
from ..domain.guest_rules import GuestRules
from ..domain.reconcile import Code, LockScene
from ..hub import LockHub
from .failures import Failure, Failures
from .shown import GuestCode, GuestProblem, GuestState, GuestTrouble
from .work import GuestWork

# From when a code that is not on its lock is a trouble: one that still may come of itself,
# and one that can't be had.
_LATE = timedelta(hours=1)
_LATE_IF_FAILING = timedelta(hours=12)
# For so long what was asked for just now may be on its way.
_ON_ITS_WAY = timedelta(minutes=10)
# A calendar that is silent, or empty, for a moment is no trouble.
_FEED_PATIENCE = timedelta(minutes=15)
_FAILS_TWICE = 2

_WORST_FIRST = (
    GuestCode.FAILED,
    GuestCode.PENDING,
    GuestCode.PLANNED,
    GuestCode.READY,
)


@dataclass(frozen=True, slots=True)
class GuestView:
    """What the state is made of.

    hubs: the locks of the guest calendar that the account has. feed_problem: what is the
    matter with the calendar, and why. shows_names: whether all users may read names.
    """

    rules: GuestRules
    memory: GuestMemory
    hubs: Collection[LockHub]
    work: GuestWork
    post_failures: Failures
    feed_problem: GuestProblem | None
    feed_reason: str | None
    shows_names: bool
    home_zone: tzinfo
    now: datetime
    _scenes: dict[str, LockScene] = field(init=False, default_factory=dict)
    _codes: dict[str, list[Code]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Look at each lock once."""
        for hub in self.hubs:
            self._scenes[hub.id] = self.work.scene(hub)
            self._codes[hub.id] = self.work.codes(hub)

    def state(self) -> GuestState:
        """Return how the guest calendar stands."""
        coming = sorted(
            (
                (self.stay(booking), booking)
                for booking in self.memory.bookings.values()
                if not booking.gone and self.now < self.stay(booking).check_out
            ),
            key=lambda pair: (pair[0].check_in, pair[1].number),
        )
        stay, booking = coming[0] if coming else (None, None)
        return GuestState(
            next_guest=self.label(booking) if booking else None,
            check_in=stay.check_in if stay else None,
            check_out=stay.check_out if stay else None,
            code=self._code(booking) if booking else None,
            bookings=len(coming),
            troubles=tuple(self._troubles()),
            feed_ok=self.feed_problem is None,
        )

    def label(self, booking: Booking) -> str:
        """Return who comes, as all users of the house may read it."""
        return guest_of(booking.title) if self.shows_names else str(booking.number)

    def stay(self, booking: Booking) -> Stay:
        """Return a stay by the clock of the first lock."""
        return self.scenes[0].stay(booking, self.rules)

    @property
    def scenes(self) -> list[LockScene]:
        """Return the locks as the rules see them; there is one even where there is none."""
        scenes = [self._scenes[hub.id] for hub in self._wanted_hubs]
        return scenes or [LockScene("", self.home_zone)]

    @property
    def _wanted_hubs(self) -> list[LockHub]:
        by_id = {hub.id: hub for hub in self.hubs}
        return [by_id[lock] for lock in self.rules.locks if lock in by_id]

    def _code(self, booking: Booking) -> GuestCode | None:
        found = {
            self._code_on(hub, booking)
            for hub in self._wanted_hubs
            if hub.id not in booking.dropped
        }
        return next((code for code in _WORST_FIRST if code in found), None)

    def _live(self, hub: LockHub, booking: Booking) -> Code | None:
        live = [
            code
            for code in self._codes[hub.id]
            if code.booking == booking.id and code.is_live(self.now)
        ]
        return max(
            live, key=lambda code: (code.is_as_asked, code.is_on_lock), default=None
        )

    def _code_on(self, hub: LockHub, booking: Booking) -> GuestCode:
        scene, code = self._scenes[hub.id], self._live(hub, booking)
        window = scene.stay(booking, self.rules).window
        if code is not None:
            return GuestCode.READY if code.is_as_asked else GuestCode.PENDING
        if (code_name(booking), window.start, window.end) in scene.twins:
            return GuestCode.READY
        if self.work.failures.find(booking.id, hub.id) or any(
            code.booking == booking.id and code.is_refused(self.now)
            for code in self._codes[hub.id]
        ):
            return GuestCode.FAILED
        first = window.start if not scene.has_online else window.start - self.rules.lead
        return GuestCode.PLANNED if self.now < first else GuestCode.PENDING

    def _troubles(self) -> Iterator[GuestTrouble]:
        yield from self._about_feed()
        for lock in self.rules.locks:
            if lock not in {hub.id for hub in self.hubs}:
                yield GuestTrouble(GuestProblem.LOCK_MISSING, lock, lock=lock)
        for booking in self.memory.bookings.values():
            yield from self._about_codes(booking)
            yield from self._about_message(booking)

    def _about_feed(self) -> Iterator[GuestTrouble]:
        failing, empty = self.memory.failing_since, self.memory.empty_since
        if self.feed_problem is not None and failing is not None:
            is_missing = self.feed_problem is GuestProblem.CALENDAR_MISSING
            if is_missing or self.now - failing >= _FEED_PATIENCE:
                yield GuestTrouble(self.feed_problem, reason=self.feed_reason)
        elif empty is not None and self.now - empty >= _FEED_PATIENCE:
            zone = self.scenes[0].zone
            if any(
                not booking.gone and not has_ended(booking, self.rules, self.now, zone)
                for booking in self.memory.bookings.values()
            ):
                yield GuestTrouble(GuestProblem.FEED_EMPTY)

    def _about_codes(self, booking: Booking) -> Iterator[GuestTrouble]:
        for hub in self.hubs:
            failure = self.work.failures.find(booking.id, hub.id)
            code = self._live(hub, booking)
            if booking.gone or hub.id not in self.rules.locks:
                if code is not None and (failure or not code.is_custom):
                    yield self._trouble(GuestProblem.CODE_STAYS, booking, hub, failure)
            elif self._is_late(hub, booking, code, failure):
                yield self._trouble(GuestProblem.NOT_READY, booking, hub, failure)
        if booking.random_because and booking.made and not booking.gone:
            yield GuestTrouble(
                GuestProblem.RANDOM_DIGITS,
                booking.id,
                self.label(booking),
                check_in=self.stay(booking).check_in,
                reason=booking.random_because,
            )

    def _is_late(
        self,
        hub: LockHub,
        booking: Booking,
        code: Code | None,
        failure: Failure | None,
    ) -> bool:
        scene = self._scenes[hub.id]
        window = scene.stay(booking, self.rules).window
        if booking.is_missing or hub.id in booking.dropped or self.now >= window.end:
            return False
        stands = self._code_on(hub, booking)
        if stands in {GuestCode.READY, GuestCode.PLANNED}:
            return False
        if (
            code is not None
            and self.now < code.asked_at + _ON_ITS_WAY
            and not self.work.was_refused(booking.id, hub.id)
        ):
            return False
        fails = failure is not None and failure.times >= _FAILS_TWICE
        late = _LATE_IF_FAILING if fails else _LATE
        closed_from = window.start
        if code is not None and code.is_on_lock:
            found = code.closed_from(window, self.now)
            if found is None:
                return False
            closed_from = found
        return self.now >= closed_from - late

    def _about_message(self, booking: Booking) -> Iterator[GuestTrouble]:
        failure = self.post_failures.find(booking.id, "")
        if booking.gone or self.now >= self.stay(booking).window.end:
            return
        if failure is not None or booking.sent is Sent.UNSURE:
            yield GuestTrouble(
                GuestProblem.NOT_SENT,
                booking.id,
                self.label(booking),
                check_in=self.stay(booking).check_in,
                reason=failure.reason if failure else None,
            )

    def _trouble(
        self,
        problem: GuestProblem,
        booking: Booking,
        hub: LockHub,
        failure: Failure | None,
    ) -> GuestTrouble:
        return GuestTrouble(
            problem,
            f"{booking.id}_{hub.id}",
            self.label(booking),
            hub.name,
            self.stay(booking).check_in,
            failure.reason if failure else None,
        )

    def moments(self) -> Iterator[datetime]:
        """Yield when something may be due: what has passed is among them."""
        yield from self.work.failures.moments
        yield from self.post_failures.moments
        for booking in self.memory.bookings.values():
            for scene in self.scenes:
                window = scene.stay(booking, self.rules).window
                yield window.start - self.rules.lead
                yield window.start - _LATE
                yield window.start
                yield window.end
