"""Who waits for a place on a lock that is full, in one guest calendar."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime

from ..domain.places import gives_way
from ..domain.reconcile import Code, Step, StepKind
from ..exceptions import failed
from ..hub import LockHub
from ..lock_issues import codes_on_lock
from .failures import Failure

# By what an error says that a lock has no room for another code.
FULL = "lock_full"

type _Key = tuple[str, str]


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
        # When who waits comes, and how many codes the lock had when it took no more.
        self._waiting: dict[_Key, datetime] = {}
        self._refused_with: dict[_Key, int] = {}
        # For whom somebody was asked already, and who is asked.
        self._helped: set[_Key] = set()
        self._leaving: set[_Key] = set()

    def look(
        self,
        hub: LockHub,
        steps: Iterable[Step],
        failures: Mapping[str, Failure],
        under_way: Collection[str],
    ) -> None:
        """Note who waits for a place on a lock.

        `failures` are by booking. Of the bookings whose codes are `under_way`, those to
        whom somebody left a place are not there before their locks have them.
        """
        waiting = {
            (step.booking.id, hub.id): step.window.start
            for step in steps
            if _waits(step, failures.get(step.booking.id))
        }
        for key, opens_at in self._waiting.items():
            is_helped = key in self._helped and key[0] in under_way
            if key[1] != hub.id or is_helped:
                waiting.setdefault(key, opens_at)
        self._waiting = waiting
        count = codes_on_lock(hub)
        self._refused_with = {
            key: self._refused_with.get(key, count) for key in waiting
        }
        self._helped &= waiting.keys()

    def require_turn(self, hub: LockHub, step: Step) -> None:
        """Raise HomeAssistantError where others wait who come before."""
        takes_place = step.kind in {StepKind.MAKE, StepKind.SEND_AGAIN}
        if takes_place and self._is_behind(hub, step):
            raise failed(FULL, detail="others come before")

    def _is_behind(self, hub: LockHub, step: Step) -> bool:
        return any(
            opens_at < step.window.start
            and not (places is self and booking_id == step.booking.id)
            for places in self._everywhere()
            for booking_id, opens_at in places.waiting_at(hub).items()
        )

    def has_room(self, hub: LockHub, step: Step) -> bool:
        """Tell whether a code has left the lock since it took no more."""
        count = self._refused_with.get((step.booking.id, hub.id))
        return count is not None and codes_on_lock(hub) < count

    def refused(self, hub: LockHub, step: Step) -> None:
        """Note that there is no place for what was tried, or that it was not its turn."""
        key = step.booking.id, hub.id
        self._waiting[key] = step.window.start
        if key not in self._refused_with or not self._is_behind(hub, step):
            self._refused_with[key] = codes_on_lock(hub)

    def ask(self, hub: LockHub, now: datetime) -> None:
        """Have somebody who comes later leave a place to each who waits, and comes soon."""
        waiting = self.waiting_at(hub)
        for booking_id in sorted(waiting, key=lambda each: (waiting[each], each)):
            if (booking_id, hub.id) in self._helped:
                continue
            owners = {
                code: places
                for places in self._everywhere()
                for code in places.staying(hub)
            }
            code = gives_way(waiting[booking_id], owners, now)
            if code is not None:
                self._helped.add((booking_id, hub.id))
                owners[code].have_leave(hub, code)

    def waiting_at(self, hub: LockHub) -> dict[str, datetime]:
        """Return from when on the codes of those who wait for a place are to open."""
        return {
            booking_id: opens_at
            for (booking_id, lock), opens_at in self._waiting.items()
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


def _waits(step: Step, failure: Failure | None) -> bool:
    if step.kind is StepKind.MAKE:
        return failure is not None and failure.key == FULL
    is_again = step.kind is StepKind.SEND_AGAIN
    return is_again and step.code is not None and step.code.lacks_place
