"""Online passwords from their creation to the keypad, on every family of locks."""

import pytest

from simulator.locks.delivery import app_nearby, connect, cut_off, wake
from simulator.locks.keypad import type_code
from simulator.locks.passwords import Outcome
from tests.simulator.conftest import FAMILIES
from tests.simulator.customer import DAY, Customer, digits_for, door, ecb
from tests.simulator.passing import arrive, fall_asleep

PENDING = {"Front door": 1, "Garage": 1, "Office": 1, "Shed": 1, "Garden gate": 12}
REMOVED = {"Front door": 4, "Garage": 0, "Office": 0, "Shed": 0, "Garden gate": 17}
REMOVING = {"Front door": 2, "Garage": 3, "Office": 3, "Shed": 3, "Garden gate": 17}


@pytest.mark.parametrize("name", FAMILIES)
async def test_life(customer: Customer, name: str) -> None:
    """Created, pending, on the lock, opens, deleted, still opens, gone."""
    lock = customer.lock(name)
    digits = digits_for(lock)
    password_id = await customer.create(lock, digits)
    shown = await customer.shown(lock, password_id)
    assert shown["phase"] == PENDING[name]
    assert "sn" not in shown
    assert not type_code(lock, digits).opened
    arrive(customer, lock)
    shown = await customer.shown(lock, password_id)
    assert (shown["phase"], shown["sn"]) == (2, lock.traits.first_slot)
    assert ("delivery_status" in shown) is (name == "Front door")
    attempt = type_code(lock, digits)
    assert (attempt.opened, attempt.password_id) == (True, password_id)
    assert not type_code(lock, digits[::-1]).opened
    fall_asleep(customer)
    assert (await customer.delete(lock, password_id)).result is True
    assert (await customer.shown(lock, password_id))["phase"] == REMOVING[name]
    if lock.is_awake(lock.now):
        assert type_code(lock, digits).opened
    arrive(customer, lock)
    assert (await customer.shown(lock, password_id))["phase"] == REMOVED[name]
    assert not type_code(lock, digits).opened
    path = f"{door(lock)}/temp-passwords/{password_id}/record"
    assert (await customer.call("DELETE", path)).result is True
    assert await customer.listed(lock) == []


@pytest.mark.parametrize("name", FAMILIES)
async def test_window_and_uses(customer: Customer, name: str) -> None:
    """A code opens in its window and as often as it may, by the lock's own clock."""
    lock = customer.lock(name)
    start = int(lock.now) + 3600
    digits = digits_for(lock)
    window = {"effective_time": start, "invalid_time": start + 600}
    await customer.create(lock, digits, type=1, **window)
    arrive(customer, lock)
    assert type_code(lock, digits).reason == "not yet valid"
    lock.around.switches.set("clock_drift", "3600")
    assert type_code(lock, digits).opened
    assert type_code(lock, digits).reason == "used"
    customer.pass_time(700)
    assert type_code(lock, digits).reason == "expired"


async def test_a_sleeping_lock_fetches_after_a_touch(customer: Customer) -> None:
    """The first try wakes the lock and fails, the second one opens."""
    lock = customer.lock("Garage")
    await customer.create(lock, "8305172")
    customer.pass_time(7200)
    assert not type_code(lock, "8305172").opened
    assert type_code(lock, "8305172").opened


async def test_zigbee_gives_up_after_three_tries(customer: Customer) -> None:
    """A lock out of reach fails within 25 seconds; sending again helps."""
    lock = customer.lock("Front door")
    cut_off(lock)
    password_id = await customer.create(lock, "830517")
    customer.pass_time(15)
    assert (await customer.shown(lock, password_id))["delivery_status"] == 1
    customer.pass_time(10)
    shown = await customer.shown(lock, password_id)
    assert (shown["phase"], shown["delivery_status"]) == (5, 3)
    connect(lock, lock.now)
    body = {"password_id": str(password_id)}
    assert (await customer.call("POST", f"{door(lock)}/issue-password", body)).code == 0
    customer.pass_time(5)
    assert type_code(lock, "830517").opened


async def test_zigbee_retries(customer: Customer) -> None:
    """A lock that comes back in time is reached by a later try."""
    lock = customer.lock("Front door")
    cut_off(lock)
    password_id = await customer.create(lock, "830517")
    customer.pass_time(5)
    lock.connected = True
    assert not type_code(lock, "830517").opened
    customer.pass_time(10)
    assert (await customer.shown(lock, password_id))["delivery_status"] == 2
    assert type_code(lock, "830517").opened


async def test_bluetooth_gateway_sends_a_deletion_when_it_can(
    customer: Customer,
) -> None:
    """A deletion waits for a lock that is cut off; the code opens until then."""
    lock = customer.lock("Office")
    password_id = await customer.create(lock, "830517")
    customer.pass_time(5)
    cut_off(lock)
    await customer.delete(lock, password_id)
    customer.pass_time(3600)
    assert (await customer.shown(lock, password_id))["phase"] == 3
    assert type_code(lock, "830517").opened
    connect(lock, lock.now)
    assert (await customer.shown(lock, password_id))["phase"] == 0
    assert not type_code(lock, "830517").opened


async def test_bluetooth_alone_waits_for_the_app(customer: Customer) -> None:
    """Nothing reaches it, nor is heard of it, but by somebody with the app."""
    lock = customer.lock("Shed")
    password_id = await customer.create(lock, "830517")
    customer.pass_time(DAY / 2)
    wake(lock, lock.now)
    assert (await customer.shown(lock, password_id))["phase"] == 1
    app_nearby(lock, lock.now)
    records = len(lock.records.records)
    assert type_code(lock, "830517").opened
    assert len(lock.records.records) == records
    app_nearby(lock, lock.now)
    assert len(lock.records.records) == records + 1


