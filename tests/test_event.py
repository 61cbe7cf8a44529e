"""Events: every opening and every alarm is told once, in order, and to the right depth."""

from datetime import UTC, datetime, timedelta
from typing import Any

from homeassistant.const import (
    EVENT_STATE_CHANGED,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
    Platform,
)
from homeassistant.core import Event, EventStateChangedData, HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import async_capture_events
from syrupy.assertion import SnapshotAssertion

from simulator.locks.delivery import connect, cut_off
from simulator.locks.keypad import type_code
from simulator.locks.lock import Lock
from simulator.locks.members import Method
from simulator.locks.reports import alarm, doorbell, method_opened
from tests.simulated import Home

UNLOCKED = "event.front_door_unlocked"
ALARM = "event.front_door_alarm"
POLL = timedelta(minutes=15, seconds=1)
SECOND = timedelta(seconds=1)

type Changes = list[Event[EventStateChangedData]]


@pytest.fixture
def changes(hass: HomeAssistant) -> Changes:
    """Return every change of a state from now on."""
    changes: Changes = async_capture_events(hass, EVENT_STATE_CHANGED)
    return changes


def _told(changes: Changes, entity_id: str) -> list[dict[str, Any]]:
    """Return what an event entity told, without what it always says."""
    told = []
    for change in changes:
        new, old = change.data["new_state"], change.data["old_state"]
        if new is None or new.entity_id != entity_id:
            continue
        # An entity that is back only shows again what it told before it was away.
        if old is None or old.state == STATE_UNAVAILABLE:
            continue
        if new.state not in {STATE_UNAVAILABLE, STATE_UNKNOWN}:
            always = {"event_types", "friendly_name"}
            told.append({k: v for k, v in new.attributes.items() if k not in always})
    return told


def _open(lock: Lock, slot: int = 1, kind: str = "fingerprint") -> str:
    """Let somebody open the door; return when that was."""
    method = lock.people.method(kind, slot)
    assert method is not None
    method_opened(lock, method, lock.now)
    return datetime.fromtimestamp(int(lock.now), UTC).isoformat()


def _fingers(lock: Lock) -> list[Method]:
    """Return the first two fingers that a lock knows."""
    methods = [lock.people.method("fingerprint", slot) for slot in (1, 2)]
    return [method for method in methods if method is not None]


async def test_entities(
    hass: HomeAssistant, home: Home, snapshot: SnapshotAssertion
) -> None:
    """What happened before a lock's first reading is no news; only some have a bell."""
    await home.async_check_entities(Platform.EVENT, snapshot)
    assert {state.state for state in hass.states.async_all("event")} == {STATE_UNKNOWN}
    assert hass.states.get("event.garage_doorbell") is not None
    assert hass.states.get("event.garden_gate_doorbell") is None


async def test_each_opening_once_and_in_order(home: Home, changes: Changes) -> None:
    """Also the same person twice; what another lock saw is not told here."""
    await home.async_setup()
    lock = home.lock("lock.front_door")
    owner, partner = (
        member.user_id for member in list(lock.people.members.values())[:2]
    )
    names = {method.slot: method.name for method in _fingers(lock)}
    await home.async_pass(SECOND)
    times = []
    for slot in (1, 2, 2):
        times.append(_open(lock, slot))
        await home.async_pass(2 * SECOND)
    _open(home.lock("lock.office"))
    await home.async_pass(POLL)
    await home.async_pass(POLL)
    assert _told(changes, UNLOCKED) == [
        {
            "event_type": "fingerprint",
            "time": time,
            "user_id": user_id,
            "person": person,
            "method": method,
            "password_id": None,
            "password": None,
            "first_use": False,
            "late": False,
        }
        for time, user_id, person, method in zip(
            times,
            (owner, partner, partner),
            ("Owner", "Partner", "Partner"),
            (names[1], names[2], names[2]),
            strict=True,
        )
    ]
    assert _told(changes, ALARM) == []
    assert len(_told(changes, "event.office_unlocked")) == 1


