"""Offline passwords: hours, first uses, clearing codes."""

from datetime import UTC, datetime
from typing import Any

import pytest

from simulator.locks.delivery import cut_off
from simulator.locks.keypad import Attempt, type_code
from simulator.locks.lock import Lock
from tests.simulator.conftest import NOW
from tests.simulator.customer import DAY, Customer, door

HOUR = 3600
WITH_OFFLINE = ("Front door", "Garage", "Office", "Shed")


async def limited(customer: Customer, lock: Lock, **fields: Any) -> dict[str, Any]:
    """Return a time-limited password for the next three days."""
    now = int(lock.now)
    window = {"effective_time": now, "invalid_time": now + 3 * DAY, **fields}
    found: dict[str, Any] = (await customer.offline(lock, "multiple", **window)).result
    return found


def typed(lock: Lock, answer: dict[str, Any]) -> Attempt:
    """Type the code of an answer."""
    return type_code(lock, answer["offline_temp_password"])


async def entries(customer: Customer, lock: Lock, **query: Any) -> list[dict[str, Any]]:
    """Return the list of offline passwords."""
    path = f"{door(lock)}/offline-temp-password"
    found: list[dict[str, Any]] = (await customer.get(path, **query))["records"]
    return found


@pytest.mark.parametrize("name", WITH_OFFLINE)
async def test_time_limited(customer: Customer, name: str) -> None:
    """It works again and again in its window, also on a lock that is cut off."""
    lock = customer.lock(name)
    cut_off(lock)
    answer = await limited(customer, lock)
    assert isinstance(answer["offline_temp_password_id"], str)
    assert len(answer["offline_temp_password"]) == 10
    assert answer["effective_time"] == int(NOW) // HOUR * HOUR
    assert answer["invalid_time"] == (int(NOW) + 3 * DAY) // HOUR * HOUR
    assert typed(lock, answer).opened
    customer.pass_time(2 * DAY)
    assert typed(lock, answer).opened
    customer.pass_time(DAY)
    assert typed(lock, answer).reason == "expired"


@pytest.mark.parametrize("minute", [0, 1, 29, 30, 59])
@pytest.mark.parametrize("hour", [0, 9, 18, 23])
async def test_hours(customer: Customer, hour: int, minute: int) -> None:
    """Everything is floored to the hour; `once` ends six hours after, clearing a day."""
    lock = customer.lock("Garage")
    now = datetime(2026, 12, 31, hour, minute, 7, tzinfo=UTC).timestamp()
    customer.pass_time(now - NOW)
    floored = now - minute * 60 - 7
    once = (await customer.offline(lock, "once")).result
    assert (once["effective_time"], once["invalid_time"]) == (
        floored,
        floored + 6 * HOUR,
    )
    clear = (await customer.offline(lock, "clear_all")).result
    assert (clear["effective_time"], clear["invalid_time"]) == (floored, floored + DAY)
    answer = await limited(
        customer, lock, effective_time=int(now) + 1800, invalid_time=int(now) + 9000
    )
    assert answer["effective_time"] == (int(now) + 1800) // HOUR * HOUR
    assert answer["invalid_time"] == (int(now) + 9000) // HOUR * HOUR


async def test_sample_of_the_documents(customer: Customer) -> None:
    """The documented sample's own numbers."""
    lock = customer.lock("Garage")
    customer.simulator.world.clock.set(1722397508)
    await customer.connect()
    answer = (await customer.offline(lock, "once")).result
    assert answer["effective_time"] == 1722394800
    assert answer["invalid_time"] == 1722416400


@pytest.mark.parametrize("zone", ["+05:30", "-03:30"])
async def test_local_hours(customer: Customer, zone: str) -> None:
    """With the switch, the hour is the lock's local one."""
    lock = customer.lock("Garage")
    lock.device.time_zone = zone
    lock.around.switches.set("offline_hours", "local")
    answer = (await customer.offline(lock, "once")).result
    assert answer["effective_time"] == NOW


