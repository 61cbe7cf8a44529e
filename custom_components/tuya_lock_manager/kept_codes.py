"""What is remembered of the codes made here, kept up to what was read."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from homeassistant.core import callback

from .domain.inventory import settled
from .domain.lifecycle import life_key
from .domain.passwords import IssuedCode, Password, PasswordKey, PasswordStatus
from .domain.removal import departures_of
from .domain.usage import remember_usage, usage_of
from .lock_issues import async_check_room
from .store import without_digits
from .tuya_cloud import OfflineListing

if TYPE_CHECKING:
    from .hub import LockHub

# Codes are remembered for this long after their end: as long as records.
_AFTERLIFE = timedelta(days=30)


@callback
def async_keep_codes(hub: LockHub) -> None:
    """Bring what is remembered of a lock's codes up to what was read.

    A change that the lock confirmed is over, and digits that open nothing any more
    are erased.
    """
    now = hub.client.now()
    online, family = hub.passwords.online, hub.family
    _async_keep(
        hub,
        {
            key: _still_needed(hub, settled(code, online, family, now))
            for key, code in hub.memory.issued.items()
        },
    )
    _async_keep_usage(hub)
    async_check_room(hub)


@callback
def async_keep_departures(
    hub: LockHub, codes: Iterable[Password], seen_until: datetime | None
) -> bool:
    """Keep when codes went off their lock; return whether there is anything new.

    Up to `seen_until` the list before told what was on it.
    """
    memory, activity = hub.memory, hub.activity.data
    records = activity.records if activity else ()
    departures = departures_of(
        codes,
        memory.departures,
        memory.issued,
        seen_until=seen_until,
        heard_until=records[0].time if records else None,
        now=hub.client.now(),
    )
    if departures == memory.departures:
        return False
    memory.departures = departures
    hub.store.async_save_soon()
    return True


@callback
def async_forget_lost(hub: LockHub, code: IssuedCode) -> None:
    """Forget a code that vanished from the cloud, now that it was made anew."""
    memory = hub.memory
    memory.issued.pop(code.key, None)
    if memory.lives is not None:
        memory.lives.pop(life_key(code), None)


def _still_needed(hub: LockHub, code: IssuedCode) -> IssuedCode:
    """Return a code without what is of no use any more.

    A code that failed may be sent again, so its digits stay until its end. A dismissed
    one that may open after all comes back to the list.
    """
    seen = hub.passwords.find(code.key)
    over = seen is not None and seen.ended
    if seen is not None and not over and code.dismissed is not None:
        code = replace(code, dismissed=None)
    if seen is None or not over or seen.status is PasswordStatus.FAILED:
        return code if hub.keeps_digits else without_digits(code)
    if seen.status is not PasswordStatus.EXPIRED or code.change is None:
        return replace(without_digits(code), change=None)
    # The lock may have taken the longer window, though nothing says so.
    is_over = hub.client.now() >= code.end
    return without_digits(code) if is_over or not hub.keeps_digits else code


@callback
def _async_keep_usage(hub: LockHub) -> None:
    """Keep what the records tell of the codes made here before they scroll away."""
    activity, codes = hub.activity.data, hub.passwords.data
    if not hub.passwords.has_answer:
        return
    usage = usage_of(
        activity.records if activity else (),
        codes,
        complete_until=hub.passwords.complete_until,
        remembered=hub.memory.issued.values(),
    )
    forget = hub.client.now() - _AFTERLIFE
    _async_keep(
        hub,
        {
            key: remember_usage(code, usage)
            for key, code in hub.memory.issued.items()
            if code.end > forget
            or (code.dismissed is not None and hub.passwords.may_list(key))
        },
    )


def without_long_gone(
    listed: Iterable[OfflineListing], now: datetime
) -> tuple[OfflineListing, ...]:
    """Return a list of offline codes without those that ended long ago.

    The cloud has no way to remove them, so its list, and what is kept of it, would grow
    for ever.
    """
    return tuple(
        code for code in listed if code.end is None or code.end > now - _AFTERLIFE
    )


@callback
def _async_keep(hub: LockHub, issued: dict[PasswordKey, IssuedCode]) -> None:
    if issued != hub.memory.issued:
        hub.memory.issued = issued
        hub.store.async_save_soon()
