"""What the tests of members and unlock methods share: people, and fingers at the door."""

from typing import Any

from homeassistant.util.json import JsonObjectType

from simulator.acts import ACTS
from simulator.json_types import JsonObject
from simulator.locks.members import Member, Method
from tests.acting import result_of
from tests.simulated import Home

MEMBER_ACTIONS: dict[str, dict[str, Any]] = {
    "list_members": {},
    "add_member": {"name": "Gardener"},
    "update_member": {"member": "Cleaner", "new_name": "Gardener"},
    "remove_member": {"member": "Cleaner"},
}
METHOD_ACTIONS: dict[str, dict[str, Any]] = {
    "list_unlock_methods": {},
    "update_unlock_method": {"method": "thumb", "new_name": "left thumb"},
    "remove_unlock_method": {"method": "blue card"},
    "enrol_unlock_method": {"member": "Cleaner", "type": "card"},
    "cancel_enrolment": {"type": "card"},
    "attach_record": {"record": "?", "member": "Cleaner"},
}

# What goes wrong after the work was done, and before it.
AFTER = ("reset_after", "broken_json")
BEFORE = ("reset", "http_5xx")


def resident(home: Home, lock: str, name: str) -> Member:
    """Return who has this name on the simulated lock."""
    (member,) = [
        member
        for member in home.lock(lock).people.members.values()
        if member.name == name
    ]
    return member


def methods_of(home: Home, lock: str, name: str | None) -> list[Method]:
    """Return the methods that the simulated lock has for somebody, or for nobody."""
    user_id = None if name is None else resident(home, lock, name).user_id
    return home.lock(lock).people.of(user_id)


def method_at(home: Home, lock: str, kind: str, slot: int) -> Method:
    """Return a method in the memory of the simulated lock."""
    method = home.lock(lock).people.method(kind, slot)
    assert method is not None
    return method


def act(home: Home, lock: str, what: str, **body: int | str) -> JsonObject:
    """Do something at a door; return what came of it."""
    answer = ACTS[what](home.world, home.lock(lock), dict(body))
    assert isinstance(answer, dict)
    return answer


def enters(home: Home, lock: str, name: str, kind: str = "fingerprint") -> object:
    """Have somebody present a finger or a card, and tell whether the door opened."""
    return act(home, lock, "method", member=name, kind=kind)["opened"]


async def async_do(home: Home, action: str, lock: str, **data: Any) -> JsonObjectType:
    """Call an action for one lock and return its result."""
    return result_of(await home.async_act(action, lock, **data), lock)


async def async_members(
    home: Home, lock: str, **data: Any
) -> dict[str, JsonObjectType]:
    """Return what the action lists of the members of one lock, by name."""
    members = (await async_do(home, "list_members", lock, **data))["members"]
    assert isinstance(members, list)
    listed = [member for member in members if isinstance(member, dict)]
    assert len(listed) == len(members)
    return {str(member["name"]): member for member in listed}


async def async_methods(
    home: Home, lock: str, **data: Any
) -> dict[str, JsonObjectType]:
    """Return what the action lists of the unlock methods of one lock, by their ids."""
    methods = (await async_do(home, "list_unlock_methods", lock, **data))["methods"]
    assert isinstance(methods, list)
    listed = [method for method in methods if isinstance(method, dict)]
    assert len(listed) == len(methods)
    return {str(method["id"]): method for method in listed}


def part(result: JsonObjectType, key: str) -> JsonObjectType:
    """Return an object within a result."""
    inner = result[key]
    assert isinstance(inner, dict)
    return inner


def changes(home: Home) -> int:
    """Return how many changes were sent to the cloud."""
    return sum(request.method != "GET" for request in home.world.requests.entries)


def strike(home: Home, fault: str, calls: str = "methods") -> None:
    """Let a fault befall each kind of change once."""
    for method in ("POST", "PUT", "DELETE"):
        home.world.faults.parse(f"{fault}:calls={calls},method={method},count=1")


async def async_open_by_nobody(home: Home, lock: str) -> str:
    """Have an unassigned finger open; return the id of the record."""
    act(home, lock, "method", slot=3)
    record = home.lock(lock).records.records[-1]
    assert record.user_id == ""
    return record.id
