"""Changes of online ("custom") passwords that exist: new name, window, digits; freezing.

Tuya wants the whole password again for any change, digits too, and answers as soon as it
has accepted: until the lock confirmed, the old window may be what it enforces. The change
is saved before it is sent, so that a lost answer can be settled.
"""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import datetime
from functools import partial

from homeassistant.exceptions import HomeAssistantError

from .custom_codes import async_settle, refuse_twin, remembered, started_later
from .domain.changes import CodeChange
from .domain.deeds import ARRIVING
from .domain.digits import DigitsError, check_digits, random_digits
from .domain.journal import Operation
from .domain.passwords import (
    ChangeState,
    IssuedCode,
    Password,
    PasswordStatus,
    PasswordType,
    password_key,
)
from .domain.remarks import spells
from .domain.windows import Window, custom_window
from .exceptions import failed, refused
from .hub import LockHub
from .periodic_codes import async_asked_schedule, async_verify
from .slip import Slip
from .tuya_cloud import (
    DeliveryStatus,
    DuplicatePasswordError,
    PasswordNotFoundError,
    PasswordRequest,
    TuyaCloudError,
    WindowInPastError,
)
from .wishes import ChangedPassword, DigitsPool, PasswordChange


async def async_update(
    hub: LockHub, password: Password, change: PasswordChange, pool: DigitsPool
) -> ChangedPassword:
    """Change name, window or digits of a custom password."""
    _check_changeable(hub, password)
    before = _remembered(hub, password)
    name = before.name if change.name is None else change.name
    window = new_window(hub, before, change)
    schedule = await async_asked_schedule(hub, change.schedule, window)
    schedule = schedule or before.schedule
    shown = before.name, Window(before.start, before.end), before.schedule
    if not change.has_digits and (name, window, schedule) == shown:
        return ChangedPassword(password=password)
    refuse_twin(hub, name, window, but=password.key)
    if schedule is None:
        _refuse_unknown_schedule(hub, before)
    digits = digits_to_send(hub, before, window, change, pool)
    asked = replace(before, name=name, schedule=schedule)
    async with _async_slip(hub, Operation.MODIFY, password, name, window) as slip:
        change_to = partial(
            _async_change, hub, password, before, asked, slip, random=change.new_code
        )
        try:
            await change_to(window, digits)
        except WindowInPastError:
            await change_to(started_later(hub, window), digits)
        except DuplicatePasswordError:
            if not change.new_code:
                raise
            taken = {digits, *hub.live_digits(but=password.key)}
            digits = random_digits(len(digits), taken=taken, window=window)
            await change_to(window, digits)
        await async_verify(hub, asked, is_new=False)
        if change.has_digits:
            # Digits before these open nothing, so nobody needs to see them.
            hub.journal.async_answered_for(password.key)
        slip.async_done(password.id)
        await hub.store.async_save()
    new = digits if change.has_digits else None
    changed = replace(_changed(hub, password, new), receipt=slip.receipt)
    if _drops_window(hub, password, slip.entry.before, change):
        return replace(changed, notes=("failed_change_dropped",))
    return changed


def _drops_window(
    hub: LockHub, password: Password, known: IssuedCode | None, change: PasswordChange
) -> bool:
    """Tell whether a window that the lock did not take is not asked for any more.

    What a change doesn't give stays as the lock has it: somebody who renames a code does
    not ask once more for an hour that was refused, and has to be told that it won't come.
    """
    if known is None or password.change is not ChangeState.FAILED or change.has_window:
        return False
    return (known.start, known.end) != (password.start, password.end)


def _async_slip(
    hub: LockHub, operation: Operation, password: Password, name: str, window: Window
) -> AbstractAsyncContextManager[Slip]:
    return hub.journal.async_slip(
        operation,
        password.type,
        name,
        window,
        code_id=password.id,
        before=hub.memory.issued.get(password.key),
        was_changing=password.change is not None,
    )


