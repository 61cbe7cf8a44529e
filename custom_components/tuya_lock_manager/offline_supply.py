"""What the cloud said of the supply of offline codes, remembered for each type.

It is shown to whoever asks and keeps nobody from trying.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from .domain.availability import (
    DYNAMIC_CODE,
    OFFLINE_TYPES,
    Availability,
    availability,
    supply_refusal,
)
from .domain.passwords import PasswordType
from .hub import LockHub
from .tuya_cloud import TuyaCloudError


@asynccontextmanager
async def supply_noted(hub: LockHub, kind: PasswordType) -> AsyncIterator[None]:
    """Remember what asking for a code says of the supply: a refusal, or a success."""
    refusals = hub.memory.refusals
    try:
        yield
    except TuyaCloudError as err:
        if (refusal := supply_refusal(err, hub.client.now())) is not None:
            refusals[kind] = refusal
            hub.store.async_save_soon()
        raise
    if refusals.pop(kind, None) is not None:
        hub.store.async_save_soon()


def offline_availability(
    hub: LockHub, *, supported: bool | None
) -> dict[PasswordType, Availability]:
    """Return for each type whether another code can be had.

    `supported` is whether the lock takes offline codes. Dynamic ones are another matter:
    a lock that reports openings with them takes them, of another one nobody says.
    """
    dynamic = True if DYNAMIC_CODE in hub.codes else None
    return {
        kind: availability(
            supported=dynamic if kind is PasswordType.DYNAMIC else supported,
            refusal=hub.memory.refusals.get(kind),
            now=hub.client.now(),
        )
        for kind in OFFLINE_TYPES
    }
