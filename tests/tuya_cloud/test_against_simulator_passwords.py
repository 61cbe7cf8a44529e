"""The client against the simulated locks: the keypad judges every code."""

from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from custom_components.tuya_lock_manager.tuya_cloud import (
    DeliveryStatus,
    OfflineRequest,
    OfflineType,
    PasswordExpiredError,
    TuyaLockClient,
    UnsupportedError,
)
from simulator import Simulator
from simulator.locks.keypad import type_code

from .simulated import DIGITS, NOW, arrive, client_of, request_for

WITH_OFFLINE = ["Front door", "Garage"]


@pytest.fixture
def client(world: Simulator, session: aiohttp.ClientSession) -> TuyaLockClient:
    """Return a client of the simulator, on a machine whose clock is right."""
    return client_of(world, session)


@pytest.mark.parametrize("name", DIGITS)
async def test_password_opens_the_door(
    client: TuyaLockClient, world: Simulator, name: str
) -> None:
    """A code that was made, and has reached the lock, opens it: so it was well encrypted."""
    lock = world.world.lock(name)
    request = request_for(lock)
    password_id = await client.create_password(lock.id, request)
    (listed,) = await client.list_passwords(lock.id)
    assert (listed.id, listed.name) == (password_id, "guest")
    assert (listed.start, listed.end) == (request.start, request.end)
    assert await client.get_password(lock.id, password_id) == listed
    arrive(world, lock)
    reached = name != "Shed"
    assert type_code(lock, request.digits).opened is reached
    (listed,) = await client.list_passwords(lock.id, valid=True)
    if reached:
        assert listed.slot is not None
        assert listed.delivery in {None, DeliveryStatus.SUCCESS}

    await client.delete_password(lock.id, password_id)
    arrive(world, lock)
    assert not type_code(lock, request.digits).opened


@pytest.mark.parametrize("name", ["Front door", "Garage", "Office", "Garden gate"])
async def test_modified_password(
    client: TuyaLockClient, world: Simulator, name: str
) -> None:
    """A changed code opens with the new digits and no longer with the old ones."""
    lock = world.world.lock(name)
    before = request_for(lock)
    password_id = await client.create_password(lock.id, before)
    arrive(world, lock)
    after = request_for(lock, name="new", digits="9264815"[: DIGITS[name]])
    await client.modify_password(lock.id, password_id, after)
    arrive(world, lock)
    assert (await client.get_password(lock.id, password_id)).name == "new"
    assert type_code(lock, after.digits).opened
    assert not type_code(lock, before.digits).opened


async def test_one_time_password(client: TuyaLockClient, world: Simulator) -> None:
    """A code for one use opens once."""
    lock = world.world.lock("Front door")
    await client.create_password(lock.id, request_for(lock, one_time=True))
    arrive(world, lock)
    assert type_code(lock, "830517").opened
    assert not type_code(lock, "830517").opened


async def test_freeze(client: TuyaLockClient, world: Simulator) -> None:
    """Zigbee locks can freeze, others say that they can't."""
    lock = world.world.lock("Front door")
    password_id = await client.create_password(lock.id, request_for(lock))
    arrive(world, lock)
    await client.freeze_password(lock.id, password_id)
    arrive(world, lock)
    assert not type_code(lock, "830517").opened
    await client.unfreeze_password(lock.id, password_id)
    arrive(world, lock)
    assert type_code(lock, "830517").opened

    other = world.world.lock("Garage")
    password_id = await client.create_password(other.id, request_for(other))
    with pytest.raises(UnsupportedError):
        await client.freeze_password(other.id, password_id)


async def test_expired_password(client: TuyaLockClient, world: Simulator) -> None:
    """A code that ended can't be deleted; its record can be removed."""
    lock = world.world.lock("Front door")
    password_id = await client.create_password(lock.id, request_for(lock))
    arrive(world, lock)
    world.world.clock.advance(2 * 86400)
    with pytest.raises(PasswordExpiredError):
        await client.delete_password(lock.id, password_id)
    await client.delete_password_record(lock.id, password_id)
    assert await client.list_passwords(lock.id) == ()


@pytest.mark.parametrize("name", WITH_OFFLINE)
@pytest.mark.parametrize("shape", ["records", "array"])
async def test_offline_password(
    client: TuyaLockClient, world: Simulator, name: str, shape: str
) -> None:
    """An offline code opens at once; a clearing code ends it."""
    world.world.around.switches.set("offline_list_shape", shape)
    lock = world.world.lock(name)
    start = client.now().replace(minute=0, second=0, microsecond=0)
    request = OfflineRequest(
        OfflineType.MULTIPLE, "guest", start, start + timedelta(hours=5)
    )
    await client.connect()
    made = await client.create_offline_password(lock.id, request)
    assert (made.start, made.end) == (request.start, request.end)
    assert type_code(lock, made.code).opened
    await client.rename_offline_password(lock.id, made.id, "Zoë")
    (entry,) = await client.list_offline_passwords(lock.id)
    assert (entry.id, entry.name, entry.type) == (made.id, "Zoë", OfflineType.MULTIPLE)
    assert (entry.start, entry.end) == (made.start, made.end)

    clearing = await client.create_offline_password(
        lock.id, OfflineRequest(OfflineType.CLEAR_ONE, "clear", password_id=made.id)
    )
    entries = {one.id: one for one in await client.list_offline_passwords(lock.id)}
    assert entries[made.id].has_clear_code
    assert entries[clearing.id].revoked_id == made.id
    assert type_code(lock, clearing.code).cleared
    assert not type_code(lock, made.code).opened


@pytest.mark.parametrize("kind", [OfflineType.ONCE, OfflineType.CLEAR_ALL])
async def test_other_offline_codes(
    client: TuyaLockClient, world: Simulator, kind: OfflineType
) -> None:
    """The cloud sets their windows."""
    lock = world.world.lock("Garage")
    made = await client.create_offline_password(lock.id, OfflineRequest(kind, "x"))
    assert made.start is not None
    assert made.end is not None
    hours = 6 if kind is OfflineType.ONCE else 24
    assert made.end - made.start == timedelta(hours=hours)
    assert made.start <= client.now()


async def test_offline_support(client: TuyaLockClient, world: Simulator) -> None:
    """Which locks take offline codes can be asked; the others refuse."""
    gate = world.world.lock("Garden gate")
    able = await client.list_offline_locks(world.world.lock("Garage").id)
    assert world.world.lock("Garage").id in able
    assert gate.id not in able
    with pytest.raises(UnsupportedError):
        await client.create_offline_password(gate.id, OfflineRequest(OfflineType.ONCE))
    world.world.around.switches.set("offline_list", "absent")
    with pytest.raises(UnsupportedError):
        await client.list_offline_passwords(world.world.lock("Garage").id)


async def test_dynamic_password(client: TuyaLockClient, world: Simulator) -> None:
    """It opens now, and not after its five minutes."""
    lock = world.world.lock("Garage")
    dynamic = await client.get_dynamic_password(lock.id)
    assert dynamic.start == datetime.fromtimestamp(NOW, UTC)
    assert type_code(lock, dynamic.code).opened
    world.world.clock.advance(301)
    assert not type_code(lock, dynamic.code).opened
    with pytest.raises(UnsupportedError):
        await client.get_dynamic_password(world.world.lock("Garden gate").id)
