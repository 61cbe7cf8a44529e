"""Observations of switches: daily windows."""

from typing import Any

from simulator.locks.delivery import wake
from simulator.locks.keypad import type_code
from tests.simulator.customer import Customer, digits_for
from tests.simulator.observations.base import observes


async def periodic(customer: Customer, name: str, zone: str, **block: int) -> Any:
    """Ask for a code for Mondays from ten to eleven."""
    lock = customer.lock(name)
    times = {"effective_time": 600, "invalid_time": 660, "working_day": 2, **block}
    answer = await customer.try_create(
        lock, digits_for(lock), schedule_list=[times], time_zone=zone
    )
    customer.pass_time(5)
    wake(lock, lock.now)
    return answer


@observes
async def undocumented_schedule(customer: Customer) -> object:
    """Whether a Wi-Fi lock keeps to the window."""
    answer = await periodic(customer, "Garage", "Asia/Tokyo")
    return answer.code, type_code(customer.lock("Garage"), "8305172").opened


@observes
async def schedule_block(customer: Customer) -> object:
    """Whether the window is there when read back."""
    answer = await periodic(customer, "Front door", "Asia/Tokyo")
    shown = await customer.shown(customer.lock("Front door"), answer.result["id"])
    return "schedule_list" in shown


@observes
async def schedule_read_back(customer: Customer) -> object:
    """What a keypad and a Zigbee lock read back."""
    masks = []
    for name in ("Garden gate", "Front door"):
        answer = await periodic(customer, name, "Asia/Tokyo")
        shown = await customer.shown(customer.lock(name), answer.result["id"])
        masks.append(shown["schedule_list"][0]["working_day"])
    return tuple(masks)


@observes
async def schedule_zone(customer: Customer) -> object:
    """Whose ten o'clock it is: Berlin's now, or the lock's eight hours ahead."""
    lock = customer.lock("Front door")
    lock.device.time_zone = "+08:00"
    await periodic(customer, "Front door", "Europe/Berlin")
    return type_code(lock, "830517").opened
