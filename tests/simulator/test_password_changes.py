"""Changing, freezing, deleting and clearing online passwords."""

import pytest

from simulator.locks.delivery import connect, cut_off, wake
from simulator.locks.keypad import type_code
from tests.simulator.conftest import FAMILIES
from tests.simulator.customer import DAY, Customer, digits_for, door
from tests.simulator.passing import arrive, fall_asleep


@pytest.mark.parametrize("name", FAMILIES)
async def test_modify(customer: Customer, name: str) -> None:
    """The lock enforces the old code until it took the new one."""
    lock = customer.lock(name)
    digits = digits_for(lock)
    other = digits[::-1]
    password_id = await customer.create(lock, digits)
    arrive(customer, lock)
    fall_asleep(customer)
    path = f"{door(lock)}/temp-passwords/{password_id}/modify-password"
    cut_off(lock, online_flag=None)
    body = {"name": "new name", **await customer.sealed(lock, other)}
    assert (await customer.call("PUT", path, body)).result is True
    assert type_code(lock, digits).opened
    assert not type_code(lock, other).opened
    connect(lock, lock.now)
    arrive(customer, lock)
    shown = await customer.shown(lock, password_id)
    assert (shown["name"], shown["phase"]) == ("new name", 2)
    assert type_code(lock, other).opened
    assert not type_code(lock, digits).opened


async def test_modify_before_delivery(customer: Customer) -> None:
    """What has not left the cloud is changed there."""
    lock = customer.lock("Garage")
    password_id = await customer.create(lock, "8305172")
    path = f"{door(lock)}/temp-passwords/{password_id}/modify-password"
    body = await customer.sealed(lock, "2715038")
    assert (await customer.call("PUT", path, body)).result is True
    wake(lock, lock.now)
    assert type_code(lock, "2715038").opened
    assert not type_code(lock, "8305172").opened


async def test_paths_that_do_not_exist(customer: Customer) -> None:
    """PUT without its suffix and DELETE by the singular path are unknown."""
    lock = customer.lock("Front door")
    password_id = await customer.create(lock, "830517")
    for method, path in (
        ("PUT", f"{door(lock)}/temp-passwords/{password_id}"),
        ("DELETE", f"{door(lock)}/temp-password/{password_id}"),
    ):
        assert (await customer.call(method, path, {"name": "x"})).code == 1108


@pytest.mark.parametrize("name", FAMILIES)
async def test_freeze(customer: Customer, name: str) -> None:
    """Only Zigbee locks freeze codes."""
    lock = customer.lock(name)
    password_id = await customer.create(lock, digits_for(lock))
    arrive(customer, lock)
    path = f"{door(lock)}/temp-passwords/{password_id}"
    answer = await customer.call("PUT", f"{path}/freeze-password")
    if name != "Front door":
        assert answer.code == 2004
        return
    assert answer.result is True
    customer.pass_time(5)
    assert (await customer.shown(lock, password_id))["phase"] == 3
    assert type_code(lock, "830517").reason == "frozen"
    assert (await customer.call("PUT", f"{path}/unfreeze-password")).result is True
    customer.pass_time(5)
    assert type_code(lock, "830517").opened


async def test_unknown_passwords(customer: Customer) -> None:
    """Each family has its own code for what isn't there."""
    for name, expected in (("Front door", 2310), ("Garage", 2321), ("Office", 2323)):
        lock = customer.lock(name)
        assert (await customer.delete(lock, 5)).code == expected
        answer = await customer.call("GET", f"{door(lock)}/temp-password/5")
        assert answer.code == expected
        answer = await customer.call("GET", f"{door(lock)}/temp-password/five")
        assert answer.code == 1109


async def test_ended_passwords(customer: Customer) -> None:
    """An ended code keeps its phase; deleting it is refused, its record goes."""
    lock = customer.lock("Garage")
    password_id = await customer.create(lock, "8305172")
    arrive(customer, lock)
    customer.pass_time(2 * DAY)
    assert (await customer.shown(lock, password_id))["phase"] == 2
    assert (await customer.delete(lock, password_id)).code == 2304
    assert await customer.listed(lock, valid="true") == []
    assert len(await customer.listed(lock, valid="false")) == 1
    path = f"{door(lock)}/temp-passwords/{password_id}/record"
    assert (await customer.call("DELETE", path)).code == 0
    assert await customer.listed(lock) == []


@pytest.mark.parametrize("word", ["rest-password", "reset-password"])
async def test_clear_all(customer: Customer, word: str) -> None:
    """Clearing takes valid codes, too."""
    lock = customer.lock("Office")
    await customer.create(lock, "830517")
    await customer.create(lock, "230514", name="other")
    customer.pass_time(5)
    answer = await customer.call("POST", f"{door(lock)}/temp-passwords/{word}")
    assert answer.result is True
    customer.pass_time(5)
    assert not type_code(lock, "830517").opened
    assert not type_code(lock, "230514").opened
    assert [shown["phase"] for shown in await customer.listed(lock)] == [0, 0]


async def test_never_sent_is_simply_gone(customer: Customer) -> None:
    """A code that waited for a sleeping lock is deleted at once."""
    lock = customer.lock("Garage")
    password_id = await customer.create(lock, "8305172")
    await customer.delete(lock, password_id)
    assert (await customer.shown(lock, password_id))["phase"] == 0
    wake(lock, lock.now)
    assert not type_code(lock, "8305172").opened


async def test_second_version_has_no_name(customer: Customer) -> None:
    """v2.0 creates without a name."""
    lock = customer.lock("Front door")
    body = await customer.wish(lock, "830517")
    del body["name"]
    path = door(lock).replace("v1.0", "v2.0")
    result = (await customer.call("POST", f"{path}/temp-password", body)).result
    assert (await customer.get(f"{door(lock)}/temp-password/{result['id']}"))[
        "name"
    ] == ""


async def test_keep_alive_list(customer: Customer) -> None:
    """The keep-alive list has words, milliseconds and the digits."""
    lock = customer.lock("Front door")
    ids = [await customer.create(lock, f"83051{n}", name=f"{n}") for n in range(3)]
    customer.pass_time(5)
    path = f"/v1.0/smart-lock/devices/{lock.id}/stand-by-lock-temp-passwords"
    first = await customer.get(path, valid="true", page_size=2, last_row_key="")
    assert first["has_more"] is True
    second = await customer.get(path, page_size=2, last_row_key=first["last_row_key"])
    records = first["records"] + second["records"]
    assert [record["password_id"] for record in records] == [str(n) for n in ids]
    assert records[0]["password"] == "830510"
    assert records[0]["delivery_status"] == "SUCCESS"
    assert records[0]["effective_time"] == int(lock.now - 5) * 1000


async def test_read_back_never_has_digits(customer: Customer) -> None:
    """The ordinary list and detail carry no password."""
    lock = customer.lock("Front door")
    password_id = await customer.create(lock, "830517")
    assert "830517" not in str(await customer.listed(lock))
    path = f"{door(lock)}/temp-password/{password_id}"
    assert "830517" not in str(await customer.get(path))
