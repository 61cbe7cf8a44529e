"""Lists, details, status and specifications of devices."""

import json
from typing import Any

import pytest

from tests.simulator.customer import Customer

NAMES = [
    "Front door",
    "Garage",
    "Office",
    "Shed",
    "Garden gate",
    "Zigbee gateway",
    "Bluetooth gateway",
    "Hall lamp",
]


async def test_pages(customer: Customer) -> None:
    """The list goes on after the last row key."""
    names: list[str] = []
    key, more = "", True
    while more:
        result = await customer.get(
            "/v1.0/iot-01/associated-users/devices", size=3, last_row_key=key
        )
        names += [device["name"] for device in result["devices"]]
        key, more = result["last_row_key"], result["has_more"]
        assert result["total"] == 8
    assert names == NAMES


async def test_other_lists(customer: Customer) -> None:
    """Every list shows the same home in its own form."""
    project = customer.simulator.world.project
    ids = list(customer.simulator.world.devices)
    for uid in (project.uid, project.account.uid):
        listed = await customer.get(f"/v1.0/users/{uid}/devices")
        assert [device["id"] for device in listed] == ids
    assert (await customer.call("GET", "/v1.0/users/other/devices")).code == 1106
    things: list[dict[str, Any]] = []
    while page := await customer.get(
        "/v2.0/cloud/thing/device",
        page_size=5,
        last_id=things[-1]["id"] if things else "",
    ):
        things += page
    assert [thing["customName"] for thing in things] == NAMES
    assert (await customer.call("GET", "/v2.0/cloud/thing/device")).code == 1100
    listed = await customer.get("/v1.3/iot-03/devices", category="mk")
    assert [device["name"] for device in listed["list"]] == ["Garden gate"]
    joined = ",".join(ids[:2])
    for path, key in (("/v1.0/devices", "devices"), ("/v1.0/iot-03/devices", "list")):
        listed = await customer.get(path, device_ids=joined)
        assert [device["id"] for device in listed[key]] == ids[:2]
    listed = await customer.get("/v1.0/iot-03/devices/status", device_ids=joined)
    assert [device["id"] for device in listed] == ids[:2]
    answer = await customer.call("GET", "/v1.0/devices", device_ids=f"{ids[0]},bf0")
    assert answer.code == 1106


async def test_what_a_home_looks_like(customer: Customer) -> None:
    """Gateways and plugs are there to be filtered; children name their gateway."""
    listed = (await customer.get("/v1.0/iot-01/associated-users/devices", size=50))[
        "devices"
    ]
    by_name = {device["name"]: device for device in listed}
    gateway = by_name["Zigbee gateway"]
    assert (gateway["category"], gateway["sub"], gateway["status"]) == ("wg2", True, [])
    assert by_name["Front door"]["gateway_id"] == gateway["id"]
    assert by_name["Office"]["gateway_id"] == by_name["Bluetooth gateway"]["id"]
    assert by_name["Shed"]["online"] is False
    assert by_name["Shed"]["sub"] is False
    assert "gateway_id" not in by_name["Shed"]
    assert by_name["Hall lamp"]["category"] == "cz"
    children = await customer.get(f"/v1.0/devices/{gateway['id']}/sub-devices")
    assert [child["name"] for child in children] == ["Front door"]


async def test_detail_and_specification(customer: Customer) -> None:
    """Values of types are JSON text; only v1.1 tells data point numbers."""
    lock = customer.lock("Front door")
    detail = await customer.get(f"/v1.0/devices/{lock.id}")
    assert detail["status"] == await customer.get(f"/v1.0/devices/{lock.id}/status")
    assert {"code": "residual_electricity", "value": 65} in detail["status"]
    thing = await customer.get(f"/v2.0/cloud/thing/{lock.id}")
    assert thing["is_online"] is True
    assert "status" not in thing
    for path in (
        f"/v1.0/devices/{lock.id}/specifications",
        f"/v1.0/iot-03/devices/{lock.id}/specification",
    ):
        found = await customer.get(path)
        assert found["category"] == "ms"
        assert all("dp_id" not in point for point in found["status"])
    found = await customer.get(f"/v1.1/devices/{lock.id}/specifications")
    alarm = next(point for point in found["status"] if point["code"] == "alarm_lock")
    assert alarm["dp_id"] == 9
    assert "wrong_finger" in json.loads(alarm["values"])["range"]
    functions = await customer.get(f"/v1.0/devices/{lock.id}/functions")
    assert functions["functions"] == []
    path = f"/v2.0/cloud/thing/{lock.id}/shadow/properties"
    found = await customer.get(path, codes="residual_electricity,password_creat")
    battery, raw = found["properties"]
    assert (battery["value"], battery["dp_id"]) == (65, 10)
    assert "value" not in raw
    model = await customer.get(f"/v2.0/cloud/thing/{lock.id}/model")
    assert json.loads(model["model"])["services"][0]["properties"]


@pytest.mark.parametrize(
    ("name", "code", "value", "expected"),
    [
        ("Hall lamp", "switch_1", False, 0),
        ("Hall lamp", "switch_9", False, 2008),
        ("Garden gate", "automatic_lock", False, 0),
        ("Shed", "automatic_lock", True, 2001),
        ("Garage", "unlock_card", 3, 2008),
    ],
)
async def test_commands(
    customer: Customer, name: str, code: str, value: object, expected: int
) -> None:
    """What the instruction set has can be written, on a device that is on line."""
    devices = customer.simulator.world.devices.values()
    device = next(device for device in devices if device.name == name)
    body = {"commands": [{"code": code, "value": value}]}
    path = f"/v1.0/devices/{device.id}/commands"
    assert (await customer.call("POST", path, body)).code == expected
    if expected == 0:
        assert device.status[code] == value
        issue = f"/v2.0/cloud/thing/{device.id}/shadow/properties/issue"
        text = json.dumps({code: not value})
        assert (await customer.call("POST", issue, {"properties": text})).code == 0
        assert device.status[code] is not value


async def test_commands_are_all_or_nothing(customer: Customer) -> None:
    """One that is unknown stops those before it."""
    devices = customer.simulator.world.devices.values()
    plug = next(device for device in devices if device.name == "Hall lamp")
    commands = [{"code": "switch_1", "value": False}, {"code": "switch_9", "value": 1}]
    path = f"/v1.0/devices/{plug.id}/commands"
    assert (await customer.call("POST", path, {"commands": commands})).code == 2008
    assert plug.status["switch_1"] is True


async def test_locks_only(customer: Customer) -> None:
    """Lock calls to a plug are refused, a rename is not."""
    devices = customer.simulator.world.devices.values()
    plug = next(device for device in devices if device.name == "Hall lamp")
    path = f"/v1.0/devices/{plug.id}/door-lock/temp-passwords"
    assert (await customer.call("GET", path)).code == 2009
    answer = await customer.call("PUT", f"/v1.0/devices/{plug.id}", {"name": "Lamp"})
    assert answer.result is True
    assert plug.name == "Lamp"
