"""Time zones as locks have them (fixed offsets) and as people name them."""

from datetime import UTC, datetime, timedelta, timezone, tzinfo
import re
from zoneinfo import ZoneInfo

OFFSET = re.compile(
    r"(?:UTC|GMT)?([+-])(0?\d|1[0-4]):?([0-5]\d)?", re.IGNORECASE | re.ASCII
)


def device_zone(text: str) -> tzinfo:
    """Return the zone of a device, most often an offset such as "+08:00"; UTC when unreadable."""
    return zone(text) or UTC


def zone(name: str) -> tzinfo | None:
    """Return the zone of an IANA name or a fixed offset, or None when there is none."""
    match = OFFSET.fullmatch(name.strip())
    if match is not None:
        sign = -1 if match[1] == "-" else 1
        hours, minutes = int(match[2]), int(match[3] or 0)
        return timezone(sign * timedelta(hours=hours, minutes=minutes))
    try:
        return ZoneInfo(name)
    except ValueError, OSError, KeyError:
        return None


def local(moment: float, zone: tzinfo) -> datetime:
    """Return seconds since 1970 as local time."""
    return datetime.fromtimestamp(moment, zone)
