"""The simulated world's clock: the machine's, moved, or entirely by hand."""

import time

from .errors import UsageError

# What dates can be made of, with room for drift and windows.
LAST_MOMENT = 10**11


class SimClock:
    """A clock that tests can move.

    Args:
        start: seconds since 1970 that the clock shows at first; the machine's
            time when None.
        manual: True stops the clock; only `advance` and `set` move it.

    Raises:
        UsageError: the start is no point of time.
    """

    def __init__(self, start: float | None = None, *, manual: bool = False) -> None:
        """Start the clock."""
        self.manual = manual
        machine = time.time()
        self._stopped_at = machine if start is None else _checked(start)
        self._offset = 0.0 if start is None else start - machine

    def now(self) -> float:
        """Return the simulated time in seconds since 1970."""
        return self._stopped_at if self.manual else time.time() + self._offset

    def now_ms(self) -> int:
        """Return the simulated time in milliseconds since 1970."""
        return int(self.now() * 1000)

    def advance(self, seconds: float) -> None:
        """Move the clock by a number of seconds (may be negative)."""
        self.set(self.now() + seconds)

    def set(self, moment: float) -> None:
        """Put the clock to seconds since 1970.

        Raises:
            UsageError: no point of time, or one too far away; nothing was moved.
        """
        moment = _checked(moment)
        if self.manual:
            self._stopped_at = moment
        else:
            self._offset = moment - time.time()


def _checked(moment: float) -> float:
    if not 0 <= moment < LAST_MOMENT:  # false for "not a number", too
        raise UsageError(f"{moment} is not a point of time between 1970 and 5138")
    return moment
