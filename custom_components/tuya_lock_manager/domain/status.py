"""What a code does at the door, from what Tuya says about it.

The first of these that holds wins: removed, cleared, used, expired, lapsed; removing;
failed; frozen; pending; unconfirmed; scheduled or active by the window.
"""

from datetime import datetime, timedelta
from enum import Enum, auto

from ..tuya_cloud.models import DeliveryStatus, OnlinePassword
from .changes import CodeChange
from .families import LockFamily, traits
from .passwords import CLEARING_TYPES, ChangeState, PasswordStatus, PasswordType
from .windows import Window, lapses_at, use_by

# How long a code that the cloud accepted may go without a slot on the lock.
SLOT_PATIENCE = timedelta(minutes=5)

# How long a dynamic code may still open after the end that Tuya documents for it.
DYNAMIC_DOUBT = timedelta(minutes=5)
# A list may not show yet what the cloud has accepted.
LIST_LAG = timedelta(minutes=1)

FAILURES = frozenset(
    {
        DeliveryStatus.FAILED,
        DeliveryStatus.DUPLICATE,
        DeliveryStatus.FULL,
        DeliveryStatus.OVERLAP,
    }
)


class _Phase(Enum):
    """What a number of Tuya's `phase` says."""

    PENDING = auto()
    ACCEPTED = auto()
    ON_LOCK = auto()
    CHANGING = auto()
    CHANGE_FAILED = auto()
    FROZEN = auto()
    REMOVING = auto()
    REMOVED = auto()
    FAILED = auto()
    UNKNOWN = auto()


_WIFI_PHASES = {
    0: _Phase.REMOVED,
    1: _Phase.PENDING,
    2: _Phase.ON_LOCK,
    3: _Phase.REMOVING,
}
_BLUETOOTH_PHASES = {**_WIFI_PHASES, 7: _Phase.FAILED}
_ZIGBEE_PHASES = {
    1: _Phase.PENDING,
    2: _Phase.ON_LOCK,
    3: _Phase.FROZEN,
    4: _Phase.REMOVED,
    5: _Phase.FAILED,
}
_PHASES = {
    LockFamily.ZIGBEE: _ZIGBEE_PHASES,
    LockFamily.WIFI: _WIFI_PHASES,
    LockFamily.KEYPAD: _WIFI_PHASES,
    LockFamily.BLUETOOTH: _BLUETOOTH_PHASES,
    LockFamily.BLUETOOTH_GATEWAY: _BLUETOOTH_PHASES,
    # What no family contradicts: 3 is frozen on one, on the others still being deleted.
    LockFamily.UNKNOWN: {
        number: phase
        for number, phase in {**_BLUETOOTH_PHASES, **_ZIGBEE_PHASES}.items()
        if number != 3
    },
}
# Newer products of every family: creation, change and deletion, each ongoing, done or
# failed. A deletion that is "done" is so in the cloud; the lock's own word is 0 or 4.
_COMBINED_PHASES = {
    11: _Phase.PENDING,
    12: _Phase.ACCEPTED,
    13: _Phase.FAILED,
    14: _Phase.CHANGING,
    15: _Phase.ON_LOCK,
    16: _Phase.CHANGE_FAILED,
    17: _Phase.REMOVING,
    18: _Phase.REMOVING,
    19: _Phase.REMOVING,
}


_ACCEPTED = frozenset(
    number
    for number, phase in _COMBINED_PHASES.items()
    if phase in {_Phase.PENDING, _Phase.ACCEPTED}
)


def failure_of(password: OnlinePassword) -> DeliveryStatus | None:
    """Return Tuya's reason where the lock refused a code or its change."""
    return password.delivery if password.delivery in FAILURES else None


def change_of(
    password: OnlinePassword,
    family: LockFamily,
    asked: CodeChange | None = None,
    asked_window: Window | None = None,
    now: datetime | None = None,
) -> ChangeState | None:
    """Return what became of the last change of a code that is on the lock.

    `asked` is one of ours that the lock has not confirmed yet, `asked_window` the window
    that it asks for.
    """
    phase = _phase(password, family)
    if asked is not None and asked_window is not None and now is not None:
        phase = _changed_phase(phase, password, asked, asked_window, now)
    match phase:
        case _Phase.CHANGING:
            return ChangeState.PENDING
        case _Phase.CHANGE_FAILED:
            return ChangeState.FAILED
        case _:
            return None


def is_frozen(password: OnlinePassword, family: LockFamily) -> bool:
    """Tell whether the list calls a code frozen."""
    return _phase(password, family) is _Phase.FROZEN


