"""Wait until a code, its change or its deletion has reached the lock."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from types import TracebackType
from typing import TYPE_CHECKING, Self

from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import Event, callback

from .domain.passwords import ChangeState, Password, PasswordKey, PasswordStatus

if TYPE_CHECKING:
    from .hub import LockHub

_UNDER_WAY = frozenset({PasswordStatus.PENDING, PasswordStatus.REMOVING})

# A call whose locks are unloaded has so long to hand over what it knows, in seconds.
_ANSWER_TIME = 10


def is_under_way(password: Password | None) -> bool:
    """Tell whether nobody knows yet what the lock made of a code."""
    return password is not None and (
        password.status in _UNDER_WAY or password.change is ChangeState.PENDING
    )


async def async_end_waiting(hubs: Iterable[LockHub]) -> None:
    """Let the calls that wait for locks answer now, while that can still be noted."""
    waiting = set[Waiting]().union(*(hub.waiting for hub in hubs))
    await asyncio.gather(*(call.async_end() for call in waiting))


class Waiting:
    """How long one call waits for its locks: while there is somebody to be answered.

    It is a context of the call, which ends when the answer is handed over, or when whoever
    asked is gone.
    """

    def __init__(self, limit: timedelta | None) -> None:
        """Wait for each lock for so long at most; for None not at all."""
        self.limit = limit
        self._is_over = False
        self._waits: set[asyncio.Event] = set()
        self._hubs: set[LockHub] = set()
        self._answered = asyncio.Event()

    def __enter__(self) -> Self:
        """Begin the call."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        err: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the call, and with it whatever still waits for it."""
        self._answered.set()
        self._stop()
        for hub in self._hubs:
            hub.waiting.discard(self)

    def _stop(self) -> None:
        self._is_over = True
        for wait in self._waits:
            wait.set()

    async def async_end(self) -> None:
        """Let the call answer with what is known now, and wait until it has."""
        self._stop()
        with suppress(TimeoutError):
            async with asyncio.timeout(_ANSWER_TIME):
                await self._answered.wait()

    async def async_delivered(self, hub: LockHub, key: PasswordKey) -> Password | None:
        """Wait, if it is wanted, until it is known what the lock made of a code.

        Returns what is known then, None for a code that is not listed any more. Nothing is
        asked for it: the readings of the watch are shared.
        """
        if self.limit is not None and not self._is_over:
            self._hubs.add(hub)
            hub.waiting.add(self)
            await self._async_wait(hub, key, self.limit)
        return hub.passwords.find(key)

    async def _async_wait(
        self, hub: LockHub, key: PasswordKey, limit: timedelta
    ) -> None:
        known = asyncio.Event()

        @callback
        def look() -> None:
            if not is_under_way(hub.passwords.find(key)):
                known.set()

        @callback
        def stop(event: Event) -> None:
            known.set()

        removers = [
            hub.passwords.async_add_listener(look),
            hub.account.hass.bus.async_listen(EVENT_HOMEASSISTANT_STOP, stop),
        ]
        self._waits.add(known)
        try:
            look()
            with suppress(TimeoutError):
                async with asyncio.timeout(limit.total_seconds()):
                    await known.wait()
        finally:
            self._waits.discard(known)
            for remove in removers:
                remove()
