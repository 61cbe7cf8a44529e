"""Custom codes that open at certain hours only: asked for, and verified.

A lock, or a cloud, that drops the hours makes a code that opens all week, so what was
sent is read back, and a code without its hours is deleted at once.
"""

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from homeassistant.util import dt as dt_util

from .domain.passwords import IssuedCode
from .domain.schedules import Schedule, asked_schedule, check_opens, is_kept
from .domain.windows import Window
from .exceptions import failed, refused
from .template_door import async_send_deletion
from .tuya_cloud import OnlinePassword, TuyaCloudError
from .wishes import ScheduleWish

if TYPE_CHECKING:
    from .hub import LockHub

# Pauses before the readings of the list that verify the hours, in seconds: lists lag.
VERIFY_PAUSES = (0, 2, 5, 13, 40)


async def async_asked_schedule(
    hub: LockHub, wish: ScheduleWish, window: Window
) -> Schedule | None:
    """Return the hours that were asked for, in the time zone of the lock.

    Raises ServiceValidationError where the documents don't say that the lock keeps them,
    ScheduleError for hours that can't be.
    """
    schedule = asked_schedule(
        weekdays=wish.weekdays,
        start=wish.daily_start,
        end=wish.daily_end,
        time_zone=hub.time_zone,
    )
    if schedule is None:
        return None
    if not (hub.traits.schedules or wish.accept_unenforced):
        raise refused("schedule_not_enforced", lock=hub.name)
    zone = await dt_util.async_get_time_zone(schedule.time_zone)
    check_opens(schedule, window, zone or dt_util.get_default_time_zone())
    return schedule


async def async_verify(hub: LockHub, code: IssuedCode, *, is_new: bool) -> None:
    """Read the hours of a code back; delete a code that was made without them.

    A new code that is listed is listed with its hours. Of a changed one the list may show
    the old ones for a while.
    """
    schedule = code.schedule
    if schedule is None:
        return
    for pause in VERIFY_PAUSES:
        await asyncio.sleep(pause)
        await hub.passwords.async_refresh()
        if (listed := _listed(hub, code)) is None:
            continue
        if is_kept(schedule, listed.schedule_raw):
            return
        if is_new:
            break
    try:
        await async_send_deletion(hub, code.id, template=code.template)
    except TuyaCloudError as err:
        raise failed("schedule_open", name=code.name, detail=str(err)) from err
    current = hub.memory.issued.get(code.key, code)
    await hub.async_remember(replace(current, removal_requested_at=hub.client.now()))
    await hub.passwords.async_refresh()
    raise failed("schedule_not_kept", name=code.name)


def _listed(hub: LockHub, code: IssuedCode) -> OnlinePassword | None:
    if not hub.passwords.last_update_success:
        return None
    return next((c for c in hub.passwords.online if c.id == code.id), None)
