"""Repairs that one lock brings up: full, not heard of for a day, or a failed action."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from homeassistant.core import callback
from homeassistant.util import dt as dt_util

from .domain.passwords import PasswordStatus, PasswordType
from .domain.reach import is_unreachable, unreachable_since
from .issues import IssueKind, RequestKind
from .tuya_cloud import DeliveryStatus, LockFullError, TuyaCloudError

if TYPE_CHECKING:
    from .hub import LockHub


@callback
def async_check_reach(hub: LockHub) -> None:
    """Look at a good listing: is the lock in reach, and if not, for how long?"""
    now, memory, activity = hub.client.now(), hub.memory, hub.activity.data
    since = unreachable_since(
        hub.device,
        hub.family,
        now,
        known=memory.unreachable_since,
        last_record=activity.records[0].time if activity and activity.records else None,
    )
    if since != memory.unreachable_since:
        memory.unreachable_since = since
        hub.store.async_save_soon()
    if since is not None and is_unreachable(since, now):
        since_text = dt_util.as_local(since).strftime("%Y-%m-%d %H:%M")
        hub.issues.async_raise(
            IssueKind.LOCK_UNREACHABLE, hub.id, lock=hub.name, since=since_text
        )
    else:
        hub.issues.async_withdraw(IssueKind.LOCK_UNREACHABLE, hub.id)


@contextmanager
def fullness_noted(hub: LockHub) -> Iterator[None]:
    """Note whether the lock has room while a `custom` code is made."""
    try:
        yield
    except LockFullError:
        _remember_full(hub, codes_on_lock(hub))
        raise
    _remember_full(hub, None)


@callback
def async_check_room(hub: LockHub) -> None:
    """Look at what was read: does the lock refuse a code, or has one left it since?

    A lock that took a code from the cloud may say later that it has no room for it.
    """
    memory = hub.memory
    if not hub.passwords.has_answer:
        return
    if memory.full_with is not None and codes_on_lock(hub) < memory.full_with:
        _remember_full(hub, None)
    refused = {
        code.key in memory.issued
        for code in hub.passwords.data or ()
        if code.failure is DeliveryStatus.FULL and code.status is PasswordStatus.FAILED
    }
    # A code of ours that found no room has a repair of its own, which says the same.
    is_full = memory.full_with is not None or refused == {False}
    if is_full and True not in refused:
        hub.issues.async_raise(IssueKind.LOCK_FULL, hub.id, lock=hub.name)
    else:
        hub.issues.async_withdraw(IssueKind.LOCK_FULL, hub.id)


@callback
def async_note_failure(hub: LockHub, err: TuyaCloudError) -> None:
    """Note that the cloud refused an action, or could not be asked."""
    hub.issues.async_failed(RequestKind.PASSWORDS, err)


def codes_on_lock(hub: LockHub) -> int:
    """Return how many codes take a place on a lock, as far as is known."""
    return sum(
        code.type is PasswordType.CUSTOM and not code.ended
        for code in hub.passwords.data or ()
    )


def _remember_full(hub: LockHub, codes: int | None) -> None:
    """Remember how many codes were on the lock when there was no room for another."""
    if hub.memory.full_with == codes:
        return
    hub.memory.full_with = codes
    hub.store.async_save_soon()
    async_check_room(hub)
