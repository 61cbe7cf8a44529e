"""French."""

from datetime import timedelta

from .vocabulary import DayPart, Vocabulary

_ONES = [
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
]
_TENS = {
    20: "vingt",
    30: "trente",
    40: "quarante",
    50: "cinquante",
    60: "soixante",
    80: "quatre-vingt",
}
_PARTS = {
    "matin": DayPart.MORNING,
    "après-midi": DayPart.AFTERNOON,
    "soir": DayPart.EVENING,
    "nuit": DayPart.NIGHT,
}

FRENCH = Vocabulary(
    numbers={
        **{word: number for number, word in enumerate(_ONES) if number != 1},
        **{word: tens for tens, word in _TENS.items()},
        **{f"{word} et un": tens + 1 for tens, word in _TENS.items()},
        **{f"{word} et une": tens + 1 for tens, word in _TENS.items()},
        **{
            f"{word} {_ONES[one]}": tens + one
            for tens, word in _TENS.items()
            for one in range(2, 10)
        },
        "quatre-vingts": 80,
        **{
            f"{word} {_ONES[more]}": tens + more
            for tens, word in ((60, "soixante"), (80, "quatre-vingt"))
            for more in range(10, 20)
        },
    },
    one=("un", "une"),
    days={
        "le reste de la journée": 0,
        "reste de la journée": 0,
        "aujourd'hui": 0,
        "demain": 1,
        "après-demain": 2,
    },
    day_parts={
        "ce matin": (0, DayPart.MORNING),
        "cet après-midi": (0, DayPart.AFTERNOON),
        "ce soir": (0, DayPart.EVENING),
        "cette nuit": (0, DayPart.NIGHT),
        **{f"demain {word}": (1, part) for word, part in _PARTS.items()},
        "demain dans la matinée": (1, DayPart.MORNING),
        "demain dans l'après-midi": (1, DayPart.AFTERNOON),
    },
    parts={
        **_PARTS,
        "du matin": DayPart.MORNING,
        "le matin": DayPart.MORNING,
        "dans la matinée": DayPart.MORNING,
        "de l'après-midi": DayPart.AFTERNOON,
        "l'après-midi": DayPart.AFTERNOON,
        "dans l'après-midi": DayPart.AFTERNOON,
        "du soir": DayPart.EVENING,
        "le soir": DayPart.EVENING,
        "dans la soirée": DayPart.EVENING,
        "la nuit": DayPart.NIGHT,
        "la soirée": DayPart.EVENING,
        "toute la matinée": DayPart.MORNING,
        "toute l'après-midi": DayPart.AFTERNOON,
        "tout l'après-midi": DayPart.AFTERNOON,
        "toute la soirée": DayPart.EVENING,
        "toute la nuit": DayPart.NIGHT,
        "la matinée": DayPart.MORNING,
    },
    weekdays={
        name: number
        for number, name in enumerate(
            ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
        )
    },
    months={
        name: number
        for number, name in enumerate(
            [
                "janvier",
                "février",
                "mars",
                "avril",
                "mai",
                "juin",
                "juillet",
                "août",
                "septembre",
                "octobre",
                "novembre",
                "décembre",
            ],
            1,
        )
    },
    units={
        "minute": timedelta(minutes=1),
        "minutes": timedelta(minutes=1),
        "heure": timedelta(hours=1),
        "heures": timedelta(hours=1),
        "h": timedelta(hours=1),
        "jour": timedelta(days=1),
        "jours": timedelta(days=1),
        "nuit": timedelta(days=1),
        "nuits": timedelta(days=1),
        "semaine": timedelta(weeks=1),
        "semaines": timedelta(weeks=1),
    },
    lengths={
        "une journée": timedelta(days=1),
        "une demi-heure": timedelta(minutes=30),
        "trois quarts d'heure": timedelta(minutes=45),
        "un quart d'heure": timedelta(minutes=15),
        "une heure et demie": timedelta(minutes=90),
        "la journée": timedelta(days=1),
        "toute la journée": timedelta(days=1),
    },
    noon=("midi",),
    midnight=("minuit",),
    weekend=(
        *("week-end", "le week-end", "ce week-end", "weekend", "le weekend"),
        *("tout le week-end", "tout le weekend"),
    ),
    now=("maintenant", "tout de suite", "immédiatement"),
    start=(
        *("à partir de", "à partir d'", "à partir du", "dès", "depuis", "à compter de"),
        *("valable de", "valable à partir de"),
    ),
    weak_start=("de", "d'", "du"),
    until=(
        *("jusqu'à", "jusqu'au", "jusque", "jusqu'en", "et jusqu'à", "jusqu'", "-"),
        *("d'ici", "d'ici à", "au plus tard", "au plus tard à", "qui expire"),
        *("qui expire à", "expire à", "expirant à", "qui se termine"),
        "qui se termine à",
    ),
    also_until=("à", "au"),
    between=("entre",),
    and_=("et",),
    at=("à", "vers", "autour de"),
    on=("le", "ce", "au"),
    for_=(
        *("pour", "pour le", "pour la", "pendant", "durant", "valable", "valable pour"),
        *("environ", "pendant environ", "pour environ"),
    ),
    in_=("dans", "d'ici"),
    after=(),
    next_=("prochain", "le prochain", "prochaine", "la prochaine"),
    next_behind=("prochain", "prochaine", "qui vient"),
    next_week=(
        *("la semaine prochaine", "de la semaine prochaine", "semaine prochaine"),
        *("la prochaine semaine", "prochaine semaine"),
    ),
    ordinals={"premier": 1},
    oclock=("heures", "heure", "h"),
    half_before=(),
    half_past=(),
    plus_half=("et demie", "et demi", "trente"),
    plus_quarter=("et quart",),
    less=("moins le", "moins"),
    past=(),
    before=(),
    quarter=("quart",),
    recurring=(
        *("chaque", "tous les", "toutes les", "quotidien", "hebdomadaire"),
        *("chaque semaine", "quotidiennement", "les lundis", "les mardis"),
        *("les mercredis", "les jeudis", "les vendredis", "les samedis"),
        "les dimanches",
    ),
    last_=("dernier", "passé"),
    other_times=(
        *("hier", "avant-hier", "permanent", "pour toujours", "toujours", "quelques"),
        *("plusieurs", "moins", "plus tard", "sans fin", "avant", "après", "sauf"),
        *("pas", "ou", "tôt", "dès que possible", "que possible", "cette semaine"),
        *("reste de", "le reste", "mois", "pâques", "pentecôte", "déjeuner", "dîner"),
        *("rappelle", "plus besoin", "fêtes", "fin", "début", "mi"),
    ),
    once=(
        *("à usage unique", "usage unique", "une seule fois", "pour une fois"),
        *("à utilisation unique", "unique", "jetable"),
    ),
    feasts={
        "la veille de noël": (12, 24),
        "veille de noël": (12, 24),
        "le jour de noël": (12, 25),
        "jour de noël": (12, 25),
        "à noël": (12, 25),
        "la saint-sylvestre": (12, 31),
        "le jour de l'an": (1, 1),
        "jour de l'an": (1, 1),
    },
    day_articles=("le", "du", "au"),
    titles=("monsieur", "madame", "mademoiselle", "mme", "docteur"),
    fillers=(
        *("en dernier", "dernier", "dernière", "récemment", "la dernière fois"),
        *("prochains", "prochaines", "ses", "son", "sa"),
        *("le", "la", "les", "l'", "un", "une", "des", "du", "de", "d'", "de la"),
        *("mon", "ma", "mes", "notre", "nos", "pour", "à", "a", "au", "aux", "sur"),
        *("en", "dans", "avec", "s'il te plaît", "s'il vous plaît", "merci", "code"),
        *("d'accès", "accès", "pin", "mot de passe", "qui", "que", "marche", "valable"),
        *("valide", "est", "il", "elle", "et", "nommé", "appelé", "nom", "nouveau"),
        *("moi", "nous", "me", "temporaire", "provisoire", "juste", "seulement"),
        *("prochain", "prochaine", "porte d'entrée code", "fonctionne", "soit", "par"),
        *("jusqu'", "entre", "bien", "faut", "besoin", "chez", "quelqu'un", "tous"),
        *(
            "inclus",
            "compris",
        ),
    ),
    door_words=("porte", "serrure", "clavier", "maison", "appartement", "logement"),
    place_words=(
        *("entrée", "garage", "portail", "portillon", "cave", "bureau", "cabanon"),
        *("grange", "jardin", "arrière", "liste", "calendrier", "agenda"),
    ),
    half_days=False,
    bare_hours=False,
)
