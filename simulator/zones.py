"""Time zones as locks have them (fixed offsets) and as people name them."""

from datetime import UTC, datetime, timedelta, timezone, tzinfo
import re
from zoneinfo import ZoneInfo

OFFSET = re.compile(r"^(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?$")


def fixed_offset(text: str) -> timezone:
    """Return the zone in a device's text such as "+08:00"; UTC when unreadable."""
    match = OFFSET.match(text.strip())
    if match is None:
        return UTC
    sign = -1 if match[1] == "-" else 1
    return timezone(sign * timedelta(hours=int(match[2]), minutes=int(match[3] or 0)))


def zone(name: str) -> tzinfo | None:
    """Return the zone of an IANA name or a fixed offset, or None when there is none."""
    if OFFSET.match(name.strip()) is not None:
        return fixed_offset(name)
    try:
        return ZoneInfo(name)
    except ValueError, OSError, KeyError:
        return None


def local(moment: float, zone: tzinfo) -> datetime:
    """Return seconds since 1970 as local time."""
    return datetime.fromtimestamp(moment, zone)
