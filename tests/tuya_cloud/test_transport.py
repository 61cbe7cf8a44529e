"""How requests are sent: signed, counted, with the right time."""

from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from custom_components.tuya_lock_manager.tuya_cloud import (
    CallKind,
    ClockSkewError,
    Credentials,
    InvalidRequestError,
    TuyaLockClient,
)

from .conftest import Clock
from .fake_cloud import ACCESS_ID, ACCESS_SECRET, NOW, FakeCloud, Request, ok, refusal

DEVICE = "vdevo000000000000000001"
STATUS = f"/v1.0/devices/{DEVICE}/status"
DELETE = f"/v1.0/devices/{DEVICE}/door-lock/temp-passwords/1001"
OFFLINE = f"/v1.1/devices/{DEVICE}/door-lock/offline-temp-password"


async def test_headers(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """A request carries exactly the headers that Tuya asks for."""
    cloud.on("GET", STATUS, ok([]))
    await client.get_status(DEVICE)
    token_call, call = cloud.requests
    assert token_call.raw_path == "/v1.0/token?grant_type=1"
    assert "access_token" not in token_call.headers
    assert call.headers["access_token"] == "token1"
    for asked in cloud.requests:
        assert asked.headers["client_id"] == ACCESS_ID
        assert asked.headers["sign_method"] == "HMAC-SHA256"
        assert asked.headers["t"] == "1700000000000"
        assert asked.body == b""
        assert {"Content-Type", "nonce", "Signature-Headers"}.isdisjoint(asked.headers)


async def test_body_is_compact_utf8(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """The bytes that are signed are sent: compact JSON, not escaped."""
    cloud.on("PUT", f"/v1.0{OFFLINE.removeprefix('/v1.1')}/7", ok())
    await client.rename_offline_password(DEVICE, "7", "Zoë 🗝")
    (call,) = cloud.calls
    assert call.body == '{"passwordName":"Zoë 🗝"}'.encode()
    assert call.headers["Content-Type"] == "application/json"


async def test_change_without_body_sends_none(
    client: TuyaLockClient, cloud: FakeCloud
) -> None:
    """A DELETE has no body, above all not an empty object."""
    cloud.on("DELETE", DELETE, ok())
    await client.delete_password(DEVICE, "1001")
    assert cloud.calls[0].body == b""


async def test_calls_are_counted(
    client: TuyaLockClient, cloud: FakeCloud, counted: list[CallKind]
) -> None:
    """Every request is counted as what it is, retries and tokens included."""
    cloud.on("GET", STATUS, refusal(1010), ok([]))
    cloud.on("DELETE", DELETE, ok())
    await client.get_status(DEVICE)
    await client.delete_password(DEVICE, "1001")
    assert counted == [
        CallKind.TOKEN,
        CallKind.STATUS,
        CallKind.TOKEN,
        CallKind.STATUS,
        CallKind.CHANGE,
    ]


async def test_counting_is_optional(
    session: aiohttp.ClientSession, cloud: FakeCloud
) -> None:
    """Nobody needs to listen; the machine's clock is the default."""
    cloud.on("GET", STATUS, ok([]))
    credentials = Credentials(ACCESS_ID, ACCESS_SECRET, f"{cloud.url}/")
    client = TuyaLockClient(session, credentials)
    assert await client.get_status(DEVICE) == {}
    # The answer of 2023 has taught it the cloud's time.
    assert abs(client.now() - datetime.fromtimestamp(NOW, UTC)) < timedelta(seconds=5)


async def test_clock_learns(
    client: TuyaLockClient, cloud: FakeCloud, clock: Clock
) -> None:
    """The drift of the machine's clock is learned from every answer."""
    clock.time = NOW - 90
    cloud.on("GET", STATUS, ok([]), ok([], t=int((NOW + 30) * 1000)))
    await client.get_status(DEVICE)
    assert client.now() == datetime.fromtimestamp(NOW, UTC)
    await client.get_status(DEVICE)
    assert client.now() == datetime.fromtimestamp(NOW + 30, UTC)
    assert cloud.requests[0].headers["t"] == str(int((NOW - 90) * 1000))
    assert cloud.requests[1].headers["t"] == str(int(NOW * 1000))


@pytest.mark.parametrize("t", [None, "soon", 12, 1700000000, 10**13, [1], True])
async def test_incredible_time_is_ignored(
    client: TuyaLockClient, cloud: FakeCloud, t: object
) -> None:
    """An answer without a credible time changes nothing."""
    cloud.on("GET", STATUS, ok([], t=t))
    await client.get_status(DEVICE)
    assert client.now() == datetime.fromtimestamp(NOW, UTC)


async def test_clock_skew_is_cured(
    client: TuyaLockClient, cloud: FakeCloud, clock: Clock, counted: list[CallKind]
) -> None:
    """A wrong machine clock costs one refusal: it tells the time to send again with."""
    clock.time = NOW - 86400

    def judge(asked: Request) -> dict[str, Any]:
        skew = abs(int(asked.headers["t"]) - NOW * 1000)
        return ok([]) if skew < 300_000 else refusal(1013, "request time is invalid")

    cloud.on("GET", STATUS, judge)
    await client.connect()
    clock.time += 3600
    assert await client.get_status(DEVICE) == {}
    assert counted.count(CallKind.STATUS) == 2
    assert client.now() == datetime.fromtimestamp(NOW, UTC)


async def test_clock_skew_is_tried_once(
    client: TuyaLockClient, cloud: FakeCloud
) -> None:
    """A cloud that never likes the time is asked twice and no more."""
    cloud.on("GET", STATUS, refusal(1013, "request time is invalid"))
    with pytest.raises(ClockSkewError):
        await client.get_status(DEVICE)
    assert len(cloud.calls) == 2


async def test_clock_skew_at_the_token(
    client: TuyaLockClient, cloud: FakeCloud, clock: Clock
) -> None:
    """The very first request may meet the wrong clock, too."""
    clock.time = NOW - 86400
    cloud.token_answer = refusal(1013, "request time is invalid")
    with pytest.raises(ClockSkewError):
        await client.connect()
    first, second = cloud.requests
    assert int(first.headers["t"]) == int((NOW - 86400) * 1000)
    assert int(second.headers["t"]) == int(NOW * 1000)


@pytest.mark.parametrize(
    "device_id", ["", ".", "..", "a/b", "a?b", "a#b", "a%2fb", "é", "a b", "a\n"]
)
async def test_ids_lead_nowhere_else(
    client: TuyaLockClient, cloud: FakeCloud, device_id: str
) -> None:
    """An id that could change the path is refused before anything is sent."""
    with pytest.raises(InvalidRequestError):
        await client.get_status(device_id)
    assert cloud.requests == []
