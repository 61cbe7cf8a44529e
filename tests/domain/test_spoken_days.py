"""Days that were said: from one to another, one after the other, next week, in words."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from custom_components.tuya_lock_manager.domain.spoken import (
    RepeatedTimesError,
    UnclearTimeError,
    as_said,
    read_request,
    vocabulary_of,
    window_of,
)

BERLIN = ZoneInfo("Europe/Berlin")
# A Monday.
NOW = datetime(2026, 6, 1, 12, 30, tzinfo=BERLIN)
JULY = "03.07. 00:00 - 08.07. 00:00"
STAY = "05.06. 15:00 - 07.06. 11:00"
FRIDAY_TO_SUNDAY = "05.06. 00:00 - 08.06. 00:00"
NEXT_MONDAY = "08.06. 00:00 - 09.06. 00:00"
AGAIN = "again and again"
UNCLEAR = "unclear"


def heard(text: str, language: str, now: datetime = NOW) -> str:
    """Return the window of a sentence, and what of it wasn't understood."""
    vocabulary = vocabulary_of(language)
    assert vocabulary is not None
    request = read_request(text, vocabulary, {})
    try:
        window = window_of(request.times, now)
    except RepeatedTimesError:
        return AGAIN
    except UnclearTimeError:
        return UNCLEAR
    start, end = (
        f"{moment:%d.%m. %H:%M}" if moment else "now"
        for moment in (window.start, window.end)
    )
    told = f"{start} - {window.duration or end}"
    return " ".join((told, *request.rest, *request.unclear, *request.unknown_places))


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        (
            JULY,
            {
                "de": [
                    "vom 3. bis zum 7. Juli",
                    "vom 3 bis 7 Juli 2026",
                    "vom dritten bis zum siebten Juli",
                    "vom 3.7. bis zum 7.7.",
                    "vom 3.7 bis 7.7",
                    "3. Juli bis 7. Juli",
                ],
                "en": [
                    "from the 3rd to the 7th of July",
                    "from July 3rd to July 7th",
                    "July 3 to July 7 2026",
                    "3 to 7 July",
                    "from the third until the seventh of July",
                    "for the 3rd of July through the 7th of July",
                ],
                "es": ["del 3 al 7 de julio", "del 3 de julio al 7 de julio de 2026"],
                "fr": [
                    "du 3 au 7 juillet",
                    "du 3 juillet au 7 juillet 2026",
                    "entre le 3 et le 7 juillet",
                ],
                "it": ["dal 3 al 7 luglio", "dal 3 luglio al 7 luglio 2026"],
                "nl": ["van 3 tot 7 juli", "van de 3e tot de 7e juli"],
            },
        ),
        (
            FRIDAY_TO_SUNDAY,
            {
                "de": ["Freitag bis Sonntag", "für Freitag, Samstag und Sonntag"],
                "en": [
                    "Friday to Sunday",
                    "Friday through Sunday",
                    "for Friday, Saturday and Sunday",
                    "from Friday up to and including Sunday",
                ],
                "es": ["de viernes a domingo", "el viernes, el sábado y el domingo"],
                "fr": ["de vendredi à dimanche", "vendredi, samedi et dimanche"],
                "it": ["dal venerdì alla domenica", "per venerdì, sabato e domenica"],
                "nl": ["vrijdag tot en met zondag", "vrijdag, zaterdag en zondag"],
            },
        ),
        (
            STAY,
            {
                "de": ["von Freitag 15 Uhr bis Sonntag um 11"],
                "en": [
                    "Friday 3 pm to Sunday 11 am",
                    "from 3 pm on Friday to 11 am on Sunday",
                    "Friday to Sunday from 3 pm to 11 am",
                ],
                "es": ["del viernes a las 15:00 al domingo a las 11:00"],
                "fr": ["du vendredi à 15 h au dimanche à 11 h"],
                "it": ["da venerdì alle 15 a domenica alle 11"],
                "nl": ["van vrijdag 15 uur tot zondag 11 uur"],
            },
        ),
        (
            AGAIN,
            {
                "de": ["Montag bis Freitag von 9 bis 17 Uhr"],
                "en": [
                    "from Monday to Friday from 9 to 5",
                    "from 9 to 5 Monday to Friday",
                    "on Friday, Saturday and Sunday from 9 to 12",
                ],
                "es": ["de lunes a viernes de 9 a 17"],
                "fr": ["de lundi à vendredi de 9h à 17h"],
                "it": ["da lunedì a venerdì dalle 9 alle 17"],
                "nl": ["maandag tot vrijdag van 9 tot 17 uur"],
            },
        ),
        (
            NEXT_MONDAY,
            {
                "de": ["nächsten Montag", "Montag nächster Woche"],
                "en": ["next Monday", "Monday next week", "on Monday of next week"],
                "es": ["el lunes que viene", "el lunes de la próxima semana"],
                "fr": ["lundi prochain", "lundi de la semaine prochaine"],
                "it": ["lunedì prossimo", "lunedì della prossima settimana"],
                "nl": ["volgende maandag", "volgende week maandag"],
            },
        ),
        (
            "24.12. 10:00 - 24.12. 16:00",
            {
                "de": [
                    "am 24.12. von 10 bis 16 Uhr",
                    "am 24.12 von 10 bis 16 Uhr",
                    "am vierundzwanzigsten Dezember von zehn bis vier",
                ],
                "en": [
                    "from 10 to 4 December 24th",
                    "on the twenty-fourth of December from ten to four",
                    "on 12/24 from 10 to 4",
                ],
            },
        ),
        (
            "now - 2:30:00",
            {
                "de": ["für zweieinhalb Stunden"],
                "en": ["for two and a half hours"],
                "es": ["para dos horas y media"],
                "fr": ["pour deux heures et demie"],
                "it": ["per due ore e mezza"],
                "nl": ["voor tweeënhalf uur"],
            },
        ),
        (
            "01.06. 14:30 - 1:00:00",
            {"it": ["tra due ore per un'ora"], "nl": ["over twee uur voor een uur"]},
        ),
        (
            UNCLEAR,
            {
                "en": [
                    "for Friday and Sunday",
                    "on 10/6",
                    "until next week",
                    "next week from 9 to 12",
                    "for the weekend from 9 to 5",
                ]
            },
        ),
    ],
)
def test_days(expected: str, said: dict[str, list[str]]) -> None:
    for language, texts in said.items():
        for text in texts:
            assert heard(text, language) == expected, (language, text)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "tomorrow, Tuesday, from 9 to 12", "02.06. 09:00 - 02.06. 12:00"),
        ("en", "today and tomorrow", "now - 03.06. 00:00"),
        ("en", "from the 28th to the 3rd of July", "28.06. 00:00 - 04.07. 00:00"),
        ("en", "for next week", "08.06. 00:00 - 15.06. 00:00"),
        ("en", "for the next week", "now - 7 days, 0:00:00"),
        ("en", "for the rest of the day", "now - 02.06. 00:00"),
        ("de", "für nächsten Montag morgen", "08.06. 06:00 - 08.06. 12:00"),
        ("de", "bis dreiviertel sieben", "now - 01.06. 18:45"),
        ("es", "de 10 de la noche a 2 de la madrugada", "01.06. 22:00 - 02.06. 02:00"),
        ("es", "de 9 a 10 y 20", "02.06. 09:00 - 02.06. 10:20"),
        (
            "de",
            "am Dienstag, den 9. Juni, von 10 bis 12",
            "09.06. 10:00 - 09.06. 12:00",
        ),
        ("en", "on Monday the 8th", "08.06. 00:00 - 09.06. 00:00"),
        ("en", "on Monday the 9th", UNCLEAR),
        ("fr", "mardi 9 juin de midi et demi à 14h", "09.06. 12:30 - 09.06. 14:00"),
        ("fr", "jusqu'à midi moins le quart", "now - 02.06. 11:45"),
        ("it", "fino a mezzogiorno e mezzo", "now - 02.06. 12:30"),
        ("fr", "demain au matin", "02.06. 06:00 - 02.06. 12:00"),
        ("it", "dalle 19 alle 23 e 30", "01.06. 19:00 - 01.06. 23:30"),
    ],
)
def test_a_time(language: str, text: str, expected: str) -> None:
    assert heard(text, language) == expected


