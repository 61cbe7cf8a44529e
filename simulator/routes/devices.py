"""Devices: lists, details, status, specification, commands (protocol reference, section 6)."""

import json

from ..device import Device, points_json
from ..errors import ApiError
from ..json_types import JsonObject, JsonValue, text
from ..locks.reports import touches
from ..routing import Call, Routes, required

ROUTES = Routes("devices")
STATUS = Routes("status")
ID_LIMIT = 20


def _paged(
    devices: list[Device], last: str, size: int
) -> tuple[list[Device], bool, str]:
    """Return one page after a row key, whether more follow, and the next key."""
    ids = [device.id for device in devices]
    if last and last not in ids:
        raise ApiError(1109)
    begin = ids.index(last) + 1 if last else 0
    page = devices[begin : begin + size]
    more = begin + size < len(devices)
    return page, more, page[-1].id if page else ""


def _all(call: Call) -> list[Device]:
    return list(call.world.devices.values())


def _by_ids(call: Call) -> list[Device]:
    """Return the devices in `device_ids`.

    Raises:
        ApiError: 1100 none, 1109 more than twenty, 1106 not all in the project.
    """
    ids = [part for part in call.query.get("device_ids", "").split(",") if part]
    if not ids:
        raise ApiError(1100)
    if len(ids) > ID_LIMIT:
        raise ApiError(1109)
    if any(device_id not in call.world.devices for device_id in ids):
        raise ApiError(1106)
    return [call.world.devices[device_id] for device_id in ids]


@ROUTES.on("GET", "/v1.0/iot-01/associated-users/devices")
def associated(call: Call) -> JsonValue:
    """List the devices of the linked app accounts, by row key."""
    size = call.query_number("size", 20)
    if not 1 <= size <= 100:
        raise ApiError(1109)
    devices = _all(call)
    since = call.query_number("start_update_time", 0)
    until = call.query_number("end_update_time", 0)
    devices = [
        d for d in devices if d.updated >= since and (not until or d.updated <= until)
    ]
    page, more, key = _paged(devices, call.query.get("last_row_key", ""), size)
    return {
        "devices": [device.as_snake() for device in page],
        "has_more": more,
        "last_row_key": key,
        "total": len(devices),
    }


@ROUTES.on("GET", "/v1.0/users/{uid}/devices")
def of_user(call: Call) -> JsonValue:
    """List the devices of a user; the project's own uid stands for the linked account."""
    project = call.world.project
    if call.params["uid"] not in {project.uid, project.account.uid}:
        raise ApiError(1106)
    devices = _all(call)
    if "page_size" in call.query:
        number, size = call.page()
        devices = devices[(number - 1) * size : number * size]
    if call.query.get("from") == "sharing":
        devices = []
    return [device.as_snake() for device in devices]


@ROUTES.on("GET", "/v1.0/smart-lock/users/{uid}/devices")
def locks_of_user(call: Call) -> JsonValue:
    """List the locks of a user, by page."""
    project = call.world.project
    if call.params["uid"] not in {project.uid, project.account.uid}:
        raise ApiError(1106)
    number, size = call.page()
    locks = [lock.device for lock in call.world.locks.values()]
    return {
        "list": [
            device.as_snake() for device in locks[(number - 1) * size : number * size]
        ],
        "total": len(locks),
        "has_more": number * size < len(locks),
    }


@ROUTES.on("GET", "/v1.3/iot-03/devices")
def industry(call: Call) -> JsonValue:
    """List devices by id, category, product or name, by row key."""
    size = call.query_number("page_size", 20)
    if not 1 <= size <= 200:
        raise ApiError(1109)
    devices = _by_ids(call) if call.query.get("device_ids") else _all(call)
    for name, field in (
        ("category", "category"),
        ("product_id", "product_id"),
        ("name", "name"),
    ):
        wanted = call.query.get(name, "")
        if wanted:
            devices = [device for device in devices if getattr(device, field) == wanted]
    page, more, key = _paged(devices, call.query.get("last_row_key", ""), size)
    return {
        "list": [device.as_snake() for device in page],
        "has_more": more,
        "last_row_key": key,
        "total": len(devices),
    }


