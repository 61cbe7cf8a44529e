"""Actions on template passwords: list, create and delete them."""

from typing import Any

from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.helpers import config_validation as cv
import voluptuous as vol

from ..answers import Answers
from ..const import DOMAIN
from ..domain.passwords import PasswordType
from ..exceptions import refused
from ..hub import LockHub
from ..manager import LockManager
from ..templates import ListedTemplate
from ..tuya_cloud import JsonValue, TemplateState
from ..wishes import CreatedCode, DigitsPool, PasswordWish
from .fields import ATTR_LIMIT, ATTR_OFFSET, Page, aware, check_password_name, time_text
from .password_lists import deleted_password
from .passwords import (
    ATTR_DURATION,
    ATTR_END,
    ATTR_NAME,
    ATTR_ONE_TIME,
    ATTR_PASSWORD,
    ATTR_START,
    CODE_FIELDS,
    SCHEDULE_FIELDS,
    chosen_code,
    created_password,
    note_lengths,
    schedule_wish,
)
from .target import LockResult, Targets, admin_action, async_run, target_schema

ATTR_CHECK_NAME = "check_name"
ATTR_STATE = "state"

DEFAULT_LIMIT = 100
MOST = 500

LIST_SCHEMA = target_schema(
    {
        vol.Optional(ATTR_PASSWORD): cv.string,
        vol.Optional(ATTR_STATE, default="all"): cv.string,
        vol.Optional(ATTR_OFFSET, default=0): object,
        vol.Optional(ATTR_LIMIT, default=DEFAULT_LIMIT): object,
    }
)
CREATE_SCHEMA = target_schema(
    {
        **CODE_FIELDS,
        vol.Optional(ATTR_CHECK_NAME, default=False): cv.boolean,
        **SCHEDULE_FIELDS,
    }
)
DELETE_SCHEMA = target_schema({vol.Required(ATTR_PASSWORD): cv.string})


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register the actions on template passwords."""
    only, optional = SupportsResponse.ONLY, SupportsResponse.OPTIONAL
    for name, handler, schema, response in (
        ("list_template_passwords", _async_list, LIST_SCHEMA, only),
        ("create_template_password", _async_create, CREATE_SCHEMA, only),
        ("delete_template_password", _async_delete, DELETE_SCHEMA, optional),
    ):
        hass.services.async_register(
            DOMAIN, name, admin_action(hass, handler), schema, response
        )


async def _async_list(call: ServiceCall, targets: Targets) -> ServiceResponse:
    """List the template passwords of each lock, or tell all about one of them."""
    password: str | None = call.data.get(ATTR_PASSWORD)
    if call.data[ATTR_STATE] not in TemplateState:
        raise refused("not_a_template_state")
    state = TemplateState(call.data[ATTR_STATE])
    page = Page.of(call.data, MOST)

    async def list_(manager: LockManager, hub: LockHub) -> LockResult:
        if password is not None:
            return _detail(await manager.templates.async_detail(hub, password))
        found = await manager.templates.async_list(hub, state)
        passwords: list[JsonValue] = [_listed(template) for template in page.cut(found)]
        return {"passwords": passwords, **page.view(len(found))}

    return await async_run(targets, list_)


async def _async_create(call: ServiceCall, targets: Targets) -> ServiceResponse:
    """Make a code on each lock; random digits are the same where the length is."""
    wish = _wish(call.data)
    pool, answers = DigitsPool(), Answers(asked_by=call.context)
    made: list[CreatedCode] = []

    async def create(manager: LockManager, hub: LockHub) -> LockResult:
        made.append(await manager.templates.async_create(hub, wish, pool, answers))
        return created_password(made[-1])

    with answers:
        response = await async_run(targets, create)
    note_lengths(response, made)
    return response


def _wish(data: dict[str, Any]) -> PasswordWish:
    check_password_name(data[ATTR_NAME], empty="name_empty")
    return PasswordWish(
        type=PasswordType.CUSTOM,
        name=data[ATTR_NAME],
        start=aware(data.get(ATTR_START)),
        end=aware(data.get(ATTR_END)),
        duration=data.get(ATTR_DURATION),
        code=chosen_code(data),
        one_time=data[ATTR_ONE_TIME],
        check_name=data[ATTR_CHECK_NAME],
        schedule=schedule_wish(data),
    )


async def _async_delete(call: ServiceCall, targets: Targets) -> ServiceResponse:
    """Delete a template password on each lock."""

    async def delete(manager: LockManager, hub: LockHub) -> LockResult:
        return deleted_password(
            await manager.templates.async_delete(hub, call.data[ATTR_PASSWORD])
        )

    return await async_run(targets, delete)


def _listed(listed: ListedTemplate) -> LockResult:
    """Return an entry as the action lists it: never with its digits or phone number."""
    template, password = listed.template, listed.password
    return {
        "id": template.id,
        "type": password.type.value,
        "name": template.name,
        "status": password.status.value,
        "one_time": template.one_time,
        "created": time_text(template.created),
        "start": time_text(template.start),
        "end": time_text(template.end),
        "made_here": password.made_here,
    }


def _detail(listed: ListedTemplate) -> LockResult:
    template, password = listed.template, listed.password
    devices: list[JsonValue] = list(template.device_ids)
    return {
        **_listed(listed),
        "operation": template.operation.value if template.operation else None,
        "delivery": template.delivery.value if template.delivery else None,
        "confirmed_by_lock": template.on_lock,
        "slot": template.slot,
        "devices": devices,
        "periodic": password.periodic or bool(template.schedule_raw),
        "schedule": dict(password.schedule.to_dict()) if password.schedule else None,
    }
