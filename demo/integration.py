"""Tuya Lock Manager as seen through Home Assistant's API: entry, devices, entities, actions."""

from collections.abc import Mapping
from dataclasses import dataclass

from .api import Json
from .errors import DemoError, StepError, require
from .waiting import wait_for
from .world import World

DOMAIN = "tuya_lock_manager"
MAIN_ENTITY = ""
LOAD_TIMEOUT = 60.0


async def add_integration(world: World) -> str:
    """Add the integration through its config flow, if a kept Home Assistant hasn't it.

    Returns the entry's id, once the entry is loaded.
    """
    access = world.cloud.access
    answers = {
        "access_id": access.access_id,
        "access_secret": access.access_secret,
        "data_center": "custom",
        "url": access.base_url,
    }
    if not await _entries(world):
        await _walk_flow(world, answers)

    async def loaded() -> str | None:
        entries = await _entries(world)
        return (
            entries[0]["entry_id"]
            if entries and entries[0]["state"] == "loaded"
            else None
        )

    return await wait_for("loaded config entry", loaded, timeout=LOAD_TIMEOUT)


async def _entries(world: World) -> list[Json]:
    entries: list[Json] = await world.api.get(
        f"/api/config/config_entries/entry?domain={DOMAIN}"
    )
    return entries


async def _walk_flow(world: World, answers: Mapping[str, str]) -> None:
    path = "/api/config/config_entries/flow"
    step = await world.api.post(path, {"handler": DOMAIN})
    seen: list[str] = []
    while step["type"] == "form":
        if step["errors"]:
            raise StepError(
                f"the config flow's step {step['step_id']} says {step['errors']}"
            )
        if step["step_id"] in seen:
            raise StepError(f"the config flow asks for {step['step_id']} twice")
        seen.append(step["step_id"])
        step = await world.api.post(
            f"{path}/{step['flow_id']}", _answer(step["data_schema"], answers)
        )
    if step["type"] != "create_entry":
        raise StepError(
            f"the config flow ended with {step['type']}: {step.get('reason')}"
        )


def _answer(schema: list[Json], answers: Mapping[str, str]) -> dict[str, object]:
    """Fill in a form: every field that we have an answer for, sections included."""
    filled: dict[str, object] = {}
    for fields in schema:
        if fields.get("type") == "expandable":
            filled[fields["name"]] = _answer(fields["schema"], answers)
        elif fields["name"] in answers:
            filled[fields["name"]] = answers[fields["name"]]
    return filled


@dataclass(frozen=True, slots=True)
class LockInHomeAssistant:
    """A lock's device and entities; `entities` maps our key ("" for the lock) to entity ids."""

    device_id: str
    name: str
    model: str
    entities: Mapping[str, str]

    def entity(self, key: str = MAIN_ENTITY) -> str:
        """Return the id of one of the lock's entities."""
        if key not in self.entities:
            raise StepError(
                f"{self.name} has no entity {key!r}, only {sorted(self.entities)}"
            )
        return self.entities[key]


async def find_locks(world: World) -> dict[str, LockInHomeAssistant]:
    """Return the locks that Home Assistant shows, by Tuya's device id."""
    devices = await world.api.command("config/device_registry/list")
    registry = await world.api.command("config/entity_registry/list")
    ours = [entry for entry in registry if entry["platform"] == DOMAIN]
    details = await world.api.command(
        "config/entity_registry/get_entries",
        entity_ids=[entry["entity_id"] for entry in ours],
    )
    locks: dict[str, LockInHomeAssistant] = {}
    for device in devices:
        ids = [value for domain, value in device["identifiers"] if domain == DOMAIN]
        entities = {
            _key(entry["unique_id"], ids[0]): entity_id
            for entity_id, entry in details.items()
            if entry and ids and entry["device_id"] == device["id"]
        }
        # A gateway is a device of ours too, without a lock entity.
        if MAIN_ENTITY in entities:
            locks[ids[0]] = LockInHomeAssistant(
                ids[0],
                device["name_by_user"] or device["name"],
                device["model"] or "",
                entities,
            )
    return locks


def _key(unique_id: str, device_id: str) -> str:
    return unique_id.removeprefix(device_id).removeprefix("_")


class Actions:
    """The integration's actions, each with one lock's own result or refusal."""

    def __init__(self, world: World) -> None:
        """Call actions in this world's Home Assistant."""
        self._api = world.api

    async def on_locks(
        self, action: str, entity_ids: list[str], **data: object
    ) -> dict[str, Json]:
        """Call an action on several locks; return each lock's answer by its entity id."""
        answer: dict[str, Json] = await self._api.call(
            DOMAIN, action, {"entity_id": entity_ids, **data}, response=True
        )
        require(
            set(answer) == set(entity_ids),
            f"{action} answered for {sorted(answer)}, not for all",
        )
        return answer

    async def on_lock(self, action: str, entity_id: str, **data: object) -> Json:
        """Call an action on one lock; raise `StepError` if the lock refuses."""
        answer = (await self.on_locks(action, [entity_id], **data))[entity_id]
        if "error" in answer:
            raise StepError(f"{action} on {entity_id}: {answer['error']}")
        return answer

    async def passwords(self, entity_id: str) -> dict[str, Json]:
        """Return a lock's passwords by id, as `list_passwords` tells them."""
        answer = await self.on_lock("list_passwords", entity_id)
        return {password["id"]: password for password in answer["passwords"]}


async def number(world: World, entity_id: str) -> int | None:
    """Return the whole number that a sensor shows, `None` where it shows none."""
    state = await world.api.state(entity_id)
    if state is None:
        raise DemoError(f"there is no entity {entity_id}")
    try:
        return int(float(state["state"]))
    except ValueError:
        return None
