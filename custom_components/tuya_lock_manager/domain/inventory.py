"""All codes of a lock in one view: online list, offline list, and what we issued."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import TypedDict

from ..tuya_cloud.models import LockRecord, OfflineListing, OfflineType, OnlinePassword
from .departures import Departure
from .families import LockFamily
from .passwords import (
    CLEARING_TYPES,
    ChangeState,
    IssuedCode,
    Password,
    PasswordKey,
    PasswordStatus,
    PasswordType,
    password_key,
)
from .schedules import Schedule
from .status import (
    LIST_LAG,
    change_of,
    failure_of,
    is_confirmed,
    offline_status,
    online_status,
)
from .usage import Usage, may_be_renewed, unless_renewed, usage_of
from .windows import Window, WindowError

TYPE_OF = {
    OfflineType.MULTIPLE: PasswordType.TIME_LIMITED,
    OfflineType.ONCE: PasswordType.ONE_TIME,
    OfflineType.CLEAR_ONE: PasswordType.CLEAR_ONE,
    OfflineType.CLEAR_ALL: PasswordType.CLEAR_ALL,
}
# Offline codes that are spent by their first use.
_USED_ONCE = CLEARING_TYPES | {PasswordType.ONE_TIME}
_NO_USAGE = Usage({}, {}, frozenset())
_NO_DEPARTURES: Mapping[str, Departure] = MappingProxyType({})


def inventory(
    *,
    online: Iterable[OnlinePassword],
    listed_offline: Iterable[OfflineListing] | None = None,
    issued: Iterable[IssuedCode] = (),
    records: Iterable[LockRecord] = (),
    family: LockFamily,
    now: datetime,
    complete_until: datetime | None = None,
    reported_until: datetime | None = None,
    departures: Mapping[str, Departure] = _NO_DEPARTURES,
) -> tuple[Password, ...]:
    """Return every code of a lock once, by start.

    Args:
        online: the cloud's list of online codes.
        listed_offline: its list of offline codes; None where it has no such list.
        issued: what the store remembers of codes made here.
        records: of openings and clearings, as far as they are known.
        family: of the lock.
        now: the cloud's.
        complete_until: when its list of offline codes was read.
        reported_until: up to here the records are all that happened, as far as is known.
        departures: when online codes went off the lock, by their ids (`removal.py`).

    """
    online, listed = tuple(online), tuple(listed_offline or ())
    remembered = {code.key: code for code in issued}

    def build(usage: Usage) -> tuple[Password, ...]:
        passwords = {
            password.key: password
            for password in (
                *_remembered_codes(remembered, usage, departures, now),
                *_listed_codes(listed, remembered, usage, now),
                *_online_codes(online, remembered, usage, departures, family, now),
            )
        }
        return _mark_clearings(passwords.values())

    # Who a record is about is told from the codes, what became of a code from records.
    return build(
        usage_of(
            records,
            build(_NO_USAGE),
            complete_until=complete_until,
            reported_until=reported_until,
            remembered=remembered.values(),
        )
    )


def _online_codes(
    online: Iterable[OnlinePassword],
    remembered: Mapping[PasswordKey, IssuedCode],
    usage: Usage,
    departures: Mapping[str, Departure],
    family: LockFamily,
    now: datetime,
) -> Iterable[Password]:
    for listed in online:
        key = password_key(PasswordType.CUSTOM, listed.id)
        ours = remembered.get(key)
        one_time = bool(ours and ours.one_time) or bool(listed.one_time)
        used_at = (ours.used_at if ours else None) or usage.used.get(key)
        spent = one_time and used_at is not None
        renewed = spent and may_be_renewed(ours, used_at)
        asked = ours.change if ours else None
        change, confirmed = change_of(listed, family), None
        if ours and asked:
            window = Window(ours.start, ours.end)
            change = change_of(listed, family, asked, window, now)
            confirmed = asked.confirmed if change else None
        created_at = ours.made_at if ours else None
        yield Password(
            id=listed.id,
            type=PasswordType.CUSTOM,
            name=_name(listed, ours),
            status=unless_renewed(
                online_status(
                    listed,
                    family,
                    now,
                    created_at=asked.asked_at if asked else created_at,
                    confirmed=confirmed,
                    change=change if asked else None,
                    used=spent and not renewed,
                    removal_requested=bool(ours and ours.removal_requested_at),
                ),
                renewed=renewed,
            ),
            start=confirmed.start if confirmed else listed.start,
            end=confirmed.end if confirmed else listed.end,
            one_time=one_time,
            slot=listed.slot,
            failure=failure_of(listed),
            change=change,
            periodic=bool(listed.schedule_raw or (ours and ours.schedule)),
            schedule=_schedule(ours, change),
            issued_at=created_at,
            created_at=created_at,
            reference=ours.reference if ours else None,
            dismissed=_is_dismissed(ours),
            departure=departures.get(listed.id),
            **_asked(ours, change),
        )


def _name(listed: OnlinePassword, ours: IssuedCode | None) -> str:
    """Return the name; a list may not show the newest one yet."""
    if ours and (ours.change or not listed.name):
        return ours.name
    return listed.name


def _schedule(ours: IssuedCode | None, change: ChangeState | None) -> Schedule | None:
    """Return the hours that the lock last confirmed, where they are known."""
    if ours is None:
        return None
    if ours.change and ours.change.confirmed and change:
        return ours.change.schedule
    return ours.schedule


class _Asked(TypedDict, total=False):
    changed_at: datetime
    asked_start: datetime
    asked_end: datetime


def _asked(ours: IssuedCode | None, change: ChangeState | None) -> _Asked:
    """Return what a code is to become, while the lock has not confirmed that."""
    if ours is None or ours.change is None or change is None:
        return _Asked()
    return _Asked(
        changed_at=ours.change.asked_at, asked_start=ours.start, asked_end=ours.end
    )


def settled(
    code: IssuedCode,
    online: Iterable[OnlinePassword],
    family: LockFamily,
    now: datetime,
) -> IssuedCode:
    """Return a code without its change, once the lock has confirmed that."""
    if code.change is None:
        return code
    window = Window(code.start, code.end)
    if any(
        code.key == password_key(PasswordType.CUSTOM, listed.id)
        and is_confirmed(listed, family, code.change, window, now)
        for listed in online
    ):
        is_new = code.one_time and code.change.frozen is None
        return replace(code, change=None, renewed_at=now if is_new else code.renewed_at)
    return code


def _listed_codes(
    listed: Iterable[OfflineListing],
    remembered: Mapping[PasswordKey, IssuedCode],
    usage: Usage,
    now: datetime,
) -> Iterable[Password]:
    for entry in listed:
        ours = remembered.get((False, entry.id))
        type_ = _type_of(entry, ours)
        start = entry.start or (ours.start if ours else None)
        end = entry.end or (ours.end if ours else None)
        made_at = ours.made_at if ours else None
        yield Password(
            id=entry.id,
            type=type_,
            name=entry.name or (ours.name if ours else ""),
            status=_offline_status(
                (False, entry.id), type_, start, end, ours, entry.status, usage, now
            ),
            start=start,
            end=end,
            use_by=ours.use_by if ours else None,
            one_time=type_ in _USED_ONCE,
            clear_code_issued=bool(
                entry.has_clear_code or (ours and ours.clear_code_issued_at)
            ),
            clears_id=entry.revoked_id or (ours.clears_id if ours else None),
            clears_name=entry.revoked_name,
            clears_start=entry.revoked_start,
            clears_end=entry.revoked_end,
            issued_at=made_at,
            created_at=made_at or entry.created,
            reference=ours.reference if ours else None,
            dismissed=_is_dismissed(ours),
        )


def _remembered_codes(
    remembered: Mapping[PasswordKey, IssuedCode],
    usage: Usage,
    departures: Mapping[str, Departure],
    now: datetime,
) -> Iterable[Password]:
    """Return the codes made here as if no list showed them; what lists show wins."""
    for key, code in remembered.items():
        online = code.type is PasswordType.CUSTOM
        departure = departures.get(code.id) if online else None
        status = (
            _unlisted_status(code, departure, now)
            if online
            else _offline_status(
                key, code.type, code.start, code.end, code, None, usage, now
            )
        )
        yield Password(
            id=code.id,
            type=code.type,
            name=code.name,
            status=status,
            start=code.start,
            end=code.end,
            use_by=code.use_by,
            one_time=code.one_time or code.type in _USED_ONCE,
            slot=departure.slot if departure and code.slot is None else code.slot,
            clear_code_issued=code.clear_code_issued_at is not None,
            clears_id=code.clears_id,
            periodic=code.schedule is not None,
            schedule=code.schedule,
            issued_at=code.made_at,
            created_at=code.made_at,
            reference=code.reference,
            dismissed=_is_dismissed(code),
            lost=online and status is PasswordStatus.UNCONFIRMED,
            departure=departure,
        )


def _is_dismissed(ours: IssuedCode | None) -> bool:
    return ours is not None and ours.dismissed is not None


def _unlisted_status(
    code: IssuedCode, departure: Departure | None, now: datetime
) -> PasswordStatus:
    """Return the status of an online code that the cloud's list doesn't show.

    The list may lag. Later the code is lost, or somebody removed it elsewhere; whether
    it reached the lock, nobody can tell, so it is neither active nor gone.
    """
    if code.dismissed is not None:
        return code.dismissed
    if departure is not None and departure.by is not None:
        return PasswordStatus.REMOVED
    if now >= code.end:
        return (
            PasswordStatus.REMOVED
            if code.removal_requested_at
            else PasswordStatus.EXPIRED
        )
    if code.removal_requested_at:
        return PasswordStatus.REMOVING
    if code.one_time and code.used_at and not may_be_renewed(code, code.used_at):
        return PasswordStatus.USED
    if now - code.sent_at < LIST_LAG:
        return PasswordStatus.PENDING
    return PasswordStatus.UNCONFIRMED


def _offline_status(
    key: PasswordKey,
    type_: PasswordType,
    start: datetime | None,
    end: datetime | None,
    ours: IssuedCode | None,
    listed_status: int | None,
    usage: Usage,
    now: datetime,
) -> PasswordStatus:
    try:
        window = Window(start, end) if start and end else None
    except WindowError:
        window = None
    if window is None:
        return PasswordStatus.UNKNOWN
    used = key in usage.used
    return offline_status(
        type_,
        window,
        now,
        issued_at=ours.made_at if ours else None,
        used=None if key in usage.doubtful and not used else used,
        cleared=key in usage.cleared,
        listed_status=listed_status,
        reported_until=usage.reported_until,
    )


def _type_of(entry: OfflineListing, ours: IssuedCode | None) -> PasswordType:
    """Return a listed code's type; one without is taken for the kind that lasts."""
    if entry.type is not None:
        return TYPE_OF[entry.type]
    return ours.type if ours else PasswordType.TIME_LIMITED


def _mark_clearings(passwords: Iterable[Password]) -> tuple[Password, ...]:
    """Sort, and tell codes and the clearing codes that are for them of each other."""
    codes = sorted(passwords, key=_order)
    offline = {code.id: code for code in codes if code.key[0] is False}
    targets = {code.clears_id for code in codes if code.clears_id}
    return tuple(code.with_clearing(offline, targets) for code in codes)


def _order(code: Password) -> tuple[float, str, str, str]:
    start = code.start.timestamp() if code.start else 0.0
    return start, code.name, code.id, code.type
