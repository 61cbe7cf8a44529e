"""The first and the last moment of everything that a keypad decides."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from simulator.locks.delivery import app_nearby, connect, cut_off, wake
from simulator.locks.keypad import Attempt, type_code
from simulator.locks.lock import Lock
from simulator.locks.members import Member
from tests.simulator.conftest import FAMILIES
from tests.simulator.customer import DAY, Customer, digits_for, door
from tests.simulator.passing import arrive

HOUR = 3600
BERLIN = ZoneInfo("Europe/Berlin")


def at(customer: Customer, lock: Lock, moment: float, code: str) -> Attempt:
    """Type a code at a moment of the cloud's clock."""
    customer.pass_time(moment - lock.now)
    return type_code(lock, code)


@pytest.mark.parametrize("drift", [0, 90, -90])
@pytest.mark.parametrize("name", FAMILIES)
async def test_window(customer: Customer, name: str, drift: int) -> None:
    """From its first second on, and not in the second when it ends, by the lock's clock."""
    lock = customer.lock(name)
    start = int(lock.now) + HOUR
    window = {"effective_time": start, "invalid_time": start + HOUR}
    digits = digits_for(lock)
    password_id = await customer.create(lock, digits, **window)
    lock.around.switches.set("clock_drift", str(drift), lock.id)
    arrive(customer, lock)
    seen = [
        at(customer, lock, moment - drift, digits).reason
        for moment in (start - 1, start, start + HOUR - 1, start + HOUR)
    ]
    good = "temporary password"
    assert seen == ["not yet valid", good, good, "expired"]
    if drift == 0:
        valid = await customer.listed(lock, valid="true")
        assert password_id not in {entry["id"] for entry in valid}


async def test_a_slot_is_free_when_its_code_ends(customer: Customer) -> None:
    """The lock reuses it from that second on, not one earlier."""
    lock = customer.lock("Front door")
    lock.capacity = 1
    end = int(lock.now) + HOUR
    first = await customer.create(lock, "830517", invalid_time=end)
    customer.pass_time(end - 1 - lock.now)
    second = await customer.create(lock, "830518")
    lock.around.switches.set("delivery_seconds", "0")
    third = await customer.create(lock, "830519")
    customer.pass_time(0)
    assert (await customer.shown(lock, third))["delivery_status"] == 5
    customer.pass_time(3)
    shown = await customer.shown(lock, second)
    assert (shown["delivery_status"], shown["sn"]) == (2, lock.traits.first_slot)
    assert lock.code_of(first) is None


