"""Online passwords."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import aiohttp
import pytest

from custom_components.tuya_lock_manager.tuya_cloud import (
    CallKind,
    Credentials,
    InvalidCredentialsError,
    MalformedResponseError,
    PasswordExpiredError,
    PasswordNotFoundError,
    PasswordRequest,
    ScheduleBlock,
    TuyaCloudError,
    TuyaLockClient,
    UnsupportedError,
)

from .fake_cloud import ACCESS_ID, TICKET_KEY, FakeCloud, ok, refusal

DEVICE = "vdevo000000000000000001"
LOCK = f"/v1.0/devices/{DEVICE}/door-lock"
TICKET = f"{LOCK}/password-ticket"
OTHER_TICKET = f"/v1.0/smart-lock/devices/{DEVICE}/password-ticket"
CREATE = f"{LOCK}/temp-password"
ONE = f"{LOCK}/temp-passwords/1001"
START = datetime.fromtimestamp(1700000000, UTC)
REQUEST = PasswordRequest(
    name="cleaner",
    digits="1234567",
    start=START,
    end=START + timedelta(days=1),
    digits_length=7,
    time_zone="Europe/Berlin",
)


def ticket(number: int = 1) -> dict[str, Any]:
    """Return a ticket."""
    result = {"ticket_id": f"simTkt0{number}", "ticket_key": TICKET_KEY}
    return ok(result | {"expire_time": 360})


async def test_create(
    client: TuyaLockClient, cloud: FakeCloud, counted: list[CallKind]
) -> None:
    """The request is, byte for byte, the one of the reference."""
    cloud.on("POST", TICKET, ticket())
    cloud.on("POST", CREATE, ok({"id": 1001}))
    assert await client.create_password(DEVICE, REQUEST) == "1001"
    ticket_call, create_call = cloud.calls
    assert ticket_call.body == b""
    assert create_call.body == (
        b'{"name":"cleaner","password":"956dbf9fbb762bc3874fef2c428ca1c4",'
        b'"password_type":"ticket","ticket_id":"simTkt01","effective_time":1700000000,'
        b'"invalid_time":1700086400,"type":0,"time_zone":"Europe/Berlin"}'
    )
    assert counted == [CallKind.TOKEN, CallKind.CHANGE, CallKind.CHANGE]


async def test_schedule(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """A periodic password carries its one block."""
    cloud.on("POST", TICKET, ticket())
    cloud.on("POST", CREATE, ok({"id": "1001"}))
    request = PasswordRequest(
        name="cleaner",
        digits="123456",
        start=START,
        end=START + timedelta(days=1),
        digits_length=6,
        time_zone="Europe/Berlin",
        schedule=(ScheduleBlock(time(11), time(15), frozenset(range(5))),),
    )
    await client.create_password(DEVICE, request)
    body = cloud.calls[1].json
    assert body["password"] == "4239f36c3d29e53838530508da1a94d1"
    assert body["schedule_list"] == [
        {"effective_time": 660, "invalid_time": 900, "working_day": 62}
    ]


async def test_every_password_has_its_own_ticket(
    client: TuyaLockClient, cloud: FakeCloud
) -> None:
    """Whether a ticket can be used twice is not known, so it never is."""
    cloud.on("POST", TICKET, ticket(1), ticket(2))
    cloud.on("POST", CREATE, ok({"id": 1}))
    await client.create_password(DEVICE, REQUEST)
    await client.create_password(DEVICE, REQUEST)
    used = [call.json["ticket_id"] for call in cloud.calls if call.body]
    assert used == ["simTkt01", "simTkt02"]


async def test_other_ticket(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """A lock that does not know the first way to a ticket is asked the other way."""
    cloud.on("POST", OTHER_TICKET, ticket())
    cloud.on("POST", CREATE, ok({"id": 1}))
    await client.create_password(DEVICE, REQUEST)
    await client.create_password(DEVICE, REQUEST)
    paths = [call.path for call in cloud.calls]
    assert paths == [TICKET, OTHER_TICKET, CREATE, OTHER_TICKET, CREATE]


@pytest.mark.parametrize(
    "answer",
    [
        ok(None),
        ok({}),
        ok({"ticket_id": "x"}),
        ok({"ticket_id": "x", "ticket_key": "zz"}),
        ok({"ticket_key": TICKET_KEY}),
    ],
)
async def test_unusable_ticket(
    client: TuyaLockClient, cloud: FakeCloud, answer: dict[str, Any]
) -> None:
    """Without a ticket that can be used no password is sent."""
    cloud.on("POST", TICKET, answer)
    with pytest.raises(MalformedResponseError):
        await client.create_password(DEVICE, REQUEST)
    assert [call.path for call in cloud.calls] == [TICKET]


async def test_secret_of_wrong_length(
    session: aiohttp.ClientSession, cloud: FakeCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A short secret can sign, but not encrypt."""
    monkeypatch.setattr("tests.tuya_cloud.fake_cloud.ACCESS_SECRET", "short")
    cloud.on("POST", TICKET, ticket())
    client = TuyaLockClient(session, Credentials(ACCESS_ID, "short", cloud.url))
    with pytest.raises(InvalidCredentialsError):
        await client.create_password(DEVICE, REQUEST)


