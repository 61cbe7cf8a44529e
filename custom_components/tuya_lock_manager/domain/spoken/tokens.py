"""A sentence as words, numbers and times of day, each with its place in the text."""

from dataclasses import dataclass
import re
import unicodedata

# Marks where two parts of a sentence were put together: no phrase reaches over it.
BREAK = "|"
# Between two numbers; whichever dash it is.
DASH = "-"
_TOKEN = re.compile(
    r"""
      (?P<date>\b\d{1,2}(?:\.\d{1,2}\.|/\d{1,2}/?)(?:\d{4}\b)?|\b\d{1,2}\.\d\b)
    | (?P<decimal>\b\d+,\d+\b)
    | (?P<clock>\b\d{1,2}(?::|h|\.)\d{2}\b|\b\d{1,2}h\b)
    | (?P<half_day>[ap]\.?\s?m\b\.?)
    | (?P<ordinal>\b\d{1,2}(?:st|nd|rd|th|er|eme|ste|de|e\b|º|ª|°|\.(?=\s+[^\W\d])))
    | (?P<number>\d+)
    | (?P<word>[^\W\d_]+(?:'[^\W\d_]+)*'?)
    | (?P<mark>(?<=[\dh])\s*[-\u2013\u2014]\s*(?=\d)|\|)
    """,
    re.VERBOSE,
)
# Articles and prepositions that are written together with the next word.
_ELISIONS = re.compile(r"^(?:[ldcnsmjt]|qu|un|jusqu|[dnsa]ell|all|dall|sull|quell)'")


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it is compared, what kind it is, and where it stands in the text."""

    text: str
    kind: str
    start: int
    end: int


def folded(text: str) -> str:
    """Return a text as it is compared: small letters, without accents."""
    plain = unicodedata.normalize("NFKD", text.replace("\u2019", "'"))
    return "".join(char for char in plain if not unicodedata.combining(char)).casefold()


def tokens(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text.

    Their places count in the text as it is after composing its accents.
    """
    composed = composed_text(text)
    small, places = _with_places(composed)
    found: list[Token] = []
    for match in _TOKEN.finditer(small):
        kind = match.lastgroup or ""
        found += _split(match.group().strip(), kind, match.start(), match.end(), places)
    return tuple(found)


def composed_text(text: str) -> str:
    """Return a text in which the places of its tokens count."""
    return unicodedata.normalize("NFC", text).replace("\u2019", "'")


def _with_places(text: str) -> tuple[str, list[int]]:
    """Return the folded text, and for each of its characters where it came from."""
    small: list[str] = []
    places: list[int] = []
    for index, char in enumerate(text):
        # These two fold to nothing, and are part of an ordinal.
        plain = char if char in "ºª°" else folded(char)
        small.append(plain)
        places += [index] * len(plain)
    places.append(len(text))
    return "".join(small), places


def _split(
    text: str, kind: str, start: int, end: int, places: list[int]
) -> list[Token]:
    """Return a match as tokens: elided words stand alone."""
    parts: list[Token] = []
    if kind == "word":
        while (elided := _ELISIONS.match(text)) and elided.end() < len(text):
            middle = start + elided.end()
            parts.append(Token(elided.group(), kind, places[start], places[middle]))
            text, start = text[elided.end() :], middle
    if kind == "mark" and text != BREAK:
        text = DASH
    parts.append(Token(text, kind, places[start], places[end - 1] + 1))
    return parts


def same_words(said: str, name: str) -> bool:
    """Tell whether all words that were said are in a name, whatever their order.

    In many languages a name that owns something has an s at its end.
    """
    known = {token.text for token in tokens(name)}
    wanted = [token.text for token in tokens(said)]
    return bool(wanted) and all(
        word in known or word.removesuffix("s").removesuffix("'") in known
        for word in wanted
    )


def as_said(part: str, sentence: str) -> str:
    """Return a part of a sentence with the dots that a recognizer left out.

    "am 24.12." and "am 3. Juli" tell a date only with their dots. A part that isn't found
    in its sentence stays as it is.
    """
    gap = r"[.,;:!?]*\s+"
    words = gap.join(re.escape(word) for word in part.split())
    told = sentence.replace("\u2019", "'")
    found = re.search(rf"{words}(?:(?<=\d)\.)?", told, re.IGNORECASE)
    return found.group() if words and found else part
