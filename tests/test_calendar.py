"""The calendar of a lock: what it shows, in which words, and when it moves."""

from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import STATE_OFF, STATE_ON, STATE_UNAVAILABLE, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.translation import async_get_translations
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)
from syrupy.assertion import SnapshotAssertion

from custom_components.tuya_lock_manager.const import OPT_NAMES
from custom_components.tuya_lock_manager.dialogs import words
from tests.acting import (
    FRONT_DOOR,
    GARDEN_GATE,
    LOCKS,
    SHED,
    async_create,
    async_deliver,
    async_list,
    make_in_app,
)
from tests.booking import DAY, HOUR, Person, calendar_of
from tests.simulated import Home

MINUTE = timedelta(minutes=1)
FRONT = calendar_of(FRONT_DOOR)
CLEARED = (
    "A clearing code for it was issued; it works until somebody types that at the lock."
)


def message(home: Home) -> object:
    """Return what the calendar of the front door says in its state."""
    state = home.hass.states.get(FRONT)
    assert state is not None
    return state.attributes.get("message")


async def test_entities(home: Home, snapshot: SnapshotAssertion) -> None:
    """Every lock has one; a lock that is out of reach takes no new events."""
    await home.async_check_entities(Platform.CALENDAR, snapshot)
    features = {
        lock: state.attributes["supported_features"]
        for lock in LOCKS
        if (state := home.hass.states.get(calendar_of(lock)))
    }
    assert len(features) == 5
    assert {lock for lock, found in features.items() if not found & 1} == {SHED}
    assert all(found & 6 == 6 for found in features.values())


async def test_event(home: Home, person: Person) -> None:
    made = await async_create(home, FRONT_DOOR, name="Ann", duration={"hours": 3})
    event = await person.async_event()
    digits = made.pop("code")
    assert isinstance(digits, str)
    assert event["summary"] == "Ann"
    assert event["description"] == (
        "Pending: the lock does not have it yet.\nCustom (sent to the lock)"
    )
    assert event["start"] == "2026-06-01T10:30:00+00:00"
    assert event["end"] == "2026-06-01T13:30:00+00:00"
    assert event["status"] == "tentative"
    assert "location" not in event
    await async_deliver(home, FRONT_DOOR)
    later = await person.async_event()
    assert later["uid"] == event["uid"]
    assert later["description"].startswith("Active: it opens.\n")
    assert later["status"] == "confirmed"
    assert digits not in str(later)


async def test_state_at_each_moment(home: Home, person: Person) -> None:
    """It is on from the very start to the very end; the one that ends first is told."""
    now = dt_util.utcnow()
    for name, start, end in (
        ("House", now + 2 * HOUR, now + 90 * DAY),
        ("Ann", now + 4 * HOUR, now + 6 * HOUR),
        ("Bob", now + 5 * HOUR, now + 10 * HOUR),
    ):
        await async_create(home, FRONT_DOOR, name=name, start=start, end=end)
    await async_deliver(home, FRONT_DOOR)
    seen = []
    for hour in range(1, 12):
        for offset in (-timedelta(seconds=1), timedelta(0)):
            await home.async_pass(now + hour * HOUR + offset - dt_util.utcnow())
            seen.append((hour, home.state(FRONT), message(home)))
    told = [
        (entry[0], *entry[1:])
        for number, entry in enumerate(seen)
        if number == 0 or entry[1:] != seen[number - 1][1:]
    ]
    assert told == [
        (1, STATE_OFF, "House"),
        (2, STATE_ON, "House"),
        (4, STATE_ON, "Ann"),
        (6, STATE_ON, "Bob"),
        (10, STATE_ON, "House"),
    ]


async def test_periodic_codes_come_again(home: Home, person: Person) -> None:
    """By the clock of the lock, over the change to winter time."""
    await async_create(
        home,
        GARDEN_GATE,
        name="Cleaner",
        start="2026-10-19 00:00:00",
        end="2026-11-01 00:00:00",
        weekdays=["mon", "thu"],
        daily_start="08:00",
        daily_end="12:30",
        accept_unenforced=True,
    )
    state = home.hass.states.get(calendar_of(GARDEN_GATE))
    assert state is not None
    assert state.attributes["start_time"] == "2026-10-19 08:00:00"
    start = datetime(2026, 10, 1, tzinfo=dt_util.get_default_time_zone())
    events = await person.async_events(GARDEN_GATE, start)
    assert [event["start"] for event in events] == [
        "2026-10-19T06:00:00+00:00",
        "2026-10-22T06:00:00+00:00",
        "2026-10-26T07:00:00+00:00",
        "2026-10-29T07:00:00+00:00",
    ]
    assert [event["recurrence_id"] for event in events] == [
        "20261019",
        "20261022",
        "20261026",
        "20261029",
    ]
    assert {event["uid"] for event in events} == {events[0]["uid"]}
    assert {event["rrule"] for event in events} == {
        "FREQ=WEEKLY;UNTIL=20261029T120000;BYDAY=MO,TH"
    }
    assert (
        "Only on Monday, Thursday, from 08:00 until 12:30" in events[0]["description"]
    )


async def test_hours_in_another_zone(
    hass: HomeAssistant, home: Home, person: Person
) -> None:
    """The lock's Monday morning is Sunday evening at home, and the rule says so."""
    garden = home.lock(GARDEN_GATE).id
    options = {"locks": {garden: {"time_zone": "Pacific/Auckland"}}}
    hass.config_entries.async_update_entry(home.entry, options=options)
    await async_create(
        home,
        GARDEN_GATE,
        name="Cleaner",
        start="2026-06-02 00:00:00",
        end="2026-06-20 00:00:00",
        weekdays=["mon"],
        daily_start="08:00",
        daily_end="09:00",
        accept_unenforced=True,
    )
    events = await person.async_events(GARDEN_GATE)
    assert [event["start"] for event in events] == [
        "2026-06-07T20:00:00+00:00",
        "2026-06-14T20:00:00+00:00",
    ]
    assert events[0]["recurrence_id"] == "20260608"
    assert events[0]["rrule"] == "FREQ=WEEKLY;UNTIL=20260614T120000;BYDAY=SU"


