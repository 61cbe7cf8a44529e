"""What becomes of an answer: refused, malformed, or not Tuya's at all."""

from aiohttp import web
import pytest

from custom_components.tuya_lock_manager.tuya_cloud import (
    DeviceOfflineError,
    MalformedResponseError,
    ServerError,
    ThrottledError,
    TuyaCloudError,
    TuyaLockClient,
)

from .fake_cloud import ACCESS_ID, ACCESS_SECRET, FakeCloud, Request, refusal

DEVICE = "vdevo000000000000000001"
STATUS = f"/v1.0/devices/{DEVICE}/status"


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
