"""Since when a lock is out of the cloud's reach."""

from datetime import datetime, timedelta

from ..tuya_cloud.models import Device
from .families import LockFamily

# A lock may be out of reach for so long without anybody being told.
PATIENCE = timedelta(days=1)


def unreachable_since(
    device: Device,
    family: LockFamily,
    now: datetime,
    *,
    known: datetime | None,
    last_record: datetime | None,
) -> datetime | None:
    """Return since when nothing was heard of a lock, None where it is in reach.

    Bluetooth without a gateway is off line by nature. A lock that sleeps may be called
    off line; what it reports shows that it is not, so then the time begins anew.

    Args:
        device: as the cloud lists it.
        family: of the lock.
        now: the cloud's time.
        known: what was returned for the listing before.
        last_record: when the lock last had something to tell.

    """
    if device.online is not False or family is LockFamily.BLUETOOTH:
        return None
    if known is None:
        return now
    heard = [time for time in (device.update_time, last_record) if time is not None]
    return max([known, *(min(time, now) for time in heard)])


def is_unreachable(since: datetime | None, now: datetime) -> bool:
    """Tell whether that is too long."""
    return since is not None and now - since >= PATIENCE
