"""Who may write into a lock's calendar on the newest Home Assistant."""

import asyncio

import pytest

from demo.api import HomeAssistantApi, Json
from demo.errors import DemoError
from demo.integration import LockInHomeAssistant
from demo.walk import Walk
from demo.world import World

REFUSAL = "Only an administrator may make, change or delete codes"
EVENT = {
    "summary": "Ann",
    "description": "code: 905172",
    "dtstart": "2035-06-05T10:00:00",
    "dtend": "2035-06-05T11:00:00",
}
DAYS = {"start_date": "2035-06-05", "end_date": "2035-06-06"}
SPAN = "start=2035-06-01T00:00:00Z&end=2035-07-01T00:00:00Z"


def test_residents_change_nothing(
    runner: asyncio.Runner, walk: Walk, locks: dict[str, LockInHomeAssistant]
) -> None:
    """By the form, an action or a script, also right after an administrator did it."""
    (front,) = [lock for lock in locks.values() if lock.name == "Front door"]
    runner.run(_try(walk.world, front.entity("codes")))


async def _try(world: World, calendar: str) -> None:
    api, resident = world.api, await _resident(world)
    action = {"entity_id": calendar, **DAYS}
    await api.call("calendar", "create_event", {**action, "summary": "Ann"})
    (event,) = await _events(world, calendar)
    sequence = [
        {"action": "calendar.create_event", "data": {**action, "summary": "Eve"}}
    ]
    await api.post(
        "/api/config/script/config/guest", {"alias": "Guest", "sequence": sequence}
    )
    form: dict[str, Json] = {
        "entity_id": calendar,
        "event": {**EVENT, "summary": "Eve"},
    }
    for attempt in (
        resident.command("calendar/event/create", **form),
        resident.command("calendar/event/update", uid=event["uid"], **form),
        resident.command("calendar/event/delete", entity_id=calendar, uid=event["uid"]),
        resident.call("calendar", "create_event", {**action, "summary": "Eve"}),
    ):
        with pytest.raises(DemoError, match=REFUSAL):
            await attempt
    await resident.call("script", "turn_on", {"entity_id": "script.guest"})
    await api.command("calendar/event/create", entity_id=calendar, event=EVENT)
    assert {event["summary"] for event in await _events(world, calendar)} == {"Ann"}


async def _resident(world: World) -> HomeAssistantApi:
    """Return a client of somebody of the house who may control everything."""
    made = await world.api.command(
        "config/auth/create", name="Resident", group_ids=["system-users"]
    )
    await world.api.command(
        "config/auth_provider/homeassistant/create",
        user_id=made["user"]["id"],
        username="resident",
        password="resident-password",  # of a throw-away user
    )
    resident = HomeAssistantApi(world.http, world.api.url)
    await resident.log_in("resident", "resident-password")
    return resident


async def _events(world: World, calendar: str) -> list[Json]:
    found: list[Json] = await world.api.get(f"/api/calendars/{calendar}?{SPAN}")
    return found
