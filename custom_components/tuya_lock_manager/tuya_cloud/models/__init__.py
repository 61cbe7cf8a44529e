"""What the cloud speaks of. Only these modules know the names and units of the wire."""

from .delivery import DeliveryStatus
from .device import Device
from .member import EffectiveFlag, Member, MemberRole, MemberWindow
from .offline_password import (
    DynamicPassword,
    OfflineListing,
    OfflinePassword,
    OfflineRequest,
    OfflineType,
)
from .online_password import OnlinePassword, PasswordRequest, ScheduleBlock
from .record import LockRecord, RecordPage
from .refusals import MAX_NAME
from .remote_unlock import RemoteUnlock, RemoteUnlockType
from .specification import DataPoint, Specification
from .template_password import (
    TemplateOperation,
    TemplatePassword,
    TemplateRequest,
    TemplateState,
)
from .unlock_method import (
    DURESS_TYPES,
    USUAL_TYPES,
    EnrolmentRequest,
    UnlockMethod,
    UnlockType,
    UserType,
)

__all__ = [
    "DURESS_TYPES",
    "MAX_NAME",
    "USUAL_TYPES",
    "DataPoint",
    "DeliveryStatus",
    "Device",
    "DynamicPassword",
    "EffectiveFlag",
    "EnrolmentRequest",
    "LockRecord",
    "Member",
    "MemberRole",
    "MemberWindow",
    "OfflineListing",
    "OfflinePassword",
    "OfflineRequest",
    "OfflineType",
    "OnlinePassword",
    "PasswordRequest",
    "RecordPage",
    "RemoteUnlock",
    "RemoteUnlockType",
    "ScheduleBlock",
    "Specification",
    "TemplateOperation",
    "TemplatePassword",
    "TemplateRequest",
    "TemplateState",
    "UnlockMethod",
    "UnlockType",
    "UserType",
]
