"""How the members of a lock open it."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from custom_components.tuya_lock_manager.tuya_cloud import (
    CallKind,
    InvalidRequestError,
    LockBusyError,
    MalformedResponseError,
    TuyaCloudError,
    TuyaLockClient,
    UnlockMethod,
    UnlockType,
    UnsupportedError,
    UserType,
)

from .fake_cloud import FakeCloud, ok, refusal

DEVICE = "vdevo000000000000000001"
LOCK = f"/v1.0/devices/{DEVICE}/door-lock"
SMART = f"/v1.0/smart-lock/devices/{DEVICE}"
UNASSIGNED = f"{LOCK}/unassigned-keys"
CARD = UnlockMethod("unlock_card", 3)


async def test_methods(
    client: TuyaLockClient, cloud: FakeCloud, counted: list[CallKind]
) -> None:
    """All pages."""
    path = f"{SMART}/opmodes/u1"
    pages = [
        ok({"records": [{"unlock_sn": slot}], "has_more": slot < 2, "total": "2"})
        for slot in (1, 2)
    ]
    cloud.on("GET", path, *pages)
    methods = await client.list_methods(DEVICE, "u1")
    assert [method.slot for method in methods] == [1, 2]
    assert [call.raw_path for call in cloud.calls] == [
        f"{path}?page_no=1&page_size=50",
        f"{path}?page_no=2&page_size=50",
    ]
    assert counted == [CallKind.TOKEN, CallKind.MEMBERS, CallKind.MEMBERS]


async def test_unassigned(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """One call for each of the usual types."""
    keys = [
        {"unlock_no": 3, "unlock_type": "fingerprint", "hijack": False},
        {"unlock_no": "4"},
    ]
    cloud.on("GET", UNASSIGNED, ok({"unlock_keys": keys}), ok([]))
    assert await client.list_unassigned_methods(DEVICE) == (
        UnlockMethod("unlock_fingerprint", 3, duress=False),
        UnlockMethod("unlock_fingerprint", 4),
    )
    asked = [call.raw_path for call in cloud.calls]
    types = ("fingerprint", "password", "card", "face")
    assert asked == [f"{UNASSIGNED}?unlock_type={one}" for one in types]


async def test_assigned(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """The keys of a member tell the duress alarm."""
    path = f"{LOCK}/user-types/2/users/u1/assigned-keys"
    cloud.on("GET", path, ok({"unlock_keys": [{"unlock_no": 1, "hijack": True}]}))
    found = await client.list_assigned_methods(
        DEVICE, UserType.DEVICE, "u1", [UnlockType.CARD]
    )
    assert found == (UnlockMethod("unlock_card", 1, duress=True),)
    assert cloud.calls[0].raw_path == f"{path}?unlock_type=card"


@pytest.mark.parametrize("code", [1109, 2003, 2008])
async def test_type_that_the_lock_does_not_know(
    client: TuyaLockClient, cloud: FakeCloud, code: int
) -> None:
    """The other types are listed all the same."""
    found = ok({"unlock_keys": [{"unlock_no": 1}]})
    cloud.on("GET", UNASSIGNED, refusal(code), ok({"unlock_keys": []}), found)
    methods = await client.list_unassigned_methods(DEVICE)
    assert [method.code for method in methods] == ["unlock_card", "unlock_face"]


@pytest.mark.parametrize(
    ("answers", "kind", "calls"),
    [
        # The path is not there, so no type is worth another call.
        ([refusal(1108)], UnsupportedError, 1),
        ([ok([]), refusal(1108)], UnsupportedError, 2),
        ([refusal(1109), refusal(2003)], InvalidRequestError, 4),
        ([ok([]), refusal(2328)], LockBusyError, 2),
        ([ok(None)], MalformedResponseError, 1),
        ([ok({})], MalformedResponseError, 1),
    ],
)
async def test_no_answer_is_not_none_waiting(
    client: TuyaLockClient,
    cloud: FakeCloud,
    answers: list[dict[str, Any]],
    kind: type[TuyaCloudError],
    calls: int,
) -> None:
    """No answer is never an empty list."""
    cloud.on("GET", UNASSIGNED, *answers)
    with pytest.raises(kind):
        await client.list_unassigned_methods(DEVICE)
    assert len(cloud.calls) == calls


async def test_no_types(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """Nothing asked, nothing found."""
    assert await client.list_unassigned_methods(DEVICE, []) == ()
    assert not cloud.requests


async def test_assign(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """To give away and to take back spell the code, and the path, differently."""
    give = f"{LOCK}/opmodes/actions/allocate"
    take = f"{SMART}/opmodes/actions/cancel-allocate"
    cloud.on("POST", give, ok())
    cloud.on("POST", take, ok())
    methods = [CARD, UnlockMethod("fingerprint", 0, "thumb", special=True)]
    await client.assign_methods(DEVICE, "u1", methods)
    await client.unassign_methods(DEVICE, "u1", methods)
    assert [call.json for call in cloud.calls] == [
        {
            "user_id": "u1",
            "unlock_list": [
                {name: "unlock_card", "unlock_sn": 3},
                {name: "unlock_fingerprint", "unlock_sn": 0},
            ],
        }
        for name in ("dp_code", "code")
    ]
    assert [call.path for call in cloud.calls] == [give, take]


async def test_rename(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """The name alone; whether it is special is not touched."""
    cloud.on("PUT", f"{LOCK}/opmodes/3", ok())
    await client.rename_method(DEVICE, "unlock_card_kit", 3, "blue card")
    assert cloud.calls[0].json == {
        "dp_code": "unlock_card_kit",
        "unlock_name": "blue card",
    }


@pytest.mark.parametrize("spelling", ["card", "unlock_card", UnlockType.CARD])
async def test_remove(
    client: TuyaLockClient, cloud: FakeCloud, spelling: str, counted: list[CallKind]
) -> None:
    """The path has the short type, however it was given."""
    path = f"{LOCK}/user-types/1/users/u1/unlock-types/card/keys/3"
    cloud.on("DELETE", path, ok())
    await client.remove_method(DEVICE, UserType.ACCOUNT, "u1", spelling, 3)
    assert [(call.method, call.body) for call in cloud.calls] == [("DELETE", b"")]
    assert counted == [CallKind.TOKEN, CallKind.CHANGE]


@pytest.mark.parametrize("code", ["fingerprint", "unlock_password", "unlock_card_kit"])
async def test_duress(client: TuyaLockClient, cloud: FakeCloud, code: str) -> None:
    """On and off differ in prefix and in the spelling of the type."""
    short = code.removeprefix("unlock_").removesuffix("_kit")
    on = f"{LOCK}/unlock-types/{short}/keys/7/hijack"
    off = f"{SMART}/unlock-types/unlock_{short}/keys/7/hijack"
    cloud.on("PUT", on, ok())
    cloud.on("DELETE", off, ok())
    await client.set_duress(DEVICE, code, 7, on=True)
    await client.set_duress(DEVICE, code, 7, on=False)
    assert [(call.method, call.path, call.body) for call in cloud.calls] == [
        ("PUT", on, b""),
        ("DELETE", off, b""),
    ]


type Ask = Callable[[TuyaLockClient], Awaitable[object]]


@pytest.mark.parametrize(
    "ask",
    [
        lambda c: c.assign_methods(DEVICE, "u1", []),
        lambda c: c.assign_methods(DEVICE, "u1", [UnlockMethod("", 3)]),
        lambda c: c.assign_methods(DEVICE, "u1", [CARD, UnlockMethod("card", None)]),
        lambda c: c.unassign_methods(DEVICE, "u1", []),
        lambda c: c.unassign_methods(DEVICE, "u1", [UnlockMethod("unlock_card", -1)]),
        lambda c: c.rename_method(DEVICE, "unlock_card", 3, " "),
        lambda c: c.rename_method(DEVICE, "", 3, "x"),
        lambda c: c.rename_method(DEVICE, "unlock_card", True, "x"),
        lambda c: c.remove_method(DEVICE, 3, "u1", "card", 3),
        lambda c: c.remove_method(DEVICE, 2, "u1", "tail", 3),
        lambda c: c.remove_method(DEVICE, 2, "u1", "card", "3"),
        lambda c: c.remove_method(DEVICE, 2, "u/1", "card", 3),
        lambda c: c.list_assigned_methods(DEVICE, 0, "u1"),
        lambda c: c.list_assigned_methods(DEVICE, 2, "../u1"),
        lambda c: c.list_methods(DEVICE, "u1/x"),
        lambda c: c.cancel_enrolment(DEVICE, ""),
        lambda c: c.set_duress(DEVICE, "unlock_face", 1, on=True),
        lambda c: c.set_duress(DEVICE, "unlock_face", 1, on=False),
        lambda c: c.set_duress(DEVICE, "unlock_card", -1, on=True),
        lambda c: c.set_duress(DEVICE, "unlock_temporary", 1, on=True),
    ],
)
async def test_refused_here(client: TuyaLockClient, cloud: FakeCloud, ask: Ask) -> None:
    """What Tuya would refuse is not sent."""
    with pytest.raises(InvalidRequestError) as caught:
        await ask(client)
    assert caught.value.code is None
    assert not cloud.requests
