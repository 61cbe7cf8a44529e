"""Requests that nobody means well with: an answer of the cloud, never a fault of ours."""

import asyncio
import json
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.simulator.customer import Customer, door

HUGE = "9" * 4500
DEEP = "[" * 100_000


async def raw(customer: Customer, head: bytes, body: bytes = b"") -> tuple[int, bytes]:
    """Send bytes; return the HTTP status and the body of the answer."""
    host = urlsplit(customer.simulator.base_url)
    reader, writer = await asyncio.open_connection(host.hostname, host.port)
    writer.write(head + b"\r\nHost: x\r\nConnection: close\r\n\r\n" + body)
    answer = await asyncio.wait_for(reader.read(), 5)
    writer.close()
    top, _, content = answer.partition(b"\r\n\r\n")
    return int(top.split()[1]), content


def signed(customer: Customer, **changes: bytes) -> bytes:
    """Return the headers of a signed GET, some of them changed."""
    made = customer.headers("GET", "/v1.0/devices", b"")
    headers = {name: value.encode() for name, value in made.items()} | changes
    lines = (name.encode() + b": " + value for name, value in headers.items())
    return b"\r\n".join(lines)


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("t", HUGE.encode(), 1013),
        ("t", b"9" * 400, 1013),
        ("t", b"-1", 1013),
        ("t", b"NaN", 1013),
        ("nonce", b"\xff\xfe", 1004),
        ("access_token", b"\xff", 1004),
        ("client_id", b"\xff", 1005),
        ("sign", b"\xff", 1004),
        ("sign_method", b"MD5", 1004),
    ],
)
async def test_headers(customer: Customer, name: str, value: bytes, code: int) -> None:
    """Whatever a header holds, the cloud says what is wrong with it."""
    head = b"GET /v1.0/devices HTTP/1.1\r\n" + signed(customer, **{name: value})
    status, content = await raw(customer, head)
    assert (status, json.loads(content)["code"]) == (200, code)


async def test_signed_bytes_that_are_no_text(customer: Customer) -> None:
    """A signed header of any bytes is compared, not decoded."""
    head = b"GET /v1.0/devices HTTP/1.1\r\n" + signed(customer)
    head += b"\r\nSignature-Headers: area\r\narea: \xff"
    status, content = await raw(customer, head)
    assert (status, json.loads(content)["code"]) == (200, 1004)


@pytest.mark.parametrize(
    "target", [b"//[", b"//[x]/v1.0", b"*", b"/%0a", b"/%ff", b"/%", b"/", b"//"]
)
@pytest.mark.parametrize("method", [b"GET", b"POST", b"OPTIONS"])
async def test_paths(customer: Customer, method: bytes, target: bytes) -> None:
    """Odd paths reach the cloud, which asks for a client first."""
    if target == b"*" and method != b"OPTIONS":
        target = b"/*"
    status, content = await raw(customer, method + b" " + target + b" HTTP/1.1")
    assert (status, json.loads(content)["code"]) == (200, 1005)


async def test_no_http(customer: Customer, caplog: pytest.LogCaptureFixture) -> None:
    """What is no HTTP gets a plain 400, and the log stays clean."""
    for head, body in (
        (b"GET /\xff HTTP/1.1", b""),
        (b"FOO / HTTP/1.1", b""),
        (b"POST / HTTP/1.1\r\nContent-Encoding: gzip\r\nContent-Length: 2", b"{}"),
    ):
        assert (await raw(customer, head, body))[0] == 400
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        DEEP.encode(),
        b'{"name": NaN}',
        b'{"name": 1e999}',
        b'{"name": ' + HUGE.encode() + b"}",
    ],
)
async def test_bodies_that_are_no_json(customer: Customer, body: bytes) -> None:
    """They are refused with 1109."""
    url = f"{door(customer.lock('Front door'))}/temp-password"
    answer = await customer.send("POST", url, body, customer.headers("POST", url, body))
    assert (answer.status, answer.code) == (200, 1109)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"effective_time": HUGE}, 1109),
        ({"invalid_time": 10**400}, 1109),
        ({"type": 1e300}, 1109),
        ({"schedule_list": [{"working_day": HUGE}], "time_zone": "UTC"}, 1109),
        ({"schedule_list": [{}], "time_zone": "+99:99"}, 1109),
        ({"schedule_list": [{}], "time_zone": "-24:00"}, 1109),
        ({"schedule_list": [{}], "time_zone": "../../etc/passwd"}, 1109),
        ({"schedule_list": [{}], "time_zone": "+05:30"}, 0),
    ],
)
async def test_fields(customer: Customer, fields: dict[str, Any], code: int) -> None:
    """Numbers beyond 64 bits and zones that don't exist are illegal parameters."""
    lock = customer.lock("Front door")
    assert (await customer.try_create(lock, "830517", **fields)).code == code


