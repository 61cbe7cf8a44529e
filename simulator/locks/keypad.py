"""The keypad: the judge of every code. It knows only what reached the lock."""

import base64
from dataclasses import dataclass

from ..json_types import JsonObject
from .delivery import wake
from .family import Family
from .lock import Lock
from .offline import OfflineCode, OfflineKind
from .reports import (
    alarm,
    kit_value,
    method_opened,
    opened,
    record_code,
    report,
    temporary_value,
)


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a code did at the keypad.

    Attributes:
        opened: the door opened.
        reason: what opened it, or why it stayed shut.
        password_id: the cloud's id of the code, where it has one.
        slot: the slot of a stored code or of a member's password.
        cleared: ids of the offline codes that a clearing code killed.
    """

    opened: bool
    reason: str
    password_id: int | None = None
    slot: int | None = None
    cleared: tuple[int, ...] = ()

    def as_json(self) -> JsonObject:
        """Return the attempt for the control API."""
        return {
            "opened": self.opened,
            "reason": self.reason,
            "password_id": self.password_id,
            "slot": self.slot,
            "cleared": list(self.cleared),
        }


def type_code(lock: Lock, code: str) -> Attempt:
    """Type a code at a lock's keypad, which also wakes a lock that sleeps.

    What waits for a sleeping lock is fetched after the code was judged.
    """
    moment = lock.now
    attempt = _judge(lock, code, moment)
    if attempt.opened or attempt.cleared:
        lock.wrong_in_a_row = 0
    else:
        _note_wrong(lock, moment)
    wake(lock, moment)
    return attempt


def _note_wrong(lock: Lock, moment: float) -> None:
    lock.wrong_in_a_row += 1
    if lock.wrong_in_a_row >= lock.around.switches.number("wrong_code_alarm", lock.id):
        lock.wrong_in_a_row = 0
        # Wrong codes aren't reported at all by `mk` keypads (measured).
        if lock.family is not Family.KEYPAD:
            alarm(lock, "wrong_password", moment)


def _judge(lock: Lock, code: str, moment: float) -> Attempt:
    refused = Attempt(opened=False, reason="unknown code")
    for judge in (_member_code, _stored_code, _offline_code):
        attempt = judge(lock, code, moment)
        if attempt is None:
            continue
        if (
            attempt.opened
            or attempt.cleared
            or attempt.reason.startswith("clearing code")
        ):
            return attempt
        refused = attempt
    return refused


def _member_code(lock: Lock, code: str, moment: float) -> Attempt | None:
    for method in lock.people.methods:
        if method.kind != "password" or method.digits != code:
            continue
        member = lock.people.members.get(method.user_id or "")
        if member is not None and member.effective_flag(lock.own_time(moment)) != 1:
            return Attempt(
                opened=False, reason="member not in effect", slot=method.slot
            )
        method_opened(lock, method, moment)
        return Attempt(opened=True, reason="member's password", slot=method.slot)
    return None


def _stored_code(lock: Lock, code: str, moment: float) -> Attempt | None:
    own = lock.own_time(moment)
    refused = None
    for stored in lock.codes.values():
        if stored.digits != code:
            continue
        why = stored.refusal(own, lock.device.time_zone)
        if why is not None:
            refused = Attempt(
                opened=False,
                reason=why,
                password_id=stored.password_id,
                slot=stored.slot,
            )
            continue
        stored.uses += 1
        password = lock.book.live.get(stored.password_id)
        value = temporary_value(lock, password, stored.slot)
        report(lock, record_code(lock, "unlock_temporary"), value, moment)
        opened(lock, moment)
        return Attempt(
            opened=True,
            reason="temporary password",
            password_id=stored.password_id,
            slot=stored.slot,
        )
    return refused


def _offline_code(lock: Lock, code: str, moment: float) -> Attempt | None:
    own = lock.own_time(moment)
    refused = None
    for known in list(lock.offline.values()):
        if known.digits != code:
            continue
        why = lock.memory.refusal(known, own, lock.switch("first_use_from"))
        if why is not None:
            refused = Attempt(opened=False, reason=why, password_id=known.id)
            continue
        lock.memory.note_use(known, own)
        if known.kind in {OfflineKind.CLEAR_ONE, OfflineKind.CLEAR_ALL}:
            return _clear(lock, known, moment)
        _report_offline_use(lock, known, moment)
        opened(lock, moment)
        return Attempt(
            opened=True, reason=f"{known.kind.value} password", password_id=known.id
        )
    return refused


def _report_offline_use(lock: Lock, code: OfflineCode, moment: float) -> None:
    if code.kind is OfflineKind.DYNAMIC:
        report(lock, record_code(lock, "unlock_dynamic"), 900, moment)
    elif "unlock_offline_pd" in lock.device.codes():
        report(lock, "unlock_offline_pd", _raw(lock, code), moment, used=code.id)
    else:
        slot = kit_value(0) if lock.family is Family.KEYPAD else 0
        dp = record_code(lock, "unlock_temporary")
        report(lock, dp, slot, moment, used=code.id)


def _clear(lock: Lock, code: OfflineCode, moment: float) -> Attempt:
    """Kill what a clearing code is for: one time-limited password, or all so far."""
    targets = [
        other
        for other in lock.offline.values()
        if other.kind in {OfflineKind.MULTIPLE, OfflineKind.ONCE}
        and other.id < code.id  # ids count up, so these came before
        and other.id not in lock.memory.cleared
        and (code.kind is OfflineKind.CLEAR_ALL or other.id == code.target)
    ]
    if lock.switch("clear_unused") == "ignored_by_lock":
        targets = [other for other in targets if other.id in lock.memory.uses]
    lock.memory.cleared.update(other.id for other in targets)
    if lock.switch("clear_report") == "reported":
        single = code.kind is OfflineKind.CLEAR_ONE
        dp = "unlock_offline_clear_single" if single else "unlock_offline_clear"
        dp = dp if dp in lock.device.codes() else "unlock_offline_clear"
        gone = tuple(other.id for other in targets)
        report(lock, dp, _raw(lock, code), moment, used=code.id, cleared=gone)
    reason = "clearing code" if targets else "clearing code without effect"
    return Attempt(
        opened=False,
        reason=reason,
        password_id=code.id,
        cleared=tuple(other.id for other in targets),
    )


def _raw(lock: Lock, code: OfflineCode) -> str:
    """Return the raw value of an offline code's data point."""
    content = code.digits.encode()
    if lock.switch("offline_report_value") == "opaque":
        content = code.id.to_bytes(8, "big")[::-1]
    return base64.b64encode(content).decode()
