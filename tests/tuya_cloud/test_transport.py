"""How requests are sent: signed, counted, retried or not, and what errors come of it."""

import asyncio
from datetime import UTC, datetime, timedelta
import logging
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer
import pytest

from custom_components.tuya_lock_manager.tuya_cloud import (
    CallKind,
    ClockSkewError,
    ConnectionFailedError,
    Credentials,
    DeviceOfflineError,
    InvalidCredentialsError,
    InvalidRequestError,
    MalformedResponseError,
    OfflineRequest,
    OfflineType,
    ServerError,
    ThrottledError,
    TuyaCloudError,
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


async def test_refusal(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """A refusal carries Tuya's number, words and trace id."""
    cloud.on("GET", STATUS, refusal(2001, "device is offline"))
    with pytest.raises(DeviceOfflineError) as caught:
        await client.get_status(DEVICE)
    err = caught.value
    assert (err.code, err.message, err.tid) == (2001, "device is offline", "tid0")
    assert str(err) == "device is offline (code 2001, tid tid0)"
    assert not err.outcome_unknown


async def test_refusal_quotes_no_request(
    client: TuyaLockClient, cloud: FakeCloud
) -> None:
    """Should Tuya ever quote secrets or digits, they go no further."""
    message = f"no\n{ACCESS_ID} {ACCESS_SECRET} token1 code 1234567 \x00"
    cloud.on("GET", STATUS, refusal(4711, message, tid="a\r\nb" + "x" * 100))
    with pytest.raises(TuyaCloudError) as caught:
        await client.get_status(DEVICE)
    assert caught.value.message == "no … … … code …"
    assert caught.value.tid is not None
    assert len(caught.value.tid) == 64
    assert "\n" not in str(caught.value)


async def test_refusal_without_words(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """A refusal may lack number, words and trace id."""
    cloud.on("GET", STATUS, {"success": False})
    with pytest.raises(TuyaCloudError) as caught:
        await client.get_status(DEVICE)
    assert type(caught.value) is TuyaCloudError
    assert str(caught.value) == "The cloud refused without a reason"


async def test_long_words_are_cut(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """A page of HTML as message does not fill the log."""
    cloud.on("GET", STATUS, refusal(4711, "x" * 1000))
    with pytest.raises(TuyaCloudError) as caught:
        await client.get_status(DEVICE)
    assert len(caught.value.message) == 200


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b"<html>"),
        (200, b""),
        (200, b"\xff\xfe"),
        (200, b"[" * 100_000),
        (200, b'{"success":true,"result":[],"x":NaN}'),
        (200, b'{"success":true,"result":[],"x":1' + b"0" * 5000 + b"}"),
        (200, b"[]"),
        (200, b"null"),
        (404, b"not found"),
        (302, b"elsewhere"),
        (200, b'{"result":[]}'),
        (200, b'{"success":"true","result":[]}'),
        (200, b'{"success":1,"result":[]}'),
        (200, b'{"success":true}'),
        (200, b'{"success":true,"result":null}'),
        (200, b'{"success":true,"result":"[]"}'),
        (200, b'{"success":true,"result":[1]}'),
        (200, b'{"success":false,"code":["1010"],"msg":"no"}'),
        (200, b'{"success":false,"code":1,"msg":{"no":1}}'),
    ],
    ids=lambda value: str(value[:45]) if isinstance(value, bytes) else None,
)
async def test_malformed(
    client: TuyaLockClient, cloud: FakeCloud, status: int, body: bytes
) -> None:
    """Whatever is not the documented answer is one kind of error."""
    cloud.on("GET", STATUS, lambda _: web.Response(status=status, body=body))
    with pytest.raises(MalformedResponseError) as caught:
        await client.get_status(DEVICE)
    assert caught.value.outcome_unknown
    assert len(cloud.calls) == 1


async def test_refusal_with_http_status(
    client: TuyaLockClient, cloud: FakeCloud
) -> None:
    """What an answer says counts more than its HTTP status."""

    def answer(_asked: Request) -> web.Response:
        return web.json_response(refusal(2001, "device is offline"), status=400)

    cloud.on("GET", STATUS, answer)
    with pytest.raises(DeviceOfflineError):
        await client.get_status(DEVICE)


@pytest.mark.parametrize(
    ("status", "kind", "unknown"),
    [(500, ServerError, True), (503, ServerError, True), (429, ThrottledError, False)],
)
async def test_http_failure(
    client: TuyaLockClient,
    cloud: FakeCloud,
    status: int,
    kind: type[TuyaCloudError],
    unknown: bool,
) -> None:
    """A failing cloud and a throttling one can be told from a malformed answer."""
    cloud.on("GET", STATUS, lambda _: web.Response(status=status, body=b"<html>"))
    with pytest.raises(kind) as caught:
        await client.get_status(DEVICE)
    assert caught.value.outcome_unknown is unknown
    assert len(cloud.calls) == 1


async def test_read_is_sent_again_after_a_break(
    client: TuyaLockClient, cloud: FakeCloud, counted: list[CallKind]
) -> None:
    """A read whose connection broke is sent once more, and counted."""
    breaks = 1

    def drop(received: web.Request) -> None:
        nonlocal breaks
        if breaks and received.transport is not None:
            breaks -= 1
            received.transport.abort()

    cloud.before = drop
    cloud.on("GET", STATUS, ok([]))
    assert await client.get_status(DEVICE) == {}
    assert counted == [CallKind.TOKEN, CallKind.STATUS, CallKind.STATUS]

    breaks = 9
    with pytest.raises(ConnectionFailedError) as caught:
        await client.get_status(DEVICE)
    assert caught.value.request_sent
    assert len(cloud.calls) == 4


@pytest.mark.parametrize("method", ["DELETE", "PUT", "POST"])
async def test_change_is_never_sent_again(
    client: TuyaLockClient, cloud: FakeCloud, method: str, counted: list[CallKind]
) -> None:
    """A change whose answer was lost may have been done: it is reported, not repeated."""

    def drop(received: web.Request) -> None:
        assert received.transport is not None
        received.transport.abort()

    cloud.before = drop
    request = OfflineRequest(OfflineType.ONCE, "guest")
    await client.connect()
    with pytest.raises(ConnectionFailedError) as caught:
        match method:
            case "DELETE":
                await client.delete_password(DEVICE, "1001")
            case "PUT":
                await client.freeze_password(DEVICE, "1001")
            case _:
                await client.create_offline_password(DEVICE, request)
    assert caught.value.request_sent
    assert caught.value.outcome_unknown
    assert not caught.value.timed_out
    assert [asked.method for asked in cloud.calls] == [method]
    assert counted == [CallKind.TOKEN, CallKind.CHANGE]


async def test_answer_cut_short(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """An answer that ends early counts as lost."""

    async def cut(received: web.Request) -> web.StreamResponse:
        await received.read()
        response = web.StreamResponse(headers={"Content-Length": "100"})
        await response.prepare(received)
        await response.write(b'{"success":')
        assert received.transport is not None
        received.transport.abort()
        return response

    await client.connect()
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", cut)
    server = TestServer(app, host="127.0.0.1")
    await server.start_server()
    transport = client._transport
    transport._base_url = str(server.make_url("/")).rstrip("/")
    with pytest.raises(ConnectionFailedError) as caught:
        await client.delete_password(DEVICE, "1001")
    await server.close()
    assert caught.value.request_sent


async def test_no_answer_in_time(
    session: aiohttp.ClientSession, cloud: FakeCloud
) -> None:
    """A read that timed out is not sent again: it would double the wait."""
    cloud.on("GET", STATUS, ok([]))
    credentials = Credentials(ACCESS_ID, ACCESS_SECRET, cloud.url)
    client = TuyaLockClient(session, credentials, timeout=0.2)
    await client.connect()
    cloud.delay = 1
    with pytest.raises(ConnectionFailedError) as caught:
        await client.get_status(DEVICE)
    assert caught.value.request_sent
    assert caught.value.timed_out
    assert len(cloud.calls) == 1


async def test_nobody_there(
    session: aiohttp.ClientSession, socket_enabled: None
) -> None:
    """Where nobody listens, the request certainly was not sent."""
    counted: list[CallKind] = []
    credentials = Credentials(ACCESS_ID, ACCESS_SECRET, "http://127.0.0.1:1")
    client = TuyaLockClient(session, credentials, on_call=counted.append)
    with pytest.raises(ConnectionFailedError) as caught:
        await client.connect()
    assert not caught.value.request_sent
    assert not caught.value.outcome_unknown
    assert counted == [CallKind.TOKEN]


async def test_connection_takes_too_long(
    socket_enabled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the connection is being made, nothing was sent."""

    async def never(*args: object, **kwargs: object) -> None:
        await asyncio.sleep(10)

    connector = aiohttp.TCPConnector()
    monkeypatch.setattr(connector, "_create_direct_connection", never)
    async with aiohttp.ClientSession(connector=connector) as session:
        credentials = Credentials(ACCESS_ID, ACCESS_SECRET, "http://127.0.0.1:1")
        client = TuyaLockClient(session, credentials, timeout=0.3)
        with pytest.raises(ConnectionFailedError) as caught:
            await client.connect()
    assert not caught.value.request_sent
    assert caught.value.timed_out


async def test_not_http(session: aiohttp.ClientSession, socket_enabled: None) -> None:
    """A server that speaks something else gives a malformed answer."""

    async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"SSH-2.0-OpenSSH_9.9\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1")
    port = server.sockets[0].getsockname()[1]
    credentials = Credentials(ACCESS_ID, ACCESS_SECRET, f"http://127.0.0.1:{port}")
    with pytest.raises(MalformedResponseError) as caught:
        await TuyaLockClient(session, credentials).connect()
    server.close()
    assert ACCESS_ID not in str(caught.value)
    assert caught.value.__suppress_context__


async def test_redirect_is_not_followed(
    client: TuyaLockClient, cloud: FakeCloud
) -> None:
    """A signed request goes to no other host."""
    cloud.on(
        "DELETE",
        DELETE,
        lambda _: web.Response(status=307, headers={"Location": f"{cloud.url}{STATUS}"}),
    )
    with pytest.raises(MalformedResponseError):
        await client.delete_password(DEVICE, "1001")
    assert len(cloud.calls) == 1


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


async def test_wrong_secret(session: aiohttp.ClientSession, cloud: FakeCloud) -> None:
    """A wrong secret is told as such."""
    credentials = Credentials(ACCESS_ID, "f" * 32, cloud.url)
    with pytest.raises(InvalidCredentialsError):
        await TuyaLockClient(session, credentials).connect()


@pytest.mark.parametrize(
    ("access_id", "secret"), [("", "s"), ("i", ""), ("i\n", "s"), ("i", "sé"), ("i j", "s")]
)
def test_unusable_credentials(access_id: str, secret: str) -> None:
    """What cannot stand in a header is refused at once."""
    with pytest.raises(InvalidCredentialsError):
        Credentials(access_id, secret, "https://openapi.tuyaeu.com")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "openapi.tuyaeu.com",
        "ftp://host",
        "http://",
        "http://[",
        "http://host:99999",
        "http://host?x=1",
        "http://user:pw@host",
        "http://höst",
    ],
)
def test_unusable_address(url: str) -> None:
    """Only a plain address of a host will do."""
    with pytest.raises(InvalidRequestError):
        Credentials("id", "secret", url)


async def test_nothing_secret_is_shown(
    client: TuyaLockClient, cloud: FakeCloud, caplog: pytest.LogCaptureFixture
) -> None:
    """Logs and representations hold no secret, token, id, body or digits."""
    caplog.set_level(logging.DEBUG, "custom_components.tuya_lock_manager")
    cloud.on("GET", STATUS, ok([{"code": "hijack", "value": True}]), refusal(2001))
    cloud.on("POST", OFFLINE, ok({"offline_temp_password": "4266733256"}))
    await client.get_status(DEVICE)
    with pytest.raises(DeviceOfflineError):
        await client.get_status(DEVICE)
    with pytest.raises(MalformedResponseError):
        await client.create_offline_password(
            DEVICE, OfflineRequest(OfflineType.ONCE, "guest")
        )
    own = [entry for entry in caplog.records if "tuya_lock_manager" in entry.name]
    assert [entry.getMessage() for entry in own] == [
        "GET /v1.0/token: success",
        "GET /v1.0/devices/{device_id}/status: success",
        "GET /v1.0/devices/{device_id}/status: 2001",
        "POST /v1.1/devices/{device_id}/door-lock/offline-temp-password: success",
    ]
    transport = client._transport
    shown = repr(
        [client, transport, transport.credentials, transport.tokens, vars(client)]
        + [await transport.tokens.get()]
    )
    assert ACCESS_SECRET not in shown
    assert "token1" not in shown


async def test_failures_are_logged_without_details(
    client: TuyaLockClient, cloud: FakeCloud, caplog: pytest.LogCaptureFixture
) -> None:
    """A failure is logged with its kind."""
    caplog.set_level(logging.DEBUG, "custom_components.tuya_lock_manager")
    cloud.on("GET", STATUS, lambda _: web.Response(status=503, body=b"secret"))
    with pytest.raises(ServerError):
        await client.get_status(DEVICE)
    assert "GET /v1.0/devices/{device_id}/status: HTTP 503" in caplog.text
    own = [entry for entry in caplog.records if "tuya_lock_manager" in entry.name]
    assert not any(DEVICE in entry.getMessage() for entry in own)