async def async_freeze(
    hub: LockHub, password: Password, *, frozen: bool
) -> ChangedPassword:
    """Put a custom password to sleep, or wake it."""
    if not hub.traits.can_freeze:
        raise refused("freeze_unsupported", lock=hub.name)
    _check_changeable(hub, password)
    if password.status in ARRIVING:
        raise refused("freeze_not_on_lock", name=password.name)
    is_so = (password.status is PasswordStatus.FROZEN) is frozen
    if is_so and password.change is not ChangeState.PENDING:
        return ChangedPassword(password=password)
    before = _remembered(hub, password)
    asked = replace(before, change=_change_from(hub, password, before, frozen=frozen))
    client = hub.client
    send = client.freeze_password if frozen else client.unfreeze_password
    operation = Operation.FREEZE if frozen else Operation.UNFREEZE
    window = Window(before.start, before.end)
    async with _async_slip(hub, operation, password, before.name, window) as slip:
        await _async_note(hub, asked, slip)
        await _async_send(hub, asked, partial(send, hub.id, password.id), slip)
    return _changed(hub, password, None)


def needs_digits(hub: LockHub, password: Password) -> bool:
    """Tell whether any change of a code needs new digits, since its own aren't known."""
    before = _remembered(hub, password)
    return hub.unsealed(before.id, before.sealed) is None


def kept_digits(hub: LockHub, password_id: str) -> str | None:
    """Return the digits to send a custom password with again.

    None where none are kept, and where another code has the same: others are needed.
    """
    key = password_key(PasswordType.CUSTOM, password_id)
    code, seen = hub.memory.issued.get(key), hub.passwords.find(key)
    if code is None or (seen and seen.failure is DeliveryStatus.DUPLICATE):
        return None
    return hub.unsealed(code.id, code.sealed)


def _check_changeable(hub: LockHub, password: Password) -> None:
    """Refuse a code that opens no more, or is being taken away."""
    if not hub.traits.online_codes:
        raise refused("online_codes_need_gateway", lock=hub.name)
    if password.status is PasswordStatus.REMOVING:
        raise refused("change_of_removing", name=password.name)
    if password.ended and password.status is not PasswordStatus.FAILED:
        raise refused("change_of_ended", name=password.name)


def _remembered(hub: LockHub, password: Password) -> IssuedCode:
    """Return what a change starts from; a code made elsewhere is remembered from now on.

    While a change is on its way, it is part of that; after a failed one, what the lock
    last confirmed is. Where the list shows something else than is remembered, somebody
    changed it elsewhere, or an old backup is all that remembers: the list counts, and
    the digits may be others by now.
    """
    code = remembered(hub, password)
    if code.change is None and _is_changed_elsewhere(code, password):
        return replace(
            code,
            name=password.name,
            start=password.start or code.start,
            end=password.end or code.end,
            sealed=None,
            schedule=None,
        )
    if code.change is None or password.change is not ChangeState.FAILED:
        return code
    window = code.change.confirmed or Window(code.start, code.end)
    return replace(
        code,
        start=window.start,
        end=window.end,
        sealed=code.change.sealed,
        schedule=code.change.schedule,
    )


def _is_changed_elsewhere(code: IssuedCode, password: Password) -> bool:
    shown = password.name, password.start or code.start, password.end or code.end
    return shown != (code.name, code.start, code.end)


def new_window(hub: LockHub, before: IssuedCode, change: PasswordChange) -> Window:
    """Return the asked window; what isn't given stays, the start of one that runs too."""
    keeps_end = change.end is None and change.duration is None
    return custom_window(
        start=change.start or before.start,
        end=before.end if keeps_end else change.end,
        duration=change.duration,
        now=hub.client.now(),
    )


def _refuse_unknown_schedule(hub: LockHub, before: IssuedCode) -> None:
    """Refuse to change a periodic code of which we don't know the hours.

    They would have to be sent again; without them it opened all week.
    """
    for listed in hub.passwords.online:
        if listed.id == before.id and listed.schedule_raw:
            raise refused("change_of_schedule", name=before.name)


def digits_to_send(
    hub: LockHub,
    before: IssuedCode,
    window: Window,
    change: PasswordChange,
    pool: DigitsPool,
) -> str:
    """Return the digits to send: new ones where they are asked for, else the sealed."""
    taken = hub.live_digits(but=before.key)
    if change.code is not None:
        name = change.name or before.name
        return check_digits(
            change.code, hub.digits, window=window, taken=taken, name=name
        )
    if change.new_code:
        return pool.digits(hub.digits, window, taken)
    digits = hub.unsealed(before.id, before.sealed)
    if digits is not None:
        if spells(change.name or "", digits):
            raise DigitsError("in_name")
        return digits
    if not hub.keeps_digits:
        raise refused("digits_not_kept", name=before.name)
    if before.sealed is not None:
        raise refused("digits_not_opened", name=before.name)
    raise refused("digits_unknown", name=before.name)