def is_unknown_phase(password: OnlinePassword, family: LockFamily) -> bool:
    """Tell whether the list gives a number that nobody knows for this family."""
    return password.phase is not None and _number(password, family) is _Phase.UNKNOWN


def is_confirmed(
    password: OnlinePassword,
    family: LockFamily,
    asked: CodeChange,
    asked_window: Window,
    now: datetime,
) -> bool:
    """Tell whether the lock has confirmed a change of ours."""
    phase = _phase(password, family)
    phase = _changed_phase(phase, password, asked, asked_window, now)
    return phase in {_Phase.ON_LOCK, _Phase.FROZEN}


def _changed_phase(
    phase: _Phase,
    password: OnlinePassword,
    asked: CodeChange,
    asked_window: Window,
    now: datetime,
) -> _Phase:
    """Read a phase again, knowing that a change of ours is not confirmed yet.

    A code that was on the lock stays there as it was while its change waits or after it
    failed, whatever the phase says of a new one. What a list shows may be older than the
    change, so only the new content confirms it.
    """
    on_lock = asked.confirmed is not None
    if phase in {_Phase.PENDING, _Phase.ACCEPTED}:
        return _Phase.CHANGING if on_lock else phase
    if phase is _Phase.FAILED:
        return _Phase.CHANGE_FAILED if on_lock else phase
    if phase not in {_Phase.ON_LOCK, _Phase.FROZEN}:
        return phase
    # The slot, by which an accepted code is known to be on the lock, was there before.
    waiting = on_lock and password.phase in _ACCEPTED
    if not waiting and _shows(phase, password, asked, asked_window, now):
        return phase
    late = now - asked.asked_at > SLOT_PATIENCE
    return _Phase.CHANGE_FAILED if late and not waiting else _Phase.CHANGING


def _shows(
    phase: _Phase,
    password: OnlinePassword,
    asked: CodeChange,
    asked_window: Window,
    now: datetime,
) -> bool:
    """Tell whether a list shows what was asked for."""
    if asked.frozen is not None:
        return asked.frozen == (phase is _Phase.FROZEN)
    if (password.start, password.end) != (asked_window.start, asked_window.end):
        return False
    # New digits are not to be seen, so the list must be young enough to know of them.
    return (
        asked.confirmed != asked_window
        or password.name != asked.name
        or now - asked.asked_at >= LIST_LAG
    )


def online_status(
    password: OnlinePassword,
    family: LockFamily,
    now: datetime,
    *,
    created_at: datetime | None = None,
    confirmed: Window | None = None,
    change: ChangeState | None = None,
    used: bool = False,
    removal_requested: bool = False,
) -> PasswordStatus:
    """Return the status of an online code.

    Args:
        password: as the cloud lists it.
        family: of the lock; the numbers of `phase` differ.
        now: the cloud's.
        created_at: when the cloud accepted it; None where it was made elsewhere.
        confirmed: the window that the lock last confirmed, where a change isn't yet.
        change: what became of that change, where `change_of` knows more than the phase.
        used: a one-time code whose use was recorded.
        removal_requested: we deleted it, and the list may not show that yet.

    """
    told = phase = _phase(password, family)
    if change is not None:
        pending = change is ChangeState.PENDING
        phase = _Phase.CHANGING if pending else _Phase.CHANGE_FAILED
    start, end = password.start, password.end
    changing = phase in {_Phase.CHANGING, _Phase.CHANGE_FAILED}
    if changing and confirmed is not None:
        start, end = confirmed.start, confirmed.end
    removing = phase is _Phase.REMOVING or removal_requested
    over = now >= end
    awaited = change is ChangeState.PENDING and not removing
    if over and awaited and now < password.end:
        return PasswordStatus.PENDING  # it opens again once the lock has the new window
    if phase is _Phase.REMOVED or (removing and over):
        return PasswordStatus.REMOVED
    if used:
        return PasswordStatus.USED
    if over and not (changing and confirmed is None):
        return PasswordStatus.EXPIRED
    if removing:
        return PasswordStatus.REMOVING
    if told is _Phase.FROZEN:
        return PasswordStatus.FROZEN
    match phase:
        case _Phase.FAILED:
            return PasswordStatus.FAILED
        case _Phase.UNKNOWN:
            return PasswordStatus.UNKNOWN
        case _Phase.PENDING | _Phase.ACCEPTED:
            # One of unknown age is at least as old as its start.
            waited = now - (start if created_at is None else created_at)
            patience = _patience(phase, family)
            late = patience is not None and waited > patience
            return PasswordStatus.UNCONFIRMED if late else PasswordStatus.PENDING
        case _Phase.CHANGING | _Phase.CHANGE_FAILED if confirmed is None:
            # Changed before the lock had it, so both are on their way.
            young = created_at is not None and now - created_at <= SLOT_PATIENCE
            return (
                PasswordStatus.PENDING
                if young and change is ChangeState.PENDING
                else PasswordStatus.UNCONFIRMED
            )
    return _by_window(start, now)


