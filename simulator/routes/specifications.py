"""Status, specification and commands of devices (protocol reference, section 6.2)."""

import json

from ..device import points_json
from ..errors import ApiError
from ..json_types import JsonObject, JsonValue, parse, text
from ..locks.reports import move_bolt, touches
from ..routing import Call, Routes, required
from .devices import by_ids

ROUTES = Routes("status")


@ROUTES.on(
    "GET", "/v1.0/devices/{device_id}/status", "/v1.0/iot-03/devices/{device_id}/status"
)
def status(call: Call) -> JsonValue:
    """Return the last reported values."""
    return call.device.status_list()


@ROUTES.on("GET", "/v1.0/iot-03/devices/status", "/v1.0/devices/status")
def several_status(call: Call) -> JsonValue:
    """Return the last reported values of devices."""
    return [
        {"id": device.id, "status": device.status_list()} for device in by_ids(call)
    ]


@ROUTES.on("GET", "/v1.0/devices/{device_id}/functions")
@ROUTES.on("GET", "/v1.0/iot-03/devices/{device_id}/functions")
def functions(call: Call) -> JsonValue:
    """Return the instruction set."""
    _check_described(call)
    return {
        "category": call.device.category,
        "functions": points_json(call.device.functions, numbers=False),
    }


def _check_described(call: Call) -> None:
    """Refuse locks without standard codes, if switched so.

    What gateways and plugs have is not described here, so theirs are empty.

    Raises:
        ApiError: 2009; the thing model has to be asked.
    """
    device, switches = call.device, call.world.around.switches
    refuse = switches.get("no_standard_codes", device.id) == "2009"
    if refuse and device.id in call.world.locks and not device.codes():
        raise ApiError(2009)


def _specification(call: Call, *, numbers: bool) -> JsonObject:
    _check_described(call)
    return {
        "category": call.device.category,
        "functions": points_json(call.device.functions, numbers=numbers),
        "status": points_json(call.device.status_set, numbers=numbers),
    }


@ROUTES.on("GET", "/v1.0/devices/{device_id}/specifications")
@ROUTES.on("GET", "/v1.0/iot-03/devices/{device_id}/specification")
def specification(call: Call) -> JsonValue:
    """Return instruction set and status set."""
    return _specification(call, numbers=False)


@ROUTES.on("GET", "/v1.1/devices/{device_id}/specifications")
def specification_numbers(call: Call) -> JsonValue:
    """Return instruction set and status set with data point numbers."""
    return _specification(call, numbers=True)


@ROUTES.on("GET", "/v2.0/cloud/thing/{device_id}/shadow/properties")
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


@ROUTES.on("GET", "/v2.0/cloud/thing/{device_id}/model")
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


@ROUTES.on("POST", "/v2.0/cloud/thing/{device_id}/shadow/properties/issue")
def issue_properties(call: Call) -> JsonValue:
    """Write properties; they come as JSON in text."""
    required(call.body, "properties")
    try:
        wanted = parse(text(call.body["properties"]))
    except ValueError as err:
        raise ApiError(40000303) from err
    if not isinstance(wanted, dict) or not wanted:
        raise ApiError(40000303)
    _write(call, list(wanted.items()))
    return {}


@ROUTES.on("POST", "/v1.0/devices/{device_id}/commands")
@ROUTES.on("POST", "/v1.0/iot-03/devices/{device_id}/commands")
def commands(call: Call) -> JsonValue:
    """Write codes of the instruction set."""
    wanted = call.body.get("commands")
    if not isinstance(wanted, list) or not wanted:
        raise ApiError(1100)
    writes = []
    for command in wanted:
        if not isinstance(command, dict):
            raise ApiError(1109)
        writes.append((text(command.get("code")), command.get("value")))
    _write(call, writes)
    return True


def _writable(call: Call) -> set[str]:
    """Return the codes of the device in the path that can be written."""
    device, locks = call.device, call.world.locks
    codes = {point.code for point in device.functions}
    if device.id in locks:
        codes.add("automatic_lock")
        if {"reply_unlock_request", "unlock_request"} & device.codes():
            codes.add("reply_unlock_request")
    elif not codes:
        # Plugs have no described instruction set here; what they report can be written.
        codes = set(device.status)
    return codes


def _write(call: Call, writes: list[tuple[str, JsonValue]]) -> None:
    """Write codes, all or none.

    Raises:
        ApiError: 2008 one can't be written, 2001 out of reach.
    """
    device, lock = call.device, call.world.locks.get(call.device.id)
    if any(code not in _writable(call) for code, _ in writes):
        raise ApiError(2008)
    if not device.online or (lock is not None and not lock.in_touch):
        raise ApiError(2001)
    moment = call.world.clock.now()
    touch = lock is None or touches(lock)
    for code, value in writes:
        device.put(code, value, moment, touch=touch)
        if code == "automatic_lock" and value is True and lock is not None:
            move_bolt(lock, moment, unlocked=False)
        if code == "reply_unlock_request":
            device.put("unlock_request", 0, moment, touch=touch)
