"""Observations of switches: records."""

from typing import Any

from simulator.locks.keypad import type_code
from tests.simulator.customer import DAY, Customer, digits_for, door
from tests.simulator.observations.base import active, code, observes


async def openings(customer: Customer, **query: int) -> Any:
    """Return the open logs of the last two days."""
    lock = customer.lock("Front door")
    now = int(lock.now)
    wanted = {
        "page_no": 1,
        "page_size": 20,
        "start_time": now - 2 * DAY,
        "end_time": now,
        **query,
    }
    return await customer.get(f"{door(lock)}/open-logs", **wanted)


@observes
async def open_log_status(customer: Customer) -> object:
    """What the status of an opening is."""
    return type((await openings(customer))["logs"][0]["status"])


@observes
async def alarm_time_unit(customer: Customer) -> object:
    """The size of an alarm's time."""
    path = f"{door(customer.lock('Front door'))}/alarm-logs"
    return (await customer.get(path))["records"][0]["update_time"] > 10**12


@observes
async def open_logs_unit(customer: Customer) -> object:
    """Which unit of the range finds anything."""
    now = int(customer.lock("Front door").now)
    range_ms = {"start_time": (now - 2 * DAY) * 1000, "end_time": now * 1000}
    in_seconds = len((await openings(customer))["logs"])
    return in_seconds, len((await openings(customer, **range_ms))["logs"])


@observes
async def open_logs_limit(customer: Customer) -> object:
    """How many of many openings there are."""
    lock = customer.lock("Front door")
    await active(customer, lock)
    for _ in range(110):
        type_code(lock, "830517")
    return (await openings(customer))["total"]


@observes
async def records_parameters(customer: Customer) -> object:
    """Which spelling is understood."""
    path = f"{door(customer.lock('Front door'))}/records"
    snake = await code(customer, path, page_no=1, page_size=5)
    return snake, await code(customer, path, pageNo=1, pageSize=5)


async def unread(customer: Customer) -> Any:
    """Return the number of unread records."""
    path = f"{door(customer.lock('Front door'))}/records"
    return (await customer.get(path, page_no=1, page_size=20))["unread_count"]


@observes
async def unread_counts(customer: Customer) -> object:
    """What counts as unread."""
    return await unread(customer)


@observes
async def unread_reset(customer: Customer) -> object:
    """What is unread after reading."""
    await unread(customer)
    return await unread(customer)


@observes
async def counts_as(customer: Customer) -> object:
    """What a count is."""
    return type(await unread(customer))


@observes
async def temp_record_value(customer: Customer) -> object:
    """What an opening by a code says on a Wi-Fi lock and on a Zigbee lock."""
    values = []
    for name in ("Garage", "Front door"):
        lock = customer.lock(name)
        password_id = await active(customer, lock)
        type_code(lock, digits_for(lock))
        value = lock.records.records[-1].value
        values.append("id" if value == password_id else value)
    return tuple(values)


@observes
async def wrong_code_alarm(customer: Customer) -> object:
    """Whether one wrong code is an alarm."""
    lock = customer.lock("Front door")
    before = len(lock.records.records)
    type_code(lock, "000000")
    return len(lock.records.records) - before
