"""Reading fields of an answer: tolerant of spelling, strict about kind.

Tuya writes numbers as strings here and there, times in seconds or in milliseconds,
and leaves out what it does not know. A reader accepts all that and refuses the rest
with `MalformedResponseError`, whose text names the field and never its value.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from ..errors import MalformedResponseError
from ..json import JsonValue

# A time from here on is in milliseconds: in seconds it would be the year 33658.
FIRST_MILLISECOND_VALUE = 10**12
LONGEST_NUMBER = 20
# The first second that no `datetime` can hold: the year 10000.
FIRST_SECOND_BEYOND = 253_402_300_800

_FLAGS = {True: True, False: False, "true": True, "false": False, "1": True, "0": False}


class Reader:
    """An object of an answer, read field by field.

    Every method takes the spellings of one field and uses the first that is there.
    An empty value (`null`) counts as not there. Nearly always the first spelling holds
    what is looked for, and is returned without a look at the others.
    """

    __slots__ = ("data", "what")

    def __init__(self, data: JsonValue, what: str) -> None:
        """Read `data`, which must be an object; `what` names it in errors."""
        if not isinstance(data, dict):
            raise MalformedResponseError(f"{what}: not an object")
        self.data = data
        self.what = what

    def value(self, key: str, *others: str) -> JsonValue:
        """Return the field as it is, or None."""
        value = self.data.get(key)
        for other in others:
            if value is not None:
                break
            value = self.data.get(other)
        return value

    def optional_text(self, key: str, *others: str) -> str | None:
        """Return a text that is not empty; a whole number is accepted as one."""
        value = self.data.get(key)
        if value is None and others:
            value = self.value(*others)
        if isinstance(value, str):
            return value or None
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if value is None:
            return None
        raise self._wrong(key)

    def text(self, key: str, *others: str) -> str:
        """Return a text, empty where the field is not there."""
        value = self.data.get(key)
        if isinstance(value, str):
            return value
        return self.optional_text(key, *others) or ""

    def required_text(self, key: str, *others: str) -> str:
        """Return a text that must be there and not empty."""
        value = self.optional_text(key, *others)
        if value is None:
            raise self._missing(key)
        return value

    def number(self, key: str, *others: str) -> int | None:
        """Return a whole number, also one written as a text."""
        value = self.data.get(key)
        # A truth value is an `int` too, but not of its type.
        if type(value) is int:
            return value
        if value is None and others:
            value = self.value(*others)
        if value is None or value == "":
            return None
        number = as_number(value)
        if number is None:
            raise self._wrong(key)
        return number

    def flag(self, key: str, *others: str) -> bool | None:
        """Return a truth value, also one written as a number or a text."""
        value = self.value(key, *others)
        if value is None or isinstance(value, bool):
            return value
        if value == "":
            return None
        if isinstance(value, int | str):
            known = _FLAGS.get(value.lower() if isinstance(value, str) else value)
            if known is not None:
                return known
        raise self._wrong(key)

    def moment(self, key: str, *others: str) -> datetime | None:
        """Return a point in time; 0 means that there is none."""
        number = self.number(key, *others)
        return self._moment(key, number) if number else None

    def required_moment(self, key: str, *others: str) -> datetime:
        """Return a point in time that must be there."""
        number = self.number(key, *others)
        if not number:
            raise self._missing(key)
        return self._moment(key, number)

    def items(self, key: str, *others: str) -> Sequence[JsonValue]:
        """Return a list, empty where the field is not there."""
        value = self.value(key, *others)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise self._wrong(key)
        return value

    def required_items(self, key: str, *others: str) -> Sequence[JsonValue]:
        """Return a list that must be there."""
        if self.value(key, *others) is None:
            raise self._missing(key)
        return self.items(key, *others)

    def _moment(self, key: str, number: int) -> datetime:
        try:
            if number >= FIRST_MILLISECOND_VALUE:
                return datetime.fromtimestamp(number / 1000, UTC)
            return datetime.fromtimestamp(number, UTC)
        except ValueError, OverflowError, OSError:
            raise self._wrong(key) from None

    def _wrong(self, key: str) -> MalformedResponseError:
        return MalformedResponseError(f"{self.what}: {key} has a wrong type")

    def _missing(self, key: str) -> MalformedResponseError:
        return MalformedResponseError(f"{self.what}: {key} is missing")


def as_number(value: JsonValue) -> int | None:
    """Return the whole number that a value stands for, or None."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    if isinstance(value, str) and len(value) <= LONGEST_NUMBER and value.isascii():
        digits = value.removeprefix("-")
        return int(value) if digits.isdecimal() else None
    return None


def listed(data: JsonValue, what: str, *keys: str) -> Sequence[JsonValue]:
    """Return the entries of a list that comes bare or inside an object."""
    if isinstance(data, list):
        return data
    return Reader(data, what).required_items(*keys)
