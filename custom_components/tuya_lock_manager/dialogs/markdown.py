"""Texts in which something comes from outside: a guest's name, an answer of the cloud.

Descriptions of pages are Markdown and take HTML, so nothing from outside may mean
anything there. Labels of fields are plain text.
"""

from collections.abc import Iterable
import re
from string import punctuation

# They turn the direction of what follows, which may be a code.
_TURNING = dict.fromkeys(
    (0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
)
# Without these there are neither links nor HTML.
_LOOKALIKES = str.maketrans(
    {
        "[": "(",
        "]": ")",
        "<": "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}",
        ">": "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}",
    }
)
_MEANINGFUL = re.compile(f"([{re.escape(punctuation)}])")


def plain(text: str) -> str:
    """Return a text on one line and in its own direction."""
    return " ".join(text.translate(_TURNING).split())


def harmless(text: str) -> str:
    """Return a text for titles and Markdown alike, as repairs need it."""
    return plain(text).translate(_LOOKALIKES)


def escaped(text: str) -> str:
    """Return a text as Markdown that shows it as it is: links and HTML stay text."""
    return _MEANINGFUL.sub(r"\\\1", plain(text))


def listed(lines: Iterable[str]) -> str:
    """Return lines of Markdown as a list."""
    return "\n".join(f"- {line}" for line in lines)


def paragraphs(texts: Iterable[str]) -> str:
    """Return blocks of Markdown one below the other; empty ones are left out."""
    return "\n\n".join(text for text in texts if text)
