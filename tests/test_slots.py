"""Slots of a lock that are used again: no opening is ascribed to the wrong guest."""

from datetime import timedelta

import pytest

from simulator.locks import issue
from simulator.locks.delivery import connect, cut_off, wake
from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    GARDEN_GATE,
    OFFICE,
    async_create,
    async_deliver,
    async_status,
    make_in_app,
    opens,
    result_of,
)
from tests.simulated import Home

MINUTE = timedelta(minutes=1)


async def _async_make(home: Home, lock: str, name: str) -> tuple[object, object]:
    """Make a code and let the lock take it; return its digits and its number."""
    made = await async_create(home, lock, name=name)
    await async_deliver(home, lock)
    return made["code"], made["id"]


async def _async_delete(home: Home, lock: str, name: str) -> None:
    await home.async_act("delete_password", lock, password=name)


async def _async_opener(home: Home, lock: str, code: object) -> object:
    """Open a door with a code; return whom the lock's event names."""
    assert opens(home, lock, code)
    await home.async_refresh(lock)
    return _told(home, lock)


def _told(home: Home, lock: str) -> object:
    state = home.hass.states.get(f"event.{lock.partition('.')[2]}_unlocked")
    assert state is not None
    assert state.attributes["event_type"] == "temporary_code"
    return state.attributes["password"]


def _slots(home: Home, lock: str) -> dict[int, int]:
    """Return what lies where on a lock: the slots by the numbers of the codes."""
    codes = home.lock(lock).codes
    return {code.password_id: slot for slot, code in codes.items()}


@pytest.mark.parametrize("lock", [FRONT_DOOR, GARAGE, OFFICE])
async def test_a_new_code_in_the_slot_of_a_removed_one(home: Home, lock: str) -> None:
    """Its guest is named, though the removed code's window isn't over yet."""
    await home.async_setup()
    code, _ = await _async_make(home, lock, "Ann")
    assert await _async_opener(home, lock, code) == "Ann"
    before = _slots(home, lock)
    await _async_delete(home, lock, "Ann")
    await async_deliver(home, lock)
    code, _ = await _async_make(home, lock, "Bob")
    assert [*_slots(home, lock).values()] == [*before.values()]
    await home.async_pass(MINUTE)
    assert await _async_opener(home, lock, code) == "Bob"
    await home.async_restart()
    assert await _async_opener(home, lock, code) == "Bob"
    listed = result_of(await home.async_act("list_records", lock, kind="unlock"), lock)
    records = listed["records"]
    assert isinstance(records, list)
    named = [record["password"] for record in records if isinstance(record, dict)]
    assert named[:3] == ["Bob", "Bob", "Ann"]


async def test_while_a_code_is_being_removed(home: Home) -> None:
    """When the lock does it nobody can tell, nor who has the slot then."""
    await home.async_setup()
    code, _ = await _async_make(home, OFFICE, "Ann")
    assert await _async_opener(home, OFFICE, code) == "Ann"
    lock = home.lock(OFFICE)
    cut_off(lock)
    await _async_delete(home, OFFICE, "Ann")
    await home.async_pass(2 * MINUTE)
    assert opens(home, OFFICE, code)
    connect(lock, lock.now)
    await async_deliver(home, OFFICE)
    await home.async_refresh(OFFICE)
    assert _told(home, OFFICE) is None


async def test_a_slot_that_changes_hands_at_once(home: Home) -> None:
    """The list need not know yet what the lock took when it woke."""
    await home.async_setup()
    await _async_make(home, GARAGE, "Ann")
    await _async_delete(home, GARAGE, "Ann")
    made = await async_create(home, GARAGE, name="Bob")
    lock = home.lock(GARAGE)
    wake(lock, lock.now)
    assert await _async_opener(home, GARAGE, made["code"]) is None
    await home.async_pass(2 * MINUTE)
    assert await _async_opener(home, GARAGE, made["code"]) == "Bob"


async def test_a_removal_that_no_lock_confirms(home: Home) -> None:
    await home.async_setup()
    _, ann = await _async_make(home, GARDEN_GATE, "Ann")
    await _async_delete(home, GARDEN_GATE, "Ann")
    await async_deliver(home, GARDEN_GATE)
    code, _ = await _async_make(home, GARDEN_GATE, "Bob")
    await home.async_pass(2 * MINUTE)
    assert await async_status(home, GARDEN_GATE, ann) == "removing"
    assert await _async_opener(home, GARDEN_GATE, code) is None


async def test_a_code_removed_in_the_app(home: Home) -> None:
    """It may have gone at any moment since a list last showed it."""
    await home.async_setup()
    ann = make_in_app(home, FRONT_DOOR, "Ann", "482951")
    await async_deliver(home, FRONT_DOOR)
    await home.async_refresh(FRONT_DOOR)
    assert await _async_opener(home, FRONT_DOOR, "482951") == "Ann"
    await home.async_pass(10 * MINUTE)
    lock = home.lock(FRONT_DOOR)
    issue.delete(lock, lock.book.live[ann])
    await async_deliver(home, FRONT_DOOR)
    bob = make_in_app(home, FRONT_DOOR, "Bob", "730164")
    await async_deliver(home, FRONT_DOOR)
    assert _slots(home, FRONT_DOOR).keys() == {bob}
    await home.async_refresh(FRONT_DOOR)
    assert await _async_opener(home, FRONT_DOOR, "730164") is None
    await home.async_pass(2 * MINUTE)
    assert await _async_opener(home, FRONT_DOOR, "730164") == "Bob"
