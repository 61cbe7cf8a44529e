"""Codes that are not on their lock as they should be, as somebody has to be told."""

from datetime import datetime, timedelta
from enum import StrEnum

from ..tuya_cloud.models import DeliveryStatus
from .families import LockFamily, traits
from .passwords import (
    ENDED,
    ChangeState,
    IssuedCode,
    Password,
    PasswordStatus,
    PasswordType,
)

# A code that is about to be needed and has not arrived is told of so early.
AHEAD = timedelta(minutes=60)
# A lock that sleeps may take its time with a deletion before somebody is told.
SLEEPY_DELETION = timedelta(hours=1)


class Trouble(StrEnum):
    """What is wrong with a code, by the name of its repair."""

    REFUSED = "code_refused"
    REFUSED_DUPLICATE = "code_refused_duplicate"
    REFUSED_FULL = "code_refused_full"
    NOT_DELIVERED = "code_not_delivered"
    LOST = "code_lost"
    WAITING = "code_waiting"
    CHANGE_NOT_CONFIRMED = "change_not_confirmed"
    DELETION_NOT_CONFIRMED = "deletion_not_confirmed"


_REFUSALS = {
    DeliveryStatus.DUPLICATE: Trouble.REFUSED_DUPLICATE,
    DeliveryStatus.FULL: Trouble.REFUSED_FULL,
}


def trouble_of(
    password: Password, ours: IssuedCode | None, family: LockFamily, now: datetime
) -> Trouble | None:
    """Return what is wrong with a code that was made, changed or deleted here.

    `ours` is what is remembered of it; a code that nobody touched here is none of ours.
    """
    if ours is None or password.type is not PasswordType.CUSTOM:
        return None
    match password.status:
        case status if status in ENDED - {PasswordStatus.FAILED}:
            return None
        case PasswordStatus.FAILED:
            return _REFUSALS.get(
                password.failure or DeliveryStatus.FAILED, Trouble.REFUSED
            )
        case PasswordStatus.UNCONFIRMED:
            return Trouble.LOST if password.lost else Trouble.NOT_DELIVERED
        case PasswordStatus.REMOVING if ours.removal_requested_at is not None:
            waited = _removal_told_at(ours, family)
            return Trouble.DELETION_NOT_CONFIRMED if now >= waited else None
        case PasswordStatus.PENDING | PasswordStatus.REMOVING:
            pass
        case _ if password.change is ChangeState.FAILED:
            return Trouble.CHANGE_NOT_CONFIRMED
    due = due_at(password, ours, family)
    if due is None or now < due:
        return None
    if password.change is ChangeState.PENDING:
        return Trouble.CHANGE_NOT_CONFIRMED
    return Trouble.WAITING


def due_at(
    password: Password, ours: IssuedCode | None, family: LockFamily
) -> datetime | None:
    """Return when somebody has to be told that a code is still on its way, if ever.

    A lock that is awake answers to a change while it is watched; what became of a new
    code is said by its status then. Locks that sleep may take a code at any time, so it
    is told of an hour before it is needed, and not before the first readings could show it.
    """
    if ours is None or password.type is not PasswordType.CUSTOM:
        return None
    if password.status is PasswordStatus.REMOVING:
        return _removal_told_at(ours, family) if ours.removal_requested_at else None
    pending = password.status is PasswordStatus.PENDING
    changing = password.change is ChangeState.PENDING
    watch, sleepy = traits(family).watch, traits(family).sleepy
    if changing and watch and not sleepy:
        return ours.sent_at + watch[-1]
    if not sleepy or not (pending or changing):
        return None
    needed = ours.start
    if changing and not pending and password.end is not None:
        # What the lock has now holds until its end, or until the change begins earlier.
        starts_earlier = password.start is None or ours.start < password.start
        needed = ours.start if starts_earlier else password.end
    return max(needed - AHEAD, ours.sent_at + watch[-1])


def _removal_told_at(ours: IssuedCode, family: LockFamily) -> datetime:
    watch = traits(family).watch
    patience = SLEEPY_DELETION if traits(family).sleepy or not watch else watch[-1]
    return ours.sent_at + patience
