"""Who opened, and how, from the records of a lock."""

from base64 import b64decode
import binascii
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from ..tuya_cloud.models import LockRecord
from .passwords import Password, PasswordKey, PasswordType
from .records import DOORBELL_CODES, plain_code, record_key


class OpeningMethod(StrEnum):
    """How a door was opened."""

    FINGERPRINT = "fingerprint"
    PASSWORD = "password"
    CARD = "card"
    FACE = "face"
    HAND = "hand"
    FINGER_VEIN = "finger_vein"
    IDENTITY_CARD = "identity_card"
    TEMPORARY_CODE = "temporary_code"
    OFFLINE_CODE = "offline_code"
    DYNAMIC_CODE = "dynamic_code"
    EMERGENCY_CODE = "emergency_code"
    KEY = "key"
    APP = "app"
    REMOTE = "remote"
    VOICE = "voice"
    BLUETOOTH = "bluetooth"
    COMBINED = "combined"
    INSIDE = "inside"
    OTHER = "other"


_METHODS = {
    "open_inside": OpeningMethod.INSIDE,
    "unlock_app": OpeningMethod.APP,
    "unlock_ble": OpeningMethod.BLUETOOTH,
    "unlock_ble_ibeacon": OpeningMethod.BLUETOOTH,
    "unlock_card": OpeningMethod.CARD,
    "unlock_double": OpeningMethod.COMBINED,
    "unlock_dynamic": OpeningMethod.DYNAMIC_CODE,
    "unlock_emergency": OpeningMethod.EMERGENCY_CODE,
    "unlock_face": OpeningMethod.FACE,
    "unlock_finger_vein": OpeningMethod.FINGER_VEIN,
    "unlock_fingerprint": OpeningMethod.FINGERPRINT,
    "unlock_hand": OpeningMethod.HAND,
    "unlock_identity_card": OpeningMethod.IDENTITY_CARD,
    "unlock_key": OpeningMethod.KEY,
    "unlock_offline_pd": OpeningMethod.OFFLINE_CODE,
    "unlock_password": OpeningMethod.PASSWORD,
    "unlock_phone_remote": OpeningMethod.REMOTE,
    "unlock_remote": OpeningMethod.REMOTE,
    "unlock_temporary": OpeningMethod.TEMPORARY_CODE,
    "unlock_voice_remote": OpeningMethod.VOICE,
}
# They begin like openings and are requests, settings, enrolments or clearing codes.
_NO_OPENINGS = (
    "unlock_method_",
    "unlock_offline_clear",
    "unlock_record_check",
    "unlock_request",
    "unlock_switch",
)
# Which codes a method can be. Locks without an `unlock_offline_pd` of their own report
# their offline codes as temporary ones.
_OFFLINE_TYPES = frozenset({PasswordType.TIME_LIMITED, PasswordType.ONE_TIME})
_TYPES = {
    OpeningMethod.TEMPORARY_CODE: _OFFLINE_TYPES | {PasswordType.CUSTOM},
    OpeningMethod.OFFLINE_CODE: _OFFLINE_TYPES,
}
# Tuya's Wi-Fi locks count the slots of the cloud's codes from here.
_SLOT_OFFSET = 900
_SLOT_BYTES = 4
_NOTHING_TYPED: Mapping[str, PasswordKey] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Opening:
    """Somebody opened the door."""

    time: datetime
    method: OpeningMethod
    person: str | None
    user_id: str | None
    method_name: str | None
    password_id: str | None
    password_name: str | None
    record_key: str


def opening_method(record: LockRecord) -> OpeningMethod | None:
    """Return how a record says that the door was opened, None if it isn't an opening.

    An unknown way to open is one all the same: a missed one is worse than an odd one.
    """
    code = plain_code(record.code)
    if record.is_alarm or code in DOORBELL_CODES:
        return None
    if method := _METHODS.get(code):
        return method
    if code.startswith("unlock_") and not code.startswith(_NO_OPENINGS):
        return OpeningMethod.OTHER
    return None


def opening_of(
    record: LockRecord,
    passwords: Sequence[Password],
    typed: Mapping[str, PasswordKey] = _NOTHING_TYPED,
) -> Opening | None:
    """Return the opening that a record tells, None if it tells something else.

    `typed` is which code opened where the record itself names none (see usage.py).
    """
    method = opening_method(record)
    if method is None:
        return None
    fits = fitting_passwords(record, passwords)
    password = meant_password(record, fits)
    if not fits and (key := typed.get(record_key(record))) is not None:
        password = next((code for code in passwords if code.key == key), None)
    return Opening(
        time=record.time,
        method=method,
        person=record.user_name or None,
        user_id=record.user_id or None,
        method_name=record.method_name or None,
        password_id=password.id if password else None,
        password_name=password.name if password else None,
        record_key=record_key(record),
    )


def fitting_passwords(
    record: LockRecord, passwords: Iterable[Password]
) -> tuple[Password, ...]:
    """Return the codes that a record of a temporary or offline code can mean.

    The value is a password's id, its slot, its slot counted from 900, or base64 of six
    bytes that begin with the slot: the first reading that fits counts, and only codes
    that were valid at that moment. More than one means that nobody can be named.
    """
    method = opening_method(record)
    if method not in _TYPES:
        return ()
    types = _TYPES[method]
    live = [
        password
        for password in passwords
        if password.type in types and password.covers(record.time)
    ]
    if by_id := tuple(code for code in live if code.id == record.value):
        return by_id
    for slot in _slots(record.value):
        if by_slot := tuple(code for code in live if code.slot == slot):
            return by_slot
    return ()


def meant_password(record: LockRecord, fitting: Sequence[Password]) -> Password | None:
    """Return the code that a record means, of those that fit it; None if nobody knows.

    A slot tells nothing of a code that may have been off the lock by then: it may have
    been another's already, and of that one the list need not know yet.
    """
    if len(fitting) != 1:
        return None
    password = fitting[0]
    is_by_id = password.id == record.value
    return password if is_by_id or not password.may_be_gone(record.time) else None


def _slots(value: str) -> tuple[int, ...]:
    """Return the slots that a value can mean, the likeliest first."""
    if value.isascii() and value.isdigit():
        return int(value), int(value) - _SLOT_OFFSET
    try:
        raw = b64decode(value, validate=True)
    except binascii.Error, ValueError:
        return ()
    return (int.from_bytes(raw[:_SLOT_BYTES]),) if len(raw) >= _SLOT_BYTES else ()
