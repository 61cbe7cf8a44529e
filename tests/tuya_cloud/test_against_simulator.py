"""The client against the simulated cloud: every method that reads, and every fault.

The two are built from the same document and share no code, so what one of them gets
wrong shows here.
"""

from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from custom_components.tuya_lock_manager.tuya_cloud import (
    ConnectionFailedError,
    Credentials,
    DeviceOfflineError,
    InvalidCredentialsError,
    LockFullError,
    MalformedResponseError,
    NotSubscribedError,
    PlanExpiredError,
    QuotaExhaustedError,
    ServerError,
    ThrottledError,
    TicketError,
    TuyaCloudError,
    TuyaLockClient,
    UnsupportedError,
)
from simulator import Simulator
from simulator.locks.keypad import type_code

from .simulated import DIGITS, NOW, arrive, client_of, request_for


@pytest.fixture
def client(world: Simulator, session: aiohttp.ClientSession) -> TuyaLockClient:
    """Return a client of the simulator, on a machine whose clock is right."""
    return client_of(world, session)


async def test_connect(client: TuyaLockClient, world: Simulator) -> None:
    """The token is granted, and the clock of the cloud learned."""
    await client.connect()
    assert client.project_uid == world.started()["project_uid"]
    assert client.now() == datetime.fromtimestamp(NOW, UTC)


async def test_wrong_secret(world: Simulator, session: aiohttp.ClientSession) -> None:
    """A wrong secret is refused as that."""
    told = world.started()
    credentials = Credentials(str(told["access_id"]), "f" * 32, world.base_url)
    with pytest.raises(InvalidCredentialsError):
        await TuyaLockClient(session, credentials).connect()
    credentials = Credentials("nobody", str(told["access_secret"]), world.base_url)
    with pytest.raises(InvalidCredentialsError):
        await TuyaLockClient(session, credentials).connect()


async def test_devices(client: TuyaLockClient) -> None:
    """The list, the detail, the status and the description of every device agree."""
    devices = await client.list_devices()
    assert set(DIGITS) < {device.name for device in devices}
    for device in devices:
        detail = await client.get_device(device.id)
        assert (detail.name, detail.category) == (device.name, device.category)
        status = await client.get_status(device.id)
        assert set(detail.status) == set(status)
        specification = await client.get_specification(device.id)
        assert specification.category == device.category
        if device.name in DIGITS:
            assert any(point.dp_id for point in specification.status)


async def test_devices_without_permission(
    client: TuyaLockClient, world: Simulator
) -> None:
    """Where linked accounts may not be asked for, the own user's devices are listed."""
    world.world.faults.parse("not_authorised:path=associated-users,code=1106")
    devices = await client.list_devices()
    assert set(DIGITS) <= {device.name for device in devices}


@pytest.mark.parametrize("counts", ["numbers", "strings"])
@pytest.mark.parametrize("parameters", ["either", "snake", "camel"])
async def test_records(
    client: TuyaLockClient, world: Simulator, parameters: str, counts: str
) -> None:
    """Openings and alarms, whichever spelling the cloud knows."""
    switches = world.world.around.switches
    switches.set("records_parameters", parameters)
    switches.set("counts_as", counts)
    lock = world.world.lock("Front door")
    await client.create_password(lock.id, request_for(lock))
    arrive(world, lock)
    assert type_code(lock, "830517").opened
    for wrong in range(6):
        type_code(lock, f"99999{wrong}")
    start, end = client.now() - timedelta(days=1), client.now() + timedelta(days=1)
    page = await client.list_records(lock.id, start=start, end=end)
    kinds = [(record.code, record.is_alarm) for record in page.records]
    assert ("unlock_temporary", False) in kinds
    assert ("alarm_lock", True) in kinds
    assert page.total == len(page.records)
    assert page.unread_count is not None
    assert page.unread_count >= 1
    assert not page.has_more
    first = await client.list_records(lock.id, start=start, end=end, page_size=1)
    assert first.has_more
    assert first.records == page.records[:1]


@pytest.mark.parametrize("status", ["object", "list"])
@pytest.mark.parametrize("unit", ["s", "ms"])
async def test_older_logs(
    client: TuyaLockClient, world: Simulator, status: str, unit: str
) -> None:
    """The older logs tell the same, in either form and unit."""
    switches = world.world.around.switches
    switches.set("open_log_status", status)
    switches.set("alarm_time_unit", unit)
    lock = world.world.lock("Garden gate")
    await client.create_password(lock.id, request_for(lock))
    arrive(world, lock)
    assert type_code(lock, "830517").opened
    await client.connect()
    start = client.now() - timedelta(days=1)
    page = await client.list_open_logs(
        lock.id, start=start, end=start + timedelta(days=2)
    )
    opening = page.records[0]
    assert opening.code == "unlock_temporary_kit"
    assert abs(opening.time - client.now()) < timedelta(minutes=1)
    assert not opening.is_alarm
    alarms = await client.list_alarm_logs(lock.id)
    assert all(alarm.is_alarm for alarm in alarms.records)


