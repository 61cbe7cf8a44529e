"""What kind of lock a device is, and what that kind can do.

Tuya's answers don't name the radio. It is told from the category, from being a
sub-device of a gateway, and from the data points: every family has codes and numbers
of its own. Being on line tells nothing: it changes, and a family must not.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
import re

from ..tuya_cloud.models import Device, Specification
from .data_points import (
    BLUETOOTH_CODES,
    BLUETOOTH_NUMBERS,
    ENROLMENT_CODES,
    EVENT_CODES,
    KEYPAD_CATEGORY,
    KEYPAD_CODES,
    LOCK_CATEGORIES,
    LOCK_ONLY_CODES,
    OFFLINE_CODES,
    OTHER_CATEGORIES,
    TEMPORARY_CODES,
    WIFI_CATEGORIES,
    WIFI_CODES,
    ZIGBEE_CODES,
)


class LockFamily(StrEnum):
    """How a lock talks to the cloud."""

    ZIGBEE = "zigbee"
    WIFI = "wifi"
    BLUETOOTH_GATEWAY = "bluetooth_gateway"
    BLUETOOTH = "bluetooth"
    KEYPAD = "keypad"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class FamilyTraits:
    """What a family of locks can do.

    digits: how many a code has, unless the lock shows otherwise.
    online_codes: codes reach the lock without somebody standing beside it.
    can_freeze: a code can be put to sleep.
    schedules: documented to keep a daily window.
    confirms: a code still on its way after the last read is unconfirmed.
    sleepy: the lock fetches its codes when somebody wakes it, however late.
    watch: when to read after the cloud accepted a code.
    """

    digits: int
    online_codes: bool
    can_freeze: bool
    schedules: bool
    confirms: bool
    sleepy: bool
    watch: tuple[timedelta, ...]


_PROMPT = tuple(timedelta(seconds=seconds) for seconds in (3, 8, 15, 25, 40, 90))
_SLEEPY = tuple(timedelta(seconds=seconds) for seconds in (10, 30))

_TRAITS = {
    LockFamily.ZIGBEE: FamilyTraits(
        digits=6,
        online_codes=True,
        can_freeze=True,
        schedules=True,
        confirms=True,
        sleepy=False,
        watch=_PROMPT,
    ),
    LockFamily.WIFI: FamilyTraits(
        digits=7,
        online_codes=True,
        can_freeze=False,
        schedules=False,
        confirms=False,
        sleepy=True,
        watch=_SLEEPY,
    ),
    LockFamily.BLUETOOTH_GATEWAY: FamilyTraits(
        digits=6,
        online_codes=True,
        can_freeze=False,
        schedules=False,
        confirms=True,
        sleepy=False,
        watch=_PROMPT,
    ),
    # Without a gateway the cloud's codes wait for somebody with the app at the door.
    LockFamily.BLUETOOTH: FamilyTraits(
        digits=6,
        online_codes=False,
        can_freeze=False,
        schedules=False,
        confirms=False,
        sleepy=False,
        watch=(),
    ),
    LockFamily.KEYPAD: FamilyTraits(
        digits=6,
        online_codes=True,
        can_freeze=False,
        schedules=False,
        confirms=False,
        sleepy=True,
        watch=_SLEEPY,
    ),
    # Nothing is promised: watched and called unconfirmed like the quick ones, looked at
    # again before the start like the sleepy ones.
    LockFamily.UNKNOWN: FamilyTraits(
        digits=6,
        online_codes=True,
        can_freeze=False,
        schedules=False,
        confirms=True,
        sleepy=True,
        watch=_PROMPT,
    ),
}


def traits(family: LockFamily) -> FamilyTraits:
    """Return what locks of this family can do."""
    return _TRAITS[family]


type Description = Specification | Collection[str] | None


def is_lock(device: Device, described: Description = None) -> bool:
    """Tell whether a device is a lock: by its category, else by a code of locks only.

    `described` is the device's specification, or no more than the codes in it.
    """
    category = _category(device, described)
    if category in LOCK_CATEGORIES:
        return True
    if category in OTHER_CATEGORIES or category.startswith("wg"):
        return False
    return not LOCK_ONLY_CODES.isdisjoint(_codes(device, described))


def family_of(device: Device, described: Description = None) -> LockFamily:
    """Tell a lock's family, UNKNOWN where its description doesn't.

    `described` is the device's specification, or no more than the codes in it.
    """
    category = _category(device, described)
    codes = _codes(device, described)
    if category == KEYPAD_CATEGORY or (
        category not in LOCK_CATEGORIES and not KEYPAD_CODES.isdisjoint(codes)
    ):
        return LockFamily.KEYPAD
    numbering = _bluetooth_numbering(described)
    name = f"{device.product_name} {device.model}"
    if device.sub or device.gateway_id:
        return _behind_gateway(category, codes, numbering, name)
    return _on_its_own(category, codes, numbering, name, device.sub)


def supports_offline(codes: Collection[str]) -> bool | None:
    """Tell whether a lock takes offline codes; None where its data points don't say.

    A missing code proves nothing: many descriptions are incomplete. The cloud's list of
    locks with offline codes (`offline-pwd-locks`) settles it.
    """
    return None if OFFLINE_CODES.isdisjoint(codes) else True


def _behind_gateway(
    category: str, codes: frozenset[str], numbering: bool | None, name: str
) -> LockFamily:
    """Tell Zigbee from Bluetooth: by codes, else by numbers, else by the maker's words.

    Enrolment codes speak for Bluetooth: Tuya's Zigbee set has none.
    """
    bluetooth = not BLUETOOTH_CODES.union(ENROLMENT_CODES, TEMPORARY_CODES).isdisjoint(
        codes
    )
    zigbee = not ZIGBEE_CODES.isdisjoint(codes)
    if bluetooth != zigbee:
        return LockFamily.BLUETOOTH_GATEWAY if bluetooth else LockFamily.ZIGBEE
    if numbering is not None:
        return LockFamily.BLUETOOTH_GATEWAY if numbering else LockFamily.ZIGBEE
    if found := _named(
        name, {"zigbee": LockFamily.ZIGBEE, "ble": LockFamily.BLUETOOTH_GATEWAY}
    ):
        return found
    if category == "hotelms" and not bluetooth:
        return LockFamily.ZIGBEE  # the only radio documented for hotels
    return LockFamily.UNKNOWN


def _on_its_own(
    category: str,
    codes: frozenset[str],
    numbering: bool | None,
    name: str,
    sub: bool | None,
) -> LockFamily:
    """Tell Wi-Fi from Bluetooth that only a phone reaches."""
    if category in WIFI_CATEGORIES or not WIFI_CODES.isdisjoint(codes):
        return LockFamily.WIFI
    if not BLUETOOTH_CODES.isdisjoint(codes) or numbering:
        return LockFamily.BLUETOOTH
    if sub is None and not ZIGBEE_CODES.isdisjoint(codes):
        return LockFamily.ZIGBEE  # no radio of that kind reaches the cloud by itself
    if found := _named(name, {"wifi": LockFamily.WIFI, "ble": LockFamily.BLUETOOTH}):
        return found
    # Bluetooth locks and the newest Wi-Fi ones share the enrolment codes.
    enrols = not ENROLMENT_CODES.union(TEMPORARY_CODES).isdisjoint(codes)
    if sub is None or enrols:
        return LockFamily.UNKNOWN
    if category == "ms" or not EVENT_CODES.isdisjoint(codes):
        return LockFamily.WIFI
    return LockFamily.UNKNOWN


_NAMES = {
    "zigbee": re.compile(r"zigbee", re.IGNORECASE),
    "wifi": re.compile(r"wi-?fi", re.IGNORECASE),
    "ble": re.compile(r"\bble\b|bluetooth|蓝牙", re.IGNORECASE),
}


def _named(name: str, families: dict[str, LockFamily]) -> LockFamily | None:
    """Return the family that a product's name states, if it states exactly one."""
    found = {word for word, pattern in _NAMES.items() if pattern.search(name)}
    return families.get(found.pop()) if len(found) == 1 else None


def _bluetooth_numbering(described: Description) -> bool | None:
    """Tell whether data points are numbered as on Bluetooth; None without majority."""
    if not isinstance(described, Specification):
        return None
    numbers = {
        point.code: point.dp_id
        for point in (*described.status, *described.functions)
        if point.dp_id is not None and point.code in BLUETOOTH_NUMBERS
    }
    alike = sum(BLUETOOTH_NUMBERS[code] == number for code, number in numbers.items())
    other = len(numbers) - alike
    return None if alike == other else alike > other


def _category(device: Device, described: Description) -> str:
    category = device.category
    if not category and isinstance(described, Specification):
        category = described.category
    return category.strip().lower().partition(" ")[0]


def _codes(device: Device, described: Description) -> frozenset[str]:
    if isinstance(described, Specification):
        described = described.codes()
    return frozenset(device.status).union(described or ())
