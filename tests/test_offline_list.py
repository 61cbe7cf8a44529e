"""The list of offline codes: many clouds don't have it, and no code depends on it."""

from datetime import timedelta
from unittest.mock import patch

import pytest

from custom_components.tuya_lock_manager.tuya_cloud import (
    InvalidRequestError,
    PermissionDeniedError,
    TuyaCloudError,
    TuyaLockClient,
    UnsupportedError,
)
from simulator.locks import computed
from simulator.locks.offline import OfflineKind
from tests.acting import (
    FRONT_DOOR,
    async_create,
    async_list,
    async_status,
    opens,
    result_of,
    type_at,
)
from tests.simulated import Home

ACTIVE = "sensor.front_door_active_passwords"
PATH = "/door-lock/offline-temp-password"
# The list is read once a day.
A_DAY = timedelta(days=1, minutes=1)
MINUTE = timedelta(minutes=1)


def make_in_app(home: Home, name: str) -> None:
    """Make an offline code for the third day from now as the maker's app does."""
    lock = home.lock(FRONT_DOOR)
    start = (int(lock.now) // 3600 + 72) * 3600
    computed.create_offline(
        lock, OfflineKind.MULTIPLE, name, start, start + 5 * 3600, None
    )


def readings(home: Home) -> int:
    """Return how often the list of the front door was asked for."""
    device_id = home.lock(FRONT_DOOR).id
    return sum(
        request.method == "GET"
        and request.device_id == device_id
        and request.path.endswith(PATH)
        for request in home.world.requests.entries
    )


async def async_names(home: Home) -> list[object]:
    """Return the names of the listed codes, those that ended included."""
    return [code["name"] for code in await async_list(home, FRONT_DOOR)]


@pytest.mark.parametrize(
    "refusal",
    [
        UnsupportedError("not support this device", code=2009),
        InvalidRequestError("param is illegal", code=1109),
        PermissionDeniedError("permission deny", code=1106),
    ],
    ids=lambda refusal: str(refusal.code),
)
async def test_a_list_that_is_refused(home: Home, refusal: TuyaCloudError) -> None:
    """There is none, which is asked once a day only; the other codes are shown."""
    with patch.object(
        TuyaLockClient, "list_offline_passwords", side_effect=refusal
    ) as listing:
        await home.async_setup()
        assert home.state(ACTIVE) == "0"
        await async_create(home, FRONT_DOOR)
        assert await async_names(home) == ["Ann"]
        asked = listing.await_count
        await home.async_refresh(FRONT_DOOR)
        assert listing.await_count == asked


@pytest.mark.parametrize("fault", ["http_5xx", "reset", "throttled", "broken_json"])
async def test_a_list_that_fails(home: Home, fault: str) -> None:
    """The last one counts until it can be read again, which is tried every time."""
    await home.async_setup()
    make_in_app(home, "Bob")
    await home.async_pass(A_DAY)
    await home.async_refresh(FRONT_DOOR)
    assert await async_names(home) == ["Bob"]

    make_in_app(home, "Eve")
    home.world.faults.parse(f"{fault}:path={PATH},method=GET")
    await home.async_pass(A_DAY)
    await home.async_refresh(FRONT_DOOR)
    assert home.state(ACTIVE) == "0"
    assert await async_names(home) == ["Bob"]
    asked = readings(home)
    await home.async_refresh(FRONT_DOOR)
    assert readings(home) > asked

    home.world.faults.remove()
    await home.async_refresh(FRONT_DOOR)
    assert await async_names(home) == ["Bob", "Eve"]


async def test_a_list_that_fails_from_the_start(home: Home) -> None:
    """It is read as soon as it can be."""
    home.world.faults.parse(f"http_5xx:path={PATH},method=GET")
    await home.async_setup()
    assert home.state(ACTIVE) == "0"
    make_in_app(home, "Bob")
    home.world.faults.remove()
    await home.async_refresh(FRONT_DOOR)
    assert await async_names(home) == ["Bob"]


async def async_issue(home: Home) -> tuple[object, str]:
    """Make a code and a clearing code for it; the lock's records can't be read."""
    await home.async_setup()
    made = await async_create(
        home, FRONT_DOOR, type="time_limited", duration={"hours": 40}
    )
    assert type_at(home, FRONT_DOOR, made["code"]).opened
    await home.async_pass(timedelta(minutes=16))
    home.world.faults.parse("not_authorised:calls=records")
    response = await home.async_act("issue_clear_code", FRONT_DOOR, password="Ann")
    return made["id"], str(result_of(response, FRONT_DOOR)["code"])


@pytest.mark.parametrize("after", [timedelta(0), timedelta(minutes=50)])
async def test_only_the_list_tells_of_a_clearing(home: Home, after: timedelta) -> None:
    """Nobody vouches for the code for a day: the list is looked at sooner."""
    password_id, clearing = await async_issue(home)
    await home.async_pass(after)
    assert await async_status(home, FRONT_DOOR, password_id) == "active"
    assert type_at(home, FRONT_DOOR, clearing).cleared
    await home.async_pass_in_steps(timedelta(minutes=11), timedelta(minutes=1))
    assert await async_status(home, FRONT_DOOR, password_id) == "unknown"


async def test_news_of_the_lock_hint_at_a_clearing(home: Home) -> None:
    """Its data point moved, and no record explains that."""
    password_id, clearing = await async_issue(home)
    await home.async_pass_in_steps(timedelta(hours=2, minutes=20), 10 * MINUTE)
    assert type_at(home, FRONT_DOOR, clearing).cleared
    await home.async_pass_in_steps(timedelta(minutes=30), 10 * MINUTE)
    assert await async_status(home, FRONT_DOOR, password_id) == "unknown"


async def test_what_a_clearing_code_costs(home: Home) -> None:
    """A handful of calls, and none once it is over."""
    home.world.around.switches.set("clear_report", "silent")
    _, clearing = await async_issue(home)
    home.world.faults.remove()
    asked = readings(home)
    assert type_at(home, FRONT_DOOR, clearing).cleared
    await home.async_pass_in_steps(timedelta(hours=25), timedelta(minutes=20))
    assert 5 <= readings(home) - asked <= 6
    await home.async_pass_in_steps(timedelta(hours=20), timedelta(hours=1))
    assert readings(home) - asked <= 7


@pytest.mark.parametrize("kind", ["time_limited", "one_time"])
async def test_a_code_that_vanishes_from_the_list(home: Home, kind: str) -> None:
    """The lock works it out by itself and opens, so nobody calls it gone, nor makes it anew."""
    await home.async_setup()
    start = home.local(home.world.clock.now()).replace(minute=0, second=0)
    wish = {"name": "Ann", "type": kind, "reference": "stay 1"}
    if kind == "time_limited":
        wish["start"] = start.isoformat()
    made = await async_create(home, FRONT_DOOR, **wish)
    await home.async_refresh(FRONT_DOOR)
    lock = home.lock(FRONT_DOOR)
    for code in lock.offline.values():
        code.hidden = True
    before = readings(home)
    home.entry.runtime_data.locks[lock.id].passwords.async_forget_offline_list()
    await home.async_refresh(FRONT_DOOR)
    assert readings(home) == before + 1
    (listed,) = await async_list(home, FRONT_DOOR)
    assert (listed["id"], listed["status"]) == (made["id"], "active")
    assert home.state("event.front_door_password") != "removed"
    again = await async_create(home, FRONT_DOOR, **wish)
    assert (again["id"], again["code"]) == (made["id"], made["code"])
    assert len(lock.offline) == 1
    assert opens(home, FRONT_DOOR, made["code"])
