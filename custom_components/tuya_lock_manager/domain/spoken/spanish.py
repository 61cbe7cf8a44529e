"""Spanish."""

from datetime import timedelta

from .vocabulary import DayPart, Vocabulary

_NUMBERS = [
    "cero",
    "uno",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciséis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuno",
    "veintidós",
    "veintitrés",
    "veinticuatro",
    "veinticinco",
    "veintiséis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
]
_TENS = {
    30: "treinta",
    40: "cuarenta",
    50: "cincuenta",
    60: "sesenta",
    70: "setenta",
    80: "ochenta",
    90: "noventa",
}
_PARTS = {
    "mañana": DayPart.MORNING,
    "tarde": DayPart.AFTERNOON,
    "noche": DayPart.EVENING,
}

SPANISH = Vocabulary(
    numbers={
        **{word: number for number, word in enumerate(_NUMBERS)},
        **{word: tens for tens, word in _TENS.items()},
        **{
            f"{word} y {_NUMBERS[one]}": tens + one
            for tens, word in _TENS.items()
            for one in range(1, 10)
        },
    },
    hours={
        **{f"las {word}": number for number, word in enumerate(_NUMBERS[:25])},
        **{f"las {number}": number for number in range(25)},
        "la una": 1,
        "la 1": 1,
    },
    one=("un", "una"),
    days={
        "el resto del día": 0,
        "resto del día": 0,
        "hoy": 0,
        "mañana": 1,
        "pasado mañana": 2,
    },
    day_parts={
        "esta mañana": (0, DayPart.MORNING),
        "esta tarde": (0, DayPart.AFTERNOON),
        "esta noche": (0, DayPart.EVENING),
        **{f"mañana por la {word}": (1, part) for word, part in _PARTS.items()},
        **{f"mañana en la {word}": (1, part) for word, part in _PARTS.items()},
        "mañana temprano": (1, DayPart.MORNING),
    },
    parts={
        **{f"la {word}": part for word, part in _PARTS.items()},
        **{f"por la {word}": part for word, part in _PARTS.items()},
        **{f"de la {word}": part for word, part in _PARTS.items()},
        **{f"en la {word}": part for word, part in _PARTS.items()},
        "del mediodía": DayPart.AFTERNOON,
        **{f"toda la {word}": part for word, part in _PARTS.items()},
        "de la madrugada": DayPart.NIGHT,
    },
    weekdays={
        name: number
        for number, name in enumerate(
            ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"]
        )
    },
    months={
        name: number
        for number, name in enumerate(
            [
                "enero",
                "febrero",
                "marzo",
                "abril",
                "mayo",
                "junio",
                "julio",
                "agosto",
                "septiembre",
                "octubre",
                "noviembre",
                "diciembre",
            ],
            1,
        )
    }
    | {"setiembre": 9},
    units={
        "minuto": timedelta(minutes=1),
        "minutos": timedelta(minutes=1),
        "hora": timedelta(hours=1),
        "horas": timedelta(hours=1),
        "día": timedelta(days=1),
        "días": timedelta(days=1),
        "noche": timedelta(days=1),
        "noches": timedelta(days=1),
        "semana": timedelta(weeks=1),
        "semanas": timedelta(weeks=1),
    },
    lengths={
        "media hora": timedelta(minutes=30),
        "un cuarto de hora": timedelta(minutes=15),
        "tres cuartos de hora": timedelta(minutes=45),
        "hora y media": timedelta(minutes=90),
        "una hora y media": timedelta(minutes=90),
        "un par de horas": timedelta(hours=2),
        "todo el día": timedelta(days=1),
    },
    noon=("mediodía", "el mediodía", "al mediodía"),
    midnight=("medianoche", "la medianoche"),
    weekend=(
        *("fin de semana", "el fin de semana", "este fin de semana"),
        "todo el fin de semana",
    ),
    now=("ahora", "ya", "ahora mismo"),
    start=(
        *("desde", "desde el", "a partir de", "a partir del", "empezando"),
        "después de",
    ),
    weak_start=("de", "del"),
    until=(
        *("hasta", "hasta el", "y hasta", "-", "como muy tarde", "como muy tarde a"),
        *("a más tardar", "que caduca", "que caduca a", "que caduque", "que caduque a"),
        *("que expira", "que expira a", "que expire a", "que vence", "que vence a"),
    ),
    also_until=("a", "al", "a el"),
    between=("entre",),
    and_=("y",),
    at=("a", "sobre", "hacia", "al"),
    on=("el", "este", "el día"),
    for_=("para", "para el", "por", "durante", "válido para", "válido por", "válido"),
    in_=("en", "dentro de"),
    after=(),
    next_=("próximo", "el próximo", "el siguiente"),
    next_behind=("próximo", "que viene", "siguiente"),
    next_week=(
        *("la próxima semana", "la semana que viene", "de la próxima semana"),
        *("de la semana que viene", "próxima semana", "la semana próxima"),
    ),
    ordinals={"primero": 1},
    joined_minutes=True,
    oclock=("horas", "en punto", "h"),
    half_before=(),
    half_past=(),
    plus_half=("y media", "y medio", "y treinta"),
    plus_quarter=("y cuarto", "y quince"),
    less=("menos",),
    past=(),
    before=(),
    quarter=("cuarto", "un cuarto"),
    recurring=(
        *("cada", "todos los", "todas las", "diario", "diariamente", "semanal"),
        *("semanalmente", "los lunes", "los martes", "los miércoles", "los jueves"),
        *("los viernes", "los sábados", "los domingos"),
    ),
    last_=("pasado", "último"),
    other_times=(
        *("ayer", "anteayer", "permanente", "para siempre", "siempre", "unas", "unos"),
        *("algunas", "algunos", "varias", "varios", "menos", "más tarde", "luego"),
        *("antes", "excepto", "salvo el", "salvo los", "no", "o", "resto de"),
        *("el resto", "esta semana", "mes", "semana santa", "pascua", "comer", "cenar"),
        *("lo antes posible", "cuanto antes", "muy temprano", "temprano", "recuérdame"),
        *("navidades", "fiestas", "finales de"),
    ),
    once=(
        *("de un solo uso", "un solo uso", "de un uso", "una sola vez", "de uso único"),
        "para una vez",
    ),
    feasts={
        "nochebuena": (12, 24),
        "la víspera de navidad": (12, 24),
        "el día de navidad": (12, 25),
        "navidad": (12, 25),
        "nochevieja": (12, 31),
        "año nuevo": (1, 1),
        "el día de año nuevo": (1, 1),
        "el día de reyes": (1, 6),
    },
    day_articles=("el", "del", "al"),
    titles=("señor", "don", "doña", "doctor"),
    fillers=(
        *("por última vez", "último", "última", "recientemente"),
        *("próxima", "próximos", "próximas", "su", "sus"),
        *("el", "la", "los", "las", "un", "una", "unos", "mi", "mis", "nuestro"),
        *("nuestra", "para", "por", "de", "del", "a", "al", "en", "con", "favor"),
        *("por favor", "gracias", "código", "clave", "pin", "contraseña", "acceso"),
        *("que", "funcione", "válido", "válida", "sea", "es", "y", "llamado", "nombre"),
        *("nuevo", "nueva", "me", "nos", "mí", "temporal", "solo", "hasta", "desde"),
        *("llamada", "sirva", "valga", "él", "ella", "se", "llama", "le", "entre"),
        *("necesita", "activo", "próximo", "quién", "alguien", "todos"),
        *(
            "inclusive",
            "incluido",
        ),
    ),
    door_words=("puerta", "cerradura", "teclado", "casa", "piso", "apartamento"),
    place_words=(
        *("entrada", "garaje", "portón", "portal", "sótano", "oficina", "cobertizo"),
        *("principal", "trasera", "jardín", "lista", "calendario", "agenda"),
    ),
    bare_hours=False,
)
