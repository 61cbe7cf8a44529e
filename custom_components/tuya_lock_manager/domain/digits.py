"""The digits of a code: what is accepted, what is weak, and random ones."""

from collections.abc import Collection, Iterator
from datetime import UTC, date, timedelta
from itertools import pairwise
import secrets
from typing import Literal

from .remarks import spells
from .windows import Window

type DigitsReason = Literal[
    "not_text", "not_digits", "length", "weak", "in_name", "taken", "exhausted"
]

_ATTEMPTS = 1000
# A date as people write it: day, month and year in any of the usual orders.
_SHORT_DATES = ("%d%m", "%m%d")
_DATES = ("%d%m%y", "%m%d%y", "%y%m%d")
_LONG_DATES = ("%d%m%Y", "%m%d%Y", "%Y%m%d")
# Of a stay no longer than this all days are checked, of a longer one those at its ends.
_LONGEST_STAY = timedelta(days=62)
# No clock on earth is further from UTC, so the days are right wherever the lock is.
_FARTHEST_ZONE = timedelta(hours=14)


class DigitsError(ValueError):
    """Digits that are refused; `reason` says why. The message never repeats them."""

    def __init__(self, reason: DigitsReason) -> None:
        """Keep the reason."""
        super().__init__(f"digits refused: {reason}")
        self.reason = reason


def check_digits(
    value: object,
    length: int,
    *,
    window: Window | None = None,
    taken: Collection[str] = (),
    name: str = "",
) -> str:
    """Return the digits as they are, or raise DigitsError.

    A number is refused: YAML has already lost its leading zeros. Nothing is cut or
    padded. `taken` are the codes that are live on the lock, `name` is what everybody can
    read of this one.
    """
    if not isinstance(value, str):
        raise DigitsError("not_text")
    if value and not (value.isascii() and value.isdigit()):
        raise DigitsError("not_digits")
    if len(value) != length:
        raise DigitsError("length")
    if is_weak(value, window):
        raise DigitsError("weak")
    if spells(name, value):
        raise DigitsError("in_name")
    if value in taken:
        raise DigitsError("taken")
    return value


def is_weak(digits: str, window: Window | None = None) -> bool:
    """Tell whether digits are among the first that a stranger would try."""
    return (
        _is_run(digits)
        or _is_repetition(digits)
        or (window is not None and _is_date_of(digits, window))
    )


def random_digits(
    length: int, *, taken: Collection[str] = (), window: Window | None = None
) -> str:
    """Return digits from the system's secure source, neither weak nor taken."""
    for _ in range(_ATTEMPTS):
        digits = "".join(secrets.choice("0123456789") for _ in range(length))
        if digits not in taken and not is_weak(digits, window):
            return digits
    raise DigitsError("exhausted")


def _is_run(digits: str) -> bool:
    """Tell a run up or down: also past the nine (7890123), or in pairs (112233)."""
    if len(digits) > 3 and len(digits) % 2 == 0 and digits[::2] == digits[1::2]:
        digits = digits[::2]
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(digits)}
    return steps <= {1} or steps <= {9}


def _is_repetition(digits: str) -> bool:
    """Tell a pattern that comes again and again: 1111111, 1212121, 123123."""
    return any(
        all(digit == digits[index % period] for index, digit in enumerate(digits))
        for period in range(1, len(digits) // 2 + 1)
    )


def _is_date_of(digits: str, window: Window) -> bool:
    for day in _days(window):
        if any(
            day.strftime(form)[: len(digits)] == digits
            for form in (*_SHORT_DATES, *_DATES, *_LONG_DATES)
        ):
            return True
        if any(day.strftime(form) in digits for form in _DATES):
            return True
    return False


def _days(window: Window) -> Iterator[date]:
    start, end = window.start.astimezone(UTC), window.end.astimezone(UTC)
    ends = (
        [(start, end)] if end - start <= _LONGEST_STAY else [(start, start), (end, end)]
    )
    for first, last in ends:
        day, until = (first - _FARTHEST_ZONE).date(), (last + _FARTHEST_ZONE).date()
        while day <= until:
            yield day
            day += timedelta(days=1)
