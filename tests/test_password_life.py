"""The event of a lock's passwords: each step of a life is told once, in its order."""

from datetime import timedelta
from typing import Any

from homeassistant.const import EVENT_STATE_CHANGED, STATE_UNAVAILABLE
from homeassistant.core import Event, EventStateChangedData, HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import async_capture_events

from simulator.locks import issue
from simulator.locks.passwords import Outcome
from simulator.locks.wishes import Wish
from tests.acting import FRONT_DOOR, OFFICE, async_create, async_deliver, opens
from tests.simulated import Home

PASSWORD = "event.front_door_password"
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)

type Changes = list[Event[EventStateChangedData]]


@pytest.fixture
def changes(hass: HomeAssistant) -> Changes:
    """Return every change of a state from now on."""
    changes: Changes = async_capture_events(hass, EVENT_STATE_CHANGED)
    return changes


def _told(changes: Changes, entity_id: str = PASSWORD) -> list[dict[str, Any]]:
    """Return what the event entity told."""
    told = []
    for change in changes:
        new, old = change.data["new_state"], change.data["old_state"]
        if new is None or old is None or new.entity_id != entity_id:
            continue
        if STATE_UNAVAILABLE not in {new.state, old.state} and new.state != old.state:
            told.append(dict(new.attributes))
    return told


def _steps(changes: Changes, entity_id: str = PASSWORD) -> list[str]:
    return [news["event_type"] for news in _told(changes, entity_id)]


async def test_a_whole_life(home: Home, changes: Changes) -> None:
    """Made, delivered, used, about to end, ended; that the clock does is asked of nobody."""
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR, duration=timedelta(hours=3))
    assert _steps(changes) == ["created"]
    await home.async_pass_in_steps(10 * SECOND, SECOND)
    assert _steps(changes) == ["created", "delivered"]
    for _ in range(2):
        assert opens(home, FRONT_DOOR, made["code"])
        await home.async_pass(15 * MINUTE)
    assert _steps(changes)[2:] == ["used"]
    await home.async_pass_in_steps(HOUR + 20 * MINUTE, 10 * MINUTE)
    assert _steps(changes)[3:] == []
    home.world.requests.clear()
    await home.async_pass_in_steps(12 * MINUTE, MINUTE)
    assert _steps(changes)[3:] == ["expiring_soon"]
    await home.async_pass_in_steps(HOUR, 10 * MINUTE)
    assert _steps(changes)[4:] == ["expired"]
    news = _told(changes)
    assert {entry["password"] for entry in news} == {"Ann"}
    assert {entry["password_id"] for entry in news} == {made["id"]}
    assert {entry["type"] for entry in news} == {"custom"}
    assert {entry["late"] for entry in news} == {False}
    assert str(made["code"]) not in str(news)
    await home.async_restart()
    await home.async_pass_in_steps(2 * HOUR, 15 * MINUTE)
    assert len(_told(changes)) == 5


async def test_a_short_life(home: Home, changes: Changes) -> None:
    """A code for an hour is never called expiring soon; deleted, it is removed."""
    await home.async_setup()
    await async_create(home, FRONT_DOOR)
    await home.async_pass_in_steps(10 * SECOND, SECOND)
    await home.async_act("delete_password", FRONT_DOOR, password="Ann")
    await home.async_pass_in_steps(2 * MINUTE, 5 * SECOND)
    assert _steps(changes) == ["created", "delivered", "removed"]
    await home.async_pass_in_steps(2 * HOUR, 15 * MINUTE)
    assert len(_steps(changes)) == 3


async def test_a_code_that_the_lock_refuses(home: Home, changes: Changes) -> None:
    """It fails, and nobody says that it was on the lock."""
    await home.async_setup()
    home.lock(FRONT_DOOR).forced = [Outcome.FAILED] * 9
    await async_create(home, FRONT_DOOR)
    await home.async_pass_in_steps(2 * MINUTE, 5 * SECOND)
    assert _steps(changes) == ["created", "failed"]


async def test_an_offline_code(home: Home, changes: Changes) -> None:
    """It never travels to the lock; its one opening is its use."""
    await home.async_setup()
    made = await async_create(home, OFFICE, type="one_time")
    await async_deliver(home, OFFICE)
    assert opens(home, OFFICE, made["code"])
    await home.async_refresh(OFFICE)
    entity = "event.office_password"
    assert _steps(changes, entity) == ["created", "used"]
    await home.async_pass_in_steps(8 * HOUR, HOUR)
    assert _steps(changes, entity) == ["created", "used"]


async def test_without_names(hass: HomeAssistant, home: Home, changes: Changes) -> None:
    """Switched off, passwords are numbers."""
    home.entry.add_to_hass(hass)
    hass.config_entries.async_update_entry(
        home.entry, options={**home.entry.options, "names": False}
    )
    await hass.config_entries.async_setup(home.entry.entry_id)
    await hass.async_block_till_done()
    made = await async_create(home, FRONT_DOOR)
    (news,) = _told(changes)
    assert news["password_id"] == made["id"]
    assert "password" not in news
    assert "Ann" not in str([change.data for change in changes])


async def test_made_and_removed_elsewhere(home: Home, changes: Changes) -> None:
    """What the app does is found by the poll; what is there at first is no news.

    A code that is only gone from the list may still open: nobody calls it removed.
    """
    lock = next(
        lock for lock in home.world.locks.values() if lock.device.name == "Front door"
    )
    now = int(lock.now)
    for name, digits in (("Old", "804917"), ("New", "291640")):
        wish = Wish(name=name, digits=digits, readable=True, start=now, end=now + 90000)
        password = issue.create(lock, wish)
        if name == "Old":
            home.world.clock.advance(30)
            await home.async_setup()
            await home.async_pass(MINUTE)
            assert _steps(changes) == []
    # Nothing hints at it, so it is found when the list is read anyway.
    await home.async_pass(timedelta(hours=12))
    assert _steps(changes) == ["created", "delivered"]
    issue.delete(lock, password)
    issue.remove_record(lock, password)
    for _ in range(4):
        await home.async_pass(20 * MINUTE)
        await home.async_refresh("lock.front_door")
    assert _steps(changes)[2:] == []
    assert _told(changes)[-1]["password"] == "New"
