"""What can be done to be rid of a code, and when one was gone."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from .departures import Departure
from .passwords import (
    CLOCK_TOLERANCE,
    LEAVING,
    IssuedCode,
    Password,
    PasswordKey,
    PasswordStatus,
    PasswordType,
)
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


class KeepReason(StrEnum):
    """Why a clean-up leaves a code alone.

    `failed`: its lock didn't take it, as far as is known, and its host may try again.
    `used_in_window`: it did its one opening, but its window isn't over.
    `change_unconfirmed`: the lock may have a longer window than the one that is over.
    The others are what the code is.
    """

    IN_EFFECT = "in_effect"
    NOT_YET = "not_yet"
    REMOVING = "removing"
    UNCONFIRMED = "unconfirmed"
    UNKNOWN = "unknown"
    FAILED = "failed"
    USED_IN_WINDOW = "used_in_window"
    CHANGE_UNCONFIRMED = "change_unconfirmed"


_REASONS = {
    PasswordStatus.REMOVING: KeepReason.REMOVING,
    PasswordStatus.UNCONFIRMED: KeepReason.UNCONFIRMED,
    PasswordStatus.UNKNOWN: KeepReason.UNKNOWN,
    PasswordStatus.FAILED: KeepReason.FAILED,
}


def keep_reason(code: Password, now: datetime) -> KeepReason | None:
    """Return why a clean-up leaves a code alone, None where it may go.

    An offline code that has ended is on no lock's list, and taking it off ours changes
    nothing at the door. Of a custom code the record goes, and with it whatever is still
    on its way to the lock: so only where the lock confirmed a deletion, or the window is
    over. A failed one is neither. A gateway that gave up says nothing of what the lock
    stored, and its host may give it other digits; once its window is over it is expired.
    """
    if code.status in _REASONS:
        return _REASONS[code.status]
    match state_of(code.status):
        case PasswordState.IN_EFFECT:
            return KeepReason.IN_EFFECT
        case PasswordState.NOT_YET:
            return KeepReason.NOT_YET
    if code.type is not PasswordType.CUSTOM:
        return None
    if code.asked_end is not None and code.asked_end > now:
        return KeepReason.CHANGE_UNCONFIRMED
    if code.status is PasswordStatus.REMOVED:
        return None
    if code.end is None or code.end > now:
        return KeepReason.USED_IN_WINDOW
    return None


def departures_of(
    passwords: Iterable[Password],
    known: Mapping[str, Departure],
    issued: Mapping[PasswordKey, IssuedCode],
    *,
    seen_until: datetime | None,
    heard_until: datetime | None,
    now: datetime,
) -> dict[str, Departure]:
    """Return when online codes went off their lock, by their ids.

    `known` is what was found before, `issued` tells which removals were asked for here.
    `seen_until` is up to when a list before this one tells what was on the lock,
    `heard_until` the time of the lock's last known record; None where there is none.
    """
    found: dict[str, Departure] = {}
    for code in passwords:
        if code.type is not PasswordType.CUSTOM or code.status not in LEAVING:
            continue
        departure = known.get(code.id)
        if departure is None:
            ours = issued.get(code.key)
            asked_at = ours.removal_requested_at if ours else None
            after = _stayed_until(asked_at, seen_until, heard_until)
            departure = Departure(after, slot=code.slot)
        if code.status is PasswordStatus.REMOVING:
            departure = replace(departure, by=None)
        elif departure.by is None:
            departure = replace(departure, by=now)
        found[code.id] = departure
    return found


def _stayed_until(
    asked_at: datetime | None,
    seen_until: datetime | None,
    heard_until: datetime | None,
) -> datetime | None:
    """Return until when, by the lock's clock, a code that is going now was on the lock.

    What was heard before its removal was asked for had happened, whatever the clock.
    """
    if asked_at is None:
        return None if seen_until is None else seen_until - CLOCK_TOLERANCE
    after = asked_at - CLOCK_TOLERANCE
    return after if heard_until is None else min(asked_at, max(after, heard_until))
