"""Guest calendars where a lock has no place for another code: who comes first gets one."""

from typing import Any

import pytest

from simulator.locks.lock import Lock
from simulator.locks.passwords import Outcome
from tests.acting import FRONT_DOOR, GARAGE, OFFICE, async_create, async_deliver
from tests.guesthouse import PHONE, Guesthouse
from tests.residents import changes
from tests.simulated import Home

RULES = {"lead": 24 * 30, "notify": PHONE, "message": "{{ guest }} {{ code }}"}


@pytest.fixture
def house(home: Home) -> Guesthouse:
    """Return a home that takes guests, on Monday, 1 June 2026 at half past twelve."""
    return Guesthouse(home)


async def _async_live(house: Guesthouse, lock: str, *, hours: float) -> None:
    """Let time pass; a lock that sleeps wakes each half of an hour."""
    for _ in range(int(2 * hours)):
        await house.async_pass(minutes=30)
        if lock == GARAGE:
            await async_deliver(house.home, lock)
            await house.async_look()


async def _async_fill(house: Guesthouse, lock: str, **rules: Any) -> Lock:
    """Have three guests of next week take all the places of a lock."""
    for n in range(3):
        house.book(f"Far {n}", f"2026-06-{8 + n:02}", f"2026-06-{9 + n:02}", uid=f"{n}")
    await house.async_open([lock], **RULES, **rules)
    await _async_live(house, lock, hours=1)
    simulated = house.home.lock(lock)
    simulated.capacity = len(simulated.codes)
    assert {code.name for code in _on(house, lock)} == {"Far 0", "Far 1", "Far 2"}
    return simulated


def _on(house: Guesthouse, lock: str) -> list[Any]:
    """Return the codes that are on a lock."""
    simulated = house.home.lock(lock)
    return [code for code in house.codes(lock) if simulated.code_of(code.id)]


@pytest.mark.parametrize("lock", [GARAGE, FRONT_DOOR, OFFICE])
async def test_who_comes_first(house: Guesthouse, lock: str) -> None:
    """Who comes tonight gets the place of who comes last, who gets it back.

    The digits are as before but where a lock refuses codes without a reason: it may have
    been the digits.
    """
    await _async_fill(house, lock)
    house.book("Ada", "2026-06-01T19:00", "2026-06-02T10:00", uid="a")
    await house.async_look()
    await _async_live(house, lock, hours=2)
    assert {code.name for code in _on(house, lock)} == {"Far 0", "Far 1", "Ada"}
    assert house.problem() is None
    await house.async_until("2026-06-01T19:00")
    assert house.opens(house.digits("Ada", lock), lock)
    await house.async_until("2026-06-02T10:01")
    await _async_live(house, lock, hours=5)
    assert {code.name for code in _on(house, lock)} == {"Far 0", "Far 1", "Far 2"}
    told = dict(message.rsplit(" ", 1) for message in house.phone.messages)
    assert told["Far 2"] == house.digits("Far 2", lock)
    assert len(house.phone.messages) == (5 if lock == OFFICE else 4)


async def test_of_another_calendar(house: Guesthouse) -> None:
    """Two flats behind one door share its places."""
    await _async_fill(house, GARAGE, exclude=["Ada"])
    house.add("Attic", "01ATTIC", [GARAGE], include="Ada", **RULES)
    await house.async_settle()
    house.book("Ada", "2026-06-01T19:00", "2026-06-02T10:00", uid="a")
    attic = house.home.entry.runtime_data.guests["01ATTIC"]
    await attic.async_reconcile()
    await house.async_settle()
    await _async_live(house, GARAGE, hours=1)
    assert {code.name for code in _on(house, GARAGE)} == {"Far 0", "Far 1", "Ada"}
    assert len(house.phone.messages) == 4
    sent = changes(house.home)
    await _async_live(house, GARAGE, hours=2)
    assert changes(house.home) - sent <= 5


async def test_who_is_here_stays(house: Guesthouse) -> None:
    """Nobody who is here gives way, nor a code made by hand; a place is used at once."""
    house.book("Ada", "2026-06-01T11:00", "2026-06-02T12:00", uid="a")
    await house.async_open([GARAGE], **RULES)
    window = {"start": "2026-06-20 08:00:00", "end": "2026-06-21 08:00:00"}
    await async_create(house.home, GARAGE, name="Owner", **window)
    await _async_live(house, GARAGE, hours=1)
    lock = house.home.lock(GARAGE)
    lock.capacity = len(lock.codes)
    house.book("Bob", "2026-06-02T12:00", "2026-06-03T10:00", uid="b")
    await _async_live(house, GARAGE, hours=20)
    assert {code.name for code in _on(house, GARAGE)} == {"Owner", "Ada"}
    assert [(t.problem.value, t.guest) for t in house.keeper.state.troubles] == [
        ("not_ready", "Bob")
    ]
    await house.async_until("2026-06-02T11:59:58")
    await house.async_pass(seconds=5)
    await async_deliver(house.home, GARAGE)
    assert house.opens(house.digits("Bob", GARAGE), GARAGE)


@pytest.mark.parametrize("lock", [FRONT_DOOR, OFFICE])
async def test_full_whatever_leaves(house: Guesthouse, lock: str) -> None:
    """A lock that stays full costs one guest a place, and few requests."""
    simulated = await _async_fill(house, lock)
    simulated.forced = [Outcome.FULL] * 99
    house.book("Ada", "2026-06-01T19:00", "2026-06-02T10:00", uid="a")
    await house.async_look()
    sent = changes(house.home)
    for _ in range(45):
        await house.async_pass(minutes=4)
    assert changes(house.home) - sent <= 40
    assert {code.name for code in _on(house, lock)} == {"Far 0", "Far 1"}


async def test_who_is_here_already(house: Guesthouse) -> None:
    """For a guest at the door one refusal is enough, whatever the reason was."""
    await _async_fill(house, OFFICE)
    house.book("Ada", "2026-06-01T13:00", "2026-06-02T10:00", uid="a")
    await house.async_look()
    for _ in range(4):
        await house.async_pass(minutes=1)
    assert house.opens(house.digits("Ada", OFFICE), OFFICE)
