"""Template temporary passwords (protocol reference, section 2.10).

They are the lock's temporary passwords by another door; one-time offline
passwords show up among them.
"""

from ..errors import ApiError
from ..json_types import JsonObject, JsonValue, whole
from ..locks import issue
from ..locks.lock import Lock
from ..locks.offline import OfflineCode, OfflineKind
from ..locks.passwords import OnlinePassword, Step
from ..routing import Call, Routes, as_truth
from .passwords import lagging, target, wish

ROUTES = Routes("templates", lock=True)
TEMPLATE = "/v1.0/devices/{device_id}/door-lock/template/temp-password"
VALID, INVALID, ALL = 0, 1, 2
NOT_BY_CLOUD = 1


def reaches_lock(lock: Lock, body: JsonObject) -> bool:
    """Tell whether a request is passed on to the lock, or only kept in the books.

    Tunnel 1 is not by way of the cloud, and `bluetooth_symbolic: false` only
    stores the record. Which spelling of the tunnel counts is a switch.
    """
    wrapped = body.get("temp_pwd_request")
    fields = {**body, **wrapped} if isinstance(wrapped, dict) else body
    honoured = lock.switch("template_tunnel_name")
    names = ("dp_tunnel", "dpTunnel") if honoured == "both" else (honoured,)
    if any(whole(fields.get(name)) == NOT_BY_CLOUD for name in names):
        return False
    symbolic = fields.get("bluetooth_symbolic", fields.get("bluetoothSymbolic"))
    return symbolic is None or as_truth(symbolic)


def _check_present(call: Call) -> None:
    """Refuse where a lock has no template passwords, if switched so.

    Raises:
        ApiError: 1108.
    """
    if call.lock.switch("template_paths") == "absent":
        raise ApiError(1108)


def _online(lock: Lock, password: OnlinePassword) -> JsonObject:
    return {
        "pwd_id": password.id,
        "name": password.name,
        "password": password.digits,
        "pwd_type": int(password.one_time),
        "pwd_type_code": "temp",
        "msg_id": password.id % 1000,
        "gmt_create": int(password.created * 1000),
        "effective_time": password.start * 1000,
        "expired_time": password.end * 1000,
        "phone": password.phone,
    }


def _once(code: OfflineCode) -> JsonObject:
    return {
        "pwd_id": code.id,
        "name": code.name,
        "password": code.digits,
        "pwd_type": 1,
        "pwd_type_code": "once",
        "msg_id": code.id % 1000,
        "gmt_create": int(code.generated_at * 1000),
        "effective_time": int(code.start * 1000),
        "expired_time": int(code.end * 1000),
        "phone": "",
    }


def _once_codes(lock: Lock) -> list[OfflineCode]:
    codes = lock.offline.values()
    return [c for c in codes if c.kind is OfflineKind.ONCE and not c.hidden]


def is_over(lock: Lock, code: OfflineCode) -> bool:
    """Tell whether the cloud counts an offline code as invalid."""
    used = code.kind is not OfflineKind.MULTIPLE and code.reported_use is not None
    return code.end <= lock.now or used or code.reported_clear is not None


@ROUTES.on("GET", TEMPLATE)
def listed(call: Call) -> JsonValue:
    """List passwords with their digits, by offset."""
    _check_present(call)
    lock = call.lock
    kind = call.query_number("data_type", ALL)
    offset, size = call.query_number("offset", 0), call.query_number("page_size", 20)
    if kind not in {VALID, INVALID, ALL} or offset < 0 or size < 1:
        raise ApiError(1109)
    rows = [
        (password.is_valid(lock.now), _online(lock, password))
        for password in lagging(lock, template=True)
    ]
    rows += [(not is_over(lock, code), _once(code)) for code in _once_codes(lock)]
    found = [row for valid, row in rows if kind == ALL or valid is (kind == VALID)]
    return {
        "total": len(found),
        "unread_count": 0,
        "total_pages": -(-len(found) // size),
        "has_more": offset + size < len(found),
        "records": list(found[offset : offset + size]),
    }


@ROUTES.on("GET", f"{TEMPLATE}/{{password_id}}")
def detail(call: Call) -> JsonValue:
    """Return one password with what became of it."""
    _check_present(call)
    lock, wanted = call.lock, call.part_number("password_id")
    for code in _once_codes(lock):
        if code.id == wanted:
            return _once(code)
    for password in lagging(lock, template=True):
        if password.id == wanted:
            return {
                **_online(lock, password),
                "operate": {Step.ADD: "ADD", Step.DELETE: "DELETE"}.get(
                    password.step, "MODIFY"
                ),
                "delivery_status": password.outcome.word,
                "sn": -1 if password.slot is None else password.slot,
                "dev_ack": password.slot is not None,
                "dev_id_list": [lock.id],
                "dev_name_list": [lock.device.name],
                "schedule_details": [block.as_json() for block in password.blocks],
            }
    raise ApiError(lock.traits.not_found)


@ROUTES.on("POST", "/v1.0/smart-lock/device/{device_id}/template/temp-password")
def create(call: Call) -> JsonValue:
    """Create a password; note the path's other prefix and its singular."""
    _check_present(call)
    lock = call.changing()
    reaches = reaches_lock(lock, call.body)
    password = issue.create(lock, wish(call, named=False, template=True), send=reaches)
    return {"pwd_id": password.id}


@ROUTES.on("DELETE", f"{TEMPLATE}/{{password_id}}")
def delete(call: Call) -> JsonValue:
    """Delete a password: a living one at the lock, the record of one that is over.

    Past the cloud (tunnel 1, or symbolic false) only the record goes; the lock
    keeps the code.
    """
    _check_present(call)
    lock = call.changing()
    wanted = call.part_number("password_id")
    result: JsonObject = {}
    if lock.switch("template_delete_result") == "pwd_id":
        result["pwd_id"] = wanted
    code = lock.offline.get(wanted)
    if code is not None and not code.hidden:
        if not is_over(lock, code):
            raise ApiError(2324)
        code.hidden = True
        return result
    password = target(call, template=True)
    if not reaches_lock(lock, call.body):
        lock.orders = [order for order in lock.orders if order.password_id != wanted]
        lock.book.remove(wanted, lock.now)
    elif password.is_valid(lock.now):
        issue.delete(lock, password)
    else:
        issue.remove_record(lock, password)
    return result