async def test_each_alarm_once(home: Home, changes: Changes) -> None:
    """With its type; the bell is no alarm, duress is one."""
    await home.async_setup()
    lock = home.lock("lock.front_door")
    await home.async_pass(SECOND)
    for kind in ("pry", "low_battery", "from the future"):
        alarm(lock, kind, lock.now)
        await home.async_pass(SECOND)
    doorbell(lock, lock.now)
    method = lock.people.method("fingerprint", 1)
    assert method is not None
    method.hijack = True
    await home.async_pass(SECOND)
    _open(lock)
    await home.async_pass(POLL)
    await home.async_pass(POLL)
    told = _told(changes, ALARM)
    assert [news["event_type"] for news in told] == [
        "pry",
        "low_battery",
        "unknown",
        "hijack",
    ]
    assert [set(news) for news in told] == [
        {"event_type", "time", "user_id", "late"}
    ] * 4
    (ring,) = _told(changes, "event.front_door_doorbell")
    assert (ring["event_type"], ring["late"]) == ("ring", False)
    assert told[-1]["user_id"] == method.user_id
    assert [news["event_type"] for news in _told(changes, UNLOCKED)] == ["fingerprint"]


async def test_the_states_are_written_before_the_news(
    home: Home, changes: Changes
) -> None:
    """An automation on the alarm finds the count that belongs to it."""
    await home.async_setup()
    lock = home.lock("lock.front_door")
    await home.async_pass(SECOND)
    alarm(lock, "pry", lock.now)
    changes.clear()
    await home.async_pass(POLL)
    last = {change.data["entity_id"]: number for number, change in enumerate(changes)}
    assert last["sensor.front_door_unread_alarms"] < last[ALARM]


async def test_what_a_lock_hands_in_late(home: Home, changes: Changes) -> None:
    """A record is news because nobody told it, not because it is the newest."""
    await home.async_setup()
    lock = home.lock("lock.front_door")
    await home.async_pass(SECOND)
    cut_off(lock)
    time = _open(lock)
    await home.async_pass(2 * POLL)
    alarm_time = lock.now
    connect(lock, lock.now)
    alarm(lock, "pry", alarm_time)
    await home.async_pass(POLL)
    assert [news["time"] for news in _told(changes, UNLOCKED)] == [time]
    assert len(_told(changes, ALARM)) == 1


async def test_a_guest_is_named_by_the_code(home: Home, changes: Changes) -> None:
    """The opening with a temporary code says whose it was, and whether it was the first."""
    await home.async_setup()
    made = await home.async_act("create_temp_password", "lock.front_door", name="Ann")
    assert made is not None
    code = made["lock.front_door"]
    assert isinstance(code, dict)
    await home.async_pass_in_steps(10 * SECOND, SECOND)
    digits = code["code"]
    assert isinstance(digits, str)
    assert type_code(home.lock("lock.front_door"), digits).opened
    await home.async_pass(2 * SECOND)
    assert type_code(home.lock("lock.front_door"), digits).opened
    await home.async_pass(POLL)
    assert type_code(home.lock("lock.front_door"), digits).opened
    await home.async_pass(POLL)
    told = _told(changes, UNLOCKED)
    assert [news["event_type"] for news in told] == ["temporary_code"] * 3
    assert {(news["password"], news["password_id"]) for news in told} == {
        ("Ann", code["id"])
    }
    assert [news["first_use"] for news in told] == [True, False, False]
    assert digits not in str([change.data for change in changes])


async def test_without_names(hass: HomeAssistant, home: Home, changes: Changes) -> None:
    """Switched off, people and codes are numbers, at once."""
    await home.async_setup()
    hass.config_entries.async_update_entry(
        home.entry, options={**home.entry.options, "names": False}
    )
    await hass.async_block_till_done()
    made = await home.async_act("create_temp_password", "lock.front_door", name="Ann")
    assert made is not None
    code = made["lock.front_door"]
    assert isinstance(code, dict)
    await home.async_pass_in_steps(10 * SECOND, SECOND)
    lock = home.lock("lock.front_door")
    assert type_code(lock, str(code["code"])).opened
    await home.async_pass(SECOND)
    _open(lock)
    await home.async_pass(POLL)
    by_code, by_finger = _told(changes, UNLOCKED)
    assert (
        by_code.keys()
        == by_finger.keys()
        == {
            "event_type",
            "time",
            "user_id",
            "password_id",
            "first_use",
            "late",
        }
    )
    assert by_code["password_id"] == code["id"]
    assert by_finger["user_id"] in lock.people.members
    shown = str([change.data for change in changes])
    assert "Ann" not in shown
    assert "Owner" not in shown


