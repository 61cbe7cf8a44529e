"""Codes made in all ways on a real Home Assistant: where their digits turn up, and where not.

Home Assistant logs everything it can. Afterwards all that it wrote or offers is searched
for the digits of every code that the simulated cloud ever issued or listed, its tokens and
the Access Secret. Digits may be in these places and in no other:

- those that a caller of an action chose: in the call itself, so in the database's events,
  in the log of actions and in traces;
- those that an automation or a script took as an answer: in its trace;
- all of them in the debug lines of Home Assistant's own core, recorder and WebSocket.

The Access Secret is in the config entry alone, and when the account is removed it is gone
with all that was stored.
"""

import asyncio
from collections.abc import Mapping
import json
from pathlib import Path

import pytest

from demo.api import ApiError, Json
from demo.integration import DOMAIN, LockInHomeAssistant, add_integration, find_locks
from demo.waiting import wait_for
from demo.world import Options, World, running_world

from .conftest import STATE
from .searching import (
    TRACES,
    Secrets,
    digits_pattern,
    search_database,
    search_files,
    search_log,
    search_offered,
)

CHOSEN_BY_USER = "940271"
CHOSEN_BY_AUTOMATION = "582916"
# Too many, too weak, and a number: chosen, too, though no code was made of them.
REFUSED = ("94027158", "444444", 582917)
CHOSEN_BY_ACTION = "730418"
# In the calendar's own form, which is no action.
TYPED = ("618203", "295714")
CONFIGURATION = f"""\
homeassistant:
  name: Debugged home
  country: US
  language: en
  time_zone: UTC
  unit_system: metric
frontend:
config:
api:
history:
logbook:
system_health:
diagnostics:
conversation:
logger:
  default: debug
automation:
  - id: arrival
    alias: Arrival
    triggers:
      - trigger: event
        event_type: test_arrival
    actions:
      - action: {DOMAIN}.create_temp_password
        target:
          entity_id: lock.front_door
        data:
          name: By an automation
        response_variable: made
      - action: {DOMAIN}.create_temp_password
        target:
          entity_id: lock.front_door
        data:
          name: Chosen by automation
          code: "{CHOSEN_BY_AUTOMATION}"
        response_variable: chosen
      - event: test_arrived
script:
  welcome:
    sequence:
      - action: {DOMAIN}.create_temp_password
        target:
          entity_id: lock.office
        data:
          name: By a script
        response_variable: made
"""
# All that a template can reach of us.
EVERYTHING = (
    "{% for s in states %}{{ s.as_dict() }}{{ device_attr(s.entity_id, 'name') }}"
    "{{ device_attr(s.entity_id, 'serial_number') }}{% endfor %}"
    f"{{{{ integration_entities('{DOMAIN}') }}}}{{{{ issues() }}}}"
)


def test_secrecy(runner: asyncio.Runner) -> None:
    runner.run(_live_and_search(STATE / "secrecy"))


async def _live_and_search(folder: Path) -> None:
    options = Options(folder=folder, configuration=CONFIGURATION)
    async with running_world(options) as world:
        await add_integration(world)
        locks = {lock.name: lock for lock in (await find_locks(world)).values()}
        answered = await _make_codes(world, locks)
        secrets = await _secrets(world, answered)
        offered = await _offered(world)
        await world.server.stop()
        written = await asyncio.to_thread(_read, world.server.folder)
        await world.start_home_assistant()
        await _remove(world)
        left = await asyncio.to_thread(_read, world.server.folder / ".storage")
    search_offered(offered, secrets)
    search_log(written.pop("home-assistant.log"), secrets)
    written.pop("console.log", None)
    assert digits_pattern(secrets.answered).search(written[TRACES])
    search_files(written, secrets)
    search_database(folder / "config" / "home-assistant_v2.db", secrets)
    search_files({f".storage/{name}": text for name, text in left.items()}, secrets)
    assert not [name for name in left if name.startswith(DOMAIN)]
    assert secrets.access_secret not in "".join(left.values())


async def _remove(world: World) -> None:
    """Remove the account, and stop when all of that is written."""
    (entry,) = await world.api.get(f"/api/config/config_entries/entry?domain={DOMAIN}")
    path = f"/api/config/config_entries/entry/{entry['entry_id']}"
    await world.api.delete(path)
    await world.server.stop()


