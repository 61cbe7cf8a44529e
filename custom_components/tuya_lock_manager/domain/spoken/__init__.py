"""What was said: times, guests and locks in a sentence, in several languages.

The sentence files only tell which wish a sentence is; what it says of whom, when and
where is found here by its words, in whatever order they come.
"""

from collections.abc import Mapping
from types import MappingProxyType

from .dutch import DUTCH
from .english import ENGLISH
from .french import FRENCH
from .german import GERMAN
from .italian import ITALIAN
from .request import Request, read_request, says_once
from .spanish import SPANISH
from .times import RepeatedTimesError, SpokenWindow, UnclearTimeError, window_of
from .tokens import as_said, same_words
from .vocabulary import Vocabulary

VOCABULARIES: Mapping[str, Vocabulary] = MappingProxyType(
    {
        "de": GERMAN,
        "en": ENGLISH,
        "es": SPANISH,
        "fr": FRENCH,
        "it": ITALIAN,
        "nl": DUTCH,
    }
)

__all__ = [
    "VOCABULARIES",
    "RepeatedTimesError",
    "Request",
    "SpokenWindow",
    "UnclearTimeError",
    "Vocabulary",
    "as_said",
    "read_request",
    "same_words",
    "says_once",
    "vocabulary_of",
    "window_of",
]


def vocabulary_of(language: str) -> Vocabulary | None:
    """Return the words of a language, None where they are not known.

    The language may have a region: "de-CH" speaks German.
    """
    return VOCABULARIES.get(language.partition("-")[0].casefold())
