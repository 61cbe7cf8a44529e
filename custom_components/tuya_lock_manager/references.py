"""Codes that their callers call by a name of their own: the same name, the same code.

A code keeps its reference while it may open. One that has ended, failed, or is being
taken away frees it.
"""

from dataclasses import replace

from . import custom_changes
from .domain.passwords import (
    IssuedCode,
    Password,
    PasswordKey,
    PasswordStatus,
    PasswordType,
)
from .domain.windows import Window, custom_window
from .exceptions import refused
from .hub import LockHub
from .lost_codes import async_find_again, async_make_anew
from .wishes import CreatedCode, DigitsPool, PasswordChange, PasswordWish


async def async_existing(
    hub: LockHub, wish: PasswordWish, pool: DigitsPool
) -> CreatedCode | None:
    """Return the code that a wish's reference names, as the wish wants it; None if none.

    What the wish doesn't give stays as it is. Only a custom code can be changed.
    Raises ServiceValidationError where another kind of code has the reference, or one
    that would have to be changed and can't be.
    """
    code = named(hub, wish.reference)
    if code is None:
        return None
    if code.type is not wish.type or code.one_time is not _is_one_time(wish):
        raise refused("reference_of_other_type", name=code.name)
    if code.type is not PasswordType.CUSTOM:
        if not _is_same_window(hub, code, wish):
            raise refused(f"reference_window_fixed_{code.type}", name=code.name)
        return _found(hub, code, hub.passwords.find(code.key))
    password = hub.passwords.find(code.key)
    if password is None:
        raise refused("not_settled_yet", name=code.name)
    if password.lost:
        found_again = await async_find_again(hub, password)
        if found_again is None:
            return await _async_made_anew(hub, code, wish, pool)
        password = found_again
    changed = await custom_changes.async_update(
        hub, password, change_of(hub, code, wish), pool
    )
    code = hub.memory.issued.get(code.key, code)
    found = _found(hub, code, changed.password)
    return replace(found, code=changed.code or found.code)


async def _async_made_anew(
    hub: LockHub, code: IssuedCode, wish: PasswordWish, pool: DigitsPool
) -> CreatedCode:
    """Make a code that vanished once more; digits that nobody kept become others."""
    digits = wish.code or hub.unsealed(code.id, code.sealed)
    change = change_of(hub, code, wish)
    created = await async_make_anew(hub, code, change, digits, pool)
    return replace(created, notes=(*created.notes, "made_anew"))


def named(hub: LockHub, reference: str | None) -> IssuedCode | None:
    """Return the code that has a reference and may open."""
    if reference is None:
        return None
    return next(
        (
            code
            for code in hub.memory.issued.values()
            if code.reference == reference and may_open(hub, code)
        ),
        None,
    )


def may_open(hub: LockHub, code: IssuedCode) -> bool:
    """Return whether a code has neither ended nor failed, and is not being taken away."""
    if code.removal_requested_at or code.end <= hub.client.now():
        return False
    seen = hub.passwords.find(code.key)
    return seen is None or not seen.ended


def take_away(hub: LockHub, key: PasswordKey) -> None:
    """Take the reference of a code away: it is as if somebody had made it by hand."""
    if (code := hub.memory.issued.get(key)) is not None:
        hub.memory.issued[key] = replace(code, reference=None)
        hub.store.async_save_soon()


def change_of(hub: LockHub, code: IssuedCode, wish: PasswordWish) -> PasswordChange:
    """Return what of a custom code a wish wants to be otherwise.

    Digits that were chosen are a change only if they are known to be others.
    """
    kept = hub.unsealed(code.id, code.sealed)
    is_other = wish.code is not None and kept is not None and wish.code != kept
    return PasswordChange(
        name=wish.name,
        start=wish.start,
        end=wish.end,
        duration=wish.duration,
        code=wish.code if is_other else None,
        schedule=wish.schedule,
    )


def _is_one_time(wish: PasswordWish) -> bool:
    return wish.one_time or wish.type is PasswordType.ONE_TIME


def _is_same_window(hub: LockHub, code: IssuedCode, wish: PasswordWish) -> bool:
    """Tell whether a wish asks for the window that an offline code was asked for."""
    if (wish.start, wish.end, wish.duration) == (None, None, None):
        return True
    if code.wished_start is None or code.wished_end is None:
        return False
    asked = custom_window(
        start=wish.start or code.wished_start,
        end=wish.end,
        duration=wish.duration
        if wish.end is not None or wish.duration is not None
        else code.wished_end - code.wished_start,
        now=hub.client.now(),
    )
    return asked == Window(code.wished_start, code.wished_end)


def _found(hub: LockHub, code: IssuedCode, password: Password | None) -> CreatedCode:
    digits = hub.unsealed(code.id, code.sealed)
    return CreatedCode(
        issued=code,
        status=password.status if password else PasswordStatus.PENDING,
        code=digits,
        notes=("same_reference",) if digits else ("same_reference", "digits_not_kept"),
        receipt=hub.journal.receipt_for(code.key),
        existed=True,
    )
