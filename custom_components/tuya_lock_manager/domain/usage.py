"""Which codes were used or cleared, from the records of a lock."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from ..tuya_cloud.models import LockRecord
from .openings import OpeningMethod, fitting_passwords, meant_password, opening_method
from .passwords import (
    CLEARING_TYPES,
    IssuedCode,
    Password,
    PasswordKey,
    PasswordStatus,
    PasswordType,
    password_key,
)
from .records import plain_code, record_key

_CLEAR_ONE_CODE = "unlock_offline_clear_single"
_CLEAR_CODE = "unlock_offline_clear"
_CLEARINGS = frozenset({_CLEAR_ONE_CODE, _CLEAR_CODE})
_OPENING = frozenset({PasswordType.TIME_LIMITED, PasswordType.ONE_TIME})
_ONCE = CLEARING_TYPES | {PasswordType.ONE_TIME}


@dataclass(frozen=True, slots=True)
class Usage:
    """First uses and clearings by password key.

    `doubtful` are codes that may have been used: a record fits them, but not only them.
    Up to `reported_until` the lock has reported all of them, as far as is known.
    `typed` is which code opened, by the key of the record that tells of the opening.
    """

    used: dict[PasswordKey, datetime]
    cleared: dict[PasswordKey, datetime]
    doubtful: frozenset[PasswordKey]
    reported_until: datetime | None = None
    typed: dict[str, PasswordKey] = field(default_factory=dict, compare=False)


def usage_of(
    records: Iterable[LockRecord],
    passwords: Sequence[Password],
    *,
    complete_until: datetime | None = None,
    reported_until: datetime | None = None,
    remembered: Iterable[IssuedCode] = (),
) -> Usage:
    """Read the uses and clearings of codes out of records, whatever their order.

    Up to `complete_until` the passwords are all that the lock has, those made elsewhere
    too: then an offline code that alone was valid is the one that was typed. What is
    `remembered` of codes made here holds though its record has scrolled away.

    A lock reports that a clearing code was typed, not what it did, and some clear no
    code that was never used: only one whose use is known counts as cleared, and only
    until it opens again.
    """
    codes = tuple(remembered)
    used = {code.key: code.used_at for code in codes if code.used_at}
    cleared = {code.key: code.cleared_at for code in codes if code.cleared_at}
    doubtful: set[PasswordKey] = set()
    typed: dict[str, PasswordKey] = {}
    for record in sorted(records, key=_order):
        complete = complete_until is not None and record.time <= complete_until
        live = [code for code in passwords if not _is_spent(code, used, record.time)]
        if clearings := _clearing_codes(record, live, complete=complete):
            if len(clearings) == 1:
                used.setdefault(clearings[0].key, record.time)
            for key in _cleared_by(clearings[0], record.time, passwords):
                if key in used and used[key] <= record.time:
                    cleared.setdefault(key, record.time)
            continue
        fits = fitting_passwords(record, passwords)
        possible = fits or _likeliest(_possible(record, live), cleared, record.time)
        offline = opening_method(record) is OpeningMethod.OFFLINE_CODE
        meant = meant_password(record, possible)
        if meant is not None and (fits or (complete and offline)):
            key = typed[record_key(record)] = meant.key
            used.setdefault(key, record.time)
            if key in cleared and cleared[key] < record.time:
                del cleared[key]
        else:
            doubtful.update(code.key for code in possible)
    doubts = frozenset(doubtful - used.keys())
    return Usage(used, cleared, doubts, reported_until, typed)


def remember_usage(code: IssuedCode, usage: Usage) -> IssuedCode:
    """Return a stored code with what the records told of it; its first use stays.

    The usage was read with this code remembered, so a clearing that it lacks is undone.
    """
    return replace(
        code,
        used_at=code.used_at or usage.used.get(code.key),
        cleared_at=usage.cleared.get(code.key),
    )


def _order(record: LockRecord) -> tuple[datetime, bool]:
    """Sort by time; within a second a code opened before it was cleared."""
    return record.time, plain_code(record.code) in _CLEARINGS


def _is_spent(
    code: Password, used: Mapping[PasswordKey, datetime], moment: datetime
) -> bool:
    """Return whether an offline code that works once was used before."""
    return code.type in _ONCE and code.key in used and used[code.key] < moment


def _likeliest(
    possible: tuple[Password, ...],
    cleared: Mapping[PasswordKey, datetime],
    moment: datetime,
) -> tuple[Password, ...]:
    """Return those that were not cleared before; all, if every one was."""
    return (
        tuple(
            code
            for code in possible
            if code.key not in cleared or moment <= cleared[code.key]
        )
        or possible
    )


def _possible(
    record: LockRecord, passwords: Sequence[Password]
) -> tuple[Password, ...]:
    """Return the offline codes that a record may mean though its value names none.

    Offline codes have no slot that we know of, and some locks report them as temporary
    codes.
    """
    if opening_method(record) not in {
        OpeningMethod.OFFLINE_CODE,
        OpeningMethod.TEMPORARY_CODE,
    }:
        return ()
    return tuple(
        code for code in passwords if code.type in _OPENING and code.covers(record.time)
    )


def _clearing_codes(
    record: LockRecord, passwords: Sequence[Password], *, complete: bool
) -> list[Password]:
    """Return the clearing code that a record reports, if it can be only one.

    Of several that are for the same code it doesn't matter which: all are returned.
    One that the record doesn't name may have been made elsewhere, unless the passwords
    are `complete`.
    Bluetooth and Zigbee locks report single clearings apart, Wi-Fi locks all alike.
    """
    code = plain_code(record.code)
    if code not in _CLEARINGS:
        return []
    types = CLEARING_TYPES if code == _CLEAR_CODE else {PasswordType.CLEAR_ONE}
    live = [
        password
        for password in passwords
        if password.type in types and password.covers(record.time)
    ]
    named = [
        password
        for password in live
        if record.value in {password.id, password.clears_id}
    ]
    candidates = named or (live if complete else [])
    targets = {(password.type, password.clears_id) for password in candidates}
    is_one = len(candidates) == 1 or (
        len(targets) == 1 and candidates[0].clears_id is not None
    )
    return candidates if is_one else []


def _cleared_by(
    clearing: Password, moment: datetime, passwords: Sequence[Password]
) -> list[PasswordKey]:
    """Return the lasting codes that a clearing code, typed at a moment, is for."""
    if clearing.type is PasswordType.CLEAR_ONE:
        if clearing.clears_id is None:
            return []
        return [password_key(PasswordType.TIME_LIMITED, clearing.clears_id)]
    return [
        code.key
        for code in passwords
        if code.type is PasswordType.TIME_LIMITED
        and (made := code.issued_at or code.start) is not None
        and made <= moment
        and (code.end is None or moment < code.end)
    ]


def may_be_renewed(ours: IssuedCode | None, used_at: datetime | None) -> bool:
    """Tell whether a one-time code was put on its lock anew after its use, or may be.

    That happens where it was changed before the use was known. Whether it then opens
    once more, no source tells.
    """
    if ours is None or used_at is None:
        return False
    if ours.change is not None and ours.change.frozen is None:
        return True
    return ours.renewed_at is not None and used_at <= ours.renewed_at


def unless_renewed(status: PasswordStatus, *, renewed: bool) -> PasswordStatus:
    """Vouch for nothing where a used code may open once more."""
    doubtful = renewed and status is PasswordStatus.ACTIVE
    return PasswordStatus.UNKNOWN if doubtful else status
