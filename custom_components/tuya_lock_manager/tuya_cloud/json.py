"""JSON as it travels: its type, one way to read it and one way to write it."""

import json
from typing import NoReturn

from .errors import MalformedResponseError

type JsonValue = (
    bool | int | float | str | list[JsonValue] | dict[str, JsonValue] | None
)


def _refuse_constant(name: str) -> NoReturn:
    """Refuse NaN and the infinities, which Python reads and JSON does not have."""
    raise ValueError(name)


# Made once: `json.loads` would build one for every text that it doesn't read its usual way.
_WHITESPACE = " \t\n\r"
_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)


def parse_json(raw: bytes | str) -> JsonValue:
    """Return the value that a JSON text holds.

    Raises:
        MalformedResponseError: the text is not JSON, or is nested too deeply to
            be an answer.
    """
    try:
        text = (raw.decode() if isinstance(raw, bytes) else raw).strip(_WHITESPACE)
        value: JsonValue
        value, end = _DECODER.raw_decode(text)
    except ValueError, RecursionError:
        # The parser's own error holds the text, so ours must not even be raised in its
        # context: a debugger or a log of locals would find it there.
        pass
    else:
        if end == len(text):
            return value
    raise MalformedResponseError("The answer is not JSON")


def dump_json(value: JsonValue) -> bytes:
    """Return compact JSON in UTF-8: the bytes that are signed and sent as they are."""
    return dump_text(value).encode()


def dump_text(value: JsonValue) -> str:
    """Return compact JSON as text."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
