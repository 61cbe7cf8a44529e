"""Digits for a guest's code out of the event, such as the last ones of a phone number.

What the pattern finds is made as long as the lock wants by one rule that a guest can be
told: of more digits than that the last ones count, fewer are repeated from the first on
(4711 is 471147). Fewer than four are no secret, so they are not used, nor is what would be
weak or is another guest's: then the digits are random, and the host is told.
"""

from collections.abc import Collection, Iterator
from itertools import islice
from math import log2
import re
from typing import Literal

from .digits import DigitsError, check_digits
from .windows import Window

type PatternReason = Literal[
    "invalid", "too_long", "too_many_repeats", "nested_repeats", "not_supported"
]
type NoDigitsReason = Literal["no_match", "too_few", "weak", "taken"]

LONGEST_PATTERN = 200
FEWEST_DIGITS = 4

# A pattern tries every way to share out a line among its repetitions, and while it does,
# all of Home Assistant waits. So repetitions are few, and a long line is looked at in
# pieces; the half of each is in the next one, too. The more ways there are, the fewer
# pieces are looked at.
_PIECE = 80
_FEWEST_PIECES, _MOST_PIECES = 12, 400
# How many ways there may be, as a power of two: one for each "?", "|" and the like, six for
# each repetition without a near end.
_MOST_CHOICES = 20.0
_ENDLESS_CHOICES = 6.0


class PatternError(ValueError):
    """A pattern that is refused; `reason` says why."""

    def __init__(self, reason: PatternReason) -> None:
        """Keep the reason."""
        super().__init__(f"pattern refused: {reason}")
        self.reason = reason


class NoDigitsError(ValueError):
    """An event gives no digits that can be used; `reason` says why."""

    def __init__(self, reason: NoDigitsReason) -> None:
        """Keep the reason."""
        super().__init__(f"no digits: {reason}")
        self.reason = reason


