"""What a lock tells the cloud: openings, alarms, the bell, its state."""

import base64

from ..json_types import JsonValue
from .family import Family
from .lock import Lock
from .members import Method
from .passwords import OnlinePassword
from .records import Record

RELOCK_SECONDS = 5.0
ALARM_NUMBERS = (
    "wrong_finger",
    "wrong_password",
    "wrong_card",
    "wrong_face",
    "tongue_bad",
    "too_hot",
    "unclosed_time",
    "tongue_not_out",
    "pry",
    "key_in",
    "low_battery",
    "power_off",
    "shock",
    "defense",
)


def kit_value(slot: int) -> str:
    """Return a slot as `mk` keypads report it: base64 of four bytes and two zeros (section 4)."""
    return base64.b64encode(slot.to_bytes(4, "big") + b"\0\0").decode()


def record_code(lock: Lock, code: str) -> str:
    """Return the code under which this product reports an opening."""
    if lock.family is Family.KEYPAD and not code.startswith("unlock_offline"):
        return f"{code}_kit"
    return code


def touches(lock: Lock) -> bool:
    """Tell whether reports move the device's `update_time`."""
    return lock.switch("device_update_time") == "moves"


def publish(lock: Lock, record: Record) -> None:
    """Put a record into the cloud's books, with what it tells about offline codes."""
    lock.records.records.append(record)
    if record.used in lock.offline:
        lock.offline[record.used].reported_use = record.time
    for code_id in record.cleared:
        lock.offline[code_id].reported_clear = record.time
    lock.device.put(record.code, record.value, record.time, touch=touches(lock))


def report(
    lock: Lock,
    code: str,
    value: JsonValue,
    moment: float,
    *,
    user_id: str = "",
    unlock_name: str = "",
    used: int | None = None,
    cleared: tuple[int, ...] = (),
) -> Record:
    """Write a record, at once or, out of touch, when the lock is heard again."""
    member = lock.people.members.get(user_id)
    number = lock.around.number()
    record = Record(
        id=f"{int(moment)}{number:08d}{lock.id[:6].upper()}",
        time=int(moment),
        code=code,
        value=value,
        user_id=user_id,
        user_name=member.name if member else "",
        unlock_name=unlock_name,
        used=used,
        cleared=cleared,
    )
    if lock.in_touch:
        publish(lock, record)
    else:
        lock.backlog.append(record)
    return record


def flush(lock: Lock) -> None:
    """Deliver what the lock could not report before."""
    waiting, lock.backlog = lock.backlog, []
    for record in waiting:
        publish(lock, record)


def opened(lock: Lock, moment: float) -> None:
    """Draw the bolt, and lock again after a while unless the product was told not to."""
    move_bolt(lock, moment, unlocked=True)
    if lock.device.status.get("automatic_lock") is not False:
        lock.around.agenda.add(
            moment + RELOCK_SECONDS, lambda when: move_bolt(lock, when, unlocked=False)
        )


def move_bolt(
    lock: Lock, moment: float, *, unlocked: bool, reported: bool = True
) -> None:
    """Move the bolt and report it: `lock_motor_state` true is unlocked (section 6.4)."""
    lock.unlocked = unlocked
    if reported and lock.in_touch:
        lock.device.put("lock_motor_state", unlocked, moment, touch=touches(lock))


def temporary_value(
    lock: Lock, password: OnlinePassword | None, slot: int
) -> JsonValue:
    """Return the value of a record of a temporary code, by the switch `temp_record_value`."""
    reading = lock.switch("temp_record_value")
    if reading == "family":
        if lock.family is Family.KEYPAD:
            return kit_value(slot)
        return slot + lock.traits.record_offset
    if reading == "slot_plus_900":
        return slot + 900
    if reading == "password_id" and password is not None:
        return password.id
    return slot


def method_opened(lock: Lock, method: Method, moment: float) -> None:
    """Report an opening by a member's method, and the duress alarm if it has one."""
    code = record_code(lock, method.dp_code)
    value = kit_value(method.slot) if lock.family is Family.KEYPAD else method.slot
    report(
        lock, code, value, moment, user_id=method.user_id or "", unlock_name=method.name
    )
    if method.hijack:
        report(
            lock,
            "hijack",
            f"{method.dp_code}-{method.slot:02d}",
            moment,
            user_id=method.user_id or "",
            unlock_name=method.name,
        )
        lock.device.put("hijack", value=True, moment=moment, touch=touches(lock))
    opened(lock, moment)


def alarm(lock: Lock, kind: str, moment: float) -> Record | None:
    """Raise an alarm; None when the product has no data point for any.

    A product whose codes are unknown raises it as `alarm_lock`.
    """
    if lock.device.reports("alarm_lock"):
        return report(lock, "alarm_lock", kind, moment)
    if "lock_alarm_kit" in lock.device.codes():
        number = ALARM_NUMBERS.index(kind) if kind in ALARM_NUMBERS else 0
        raw = base64.b64encode(b"\1" + number.to_bytes(2, "big")).decode()
        return report(lock, "lock_alarm_kit", raw, moment)
    return None


def doorbell(lock: Lock, moment: float) -> Record | None:
    """Press the bell; None when the product doesn't report it (`mk`, measured)."""
    if lock.family is Family.KEYPAD or not lock.device.reports("doorbell"):
        return None
    return report(lock, "doorbell", value=True, moment=moment)
