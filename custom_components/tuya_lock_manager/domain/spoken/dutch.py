"""Dutch."""

from datetime import timedelta

from .vocabulary import DayPart, Vocabulary

_ONES = [
    "nul",
    "een",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "zeven",
    "acht",
    "negen",
    "tien",
    "elf",
    "twaalf",
    "dertien",
    "veertien",
    "vijftien",
    "zestien",
    "zeventien",
    "achttien",
    "negentien",
]
_TENS = {
    20: "twintig",
    30: "dertig",
    40: "veertig",
    50: "vijftig",
    60: "zestig",
    70: "zeventig",
    80: "tachtig",
    90: "negentig",
}
_JOINED = {1: "eenen", 2: "tweeen", 3: "drieen"}
_PARTS = {
    "ochtend": DayPart.MORNING,
    "middag": DayPart.AFTERNOON,
    "namiddag": DayPart.AFTERNOON,
    "avond": DayPart.EVENING,
    "nacht": DayPart.NIGHT,
}
_WEEKDAYS = [
    "maandag",
    "dinsdag",
    "woensdag",
    "donderdag",
    "vrijdag",
    "zaterdag",
    "zondag",
]

DUTCH = Vocabulary(
    numbers={
        **{word: number for number, word in enumerate(_ONES) if number != 1},
        **{word: tens for tens, word in _TENS.items()},
        **{
            f"{_JOINED.get(one, f'{_ONES[one]}en')}{word}": tens + one
            for tens, word in _TENS.items()
            for one in range(1, 10)
        },
        "één": 1,
    },
    one=("een", "'n"),
    ordinals={
        word: number
        for number, word in enumerate(
            [
                *("eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende"),
                *("achtste", "negende", "tiende", "elfde", "twaalfde", "dertiende"),
                *("veertiende", "vijftiende", "zestiende", "zeventiende"),
                *("achttiende", "negentiende", "twintigste", "eenentwintigste"),
                *("tweeëntwintigste", "drieëntwintigste", "vierentwintigste"),
                *("vijfentwintigste", "zesentwintigste", "zevenentwintigste"),
                *("achtentwintigste", "negenentwintigste", "dertigste"),
                "eenendertigste",
            ],
            1,
        )
    },
    days={
        "de rest van de dag": 0,
        "rest van de dag": 0,
        "vandaag": 0,
        "morgen": 1,
        "overmorgen": 2,
    },
    day_parts={
        "vanochtend": (0, DayPart.MORNING),
        "vanmorgen": (0, DayPart.MORNING),
        "vanmiddag": (0, DayPart.AFTERNOON),
        "vanavond": (0, DayPart.EVENING),
        "vannacht": (0, DayPart.NIGHT),
        **{f"deze {word}": (0, part) for word, part in _PARTS.items()},
        **{f"morgen{word}": (1, part) for word, part in _PARTS.items()},
        **{f"morgen {word}": (1, part) for word, part in _PARTS.items()},
        **{f"overmorgen{word}": (2, part) for word, part in _PARTS.items()},
        **{f"overmorgen {word}": (2, part) for word, part in _PARTS.items()},
        "morgenvroeg": (1, DayPart.MORNING),
        "morgen vroeg": (1, DayPart.MORNING),
    },
    parts={
        **{f"de {word}": part for word, part in _PARTS.items()},
        **{f"in de {word}": part for word, part in _PARTS.items()},
        "ochtend": DayPart.MORNING,
        **{f"de hele {word}": part for word, part in _PARTS.items()},
        "avond": DayPart.EVENING,
        "'s morgens": DayPart.MORNING,
        "s morgens": DayPart.MORNING,
        "'s ochtends": DayPart.MORNING,
        "s ochtends": DayPart.MORNING,
        "'s middags": DayPart.AFTERNOON,
        "s middags": DayPart.AFTERNOON,
        "'s avonds": DayPart.EVENING,
        "s avonds": DayPart.EVENING,
        "'s nachts": DayPart.NIGHT,
        "s nachts": DayPart.NIGHT,
    },
    weekday_parts={
        f"{name}{word}": (number, part)
        for number, name in enumerate(_WEEKDAYS)
        for word, part in _PARTS.items()
    },
    weekdays={name: number for number, name in enumerate(_WEEKDAYS)},
    months={
        name: number
        for number, name in enumerate(
            [
                "januari",
                "februari",
                "maart",
                "april",
                "mei",
                "juni",
                "juli",
                "augustus",
                "september",
                "oktober",
                "november",
                "december",
            ],
            1,
        )
    },
    units={
        "minuut": timedelta(minutes=1),
        "minuten": timedelta(minutes=1),
        "uur": timedelta(hours=1),
        "uren": timedelta(hours=1),
        "uurtje": timedelta(hours=1),
        "dag": timedelta(days=1),
        "dagen": timedelta(days=1),
        "nacht": timedelta(days=1),
        "nachten": timedelta(days=1),
        "week": timedelta(weeks=1),
        "weken": timedelta(weeks=1),
    },
    lengths={
        "een half uur": timedelta(minutes=30),
        "half uur": timedelta(minutes=30),
        "een kwartier": timedelta(minutes=15),
        "drie kwartier": timedelta(minutes=45),
        "anderhalf uur": timedelta(minutes=90),
        "een paar uur": timedelta(hours=2),
        **{
            f"{word}ënhalf uur" if word.endswith("e") else f"{word}enhalf uur": (
                timedelta(minutes=60 * number + 30)
            )
            for number, word in enumerate(_ONES)
            if number > 1
        },
        "de hele dag": timedelta(days=1),
    },
    noon=("twaalf uur 's middags", "12 uur 's middags"),
    midnight=("middernacht",),
    weekend=(
        *("weekend", "het weekend", "dit weekend", "weekeinde", "het hele weekend"),
        "heel het weekend",
    ),
    now=("nu", "meteen", "direct"),
    start=(
        *("van", "vanaf", "geldig van", "geldig vanaf", "sinds", "na", "pas vanaf"),
        "pas na",
    ),
    weak_start=(),
    until=(
        *("tot", "tot en met", "t/m", "tot aan", "en tot", "-", "uiterlijk"),
        *("uiterlijk tot", "tot uiterlijk", "uiterlijk om", "die verloopt"),
        *("die verloopt om", "die afloopt", "die afloopt om", "die eindigt"),
        "die eindigt om",
    ),
    also_until=(),
    between=("tussen",),
    and_=("en",),
    at=("om", "rond"),
    on=("op", "deze", "de"),
    for_=(
        *("voor", "voor de", "gedurende", "tijdens", "geldig voor", "geldig"),
        *("ongeveer", "voor ongeveer"),
    ),
    in_=("over",),
    after=("lang",),
    next_=(
        *("volgende", "volgend", "aankomende", "aankomend", "aanstaande", "komende"),
        *("komend", "aanstaand", "de komende"),
    ),
    next_week=(
        "volgende week",
        "komende week",
        "van volgende week",
        "de volgende week",
    ),
    oclock=("uur",),
    half_before=("half",),
    half_past=(),
    plus_half=("en een half",),
    plus_quarter=(),
    less=(),
    past=("over",),
    before=("voor",),
    quarter=("kwart",),
    recurring=(
        *("elke", "iedere", "ieder", "elk", "dagelijks", "wekelijks", "altijd"),
        *(f"{name}s" for name in _WEEKDAYS),
    ),
    last_=("afgelopen", "vorige"),
    other_times=(
        *("gisteren", "eergisteren", "permanent", "permanente", "een paar", "enkele"),
        *("enige", "meerdere", "later", "straks", "niet", "geen", "pas om", "behalve"),
        *("of", "rest van", "de rest", "deze week", "maand", "pasen", "pinksteren"),
        *("koningsdag", "lunch", "zo snel mogelijk", "vroeg", "twaalven", "herinner"),
        *("op dit moment", "feestdagen", "eind"),
    ),
    once=(
        *("eenmalig", "eenmalige", "één keer", "een keer", "voor eenmalig gebruik"),
        "eenmaal",
    ),
    feasts={
        "kerstavond": (12, 24),
        "met kerst": (12, 25),
        "kerst": (12, 25),
        "eerste kerstdag": (12, 25),
        "tweede kerstdag": (12, 26),
        "oudejaarsavond": (12, 31),
        "oudjaarsavond": (12, 31),
        "nieuwjaarsdag": (1, 1),
    },
    day_articles=("de",),
    day_numbers=False,
    titles=("meneer", "mevrouw", "dhr", "mevr", "dokter"),
    fillers=(
        *("het laatst", "als laatste", "laatst", "laatste", "net", "zojuist"),
        *("komende", "volgende"),
        *("de", "het", "een", "'t", "'n", "mijn", "onze", "ons", "voor", "aan", "op"),
        *("in", "bij", "met", "van", "naar", "alsjeblieft", "alstublieft", "graag"),
        *("bedankt", "code", "pin", "pincode", "toegangscode", "toegang", "genaamd"),
        *("naam", "die", "dat", "werkt", "geldig", "is", "hij", "ze", "en", "nieuwe"),
        *("nieuw", "mij", "me", "tijdelijke", "maken", "geven", "aanmaken", "maak"),
        *("even", "eens", "nog", "maar", "alleen", "lang", "tot", "vanaf", "om", "te"),
        *("hebben", "nodig", "genereren", "instellen", "sturen", "zodat", "kan"),
        *("wie", "iemand", "af", "alle", "kunnen", "weg"),
        *("haar", "zijn"),
    ),
    door_words=("deur", "slot", "deurslot", "toetsenbord", "huis", "appartement"),
    place_words=(
        *("voordeur", "achterdeur", "garage", "garagedeur", "poort", "kelder"),
        *("kelderdeur", "kantoor", "schuur", "ingang", "tuinpoort", "tuin"),
        *("buitendeur", "lijst", "boodschappenlijst", "agenda", "kalender"),
    ),
    possessives=("'s",),
    half_days=False,
)
