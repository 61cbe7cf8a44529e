"""Find the days that a sentence names: "next Monday", "the 3rd of July", "tonight"."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
import re

from .clocks import clock_at, number_at
from .said import Day, Edge, SaidTimes
from .times import fits_a_day
from .tokens import BREAK, Token
from .vocabulary import Vocabulary

_DAY_MONTH = 31
_MONTHS = 12
_YEAR = re.compile(r"20\d\d")


@dataclass(slots=True)
class DayPhrases:
    """Reads the days among the tokens of a sentence.

    `used` are the indexes of the tokens that said something of times; those in it from
    the beginning are taken by others, and end every phrase.
    """

    vocabulary: Vocabulary
    words: tuple[Token, ...]
    used: set[int] = field(default_factory=set)
    said: SaidTimes = field(default_factory=SaidTimes)
    _taken: frozenset[int] = frozenset()
    _edge: Edge = field(init=False)

    def __post_init__(self) -> None:
        """Begin with the start."""
        self._taken = frozenset(self.used)
        self._edge = self.said.start

    def _says(self, role: str, index: int) -> int | None:
        end = self.vocabulary.says(role, self.words, index)
        return end if end is not None and self._is_free(index, end) else None

    def _is_free(self, index: int, end: int) -> bool:
        return self._taken.isdisjoint(range(index, end))

    def _take_day(self, day: Day) -> None:
        self._edge.add_day(day)
        self.said.order += "d"

    def _add_day(self, day: Day) -> None:
        kept, self._edge = self._edge, self._edge_of_day()
        self._take_day(day)
        self._edge = kept

    def _edge_of_day(self) -> Edge:
        """Return the start where a day is told behind both times: it is that of both."""
        start, end = self.said.start, self.said.end
        behind_both = self._edge is end and start.clock and end.clock
        if not behind_both or start.day is not None or end.day is not None:
            return self._edge
        return start if fits_a_day(start, end) else end

    def _trial(self, read: Callable[[int], int | None], index: int) -> Day | None:
        """Return the day that something would read, without reading it."""
        edge, self._edge = self._edge, Edge()
        said, self.said = self.said, SaidTimes()
        try:
            return self._edge.day if read(index) is not None else None
        finally:
            self._edge, self.said = edge, said

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

    def _day_part(self, index: int) -> int | None:
        found = self.vocabulary.day_part_table.match(self.words, index)
        if found is None:
            return None
        (offset, part), end = found
        self._edge.part = part
        self._add_day(Day(offset=offset))
        return end

    def _weekday_part(self, index: int) -> int | None:
        later = self._says("next_", index)
        found = self.vocabulary.weekday_part_table.match(self.words, later or index)
        if found is None:
            return None
        (weekday, part), end = found
        self._edge.part = part
        self._add_day(Day(weekday=weekday, strictly_later=later is not None))
        return end

    def _part(self, index: int) -> int | None:
        found = self.vocabulary.part_table.match(self.words, index)
        if found is None:
            return None
        self._edge.part, end = found
        return end

    def _day(self, index: int) -> int | None:
        edge, self._edge = self._edge, Edge()
        end = self._read_day(index)
        day, self._edge = self._edge.day, edge
        if end is not None and day is not None:
            self._add_day(day)
        return end

    def _read_day(self, index: int) -> int | None:
        found = self.vocabulary.day_table.match(self.words, index)
        if found is not None:
            self._edge.day = Day(offset=found[0])
            return found[1]
        if (feast := self.vocabulary.feast_table.match(self.words, index)) is not None:
            month, day = feast[0]
            self._edge.day = Day(day=day, month=month)
            return feast[1]
        if (week := self._says("next_week", index)) is not None:
            weekday = self.vocabulary.weekday_table.match(self.words, week)
            number = None if weekday is None else weekday[0]
            self._edge.day = Day(weekday=number, next_week=True)
            return week if weekday is None else weekday[1]
        later = self._says("next_", index)
        weekday = self.vocabulary.weekday_table.match(self.words, later or index)
        if weekday is None:
            return self._date(index)
        before = self.vocabulary.says("last_", self.words, index - 1) if index else None
        if before == index or self._says("last_", weekday[1]) is not None:
            # No day has that number, so that the time is unclear.
            self._edge.day = Day(day=0)
            return weekday[1]
        end = self._says("next_behind", weekday[1])
        if (week := self._says("next_week", weekday[1])) is not None:
            self._edge.day = Day(weekday=weekday[0], next_week=True)
            return week
        is_later = later is not None or end is not None
        self._edge.day = Day(weekday=weekday[0], strictly_later=is_later)
        if end is not None:
            return end
        # "Monday the 8th": the number tells which one.
        end = self._date(self._says("on", weekday[1]) or weekday[1])
        if end is not None and self._edge.day is not None:
            self._edge.day = replace(self._edge.day, weekday=weekday[0])
        return end or weekday[1]

    def _weekend(self, index: int) -> int | None:
        later = self._says("next_", index)
        end = self._says("weekend", later or index)
        if end is not None:
            behind = self._says("next_behind", end)
            self.said.weekend = True
            self.said.weekend_later = later is not None or behind is not None
            end = behind or end
        return end

    def _date(self, index: int) -> int | None:
        """Read a date: "24.12.", "the 24th", "24 de diciembre", "December 24"."""
        if index >= len(self.words):
            return None
        if self.words[index].kind == "date":
            return self._written_date(index)
        month = self.vocabulary.month_table.match(self.words, index)
        if month is not None:
            number = self._number_of_day(month[1])
            if number is None:
                return None
            year, end = self._year(number[1])
            self._edge.day = Day(day=number[0], month=month[0], year=year)
            return end
        return self._day_first(index)

    def _written_date(self, index: int) -> int:
        """Read a date in digits; in some languages nobody knows which is the month."""
        text = self.words[index].text
        parts = [int(part) for part in re.split(r"[./]", text) if part]
        year = parts[2] if len(parts) > 2 else None
        day, month = parts[:2]
        if "/" in text and self.vocabulary.month_may_be_first and day != month:
            if month > _MONTHS:
                day, month = month, day
            elif day <= _MONTHS:
                # No day has that number, so that the time is unclear.
                day = 0
        self._edge.day = Day(day=day, month=month, year=year)
        return index + 1

    def _dotted_date(self, index: int) -> int | None:
        """Read what looks like a time as a date, where only a date can stand: "24.12"."""
        if index >= len(self.words) or not self._is_free(index, index + 1):
            return None
        word = self.words[index]
        if word.kind != "clock" or "." not in word.text:
            return None
        day, month = map(int, word.text.split("."))
        self._add_day(Day(day=day, month=month))
        return index + 1

    def _day_first(self, index: int) -> int | None:
        number = self._number_of_day(index)
        if number is None:
            return None
        behind = self._says("weak_start", number[1]) or number[1]
        month = self.vocabulary.month_table.match(self.words, behind)
        if month is not None and not self._is_ordinal(month[1]):
            year, end = self._year(month[1])
            self._edge.day = Day(day=number[0], month=month[0], year=year)
            return end
        if self._is_ordinal(number[1] - 1) or self._is_told_as_day(index, number[1]):
            self._edge.day = Day(day=number[0])
            return number[1]
        return None

    def _is_told_as_day(self, index: int, end: int) -> bool:
        """Tell whether a mere number is a day: "le 24 de 15h", "on the third at nine".

        What follows tells it from "the second floor" and from "le 24 heures".
        """
        vocabulary = self.vocabulary
        if not index:
            return False
        if vocabulary.weekday_table.match(self.words, index - 1) is not None:
            # "domenica sette dalle dieci": what begins behind it is the time of day.
            return self._times_follow(end, ("start", "between", "weak_start"))
        if vocabulary.says("day_articles", self.words, index - 1) != index:
            return False
        ordinal = vocabulary.ordinal_table.match(self.words, index)
        if ordinal is None and not vocabulary.day_numbers:
            return False
        if end >= len(self.words) or end in self._taken:
            return True
        if self.words[end].text == BREAK or self.words[end].kind == "clock":
            return True
        if vocabulary.part_table.match(self.words, end) is not None:
            return True
        return self._times_follow(
            end,
            ("start", "until", "also_until", "between", "at", "for_", "weak_start"),
        )

    def _times_follow(self, index: int, roles: tuple[str, ...]) -> bool:
        """Tell whether a word with one of the roles stands there, and a time behind it."""
        vocabulary = self.vocabulary
        for role in roles:
            if (behind := vocabulary.says(role, self.words, index)) is None:
                continue
            if role not in {"weak_start", "also_until"}:
                return True
            if clock_at(vocabulary, self.words, behind, sure=True) is not None:
                return True
            if vocabulary.says("day_articles", self.words, behind - 1) == behind:
                return True
            if vocabulary.says("day_articles", self.words, behind) is not None:
                return True
        return False

    def _year(self, index: int) -> tuple[int | None, int]:
        """Return a year behind a date, and the index behind it."""
        behind = self._says("weak_start", index) or index
        if behind < len(self.words) and _YEAR.fullmatch(self.words[behind].text):
            return int(self.words[behind].text), behind + 1
        return None, index

    def _number_of_day(self, index: int) -> tuple[int, int] | None:
        if self._is_ordinal(index):
            digits = "".join(filter(str.isdigit, self.words[index].text))
            return int(digits), index + 1
        ordinal = self.vocabulary.ordinal_table.match(self.words, index)
        found = ordinal or number_at(self.vocabulary, self.words, index)
        return found if found is not None and 0 < found[0] <= _DAY_MONTH else None

    def _is_ordinal(self, index: int) -> bool:
        return index < len(self.words) and self.words[index].kind == "ordinal"

    def _first_of_days(self, index: int) -> int | None:
        """Read a mere number as a day where a date as an end follows: "3 to 7 July"."""
        first = self._number_of_day(self._says("on", index) or index)
        if first is None or not self._is_free(index, first[1]):
            return None
        for role in ("until", "also_until", "and_"):
            behind = self._says(role, first[1])
            if behind is None:
                continue
            behind = self._says("on", behind) or behind
            if self._number_of_day(behind) is None:
                continue
            last = self._trial(self._day_first, behind)
            if last is not None and last.month is not None:
                self._take_day(Day(day=first[0]))
                return first[1]
        return None
