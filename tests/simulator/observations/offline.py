"""Observations of switches: offline passwords."""

import base64
from typing import Any

from simulator.locks.keypad import type_code
from simulator.locks.lock import Lock
from tests.simulator.customer import DAY, Customer, door
from tests.simulator.observations.base import code, limited, observes


@observes
async def offline_hours(customer: Customer) -> object:
    """Where an hour begins in India."""
    lock = customer.lock("Garage")
    lock.device.time_zone = "+05:30"
    return (await customer.offline(lock, "once")).result["effective_time"]


@observes
async def offline_digits(customer: Customer) -> object:
    """How long an offline password is."""
    answer = await customer.offline(customer.lock("Garage"), "once")
    return len(answer.result["offline_temp_password"])


@observes
async def first_use_from(customer: Customer) -> object:
    """Whether a code for the day after tomorrow still works then."""
    lock = customer.lock("Garage")
    answer = await limited(customer, lock, days_ahead=2)
    customer.pass_time(2 * DAY)
    return type_code(lock, answer["offline_temp_password"]).opened


@observes
async def clear_unused(customer: Customer) -> object:
    """Whether a code that was never used can be cleared."""
    lock = customer.lock("Garage")
    answer = await limited(customer, lock)
    wanted = answer["offline_temp_password_id"]
    clear = await customer.offline(lock, "clear_one", password_id=wanted)
    if clear.code:
        return clear.code
    type_code(lock, clear.result["offline_temp_password"])
    return type_code(lock, answer["offline_temp_password"]).opened


async def cleared(customer: Customer, lock: Lock) -> Any:
    """Use a time-limited password and clear it; returns its entry in the list."""
    answer = await limited(customer, lock)
    type_code(lock, answer["offline_temp_password"])
    wanted = answer["offline_temp_password_id"]
    clear = await customer.offline(lock, "clear_one", password_id=wanted)
    type_code(lock, clear.result["offline_temp_password"])
    listed = await customer.get(f"{door(lock)}/offline-temp-password")
    return next(entry for entry in listed["records"] if entry["pwd_id"] == wanted)


@observes
async def clear_report(customer: Customer) -> object:
    """Whether the cloud learns of the clearing."""
    lock = customer.lock("Garage")
    return (await cleared(customer, lock))["status"]


@observes
async def offline_report_value(customer: Customer) -> object:
    """Whether the digits can be read from the status."""
    lock = customer.lock("Garage")
    answer = (await customer.offline(lock, "once")).result
    type_code(lock, answer["offline_temp_password"])
    raw = base64.b64decode(str(lock.device.status["unlock_offline_pd"]))
    return raw == answer["offline_temp_password"].encode()


@observes
async def offline_list(customer: Customer) -> object:
    """Whether there is a list."""
    return await code(
        customer, f"{door(customer.lock('Garage'))}/offline-temp-password"
    )


@observes
async def offline_list_shape(customer: Customer) -> object:
    """What the list looks like."""
    path = f"{door(customer.lock('Garage'))}/offline-temp-password"
    return type(await customer.get(path))


@observes
async def offline_status(customer: Customer) -> object:
    """The status of a code that was used."""
    lock = customer.lock("Garage")
    answer = await limited(customer, lock)
    type_code(lock, answer["offline_temp_password"])
    listed = await customer.get(f"{door(lock)}/offline-temp-password")
    return listed["records"][0]["status"]


@observes
async def offline_support(customer: Customer) -> object:
    """Whether a keypad takes offline passwords."""
    return (await customer.offline(customer.lock("Garden gate"), "once")).code


@observes
async def offline_supply(customer: Customer) -> object:
    """Whether there are any left."""
    return (await customer.offline(customer.lock("Garage"), "once")).code


@observes
async def offline_v1_0(customer: Customer) -> object:
    """Whether the older path exists."""
    path = f"{door(customer.lock('Garage'))}/offline-temp-password"
    return (await customer.call("POST", path, {"type": 1})).code


@observes
async def dynamic_minutes(customer: Customer) -> object:
    """Whether a dynamic password opens after six minutes."""
    lock = customer.lock("Garage")
    digits = (await customer.get(f"{door(lock)}/dynamic-password"))["dynamic_password"]
    customer.pass_time(360)
    return type_code(lock, digits).opened


@observes
async def offline_supply_type(customer: Customer) -> object:
    """Which types are refused when the supply is at its end."""
    lock = customer.lock("Garage")
    wanted = (await limited(customer, lock))["offline_temp_password_id"]
    lock.around.switches.set("offline_supply", "2305")
    now = int(lock.now)
    window = {"effective_time": now, "invalid_time": now + DAY}
    answers = [
        await customer.offline(lock, "multiple", **window),
        await customer.offline(lock, "once"),
        await customer.offline(lock, "clear_one", password_id=wanted),
        await customer.offline(lock, "clear_all"),
    ]
    return [answer.code for answer in answers]
