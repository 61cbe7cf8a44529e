"""German."""

from datetime import timedelta

from .vocabulary import DayPart, Vocabulary

_ONES = [
    "null",
    "eins",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
    "dreizehn",
    "vierzehn",
    "fünfzehn",
    "sechzehn",
    "siebzehn",
    "achtzehn",
    "neunzehn",
]
_TENS = {
    20: "zwanzig",
    30: "dreißig",
    40: "vierzig",
    50: "fünfzig",
    60: "sechzig",
    70: "siebzig",
    80: "achtzig",
    90: "neunzig",
}
_DAYS = [
    *("erst", "zweit", "dritt", "viert", "fünft", "sechst", "siebt", "acht", "neunt"),
    *("zehnt", "elft", "zwölft", "dreizehnt", "vierzehnt", "fünfzehnt", "sechzehnt"),
    *("siebzehnt", "achtzehnt", "neunzehnt", "zwanzigst", "einundzwanzigst"),
    *("zweiundzwanzigst", "dreiundzwanzigst", "vierundzwanzigst", "fünfundzwanzigst"),
    *("sechsundzwanzigst", "siebenundzwanzigst", "achtundzwanzigst"),
    *("neunundzwanzigst", "dreißigst", "einunddreißigst"),
]
_WEEKDAYS = [
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
]
_PARTS = {
    "früh": DayPart.MORNING,
    "morgen": DayPart.MORNING,
    "vormittag": DayPart.MORNING,
    "nachmittag": DayPart.AFTERNOON,
    "abend": DayPart.EVENING,
    "nacht": DayPart.NIGHT,
}

