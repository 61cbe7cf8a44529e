"""Enrolling unlock methods (protocol reference, section 3.3).

Cards and fingers are captured at the lock within a minute, by somebody who
stands there; passwords need nobody and appear after some seconds.
"""

from ..errors import ApiError
from .family import Carrier
from .lock import Enrolment, Lock
from .members import Method

CAPTURE_SECONDS = 60.0
PASSWORD_SECONDS = 5.0


def is_busy(lock: Lock) -> bool:
    """Tell whether a method is being captured."""
    return lock.enrolment is not None and lock.enrolment.until > lock.now


def check_idle(lock: Lock) -> None:
    """Refuse other changes while a method is being captured.

    Raises:
        ApiError: 2328.
    """
    if is_busy(lock):
        raise ApiError(2328)


def dp_number(lock: Lock, code: str) -> int:
    """Return the number of a data point, 0 when the product doesn't tell."""
    points = (*lock.device.functions, *lock.device.status_set)
    kit = f"{code}_kit"
    return next(
        (p.dp_id for p in points if p.code in {code, kit} and p.dp_id is not None), 0
    )


def add_method(
    lock: Lock, kind: str, user_id: str | None, digits: str | None = None
) -> Method:
    """Put a method into the lock's memory, with the automatic name that it gets."""
    slot = lock.people.free_slot(kind)
    if digits is not None:
        lock.around.digits.add(digits)
    method = Method(
        kind=kind,
        slot=slot,
        name=f"{dp_number(lock, f'unlock_{kind}')}-{slot}",
        op_mode_id=lock.around.number(),
        user_id=user_id,
        digits=digits,
    )
    lock.people.methods.append(method)
    return method


def begin(lock: Lock, kind: str, user_id: str, digits: str | None) -> None:
    """Begin to enrol a method for a member.

    Raises:
        ApiError: 2328 busy, 2001 the lock can't be reached.
    """
    check_idle(lock)
    if not lock.in_touch:
        raise ApiError(2001)
    now = lock.now
    if kind == "password":
        lock.around.agenda.add(
            now + PASSWORD_SECONDS, lambda _: _take_password(lock, user_id, digits)
        )
        return
    lock.enrolment = Enrolment(kind, user_id, now + CAPTURE_SECONDS)
    if lock.traits.carrier is Carrier.WAKE:
        lock.awake_until = max(lock.awake_until, now + CAPTURE_SECONDS)


def _take_password(lock: Lock, user_id: str, digits: str | None) -> None:
    if user_id in lock.people.members:
        add_method(lock, "password", user_id, digits)


def present(lock: Lock) -> Method | None:
    """Present a finger or a card at the lock; None when it waits for none."""
    if not is_busy(lock) or lock.enrolment is None:
        return None
    captured = lock.enrolment
    lock.enrolment = None
    return add_method(lock, captured.kind, captured.user_id)


def cancel(lock: Lock) -> None:
    """Stop capturing."""
    lock.enrolment = None
