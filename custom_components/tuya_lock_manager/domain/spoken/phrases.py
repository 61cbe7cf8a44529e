"""Find what a sentence says of times; the words that remain are for others."""

from dataclasses import dataclass, field
from datetime import timedelta

from .clocks import clock_at, number_at
from .times import Day, Edge, SaidTimes, fits_a_day
from .tokens import BREAK, Token
from .vocabulary import Vocabulary

_DAY_MONTH = 31


@dataclass(slots=True)
class TimePhrases:
    """Reads the tokens of a sentence from left to right.

    `used` are the indexes of the tokens that said something of times; those in it from
    the beginning are taken by others, and end every phrase.
    """

    vocabulary: Vocabulary
    words: tuple[Token, ...]
    used: set[int] = field(default_factory=set)
    said: SaidTimes = field(default_factory=SaidTimes)
    _taken: frozenset[int] = frozenset()
    _edge: Edge = field(init=False)
    _opened: bool = False
    _between: bool = False

    def __post_init__(self) -> None:
        """Begin with the start."""
        self._taken = frozenset(self.used)
        self._edge = self.said.start

    def read(self) -> SaidTimes:
        """Return what is said of times."""
        index, sure = 0, False
        while index < len(self.words):
            if index in self._taken or self.words[index].text == BREAK:
                index, sure = index + 1, False
                continue
            end = self._connected(index, sure=sure)
            if end is None:
                end = self._plain(index, sure=sure)
            if end is None:
                index, sure = index + 1, False
                continue
            self.used.update(range(index, end))
            index, sure = end, True
        return self.said

    def _connected(self, index: int, *, sure: bool) -> int | None:
        """Read a word that tells how what follows is meant, with what follows."""
        for role, read in (
            ("recurring", self._recurring),
            ("between", self._read_between),
            ("until", self._until),
            ("start", self._start),
        ):
            behind = self._says(role, index)
            if behind is not None and (end := read(behind)) is not None:
                return end
        return self._weakly_connected(index)

    def _weakly_connected(self, index: int) -> int | None:
        """Read a word that may also mean something else."""
        end: int | None = None
        if self._between and (behind := self._says("and_", index)) is not None:
            end = self._until(behind)
        if end is None and (behind := self._says("also_until", index)) is not None:
            if self._begun_before(behind):
                end = self._until(behind)
        if end is None and (behind := self._says("weak_start", index)) is not None:
            end = self._weak_start(behind)
        if end is None and (behind := self._says("in_", index)) is not None:
            end = self._wait(behind)
        if end is None and (behind := self._says("at", index)) is not None:
            is_hour = self.vocabulary.hour_table.match(self.words, behind) is not None
            sure = self.vocabulary.bare_hours or is_hour
            end = self._something(behind, sure=sure)
        if end is None and (behind := self._says("on", index)) is not None:
            end = self._some_day(behind)
        if end is None and (behind := self._says("for_", index)) is not None:
            end = self._lasting(behind) or self._something(behind, sure=False)
            if end is None:
                end = self._range(behind)
        return end

    def _plain(self, index: int, *, sure: bool) -> int | None:
        """Read a time without any word before it."""
        if (end := self._range(index)) is not None:
            return end
        if sure:
            return self._something(index, sure=True) or self._lasting(index)
        # In some languages the same word tells hours of a day and how many they are.
        return self._lasting(index) or self._something(index, sure=False)

    def _says(self, role: str, index: int) -> int | None:
        end = self.vocabulary.says(role, self.words, index)
        return end if end is not None and self._is_free(index, end) else None

    def _is_free(self, index: int, end: int) -> bool:
        return self._taken.isdisjoint(range(index, end))

    def _recurring(self, index: int) -> int | None:
        self.said.recurring = True
        return index

    def _read_between(self, index: int) -> int | None:
        if self._peek(index) is None:
            return None
        self._between = True
        return self._start(index)

    def _start(self, index: int) -> int | None:
        before, self._edge = self._edge, self.said.start
        end = self._says("now", index)
        if end is not None:
            self.said.start.now = True
        else:
            end = self._something(index, sure=True)
        if end is None:
            self._edge = before
        else:
            self._opened = True
        return end

    def _begun_before(self, index: int) -> bool:
        """Tell whether a word that says "until" or "at" says "until".

        A start of which no time of day was said yet gets it first.
        """
        if self.said.start.clock is not None:
            return True
        is_clock = clock_at(self.vocabulary, self.words, index, sure=True) is not None
        return self._opened and not is_clock

    def _weak_start(self, index: int) -> int | None:
        """Read "of" as "from" where an end follows what it stands before."""
        behind = self._peek(index)
        if behind is None:
            return None
        if not any(
            self._says(role, behind) is not None for role in ("until", "also_until")
        ):
            return None
        return self._start(index)

    def _until(self, index: int) -> int | None:
        before, self._edge = self._edge, self.said.end
        end = self._something(index, sure=True)
        if end is None:
            self._edge = before
        return end

    def _wait(self, index: int) -> int | None:
        found = self._duration(index)
        if found is None:
            return None
        self.said.wait, end = found
        return end

    def _lasting(self, index: int) -> int | None:
        found = self._duration(index)
        if found is None or self.said.duration is not None:
            return None
        self.said.duration, end = found
        return self._says("after", end) or end

    def _range(self, index: int) -> int | None:
        """Read a mere number as a time where an end with a time follows."""
        found = clock_at(self.vocabulary, self.words, index, sure=True)
        if found is None or not self._is_free(index, found[1]):
            return None
        for role in ("until", "also_until"):
            behind = self._says(role, found[1])
            if behind is None:
                continue
            last = clock_at(self.vocabulary, self.words, behind, sure=True)
            if last is not None and self._duration(behind, strict=True) is None:
                self._edge.clock = found[0]
                return found[1]
        return None

    def _peek(self, index: int) -> int | None:
        """Return the index behind a time, without reading it."""
        edge, self._edge = self._edge, Edge()
        weekend = self.said.weekend
        try:
            return self._something(index, sure=True)
        finally:
            self._edge, self.said.weekend = edge, weekend

    def _something(self, index: int, *, sure: bool) -> int | None:
        """Read a day, a part of it, or a time of day."""
        if index >= len(self.words) or index in self._taken:
            return None
        if (end := self._some_day(index)) is not None:
            return end
        found = clock_at(self.vocabulary, self.words, index, sure=sure)
        if found is None or not self._is_free(index, found[1]):
            return None
        if self._edge.clock is not None:
            return None
        self._edge.clock, end = found
        return end

    def _some_day(self, index: int) -> int | None:
        """Read a day, or a part of one."""
        if index >= len(self.words) or index in self._taken:
            return None
        for read in (
            self._day_part,
            self._weekday_part,
            self._part,
            self._day,
            self._weekend,
        ):
            end = read(index)
            if end is not None and self._is_free(index, end):
                return end
        return None

    def _weekday_part(self, index: int) -> int | None:
        found = self.vocabulary.weekday_part_table.match(self.words, index)
        if found is None:
            return None
        (weekday, part), end = found
        self._edge.part = part
        self._edge_of_day().day = Day(weekday=weekday)
        return end

    def _day_part(self, index: int) -> int | None:
        found = self.vocabulary.day_part_table.match(self.words, index)
        if found is None:
            return None
        (offset, part), end = found
        self._edge.part = part
        self._edge_of_day().day = Day(offset=offset)
        return end

    def _part(self, index: int) -> int | None:
        found = self.vocabulary.part_table.match(self.words, index)
        if found is None:
            return None
        self._edge.part, end = found
        return end

    def _day(self, index: int) -> int | None:
        edge, self._edge = self._edge, self._edge_of_day()
        try:
            return self._read_day(index)
        finally:
            self._edge = edge

    def _edge_of_day(self) -> Edge:
        """Return the start where a day is told behind both times: it is that of both."""
        start, end = self.said.start, self.said.end
        behind_both = self._edge is end and start.clock and end.clock
        if not behind_both or start.day is not None or end.day is not None:
            return self._edge
        return start if fits_a_day(start, end) else end

    def _read_day(self, index: int) -> int | None:
        found = self.vocabulary.day_table.match(self.words, index)
        if found is not None:
            self._edge.day = Day(offset=found[0])
            return found[1]
        later = self._says("next_", index)
        weekday = self.vocabulary.weekday_table.match(self.words, later or index)
        if weekday is not None:
            self._edge.day = Day(weekday=weekday[0], strictly_later=later is not None)
            # "Monday the 8th": the number tells which one.
            return self._date(weekday[1]) or weekday[1]
        return self._date(index)

    def _weekend(self, index: int) -> int | None:
        later = self._says("next_", index)
        end = self._says("weekend", later or index)
        if end is not None:
            self.said.weekend = True
        return end

    def _date(self, index: int) -> int | None:
        """Read a date: "24.12.", "the 24th", "24 de diciembre", "December 24"."""
        if index >= len(self.words):
            return None
        word = self.words[index]
        if word.kind == "date":
            parts = [
                int(part) for part in word.text.replace("/", ".").split(".") if part
            ]
            year = parts[2] if len(parts) > 2 else None
            self._edge.day = Day(day=parts[0], month=parts[1], year=year)
            return index + 1
        month = self.vocabulary.month_table.match(self.words, index)
        if month is not None:
            number = self._number_of_day(month[1])
            if number is None:
                return None
            self._edge.day = Day(day=number[0], month=month[0])
            return number[1]
        return self._day_first(index)

    def _day_first(self, index: int) -> int | None:
        number = self._number_of_day(index)
        if number is None:
            return None
        behind = self._says("weak_start", number[1]) or number[1]
        month = self.vocabulary.month_table.match(self.words, behind)
        if month is not None:
            self._edge.day = Day(day=number[0], month=month[0])
            return month[1]
        if self._is_ordinal(number[1] - 1):
            self._edge.day = Day(day=number[0])
            return number[1]
        return None

    def _number_of_day(self, index: int) -> tuple[int, int] | None:
        if self._is_ordinal(index):
            digits = "".join(filter(str.isdigit, self.words[index].text))
            return int(digits), index + 1
        found = number_at(self.vocabulary, self.words, index)
        return found if found is not None and 0 < found[0] <= _DAY_MONTH else None

    def _is_ordinal(self, index: int) -> bool:
        return index < len(self.words) and self.words[index].kind == "ordinal"

    def _duration(
        self, index: int, *, strict: bool = False
    ) -> tuple[timedelta, int] | None:
        """Return a length of time, and the index behind it.

        With `strict` a unit that also says "o'clock" is none.
        """
        length = self.vocabulary.length_table.match(self.words, index)
        if length is not None:
            return length
        number = number_at(self.vocabulary, self.words, index)
        if number is None:
            if (behind := self._says("one", index)) is None:
                return None
            number = 1, behind
        units = self.vocabulary.unit_table
        unit = units.match(self.words, number[1])
        if unit is None and (behind := self._says("fillers", number[1])) is not None:
            unit = units.match(self.words, behind)
        if unit is None or not number[0]:
            return None
        if strict and self._says("oclock", number[1]) is not None:
            return None
        if (half := self._says("plus_half", unit[1])) is not None:
            return number[0] * unit[0] + unit[0] / 2, half
        return number[0] * unit[0], unit[1]
