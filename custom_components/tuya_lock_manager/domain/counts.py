"""How many codes of a lock are what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from .passwords import CLEARING_TYPES, Password, PasswordStatus

_OPENING = (PasswordStatus.ACTIVE, PasswordStatus.SCHEDULED)
_COMING = (PasswordStatus.SCHEDULED, PasswordStatus.PENDING)


@dataclass(frozen=True, slots=True)
class PasswordCounts:
    """How many codes of a lock are what. Clearing codes open nothing, so don't count.

    `pending` are on their way to the lock, `removing` are on their way off it and may
    still open. `next_expiry` is when the first of the codes that open, or will, ends;
    `next_start` when the first that doesn't open yet starts.
    """

    active: int
    pending: int
    removing: int
    unconfirmed: int
    next_expiry: datetime | None
    next_start: datetime | None


def counts(passwords: Iterable[Password], now: datetime) -> PasswordCounts:
    """Count the codes of a lock."""
    codes = [code for code in passwords if code.type not in CLEARING_TYPES]
    count = [code.status for code in codes].count
    return PasswordCounts(
        active=count(PasswordStatus.ACTIVE),
        pending=count(PasswordStatus.PENDING),
        removing=count(PasswordStatus.REMOVING),
        unconfirmed=count(PasswordStatus.UNCONFIRMED),
        next_expiry=min(
            (
                code.end
                for code in codes
                if code.end is not None and code.status in _OPENING
            ),
            default=None,
        ),
        next_start=min(
            (
                code.start
                for code in codes
                if code.start is not None
                and code.start > now
                and code.status in _COMING
            ),
            default=None,
        ),
    )
