"""Offline, dynamic and clearing codes: computed on both sides, never sent to the lock.

The lock can't be told about them, so none can be taken back from afar, and one whose
answer was lost is reported, never asked for again.
"""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import datetime
from typing import TypedDict

from .domain.inventory import TYPE_OF
from .domain.journal import Operation, Outcome
from .domain.passwords import (
    IssuedCode,
    Password,
    PasswordStatus,
    PasswordType,
    password_key,
)
from .domain.windows import (
    Window,
    WindowError,
    clearing_window,
    is_at_risk,
    is_shorter_than_asked,
    is_wider_than_asked,
    offline_window,
    one_time_window,
    use_by,
)
from .exceptions import failed, refused
from .hub import LockHub
from .offline_supply import supply_noted
from .slip import Slip
from .tuya_cloud import (
    MAX_NAME,
    OfflinePassword,
    OfflineRequest,
    OfflineType,
    TuyaCloudError,
    UnsupportedError,
)
from .wishes import CreatedCode, PasswordWish

# Codes that a clearing code for all of them locks out.
_CLEARABLE = frozenset({PasswordType.TIME_LIMITED, PasswordType.ONE_TIME})


async def async_create_time_limited(
    hub: LockHub, wish: PasswordWish, asked: Window
) -> CreatedCode:
    """Make a time-limited code: whole hours around the window that was asked for."""
    await async_require_offline(hub)
    hub.journal.refuse_unsettled(wish.name, None, wish.reference)
    # The day in which it must be used may count from its start: one that has passed would
    # end it early.
    ahead = Window(max(asked.start, hub.client.now()), asked.end)
    sent = offline_window(ahead)
    request = OfflineRequest(OfflineType.MULTIPLE, wish.name, sent.start, sent.end)
    async with _async_slip(hub, wish.type, wish.name, sent, wish.reference) as slip:
        answer = await _async_send(hub, request, slip)
        window = _answered_window(answer, sent)
        issued = _issued(hub, wish.type, wish.name, answer, window)
        issued = replace(
            issued,
            use_by=use_by(window, issued.issued_at),
            **_referred(wish, asked),
        )
        await _async_remember(hub, issued, answer, slip)
    notes = []
    if issued.use_by != window.end:
        notes.append("use_within_24_hours")
    if is_at_risk(window, issued.issued_at):
        notes.append("made_too_early")
    if is_shorter_than_asked(ahead, window):
        notes.append("shorter_than_asked")
    if is_wider_than_asked(ahead, window):
        notes.append("wider_than_asked")
    return _created(issued, answer, notes, slip)


async def async_create_one_time(
    hub: LockHub, wish: PasswordWish, asked: Window | None
) -> CreatedCode:
    """Make a one-time code, which always begins now and ends five to six hours later.

    `asked` is None where no window was asked for.
    """
    await async_require_offline(hub)
    window = one_time_window(hub.client.now())
    if asked is not None:
        if asked.start >= window.end:
            raise refused("one_time_starts_now")
        if not wish.allow_rounding and is_wider_than_asked(asked, window):
            raise WindowError("needs_rounding")
    hub.journal.refuse_unsettled(wish.name, None, wish.reference)
    request = OfflineRequest(OfflineType.ONCE, wish.name)
    async with _async_slip(hub, wish.type, wish.name, window, wish.reference) as slip:
        answer = await _async_send(hub, request, slip)
        window = _answered_window(answer, window)
        issued = _issued(hub, wish.type, wish.name, answer, window)
        issued = replace(issued, one_time=True, **_referred(wish, asked))
        await _async_remember(hub, issued, answer, slip)
    notes = ["opens_once"]
    if asked is not None and is_shorter_than_asked(asked, window):
        notes.append("shorter_than_asked")
    return _created(issued, answer, notes, slip)


async def async_create_dynamic(hub: LockHub, wish: PasswordWish) -> CreatedCode:
    """Get the code of the next minutes."""
    try:
        async with supply_noted(hub, PasswordType.DYNAMIC):
            password = await hub.client.get_dynamic_password(hub.id)
    except UnsupportedError as err:
        raise refused("dynamic_codes_unsupported", lock=hub.name) from err
    issued = IssuedCode(
        id=f"{password.start.timestamp() * 1000:.0f}",
        type=PasswordType.DYNAMIC,
        name=wish.name,
        start=password.start,
        end=password.end,
        issued_at=password.start,
    )
    await hub.async_remember(issued)
    return CreatedCode(
        issued=issued,
        status=PasswordStatus.ACTIVE,
        code=password.code,
        notes=("valid_for_minutes",),
    )


async def async_clear_one(hub: LockHub, password: Password) -> CreatedCode:
    """Issue the code that, typed at the lock, ends one time-limited code."""
    if password.type is not PasswordType.TIME_LIMITED:
        raise refused(f"clear_code_not_for_{password.type}", name=password.name)
    if password.ended:
        raise refused("clear_code_not_needed", name=password.name)
    created = await _async_clear(
        hub,
        PasswordType.CLEAR_ONE,
        OfflineRequest(
            OfflineType.CLEAR_ONE, password.name[:MAX_NAME], password_id=password.id
        ),
        (password.name,),
    )
    key = password_key(password.type, password.id)
    if (issued := hub.memory.issued.get(key)) is not None:
        await hub.async_remember(
            replace(issued, clear_code_issued_at=created.issued.issued_at)
        )
    return created


