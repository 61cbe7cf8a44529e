"""Offline and dynamic passwords (protocol reference, sections 2.11 and 2.12)."""

from ..errors import ApiError
from ..json_types import JsonObject, JsonValue, text, whole
from ..locks.computed import create_dynamic, create_offline
from ..locks.family import Family
from ..locks.lock import Lock
from ..locks.offline import NUMERIC_KINDS, OfflineCode, OfflineKind
from ..locks.wishes import NAME_LIMIT
from ..routing import Call, Routes, as_whole
from .passwords import decrypt, seconds

ROUTES = Routes("offline", lock=True)
OFFLINE = "/v1.0/devices/{device_id}/door-lock/offline-temp-password"
SIGNS = frozenset({"unlock_offline_pd", "password_offline_time"})


def supports_offline(lock: Lock) -> bool:
    """Tell whether a lock takes offline passwords; products without any codes do."""
    codes = lock.device.codes()
    return not codes or bool(SIGNS & codes) or lock.switch("offline_support") == "all"


def _create(call: Call, kind: OfflineKind) -> JsonValue:
    lock, body = call.lock, call.body
    if not supports_offline(lock):
        raise ApiError(2003)
    start, end = body.get("effective_time"), body.get("invalid_time")
    wanted = body.get("password_id")
    code = create_offline(
        lock,
        kind,
        text(body.get("name")),
        seconds(start) if start not in (None, "") else None,
        seconds(end) if end not in (None, "") else None,
        as_whole(wanted) if wanted not in (None, "") else None,
    )
    return {
        "offline_temp_password_id": str(code.id),
        "offline_temp_password": code.digits,
        "offline_temp_password_name": code.name,
        "effective_time": int(code.start),
        "invalid_time": int(code.end),
    }


@ROUTES.on("POST", "/v1.1/devices/{device_id}/door-lock/offline-temp-password")
def create(call: Call) -> JsonValue:
    """Compute an offline password or a clearing code, by the type's name."""
    kind = text(call.body.get("type"))
    if not kind:
        raise ApiError(1100)
    if kind not in {known.value for known in NUMERIC_KINDS.values()}:
        raise ApiError(1109)
    return _create(call, OfflineKind(kind))


@ROUTES.on("POST", OFFLINE)
def create_numeric(call: Call) -> JsonValue:
    """Compute an offline password, by the type's number (the older path)."""
    if call.lock.switch("offline_v1_0") == "absent":
        raise ApiError(1108)
    kind = call.body.get("type")
    if kind is None:
        raise ApiError(1100)
    number = whole(kind)
    if number not in NUMERIC_KINDS:
        raise ApiError(1109)
    return _create(call, NUMERIC_KINDS[number])


def _clearers(lock: Lock, code: OfflineCode) -> list[OfflineCode]:
    return [other for other in lock.offline.values() if other.target == code.id]


def status_of(lock: Lock, code: OfflineCode) -> int:
    """Return the `status` of an offline code, by the switch `offline_status`."""
    spent = code.kind is not OfflineKind.MULTIPLE and code.reported_use is not None
    if code.end <= lock.now or code.reported_clear is not None or spent:
        return 3
    if lock.switch("offline_status") == "usage":
        return 1 if code.reported_use is None else 2
    return 1 if code.start <= lock.now else 2


def _shown(lock: Lock, code: OfflineCode) -> JsonObject:
    cleared = lock.offline.get(code.target) if code.target is not None else None
    return {
        "pwd_id": str(code.id),
        "pwd": code.digits,
        "pwd_name": code.name,
        "pwd_type_code": code.kind.value,
        "gmt_create": int(code.generated_at),
        "gmt_start": str(int(code.start)),
        "gmt_expired": str(int(code.end)),
        "has_clear_pwd": bool(_clearers(lock, code)),
        "revoked_pwd_id": str(cleared.id) if cleared else "",
        "revoked_pwd_name": cleared.name if cleared else "",
        "revoked_pwd_effective_time": str(int(cleared.start)) if cleared else "",
        "revoked_pwd_invalid_time": str(int(cleared.end)) if cleared else "",
        "opt_uid": lock.device.uid,
        "status": status_of(lock, code),
    }


