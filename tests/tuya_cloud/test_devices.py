"""Devices, their status and their description."""

import asyncio
from typing import Any

import pytest

from custom_components.tuya_lock_manager.tuya_cloud import (
    CallKind,
    ConnectionFailedError,
    DeviceNotFoundError,
    MalformedResponseError,
    NotSubscribedError,
    PermissionDeniedError,
    QuotaExhaustedError,
    ServerError,
    TuyaCloudError,
    TuyaLockClient,
    UnsupportedError,
    WrongDataCenterError,
)

from .conftest import Clock
from .fake_cloud import NOW, FakeCloud, Request, ok, refusal

LIST = "/v1.0/iot-01/associated-users/devices"
OF_USER = "/v1.0/users/bay1600000000000000/devices"
DEVICE = "vdevo000000000000000001"


def page(*ids: str, **extra: Any) -> dict[str, Any]:
    """Return a page of devices."""
    return ok({"devices": [{"id": one, "name": one} for one in ids]} | extra)


async def test_one_page(
    client: TuyaLockClient, cloud: FakeCloud, counted: list[CallKind]
) -> None:
    """A short list is one call."""
    cloud.on("GET", LIST, page("a", "b", has_more=False, last_row_key="k", total=2))
    devices = await client.list_devices()
    assert [device.id for device in devices] == ["a", "b"]
    assert cloud.calls[0].query == {"size": "100"}
    assert counted == [CallKind.TOKEN, CallKind.DEVICES]


async def test_pages(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """A long list is followed to its end; odd keys survive; a device is listed once."""
    key = "a&b=c d/ü+%"
    cloud.on(
        "GET",
        LIST,
        page("a", "b", has_more=True, last_row_key=key),
        page("b", "c", has_more=True, last_row_key="2"),
        page(has_more=False),
    )
    devices = await client.list_devices()
    assert [device.id for device in devices] == ["a", "b", "c"]
    keys = [call.query.get("last_row_key") for call in cloud.calls]
    assert keys == [None, key, "2"]


@pytest.mark.parametrize(
    "pages",
    [
        [page("a", has_more=True)],
        [page("a", has_more=True, last_row_key="")],
        [page("a", has_more=True, last_row_key="1")],
        [
            page("a", has_more=True, last_row_key="1"),
            page("b", has_more=True, last_row_key="2"),
            page("c", has_more=True, last_row_key="1"),
        ],
    ],
)
async def test_pages_that_do_not_end(
    client: TuyaLockClient, cloud: FakeCloud, pages: list[dict[str, Any]]
) -> None:
    """A list that cannot be finished is an error, not a short list."""
    cloud.on("GET", LIST, *pages)
    with pytest.raises(MalformedResponseError):
        await client.list_devices()
    assert len(cloud.calls) <= 3


async def test_pages_without_bound(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """A list with ever new keys ends, too."""
    cloud.on(
        "GET",
        LIST,
        lambda _: page("a", has_more=True, last_row_key=str(len(cloud.calls))),
    )
    with pytest.raises(MalformedResponseError):
        await client.list_devices()
    assert len(cloud.calls) == 100


@pytest.mark.parametrize("code", [1106, 1108, 28841001, 28841101, 28841105])
async def test_fallback(client: TuyaLockClient, cloud: FakeCloud, code: int) -> None:
    """Where the project may not ask for linked accounts, it asks for its own user."""
    cloud.on("GET", LIST, refusal(code))
    cloud.on("GET", OF_USER, ok([{"id": "a"}]))
    devices = await client.list_devices()
    assert [device.id for device in devices] == ["a"]
    assert not client.listing_is_complete


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (refusal(2007), WrongDataCenterError),
        (refusal(28841107), WrongDataCenterError),
        (refusal(28841004), QuotaExhaustedError),
        (refusal(500), ServerError),
        (ok(None), MalformedResponseError),
        (ok([]), MalformedResponseError),
        (ok({"has_more": False}), MalformedResponseError),
        (ok({"devices": [{}]}), MalformedResponseError),
    ],
)
async def test_no_fallback(
    client: TuyaLockClient,
    cloud: FakeCloud,
    answer: dict[str, Any],
    kind: type[TuyaCloudError],
) -> None:
    """An outage is an outage and leads nowhere else."""
    cloud.on("GET", LIST, answer)
    cloud.on("GET", OF_USER, ok([{"id": "a"}]))
    with pytest.raises(kind):
        await client.list_devices()
    assert len(cloud.calls) == 1