def _change_from(
    hub: LockHub, password: Password, before: IssuedCode, *, frozen: bool | None = None
) -> CodeChange:
    """Return what the lock may go on with until it confirms a change."""
    on_lock = password.status not in ARRIVING or password.change is not None
    known = on_lock and password.start and password.end
    earlier = before.change if password.change is ChangeState.PENDING else None
    return CodeChange(
        asked_at=hub.client.now(),
        name=password.name,
        start=password.start if known else None,
        end=password.end if known else None,
        sealed=earlier.sealed if earlier else before.sealed,
        schedule=earlier.schedule if earlier else before.schedule,
        frozen=frozen,
    )


async def _async_change(
    hub: LockHub,
    password: Password,
    before: IssuedCode,
    asked: IssuedCode,
    slip: Slip,
    window: Window,
    digits: str,
    *,
    random: bool,
) -> None:
    asked = replace(
        asked,
        start=window.start,
        end=window.end,
        sealed=hub.sealed(before.id, digits),
        change=_change_from(hub, password, before),
    )
    request = PasswordRequest(
        name=asked.name,
        digits=digits,
        start=window.start,
        end=window.end,
        digits_length=len(digits),
        one_time=before.one_time,
        time_zone=asked.schedule.time_zone if asked.schedule else None,
        schedule=(asked.schedule.block,) if asked.schedule else (),
    )
    seen = next((c for c in hub.passwords.online if c.id == before.id), None)
    slip.entry = replace(
        slip.entry,
        start=window.start,
        end=window.end,
        schedule=asked.schedule,
        # No list tells the digits, nor for certain the hours, where nothing else is new.
        is_told=seen is None
        or (seen.name, seen.start, seen.end) != (asked.name, *_span(window)),
    )
    await _async_note(hub, asked, slip, digits, random=random)
    send = partial(hub.client.modify_password, hub.id, before.id, request)
    await _async_send(hub, asked, send, slip)


def _span(window: Window) -> tuple[datetime, datetime]:
    return window.start, window.end


async def _async_note(
    hub: LockHub,
    asked: IssuedCode,
    slip: Slip,
    digits: str | None = None,
    *,
    random: bool = False,
) -> None:
    """Save what was asked for together with its entry, before it is sent."""
    known = hub.memory.issued.get(asked.key)
    hub.memory.issued[asked.key] = asked
    try:
        await slip.async_write(digits, random=random)
    except HomeAssistantError:
        if known is None:
            del hub.memory.issued[asked.key]
        else:
            hub.memory.issued[asked.key] = known
        raise
    hub.passwords.async_recompute()


async def _async_send(
    hub: LockHub,
    asked: IssuedCode,
    send: Callable[[], Awaitable[None]],
    slip: Slip,
) -> None:
    """Send a change once, noted before; where the answer is lost, the list tells.

    A change that was not made is taken back from what is remembered. If the list can't be
    read either, it stays, and later readings settle it. If no list tells, neither the old
    digits nor the new ones are sure, so none are kept.
    """
    known = slip.entry.before
    try:
        await send()
    except TuyaCloudError as err:
        if err.outcome_unknown and not slip.entry.is_told:
            await _async_take_back(hub, asked, known and replace(known, sealed=None))
            raise failed("change_not_told", detail=str(err)) from err
        if not err.outcome_unknown:
            await _async_take_back(hub, asked, known)
            if asked.template and isinstance(err, PasswordNotFoundError):
                # A cloud that keeps such codes apart knows no way to change them.
                raise failed(
                    "template_not_changed", name=asked.name, detail=str(err)
                ) from err
            raise
        if not await async_settle(hub, slip.entry):
            await _async_take_back(hub, asked, known)
            raise failed("change_not_seen", detail=str(err)) from err
    await hub.passwords.async_refresh()


async def _async_take_back(
    hub: LockHub, asked: IssuedCode, known: IssuedCode | None
) -> None:
    if known is None:
        await hub.async_forget(asked.key)
    else:
        await hub.async_remember(known)


def _changed(hub: LockHub, password: Password, code: str | None) -> ChangedPassword:
    return ChangedPassword(
        password=hub.passwords.find(password.key) or password, code=code
    )