async def _make_codes(
    world: World, locks: Mapping[str, LockInHomeAssistant]
) -> frozenset[str]:
    """Make, change and end codes in all ways; return the digits that actors took."""
    front, office, shed = (
        locks[name].entity() for name in ("Front door", "Office", "Shed")
    )

    async def act(action: str, entity_id: str, **data: object) -> Json:
        target = {"entity_id": entity_id, **data}
        answer = await world.api.call(DOMAIN, action, target, response=True)
        return answer[entity_id]

    for kind in ("custom", "time_limited", "one_time", "dynamic"):
        await act("create_temp_password", front, type=kind, name=f"{kind} guest")
    for kind in ("time_limited", "one_time"):
        await act("create_temp_password", shed, type=kind, name=f"{kind} guest")
    await act(
        "create_temp_password", front, name="Chosen by a user", code=CHOSEN_BY_USER
    )
    await act("issue_clear_code", shed, password="time_limited guest")
    for code in REFUSED:
        for action, data in (
            ("create_temp_password", {"name": "Refused"}),
            ("create_template_password", {"name": "Refused"}),
            ("update_password", {"password": "Chosen by a user"}),
        ):
            with pytest.raises(ApiError):
                await act(action, front, code=code, **data)
    await act("create_template_password", office, name="By the template")
    before = set((await world.cloud.secrets())["digits"])
    await world.api.post("/api/events/test_arrival", {})
    await _wait_for_password(world, front, "Chosen by automation")
    await world.api.call("script", "welcome", {})
    answered = set((await world.cloud.secrets())["digits"]) - before
    await _make_by_form(world)
    await _make_by_calendar(world)
    await act("update_password", front, password="custom guest", new_name="Late guest")
    await act("update_password", front, password="Chosen by a user", new_code=True)
    await act("delete_password", front, password="Late guest")
    await act("list_passwords", front)
    await act("list_template_passwords", office)
    for lock in locks.values():
        await world.api.call("button", "press", {"entity_id": lock.entity("refresh")})
    assert len(answered) == 3
    return frozenset(answered)


async def _wait_for_password(world: World, entity_id: str, name: str) -> None:
    async def look() -> bool:
        answer = await world.api.call(
            DOMAIN, "list_passwords", {"entity_id": entity_id}, response=True
        )
        passwords = answer[entity_id]["passwords"]
        return any(password["name"] == name for password in passwords)

    await wait_for(f"password {name!r}", look, timeout=30)


async def _make_by_form(world: World) -> None:
    """Make a code as the integration's own page does, and see it there."""
    entries = await world.api.get(f"/api/config/config_entries/entry?domain={DOMAIN}")
    path = "/api/config/config_entries/options/flow"
    step = await world.api.post(path, {"handler": entries[0]["entry_id"]})
    flow = f"{path}/{step['flow_id']}"
    for option in ("create", "create_custom"):
        step = await world.api.post(flow, {"next_step_id": option})
    answers = {
        field["name"]: field["default"]
        for field in step["data_schema"]
        if "default" in field
    }
    suggested = {
        field["name"]: field["description"]["suggested_value"]
        for field in step["data_schema"]
        if "suggested_value" in (field.get("description") or {})
    }
    locks = next(
        field["selector"]["select"]["options"]
        for field in step["data_schema"]
        if field["name"] == "locks"
    )
    chosen = [lock["value"] for lock in locks if lock["label"] == "Office"]
    whole = {**suggested, **answers, "locks": chosen, "name": "By the form"}
    step = await world.api.post(flow, {**whole, "hours": {}, "code": REFUSED[0]})
    assert step["errors"] == {"code": "refused"}, step
    assert REFUSED[0] not in json.dumps(step)
    step = await world.api.post(flow, {**whole, "hours": {}})
    assert step["step_id"] == "created", step
    known = frozenset((await world.cloud.secrets())["digits"])
    assert digits_pattern(known).search(json.dumps(step["description_placeholders"]))
    step = await world.api.post(flow, {})
    assert step["step_id"] == "init"


