"""JSON as the type checker sees it, and the wire's own leniency about numbers."""

import json
from typing import Never

type JsonValue = (
    bool | int | float | str | list[JsonValue] | dict[str, JsonValue] | None
)
type JsonObject = dict[str, JsonValue]

LONG = 2**63
LONG_DIGITS = len(str(LONG))


def _refuse(constant: str) -> Never:
    raise ValueError(f"{constant} is no JSON")


def _finite(number: str) -> float:
    value = float(number)
    if value in {float("inf"), float("-inf")}:
        raise ValueError(f"{number} is out of range")
    return value


def parse(raw: bytes | str) -> JsonValue:
    """Return a JSON document.

    Raises:
        ValueError: it is none, not UTF-8, nested beyond reason, or has numbers
            that JSON doesn't know.
    """
    try:
        value: JsonValue = json.loads(raw, parse_constant=_refuse, parse_float=_finite)
    except RecursionError as err:
        raise ValueError("nested too deeply") from err
    return value


def dump(value: JsonValue) -> bytes:
    """Return a document as JSON in UTF-8; half a surrogate pair becomes a question mark."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


def whole(value: JsonValue) -> int | None:
    """Return a JSON number or a string of digits as a whole number, else None.

    The cloud reads a `Long` (64 bits) from both, never from a boolean.
    """
    number = _integer(value)
    return number if number is not None and -LONG <= number < LONG else None


def _integer(value: JsonValue) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str):
        text = value.strip()
        digits = text.removeprefix("-")
        if digits.isascii() and digits.isdigit() and len(digits) <= LONG_DIGITS:
            return int(text)
    return None


def truth(value: JsonValue) -> bool | None:
    """Return a JSON boolean, or one written as text in any case, else None."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in {"true", "false"}:
        return value.lower() == "true"
    return None


def text(value: JsonValue) -> str:
    """Return a JSON value as text; missing values are empty."""
    if value is None:
        return ""
    return value if isinstance(value, str) else str(value)
