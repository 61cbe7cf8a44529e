"""How often somebody may have a lock read: each time costs calls of the month's plan."""

from collections import deque
from datetime import datetime, timedelta

from .exceptions import refused

# Everybody in the house may press the button, and an automation may do so in a loop: at
# about six calls a time that is no more than some 180 of the plan's calls within an hour.
MOST = 30
WITHIN = timedelta(hours=1)


class Refreshes:
    """The times at which a lock was read because somebody asked for it."""

    def __init__(self) -> None:
        """Begin with none."""
        self._times: deque[datetime] = deque(maxlen=MOST)

    def spend(self, now: datetime, lock: str) -> None:
        """Note one more; raises ServiceValidationError where there were too many."""
        if len(self._times) == MOST and now - self._times[0] < WITHIN:
            again = self._times[0] + WITHIN - now
            minutes = -(-again // timedelta(minutes=1))
            raise refused(
                "refreshed_too_often",
                lock=lock,
                times=str(MOST),
                minutes=str(minutes),
            )
        self._times.append(now)
