"""Homes and scenes, as far as the official SDKs look at them."""

from ..errors import ApiError
from ..home import OWNER_ID
from ..json_types import JsonValue
from ..routing import Call, Routes

ROUTES = Routes("devices")


@ROUTES.on("GET", "/v1.0/users/{uid}/homes")
def homes(call: Call) -> JsonValue:
    """List the homes of a user: there is one."""
    project = call.world.project
    if call.params["uid"] not in {project.uid, project.account.uid}:
        raise ApiError(1106)
    return [{"home_id": int(OWNER_ID), "name": "Home", "role": "OWNER", "geo_name": ""}]


@ROUTES.on("GET", "/v1.0/homes/{home_id}/devices")
def devices(call: Call) -> JsonValue:
    """List the devices of a home."""
    _check(call)
    return [device.as_snake() for device in call.world.devices.values()]


@ROUTES.on("GET", "/v1.0/homes/{home_id}/scenes")
def scenes(call: Call) -> JsonValue:
    """List the scenes of a home: there are none."""
    _check(call)
    return []


def _check(call: Call) -> None:
    if call.params["home_id"] != OWNER_ID:
        raise ApiError(1106)
