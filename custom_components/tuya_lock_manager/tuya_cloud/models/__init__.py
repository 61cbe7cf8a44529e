"""What the cloud speaks of. Only these modules know the names and units of the wire."""

from .device import Device
from .member import Member, UnlockMethod
from .offline_password import (
    DynamicPassword,
    OfflineListing,
    OfflinePassword,
    OfflineRequest,
    OfflineType,
)
from .online_password import (
    DeliveryStatus,
    OnlinePassword,
    PasswordRequest,
    ScheduleBlock,
)
from .record import LockRecord, RecordPage
from .refusals import MAX_NAME
from .remote_unlock import RemoteUnlock
from .specification import DataPoint, Specification

__all__ = [
    "MAX_NAME",
    "DataPoint",
    "DeliveryStatus",
    "Device",
    "DynamicPassword",
    "LockRecord",
    "Member",
    "OfflineListing",
    "OfflinePassword",
    "OfflineRequest",
    "OfflineType",
    "OnlinePassword",
    "PasswordRequest",
    "RecordPage",
    "RemoteUnlock",
    "ScheduleBlock",
    "Specification",
    "UnlockMethod",
]
