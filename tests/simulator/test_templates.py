"""Template passwords, and what their DELETE really does (seed document)."""

from typing import Any

import pytest

from simulator.locks.keypad import type_code
from simulator.locks.lock import Lock
from tests.simulator.customer import DAY, Answer, Customer, door


async def make(customer: Customer, lock: Lock, **fields: Any) -> Answer:
    """Create a template password."""
    path = f"/v1.0/smart-lock/device/{lock.id}/template/temp-password"
    return await customer.call(
        "POST", path, await customer.wish(lock, "830517", **fields)
    )


async def drop(customer: Customer, lock: Lock, pid: int, body: Any = None) -> Answer:
    """Delete a template password."""
    return await customer.call(
        "DELETE", f"{door(lock)}/template/temp-password/{pid}", body
    )


async def made(customer: Customer, lock: Lock, **fields: Any) -> int:
    """Create a template password and let it arrive."""
    pid = int((await make(customer, lock, **fields)).result["pwd_id"])
    customer.pass_time(5)
    return pid


async def test_life(customer: Customer) -> None:
    """Create, list, detail, open, delete by way of the cloud, refused."""
    lock = customer.lock("Office")
    pid = await made(customer, lock, check_name=True)
    assert type_code(lock, "830517").opened
    assert (await make(customer, lock, check_name=True)).code == 2316
    path = f"{door(lock)}/template/temp-password"
    listed = await customer.get(path, data_type=0)
    record = listed["records"][0]
    assert (record["pwd_id"], record["password"]) == (pid, "830517")
    assert record["effective_time"] == int(lock.now - 5) * 1000
    detail = await customer.get(f"{path}/{pid}")
    assert (detail["operate"], detail["delivery_status"]) == ("ADD", "SUCCESS")
    assert detail["dev_id_list"] == [lock.id]
    answer = await drop(
        customer, lock, pid, {"dp_tunnel": 2, "bluetooth_symbolic": True}
    )
    assert answer.result == {}
    assert type_code(lock, "830517").opened
    customer.pass_time(5)
    assert not type_code(lock, "830517").opened
    detail = await customer.get(f"{path}/{pid}")
    assert (detail["operate"], detail["delivery_status"]) == ("DELETE", "SUCCESS")
    assert (await drop(customer, lock, pid, {"dp_tunnel": 2})).code == 0
    assert (await customer.get(path))["total"] == 0


@pytest.mark.parametrize(
    "body",
    [
        {"dpTunnel": 1},
        {"dp_tunnel": 1},
        {"dp_tunnel": 2, "bluetooth_symbolic": False},
        {"temp_pwd_request": {"dp_tunnel": 1}},
    ],
)
async def test_the_lock_keeps_the_code(
    customer: Customer, body: dict[str, Any]
) -> None:
    """Past the cloud, only the record goes: the documented sample body does this."""
    lock = customer.lock("Office")
    pid = await made(customer, lock)
    assert (await drop(customer, lock, pid, body)).code == 0
    customer.pass_time(3600)
    assert (await customer.get(f"{door(lock)}/template/temp-password"))["total"] == 0
    assert await customer.listed(lock) == []
    assert type_code(lock, "830517").opened


@pytest.mark.parametrize("body", [None, {"dpTunnel": 2}, {"temp_pwd_request": {}}])
async def test_by_way_of_the_cloud(customer: Customer, body: Any) -> None:
    """Without a tunnel, or with tunnel 2, the lock is told."""
    lock = customer.lock("Office")
    pid = await made(customer, lock)
    assert (await drop(customer, lock, pid, body)).code == 0
    customer.pass_time(5)
    assert not type_code(lock, "830517").opened


