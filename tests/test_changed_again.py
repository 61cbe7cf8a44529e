"""A change of which nobody knows what became of it, and a second one after it."""

from datetime import timedelta
from typing import Any
from unittest.mock import patch

from homeassistant.core import HomeAssistant
from homeassistant.util.json import JsonObjectType
import pytest

from custom_components.tuya_lock_manager import custom_codes
from custom_components.tuya_lock_manager.exceptions import UnsettledError
from simulator.locks.passwords import Outcome
from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    GARDEN_GATE,
    OFFICE,
    async_create,
    async_deliver,
    async_list,
    make_in_app,
    opens,
    refusing,
    result_of,
)
from tests.mending import issues
from tests.simulated import Home

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


async def async_lose_change(home: Home, lock: str, fault: str, hours: int = 6) -> None:
    """Lengthen the code; the answer is lost, and the list can't be read meanwhile."""
    home.world.faults.parse("http_5xx:path=temp-passwords,method=GET,count=4")
    home.world.faults.parse(f"{fault}:path=temp-password,method=PUT,count=1")
    with (
        patch.object(custom_codes, "SETTLE_PAUSES", (0, 0, 0, 0)),
        pytest.raises(UnsettledError),
    ):
        await home.async_act(
            "update_password", lock, password="Ann", duration={"hours": hours}
        )


@pytest.mark.parametrize("fault", ["reset", "reset_after"])
@pytest.mark.parametrize("lock", [FRONT_DOOR, OFFICE])
async def test_changed_again(
    hass: HomeAssistant, home: Home, lock: str, fault: str
) -> None:
    """What the second one asked for is remembered; a rename later keeps its digits."""
    await home.async_setup()
    await async_create(home, lock)
    await async_deliver(home, lock)
    await async_lose_change(home, lock, fault)
    response = await home.async_act(
        "update_password",
        lock,
        password="Ann",
        duration={"hours": 8},
        new_code=True,
    )
    digits = result_of(response, lock)["code"]
    await async_deliver(home, lock)
    await home.async_pass_in_steps(3 * MINUTE, 5 * SECOND)
    assert not issues(hass)
    await home.async_act("update_password", lock, password="Ann", new_name="Bo")
    await async_deliver(home, lock)
    assert opens(home, lock, digits)


async def test_both_are_unsettled(hass: HomeAssistant, home: Home) -> None:
    """The list tells of the second one."""
    await home.async_setup()
    await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    await async_lose_change(home, FRONT_DOOR, "reset")
    await async_lose_change(home, FRONT_DOOR, "reset_after", hours=8)
    await home.async_restart()
    await home.async_pass_in_steps(3 * MINUTE, 5 * SECOND)
    assert not issues(hass)
    hub = home.entry.runtime_data.locks[home.lock(FRONT_DOOR).id]
    (code,) = hub.memory.issued.values()
    assert code.end - code.start == 8 * HOUR


async def test_deleted_afterwards(hass: HomeAssistant, home: Home) -> None:
    """That the lock never confirms the deletion is told, and nothing else."""
    await home.async_setup()
    await async_create(home, GARAGE, duration={"hours": 15})
    await async_deliver(home, GARAGE)
    await async_lose_change(home, GARAGE, "reset")
    await home.async_pass(MINUTE)
    await home.async_act("delete_password", GARAGE, password="Ann")
    await home.async_pass_in_steps(3 * MINUTE, 5 * SECOND)
    assert not issues(hass)
    await home.async_pass_in_steps(2 * HOUR, 10 * MINUTE)
    assert issues(hass).keys() == {"deletion_not_confirmed"}


async def test_the_repair_goes_when_it_is_done_again(
    hass: HomeAssistant, home: Home
) -> None:
    await home.async_setup()
    await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    await async_lose_change(home, FRONT_DOOR, "reset")
    await home.async_pass_in_steps(3 * MINUTE, 5 * SECOND)
    assert issues(hass).keys() == {"change_not_done"}
    await home.async_act(
        "update_password", FRONT_DOOR, password="Ann", duration={"hours": 6}
    )
    assert not issues(hass)


async def test_no_twin_of_a_code_that_the_lock_refused(home: Home) -> None:
    """It is a record still, and both may vanish."""
    await home.async_setup()
    home.lock(GARDEN_GATE).forced.append(Outcome.FAILED)
    window = {"start": "2026-06-01 12:30:00", "end": "2026-06-01 18:00:00"}
    await async_create(home, GARDEN_GATE, **window)
    await async_deliver(home, GARDEN_GATE)
    (code,) = await async_list(home, GARDEN_GATE)
    assert code["status"] == "failed"
    with refusing(home, "twin_password"):
        await async_create(home, GARDEN_GATE, **window)


async def test_no_twin_of_a_code_that_was_just_made_elsewhere(home: Home) -> None:
    """The list is read first: a second Home Assistant may follow the same bookings."""
    await home.async_setup()
    await home.async_pass(10 * MINUTE)
    make_in_app(home, GARDEN_GATE, "Ann", "905172")
    with refusing(home, "twin_password", reads=True):
        await async_create(home, GARDEN_GATE)


async def async_fail_change(home: Home) -> JsonObjectType:
    """Lengthen a code of an hour to four; the lock refuses that."""
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    home.lock(FRONT_DOOR).forced.append(Outcome.FAILED)
    await home.async_act(
        "update_password", FRONT_DOOR, password="Ann", duration={"hours": 4}
    )
    await home.async_pass_in_steps(6 * MINUTE, 30 * SECOND)
    assert issues(home.hass).keys() == {"change_not_confirmed"}
    return made


async def test_a_rename_after_a_failed_change(home: Home) -> None:
    """It is no second try: the window that the lock has stays, and that is said."""
    made = await async_fail_change(home)
    response = await home.async_act(
        "update_password", FRONT_DOOR, password="Ann", new_name="Bo"
    )
    renamed = result_of(response, FRONT_DOOR)
    assert renamed["notes"] == ["failed_change_dropped"]
    assert (renamed["end"], renamed["asked_end"]) == (made["end"], made["end"])
    await async_deliver(home, FRONT_DOOR)
    (code,) = await async_list(home, FRONT_DOOR)
    assert (code["name"], code["end"], code["change"]) == ("Bo", made["end"], None)
    assert not issues(home.hass)
    await home.async_pass(HOUR)
    assert not opens(home, FRONT_DOOR, made["code"])


@pytest.mark.parametrize(
    "change", [{"duration": {"hours": 2}}, {"duration": {"hours": 4}, "new_name": "Bo"}]
)
async def test_another_window_after_a_failed_change(
    home: Home, change: dict[str, Any]
) -> None:
    """Whoever gives a window knows what it will be."""
    await async_fail_change(home)
    response = await home.async_act(
        "update_password", FRONT_DOOR, password="Ann", **change
    )
    assert result_of(response, FRONT_DOOR).get("notes") is None
