"""Actions on unlock methods: list, change, enrol and remove them, and name who opened."""

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

from ..const import DOMAIN
from ..enrolment import PRESENT_WITHIN, EnrolmentWish
from ..exceptions import refused
from ..hub import LockHub
from ..manager import LockManager
from ..tuya_cloud import JsonValue, UnlockType
from ..unlock_methods import MethodChange
from .fields import check_new_name, time_text
from .members import ATTR_MEMBER, ATTR_NEW_NAME, TEXT, method_view
from .target import LockResult, Targets, admin_action, async_run, target_schema

ATTR_ASSIGN_TO = "assign_to"
ATTR_CODE = "code"
ATTR_DURESS = "duress"
ATTR_METHOD = "method"
ATTR_RECORD = "record"
ATTR_TYPE = "type"
ATTR_UNASSIGN = "unassign"
ATTR_UNASSIGNED = "unassigned"
ATTR_WAIT = "wait"

# What the documents name for enrolling.
ENROLLED_TYPES = (
    UnlockType.FINGERPRINT,
    UnlockType.CARD,
    UnlockType.FACE,
    UnlockType.PASSWORD,
)

LIST_SCHEMA = target_schema(
    {
        vol.Optional(ATTR_MEMBER): TEXT,
        vol.Optional(ATTR_UNASSIGNED, default=False): cv.boolean,
    }
)
UPDATE_SCHEMA = target_schema(
    {
        vol.Required(ATTR_METHOD): TEXT,
        vol.Optional(ATTR_MEMBER): TEXT,
        vol.Optional(ATTR_NEW_NAME): TEXT,
        vol.Optional(ATTR_DURESS): cv.boolean,
        vol.Optional(ATTR_ASSIGN_TO): TEXT,
        vol.Optional(ATTR_UNASSIGN, default=False): cv.boolean,
    }
)
REMOVE_SCHEMA = target_schema(
    {vol.Required(ATTR_METHOD): TEXT, vol.Optional(ATTR_MEMBER): TEXT}
)
# A code passes as whatever it is: what a schema refuses, Home Assistant logs.
ENROL_SCHEMA = target_schema(
    {
        vol.Required(ATTR_MEMBER): TEXT,
        vol.Required(ATTR_TYPE): cv.string,
        vol.Optional(Secret(ATTR_CODE)): object,
        vol.Optional(ATTR_WAIT, default=False): cv.boolean,
    }
)
CANCEL_SCHEMA = target_schema({vol.Required(ATTR_TYPE): cv.string})
ATTACH_SCHEMA = target_schema(
    {vol.Required(ATTR_RECORD): TEXT, vol.Required(ATTR_MEMBER): TEXT}
)


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register the actions on unlock methods."""
    only, optional = SupportsResponse.ONLY, SupportsResponse.OPTIONAL
    for name, handler, schema, response in (
        ("list_unlock_methods", _async_list, LIST_SCHEMA, only),
        ("update_unlock_method", _async_update, UPDATE_SCHEMA, optional),
        ("remove_unlock_method", _async_remove, REMOVE_SCHEMA, optional),
        ("enrol_unlock_method", _async_enrol, ENROL_SCHEMA, optional),
        ("cancel_enrolment", _async_cancel, CANCEL_SCHEMA, optional),
        ("attach_record", _async_attach, ATTACH_SCHEMA, optional),
    ):
        hass.services.async_register(
            DOMAIN, name, admin_action(hass, handler), schema, response
        )


async def _async_list(call: ServiceCall, targets: Targets) -> ServiceResponse:
    """List the methods of a member, of nobody, or all of each lock, read anew."""
    who: str | None = call.data.get(ATTR_MEMBER)
    unassigned: bool = call.data[ATTR_UNASSIGNED]
    if who is not None and unassigned:
        raise refused("member_or_unassigned")

    async def list_(manager: LockManager, hub: LockHub) -> LockResult:
        methods, waiting = await manager.methods.async_list(
            hub, who, unassigned=unassigned
        )
        views: list[JsonValue] = [method_view(method) for method in methods]
        any_waiting = None if waiting is None else waiting > 0
        return {"methods": views, "waiting": waiting, "any_waiting": any_waiting}

    return await async_run(targets, list_)


async def _async_update(call: ServiceCall, targets: Targets) -> ServiceResponse:
    """Change a method on each lock."""
    change = MethodChange(
        name=call.data.get(ATTR_NEW_NAME),
        duress=call.data.get(ATTR_DURESS),
        assign_to=call.data.get(ATTR_ASSIGN_TO),
        unassign=call.data[ATTR_UNASSIGN],
    )
    check_new_name(change.name)
    if change.assign_to is not None and change.unassign:
        raise refused("assign_or_unassign")
    if change == MethodChange():
        raise refused("nothing_to_change")

    async def update(manager: LockManager, hub: LockHub) -> LockResult:
        changed = await manager.methods.async_update(
            hub, call.data[ATTR_METHOD], call.data.get(ATTR_MEMBER), change
        )
        return {**method_view(changed.method), "confirmed": changed.confirmed}

    return await async_run(targets, update)


async def _async_remove(call: ServiceCall, targets: Targets) -> ServiceResponse:
    """Remove a member's method from each lock."""

    async def remove(manager: LockManager, hub: LockHub) -> LockResult:
        removed = await manager.methods.async_remove(
            hub, call.data[ATTR_METHOD], call.data.get(ATTR_MEMBER)
        )
        view = method_view(removed.method)
        return {
            **{key: view[key] for key in ("id", "name", "member")},
            "status": "removed" if removed.gone else "removing",
            "already_gone": removed.already_gone,
        }

    return await async_run(targets, remove)


