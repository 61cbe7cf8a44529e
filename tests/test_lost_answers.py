"""Changes whose answer was lost: settled by reading, never sent twice."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any
from unittest.mock import patch

from freezegun import api as freezegun_api
from homeassistant.core import HomeAssistant, ServiceResponse
from homeassistant.exceptions import HomeAssistantError
import pytest

from custom_components import tuya_lock_manager
from custom_components.tuya_lock_manager import custom_codes
from custom_components.tuya_lock_manager.tuya_cloud import TuyaLockClient
from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    OFFICE,
    ONLINE_LOCKS,
    async_create,
    async_deliver,
    async_list,
    async_status,
    check_error,
    check_text,
    failing,
    opens,
    refusing,
    result_of,
)
from tests.simulated import Home

# What goes wrong after the work was done, and before it.
AFTER = ("timeout_after", "reset_after", "broken_json", "null_result", "missing_fields")
BEFORE = ("timeout_before", "reset", "http_5xx")

# A lock that sleeps stays awake for a minute.
FALL_ASLEEP = timedelta(seconds=61)


@pytest.fixture(autouse=True)
def quick_readings() -> Iterator[None]:
    """Read the list at once instead of for a minute: the clock stands still here."""
    pauses = tuple(0 for _ in custom_codes.SETTLE_PAUSES)
    with patch.object(custom_codes, "SETTLE_PAUSES", pauses):
        yield


@pytest.fixture(autouse=True)
def quick_timeouts(
    home: Home, hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wait for answers a third of a second only, which really passes during actions."""
    monkeypatch.setattr(
        tuya_lock_manager, "TuyaLockClient", partial(TuyaLockClient, timeout=0.3)
    )
    act = home.async_act

    async def act_in_real_time(*args: Any, **data: Any) -> ServiceResponse:
        stopped = hass.loop.time() - freezegun_api.real_monotonic()
        with patch.object(
            hass.loop, "time", lambda: stopped + freezegun_api.real_monotonic()
        ):
            return await act(*args, **data)

    monkeypatch.setattr(home, "async_act", act_in_real_time)


def creations(home: Home, lock: str) -> int:
    """Return how often a creation was sent for a lock."""
    device_id = home.lock(lock).id
    return sum(
        request.method == "POST"
        and request.device_id == device_id
        and request.path.endswith("temp-password")
        for request in home.world.requests.entries
    )


def deletions(home: Home) -> int:
    """Return how often a deletion was sent."""
    return sum(request.method == "DELETE" for request in home.world.requests.entries)


@pytest.mark.parametrize("fault", AFTER)
@pytest.mark.parametrize("lock", ONLINE_LOCKS)
async def test_a_creation_that_was_done(home: Home, lock: str, fault: str) -> None:
    """There is one code, and the one that was answered opens."""
    await home.async_setup()
    home.world.faults.parse(f"{fault}:path=temp-password,method=POST,count=1")
    made = await async_create(home, lock)
    assert creations(home, lock) == 1
    (password,) = home.lock(lock).book.live.values()
    assert made["id"] == str(password.id)
    await async_deliver(home, lock)
    assert await async_status(home, lock, made["id"]) == "active"
    assert opens(home, lock, made["code"])


@pytest.mark.parametrize("fault", BEFORE)
async def test_a_creation_that_was_not_done(home: Home, fault: str) -> None:
    """That is said after looking, and a second wish makes the only code."""
    await home.async_setup()
    home.world.faults.parse(f"{fault}:path=temp-password,method=POST,count=1")
    with failing(home, "not_created"):
        await async_create(home, FRONT_DOOR)
    assert creations(home, FRONT_DOOR) == 1
    assert not await async_list(home, FRONT_DOOR)
    await async_create(home, FRONT_DOOR)
    assert len(home.lock(FRONT_DOOR).book.live) == 1


