"""Opening and closing from afar."""

from typing import Any

import pytest

from custom_components.tuya_lock_manager.tuya_cloud import (
    DeviceOfflineError,
    InvalidRequestError,
    MalformedResponseError,
    RemoteUnlock,
    RemoteUnlockType,
    TuyaCloudError,
    TuyaLockClient,
    UnsupportedError,
)

from .fake_cloud import FakeCloud, ok, refusal

DEVICE = "vdevo000000000000000001"
WAYS = f"/v1.0/devices/{DEVICE}/door-lock/remote-unlocks"
TICKET = f"/v1.0/devices/{DEVICE}/door-lock/password-ticket"
OPERATE = f"/v1.0/smart-lock/devices/{DEVICE}/password-free/door-operate"
OPEN = f"/v1.0/devices/{DEVICE}/door-lock/password-free/open-door"
COMMANDS = f"/v1.0/devices/{DEVICE}/commands"
CANCEL = f"/v1.0/devices/{DEVICE}/door-lock/password-free/open-door/cancel"
CONFIGURE = f"/v1.0/devices/{DEVICE}/door-lock/remote-unlock/config"
OPEN_CHANNEL = f"/v1.1/devices/{DEVICE}/door-lock/password-free/open-door"


@pytest.fixture(autouse=True)
def tickets(cloud: FakeCloud) -> None:
    """Give out numbered tickets."""
    numbers = iter(range(1, 100))
    cloud.on("POST", TICKET, lambda _: ok({"ticket_id": f"t{next(numbers)}"}))


@pytest.mark.parametrize("as_list", [True, False])
async def test_ways(client: TuyaLockClient, cloud: FakeCloud, as_list: bool) -> None:
    """The ways to open come as a list or as one object."""
    way: Any = {"remote_unlock_type": "remoteUnlockWithoutPwd", "open": True}
    cloud.on("GET", WAYS, ok([way] if as_list else way))
    assert await client.get_remote_unlock(DEVICE) == (
        RemoteUnlock("remoteUnlockWithoutPwd", True),
    )


async def test_no_ways(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """None at all, one that is not said to be open, and no answer."""
    closed = {"remote_unlock_type": "remoteUnlockWithPwd"}
    cloud.on("GET", WAYS, ok([]), ok([closed]), ok(None))
    assert await client.get_remote_unlock(DEVICE) == ()
    assert [way.enabled for way in await client.get_remote_unlock(DEVICE)] == [False]
    with pytest.raises(MalformedResponseError):
        await client.get_remote_unlock(DEVICE)


@pytest.mark.parametrize("unlock", [True, False])
async def test_operate(client: TuyaLockClient, cloud: FakeCloud, unlock: bool) -> None:
    """Opening and closing say which, with a true truth value."""
    cloud.on("POST", OPERATE, ok())
    await client.operate(DEVICE, unlock=unlock)
    assert cloud.calls[1].json == {"ticket_id": "t1", "open": unlock}


@pytest.mark.parametrize("code", [1108, 2003])
async def test_other_ways_to_open(
    client: TuyaLockClient, cloud: FakeCloud, code: int
) -> None:
    """Where one way is not supported the next is tried, each with a new ticket."""
    cloud.on("POST", OPERATE, refusal(code))
    cloud.on("POST", OPEN, refusal(code))
    cloud.on("POST", OPEN_CHANNEL, ok())
    await client.operate(DEVICE, unlock=True)
    sent = [(call.path, call.json) for call in cloud.calls if call.path != TICKET]
    assert sent == [
        (OPERATE, {"ticket_id": "t1", "open": True}),
        (OPEN, {"ticket_id": "t2"}),
        (OPEN_CHANNEL, {"ticket_id": "t3", "channel_id": 1}),
    ]
    await client.operate(DEVICE, unlock=True)
    assert cloud.calls[-1].path == OPEN_CHANNEL


async def test_closing_has_one_way(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """A request to close must never turn into one to open."""
    cloud.on("POST", OPERATE, refusal(2003))
    cloud.on("POST", OPEN, ok())
    with pytest.raises(UnsupportedError):
        await client.operate(DEVICE, unlock=False)
    await client.operate(DEVICE, unlock=True)
    with pytest.raises(UnsupportedError):
        await client.operate(DEVICE, unlock=False)
    assert [call.path for call in cloud.calls].count(OPEN) == 1


@pytest.mark.parametrize(
    ("answer", "kind"),
    [(refusal(2001), DeviceOfflineError), (ok(False), TuyaCloudError)],
)
async def test_refused(
    client: TuyaLockClient,
    cloud: FakeCloud,
    answer: dict[str, Any],
    kind: type[TuyaCloudError],
) -> None:
    """A lock that does not move is told; nothing else is tried."""
    cloud.on("POST", OPERATE, answer)
    cloud.on("POST", OPEN, ok())
    with pytest.raises(kind):
        await client.operate(DEVICE, unlock=True)
    assert [call.path for call in cloud.calls] == [TICKET, OPERATE]


@pytest.mark.parametrize("enabled", [True, False])
@pytest.mark.parametrize("kind", RemoteUnlockType)
async def test_switch_a_way(
    client: TuyaLockClient, cloud: FakeCloud, kind: RemoteUnlockType, enabled: bool
) -> None:
    """A way to open is switched by its name."""
    cloud.on("POST", CONFIGURE, ok())
    await client.set_remote_unlock(DEVICE, kind, enabled=enabled)
    assert cloud.calls[0].json == {"remote_unlock_type": kind.value, "open": enabled}


async def test_switch_no_way(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """What is no way to open is not sent."""
    with pytest.raises(InvalidRequestError):
        await client.set_remote_unlock(DEVICE, "remote", enabled=True)  # type: ignore[arg-type]
    assert not cloud.requests


async def test_accept(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """To open to somebody who asked is a command."""
    cloud.on("POST", COMMANDS, ok())
    await client.answer_unlock_request(DEVICE, accept=True)
    assert cloud.calls[0].json == {
        "commands": [{"code": "reply_unlock_request", "value": True}]
    }


async def test_reject(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """To turn somebody down is no command, which might open after all."""
    cloud.on("PUT", CANCEL, ok(), refusal(1108))
    cloud.on("POST", COMMANDS, ok())
    await client.answer_unlock_request(DEVICE, accept=False)
    assert cloud.calls[0].json == {"type": 1}
    with pytest.raises(UnsupportedError):
        await client.answer_unlock_request(DEVICE, accept=False)
    assert {call.path for call in cloud.calls} == {CANCEL}
