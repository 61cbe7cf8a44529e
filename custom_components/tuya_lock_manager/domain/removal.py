"""What can be done to be rid of a code."""

from enum import StrEnum

from .passwords import Password, PasswordStatus, PasswordType
from .states import PasswordState, state_of


class Removable(StrEnum):
    """How a code can be got rid of.

    `now`: delete it. `under_way`: it is being deleted, and may open until the lock took
    that. `clearing_code`: only a clearing code, typed at the lock, ends it before its
    time. `when_ended`: it ends by itself, and can be taken off the list then.
    """

    NOW = "now"
    UNDER_WAY = "under_way"
    CLEARING_CODE = "clearing_code"
    WHEN_ENDED = "when_ended"


def removable(code: Password) -> Removable:
    """Return how a code can be got rid of.

    Custom codes can be deleted at any time, the others only once they are invalid.
    """
    if code.ended:
        return Removable.NOW
    if code.status is PasswordStatus.REMOVING:
        return Removable.UNDER_WAY
    if code.type is PasswordType.CUSTOM:
        return Removable.NOW
    if code.type is PasswordType.TIME_LIMITED:
        return Removable.CLEARING_CODE
    return Removable.WHEN_ENDED


def is_only_clearable(code: Password) -> bool:
    """Tell whether a code is in effect that only a clearing code can end early."""
    return (
        removable(code) is Removable.CLEARING_CODE
        and state_of(code.status) is PasswordState.IN_EFFECT
    )
