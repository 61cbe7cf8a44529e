"""What every answer is wrapped in."""

from dataclasses import dataclass, field
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
    def of(cls, fields: Reader) -> Self:
        """Read the refusal in an answer.

        Raises:
            MalformedResponseError: a wrong type.
        """
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


@dataclass(frozen=True, slots=True)
class Envelope:
    """An answer: a `result`, or a `refusal`.

    `time_ms` is the cloud's clock in milliseconds, where the answer says a credible one.
    """

    result: JsonValue = field(repr=False)
    time_ms: int | None
    refusal: Refusal | None

    @classmethod
    def from_json(cls, data: JsonValue) -> Self:
        """Read an answer.

        Raises:
            MalformedResponseError: no object, no `success`, or a wrong type.
        """
        fields = Reader.of(data, "answer")
        success = fields.value("success")
        if success is True:
            return cls(fields.value("result"), _read_time(fields), None)
        if success is False:
            return cls(None, _read_time(fields), Refusal.of(fields))
        raise MalformedResponseError("answer: success is missing")


def _clean(text: str) -> str:
    return _UNPRINTABLE.sub(" ", text).strip()


def _read_time(fields: Reader) -> int | None:
    """Return a time of thirteen digits; one that cannot be right counts as none."""
    value = fields.value("t")
    number = value if type(value) is int else as_number(value)
    if number is None or not FIRST_MILLISECOND_VALUE <= number < 10**13:
        return None
    return number