@pytest.mark.parametrize(
    ("outcome", "phase"),
    [
        (Outcome.FAILED, 5),
        (Outcome.DUPLICATE, 5),
        (Outcome.FULL, 5),
        (Outcome.OVERLAP, 5),
    ],
)
async def test_forced_outcomes(
    customer: Customer, outcome: Outcome, phase: int
) -> None:
    """A delivery can be made to fail in each way."""
    lock = customer.lock("Front door")
    lock.forced = [outcome]
    password_id = await customer.create(lock, "830517")
    customer.pass_time(5)
    shown = await customer.shown(lock, password_id)
    assert (shown["phase"], shown["delivery_status"]) == (phase, int(outcome))
    assert not type_code(lock, "830517").opened


@pytest.mark.parametrize("name", FAMILIES)
@pytest.mark.parametrize(
    "digits",
    ["83051", "83051726", "83o517", "830 17", "\uff18\uff13\uff10\uff15\uff11\uff17"],
)
async def test_wrong_digits(customer: Customer, name: str, digits: str) -> None:
    """Other lengths and what isn't a digit is refused."""
    lock = customer.lock(name)
    assert (await customer.try_create(lock, digits)).code == 1109
    assert await customer.listed(lock) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"name": ""}, 1100),
        ({"ticket_id": ""}, 1100),
        ({"password": ""}, 1100),
        ({"effective_time": None}, 1100),
        ({"password_type": "plain"}, 1109),
        ({"password": "00" * 16}, 1109),
        ({"password": "xyz"}, 1109),
        ({"ticket_id": "unknown"}, 2405),
        ({"effective_time": "soon"}, 1109),
        ({"effective_time": 1_799_999_999_000}, 1109),
        ({"invalid_time": 1_000}, 1109),
        ({"type": 5}, 1109),
        ({"schedule_list": {}}, 1109),
        ({"schedule_list": [{"working_day": 999}], "time_zone": "Europe/Berlin"}, 1109),
        ({"schedule_list": [{"working_day": 2}]}, 1109),
        ({"schedule_list": [{"working_day": 2}], "time_zone": "Atlantis"}, 1109),
        ({"effective_time": 1_000, "invalid_time": 2_000}, 2318),
    ],
)
async def test_refused_creations(
    customer: Customer, changes: dict[str, object], expected: int
) -> None:
    """Missing is 1100, illegal 1109, past 2318; nothing is kept."""
    lock = customer.lock("Front door")
    assert (await customer.try_create(lock, "830517", **changes)).code == expected
    assert await customer.listed(lock) == []


async def test_ticket(customer: Customer) -> None:
    """A ticket is for one device, one use, and six minutes."""
    lock, other = customer.lock("Front door"), customer.lock("Office")
    body = await customer.wish(other, "830517")
    path = f"{door(lock)}/temp-password"
    assert (await customer.call("POST", path, body)).code == 2405
    assert (await customer.call("POST", f"{door(other)}/temp-password", body)).code == 0
    assert (
        await customer.call("POST", f"{door(other)}/temp-password", body)
    ).code == 2405
    body = await customer.wish(lock, "830517")
    customer.pass_time(361)
    assert (await customer.call("POST", path, body)).code == 2405


async def test_the_whole_secret_is_the_key(customer: Customer) -> None:
    """A password sealed with the key of half the secret isn't understood."""
    lock = customer.lock("Front door")
    ticket_id, key = await customer.ticket(lock)
    half = customer.secret[:16].encode()
    wrong = ecb(half, bytes.fromhex(key), decrypt=True)[:16]
    body = await customer.wish(lock, "830517")
    body["ticket_id"] = ticket_id
    body["password"] = ecb(wrong, b"830517" + b"\n" * 10).hex()
    answer = await customer.call("POST", f"{door(lock)}/temp-password", body)
    assert answer.code == 1109


async def test_wifi_is_full_at_ten(customer: Customer) -> None:
    """Ten codes fit; slots are reused."""
    lock = customer.lock("Garage")
    ids = [await customer.create(lock, f"83051{n:02d}", name=f"{n}") for n in range(10)]
    assert (await customer.try_create(lock, "8305199")).code == 2303
    wake(lock, lock.now)
    await customer.delete(lock, ids[3])
    arrive(customer, lock)
    again = await customer.create(lock, "8305199")
    assert (await customer.shown(lock, again))["sn"] == 3


async def test_a_full_lock_tells_so(customer: Customer) -> None:
    """A Zigbee lock without room answers with delivery status 5."""
    lock = customer.lock("Front door")
    lock.capacity = 1
    await customer.create(lock, "830517")
    second = await customer.create(lock, "830518")
    customer.pass_time(5)
    shown = await customer.shown(lock, second)
    assert (shown["phase"], shown["delivery_status"]) == (5, 5)


async def test_equal_digits(customer: Customer) -> None:
    """Wi-Fi refuses them at once, Zigbee when they arrive."""
    lock = customer.lock("Garage")
    await customer.create(lock, "8305172")
    assert (await customer.try_create(lock, "8305172", name="other")).code == 2322
    lock = customer.lock("Front door")
    await customer.create(lock, "830517")
    second = await customer.create(lock, "830517", name="other")
    customer.pass_time(5)
    assert (await customer.shown(lock, second))["delivery_status"] == 4
