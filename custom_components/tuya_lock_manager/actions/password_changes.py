"""Actions that change passwords which exist: update and freeze them."""

from dataclasses import replace
from typing import Any

from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.helpers import config_validation as cv
from probatio import Secret
import voluptuous as vol

from ..answers import Answers
from ..const import DOMAIN
from ..exceptions import refused
from ..hub import LockHub
from ..manager import LockManager
from ..wishes import ChangedPassword, DigitsPool, PasswordChange, ScheduleWish
from .delivering import WAIT_FIELDS, waiting_of
from .fields import aware, check_password_name
from .password_lists import listed_password
from .passwords import (
    ATTR_CODE,
    ATTR_DURATION,
    ATTR_END,
    ATTR_PASSWORD,
    ATTR_START,
    SCHEDULE_FIELDS,
    chosen_code,
    schedule_wish,
)
from .target import LockResult, Targets, admin_action, async_run, target_schema

ATTR_FROZEN = "frozen"
ATTR_NEW_CODE = "new_code"
ATTR_NEW_NAME = "new_name"

UPDATE_SCHEMA = target_schema(
    {
        vol.Required(ATTR_PASSWORD): cv.string,
        vol.Optional(ATTR_NEW_NAME): vol.All(cv.string, vol.Strip),
        vol.Optional(ATTR_START): cv.datetime,
        vol.Optional(ATTR_END): cv.datetime,
        vol.Optional(ATTR_DURATION): cv.time_period,
        vol.Optional(Secret(ATTR_CODE)): object,
        vol.Optional(ATTR_NEW_CODE, default=False): cv.boolean,
        **WAIT_FIELDS,
        **SCHEDULE_FIELDS,
    }
)
FREEZE_SCHEMA = target_schema(
    {
        vol.Required(ATTR_PASSWORD): cv.string,
        vol.Optional(ATTR_FROZEN, default=True): cv.boolean,
    }
)


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register the actions that change passwords."""
    for name, handler, schema in (
        ("update_password", _async_update, UPDATE_SCHEMA),
        ("freeze_password", _async_freeze, FREEZE_SCHEMA),
    ):
        hass.services.async_register(
            DOMAIN,
            name,
            admin_action(hass, handler),
            schema,
            SupportsResponse.OPTIONAL,
        )


async def _async_update(call: ServiceCall, targets: Targets) -> ServiceResponse:
    """Change a password on each lock; new random digits are the same where they can be."""
    change = password_change(call.data)
    waiting = waiting_of(call.data)
    pool, answers = DigitsPool(), Answers(asked_by=call.context)

    async def update(manager: LockManager, hub: LockHub) -> LockResult:
        changed = await manager.async_update(
            hub, call.data[ATTR_PASSWORD], change, pool, answers
        )
        known = await waiting.async_delivered(hub, changed.password.key)
        return _changed(replace(changed, password=known or changed.password))

    with waiting, answers:
        return await async_run(targets, update)


def password_change(data: dict[str, Any]) -> PasswordChange:
    """Read the fields of a change; raises ServiceValidationError."""
    change = PasswordChange(
        name=data.get(ATTR_NEW_NAME),
        start=aware(data.get(ATTR_START)),
        end=aware(data.get(ATTR_END)),
        duration=data.get(ATTR_DURATION),
        code=chosen_code(data),
        new_code=data[ATTR_NEW_CODE],
        schedule=schedule_wish(data),
    )
    check_password_name(change.name)
    if change.code is not None and change.new_code:
        raise refused("code_or_new_code")
    if replace(change, schedule=ScheduleWish()) == PasswordChange() and (
        not change.schedule.is_given
    ):
        raise refused("nothing_to_change")
    return change


async def _async_freeze(call: ServiceCall, targets: Targets) -> ServiceResponse:
    """Freeze or unfreeze a password on each lock."""

    async def freeze(manager: LockManager, hub: LockHub) -> LockResult:
        frozen: bool = call.data[ATTR_FROZEN]
        return _changed(
            await manager.async_freeze(hub, call.data[ATTR_PASSWORD], frozen=frozen)
        )

    return await async_run(targets, freeze)


def _changed(changed: ChangedPassword) -> LockResult:
    """Return the password as it is listed, with its digits only where they are new.

    What its host has to know is in `notes`, where there is something.
    """
    result = listed_password(changed.password)
    if changed.code is not None:
        result[ATTR_CODE] = changed.code
    if changed.notes:
        result["notes"] = list(changed.notes)
    return result
