"""Fields that several actions share: how they are read, and how results are written."""

from datetime import datetime
from unicodedata import category

from homeassistant.util import dt as dt_util

from ..exceptions import refused


def aware(moment: datetime | None) -> datetime | None:
    """Return a time as Home Assistant's user means it: local unless it says a zone."""
    if moment is None:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt_util.get_default_time_zone())
    return dt_util.as_utc(moment)


def time_text(moment: datetime | None) -> str | None:
    """Return a time as the user of an action reads it: in Home Assistant's zone."""
    if moment is None:
        return None
    return dt_util.as_local(moment).isoformat(timespec="seconds")


def check_new_name(name: str | None) -> None:
    """Refuse a new name that is empty or can't be shown; None is no new name."""
    if name is None:
        return
    if not name:
        raise refused("new_name_empty")
    if any(category(char) in {"Cc", "Cs"} for char in name):
        raise refused("name_not_printable")