async def test_once(customer: Customer) -> None:
    """It opens once."""
    lock = customer.lock("Garage")
    answer = (await customer.offline(lock, "once")).result
    assert typed(lock, answer).opened
    assert typed(lock, answer).reason == "used"
    answer = (await customer.offline(lock, "once")).result
    customer.pass_time(5.5 * HOUR)
    assert typed(lock, answer).reason == "expired"


async def test_first_use(customer: Customer) -> None:
    """A time-limited password that isn't used within a day lapses."""
    lock = customer.lock("Garage")
    answer = await limited(customer, lock)
    customer.pass_time(DAY)
    assert typed(lock, answer).reason == "lapsed"
    later = int(lock.now) + 2 * DAY
    window = {"effective_time": later, "invalid_time": later + 3 * DAY}
    answer = await limited(customer, lock, **window)
    assert typed(lock, answer).reason == "not yet valid"
    customer.pass_time(2 * DAY + 12 * HOUR)
    assert typed(lock, answer).opened
    lock.around.switches.set("first_use_from", "generation")
    later = int(lock.now) + 2 * DAY
    answer = await limited(
        customer, lock, effective_time=later, invalid_time=later + 3 * DAY
    )
    customer.pass_time(2 * DAY + HOUR)
    assert typed(lock, answer).reason == "lapsed"


async def test_clear_one(customer: Customer) -> None:
    """A clearing code kills the one that it is for, once."""
    lock = customer.lock("Front door")
    first, second = await limited(customer, lock), await limited(customer, lock)
    assert typed(lock, first).opened
    wanted = first["offline_temp_password_id"]
    clear = (await customer.offline(lock, "clear_one", password_id=wanted)).result
    assert typed(lock, first).opened
    attempt = typed(lock, clear)
    assert (attempt.opened, attempt.cleared) == (False, (int(wanted),))
    assert typed(lock, first).reason == "cleared"
    assert typed(lock, second).opened
    assert typed(lock, clear).reason == "used"
    assert lock.device.status["unlock_offline_clear_single"] != ""
    listed = {entry["pwd_id"]: entry for entry in await entries(customer, lock)}
    assert listed[wanted]["has_clear_pwd"] is True
    assert listed[wanted]["status"] == 3
    assert listed[second["offline_temp_password_id"]]["status"] == 1
    assert listed[clear["offline_temp_password_id"]]["revoked_pwd_id"] == wanted


async def test_clear_all(customer: Customer) -> None:
    """The code for all kills what was computed before it."""
    lock = customer.lock("Office")
    first, second = await limited(customer, lock), await limited(customer, lock)
    clear = (await customer.offline(lock, "clear_all")).result
    third = await limited(customer, lock)
    assert len(typed(lock, clear).cleared) == 2
    assert typed(lock, first).reason == typed(lock, second).reason == "cleared"
    assert typed(lock, third).opened


async def test_clearing_codes_last_a_day(customer: Customer) -> None:
    """After 24 hours they are dead."""
    lock = customer.lock("Office")
    answer = await limited(customer, lock)
    assert typed(lock, answer).opened
    clear = (await customer.offline(lock, "clear_all")).result
    customer.pass_time(DAY + 60)
    assert typed(lock, clear).reason == "expired"
    assert typed(lock, answer).opened


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"type": ""}, 1100),
        ({"type": "temp"}, 1109),
        ({"type": "multiple"}, 1100),
        ({"type": "multiple", "effective_time": 9, "invalid_time": 10}, 1109),
        ({"type": "multiple", "effective_time": 0, "invalid_time": 7200}, 2318),
        ({"type": "once", "name": "x" * 21}, 1109),
        ({"type": "clear_one"}, 1100),
        ({"type": "clear_one", "password_id": 5}, 2323),
        ({"type": "once", "effective_time": 1_799_999_999_000}, 1109),
    ],
)
async def test_refused(
    customer: Customer, fields: dict[str, Any], expected: int
) -> None:
    """Missing, illegal, past and unknown."""
    lock = customer.lock("Garage")
    path = f"{door(lock).replace('v1.0', 'v1.1')}/offline-temp-password"
    assert (await customer.call("POST", path, fields)).code == expected


