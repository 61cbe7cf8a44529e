"""Members: three lists, changes, roles and time limits."""

from typing import Any

import pytest

from simulator.locks.keypad import type_code
from simulator.locks.lock import Lock
from tests.simulator.customer import DAY, Customer


def smart(lock: Lock) -> str:
    """Return the path of the rich list."""
    return f"/v1.0/smart-lock/devices/{lock.id}/users"


def plain(lock: Lock) -> str:
    """Return the path of the panel list."""
    return f"/v1.0/devices/{lock.id}/users"


def member_id(lock: Lock, name: str) -> str:
    """Return the id of a member."""
    return next(m.user_id for m in lock.people.members.values() if m.name == name)


@pytest.mark.parametrize("name", ["Front door", "Garden gate"])
async def test_lists(customer: Customer, name: str) -> None:
    """The rich list has everybody, the panel list only who lives on the device."""
    lock = customer.lock(name)
    rich = await customer.get(smart(lock), page_no=1, page_size=20, codes="")
    assert rich["total"] == 4
    kinds = {r["nick_name"]: (r["user_type"], bool(r["uid"])) for r in rich["records"]}
    assert kinds == {
        "Owner": (50, True),
        "Partner": (20, True),
        "Cleaner": (30, False),
        "Neighbour": (30, False),
    }
    owner = rich["records"][0]
    assert owner["unlock_detail"][0]["dp_code"] == "unlock_fingerprint"
    assert owner["unlock_detail"][0]["unlock_list"][0]["unlock_name"] == "thumb"
    assert len(owner["user_id"]) == (6 if name == "Garden gate" else 10)
    listed = await customer.get(plain(lock))
    assert [m["nick_name"] for m in listed] == ["Cleaner", "Neighbour"]
    path = plain(lock).replace("v1.0", "v1.1")
    typed = await customer.get(path, page_no=1, page_size=3)
    assert (typed["total"], typed["has_more"], len(typed["records"])) == (4, True, 3)
    admins = await customer.get(path, role="admin")
    assert [m["nick_name"] for m in admins["records"]] == ["Owner", "Neighbour"]
    found = await customer.get(path, keyword="clea")
    assert [m["nick_name"] for m in found["records"]] == ["Cleaner"]


async def test_life_of_a_member(customer: Customer) -> None:
    """Add, read, change, remove."""
    lock = customer.lock("Front door")
    one = f"/v1.0/devices/{lock.id}/user"
    assert (await customer.call("POST", one, {"nick_name": "Guest"})).code == 1100
    answer = await customer.call("POST", one, {"nick_name": "Guest", "sex": 0})
    user_id = answer.result
    assert isinstance(user_id, str)
    path = f"{plain(lock)}/{user_id}"
    assert (await customer.get(path))["nick_name"] == "Guest"
    body = {"nick_name": "Visitor", "sex": 2, "contact": "49-170"}
    assert (await customer.call("PUT", path, body)).result is True
    found = await customer.get(path.replace("v1.0", "v1.1"))
    assert (found["nick_name"], found["sex"], found["effective_flag"]) == (
        "Visitor",
        2,
        1,
    )
    assert (await customer.call("DELETE", path)).result is True
    assert (await customer.call("GET", path)).code == 2006


async def test_removing_takes_the_methods(customer: Customer) -> None:
    """A removed member's code no longer opens; the owner stays."""
    lock = customer.lock("Front door")
    method = lock.people.method("password", 1)
    assert method is not None
    assert type_code(lock, str(method.digits)).opened
    cleaner, owner = member_id(lock, "Cleaner"), member_id(lock, "Owner")
    path = f"{smart(lock)}/{cleaner},{owner}/actions/delete-users-issue"
    assert (await customer.call("POST", path)).code == 2306
    path = f"{smart(lock)}/{cleaner}/actions/delete-users-issue"
    await customer.call("POST", path)
    assert not type_code(lock, str(method.digits)).opened
    assert (await customer.call("DELETE", f"{plain(lock)}/{owner}")).code == 2306


async def test_role(customer: Customer) -> None:
    """A member becomes an administrator."""
    lock = customer.lock("Front door")
    path = f"{smart(lock)}/{member_id(lock, 'Partner')}/actions/role"
    assert (await customer.call("PUT", path, {"role": "admin"})).result is True
    rich = await customer.get(smart(lock))
    assert rich["records"][1]["user_type"] == 10
    assert (await customer.call("PUT", path, {"role": "king"})).code == 1109


@pytest.mark.parametrize(
    "body",
    [
        {"permanent": False, "effective_time": 1, "expired_time": 2},
        {"permanent": False, "effectiveTime": 1, "expiredTime": 2},
        {"schedule": {"permanent": False, "effective_time": 1, "expired_time": 2}},
    ],
)
async def test_time_limit(customer: Customer, body: dict[str, Any]) -> None:
    """A window in the past switches a member off, in all three spellings."""
    lock = customer.lock("Front door")
    method = lock.people.method("password", 1)
    assert method is not None
    path = f"{smart(lock)}/{member_id(lock, 'Cleaner')}/schedule"
    assert (await customer.call("PUT", path, body)).result is True
    shown = (await customer.get(smart(lock)))["records"][2]
    assert shown["effective_flag"] == 0
    assert shown["time_schedule_info"]["permanent"] is False
    assert type_code(lock, str(method.digits)).reason == "member not in effect"
    now = int(lock.now)
    body = {"permanent": False, "effective_time": now + 9, "expired_time": now + DAY}
    assert (await customer.call("PUT", path, body)).result is True
    assert (await customer.get(smart(lock)))["records"][2]["effective_flag"] == 2
    body = {"permanent": False, "effective_time": 9, "expired_time": 9}
    assert (await customer.call("PUT", path, body)).code == 1109
    assert (await customer.call("PUT", path, {})).code == 1100


async def test_absent_users(customer: Customer) -> None:
    """App accounts without a method are listed."""
    lock = customer.lock("Front door")
    path = f"/v1.0/devices/{lock.id}/door-lock/absent-users"
    assert await customer.get(path) == []
    lock.people.methods.clear()
    assert [m["nick_name"] for m in await customer.get(path)] == ["Owner", "Partner"]
