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
        "sperr die Haustür ab",
        "entsperre die Haustür",
        "lösche den Timer",
        "stelle einen Timer auf fünf Minuten",
        "wer ist zu Hause",
        "wo ist Anna",
        "mach die Tür auf",
        "setze einen Code für Anna auf die Einkaufsliste",
        "welche Türen sind offen",
        "schalte den Alarm ein",
        "wie ist das WLAN Passwort",
        "abbrechen",
    ),
    "en": (
        "open the door",
        "lock the front door",
        "is the front door locked",
        "cancel the timer",
        "cancel all timers",
        "set a timer for five minutes",
        "who is home",
        "where is Anna",
        "add milk to my shopping list",
        "add one time code to my todo list",
        "cancel the alarm",
        "is the alarm on",
        "are any doors open",
        "which windows are open",
        "what is the wifi password",
        "any weather alerts",
        "what is the zip code of Berlin",
        "cancel",
        "never mind",
        "turn on the hall light",
        "what time is it",
        "delete it",
    ),
    "es": (
        "enciende la luz del pasillo",
        "qué hora es",
        "abre la puerta",
        "bloquea la puerta principal",
        "cancela el temporizador",
        "pon un temporizador de cinco minutos",
        "quién está en casa",
        "añade leche a la lista de la compra",
        "activa la alarma",
        "qué puertas están abiertas",
        "cuál es la contraseña del wifi",
        "cancela",
    ),
    "fr": (
        "allume la lumière du couloir",
        "quelle heure est-il",
        "ouvre la porte d'entrée",
        "verrouille la porte d'entrée",
        "annule le minuteur",
        "mets un minuteur de cinq minutes",
        "qui est à la maison",
        "ajoute code à ma liste de courses",
        "désactive l'alarme",
        "quelles portes sont ouvertes",
        "quel est le mot de passe du wifi",
        "annule",
    ),
    "it": (
        "accendi la luce del corridoio",
        "che ore sono",
        "apri la porta",
        "blocca la porta d'ingresso",
        "annulla il timer",
        "imposta un timer di cinque minuti",
        "chi è in casa",
        "aggiungi codice alla lista della spesa",
        "disattiva l'allarme",
        "no",
        "quali porte sono aperte",
        "qual è la password del wifi",
        "annulla",
    ),
    "nl": (
        "doe het licht in de gang aan",
        "hoe laat is het",
        "open de voordeur",
        "doe de voordeur op slot",
        "annuleer de timer",
        "zet een timer van vijf minuten",
        "wie is er thuis",
        "zet een code voor Anna op de boodschappenlijst",
        "schakel het alarm uit",
        "welke deuren zijn open",
        "wat is het wachtwoord van de wifi",
        "annuleer",
    ),
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