async def test_only_time_limited_ones_are_cleared(customer: Customer) -> None:
    """Others, and those that ended, have no clearing code."""
    lock = customer.lock("Garage")
    once = (await customer.offline(lock, "once")).result["offline_temp_password_id"]
    assert (await customer.offline(lock, "clear_one", password_id=once)).code == 1109
    ended = (await limited(customer, lock))["offline_temp_password_id"]
    customer.pass_time(4 * DAY)
    assert (await customer.offline(lock, "clear_one", password_id=ended)).code == 2304


async def test_list(customer: Customer) -> None:
    """The list filters by type and status, and pages."""
    lock = customer.lock("Garage")
    for _ in range(3):
        await customer.offline(lock, "once", name="bell")
    await limited(customer, lock)
    path = f"{door(lock)}/offline-temp-password"
    found = await customer.get(path, page_no=1, page_size=3)
    assert (found["total"], found["has_more"], found["total_pages"]) == (4, True, 2)
    entry = (await entries(customer, lock, pwd_type_codes="once,clear_all"))[0]
    assert (entry["pwd_name"], entry["pwd_type_code"]) == ("bell", "once")
    assert isinstance(entry["gmt_start"], str)
    assert isinstance(entry["gmt_create"], int)
    assert len(entry["pwd"]) == 10
    assert len(await entries(customer, lock, target_status=3)) == 0


async def test_rename(customer: Customer) -> None:
    """The documented spelling is passwordName."""
    lock = customer.lock("Garage")
    answer = await limited(customer, lock)
    path = f"{door(lock)}/offline-temp-password/{answer['offline_temp_password_id']}"
    for body, expected in (
        ({"passwordName": "new"}, 0),
        ({"passwordName": ""}, 1100),
        ({"passwordName": "x" * 21}, 1109),
    ):
        assert (await customer.call("PUT", path, body)).code == expected
    assert (await entries(customer, lock))[0]["pwd_name"] == "new"
    missing = f"{door(lock)}/offline-temp-password/5"
    assert (await customer.call("PUT", missing, {"name": "x"})).code == 2323


async def test_dynamic(customer: Customer) -> None:
    """A dynamic password works for five minutes."""
    lock = customer.lock("Office")
    path = f"{door(lock)}/dynamic-password"
    digits = (await customer.get(path))["dynamic_password"]
    assert type_code(lock, digits).opened
    customer.pass_time(299)
    assert type_code(lock, digits).opened
    customer.pass_time(2)
    assert type_code(lock, digits).reason == "expired"
    assert lock.device.status["unlock_dynamic"] == 900
    assert await entries(customer, lock) == []


async def test_who_takes_offline_codes(customer: Customer) -> None:
    """The keypad's model has no data points for them."""
    lock = customer.lock("Garden gate")
    assert (await customer.offline(lock, "once")).code == 2003
    found = await customer.get(f"/v1.0/devices/{lock.id}/offline-pwd-locks")
    assert [entry["custom_name"] for entry in found] == list(WITH_OFFLINE)
    gateway = customer.lock("Office").device.gateway_id
    found = await customer.get(f"/v1.0/devices/{gateway}/offline-pwd-locks")
    assert [entry["custom_name"] for entry in found] == ["Office"]


async def test_advanced_password(customer: Customer) -> None:
    """The administrator's password is set with a ticket."""
    lock = customer.lock("Front door")
    path = f"{door(lock)}/advanced-password"
    body = {"advanced_type": "admin", **await customer.sealed(lock, "830517")}
    assert (await customer.call("POST", path, body)).result is True
    assert (await customer.get(path, advanced_type="admin"))["phase"] == 2
    assert (await customer.get(path, advanced_type="emergency"))["phase"] == 1
