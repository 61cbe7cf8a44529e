"""Descriptions of devices as other programs write them.

People keep what they have: an answer of the cloud (device, specification, thing
model), a `devices.json` of tinytuya, a diagnostics download of Home Assistant.
Each is read as the form of the built-in descriptions, as far as it goes.
"""

from .errors import UsageError
from .json_types import JsonObject, JsonValue, parse, text

OTHER_NAMES = {
    "customName": "name",
    "gatewayKind": "gateway_kind",
    "isOnline": "online",
    "is_online": "online",
    "productId": "product_id",
    "productName": "product_name",
    "timeZone": "time_zone",
}
WRAPPERS = ("response", "result", "data", "device")
LOCK_CATEGORIES = frozenset(
    {
        *("ms", "mc", "jtmspro", "jtmsbh", "jtmsjh", "mk", "msp", "ms_category"),
        *("bxx", "gyms", "hotelms", "videolock", "photolock"),
    }
)
# Types of the thing model by the names of the specification.
TYPES = {
    "bool": "Boolean",
    "value": "Integer",
    "float": "Float",
    "enum": "Enum",
    "string": "String",
    "raw": "Raw",
    "bitmap": "Bitmap",
    "struct": "Json",
}


def as_description(raw: JsonValue, key: str) -> JsonObject:
    """Return a description in the form of the built-in ones.

    Args:
        raw: what a file holds.
        key: what the file is called, for the error.

    Raises:
        UsageError: it is no description of one device.
    """
    raw = _one(_unwrapped(raw), key)
    shown = dict(raw)
    for other, name in OTHER_NAMES.items():
        if shown.get(name) in (None, ""):
            shown[name] = raw.get(other)
    model = _document(raw.get("model"))
    if isinstance(model, dict):
        shown["model"] = None
    given = _document(raw.get("specification"))
    shown["specification"] = (
        given if isinstance(given, dict) else _specification(raw, model)
    )
    shown["status_sample"] = _sample(raw)
    return shown


def _unwrapped(raw: JsonValue) -> JsonValue:
    """Return what is inside of envelopes."""
    while (
        isinstance(raw, dict) and "category" not in raw and "specification" not in raw
    ):
        inner = next(
            (raw[w] for w in WRAPPERS if isinstance(raw.get(w), dict | list)), None
        )
        if inner is None:
            break
        raw = inner
    if isinstance(raw, dict) and "category" not in raw:
        devices = raw.get("devices", raw.get("list"))
        return devices if isinstance(devices, list) else raw
    return raw


def _one(raw: JsonValue, key: str) -> JsonObject:
    """Return the one device that a file is about."""
    if isinstance(raw, list):
        devices = [entry for entry in raw if isinstance(entry, dict)]
        if len(devices) > 1:
            devices = [d for d in devices if text(d.get("category")) in LOCK_CATEGORIES]
        if len(devices) != 1:
            raise UsageError(
                f"{key}: a device description is a JSON object, or a list with one "
                f"lock; this list has {len(devices)}"
            )
        return devices[0]
    if not isinstance(raw, dict):
        raise UsageError(f"{key}: a device description is a JSON object")
    return raw


def _document(value: JsonValue) -> JsonValue:
    """Return JSON that was kept as text, anything else as it is."""
    if isinstance(value, str) and value.lstrip().startswith(("{", "[")):
        try:
            return parse(value)
        except ValueError:
            return value
    return value


def _specification(raw: JsonObject, model: JsonValue) -> JsonObject:
    """Return instruction and status set from whatever a file has of them."""
    writable, reported = _thing_points(raw, model)
    functions = _points(raw.get("functions", raw.get("function")))
    status = _points(raw.get("status_range", raw.get("mapping")))
    declared = _document(raw.get("status"))
    if isinstance(declared, list):
        status += [e for e in declared if isinstance(e, dict) and e.get("type")]
    return {
        "functions": [*functions, *writable],
        "status": [*status, *reported],
    }


def _points(value: JsonValue) -> list[JsonObject]:
    """Return data points from a list, or from an object by code or by number."""
    value = _document(value)
    if isinstance(value, list):
        return [_point(entry) for entry in value if isinstance(entry, dict)]
    if not isinstance(value, dict):
        return []
    points = []
    for name, entry in value.items():
        if isinstance(entry, dict):
            known: JsonObject = {"dp_id": name} if name.isdigit() else {"code": name}
            points.append(_point({**known, **entry}))
    return points


def _point(entry: JsonObject) -> JsonObject:
    kind = text(entry.get("type"))
    return {
        "code": entry.get("code"),
        "type": TYPES.get(kind.lower(), kind),
        "dp_id": entry.get("dp_id", entry.get("abilityId")),
        "values": entry.get("values", entry.get("value")),
    }


def _thing_points(
    raw: JsonObject, model: JsonValue
) -> tuple[list[JsonObject], list[JsonObject]]:
    """Return what the thing model lets write, and everything that it has."""
    source = model if isinstance(model, dict) else raw
    services = source.get("services")
    writable, reported = [], []
    for service in services if isinstance(services, list) else [source]:
        properties = service.get("properties") if isinstance(service, dict) else None
        for entry in properties if isinstance(properties, list) else []:
            kind = entry.get("typeSpec") if isinstance(entry, dict) else None
            if not isinstance(entry, dict) or not isinstance(kind, dict):
                continue
            limits: JsonObject = {k: v for k, v in kind.items() if k != "type"}
            point = _point({**entry, "type": kind.get("type"), "values": limits})
            reported.append(point)
            if "w" in text(entry.get("accessMode")):
                writable.append(point)
    return writable, reported


def _sample(raw: JsonObject) -> list[JsonValue]:
    """Return the last reported values from whatever a file has of them."""
    for name in ("status_sample", "status", "properties"):
        value = _document(raw.get(name))
        if isinstance(value, dict):
            return [{"code": code, "value": value[code]} for code in value]
        if isinstance(value, list):
            return [e for e in value if isinstance(e, dict) and "value" in e]
    return []
