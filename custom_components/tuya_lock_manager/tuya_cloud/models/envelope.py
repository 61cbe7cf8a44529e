"""What every answer is wrapped in."""

from dataclasses import dataclass
import re
from typing import Self

from ..errors import MalformedResponseError
from ..json import JsonValue
from .reader import FIRST_MILLISECOND_VALUE, Reader, as_number

LONGEST_MESSAGE = 200
LONGEST_TRACE_ID = 64

# Tuya's words never need a long number; a password or a token would be one.
_LONG_DIGITS = re.compile(r"\d{5,}")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


@dataclass(frozen=True, slots=True)
class Refusal:
    """What the cloud says of a request that it did not take; `tid` is its trace id."""

    code: int | None
    message: str
    tid: str | None

    @classmethod
    def from_json(cls, data: JsonValue) -> Self:
        """Read the refusal in an answer.

        Raises:
            MalformedResponseError: no object, or a wrong type.
        """
        fields = Reader(data, "answer")
        return cls(
            code=fields.number("code"),
            message=_clean(fields.text("msg"))[:LONGEST_MESSAGE],
            tid=_clean(fields.text("tid"))[:LONGEST_TRACE_ID] or None,
        )

    def message_without(self, *secrets: str) -> str:
        """Return Tuya's words without any of these and without long numbers.

        Should the cloud ever quote a request, nothing of it gets into a log this way.
        """
        message = self.message
        for secret in filter(None, secrets):
            message = message.replace(secret, "…")
        return _LONG_DIGITS.sub("…", message) or "The cloud refused without a reason"


def read_envelope(data: JsonValue) -> dict[str, JsonValue]:
    """Return an answer, in which `success` tells whether it holds a `result` or a refusal.

    No model: one would be made for every call, to be taken apart at once.

    Raises:
        MalformedResponseError: no object, or no `success`.
    """
    if not isinstance(data, dict):
        raise MalformedResponseError("answer: not an object")
    success = data.get("success")
    if success is True or success is False:
        return data
    raise MalformedResponseError("answer: success is missing")


def read_time(answer: dict[str, JsonValue]) -> int | None:
    """Return the cloud's clock in milliseconds, where the answer says a credible one.

    A time has thirteen digits.
    """
    value = answer.get("t")
    number = value if type(value) is int else as_number(value)
    if number is None or not FIRST_MILLISECOND_VALUE <= number < 10**13:
        return None
    return number


def _clean(text: str) -> str:
    return _UNPRINTABLE.sub(" ", text).strip()
