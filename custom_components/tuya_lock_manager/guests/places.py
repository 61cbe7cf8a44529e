"""Who waits for a place on a lock that is full, in one guest calendar."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ..domain.places import gives_way
from ..domain.reconcile import Code, Step, StepKind
from ..exceptions import failed
from ..hub import LockHub
from ..lock_issues import codes_on_lock
from .failures import Failure

# By what an error says that a lock has no room for another code.
FULL = "lock_full"

# A lock that refuses codes without a reason may not be full at all.
_IN_VAIN = timedelta(hours=1)

type _Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Waiter:
    """A guest who waits for a place.

    opens_at: when the code is to open. is_sure: whether it is a place that is missing, as
    far as anybody says. helped_at: when somebody was asked to leave a place.
    """

    opens_at: datetime
    is_sure: bool
    helped_at: datetime | None = None

    def is_before(self, opens_at: datetime, now: datetime) -> bool:
        """Tell whether others have to wait, too: not for long where it may be in vain."""
        is_next = self.is_sure or (
            self.helped_at is not None and now < self.helped_at + _IN_VAIN
        )
        return is_next and self.opens_at < opens_at


class Places:
    """The guests who wait for a place, and the codes that are to leave theirs.

    All guest calendars of an account share the places of a lock: `everywhere` returns
    them all. `wake` has its own guest calendar look at its locks soon.
    """

    def __init__(
        self,
        codes: Callable[[LockHub], Iterable[Code]],
        everywhere: Callable[[], Iterable[Places]],
        wake: Callable[[], None],
    ) -> None:
        """Begin with nobody waiting."""
        self._codes = codes
        self._everywhere = everywhere
        self._wake = wake
        self._waiting: dict[_Key, Waiter] = {}
        # How many codes the lock had when it took no more.
        self._refused_with: dict[_Key, int] = {}
        self._leaving: set[_Key] = set()

    def look(
        self,
        hub: LockHub,
        waiting: Mapping[str, Waiter],
        under_way: Collection[str],
    ) -> None:
        """Note who waits for a place on a lock, by booking.

        Of the bookings whose codes are `under_way`, those to whom somebody left a place
        are not there before their locks have them.
        """
        left = {}
        for key, waiter in self._waiting.items():
            now_waits = waiting.get(key[0])
            if key[1] != hub.id or (waiter.helped_at and key[0] in under_way):
                left[key] = waiter
            elif now_waits is not None:
                left[key] = replace(now_waits, helped_at=waiter.helped_at)
        for booking_id, waiter in waiting.items():
            left.setdefault((booking_id, hub.id), waiter)
        self._waiting = left
        count = codes_on_lock(hub)
        self._refused_with = {key: self._refused_with.get(key, count) for key in left}

    def require_turn(self, hub: LockHub, step: Step, now: datetime) -> None:
        """Raise HomeAssistantError where others wait who come before."""
        takes_place = step.kind in {StepKind.MAKE, StepKind.SEND_AGAIN}
        if takes_place and self._is_behind(hub, step, now):
            raise failed(FULL, detail="-")  # nobody asked Tuya

    def _is_behind(self, hub: LockHub, step: Step, now: datetime) -> bool:
        return any(
            waiter.is_before(step.window.start, now)
            and not (places is self and booking_id == step.booking.id)
            for places in self._everywhere()
            for booking_id, waiter in places.waiting_at(hub).items()
        )

    def has_room(self, hub: LockHub, step: Step) -> bool:
        """Tell whether a code has left the lock since it took no more."""
        count = self._refused_with.get((step.booking.id, hub.id))
        return count is not None and codes_on_lock(hub) < count

    def try_once(self, hub: LockHub, step: Step) -> None:
        """Note that what waits for a place is tried with as many codes as there are now."""
        key = step.booking.id, hub.id
        if key in self._refused_with:
            self._refused_with[key] = codes_on_lock(hub)

    def refused(self, hub: LockHub, step: Step) -> None:
        """Note that there is no place for what was tried, or that it was not its turn."""
        key = step.booking.id, hub.id
        self._waiting.setdefault(key, Waiter(step.window.start, is_sure=True))
        self._refused_with.setdefault(key, codes_on_lock(hub))

    def ask(self, hub: LockHub, now: datetime) -> None:
        """Have somebody who comes later leave a place to each who waits, and comes soon."""
        waiting = self.waiting_at(hub)
        for booking_id, waiter in sorted(
            waiting.items(), key=lambda item: (item[1].opens_at, item[0])
        ):
            if waiter.helped_at is not None:
                continue
            owners = {
                code: places
                for places in self._everywhere()
                for code in places.staying(hub)
            }
            code = gives_way(waiter.opens_at, owners, now)
            if code is not None:
                helped = replace(waiter, helped_at=now)
                self._waiting[booking_id, hub.id] = helped
                owners[code].have_leave(hub, code)

    def waiting_at(self, hub: LockHub) -> dict[str, Waiter]:
        """Return those who wait for a place on a lock."""
        return {
            booking_id: waiter
            for (booking_id, lock), waiter in self._waiting.items()
            if lock == hub.id
        }

    def staying(self, hub: LockHub) -> Iterator[Code]:
        """Yield the codes on a lock, without those that are to leave it."""
        leaving = self.leaving(hub)
        return (code for code in self._codes(hub) if code.booking not in leaving)

    def leaving(self, hub: LockHub) -> set[str]:
        """Return the bookings whose codes are to leave their places on a lock."""
        return {booking_id for booking_id, lock in self._leaving if lock == hub.id}

    def have_leave(self, hub: LockHub, code: Code) -> None:
        """Have a code leave its place soon."""
        self._leaving.add((code.booking, hub.id))
        self._wake()

    def need_not_leave(self, hub: LockHub, booking_ids: Iterable[str]) -> None:
        """Note that codes have left, or are not there to leave."""
        self._leaving -= {(booking_id, hub.id) for booking_id in booking_ids}

    def left(self, hub: LockHub) -> None:
        """Note that a code has left its place: whoever waits tries at once."""
        for places in self._everywhere():
            places.try_now(hub)

    def try_now(self, hub: LockHub) -> None:
        """Let those who wait try now."""
        for booking_id in (waiting := self.waiting_at(hub)):
            self._refused_with[booking_id, hub.id] = codes_on_lock(hub) + 1
        if waiting:
            self._wake()


def waiter_of(step: Step, failure: Failure | None, *, may_be: bool) -> Waiter | None:
    """Return who waits for a place in a step; None where it is not for want of one.

    A lock that gives no reason is held for full where it `may_be`: it refused the code
    again, or its guest is here.
    """
    lacks: bool | None = False
    if step.kind is StepKind.MAKE:
        lacks = failure is not None and failure.key == FULL
    elif step.kind is StepKind.SEND_AGAIN and step.code is not None:
        lacks = step.code.lacks_place
    if lacks is False or (lacks is None and not may_be):
        return None
    return Waiter(step.window.start, is_sure=bool(lacks))