async def _make_by_calendar(world: World) -> None:
    """Make and change codes in a lock's calendar, and by Home Assistant's own action."""
    calendar = "calendar.front_door_codes"
    day = {"dtstart": "2036-05-01", "dtend": "2036-05-02"}
    typed, changed = TYPED
    for name, remark in (("Typed", f"code: {typed}"), ("By the calendar", "")):
        event = {"summary": name, "description": remark, **day}
        await world.api.command(
            "calendar/event/create", entity_id=calendar, event=event
        )
    given = {
        "entity_id": calendar,
        "summary": "By the action",
        "description": CHOSEN_BY_ACTION,
        "in": {"days": 3},
    }
    await world.api.call("calendar", "create_event", given)
    path = f"/api/calendars/{calendar}?start=2036-01-01T00:00Z&end=2037-01-01T00:00Z"
    events = await world.api.get(path)
    uids = {event["summary"]: event["uid"] for event in events}
    assert uids.keys() == {"By the calendar", "Typed"}
    await world.api.command(
        "calendar/event/update",
        entity_id=calendar,
        uid=uids["Typed"],
        event={"summary": "Typed", "description": f"pin: {changed}", **day},
    )


async def _secrets(world: World, answered: frozenset[str]) -> Secrets:
    told = await world.cloud.secrets()
    chosen = frozenset({CHOSEN_BY_USER, CHOSEN_BY_AUTOMATION, CHOSEN_BY_ACTION})
    digits = frozenset(told["digits"])
    silent = digits - chosen - answered
    chosen |= {str(code) for code in REFUSED}
    # One for each way that takes none, and those of five locks' members.
    assert len(silent) >= 15
    assert {CHOSEN_BY_USER, CHOSEN_BY_AUTOMATION, CHOSEN_BY_ACTION} <= digits
    assert silent >= set(TYPED)
    assert told["tokens"]
    return Secrets(
        silent=silent,
        chosen=chosen,
        answered=answered - chosen,
        tokens=frozenset(told["tokens"]),
        access_secret=world.cloud.access.access_secret,
    )


async def _offered(world: World) -> dict[str, str]:
    """Return what Home Assistant offers to its users, each by its own way."""
    api = world.api
    (entry,) = await api.get(f"/api/config/config_entries/entry?domain={DOMAIN}")
    start = "2026-01-01T00:00:00+00:00"
    entity_ids = [state["entity_id"] for state in await api.get("/api/states")]
    found = {
        "states": await api.get("/api/states"),
        "history": await api.command(
            "history/history_during_period", start_time=start, entity_ids=entity_ids
        ),
        "logbook": await api.get(f"/api/logbook/{start}"),
        "diagnostics": await api.get(
            f"/api/diagnostics/config_entry/{entry['entry_id']}"
        ),
        "repairs": await api.command("repairs/list_issues"),
        "entities": await api.command("config/entity_registry/list"),
        "devices": await api.command("config/device_registry/list"),
        "entry": entry,
        "calendar": await api.get(
            f"/api/calendars/calendar.front_door_codes?start={start}"
            "&end=2037-01-01T00:00:00+00:00".replace("+", "%2B")
        ),
        "services": await api.get("/api/services"),
        "notifications": await api.command("persistent_notification/get"),
        "system log": await api.command("system_log/list"),
        "system health": await api.command("system_health/info", events=1),
        "history by REST": await api.get(
            f"/api/history/period/{start}?filter_entity_id={','.join(entity_ids)}"
        ),
        "logbook of devices": await api.command(
            "logbook/get_events", start_time=start, entity_ids=entity_ids
        ),
        "templates": await api.command(
            "render_template", template=EVERYTHING, events=1
        ),
        "statistics": await api.command("recorder/list_statistic_ids"),
    }
    return {name: json.dumps(value) for name, value in found.items()}


def _read(folder: Path) -> dict[str, str]:
    """Return every file that Home Assistant wrote, the database apart."""
    return {
        str(path.relative_to(folder)): path.read_text("utf-8", errors="replace")
        for path in folder.rglob("*")
        if path.is_file()
        and "custom_components" not in path.parts
        and ".db" not in path.name
    }


def test_pattern_has_bounds() -> None:
    pattern = digits_pattern(frozenset({"940271"}))
    assert pattern.findall('"940271" x940271y') == ["940271", "940271"]
    assert not pattern.findall("9402715 1940271 10:00:00.940271")
