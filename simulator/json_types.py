"""JSON as the type checker sees it, and the wire's own leniency about numbers."""

type JsonValue = (
    bool | int | float | str | list[JsonValue] | dict[str, JsonValue] | None
)
type JsonObject = dict[str, JsonValue]


def whole(value: JsonValue) -> int | None:
    """Return a JSON number or a string of digits as a whole number, else None.

    The cloud reads a `Long` from both, never from a boolean.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str):
        text = value.strip()
        if text.removeprefix("-").isascii() and text.removeprefix("-").isdigit():
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