def test_the_weekend_after_the_one_that_is_going_on() -> None:
    saturday = NOW + timedelta(days=5)
    assert heard("for the weekend", "en", saturday) == "now - 08.06. 00:00"
    following = "13.06. 00:00 - 15.06. 00:00"
    assert heard("for next weekend", "en", saturday) == following
    assert heard("le week-end prochain", "fr", saturday) == following


def test_hours_that_are_waited_are_hours() -> None:
    """At two o'clock in that night the hands go to three."""
    evening = datetime(2026, 3, 28, 23, tzinfo=BERLIN)
    vocabulary = vocabulary_of("en")
    assert vocabulary is not None
    said = read_request("in four hours", vocabulary, {}).times
    start = window_of(said, evening).start
    assert start is not None
    assert start.astimezone(UTC) == evening.astimezone(UTC) + timedelta(hours=4)
    assert heard("in four hours", "en", evening) == "29.03. 04:00 - now"


def test_dots_that_a_recognizer_left_out() -> None:
    sentence = "Gib Anna einen Code vom 3. bis zum 7. Juli, bitte."
    part = "vom 3 bis zum 7 Juli bitte"
    assert as_said(part, sentence) == "vom 3. bis zum 7. Juli, bitte"
    assert as_said("am 24.12", "ein Code am 24.12. für Anna") == "am 24.12."
    assert as_said("something else", sentence) == "something else"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("for the front door in the hall", {"front"}),
        ("for the hall", {"front", "cellar"}),
        ("on the front door and the garage", {"front", "garage"}),
        ("at the garage", {"garage"}),
    ],
)
def test_names_that_one_lock_has_all_of(text: str, meant: set[str]) -> None:
    vocabulary = vocabulary_of("en")
    assert vocabulary is not None
    places = {
        "front door": frozenset({"front"}),
        "garage": frozenset({"garage"}),
        "hall": frozenset({"front", "cellar"}),
    }
    assert read_request(text, vocabulary, places).places == meant