async def test_a_twin_that_was_deleted_is_not_the_new_code(home: Home) -> None:
    """It is still listed with the same name and window, but it was seen before."""
    await home.async_setup()
    window = {"start": "2026-06-01 12:30:00", "end": "2026-06-01 18:00:00"}
    await async_create(home, FRONT_DOOR, **window)
    await async_deliver(home, FRONT_DOOR)
    await home.async_act("delete_password", FRONT_DOOR, password="Ann")
    await async_deliver(home, FRONT_DOOR)
    home.world.faults.parse("reset:path=temp-password,method=POST,count=1")
    with failing(home, "not_created"):
        await async_create(home, FRONT_DOOR, **window)


async def test_lists_lag(home: Home) -> None:
    """The list is read several times before anybody is told that nothing was made."""
    await home.async_setup()
    home.world.around.switches.set("list_lag", "12")
    home.world.faults.parse("reset_after:path=temp-password,method=POST,count=1")
    asked: list[float] = []

    async def pass_time(seconds: float) -> None:
        asked.append(home.world.clock.now())
        home.world.clock.advance(5)

    with patch.object(custom_codes.asyncio, "sleep", pass_time):
        made = await async_create(home, FRONT_DOOR)
    assert len(asked) == 3
    assert made["id"] in {str(key) for key in home.lock(FRONT_DOOR).book.live}


async def test_a_list_that_lags_too_long(home: Home) -> None:
    """What is told then is only probable; the code shows up as one made elsewhere."""
    await home.async_setup()
    home.world.around.switches.set("list_lag", "300")
    home.world.faults.parse("reset_after:path=temp-password,method=POST,count=1")
    with pytest.raises(HomeAssistantError, match="did not appear in the list"):
        await async_create(home, FRONT_DOOR)
    assert creations(home, FRONT_DOOR) == 1
    home.world.around.switches.set("list_lag", "0")
    await home.async_refresh(FRONT_DOOR)
    (listed,) = await async_list(home, FRONT_DOOR)
    assert (listed["name"], listed["made_here"]) == ("Ann", False)


async def test_neither_the_answer_nor_the_list(home: Home) -> None:
    await home.async_setup()
    home.world.faults.parse("reset_after:path=temp-password,method=POST,count=1")
    home.world.faults.parse("http_5xx:path=temp-passwords,method=GET")
    with pytest.raises(HomeAssistantError) as caught:
        await async_create(home, FRONT_DOOR)
    check_text(caught.value, "outcome_unknown")
    assert creations(home, FRONT_DOOR) == 1


async def test_a_request_that_never_left_is_not_settled(home: Home) -> None:
    """Nobody listens, so nothing can have been done."""
    await home.async_setup()
    await home.simulator.stop()
    with failing(home, "cannot_connect"):
        await async_create(home, FRONT_DOOR)


@pytest.mark.parametrize("fault", ["timeout_before", "reset", "http_5xx"])
async def test_a_ticket_that_was_lost(home: Home, fault: str) -> None:
    """No code was asked for yet, so there is at most one afterwards."""
    await home.async_setup()
    home.world.faults.parse(f"{fault}:path=password-ticket,count=1")
    with pytest.raises(HomeAssistantError, match="Tuya"):
        await async_create(home, FRONT_DOOR)
    assert creations(home, FRONT_DOOR) == 0
    await async_create(home, FRONT_DOOR)
    assert len(home.lock(FRONT_DOOR).book.live) == 1


@pytest.mark.parametrize("kind", ["time_limited", "one_time"])
@pytest.mark.parametrize("fault", [*AFTER, *BEFORE])
async def test_an_offline_creation(home: Home, fault: str, kind: str) -> None:
    """It can't be read back for certain, so it is reported and not repeated."""
    await home.async_setup()
    home.world.faults.parse(f"{fault}:path=offline-temp-password,method=POST,count=1")
    response = await home.async_act(
        "create_temp_password", [FRONT_DOOR, OFFICE], name="Ann", type=kind
    )
    assert response is not None
    (struck,) = [
        lock for lock in (FRONT_DOOR, OFFICE) if "error" in result_of(response, lock)
    ]
    (spared,) = {FRONT_DOOR, OFFICE} - {struck}
    check_error(response[struck], "offline_outcome_unknown")
    assert opens(home, spared, result_of(response, spared)["code"])
    assert creations(home, struck) == 1
    assert len(home.lock(struck).offline) == (1 if fault in AFTER else 0)


