"""Blueprints and triggers on the newest Home Assistant, used as a user's browser does it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from demo.integration import DOMAIN, LockInHomeAssistant
from demo.waiting import wait_for
from demo.walk import Walk
from demo.world import REPOSITORY, World
from tests.rules.automations import KINDS, described

BLUEPRINTS = REPOSITORY / "blueprints" / "automation" / DOMAIN
COMPONENT = REPOSITORY / "custom_components" / DOMAIN


@asynccontextmanager
async def _serving() -> AsyncIterator[str]:
    """Offer the files by HTTP, as a web site does; yield the address of the folder."""
    app = web.Application()
    app.router.add_static("/", BLUEPRINTS)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        yield f"http://{host}:{port}"
    finally:
        await runner.cleanup()


async def _import(world: World, url: str, name: str) -> None:
    """Import a blueprint as the button does, and save what came."""
    found = await world.api.command("blueprint/import", url=f"{url}/{name}.yaml")
    assert not found["validation_errors"]
    about = found["blueprint"]["metadata"]
    assert about["domain"] == "automation"
    await world.api.command(
        "blueprint/save",
        domain="automation",
        path=f"{DOMAIN}/{name}",
        yaml=found["raw_data"],
        source_url=f"{url}/{name}.yaml",
    )


async def _automate(world: World, id_: str, config: dict[str, Any]) -> str:
    """Make an automation as the editor does; return its entity id once it is on."""
    entity_id = f"automation.{id_}"
    await world.api.post(
        f"/api/config/automation/config/{id_}",
        {"alias": id_.replace("_", " "), **config},
    )

    async def is_on() -> bool:
        state = await world.api.state(entity_id)
        return state is not None and state["state"] == "on"

    await wait_for(f"{entity_id} to be on", is_on, timeout=20)
    return entity_id


async def _use_all(world: World, front_door: str) -> None:
    names = sorted(path.stem for path in BLUEPRINTS.glob("*.yaml"))
    assert len(names) == 7
    async with _serving() as url:
        for name in names:
            await _import(world, url, name)
    listed = await world.api.command("blueprint/list", domain="automation")
    for name in names:
        assert "error" not in listed[f"{DOMAIN}/{name}.yaml"]
        inputs: dict[str, Any] = {"locks": {"entity_id": [front_door]}}
        if name == "guest_arrives":
            inputs["calendar"] = "calendar.front_door_codes"
        use = {"path": f"{DOMAIN}/{name}.yaml", "input": inputs}
        await _automate(world, name, {"use_blueprint": use})


def test_blueprints(
    runner: asyncio.Runner, walk: Walk, locks: dict[str, LockInHomeAssistant]
) -> None:
    """Each is imported, and an automation is made of it with nothing but what it needs."""
    (front,) = [lock for lock in locks.values() if lock.name == "Front door"]
    runner.run(_use_all(walk.world, front.entity()))


async def _described(world: World, kind: str) -> dict[str, Any]:
    command = f"{kind[:-1]}_platforms/subscribe"
    (told,) = await world.api.command(command, events=1)
    return {
        key.removeprefix(f"{DOMAIN}."): value
        for key, value in told["event"].items()
        if key.startswith(f"{DOMAIN}.")
    }


def test_the_editor_knows_triggers_and_conditions(
    runner: asyncio.Runner, walk: Walk, locks: dict[str, LockInHomeAssistant]
) -> None:
    for kind in KINDS:
        known = runner.run(_described(walk.world, kind))
        ours = described(COMPONENT, kind)
        assert known.keys() == ours.keys()
        for name, value in known.items():
            assert value["fields"].keys() == ours[name]["fields"].keys()


async def _hear_of_a_code(world: World, lock: str) -> None:
    target = {"entity_id": lock}
    entity_id = await _automate(
        world,
        "hear",
        {
            "triggers": [{"trigger": f"{DOMAIN}.password_delivered", "target": target}],
            "conditions": [
                {
                    "condition": f"{DOMAIN}.has_active_password",
                    "target": target,
                    "options": {"password": "Heard"},
                }
            ],
            "actions": [
                {
                    "action": "persistent_notification.create",
                    "data": {
                        "notification_id": "heard",
                        "message": "{{ trigger.password }} {{ trigger.status }}",
                    },
                }
            ],
        },
    )
    await world.api.call(
        DOMAIN, "create_temp_password", {**target, "name": "Heard"}, response=True
    )

    async def notified() -> str | None:
        notes = await world.api.command("persistent_notification/get")
        texts = [
            note["message"] for note in notes if note["notification_id"] == "heard"
        ]
        return texts[0] if texts else None

    assert await wait_for("the news", notified, timeout=60) == "Heard active"
    state = await world.api.state(entity_id)
    assert state["attributes"]["last_triggered"] is not None


def test_an_automation_hears_of_a_code(
    runner: asyncio.Runner, walk: Walk, locks: dict[str, LockInHomeAssistant]
) -> None:
    (front,) = [lock for lock in locks.values() if lock.name == "Front door"]
    runner.run(_hear_of_a_code(walk.world, front.entity()))
