"""The template door: another way into the cloud for the same codes.

A code that was made through it goes out through it: a cloud may keep those apart from the
other passwords.
"""

from typing import TYPE_CHECKING

from .domain.families import LockFamily
from .domain.journal import Outcome
from .domain.status import FAILURES
from .domain.templates import as_online
from .tuya_cloud import (
    DeliveryStatus,
    OnlinePassword,
    PasswordNotFoundError,
    PasswordRequest,
    PermissionDeniedError,
    TemplateOperation,
    TemplatePassword,
    TemplateRequest,
    UnsupportedError,
)

if TYPE_CHECKING:
    from .hub import LockHub


def by_template(
    hub: LockHub, request: PasswordRequest, *, check_name: bool
) -> TemplateRequest:
    """Return the request for a code as the template door takes it."""
    return TemplateRequest(
        name=request.name,
        digits=request.digits,
        start=request.start,
        end=request.end,
        digits_length=request.digits_length,
        one_time=request.one_time,
        time_zone=request.time_zone,
        schedule=request.schedule,
        behind_gateway=hub.family is LockFamily.BLUETOOTH_GATEWAY,
        check_name=check_name,
    )


async def async_send_creation(hub: LockHub, request: PasswordRequest) -> str:
    """Send a creation through the door that it is for; return the id of the code."""
    if isinstance(request, TemplateRequest):
        return await hub.client.create_template_password(hub.id, request)
    return await hub.client.create_password(hub.id, request)


async def async_send_deletion(
    hub: LockHub, password_id: str, *, template: bool
) -> None:
    """Ask for a code to be taken off the lock.

    Of a code that is being deleted, or that the lock has refused, the template door takes
    away the record, and what is on its way to the lock with it. So such a code is deleted
    by the other door, where that knows it.
    """
    client = hub.client
    if not template:
        await client.delete_password(hub.id, password_id)
        return
    detail = await client.get_template_password(hub.id, password_id)
    is_going = detail.operation is TemplateOperation.DELETE
    if is_going and detail.delivery is DeliveryStatus.SUCCESS:
        return
    if is_going or detail.delivery in FAILURES:
        try:
            await client.delete_password(hub.id, password_id)
        except PasswordNotFoundError:
            if is_going:
                return  # the first deletion has to do
        else:
            return
    await client.delete_template_password(
        hub.id,
        password_id,
        behind_gateway=hub.family is LockFamily.BLUETOOTH_GATEWAY,
    )


async def async_send_record_removal(hub: LockHub, password_id: str) -> None:
    """Ask for the record of a code to be removed that is certainly gone from the lock."""
    await hub.client.delete_template_password(
        hub.id,
        password_id,
        behind_gateway=hub.family is LockFamily.BLUETOOTH_GATEWAY,
    )


async def async_read_apart(
    hub: LockHub, online: tuple[OnlinePassword, ...]
) -> tuple[OnlinePassword, ...]:
    """Return the template passwords that the list of passwords doesn't show.

    Their details tell what became of them, which takes a call for each that has not ended.
    Raises TuyaCloudError when they can't be read: they are not gone then.
    """
    known = {password.id for password in online}
    try:
        listed = await hub.client.list_template_passwords(hub.id)
    except UnsupportedError, PermissionDeniedError:
        return ()
    found = []
    for template in listed:
        if template.is_offline or template.id in known:
            continue
        try:
            detail = await _async_detail(hub, template)
        except PasswordNotFoundError:
            continue
        if (password := as_online(detail, hub.family)) is not None:
            found.append(password)
    return tuple(found)


async def _async_detail(hub: LockHub, template: TemplatePassword) -> TemplatePassword:
    """Return the detail of a listed password; of one that has ended the list is enough."""
    if template.end is not None and template.end <= hub.client.now():
        return template
    return await hub.client.get_template_password(hub.id, template.id)


def may_have_code_apart(hub: LockHub, online: tuple[OnlinePassword, ...]) -> bool:
    """Tell whether the other list lacks a code of this door, or may lack one.

    Such are the codes made here that it doesn't show, and what came of a creation whose
    answer was lost.
    """
    shown = {password.id for password in online}
    return any(
        entry.template and entry.outcome is Outcome.OPEN
        for entry in hub.memory.journal.values()
    ) or any(
        code.template and code.end > hub.client.now() and code.id not in shown
        for code in hub.memory.issued.values()
    )
