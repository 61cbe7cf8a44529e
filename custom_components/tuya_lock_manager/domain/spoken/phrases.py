"""Find what a sentence says of times; the words that remain are for others."""

from dataclasses import dataclass
from datetime import timedelta
import re

from .clocks import Clock, clock_at, number_at
from .day_phrases import DayPhrases
from .said import Day, Edge, SaidTimes
from .tokens import BREAK

_DECIMAL = re.compile(r"\d+[.,]\d+")
_HOUR = timedelta(hours=1)
_HOURS = re.compile(r"(\d{1,2})h")


@dataclass(slots=True)
class TimePhrases(DayPhrases):
    """Reads the tokens of a sentence from left to right."""

    _opened: bool = False
    _between: bool = False

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
            ("in_", self._wait),
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
        if end is None and (behind := self._says("at", index)) is not None:
            is_hour = self.vocabulary.hour_table.match(self.words, behind) is not None
            sure = self.vocabulary.bare_hours or is_hour
            end = self._something(behind, sure=sure)
        if end is None and (behind := self._says("on", index)) is not None:
            # "this evening" is today's, and not just any evening.
            end = self._some_day(index) or self._some_day(behind)
            end = end or self._dotted_date(behind)
        if end is None and (behind := self._says("for_", index)) is not None:
            end = self._lasting(index + 1) or self._lasting(behind)
            end = end or self._written_hours(behind)
            end = end or self._something(behind, sure=False)
            if end is None:
                end = self._range(behind)
        return end

    def _plain(self, index: int, *, sure: bool) -> int | None:
        """Read a time without any word before it."""
        if (end := self._first_of_days(index)) is not None:
            return end
        if (end := self._range(index)) is not None:
            return end
        if (end := self._ahead(index)) is not None:
            return end
        if sure:
            return self._something(index, sure=True) or self._lasting(index)
        # In some languages the same word tells hours of a day and how many they are.
        return self._lasting(index) or self._something(index, sure=False)

    def _recurring(self, index: int) -> int | None:
        self.said.recurring = True
        return index

    def _read_between(self, index: int) -> int | None:
        before, self._between = self._between, True
        is_now = self._says("now", index) is not None
        if is_now or self._trial(self._first_of_days, index) or self._peek(index):
            return self._start(index)
        self._between = before
        return None

    def _start(self, index: int) -> int | None:
        before, self._edge = self._edge, self.said.start
        end = self._says("now", index)
        if end is not None:
            self.said.start.now = True
        elif (end := self._first_of_days(index)) is None:
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
        start = self.said.start
        if start.clock is not None:
            return True
        if not self._opened and start.day is None:
            return False
        if self._trial(self._some_day, self._says("on", index) or index) is not None:
            return True
        is_clock = clock_at(self.vocabulary, self.words, index, sure=True) is not None
        return self._opened and not is_clock

    def _weak_start(self, index: int) -> int | None:
        """Read "of" as "from" where an end follows what it stands before."""
        behind = self._says("now", index) or self._peek(index)
        if behind is None:
            return None
        if not any(
            self._says(role, behind) is not None for role in ("until", "also_until")
        ):
            return None
        return self._start(index)

    def _until(self, index: int) -> int | None:
        before, self._edge = self._edge, self.said.end
        end = self._day_as_before(index) or self._something(index, sure=True)
        if end is None:
            self._edge = before
        return end

    def _day_as_before(self, index: int) -> int | None:
        """Read a mere number as a day where one was the start: "vom 3. bis 7"."""
        start = self.said.start
        if start.clock is not None or start.day is None or start.day.day is None:
            return None
        number = self._number_of_day(index)
        if number is None or start.day.month is not None:
            return None
        end = number[1]
        if end < len(self.words) and self.words[end].text != BREAK:
            return None
        self._take_day(Day(day=number[0]))
        return end

    def _wait(self, index: int) -> int | None:
        found = self._duration(index)
        if found is None:
            return None
        self.said.wait, end = found
        return end

    def _ahead(self, index: int) -> int | None:
        """Read "two weeks from today" as unclear: it may be a day, or a length from it."""
        found = self._duration(index)
        if found is None or self._says("ahead", found[1]) is None:
            return None
        self.said.wait, self.said.start.now = found[0], True
        return found[1]

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
                self._take_clock(found[0])
                return found[1]
        return None

    def _take_clock(self, clock: Clock) -> None:
        self._edge.clock = clock
        self.said.order += "c"

    def _peek(self, index: int) -> int | None:
        """Return the index behind a time, without reading it."""
        kept, self._edge = self._edge, Edge()
        said, self.said = self.said, SaidTimes()
        try:
            end = behind = self._something(index, sure=True)
            while behind is not None:
                end = behind
                ends = any(self._says(role, end) for role in ("until", "also_until"))
                behind = None if ends else self._something(end, sure=False)
            return end
        finally:
            self._edge, self.said = kept, said

    def _something(self, index: int, *, sure: bool) -> int | None:
        """Read a day, a part of it, or a time of day."""
        if index >= len(self.words) or index in self._taken:
            return None
        if (end := self._some_day(index)) is not None:
            return end
        if (behind := self._says("on", index)) is not None:
            # "from the 3rd": an article before a day.
            if (end := self._some_day(behind)) is not None:
                return end
        if index and self._says("on", index - 1) == index:
            if (end := self._dotted_date(index)) is not None:
                return end
        found = clock_at(
            self.vocabulary, self.words, index, sure=sure, joined=not self._between
        )
        if found is None or not self._is_free(index, found[1]):
            return None
        if self._edge.clock is not None:
            return None
        self._take_clock(found[0])
        return found[1]

    def _duration(
        self, index: int, *, strict: bool = False
    ) -> tuple[timedelta, int] | None:
        """Return a length of time, and the index behind it: "an hour and ten minutes".

        With `strict` a unit that also says "o'clock" is none.
        """
        found = self._one_length(index, strict=strict)
        if found is None or found[0] % _HOUR:
            return found
        hours, end = found
        more = self._one_length(self._says("and_", end) or end, strict=strict)
        if more is None or more[0] >= _HOUR or not self._is_free(end, more[1]):
            return found
        return hours + more[0], more[1]

    def _one_length(self, index: int, *, strict: bool) -> tuple[timedelta, int] | None:
        length = self.vocabulary.length_table.match(self.words, index)
        if length is not None:
            return length
        if (decimal := self._decimal(index)) is not None:
            return decimal
        number = number_at(self.vocabulary, self.words, index)
        if number is None:
            if (behind := self._says("one", index)) is None:
                return None
            number = 1, behind
        units = self.vocabulary.unit_table
        if (half := self._says("plus_half", number[1])) is not None:
            unit = units.match(self.words, half)
            return unit and (number[0] * unit[0] + unit[0] / 2, unit[1])
        unit = units.match(self.words, number[1])
        if unit is None and (behind := self._says("fillers", number[1])) is not None:
            unit = units.match(self.words, behind)
        if unit is None or not number[0]:
            return None
        if strict and self._says("oclock", number[1]) is not None:
            return None
        if (half := self._says("plus_half", unit[1])) is not None:
            # "una hora y treinta minutos" names the minutes, too.
            minutes = units.match(self.words, half)
            end = minutes[1] if minutes and minutes[0] < unit[0] else half
            return number[0] * unit[0] + unit[0] / 2, end
        return number[0] * unit[0], unit[1]

    def _decimal(self, index: int) -> tuple[timedelta, int] | None:
        """Return a length like "1.5 hours", which may look like a date."""
        if index >= len(self.words) or self.words[index].kind not in {
            "decimal",
            "date",
        }:
            return None
        number = _DECIMAL.fullmatch(self.words[index].text)
        unit = self.vocabulary.unit_table.match(self.words, index + 1)
        if number is None or unit is None:
            return None
        return float(number[0].replace(",", ".")) * unit[0], unit[1]

    def _written_hours(self, index: int) -> int | None:
        """Read "2h" as a length, behind a word that a length follows."""
        if index >= len(self.words) or not self._is_free(index, index + 1):
            return None
        hours = _HOURS.fullmatch(self.words[index].text)
        if hours is None or self.said.duration is not None:
            return None
        if (end := self._range(index)) is not None:
            return end
        self.said.duration = timedelta(hours=int(hours[1]))
        return index + 1
