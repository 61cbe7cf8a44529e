"""delete_password: a code that was deleted opens until the lock took the deletion."""

from datetime import timedelta

import pytest

from simulator.locks.delivery import cut_off
from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    GARDEN_GATE,
    OFFICE,
    ONLINE_LOCKS,
    async_create,
    async_delete,
    async_deliver,
    async_list,
    async_status,
    check_error,
    make_in_app,
    opens,
    refusing,
    result_of,
)
from tests.simulated import Home

# A lock that sleeps stays awake for a minute.
FALL_ASLEEP = timedelta(seconds=61)


@pytest.mark.parametrize("lock", ONLINE_LOCKS)
@pytest.mark.parametrize("by", ["id", "name"])
async def test_custom(home: Home, lock: str, by: str) -> None:
    """It may open until the lock took the deletion, and is called so."""
    await home.async_setup()
    made = await async_create(home, lock)
    await async_deliver(home, lock)
    await home.async_pass(FALL_ASLEEP)
    assert await async_delete(home, lock, made[by]) == {
        "id": made["id"],
        "name": "Ann",
        "status": "removing",
        "already_gone": False,
    }
    assert await async_status(home, lock, made["id"]) == "removing"
    name = lock.partition(".")[2]
    assert home.state(f"sensor.{name}_active_passwords") == "0"
    assert home.lock(lock).codes

    await async_deliver(home, lock)
    # An `mk` keypad goes on saying that it is being deleted (measured).
    after = "removing" if lock == GARDEN_GATE else "removed"
    assert await async_status(home, lock, made["id"]) == after
    assert not opens(home, lock, made["code"])


@pytest.mark.parametrize("lock", [GARAGE, GARDEN_GATE])
async def test_a_lock_that_sleeps(home: Home, lock: str) -> None:
    """It is on its way for hours, and the code opens for so long."""
    await home.async_setup()
    made = await async_create(home, lock, duration={"days": 2})
    await async_deliver(home, lock)
    await home.async_pass(FALL_ASLEEP)
    await async_delete(home, lock)
    await home.async_pass(timedelta(hours=5))
    assert await async_status(home, lock, made["id"]) == "removing"
    # Typing wakes it, so that it takes the deletion behind the guest.
    assert opens(home, lock, made["code"])
    assert not opens(home, lock, made["code"])


async def test_a_lock_that_never_hears(home: Home) -> None:
    """A deletion that failed at the gateway can be asked for again."""
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR, duration={"hours": 5})
    await async_deliver(home, FRONT_DOOR)
    cut_off(home.lock(FRONT_DOOR))
    await async_delete(home, FRONT_DOOR)
    await home.async_pass(timedelta(minutes=5))
    assert await async_status(home, FRONT_DOOR, made["id"]) == "removing"
    assert not home.lock(FRONT_DOOR).orders
    assert opens(home, FRONT_DOOR, made["code"])

    home.lock(FRONT_DOOR).connected = True
    again = await async_delete(home, FRONT_DOOR)
    assert (again["status"], again["already_gone"]) == ("removing", False)
    await async_deliver(home, FRONT_DOOR)
    await home.async_refresh(FRONT_DOOR)
    assert await async_status(home, FRONT_DOOR, made["id"]) == "removed"
    assert not opens(home, FRONT_DOOR, made["code"])


async def test_a_code_that_never_reached_the_lock(home: Home) -> None:
    """There is nothing to take back from a lock that slept all the time."""
    await home.async_setup()
    made = await async_create(home, GARAGE)
    assert (await async_delete(home, GARAGE))["status"] == "removed"
    await async_deliver(home, GARAGE)
    assert not opens(home, GARAGE, made["code"])


@pytest.mark.parametrize("lock", [FRONT_DOOR, GARAGE, OFFICE])
async def test_what_is_gone_already(home: Home, lock: str) -> None:
    """That is success, and says so; its record goes, and then nothing is asked again."""
    await home.async_setup()
    made = await async_create(home, lock)
    await async_deliver(home, lock)
    await async_delete(home, lock)
    await async_deliver(home, lock)
    assert await async_status(home, lock, made["id"]) == "removed"
    asked = None
    for password in ("Ann", made["id"], "Ann"):
        assert await async_delete(home, lock, password) == {
            "id": made["id"],
            "name": "Ann",
            "status": "removed",
            "already_gone": True,
        }
        asked = asked or len(home.world.requests.entries)
    assert len(home.world.requests.entries) == asked
    assert not home.lock(lock).book.live
    assert await async_list(home, lock) == []


