"""Bounded waits: every wait of the demo goes through here."""

import asyncio
from collections.abc import Awaitable, Callable
import time

from .errors import StepError

INTERVAL = 0.25


async def wait_for[T](
    what: str,
    probe: Callable[[], Awaitable[T | None]],
    *,
    timeout: float,
    interval: float = INTERVAL,
    seen: Callable[[], object] | None = None,
) -> T:
    """Call `probe` until it returns something that isn't `None` or `False`.

    Args:
        what: what is waited for, for the failure's text.
        probe: one look; returns `None` as long as there is nothing.
        timeout: seconds until `StepError` is raised.
        interval: seconds from look to look.
        seen: what the last look saw, for the failure's text.
    """
    deadline = time.monotonic() + timeout
    while True:
        result = await probe()
        if result is not None and result is not False:
            return result
        if time.monotonic() >= deadline:
            last = f"; last seen: {seen()}" if seen is not None else ""
            raise StepError(f"no {what} within {timeout:g} s{last}")
        await asyncio.sleep(interval)