@pytest.mark.parametrize("fault", ["reset_after", "http_5xx"])
async def test_a_clearing_code(home: Home, fault: str) -> None:
    await home.async_setup()
    await async_create(home, FRONT_DOOR, type="time_limited")
    home.world.faults.parse(f"{fault}:path=offline-temp-password,method=POST,count=1")
    with pytest.raises(HomeAssistantError, match="offline code may exist"):
        await home.async_act("issue_clear_code", FRONT_DOOR, password="Ann")
    assert creations(home, FRONT_DOOR) == 2


@pytest.mark.parametrize("fault", ["timeout_after", "reset_after", "broken_json"])
@pytest.mark.parametrize("lock", [FRONT_DOOR, GARAGE])
async def test_a_deletion_that_was_done(home: Home, lock: str, fault: str) -> None:
    """The list says so."""
    await home.async_setup()
    made = await async_create(home, lock)
    await async_deliver(home, lock)
    await home.async_pass(FALL_ASLEEP)
    home.world.faults.parse(f"{fault}:method=DELETE,count=1")
    response = await home.async_act("delete_password", lock, password="Ann")
    assert result_of(response, lock)["status"] == "removing"
    assert deletions(home) == 1
    await async_deliver(home, lock)
    assert await async_status(home, lock, made["id"]) == "removed"
    assert not opens(home, lock, made["code"])


@pytest.mark.parametrize(
    ("fault", "key"),
    [
        ("timeout_before", "cannot_connect"),
        ("reset", "cannot_connect"),
        ("http_5xx", "cloud_error"),
    ],
)
@pytest.mark.parametrize("lock", [FRONT_DOOR, GARAGE])
async def test_a_deletion_that_was_not_done(
    home: Home, lock: str, fault: str, key: str
) -> None:
    """The code still opens, and nothing says that it doesn't."""
    await home.async_setup()
    made = await async_create(home, lock)
    await async_deliver(home, lock)
    await home.async_pass(FALL_ASLEEP)
    home.world.faults.parse(f"{fault}:method=DELETE,count=1")
    with failing(home, key):
        await home.async_act("delete_password", lock, password="Ann")
    assert deletions(home) == 1
    await async_deliver(home, lock)
    assert await async_status(home, lock, made["id"]) == "active"
    assert opens(home, lock, made["code"])
    await home.async_pass(FALL_ASLEEP)
    response = await home.async_act("delete_password", lock, password="Ann")
    assert result_of(response, lock)["status"] == "removing"


async def test_a_deletion_and_the_list_are_lost(home: Home) -> None:
    await home.async_setup()
    await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    home.world.faults.parse("reset_after:method=DELETE,count=1")
    home.world.faults.parse("http_5xx:path=temp-passwords,method=GET")
    with pytest.raises(HomeAssistantError, match="not known whether"):
        await home.async_act("delete_password", FRONT_DOOR, password="Ann")
    assert deletions(home) == 1


def modifications(home: Home) -> int:
    """Return how often a change of a password was sent."""
    return sum(request.method == "PUT" for request in home.world.requests.entries)


@pytest.mark.parametrize(
    "fault", ["timeout_after", "reset_after", "broken_json", "null_result"]
)
@pytest.mark.parametrize("lock", ONLINE_LOCKS)
async def test_a_change_that_was_done(home: Home, lock: str, fault: str) -> None:
    """The list shows it, and it reaches the lock."""
    await home.async_setup()
    made = await async_create(home, lock)
    await async_deliver(home, lock)
    await home.async_pass(FALL_ASLEEP)
    home.world.faults.parse(f"{fault}:path=modify-password,count=1")
    response = await home.async_act(
        "update_password", lock, password="Ann", duration={"hours": 3}
    )
    assert result_of(response, lock)["change"] == "pending"
    assert modifications(home) == 1
    await async_deliver(home, lock)
    assert await async_status(home, lock, made["id"]) == "active"
    await home.async_pass(timedelta(hours=2))
    assert opens(home, lock, made["code"])


