"""Opening and locking from afar."""

import pytest

from simulator.locks.delivery import cut_off, wake
from simulator.locks.lock import Lock
from simulator.locks.reports import doorbell
from tests.simulator.customer import Answer, Customer, door


async def operate(customer: Customer, lock: Lock, *, unlock: object = True) -> Answer:
    """Open or lock."""
    path = f"/v1.0/smart-lock/devices/{lock.id}/password-free/door-operate"
    ticket_id, _ = await customer.ticket(lock)
    return await customer.call("POST", path, {"ticket_id": ticket_id, "open": unlock})


def is_unlocked(lock: Lock) -> bool:
    """Return what the bolt reports."""
    return lock.device.status["lock_motor_state"] is True


@pytest.mark.parametrize("unlock", [True, "true"])
async def test_open_and_lock_again(customer: Customer, unlock: object) -> None:
    """The bolt moves, is recorded, and relocks by itself."""
    lock = customer.lock("Front door")
    assert (await operate(customer, lock, unlock=unlock)).result is True
    assert is_unlocked(lock)
    assert lock.records.records[-1].code == "unlock_phone_remote"
    customer.pass_time(5)
    assert not is_unlocked(lock)
    await operate(customer, lock)
    assert (await operate(customer, lock, unlock=False)).result is True
    assert not is_unlocked(lock)


async def test_out_of_reach(customer: Customer) -> None:
    """Asleep, without a gateway or cut off: off line."""
    garage = customer.lock("Garage")
    assert (await operate(customer, garage)).code == 2001
    assert doorbell(garage, garage.now) is not None
    wake(garage, garage.now)
    assert (await operate(customer, garage)).result is True
    assert (await operate(customer, customer.lock("Shed"))).code == 2001
    front = customer.lock("Front door")
    cut_off(front)
    assert (await operate(customer, front)).code == 2001


async def test_older_paths(customer: Customer) -> None:
    """Without a password by two paths, with one on Zigbee only."""
    lock = customer.lock("Garden gate")
    for version, body in (("v1.0", {}), ("v1.1", {"channel_id": 1})):
        ticket_id, _ = await customer.ticket(lock)
        path = f"/{version}/devices/{lock.id}/door-lock/password-free/open-door"
        answer = await customer.call("POST", path, {"ticket_id": ticket_id, **body})
        assert answer.result is True
    assert lock.records.records[-1].code == "unlock_phone_remote_kit"
    body = await customer.sealed(lock, "830517")
    assert (await customer.call("POST", f"{door(lock)}/open-door", body)).code == 2004
    lock = customer.lock("Front door")
    body = await customer.sealed(lock, "830517")
    assert (await customer.call("POST", f"{door(lock)}/open-door", body)).result is True


async def test_switching_it_off(customer: Customer) -> None:
    """What is switched off is refused."""
    lock = customer.lock("Front door")
    found = await customer.get(f"{door(lock)}/remote-unlocks")
    assert found[0] == {"remote_unlock_type": "remoteUnlockWithoutPwd", "open": True}
    body = {"remote_unlock_type": "remoteUnlockWithoutPwd", "open": False}
    path = f"{door(lock)}/remote-unlock/config"
    assert (await customer.call("POST", path, body)).result is True
    found = await customer.get(f"{door(lock)}/remote-unlocks")
    assert found[0]["open"] is False
    assert (await operate(customer, lock)).code == 2003
    assert (await customer.call("POST", path, {**body, "open": "x"})).code == 1109


async def test_turning_a_request_down(customer: Customer) -> None:
    """The countdown of a request ends."""
    lock = customer.lock("Garage")
    lock.device.put("unlock_request", 60, lock.now)
    path = f"{door(lock)}/password-free/open-door/cancel"
    assert (await customer.call("PUT", path, {"type": 1})).result is True
    assert lock.device.status["unlock_request"] == 0
    assert (await customer.call("PUT", path, {"type": 3})).code == 1109


async def test_ticket_is_needed(customer: Customer) -> None:
    """Without a ticket nothing moves."""
    lock = customer.lock("Front door")
    path = f"/v1.0/smart-lock/devices/{lock.id}/password-free/door-operate"
    assert (await customer.call("POST", path, {"open": True})).code == 1100
    body = {"ticket_id": "gone", "open": True}
    assert (await customer.call("POST", path, body)).code == 2405
    assert not is_unlocked(lock)