@ROUTES.on("GET", "/v2.0/cloud/thing/device")
def things(call: Call) -> JsonValue:
    """List devices in camel case, after the last id."""
    size = call.query_number("page_size")
    if not 1 <= size <= ID_LIMIT:
        raise ApiError(40000303)
    devices = _all(call)
    categories = [part for part in call.query.get("categories", "").split(",") if part]
    if categories:
        devices = [device for device in devices if device.category in categories]
    products = [part for part in call.query.get("product_ids", "").split(",") if part]
    if products:
        devices = [device for device in devices if device.product_id in products]
    page, _, _ = _paged(devices, call.query.get("last_id", ""), size)
    return [device.as_camel() for device in page]


@ROUTES.on("GET", "/v1.0/devices")
def several(call: Call) -> JsonValue:
    """Return devices by ids, as the smart home SDK asks."""
    if not call.query.get("device_ids"):
        return associated(call)
    devices = _by_ids(call)
    return {
        "devices": [device.as_snake() for device in devices],
        "has_more": False,
        "last_row_key": "",
        "total": len(devices),
    }


@ROUTES.on("GET", "/v1.0/iot-03/devices")
def several_industry(call: Call) -> JsonValue:
    """Return devices by ids, as the industry SDK asks."""
    devices = _by_ids(call)
    return {"list": [device.as_snake() for device in devices], "total": len(devices)}


@ROUTES.on("GET", "/v1.0/devices/factory-infos", "/v1.0/iot-03/devices/factory-infos")
def factory_infos(call: Call) -> JsonValue:
    """Return what is printed on devices."""
    return [
        {"id": device.id, "uuid": device.uuid, "sn": device.uuid, "mac": ""}
        for device in _by_ids(call)
    ]


@ROUTES.on("GET", "/v1.0/devices/{device_id}", "/v1.1/devices/{device_id}")
@ROUTES.on(
    "GET", "/v1.0/iot-03/devices/{device_id}", "/v1.1/iot-03/devices/{device_id}"
)
def detail(call: Call) -> JsonValue:
    """Return one device with its status."""
    return call.device.as_snake()


@ROUTES.on("GET", "/v2.0/cloud/thing/{device_id}")
def thing(call: Call) -> JsonValue:
    """Return one device in the thing form."""
    return call.device.as_thing()


@ROUTES.on("PUT", "/v1.0/devices/{device_id}")
def rename(call: Call) -> JsonValue:
    """Rename a device."""
    required(call.body, "name")
    call.device.name = text(call.body["name"])
    return True


@ROUTES.on("GET", "/v1.0/devices/{device_id}/sub-devices")
def sub_devices(call: Call) -> JsonValue:
    """List what hangs on a gateway."""
    return [
        device.as_snake()
        for device in call.world.devices.values()
        if device.gateway_id == call.device.id
    ]


@STATUS.on(
    "GET", "/v1.0/devices/{device_id}/status", "/v1.0/iot-03/devices/{device_id}/status"
)
def status(call: Call) -> JsonValue:
    """Return the last reported values."""
    return call.device.status_list()


@STATUS.on("GET", "/v1.0/iot-03/devices/status", "/v1.0/devices/status")
def several_status(call: Call) -> JsonValue:
    """Return the last reported values of devices."""
    return [
        {"id": device.id, "status": device.status_list()} for device in _by_ids(call)
    ]


@STATUS.on("GET", "/v1.0/devices/{device_id}/functions")
@STATUS.on("GET", "/v1.0/iot-03/devices/{device_id}/functions")
def functions(call: Call) -> JsonValue:
    """Return the instruction set."""
    return {
        "category": call.device.category,
        "functions": points_json(call.device.functions, numbers=False),
    }


def _specification(call: Call, *, numbers: bool) -> JsonObject:
    return {
        "category": call.device.category,
        "functions": points_json(call.device.functions, numbers=numbers),
        "status": points_json(call.device.status_set, numbers=numbers),
    }


@STATUS.on("GET", "/v1.0/devices/{device_id}/specifications")
@STATUS.on("GET", "/v1.0/iot-03/devices/{device_id}/specification")
def specification(call: Call) -> JsonValue:
    """Return instruction set and status set."""
    return _specification(call, numbers=False)


