"""Openings, alarms and how they are listed."""

from typing import Any

import pytest

from simulator.locks.delivery import wake
from simulator.locks.keypad import type_code
from simulator.locks.lock import Lock
from simulator.locks.reports import alarm, doorbell
from tests.simulator.customer import DAY, Customer, digits_for, door

VALUES = {"Front door": "1", "Garage": "900", "Office": "1", "Garden gate": "AAAAAQAA"}


async def records(customer: Customer, lock: Lock, **query: Any) -> dict[str, Any]:
    """Return the newest records."""
    found: dict[str, Any] = await customer.get(
        f"{door(lock)}/records", page_no=1, page_size=20, **query
    )
    return found


async def open_logs(customer: Customer, lock: Lock, **query: Any) -> dict[str, Any]:
    """Return the newest openings of the last two days."""
    now = int(lock.now)
    wanted = {
        "page_no": 1,
        "page_size": 20,
        "start_time": now - 2 * DAY,
        "end_time": now,
        **query,
    }
    found: dict[str, Any] = await customer.get(f"{door(lock)}/open-logs", **wanted)
    return found


@pytest.mark.parametrize("name", list(VALUES))
async def test_temporary_code(customer: Customer, name: str) -> None:
    """An opening is recorded as the family records it."""
    lock = customer.lock(name)
    await customer.create(lock, digits_for(lock))
    customer.pass_time(5)
    wake(lock, lock.now)
    assert type_code(lock, digits_for(lock)).opened
    code = "unlock_temporary_kit" if name == "Garden gate" else "unlock_temporary"
    newest = (await records(customer, lock))["records"][0]
    assert newest["dps"] == [{code: VALUES[name]}]
    assert (newest["record_type"], newest["user_id"]) == ("normal", "0")
    assert newest["gmt_create"] == int(lock.now) * 1000
    assert str(lock.device.status[code]) == VALUES[name]
    log = (await open_logs(customer, lock))["logs"][0]
    assert log["status"] == {"code": code, "value": VALUES[name]}
    assert log["update_time"] == newest["gmt_create"]


async def test_seeded_past(customer: Customer) -> None:
    """A lock has a past with names, and one alarm that nobody has seen."""
    lock = customer.lock("Front door")
    found = await records(customer, lock)
    assert (found["total"], found["unread_count"], found["has_more"]) == (5, 1, False)
    logs = await open_logs(customer, lock)
    assert [log["nick_name"] for log in logs["logs"]] == ["Partner", "Cleaner", "Owner"]
    assert [log["unlock_name"] for log in logs["logs"]] == [
        "index finger",
        "code",
        "thumb",
    ]
    page = await customer.get(f"{door(lock)}/records", page_no=2, page_size=2)
    assert (len(page["records"]), page["total_pages"], page["has_more"]) == (2, 3, True)


async def test_wrong_codes_and_alarms(customer: Customer) -> None:
    """Wrong codes raise an alarm; the alarm's value stays in the status."""
    lock = customer.lock("Garage")
    type_code(lock, "0000000")
    assert lock.device.status["alarm_lock"] == "wrong_password"
    assert alarm(lock, "pry", lock.now) is not None
    found = await records(customer, lock)
    assert found["unread_count"] == 3
    assert found["records"][0]["record_type"] == "alarm"
    logs = await customer.get(f"{door(lock)}/alarm-logs", page_no=1, page_size=10)
    assert [r["status"]["value"] for r in logs["records"]][:2] in (
        ["pry", "wrong_password"],
        ["wrong_password", "pry"],
    )
    assert logs["records"][0]["update_time"] == int(lock.now)
    customer.pass_time(DAY)
    assert lock.device.status["alarm_lock"] == "pry"


async def test_keypad_says_less(customer: Customer) -> None:
    """An `mk` keypad reports neither wrong codes nor the bell (measured)."""
    lock = customer.lock("Garden gate")
    before = len(lock.records.records)
    type_code(lock, "000000")
    assert doorbell(lock, lock.now) is None
    assert len(lock.records.records) == before
    assert alarm(lock, "pry", lock.now) is not None
    logs = await customer.get(f"{door(lock)}/alarm-logs")
    assert logs["records"][0]["status"]["code"] == "lock_alarm_kit"