def offline_status(
    type_: PasswordType,
    window: Window,
    now: datetime,
    *,
    issued_at: datetime | None = None,
    used: bool | None = None,
    cleared: bool = False,
    listed_status: int | None = None,
    reported_until: datetime | None = None,
) -> PasswordStatus:
    """Return the status of a code that is computed on both sides and never sent.

    The list's own `status` has two readings (1 in effect, 2 issued; or 1 unused, 2
    used, 3 invalid), so it never makes a code good or spent: 3 only stops us from
    vouching for it, and 2, which may mean used, from calling it lapsed.

    Args:
        type_: any but `custom`.
        window: as the cloud answered it.
        now: the cloud's.
        issued_at: when it was made; None where it was made elsewhere.
        used: whether its use was recorded; None where an opening fits it and others.
        cleared: the lock reported the clearing code.
        listed_status: `status` in the cloud's list.
        reported_until: up to here the lock has reported all uses, as far as is known;
            None where nobody knows.

    """
    if cleared:
        return PasswordStatus.CLEARED
    if used and (type_ is PasswordType.ONE_TIME or type_ in CLEARING_TYPES):
        return PasswordStatus.USED
    if now >= window.end:
        # Sources give a dynamic code five minutes, or ten: it may open for longer.
        if type_ is PasswordType.DYNAMIC and now < window.end + DYNAMIC_DOUBT:
            return PasswordStatus.UNCONFIRMED
        return PasswordStatus.EXPIRED
    if type_ is PasswordType.ONE_TIME and used is None:
        return PasswordStatus.UNCONFIRMED
    if type_ is PasswordType.TIME_LIMITED and not used:
        doubtful = used is None or issued_at is None or listed_status == 2
        made = window.start if issued_at is None else issued_at
        lapse = lapses_at(window, made)
        doubtful |= reported_until is None or reported_until < lapse
        if now >= lapse:
            return PasswordStatus.UNCONFIRMED if doubtful else PasswordStatus.LAPSED
        if now >= use_by(window, made):
            return PasswordStatus.UNCONFIRMED
    if listed_status == 3:
        return PasswordStatus.UNKNOWN
    return _by_window(window.start, now)


def _phase(password: OnlinePassword, family: LockFamily) -> _Phase:
    """Read `phase`, `delivery_status` and the slot together."""
    phase = _number(password, family)
    failed = password.delivery in FAILURES
    if phase in {_Phase.PENDING, _Phase.ACCEPTED} and failed:
        return _Phase.FAILED
    if phase is _Phase.ON_LOCK and failed:
        return _Phase.CHANGE_FAILED
    # Only Zigbee documents the number: elsewhere it may stand still.
    if (
        phase is _Phase.ON_LOCK
        and family is LockFamily.ZIGBEE
        and password.delivery is DeliveryStatus.ONGOING
    ):
        return _Phase.CHANGING
    return phase


def _number(password: OnlinePassword, family: LockFamily) -> _Phase:
    if password.phase is None:
        return _delivery(password)
    phase = _PHASES[family].get(password.phase) or _COMBINED_PHASES.get(
        password.phase, _Phase.UNKNOWN
    )
    if phase is _Phase.ACCEPTED and password.slot is not None and password.slot >= 0:
        return _Phase.ON_LOCK
    return phase


def _delivery(password: OnlinePassword) -> _Phase:
    """Read a record that has no phase."""
    match password.delivery:
        case DeliveryStatus.ONGOING:
            return _Phase.PENDING
        case DeliveryStatus.SUCCESS:
            return _Phase.ON_LOCK
        case None | DeliveryStatus.UNKNOWN:
            return _Phase.UNKNOWN
        case _:
            return _Phase.FAILED


def _patience(phase: _Phase, family: LockFamily) -> timedelta | None:
    """Return after what time a code on its way is unconfirmed; None for never."""
    if phase is _Phase.ACCEPTED:
        return SLOT_PATIENCE
    family_traits = traits(family)
    return family_traits.watch[-1] if family_traits.confirms else None


def _by_window(start: datetime, now: datetime) -> PasswordStatus:
    return PasswordStatus.SCHEDULED if now < start else PasswordStatus.ACTIVE
