"""The digits that somebody wrote into the texts of an event: taken out, never kept."""

import re

# What people call a code, in the languages that the integration speaks.
_WORDS = "|".join(
    (
        *("code", "pin", "pin-?code", "password", "passcode"),
        *("zugangscode", "türcode", "passwort", "kennwort"),
        *("mot de passe", "código", "contraseña", "clave", "senha"),
        *("codice", "wachtwoord", "toegangscode", "kod", "hasło", "密码", "开门密码"),
    )
)
# The label may stand in a text of other lines.
_LABELLED = re.compile(rf"^\s*(?:{_WORDS})\s*[:\uFF1A=]\s*(.*?)\s*$", re.IGNORECASE)
_BARE = re.compile(r"[\d\s.-]+")
_NAMED = re.compile(rf"\b(?:{_WORDS})(?![^\W\d_])", re.IGNORECASE)
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\W_]+(?=\d)")


class UnclearDigitsError(ValueError):
    """A text that seems to name digits, but not in a way that is surely meant so."""


def chosen_digits(remark: str, length: int, shown: str = "") -> str | None:
    """Return the digits that a description gives, as written; None where it gives none.

    They stand alone, or in a line of their own behind "code:", "pin:" or the like in
    another language. They are not checked here, so that a wrong code is refused as such.

    Args:
        remark: the description.
        length: how many digits a code of the lock has.
        shown: what the calendar itself said there; it counts for nothing.

    Raises:
        UnclearDigitsError: more than one line gives digits, or the text holds what looks
            like a code in the middle of something else.

    """
    known = {line.strip() for line in shown.splitlines()}
    lines = [line for line in remark.splitlines() if line.strip() not in known]
    given = [match[1] for line in lines if (match := _LABELLED.match(line))]
    if len(given) > 1:
        raise UnclearDigitsError
    if given:
        return given[0]
    rest = "\n".join(lines).strip()
    if _BARE.fullmatch(rest) and any(char.isdigit() for char in rest):
        return rest
    # What the calendar said a moment ago may speak of a code, and of a time.
    if holds_code(rest, length) or (not shown and any(map(_speaks_of_digits, lines))):
        raise UnclearDigitsError
    return None


def holds_code(text: str, length: int) -> bool:
    """Tell whether a text holds as many digits in a row as a code has, but no date."""
    pattern = rf"(?<!\d)(?<!\d[-.:])\d{{{length}}}(?![-.:]?\d)"
    return re.search(pattern, text) is not None


def spells(text: str, digits: str) -> bool:
    """Tell whether a text holds these very digits, with whatever between them."""
    return bool(digits) and digits in _BETWEEN_DIGITS.sub("", text)


def _speaks_of_digits(line: str) -> bool:
    return _NAMED.search(line) is not None and any(char.isdigit() for char in line)