@STATUS.on("GET", "/v1.1/devices/{device_id}/specifications")
def specification_numbers(call: Call) -> JsonValue:
    """Return instruction set and status set with data point numbers."""
    return _specification(call, numbers=True)


@STATUS.on("GET", "/v2.0/cloud/thing/{device_id}/shadow/properties")
def properties(call: Call) -> JsonValue:
    """Return the last reported properties; codes never reported lack their value."""
    device = call.device
    wanted = {part for part in call.query.get("codes", "").split(",") if part}
    numbers = {point.code: point for point in (*device.functions, *device.status_set)}
    names = {"Boolean": "bool", "Integer": "value", "Enum": "enum", "String": "string"}
    listed: list[JsonValue] = []
    for code, value in device.status.items():
        if wanted and code not in wanted:
            continue
        point = numbers.get(code)
        entry: JsonObject = {
            "code": code,
            "custom_name": "",
            "time": int(device.times.get(code, device.created) * 1000),
            "type": names.get(point.type if point else "", "raw"),
        }
        if point is not None and point.dp_id is not None:
            entry["dp_id"] = point.dp_id
        if value != "":
            entry["value"] = value
        listed.append(entry)
    return {"properties": listed}


@STATUS.on("GET", "/v2.0/cloud/thing/{device_id}/model")
def model(call: Call) -> JsonValue:
    """Return the thing model: JSON as text."""
    device = call.device
    points = {point.code: point for point in (*device.functions, *device.status_set)}
    model_text = json.dumps(
        {
            "modelId": device.product_id[:6],
            "services": [
                {
                    "code": "",
                    "name": "default service",
                    "properties": [
                        {
                            "abilityId": point.dp_id,
                            "accessMode": "rw" if point in device.functions else "ro",
                            "code": point.code,
                            "name": point.code,
                            "typeSpec": {"type": point.type.lower(), **point.values},
                        }
                        for point in points.values()
                    ],
                }
            ],
        }
    )
    return {"model": model_text}


@STATUS.on("POST", "/v2.0/cloud/thing/{device_id}/shadow/properties/issue")
def issue_properties(call: Call) -> JsonValue:
    """Write properties; they come as JSON in text."""
    required(call.body, "properties")
    try:
        wanted = json.loads(text(call.body["properties"]))
    except ValueError as err:
        raise ApiError(40000303) from err
    if not isinstance(wanted, dict) or not wanted:
        raise ApiError(40000303)
    for code, value in wanted.items():
        _write(call, code, value)
    return {}


@STATUS.on("POST", "/v1.0/devices/{device_id}/commands")
@STATUS.on("POST", "/v1.0/iot-03/devices/{device_id}/commands")
def commands(call: Call) -> JsonValue:
    """Write codes of the instruction set."""
    wanted = call.body.get("commands")
    if not isinstance(wanted, list) or not wanted:
        raise ApiError(1100)
    for command in wanted:
        if not isinstance(command, dict):
            raise ApiError(1109)
        _write(call, text(command.get("code")), command.get("value"))
    return True


def _write(call: Call, code: str, value: JsonValue) -> None:
    device = call.device
    known = {point.code for point in device.functions} | {
        # Plugs have no described instruction set here; what they report can be written.
        *(
            device.status
            if not device.functions and device.id not in call.world.locks
            else ()
        )
    }
    if device.id in call.world.locks:
        known |= {"reply_unlock_request", "automatic_lock"} & (
            device.codes() | {"automatic_lock"}
        )
        if "unlock_request" in device.codes():
            known.add("reply_unlock_request")
    if code not in known:
        raise ApiError(2008)
    lock = call.world.locks.get(device.id)
    if not device.online or (lock is not None and not lock.in_touch):
        raise ApiError(2001)
    moment = call.world.clock.now()
    touch = lock is None or touches(lock)
    device.put(code, value, moment, touch=touch)
    if code == "automatic_lock" and value is True:
        device.put("lock_motor_state", value=False, moment=moment, touch=touch)
    if code == "reply_unlock_request":
        device.put("unlock_request", 0, moment, touch=touch)