@pytest.mark.parametrize(
    ("seconds", "reason"),
    [(0, "multiple password"), (DAY - 1, "multiple password"), (DAY, "lapsed")],
)
async def test_first_use(customer: Customer, seconds: int, reason: str) -> None:
    """A time-limited password is good for its first use for 24 hours from its start."""
    lock = customer.lock("Front door")
    start = (int(lock.now) // HOUR + 2) * HOUR
    window = {"effective_time": start, "invalid_time": start + 3 * DAY}
    code = (await customer.offline(lock, "multiple", **window)).result
    digits = code["offline_temp_password"]
    assert at(customer, lock, start - 1, digits).reason == "not yet valid"
    assert at(customer, lock, start + seconds, digits).reason == reason
    if reason != "lapsed":
        assert at(customer, lock, start + 3 * DAY - 1, digits).opened
        assert at(customer, lock, start + 3 * DAY, digits).reason == "expired"


@pytest.mark.parametrize(("slow", "seconds", "opened"), [
    (0, 0, True),
    (0, 299, True),
    (0, 300, False),
    (240, 0, True),
    (400, 0, False),
])  # fmt: skip
async def test_dynamic(
    customer: Customer, slow: int, seconds: int, opened: bool
) -> None:
    """Five minutes, also at a lock whose clock is a little slow."""
    lock = customer.lock("Front door")
    lock.around.switches.set("clock_drift", str(-slow), lock.id)
    code = (await customer.get(f"{door(lock)}/dynamic-password"))["dynamic_password"]
    assert at(customer, lock, lock.now + seconds, code).opened is opened


async def test_daylight_saving(customer: Customer) -> None:
    """A daily window in a named zone moves with its clocks; a fixed offset doesn't."""
    lock = customer.lock("Front door")
    block = {"effective_time": 600, "invalid_time": 659, "working_day": 127}
    body: dict[str, Any] = {"schedule_list": [block], "time_zone": "Europe/Berlin"}
    end = int(datetime(2027, 4, 30, tzinfo=BERLIN).timestamp())
    await customer.create(lock, "830517", invalid_time=end, **body)
    arrive(customer, lock)
    for day in (27, 28):  # clocks go forward on the 28th of March
        ten = datetime(2027, 3, day, 10, tzinfo=BERLIN).timestamp()
        assert not at(customer, lock, ten - 1, "830517").opened
        assert at(customer, lock, ten, "830517").opened
        assert at(customer, lock, ten + HOUR - 1, "830517").opened
        assert not at(customer, lock, ten + HOUR, "830517").opened
    lock.around.switches.set("schedule_zone", "fixed_offset")
    digits = "830518"
    await customer.create(lock, digits, invalid_time=end, **body)
    arrive(customer, lock)
    ten = datetime(2027, 3, 29, 10, tzinfo=BERLIN).timestamp()
    assert not at(customer, lock, ten, digits).opened
    assert at(customer, lock, ten + HOUR, digits).opened


async def test_over_midnight(customer: Customer) -> None:
    """A daily window that ends before it begins never opens."""
    lock = customer.lock("Front door")
    block = {"effective_time": 1320, "invalid_time": 360, "working_day": 127}
    body = {"schedule_list": [block], "time_zone": "UTC"}
    await customer.create(lock, "830517", invalid_time=int(lock.now) + 9 * DAY, **body)
    arrive(customer, lock)
    for _ in range(24):
        customer.pass_time(HOUR)
        assert type_code(lock, "830517").reason == "outside its daily window"


@pytest.mark.parametrize("tunnel", [{"dp_tunnel": 1}, {"bluetooth_symbolic": False}])
async def test_a_stored_template_stays_in_the_books(
    customer: Customer, tunnel: dict[str, Any]
) -> None:
    """What is only recorded doesn't reach a lock, not even one that is awake."""
    lock = customer.lock("Garage")
    wake(lock, lock.now)
    path = f"/v1.0/smart-lock/device/{lock.id}/template/temp-password"
    wish = await customer.wish(lock, "8305172", **tunnel)
    pid = (await customer.call("POST", path, wish)).result["pwd_id"]
    assert lock.codes == {}
    arrive(customer, lock)
    assert not type_code(lock, "8305172").opened
    assert (await customer.shown(lock, pid))["name"] == "guest"


@pytest.mark.parametrize("name", ["Front door", "Shed"])
async def test_late_news_of_offline_codes(customer: Customer, name: str) -> None:
    """A lock out of reach tells later what was typed, and the list follows."""
    lock = customer.lock(name)
    now = int(lock.now)
    window = {"effective_time": now, "invalid_time": now + 3 * DAY}
    codes = [
        (await customer.offline(lock, "once")).result,
        (await customer.offline(lock, "multiple", **window)).result,
    ]
    cut_off(lock)
    codes.append((await customer.offline(lock, "clear_all")).result)
    for code in codes:
        type_code(lock, code["offline_temp_password"])
    assert await statuses(customer, lock) == [1, 1, 1]
    connect(lock, lock.now)
    app_nearby(lock, lock.now)
    assert await statuses(customer, lock) == [3, 3, 3]


async def statuses(customer: Customer, lock: Lock) -> list[int]:
    """Return the status of each offline code."""
    found = await customer.get(f"{door(lock)}/offline-temp-password")
    return [entry["status"] for entry in found["records"]]


def test_a_members_time_limit() -> None:
    """Half open as a code's window."""
    member = Member("u", "Guest", 1, permanent=False, start=100, end=200)
    assert [member.effective_flag(t) for t in (99, 100, 199, 200)] == [2, 1, 1, 0]
