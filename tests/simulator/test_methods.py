"""Unlock methods: lists, owners, enrolment, duress."""

from typing import Any

import pytest

from simulator.locks.enrolment import present
from simulator.locks.keypad import type_code
from simulator.locks.lock import Lock
from simulator.locks.reports import method_opened
from tests.simulator.customer import Customer, door
from tests.simulator.test_members import member_id


def smart(lock: Lock) -> str:
    """Return the beginning of the smart-lock paths."""
    return f"/v1.0/smart-lock/devices/{lock.id}"


async def keys(customer: Customer, lock: Lock, **query: Any) -> list[tuple[str, int]]:
    """Return the keys that belong to nobody."""
    found = await customer.get(f"{door(lock)}/unassigned-keys", **query)
    return [(key["unlock_type"], key["unlock_no"]) for key in found["unlock_keys"]]


async def test_lists(customer: Customer) -> None:
    """Methods of a member, by page and by kind."""
    lock = customer.lock("Front door")
    owner = member_id(lock, "Owner")
    found = await customer.get(
        f"{smart(lock)}/opmodes/{owner}", page_no=1, page_size=50
    )
    record = found["records"][0]
    assert (record["dp_code"], record["unlock_sn"], record["unlock_name"]) == (
        "unlock_fingerprint",
        1,
        "thumb",
    )
    assert (record["user_type"], record["allocate_flag"]) == (50, 0)
    path = f"{door(lock)}/user-types/1/users/{owner}/assigned-keys"
    found = await customer.get(path, unlock_type="fingerprint")
    assert found["unlock_keys"] == [
        {"unlock_no": 1, "unlock_type": "fingerprint", "hijack": False}
    ]
    assert (await customer.get(path, unlock_type="card"))["unlock_keys"] == []
    wrong = path.replace("user-types/1", "user-types/2")
    assert (await customer.call("GET", wrong)).code == 2006


async def test_owners(customer: Customer) -> None:
    """A method that waits gets an owner, and loses it again."""
    lock = customer.lock("Front door")
    assert await keys(customer, lock) == [("fingerprint", 3)]
    cleaner = member_id(lock, "Cleaner")
    body = {
        "user_id": cleaner,
        "unlock_list": [{"dp_code": "unlock_fingerprint", "unlock_sn": 3}],
    }
    path = f"{door(lock)}/opmodes/actions/allocate"
    assert (await customer.call("POST", path, body)).result is True
    assert await keys(customer, lock) == []
    other = {**body, "user_id": member_id(lock, "Owner")}
    assert (await customer.call("POST", path, other)).code == 2306
    body["unlock_list"] = [{"code": "unlock_fingerprint", "unlock_sn": 3}]
    path = f"{smart(lock)}/opmodes/actions/cancel-allocate"
    assert (await customer.call("POST", path, body)).result is True
    assert await keys(customer, lock, unlock_type="fingerprint") == [("fingerprint", 3)]
    path = f"/v1.0/devices/{lock.id}/device-lock/users/{cleaner}/allocate"
    body = {"no": "3", "type": "fingerprint"}
    assert (await customer.call("POST", path, body)).result is True
    assert await keys(customer, lock) == []


async def test_rename_and_mark(customer: Customer) -> None:
    """Name, attribute and notification of a method."""
    lock = customer.lock("Front door")
    body = {
        "dp_code": "unlock_fingerprint",
        "unlock_name": "left thumb",
        "unlock_attr": 1,
        "notify_info": {"app_send": True},
    }
    assert (await customer.call("PUT", f"{door(lock)}/opmodes/1", body)).result is True
    method = lock.people.method("fingerprint", 1)
    assert method is not None
    assert (method.name, method.special, method.notify) == ("left thumb", True, True)
    answer = await customer.call(
        "PUT", f"{door(lock)}/opmodes/77", {"unlock_name": "x"}
    )
    assert answer.code == 1000


