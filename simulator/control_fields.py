"""Fields of control calls: a wrong one is refused before anything is changed."""

from .errors import UsageError
from .json_types import JsonObject, truth, whole


def number(body: JsonObject, name: str, least: int, most: int = 10**9) -> int | None:
    """Return a whole number, None when it is null or missing.

    Raises:
        UsageError: anything else, or out of range.
    """
    value = body.get(name)
    if value is None:
        return None
    found = whole(value)
    if found is None or not least <= found <= most:
        raise UsageError(f"{name} is a whole number from {least} to {most}, or null")
    return found


def flag(body: JsonObject, name: str) -> bool:
    """Return a boolean; a missing one is false.

    Raises:
        UsageError: anything else.
    """
    found = truth(body.get(name, False))
    if found is None:
        raise UsageError(f"{name} is true or false")
    return found
