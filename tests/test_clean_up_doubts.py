"""The action clean_up_passwords: what it leaves alone, because it may still open."""

from datetime import timedelta

import pytest

from simulator.locks.delivery import app_nearby, cut_off
from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    OFFICE,
    ONLINE_LOCKS,
    async_create,
    async_deliver,
    async_list,
    async_status,
    failing,
    make_in_app,
    opens,
    result_of,
)
from tests.cleaning import async_clean_up, named, removals
from tests.simulated import Home

SHORT = "00:05:00"


@pytest.mark.parametrize("lock", [FRONT_DOOR, GARAGE, OFFICE])
async def test_a_failed_code(home: Home, lock: str) -> None:
    """Its host may try again, and a gateway's word is not the lock's: it is kept."""
    await home.async_setup()
    make_in_app(home, lock, "Somebody", "9051726" if lock == GARAGE else "905172")
    await async_deliver(home, lock)
    if lock == GARAGE:
        with failing(home, "code_taken_at_lock"):
            await async_create(home, lock, name="Bob", code="9051726")
        return
    made = await async_create(
        home, lock, name="Bob", code="905172", duration="02:00:00"
    )
    await async_deliver(home, lock)
    assert await async_status(home, lock, made["id"]) == "failed"
    answer = await async_clean_up(home, lock)
    assert named(answer, "kept", "reason") == {"Somebody": "in_effect", "Bob": "failed"}
    assert not removals(home)

    response = await home.async_act(
        "update_password", lock, password="Bob", new_code=True
    )
    digits = result_of(response, lock)["code"]
    await async_deliver(home, lock)
    assert opens(home, lock, digits)
    await home.async_pass(timedelta(hours=3))
    answer = await async_clean_up(home, lock)
    assert named(answer, "removed") == {"Somebody": "expired", "Bob": "expired"}


async def test_a_gateway_that_gave_up(home: Home) -> None:
    """Once the window is over, a code that failed goes like any other."""
    await home.async_setup()
    cut_off(home.lock(FRONT_DOOR))
    await async_create(home, FRONT_DOOR)
    await home.async_pass(timedelta(minutes=2))
    assert named(await async_clean_up(home, FRONT_DOOR), "kept") == {"Ann": "failed"}
    await home.async_pass(timedelta(hours=1))
    assert named(await async_clean_up(home, FRONT_DOOR), "removed") == {
        "Ann": "expired"
    }


@pytest.mark.parametrize("lock", ONLINE_LOCKS)
async def test_a_code_that_was_used_once(home: Home, lock: str) -> None:
    """Only the lock knows that it opens no more, so it is kept until its end."""
    await home.async_setup()
    made = await async_create(home, lock, one_time=True)
    await async_deliver(home, lock)
    assert opens(home, lock, made["code"])
    app_nearby(home.lock(lock), home.lock(lock).now)
    await home.async_pass(timedelta(minutes=16))
    assert await async_status(home, lock, made["id"]) == "used"
    answer = await async_clean_up(home, lock)
    assert named(answer, "kept", "reason") == {"Ann": "used_in_window"}
    await home.async_pass(timedelta(hours=1))
    assert named(await async_clean_up(home, lock), "removed") == {"Ann": "used"}
    assert await async_list(home, lock) == []


async def test_a_change_that_is_not_confirmed(home: Home) -> None:
    """The lock may have the longer window, though its gateway says that it failed."""
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    cut_off(home.lock(FRONT_DOOR))
    await home.async_act(
        "update_password", FRONT_DOOR, password="Ann", duration={"hours": 3}
    )
    await home.async_pass(timedelta(minutes=6))
    await home.async_pass(timedelta(hours=1))
    assert await async_status(home, FRONT_DOOR, made["id"]) == "expired"
    answer = await async_clean_up(home, FRONT_DOOR)
    assert named(answer, "kept", "reason") == {"Ann": "change_unconfirmed"}
    assert not removals(home)
    await home.async_pass(timedelta(hours=2))
    assert named(await async_clean_up(home, FRONT_DOOR), "removed") == {
        "Ann": "expired"
    }


@pytest.mark.parametrize("record_of_live", ["refused", "removed"])
@pytest.mark.parametrize("lock", ONLINE_LOCKS)
async def test_a_code_that_was_extended_in_the_app(
    home: Home, lock: str, record_of_live: str
) -> None:
    """Here it is over, in the cloud it isn't any more: the list is read before."""
    await home.async_setup()
    home.world.around.switches.set("record_of_live", record_of_live)
    made = await async_create(home, lock, duration=SHORT)
    await async_deliver(home, lock)
    simulated = home.lock(lock)
    (password,) = simulated.book.live.values()
    (code,) = simulated.codes.values()
    password.end = code.end = int(code.end) + 7200
    simulated.book.note(password, simulated.now)
    await home.async_pass(timedelta(minutes=6))
    assert await async_status(home, lock, made["id"]) == "expired"

    answer = await async_clean_up(home, lock)

    assert named(answer, "kept", "reason") == {"Ann": "in_effect"}
    assert opens(home, lock, made["code"])
    assert simulated.book.live


@pytest.mark.parametrize("lock", ONLINE_LOCKS)
async def test_a_code_that_vanished(home: Home, lock: str) -> None:
    """Somebody removed the record while the list lags: it is gone already."""
    await home.async_setup()
    for name, duration in (("Ann", SHORT), ("Bob", "00:04:00")):
        await async_create(home, lock, name=name, duration=duration)
    await async_deliver(home, lock)
    await home.async_pass(timedelta(minutes=6))
    home.world.around.switches.set("list_lag", "30")
    simulated = home.lock(lock)
    ann = next(p for p in simulated.book.live.values() if p.name == "Ann")
    simulated.book.remove(ann.id, simulated.now)

    answer = await async_clean_up(home, lock)

    assert named(answer, "removed", "already_gone") == {"Ann": True, "Bob": False}
    assert not answer["failed"]
    # The list still shows both; nobody sees them.
    assert await async_list(home, lock) == []
    await home.async_refresh(lock)
    assert await async_list(home, lock) == []


async def test_a_code_that_no_list_shows(home: Home) -> None:
    """Nothing is asked for it."""
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR, duration=SHORT)
    await async_deliver(home, FRONT_DOOR)
    simulated = home.lock(FRONT_DOOR)
    simulated.book.remove(int(str(made["id"])), simulated.now)
    await home.async_pass(timedelta(minutes=40))
    assert await async_status(home, FRONT_DOOR, made["id"]) == "expired"
    answer = await async_clean_up(home, FRONT_DOOR)
    assert named(answer, "removed", "already_gone") == {"Ann": True}
    assert not removals(home)
    assert await async_list(home, FRONT_DOOR) == []