GERMAN = Vocabulary(
    numbers={
        **{word: number for number, word in enumerate(_ONES)},
        "zwo": 2,
        **{word: tens for tens, word in _TENS.items()},
        **{
            f"{'ein' if one == 1 else _ONES[one]}und{word}": tens + one
            for tens, word in _TENS.items()
            for one in range(1, 10)
        },
    },
    one=("ein", "eine", "einen", "einer", "einem"),
    ordinals={
        f"{word}{ending}": number
        for number, word in enumerate(_DAYS, 1)
        for ending in ("en", "er", "e")
    },
    days={
        "heute": 0,
        "morgen": 1,
        "übermorgen": 2,
        "rest des tages": 0,
        "den rest des tages": 0,
    },
    day_parts={
        **{f"heute {word}": (0, part) for word, part in _PARTS.items()},
        **{f"diesen {word}": (0, part) for word, part in _PARTS.items()},
        **{f"morgen {word}": (1, part) for word, part in _PARTS.items()},
        **{f"übermorgen {word}": (2, part) for word, part in _PARTS.items()},
    },
    parts={
        **{word: part for word, part in _PARTS.items() if word != "morgen"},
        **{f"am {word}": part for word, part in _PARTS.items()},
        "morgens": DayPart.MORNING,
        "frühmorgens": DayPart.MORNING,
        "vormittags": DayPart.MORNING,
        "nachmittags": DayPart.AFTERNOON,
        "abends": DayPart.EVENING,
        "nachts": DayPart.NIGHT,
        "in der früh": DayPart.MORNING,
        "in der nacht": DayPart.NIGHT,
        "den ganzen morgen": DayPart.MORNING,
        "den ganzen vormittag": DayPart.MORNING,
        "den ganzen nachmittag": DayPart.AFTERNOON,
        "den ganzen abend": DayPart.EVENING,
        "die ganze nacht": DayPart.NIGHT,
    },
    weekday_parts={
        f"{name}{word}": (number, part)
        for number, name in enumerate(_WEEKDAYS)
        for word, part in _PARTS.items()
    }
    | {
        f"{name} {word}": (number, part)
        for number, name in enumerate(_WEEKDAYS)
        for word, part in _PARTS.items()
    },
    weekdays={
        **{name: number for number, name in enumerate(_WEEKDAYS)},
        "sonnabend": 5,
    },
    months={
        name: number
        for number, name in enumerate(
            [
                "januar",
                "februar",
                "märz",
                "april",
                "mai",
                "juni",
                "juli",
                "august",
                "september",
                "oktober",
                "november",
                "dezember",
            ],
            1,
        )
    }
    | {"jänner": 1, "feber": 2},
    units={
        "minute": timedelta(minutes=1),
        "minuten": timedelta(minutes=1),
        "min": timedelta(minutes=1),
        "std": timedelta(hours=1),
        "stunde": timedelta(hours=1),
        "stunden": timedelta(hours=1),
        "tag": timedelta(days=1),
        "tage": timedelta(days=1),
        "tagen": timedelta(days=1),
        "nacht": timedelta(days=1),
        "nächte": timedelta(days=1),
        "woche": timedelta(weeks=1),
        "wochen": timedelta(weeks=1),
    },
    lengths={
        "eine halbe stunde": timedelta(minutes=30),
        "halbe stunde": timedelta(minutes=30),
        "einer halben stunde": timedelta(minutes=30),
        "eine viertelstunde": timedelta(minutes=15),
        "eine dreiviertelstunde": timedelta(minutes=45),
        "dreiviertelstunde": timedelta(minutes=45),
        "einer viertelstunde": timedelta(minutes=15),
        "einer dreiviertelstunde": timedelta(minutes=45),
        "anderthalb stunden": timedelta(minutes=90),
        "eineinhalb stunden": timedelta(minutes=90),
        **{
            f"{word}einhalb stunden": timedelta(minutes=60 * number + 30)
            for number, word in enumerate(_ONES)
            if number > 1
        },
        "ein paar stunden": timedelta(hours=2),
        "den ganzen tag": timedelta(days=1),
        "ganztägig": timedelta(days=1),
        "die nächste stunde": timedelta(hours=1),
    },
    noon=("mittag", "mittags", "zwölf uhr mittags", "12 uhr mittags"),
    midnight=("mitternacht",),
    weekend=(
        *("wochenende", "das wochenende", "am wochenende", "dieses wochenende"),
        *("übers wochenende", "fürs wochenende", "das ganze wochenende"),
        "ganze wochenende",
    ),
    now=("jetzt", "sofort"),
    start=(
        *("von", "ab", "vom", "gültig ab", "gültig von", "beginnend", "seit"),
        *("erst ab", "frühestens ab", "nach"),
    ),
    weak_start=(),
    until=(
        *("bis", "bis zum", "bis um", "bis einschließlich", "und bis", "-"),
        *("spätestens", "bis spätestens", "spätestens bis", "spätestens um"),
        "bis spätestens um",
    ),
    also_until=(),
    between=("zwischen",),
    and_=("und",),
    at=("um", "gegen"),
    on=("am", "an", "diesen", "den", "dem", "zum", "vom"),
    for_=("für", "für den", "für die", "während", "gültig für", "für etwa"),
    in_=("in",),
    after=("lang",),
    next_=(
        *("nächsten", "am nächsten", "nächster", "den nächsten", "nächste", "nächstes"),
        *("das nächste", "kommenden", "am kommenden", "den kommenden", "kommender"),
        "kommendes",
    ),
    next_week=(
        *("nächste woche", "nächster woche", "in der nächsten woche", "kommende woche"),
        *("der nächsten woche", "die nächste woche", "kommender woche"),
    ),
    oclock=("uhr",),
    half_before=("halb",),
    quarter_before=("dreiviertel", "drei viertel"),
    half_past=(),
    plus_half=("einhalb",),
    plus_quarter=(),
    less=(),
    past=("nach",),
    before=("vor",),
    quarter=("viertel",),
    recurring=(
        *("jeden", "jede", "jedes", "täglich", "wöchentlich", "immer", "montags"),
        *("dienstags", "mittwochs", "donnerstags", "freitags", "samstags", "sonntags"),
        "werktags",
    ),
    last_=("letzten", "letzter", "letzte", "vergangenen"),
    other_times=(
        *("gestern", "vorgestern", "dauerhaft", "dauerhaften", "für immer"),
        *("unbefristet", "unbefristeten", "ein paar", "einige", "mehrere", "minus"),
        *("nachher", "später", "über nacht", "nicht", "kein", "keinen", "keine", "vor"),
        *("außer", "ausser", "oder", "frühestens", "erst", "kurz vor", "kurz nach"),
        *("so schnell wie möglich", "schnellstmöglich", "rest der", "diese woche"),
        *("dieser woche", "monat", "erinnere", "erinner", "ostern", "pfingsten"),
        *("mittagessen", "frühstück", "abendessen", "aller", "über", "entweder"),
        *("zwischen den jahren", "feiertage", "feiertagen"),
    ),
    once=(
        *("einmalig", "einmaligen", "einmaliger", "einmaliges", "einmal code"),
        *("einmalcode", "nur einmal", "zur einmaligen nutzung", "einmal gültig"),
    ),
    feasts={
        "heiligabend": (12, 24),
        "heiligem abend": (12, 24),
        "weihnachten": (12, 25),
        "ersten weihnachtstag": (12, 25),
        "ersten weihnachtsfeiertag": (12, 25),
        "zweiten weihnachtstag": (12, 26),
        "zweiten weihnachtsfeiertag": (12, 26),
        "silvester": (12, 31),
        "neujahr": (1, 1),
    },
    day_articles=("am", "vom", "zum", "den", "dem"),
    titles=("herr", "herrn", "frau", "doktor", "dr"),
    someones=(
        *("meine", "meiner", "deine", "deiner", "seine", "seiner", "ihre", "ihrer"),
        *("unsere", "unserer", "die", "der", "eine", "einer"),
    ),
    fillers=(
        *("zuletzt", "als letztes", "als letzter", "als letzte", "eben", "gerade"),
        *("aus", "auf"),
        *("der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einer"),
        *("einem", "mein", "meine", "meinen", "meiner", "unser", "unsere", "unseren"),
        *("unserer", "für", "an", "am", "auf", "in", "im", "bei", "zu", "zum", "zur"),
        *(
            "mit",
            "von",
            "vom",
            "bitte",
            "danke",
            "code",
            "pin",
            "zugangscode",
            "gültig",
        ),
        *("türcode", "namens", "name", "neu", "neuen", "neuer", "mir", "uns", "und"),
        *("er", "sie", "es", "ist", "soll", "gelten", "gilt", "funktioniert", "an der"),
        *("erstellen", "anlegen", "erstelle", "mal", "doch", "noch", "nur", "geben"),
        *("machen", "haben", "temporären", "zugang", "namen", "um", "bis", "der gilt"),
        *("lang", "so", "dass", "kann", "damit", "rein", "generieren", "einrichten"),
        *(
            "nächsten",
            "fürs",
            "bekommen",
            "zurück",
            "schicken",
            "vergeben",
            "aktiv",
            "brauchen",
            "dem namen",
            "ab",
            "wer",
            "alle",
            "ungültig",
            "ihren",
            "seinen",
        ),
        *("jetzt",),
    ),
    door_words=("tür", "schloss", "türschloss", "tastatur", "wohnung", "haus"),
    place_words=(
        *("haustür", "eingangstür", "kellertür", "hintertür", "wohnungstür", "garage"),
        *("garagentür", "tor", "gartentor", "keller", "büro", "eingang", "schuppen"),
        *("gartenhaus", "ferienwohnung", "terrassentür", "balkontür", "liste"),
        *("einkaufsliste", "todoliste", "kalender", "merkliste"),
    ),
    possessives=("'s",),
    half_days=False,
)
