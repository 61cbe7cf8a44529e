"""Sentences taken apart: whom, where and when, in six languages."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st
import pytest

from custom_components.tuya_lock_manager.domain.spoken import (
    VOCABULARIES,
    UnclearTimeError,
    read_request,
    same_words,
    says_once,
    vocabulary_of,
    window_of,
)
from custom_components.tuya_lock_manager.voice.language import best_language

BERLIN = ZoneInfo("Europe/Berlin")
# A Monday.
NOW = datetime(2026, 6, 1, 12, 30, tzinfo=BERLIN)
PLACES = {
    name: frozenset({key})
    for name, key in (
        ("Front Door", "front"),
        ("Haustür", "front"),
        ("porte d'entrée", "front"),
        ("puerta principal", "front"),
        ("voordeur", "front"),
        ("porta d'ingresso", "front"),
        ("Garage", "garage"),
        ("Garage door", "gate"),
    )
}


def window(text: str, language: str = "en", now: datetime = NOW) -> str:
    """Return the window of a sentence: day and time of both ends, a dash for now."""
    vocabulary = VOCABULARIES[language]
    request = read_request(text, vocabulary, PLACES)
    assert request.times.is_said, text
    found = window_of(request.times, now)
    start, end = (
        f"{moment:%d.%m. %H:%M}" if moment else "-"
        for moment in (found.start, found.end)
    )
    if found.duration is not None:
        end = str(found.duration)
    return f"{start} {end}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tomorrow nine to twelve", "02.06. 09:00 02.06. 12:00"),
        ("for tomorrow 9am to 12pm", "02.06. 09:00 02.06. 12:00"),
        ("from 9 to 12", "02.06. 09:00 02.06. 12:00"),
        ("from 9-12 tomorrow", "02.06. 09:00 02.06. 12:00"),
        ("between one and three", "01.06. 13:00 01.06. 15:00"),
        (
            "tomorrow from half past nine until quarter to one",
            "02.06. 09:30 02.06. 12:45",
        ),
        ("nine to five tomorrow", "02.06. 09:00 02.06. 17:00"),
        ("tomorrow from ten pm to two", "02.06. 22:00 03.06. 02:00"),
        ("from 10 pm until 5 am tomorrow", "01.06. 22:00 02.06. 05:00"),
        ("for two hours", "- 2:00:00"),
        ("for an hour and a half", "- 1:30:00"),
        ("for the next 90 minutes", "- 1:30:00"),
        ("in two hours for an hour", "01.06. 14:30 1:00:00"),
        ("until Friday", "- 06.06. 00:00"),
        ("until six", "- 01.06. 18:00"),
        ("until noon tomorrow", "- 02.06. 12:00"),
        ("for the weekend", "06.06. 00:00 08.06. 00:00"),
        ("on Thursday between 8 and 10", "04.06. 08:00 04.06. 10:00"),
        ("next monday at ten for 90 minutes", "08.06. 10:00 1:30:00"),
        ("tomorrow morning", "02.06. 06:00 02.06. 12:00"),
        ("tonight from eight to ten", "01.06. 20:00 01.06. 22:00"),
        ("Friday night", "05.06. 20:00 06.06. 06:00"),
        ("December 24th from noon to 6 pm", "24.12. 12:00 24.12. 18:00"),
        ("the 5th of June", "05.06. 00:00 06.06. 00:00"),
        ("on the 24th", "24.06. 00:00 25.06. 00:00"),
        ("from Friday to Sunday", "05.06. 00:00 08.06. 00:00"),
        ("from Friday at 3pm to Sunday at 11 am", "05.06. 15:00 07.06. 11:00"),
        ("starting tomorrow for three days", "02.06. 00:00 05.06. 00:00"),
        ("all day tomorrow", "02.06. 00:00 03.06. 00:00"),
        ("day after tomorrow one thirty to three", "03.06. 13:30 03.06. 15:00"),
        ("today at 14:15", "01.06. 14:15 -"),
        ("this afternoon", "- 01.06. 18:00"),
        ("from now until six", "- 01.06. 18:00"),
        ("monday from 9 to 12", "08.06. 09:00 08.06. 12:00"),
        ("monday from 15:00 to 16:00", "01.06. 15:00 01.06. 16:00"),
    ],
)
def test_english_times(text: str, expected: str) -> None:
    assert window(text) == expected


TOMORROW = {
    "de": "für morgen neun bis zwölf",
    "en": "for tomorrow nine to twelve",
    "es": "para mañana de nueve a doce",
    "fr": "pour demain de neuf heures à midi",
    "it": "per domani dalle nove alle dodici",
    "nl": "voor morgen negen tot twaalf",
}
HALF_PAST = {
    "de": "morgen von halb zehn bis viertel vor eins",
    "en": "tomorrow from half past nine to quarter to one",
    "es": "mañana desde las nueve y media hasta la una menos cuarto",
    "fr": "demain de neuf heures et demie à treize heures moins le quart",
    "it": "domani dalle nove e mezza all'una meno un quarto",
    "nl": "morgen van half tien tot kwart voor een",
}
TWO_HOURS = {
    "de": "für zwei Stunden",
    "en": "for two hours",
    "es": "durante dos horas",
    "fr": "pendant deux heures",
    "it": "per due ore",
    "nl": "twee uur lang",
}
THURSDAY = {
    "de": "am Donnerstag zwischen 8 und 10 Uhr",
    "en": "on Thursday between 8 and 10 o'clock",
    "es": "el jueves entre las 8 y las 10",
    "fr": "jeudi entre 8h et 10h",
    "it": "giovedì tra le 8 e le 10",
    "nl": "donderdag tussen 8 en 10 uur",
}
EVENING = {
    "de": "heute Abend von acht bis zehn",
    "en": "this evening from eight to ten",
    "es": "esta noche de ocho a diez",
    "fr": "ce soir de 20h à 22h",
    "it": "stasera dalle otto alle dieci",
    "nl": "vanavond van acht tot tien",
}
CHRISTMAS = {
    "de": "am 24. Dezember von 14 bis 18 Uhr",
    "en": "on December 24th from 2 pm to 6 pm",
    "es": "el 24 de diciembre de 14:00 a 18:00",
    "fr": "le 24 décembre de 14 heures à 18 heures",
    "it": "il 24 dicembre dalle 14 alle 18",
    "nl": "op 24 december van 14 uur tot 18 uur",
}
WEEKEND = {
    "de": "am Wochenende",
    "en": "this weekend",
    "es": "este fin de semana",
    "fr": "ce week-end",
    "it": "questo fine settimana",
    "nl": "dit weekend",
}
FRIDAY = {
    "de": "bis Freitag",
    "en": "until Friday",
    "es": "hasta el viernes",
    "fr": "jusqu'à vendredi",
    "it": "fino a venerdì",
    "nl": "tot vrijdag",
}
AT_THREE = {
    "de": "morgen um drei Uhr nachmittags für eine Stunde",
    "en": "tomorrow at three in the afternoon for an hour",
    "es": "mañana a las tres de la tarde durante una hora",
    "fr": "demain à trois heures de l'après-midi pendant une heure",
    "it": "domani alle tre del pomeriggio per un'ora",
    "nl": "morgen om drie uur 's middags voor een uur",
}


@pytest.mark.parametrize("language", sorted(VOCABULARIES))
@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (TOMORROW, "02.06. 09:00 02.06. 12:00"),
        (HALF_PAST, "02.06. 09:30 02.06. 12:45"),
        (TWO_HOURS, "- 2:00:00"),
        (THURSDAY, "04.06. 08:00 04.06. 10:00"),
        (EVENING, "01.06. 20:00 01.06. 22:00"),
        (CHRISTMAS, "24.12. 14:00 24.12. 18:00"),
        (WEEKEND, "06.06. 00:00 08.06. 00:00"),
        (FRIDAY, "- 06.06. 00:00"),
        (AT_THREE, "02.06. 15:00 1:00:00"),
    ],
    ids=[
        "tomorrow",
        "half",
        "two_hours",
        "thursday",
        "evening",
        "date",
        "weekend",
        "until",
        "three",
    ],
)
def test_the_same_in_every_language(
    language: str, texts: dict[str, str], expected: str
) -> None:
    assert window(texts[language], language) == expected


@pytest.mark.parametrize(
    "text",
    [
        "tomorrow for two hours",
        "from five to five for an hour",
        "in an hour until six",
    ],
)
def test_an_unclear_time_is_no_window(text: str) -> None:
    request = read_request(text, VOCABULARIES["en"], PLACES)
    with pytest.raises(UnclearTimeError):
        window_of(request.times, NOW)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "jeden Montag von neun bis zwölf"),
        ("en", "every Monday from nine to twelve"),
        ("en", "on Mondays from nine to twelve"),
        ("es", "todos los lunes de nueve a doce"),
        ("fr", "tous les lundis de 9h à 12h"),
        ("it", "ogni lunedì dalle nove alle dodici"),
        ("nl", "elke maandag van negen tot twaalf"),
    ],
)
def test_what_recurs_is_told_from_a_single_day(language: str, text: str) -> None:
    assert read_request(text, VOCABULARIES[language], PLACES).times.recurring


@pytest.mark.parametrize(
    ("language", "text", "rest", "places", "unknown"),
    [
        ("en", "the cleaner | for tomorrow nine to twelve", ("cleaner",), "", ()),
        ("en", "for tomorrow 9 to 12 for my mother-in-law", ("mother-in-law",), "", ()),
        ("en", "Mrs. O'Neill | until Friday please", ("Mrs. O'Neill",), "", ()),
        ("en", "Bob | on the front door", ("Bob",), "front", ()),
        ("en", "Bob | for the garage door until 6", ("Bob",), "gate", ()),
        ("en", "Bob | for the basement door", ("Bob",), "", ("basement door",)),
        ("en", "Bob | for the sauna door", ("Bob",), "", ("sauna door",)),
        ("en", "Bob for the door", ("Bob",), "", ()),
        ("en", "the cleaner's", ("cleaner",), "", ()),
        (
            "en",
            "Bob until the cows come home",
            ("Bob", "cows come home"),
            "",
            (),
        ),
        ("de", "für Jürgen Müller an der Haustür", ("Jürgen Müller",), "front", ()),
        ("de", "der Oma fürs Wochenende", ("Oma",), "", ()),
        ("fr", "pour l'ami d'Élodie s'il te plaît", ("ami d'Élodie",), "", ()),
        ("fr", "à la femme de ménage | sur la porte d'entrée", ("femme de ménage",), "front", ()),
        ("es", "para la niñera por favor", ("niñera",), "", ()),
        ("it", "all'idraulico per favore", ("idraulico",), "", ()),
        ("nl", "voor de oppas alsjeblieft", ("oppas",), "", ()),
    ],
)  # fmt: skip
def test_names_and_places_are_told_from_the_rest(
    language: str,
    text: str,
    rest: tuple[str, ...],
    places: str,
    unknown: tuple[str, ...],
) -> None:
    request = read_request(text, VOCABULARIES[language], PLACES)
    assert (*request.rest, *request.unclear) == rest
    assert request.places == ({places} if places else set())
    assert request.unknown_places == unknown


def test_accents_and_case_do_not_count() -> None:
    german = VOCABULARIES["de"]
    for text in ("MORGEN VON NEUN BIS ZWOLF", "morgen von neun bis zwo\u0308lf"):
        said = read_request(text, german, PLACES).times
        assert window_of(said, NOW).end == datetime(2026, 6, 2, 12, tzinfo=BERLIN)
    assert read_request("HAUSTUR", german, PLACES).places == {"front"}


def test_a_night_when_the_clocks_change() -> None:
    """A day is as long as it is on the wall, an hour is an hour."""
    saturday = datetime(2026, 10, 24, 12, tzinfo=BERLIN)
    said = read_request("tomorrow", VOCABULARIES["en"], {}).times
    found = window_of(said, saturday)
    assert found.start is not None
    assert found.end is not None
    length = found.end.astimezone(UTC) - found.start.astimezone(UTC)
    assert length == timedelta(hours=25)


def test_a_code_for_once() -> None:
    for language, text in (
        ("de", "einen einmaligen Code für Bob"),
        ("en", "a one-time code for Bob"),
        ("es", "un código de un solo uso"),
        ("fr", "un code à usage unique"),
        ("it", "un codice monouso"),
        ("nl", "een eenmalige code"),
    ):
        assert says_once(text, VOCABULARIES[language]), text
    assert not says_once("a code for Bob", VOCABULARIES["en"])


def test_a_name_is_found_by_its_words() -> None:
    assert same_words("cleaner", "Cleaner Maria")
    assert same_words("Annas", "Anna")
    assert same_words("muller", "Jürgen Müller")
    assert not same_words("Anna", "Hannah")
    assert not same_words("", "Anna")


def test_a_language_with_a_region() -> None:
    assert vocabulary_of("de-CH") is VOCABULARIES["de"]
    assert vocabulary_of("pl") is None
    known = ("de", "en", "fr", "pt-BR")
    for spoken, answered in (
        *(("de-CH", "de"), ("de-AT", "de"), ("fr-CA", "fr"), ("en-GB", "en")),
        *(("pt-BR", "pt-BR"), ("de", "de"), ("ja", "en")),
    ):
        assert best_language(spoken, known) == answered


WORDS = st.sampled_from(
    [
        "from",
        "to",
        "until",
        "at",
        "for",
        "between",
        "and",
        "in",
        "half",
        "quarter",
        "past",
        "nine",
        "12",
        "9:30",
        "24th",
        "pm",
        "am",
        "tomorrow",
        "friday",
        "next",
        "weekend",
        "december",
        "hours",
        "minutes",
        "two",
        "noon",
        "midnight",
        "evening",
        "now",
        "every",
        "Bob",
        "the",
        "front",
        "door",
        "|",
        "-",
        "31.12.",
        "99",
    ]
)


@given(st.lists(WORDS, max_size=12), st.sampled_from(sorted(VOCABULARIES)))
def test_whatever_is_said(words: list[str], language: str) -> None:
    """Nothing breaks it, and what it takes for a window is one."""
    request = read_request(" ".join(words), VOCABULARIES[language], PLACES)
    try:
        found = window_of(request.times, NOW)
    except UnclearTimeError:
        return
    assert found.start is None or found.start > NOW
    if found.start is not None and found.end is not None:
        assert found.start < found.end


@given(st.text(max_size=60), st.sampled_from(sorted(VOCABULARIES)))
def test_any_text(text: str, language: str) -> None:
    """The words that remain are words of the text."""
    request = read_request(text, VOCABULARIES[language], PLACES)
    for segment in request.rest:
        assert segment.strip()
