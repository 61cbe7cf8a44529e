"""Template passwords: the same codes by another door of the cloud, and how to read them."""

from datetime import datetime

from ..tuya_cloud.models import (
    DeliveryStatus,
    OnlinePassword,
    TemplateOperation,
    TemplatePassword,
)
from .families import LockFamily
from .passwords import Password, PasswordStatus, PasswordType

# The numbers of `phase` that say the same in the password list, see `status`.
_ONGOING = {
    TemplateOperation.ADD: 11,
    TemplateOperation.MODIFY: 14,
    TemplateOperation.DELETE: 17,
}
_FAILED = {
    TemplateOperation.ADD: 13,
    TemplateOperation.MODIFY: 16,
    TemplateOperation.DELETE: 19,
}
_ACCEPTED = 12
_ON_LOCK = 2
_REMOVED = 0
_REMOVED_ZIGBEE = 4


def type_of(template: TemplatePassword) -> PasswordType:
    """Return the kind of a code: one-time offline codes show up among the others."""
    return PasswordType.ONE_TIME if template.is_offline else PasswordType.CUSTOM


def as_online(template: TemplatePassword, family: LockFamily) -> OnlinePassword | None:
    """Return the detail of a template password as the password list would show it.

    None for an offline code, and for one without a window.
    """
    if template.is_offline or template.start is None or template.end is None:
        return None
    return OnlinePassword(
        id=template.id,
        name=template.name,
        phase=_phase(template, family),
        delivery=template.delivery,
        start=template.start,
        end=template.end,
        one_time=template.one_time,
        # A place that the lock has not confirmed is only a plan of the cloud's.
        slot=None if template.on_lock is False else template.slot,
        time_zone=None,
        schedule_raw=template.schedule_raw,
    )


def as_listed(template: TemplatePassword, now: datetime) -> Password:
    """Return a password that is known from the template list alone, without a status."""
    over = template.end is not None and template.end <= now
    return Password(
        id=template.id,
        type=type_of(template),
        name=template.name,
        status=PasswordStatus.EXPIRED if over else PasswordStatus.UNKNOWN,
        start=template.start,
        end=template.end,
        one_time=bool(template.one_time),
    )


def _phase(template: TemplatePassword, family: LockFamily) -> int | None:
    """Return the number for what was done last and how far it got; None if untold."""
    operation = template.operation
    if operation is None or template.delivery in {None, DeliveryStatus.UNKNOWN}:
        return None
    if template.delivery is DeliveryStatus.ONGOING:
        return _ONGOING[operation]
    if template.delivery is not DeliveryStatus.SUCCESS:
        return _FAILED[operation]
    if operation is TemplateOperation.DELETE:
        if template.on_lock is False:  # the lock has not said so itself
            return _ONGOING[operation]
        return _REMOVED_ZIGBEE if family is LockFamily.ZIGBEE else _REMOVED
    has_slot = template.slot is not None and template.slot >= 0
    confirmed = has_slot if template.on_lock is None else template.on_lock
    return _ON_LOCK if confirmed else _ACCEPTED
