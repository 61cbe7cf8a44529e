"""Hundreds of ways to say it: each is heard as what it asks for, with all that it says."""

from typing import Final

import pytest

from tests.phrasing import Listener, phrases
from tests.voicing import LANGUAGES

FEWEST: Final = 80
# Ordinary sentences that are none of ours.
OTHERS: Final = {
    "de": (
        "schalte das Licht im Flur ein",
        "wie spät ist es",
        "schließ die Haustür ab",
    ),
    "en": ("turn on the hall light", "what time is it", "lock the front door"),
    "es": ("enciende la luz del pasillo", "qué hora es"),
    "fr": ("allume la lumière du couloir", "quelle heure est-il"),
    "it": ("accendi la luce del corridoio", "che ore sono"),
    "nl": ("doe het licht in de gang aan", "hoe laat is het"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_phrases(language: str) -> None:
    listener = Listener(language)
    expected = list(phrases(language))
    assert len(expected) > FEWEST
    heard = [(text, *listener.hear(text)) for _, text, _ in expected]
    assert heard == [(text, asked, told) for asked, text, told in expected]
    for text in OTHERS[language]:
        assert listener.hear(text) == (None, ""), text
