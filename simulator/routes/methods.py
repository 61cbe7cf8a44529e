"""Unlock methods of members (protocol reference, section 3.3)."""

from ..errors import ApiError
from ..json_types import JsonObject, JsonValue, text
from ..locks import enrolment
from ..locks.lock import Lock
from ..locks.members import METHOD_KINDS, Method
from ..routing import Call, Routes, as_truth, as_whole, required
from .members import find
from .passwords import decrypt
from .records import count

ROUTES = Routes("methods", lock=True)
DOOR = "/v1.0/devices/{device_id}/door-lock"
SMART = "/v1.0/smart-lock/devices/{device_id}"
ACCOUNT, DEVICE_ONLY = 1, 2


def kind_of(value: JsonValue) -> str:
    """Return a kind of method from `card`, `unlock_card` or `unlock_card_kit`.

    Raises:
        ApiError: 1109, unknown.
    """
    kind = text(value).removeprefix("unlock_").removesuffix("_kit")
    if kind not in METHOD_KINDS:
        raise ApiError(1109)
    return kind


def _method(lock: Lock, kind: str, slot: int) -> Method:
    method = lock.people.method(kind, slot)
    if method is None:
        raise ApiError(1000)
    return method


def _shown(lock: Lock, method: Method) -> JsonObject:
    member = lock.people.members.get(method.user_id or "")
    return {
        "user_name": member.name if member else "",
        "user_type": member.user_type(lock.switch("user_types")) if member else 0,
        "user_id": member.user_id if member else "",
        "lock_user_id": member.lock_user_id if member else 0,
        "unlock_name": method.name,
        "dp_code": method.dp_code,
        "unlock_sn": method.slot,
        "unlock_attr": int(method.special or method.hijack),
        "phase": 2,
        "voice_attr": 0,
        "operate": "ADD",
        "delivery_status": "SUCCESS",
        "allocate_flag": int(member is None),
        "channel_id": 1,
        "op_mode_id": method.op_mode_id,
        "notify_info": {"app_send": method.notify},
    }


