"""get_lock_info: whether another offline code of a type can be had."""

from datetime import timedelta
from typing import Any

from homeassistant.exceptions import HomeAssistantError
import pytest

from simulator.locks.delivery import cut_off
from tests.acting import (
    FRONT_DOOR,
    GARDEN_GATE,
    LOCKS,
    OFFICE,
    OFFLINE_LOCKS,
    async_create,
    failing,
    opens,
    result_of,
    type_at,
)
from tests.simulated import Home

TUYA = {
    "time_limited": "multiple",
    "one_time": "once",
    "clear_one": "clear_one",
    "clear_all": "clear_all",
}
TYPES = ("time_limited", "one_time", "clear_one", "clear_all", "dynamic")


async def async_told(home: Home, lock: str) -> dict[str, Any]:
    """Return what is told of each type."""
    info = result_of(await home.async_act("get_lock_info", lock), lock)
    told = info["offline_availability"]
    assert isinstance(told, dict)
    assert tuple(told) == TYPES
    return told


async def async_answers(home: Home, lock: str) -> dict[str, tuple[object, object]]:
    """Return answer and reason of each type."""
    told = await async_told(home, lock)
    return {kind: (one["available"], one["reason"]) for kind, one in told.items()}


async def async_try(home: Home, lock: str, kind: str) -> object:
    """Ask for a code of a type, and return its digits."""
    if kind not in {"clear_one", "clear_all"}:
        return (await async_create(home, lock, type=kind))["code"]
    data: dict[str, Any] = {"all": True, "confirm": True}
    if kind == "clear_one":
        data = {"password": "Guest"}
    return result_of(await home.async_act("issue_clear_code", lock, **data), lock)[
        "code"
    ]


@pytest.mark.parametrize("lock", LOCKS)
async def test_what_the_lock_can_do(home: Home, lock: str) -> None:
    """Before anything was tried it is the lock's capability; nothing is created."""
    await home.async_setup()
    before = len(home.lock(lock).offline)
    answers = await async_answers(home, lock)
    expected = ("no", "not_supported") if lock == GARDEN_GATE else ("yes", "supported")
    assert {answers[kind] for kind in TYPES if kind != "dynamic"} == {expected}
    reports = "unlock_dynamic" in home.lock(lock).device.codes()
    assert answers["dynamic"] == (
        ("yes", "supported") if reports else ("unknown", "not_told")
    )
    assert len(home.lock(lock).offline) == before
    told = await async_told(home, lock)
    assert {one["refused_at"] for one in told.values()} == {None}


@pytest.mark.parametrize("kind", [kind for kind in TYPES if kind != "dynamic"])
@pytest.mark.parametrize("lock", OFFLINE_LOCKS)
async def test_used_up(home: Home, lock: str, kind: str) -> None:
    """A refusal is told for its type alone, with Tuya's words; a later success ends it."""
    await home.async_setup()
    await async_create(home, lock, type="time_limited", name="Guest")
    home.world.around.switches.set("offline_supply", "2305")
    home.world.around.switches.set("offline_supply_type", TUYA[kind])
    with failing(home, "lock_full"):
        await async_try(home, lock, kind)
    # The supplies are counted apart, and a success of one type ends nothing of another.
    if kind != "time_limited":
        await async_create(home, lock, type="time_limited", name="Other")
    answers = await async_answers(home, lock)
    assert answers.pop(kind) == ("no", "used_up")
    answers.pop("dynamic")
    assert set(answers.values()) == {("yes", "supported")}
    # It keeps nobody from trying.
    home.world.around.switches.set("offline_supply", "unlimited")
    attempt = type_at(home, lock, await async_try(home, lock, kind))
    assert attempt.opened or attempt.cleared
    told = (await async_told(home, lock))[kind]
    assert (told["available"], told["refused_at"], told["message"]) == (
        "yes",
        None,
        None,
    )


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("2305", ("no", "used_up")),
        ("2308", ("no", "used_up")),
        ("1067", ("unknown", "refused")),
    ],
)
async def test_across_a_restart(
    home: Home, code: str, expected: tuple[str, str]
) -> None:
    """What was refused is remembered, and that it was given after all."""
    await home.async_setup()
    home.world.around.switches.set("offline_supply", code)
    with pytest.raises(HomeAssistantError) as caught:
        await async_create(home, FRONT_DOOR, type="one_time")
    await home.async_restart()
    assert (await async_answers(home, FRONT_DOOR))["one_time"] == expected
    told = (await async_told(home, FRONT_DOOR))["one_time"]
    assert f"code {code}" in told["message"]
    assert told["message"] in str(caught.value)
    assert told["refused_at"] == "2026-06-01T12:30:00+02:00"
    home.world.around.switches.set("offline_supply", "unlimited")
    await async_create(home, FRONT_DOOR, type="one_time")
    await home.async_restart()
    assert (await async_answers(home, FRONT_DOOR))["one_time"] == ("yes", "supported")


