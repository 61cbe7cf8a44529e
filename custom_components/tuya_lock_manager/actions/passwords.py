"""Actions on passwords: create, clear, delete and list them."""

from typing import Any
from unicodedata import category

from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import VolDictType
from probatio import Secret
import voluptuous as vol

from ..const import DOMAIN
from ..domain.passwords import Password, PasswordStatus, PasswordType
from ..exceptions import refused
from ..hub import LockHub
from ..manager import LockManager
from ..tuya_cloud import MAX_NAME, JsonValue
from ..wishes import CreatedCode, DigitsPool, PasswordWish, ScheduleWish
from .fields import aware, time_text
from .target import LockResult, Targets, admin_action, async_run, target_schema

ATTR_ACCEPT_UNENFORCED = "accept_unenforced"
ATTR_ALL = "all"
ATTR_ALLOW_ROUNDING = "allow_rounding"
ATTR_CODE = "code"
ATTR_CONFIRM = "confirm"
ATTR_DAILY_END = "daily_end"
ATTR_DAILY_START = "daily_start"
ATTR_DURATION = "duration"
ATTR_END = "end"
ATTR_NAME = "name"
ATTR_ONE_TIME = "one_time"
ATTR_PASSWORD = "password"
ATTR_START = "start"
ATTR_STATUSES = "statuses"
ATTR_TYPE = "type"
ATTR_TYPES = "types"
ATTR_WEEKDAYS = "weekdays"