async def test_fallback_refused_too(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """When neither is allowed, the first refusal says why."""
    cloud.on("GET", LIST, refusal(28841105, "not authorized"))
    cloud.on("GET", OF_USER, refusal(1106, "permission deny"))
    with pytest.raises(NotSubscribedError) as caught:
        await client.list_devices()
    assert caught.value.code == 28841105


@pytest.mark.parametrize("code", [1106, 1108, 28841101])
@pytest.mark.parametrize("nobody", [[], {"devices": []}])
async def test_fallback_without_devices(
    client: TuyaLockClient, cloud: FakeCloud, code: int, nobody: Any
) -> None:
    """A user without devices is no account without devices: the refusal says why."""
    cloud.on("GET", LIST, refusal(code))
    cloud.on("GET", OF_USER, ok(nobody))
    with pytest.raises((PermissionDeniedError, UnsupportedError)) as caught:
        await client.list_devices()
    assert caught.value.code == code


async def test_a_listing_is_complete_again(
    client: TuyaLockClient, cloud: FakeCloud
) -> None:
    """Each listing tells by which way it came."""
    cloud.on("GET", LIST, page("a"), refusal(1106), page("a"))
    cloud.on("GET", OF_USER, ok([{"id": "a"}]))
    complete = []
    for _ in range(3):
        await client.list_devices()
        complete.append(client.listing_is_complete)
    assert complete == [True, False, True]


async def test_a_list_that_is_always_refused_is_not_paid_for_each_time(
    client: TuyaLockClient, cloud: FakeCloud, clock: Clock
) -> None:
    """One list is one call; after an hour it is tried whether the rights have changed."""
    cloud.on("GET", LIST, refusal(1106), refusal(1106), page("a", "b"))
    cloud.on("GET", OF_USER, ok([{"id": "a"}]))
    found = [len(await client.list_devices()) for _ in range(6)]
    assert found == [1] * 6
    assert [asked.path for asked in cloud.calls].count(LIST) == 2
    assert len(cloud.calls) == 8
    clock.time += 3601
    assert len(await client.list_devices()) == 2
    assert client.listing_is_complete


async def test_where_both_lists_are_refused_one_is_asked_for(
    client: TuyaLockClient, cloud: FakeCloud, clock: Clock
) -> None:
    """That of the project's own user is tried again after a day."""
    later = refusal(28841105, t=int((NOW + 86401) * 1000))
    cloud.on("GET", LIST, *[refusal(28841105)] * 4, later)
    cloud.on("GET", OF_USER, refusal(1106), ok([{"id": "a"}]))
    for _ in range(4):
        with pytest.raises(NotSubscribedError):
            await client.list_devices()
    assert len(cloud.calls) == 5
    clock.time += 86401
    assert len(await client.list_devices()) == 1


async def test_fallback_fails(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """An outage of the second way is told as that."""
    cloud.on("GET", LIST, refusal(1106))
    cloud.on("GET", OF_USER, refusal(500))
    with pytest.raises(ServerError):
        await client.list_devices()


async def test_fallback_without_user(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """Without an own user there is nobody else to ask for."""
    cloud.uid = None
    cloud.on("GET", LIST, refusal(1106))
    with pytest.raises(PermissionDeniedError):
        await client.list_devices()


async def test_get_device(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """One device."""
    path = f"/v1.0/devices/{DEVICE}"
    cloud.on("GET", path, ok({"id": DEVICE, "online": False}), refusal(2010))
    assert (await client.get_device(DEVICE)).online is False
    with pytest.raises(DeviceNotFoundError):
        await client.get_device(DEVICE)


async def test_status(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """The status by code."""
    values = [{"code": "hijack", "value": False}, {"code": "raw", "value": ""}]
    cloud.on("GET", f"/v1.0/devices/{DEVICE}/status", ok(values))
    assert await client.get_status(DEVICE) == {"hijack": False, "raw": ""}


async def test_status_by_the_other_route(
    client: TuyaLockClient, cloud: FakeCloud
) -> None:
    """A route that works is remembered for the device that it works for."""
    first = f"/v1.0/devices/{DEVICE}/status"
    second = f"/v1.0/iot-03/devices/{DEVICE}/status"
    cloud.on("GET", first, refusal(2009, "not support this device"))
    cloud.on("GET", second, ok([]), ok([]), refusal(1108))
    await client.get_status(DEVICE)
    await client.get_status(DEVICE)
    assert [call.path for call in cloud.calls] == [first, second, second]

    with pytest.raises(UnsupportedError) as caught:
        await client.get_status(DEVICE)
    assert caught.value.code == 1108
    assert [call.path for call in cloud.calls[3:]] == [second, first]
    # Nothing worked, so nothing is remembered.
    with pytest.raises(UnsupportedError) as caught:
        await client.get_status(DEVICE)
    assert caught.value.code == 2009


async def test_route_is_kept_through_an_outage(
    client: TuyaLockClient, cloud: FakeCloud
) -> None:
    """An outage of a route says nothing about whether it is supported."""
    first = f"/v1.0/devices/{DEVICE}/status"
    second = f"/v1.0/iot-03/devices/{DEVICE}/status"
    cloud.on("GET", first, refusal(2009))
    cloud.on("GET", second, ok([]), refusal(500), ok([]))
    await client.get_status(DEVICE)
    with pytest.raises(ServerError):
        await client.get_status(DEVICE)
    await client.get_status(DEVICE)
    assert [call.path for call in cloud.calls] == [first, second, second, second]


async def test_routes_at_the_same_time(
    client: TuyaLockClient, cloud: FakeCloud
) -> None:
    """Two calls for one device do not disturb each other's way."""
    second = f"/v1.0/iot-03/devices/{DEVICE}/status"
    cloud.on("GET", second, ok([]))
    await asyncio.gather(client.get_status(DEVICE), client.get_status(DEVICE))
    await client.get_status(DEVICE)
    assert [call.path for call in cloud.calls].count(second) == 3
    assert len(cloud.calls) == 5


async def test_specification(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """The version with numbers first, the older ones where it is not known."""
    point = {"code": "hijack", "type": "Boolean", "values": "{}"}
    numbered = f"/v1.1/devices/{DEVICE}/specifications"
    cloud.on("GET", numbered, ok({"category": "ms", "status": [point | {"dp_id": 16}]}))
    specification = await client.get_specification(DEVICE)
    assert specification.category == "ms"
    assert [(dp.code, dp.dp_id) for dp in specification.status] == [("hijack", 16)]

    plain = "/v1.0/devices/other/specifications"
    cloud.on("GET", plain, ok({"category": "ms", "functions": [point]}))
    assert (await client.get_specification("other")).codes() == {"hijack"}

    with pytest.raises(UnsupportedError):
        await client.get_specification("none")


async def test_outage_is_not_unsupported(
    client: TuyaLockClient, cloud: FakeCloud
) -> None:
    """A broken connection does not lead to another route."""

    def drop(_asked: Request) -> dict[str, Any]:
        raise ConnectionResetError

    cloud.on("GET", f"/v1.1/devices/{DEVICE}/specifications", drop)
    with pytest.raises((ConnectionFailedError, ServerError)):
        await client.get_specification(DEVICE)
    assert {call.path for call in cloud.calls} == {
        f"/v1.1/devices/{DEVICE}/specifications"
    }