@pytest.mark.parametrize("name", DIGITS)
async def test_members(client: TuyaLockClient, world: Simulator, name: str) -> None:
    """The panel's members are among the members."""
    lock = world.world.lock(name)
    members = {member.user_id: member for member in await client.list_members(lock.id)}
    panel = await client.list_panel_members(lock.id)
    assert {member.user_id for member in panel} <= set(members)
    assert any(member.uid for member in members.values())


@pytest.mark.parametrize("name", DIGITS)
async def test_operate(client: TuyaLockClient, world: Simulator, name: str) -> None:
    """A lock moves, or says why not, and the reason fits what it told before."""
    lock = world.world.lock(name)
    arrive(world, lock)
    ways = await client.get_remote_unlock(lock.id)
    able = any(way.enabled for way in ways)
    try:
        await client.operate(lock.id, unlock=True)
    except DeviceOfflineError, UnsupportedError:
        assert not able or name == "Shed"
    else:
        assert able


@pytest.mark.parametrize("paths", ["devices", "smart-lock"])
async def test_ticket_paths(
    client: TuyaLockClient, world: Simulator, paths: str
) -> None:
    """Either way to a ticket will do."""
    world.world.around.switches.set("ticket_paths", paths)
    lock = world.world.lock("Garage")
    assert await client.create_password(lock.id, request_for(lock))


@pytest.mark.parametrize("grant", ["same_until_expiry", "new_kills_old", "independent"])
async def test_two_clients(
    world: Simulator, session: aiohttp.ClientSession, grant: str
) -> None:
    """Two clients of one project work side by side, whatever a new grant does."""
    world.world.around.switches.set("token_grant", grant)
    clients = [client_of(world, session) for _ in range(2)]
    lock = world.world.lock("Garage")
    for _ in range(3):
        for client in clients:
            assert await client.list_passwords(lock.id) == ()
        world.world.clock.advance(7200)


@pytest.mark.parametrize("texts", ["expired_1010", "invalid_1010", "invalid_1011"])
async def test_expired_token(
    client: TuyaLockClient, world: Simulator, texts: str
) -> None:
    """A token that the cloud gave up early is renewed unseen."""
    world.world.around.switches.set("token_texts", texts)
    lock = world.world.lock("Garage")
    await client.connect()
    for kind in ("expired_token", "revoked_token"):
        world.world.faults.parse(f"{kind}:path=temp-passwords,count=1")
        assert await client.list_passwords(lock.id) == ()


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("timeout_before", ConnectionFailedError),
        ("timeout_after", ConnectionFailedError),
        ("reset", ConnectionFailedError),
        ("reset_after", ConnectionFailedError),
        ("http_5xx", ServerError),
        ("broken_json", MalformedResponseError),
        ("wrong_types", MalformedResponseError),
        ("missing_fields", MalformedResponseError),
        ("null_result", MalformedResponseError),
        ("throttled", ThrottledError),
        ("quota", QuotaExhaustedError),
        ("plan_expired", PlanExpiredError),
        ("not_authorised", NotSubscribedError),
        ("device_offline", DeviceOfflineError),
        ("lock_full", LockFullError),
        ("ticket_expired", TicketError),
    ],
)
async def test_faults(
    client: TuyaLockClient, world: Simulator, fault: str, kind: type[TuyaCloudError]
) -> None:
    """Every fault at a creation is told in kind, and the creation sent only once."""
    lock = world.world.lock("Garage")
    path = f"*/v1.0/devices/{lock.id}/door-lock/temp-password"
    world.world.faults.parse(f"{fault}:path={path}")
    with pytest.raises(kind) as caught:
        await client.create_password(lock.id, request_for(lock))
    world.world.faults.remove()
    made = len(await client.list_passwords(lock.id))
    assert made <= 1
    # What may have been made is never reported as certainly not made.
    assert caught.value.outcome_unknown or not made


@pytest.mark.parametrize("spelling", ["decoded", "encoded"])
async def test_query_signature(
    client: TuyaLockClient, world: Simulator, spelling: str
) -> None:
    """What is sent needs no encoding, so both readings of the signature hold."""
    world.world.around.switches.set("query_signature", spelling)
    lock = world.world.lock("Garage")
    await client.list_devices()
    await client.list_passwords(lock.id, valid=True)
    await client.list_offline_passwords(lock.id)
    await client.list_members(lock.id)
    await client.list_alarm_logs(lock.id)
    end = client.now()
    await client.list_records(lock.id, start=end - timedelta(days=1), end=end)


async def test_clock_skew(client: TuyaLockClient, world: Simulator) -> None:
    """A refusal of the time is cured by the time it tells."""
    world.world.faults.parse("clock_skew:count=1")
    assert await client.list_devices()
