"""The three states that everybody understands: in effect, not yet in effect, invalid.

Tuya's documents know a code's `effective_flag` as 1, 2 and 0. The words here are theirs;
what each status counts as is decided once, on the safe side.
"""

from enum import StrEnum

from .passwords import ENDED, PasswordStatus


class PasswordState(StrEnum):
    """What a code is to the door.

    `in_effect` opens it, or may; `not_yet` doesn't open it yet, but will or could;
    `invalid` opens nothing any more, or never did.
    """

    IN_EFFECT = "in_effect"
    NOT_YET = "not_yet"
    INVALID = "invalid"


# A frozen code opens nothing until somebody wakes it.
_NOT_YET = frozenset(
    {PasswordStatus.SCHEDULED, PasswordStatus.PENDING, PasswordStatus.FROZEN}
)


def state_of(status: PasswordStatus) -> PasswordState:
    """Return the state that a status belongs to.

    What nobody can vouch for (unconfirmed, unknown, still being removed) may open the
    door, so it counts as in effect.
    """
    if status in ENDED:
        return PasswordState.INVALID
    return PasswordState.NOT_YET if status in _NOT_YET else PasswordState.IN_EFFECT