async def test_an_old_refusal(home: Home) -> None:
    """After a day it is only what once was."""
    await home.async_setup()
    home.world.around.switches.set("offline_supply", "2305")
    with failing(home, "lock_full"):
        await async_create(home, FRONT_DOOR, type="one_time")
    home.world.around.switches.set("offline_supply", "unlimited")
    await home.async_pass(timedelta(hours=23))
    assert (await async_answers(home, FRONT_DOOR))["one_time"] == ("no", "used_up")
    await home.async_pass(timedelta(hours=1))
    assert (await async_answers(home, FRONT_DOOR))["one_time"] == (
        "unknown",
        "used_up_earlier",
    )


async def test_one_lock_alone(home: Home) -> None:
    """Another lock's codes are not used up by it."""
    await home.async_setup()
    home.world.around.switches.set("offline_supply", "2305", home.lock(OFFICE).id)
    response = await home.async_act(
        "create_temp_password", [FRONT_DOOR, OFFICE], name="Ann", type="one_time"
    )
    assert "error" in result_of(response, OFFICE)
    assert (await async_answers(home, OFFICE))["one_time"] == ("no", "used_up")
    assert (await async_answers(home, FRONT_DOOR))["one_time"] == ("yes", "supported")


@pytest.mark.parametrize(
    "fault",
    ["device_offline", "throttled", "quota", "plan_expired", "reset", "http_5xx"],
)
@pytest.mark.parametrize("kind", ["one_time", "dynamic"])
async def test_what_is_not_about_the_supply(home: Home, kind: str, fault: str) -> None:
    """A lock off line, throttling, the plan and lost answers change nothing."""
    await home.async_setup()
    before = await async_told(home, FRONT_DOOR)
    for path in ("offline-temp-password", "dynamic-password"):
        home.world.faults.parse(f"{fault}:path={path}")
    with pytest.raises(HomeAssistantError):
        await async_create(home, FRONT_DOOR, type=kind)
    home.world.faults.remove()
    assert await async_told(home, FRONT_DOOR) == before


async def test_wrong_parameters(home: Home) -> None:
    """Nor does a name that the cloud refuses, or a lock that is out of reach."""
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR, type="time_limited", name="Guest")
    before = await async_told(home, FRONT_DOOR)
    home.world.around.switches.set("clear_unused", "refused_by_cloud")
    with failing(home, "refused_by_tuya"):
        await async_try(home, FRONT_DOOR, "clear_one")
    cut_off(home.lock(FRONT_DOOR))
    assert await async_told(home, FRONT_DOOR) == before
    assert opens(home, FRONT_DOOR, made["code"])


async def test_a_lock_that_says_it_can_not(home: Home) -> None:
    """What the cloud refuses as unsupported is no, until a code was made after all."""
    await home.async_setup()
    with pytest.raises(HomeAssistantError):
        await async_create(home, GARDEN_GATE, type="dynamic")
    assert (await async_answers(home, GARDEN_GATE))["dynamic"] == (
        "no",
        "not_supported",
    )
