"""What somebody can do to a code, as far as it can be told before it is tried."""

from enum import StrEnum

from .families import FamilyTraits
from .passwords import Password, PasswordStatus, PasswordType
from .removal import Removable, removable

# Codes of which the lock may not have, or may not have had, the last window.
ARRIVING = frozenset(
    {PasswordStatus.PENDING, PasswordStatus.UNCONFIRMED, PasswordStatus.FAILED}
)


class Deed(StrEnum):
    """One thing that can be done to a code that exists."""

    CHANGE_WINDOW = "change_window"
    RENAME = "rename"
    NEW_DIGITS = "new_digits"
    FREEZE = "freeze"
    UNFREEZE = "unfreeze"
    CLEAR = "clear_one"
    DELETE = "delete"


def deeds_of(code: Password, traits: FamilyTraits) -> tuple[Deed, ...]:
    """Return what can be done to a code of a lock of this kind."""
    deeds = _custom(code, traits) if code.type is PasswordType.CUSTOM else _other(code)
    return tuple(deeds)


def _custom(code: Password, traits: FamilyTraits) -> list[Deed]:
    deeds: list[Deed] = []
    failed = code.status is PasswordStatus.FAILED
    going = removable(code) is Removable.UNDER_WAY
    if traits.online_codes and not going and (failed or not code.ended):
        deeds += [Deed.CHANGE_WINDOW, Deed.RENAME, Deed.NEW_DIGITS]
        if traits.can_freeze and code.status not in ARRIVING:
            frozen = code.status is PasswordStatus.FROZEN
            deeds.append(Deed.UNFREEZE if frozen else Deed.FREEZE)
    if removable(code) is Removable.NOW and code.status is not PasswordStatus.REMOVED:
        deeds.append(Deed.DELETE)
    return deeds


def _other(code: Password) -> list[Deed]:
    deeds: list[Deed] = []
    if not code.ended:
        deeds.append(Deed.RENAME)
    if removable(code) is Removable.CLEARING_CODE:
        deeds.append(Deed.CLEAR)
    if removable(code) is Removable.NOW and code.made_here:
        deeds.append(Deed.DELETE)
    return deeds
