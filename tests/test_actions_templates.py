"""Template passwords by the actions: listed, made and deleted, at every kind of lock."""

from datetime import timedelta
from typing import Any

from homeassistant.exceptions import HomeAssistantError
import pytest
from pytest_homeassistant_custom_component.common import async_capture_events

from simulator.locks.delivery import cut_off
from simulator.locks.passwords import Outcome
from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    GARDEN_GATE,
    LOCKS,
    OFFICE,
    ONLINE_LOCKS,
    SHED,
    async_create,
    async_deliver,
    async_list,
    async_status,
    check_text,
    failing,
    opens,
    refusing,
    result_of,
)
from tests.mending import issues
from tests.simulated import Home
from tests.templating import async_drop, async_make, async_templates, changes, names

# A lock that sleeps stays awake for a minute.
FALL_ASLEEP = timedelta(seconds=61)


@pytest.mark.parametrize("lock", ONLINE_LOCKS)
async def test_life(home: Home, lock: str, book: str) -> None:
    """It is watched like any custom code, and is there exactly once."""
    await home.async_setup()
    name = lock.partition(".")[2]
    told = async_capture_events(home.hass, "state_changed")
    made = await async_make(home, lock)
    assert (made["type"], made["status"]) == ("custom", "pending")
    assert home.state(f"sensor.{name}_pending_passwords") == "1"
    assert not home.lock(lock).codes

    await async_deliver(home, lock)
    (listed,) = await async_list(home, lock)
    assert (listed["id"], listed["name"]) == (made["id"], "Ann")
    assert (listed["status"], listed["made_here"]) == ("active", True)
    assert home.state(f"sensor.{name}_active_passwords") == "1"
    assert opens(home, lock, made["code"])

    await home.async_pass(FALL_ASLEEP)
    dropped = await async_drop(home, lock)
    assert (dropped["status"], dropped["already_gone"]) == ("removing", False)
    assert await async_status(home, lock, made["id"]) == "removing"
    assert home.lock(lock).codes

    await async_deliver(home, lock)
    # An `mk` keypad goes on saying that it is being deleted (measured).
    says_so = lock != GARDEN_GATE or book == "apart"
    after = "removed" if says_so else "removing"
    assert await async_status(home, lock, made["id"]) == after
    assert not opens(home, lock, made["code"])
    news = [
        change.data["new_state"].attributes["event_type"]
        for change in told
        if change.data["entity_id"] == f"event.{name}_password"
    ]
    expected = ["created", "delivered", "removed"]
    assert [new for new in news if new != "used"] == expected[: 3 if says_so else 2]
    if says_so:
        again = await async_drop(home, lock, made["id"])
        assert (again["status"], again["already_gone"]) == ("removed", True)
    assert len(changes(home)) == 1


@pytest.mark.parametrize("lock", [GARAGE, GARDEN_GATE])
async def test_a_lock_that_sleeps(home: Home, lock: str, book: str) -> None:
    """The code opens until the lock took the deletion; asking again doesn't lose that."""
    await home.async_setup()
    made = await async_make(home, lock, duration={"days": 2})
    await async_deliver(home, lock)
    await home.async_pass(FALL_ASLEEP)
    await async_drop(home, lock)
    await home.async_pass(timedelta(hours=5))
    # The template's own deletion of a code that goes already erases the record alone.
    again = await async_drop(home, lock, made["id"])
    assert (again["status"], again["already_gone"]) == ("removing", False)
    assert [change.partition("/")[0] for change in changes(home)] == [
        "DELETE template",
        "DELETE temp-passwords",
    ]
    assert await async_status(home, lock, made["id"]) == "removing"
    # Typing wakes it, so that it takes the deletion behind the guest.
    assert opens(home, lock, made["code"])
    assert not opens(home, lock, made["code"])


@pytest.mark.parametrize("name", ["both", "dp_tunnel", "dpTunnel"])
async def test_the_tunnel(home: Home, name: str) -> None:
    """Whichever spelling the cloud honours, the code leaves the lock."""
    home.world.around.switches.set("template_tunnel_name", name)
    await home.async_setup()
    made = await async_make(home, OFFICE)
    await async_deliver(home, OFFICE)
    assert opens(home, OFFICE, made["code"])
    await async_drop(home, OFFICE)
    await async_deliver(home, OFFICE)
    assert not opens(home, OFFICE, made["code"])


@pytest.mark.parametrize("lock", ONLINE_LOCKS)
async def test_once(home: Home, lock: str, book: str) -> None:
    """It opens once."""
    await home.async_setup()
    made = await async_make(home, lock, one_time=True)
    await async_deliver(home, lock)
    assert opens(home, lock, made["code"])
    assert not opens(home, lock, made["code"])


