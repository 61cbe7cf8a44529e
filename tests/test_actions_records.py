"""What happened at a lock, as an action tells it; and alarms that somebody has seen."""

from datetime import datetime, timedelta
from unittest.mock import patch

from homeassistant.util.json import JsonObjectType
import pytest

from custom_components.tuya_lock_manager.tuya_cloud import UnsupportedError
from simulator.locks.delivery import app_nearby
from simulator.locks.keypad import type_code
from simulator.locks.lock import Lock
from simulator.locks.reports import alarm, doorbell, method_opened
from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    LOCKS,
    async_create,
    async_deliver,
    check_error,
    failing,
    refusing,
    result_of,
)
from tests.simulated import Home

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
UNREAD = "sensor.front_door_unread_alarms"


async def _async_list(home: Home, lock: str, **data: object) -> JsonObjectType:
    response = await home.async_act("list_records", lock, context=None, **data)
    return result_of(response, lock)


def _records(result: JsonObjectType) -> list[JsonObjectType]:
    records = result["records"]
    assert isinstance(records, list)
    return [record for record in records if isinstance(record, dict)]


def _open(lock: Lock, slot: int = 1) -> None:
    method = lock.people.method("fingerprint", slot)
    assert method is not None
    method_opened(lock, method, lock.now)


def _open_often(lock: Lock, times: int) -> None:
    """Let the owner have come a number of times, a second apart, until now."""
    begin = int(lock.now) - times
    for number in range(times):
        _open(lock)
        lock.records.records[-1].time = begin + number


async def _async_busy(home: Home) -> None:
    """Let things happen at the front door, a minute apart, after a clean start."""
    lock = home.lock(FRONT_DOOR)
    lock.records.records.clear()
    for slot in (1, 2):
        _open(lock, slot)
        await home.async_pass(MINUTE)
    alarm(lock, "pry", lock.now)
    await home.async_pass(MINUTE)
    doorbell(lock, lock.now)
    await home.async_pass(MINUTE)


async def test_everything(home: Home) -> None:
    """The newest first, each with who it was, and alarms with whether somebody read them."""
    await home.async_setup()
    await _async_busy(home)
    result = await _async_list(home, FRONT_DOOR)
    records = _records(result)
    assert [(record["kind"], record["type"]) for record in records] == [
        ("doorbell", "ring"),
        ("alarm", "pry"),
        ("unlock", "fingerprint"),
        ("unlock", "fingerprint"),
    ]
    assert [record["read"] for record in records] == [None, False, None, None]
    assert [record["member"] for record in records[2:]] == ["Partner", "Owner"]
    lock = home.lock(FRONT_DOOR)
    method = lock.people.method("fingerprint", 1)
    assert method is not None
    assert records[-1] == {
        "id": lock.records.records[0].id,
        "time": home.local(lock.records.records[0].time).isoformat(),
        "kind": "unlock",
        "type": "fingerprint",
        "member": "Owner",
        "member_id": method.user_id,
        "method": method.name,
        "password": None,
        "password_id": None,
        "read": None,
    }
    assert (result["total"], result["has_more"]) == (4, False)
    # It is read anew: nothing of it was polled yet, and nothing becomes news by it.
    assert home.state("event.front_door_unlocked") == "unknown"


@pytest.mark.parametrize("lock", LOCKS)
async def test_every_lock_has_records(home: Home, lock: str) -> None:
    """All families tell their openings; a keypad's alarms have no type that is known."""
    await home.async_setup()
    simulated = home.lock(lock)
    simulated.records.records.clear()
    _open(simulated)
    alarm(simulated, "pry", simulated.now)
    # Without a gateway it tells when somebody with the app comes by.
    app_nearby(simulated, simulated.now)
    (opening,) = _records(await _async_list(home, lock, kind="unlock"))
    assert (opening["type"], opening["member"]) == ("fingerprint", "Owner")
    (raised,) = _records(await _async_list(home, lock, kind="alarm"))
    assert raised["type"] == ("unknown" if lock == "lock.garden_gate" else "pry")


