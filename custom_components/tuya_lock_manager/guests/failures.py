"""When to try again what failed for a booking on a lock."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

_FIRST = timedelta(minutes=5)
_LONGEST = timedelta(hours=4)
# Nobody shall stand at the door for hours because of what failed in the morning.
_URGENT = timedelta(hours=3)
_LONGEST_URGENT = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Failure:
    """What failed, how often in a row, when last, and when it is tried again."""

    times: int
    reason: str
    key: str
    failed_at: datetime
    again_at: datetime

    def is_due(self, now: datetime, opens_at: datetime) -> bool:
        """Tell whether to try again; what opens sooner than it was to is sooner due."""
        soonest = self.failed_at + pause(self.times, opens_at - now)
        return now >= min(self.again_at, soonest)


def pause(times: int, ahead: timedelta) -> timedelta:
    """Return how long to wait after so many failures for what is needed in a while.

    The wait ends where it becomes urgent.
    """
    wait = min(_FIRST * (1 << min(max(times - 1, 0), 10)), _LONGEST)
    return min(wait, max(ahead - _URGENT, _LONGEST_URGENT))


class Failures:
    """What fails for one guest calendar, by booking and lock; a restart tries at once."""

    def __init__(self) -> None:
        """Begin with nothing failing."""
        self._found: dict[tuple[str, str], Failure] = {}

    def note(
        self,
        booking_id: str,
        device_id: str,
        reason: str,
        key: str,
        *,
        now: datetime,
        opens_at: datetime,
    ) -> bool:
        """Note a failure; return whether it is the first, or of another kind."""
        before = self.find(booking_id, device_id)
        times = before.times + 1 if before else 1
        again_at = now + pause(times, opens_at - now)
        self._found[booking_id, device_id] = Failure(times, reason, key, now, again_at)
        return before is None or before.key != key

    def hurry(self) -> None:
        """Try everything again at once: somebody says that it is mended."""
        past = datetime.min.replace(tzinfo=UTC)
        self._found = {
            key: replace(failure, again_at=past) for key, failure in self._found.items()
        }

    def clear(self, booking_id: str, device_id: str) -> None:
        """Note that nothing fails any more."""
        self._found.pop((booking_id, device_id), None)

    def keep_only(self, device_id: str, booking_ids: set[str]) -> None:
        """Forget what failed on a lock for bookings about which nothing is to be done."""
        self._found = {
            key: failure
            for key, failure in self._found.items()
            if key[1] != device_id or key[0] in booking_ids
        }

    def find(self, booking_id: str, device_id: str) -> Failure | None:
        """Return what fails."""
        return self._found.get((booking_id, device_id))

    def of_lock(self, device_id: str) -> frozenset[str]:
        """Return the bookings for which something fails on a lock."""
        return frozenset(booking for booking, lock in self._found if lock == device_id)

    @property
    def moments(self) -> list[datetime]:
        """Return when something is tried again."""
        return [failure.again_at for failure in self._found.values()]