async def test_hours(home: Home, book: str) -> None:
    """It opens at the hours that were asked for, and is read back with them."""
    await home.async_setup()
    hours = {"weekdays": ["mon"], "daily_start": "14:00:00", "daily_end": "16:00:00"}
    made = await async_make(home, FRONT_DOOR, duration={"hours": 6}, **hours)
    await async_deliver(home, FRONT_DOOR)
    assert not opens(home, FRONT_DOOR, made["code"])
    await home.async_pass(timedelta(hours=2))
    assert opens(home, FRONT_DOOR, made["code"])
    detail = await async_templates(home, FRONT_DOOR, password="Ann")
    assert detail["periodic"] is True
    assert detail["schedule"] is not None


async def test_hours_that_the_cloud_drops(home: Home, book: str) -> None:
    """A code that would open all week goes again, by its own door."""
    home.world.around.switches.set("schedule_block", "dropped")
    await home.async_setup()
    with pytest.raises(HomeAssistantError) as caught:
        await async_make(home, FRONT_DOOR, weekdays=["mon"], duration={"days": 9})
    check_text(caught.value, "schedule_not_kept")
    assert len(changes(home)) == 1
    assert changes(home)[0].startswith("DELETE template")
    await async_deliver(home, FRONT_DOOR)
    assert not home.lock(FRONT_DOOR).codes


