"""What people say, by language and by what they want; the judge of the sentence files.

The names of people in the sentences that make codes are what the code is to be called.
"""

# Questions that one house answers alike, whatever the words.
ACTIVE = {
    "de": [
        "welche Codes sind an der Haustür aktiv",
        "welche Codes sind gerade aktiv?",
        "wer hat einen Code für die Haustür",
        "zeige mir die aktiven Codes",
        "wie viele Codes hat die Haustür",
        "nenne mir die Codes der Haustür",
    ],
    "en": [
        "which codes are active on the front door",
        "what codes are active right now?",
        "who has a code for the front door",
        "list the active codes",
        "which pin codes can open the front door",
        "are any codes active",
    ],
    "es": [
        "¿qué códigos están activos en la puerta principal?",
        "cuáles son los códigos activos",
        "quién tiene un código para la puerta principal",
        "dime los códigos de la puerta principal",
    ],
    "fr": [
        "quels codes sont actifs sur la porte d'entrée",
        "quels sont les codes actifs ?",
        "qui a un code pour la porte d\u2019entrée",
        "donne-moi les codes de la porte d'entrée",
    ],
    "it": [
        "quali codici sono attivi sulla porta d'ingresso",
        "quali sono i codici attivi?",
        "chi ha un codice per la porta d'ingresso",
        "dimmi i codici della porta d'ingresso",
    ],
    "nl": [
        "welke codes zijn actief op de voordeur",
        "welke codes zijn er op de voordeur actief?",
        "wie heeft een code voor de voordeur",
        "noem de actieve codes",
    ],
}
LAST = {
    "de": [
        "wer hat die Tür zuletzt geöffnet?",
        "wer hat zuletzt die Haustür aufgesperrt",
        "wer war zuletzt an der Haustür",
        "wann wurde die Haustür zuletzt geöffnet",
        "wer ist zuletzt reingekommen",
    ],
    "en": [
        "who opened the door last?",
        "who last opened the front door",
        "who was the last person to open the front door",
        "when was the front door last opened",
        "who came in last",
    ],
    "es": [
        "¿quién abrió la puerta por última vez?",
        "quién fue el último en abrir la puerta principal",
        "cuándo se abrió la puerta principal por última vez",
    ],
    "fr": [
        "qui a ouvert la porte en dernier ?",
        "qui est la dernière personne à avoir ouvert la porte d'entrée",
        "qui est entré en dernier",
    ],
    "it": [
        "chi ha aperto la porta per ultimo?",
        "chi è stato l'ultimo ad aprire la porta d'ingresso",
        "chi è entrato per ultimo",
    ],
    "nl": [
        "wie heeft de deur het laatst geopend?",
        "wie was het laatst bij de voordeur",
        "wie is als laatste binnengekomen",
    ],
}
ALARMS = {
    "de": [
        "gibt es Alarme, die ich noch nicht gesehen habe?",
        "irgendwelche neuen Alarme an der Haustür",
        "habe ich einen Alarm verpasst",
        "hat die Haustür Alarm geschlagen",
    ],
    "en": [
        "any alarms I haven't seen?",
        "are there any new alarms on the front door",
        "did I miss any alarms",
        "which alarms haven't I seen",
    ],
    "es": [
        "¿hay alguna alarma que no haya visto?",
        "hay alarmas nuevas en la puerta principal",
        "me he perdido alguna alarma",
    ],
    "fr": [
        "y a-t-il des alarmes que je n'ai pas vues ?",
        "y a-t-il de nouvelles alarmes sur la porte d'entrée",
        "ai-je manqué une alarme",
    ],
    "it": [
        "ci sono allarmi che non ho visto?",
        "ci sono nuovi allarmi sulla porta d'ingresso",
        "mi sono perso qualche allarme",
    ],
    "nl": [
        "zijn er alarmen die ik niet gezien heb?",
        "zijn er nieuwe alarmen op de voordeur",
        "heb ik een alarm gemist",
    ],
}
# For each a name, and the window in words of the house's clock; None is one opening.
NINE_TO_TWELVE = ("2026-06-02T09:00", "2026-06-02T12:00")
THURSDAY = ("2026-06-04T08:00", "2026-06-04T10:00")
CREATE: dict[str, list[tuple[str, str, tuple[str, str] | None]]] = {
    "de": [
        (
            "gib der Putzfrau einen Code für morgen neun bis zwölf",
            "Putzfrau",
            NINE_TO_TWELVE,
        ),
        ("ich brauche einen Code für den Kurier", "Kurier", None),
        (
            "kannst du Jana für morgen von 9 bis 12 Uhr einen Code geben",
            "Jana",
            NINE_TO_TWELVE,
        ),
        (
            "der Handwerker braucht am Donnerstag zwischen 8 und 10 einen Code",
            "Handwerker",
            THURSDAY,
        ),
        ("richte bitte einen Code für die Oma ein", "Oma", None),
    ],
    "en": [
        (
            "give the cleaner a code for tomorrow nine to twelve",
            "Cleaner",
            NINE_TO_TWELVE,
        ),
        ("I need a code for the courier", "Courier", None),
        (
            "please create a code for Jane Doe on the front door from 9 to 12 tomorrow",
            "Jane Doe",
            NINE_TO_TWELVE,
        ),
        (
            "the plumber needs a code for Thursday between 8 and 10",
            "Plumber",
            THURSDAY,
        ),
        ("can you make a one-time code for the postman please", "Postman", None),
    ],
    "es": [
        (
            "dale a la limpiadora un código para mañana de nueve a doce",
            "Limpiadora",
            NINE_TO_TWELVE,
        ),
        ("necesito un código para el mensajero", "Mensajero", None),
        (
            "el fontanero necesita un código para el jueves entre las 8 y las 10",
            "Fontanero",
            THURSDAY,
        ),
    ],
    "fr": [
        (
            "donne un code à Marie pour demain de neuf heures à midi",
            "Marie",
            NINE_TO_TWELVE,
        ),
        ("j'ai besoin d'un code pour le livreur", "Livreur", None),
        (
            "il me faut un code pour le plombier jeudi entre 8h et 10h",
            "Plombier",
            THURSDAY,
        ),
    ],
    "it": [
        (
            "dai a Maria un codice per domani dalle nove alle dodici",
            "Maria",
            NINE_TO_TWELVE,
        ),
        ("ho bisogno di un codice per il corriere", "Corriere", None),
        (
            "mi serve un codice per l'idraulico giovedì tra le 8 e le 10",
            "Idraulico",
            THURSDAY,
        ),
    ],
    "nl": [
        (
            "geef de schoonmaker een code voor morgen negen tot twaalf",
            "Schoonmaker",
            NINE_TO_TWELVE,
        ),
        ("ik heb een code nodig voor de koerier", "Koerier", None),
        (
            "de loodgieter heeft een code nodig voor donderdag tussen 8 en 10",
            "Loodgieter",
            THURSDAY,
        ),
    ],
}
# What ends the first code above, and the yes.
CANCEL = {
    "de": ("lösche den Code der Putzfrau", "ja, lösche ihn"),
    "en": ("cancel the cleaner's code", "yes, delete it"),
    "es": ("cancela el código de la limpiadora", "sí, bórralo"),
    "fr": ("annule le code de Marie", "oui, supprime-le"),
    "it": ("cancella il codice di Maria", "sì, cancellalo"),
    "nl": ("annuleer de code van de schoonmaker", "ja, verwijder hem"),
}
NAMES = {
    "de": "Haustür",
    "es": "puerta principal",
    "fr": "porte d'entrée",
    "it": "porta d'ingresso",
    "nl": "voordeur",
}
