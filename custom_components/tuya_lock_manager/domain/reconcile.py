"""The codes that bookings want against those that are there: what is to be done.

It looks at one lock, and only at codes that carry a booking's reference: those made by
hand, from another Home Assistant, or from before an old backup was restored are never
touched. The same input always gives the same steps, and none once they were done.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

from .bookings import Stay, stay_of
from .guest_memory import Booking, code_name
from .guest_rules import GuestRules
from .passwords import ENDED, PasswordKey, PasswordStatus, PasswordType, password_key
from .windows import Window

# For so long a code may be on its way to a lock before another way is gone.
_PATIENCE = timedelta(minutes=5)
_REMOVE_AGAIN = timedelta(hours=2)
_CONFIRMED = frozenset(
    {PasswordStatus.SCHEDULED, PasswordStatus.ACTIVE, PasswordStatus.FROZEN}
)


class StepKind(StrEnum):
    """What can be done about a code."""

    MAKE = "make"
    CHANGE = "change"
    REMOVE = "remove"
    SEND_AGAIN = "send_again"
    MAKE_OFFLINE = "make_offline"


@dataclass(frozen=True, slots=True)
class Code:
    """A code of a booking as it is on a lock, or asked for.

    start, end, name: what was asked for last. is_custom: whether it is sent to the lock;
    the others are computed there. asked_at: when that was. removal_asked: whether somebody deleted it.
    change_failed: whether the lock refused its last change. is_listed: whether the cloud
    still has it. is_changing: whether the lock has not confirmed a change; `confirmed` is
    the window that it confirmed last, `new_digits` whether it opened by others then.
    lacks_place: whether the lock refused it since it was full; None where it refused it,
    and says not why.
    """

    id: str
    booking: str
    name: str
    start: datetime
    end: datetime
    status: PasswordStatus
    asked_at: datetime
    is_custom: bool = True
    removal_asked: bool = False
    change_failed: bool = False
    is_listed: bool = True
    is_changing: bool = False
    confirmed: Window | None = None
    new_digits: bool = False
    lacks_place: bool | None = False

    @property
    def key(self) -> PasswordKey:
        """Return what tells it apart on its lock."""
        custom = PasswordType.CUSTOM if self.is_custom else PasswordType.TIME_LIMITED
        return password_key(custom, self.id)

    def stays(self, now: datetime) -> bool:
        """Tell whether its deletion was asked for, and its lock has not taken it.

        A gateway gives up on a lock that is out of reach; the next try may be lucky.
        """
        return self.is_going and self.end > now >= self.asked_at + _REMOVE_AGAIN

    def was_deleted(self, now: datetime) -> bool:
        """Tell whether somebody deleted it before its time, here or elsewhere."""
        gone = {PasswordStatus.REMOVED, PasswordStatus.REMOVING}
        return self.end > now and (self.removal_asked or self.status in gone)

    @property
    def is_going(self) -> bool:
        """Tell whether it is deleted, but the lock may have it still."""
        return self.status is PasswordStatus.REMOVING and self.is_listed

    def is_live(self, now: datetime) -> bool:
        """Tell whether it opens, or may yet."""
        over = ENDED | {PasswordStatus.REMOVING}
        return self.end > now and not self.removal_asked and self.status not in over

    def is_refused(self, now: datetime) -> bool:
        """Tell whether the lock refused it while it is still wanted."""
        is_failed = self.status is PasswordStatus.FAILED
        return is_failed and self.end > now and not self.removal_asked

    @property
    def is_on_lock(self) -> bool:
        """Tell whether the lock has it, as far as is known; an offline one needs none."""
        return not self.is_custom or self.status in _CONFIRMED

    @property
    def is_as_asked(self) -> bool:
        """Tell whether the lock has it, and has taken its last change."""
        return self.is_on_lock and not self.is_changing

    def closed_from(self, window: Window, now: datetime) -> datetime | None:
        """Return from when in a window the door may stay closed; None for never."""
        if self.is_as_asked:
            return None
        first = max(window.start, now)
        if self.confirmed is not None and not self.new_digits:
            if first in self.confirmed:
                first = self.confirmed.end
        return first if first < window.end else None

    def opened_before(self, now: datetime, ahead: timedelta) -> bool:
        """Tell whether the lock opens by what it was before a change, and still will."""
        known = self.confirmed
        return (
            self.is_on_lock
            and self.is_changing
            and known is not None
            and now in known
            and now + ahead < known.end
        )


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do; `code` is the one that it is about, `window` what is wanted."""

    kind: StepKind
    booking: Booking
    name: str
    window: Window
    code: Code | None = None