@pytest.mark.parametrize(
    "answer", [ok(None), ok(True), ok({}), ok({"id": ""}), ok([1])]
)
async def test_no_id(
    client: TuyaLockClient, cloud: FakeCloud, answer: dict[str, Any]
) -> None:
    """An answer without id leaves open whether the password was made."""
    cloud.on("POST", TICKET, ticket())
    cloud.on("POST", CREATE, answer)
    with pytest.raises(MalformedResponseError) as caught:
        await client.create_password(DEVICE, REQUEST)
    assert caught.value.outcome_unknown


ENTRY = {"id": 1001, "effective_time": 1700000000, "invalid_time": 1700086400}


@pytest.mark.parametrize(
    "result",
    [[ENTRY], {"list": [ENTRY]}, {"temp_passwords": [ENTRY]}, {"records": [ENTRY]}],
)
async def test_list(client: TuyaLockClient, cloud: FakeCloud, result: Any) -> None:
    """The list comes bare, or in one of the wrappings that clients have met."""
    cloud.on("GET", f"{LOCK}/temp-passwords", ok(result))
    (password,) = await client.list_passwords(DEVICE)
    assert password.id == "1001"
    assert cloud.calls[0].query == {}


@pytest.mark.parametrize(("valid", "sent"), [(True, "true"), (False, "false")])
async def test_list_valid(
    client: TuyaLockClient, cloud: FakeCloud, valid: bool, sent: str
) -> None:
    """The list can be limited to what is valid."""
    cloud.on("GET", f"{LOCK}/temp-passwords", ok([]))
    assert await client.list_passwords(DEVICE, valid=valid) == ()
    assert cloud.calls[0].query == {"valid": sent}


@pytest.mark.parametrize("result", [None, {}, "", 0, {"list": None}, [None], [{}]])
async def test_malformed_list(
    client: TuyaLockClient, cloud: FakeCloud, result: Any
) -> None:
    """No list is never an empty list."""
    cloud.on("GET", f"{LOCK}/temp-passwords", ok(result))
    with pytest.raises(MalformedResponseError):
        await client.list_passwords(DEVICE)


async def test_get(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """One password, by the singular path."""
    cloud.on("GET", f"{CREATE}/1001", ok(ENTRY), refusal(2321))
    assert (await client.get_password(DEVICE, "1001")).start == START
    with pytest.raises(PasswordNotFoundError):
        await client.get_password(DEVICE, "1001")


async def test_modify(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """A change sends everything again, with a new ticket."""
    cloud.on("POST", TICKET, ticket())
    cloud.on("PUT", f"{ONE}/modify-password", ok())
    await client.modify_password(DEVICE, "1001", REQUEST)
    assert cloud.calls[1].json["password"] == "956dbf9fbb762bc3874fef2c428ca1c4"
    assert cloud.calls[1].json["ticket_id"] == "simTkt01"


async def test_small_changes(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """Freezing, unfreezing, deleting and forgetting have paths and no body."""
    wanted = [
        ("PUT", f"{ONE}/freeze-password"),
        ("PUT", f"{ONE}/unfreeze-password"),
        ("DELETE", ONE),
        ("DELETE", f"{ONE}/record"),
    ]
    for method, path in wanted:
        cloud.on(method, path, ok())
    await client.freeze_password(DEVICE, "1001")
    await client.unfreeze_password(DEVICE, "1001")
    await client.delete_password(DEVICE, "1001")
    await client.delete_password_record(DEVICE, "1001")
    assert [(call.method, call.path) for call in cloud.calls] == wanted
    assert all(call.body == b"" for call in cloud.calls)


async def test_refused_changes(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """What the cloud refuses is told in kind."""
    cloud.on("PUT", f"{ONE}/freeze-password", refusal(2004))
    cloud.on("DELETE", ONE, refusal(2304))
    with pytest.raises(UnsupportedError):
        await client.freeze_password(DEVICE, "1001")
    with pytest.raises(PasswordExpiredError):
        await client.delete_password(DEVICE, "1001")


@pytest.mark.parametrize("result", [True, {}, {"pwd_id": 1001}, None])
async def test_accepted(client: TuyaLockClient, cloud: FakeCloud, result: Any) -> None:
    """Success is told in several forms."""
    cloud.on("DELETE", ONE, ok(result))
    await client.delete_password(DEVICE, "1001")


async def test_not_accepted(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """A success whose result is no is none."""
    cloud.on("DELETE", ONE, ok(False), ok([True]), ok("true"), ok(1))
    with pytest.raises(TuyaCloudError) as caught:
        await client.delete_password(DEVICE, "1001")
    assert not caught.value.outcome_unknown
    for _ in range(3):
        with pytest.raises(MalformedResponseError):
            await client.delete_password(DEVICE, "1001")
