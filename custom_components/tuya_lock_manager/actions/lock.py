"""Actions on the lock itself: answer who asks to be let in, and what the lock can do."""

from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.helpers import config_validation as cv
import voluptuous as vol

from ..const import DOMAIN
from ..domain.availability import Availability
from ..hub import LockHub
from ..manager import LockManager
from ..offline_supply import offline_availability
from ..tuya_cloud import JsonValue, RemoteUnlock, RemoteUnlockType
from .fields import time_text
from .target import LockResult, Targets, admin_action, async_run, target_schema

ATTR_ACCEPT = "accept"

ANSWER_SCHEMA = target_schema({vol.Required(ATTR_ACCEPT): cv.boolean})
INFO_SCHEMA = target_schema({})

_REMOTE: dict[str, str] = {
    RemoteUnlockType.WITHOUT_PASSWORD: "without_password",
    RemoteUnlockType.WITH_PASSWORD: "with_password",
}


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register the actions on the lock itself."""
    for name, handler, schema, response in (
        (
            "answer_unlock_request",
            _async_answer,
            ANSWER_SCHEMA,
            SupportsResponse.OPTIONAL,
        ),
        ("get_lock_info", _async_info, INFO_SCHEMA, SupportsResponse.ONLY),
    ):
        hass.services.async_register(
            DOMAIN, name, admin_action(hass, handler), schema, response
        )


async def _async_answer(call: ServiceCall, targets: Targets) -> ServiceResponse:
    """Let in who asks at a lock, or turn them down."""
    accept: bool = call.data[ATTR_ACCEPT]

    async def answer(manager: LockManager, hub: LockHub) -> LockResult:
        await manager.remote.async_answer(hub, accept=accept)
        return {"accepted": accept}

    return await async_run(targets, answer)


async def _async_info(call: ServiceCall, targets: Targets) -> ServiceResponse:
    """Tell what each lock is, what it can do and what it has."""

    async def tell(manager: LockManager, hub: LockHub) -> LockResult:
        ways = await manager.remote.async_ways(hub)
        offline = await manager.remote.async_supports_offline(hub)
        return _info(hub, ways, offline=offline)

    return await async_run(targets, tell)


def _info(
    hub: LockHub, remote: tuple[RemoteUnlock, ...] | None, *, offline: bool | None
) -> LockResult:
    device, traits = hub.device, hub.traits
    types: list[JsonValue] = [kind.value for kind in hub.unlock_types]
    return {
        "name": device.name,
        "family": hub.family.value,
        "model": device.model or device.product_name or None,
        "product_id": device.product_id or None,
        "category": device.category,
        "online": device.online,
        "time_zone": device.time_zone,
        "active_since": time_text(device.active_time),
        "days_in_use": hub.days_in_use,
        "digits": hub.digits,
        "digits_are_known": hub.digits_are_known,
        "unlock_types": types,
        "online_codes": traits.online_codes,
        "offline_codes": offline,
        "offline_availability": {
            kind.value: _availability(told)
            for kind, told in offline_availability(hub, supported=offline).items()
        },
        "can_freeze": traits.can_freeze,
        "schedules": traits.schedules,
        "remote_unlock": None
        if remote is None
        else {_REMOTE.get(way.type, way.type): way.enabled for way in remote},
        "counts": _counts(hub),
    }


def _availability(told: Availability) -> LockResult:
    """Return whether another code can be had, with Tuya's refusal if there was one."""
    refusal = told.refusal
    return {
        "available": told.answer.value,
        "reason": told.reason.value,
        "refused_at": time_text(refusal.at) if refusal else None,
        "message": refusal.message if refusal else None,
    }


def _counts(hub: LockHub) -> LockResult:
    """Return how many there are of what, as last read; None where nobody could say."""
    codes = hub.passwords.counts if hub.passwords.has_answer else None
    people, activity = hub.members.data, hub.activity.data
    return {
        "active_passwords": codes.active if codes else None,
        "pending_passwords": codes.pending if codes else None,
        "unread_alarms": activity.unread_alarms if activity else None,
        "family_members": people.family if people else None,
        "panel_members": people.panel if people else None,
        "waiting_methods": hub.waiting_methods,
    }