def check_pattern(pattern: str) -> re.Pattern[str]:
    """Return a pattern that can be searched for in no time whatever the text says.

    Raises:
        PatternError: it is no regular expression, or one that could take too long.
    """
    if len(pattern) > LONGEST_PATTERN:
        raise PatternError("too_long")
    try:
        compiled = re.compile(pattern, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as err:
        raise PatternError("invalid") from err
    if _choices(pattern) > _MOST_CHOICES:
        raise PatternError("too_many_repeats")
    return compiled


def found_digits(pattern: str, text: str) -> str:
    """Return the digits that a pattern finds, in the first line where it finds any.

    The first group counts, or all that it matches where it has none. What stands between
    digits, such as blanks and dashes, is left out.

    Raises:
        PatternError: see `check_pattern`.
        NoDigitsError: `no_match` or `too_few`.
    """
    compiled = check_pattern(pattern)
    reason: NoDigitsReason = "no_match"
    for line, at in islice(_pieces(text), _looks(pattern)):
        end = at + _PIECE
        for match in compiled.finditer(line, at, end):
            if match.end() == end < len(line):
                break  # it may go on: the next piece has more of it
            found = match[1 if compiled.groups else 0] or ""
            digits = "".join(char for char in found if char in "0123456789")
            if len(digits) >= FEWEST_DIGITS:
                return digits
            reason = "too_few"
    raise NoDigitsError(reason)


def without_found(pattern: str, title: str) -> str:
    """Return a title without the digits that a pattern finds in it: everybody reads it."""
    if not _DIGIT.search(title):
        return title
    try:
        digits = found_digits(pattern, title)
    except NoDigitsError, PatternError:
        return title
    rest = re.sub(r"[\W_]*".join(digits), " ", title)
    return " ".join(_EMPTY_BRACKETS.sub(" ", rest).split()).strip(_LOOSE_ENDS)


def _looks(pattern: str) -> int:
    """Return how many pieces of a text a pattern can be looked for in, in no time."""
    spare = int(_MOST_CHOICES - _choices(pattern))
    return min(_FEWEST_PIECES << spare, _MOST_PIECES)


def _pieces(text: str) -> Iterator[tuple[str, int]]:
    """Yield the lines of a text, and where in them to look: where any digits are."""
    for line in text.splitlines():
        last = max(len(line) - _PIECE // 2, 1)
        for at in range(0, last, _PIECE // 2):
            if _DIGIT.search(line, at, at + _PIECE):
                yield line, at


def fitted(digits: str, length: int) -> str:
    """Return digits as long as a lock wants them."""
    if len(digits) >= length:
        return digits[len(digits) - length :]
    return (digits * length)[:length]


def digits_for(
    pattern: str,
    text: str,
    length: int,
    window: Window,
    taken: Collection[str],
    name: str = "",
) -> str:
    """Return the digits that an event gives for a code on one lock.

    `taken` are the codes that are live there, `name` is what the code is called.

    Raises:
        PatternError: see `check_pattern`.
        NoDigitsError: none can be used.
    """
    digits = fitted(found_digits(pattern, text), length)
    try:
        return check_digits(digits, length, window=window, taken=taken, name=name)
    except DigitsError as err:
        raise NoDigitsError("taken" if err.reason == "taken" else "weak") from None


def _choices(pattern: str) -> float:
    """Return how many ways there may be to fit a pattern, as a power of two.

    Raises:
        PatternError: it repeats repetitions, or can't be judged.
    """
    choices = 0.0
    # For each open group, whether something in it can match in several ways.
    groups = [False]
    closed = False  # whether the last thing was a group with choices in it
    at = 0
    while at < len(pattern):
        char = pattern[at]
        was_closed, closed = closed, False
        if char == "\\":
            if pattern[at + 1].isdigit() and pattern[at + 1] != "0":
                raise PatternError("not_supported")  # a group that comes again
            at += 2
        elif char == "[":
            at = _behind_set(pattern, at)
        elif char == "(":
            if pattern.startswith("(?", at) and not pattern.startswith("(?:", at):
                raise PatternError("not_supported")
            groups.append(False)
            at += 3 if pattern.startswith("(?:", at) else 1
        elif char == ")":
            closed = groups.pop()
            groups[-1] |= closed
            at += 1
        elif char == "|":
            groups[-1] = True
            choices += 1
            at += 1
        elif repeat := _REPEAT.match(pattern, at):
            if was_closed and _most(repeat) > 1:
                raise PatternError("nested_repeats")
            ways = _most(repeat) - _least(repeat) + 1
            choices += min(log2(max(ways, 1)), _ENDLESS_CHOICES)
            groups[-1] |= _most(repeat) != _least(repeat)
            at = repeat.end()
        else:
            at += 1
    return choices


_DIGIT = re.compile(r"\d")
_EMPTY_BRACKETS = re.compile(r"[(\[]\W*[)\]]")
_LOOSE_ENDS = " -,;:/#+|"
_REPEAT = re.compile(r"(?:[*+?]|\{(?P<least>\d*)(?P<comma>,)?(?P<most>\d*)\})[?+]?")
_ENDLESS = 1_000_000


def _least(repeat: re.Match[str]) -> int:
    if repeat[0][0] != "{":
        return int(repeat[0][0] == "+")
    return int(repeat["least"] or 0)


def _most(repeat: re.Match[str]) -> int:
    if repeat[0][0] != "{":
        return 1 if repeat[0][0] == "?" else _ENDLESS
    if not repeat["comma"]:
        return int(repeat["least"] or 1)
    return int(repeat["most"] or _ENDLESS)


def _behind_set(pattern: str, at: int) -> int:
    """Return where a set of characters is over."""
    at += 2 if pattern.startswith("[^", at) else 1
    first = at
    while at < len(pattern) and (pattern[at] != "]" or at == first):
        at += 2 if pattern[at] == "\\" else 1
    return at + 1
