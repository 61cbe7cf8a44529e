"""What is due when: events are processed lazily, by whoever looks next."""

from collections.abc import Callable
import heapq
from itertools import count

type Event = Callable[[float], None]


class Agenda:
    """A queue of events in the simulated future.

    There are no timers: the server settles what is due before each request
    and each control call, so a moved clock needs nobody to wait.
    """

    def __init__(self) -> None:
        """Begin with nothing due."""
        self._events: list[tuple[float, int, Event]] = []
        self._order = count()

    def add(self, moment: float, event: Event) -> None:
        """Call `event` with its own time once `moment` has come."""
        heapq.heappush(self._events, (moment, next(self._order), event))

    def settle(self, now: float) -> None:
        """Process everything due, in the order of its times."""
        while self._events and self._events[0][0] <= now:
            moment, _, event = heapq.heappop(self._events)
            event(moment)
