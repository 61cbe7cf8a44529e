"""The client against the simulated locks: template passwords, and answers from afar."""

from dataclasses import asdict
from datetime import timedelta

import aiohttp
import pytest

from custom_components.tuya_lock_manager.tuya_cloud import (
    DeliveryStatus,
    DeviceOfflineError,
    NameTakenError,
    OfflineRequest,
    OfflineType,
    PasswordNotFoundError,
    PasswordStateError,
    RemoteUnlockType,
    TemplateOperation,
    TemplateRequest,
    TemplateState,
    TuyaLockClient,
    UnsupportedError,
)
from simulator import Simulator
from simulator.locks.keypad import type_code
from simulator.locks.lock import Lock

from .simulated import DIGITS, arrive, client_of, request_for


@pytest.fixture
def client(world: Simulator, session: aiohttp.ClientSession) -> TuyaLockClient:
    """Return a client of the simulator, on a machine whose clock is right."""
    return client_of(world, session)


def template_for(lock: Lock, **changes: object) -> TemplateRequest:
    """Return a template password for the next day."""
    request = asdict(request_for(lock))
    behind_gateway = lock.device.name == "Office"
    return TemplateRequest(**request | {"behind_gateway": behind_gateway} | changes)


@pytest.mark.parametrize("result", ["empty", "pwd_id"])
@pytest.mark.parametrize("tunnel", ["both", "dp_tunnel", "dpTunnel"])
@pytest.mark.parametrize("name", DIGITS)
async def test_the_lock_is_reached(
    client: TuyaLockClient, world: Simulator, name: str, tunnel: str, result: str
) -> None:
    """What is made opens the door and what is deleted does not, whatever is honoured."""
    world.world.around.switches.set("template_tunnel_name", tunnel)
    world.world.around.switches.set("template_delete_result", result)
    lock = world.world.lock(name)
    request = template_for(lock)
    password_id = await client.create_template_password(lock.id, request)
    (listed,) = await client.list_template_passwords(lock.id)
    assert (listed.id, listed.name, listed.type_code) == (password_id, "guest", "temp")
    assert (listed.start, listed.end) == (request.start, request.end)
    assert listed.created == client.now()
    assert request.digits not in repr(listed)
    arrive(world, lock)
    reached = name != "Shed"
    assert type_code(lock, request.digits).opened is reached
    detail = await client.get_template_password(lock.id, password_id)
    assert detail.on_lock is reached
    assert (detail.delivery is DeliveryStatus.SUCCESS) is reached
    assert detail.operation is TemplateOperation.ADD
    assert detail.device_ids == (lock.id,)
    await client.delete_template_password(
        lock.id, password_id, behind_gateway=request.behind_gateway
    )
    arrive(world, lock)
    assert not type_code(lock, request.digits).opened


async def test_states(client: TuyaLockClient, world: Simulator) -> None:
    """What is good and what has ended are told apart; the latter loses its record."""
    lock = world.world.lock("Garage")
    end = client.now() + timedelta(hours=1)
    old = await client.create_template_password(lock.id, template_for(lock, end=end))
    arrive(world, lock)
    world.world.clock.advance(7200)
    new = await client.create_template_password(
        lock.id,
        template_for(lock, name="next", digits="7061394", end=end + timedelta(days=1)),
    )

    async def ids(state: TemplateState) -> list[str]:
        found = await client.list_template_passwords(lock.id, state)
        return [password.id for password in found]

    assert await ids(TemplateState.VALID) == [new]
    assert await ids(TemplateState.INVALID) == [old]
    assert sorted(await ids(TemplateState.ALL)) == sorted([old, new])
    await client.delete_template_password(lock.id, old)
    assert await ids(TemplateState.ALL) == [new]
    with pytest.raises(PasswordNotFoundError):
        await client.get_template_password(lock.id, old)


async def test_many(client: TuyaLockClient, world: Simulator) -> None:
    """The list goes on over all pages."""
    lock = world.world.lock("Front door")
    made = [
        await client.create_template_password(
            lock.id, template_for(lock, name=f"guest {number}", digits=f"83{number:04}")
        )
        for number in range(53)
    ]
    found = await client.list_template_passwords(lock.id)
    assert sorted(password.id for password in found) == sorted(made)


async def test_once(client: TuyaLockClient, world: Simulator) -> None:
    """A one-time offline code is among them, and stays while it is good."""
    lock = world.world.lock("Front door")
    made = await client.create_offline_password(
        lock.id, OfflineRequest(OfflineType.ONCE, "once")
    )
    (listed,) = await client.list_template_passwords(lock.id)
    assert (listed.id, listed.type_code, listed.one_time) == (made.id, "once", True)
    assert (listed.start, listed.end) == (made.start, made.end)
    with pytest.raises(PasswordStateError):
        await client.delete_template_password(lock.id, made.id)


async def test_taken_name(client: TuyaLockClient, world: Simulator) -> None:
    """The cloud checks the name when it is asked to."""
    lock = world.world.lock("Front door")
    await client.create_template_password(lock.id, template_for(lock))
    again = {"digits": "706139", "end": client.now() + timedelta(days=2)}
    with pytest.raises(NameTakenError):
        await client.create_template_password(
            lock.id, template_for(lock, check_name=True, **again)
        )
    await client.create_template_password(lock.id, template_for(lock, **again))


@pytest.mark.parametrize("shape", ["list", "object"])
async def test_switch_remote_unlock(
    client: TuyaLockClient, world: Simulator, shape: str
) -> None:
    """A lock whose way to open is switched off opens no more from afar."""
    world.world.around.switches.set("remote_unlocks", shape)
    lock = world.world.lock("Front door")
    kind = RemoteUnlockType.WITHOUT_PASSWORD
    for enabled in (False, True):
        await client.set_remote_unlock(lock.id, kind, enabled=enabled)
        ways = {
            way.type: way.enabled for way in await client.get_remote_unlock(lock.id)
        }
        assert ways[kind] is enabled
        if not enabled:
            with pytest.raises(UnsupportedError):
                await client.operate(lock.id, unlock=True)
    await client.operate(lock.id, unlock=True)


@pytest.mark.parametrize("accept", [True, False])
async def test_answer(client: TuyaLockClient, world: Simulator, accept: bool) -> None:
    """A request at the lock is answered, either way, and is over then."""
    lock = next(
        lock
        for lock in world.world.locks.values()
        if "unlock_request" in lock.device.codes()
    )
    arrive(world, lock)
    lock.device.put("unlock_request", 60, lock.now)
    await client.answer_unlock_request(lock.id, accept=accept)
    assert (await client.get_status(lock.id))["unlock_request"] == 0


async def test_answer_that_does_not_arrive(
    client: TuyaLockClient, world: Simulator
) -> None:
    """A lock that takes no answer, and one that is off line."""
    kinds = set()
    for lock in world.world.locks.values():
        lock.device.online = "unlock_request" not in lock.device.codes()
        with pytest.raises((DeviceOfflineError, UnsupportedError)) as caught:
            await client.answer_unlock_request(lock.id, accept=True)
        kinds.add(caught.type)
    assert kinds == {DeviceOfflineError, UnsupportedError}