async def async_clear_all(hub: LockHub) -> CreatedCode:
    """Issue the code that, typed at the lock, ends all its offline codes."""
    await async_require_offline(hub)
    return await _async_clear(
        hub,
        PasswordType.CLEAR_ALL,
        OfflineRequest(OfflineType.CLEAR_ALL),
        tuple(password.name for password in locked_out(hub)),
    )


def locked_out(hub: LockHub) -> list[Password]:
    """Return the offline codes that a clearing code for all would end."""
    return [
        password
        for password in hub.passwords.data or ()
        if password.type in _CLEARABLE and not password.ended
    ]


async def async_rename(hub: LockHub, password: Password, name: str) -> Password:
    """Give an offline code another name; the lock doesn't know names.

    Where the cloud can't, the name is ours alone.
    """
    if password.type is not PasswordType.DYNAMIC:
        try:
            await hub.client.rename_offline_password(hub.id, password.id, name)
        except UnsupportedError:
            if password.key not in hub.memory.issued:
                raise
    if (issued := hub.memory.issued.get(password.key)) is not None:
        await hub.async_remember(replace(issued, name=name))
    hub.passwords.async_forget_offline_list()
    await hub.passwords.async_refresh()
    return hub.passwords.find(password.key) or replace(password, name=name)


async def async_require_offline(hub: LockHub) -> None:
    """Refuse a lock of which the cloud says that it takes no offline codes.

    Raises ServiceValidationError.
    """
    if await hub.async_supports_offline() is False:
        raise refused("offline_codes_unsupported", lock=hub.name)


class _Referred(TypedDict):
    reference: str | None
    wished_start: datetime | None
    wished_end: datetime | None


def _referred(wish: PasswordWish, asked: Window | None) -> _Referred:
    """Return what is remembered of a wish so that its reference means the same code."""
    known = asked if wish.reference is not None else None
    return _Referred(
        reference=wish.reference,
        wished_start=known.start if known else None,
        wished_end=known.end if known else None,
    )


def _async_slip(
    hub: LockHub,
    kind: PasswordType,
    name: str,
    window: Window,
    reference: str | None = None,
) -> AbstractAsyncContextManager[Slip]:
    return hub.journal.async_slip(
        Operation.CREATE, kind, name, window, reference=reference
    )


async def _async_send(
    hub: LockHub, request: OfflineRequest, slip: Slip
) -> OfflinePassword:
    await slip.async_write()
    try:
        async with supply_noted(hub, TYPE_OF[request.type]):
            return await hub.client.create_offline_password(hub.id, request)
    except UnsupportedError as err:
        raise refused("offline_codes_unsupported", lock=hub.name) from err
    except TuyaCloudError as err:
        if not err.outcome_unknown:
            raise
        slip.entry = replace(slip.entry, outcome=Outcome.UNKNOWN)
        await slip.async_save()
        raise failed("offline_outcome_unknown", detail=str(err)) from err


async def _async_clear(
    hub: LockHub,
    kind: PasswordType,
    request: OfflineRequest,
    clears: Sequence[str],
) -> CreatedCode:
    window = clearing_window(hub.client.now())
    async with _async_slip(hub, kind, request.name, window) as slip:
        answer = await _async_send(hub, request, slip)
        window = _answered_window(answer, window)
        issued = _issued(hub, kind, request.name or answer.name, answer, window)
        issued = replace(issued, clears_id=request.password_id, one_time=True)
        await _async_remember(hub, issued, answer, slip)
    created = _created(issued, answer, ["type_at_lock"], slip)
    return replace(created, clears=tuple(clears))


def _answered_window(answer: OfflinePassword, expected: Window) -> Window:
    """Return the window that the cloud answered; it is the one that the lock honours.

    The code exists: an answer without a sensible window must not lose it.
    """
    try:
        return Window(answer.start or expected.start, answer.end or expected.end)
    except WindowError:
        return expected


def _issued(
    hub: LockHub,
    kind: PasswordType,
    name: str,
    answer: OfflinePassword,
    window: Window,
) -> IssuedCode:
    return IssuedCode(
        id=answer.id,
        type=kind,
        name=name,
        start=window.start,
        end=window.end,
        issued_at=hub.client.now(),
    )


async def _async_remember(
    hub: LockHub, issued: IssuedCode, answer: OfflinePassword, slip: Slip
) -> None:
    """Remember a code that was made; with a reference, its digits are kept too."""
    sealed = hub.sealed(slip.entry.id, answer.code)
    slip.entry = replace(slip.entry, sealed=sealed, random=True)
    slip.async_done(issued.id)
    if issued.reference is not None:
        issued = replace(issued, sealed=hub.sealed(issued.id, answer.code))
    await hub.async_remember(issued)


def _created(
    issued: IssuedCode, answer: OfflinePassword, notes: Sequence[str], slip: Slip
) -> CreatedCode:
    status = (
        PasswordStatus.SCHEDULED
        if issued.start > issued.issued_at
        else PasswordStatus.ACTIVE
    )
    return CreatedCode(
        issued=issued,
        status=status,
        code=answer.code,
        notes=tuple(notes),
        receipt=slip.receipt,
    )
