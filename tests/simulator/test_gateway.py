"""What the cloud checks before it answers, and in which order."""

import hashlib
from typing import Any

import aiohttp
import pytest

from simulator import Simulator
from tests.simulator.customer import Customer, door

LIST = "/v1.0/iot-01/associated-users/devices"


async def code(customer: Customer, path: str = LIST, **query: Any) -> int:
    """Return the code of a GET."""
    return (await customer.call("GET", path, **query)).code


async def test_envelope(customer: Customer) -> None:
    """Answers are HTTP 200 with the envelope, refusals too."""
    good = await customer.call("GET", LIST)
    assert good.status == 200
    assert set(good.envelope) == {"success", "result", "t", "tid"}
    assert good.envelope["t"] == customer.simulator.world.clock.now_ms()
    bad = await customer.call("GET", "/v1.0/nowhere")
    assert bad.status == 200
    assert bad.envelope["success"] is False
    assert (bad.code, bad.envelope["msg"]) == (1108, "uri path invalid")
    assert len(bad.envelope["tid"]) == 32


async def test_order_of_checks(customer: Customer) -> None:
    """Each check comes before those below it: all is wrong, then less and less."""
    foreign = "/v1.0/devices/bf00000000000000000000/door-lock/nothing"
    world = customer.simulator.world
    world.project.plan.lock_service = False
    world.project.plan.expired = True
    customer.changes = {"client_id": "other", "t": "1", "sign": "0", "access_token": ""}
    assert await code(customer, foreign) == 1005
    del customer.changes["client_id"]
    assert await code(customer, foreign) == 1013
    del customer.changes["t"]
    assert await code(customer, foreign) == 1004
    customer.changes = {}
    token, customer.token = customer.token, ""
    assert await code(customer, foreign) == 1002
    customer.token = "0" * 32
    assert await code(customer, foreign) == 1010
    customer.token = token
    assert await code(customer, foreign) == 28841002
    world.project.plan.expired = False
    assert await code(customer, foreign) == 1106
    lock = customer.lock("Front door")
    assert await code(customer, f"{door(lock)}/nothing") == 1108
    assert await code(customer, f"{door(lock)}/open-logs") == 28841105
    world.project.plan.lock_service = True
    assert await code(customer, f"{door(lock)}/open-logs") == 1100
    query = {"page_no": 1, "page_size": 20, "start_time": "soon", "end_time": 2}
    assert await code(customer, f"{door(lock)}/open-logs", **query) == 1109


@pytest.mark.parametrize(
    ("shift", "expected"), [(299, 0), (-299, 0), (302, 1013), (-302, 1013)]
)
async def test_time(customer: Customer, shift: int, expected: int) -> None:
    """The stamp may be five minutes off."""
    stamp = str(customer.simulator.world.clock.now_ms() + shift * 1000)
    answer = await customer.call("GET", LIST, more={"t": stamp})
    assert answer.code == expected


@pytest.mark.parametrize("stamp", ["", "now", "-5", "1.5e12"])
async def test_stamp_is_a_number(customer: Customer, stamp: str) -> None:
    """No stamp and no number are no time."""
    customer.changes = {"t": stamp}
    assert await code(customer) == 1013


async def test_empty_token_header_is_none(
    simulator: Simulator, session: aiohttp.ClientSession
) -> None:
    """The SDKs send an empty access_token on token calls."""
    customer = Customer(simulator, session)
    customer.changes = {"access_token": ""}
    assert (await customer.call("GET", "/v1.0/token", grant_type=1)).code == 0
    assert await code(customer) == 1002


async def test_token_call_with_an_old_token(customer: Customer) -> None:
    """A client that connects again may still sign its token into the call."""
    assert (await customer.call("GET", "/v1.0/token", grant_type=1)).code == 0


@pytest.mark.parametrize(
    ("query", "expected"),
    [({}, 1100), ({"grant_type": 7}, 1003), ({"grant_type": 1}, 0)],
)
async def test_grant_type(
    customer: Customer, query: dict[str, Any], expected: int
) -> None:
    """Only the project's own way of getting a token is there."""
    assert (await customer.call("GET", "/v1.0/token", **query)).code == expected


async def test_nonce_and_signed_headers(customer: Customer) -> None:
    """Both are part of the signature when sent."""
    more = {"nonce": "5138cc3a", "Signature-Headers": "area_id", "area_id": "29a3"}
    assert (await customer.call("GET", LIST, more=more)).code == 0
    for changed in ({"nonce": "other"}, {"area_id": "other"}):
        customer.changes = changed
        assert (await customer.call("GET", LIST, more=more)).code == 1004


async def test_query_is_signed_sorted(customer: Customer) -> None:
    """A URL that was signed unsorted is refused; the order on the wire is free."""
    sorted_url = f"{LIST}?last_row_key=&size=5"
    wire = f"{LIST}?size=5&last_row_key="
    good = customer.headers("GET", sorted_url, b"")
    assert (await customer.send("GET", wire, b"", good)).code == 0
    bad = customer.headers("GET", wire, b"")
    assert (await customer.send("GET", wire, b"", bad)).code == 1004


