"""Read what the store holds; whatever is not what was written is refused."""

from collections.abc import Mapping
from datetime import datetime


def time_text(moment: datetime | None) -> str | None:
    """Return a time as ISO 8601."""
    return None if moment is None else moment.isoformat()


def string(data: Mapping[str, object], key: str) -> str:
    """Return a text."""
    match data.get(key):
        case str(value):
            return value
    raise ValueError(f"{key} must be text")


def optional_string(data: Mapping[str, object], key: str) -> str | None:
    """Return a text or None."""
    return None if data.get(key) is None else string(data, key)


def flag(data: Mapping[str, object], key: str) -> bool:
    """Return true or false; what is missing is false."""
    match data.get(key, False):
        case bool(value):
            return value
    raise ValueError(f"{key} must be true or false")


def optional_flag(data: Mapping[str, object], key: str) -> bool | None:
    """Return true, false or None."""
    return None if data.get(key) is None else flag(data, key)


def optional_number(data: Mapping[str, object], key: str) -> int | None:
    """Return a whole number or None."""
    match data.get(key):
        case None:
            return None
        case int(value):
            return value
    raise ValueError(f"{key} must be a whole number")


def moment(data: Mapping[str, object], key: str) -> datetime:
    """Return a time with its zone."""
    value = datetime.fromisoformat(string(data, key))
    if value.tzinfo is None:
        raise ValueError(f"{key} must have a time zone")
    return value


def optional_moment(data: Mapping[str, object], key: str) -> datetime | None:
    """Return a time or None."""
    return None if data.get(key) is None else moment(data, key)


def optional_object(
    data: Mapping[str, object], key: str
) -> Mapping[str, object] | None:
    """Return an object or None."""
    match data.get(key):
        case None:
            return None
        case Mapping() as value:
            return value
    raise ValueError(f"{key} must be an object")