# What a person may get wrong passes the schemas and is refused by the handlers: their
# errors are translated, and Home Assistant logs the data that a schema refuses.
SCHEDULE_FIELDS: VolDictType = {
    vol.Optional(ATTR_WEEKDAYS): vol.All(cv.ensure_list, [cv.string]),
    vol.Optional(ATTR_DAILY_START): cv.time,
    vol.Optional(ATTR_DAILY_END): cv.time,
    vol.Optional(ATTR_ACCEPT_UNENFORCED, default=False): cv.boolean,
}
CREATE_SCHEMA = target_schema(
    {
        vol.Optional(ATTR_TYPE, default="custom"): cv.string,
        vol.Required(ATTR_NAME): vol.All(cv.string, vol.Strip),
        vol.Optional(ATTR_START): cv.datetime,
        vol.Optional(ATTR_END): cv.datetime,
        vol.Optional(ATTR_DURATION): cv.time_period,
        vol.Optional(Secret(ATTR_CODE)): object,
        vol.Optional(ATTR_ONE_TIME, default=False): cv.boolean,
        vol.Optional(ATTR_ALLOW_ROUNDING, default=False): cv.boolean,
        **SCHEDULE_FIELDS,
    }
)
CLEAR_SCHEMA = target_schema(
    {
        vol.Optional(ATTR_PASSWORD): cv.string,
        vol.Optional(ATTR_ALL, default=False): cv.boolean,
        vol.Optional(ATTR_CONFIRM, default=False): cv.boolean,
    }
)
DELETE_SCHEMA = target_schema({vol.Required(ATTR_PASSWORD): cv.string})
LIST_SCHEMA = target_schema(
    {
        vol.Optional(ATTR_TYPES): vol.All(
            cv.ensure_list, [vol.In([kind.value for kind in PasswordType])]
        ),
        vol.Optional(ATTR_STATUSES): vol.All(
            cv.ensure_list, [vol.In([status.value for status in PasswordStatus])]
        ),
    }
)


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register the actions on passwords."""
    for name, handler, schema, response in (
        ("create_temp_password", _async_create, CREATE_SCHEMA, SupportsResponse.ONLY),
        ("issue_clear_code", _async_clear, CLEAR_SCHEMA, SupportsResponse.ONLY),
        ("delete_password", _async_delete, DELETE_SCHEMA, SupportsResponse.OPTIONAL),
        ("list_passwords", _async_list, LIST_SCHEMA, SupportsResponse.ONLY),
    ):
        hass.services.async_register(
            DOMAIN, name, admin_action(hass, handler), schema, response
        )


async def _async_create(call: ServiceCall, targets: Targets) -> ServiceResponse:
    """Make a code on each lock; random digits are the same where the length is."""
    wish = _wish(call.data)
    pool = DigitsPool()

    async def create(manager: LockManager, hub: LockHub) -> LockResult:
        return _created(await manager.async_create(hub, wish, pool))

    return await async_run(targets, create)


def _wish(data: dict[str, Any]) -> PasswordWish:
    """Read the fields; a code is taken as text only, a number has lost its zeros."""
    if data[ATTR_TYPE] not in PasswordType:
        raise refused("not_a_password_type")
    kind = PasswordType(data[ATTR_TYPE])
    code = chosen_code(data)
    _check_name(data[ATTR_NAME])
    if kind is not PasswordType.CUSTOM and code is not None:
        raise refused("code_only_for_custom")
    if kind is not PasswordType.CUSTOM and data[ATTR_ONE_TIME]:
        raise refused("one_time_only_for_custom")
    schedule = schedule_wish(data)
    if kind is not PasswordType.CUSTOM and schedule.is_given:
        raise refused("schedule_only_for_custom")
    return PasswordWish(
        type=kind,
        name=data[ATTR_NAME],
        start=aware(data.get(ATTR_START)),
        end=aware(data.get(ATTR_END)),
        duration=data.get(ATTR_DURATION),
        code=code,
        one_time=data[ATTR_ONE_TIME],
        allow_rounding=data[ATTR_ALLOW_ROUNDING],
        schedule=schedule,
    )


def schedule_wish(data: dict[str, Any]) -> ScheduleWish:
    """Read at which hours a code shall open."""
    weekdays: list[str] | None = data.get(ATTR_WEEKDAYS)
    return ScheduleWish(
        weekdays=None if weekdays is None else tuple(weekdays),
        daily_start=data.get(ATTR_DAILY_START),
        daily_end=data.get(ATTR_DAILY_END),
        accept_unenforced=data[ATTR_ACCEPT_UNENFORCED],
    )


def chosen_code(data: dict[str, Any]) -> str | None:
    """Return the digits that were chosen, if any; a number is no text."""
    code: object = data.get(ATTR_CODE)
    if code is not None and not isinstance(code, str):
        raise refused("code_not_text")
    return code


def _check_name(name: str) -> None:
    if not name:
        raise refused("name_empty")
    if len(name) > MAX_NAME:
        raise refused("name_too_long", length=str(MAX_NAME))
    if any(category(char) in {"Cc", "Cs"} for char in name):
        raise refused("name_not_printable")


async def _async_clear(call: ServiceCall, targets: Targets) -> ServiceResponse:
    """Issue a clearing code for one password, or, once confirmed, for all."""
    password: str | None = call.data.get(ATTR_PASSWORD)
    clear_all: bool = call.data[ATTR_ALL]
    if (password is not None) == clear_all:
        raise refused("clear_one_or_all")

    async def clear(manager: LockManager, hub: LockHub) -> LockResult:
        if password is not None:
            return _cleared(await manager.async_clear_one(hub, password))
        if not call.data[ATTR_CONFIRM]:
            guests = await manager.async_locked_out(hub)
            names: list[JsonValue] = [code.name for code in guests]
            return {"needs_confirmation": True, "would_lock_out": names}
        return _cleared(await manager.async_clear_all(hub))

    return await async_run(targets, clear)


async def _async_delete(call: ServiceCall, targets: Targets) -> ServiceResponse:
    """Delete a password on each lock."""

    async def delete(manager: LockManager, hub: LockHub) -> LockResult:
        deleted = await manager.async_delete(hub, call.data[ATTR_PASSWORD])
        return {
            "id": deleted.id,
            "name": deleted.name,
            "status": deleted.status.value,
            "already_gone": deleted.already_gone,
        }

    return await async_run(targets, delete)


async def _async_list(call: ServiceCall, targets: Targets) -> ServiceResponse:
    """List the codes of each lock as they were last read; digits are never in it."""
    types = call.data.get(ATTR_TYPES, list(PasswordType))
    statuses = call.data.get(ATTR_STATUSES, list(PasswordStatus))

    async def list_(manager: LockManager, hub: LockHub) -> LockResult:
        passwords: list[JsonValue] = [
            listed_password(code)
            for code in manager.passwords(hub)
            if code.type in types and code.status in statuses
        ]
        return {"passwords": passwords}

    return await async_run(targets, list_)


def _created(created: CreatedCode) -> LockResult:
    issued = created.issued
    return {
        "id": issued.id,
        "type": issued.type.value,
        "name": issued.name,
        "status": created.status.value,
        "code": created.code,
        "start": time_text(issued.start),
        "end": time_text(issued.end),
        "use_by": time_text(issued.use_by),
        "one_time": issued.one_time,
        "notes": list(created.notes),
    }


def _cleared(created: CreatedCode) -> LockResult:
    return {
        "id": created.issued.id,
        "code": created.code,
        "clears": list(created.clears),
        "use_by": time_text(created.issued.end),
        "notes": list(created.notes),
    }


def listed_password(code: Password) -> LockResult:
    """Return a password as the actions list it: never with its digits."""
    return {
        "id": code.id,
        "type": code.type.value,
        "name": code.name,
        "status": code.status.value,
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
    }
