"""Codes that open at certain hours, as events that come again every week."""

from datetime import datetime, timedelta
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest

from tests.acting import FRONT_DOOR, GARDEN_GATE, async_create, async_deliver, opens
from tests.booking import (
    CODE,
    DAY,
    HOUR,
    SERIES,
    Person,
    asked_event,
    async_listed,
    calendar_of,
    in_form,
    refusal,
)
from tests.residents import changes
from tests.simulated import Home

MINUTE = timedelta(minutes=1)


def until(moment: str) -> timedelta:
    """Return how long it is until a moment of an event."""
    return datetime.fromisoformat(moment) - dt_util.utcnow()


async def test_every_week(home: Home, person: Person) -> None:
    """On a lock that keeps hours, an event that repeats is one code."""
    answer = await person.async_create(
        dtstart="2026-06-02T09:00:00",
        dtend="2026-06-02T11:00:00",
        rrule="FREQ=WEEKLY;BYDAY=TU,TH;COUNT=3",
        **CODE,
    )
    assert answer["success"], answer
    code = await async_listed(home)
    assert code["start"] == "2026-06-02T09:00:00+02:00"
    assert code["end"] == "2026-06-09T11:00:00+02:00"
    assert code["schedule"]["weekdays"] == ["tue", "thu"]
    events = await person.async_events()
    assert [in_form(event["start"]) for event in events] == [
        "2026-06-02T09:00:00",
        "2026-06-04T09:00:00",
        "2026-06-09T09:00:00",
    ]
    await async_deliver(home, FRONT_DOOR)
    await home.async_pass(until(events[1]["start"]))
    assert opens(home, FRONT_DOOR, "905172")
    await home.async_pass(2 * HOUR + MINUTE)
    assert not opens(home, FRONT_DOOR, "905172")


async def test_whole_days_every_week(home: Home, person: Person) -> None:
    """A lock's day ends a minute before midnight."""
    answer = await person.async_create(
        dtstart="2026-06-06",
        dtend="2026-06-07",
        rrule="FREQ=WEEKLY;UNTIL=20260620;BYDAY=SA",
        **CODE,
    )
    assert answer["success"], answer
    code = await async_listed(home)
    assert code["schedule"] == {
        "weekdays": ["sat"],
        "start": "00:00",
        "end": "23:59",
        "time_zone": "Europe/Berlin",
    }
    assert code["end"] == "2026-06-21T00:00:00+02:00"


async def test_a_lock_that_keeps_no_hours(home: Home, person: Person) -> None:
    before = changes(home)
    answer = await person.async_create(GARDEN_GATE, rrule="FREQ=DAILY;COUNT=2")
    assert refusal(answer) == "schedule_not_enforced"
    assert changes(home) == before


@pytest.fixture
async def cleaner(home: Home, person: Person) -> list[dict[str, Any]]:
    """Return the events of a code for four mornings of two weeks, on the lock."""
    await person.async_create(
        summary="Cleaner",
        dtstart="2026-06-02T09:00:00",
        dtend="2026-06-02T11:00:00",
        rrule="FREQ=WEEKLY;BYDAY=TU,TH;COUNT=4",
        **CODE,
    )
    await async_deliver(home, FRONT_DOOR)
    return await person.async_events()


async def test_a_single_day_stays(
    home: Home, person: Person, cleaner: list[dict[str, Any]]
) -> None:
    before = changes(home)
    for answer in (
        await person.async_remove(cleaner[1]),
        await person.async_save(cleaner[1], summary="Bob"),
        await person.async_save(cleaner[1], dtend="2026-06-04T12:00:00"),
    ):
        assert refusal(answer) == "calendar_single_day"
    assert changes(home) == before