@pytest.mark.parametrize("fault", BEFORE)
@pytest.mark.parametrize("data", [{"duration": {"hours": 3}}, {"new_name": "Eve"}])
async def test_a_change_that_was_not_done(
    home: Home, fault: str, data: dict[str, Any]
) -> None:
    """The code is as before, and a second try changes it."""
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    before = await async_list(home, FRONT_DOOR)
    home.world.faults.parse(f"{fault}:path=modify-password,count=1")
    with failing(home, "change_not_seen"):
        await home.async_act("update_password", FRONT_DOOR, password="Ann", **data)
    assert modifications(home) == 1
    assert await async_list(home, FRONT_DOOR) == before
    assert opens(home, FRONT_DOOR, made["code"])
    response = await home.async_act(
        "update_password", FRONT_DOOR, password="Ann", **data
    )
    assert result_of(response, FRONT_DOOR)["change"] == "pending"


@pytest.mark.parametrize("fault", ["reset", "reset_after"])
async def test_new_digits_are_in_no_list(home: Home, fault: str) -> None:
    """Which ones the lock has, nobody knows, so only new ones go on from here."""
    await home.async_setup()
    await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    home.world.faults.parse(f"{fault}:path=modify-password,count=1")
    with pytest.raises(Exception, match="no list tells"):
        await home.async_act(
            "update_password", FRONT_DOOR, password="Ann", new_code=True
        )
    assert modifications(home) == 1
    await async_deliver(home, FRONT_DOOR)
    with refusing(home, "digits_unknown"):
        await home.async_act(
            "update_password", FRONT_DOOR, password="Ann", new_name="Eve"
        )
    response = await home.async_act(
        "update_password", FRONT_DOOR, password="Ann", new_code=True
    )
    await async_deliver(home, FRONT_DOOR)
    assert opens(home, FRONT_DOOR, result_of(response, FRONT_DOOR)["code"])


async def test_a_change_and_the_list_are_lost(home: Home) -> None:
    """A later reading settles it."""
    await home.async_setup()
    made = await async_create(home, GARAGE)
    await async_deliver(home, GARAGE)
    await home.async_pass(FALL_ASLEEP)
    home.world.faults.parse("reset_after:path=modify-password,count=1")
    home.world.faults.parse("http_5xx:path=temp-passwords,method=GET,count=4")
    with pytest.raises(Exception, match="not known whether"):
        await home.async_act(
            "update_password", GARAGE, password="Ann", duration={"hours": 3}
        )
    await home.async_refresh(GARAGE)
    (listed,) = await async_list(home, GARAGE)
    assert (listed["change"], listed["end"]) == ("pending", made["end"])
    await async_deliver(home, GARAGE)
    await home.async_refresh(GARAGE)
    (listed,) = await async_list(home, GARAGE)
    assert (listed["change"], listed["end"]) == (None, "2026-06-01T15:30:00+02:00")


@pytest.mark.parametrize("frozen", [True, False])
async def test_a_freezing(home: Home, frozen: bool) -> None:
    await home.async_setup()
    await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    if not frozen:
        await home.async_act("freeze_password", FRONT_DOOR, password="Ann")
        await async_deliver(home, FRONT_DOOR)
    sent = modifications(home)
    home.world.faults.parse("reset_after:path=freeze-password,count=1")
    response = await home.async_act(
        "freeze_password", FRONT_DOOR, password="Ann", frozen=frozen
    )
    assert modifications(home) == sent + 1
    assert result_of(response, FRONT_DOOR)["change"] == "pending"
    home.world.faults.parse("reset:path=freeze-password,count=1")
    await async_deliver(home, FRONT_DOOR)
    with failing(home, "change_not_seen"):
        await home.async_act(
            "freeze_password", FRONT_DOOR, password="Ann", frozen=not frozen
        )
