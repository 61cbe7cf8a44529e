"""Diagnostics: what a helper needs to see, without anything that tells who or where."""

from typing import Any

from homeassistant.core import HomeAssistant

from .account import TuyaLockConfigEntry
from .const import CONF_DATA_CENTER, DEFAULT_NAMES, OPT_NAMES
from .guests.keeper import GuestKeeper
from .hub import LockHub
from .turns import CloudCoordinator


async def async_get_config_entry_diagnostics(
    hass: HomeAssistant, entry: TuyaLockConfigEntry
) -> dict[str, Any]:
    """Return the state of an account.

    It is built of harmless things only instead of being redacted: no ids, names,
    addresses or secrets get in that could be forgotten.
    """
    account = entry.runtime_data.account
    return {
        "data_center": entry.data[CONF_DATA_CENTER],
        "names": entry.options.get(OPT_NAMES, DEFAULT_NAMES),
        "account": _health(account),
        "locks": [_lock(hub) for hub in account.hubs.values()],
        "guest_calendars": [
            _guests(keeper) for keeper in entry.runtime_data.guests.values()
        ],
    }


def _health(coordinator: CloudCoordinator[Any]) -> dict[str, Any]:
    error = coordinator.last_exception
    return {
        "last_update_success": coordinator.last_update_success,
        "last_error": None
        if error is None
        else type(error.__cause__ or error).__name__,
    }


def _guests(keeper: GuestKeeper) -> dict[str, Any]:
    """Return how a guest calendar stands; texts of its rules may name people."""
    rules, state = keeper.rules, keeper.state
    return {
        "locks": len(rules.locks),
        "has_include": rules.include is not None,
        "excludes": len(rules.exclude),
        "check_in": str(rules.check_in),
        "check_out": str(rules.check_out),
        "before": str(rules.before),
        "after": str(rules.after),
        "lead": str(rules.lead),
        "digits_from": rules.digits_from,
        "offline_fallback": rules.offline_fallback,
        "has_notify": rules.notify is not None,
        "has_message": rules.message is not None,
        "bookings": state.bookings,
        "next_check_in": state.check_in,
        "next_check_out": state.check_out,
        "next_code": state.code,
        "feed_ok": state.feed_ok,
        "troubles": [trouble.problem for trouble in state.troubles],
    }


def _lock(hub: LockHub) -> dict[str, Any]:
    """Return what is known of a lock; raw data points are left out, they hold secrets."""
    device, memory = hub.device, hub.memory
    return {
        "category": device.category,
        "product_id": device.product_id,
        "model": device.model,
        "family": hub.family,
        "digits": hub.digits,
        "digits_are_known": hub.digits_are_known,
        "online": device.online,
        "sub": device.sub,
        "has_gateway": device.gateway_id is not None,
        "is_listed": hub.is_listed,
        "offline_codes": memory.offline,
        "data_points": memory.points,
        "status_codes": sorted(device.status),
        "passwords": _health(hub.passwords)
        | {
            "codes": [
                {
                    "type": code.type,
                    "status": code.status,
                    "start": code.start,
                    "end": code.end,
                    "one_time": code.one_time,
                    "slot": code.slot,
                    "failure": code.failure,
                    "made_here": code.made_here,
                }
                for code in hub.passwords.data or ()
            ],
            "raw": [
                {"phase": code.phase, "delivery": code.delivery, "slot": code.slot}
                for code in hub.passwords.online
            ],
        },
        "activity": _health(hub.activity)
        | {
            "records": len(hub.activity.data.records)
            if hub.activity.has_answer
            else None
        },
        "members": _health(hub.members),
    }