@dataclass(frozen=True, slots=True)
class LockScene:
    """One lock, for the rules.

    has_online: whether codes can be sent to it. is_wanted: whether the guest calendar is
    for it; from another its codes are taken away. twins: names and windows of codes
    there that are not ours: a second of the same might make both vanish. failing: the
    bookings whose codes could not be made or sent again.
    """

    device_id: str
    zone: tzinfo
    has_online: bool = True
    is_wanted: bool = True
    twins: frozenset[tuple[str, datetime, datetime]] = frozenset()
    failing: frozenset[str] = frozenset()

    def stay(self, booking: Booking, rules: GuestRules) -> Stay:
        """Return a booking's stay by the clock of the lock."""
        return stay_of(booking.start, booking.end, rules, self.zone)


def steps_for(
    bookings: Iterable[Booking],
    codes: Collection[Code],
    rules: GuestRules,
    scene: LockScene,
    now: datetime,
) -> list[Step]:
    """Return what is to be done on one lock now; who leaves makes room first."""
    steps = [
        step
        for booking in bookings
        for step in _steps(
            booking,
            [code for code in codes if code.booking == booking.id],
            rules,
            scene,
            now,
        )
    ]
    return sorted(
        steps,
        key=lambda step: (
            _ORDER[step.kind],
            step.window.start,
            step.booking.number,
            step.code.id if step.code else "",
        ),
    )


# What takes a place on the lock goes by who comes first.
_ORDER = {
    StepKind.REMOVE: 0,
    StepKind.CHANGE: 1,
    StepKind.MAKE_OFFLINE: 2,
    StepKind.SEND_AGAIN: 3,
    StepKind.MAKE: 3,
}


def _steps(
    booking: Booking,
    codes: Collection[Code],
    rules: GuestRules,
    scene: LockScene,
    now: datetime,
) -> Iterator[Step]:
    window = scene.stay(booking, rules).window
    name = code_name(booking)
    live = sorted(
        (code for code in codes if code.is_live(now)),
        key=lambda code: (code.is_custom, not code.is_on_lock, code.id),
    )

    def step(kind: StepKind, code: Code | None = None) -> Step:
        return Step(kind, booking, name, window, code)

    if booking.gone or not scene.is_wanted or window.end <= now:
        # One that runs out by itself is left to; one that was cut short is not.
        if booking.gone or not booking.is_missing:
            others = [code for code in codes if code.is_refused(now) or code.stays(now)]
            customs = (code for code in (*live, *others) if code.is_custom)
            yield from (step(StepKind.REMOVE, code) for code in customs)
        return
    if live:
        kept, *others = live
        yield from (step(StepKind.REMOVE, code) for code in others if code.is_custom)
        if not booking.is_missing and _differs(kept, name, window, now):
            yield step(StepKind.CHANGE, kept)
        late = not kept.is_on_lock and now >= kept.asked_at + _PATIENCE
        if late and _wants_offline(rules, window, now):
            yield step(StepKind.MAKE_OFFLINE)
        return
    if booking.is_missing or scene.device_id in booking.dropped:
        return
    refused = [code for code in codes if code.is_refused(now)]
    tried = refused or booking.id in scene.failing or not scene.has_online
    if (name, window.start, window.end) in scene.twins:
        return
    if tried and _wants_offline(rules, window, now):
        yield step(StepKind.MAKE_OFFLINE)
    elif refused:
        yield step(StepKind.SEND_AGAIN, max(refused, key=_when_asked))
    elif now < window.start - rules.lead:
        return
    elif scene.has_online or not rules.offline_fallback:
        yield step(StepKind.MAKE)


def _wants_offline(rules: GuestRules, window: Window, now: datetime) -> bool:
    """Tell whether it is time for an offline code where no other is on the lock.

    A custom code that was just sent gets some minutes to arrive.
    """
    return rules.offline_fallback and now >= window.start


def _when_asked(code: Code) -> tuple[datetime, str]:
    return code.asked_at, code.id


def _differs(code: Code, name: str, window: Window, now: datetime) -> bool:
    """Tell whether a code is not as it is wanted; a start that is past is past."""
    if not code.is_custom:
        return False
    starts = code.start != window.start and max(code.start, window.start) > now
    return starts or code.change_failed or (code.name, code.end) != (name, window.end)
