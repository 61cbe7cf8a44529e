"""Actions on the list of passwords: show it, and take something off it."""

from dataclasses import replace

from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.helpers import config_validation as cv
from homeassistant.util.json import JsonObjectType, JsonValueType
import voluptuous as vol

from ..const import DOMAIN
from ..domain.passwords import Password, PasswordStatus, PasswordType, password_key
from ..domain.removal import is_only_clearable, removable
from ..domain.states import PasswordState, state_of
from ..hub import LockHub
from ..manager import LockManager
from ..tuya_cloud import JsonValue
from ..wishes import DeletedPassword
from .delivering import WAIT_FIELDS, waiting_of
from .fields import ATTR_LIMIT, ATTR_OFFSET, Page, members_of, time_text
from .passwords import ATTR_PASSWORD
from .target import (
    LockResult,
    Targets,
    admin_action,
    async_run,
    error_view,
    target_schema,
)

ATTR_ONLY_CLEARABLE = "only_clearable"
ATTR_STATES = "states"
ATTR_STATUSES = "statuses"
ATTR_TYPES = "types"

DEFAULT_LIMIT = 100
MOST = 500

DELETE_SCHEMA = target_schema({vol.Required(ATTR_PASSWORD): cv.string, **WAIT_FIELDS})
CLEAN_UP_SCHEMA = target_schema({})
# Senseless filters and pages are refused by the handler, so that the errors are ours.
LIST_SCHEMA = target_schema(
    {
        vol.Optional(ATTR_TYPES): vol.All(cv.ensure_list, [cv.string]),
        vol.Optional(ATTR_STATES): vol.All(cv.ensure_list, [cv.string]),
        vol.Optional(ATTR_STATUSES): vol.All(cv.ensure_list, [cv.string]),
        vol.Optional(ATTR_ONLY_CLEARABLE, default=False): cv.boolean,
        vol.Optional(ATTR_OFFSET, default=0): object,
        vol.Optional(ATTR_LIMIT, default=DEFAULT_LIMIT): object,
    }
)


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register the actions on the list of passwords."""
    for name, handler, schema, response in (
        ("delete_password", _async_delete, DELETE_SCHEMA, SupportsResponse.OPTIONAL),
        (
            "clean_up_passwords",
            _async_clean_up,
            CLEAN_UP_SCHEMA,
            SupportsResponse.OPTIONAL,
        ),
        ("list_passwords", _async_list, LIST_SCHEMA, SupportsResponse.ONLY),
    ):
        hass.services.async_register(
            DOMAIN, name, admin_action(hass, handler), schema, response
        )


async def _async_delete(call: ServiceCall, targets: Targets) -> ServiceResponse:
    """Delete a password on each lock."""
    waiting = waiting_of(call.data)

    async def delete(manager: LockManager, hub: LockHub) -> LockResult:
        deleted = await manager.async_delete(hub, call.data[ATTR_PASSWORD])
        if deleted.status is PasswordStatus.REMOVING:
            key = password_key(PasswordType.CUSTOM, deleted.id)
            known = await waiting.async_delivered(hub, key)
            if known is not None and known.status is PasswordStatus.REMOVED:
                deleted = replace(deleted, status=known.status)
        return deleted_password(deleted)

    with waiting:
        return await async_run(targets, delete)


def deleted_password(deleted: DeletedPassword) -> LockResult:
    """Return what became of a password that was to be deleted."""
    return {
        "id": deleted.id,
        "name": deleted.name,
        "status": deleted.status.value,
        "already_gone": deleted.already_gone,
    }


async def _async_clean_up(call: ServiceCall, targets: Targets) -> ServiceResponse:
    """Take what is invalid off the list of each lock."""

    async def clean_up(manager: LockManager, hub: LockHub) -> LockResult:
        done = await manager.async_clean_up(hub)
        return {
            "removed": [
                _named(gone.password, already_gone=gone.already_gone)
                for gone in done.removed
            ],
            "kept": [_named(code, reason=reason.value) for code, reason in done.kept],
            "failed": [
                _named(code, error=error_view(err)) for code, err in done.failed
            ],
            "not_done": [_named(code) for code in done.not_done],
            "stopped_by": error_view(done.stopped_by) if done.stopped_by else None,
        }

    return await async_run(targets, clean_up)


def _named(code: Password, **more: JsonValueType) -> JsonObjectType:
    """Return what names a password, its status, and more."""
    return {
        "id": code.id,
        "name": code.name,
        "type": code.type.value,
        "status": code.status.value,
        **more,
    }


async def _async_list(call: ServiceCall, targets: Targets) -> ServiceResponse:
    """List the codes of each lock as they were last read; digits are never in it."""
    # A list from which nothing was chosen is no filter.
    types = members_of(PasswordType, call.data.get(ATTR_TYPES) or list(PasswordType))
    states = members_of(
        PasswordState, call.data.get(ATTR_STATES) or list(PasswordState)
    )
    statuses = members_of(
        PasswordStatus, call.data.get(ATTR_STATUSES) or list(PasswordStatus)
    )
    only_clearable: bool = call.data[ATTR_ONLY_CLEARABLE]
    page = Page.of(call.data, MOST)

    async def list_(manager: LockManager, hub: LockHub) -> LockResult:
        await manager.async_know_passwords(hub)
        found = [
            code
            for code in manager.passwords(hub)
            if code.type in types
            and code.status in statuses
            and state_of(code.status) in states
            and (is_only_clearable(code) or not only_clearable)
        ]
        passwords: list[JsonValue] = [listed_password(code) for code in page.cut(found)]
        return {"passwords": passwords, **page.view(len(found))}

    return await async_run(targets, list_)


def listed_password(code: Password) -> LockResult:
    """Return a password as the actions list it: never with its digits."""
    return {
        "id": code.id,
        "type": code.type.value,
        "name": code.name,
        "status": code.status.value,
        "state": state_of(code.status).value,
        "removable": removable(code).value,
        "start": time_text(code.start),
        "end": time_text(code.end),
        "use_by": time_text(code.use_by),
        "change": code.change.value if code.change else None,
        "asked_start": time_text(code.asked_start),
        "asked_end": time_text(code.asked_end),
        "periodic": code.periodic,
        "schedule": dict(code.schedule.to_dict()) if code.schedule else None,
        "one_time": code.one_time,
        "slot": code.slot,
        "clear_code_issued": code.clear_code_issued,
        "clears": code.clears_name,
        "clears_start": time_text(code.clears_start),
        "clears_end": time_text(code.clears_end),
        "failure": code.failure.value if code.failure else None,
        "created": time_text(code.created_at),
        "made_here": code.made_here,
        "reference": code.reference,
    }