async def test_deleting_all_that_is_to_come(
    home: Home, person: Person, cleaner: list[dict[str, Any]]
) -> None:
    """From a later day on, the code ends before it; from the next one on, it goes."""
    assert (await person.async_remove(cleaner[2], **SERIES))["success"]
    await async_deliver(home, FRONT_DOOR)
    left = await person.async_events()
    assert [event["start"] for event in left] == [
        event["start"] for event in cleaner[:2]
    ]
    assert (await async_listed(home))["schedule"]["weekdays"] == ["tue", "thu"]
    assert (await person.async_remove(left[0], **SERIES))["success"]
    await async_deliver(home, FRONT_DOOR)
    assert await person.async_events() == []


async def test_deleting_from_a_day_that_is_over(
    home: Home, person: Person, cleaner: list[dict[str, Any]]
) -> None:
    """Nothing of the code is left to come, so it goes."""
    await home.async_pass(2 * DAY)
    assert (await person.async_remove(cleaner[0], **SERIES))["success"]
    await async_deliver(home, FRONT_DOOR)
    assert await person.async_events(start=dt_util.now() - 7 * DAY) == []


async def test_new_hours(
    home: Home, person: Person, cleaner: list[dict[str, Any]]
) -> None:
    """They hold for all days to come; the digits stay."""
    answer = await person.async_save(cleaner[1], dtend="2026-06-04T12:00:00", **SERIES)
    assert refusal(answer) == "calendar_not_next"
    answer = await person.async_save(cleaner[0], dtend="2026-06-02T12:30:00", **SERIES)
    assert answer["success"], answer
    await async_deliver(home, FRONT_DOOR)
    events = await person.async_events()
    assert [in_form(event["end"])[11:] for event in events] == ["12:30:00"] * 4
    await home.async_pass(until(events[3]["end"]) - MINUTE)
    assert opens(home, FRONT_DOOR, "905172")
    await home.async_pass(2 * MINUTE)
    assert not opens(home, FRONT_DOOR, "905172")


async def test_another_repetition(
    home: Home, person: Person, cleaner: list[dict[str, Any]]
) -> None:
    answer = await person.async_save(
        cleaner[0], rrule="FREQ=WEEKLY;BYDAY=TU,FR;UNTIL=20260626T090000", **SERIES
    )
    assert answer["success"], answer
    await async_deliver(home, FRONT_DOOR)
    code = await async_listed(home)
    assert code["schedule"]["weekdays"] == ["tue", "fri"]
    assert code["schedule"]["end"] == "11:00"
    assert code["end"] == "2026-06-26T11:00:00+02:00"
    assert len(await person.async_events()) == 8


async def test_a_series_that_is_saved_as_it_is(
    home: Home, person: Person, cleaner: list[dict[str, Any]]
) -> None:
    """Whichever day was opened; a new name is one for the whole code."""
    before = changes(home)
    for event in cleaner:
        assert (await person.async_save(event, **SERIES))["success"]
    assert changes(home) == before
    answer = await person.async_save(cleaner[2], summary="Eve", **SERIES)
    assert answer["success"], answer
    await async_deliver(home, FRONT_DOOR)
    events = await person.async_events()
    assert [(event["summary"], event["start"]) for event in events] == [
        ("Eve", event["start"]) for event in cleaner
    ]


async def test_the_state_of_a_series(
    home: Home, person: Person, cleaner: list[dict[str, Any]]
) -> None:
    """It is on in the hours of each day, by the clock at the lock, and off between."""
    seen = []
    for event in cleaner[:2]:
        for moment in (event["start"], event["end"]):
            for offset in (-timedelta(seconds=1), timedelta(0)):
                await home.async_pass(until(moment) + offset)
                seen.append(home.state(calendar_of(FRONT_DOOR)))
    assert seen == ["off", "on", "on", "off"] * 2


async def test_a_series_that_is_over(
    home: Home, person: Person, cleaner: list[dict[str, Any]]
) -> None:
    """It is taken off as a whole, also by a program that knows of no single days."""
    await home.async_pass(12 * DAY)
    answer = await person.async_ask("delete", FRONT_DOOR, uid=cleaner[0]["uid"])
    assert answer["success"], answer
    assert await person.async_events(start=dt_util.now() - 30 * DAY) == []


