"""The people of a lock."""

from typing import Any

import pytest

from custom_components.tuya_lock_manager.tuya_cloud import (
    CallKind,
    MalformedResponseError,
    TuyaLockClient,
    UnsupportedError,
)

from .fake_cloud import FakeCloud, ok

DEVICE = "vdevo000000000000000001"
RICH = f"/v1.0/smart-lock/devices/{DEVICE}/users"
PLAIN = f"/v1.1/devices/{DEVICE}/users"
PANEL = f"/v1.0/devices/{DEVICE}/users"


def page(*ids: str, has_more: bool = False) -> dict[str, Any]:
    """Return a page of members."""
    return ok({"records": [{"user_id": one} for one in ids], "has_more": has_more})


async def test_members(
    client: TuyaLockClient, cloud: FakeCloud, counted: list[CallKind]
) -> None:
    """All pages of the rich list."""
    cloud.on("GET", RICH, page("a", "b", has_more=True), page("c"))
    members = await client.list_members(DEVICE)
    assert [member.user_id for member in members] == ["a", "b", "c"]
    assert [call.raw_path for call in cloud.calls] == [
        f"{RICH}?page_no=1&page_size=50",
        f"{RICH}?page_no=2&page_size=50",
    ]
    assert counted == [CallKind.TOKEN, CallKind.MEMBERS, CallKind.MEMBERS]


async def test_plain_members(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """Where there is no rich list, the plain one, and the next time at once."""
    cloud.on("GET", PLAIN, page("a"))
    assert len(await client.list_members(DEVICE)) == 1
    assert len(await client.list_members(DEVICE)) == 1
    assert [call.path for call in cloud.calls] == [RICH, PLAIN, PLAIN]


async def test_no_members(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """No answer is never an empty list."""
    with pytest.raises(UnsupportedError):
        await client.list_members(DEVICE)
    cloud.on("GET", RICH, ok(None))
    with pytest.raises(MalformedResponseError):
        await client.list_members(DEVICE)


async def test_panel_members(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """The members that were made on the lock."""
    cloud.on("GET", PANEL, ok([{"user_id": "a1b2c3", "nick_name": "Ann"}]), page("x"))
    (member,) = await client.list_panel_members(DEVICE)
    assert (member.user_id, member.name, member.uid) == ("a1b2c3", "Ann", None)
    assert [one.user_id for one in await client.list_panel_members(DEVICE)] == ["x"]
