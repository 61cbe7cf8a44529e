"""The control API over HTTP."""

from typing import Any

import pytest

from tests.simulator.controlling import act, control
from tests.simulator.customer import Customer, door


async def test_walk(customer: Customer) -> None:
    """Wake a lock, type a code, look inside."""
    lock = customer.lock("Garage")
    password_id = await customer.create(lock, "8305172")
    held = await control(customer, "GET", f"/locks/{lock.id}")
    assert held["codes"] == []
    assert held["orders"] == [{"step": "add", "password_id": password_id, "tries": 0}]
    assert await act(customer, "Garage", "wake") == {"delivered": 1}
    held = await control(customer, "GET", "/locks/Garage")
    assert held["codes"][0]["password_id"] == password_id
    assert "8305172" not in str(held)
    attempt = await act(customer, "Garage", "keypad", code="8305172")
    assert attempt == {
        "opened": True,
        "reason": "temporary password",
        "password_id": password_id,
        "slot": 0,
        "cleared": [],
    }
    assert (await act(customer, "Garage", "keypad", code="0000000"))["opened"] is False


async def test_people_at_the_door(customer: Customer) -> None:
    """Fingers, cards, the bell, alarms."""
    found = await act(customer, "Front door", "fingerprint", slot=2)
    assert (found["opened"], found["slot"]) == (True, 2)
    found = await act(customer, "Front door", "fingerprint", member="Owner")
    assert found["slot"] == 1
    found = await act(customer, "Front door", "method", kind="card")
    assert found["opened"] is True
    found = await act(customer, "Front door", "alarm", type="pry")
    assert found["reported"] is True
    assert (await act(customer, "Garage", "doorbell"))["reported"] is True
    assert customer.lock("Garage").device.status["unlock_request"] == 60
    assert (await act(customer, "Garden gate", "doorbell"))["reported"] is False
    found = await act(customer, "Front door", "enrol", kind="card")
    assert found == {"kind": "card", "slot": 2}
    assert (await act(customer, "Front door", "present"))["enrolled"] is False
    found = await act(
        customer, "Front door", "members", add={"name": "Aunt", "uid": "eu1"}
    )
    assert len(found) == 5
    found = await act(customer, "Front door", "members", remove="Aunt")
    assert len(found) == 4
    assert await act(customer, "Front door", "read") == {"unread": 0}


async def test_what_befalls_a_lock(customer: Customer) -> None:
    """Reach, battery, settings, deliveries, status."""
    assert await act(customer, "Front door", "cut-off") == {
        "connected": False,
        "online": False,
    }
    assert (await act(customer, "Front door", "connect"))["online"] is True
    assert (await act(customer, "Front door", "cut-off", online=True))["online"] is True
    assert await act(customer, "Garage", "battery", percent=9) == {
        "residual_electricity": 9,
        "battery_state": None,
    }
    found = await act(
        customer, "Office", "settings", name="Study", digits=8, capacity=1, online=False
    )
    assert (found["name"], found["digits"], found["capacity"], found["online"]) == (
        "Study",
        8,
        1,
        False,
    )
    found = await act(customer, "Garage", "delivery", outcomes=["full", "success"])
    assert found == {"outcomes": ["full", "success"]}
    found = await act(customer, "Garage", "status", closed_opened="open")
    assert found["closed_opened"] == "open"
    assert await act(customer, "Shed", "app-nearby") == {"delivered": 0}


async def test_faults_and_switches(customer: Customer) -> None:
    """Both are set, listed and taken back."""
    rule = await control(customer, "POST", "/faults", {"kind": "throttled", "count": 1})
    assert (await customer.call("GET", "/v1.0/users/x/devices")).code == 1199
    assert (await control(customer, "GET", "/faults"))[0]["hits"] == 1
    assert await control(customer, "DELETE", f"/faults/{rule['id']}") == []
    await control(customer, "POST", "/switches", {"list_lag": 5, "hex_case": "lenient"})
    body = {"name": "hex_case", "value": "strict", "device": "Garage"}
    rows = await control(customer, "POST", "/switches", body)
    row = next(row for row in rows if row["name"] == "hex_case")
    garage = customer.lock("Garage").id
    assert (row["value"], row["devices"]) == ("lenient", {garage: "strict"})
    assert {"values", "default", "tag", "doc"} < set(row)
    rows = await control(customer, "DELETE", "/switches")
    assert all(row["value"] == row["default"] for row in rows)


