"""Wait until a code, its change or its deletion has reached the lock."""

import asyncio
from contextlib import suppress
from datetime import timedelta

from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import Event

from .domain.passwords import ChangeState, Password, PasswordKey, PasswordStatus
from .hub import LockHub

_UNDER_WAY = frozenset({PasswordStatus.PENDING, PasswordStatus.REMOVING})


def is_under_way(password: Password | None) -> bool:
    """Tell whether nobody knows yet what the lock made of a code."""
    return password is not None and (
        password.status in _UNDER_WAY or password.change is ChangeState.PENDING
    )


async def async_wait(
    hub: LockHub, key: PasswordKey, limit: timedelta
) -> Password | None:
    """Wait until it is known what the lock made of a code, for `limit` at most.

    Returns what is known then, None for a code that is not listed any more. Nothing is
    asked for it: the readings of the watch are shared.
    """
    known = asyncio.Event()

    def look() -> None:
        if not is_under_way(hub.passwords.find(key)):
            known.set()

    def stop(event: Event) -> None:
        known.set()

    bus = hub.account.hass.bus
    removers = [
        hub.passwords.async_add_listener(look),
        bus.async_listen(EVENT_HOMEASSISTANT_STOP, stop),
    ]
    try:
        look()
        with suppress(TimeoutError):
            async with asyncio.timeout(limit.total_seconds()):
                await known.wait()
    finally:
        for remove in removers:
            remove()
    return hub.passwords.find(key)
