"""Find the code that a person means."""

from collections.abc import Iterable
from unicodedata import normalize

from .passwords import CLEARING_TYPES, Password, PasswordKey


class PasswordSelectionError(LookupError):
    """No code, or not just one; `candidates` are those to choose from."""

    def __init__(self, message: str, candidates: tuple[Password, ...]) -> None:
        """Keep the candidates."""
        super().__init__(message)
        self.candidates = candidates


class UnknownPasswordError(PasswordSelectionError):
    """Nothing has that id or name; the candidates are the codes that haven't ended."""


class AmbiguousPasswordError(PasswordSelectionError):
    """More than one code has that name; the candidates are those."""


def find_password(passwords: Iterable[Password], wanted: str | PasswordKey) -> Password:
    """Return the code with that id or name; a key means one code, whatever others are.

    A name counts whatever its case and outer blanks, and however its accents are
    written. Names come back, a guest's every
    summer: a code that has ended doesn't make the live one ambiguous, and of those that
    all have ended the last that is listed is meant, since nothing can be lost by it. A name that is
    another code's id is ambiguous like any other. A clearing code bears the name of the
    code that it is for, so it is meant by its id only.
    """
    codes = tuple(passwords)
    found = [code for code in codes if _is_meant(code, wanted)]
    live = tuple(code for code in found if not code.ended)
    if len(live) > 1:
        raise AmbiguousPasswordError("more than one password is meant", live)
    if live:
        return live[0]
    if found:
        return max(found, key=_last_listed)
    raise UnknownPasswordError(
        "no such password",
        tuple(
            code for code in codes if not code.ended and code.type not in CLEARING_TYPES
        ),
    )


def _is_meant(code: Password, wanted: str | PasswordKey) -> bool:
    if not isinstance(wanted, str):
        return code.key == wanted
    name = plain_name(wanted)
    return code.id == wanted.strip() or bool(name and _guest_name(code) == name)


def folded(name: str) -> str:
    """Return what is equal for names that look the same but for their case."""
    return normalize("NFC", normalize("NFD", name).casefold())


def plain_name(name: str) -> str:
    """Return what is equal for names by which people mean the same."""
    return folded(name.strip())


def _last_listed(code: Password) -> tuple[bool, float]:
    return not code.is_hidden, code.end.timestamp() if code.end else 0.0


def _guest_name(code: Password) -> str | None:
    """Return the name under which a code is found; None for clearing codes."""
    return None if code.type in CLEARING_TYPES else plain_name(code.name)