async def test_names_that_were_told_before(hass: HomeAssistant, home: Home) -> None:
    """Switched off, they go from every state at once, and don't come back."""

    def named() -> set[str]:
        return {
            state.entity_id
            for state in hass.states.async_all()
            if {"Ann", "Owner"} & set(map(str, state.attributes.values()))
        }

    await home.async_setup()
    made = await home.async_act("create_temp_password", "lock.front_door", name="Ann")
    assert made is not None
    code = made["lock.front_door"]
    assert isinstance(code, dict)
    await home.async_pass_in_steps(10 * SECOND, SECOND)
    assert type_code(home.lock("lock.front_door"), str(code["code"])).opened
    await home.async_pass(POLL)
    shown = {UNLOCKED, "event.front_door_password", "sensor.front_door_last_unlock"}
    assert named() >= shown
    hass.config_entries.async_update_entry(
        home.entry, options={**home.entry.options, "names": False}
    )
    await hass.async_block_till_done()
    assert named() == set()
    state = hass.states.get(UNLOCKED)
    assert state is not None
    assert state.attributes["password_id"] == code["id"]
    await home.async_restart()
    assert named() == set()


async def test_a_restart_replays_nothing_and_misses_nothing(
    hass: HomeAssistant, home: Home, changes: Changes, hass_storage: dict[str, Any]
) -> None:
    """What was told stays told; what happened meanwhile is told then."""
    await home.async_setup()
    lock = home.lock("lock.front_door")
    await home.async_pass(SECOND)
    before = _open(lock)
    await home.async_pass(POLL)
    assert [news["time"] for news in _told(changes, UNLOCKED)] == [before]

    # At once: what was just told is not saved by a timer yet.
    await home.async_restart()
    await home.async_pass(POLL)
    assert [news["time"] for news in _told(changes, UNLOCKED)] == [before]

    await hass.config_entries.async_unload(home.entry.entry_id)
    await hass.async_block_till_done()
    meanwhile = _open(lock)
    alarm(lock, "pry", lock.now)
    await home.async_pass(timedelta(hours=3))
    changes.clear()
    await hass.config_entries.async_setup(home.entry.entry_id)
    await hass.async_block_till_done()
    assert [news["time"] for news in _told(changes, UNLOCKED)] == [meanwhile]
    assert [news["event_type"] for news in _told(changes, ALARM)] == ["pry"]
    await home.async_pass(POLL)
    assert len(_told(changes, UNLOCKED)) == len(_told(changes, ALARM)) == 1


async def test_an_event_that_nobody_wants(
    hass: HomeAssistant,
    home: Home,
    changes: Changes,
    entity_registry: er.EntityRegistry,
) -> None:
    """Switched on again, an entity doesn't tell what happened while it was off."""
    await home.async_setup()
    for entity_id in (UNLOCKED, ALARM):
        entity_registry.async_update_entity(
            entity_id, disabled_by=er.RegistryEntryDisabler.USER
        )
    await home.async_restart()
    lock = home.lock("lock.front_door")
    await home.async_pass(SECOND)
    _open(lock)
    await home.async_pass(POLL)
    for entity_id in (UNLOCKED, ALARM):
        entity_registry.async_update_entity(entity_id, disabled_by=None)
    changes.clear()
    await home.async_restart()
    assert home.state(UNLOCKED) == STATE_UNKNOWN
    assert _told(changes, UNLOCKED) == []
    await home.async_pass(SECOND)
    time = _open(lock)
    await home.async_pass(POLL)
    assert [news["time"] for news in _told(changes, UNLOCKED)] == [time]


async def test_an_outage_loses_nothing(home: Home, changes: Changes) -> None:
    """Openings during an outage are told when it is over."""
    await home.async_setup()
    lock = home.lock("lock.front_door")
    await home.async_pass(SECOND)
    home.world.faults.parse("http_5xx:calls=records")
    time = _open(lock)
    await home.async_pass(POLL)
    assert home.state(UNLOCKED) == STATE_UNAVAILABLE
    assert home.state("sensor.front_door_unread_alarms") == STATE_UNAVAILABLE
    assert home.state("sensor.front_door_active_passwords") == "0"
    home.world.faults.remove()
    await home.async_pass(POLL)
    assert [news["time"] for news in _told(changes, UNLOCKED)] == [time]


async def test_many_records_at_once(home: Home, changes: Changes) -> None:
    """More than one page of news is read to its end, and no further."""
    await home.async_setup()
    lock = home.lock("lock.front_door")
    times = []
    for _ in range(60):
        home.world.clock.advance(1)
        times.append(_open(lock))
    home.world.clock.advance(-60)
    await home.async_pass(timedelta(minutes=16))
    assert [news["time"] for news in _told(changes, UNLOCKED)] == times
    home.world.requests.clear()
    await home.async_refresh("lock.front_door")
    assert len(home.asked("lock.front_door", "records")) == 1
    # What scrolled off the first page is not told again when it is read again.
    times.append(_open(lock))
    await home.async_pass(POLL)
    assert [news["time"] for news in _told(changes, UNLOCKED)] == times