async def test_bell_is_no_alarm(customer: Customer) -> None:
    """The bell shows up when asked for, and isn't unread."""
    lock = customer.lock("Garage")
    assert doorbell(lock, lock.now) is not None
    assert (await records(customer, lock))["unread_count"] == 1
    logs = await customer.get(
        f"{door(lock)}/alarm-logs", codes="hijack,alarm_lock,doorbell"
    )
    assert logs["records"][0]["status"] == {"code": "doorbell", "value": "true"}


async def test_ranges_and_codes(customer: Customer) -> None:
    """Records are found by time in ms, by code, in both spellings."""
    lock = customer.lock("Garage")
    now = int(lock.now)
    for query in (
        {"start_time": (now - 6 * 3600) * 1000, "end_time": now * 1000},
        {"target_standard_dp_codes": "unlock_password"},
    ):
        assert (await records(customer, lock, **query))["total"] == (
            2 if "start_time" in query else 1
        )
    found = await customer.get(
        f"{door(lock)}/records",
        pageNo=1,
        pageSize=20,
        targetStandardDpCodes="alarm_lock",
        startTime=0,
        endTime=0,
    )
    assert found["total"] == 2
    assert (await customer.call("GET", f"{door(lock)}/records")).code == 1100
    answer = await customer.call(
        "GET", f"{door(lock)}/records", page_no=0, page_size=20
    )
    assert answer.code == 1109


async def test_milliseconds_in_v1_1(customer: Customer) -> None:
    """The newer open logs take milliseconds only."""
    lock = customer.lock("Garage")
    path = f"{door(lock).replace('v1.0', 'v1.1')}/open-logs"
    now = int(lock.now)
    for factor, expected in ((1000, 3), (1, 0)):
        found = await customer.get(
            path,
            page_no=1,
            page_size=20,
            start_time=(now - 2 * DAY) * factor,
            end_time=now * factor,
        )
        assert found["total"] == expected


async def test_record_gets_an_owner(customer: Customer) -> None:
    """An opening can be given to a member."""
    lock = customer.lock("Front door")
    await customer.create(lock, "830517")
    customer.pass_time(5)
    type_code(lock, "830517")
    newest = (await records(customer, lock))["records"][0]
    assert newest["member_bindable_flag"] == 1
    member = next(iter(lock.people.members.values()))
    path = f"{door(lock)}/records/{newest['record_id']}/actions/allocate"
    answer = await customer.call("POST", path, {"user_id": member.user_id})
    assert answer.result is True
    newest = (await records(customer, lock))["records"][0]
    assert (newest["user_id"], newest["user_name"]) == (member.user_id, member.name)
    for record_id, user_id, expected in (
        ("none", member.user_id, 1000),
        (newest["record_id"], "none", 2006),
    ):
        path = f"{door(lock)}/records/{record_id}/actions/allocate"
        answer = await customer.call("POST", path, {"user_id": user_id})
        assert answer.code == expected


async def test_generic_logs(customer: Customer) -> None:
    """Reports of data points, by pages and by codes."""
    lock = customer.lock("Garage")
    now = int(lock.now) * 1000
    query: dict[str, Any] = {"start_time": now - 2 * DAY * 1000, "end_time": now}
    path = f"/v1.0/devices/{lock.id}/logs"
    first = await customer.get(path, size=3, **query)
    assert (len(first["logs"]), first["has_next"]) == (3, True)
    second = await customer.get(
        path, size=3, start_row_key=first["next_row_key"], **query
    )
    assert (len(second["logs"]), second["has_next"]) == (2, False)
    path = f"/v2.1/cloud/thing/{lock.id}/report-logs"
    found = await customer.get(path, codes="alarm_lock", **query)
    assert len(found["logs"]) == 2
    assert (await customer.call("GET", path, codes="nothing", **query)).code == 1109
