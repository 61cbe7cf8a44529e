"""What differs between families of locks (protocol reference, sections 2.2 to 2.8)."""

from dataclasses import dataclass
from enum import StrEnum


class Family(StrEnum):
    """How a lock gets its codes."""

    ZIGBEE = "zigbee"
    WIFI = "wifi"
    BLUETOOTH_GATEWAY = "bluetooth_gateway"
    BLUETOOTH = "bluetooth"
    KEYPAD = "keypad"


class Carrier(StrEnum):
    """What brings an order of the cloud to the lock."""

    GATEWAY = "gateway"
    WAKE = "wake"
    APP = "app"


@dataclass(frozen=True, slots=True)
class Traits:
    """The facts of one family.

    Attributes:
        digits: length of its passwords.
        carrier: what brings orders to the lock.
        capacity: codes that the lock can hold.
        first_slot: number of its first slot for temporary codes.
        record_offset: what its records add to the slot.
        delivery_status: whether the cloud tells `delivery_status`.
        can_freeze: whether codes can be frozen.
        schedules: whether the documents (or a measurement) name it for daily windows.
        not_found: code for an unknown password.
    """

    digits: int
    carrier: Carrier
    capacity: int
    first_slot: int
    record_offset: int
    delivery_status: bool
    can_freeze: bool
    schedules: bool
    not_found: int


TRAITS: dict[Family, Traits] = {
    Family.ZIGBEE: Traits(6, Carrier.GATEWAY, 20, 1, 0, True, True, True, 2310),
    Family.WIFI: Traits(7, Carrier.WAKE, 10, 0, 900, False, False, False, 2321),
    Family.BLUETOOTH_GATEWAY: Traits(
        6, Carrier.GATEWAY, 20, 1, 0, False, False, False, 2323
    ),
    Family.BLUETOOTH: Traits(6, Carrier.APP, 20, 1, 0, False, False, False, 2323),
    Family.KEYPAD: Traits(6, Carrier.WAKE, 20, 1, 0, False, False, True, 2323),
}
