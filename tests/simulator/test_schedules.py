"""Daily windows: enforced, ignored, refused, and how they are read back."""

from typing import Any

import pytest

from simulator.locks.delivery import app_nearby, wake
from simulator.locks.keypad import type_code
from tests.simulator.conftest import FAMILIES
from tests.simulator.customer import DAY, Customer, digits_for

MONDAY, WEEKDAYS = 2, 62
# The tests begin on a Monday, half past nine UTC: half past ten in Berlin.
TEN_TO_ELEVEN = {"effective_time": 600, "invalid_time": 660, "working_day": MONDAY}


async def arrange(
    customer: Customer, name: str, *blocks: dict[str, Any], zone: str = "Europe/Berlin"
) -> int:
    """Create a periodic code and bring it to its lock."""
    lock = customer.lock(name)
    password_id = await customer.create(
        lock,
        digits_for(lock),
        invalid_time=int(lock.now) + 30 * DAY,
        schedule_list=list(blocks),
        time_zone=zone,
    )
    customer.pass_time(5)
    wake(lock, lock.now)
    app_nearby(lock, lock.now)
    return password_id


@pytest.mark.parametrize("name", ["Front door", "Garden gate"])
async def test_enforced(customer: Customer, name: str) -> None:
    """The code opens on Monday between ten and eleven, local time."""
    lock = customer.lock(name)
    await arrange(customer, name, TEN_TO_ELEVEN)
    assert type_code(lock, digits_for(lock)).opened
    customer.pass_time(3600)
    assert type_code(lock, digits_for(lock)).reason == "outside its daily window"
    customer.pass_time(DAY - 3600)
    assert not type_code(lock, digits_for(lock)).opened
    customer.pass_time(6 * DAY)
    assert type_code(lock, digits_for(lock)).opened


@pytest.mark.parametrize("name", ["Garage", "Office", "Shed"])
async def test_ignored_where_undocumented(customer: Customer, name: str) -> None:
    """Other families keep the block and open round the clock."""
    lock = customer.lock(name)
    password_id = await arrange(customer, name, TEN_TO_ELEVEN)
    shown = await customer.shown(lock, password_id)
    assert shown["schedule_list"] == [{**TEN_TO_ELEVEN, "all_day": False}]
    customer.pass_time(12 * 3600)
    assert type_code(lock, digits_for(lock)).opened


async def test_zone(customer: Customer) -> None:
    """The window is counted in the zone that was sent, an offset, too."""
    lock = customer.lock("Front door")
    await arrange(customer, "Front door", TEN_TO_ELEVEN, zone="+08:00")
    assert not type_code(lock, "830517").opened
    customer.pass_time(6 * DAY + 16.5 * 3600 + 60)
    assert type_code(lock, "830517").opened


async def test_minutes_are_inclusive(customer: Customer) -> None:
    """The last minute still opens."""
    lock = customer.lock("Front door")
    block = {**TEN_TO_ELEVEN, "invalid_time": 630}
    await arrange(customer, "Front door", block)
    assert type_code(lock, "830517").opened
    customer.pass_time(60)
    assert not type_code(lock, "830517").opened


@pytest.mark.parametrize(
    ("sent", "read"), [(2, 64), (8, 16), (127, 254), (WEEKDAYS, 124), (1, 128), (64, 2)]
)
async def test_keypad_reads_back_mirrored(
    customer: Customer, sent: int, read: int
) -> None:
    """An `mk` keypad answers HHMM and the mask with its bits reversed."""
    lock = customer.lock("Garden gate")
    block = {"effective_time": 660, "invalid_time": 905, "working_day": sent}
    password_id = await arrange(customer, "Garden gate", block)
    shown = await customer.shown(lock, password_id)
    assert shown["schedule_list"] == [
        {
            "effective_time": 1100,
            "invalid_time": 1505,
            "working_day": read,
            "all_day": False,
        }
    ]


async def test_keypad_takes_one_block(customer: Customer) -> None:
    """Two blocks are refused; all_day drops the block and fails open."""
    lock = customer.lock("Garden gate")
    answer = await customer.try_create(
        lock,
        "830517",
        schedule_list=[TEN_TO_ELEVEN, TEN_TO_ELEVEN],
        time_zone="Europe/Berlin",
    )
    assert answer.code == 1109
    block = {**TEN_TO_ELEVEN, "all_day": True}
    password_id = await arrange(customer, "Garden gate", block)
    assert "schedule_list" not in await customer.shown(lock, password_id)
    customer.pass_time(12 * 3600)
    assert type_code(lock, "830517").opened


@pytest.mark.parametrize("name", FAMILIES)
async def test_dropped_silently(customer: Customer, name: str) -> None:
    """With the switch, the block vanishes on every family."""
    lock = customer.lock(name)
    lock.around.switches.set("schedule_block", "dropped")
    password_id = await arrange(customer, name, TEN_TO_ELEVEN)
    assert "schedule_list" not in await customer.shown(lock, password_id)
    customer.pass_time(12 * 3600)
    assert type_code(lock, digits_for(lock)).opened