async def test_clock(customer: Customer) -> None:
    """The clock moves, and what is due happens."""
    lock = customer.lock("Front door")
    await customer.create(lock, "830517")
    before = (await control(customer, "GET", "/clock"))["now"]
    found = await control(customer, "POST", "/clock", {"advance": 30})
    assert found == {"now": before + 30, "manual": True}
    assert len(lock.codes) == 1
    found = await control(customer, "POST", "/clock", {"set": before + 60})
    assert found["now"] == before + 60
    found = await control(customer, "POST", "/clock", {"manual": False})
    assert found["manual"] is False


async def test_requests(customer: Customer) -> None:
    """The log is read, counted and forgotten."""
    await customer.listed(customer.lock("Garage"))
    newest = (await control(customer, "GET", "/requests"))[-1]
    assert newest["method"] == "GET"
    assert newest["path"] == f"{door(customer.lock('Garage'))}/temp-passwords"
    assert (newest["code"], newest["calls"]) == (0, "passwords")
    counts = await control(customer, "GET", "/requests?count=1")
    assert counts == {"token": 1, "passwords": 1}
    assert await control(customer, "DELETE", "/requests") == []
    assert await control(customer, "GET", "/requests") == []


async def test_project(customer: Customer) -> None:
    """Tokens and the plan."""
    path = "/v1.0/iot-01/associated-users/devices"
    assert await control(customer, "POST", "/tokens/expire") == {"tokens": 1}
    assert (await customer.call("GET", path)).code == 1010
    await customer.connect()
    assert await control(customer, "POST", "/tokens/revoke") == {"tokens": 2}
    assert (await customer.call("GET", path)).code == 1010
    body = {"expired": True, "quota": 5, "lock_service": False, "burst": None}
    assert await control(customer, "POST", "/plan", body) == body
    assert await control(customer, "GET", "/plan") == body


async def test_devices(customer: Customer) -> None:
    """Locks come and go."""
    assert len(await control(customer, "GET", "/devices")) == 8
    body = {"source": "mk_keypad", "name": "Cellar"}
    added = await control(customer, "POST", "/devices", body)
    assert (added["name"], added["family"]) == ("Cellar", "keypad")
    assert len(await control(customer, "GET", "/devices")) == 9
    await control(customer, "DELETE", f"/devices/{added['id']}")
    assert len(await control(customer, "GET", "/devices")) == 8
    assert "keypad" in (await control(customer, "GET", "/"))["acts"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/locks/Nowhere/wake", {}),
        ("/locks/Garage/dance", {}),
        ("/locks/Garage/keypad", {"code": 123}),
        ("/locks/Garage/keypad", {}),
        ("/locks/Garage/fingerprint", {"slot": 77}),
        ("/locks/Garage/battery", {}),
        ("/locks/Garage/delivery", {"outcomes": ["great"]}),
        ("/locks/Garage/enrol", {"kind": "nose"}),
        ("/locks/Garage/members", {}),
        ("/locks/Garage/members", {"remove": "Nobody"}),
        ("/locks/Garage/members", {"add": {"role": "king"}}),
        ("/locks/Garage/wake", [1]),
        ("/faults", {"kind": "nothing"}),
        ("/switches", {"nothing": 1}),
        ("/clock", {"advance": "soon"}),
        ("/devices", {"source": "nothing"}),
    ],
)
async def test_nonsense(customer: Customer, path: str, body: Any) -> None:
    """What makes no sense is told so."""
    answer = await control(customer, "POST", path, body, status=400)
    assert answer["error"]


async def test_shutdown(customer: Customer) -> None:
    """The program can be ended."""
    assert not customer.simulator.stopped.is_set()
    await control(customer, "POST", "/shutdown")
    assert customer.simulator.stopped.is_set()