async def test_hours_without_a_repetition(
    home: Home, person: Person, cleaner: list[dict[str, Any]]
) -> None:
    """Another program may not know that the event repeats."""
    before = changes(home)
    event = asked_event(summary="Cleaner", dtend="2026-06-02T13:00:00")
    answer = await person.async_ask(
        "update", FRONT_DOOR, uid=cleaner[0]["uid"], event=event
    )
    assert refusal(answer) == "calendar_hours_stay"
    assert changes(home) == before


async def test_one_event_becomes_a_series(home: Home, person: Person) -> None:
    await person.async_create(**CODE)
    await async_deliver(home, FRONT_DOOR)
    shown = await person.async_event()
    answer = await person.async_save(shown, rrule="FREQ=DAILY;COUNT=3")
    assert answer["success"], answer
    await async_deliver(home, FRONT_DOOR)
    events = await person.async_events()
    assert len(events) == 3
    assert events[0]["start"] == shown["start"]
    assert events[0]["uid"] == shown["uid"]


async def test_hours_that_the_window_cuts(home: Home, person: Person) -> None:
    """Another repetition changes neither the hours of the other days nor the start."""
    await async_create(
        home,
        FRONT_DOOR,
        name="Cleaner",
        start="2026-06-02 10:00:00",
        end="2026-06-09 11:00:00",
        weekdays=["mon", "tue"],
        daily_start="08:00",
        daily_end="12:00",
    )
    await async_deliver(home, FRONT_DOOR)
    first = (await person.async_events())[0]
    assert in_form(first["start"]) == "2026-06-02T10:00:00"
    rule = "FREQ=WEEKLY;BYDAY=MO,TU,WE;UNTIL=20260609"
    assert (await person.async_save(first, rrule=rule, **SERIES))["success"]
    await async_deliver(home, FRONT_DOOR)
    code = await async_listed(home)
    assert code["schedule"]["start"] == "08:00"
    assert code["start"] == "2026-06-02T10:00:00+02:00"
    end = "2026-06-09 11:00:00"
    await home.async_act("update_password", FRONT_DOOR, password="Cleaner", end=end)
    await async_deliver(home, FRONT_DOOR)
    shown = (await person.async_events())[-1]
    assert in_form(shown["end"]) == "2026-06-09T11:00:00"
    await home.async_pass(until(shown["start"]) - HOUR)
    rule = "FREQ=WEEKLY;BYDAY=TU;UNTIL=20260623"
    answer = await person.async_save(shown, rrule=rule, **SERIES)
    assert answer["success"], answer
    await async_deliver(home, FRONT_DOOR)
    code = await async_listed(home)
    assert code["schedule"]["end"] == "12:00"
    assert code["start"] == "2026-06-02T10:00:00+02:00"
    assert code["end"] == "2026-06-23T12:00:00+02:00"


async def test_a_series_for_a_door_elsewhere(
    hass: HomeAssistant, home: Home, person: Person
) -> None:
    """Sunday evening at home is Monday morning there; seconds are none of a lock's."""
    door = home.lock(FRONT_DOOR).id
    options = {"locks": {door: {"time_zone": "Pacific/Auckland"}}}
    hass.config_entries.async_update_entry(home.entry, options=options)
    answer = await person.async_create(
        dtstart="2026-06-07T22:00:30",
        dtend="2026-06-07T23:30:30",
        rrule="FREQ=WEEKLY;BYDAY=SU;COUNT=2",
        **CODE,
    )
    assert answer["success"], answer
    schedule = (await async_listed(home))["schedule"]
    assert schedule["weekdays"] == ["mon"]
    assert (schedule["start"], schedule["end"]) == ("08:00", "09:30")
    assert [in_form(event["start"]) for event in await person.async_events()] == [
        "2026-06-07T22:00:00",
        "2026-06-14T22:00:00",
    ]