async def test_raw_body_is_signed(customer: Customer) -> None:
    """The bytes count, not what they mean."""
    lock = customer.lock("Front door")
    path = f"{door(lock)}/temp-password"
    for body in (b'{"name": "a"}', b'{ "name":"a" }', '{"name":"ä"}'.encode()):
        headers = customer.headers("POST", path, body)
        assert (await customer.send("POST", path, body, headers)).code == 1100
        other = body.replace(b" ", b"") + b" "
        assert (await customer.send("POST", path, other, headers)).code == 1004


@pytest.mark.parametrize(
    ("body", "kind", "expected"),
    [
        (b"no json", "application/json", 1109),
        (b"[1]", "application/json", 1109),
        (b"\xff", "application/json", 1109),
        (b"<a/>", "text/xml", 1006),
        (b"a=1", "application/x-www-form-urlencoded", 1004),
    ],
)
async def test_bodies_that_are_no_json(
    customer: Customer, body: bytes, kind: str, expected: int
) -> None:
    """Other bodies are refused; forms are never hashed, so a hash of one is wrong."""
    path = f"{door(customer.lock('Front door'))}/temp-password"
    headers = customer.headers("POST", path, body) | {"Content-Type": kind}
    assert (await customer.send("POST", path, body, headers)).code == expected


async def test_forms_are_not_hashed(customer: Customer) -> None:
    """A form is signed as if it were empty."""
    path = f"{door(customer.lock('Front door'))}/temp-password"
    headers = customer.headers("POST", path, b"") | {
        "Content-Type": "application/x-www-form-urlencoded"
    }
    assert (await customer.send("POST", path, b"a=1", headers)).code == 1006


async def test_json_on_get_is_ignored(customer: Customer) -> None:
    """The Node connector sends and signs {} on every GET."""
    headers = customer.headers("GET", LIST, b"{}")
    assert (await customer.send("GET", LIST, b"{}", headers)).code == 0


async def test_token_expires(customer: Customer) -> None:
    """After two hours a token is no longer good."""
    customer.pass_time(7199, keep_token=False)
    assert await code(customer) == 0
    customer.pass_time(1, keep_token=False)
    assert await code(customer) == 1010
    await customer.connect()
    assert await code(customer) == 0


async def test_refresh_works_once(customer: Customer) -> None:
    """A refresh token gives a new pair and kills the old one."""
    old = customer.token
    customer.token = ""
    refresh = (await customer.get("/v1.0/token", grant_type=1))["refresh_token"]
    new = await customer.get(f"/v1.0/token/{refresh}")
    assert new["access_token"] != old
    assert new["refresh_token"] != refresh
    assert new["expire_time"] == 7200
    assert (await customer.call("GET", f"/v1.0/token/{refresh}")).code == 1010
    customer.token = old
    assert await code(customer) == 1010
    customer.token = new["access_token"]
    assert await code(customer) == 0


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, 0),
        ({"password": "0" * 32}, 2401),
        ({"username": "other"}, 2401),
        ({"country_code": "86"}, 2402),
        ({"schema": "other"}, 2017),
        ({"username": ""}, 1100),
    ],
)
async def test_app_login(
    simulator: Simulator,
    session: aiohttp.ClientSession,
    changes: dict[str, str],
    expected: int,
) -> None:
    """The linked app account logs in with the MD5 of its password."""
    account = simulator.world.project.account
    customer = Customer(simulator, session)
    body = {
        "country_code": account.country_code,
        "username": account.username,
        "password": hashlib.md5(account.password.encode()).hexdigest(),
        "schema": account.schema,
        **changes,
    }
    path = "/v1.0/iot-01/associated-users/actions/authorized-login"
    answer = await customer.call("POST", path, body)
    assert answer.code == expected
    if expected == 0:
        assert answer.result["platform_url"] == simulator.base_url
        customer.token = answer.result["access_token"]
        path = f"/v1.0/users/{answer.result['uid']}/devices"
        assert len((await customer.call("GET", path)).result) == 8


async def test_plan(customer: Customer) -> None:
    """The quota is counted, a burst is throttled."""
    plan = customer.simulator.world.project.plan
    plan.quota = 2
    assert [await code(customer) for _ in range(3)] == [0, 0, 28841004]
    plan.quota, plan.burst = None, 2
    assert [await code(customer) for _ in range(3)] == [0, 0, 1199]


async def test_log_has_no_secrets(customer: Customer) -> None:
    """The log tells paths and codes; never digits, tokens or secrets."""
    lock = customer.lock("Front door")
    await customer.create(lock, "830517")
    answer = await customer.offline(lock, "once")
    old = customer.token
    customer.token = ""
    refresh = (await customer.get("/v1.0/token", grant_type=1))["refresh_token"]
    await customer.call("GET", f"/v1.0/token/{refresh}")
    await customer.call("GET", f"/v9.9/unknown/{refresh}")
    await customer.call("GET", LIST, last_row_key=old)
    entries = customer.simulator.world.requests.entries
    text = str([entry.as_json() for entry in entries])
    for secret in (
        "830517",
        answer.result["offline_temp_password"],
        customer.secret,
        old,
        refresh,
    ):
        assert secret not in text
    assert [entry.calls for entry in entries][:3] == ["token", "passwords", "passwords"]
    assert entries[0].path == "/v1.0/token"
    assert entries[-3].path == "/v1.0/token/***"
    assert entries[-2].code == 1002
