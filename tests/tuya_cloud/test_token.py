"""The access token: one request for all, ahead of time, and nobody harmed by others."""

import asyncio

from aiohttp import web
import pytest

from custom_components.tuya_lock_manager.tuya_cloud import (
    CallKind,
    InvalidCredentialsError,
    MalformedResponseError,
    ServerError,
    TokenError,
    TuyaLockClient,
)

from .conftest import Clock
from .fake_cloud import FakeCloud, ok, refusal

DEVICE = "vdevo000000000000000001"
STATUS = f"/v1.0/devices/{DEVICE}/status"
DELETE = f"/v1.0/devices/{DEVICE}/door-lock/temp-passwords/1001"


async def test_one_token_for_all(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """Calls share a token while it lasts."""
    cloud.on("GET", STATUS, ok([]))
    for _ in range(3):
        await client.get_status(DEVICE)
    assert cloud.tokens == 1
    assert client.project_uid == "bay1600000000000000"


async def test_connect_always_asks(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """Connecting checks the credentials even with a good token at hand."""
    assert client.project_uid is None
    await client.connect()
    await client.connect()
    assert cloud.tokens == 2


async def test_uid_is_kept(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """A grant that tells no user does not forget the one that is known."""
    await client.connect()
    cloud.uid = None
    await client.connect()
    assert client.project_uid == "bay1600000000000000"


async def test_expired_token_with_fifty_calls(
    client: TuyaLockClient, cloud: FakeCloud, clock: Clock
) -> None:
    """Fifty calls that find the token expired make one request for a new one."""
    cloud.on("GET", STATUS, ok([]))
    await client.connect()
    clock.time += 7200
    cloud.token_delay = 0.05
    await asyncio.gather(*(client.get_status(DEVICE) for _ in range(50)))
    assert cloud.tokens == 2
    assert len(cloud.calls) == 50


async def test_killed_token_with_fifty_calls(
    client: TuyaLockClient, cloud: FakeCloud
) -> None:
    """Fifty calls that are told so by the cloud make one request, and no error."""
    cloud.on("GET", STATUS, ok([]))
    await client.connect()
    cloud.valid_tokens = {"of another client"}
    cloud.token_delay = 0.05
    await asyncio.gather(*(client.get_status(DEVICE) for _ in range(50)))
    assert cloud.tokens == 2
    assert len(cloud.calls) == 100


async def test_first_token_with_fifty_calls(
    client: TuyaLockClient, cloud: FakeCloud
) -> None:
    """Fifty calls at the start make one request for a token."""
    cloud.on("GET", STATUS, ok([]))
    cloud.token_delay = 0.05
    await asyncio.gather(*(client.get_status(DEVICE) for _ in range(50)))
    assert cloud.tokens == 1


@pytest.mark.parametrize(("elapsed", "tokens"), [(7139, 1), (7140, 2)])
async def test_renewed_ahead_of_time(
    client: TuyaLockClient, cloud: FakeCloud, clock: Clock, elapsed: int, tokens: int
) -> None:
    """A token is renewed a minute before it ends."""
    cloud.on("GET", STATUS, ok([]))
    await client.get_status(DEVICE)
    clock.time += elapsed
    await client.get_status(DEVICE)
    assert cloud.tokens == tokens


async def test_short_lived_token_is_used(
    client: TuyaLockClient, cloud: FakeCloud, clock: Clock
) -> None:
    """A cloud that gives out the rest of an old token is not asked with every call."""
    cloud.lifetime = 40
    cloud.on("GET", STATUS, ok([]))
    for elapsed in (0, 19, 1):
        clock.time += elapsed
        await client.get_status(DEVICE)
    assert cloud.tokens == 2


@pytest.mark.parametrize("code", [1002, 1010, 1011, 1012, 1400])
async def test_renewed_and_sent_again(
    client: TuyaLockClient, cloud: FakeCloud, code: int
) -> None:
    """A refused token means that nothing was done: renew, and send once more."""
    path = f"{STATUS.removesuffix('status')}door-lock/temp-passwords/1001"
    cloud.on("DELETE", path, refusal(code, "token invalid"), ok())
    await client.delete_password(DEVICE, "1001")
    assert cloud.tokens == 2
    sent = [asked.headers["access_token"] for asked in cloud.calls]
    assert sent == ["token1", "token2"]


async def test_sent_again_only_once(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """A cloud that refuses every token is not asked for ever."""
    cloud.on("GET", STATUS, refusal(1010, "token invalid"))
    with pytest.raises(TokenError):
        await client.get_status(DEVICE)
    assert len(cloud.calls) == 2
    assert cloud.tokens == 2


async def test_a_cloud_that_refuses_every_token_is_asked_less(
    client: TuyaLockClient, cloud: FakeCloud
) -> None:
    """After a new token was in vain, each reading has one try, with a new one."""
    refused = refusal(1010, "token invalid")
    cloud.on("GET", STATUS, *[refused] * 5, refused, ok([]))
    cloud.on("DELETE", DELETE, refused, ok())
    for _ in range(4):
        with pytest.raises(TokenError):
            await client.get_status(DEVICE)
    assert (len(cloud.calls), cloud.tokens) == (5, 5)
    # Somebody waits for a change, so that is worth another token.
    await client.delete_password(DEVICE, "1001")
    assert (len(cloud.calls), cloud.tokens) == (7, 7)
    # That worked, so all is as before.
    assert await client.get_status(DEVICE) == {}


async def test_late_refusal_starts_no_second_renewal(
    client: TuyaLockClient, cloud: FakeCloud
) -> None:
    """A refusal of a token that was replaced meanwhile is answered with the new one."""
    cloud.on("GET", STATUS, ok([]))
    cloud.on("GET", "/v1.0/devices/quick/status", ok([]))
    await client.connect()
    cloud.valid_tokens = {"of another client"}
    cloud.held[STATUS] = asyncio.Event()

    late = asyncio.create_task(client.get_status(DEVICE))
    await asyncio.wait_for(cloud.holding.wait(), 2)
    await client.get_status("quick")
    assert cloud.tokens == 2

    cloud.held[STATUS].set()
    await late
    assert cloud.tokens == 2
    sent = [asked.headers["access_token"] for asked in cloud.calls]
    assert sent == ["token1", "token1", "token2", "token2"]


async def test_failed_renewal_is_shared(
    client: TuyaLockClient, cloud: FakeCloud, counted: list[CallKind]
) -> None:
    """Who waited for a renewal that failed gets its error, not another attempt."""
    cloud.token_delay = 0.05
    cloud.token_answer = refusal(1004, "sign invalid")
    outcomes = await asyncio.gather(
        *(client.get_status(DEVICE) for _ in range(20)), return_exceptions=True
    )
    assert all(isinstance(outcome, InvalidCredentialsError) for outcome in outcomes)
    assert counted == [CallKind.TOKEN]

    cloud.token_answer = None
    cloud.on("GET", STATUS, ok([]))
    assert await client.get_status(DEVICE) == {}


async def test_cancelled_renewal_harms_nobody(
    client: TuyaLockClient, cloud: FakeCloud
) -> None:
    """When the call that renews is cancelled, the next in line renews."""
    cloud.on("GET", STATUS, ok([]))
    cloud.token_delay = 0.1
    first = asyncio.create_task(client.get_status(DEVICE))
    second = asyncio.create_task(client.get_status(DEVICE))
    await asyncio.sleep(0.05)
    first.cancel()
    assert await second == {}
    with pytest.raises(asyncio.CancelledError):
        await first


async def test_outage_of_the_token(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """An outage while renewing is an outage, not a wrong secret."""
    cloud.token_answer = web.Response(status=502)
    with pytest.raises(ServerError):
        await client.get_status(DEVICE)


@pytest.mark.parametrize(
    "grant",
    [
        None,
        [],
        {},
        {"access_token": "", "expire_time": 7200},
        {"access_token": "x"},
        {"access_token": "x", "expire_time": 0},
        {"access_token": "x", "expire_time": -1},
        {"access_token": "x", "expire_time": "soon"},
        {"access_token": "x\r\nX-Evil: 1", "expire_time": 7200},
        {"access_token": "é", "expire_time": 7200},
        {"access_token": ["x"], "expire_time": 7200},
    ],
)
async def test_unusable_grant(
    client: TuyaLockClient, cloud: FakeCloud, grant: object
) -> None:
    """A grant that cannot be used is a malformed answer."""
    cloud.token_answer = ok(grant)
    with pytest.raises(MalformedResponseError):
        await client.connect()
