"""Who asks and where; and that nothing secret is shown."""

import logging

import aiohttp
from aiohttp import web
import pytest

from custom_components.tuya_lock_manager.tuya_cloud import (
    Credentials,
    DeviceOfflineError,
    InvalidCredentialsError,
    InvalidRequestError,
    MalformedResponseError,
    OfflineRequest,
    OfflineType,
    ServerError,
    TuyaLockClient,
)

from .fake_cloud import ACCESS_ID, ACCESS_SECRET, FakeCloud, ok, refusal

DEVICE = "vdevo000000000000000001"
STATUS = f"/v1.0/devices/{DEVICE}/status"
OFFLINE = f"/v1.1/devices/{DEVICE}/door-lock/offline-temp-password"


async def test_wrong_secret(session: aiohttp.ClientSession, cloud: FakeCloud) -> None:
    """A wrong secret is told as such."""
    credentials = Credentials(ACCESS_ID, "f" * 32, cloud.url)
    with pytest.raises(InvalidCredentialsError):
        await TuyaLockClient(session, credentials).connect()


@pytest.mark.parametrize(
    ("access_id", "secret"),
    [("", "s"), ("i", ""), ("i\n", "s"), ("i", "sé"), ("i j", "s")],
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
    token = await transport.tokens.get()
    parts = [client, transport, transport.credentials, transport.tokens, token]
    shown = repr([*parts, vars(client)])
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
