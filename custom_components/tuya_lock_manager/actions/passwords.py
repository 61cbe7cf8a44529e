"""Actions that make codes: passwords, and the codes that clear them."""

from typing import Any

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

from ..answers import Answers
from ..const import DOMAIN
from ..domain.passwords import Password, PasswordType
from ..exceptions import refused
from ..hub import LockHub
from ..manager import LockManager
from ..tuya_cloud import JsonValue
from ..wishes import (
    CreatedCode,
    DigitsPool,
    PasswordWish,
    ScheduleWish,
    differ_in_length,
)
from .delivering import WAIT_FIELDS, Together, together_told, waiting_of
from .fields import aware, check_password_name, check_reference, time_text
from .target import LockResult, Targets, admin_action, async_run, target_schema

ATTR_ACCEPT_UNENFORCED = "accept_unenforced"
ATTR_ALL = "all"
ATTR_ALL_OR_NOTHING = "all_or_nothing"
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
ATTR_REFERENCE = "reference"
ATTR_START = "start"
ATTR_TYPE = "type"
ATTR_WEEKDAYS = "weekdays"

# What a person may get wrong passes the schemas and is refused by the handlers: their
# errors are translated, and Home Assistant logs the data that a schema refuses.
CODE_FIELDS: VolDictType = {
    vol.Required(ATTR_NAME): vol.All(cv.string, vol.Strip),
    vol.Optional(ATTR_START): cv.datetime,
    vol.Optional(ATTR_END): cv.datetime,
    vol.Optional(ATTR_DURATION): cv.time_period,
    vol.Optional(Secret(ATTR_CODE)): object,
    vol.Optional(ATTR_ONE_TIME, default=False): cv.boolean,
}
SCHEDULE_FIELDS: VolDictType = {
    vol.Optional(ATTR_WEEKDAYS): vol.All(cv.ensure_list, [cv.string]),
    vol.Optional(ATTR_DAILY_START): cv.time,
    vol.Optional(ATTR_DAILY_END): cv.time,
    vol.Optional(ATTR_ACCEPT_UNENFORCED, default=False): cv.boolean,
}
CREATE_SCHEMA = target_schema(
    {
        vol.Optional(ATTR_TYPE, default="custom"): cv.string,
        **CODE_FIELDS,
        vol.Optional(ATTR_ALLOW_ROUNDING, default=False): cv.boolean,
        vol.Optional(ATTR_REFERENCE): vol.All(cv.string, vol.Strip),
        vol.Optional(ATTR_ALL_OR_NOTHING, default=False): cv.boolean,
        **WAIT_FIELDS,
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


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register the actions that make codes."""
    for name, handler, schema in (
        ("create_temp_password", _async_create, CREATE_SCHEMA),
        ("issue_clear_code", _async_clear, CLEAR_SCHEMA),
    ):
        hass.services.async_register(
            DOMAIN, name, admin_action(hass, handler), schema, SupportsResponse.ONLY
        )


async def _async_create(call: ServiceCall, targets: Targets) -> ServiceResponse:
    """Make a code on each lock; random digits are the same where the length is."""
    wish = password_wish(call.data)
    waiting = waiting_of(call.data)
    pool, together = DigitsPool(), Together()
    answers = Answers(asked_by=call.context)
    made: list[CreatedCode] = []
    if call.data[ATTR_ALL_OR_NOTHING]:
        together.check(targets, wish)

    async def create(manager: LockManager, hub: LockHub) -> LockResult:
        with together_told(wish):
            created = await manager.async_create(hub, wish, pool, answers)
        made.append(created)
        together.add(manager, hub, created)
        known = await waiting.async_delivered(hub, created.issued.key)
        return created_password(created, known if waiting.limit else None)

    with waiting, answers:
        response = await async_run(targets, create)
        if call.data[ATTR_ALL_OR_NOTHING]:
            await together.async_take_back(targets, response)
    if wish.type is PasswordType.CUSTOM:
        note_lengths(response, made)
    return response


def note_lengths(response: ServiceResponse, made: list[CreatedCode]) -> None:
    """Say in each result that the locks of one call got codes of different length."""
    if response and differ_in_length(made):
        for result in response.values():
            match result:
                case {"notes": list(notes)}:
                    notes.append("other_length_than_others")


def password_wish(data: dict[str, Any]) -> PasswordWish:
    """Read the fields; a code is taken as text only, a number has lost its zeros.

    Raises ServiceValidationError.
    """
    if data[ATTR_TYPE] not in PasswordType:
        raise refused("not_a_password_type")
    kind = PasswordType(data[ATTR_TYPE])
    code = chosen_code(data)
    check_password_name(data[ATTR_NAME], empty="name_empty")
    if kind is not PasswordType.CUSTOM and code is not None:
        raise refused("code_only_for_custom")
    if kind is not PasswordType.CUSTOM and data[ATTR_ONE_TIME]:
        raise refused("one_time_only_for_custom")
    schedule = schedule_wish(data)
    if kind is not PasswordType.CUSTOM and schedule.is_given:
        raise refused("schedule_only_for_custom")
    check_reference(data.get(ATTR_REFERENCE))
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
        reference=data.get(ATTR_REFERENCE),
        all_or_nothing=data.get(ATTR_ALL_OR_NOTHING, False),
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


async def _async_clear(call: ServiceCall, targets: Targets) -> ServiceResponse:
    """Issue a clearing code for one password, or, once confirmed, for all."""
    password: str | None = call.data.get(ATTR_PASSWORD)
    clear_all: bool = call.data[ATTR_ALL]
    if (password is not None) == clear_all:
        raise refused("clear_one_or_all")

    answers = Answers(asked_by=call.context)

    async def clear(manager: LockManager, hub: LockHub) -> LockResult:
        if password is not None:
            return _cleared(await manager.async_clear_one(hub, password, answers))
        if not call.data[ATTR_CONFIRM]:
            guests = await manager.async_locked_out(hub)
            names: list[JsonValue] = [code.name for code in guests]
            return {"needs_confirmation": True, "would_lock_out": names}
        return _cleared(await manager.async_clear_all(hub, answers))

    with answers:
        return await async_run(targets, clear)


def created_password(created: CreatedCode, known: Password | None = None) -> LockResult:
    """Return a code that was just made: the one answer that has its digits.

    `known` is how far it is after waiting for the lock.
    """
    issued = created.issued
    status = known.status if known else created.status
    return {
        "id": issued.id,
        "type": issued.type.value,
        "name": issued.name,
        "status": status.value,
        "code": created.code,
        "failure": known.failure.value if known and known.failure else None,
        "reference": issued.reference,
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
