"""Times of day as people say them: "half past nine", "18 Uhr 30", "las diez menos diez"."""

from dataclasses import dataclass, replace
import re

from .tokens import Token
from .vocabulary import Vocabulary

_DIGITS = re.compile(r"(\d{1,2})(?:[:.h](\d{2})|h)")
_MOST_HOURS = 24
_MOST_MINUTES = 59
_HALF_DAY = 12
_HALF = 30
_QUARTER = 15


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day; hour 24 is the midnight at its end.

    `open` says that it may also be twelve hours later: nobody said which half of the
    day is meant.
    """

    hour: int
    minute: int = 0
    open: bool = False

    def moved(self, minutes: int) -> Clock:
        """Return it some minutes later, or earlier."""
        total = (self.hour * 60 + self.minute + minutes) % (24 * 60)
        return replace(self, hour=total // 60, minute=total % 60)


type Found = tuple[Clock, int]


def number_at(
    vocabulary: Vocabulary, words: tuple[Token, ...], index: int
) -> tuple[int, int] | None:
    """Return the number at an index, in digits or in words, and the index behind it."""
    if index < len(words) and words[index].kind == "number":
        return int(words[index].text), index + 1
    return vocabulary.number_table.match(words, index)


def clock_at(
    vocabulary: Vocabulary,
    words: tuple[Token, ...],
    index: int,
    *,
    sure: bool,
    joined: bool = True,
) -> Found | None:
    """Return the time of day at an index, and the index behind it.

    `sure` says that a time is expected there, so that a mere number is one. `joined`
    says that an "and" may stand before the minutes, and not before another time.
    """
    says = vocabulary.says
    for role, hour in (("noon", 12), ("midnight", 24)):
        if (end := says(role, words, index)) is not None:
            minutes = _minutes_at(vocabulary, words, end, sure=False)
            if minutes is None:
                return Clock(hour), end
            return Clock(hour).moved(minutes[0]), minutes[1]
    if index < len(words) and words[index].kind == "clock":
        return _written(vocabulary, words, index)
    return _before_the_hour(vocabulary, words, index) or _hour_first(
        vocabulary, words, index, sure=sure, joined=joined
    )


def _written(
    vocabulary: Vocabulary, words: tuple[Token, ...], index: int
) -> Found | None:
    match = _DIGITS.fullmatch(words[index].text)
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    if (
        hour > _MOST_HOURS
        or minute > _MOST_MINUTES
        or (hour, bool(minute)) == (24, True)
    ):
        return None
    # Who writes a zero in front counts to 24.
    is_open = 0 < hour <= _HALF_DAY and not match[1].startswith("0")
    end = vocabulary.says("oclock", words, index + 1) or index + 1
    return _with_half_day(
        vocabulary,
        words,
        Clock(hour, minute, open=is_open and "h" not in match[0]),
        end,
    )


def _before_the_hour(
    vocabulary: Vocabulary, words: tuple[Token, ...], index: int
) -> Found | None:
    """Return what is told from the hour that comes or went: "quarter to ten"."""
    says = vocabulary.says
    if (end := says("half_before", words, index)) is not None:
        return _moved_hour(vocabulary, words, end, -_HALF)
    if (end := says("half_past", words, index)) is not None:
        return _moved_hour(vocabulary, words, end, _HALF)
    if (end := says("quarter_before", words, index)) is not None:
        return _moved_hour(vocabulary, words, end, -_QUARTER)
    if (end := says("quarter", words, index)) is not None:
        minutes = _QUARTER
    elif (number := number_at(vocabulary, words, index)) is not None:
        minutes, end = number
        end = _behind_unit(vocabulary, words, end)
    else:
        return None
    if (behind := says("past", words, end)) is not None:
        return _moved_hour(vocabulary, words, behind, minutes)
    if (behind := says("before", words, end)) is not None:
        return _moved_hour(vocabulary, words, behind, -minutes)
    return None


def _behind_unit(vocabulary: Vocabulary, words: tuple[Token, ...], index: int) -> int:
    """Return the index behind the word for minutes, if it stands there."""
    unit = vocabulary.unit_table.match(words, index)
    return index if unit is None or unit[0].seconds != 60 else unit[1]


def _moved_hour(
    vocabulary: Vocabulary, words: tuple[Token, ...], index: int, minutes: int
) -> Found | None:
    if minutes != -_HALF and (half := vocabulary.says("half_before", words, index)):
        # "ten past half eight" counts from the half hour.
        index, minutes = half, minutes - _HALF
    for role, hour in (("noon", 12), ("midnight", 24)):
        if (end := vocabulary.says(role, words, index)) is not None:
            return Clock(hour).moved(minutes), end
    number = number_at(vocabulary, words, index) or vocabulary.hour_table.match(
        words, index
    )
    if number is None or not 0 < number[0] <= _MOST_HOURS:
        return None
    clock = Clock(number[0] % 24, open=number[0] <= _HALF_DAY).moved(minutes)
    end = vocabulary.says("oclock", words, number[1]) or number[1]
    return _with_half_day(vocabulary, words, clock, end)


def _hour_first(
    vocabulary: Vocabulary,
    words: tuple[Token, ...],
    index: int,
    *,
    sure: bool,
    joined: bool,
) -> Found | None:
    """Return what begins with its hour; without a sign of a time only when sure."""
    says = vocabulary.says
    marked_before = says("oclock", words, index)
    number = (
        number_at(vocabulary, words, marked_before or index)
        or (vocabulary.hour_table.match(words, index) if sure else None)
        or _one(vocabulary, words, index)
    )
    if number is None or number[0] > _MOST_HOURS:
        return None
    hour, end = number
    clock = Clock(hour, open=0 < hour <= _HALF_DAY)
    marked = says("oclock", words, end)
    if marked is None and vocabulary.unit_table.match(words, end) is not None:
        return None
    sure = sure or marked is not None or marked_before is not None
    end = marked or end
    minutes = _minutes_at(vocabulary, words, end, sure=sure)
    if minutes is None and joined and vocabulary.joined_minutes:
        if (behind := says("and_", words, end)) is not None:
            minutes = _minutes_at(vocabulary, words, behind, sure=True)
    if minutes is not None:
        clock, end = clock.moved(minutes[0]), minutes[1]
        sure = True
    found = _with_half_day(vocabulary, words, clock, end)
    return found if sure or found[0].open != clock.open else None


def _one(
    vocabulary: Vocabulary, words: tuple[Token, ...], index: int
) -> tuple[int, int] | None:
    """Return an article that counts, which only a word for hours makes a time."""
    end = vocabulary.says("one", words, index)
    if end is None or vocabulary.says("oclock", words, end) is None:
        return None
    return 1, end


def _minutes_at(
    vocabulary: Vocabulary, words: tuple[Token, ...], index: int, *, sure: bool
) -> tuple[int, int] | None:
    """Return the minutes behind an hour, below zero where they are missing from it."""
    says = vocabulary.says
    for role, minutes in (("plus_half", _HALF), ("plus_quarter", _QUARTER)):
        if (end := says(role, words, index)) is not None:
            return minutes, end
    if (end := says("less", words, index)) is not None:
        if (behind := says("quarter", words, end)) is not None:
            return -_QUARTER, behind
        number = number_at(vocabulary, words, end)
        return None if number is None else (-number[0], number[1])
    number = number_at(vocabulary, words, index) if sure else None
    # One minute is never said like this, and a number may be of something else.
    if number is None or not 1 < number[0] <= _MOST_MINUTES:
        return None
    return number if vocabulary.unit_table.match(words, number[1]) is None else None


def _with_half_day(
    vocabulary: Vocabulary, words: tuple[Token, ...], clock: Clock, end: int
) -> Found:
    """Return a time with the half of the day that is said behind it."""
    if (
        not vocabulary.half_days
        or end >= len(words)
        or words[end].kind != "half_day"
        or clock.hour > _HALF_DAY
    ):
        return clock, end
    after_noon = words[end].text.startswith("p")
    hour = clock.hour % _HALF_DAY + (_HALF_DAY if after_noon else 0)
    return Clock(hour, clock.minute), end + 1