async def test_the_older_logs(home: Home) -> None:
    """A cloud without the newer list tells the same."""
    await home.async_setup()
    client = home.entry.runtime_data.account.client
    old = patch.object(client, "list_records", side_effect=UnsupportedError("no"))
    old.start()
    await _async_busy(home)
    start = home.local(home.world.clock.now()) - timedelta(minutes=10)
    result = await _async_list(home, FRONT_DOOR, start=start)
    assert [record["kind"] for record in _records(result)] == [
        "doorbell",
        "alarm",
        "unlock",
        "unlock",
    ]
    result = await _async_list(
        home, FRONT_DOOR, start=home.local(home.world.clock.now() - 1)
    )
    assert (_records(result), result["total"]) == ([], 0)
    old.stop()


async def test_a_guest(home: Home) -> None:
    """Openings are found by the guest's name, and by nobody else's."""
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR, name="Anné")
    await async_deliver(home, FRONT_DOOR)
    assert type_code(home.lock(FRONT_DOOR), str(made["code"])).opened
    await home.async_pass(MINUTE)
    _open(home.lock(FRONT_DOOR))
    for who in ("anné", "ANNE\u0301 ", str(made["id"])):
        (record,) = _records(await _async_list(home, FRONT_DOOR, who=who))
        assert (record["type"], record["password"], record["password_id"]) == (
            "temporary_code",
            "Anné",
            made["id"],
        )
    for who in ("Owner", "owner "):
        records = _records(await _async_list(home, FRONT_DOOR, who=who))
        assert {record["member"] for record in records} == {"Owner"}


async def test_somebody_who_did_not_come(home: Home) -> None:
    """A member who did not come has an empty list; a name that nobody has is refused."""
    await home.async_setup()
    await _async_busy(home)
    people = home.lock(FRONT_DOOR).people.members.values()
    absent = next(
        member for member in people if member.name not in {"Owner", "Partner"}
    )
    result = await _async_list(home, FRONT_DOOR, who=absent.name)
    assert (result["records"], result["total"]) == ([], 0)
    with refusing(home, "nobody_in_records", reads=True) as caught:
        await _async_list(home, FRONT_DOOR, who="Zoe")
    assert "Owner, Partner" in str(caught.value)
    with refusing(home, "nobody_in_records", reads=True):
        await _async_list(home, FRONT_DOOR, who="Zoe", kind="alarm")


async def test_types_and_span(home: Home) -> None:
    """Only what is asked for is listed and counted."""
    await home.async_setup()
    begin = home.local(home.world.clock.now())
    await _async_busy(home)
    result = await _async_list(home, FRONT_DOOR, types=["pry", "ring"])
    assert [record["type"] for record in _records(result)] == ["ring", "pry"]
    assert result["total"] == 2
    result = await _async_list(
        home,
        FRONT_DOOR,
        start=begin + timedelta(seconds=30),
        end=begin + timedelta(seconds=150),
    )
    assert [record["type"] for record in _records(result)] == ["pry", "fingerprint"]
    assert result["start"] == (begin + timedelta(seconds=30)).isoformat(
        timespec="seconds"
    )
    # A time without a zone is Home Assistant's own.
    naive = datetime(2026, 6, 1, 12, 31)
    assert naive == begin.replace(tzinfo=None) + MINUTE
    result = await _async_list(home, FRONT_DOOR, start=naive, kind="unlock")
    assert [record["member"] for record in _records(result)] == ["Partner"]


async def test_pages(home: Home) -> None:
    """Turning pages gives everything once, also where the cloud has several of its own."""
    await home.async_setup()
    lock = home.lock(FRONT_DOOR)
    lock.records.records.clear()
    _open_often(lock, 130)
    seen = []
    for offset in (0, 60, 120):
        result = await _async_list(
            home, FRONT_DOOR, offset=offset, limit=60, kind="unlock"
        )
        seen += [record["id"] for record in _records(result)]
        assert result["total"] == 130
        assert result["has_more"] is (offset < 120)
    assert seen == [record.id for record in reversed(lock.records.records)]
    result = await _async_list(home, FRONT_DOOR, offset=130)
    assert (result["records"], result["has_more"]) == ([], False)


