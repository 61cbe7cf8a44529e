"""Codes that vanished from the cloud before their end: made anew, with what is kept.

Somebody removed the record in the app, or Tuya lost it. Whether the lock has the code,
nobody can tell, and the cloud can't change what it doesn't know.
"""

from .custom_changes import async_update, digits_to_send, new_window
from .custom_codes import async_create
from .domain.passwords import IssuedCode, Password, PasswordType
from .domain.schedules import WEEKDAYS
from .exceptions import list_not_read
from .hub import LockHub
from .lock_issues import fullness_noted
from .wishes import (
    ChangedPassword,
    CreatedCode,
    DigitsPool,
    PasswordChange,
    PasswordWish,
    ScheduleWish,
)


async def async_change_lost(
    hub: LockHub, password: Password, change: PasswordChange, pool: DigitsPool
) -> ChangedPassword:
    """Make a vanished code anew as it was, but for what is to change.

    It keeps its reference and gets another id. Raises ServiceValidationError where its
    digits are needed and not kept, HomeAssistantError while the list can't be read.
    """
    code = hub.memory.issued[password.key]
    found = await async_find_again(hub, password)
    if found is not None:
        return await async_update(hub, found, change, pool)
    window = new_window(hub, code, change)
    digits = None
    if not change.new_code:
        digits = digits_to_send(hub, code, window, change, pool)
    created = await async_make_anew(hub, code, change, digits, pool)
    made = hub.passwords.find(created.issued.key)
    return ChangedPassword(
        password=made or password,
        code=created.code if change.has_digits else None,
        receipt=created.receipt,
    )


async def async_find_again(hub: LockHub, password: Password) -> Password | None:
    """Read the list once more; return a code that it shows after all."""
    await hub.passwords.async_refresh()
    if not hub.passwords.last_update_success:
        raise list_not_read(hub.name, hub.passwords.last_exception)
    found = hub.passwords.find(password.key)
    return None if found is None or found.lost else found


async def async_make_anew(
    hub: LockHub,
    code: IssuedCode,
    change: PasswordChange,
    digits: str | None,
    pool: DigitsPool,
) -> CreatedCode:
    """Make a vanished code once more; without digits it gets random ones."""
    window = new_window(hub, code, change)
    wish = PasswordWish(
        type=PasswordType.CUSTOM,
        name=code.name if change.name is None else change.name,
        code=digits,
        one_time=code.one_time,
        template=code.template,
        schedule=change.schedule if change.schedule.is_given else _same_hours(code),
        reference=code.reference,
        replaces=code,
    )
    with fullness_noted(hub):
        return await async_create(hub, wish, window, pool)


def _same_hours(code: IssuedCode) -> ScheduleWish:
    """Return the hours that a code had; its lock was good enough for them before."""
    if (hours := code.schedule) is None:
        return ScheduleWish()
    return ScheduleWish(
        weekdays=tuple(WEEKDAYS[day] for day in sorted(hours.weekdays)),
        daily_start=hours.start,
        daily_end=hours.end,
        accept_unenforced=True,
    )
