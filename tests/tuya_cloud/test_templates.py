"""Template temporary passwords."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from custom_components.tuya_lock_manager.tuya_cloud import (
    CallKind,
    InvalidRequestError,
    MalformedResponseError,
    NameTakenError,
    ScheduleBlock,
    TemplateRequest,
    TemplateState,
    TuyaLockClient,
)

from .fake_cloud import TICKET_KEY, FakeCloud, ok, refusal

DEVICE = "vdevo000000000000000001"
LIST = f"/v1.0/devices/{DEVICE}/door-lock/template/temp-password"
# The document has another prefix for this one, and `device` without an s.
CREATE = f"/v1.0/smart-lock/device/{DEVICE}/template/temp-password"
TICKET = f"/v1.0/devices/{DEVICE}/door-lock/password-ticket"
START = datetime.fromtimestamp(1700000000, UTC)
REQUEST = TemplateRequest("guest", "1234567", START, START + timedelta(days=1), 7)


def page(*ids: int, **fields: Any) -> dict[str, Any]:
    """Return a page of passwords."""
    records = [{"pwd_id": one, "password": "1234567"} for one in ids]
    return ok({"records": records} | fields)


@pytest.mark.parametrize(
    ("state", "number"),
    [(TemplateState.VALID, 0), (TemplateState.INVALID, 1), (TemplateState.ALL, 2)],
)
async def test_list(
    client: TuyaLockClient,
    cloud: FakeCloud,
    counted: list[CallKind],
    state: TemplateState,
    number: int,
) -> None:
    """All pages, told by what comes before; one that moved is there once."""
    cloud.on("GET", LIST, page(1, 2, has_more=True), page(2, 3, has_more=False))
    found = await client.list_template_passwords(DEVICE, state)
    assert [password.id for password in found] == ["1", "2", "3"]
    assert [call.raw_path for call in cloud.calls] == [
        f"{LIST}?data_type={number}&offset=0&page_size=50",
        f"{LIST}?data_type={number}&offset=2&page_size=50",
    ]
    assert counted == [CallKind.TOKEN, CallKind.PASSWORDS, CallKind.PASSWORDS]
    assert "1234567" not in repr(found)


async def test_list_of_all(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """Unless told otherwise all are listed; where nothing says more, the count tells."""
    cloud.on("GET", LIST, page(1, total="2"), page(2, total="2"))
    assert len(await client.list_template_passwords(DEVICE)) == 2
    assert cloud.calls[1].query == {"data_type": "2", "offset": "1", "page_size": "50"}


@pytest.mark.parametrize("answer", [page(1, has_more=True), page(has_more=True)])
async def test_list_without_end(
    client: TuyaLockClient, cloud: FakeCloud, answer: dict[str, Any]
) -> None:
    """A cloud that repeats itself, or has more of nothing, is not listened to."""
    cloud.on("GET", LIST, answer)
    with pytest.raises(MalformedResponseError):
        await client.list_template_passwords(DEVICE)
    assert len(cloud.calls) <= 2


async def test_detail(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """One password."""
    cloud.on("GET", f"{LIST}/12345", ok({"pwd_id": 12345, "dev_ack": True}))
    password = await client.get_template_password(DEVICE, "12345")
    assert (password.id, password.on_lock) == ("12345", True)


@pytest.mark.parametrize("behind_gateway", [False, True])
async def test_create(
    client: TuyaLockClient, cloud: FakeCloud, behind_gateway: bool
) -> None:
    """By way of the cloud, and through the gateway where there is one."""
    cloud.on("POST", TICKET, ok({"ticket_id": "t1", "ticket_key": TICKET_KEY}))
    cloud.on("POST", CREATE, ok({"pwd_id": 12345}))
    request = replace(REQUEST, behind_gateway=behind_gateway, one_time=True)
    assert await client.create_template_password(DEVICE, request) == "12345"
    body: dict[str, Any] = {
        "name": "guest",
        "password": "956dbf9fbb762bc3874fef2c428ca1c4",
        "password_type": "ticket",
        "ticket_id": "t1",
        "effective_time": 1700000000,
        "invalid_time": 1700086400,
        "type": 1,
        "dp_tunnel": 2,
        "dpTunnel": 2,
        "check_name": False,
    }
    if behind_gateway:
        body |= {"bluetooth_symbolic": True, "bluetoothSymbolic": True}
    assert cloud.calls[1].json == body


async def test_create_with_schedule(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """The hours of the day travel as with other passwords; the name can be checked."""
    cloud.on("POST", TICKET, ok({"ticket_id": "t1", "ticket_key": TICKET_KEY}))
    cloud.on("POST", CREATE, refusal(2316))
    block = ScheduleBlock(time(7, 30), time(12), frozenset({0, 6}))
    request = replace(
        REQUEST, schedule=(block,), time_zone="Europe/Berlin", check_name=True
    )
    with pytest.raises(NameTakenError):
        await client.create_template_password(DEVICE, request)
    body = cloud.calls[1].json
    assert (body["check_name"], body["time_zone"]) == (True, "Europe/Berlin")
    assert body["schedule_list"] == [
        {"effective_time": 450, "invalid_time": 720, "working_day": 3}
    ]


@pytest.mark.parametrize("answer", [None, True, {}, {"pwd_id": ""}])
async def test_no_id(client: TuyaLockClient, cloud: FakeCloud, answer: Any) -> None:
    """An answer without id leaves open whether the password was made."""
    cloud.on("POST", TICKET, ok({"ticket_id": "t1", "ticket_key": TICKET_KEY}))
    cloud.on("POST", CREATE, ok(answer))
    with pytest.raises(MalformedResponseError) as caught:
        await client.create_template_password(DEVICE, REQUEST)
    assert caught.value.outcome_unknown


@pytest.mark.parametrize("answer", [{}, {"pwd_id": 12345}, True])
@pytest.mark.parametrize("behind_gateway", [False, True])
async def test_delete(
    client: TuyaLockClient, cloud: FakeCloud, answer: Any, behind_gateway: bool
) -> None:
    """Never past the cloud, whichever spelling it knows; any of the answers will do."""
    cloud.on("DELETE", f"{LIST}/12345", ok(answer))
    await client.delete_template_password(
        DEVICE, "12345", behind_gateway=behind_gateway
    )
    body: dict[str, Any] = {"dp_tunnel": 2, "dpTunnel": 2}
    if behind_gateway:
        body |= {"bluetooth_symbolic": True, "bluetoothSymbolic": True}
    assert cloud.calls[0].json == body


def test_bad_request() -> None:
    """A template password is refused for what any other is, and shows no digits."""
    for changes in ({"digits": "123456"}, {"name": ""}, {"end": START}):
        with pytest.raises(InvalidRequestError):
            replace(REQUEST, **changes)
    assert "1234567" not in repr(REQUEST)


async def test_bad_id(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """An id that leads elsewhere is not sent."""
    for ask in (
        client.get_template_password(DEVICE, "../1"),
        client.delete_template_password(DEVICE, "1/record"),
        client.create_template_password("a/b", REQUEST),
    ):
        with pytest.raises(InvalidRequestError):
            await ask
    assert not cloud.requests
