"""Codes that have ended: taken off the list, with the cloud's record of custom ones.

The lock isn't told of any of this. The record of a custom code goes only where the lock
confirmed that the code is gone, or its window is over (`keep_reason`): what is still on
its way to the lock may be lost with it. The cloud has no way to remove its entry of an
offline code, so that one is hidden here. All of them stay remembered for a while: a
record of last week's opening goes on naming its guest.

None of this is written to the journal. Such a code opens nothing, whether its record is
there or not, and removing what is gone is success: after a lost answer, or a kill, the
code is still on our list or it isn't, and removing it again ends the same way. A deletion
that comes before is another matter, and has its entry (custom_codes.py).
"""

import asyncio
from collections.abc import Iterable
from dataclasses import replace

from .custom_codes import SETTLE_PAUSES, async_delete, remembered
from .domain.passwords import Password, PasswordStatus, PasswordType
from .domain.removal import keep_reason
from .exceptions import failed, list_not_read
from .hub import LockHub
from .template_door import async_send_record_removal
from .tuya_cloud import PasswordNotFoundError, TuyaCloudError
from .wishes import DeletedPassword

_GOING = frozenset({PasswordStatus.REMOVING, PasswordStatus.REMOVED})


async def async_remove(hub: LockHub, password: Password) -> DeletedPassword:
    """Take a code that has ended off the list.

    A custom one that may be on its lock all the same is deleted from it first.
    """
    if password.is_hidden:
        return _removed(password, already_gone=True)
    if password.type is not PasswordType.CUSTOM:
        await async_dismiss(hub, (password,))
        return _removed(password, already_gone=False)
    await async_read_list(hub)
    code = hub.passwords.find(password.key) or password
    already_gone = code.status is PasswordStatus.REMOVED
    if keep_reason(code, hub.client.now()) is not None:
        deleted = await async_delete(hub, code)
        code = hub.passwords.find(password.key) or code
        if keep_reason(code, hub.client.now()) is not None:
            going = deleted.status in _GOING
            status = deleted.status if going else PasswordStatus.REMOVING
            return replace(deleted, status=status)
        already_gone = deleted.already_gone
    vanished = await async_remove_record(hub, code)
    await async_dismiss(hub, (code,))
    return _removed(code, already_gone=already_gone or vanished)


async def async_read_list(hub: LockHub) -> None:
    """Read the list anew: somebody may have changed a code in the app that ended here.

    Raises HomeAssistantError when it can't be read.
    """
    passwords = hub.passwords
    await passwords.async_refresh()
    if not passwords.last_update_success:
        raise list_not_read(hub.name, passwords.last_exception)


async def async_remove_record(hub: LockHub, code: Password) -> bool:
    """Remove the record of a custom code; return whether it was gone already.

    Raises TuyaCloudError, and HomeAssistantError where the answer was lost and the list
    doesn't show that it was done.
    """
    issued = hub.memory.issued.get(code.key)
    template = issued is not None and issued.template
    if not template and not hub.passwords.may_list(code.key):
        return True
    send = async_send_record_removal if template else _async_send
    try:
        await send(hub, code.id)
    except PasswordNotFoundError:
        return True
    except TuyaCloudError as err:
        if not err.outcome_unknown:
            raise
        hub.passwords.reads_templates = template
        try:
            await _async_settle(hub, code, err)
        finally:
            hub.passwords.reads_templates = False
    return False


async def _async_send(hub: LockHub, password_id: str) -> None:
    await hub.client.delete_password_record(hub.id, password_id)


async def _async_settle(hub: LockHub, code: Password, lost: TuyaCloudError) -> None:
    """Read the list until it doesn't show a code any more, for as long as lists may lag."""
    for pause in SETTLE_PAUSES:
        await asyncio.sleep(pause)
        await hub.passwords.async_refresh()
        known = hub.passwords.last_update_success
        if known and not hub.passwords.may_list(code.key):
            return
    if not hub.passwords.last_update_success:
        raise failed("outcome_unknown") from lost
    raise failed("change_not_seen", detail=str(lost)) from lost


async def async_dismiss(hub: LockHub, codes: Iterable[Password]) -> None:
    """Hide codes that have ended; it is saved when this returns."""
    for code in codes:
        hub.memory.issued[code.key] = replace(
            remembered(hub, code), dismissed=code.status, slot=code.slot
        )
    await hub.store.async_save()
    hub.passwords.async_recompute()


def _removed(code: Password, *, already_gone: bool) -> DeletedPassword:
    return DeletedPassword(
        id=code.id,
        name=code.name,
        status=PasswordStatus.REMOVED,
        already_gone=already_gone,
    )
