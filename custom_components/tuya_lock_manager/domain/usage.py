"""Which codes were used or cleared, from the records of a lock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ..tuya_cloud.models import LockRecord
from .openings import OpeningMethod, fitting_passwords, opening_method
from .passwords import (
    CLEARING_TYPES,
    IssuedCode,
    Password,
    PasswordKey,
    PasswordType,
    password_key,
)
from .records import plain_code

_CLEAR_ONE_CODE = "unlock_offline_clear_single"
_CLEAR_CODE = "unlock_offline_clear"
_CLEARABLE = frozenset({PasswordType.TIME_LIMITED, PasswordType.ONE_TIME})


@dataclass(frozen=True, slots=True)
class Usage:
    """First uses and clearings by password key.

    `doubtful` are codes that may have been used: a record fits them, but not only them.
    """

    used: dict[PasswordKey, datetime]
    cleared: dict[PasswordKey, datetime]
    doubtful: frozenset[PasswordKey]


def usage_of(
    records: Iterable[LockRecord],
    passwords: Sequence[Password],
    *,
    complete: bool = False,
) -> Usage:
    """Read the uses and clearings of codes out of records, whatever their order.

    With `complete` the passwords are all that the lock has, those made elsewhere too:
    then an offline code that alone was valid is the one that was typed.
    """
    used: dict[PasswordKey, datetime] = {}
    cleared: dict[PasswordKey, datetime] = {}
    doubtful: set[PasswordKey] = set()
    for record in sorted(records, key=lambda record: record.time):
        if clearing := _clearing_code(record, passwords):
            used.setdefault(clearing.key, record.time)
            for key in _cleared_by(clearing, record.time, passwords):
                cleared.setdefault(key, record.time)
            continue
        fits = fitting_passwords(record, passwords)
        possible = fits or _possible(record, passwords)
        offline = opening_method(record) is OpeningMethod.OFFLINE_CODE
        if len(possible) == 1 and (fits or (complete and offline)):
            used.setdefault(possible[0].key, record.time)
        else:
            doubtful.update(code.key for code in possible)
    return Usage(used, cleared, frozenset(doubtful - used.keys()))


def remember_usage(code: IssuedCode, usage: Usage) -> IssuedCode:
    """Return a stored code with what the records told of it; the first time stays."""
    return replace(
        code,
        used_at=code.used_at or usage.used.get(code.key),
        cleared_at=code.cleared_at or usage.cleared.get(code.key),
    )


def _possible(
    record: LockRecord, passwords: Sequence[Password]
) -> tuple[Password, ...]:
    """Return the offline codes that a record may mean though its value names none.

    Offline codes have no slot that we know of. A record of a temporary code is more
    likely about an online one, so it doesn't cast doubt on one-time codes.
    """
    match opening_method(record):
        case OpeningMethod.OFFLINE_CODE:
            types = _CLEARABLE
        case OpeningMethod.TEMPORARY_CODE:
            types = frozenset({PasswordType.TIME_LIMITED})
        case _:
            return ()
    return tuple(
        code for code in passwords if code.type in types and code.covers(record.time)
    )


def _clearing_code(
    record: LockRecord, passwords: Sequence[Password]
) -> Password | None:
    """Return the clearing code that a record reports, if it can be only one.

    Bluetooth and Zigbee locks report single clearings apart, Wi-Fi locks all alike.
    """
    code = plain_code(record.code)
    if code not in {_CLEAR_ONE_CODE, _CLEAR_CODE}:
        return None
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
    candidates = named or live
    return candidates[0] if len(candidates) == 1 else None


def _cleared_by(
    clearing: Password, moment: datetime, passwords: Sequence[Password]
) -> list[PasswordKey]:
    """Return the codes that a clearing code, typed at a moment, ended."""
    if clearing.type is PasswordType.CLEAR_ONE:
        if clearing.clears_id is None:
            return []
        return [password_key(PasswordType.TIME_LIMITED, clearing.clears_id)]
    return [
        code.key
        for code in passwords
        if code.type in _CLEARABLE
        and (made := code.issued_at or code.start) is not None
        and made <= moment
        and (code.end is None or moment < code.end)
    ]