@pytest.mark.parametrize("lock", [FRONT_DOOR, GARAGE, OFFICE])
async def test_what_somebody_else_removed(home: Home, lock: str) -> None:
    """The record is gone; whether the lock still has the code, nobody can tell."""
    await home.async_setup()
    made = await async_create(home, lock)
    await async_deliver(home, lock)
    simulated = home.lock(lock)
    simulated.book.remove(int(str(made["id"])), simulated.now)
    deleted = await async_delete(home, lock)
    assert (deleted["status"], deleted["already_gone"]) == ("removing", True)
    await home.async_pass(timedelta(hours=1))
    assert await async_status(home, lock, made["id"]) == "removed"


async def test_one_that_the_lock_refused(home: Home) -> None:
    await home.async_setup()
    make_in_app(home, OFFICE, "Somebody", "905172")
    await async_deliver(home, OFFICE)
    made = await async_create(home, OFFICE, name="Bob", code="905172")
    await async_deliver(home, OFFICE)
    assert await async_status(home, OFFICE, made["id"]) == "failed"
    assert (await async_delete(home, OFFICE, "Bob"))["status"] == "removed"
    assert opens(home, OFFICE, "905172")


async def test_one_that_was_made_elsewhere(home: Home) -> None:
    """It is found after a look at the list, and deleted like our own."""
    await home.async_setup()
    made = await async_create(home, GARAGE)
    await async_deliver(home, GARAGE)
    await home.hass.config_entries.async_remove(home.entry.entry_id)
    await home.async_setup()
    (listed,) = await async_list(home, GARAGE)
    assert (listed["id"], listed["made_here"]) == (made["id"], False)
    await home.async_pass(FALL_ASLEEP)
    assert (await async_delete(home, GARAGE))["status"] == "removing"
    assert await async_status(home, GARAGE, made["id"]) == "removing"
    await async_deliver(home, GARAGE)
    assert not opens(home, GARAGE, made["code"])


@pytest.mark.parametrize("lock", [FRONT_DOOR, GARAGE, OFFICE])
async def test_one_from_elsewhere_while_the_list_lags(home: Home, lock: str) -> None:
    """The list doesn't show the deletion yet, and the answer doesn't say it's active."""
    await home.async_setup()
    await async_create(home, lock, duration={"days": 1})
    await async_deliver(home, lock)
    await home.hass.config_entries.async_remove(home.entry.entry_id)
    await home.async_setup()
    await home.async_pass(FALL_ASLEEP)
    home.world.around.switches.set("list_lag", "30")
    assert (await async_delete(home, lock))["status"] == "removing"


async def test_an_unknown_password(home: Home) -> None:
    """The list is read again before that is said."""
    await home.async_setup()
    with refusing(home, "no_such_password", reads=True) as caught:
        await async_delete(home, FRONT_DOOR, "Bob")
    assert caught.value.translation_placeholders == {"candidates": "-"}
    made = await async_create(home, FRONT_DOOR)
    with refusing(home, "no_such_password", reads=True) as caught:
        await async_delete(home, FRONT_DOOR, "Bob")
    candidates = {"candidates": f"Ann ({made['id']})"}
    assert caught.value.translation_placeholders == candidates


async def test_an_ambiguous_name(home: Home) -> None:
    await home.async_setup()
    first = await async_create(home, FRONT_DOOR)
    second = await async_create(home, FRONT_DOOR, duration="02:00:00")
    await async_deliver(home, FRONT_DOOR)
    with refusing(home, "ambiguous_password") as caught:
        await async_delete(home, FRONT_DOOR, "Ann")
    for made in (first, second):
        assert str(made["id"]) in str(caught.value)
    await async_delete(home, FRONT_DOOR, second["id"])
    await async_deliver(home, FRONT_DOOR)
    assert opens(home, FRONT_DOOR, first["code"])
    assert not opens(home, FRONT_DOOR, second["code"])
    # The one that is gone doesn't make the name ambiguous.
    assert (await async_delete(home, FRONT_DOOR, "Ann"))["id"] == first["id"]


async def test_several_locks(home: Home) -> None:
    await home.async_setup()
    made = await home.async_act("create_temp_password", [FRONT_DOOR, GARAGE], name="X")
    for lock in (FRONT_DOOR, GARAGE):
        await async_deliver(home, lock)
    response = await home.async_act(
        "delete_password", [FRONT_DOOR, GARAGE, OFFICE], password="X"
    )
    assert response is not None
    check_error(response[OFFICE], "no_such_password", candidates="-")
    for lock in (FRONT_DOOR, GARAGE):
        await async_deliver(home, lock)
        assert not opens(home, lock, result_of(made, lock)["code"])
