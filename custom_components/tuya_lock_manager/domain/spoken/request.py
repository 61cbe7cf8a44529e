"""Take a sentence apart: for whom, at which lock, when."""

from collections.abc import Mapping
from dataclasses import dataclass

from .phrases import TimePhrases
from .said import SaidTimes
from .tokens import BREAK, Token, composed_text, tokens
from .vocabulary import Vocabulary

_KINDS_OF_TIMES = frozenset({"number", "clock", "date", "decimal", "ordinal"})


@dataclass(frozen=True, slots=True)
class Request:
    """What was said, by what it is about.

    `places` are the keys of the places that were named. `rest` is what none of the
    others is, in the words that were said: who is meant, or what wasn't understood.
    `unknown_places` are what sounds like a place and is none that has a lock, `unclear`
    what sounds like a time and tells none.
    """

    places: frozenset[str]
    times: SaidTimes
    rest: tuple[str, ...]
    unknown_places: tuple[str, ...]
    unclear: tuple[str, ...]
    once: bool


def read_request(
    text: str, vocabulary: Vocabulary, places: Mapping[str, frozenset[str]]
) -> Request:
    """Take a text apart.

    `places` are the names that may be said, with the keys of what has them. The parts
    of a text that were not said next to each other are parted by a `|`.
    """
    composed = composed_text(text)
    words = tokens(composed)
    used: set[int] = set()
    named = _find_places(words, places, used)
    once = _use_phrases(vocabulary, "once", words, used)
    held = _surnames(vocabulary, words)
    times = TimePhrases(vocabulary, words, used | held)
    said = times.read()
    told = times.used - held
    unclear = _unclear(vocabulary, words, told)
    rest, unknown = _sorted_out(vocabulary, words, told.union(*unclear))
    return Request(
        places=frozenset(named),
        times=said,
        rest=_all_as_said(vocabulary, composed, words, rest),
        unknown_places=_all_as_said(vocabulary, composed, words, unknown),
        unclear=_all_as_said(vocabulary, composed, words, unclear),
        once=once,
    )


