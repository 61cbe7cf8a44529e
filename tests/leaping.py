"""Time that leaps: while nothing happens, the clock jumps to what happens next.

Timers, time-outs and pauses of Home Assistant, of the client and of the simulated cloud all
run in the loop of the test, so all of them pass at their own time, without any waiting.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from math import ceil
from selectors import BaseSelector
import time
from typing import Any, cast
from unittest.mock import patch

from custom_components.tuya_lock_manager.tuya_cloud.transport import Transport
from tests.simulated import Home

# Bytes between sockets of one machine are there at once; this is for a busy one.
GRACE = 0.002
# As long as asyncio waits at most.
LONGEST = 86400.0


class _LeapingSelector:
    """A selector that lets the clock leap instead of waiting."""

    def __init__(self, selector: BaseSelector, home: Home) -> None:
        """Take the selector of the loop."""
        self._selector = selector
        self._home = home
        self._loop = cast(Any, home.hass.loop)
        # Requests and jobs of threads under way: their answers take real time.
        self.requests = 0
        self.jobs = 0
        self.moment = time.monotonic()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._selector, name)

    def select(self, timeout: float | None = None) -> list[Any]:
        """Return what is ready; if nothing is, it is as late as was to be waited for."""
        grace = GRACE if self.requests and timeout != 0 else 0
        if ready := self._selector.select(grace):
            return ready
        if self.jobs:
            return self._selector.select(timeout and min(timeout, GRACE))
        # A timer that is due to the microsecond is not called yet: asyncio waits for 0.
        if timeout or not self._loop._ready:
            self._leap(LONGEST if timeout is None else timeout)
        return []

    def _leap(self, seconds: float) -> None:
        # The clock has microseconds, and must not stop short of a timer.
        passed = timedelta(microseconds=ceil(seconds * 1_000_000) + 1)
        self._home._freezer.tick(passed)
        self.moment = time.monotonic()

    def time(self) -> float:
        """Return the time of the loop; asking a stopped clock takes far longer."""
        return self.moment


@contextmanager
def leaping(home: Home) -> Iterator[None]:
    """Let time leap, for Home Assistant and for the simulated world alike."""
    loop = cast(Any, home.hass.loop)
    clock = home.world.clock
    clock.manual, moment = False, clock.now()
    clock.set(moment)
    selector = _LeapingSelector(loop._selector, home)
    send, run_in_executor = Transport._send, loop.run_in_executor

    async def sending(*args: Any) -> Any:
        selector.requests += 1
        try:
            return await send(*args)
        finally:
            selector.requests -= 1

    def running(*args: Any) -> asyncio.Future[Any]:
        def done(future: asyncio.Future[Any]) -> None:
            selector.jobs -= 1

        selector.jobs += 1
        future: asyncio.Future[Any] = run_in_executor(*args)
        future.add_done_callback(done)
        return future

    debug = loop.get_debug()
    # With it, asyncio keeps a traceback of everything, which takes half the time.
    loop.set_debug(False)
    with (
        patch.object(loop, "_selector", selector),
        patch.object(loop, "time", selector.time),
        patch.object(loop, "run_in_executor", running),
        patch.object(Transport, "_send", sending),
    ):
        yield
    loop.set_debug(debug)
    moment = clock.now()
    clock.manual = True
    clock.set(moment)
