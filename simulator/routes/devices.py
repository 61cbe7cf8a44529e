"""Devices: lists and details (protocol reference, section 6)."""

from ..device import Device
from ..errors import ApiError
from ..json_types import JsonValue, text
from ..routing import Call, Routes, required

ROUTES = Routes("devices")
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
    if call.world.around.switches.get("data_center") == "empty":
        return []
    return list(call.world.devices.values())


def by_ids(call: Call) -> list[Device]:
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
    devices = by_ids(call) if call.query.get("device_ids") else _all(call)
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
    devices = by_ids(call)
    return {
        "devices": [device.as_snake() for device in devices],
        "has_more": False,
        "last_row_key": "",
        "total": len(devices),
    }


@ROUTES.on("GET", "/v1.0/iot-03/devices")
def several_industry(call: Call) -> JsonValue:
    """Return devices by ids, as the industry SDK asks: without their status."""
    shown = [device.as_snake() for device in by_ids(call)]
    for device in shown:
        del device["status"]
    return {"list": list(shown), "total": len(shown)}


@ROUTES.on("GET", "/v1.0/devices/factory-infos", "/v1.0/iot-03/devices/factory-infos")
def factory_infos(call: Call) -> JsonValue:
    """Return what is printed on devices."""
    return [
        {"id": device.id, "uuid": device.uuid, "sn": device.uuid, "mac": ""}
        for device in by_ids(call)
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