@pytest.mark.parametrize(
    ("honoured", "body", "opens"),
    [
        ("dp_tunnel", {"dp_tunnel": 1}, True),
        ("dp_tunnel", {"dpTunnel": 1}, False),
        ("dpTunnel", {"dp_tunnel": 1}, False),
        ("dpTunnel", {"dpTunnel": 1}, True),
    ],
)
async def test_spelling_of_the_tunnel(
    customer: Customer, honoured: str, body: dict[str, int], opens: bool
) -> None:
    """Which spelling counts is a switch."""
    lock = customer.lock("Office")
    lock.around.switches.set("template_tunnel_name", honoured)
    pid = await made(customer, lock)
    assert (await drop(customer, lock, pid, body)).code == 0
    customer.pass_time(5)
    assert type_code(lock, "830517").opened is opens


async def test_only_stored(customer: Customer) -> None:
    """Created with symbolic false, a code is a record and no more."""
    lock = customer.lock("Office")
    await made(customer, lock, bluetooth_symbolic=False)
    assert not type_code(lock, "830517").opened
    assert (await customer.get(f"{door(lock)}/template/temp-password"))["total"] == 1


async def test_invalid_and_offline_ones(customer: Customer) -> None:
    """Ended codes lose their record; offline ones can go when they are over."""
    lock = customer.lock("Office")
    path = f"{door(lock)}/template/temp-password"
    pid = await made(customer, lock)
    once = int(
        (await customer.offline(lock, "once")).result["offline_temp_password_id"]
    )
    codes = [r["pwd_type_code"] for r in (await customer.get(path))["records"]]
    assert codes == ["temp", "once"]
    assert (await drop(customer, lock, once)).code == 2324
    customer.pass_time(2 * DAY)
    assert (await customer.get(path, data_type=0))["total"] == 0
    assert (await customer.get(path, data_type=1))["total"] == 2
    page = await customer.get(path, offset=1, page_size=1)
    assert (len(page["records"]), page["has_more"]) == (1, False)
    assert (await drop(customer, lock, pid)).code == 0
    assert (await drop(customer, lock, once)).code == 0
    assert (await customer.get(path))["total"] == 0
    assert (await drop(customer, lock, once)).code == 2323


async def test_result_of_deletion(customer: Customer) -> None:
    """The table says pwd_id, the sample an empty object."""
    lock = customer.lock("Front door")
    lock.around.switches.set("template_delete_result", "pwd_id")
    pid = await made(customer, lock)
    assert (await drop(customer, lock, pid)).result == {"pwd_id": pid}


async def test_no_template_passwords(customer: Customer) -> None:
    """A lock without them knows none of the paths, and nothing is done."""
    lock = customer.lock("Office")
    pid = await made(customer, lock)
    lock.around.switches.set("template_paths", "absent", lock.id)
    path = f"{door(lock)}/template/temp-password"
    codes = [
        (await customer.call("GET", path)).code,
        (await customer.call("GET", f"{path}/{pid}")).code,
        (await make(customer, lock)).code,
        (await drop(customer, lock, pid)).code,
    ]
    assert codes == [1108] * 4
    assert type_code(lock, "830517").opened
    assert (await drop(customer, customer.lock("Front door"), pid)).code == 2310


async def test_two_books(customer: Customer) -> None:
    """Each door knows what was made by it alone; the lock takes both."""
    lock = customer.lock("Office")
    lock.around.switches.set("template_book", "apart")
    pid = await made(customer, lock)
    other = await customer.create(lock, "706139")
    customer.pass_time(5)
    path = f"{door(lock)}/template/temp-password"
    assert [r["pwd_id"] for r in (await customer.get(path))["records"]] == [pid]
    assert [r["id"] for r in await customer.listed(lock)] == [other]
    assert (await customer.call("GET", f"{path}/{other}")).code == 2323
    assert (await drop(customer, lock, other)).code == 2323
    answer = await customer.call("DELETE", f"{door(lock)}/temp-passwords/{pid}")
    assert answer.code == 2323
    assert type_code(lock, "830517").opened
    assert type_code(lock, "706139").opened