@ROUTES.on("GET", f"{SMART}/opmodes/{{user_id}}")
def opmodes(call: Call) -> JsonValue:
    """List the methods of a member, by page, codes and name."""
    lock = call.lock
    member = find(lock, call.params["user_id"])
    codes = {part for part in call.query.get("codes", "").split(",") if part}
    name = call.query.get("unlock_name", "").lower()
    methods = [
        method
        for method in lock.people.of(member.user_id)
        if (not codes or method.dp_code in codes) and name in method.name.lower()
    ]
    number, size = call.page()
    return {
        "records": [
            _shown(lock, m) for m in methods[(number - 1) * size : number * size]
        ],
        "has_more": number * size < len(methods),
        "total": count(lock, len(methods)),
        "total_pages": -(-len(methods) // size),
    }


def _keys(call: Call, methods: list[Method]) -> JsonValue:
    kind = kind_of(call.query["unlock_type"]) if call.query.get("unlock_type") else ""
    return {
        "unlock_keys": [
            {"unlock_no": m.slot, "unlock_type": m.kind, "hijack": m.hijack}
            for m in methods
            if not kind or m.kind == kind
        ]
    }


@ROUTES.on("GET", f"{DOOR}/user-types/{{user_type}}/users/{{user_id}}/assigned-keys")
def assigned(call: Call) -> JsonValue:
    """List the keys of a member."""
    _check_type(call, call.part_number("user_type"), call.params["user_id"])
    return _keys(call, call.lock.people.of(call.params["user_id"]))


@ROUTES.on("GET", f"{DOOR}/unassigned-keys")
def unassigned(call: Call) -> JsonValue:
    """List the keys that belong to nobody."""
    return _keys(call, call.lock.people.of(None))


def _check_type(call: Call, user_type: int, user_id: str) -> None:
    """Check 1 (app account) or 2 (device only) against the member.

    Raises:
        ApiError: 2006 no such member, 1109 the wrong type.
    """
    member = find(call.lock, user_id)
    if user_type not in {ACCOUNT, DEVICE_ONLY}:
        raise ApiError(1109)
    if (user_type == ACCOUNT) is not bool(member.uid):
        raise ApiError(2006)


def _listed(call: Call, name: str) -> list[Method]:
    raw = call.body.get("unlock_list")
    if not isinstance(raw, list) or not raw:
        raise ApiError(1100)
    methods = []
    for entry in raw:
        if not isinstance(entry, dict):
            raise ApiError(1109)
        kind = kind_of(entry.get(name, entry.get("dp_code", entry.get("code"))))
        methods.append(_method(call.lock, kind, as_whole(entry.get("unlock_sn"))))
    return methods


@ROUTES.on("POST", f"{DOOR}/opmodes/actions/allocate")
def allocate(call: Call) -> JsonValue:
    """Give methods that belong to nobody to a member."""
    lock = call.changing()
    required(call.body, "user_id")
    member = find(lock, text(call.body["user_id"]))
    methods = _listed(call, "dp_code")
    if any(method.user_id not in {None, member.user_id} for method in methods):
        raise ApiError(2306)
    for method in methods:
        method.user_id = member.user_id
    return True


@ROUTES.on("POST", f"{SMART}/opmodes/actions/cancel-allocate")
def cancel_allocate(call: Call) -> JsonValue:
    """Take methods away from a member; they stay on the lock."""
    lock = call.changing()
    required(call.body, "user_id")
    member = find(lock, text(call.body["user_id"]))
    methods = _listed(call, "code")
    if any(method.user_id != member.user_id for method in methods):
        raise ApiError(2306)
    for method in methods:
        method.user_id = None
    return True


@ROUTES.on("POST", "/v1.0/devices/{device_id}/device-lock/users/{user_id}/allocate")
def allocate_old(call: Call) -> JsonValue:
    """Give one method to a member, by the older path."""
    required(call.body, "no", "type")
    member = find(call.changing(), call.params["user_id"])
    slot = as_whole(call.body["no"])
    _method(call.lock, kind_of(call.body["type"]), slot).user_id = member.user_id
    return True


@ROUTES.on("PUT", f"{DOOR}/opmodes/{{unlock_sn}}")
def edit(call: Call) -> JsonValue:
    """Rename a method, mark it special, choose its notification."""
    lock, slot = call.changing(), call.part_number("unlock_sn")
    if call.body.get("dp_code"):
        method = _method(lock, kind_of(call.body["dp_code"]), slot)
    else:
        candidates = [m for m in lock.people.methods if m.slot == slot]
        if not candidates:
            raise ApiError(1000)
        method = candidates[0]
    if call.body.get("unlock_name"):
        method.name = text(call.body["unlock_name"])
    if call.body.get("unlock_attr") is not None:
        method.special = as_whole(call.body["unlock_attr"]) == 1
    notify = call.body.get("notify_info")
    if isinstance(notify, dict) and notify.get("app_send") is not None:
        method.notify = as_truth(notify["app_send"])
    return True


@ROUTES.on("PUT", f"{DOOR}/actions/entry")
def enrol(call: Call) -> JsonValue:
    """Begin to enrol a method; app accounts are refused (measured)."""
    lock = call.changing()
    required(call.body, "unlock_type", "user_type", "user_id")
    kind = kind_of(call.body["unlock_type"])
    user_type = as_whole(call.body["user_type"])
    user_id = text(call.body["user_id"])
    if user_type == ACCOUNT:
        raise ApiError(1109)
    _check_type(call, user_type, user_id)
    digits = None
    if kind == "password":
        digits, readable = decrypt(call)
        if len(digits) != lock.code_length:
            raise ApiError(1109)
        digits = digits if readable else None
    enrolment.begin(lock, kind, user_id, digits)
    return True


@ROUTES.on("PUT", f"{DOOR}/unlock-types/{{unlock_type}}/actions/cancel")
def cancel(call: Call) -> JsonValue:
    """Stop enrolling."""
    kind_of(call.params["unlock_type"])
    enrolment.cancel(call.lock)
    return True


@ROUTES.on(
    "DELETE",
    f"{DOOR}/user-types/{{user_type}}/users/{{user_id}}/unlock-types/{{unlock_type}}"
    "/keys/{unlock_no}",
)
def delete(call: Call) -> JsonValue:
    """Delete a method of a member from the lock."""
    lock = call.changing()
    _check_type(call, call.part_number("user_type"), call.params["user_id"])
    kind = kind_of(call.params["unlock_type"])
    method = _method(lock, kind, call.part_number("unlock_no"))
    if method.user_id != call.params["user_id"]:
        raise ApiError(1000)
    lock.people.methods.remove(method)
    return True


@ROUTES.on("POST", f"{SMART}/opmodes/actions/sync")
def sync(call: Call) -> JsonValue:
    """Ask the lock for its methods; codes come in the body or the query."""
    given = text(call.body.get("codes")) or call.query.get("codes", "")
    for code in filter(None, given.split(",")):
        kind_of(code)
    return True


@ROUTES.on("PUT", f"{DOOR}/unlock-types/{{unlock_type}}/keys/{{unlock_no}}/hijack")
def hijack_on(call: Call) -> JsonValue:
    """Make a method raise the duress alarm; this path spells types short."""
    if call.params["unlock_type"] not in METHOD_KINDS:
        raise ApiError(1109)
    return _hijack(call, call.part_number("unlock_no"), on=True)


@ROUTES.on("DELETE", f"{SMART}/unlock-types/{{unlock_type}}/keys/{{unlock_sn}}/hijack")
def hijack_off(call: Call) -> JsonValue:
    """End the duress alarm of a method; this path spells types long."""
    if not call.params["unlock_type"].startswith("unlock_"):
        raise ApiError(1109)
    return _hijack(call, call.part_number("unlock_sn"), on=False)


def _hijack(call: Call, slot: int, *, on: bool) -> JsonValue:
    method = _method(call.changing(), kind_of(call.params["unlock_type"]), slot)
    method.hijack = on
    return True
