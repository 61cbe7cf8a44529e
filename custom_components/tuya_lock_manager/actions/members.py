"""Actions on members: list, add, update and remove them."""

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

from ..const import DOMAIN
from ..domain.methods import OwnedMethod
from ..domain.people import Person, delivery_state
from ..exceptions import refused
from ..hub import LockHub
from ..manager import LockManager
from ..people import ChangedMember, MemberChange
from ..tuya_cloud import JsonValue, MemberRole
from .fields import ATTR_LIMIT, ATTR_OFFSET, Page, aware, check_new_name, time_text
from .target import LockResult, Targets, admin_action, async_run, target_schema

ATTR_DETAILS = "details"
ATTR_END = "end"
ATTR_KIND = "kind"
ATTR_MEMBER = "member"
ATTR_NAME = "name"
ATTR_NEW_NAME = "new_name"
ATTR_PERMANENT = "permanent"
ATTR_ROLE = "role"
ATTR_START = "start"

DEFAULT_LIMIT = 100
MOST = 500

KIND_ALL = "all"
KINDS = (KIND_ALL, "family", "panel")
ROLES = {"admin": True, "normal": False}

TEXT = vol.All(cv.string, vol.Strip)

LIST_SCHEMA = target_schema(
    {
        vol.Optional(ATTR_KIND, default=KIND_ALL): cv.string,
        vol.Optional(ATTR_DETAILS, default=False): cv.boolean,
        vol.Optional(ATTR_OFFSET, default=0): object,
        vol.Optional(ATTR_LIMIT, default=DEFAULT_LIMIT): object,
    }
)
ADD_SCHEMA = target_schema({vol.Required(ATTR_NAME): TEXT})
UPDATE_SCHEMA = target_schema(
    {
        vol.Required(ATTR_MEMBER): TEXT,
        vol.Optional(ATTR_NEW_NAME): TEXT,
        vol.Optional(ATTR_ROLE): cv.string,
        vol.Optional(ATTR_START): cv.datetime,
        vol.Optional(ATTR_END): cv.datetime,
        vol.Optional(ATTR_PERMANENT, default=False): cv.boolean,
    }
)
REMOVE_SCHEMA = target_schema({vol.Required(ATTR_MEMBER): TEXT})


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register the actions on members."""
    for name, handler, schema, response in (
        ("list_members", _async_list, LIST_SCHEMA, SupportsResponse.ONLY),
        ("add_member", _async_add, ADD_SCHEMA, SupportsResponse.OPTIONAL),
        ("update_member", _async_update, UPDATE_SCHEMA, SupportsResponse.OPTIONAL),
        ("remove_member", _async_remove, REMOVE_SCHEMA, SupportsResponse.OPTIONAL),
    ):
        hass.services.async_register(
            DOMAIN, name, admin_action(hass, handler), schema, response
        )


async def _async_list(call: ServiceCall, targets: Targets) -> ServiceResponse:
    """List the members of each lock, read anew; the only answer with their contacts."""
    kind: str = call.data[ATTR_KIND]
    if kind not in KINDS:
        raise refused("not_a_member_kind")
    page = Page.of(call.data, MOST)

    async def list_(manager: LockManager, hub: LockHub) -> LockResult:
        people = await manager.people.async_list(hub)
        counts = {"family": people.family, "panel": people.panel}
        if counts.get(kind, 0) is None:
            raise refused("members_of_kind_not_told", lock=hub.name)
        wanted = [one for one in people.members if kind in {KIND_ALL, one.kind}]
        listed: list[JsonValue] = []
        for person in page.cut(wanted):
            view = {**member_view(hub, person), "contact": person.contact or None}
            if call.data[ATTR_DETAILS]:
                methods = await manager.methods.async_of(hub, person)
                view["methods"] = [method_view(method) for method in methods]
            listed.append(view)
        return {
            "members": listed,
            "count": {**counts},
            **page.view(len(wanted)),
        }

    return await async_run(targets, list_)


async def _async_add(call: ServiceCall, targets: Targets) -> ServiceResponse:
    """Add a member to each lock."""
    name: str = call.data[ATTR_NAME]
    check_new_name(name)

    async def add(manager: LockManager, hub: LockHub) -> LockResult:
        return _changed(hub, await manager.people.async_add(hub, name))

    return await async_run(targets, add)


async def _async_update(call: ServiceCall, targets: Targets) -> ServiceResponse:
    """Change a member of each lock."""
    change = _change(call.data)

    async def update(manager: LockManager, hub: LockHub) -> LockResult:
        who: str = call.data[ATTR_MEMBER]
        return _changed(hub, await manager.people.async_update(hub, who, change))

    return await async_run(targets, update)


def _change(data: dict[str, Any]) -> MemberChange:
    role: str | None = data.get(ATTR_ROLE)
    if role is not None and role not in ROLES:
        raise refused("not_a_role")
    check_new_name(data.get(ATTR_NEW_NAME))
    change = MemberChange(
        name=data.get(ATTR_NEW_NAME),
        admin=None if role is None else ROLES[role],
        start=aware(data.get(ATTR_START)),
        end=aware(data.get(ATTR_END)),
        permanent=data[ATTR_PERMANENT],
    )
    if change.permanent and change.has_window:
        raise refused("permanent_or_window")
    if change == MemberChange():
        raise refused("nothing_to_change")
    return change


async def _async_remove(call: ServiceCall, targets: Targets) -> ServiceResponse:
    """Remove a member from each lock, with their unlock methods."""

    async def remove(manager: LockManager, hub: LockHub) -> LockResult:
        removed = await manager.people.async_remove(hub, call.data[ATTR_MEMBER])
        return {
            "id": removed.person.id,
            "name": removed.person.name,
            "status": "removed" if removed.gone else "removing",
            "already_gone": removed.already_gone,
        }

    return await async_run(targets, remove)


def _changed(hub: LockHub, changed: ChangedMember) -> LockResult:
    return {**member_view(hub, changed.person), "confirmed": changed.confirmed}


def member_view(hub: LockHub, person: Person) -> LockResult:
    """Return a member as the actions answer one."""
    effect, window = person.effect(hub.client.now()), person.window
    role: MemberRole | None = person.role
    state = None if window is None else delivery_state(window.delivery)
    return {
        "id": person.id,
        "name": person.name,
        "kind": person.kind.value,
        "role": role.value if role else None,
        "effective": effect.value if effect else None,
        "window": None
        if window is None
        else {
            "permanent": window.permanent,
            "start": None if window.permanent else time_text(window.start),
            "end": None if window.permanent else time_text(window.end),
            "state": state.value if state else None,
        },
    }


def method_view(method: OwnedMethod) -> LockResult:
    """Return an unlock method as the actions answer one."""
    state, owner = method.state, method.owner
    return {
        "id": method.id,
        "type": method.type,
        "number": method.number,
        "name": method.name,
        "member": owner.name if owner else None,
        "member_id": owner.id if owner else None,
        "special": method.method.special,
        "duress": method.duress,
        "state": state.value if state else None,
    }
