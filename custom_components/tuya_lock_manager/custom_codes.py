"""Online ("custom") passwords: made and deleted through the cloud."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from .domain.digits import check_digits, random_digits
from .domain.journal import JournalEntry, Operation, found, is_going
from .domain.passwords import (
    IssuedCode,
    Password,
    PasswordKey,
    PasswordStatus,
    PasswordType,
)
from .domain.schedules import Schedule
from .domain.windows import Window, WindowError
from .exceptions import action_error, failed, list_not_read, refused, unsettled
from .hub import LockHub
from .kept_codes import async_forget_lost
from .periodic_codes import async_asked_schedule, async_verify
from .slip import Slip
from .template_door import async_send_creation, async_send_deletion, by_template
from .tuya_cloud import (
    DuplicatePasswordError,
    InvalidRequestError,
    OnlinePassword,
    PasswordExpiredError,
    PasswordNotFoundError,
    PasswordRequest,
    TuyaCloudError,
    WindowInPastError,
)
from .wishes import CreatedCode, DeletedPassword, DigitsPool, PasswordWish

# Pauses between readings of the list when an answer was lost, in seconds: lists lag.
SETTLE_PAUSES = (2, 5, 13, 40)

# A list older than this may lack a twin that somebody else has made.
_TWIN_AGE = timedelta(minutes=1)

# How far ahead a start is set that the cloud must not find in the past.
_LEAD = timedelta(seconds=2)

# Tuya's refusal of a number of digits that the lock doesn't take.
_PARAM_ILLEGAL = 1109
_OTHER_LENGTH = {6: 7, 7: 6}


async def async_create(
    hub: LockHub, wish: PasswordWish, window: Window, pool: DigitsPool
) -> CreatedCode:
    """Make a custom password; it is pending until the lock has it."""
    if not hub.traits.online_codes:
        raise refused("online_codes_need_gateway", lock=hub.name)
    check_chosen_digits(hub, wish, window)
    await _async_know_list(hub)
    replaced = wish.replaces.key if wish.replaces else None
    refuse_twin(hub, wish.name, window, but=replaced)
    hub.journal.refuse_unsettled(wish.name, window, wish.reference)
    schedule = await async_asked_schedule(hub, wish.schedule, window)
    async with hub.journal.async_slip(
        Operation.CREATE,
        wish.type,
        wish.name,
        window,
        before=wish.replaces,
        reference=wish.reference,
    ) as slip:
        slip.entry = replace(
            slip.entry,
            one_time=wish.one_time,
            template=wish.template,
            schedule=schedule,
            all_or_nothing=wish.all_or_nothing,
        )
        return await _async_create(hub, wish, window, pool, slip)


def check_chosen_digits(hub: LockHub, wish: PasswordWish, window: Window) -> str:
    """Return the digits that somebody chose, "" where nobody did.

    Raises DigitsError for digits that the lock can't have.
    """
    if wish.code is None:
        return ""
    taken = hub.live_digits(but=wish.replaces.key if wish.replaces else None)
    return check_digits(
        wish.code, hub.digits, window=window, taken=taken, name=wish.name
    )


async def _async_create(
    hub: LockHub, wish: PasswordWish, window: Window, pool: DigitsPool, slip: Slip
) -> CreatedCode:
    schedule = slip.entry.schedule
    try:
        digits, password_id = await _async_make(hub, wish, window, pool, slip)
    except WindowInPastError:
        window = started_later(hub, window)
        digits, password_id = await _async_make(hub, wish, window, pool, slip)
    issued = IssuedCode(
        id=password_id,
        type=PasswordType.CUSTOM,
        name=wish.name,
        start=window.start,
        end=window.end,
        issued_at=hub.client.now(),
        one_time=wish.one_time,
        template=wish.template,
        sealed=hub.sealed(password_id, digits),
        schedule=schedule,
        reference=wish.reference,
    )
    if schedule is not None:
        # Until its hours were read back it may open all week, so the entry stays open.
        slip.entry = replace(slip.entry, code_id=password_id)
        hub.memory.issued[issued.key] = issued
        await slip.async_save()
        await async_verify(hub, issued, is_new=True)
        issued = hub.memory.issued.get(issued.key, issued)
    slip.async_done(password_id)
    if wish.replaces is not None:
        async_forget_lost(hub, wish.replaces)
    await hub.async_remember(issued)
    ignorable = schedule is not None and not hub.traits.schedules
    return CreatedCode(
        issued=issued,
        status=PasswordStatus.PENDING,
        code=digits,
        notes=("hours_may_be_ignored",) if ignorable else (),
        receipt=slip.receipt,
    )


async def _async_know_list(hub: LockHub) -> None:
    """Read a list that is not current: twins and lost answers are found by it.

    Raises HomeAssistantError when it can't be read; nothing was sent.
    """
    await hub.passwords.async_know(_TWIN_AGE)
    if not hub.passwords.last_update_success:
        raise list_not_read(hub.name, hub.passwords.last_exception)


async def _async_make(
    hub: LockHub,
    wish: PasswordWish,
    window: Window,
    pool: DigitsPool,
    slip: Slip,
) -> tuple[str, str]:
    """Send the creation; return the digits and the id of the password."""
    schedule = slip.entry.schedule
    if wish.code is None:
        taken = hub.live_digits(but=wish.replaces.key if wish.replaces else None)
        digits = pool.digits(hub.digits, window, taken)
        request = _request(hub, wish, window, schedule, digits)
        return await _async_send_random(hub, request, window, pool, slip)
    digits = check_chosen_digits(hub, wish, window)
    request = _request(hub, wish, window, schedule, digits)
    return digits, await _async_send(hub, request, slip, random=False)


def started_later(hub: LockHub, window: Window) -> Window:
    """Return the window as a cloud takes it that refuses a start just gone by."""
    now = hub.client.now().replace(microsecond=0)
    if window.start > now or window.end <= now + _LEAD:
        # It was not the start that it refused, or nothing of the window is left.
        raise WindowError("in_past")
    return Window(now + _LEAD, window.end)


def refuse_twin(
    hub: LockHub, name: str, window: Window, but: PasswordKey | None = None
) -> None:
    """Refuse a second code of the same name and window: both may vanish at Tuya.

    One that the lock refused is still a record there. `but` is a code to leave out.
    """
    for password in hub.passwords.data or ():
        if (
            password.type is PasswordType.CUSTOM
            and (not password.ended or password.status is PasswordStatus.FAILED)
            and password.key != but
            and password.name == name
            and (password.start, password.end) == (window.start, window.end)
        ):
            raise refused("twin_password", name=name)


def _request(
    hub: LockHub,
    wish: PasswordWish,
    window: Window,
    schedule: Schedule | None,
    digits: str,
) -> PasswordRequest:
    request = PasswordRequest(
        name=wish.name,
        digits=digits,
        start=window.start,
        end=window.end,
        digits_length=len(digits),
        one_time=wish.one_time,
        time_zone=schedule.time_zone if schedule else None,
        schedule=(schedule.block,) if schedule else (),
    )
    if wish.template:
        return by_template(hub, request, check_name=wish.check_name)
    return request


async def _async_send_random(
    hub: LockHub,
    request: PasswordRequest,
    window: Window,
    pool: DigitsPool,
    slip: Slip,
) -> tuple[str, str]:
    """Send random digits; others where the lock has them or takes another number.

    Returns the digits and the id of the password.
    """
    digits = request.digits
    try:
        return digits, await _async_send(hub, request, slip, random=True)
    except DuplicatePasswordError:
        taken = {digits, *hub.live_digits()}
        digits = random_digits(len(digits), taken=taken, window=window)
        request = replace(request, digits=digits)
        return digits, await _async_send(hub, request, slip, random=True)
    except InvalidRequestError as err:
        length = _OTHER_LENGTH.get(len(digits))
        if err.code != _PARAM_ILLEGAL or hub.digits_are_known or length is None:
            raise
        digits = pool.digits(length, window, hub.live_digits())
        try:
            other = replace(request, digits=digits, digits_length=length)
            password_id = await _async_send(hub, other, slip, random=True)
        except InvalidRequestError:
            raise err from None
        hub.memory.digits = length
        return digits, password_id


async def _async_send(
    hub: LockHub, request: PasswordRequest, slip: Slip, *, random: bool
) -> str:
    """Send a creation once; where the answer is lost, the list tells what became of it."""
    slip.entry = replace(slip.entry, start=request.start, end=request.end)
    await slip.async_write(request.digits, random=random)
    try:
        return await async_send_creation(hub, request)
    except TuyaCloudError as err:
        if not err.outcome_unknown:
            raise
        shown = await async_settle(hub, slip.entry)
        if shown is None:
            raise failed("not_created", detail=str(err)) from err
        return shown.id


async def async_settle(hub: LockHub, entry: JournalEntry) -> OnlinePassword | None:
    """Read the list until it shows what was asked for, for as long as lists may lag.

    Raises UnsettledError when the list could not be read at the end either.
    """
    for pause in SETTLE_PAUSES:
        await asyncio.sleep(pause)
        await hub.passwords.async_refresh()
        if shown := found(entry, hub.passwords.online, hub.family):
            return shown
    if not hub.passwords.last_update_success:
        raise unsettled()
    return None


async def async_delete(
    hub: LockHub, password: Password, *, template: bool = False
) -> DeletedPassword:
    """Delete a custom password; the code may open until the lock took the deletion.

    One made by the template door is deleted by it, and any other if `template`.
    """
    if password.status is PasswordStatus.REMOVED:
        return DeletedPassword(
            id=password.id,
            name=password.name,
            status=password.status,
            already_gone=True,
        )
    already_gone = False
    code = remembered(hub, password)
    async with hub.journal.async_slip(
        Operation.DELETE,
        password.type,
        password.name,
        Window(code.start, max(code.end, code.start + _LEAD)),
        code_id=password.id,
        before=code,
        was_changing=password.change is not None,
    ) as slip:
        await slip.async_write()
        try:
            await _async_send_deletion(hub, password, template=template)
        except PasswordNotFoundError:
            already_gone = True
        slip.async_done(password.id)
        await _async_remember_deletion(hub, password, template=template)
    hub.journal.async_answered_for(password.key)
    await hub.passwords.async_refresh()
    return DeletedPassword(
        id=password.id,
        name=password.name,
        status=_status_after_deletion(hub, password),
        already_gone=already_gone,
    )


def _status_after_deletion(hub: LockHub, password: Password) -> PasswordStatus:
    """Return what a deleted code does now: until the lock took it, it may open."""
    now = hub.passwords.find(password.key)
    if now is not None and (now.ended or now.status is PasswordStatus.REMOVING):
        return now.status
    return PasswordStatus.REMOVED if password.ended else PasswordStatus.REMOVING


async def _async_send_deletion(
    hub: LockHub, password: Password, *, template: bool
) -> None:
    code = hub.memory.issued.get(password.key)
    template = template or (code is not None and code.template)
    try:
        if password.status is PasswordStatus.EXPIRED and not template:
            await hub.client.delete_password_record(hub.id, password.id)
        else:
            await async_send_deletion(hub, password.id, template=template)
    except PasswordExpiredError:
        await hub.client.delete_password_record(hub.id, password.id)
    except TuyaCloudError as err:
        if not err.outcome_unknown:
            raise
        was_listed = any(code.id == password.id for code in hub.passwords.online)
        for pause in SETTLE_PAUSES:
            await asyncio.sleep(pause)
            await hub.passwords.async_refresh()
            if hub.passwords.last_update_success and is_going(
                hub.passwords.find(password.key),
                hub.passwords.online,
                code_id=password.id,
                was_listed=was_listed,
                was_changing=password.change is not None,
            ):
                return
        if not hub.passwords.last_update_success:
            raise unsettled() from err
        raise action_error(err) from err


async def _async_remember_deletion(
    hub: LockHub, password: Password, *, template: bool
) -> None:
    code = remembered(hub, password)
    await hub.async_remember(
        replace(
            code,
            template=code.template or (template and code.made_elsewhere),
            removal_requested_at=hub.client.now(),
        )
    )


def remembered(hub: LockHub, password: Password) -> IssuedCode:
    """Return what is remembered of a code; one made elsewhere is so from now on."""
    if (code := hub.memory.issued.get(password.key)) is not None:
        return code
    now = hub.client.now()
    return IssuedCode(
        id=password.id,
        type=password.type,
        name=password.name,
        start=password.start or now,
        end=password.end or now,
        issued_at=now,
        one_time=password.one_time,
        clears_id=password.clears_id,
        made_elsewhere=True,
    )
