"""The action delete_password: codes that the lock works out itself, and codes that ended."""

from datetime import timedelta

import pytest

from simulator.locks.delivery import app_nearby
from tests.acting import (
    FRONT_DOOR,
    GARDEN_GATE,
    OFFLINE_LOCKS,
    ONLINE_LOCKS,
    async_create,
    async_delete,
    async_deliver,
    async_list,
    async_status,
    opens,
    refusing,
    result_of,
)
from tests.simulated import Home


@pytest.mark.parametrize("lock", ONLINE_LOCKS)
async def test_one_that_expired(home: Home, lock: str) -> None:
    """The cloud refuses with 2304, so the record is removed instead."""
    await home.async_setup()
    made = await async_create(home, lock, duration="00:05:00")
    await async_deliver(home, lock)
    await home.async_pass(timedelta(minutes=6))
    assert await async_status(home, lock, made["id"]) == "expired"
    deleted = await async_delete(home, lock)
    assert (deleted["status"], deleted["already_gone"]) == ("removed", False)
    assert not home.lock(lock).book.live
    assert (await async_delete(home, lock))["already_gone"] is True


async def test_one_that_expires_at_this_moment(home: Home) -> None:
    """Home Assistant saw it live, the cloud says 2304."""
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR, duration="00:05:00")
    await async_deliver(home, FRONT_DOOR)
    home.world.clock.advance(300)
    deleted = await async_delete(home, FRONT_DOOR, made["id"])
    assert deleted["already_gone"] is False
    assert not home.lock(FRONT_DOOR).book.live


@pytest.mark.parametrize("kind", ["time_limited", "one_time", "dynamic"])
async def test_offline_codes_in_effect(home: Home, kind: str) -> None:
    """The lock alone knows them; the text says what ends them."""
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR, type=kind)
    with refusing(home, f"not_deletable_{kind}") as caught:
        await async_delete(home, FRONT_DOOR)
    if kind == "time_limited":
        assert "clearing code" in str(caught.value)
    assert caught.value.translation_placeholders == {"name": "Ann"}
    assert opens(home, FRONT_DOOR, made["code"])


async def test_clearing_codes(home: Home) -> None:
    await home.async_setup()
    await async_create(home, FRONT_DOOR, type="time_limited")
    for kind, data in (
        ("clear_one", {"password": "Ann"}),
        ("clear_all", {"all": True, "confirm": True}),
    ):
        response = await home.async_act("issue_clear_code", FRONT_DOOR, **data)
        clearing = result_of(response, FRONT_DOOR)
        with refusing(home, f"not_deletable_{kind}"):
            await async_delete(home, FRONT_DOOR, clearing["id"])


@pytest.mark.parametrize("listed", [True, False])
@pytest.mark.parametrize("kind", ["time_limited", "one_time", "dynamic"])
async def test_offline_codes_that_ended(home: Home, kind: str, listed: bool) -> None:
    """They are forgotten here; nothing is sent."""
    await home.async_setup()
    if not listed:
        home.world.around.switches.set("offline_list", "absent")
    made = await async_create(home, FRONT_DOOR, type=kind)
    await home.async_pass(timedelta(hours=7))
    assert await async_status(home, FRONT_DOOR, made["id"]) == "expired"
    asked = len(home.world.requests.entries)
    deleted = await async_delete(home, FRONT_DOOR)
    assert deleted == {
        "id": made["id"],
        "name": "Ann",
        "status": "removed",
        "already_gone": False,
    }
    assert len(home.world.requests.entries) == asked
    assert not await async_list(home, FRONT_DOOR)


@pytest.mark.parametrize("lock", OFFLINE_LOCKS)
async def test_offline_codes_of_somebody_else_that_ended(home: Home, lock: str) -> None:
    """Tuya goes on listing them; here they stay off the list until it doesn't."""
    await home.async_setup()
    made = await async_create(home, lock, type="one_time")
    await home.hass.config_entries.async_remove(home.entry.entry_id)
    await home.async_setup()
    await home.async_pass(timedelta(hours=7))
    for already_gone in (False, True):
        assert await async_delete(home, lock) == {
            "id": made["id"],
            "name": "Ann",
            "status": "removed",
            "already_gone": already_gone,
        }
        assert await async_list(home, lock) == []
        await home.async_pass(timedelta(hours=12, minutes=1))
        await home.async_restart()

    # As long as the cloud lists it, it has to be remembered; what ended a month ago is
    # not shown in any case.
    hub = home.entry.runtime_data.locks[home.lock(lock).id]
    for days, listed, is_known in (
        (20, True, True),
        (20, True, False),
        (1, False, False),
    ):
        if not listed:
            home.lock(lock).offline.clear()
        await home.async_pass(timedelta(days=days))
        await home.async_refresh(lock)
        await home.async_pass(timedelta(minutes=31))
        assert await async_list(home, lock) == []
        assert bool(hub.memory.issued) is is_known


