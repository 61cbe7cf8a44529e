"""The words of a language that tell times, and those that mean nothing beside them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum
from functools import cached_property

from .tokens import Token, tokens

type Phrases = Collection[str]


class DayPart(Enum):
    """A part of a day: its first and its last hour; 24 is midnight at its end."""

    MORNING = (6, 12)
    AFTERNOON = (12, 18)
    EVENING = (18, 24)
    NIGHT = (20, 30)

    @property
    def first(self) -> int:
        """Return the hour at which it begins."""
        return self.value[0]

    @property
    def last(self) -> int:
        """Return the hour at which it ends, above 24 on the next day."""
        return self.value[1]


class PhraseTable[ValueT]:
    """Phrases with what they mean; the longest one that fits counts."""

    def __init__(self, phrases: Mapping[str, ValueT]) -> None:
        """Sort the phrases by their first word."""
        self._by_first: dict[str, list[tuple[tuple[str, ...], ValueT]]] = {}
        for phrase, value in phrases.items():
            # A dash is a word between numbers only.
            words = tuple(token.text for token in tokens(phrase)) or (phrase,)
            self._by_first.setdefault(words[0], []).append((words, value))
        for found in self._by_first.values():
            found.sort(key=lambda item: -len(item[0]))

    def match(self, words: tuple[Token, ...], index: int) -> tuple[ValueT, int] | None:
        """Return what is said at an index, and the index behind it."""
        if index >= len(words):
            return None
        for phrase, value in self._by_first.get(words[index].text, ()):
            end = index + len(phrase)
            if tuple(token.text for token in words[index:end]) == phrase:
                return value, end
        return None


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """The words of one language.

    Phrases are written as people write them; case and accents don't count. `weak_start`
    also says "of", `also_until` also says "at". `half_before` is a word before the hour
    that half is missing from, `half_past` one before the hour that half is added to,
    `quarter_before` one before the hour that a quarter is missing from.
    `last_` stands around a weekday that has passed; `other_times` tell no window, nor
    is any of them part of a name. `feasts` are the month and day of those that never
    move. `day_articles` make a date of the number behind them, `day_numbers` tells
    whether of any number, or only of "the third". A weekday or month behind one of
    `titles` is a name, if none of `someones` stands before it. `ahead` behind a length tells how long it is until then.
    `fillers` may stand around a name. `door_words` are said of any lock, `place_words`
    of a certain one. `one` are articles that also count, `hours` numbers whose article
    tells that a time is meant. `half_days` tells whether "am" and "pm" are said,
    `bare_hours` whether "at" and a number make a time.
    """

    numbers: Mapping[str, int]
    days: Mapping[str, int]
    day_parts: Mapping[str, tuple[int, DayPart]]
    parts: Mapping[str, DayPart]
    weekdays: Mapping[str, int]
    months: Mapping[str, int]
    units: Mapping[str, timedelta]
    lengths: Mapping[str, timedelta]
    noon: Phrases
    midnight: Phrases
    weekend: Phrases
    now: Phrases
    start: Phrases
    weak_start: Phrases
    until: Phrases
    also_until: Phrases
    between: Phrases
    and_: Phrases
    at: Phrases
    on: Phrases
    for_: Phrases
    in_: Phrases
    after: Phrases
    next_: Phrases
    oclock: Phrases
    half_before: Phrases
    half_past: Phrases
    plus_half: Phrases
    plus_quarter: Phrases
    less: Phrases
    past: Phrases
    before: Phrases
    quarter: Phrases
    recurring: Phrases
    once: Phrases
    fillers: Phrases
    door_words: Phrases
    place_words: Phrases
    one: Phrases = ()
    ordinals: Mapping[str, int] = field(default_factory=dict)
    next_behind: Phrases = ()
    next_week: Phrases = ()
    last_: Phrases = ()
    feasts: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    day_articles: Phrases = ()
    day_numbers: bool = True
    titles: Phrases = ()
    someones: Phrases = ()
    ahead: Phrases = ()
    other_times: Phrases = ()
    weekday_parts: Mapping[str, tuple[int, DayPart]] = field(default_factory=dict)
    quarter_before: Phrases = ()
    hours: Mapping[str, int] = field(default_factory=dict)
    possessives: tuple[str, ...] = ()
    half_days: bool = True
    bare_hours: bool = True
    joined_minutes: bool = False
    month_may_be_first: bool = False
    _tables: dict[str, PhraseTable[object]] = field(
        default_factory=dict, init=False, repr=False
    )

    @cached_property
    def number_table(self) -> PhraseTable[int]:
        """Return the numbers in words."""
        return PhraseTable(self.numbers)

    @cached_property
    def ordinal_table(self) -> PhraseTable[int]:
        """Return the numbers of days in words, such as "the third"."""
        return PhraseTable(self.ordinals)

    @cached_property
    def hour_table(self) -> PhraseTable[int]:
        """Return the hours that are said with an article."""
        return PhraseTable(self.hours)

    @cached_property
    def day_table(self) -> PhraseTable[int]:
        """Return the days, as how many they are from today."""
        return PhraseTable(self.days)

    @cached_property
    def day_part_table(self) -> PhraseTable[tuple[int, DayPart]]:
        """Return the parts of certain days."""
        return PhraseTable(self.day_parts)

    @cached_property
    def weekday_part_table(self) -> PhraseTable[tuple[int, DayPart]]:
        """Return the parts of weekdays that are one word with them."""
        return PhraseTable(self.weekday_parts)

    @cached_property
    def part_table(self) -> PhraseTable[DayPart]:
        """Return the parts of a day."""
        return PhraseTable(self.parts)

    @cached_property
    def weekday_table(self) -> PhraseTable[int]:
        """Return the weekdays, Monday is 0."""
        return PhraseTable(self.weekdays)

    @cached_property
    def month_table(self) -> PhraseTable[int]:
        """Return the months, January is 1."""
        return PhraseTable(self.months)

    @cached_property
    def feast_table(self) -> PhraseTable[tuple[int, int]]:
        """Return the feasts, as their month and day."""
        return PhraseTable(self.feasts)

    @cached_property
    def unit_table(self) -> PhraseTable[timedelta]:
        """Return the units of time."""
        return PhraseTable(self.units)

    @cached_property
    def length_table(self) -> PhraseTable[timedelta]:
        """Return lengths of time that are said without a number."""
        return PhraseTable(self.lengths)

    def says(self, role: str, words: tuple[Token, ...], index: int) -> int | None:
        """Return the index behind a phrase with a role, None where none stands there."""
        if (table := self._tables.get(role)) is None:
            phrases: Phrases = getattr(self, role)
            table = self._tables[role] = PhraseTable(dict.fromkeys(phrases))
        found = table.match(words, index)
        return None if found is None else found[1]
