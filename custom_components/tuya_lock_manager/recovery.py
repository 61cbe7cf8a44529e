"""Ask the cloud once more about what kept requests out, because somebody mended it."""

from collections.abc import Iterator
from enum import Enum, auto
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant

from .account import AccountCoordinator, TuyaLockConfigEntry
from .exceptions import error_key
from .issues import IssueKind, RequestKind, account_issues
from .turns import CloudCoordinator
from .tuya_cloud import TuyaCloudError


class Verdict(Enum):
    """What asking brought."""

    SOLVED = auto()
    STILL_SO = auto()
    NO_ANSWER = auto()


async def async_ask_again(
    hass: HomeAssistant, entry: TuyaLockConfigEntry, kind: IssueKind
) -> Verdict:
    """Ask what was refused last, one request of each kind, and tell how it went.

    An account that could not be set up is set up anew: that asks, too.
    """
    issues = account_issues(hass, entry)
    if entry.state is not ConfigEntryState.LOADED:
        await hass.config_entries.async_reload(entry.entry_id)
        if not issues.requests_kept_out(kind):
            return Verdict.SOLVED
        still = entry.error_reason_translation_key == kind.value
        return Verdict.STILL_SO if still else Verdict.NO_ANSWER
    account = entry.runtime_data.account
    for request in issues.requests_kept_out(kind):
        coordinator = _coordinator_for(account, request)
        if coordinator is None:
            continue
        await coordinator.async_refresh()
        if issues.is_kept_out(request, kind):
            return _verdict(coordinator, request, kind)
    issues.async_solved(kind)
    for coordinator in _failed(account):
        entry.async_create_background_task(
            hass, coordinator.async_refresh(), f"{coordinator.name} goes on"
        )
    return Verdict.SOLVED


def _verdict(
    coordinator: CloudCoordinator[Any], request: RequestKind, kind: IssueKind
) -> Verdict:
    """Tell a gate that is still closed from a question that found no answer."""
    error = coordinator.last_exception
    if error is None:
        # The clocks were compared.
        return Verdict.STILL_SO if request is RequestKind.CLOCK else Verdict.NO_ANSWER
    cause = error.__cause__
    closed = isinstance(cause, TuyaCloudError) and error_key(cause) == kind
    return Verdict.STILL_SO if closed else Verdict.NO_ANSWER


def _coordinator_for(
    account: AccountCoordinator, request: RequestKind
) -> CloudCoordinator[Any] | None:
    """Return who makes such a request, preferably where it failed; None without locks."""
    candidates = [
        coordinator
        for coordinator in _all(account)
        if coordinator.request_kind is request
    ]
    if request is RequestKind.CLOCK:
        return account
    return next((one for one in candidates if not one.last_update_success), None) or (
        candidates[0] if candidates else None
    )


def _all(account: AccountCoordinator) -> Iterator[CloudCoordinator[Any]]:
    yield account
    for hub in account.hubs.values():
        if hub.is_listed:
            yield from (hub.passwords, hub.activity, hub.members)


def _failed(account: AccountCoordinator) -> list[CloudCoordinator[Any]]:
    return [one for one in _all(account) if not one.last_update_success]
