"""How long own code holds the event loop without a break.

Of each step of the loop the time is added up in which a function of the integration runs,
or what that calls outside Home Assistant: libraries and Python's own. What Home Assistant
does for it, and what it calls the integration from, is not counted. It is processor time of
the loop's thread, with the watching in it, so it is rather too much than too little. To keep
that small only functions at the borders are watched, which a first run finds out.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
import sys
import threading
import time
from types import CodeType
from unittest.mock import patch

import homeassistant

from custom_components import tuya_lock_manager

_OWN = str(Path(tuya_lock_manager.__file__).parent)
_CORE = str(Path(homeassistant.__file__).parent)
_TOOL = sys.monitoring.PROFILER_ID
_EVENTS = sys.monitoring.events
_IN = (_EVENTS.PY_START, _EVENTS.PY_RESUME, _EVENTS.PY_THROW)
_OUT = (_EVENTS.PY_RETURN, _EVENTS.PY_YIELD, _EVENTS.PY_UNWIND)


class Stretches:
    """The steps of the loop, and how much of each was own code."""

    def __init__(self, borders: set[CodeType] | None) -> None:
        """Start with none."""
        self.longest = 0.0
        self.where = ""
        # Whose each running frame is, of those that count: own or Home Assistant's.
        self._frames: list[bool] = []
        self._since = 0
        self._sum = 0
        self._first = ""
        self._thread = threading.get_ident()
        self._watched = borders
        self._whose: dict[CodeType, bool | None] = {}
        # Own functions that Home Assistant called, and its own that were called for us.
        self.borders: set[CodeType] = set()

    def _is_own(self, code: CodeType) -> bool | None:
        """Tell whose a function is: own, Home Assistant's, or somebody else's (None)."""
        if self._watched and code not in self._watched:
            return None
        if code not in self._whose:
            path = code.co_filename
            is_own = path.startswith(_OWN)
            self._whose[code] = is_own if is_own or path.startswith(_CORE) else None
        return self._whose[code]

    def enter(self, code: CodeType, *_: object) -> object:
        """Note that a function begins or goes on."""
        own = self._is_own(code)
        if own is None or threading.get_ident() != self._thread:
            return None
        now = time.thread_time_ns()
        self._count(now)
        if own is not bool(self._frames and self._frames[-1]):
            self.borders.add(code)
        self._frames.append(own)
        if own and not self._first:
            self._first = code.co_qualname
        self._since = time.thread_time_ns()
        return None

    def leave(self, code: CodeType, *_: object) -> object:
        """Note that a function ends or waits."""
        if self._is_own(code) is None or threading.get_ident() != self._thread:
            return None
        self._count(time.thread_time_ns())
        if self._frames:
            self._frames.pop()
        self._since = time.thread_time_ns()
        return None

    def _count(self, now: int) -> None:
        if self._frames and self._frames[-1]:
            self._sum += now - self._since

    def step(self) -> None:
        """Note that a step of the loop is over."""
        if self._sum > self.longest:
            self.longest, self.where = self._sum, self._first
        self._sum, self._first = 0, ""
        self._frames.clear()


@contextmanager
def watched(borders: set[CodeType] | None = None) -> Iterator[Stretches]:
    """Watch the loop, or only these functions; the longest stretch is in nanoseconds."""
    stretches = Stretches(borders)
    run = asyncio.Handle._run  # noqa: SLF001  # it is a step of the loop

    def stepping(handle: asyncio.Handle) -> None:
        run(handle)
        stretches.step()

    sys.monitoring.use_tool_id(_TOOL, "stretches")
    for event in _IN:
        sys.monitoring.register_callback(_TOOL, event, stretches.enter)
    for event in _OUT:
        sys.monitoring.register_callback(_TOOL, event, stretches.leave)
    # What is thrown can't be watched for single functions.
    alone = _EVENTS.PY_THROW | _EVENTS.PY_UNWIND
    rest = (sum(_IN) + sum(_OUT)) & ~alone
    sys.monitoring.set_events(_TOOL, alone if borders else alone | rest)
    for code in borders or ():
        sys.monitoring.set_local_events(_TOOL, code, rest)
    try:
        with patch.object(asyncio.Handle, "_run", stepping):
            yield stretches
    finally:
        for code in borders or ():
            sys.monitoring.set_local_events(_TOOL, code, 0)
        sys.monitoring.set_events(_TOOL, 0)
        sys.monitoring.free_tool_id(_TOOL)
