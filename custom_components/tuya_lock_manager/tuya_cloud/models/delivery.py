"""How far something is on its way to the lock."""

from collections.abc import Mapping
from enum import StrEnum

from ..json import JsonValue
from .reader import as_number


class DeliveryStatus(StrEnum):
    """How far a password, a member or an unlock method is on its way to the lock."""

    ONGOING = "ongoing"
    SUCCESS = "success"
    FAILED = "failed"
    DUPLICATE = "duplicate"
    FULL = "full"
    OVERLAP = "overlap"
    UNKNOWN = "unknown"


# Numbers as documented for Zigbee locks; the words come from newer endpoints.
_DELIVERY: Mapping[int | str, DeliveryStatus] = {
    1: DeliveryStatus.ONGOING,
    2: DeliveryStatus.SUCCESS,
    3: DeliveryStatus.FAILED,
    4: DeliveryStatus.DUPLICATE,
    5: DeliveryStatus.FULL,
    6: DeliveryStatus.OVERLAP,
    "ONGOING": DeliveryStatus.ONGOING,
    "SUCCESS": DeliveryStatus.SUCCESS,
    "FAILED": DeliveryStatus.FAILED,
}


def read_delivery(value: JsonValue) -> DeliveryStatus | None:
    """Return what a `delivery_status` says, as a number or as a word."""
    if type(value) is int:
        return _DELIVERY.get(value, DeliveryStatus.UNKNOWN)
    if value is None or value == "":
        return None
    known: int | str | None = as_number(value)
    if known is None and isinstance(value, str):
        known = value.upper()
    return (
        DeliveryStatus.UNKNOWN
        if known is None
        else _DELIVERY.get(known, DeliveryStatus.UNKNOWN)
    )