async def test_half_a_character(customer: Customer) -> None:
    """A name with half a surrogate pair doesn't spoil the lists it is in."""
    lock = customer.lock("Front door")
    await customer.create(lock, "830517", name="a\ud800b")
    assert (await customer.listed(lock))[0]["name"] == "a?b"


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("{door}/open-logs", {"start_time": "0", "end_time": "9" * 400}),
        ("{door}/records", {"start_time": HUGE}),
        ("{device}/logs", {"start_time": "0", "end_time": HUGE}),
        ("{smart}/stand-by-lock-temp-passwords", {"page_no": "-1"}),
        ("{smart}/stand-by-lock-temp-passwords", {"page_no": "0"}),
        ("{smart}/users", {"page_no": HUGE}),
        ("{door}/temp-password/" + HUGE, {}),
        ("{door}/template/temp-password", {"offset": "-1"}),
    ],
)
async def test_numbers_in_queries(
    customer: Customer, path: str, query: dict[str, Any]
) -> None:
    """Numbers out of range are illegal parameters."""
    lock = customer.lock("Front door")
    paging: dict[str, Any] = {"page_no": "1", "page_size": "10"}
    where = {
        "door": door(lock),
        "device": f"/v1.0/devices/{lock.id}",
        "smart": f"/v1.0/smart-lock/devices/{lock.id}",
    }
    answer = await customer.call("GET", path.format(**where), **(paging | query))
    assert (answer.status, answer.code) == (200, 1109)


@pytest.mark.parametrize("size", ["-1", "0", "101"])
async def test_report_logs_have_a_size(customer: Customer, size: str) -> None:
    """The thing model's endpoints have their own text for it."""
    path = f"/v2.1/cloud/thing/{customer.lock('Front door').id}/report-logs"
    window: dict[str, Any] = {"codes": "unlock_card", "start_time": 0, "end_time": 1}
    assert (await customer.call("GET", path, size=size, **window)).code == 40000303


@pytest.mark.parametrize("text", [DEEP, '{"automatic_lock": NaN}', "{}", "x"])
async def test_properties_in_text(customer: Customer, text: str) -> None:
    """The JSON inside of the JSON is checked as well."""
    path = f"/v2.0/cloud/thing/{customer.lock('Garden gate').id}"
    body = {"properties": text}
    answer = await customer.call("POST", f"{path}/shadow/properties/issue", body)
    assert answer.code == 40000303


async def test_content_types(customer: Customer) -> None:
    """The type's case doesn't matter; another type is refused."""
    url = f"/v1.0/devices/{customer.lock('Front door').id}"
    body = b'{"name": "Front door"}'
    for kind, code in (
        ("Application/JSON; charset=UTF-8", 0),
        ("application/json", 0),
        ("text/plain", 1006),
    ):
        headers = customer.headers("PUT", url, body) | {"Content-Type": kind}
        assert (await customer.send("PUT", url, body, headers)).code == code


async def test_many_at_once(customer: Customer) -> None:
    """One ticket serves one of twenty calls, one refresh token one of twenty."""
    lock = customer.lock("Front door")
    wish = await customer.wish(lock, "830517")
    path = f"{door(lock)}/temp-password"
    calls = [customer.call("POST", path, wish) for _ in range(20)]
    codes = sorted(answer.code for answer in await asyncio.gather(*calls))
    assert codes == [0] + [2405] * 19
    refresh = customer.simulator.world.project.tokens[customer.token].refresh
    other = Customer(customer.simulator, customer.session)
    calls = [other.call("GET", f"/v1.0/token/{refresh}") for _ in range(20)]
    codes = sorted(answer.code for answer in await asyncio.gather(*calls))
    assert codes == [0] + [1010] * 19
    assert (await customer.call("GET", "/v1.0/devices")).code == 1010