def says_once(text: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a sentence asks for a code that opens once."""
    return _use_phrases(vocabulary, "once", tokens(composed_text(text)), set())


def _surnames(vocabulary: Vocabulary, words: tuple[Token, ...]) -> set[int]:
    """Return the weekdays and months that are names: "Frau Sonntag", "Mr. May"."""
    return {
        index + 1
        for index in range(len(words) - 1)
        if vocabulary.says("titles", words, index) == index + 1
        and any(
            table.match(words, index + 1) is not None
            for table in (vocabulary.weekday_table, vocabulary.month_table)
        )
        and (not index or not _is_someones(vocabulary, words, index - 1))
    }


def _is_someones(vocabulary: Vocabulary, words: tuple[Token, ...], index: int) -> bool:
    """Tell whether a word says whose somebody is: "meiner Frau" is no title."""
    return vocabulary.says("someones", words, index) is not None


def _find_places(
    words: tuple[Token, ...], places: Mapping[str, frozenset[str]], used: set[int]
) -> set[str]:
    """Return whose names are said; the longest name counts.

    Of several names that something has all of, it is meant: "the front door in the hall".
    """
    phrases = sorted(
        (
            (tuple(token.text for token in tokens(name)), keys)
            for name, keys in places.items()
        ),
        key=lambda item: -len(item[0]),
    )
    named: list[frozenset[str]] = []
    for phrase, keys in phrases:
        for index in range(len(words) - len(phrase) + 1 if phrase else 0):
            span = range(index, index + len(phrase))
            said = tuple(words[place].text for place in span)
            if said == phrase and used.isdisjoint(span):
                named.append(keys)
                used.update(span)
    every = set().union(*named)
    return every.intersection(*named) or every


def _use_phrases(
    vocabulary: Vocabulary, role: str, words: tuple[Token, ...], used: set[int]
) -> bool:
    """Tell whether a phrase is said anywhere, and count its words as used."""
    found = False
    for index in range(len(words)):
        end = vocabulary.says(role, words, index)
        if end is not None and used.isdisjoint(range(index, end)):
            used.update(range(index, end))
            found = True
    return found


def _sorted_out(
    vocabulary: Vocabulary, words: tuple[Token, ...], used: set[int]
) -> tuple[list[list[int]], list[list[int]]]:
    """Return what remains, and what of it sounds like a place that nobody knows.

    "The door" alone says nothing.
    """
    rest: list[list[int]] = []
    unknown: list[list[int]] = []
    for segment in _segments(vocabulary, words, used):
        roles = [_role(vocabulary, words, index) for index in segment]
        if "place_words" in roles or {"door_words", None} <= set(roles):
            unknown.append(segment)
        elif None in roles:
            rest.append(segment)
    return rest, unknown


def _unclear(
    vocabulary: Vocabulary, words: tuple[Token, ...], used: set[int]
) -> list[list[int]]:
    """Return what sounds like a time and tells none, so that it becomes no name.

    That is a word such as "yesterday" or "a few", and all that follows a word that a time
    has to follow: "until the cows come home", "for 0 hours".
    """
    found: list[list[int]] = []
    index = 0
    while index < len(words):
        end = None if index in used else _end_of_unclear(vocabulary, words, index)
        if end is not None:
            run = [place for place in range(index, end) if place not in used]
            found.append(_without_fillers(vocabulary, words, run) or run)
        index = end or index + 1
    return found


def _end_of_unclear(
    vocabulary: Vocabulary, words: tuple[Token, ...], index: int
) -> int | None:
    """Return the index behind an unclear time, None where none begins."""
    if (end := vocabulary.says("other_times", words, index)) is not None:
        return end
    until = vocabulary.says("until", words, index)
    behind = until or next(
        (
            end
            for role in ("start", "for_", "between")
            if (end := vocabulary.says(role, words, index)) is not None
            and _begins_with_number(vocabulary, words, end)
        ),
        None,
    )
    if behind is None:
        return None
    while behind < len(words) and words[behind].text != BREAK:
        behind += 1
    return behind


def _begins_with_number(
    vocabulary: Vocabulary, words: tuple[Token, ...], index: int
) -> bool:
    if index >= len(words):
        return False
    if words[index].kind in _KINDS_OF_TIMES:
        return True
    number = vocabulary.number_table.match(words, index)
    return number is not None and number[0] > 1


def _role(vocabulary: Vocabulary, words: tuple[Token, ...], index: int) -> str | None:
    """Return what a word is beside names, None for a word of its own."""
    for role in ("place_words", "door_words", "fillers"):
        if vocabulary.says(role, words, index) is not None:
            return role
    return None


def _segments(
    vocabulary: Vocabulary, words: tuple[Token, ...], used: set[int]
) -> list[list[int]]:
    """Return what remains as runs of words, without what may stand around a name."""
    runs: list[list[int]] = [[]]
    for index, word in enumerate(words):
        if index in used or word.text == BREAK:
            runs.append([])
        else:
            runs[-1].append(index)
    parted = (part for run in runs for part in _parted(vocabulary, words, run))
    stripped = (_without_fillers(vocabulary, words, run) for run in parted)
    return [run for run in stripped if run]


def _parted(
    vocabulary: Vocabulary, words: tuple[Token, ...], run: list[int]
) -> tuple[list[int], list[int]]:
    """Return a run in two where a person and a place stand next to each other.

    "Anna's front door" is parted behind the owner, "the door for the courier" behind
    the door.
    """
    for count, index in enumerate(run, 1):
        behind = run[count:]
        if words[index].text.endswith(vocabulary.possessives or "\0"):
            if all(_role(vocabulary, words, word) for word in behind):
                return run[:count], behind
        is_door = _role(vocabulary, words, index) == "door_words"
        before = _role(vocabulary, words, run[count - 2]) if count > 1 else None
        if is_door and before == "fillers" and behind:
            if vocabulary.says("for_", words, behind[0]) is not None:
                return run[:count], behind
    return run, []


def _without_fillers(
    vocabulary: Vocabulary, words: tuple[Token, ...], run: list[int]
) -> list[int]:
    while run:
        end = vocabulary.says("fillers", words, run[0])
        if end is None or end > run[-1] + 1:
            break
        run = run[end - run[0] :]
    while run:
        first = _filler_at_end(vocabulary, words, run)
        if first is None and _ends_with_any_door(vocabulary, words, run):
            first = run[-1]
        if first is None:
            break
        run = [index for index in run if index < first]
    return run


def _ends_with_any_door(
    vocabulary: Vocabulary, words: tuple[Token, ...], run: list[int]
) -> bool:
    """Tell whether a run ends with "the door", which may be any; "sauna door" is one."""
    return (
        len(run) > 1
        and _role(vocabulary, words, run[-1]) == "door_words"
        and _role(vocabulary, words, run[-2]) == "fillers"
    )


def _filler_at_end(
    vocabulary: Vocabulary, words: tuple[Token, ...], run: list[int]
) -> int | None:
    """Return where the longest phrase begins that ends a run, None for none."""
    behind = run[-1] + 1
    return next(
        (index for index in run if vocabulary.says("fillers", words, index) == behind),
        None,
    )


def _all_as_said(
    vocabulary: Vocabulary,
    text: str,
    words: tuple[Token, ...],
    segments: list[list[int]],
) -> tuple[str, ...]:
    return tuple(_as_said(vocabulary, text, words, segment) for segment in segments)


def _as_said(
    vocabulary: Vocabulary, text: str, words: tuple[Token, ...], segment: list[int]
) -> str:
    """Return the words of a segment as they were said, without a possessive ending."""
    said = text[words[segment[0]].start : words[segment[-1]].end]
    for ending in vocabulary.possessives:
        if said.casefold().endswith(ending):
            return said[: -len(ending)]
    return said