async def _async_enrol(call: ServiceCall, targets: Targets) -> ServiceResponse:
    """Start to enrol a method on each lock, and wait for it where that is wished."""
    kind = _type(call, ENROLLED_TYPES)
    code: object = call.data.get(ATTR_CODE)
    if kind is UnlockType.PASSWORD and code is None:
        raise refused("password_needs_code")
    if kind is not UnlockType.PASSWORD and code is not None:
        raise refused("code_only_for_password")
    wish = EnrolmentWish(
        member=call.data[ATTR_MEMBER], type=kind, code=code, wait=call.data[ATTR_WAIT]
    )

    async def enrol(manager: LockManager, hub: LockHub) -> LockResult:
        enrolment = await manager.methods.async_enrol(hub, wish)
        present = kind is not UnlockType.PASSWORD and enrolment.method is None
        return {
            "member": enrolment.person.name,
            "member_id": enrolment.person.id,
            "status": enrolment.status.value,
            "present_within": PRESENT_WITHIN if present else None,
            "method": method_view(enrolment.method) if enrolment.method else None,
        }

    return await async_run(targets, enrol)


def _type(call: ServiceCall, types: tuple[UnlockType, ...]) -> UnlockType:
    text: str = call.data[ATTR_TYPE]
    if text not in types:
        raise refused("not_an_unlock_type")
    return UnlockType(text)


async def _async_cancel(call: ServiceCall, targets: Targets) -> ServiceResponse:
    """Call off the enrolment that each lock is waiting for."""
    kind = _type(call, ENROLLED_TYPES)

    async def cancel(manager: LockManager, hub: LockHub) -> LockResult:
        await manager.methods.async_cancel(hub, kind)
        return {"status": "cancelled"}

    return await async_run(targets, cancel)


async def _async_attach(call: ServiceCall, targets: Targets) -> ServiceResponse:
    """Say who opened, for an opening of a lock that nobody is named for."""

    async def attach(manager: LockManager, hub: LockHub) -> LockResult:
        record, person = await manager.methods.async_attach_record(
            hub, call.data[ATTR_RECORD], call.data[ATTR_MEMBER]
        )
        return {
            "record": record.id,
            "time": time_text(record.time),
            "member": person.name,
            "member_id": person.id,
        }

    return await async_run(targets, attach)
