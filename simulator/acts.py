"""What a person can do at a lock, for the control API."""

from collections.abc import Callable

from .control_fields import flag, number
from .errors import UsageError
from .json_types import JsonObject, JsonValue, text, truth
from .locks.delivery import app_nearby, connect, cut_off, wake
from .locks.enrolment import add_method, present
from .locks.keypad import type_code
from .locks.lock import Lock
from .locks.members import METHOD_KINDS, Member, Method, Role
from .locks.passwords import Outcome
from .locks.reports import alarm, doorbell, method_opened, touches
from .world import World

type Act = Callable[[World, Lock, JsonObject], JsonValue]


def _keypad(_: World, lock: Lock, body: JsonObject) -> JsonValue:
    code = body.get("code")
    if not isinstance(code, str) or not code:
        raise UsageError("code is the text that is typed")
    return type_code(lock, code).as_json()


def _wake(_: World, lock: Lock, __: JsonObject) -> JsonValue:
    return {"delivered": wake(lock, lock.now)}


def _app_nearby(_: World, lock: Lock, __: JsonObject) -> JsonValue:
    return {"delivered": app_nearby(lock, lock.now)}


def _alarm(_: World, lock: Lock, body: JsonObject) -> JsonValue:
    record = alarm(lock, text(body.get("type")) or "pry", lock.now)
    wake(lock, lock.now)
    return {"reported": record is not None, "record_id": record.id if record else None}


def _doorbell(_: World, lock: Lock, __: JsonObject) -> JsonValue:
    record = doorbell(lock, lock.now)
    if "unlock_request" in lock.device.codes() and lock.in_touch:
        lock.device.put("unlock_request", 60, lock.now, touch=touches(lock))
    wake(lock, lock.now)
    return {"reported": record is not None, "record_id": record.id if record else None}


def _find_method(lock: Lock, body: JsonObject, kind: str) -> Method:
    slot, wanted = number(body, "slot", 0), text(body.get("member"))
    for method in lock.people.methods:
        if method.kind != kind or (slot is not None and method.slot != slot):
            continue
        member = lock.people.members.get(method.user_id or "")
        if wanted and (member is None or wanted not in {member.user_id, member.name}):
            continue
        return method
    raise UsageError(f"no such {kind}")


def _method(_: World, lock: Lock, body: JsonObject) -> JsonValue:
    kind = text(body.get("kind")) or "fingerprint"
    method = _find_method(lock, body, kind)
    member = lock.people.members.get(method.user_id or "")
    opened = member is None or member.effective_flag(lock.own_time(lock.now)) == 1
    if opened:
        method_opened(lock, method, lock.now)
    wake(lock, lock.now)
    return {"opened": opened, "slot": method.slot, "user_id": method.user_id}


def _cut_off(_: World, lock: Lock, body: JsonObject) -> JsonValue:
    cut_off(lock, online_flag=truth(body.get("online", False)))
    return {"connected": False, "online": lock.device.online}


def _connect(_: World, lock: Lock, __: JsonObject) -> JsonValue:
    connect(lock, lock.now)
    return {"connected": True, "online": lock.device.online}


def _battery(_: World, lock: Lock, body: JsonObject) -> JsonValue:
    percent, state = number(body, "percent", -1, 1000), text(body.get("state"))
    if percent is None and not state:
        raise UsageError("percent or state")
    if percent is not None:
        lock.device.put("residual_electricity", percent, lock.now, touch=touches(lock))
    if state:
        lock.device.put("battery_state", state, lock.now, touch=touches(lock))
    return {
        code: lock.device.status.get(code)
        for code in ("residual_electricity", "battery_state")
    }


def _status(_: World, lock: Lock, body: JsonObject) -> JsonValue:
    for code, value in body.items():
        lock.device.status[code] = value
        lock.device.times[code] = lock.now
    return dict(lock.device.status)


def _settings(_: World, lock: Lock, body: JsonObject) -> JsonValue:
    """Set name, time zone, capacity, length of codes or the online flag."""
    digits, capacity = number(body, "digits", 1, 15), number(body, "capacity", 0)
    online = flag(body, "online")
    if "name" in body:
        lock.device.name = text(body["name"])
    if "time_zone" in body:
        lock.device.time_zone = text(body["time_zone"])
    if "capacity" in body:
        lock.capacity = capacity
    if "digits" in body:
        lock.digits = digits
    if "online" in body:
        lock.device.online = online
    return lock.as_json()


def _next_delivery(_: World, lock: Lock, body: JsonObject) -> JsonValue:
    """Decide what becomes of the next deliveries to a lock."""
    wanted = body.get("outcomes")
    names = {outcome.name.lower(): outcome for outcome in Outcome}
    if not isinstance(wanted, list) or any(text(name) not in names for name in wanted):
        raise UsageError(f"outcomes is a list of: {', '.join(names)}")
    lock.forced = [names[text(name)] for name in wanted]
    return {"outcomes": [outcome.name.lower() for outcome in lock.forced]}


def _present(_: World, lock: Lock, __: JsonObject) -> JsonValue:
    """Present a finger or a card to a lock that waits for one."""
    method = present(lock)
    return {"enrolled": method is not None, "slot": method.slot if method else None}


def _new_method(_: World, lock: Lock, body: JsonObject) -> JsonValue:
    """Enrol a method at the lock itself; it waits for an owner."""
    kind = text(body.get("kind")) or "fingerprint"
    if kind not in METHOD_KINDS:
        raise UsageError(f"kind is one of: {', '.join(METHOD_KINDS)}")
    method = add_method(lock, kind, None, text(body.get("code")) or None)
    return {"kind": method.kind, "slot": method.slot}


def _members(_: World, lock: Lock, body: JsonObject) -> JsonValue:
    """Edit people as the app does: {"add": {…}} or {"remove": name or id}."""
    added, removed = body.get("add"), text(body.get("remove"))
    members = lock.people.members
    if isinstance(added, dict):
        role = text(added.get("role")) or "normal"
        if role not in set(Role):
            raise UsageError(f"role is one of: {', '.join(Role)}")
        member = Member(
            user_id=lock.around.word(10),
            name=text(added.get("name")) or "member",
            lock_user_id=max((m.lock_user_id for m in members.values()), default=0) + 1,
            uid=text(added.get("uid")),
            role=Role(role),
        )
        members[member.user_id] = member
    elif removed:
        found = [m for m in members.values() if removed in {m.user_id, m.name}]
        if len(found) != 1:
            raise UsageError(f"{len(found)} members are called {removed}")
        del members[found[0].user_id]
    else:
        raise UsageError("add or remove")
    return lock.as_json()["members"]


def _read_marks(_: World, lock: Lock, __: JsonObject) -> JsonValue:
    """Mark every record as read, as somebody looking at the app does."""
    for record in lock.records.records:
        record.read = True
    return {"unread": lock.records.unread(alarms_only=False)}


ACTS: dict[str, Act] = {
    "keypad": _keypad,
    "wake": _wake,
    "app-nearby": _app_nearby,
    "alarm": _alarm,
    "doorbell": _doorbell,
    "fingerprint": _method,
    "method": _method,
    "cut-off": _cut_off,
    "connect": _connect,
    "battery": _battery,
    "status": _status,
    "settings": _settings,
    "delivery": _next_delivery,
    "read": _read_marks,
    "present": _present,
    "enrol": _new_method,
    "members": _members,
}
