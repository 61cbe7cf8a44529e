"""Observations of switches: members, opening from afar, devices."""

from typing import Any

from simulator.locks.delivery import connect, cut_off
from simulator.locks.reports import alarm
from tests.simulator.customer import Customer, door
from tests.simulator.observations.base import code, observes


async def people(customer: Customer) -> Any:
    """Return the rich list."""
    lock = customer.lock("Front door")
    return (await customer.get(f"/v1.0/smart-lock/devices/{lock.id}/users"))["records"]


@observes
async def user_types(customer: Customer) -> object:
    """The numbers of everybody."""
    return tuple(person["user_type"] for person in await people(customer))


@observes
async def member_uid(customer: Customer) -> object:
    """Whether accounts are named."""
    return "uid" in (await people(customer))[0]


@observes
async def member_lists(customer: Customer) -> object:
    """Which lists exist."""
    lock = customer.lock("Front door")
    rich = await code(customer, f"/v1.0/smart-lock/devices/{lock.id}/users")
    return rich, await code(customer, f"/v1.1/devices/{lock.id}/users")


@observes
async def no_standard_codes(customer: Customer) -> object:
    """What the specification of a lock without codes is."""
    device = customer.lock("Front door").device
    device.functions = device.status_set = ()
    device.status.clear()
    return await code(customer, f"/v1.1/devices/{device.id}/specifications")


@observes
async def remote_unlocks(customer: Customer) -> object:
    """What the answer is."""
    lock = customer.lock("Front door")
    return type(await customer.get(f"{door(lock)}/remote-unlocks"))


async def operate(customer: Customer, path: str, **fields: Any) -> int:
    """Send a command with a fresh ticket."""
    ticket_id, _ = await customer.ticket(customer.lock("Office"))
    return (await customer.call("POST", path, {"ticket_id": ticket_id, **fields})).code


@observes
async def remote_paths(customer: Customer) -> object:
    """Which ways of opening exist."""
    lock = customer.lock("Office")
    return (
        await operate(
            customer, f"/v1.0/smart-lock/devices/{lock.id}/password-free/door-operate"
        ),
        await operate(customer, f"{door(lock)}/password-free/open-door"),
        await operate(
            customer, f"/v1.1/devices/{lock.id}/door-lock/password-free/open-door"
        ),
    )


@observes
async def lock_by_api(customer: Customer) -> object:
    """What open: false does to the bolt and to the status."""
    lock = customer.lock("Office")
    path = f"/v1.0/smart-lock/devices/{lock.id}/password-free/door-operate"
    await operate(customer, path, open=True)
    answer = await operate(customer, path, open=False)
    return answer, lock.unlocked, lock.device.status["lock_motor_state"]


@observes
async def device_update_time(customer: Customer) -> object:
    """Whether a report moves the device's time."""
    lock = customer.lock("Front door")
    cut_off(lock)
    connect(lock, lock.now)
    before = lock.device.updated
    alarm(lock, "pry", lock.now)
    return lock.device.updated > before


@observes
async def member_schedule(customer: Customer) -> object:
    """Which spelling of a time limit is understood."""
    lock = customer.lock("Front door")
    user_id = list(lock.people.members)[2]
    path = f"/v1.0/smart-lock/devices/{lock.id}/users/{user_id}/schedule"
    snake = {"permanent": False, "effective_time": 1, "expired_time": 2}
    camel = {"permanent": False, "effectiveTime": 1, "expiredTime": 2}
    return [
        (await customer.call("PUT", path, body)).code
        for body in (snake, camel, {"schedule": snake})
    ]
