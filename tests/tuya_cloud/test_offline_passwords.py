"""Offline passwords, clearing codes and dynamic passwords."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from custom_components.tuya_lock_manager.tuya_cloud import (
    CallKind,
    MalformedResponseError,
    OfflineRequest,
    OfflineType,
    TuyaLockClient,
    UnsupportedError,
)

from .conftest import Clock
from .fake_cloud import NOW, FakeCloud, ok, refusal

DEVICE = "vdevo000000000000000001"
CREATE = f"/v1.1/devices/{DEVICE}/door-lock/offline-temp-password"
LIST = f"/v1.0/devices/{DEVICE}/door-lock/offline-temp-password"
DYNAMIC = f"/v1.0/devices/{DEVICE}/door-lock/dynamic-password"
START = datetime(2023, 11, 14, 22, tzinfo=UTC)


async def test_create(
    client: TuyaLockClient, cloud: FakeCloud, counted: list[CallKind]
) -> None:
    """The window that counts is the cloud's."""
    answer = {
        "offline_temp_password_id": "697404212",
        "offline_temp_password": "4266733256",
        "offline_temp_password_name": "guest",
        "effective_time": 1699999200,
        "invalid_time": 1700002800,
    }
    cloud.on("POST", CREATE, ok(answer))
    end = START + timedelta(hours=1)
    request = OfflineRequest(OfflineType.MULTIPLE, "guest", START, end)
    password = await client.create_offline_password(DEVICE, request)
    assert (password.code, password.start, password.end) == ("4266733256", START, end)
    assert cloud.calls[0].body == (
        b'{"type":"multiple","name":"guest",'
        b'"effective_time":1699999200,"invalid_time":1700002800}'
    )
    assert counted == [CallKind.TOKEN, CallKind.CHANGE]


@pytest.mark.parametrize("result", [None, [], {}, {"offline_temp_password": "1"}])
async def test_malformed(client: TuyaLockClient, cloud: FakeCloud, result: Any) -> None:
    """An answer without the code leaves open whether one was made."""
    cloud.on("POST", CREATE, ok(result))
    with pytest.raises(MalformedResponseError) as caught:
        await client.create_offline_password(DEVICE, OfflineRequest(OfflineType.ONCE))
    assert caught.value.outcome_unknown


async def test_list(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """The list is asked for as the one client that knows it does."""
    cloud.on("GET", LIST, ok([{"pwd_id": "1", "pwd": "0000960001"}]))
    (entry,) = await client.list_offline_passwords(DEVICE)
    assert entry.id == "1"
    assert "960001" not in repr(entry)
    assert cloud.calls[0].raw_path == (
        f"{LIST}?page_no=1&page_size=100"
        "&pwd_type_codes=multiple,once,clear_one,clear_all&target_status="
    )


@pytest.mark.parametrize(
    "pages",
    [
        [{"has_more": True}, {"has_more": True}, {"has_more": False}],
        [{"total_pages": 3}, {"total_pages": 3}, {"total_pages": 3}],
        [{"total": 3}, {"total": 3}, {"total": "3"}],
        [{"has_more": True}, {"has_more": True}, {}],
    ],
)
async def test_pages(
    client: TuyaLockClient, cloud: FakeCloud, pages: list[dict[str, Any]]
) -> None:
    """All pages are read, however the cloud tells that there are more."""
    answers = [
        ok({"records": [{"pwd_id": number}]} | more)
        for number, more in enumerate(pages, start=1)
    ]
    cloud.on("GET", LIST, *answers)
    entries = await client.list_offline_passwords(DEVICE)
    assert [entry.id for entry in entries] == ["1", "2", "3"]
    assert [call.query["page_no"] for call in cloud.calls] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("sizes", "calls"), [((99,), 1), ((100, 20), 2), ((100, 100, 0), 3), ((100,), 2)]
)
async def test_pages_of_bare_lists(
    client: TuyaLockClient, cloud: FakeCloud, sizes: tuple[int, ...], calls: int
) -> None:
    """A list that is full may go on; one that comes again doesn't."""
    pages = [
        ok([{"pwd_id": 1000 * page + number} for number in range(size)])
        for page, size in enumerate(sizes)
    ]
    cloud.on("GET", LIST, *pages)
    entries = await client.list_offline_passwords(DEVICE)
    assert len({entry.id for entry in entries}) == len(entries) == sum(sizes)
    assert len(cloud.calls) == calls


@pytest.mark.parametrize("records", [[], [{"pwd_id": 1}]])
async def test_pages_that_do_not_end(
    client: TuyaLockClient, cloud: FakeCloud, records: list[dict[str, Any]]
) -> None:
    """A list that repeats itself, or has nothing more to say, is malformed."""
    cloud.on("GET", LIST, ok({"records": records, "has_more": True}))
    with pytest.raises(MalformedResponseError):
        await client.list_offline_passwords(DEVICE)
    assert len(cloud.calls) <= 2


async def test_pages_without_bound(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """A list with ever new entries ends, too."""

    def endless(_asked: object) -> dict[str, Any]:
        return ok({"records": [{"pwd_id": len(cloud.calls)}], "has_more": True})

    cloud.on("GET", LIST, endless)
    with pytest.raises(MalformedResponseError):
        await client.list_offline_passwords(DEVICE)
    assert len(cloud.calls) == 100


async def test_no_list(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """A cloud without the list says that it is not supported."""
    with pytest.raises(UnsupportedError):
        await client.list_offline_passwords(DEVICE)


async def test_rename(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """The document spells the field so."""
    cloud.on("PUT", f"{LIST}/697404212", ok())
    await client.rename_offline_password(DEVICE, "697404212", "new0ne")
    assert cloud.calls[0].body == b'{"passwordName":"new0ne"}'


async def test_locks(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """The locks that take offline codes."""
    path = f"/v1.0/devices/{DEVICE}/offline-pwd-locks"
    cloud.on("GET", path, ok([{"id": "a"}, {"id": "b"}]), ok([]), ok(None))
    assert await client.list_offline_locks(DEVICE) == {"a", "b"}
    assert await client.list_offline_locks(DEVICE) == frozenset()
    with pytest.raises(MalformedResponseError):
        await client.list_offline_locks(DEVICE)


async def test_dynamic(client: TuyaLockClient, cloud: FakeCloud, clock: Clock) -> None:
    """A dynamic password counts from the cloud's time, not the machine's."""
    clock.time = NOW - 100
    cloud.on("GET", DYNAMIC, ok({"dynamic_password": "06712345"}), refusal(2003))
    password = await client.get_dynamic_password(DEVICE)
    assert password.code == "06712345"
    assert password.start == datetime.fromtimestamp(NOW, UTC)
    assert password.end - password.start == timedelta(minutes=5)
    with pytest.raises(UnsupportedError):
        await client.get_dynamic_password(DEVICE)
