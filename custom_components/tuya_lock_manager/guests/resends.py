"""When to send again what the cloud took and a lock refused."""

from collections.abc import Collection
from datetime import datetime

from ..domain.reconcile import Code, Step, StepKind
from .failures import pause


class Resends:
    """What was sent again to locks of one guest calendar.

    The cloud takes it each time, so nothing fails that could be counted.
    """

    def __init__(self) -> None:
        """Begin with nothing sent."""
        self.at_once = False
        # How often something was sent again to a lock that refused it, and when last.
        self._tries: dict[tuple[str, str], tuple[int, datetime]] = {}

    def is_too_soon(self, device_id: str, step: Step, now: datetime) -> bool:
        """Tell whether a lock has just refused what is to be sent to it again."""
        code, key = step.code, (step.booking.id, device_id)
        again = step.kind is StepKind.SEND_AGAIN
        if code is None or step.kind is StepKind.REMOVE or self.at_once:
            return False
        if not (again or code.change_failed):
            return False
        tries, tried_at = self._tries.get(key, (0, code.asked_at))
        if now < tried_at + pause(tries + 1, step.window.start - now):
            return True
        self._tries[key] = tries + 1, now
        return False

    def forget(self, device_id: str, codes: Collection[Code]) -> None:
        """Forget what a lock has taken now."""
        for code in codes:
            if code.is_as_asked:
                self._tries.pop((code.booking, device_id), None)

    def has_sent(self, booking_id: str, device_id: str) -> bool:
        """Tell whether what a lock is to take was sent to it again already."""
        return (booking_id, device_id) in self._tries