async def test_codes_that_were_made_elsewhere(home: Home, person: Person) -> None:
    make_in_app(home, FRONT_DOOR, "By the app", "940271")
    await home.async_refresh(FRONT_DOOR)
    event = await person.async_event()
    assert event["summary"] == "By the app"


async def test_codes_of_all_types(home: Home, person: Person) -> None:
    """Clearing codes open nothing; what is off the list is off the calendar."""
    for kind in ("time_limited", "one_time", "dynamic"):
        await async_create(home, SHED, type=kind, name=kind)
    await home.async_act("issue_clear_code", SHED, password="time_limited")
    events = await person.async_events(SHED)
    assert {event["summary"] for event in events} == {
        "time_limited",
        "one_time",
        "dynamic",
    }
    (limited,) = [event for event in events if event["summary"] == "time_limited"]
    assert limited["description"].splitlines() == [
        "Active: it opens.",
        "Time-limited (offline)",
        CLEARED,
    ]
    await home.async_pass(DAY)
    assert len(await person.async_events(SHED, length=3 * DAY)) == 3
    assert home.state(calendar_of(SHED)) == STATE_OFF
    await home.async_act("clean_up_passwords", SHED)
    assert await person.async_events(SHED, length=3 * DAY) == []


async def test_no_names(hass: HomeAssistant, home: Home, person: Person) -> None:
    """The same code has a number then, in the events and in the state."""
    await async_create(home, FRONT_DOOR, name="Ann")
    ((listed),) = await async_list(home, FRONT_DOOR)
    hass.config_entries.async_update_entry(home.entry, options={OPT_NAMES: False})
    await home.async_restart()
    event = await person.async_event()
    assert event["summary"] == message(home) == f"Password no. {listed['id']}"
    assert "Ann" not in str(event)
    assert "Ann" not in str(hass.states.get(FRONT))


async def test_an_outage_is_no_empty_calendar(
    hass: HomeAssistant, home: Home, person: Person
) -> None:
    """The entity is not available; what was known goes on for triggers that look."""
    await async_create(home, FRONT_DOOR, name="Ann", duration={"days": 30})
    home.world.faults.parse("reset")
    await home.async_pass(DAY)
    assert home.state(FRONT) == STATE_UNAVAILABLE
    event = await person.async_event()
    assert event["summary"] == "Ann"


async def test_nothing_is_known_yet(
    hass: HomeAssistant, home: Home, hass_ws_client: WebSocketGenerator
) -> None:
    home.world.faults.parse("reset:path=door-lock")
    await home.async_setup()
    assert home.state(FRONT) == STATE_UNAVAILABLE
    client = await hass_ws_client(hass)
    await client.send_json_auto_id(
        {
            "type": "calendar/event/subscribe",
            "entity_id": FRONT,
            "start": "2026-06-01T00:00:00+00:00",
            "end": "2026-06-02T00:00:00+00:00",
        }
    )
    assert (await client.receive_json())["success"]
    assert (await client.receive_json())["event"]["events"] is None


async def test_language(hass: HomeAssistant, home: Home, person: Person) -> None:
    """The texts follow the house, in the state too."""
    await async_create(home, FRONT_DOOR)

    async def translations(*args: Any) -> dict[str, str]:
        found = await async_get_translations(*args)
        return {key: text.replace("Pending", "Wartet") for key, text in found.items()}

    with patch.object(words, "async_get_translations", translations):
        await hass.config.async_update(language="xx")
        await hass.async_block_till_done()
    assert (await person.async_event())["description"].startswith("Wartet: ")
    state = hass.states.get(FRONT)
    assert state is not None
    assert state.attributes["description"].startswith("Wartet: ")


async def test_automations_start_with_codes(
    hass: HomeAssistant, home: Home, freezer: FrozenDateTimeFactory
) -> None:
    """Home Assistant's own trigger fires at the start of a code."""
    await home.async_setup()
    start = dt_util.utcnow() + 10 * MINUTE
    await async_create(home, FRONT_DOOR, name="Ann", start=start, end=start + HOUR)
    await async_setup_component(
        hass,
        "automation",
        {
            "automation": {
                "triggers": {
                    "trigger": "calendar",
                    "event": "start",
                    "entity_id": FRONT,
                },
                "actions": {
                    "event": "guest",
                    "event_data": {"name": "{{ trigger.calendar_event.summary }}"},
                },
            }
        },
    )
    await hass.async_block_till_done()
    heard = []
    hass.bus.async_listen("guest", lambda event: heard.append(event.data["name"]))
    await home.async_pass(9 * MINUTE)
    assert heard == []
    await home.async_pass(MINUTE)
    assert heard == ["Ann"]
    await hass.services.async_call(
        "automation", "turn_off", {"entity_id": "all"}, blocking=True
    )


async def test_the_panel_follows(
    hass: HomeAssistant, home: Home, hass_client: ClientSessionGenerator
) -> None:
    """The view that other programs read has the events, and no digits."""
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR, name="Ann")
    client = await hass_client()
    span = "start=2026-06-01T00:00:00Z&end=2026-06-02T00:00:00Z"
    response = await client.get(f"/api/calendars/{FRONT}?{span}")
    assert response.status == 200
    text = await response.text()
    assert "Ann" in text
    assert str(made["code"]) not in text