async def test_enrol_a_finger(customer: Customer) -> None:
    """Captured at the lock within a minute; other changes wait meanwhile."""
    lock = customer.lock("Front door")
    cleaner = member_id(lock, "Cleaner")
    path = f"{door(lock)}/actions/entry"
    body = {"unlock_type": "fingerprint", "user_type": 2, "user_id": cleaner}
    assert (await customer.call("PUT", path, body)).result is True
    assert (await customer.call("PUT", path, body)).code == 2328
    assert (await customer.try_create(lock, "830517")).code == 2328
    method = present(lock)
    assert method is not None
    assert (method.user_id, method.slot, method.name) == (cleaner, 4, "1-4")
    assert present(lock) is None
    assert (await customer.try_create(lock, "830517")).code == 0


@pytest.mark.parametrize("end", ["cancel", "time"])
async def test_enrolment_ends(customer: Customer, end: str) -> None:
    """It is over when cancelled, or after a minute."""
    lock = customer.lock("Front door")
    body = {
        "unlock_type": "card",
        "user_type": 2,
        "user_id": member_id(lock, "Cleaner"),
    }
    await customer.call("PUT", f"{door(lock)}/actions/entry", body)
    if end == "cancel":
        path = f"{door(lock)}/unlock-types/card/actions/cancel"
        assert (await customer.call("PUT", path)).result is True
    else:
        customer.pass_time(61)
    assert present(lock) is None
    assert (await customer.try_create(lock, "830517")).code == 0


async def test_enrol_a_password(customer: Customer) -> None:
    """A password needs nobody at the lock; app accounts are refused."""
    lock = customer.lock("Front door")
    path = f"{door(lock)}/actions/entry"
    body = {
        "unlock_type": "password",
        "user_type": 2,
        "user_id": member_id(lock, "Neighbour"),
        **await customer.sealed(lock, "271503"),
    }
    assert (await customer.call("PUT", path, body)).result is True
    assert not type_code(lock, "271503").opened
    customer.pass_time(5)
    assert type_code(lock, "271503").reason == "member's password"
    body = {
        "unlock_type": "card",
        "user_type": 1,
        "user_id": member_id(lock, "Owner"),
    }
    assert (await customer.call("PUT", path, body)).code == 1109


async def test_delete(customer: Customer) -> None:
    """A deleted code no longer opens."""
    lock = customer.lock("Front door")
    method = lock.people.method("password", 1)
    assert method is not None
    cleaner = member_id(lock, "Cleaner")
    path = f"{door(lock)}/user-types/2/users/{cleaner}/unlock-types/password/keys"
    assert (await customer.call("DELETE", f"{path}/9")).code == 1000
    assert (await customer.call("DELETE", f"{path}/1")).result is True
    assert not type_code(lock, str(method.digits)).opened


async def test_duress(customer: Customer) -> None:
    """A marked method opens and raises an alarm; on and off are spelled differently."""
    lock = customer.lock("Front door")
    on = f"{door(lock)}/unlock-types/fingerprint/keys/1/hijack"
    off = f"{smart(lock)}/unlock-types/unlock_fingerprint/keys/1/hijack"
    assert (await customer.call("PUT", on.replace("fing", "unlock_fing"))).code == 1109
    assert (await customer.call("PUT", on)).result is True
    method = lock.people.method("fingerprint", 1)
    assert method is not None
    method_opened(lock, method, lock.now)
    assert lock.device.status["hijack"] is True
    found = await customer.get(f"{door(lock)}/alarm-logs", codes="hijack")
    assert found["records"][0]["status"]["value"] == "unlock_fingerprint-01"
    assert (await customer.call("DELETE", off.replace("unlock_f", "f"))).code == 1109
    assert (await customer.call("DELETE", off)).result is True
    count = len(lock.records.records)
    method_opened(lock, method, lock.now)
    assert len(lock.records.records) == count + 1


async def test_sync(customer: Customer) -> None:
    """Asking for synchronisation is accepted, with codes that exist."""
    lock = customer.lock("Front door")
    path = f"{smart(lock)}/opmodes/actions/sync"
    answer = await customer.call("POST", path, {"codes": "unlock_card"})
    assert answer.result is True
    assert (await customer.call("POST", path, {"codes": "nose"})).code == 1109
