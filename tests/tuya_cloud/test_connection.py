"""Connections that break, hang or never come about."""

import asyncio
from collections.abc import Awaitable, Callable

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer
import pytest

from custom_components.tuya_lock_manager.tuya_cloud import (
    CallKind,
    ConnectionFailedError,
    Credentials,
    MalformedResponseError,
    OfflineRequest,
    OfflineType,
    TuyaLockClient,
)

from .fake_cloud import ACCESS_ID, ACCESS_SECRET, FakeCloud, ok

DEVICE = "vdevo000000000000000001"
STATUS = f"/v1.0/devices/{DEVICE}/status"
DELETE = f"/v1.0/devices/{DEVICE}/door-lock/temp-passwords/1001"


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
    # Sending it twice was in vain, so an outage costs one call each time from now on.
    for _ in range(3):
        with pytest.raises(ConnectionFailedError):
            await client.get_status(DEVICE)
    assert len(cloud.calls) == 7
    # Nor is it any use where the connection goes up and down.
    for _ in range(3):
        breaks = 0
        await client.get_status(DEVICE)
        breaks = 1
        with pytest.raises(ConnectionFailedError):
            await client.get_status(DEVICE)
    breaks = 0
    for _ in range(20):
        await client.get_status(DEVICE)
    breaks = 1
    assert await client.get_status(DEVICE) == {}


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
    changes: dict[str, Callable[[], Awaitable[object]]] = {
        "DELETE": lambda: client.delete_password(DEVICE, "1001"),
        "PUT": lambda: client.freeze_password(DEVICE, "1001"),
        "POST": lambda: client.create_offline_password(DEVICE, request),
    }
    await client.connect()
    with pytest.raises(ConnectionFailedError) as caught:
        await changes[method]()
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
    # The original error may know the headers of the request.
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


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
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


async def test_redirect_is_not_followed(
    client: TuyaLockClient, cloud: FakeCloud
) -> None:
    """A signed request goes to no other host."""
    cloud.on(
        "DELETE",
        DELETE,
        lambda _: web.Response(
            status=307, headers={"Location": f"{cloud.url}{STATUS}"}
        ),
    )
    with pytest.raises(MalformedResponseError):
        await client.delete_password(DEVICE, "1001")
    assert len(cloud.calls) == 1
