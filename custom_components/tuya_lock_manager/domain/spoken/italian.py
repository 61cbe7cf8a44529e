"""Italian."""

from datetime import timedelta

from .vocabulary import DayPart, Vocabulary

_NUMBERS = [
    "zero",
    "uno",
    "due",
    "tre",
    "quattro",
    "cinque",
    "sei",
    "sette",
    "otto",
    "nove",
    "dieci",
    "undici",
    "dodici",
    "tredici",
    "quattordici",
    "quindici",
    "sedici",
    "diciassette",
    "diciotto",
    "diciannove",
]
_TENS = {
    20: "venti",
    30: "trenta",
    40: "quaranta",
    50: "cinquanta",
    60: "sessanta",
    70: "settanta",
    80: "ottanta",
    90: "novanta",
}
_PARTS = {
    "mattina": DayPart.MORNING,
    "mattino": DayPart.MORNING,
    "pomeriggio": DayPart.AFTERNOON,
    "sera": DayPart.EVENING,
    "notte": DayPart.NIGHT,
}


def _joined(tens: str, one: int) -> str:
    """Return a number above twenty: before a vowel the last letter goes."""
    return f"{tens[:-1] if one in {1, 8} else tens}{_NUMBERS[one]}"


ITALIAN = Vocabulary(
    numbers={
        **{word: number for number, word in enumerate(_NUMBERS)},
        **{word: tens for tens, word in _TENS.items()},
        **{
            _joined(word, one): tens + one
            for tens, word in _TENS.items()
            for one in range(1, 10)
        },
        "una": 1,
    },
    hours={
        **{f"le {word}": number for number, word in enumerate(_NUMBERS)},
        **{f"le {number}": number for number in range(25)},
        "l'una": 1,
    },
    one=("un", "un'"),
    days={
        "il resto della giornata": 0,
        "resto della giornata": 0,
        "oggi": 0,
        "domani": 1,
        "dopodomani": 2,
    },
    day_parts={
        "stamattina": (0, DayPart.MORNING),
        "questa mattina": (0, DayPart.MORNING),
        "oggi pomeriggio": (0, DayPart.AFTERNOON),
        "questo pomeriggio": (0, DayPart.AFTERNOON),
        "stasera": (0, DayPart.EVENING),
        "questa sera": (0, DayPart.EVENING),
        "stanotte": (0, DayPart.NIGHT),
        **{f"domani {word}": (1, part) for word, part in _PARTS.items()},
        "domattina": (1, DayPart.MORNING),
    },
    parts={
        **_PARTS,
        "di mattina": DayPart.MORNING,
        "del mattino": DayPart.MORNING,
        "della mattina": DayPart.MORNING,
        "del pomeriggio": DayPart.AFTERNOON,
        "di pomeriggio": DayPart.AFTERNOON,
        "di sera": DayPart.EVENING,
        "della sera": DayPart.EVENING,
        "di notte": DayPart.NIGHT,
        "la serata": DayPart.EVENING,
        "tutta la mattina": DayPart.MORNING,
        "tutto il pomeriggio": DayPart.AFTERNOON,
        "tutta la sera": DayPart.EVENING,
        "tutta la notte": DayPart.NIGHT,
        "in serata": DayPart.EVENING,
        "la mattinata": DayPart.MORNING,
    },
    weekdays={
        name: number
        for number, name in enumerate(
            [
                "lunedì",
                "martedì",
                "mercoledì",
                "giovedì",
                "venerdì",
                "sabato",
                "domenica",
            ]
        )
    },
    months={
        name: number
        for number, name in enumerate(
            [
                "gennaio",
                "febbraio",
                "marzo",
                "aprile",
                "maggio",
                "giugno",
                "luglio",
                "agosto",
                "settembre",
                "ottobre",
                "novembre",
                "dicembre",
            ],
            1,
        )
    },
    units={
        "minuto": timedelta(minutes=1),
        "minuti": timedelta(minutes=1),
        "ora": timedelta(hours=1),
        "ore": timedelta(hours=1),
        "giorno": timedelta(days=1),
        "giorni": timedelta(days=1),
        "notte": timedelta(days=1),
        "notti": timedelta(days=1),
        "settimana": timedelta(weeks=1),
        "settimane": timedelta(weeks=1),
    },
    lengths={
        "mezz'ora": timedelta(minutes=30),
        "un'ora": timedelta(hours=1),
        "un'ora e mezza": timedelta(minutes=90),
        "tre quarti d'ora": timedelta(minutes=45),
        "una giornata": timedelta(days=1),
        "un quarto d'ora": timedelta(minutes=15),
        "un paio d'ore": timedelta(hours=2),
        "un paio di ore": timedelta(hours=2),
        "tutto il giorno": timedelta(days=1),
    },
    noon=("mezzogiorno",),
    midnight=("mezzanotte",),
    weekend=(
        *("fine settimana", "il fine settimana", "questo fine settimana", "weekend"),
        *("il weekend", "questo weekend", "nel weekend", "nel fine settimana"),
        *("tutto il weekend", "tutto il fine settimana"),
    ),
    now=("adesso", "ora", "subito"),
    start=(
        *("dalle", "dall'", "dal", "da", "a partire da", "a partire dalle", "dopo le"),
        *("a partire dal", "dalle ore", "valido dalle", "valido da"),
    ),
    weak_start=(),
    until=(
        *("fino alle", "fino all'", "fino a", "fino al", "fino", "sino alle"),
        *("e fino a", "sino a", "fino alle ore", "-", "entro", "entro le", "entro l'"),
        *("entro le ore", "entro il", "al più tardi", "al più tardi alle", "che scade"),
        *("che scade alle", "che scade il", "che scada", "che scada alle"),
    ),
    also_until=("alle", "all'", "al", "a", "alle ore", "alla", "ad"),
    between=("tra", "fra"),
    and_=("e",),
    at=("alle", "all'", "alle ore", "verso le", "verso l'", "verso"),
    on=("il", "questo", "di", "al", "dal"),
    for_=(
        *("per", "per il", "per la", "durante", "valido per", "valido", "circa"),
        "per circa",
    ),
    in_=("tra", "fra"),
    after=(),
    next_=("prossimo", "il prossimo", "prossima", "la prossima"),
    next_behind=("prossimo", "prossima", "che viene"),
    next_week=(
        *("la prossima settimana", "la settimana prossima", "prossima settimana"),
        *("della prossima settimana", "della settimana prossima"),
    ),
    ordinals={"primo": 1},
    joined_minutes=True,
    oclock=("ore", "in punto"),
    half_before=(),
    half_past=(),
    plus_half=("e mezza", "e mezzo", "e trenta"),
    plus_quarter=("e un quarto", "e quindici"),
    less=("meno",),
    past=(),
    before=(),
    quarter=("un quarto", "quarto"),
    recurring=(
        *("ogni", "tutti i", "tutte le", "quotidiano", "settimanale", "ogni giorno"),
        "settimanalmente",
    ),
    last_=("scorso", "scorsa", "passato"),
    other_times=(
        *("ieri", "permanente", "per sempre", "sempre", "qualche", "alcune", "alcuni"),
        *("diverse", "meno", "più tardi", "prima", "tranne", "eccetto", "non", "mai"),
        *("o", "resto della", "il resto", "questa settimana", "mese", "a pasqua"),
        *("per pasqua", "per pranzo", "a pranzo", "per cena", "a cena", "colazione"),
        *("presto", "ricordami", "feste", "fine"),
    ),
    once=(
        *("monouso", "usa e getta", "una volta sola", "una sola volta"),
        "per una volta",
    ),
    feasts={
        "la vigilia di natale": (12, 24),
        "vigilia di natale": (12, 24),
        "alla vigilia di natale": (12, 24),
        "il giorno di natale": (12, 25),
        "giorno di natale": (12, 25),
        "natale": (12, 25),
        "a natale": (12, 25),
        "santo stefano": (12, 26),
        "san silvestro": (12, 31),
        "a capodanno": (1, 1),
        "capodanno": (1, 1),
        "ferragosto": (8, 15),
    },
    day_articles=("il", "dal", "al"),
    titles=("signor", "dottor", "don"),
    fillers=(
        *("per ultimo", "per ultima", "ultimo", "ultima", "di recente", "appena"),
        *("prossimi", "prossime", "prossima", "miei", "mie", "nostri", "nostre"),
        *("suo", "sua", "tuo", "tua"),
        *("il", "lo", "la", "i", "gli", "le", "l'", "un", "uno", "una", "un'", "mio"),
        *("mia", "nostro", "nostra", "per", "a", "al", "alla", "allo", "ai", "di"),
        *("del", "della", "dello", "dell'", "da", "dal", "dalla", "in", "nel", "nella"),
        *("con", "sulla", "sul", "su", "all'", "per favore", "grazie", "codice", "pin"),
        *("password", "accesso", "d'accesso", "che", "funzioni", "valido", "valida"),
        *("sia", "è", "e", "chiamato", "chiamata", "nome", "nuovo", "mi", "ci"),
        *("temporaneo", "solo", "fino", "valga", "prossimo", "serve", "ha", "bisogno"),
        *("d'", "dalle", "alle", "perché", "possa", "ad", "chi", "qualcuno", "tutti"),
        *(
            "compreso",
            "incluso",
        ),
    ),
    door_words=(
        "porta",
        "serratura",
        "tastierino",
        "tastiera",
        "casa",
        "appartamento",
    ),
    place_words=(
        *("ingresso", "garage", "box", "cancello", "cancelletto", "cantina", "ufficio"),
        *("capanno", "portone", "giardino", "retro", "lista", "calendario", "agenda"),
    ),
    half_days=False,
)