@pytest.mark.parametrize(
    ("language", "text", "unclear"),
    [
        ("en", "Anna for yesterday", ("yesterday",)),
        ("en", "Anna overnight", ("overnight",)),
        ("en", "Anna for 0 hours", ("0 hours",)),
        ("en", "Anna from 25 to 26", ("25 to 26",)),
        ("en", "Anna | from 0900 to 1700", ("0900 to 1700",)),
        ("de", "Anna für gestern", ("gestern",)),
        ("de", "Anna unbefristet", ("unbefristet",)),
        ("es", "para Ana | por varias horas", ("varias",)),
        ("fr", "pour Anna pour toujours", ("toujours",)),
        ("it", "per Anna per sempre", ("sempre",)),
        ("nl", "voor Anna straks", ("straks",)),
        ("en", "Anna from next door", ()),
        ("de", "die Mutter von Anna", ()),
    ],
)
def test_no_time_becomes_a_name(
    language: str, text: str, unclear: tuple[str, ...]
) -> None:
    """Else a code for one opening were made at once, and be called like that."""
    vocabulary = vocabulary_of(language)
    assert vocabulary is not None
    request = read_request(text, vocabulary, {})
    assert request.unclear == unclear
    assert not request.times.is_said
    assert len(request.rest) == 1 or "varias" in unclear


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "for 1.5 hours"),
        ("de", "für 1,5 Stunden"),
        ("fr", "pour 1,5 heure"),
        ("en", "for 90 mins"),
    ],
)
def test_lengths_in_digits(language: str, text: str) -> None:
    assert heard(text, language) == "now - 1:30:00"
    assert heard("pour 2h", "fr") == heard("for 2h", "en") == "now - 2:00:00"
    assert heard("demain à 10h pour 2h", "fr") == "02.06. 10:00 - 2:00:00"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "letzten Freitag"),
        ("en", "for last Friday"),
        ("es", "el viernes pasado"),
        ("fr", "vendredi dernier"),
        ("it", "venerdì scorso"),
        ("nl", "afgelopen vrijdag"),
    ],
)
def test_a_day_that_has_passed(language: str, text: str) -> None:
    assert heard(text, language) == UNCLEAR
