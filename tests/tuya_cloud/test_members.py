"""The people of a lock."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from custom_components.tuya_lock_manager.tuya_cloud import (
    CallKind,
    EffectiveFlag,
    InvalidRequestError,
    LockBusyError,
    MalformedResponseError,
    PasswordStateError,
    TuyaCloudError,
    TuyaLockClient,
    UnsupportedError,
)

from .fake_cloud import FakeCloud, ok, refusal

DEVICE = "vdevo000000000000000001"
RICH = f"/v1.0/smart-lock/devices/{DEVICE}/users"
PLAIN = f"/v1.1/devices/{DEVICE}/users"
PANEL = f"/v1.0/devices/{DEVICE}/users"
ADD = f"/v1.0/devices/{DEVICE}/user"
SCHEDULE = f"{RICH}/a/schedule"
START = datetime.fromtimestamp(1700000000, UTC)
WINDOW = (START, START + timedelta(days=1))


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


async def test_add(
    client: TuyaLockClient, cloud: FakeCloud, counted: list[CallKind]
) -> None:
    """Nothing of the person is sent but the name, and the sex that is demanded."""
    cloud.on("POST", ADD, ok("0000004r2h"), ok(77), ok({"userId": "0000000aip"}))
    added = [await client.add_member(DEVICE, "Ann") for _ in range(3)]
    assert added == ["0000004r2h", "77", "0000000aip"]
    assert [call.json for call in cloud.calls] == [{"nick_name": "Ann", "sex": 1}] * 3
    assert counted == [CallKind.TOKEN, *[CallKind.CHANGE] * 3]


@pytest.mark.parametrize("answer", [None, True, "", {}, [], ["a"], 1.5])
async def test_added_without_id(
    client: TuyaLockClient, cloud: FakeCloud, answer: Any
) -> None:
    """An answer without id leaves open whether the member was added."""
    cloud.on("POST", ADD, ok(answer))
    with pytest.raises(MalformedResponseError) as caught:
        await client.add_member(DEVICE, "Ann")
    assert caught.value.outcome_unknown


async def test_get(
    client: TuyaLockClient, cloud: FakeCloud, counted: list[CallKind]
) -> None:
    """The newer detail tells more, the older one will do."""
    cloud.on("GET", f"{PANEL}/a", ok({"user_id": "a", "nick_name": "Ann"}))
    assert (await client.get_member(DEVICE, "a")).name == "Ann"
    assert [call.path for call in cloud.calls] == [f"{PLAIN}/a", f"{PANEL}/a"]
    cloud.on("GET", f"{PLAIN}/b", ok({"user_id": "b", "effective_flag": 2}))
    cloud.on("GET", f"{PANEL}/b", refusal(1108))
    found = await client.get_member(DEVICE, "b")
    assert found.effective is EffectiveFlag.NOT_YET
    assert set(counted) == {CallKind.TOKEN, CallKind.MEMBERS}


@pytest.mark.parametrize(
    ("detail", "sex"),
    [
        (ok({"user_id": "a", "sex": 2}), 2),
        (ok({"user_id": "a", "sex": "0"}), 0),
        (ok({"user_id": "a"}), 1),
        (refusal(1108), 1),
    ],
)
async def test_update(
    client: TuyaLockClient, cloud: FakeCloud, detail: dict[str, Any], sex: int
) -> None:
    """The name changes; the sex that is there is sent back as it is."""
    cloud.on("GET", f"{PLAIN}/a", detail)
    cloud.on("PUT", f"{PANEL}/a", ok())
    await client.update_member(DEVICE, "a", "Anna")
    assert cloud.calls[-1].json == {"nick_name": "Anna", "sex": sex}


async def test_update_of_nobody(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """Whoever is not there is not written."""
    cloud.on("GET", f"{PLAIN}/a", refusal(2006, "user not exist"))
    with pytest.raises(TuyaCloudError, match="user not exist"):
        await client.update_member(DEVICE, "a", "Anna")
    assert {call.method for call in cloud.calls} == {"GET"}


async def test_remove(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """The way that reaches the lock comes first, and the other only if there is none."""
    issue = f"{RICH}/a/actions/delete-users-issue"
    cloud.on("POST", issue, ok(), refusal(1108), refusal(2306))
    cloud.on("DELETE", f"{PANEL}/a", ok(), refusal(1108))
    await client.remove_member(DEVICE, "a")
    await client.remove_member(DEVICE, "a")
    with pytest.raises(PasswordStateError):
        await client.remove_member(DEVICE, "a")
    assert [(call.method, call.path, call.body) for call in cloud.calls] == [
        ("POST", issue, b""),
        ("POST", issue, b""),
        ("DELETE", f"{PANEL}/a", b""),
        # What was found to work is asked first from then on.
        ("DELETE", f"{PANEL}/a", b""),
        ("POST", issue, b""),
    ]


@pytest.mark.parametrize(("admin", "role"), [(True, "admin"), (False, "normal")])
async def test_role(
    client: TuyaLockClient, cloud: FakeCloud, admin: bool, role: str
) -> None:
    """The role is a word."""
    cloud.on("PUT", f"{RICH}/a/actions/role", ok())
    await client.set_member_role(DEVICE, "a", admin=admin)
    assert cloud.calls[0].json == {"role": role}


SNAKE = {"permanent": False, "effective_time": 1700000000, "expired_time": 1700086400}
CAMEL = {"effectiveTime": 1700000000, "expiredTime": 1700086400}


async def test_window(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """Seconds, flat and wrapped at once; in camel case only after a refusal."""
    cloud.on("PUT", SCHEDULE, ok(), refusal(1100), ok(), refusal(1109))
    await client.set_member_window(DEVICE, "a", WINDOW)
    await client.set_member_window(DEVICE, "a", WINDOW)
    with pytest.raises(InvalidRequestError):
        await client.set_member_window(DEVICE, "a", WINDOW)
    first = {**SNAKE, "schedule": SNAKE}
    second = {**SNAKE, **CAMEL, "schedule": SNAKE}
    assert [call.json for call in cloud.calls] == [first, first, second, first, second]


async def test_window_refused_otherwise(
    client: TuyaLockClient, cloud: FakeCloud
) -> None:
    """Only what is illegal is sent in another spelling."""
    cloud.on("PUT", SCHEDULE, refusal(2328), ok())
    with pytest.raises(LockBusyError):
        await client.set_member_window(DEVICE, "a", WINDOW)
    assert len(cloud.calls) == 1


async def test_no_window(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """A member without limit; there is no other spelling of that."""
    cloud.on("PUT", SCHEDULE, ok(), refusal(1100), ok())
    await client.set_member_window(DEVICE, "a", None)
    with pytest.raises(InvalidRequestError):
        await client.set_member_window(DEVICE, "a", None)
    body = {"permanent": True, "schedule": {"permanent": True}}
    assert [call.json for call in cloud.calls] == [body, body]


@pytest.mark.parametrize(
    "window",
    [WINDOW[::-1], (WINDOW[0], WINDOW[0]), (WINDOW[0].replace(tzinfo=None), WINDOW[1])],
)
async def test_bad_window(
    client: TuyaLockClient, cloud: FakeCloud, window: tuple[datetime, datetime]
) -> None:
    """A window that does not last is not sent."""
    with pytest.raises(InvalidRequestError):
        await client.set_member_window(DEVICE, "a", window)
    assert not cloud.requests


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "\ud800", None])
async def test_bad_name(client: TuyaLockClient, cloud: FakeCloud, name: Any) -> None:
    """A name that is none is not sent."""
    for change in (
        client.add_member(DEVICE, name),
        client.update_member(DEVICE, "a", name),
    ):
        with pytest.raises(InvalidRequestError):
            await change
    assert not cloud.requests


async def test_long_name(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """The limit for names of passwords is not one for people."""
    cloud.on("POST", ADD, ok("a"))
    await client.add_member(DEVICE, "Wolfeschlegelsteinhausenbergerdorff")
    assert len(cloud.calls[0].json["nick_name"]) == 35


@pytest.mark.parametrize("user_id", ["", "..", "a/b", "a,b", "a?b"])
async def test_bad_id(client: TuyaLockClient, cloud: FakeCloud, user_id: str) -> None:
    """An id that leads elsewhere, or to several people, is not sent."""
    for change in (
        client.get_member(DEVICE, user_id),
        client.update_member(DEVICE, user_id, "Ann"),
        client.remove_member(DEVICE, user_id),
        client.set_member_role(DEVICE, user_id, admin=True),
        client.set_member_window(DEVICE, user_id, None),
    ):
        with pytest.raises(InvalidRequestError):
            await change
    assert not cloud.requests