@pytest.mark.parametrize("made_here", [True, False])
@pytest.mark.parametrize("lock", ONLINE_LOCKS)
async def test_custom_codes_that_ended(home: Home, lock: str, made_here: bool) -> None:
    """Whatever way they ended, they go with their record, and nothing valid with them."""
    await home.async_setup()
    made = {
        name: await async_create(home, lock, name=name, **data)
        for name, data in (
            ("expired", {"duration": "00:30:00"}),
            ("used", {"duration": {"days": 1}, "one_time": True}),
            ("removed", {"duration": {"hours": 2}}),
            ("valid", {"duration": {"hours": 4}}),
        )
    }
    await async_deliver(home, lock)
    assert opens(home, lock, made["used"]["code"])
    await async_delete(home, lock, "removed")
    await async_deliver(home, lock)
    app_nearby(home.lock(lock), home.lock(lock).now)
    await home.async_pass(timedelta(minutes=45))
    if not made_here:
        await home.hass.config_entries.async_remove(home.entry.entry_id)
        await home.async_setup()
    assert await async_status(home, lock, made["expired"]["id"]) == "expired"
    assert await async_status(home, lock, made["used"]["id"]) == "used"
    names = {"expired", "used", "removed"}

    if lock == GARDEN_GATE:
        # An `mk` keypad goes on saying that a code is being deleted (measured).
        await async_delete(home, lock, "used")
        names = {"expired"}
    for name in sorted(names):
        deleted = await async_delete(home, lock, name)
        if deleted["status"] == "removing":
            # It was deleted from the lock first, since only the lock knew of its use.
            assert name == "used"
            await async_deliver(home, lock)
            deleted = await async_delete(home, lock, name)
        assert deleted["status"] == "removed"
        assert int(str(made[name]["id"])) not in home.lock(lock).book.live
        assert (await async_delete(home, lock, made[name]["id"]))[
            "already_gone"
        ] is True

    left = {code["name"] for code in await async_list(home, lock)}
    assert left == {"valid", "used", "removed", "expired"} - names
    for name in ("expired", "used", "removed"):
        assert not opens(home, lock, made[name]["code"])
    assert opens(home, lock, made["valid"]["code"])


async def test_a_name_that_comes_back(home: Home) -> None:
    """One that was taken off the list doesn't stand before one that is listed."""
    await home.async_setup()
    first = await async_create(home, FRONT_DOOR, type="dynamic")
    second = await async_create(home, FRONT_DOOR, type="one_time")
    await home.async_pass(timedelta(hours=7))
    for made in (second, first, second):
        assert (await async_delete(home, FRONT_DOOR))["id"] == made["id"]
    assert await async_list(home, FRONT_DOOR) == []


async def test_one_that_was_extended_in_the_app(home: Home) -> None:
    """Here it is over, on the lock it isn't: the whole code is deleted, not its record."""
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR, duration="00:05:00")
    await async_deliver(home, FRONT_DOOR)
    simulated = home.lock(FRONT_DOOR)
    (password,) = simulated.book.live.values()
    (code,) = simulated.codes.values()
    password.end = code.end = int(code.end) + 7200
    simulated.book.note(password, simulated.now)
    await home.async_pass(timedelta(minutes=6))
    assert await async_status(home, FRONT_DOOR, made["id"]) == "expired"
    assert (await async_delete(home, FRONT_DOOR))["status"] == "removing"
    assert opens(home, FRONT_DOOR, made["code"])
    await async_deliver(home, FRONT_DOOR)
    assert not opens(home, FRONT_DOOR, made["code"])
    assert await async_status(home, FRONT_DOOR, made["id"]) == "removed"