async def test_more_than_is_read(home: Home) -> None:
    """Where there is too much to read it all, nobody claims to know how much."""
    await home.async_setup()
    lock = home.lock(FRONT_DOOR)
    _open_often(lock, 1010)
    home.world.requests.clear()
    result = await _async_list(home, FRONT_DOOR, offset=999, limit=500)
    assert (result["total"], result["has_more"]) == (None, True)
    assert len(_records(result)) == 1
    assert len(home.asked(FRONT_DOOR, "records")) == 20


@pytest.mark.parametrize(
    ("key", "data"),
    [
        ("not_a_record_kind", {"kind": "doors"}),
        ("not_a_record_type", {"types": "teleport"}),
        ("not_a_record_type", {"types": ["pry"], "kind": "unlock"}),
        ("records_start_in_future", {"start": "2026-06-02 00:00:00"}),
        (
            "records_end_before_start",
            {"start": "2026-06-01 10:00:00", "end": "2026-06-01 09:00:00"},
        ),
        ("offset_negative", {"offset": -1}),
        ("limit_out_of_range", {"limit": 0}),
        ("limit_out_of_range", {"limit": 501}),
    ],
)
async def test_what_can_not_be_asked(
    home: Home, key: str, data: dict[str, object]
) -> None:
    """Each mistake has its own text, and nothing is asked for it."""
    await home.async_setup()
    with refusing(home, key):
        await _async_list(home, FRONT_DOOR, **data)


async def test_a_cloud_that_fails(home: Home) -> None:
    """An outage is no empty list; with several locks it is one lock's error."""
    await home.async_setup()
    home.world.faults.parse("http_5xx:calls=records")
    with failing(home, "cloud_error"):
        await _async_list(home, FRONT_DOOR)
    home.world.faults.remove()
    home.world.faults.parse(f"http_5xx:path={home.lock(GARAGE).id}")
    response = await home.async_act("list_records", [FRONT_DOOR, GARAGE])
    assert response is not None
    check_error(response[GARAGE], "cloud_error")
    assert _records(result_of(response, FRONT_DOOR))


async def test_another_entity(home: Home) -> None:
    """An entity that is no lock of ours is refused."""
    await home.async_setup()
    with refusing(home, "not_our_lock"):
        await _async_list(home, "lock.somebody_elses")


async def test_mark_alarms_read(home: Home) -> None:
    """The count is zero at once; what is raised later counts anew, also after a restart."""
    await home.async_setup()
    lock = home.lock(FRONT_DOOR)
    await home.async_pass(MINUTE)
    alarm(lock, "pry", lock.now)
    await home.async_refresh(FRONT_DOOR)
    assert home.state(UNREAD) == "2"
    # This one was raised after the last reading: nobody can have seen it.
    await home.async_pass(2 * SECOND)
    alarm(lock, "shock", lock.now)
    home.world.requests.clear()
    response = await home.async_act("mark_alarms_read", FRONT_DOOR)
    assert result_of(response, FRONT_DOOR) == {"marked": 2, "unread": 0}
    assert home.state(UNREAD) == "0"
    assert home.asked() == []
    assert home.state("sensor.office_unread_alarms") == "1"
    await home.async_refresh(FRONT_DOOR)
    assert home.state(UNREAD) == "1"
    records = _records(await _async_list(home, FRONT_DOOR, kind="alarm"))
    assert [record["read"] for record in records[:2]] == [False, True]
    await home.async_restart()
    assert home.state(UNREAD) == "1"
    response = await home.async_act("mark_alarms_read", FRONT_DOOR)
    assert result_of(response, FRONT_DOOR) == {"marked": 1, "unread": 0}
    response = await home.async_act("mark_alarms_read", FRONT_DOOR)
    assert result_of(response, FRONT_DOOR) == {"marked": 0, "unread": 0}


async def test_mark_what_nobody_read(home: Home) -> None:
    """Alarms that could never be read can't be marked."""
    home.world.faults.parse("http_5xx:calls=records")
    await home.async_setup()
    with failing(home, "records_not_read"):
        await home.async_act("mark_alarms_read", FRONT_DOOR)


async def test_no_target(home: Home) -> None:
    """An action without a lock is refused in the user's words."""
    await home.async_setup()
    for action in ("list_records", "mark_alarms_read"):
        with refusing(home, "no_lock_targeted"):
            await home.async_act(action, [])