@ROUTES.on("GET", OFFLINE)
def listed(call: Call) -> JsonValue:
    """List offline passwords; undocumented, seen in one client."""
    lock = call.lock
    if lock.switch("offline_list") == "absent":
        raise ApiError(1108)
    number, size = call.page(size=200)
    kinds = {part for part in call.query.get("pwd_type_codes", "").split(",") if part}
    wanted = call.query.get("target_status", "")
    codes = [
        code
        for code in reversed(lock.offline.values())
        if not code.hidden
        and (not kinds or code.kind.value in kinds)
        and (not wanted or str(status_of(lock, code)) == wanted)
    ]
    page: list[JsonValue] = [
        _shown(lock, code) for code in codes[(number - 1) * size : number * size]
    ]
    if lock.switch("offline_list_shape") == "array":
        return page
    return {
        "records": page,
        "has_more": number * size < len(codes),
        "total": len(codes),
        "total_pages": -(-len(codes) // size),
    }


@ROUTES.on("PUT", f"{OFFLINE}/{{password_id}}")
def rename(call: Call) -> JsonValue:
    """Rename an offline password; the documented spelling is `passwordName`."""
    lock = call.lock
    code = lock.offline.get(call.part_number("password_id"))
    if code is None or code.hidden:
        raise ApiError(2323)
    name = text(call.body.get("passwordName") or call.body.get("name"))
    if not name:
        raise ApiError(1100)
    if len(name) > NAME_LIMIT and lock.switch("long_name") != "never":
        raise ApiError(1109)
    code.name = name
    return True


@ROUTES.on("GET", "/v1.0/devices/{device_id}/offline-pwd-locks")
def capable(call: Call) -> JsonValue:
    """List the locks of the home, or under the gateway, that take offline passwords."""
    device = call.device
    own = call.world.locks.get(device.id)
    under_gateway = own is None and device.category.startswith("wg")
    return [
        {
            "id": lock.id,
            "name": lock.device.product_name,
            "custom_name": lock.device.name,
            "online": lock.device.online,
            "status": True,
            "owner_id": lock.device.owner_id,
            "product_id": lock.device.product_id,
            "uid": lock.device.uid,
            "icon": "https://images.example/lock.png",
        }
        for lock in call.world.locks.values()
        if supports_offline(lock)
        and (not under_gateway or lock.device.gateway_id == device.id)
    ]


@ROUTES.on("GET", "/v1.0/devices/{device_id}/door-lock/dynamic-password")
def dynamic(call: Call) -> JsonValue:
    """Compute a dynamic password."""
    lock = call.lock
    if lock.family is Family.KEYPAD and "unlock_dynamic" not in lock.device.codes():
        raise ApiError(2003)
    return {"dynamic_password": create_dynamic(lock).digits}


@ROUTES.on("POST", "/v1.0/devices/{device_id}/door-lock/advanced-password")
def advanced(call: Call) -> JsonValue:
    """Set the administrator's or the emergency password."""
    kind = text(call.body.get("advanced_type"))
    if kind not in {"admin", "emergency"}:
        raise ApiError(1109)
    decrypt(call)
    call.lock.advanced.add(kind)
    return True


@ROUTES.on("GET", "/v1.0/devices/{device_id}/door-lock/advanced-password")
def advanced_state(call: Call) -> JsonValue:
    """Tell what became of an advanced password: 2 set, 1 being set."""
    kind = call.query.get("advanced_type", "")
    if kind not in {"admin", "emergency"}:
        raise ApiError(1109)
    return {"advanced_type": kind, "phase": 2 if kind in call.lock.advanced else 1}
