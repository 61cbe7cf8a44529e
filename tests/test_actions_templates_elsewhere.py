"""Template passwords that were made, deleted or used up elsewhere."""

from datetime import timedelta

import pytest

from simulator.locks import issue
from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    OFFICE,
    ONLINE_LOCKS,
    async_create,
    async_deliver,
    async_list,
    async_status,
    make_in_app,
    opens,
    refusing,
    result_of,
)
from tests.simulated import Home
from tests.templating import async_drop, async_make, async_templates, names

# A lock that sleeps stays awake for a minute.
FALL_ASLEEP = timedelta(seconds=61)


async def test_deleted_in_the_app_a_moment_ago(home: Home) -> None:
    """Our list says that it is active; the detail says that it is on its way off."""
    await home.async_setup()
    made = await async_make(home, GARAGE)
    await async_deliver(home, GARAGE)
    await home.async_pass(FALL_ASLEEP)
    lock = home.lock(GARAGE)
    issue.delete(lock, issue.find(lock, int(str(made["id"]))))
    assert (await async_drop(home, GARAGE))["status"] == "removing"
    assert lock.book.live
    await async_deliver(home, GARAGE)
    assert not opens(home, GARAGE, made["code"])


@pytest.mark.parametrize("lock", [FRONT_DOOR, GARAGE, OFFICE])
async def test_a_record_that_is_gone(home: Home, lock: str, book: str) -> None:
    """It proves nothing: the code opens, and is called so until its end."""
    await home.async_setup()
    made = await async_make(home, lock)
    await async_deliver(home, lock)
    simulated = home.lock(lock)
    simulated.book.remove(int(str(made["id"])), simulated.now)
    await home.async_refresh(lock)
    dropped = await async_drop(home, lock)
    assert (dropped["status"], dropped["already_gone"]) == ("removing", True)
    assert opens(home, lock, made["code"])
    await home.async_pass(timedelta(hours=1))
    assert await async_status(home, lock, made["id"]) == "removed"
    assert not opens(home, lock, made["code"])


async def test_made_in_the_app(home: Home) -> None:
    """What another made is listed, and can be deleted from here."""
    await home.async_setup()
    password_id = make_in_app(home, OFFICE, "Dan", "905172")
    await async_deliver(home, OFFICE)
    listed = await async_templates(home, OFFICE)
    assert names(listed) == ["Dan"]
    (known,) = await async_list(home, OFFICE)
    assert (known["id"], known["made_here"]) == (str(password_id), False)
    assert (await async_drop(home, OFFICE, "Dan"))["status"] == "removing"
    await async_deliver(home, OFFICE)
    assert not opens(home, OFFICE, "905172")


@pytest.mark.parametrize("lock", ONLINE_LOCKS)
async def test_one_that_expired(home: Home, lock: str, book: str) -> None:
    """Its record goes, by this action and by the other one."""
    await home.async_setup()
    for action in ("delete_template_password", "delete_password"):
        await async_make(home, lock, duration="00:05:00")
        await async_deliver(home, lock)
        await home.async_pass(timedelta(minutes=6))
        response = await home.async_act(action, lock, password="Ann")
        deleted = result_of(response, lock)
        assert (deleted["status"], deleted["already_gone"]) == ("removed", False)
        assert not home.lock(lock).book.live


async def test_made_elsewhere_and_apart(home: Home) -> None:
    """It is found by its own list, and followed until the lock has taken its deletion."""
    home.world.around.switches.set("template_book", "apart")
    await home.async_setup()
    made = await async_make(home, FRONT_DOOR, duration={"days": 1})
    await async_deliver(home, FRONT_DOOR)
    await home.hass.config_entries.async_remove(home.entry.entry_id)
    await home.async_setup()
    assert await async_list(home, FRONT_DOOR) == []
    (listed,) = names(await async_templates(home, FRONT_DOOR))
    assert listed == "Ann"
    assert (await async_drop(home, FRONT_DOOR))["status"] == "removing"
    assert opens(home, FRONT_DOOR, made["code"])
    await async_deliver(home, FRONT_DOOR)
    assert await async_status(home, FRONT_DOOR, made["id"]) == "removed"
    assert not opens(home, FRONT_DOOR, made["code"])


async def test_a_one_time_code(home: Home) -> None:
    """In effect it can't be deleted; once it has ended, its entry goes."""
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR, type="one_time")
    with refusing(home, "not_deletable_one_time", reads=True):
        await async_drop(home, FRONT_DOOR)
    assert opens(home, FRONT_DOOR, made["code"])
    await home.async_pass(timedelta(hours=7))
    dropped = await async_drop(home, FRONT_DOOR)
    assert (dropped["status"], dropped["already_gone"]) == ("removed", False)
    assert names(await async_templates(home, FRONT_DOOR)) == []
    assert await async_list(home, FRONT_DOOR) == []