async def test_list_and_detail(home: Home, book: str) -> None:
    """Pages and states are Tuya's, the status ours; one-time offline codes are there too."""
    await home.async_setup()
    first = await async_make(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    once = await async_create(home, FRONT_DOOR, type="one_time", name="Bob")
    last = await async_make(home, FRONT_DOOR, name="Cleo", duration={"days": 1})
    everything = await async_templates(home, FRONT_DOOR)
    assert sorted(map(str, names(everything))) == ["Ann", "Bob", "Cleo"]
    assert (everything["total"], everything["has_more"]) == (3, False)
    passwords = everything["passwords"]
    assert isinstance(passwords, list)
    statuses = {
        entry["id"]: (entry["type"], entry["status"])
        for entry in passwords
        if isinstance(entry, dict)
    }
    assert statuses == {
        first["id"]: ("custom", "active"),
        once["id"]: ("one_time", "active"),
        last["id"]: ("custom", "pending"),
    }
    page = await async_templates(home, FRONT_DOOR, offset=1, limit=1)
    assert (len(names(page)), page["total"], page["has_more"]) == (1, 3, True)
    assert names(await async_templates(home, FRONT_DOOR, state="invalid")) == []

    await home.async_pass(timedelta(hours=7))
    assert names(await async_templates(home, FRONT_DOOR, state="valid")) == ["Cleo"]
    over = await async_templates(home, FRONT_DOOR, state="invalid")
    assert sorted(map(str, names(over))) == ["Ann", "Bob"]
    detail = await async_templates(home, FRONT_DOOR, password=last["id"])
    assert detail["id"] == last["id"]
    assert (detail["operation"], detail["delivery"]) == ("add", "success")
    assert (detail["confirmed_by_lock"], detail["status"]) == (True, "active")
    assert detail["devices"] == [home.lock(FRONT_DOOR).id]
    answers = repr((everything, page, over, detail))
    assert not any(str(made["code"]) in answers for made in (first, once, last))


@pytest.mark.parametrize("lock", ONLINE_LOCKS)
async def test_the_other_action(home: Home, lock: str, book: str) -> None:
    """A code is a code: `delete_password` takes this one, too."""
    await home.async_setup()
    made = await async_make(home, lock)
    await async_deliver(home, lock)
    await home.async_pass(FALL_ASLEEP)
    response = await home.async_act("delete_password", lock, password="Ann")
    assert result_of(response, lock)["status"] == "removing"
    await async_deliver(home, lock)
    assert not opens(home, lock, made["code"])


async def test_a_change(home: Home, book: str) -> None:
    """A cloud with one book changes it; one with two says that it can't be changed."""
    await home.async_setup()
    made = await async_make(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    change: dict[str, Any] = {
        "password": "Ann",
        "new_name": "Eve",
        "duration": {"hours": 9},
    }
    if book == "apart":
        with failing(home, "template_not_changed"):
            await home.async_act("update_password", FRONT_DOOR, **change)
        (listed,) = await async_list(home, FRONT_DOOR)
        assert (listed["name"], listed["status"]) == ("Ann", "active")
        assert opens(home, FRONT_DOOR, made["code"])
        return
    await home.async_act("update_password", FRONT_DOOR, **change)
    await async_deliver(home, FRONT_DOOR)
    await home.async_pass(timedelta(hours=8))
    (listed,) = await async_list(home, FRONT_DOOR)
    assert (listed["name"], listed["status"]) == ("Eve", "active")
    assert opens(home, FRONT_DOOR, made["code"])
    # It is still deleted by its own door.
    await home.async_act("delete_password", FRONT_DOOR, password="Eve")
    assert changes(home)[-1].startswith("DELETE template")


async def test_what_it_costs(home: Home) -> None:
    """Only what the other list lacks is asked for, and only while it can change."""
    await home.async_setup()
    await async_make(home, FRONT_DOOR, name="Old", duration="00:30:00")
    await async_make(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)

    async def asked() -> list[str]:
        home.world.requests.clear()
        await home.async_refresh(FRONT_DOOR)
        paths = [request.path for request in home.world.requests.entries]
        return [
            path.partition("/template/")[2] for path in paths if "/template/" in path
        ]

    assert await asked() == []
    home.world.around.switches.set("template_book", "apart")
    assert len(await asked()) == 3  # the list and two details
    await home.async_pass(timedelta(minutes=31))
    assert len(await asked()) == 2
    statuses = {
        one["name"]: one["status"] for one in await async_list(home, FRONT_DOOR)
    }
    assert statuses == {"Old": "expired", "Ann": "active"}
    await home.async_pass(timedelta(minutes=31))
    assert await asked() == []


async def test_a_restart(home: Home, book: str) -> None:
    """The code is found again, with its digits, and told once."""
    await home.async_setup()
    made = await async_make(home, FRONT_DOOR, duration={"days": 1})
    await async_deliver(home, FRONT_DOOR)
    await home.async_restart()
    (listed,) = await async_list(home, FRONT_DOOR)
    assert (listed["id"], listed["status"]) == (made["id"], "active")
    with refusing(home, "code_taken", reads=True):
        await async_make(home, FRONT_DOOR, name="Bob", code=made["code"])


async def test_an_outage_is_no_empty_list(home: Home) -> None:
    """While the details can't be read, nobody says that the code is gone."""
    home.world.around.switches.set("template_book", "apart")
    await home.async_setup()
    made = await async_make(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    home.world.faults.parse("http_5xx:path=template,method=GET")
    await home.async_refresh(FRONT_DOOR)
    assert home.state("sensor.front_door_active_passwords") == "unavailable"
    home.world.faults.remove()
    await home.async_refresh(FRONT_DOOR)
    assert await async_status(home, FRONT_DOOR, made["id"]) == "active"


async def test_a_code_that_the_lock_refused(home: Home) -> None:
    """The detail tells, and it opens nothing."""
    home.world.around.switches.set("template_book", "apart")
    await home.async_setup()
    cut_off(home.lock(FRONT_DOOR))
    made = await async_make(home, FRONT_DOOR)
    await home.async_pass_in_steps(timedelta(minutes=1), timedelta(seconds=5))
    assert await async_status(home, FRONT_DOOR, made["id"]) == "failed"
    assert not opens(home, FRONT_DOOR, made["code"])


@pytest.mark.parametrize("outcome", [Outcome.FAILED, Outcome.FULL])
@pytest.mark.parametrize("lock", [FRONT_DOOR, OFFICE])
async def test_deleted_after_the_lock_refused_it(
    home: Home, lock: str, outcome: Outcome
) -> None:
    """Not the record alone goes: the lock is asked, and what it says is told."""
    await home.async_setup()
    home.lock(lock).forced.append(outcome)
    made = await async_make(home, lock)
    await async_deliver(home, lock)
    assert await async_status(home, lock, made["id"]) == "failed"
    await async_drop(home, lock)
    await home.async_pass_in_steps(timedelta(minutes=2), timedelta(seconds=5))
    assert await async_status(home, lock, made["id"]) == "removed"
    assert not issues(home.hass)


async def test_deleted_after_a_refusal_that_is_told_apart(home: Home) -> None:
    """Where only the template door knows the code, it is deleted by that."""
    home.world.around.switches.set("template_book", "apart")
    await home.async_setup()
    home.lock(FRONT_DOOR).forced.append(Outcome.FAILED)
    await async_make(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    assert (await async_drop(home, FRONT_DOOR))["status"] in {"removing", "removed"}
    assert changes(home)[-1].startswith("DELETE template/")
    assert not home.lock(FRONT_DOOR).book.live


async def test_every_lock_in_one_call(home: Home) -> None:
    """Locks of equal length get equal digits, in one answer."""
    await home.async_setup()
    response = await home.async_act(
        "create_template_password", list(LOCKS), name="Ann", duration={"hours": 3}
    )
    codes = {lock: result_of(response, lock).get("code") for lock in LOCKS}
    assert codes[SHED] is None
    assert codes[FRONT_DOOR] == codes[OFFICE] == codes[GARDEN_GATE]
    assert len(str(codes[GARAGE])) == 7
    assert result_of(response, OFFICE)["notes"] == ["other_length_than_others"]
