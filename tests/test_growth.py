"""What is stored doesn't grow for ever: what ended is forgotten a month later."""

from dataclasses import replace
from datetime import timedelta
import json
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er, issue_registry as ir
import pytest

from custom_components.tuya_lock_manager.const import DOMAIN
from simulator.locks.passwords import Outcome
from tests.acting import FRONT_DOOR, async_create, async_deliver, async_list, type_at
from tests.simulated import Home
from tests.test_plan import leave

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def _stored(home: Home, storage: dict[str, Any]) -> str:
    """Return all that is stored of an account."""
    files = [data for key, data in storage.items() if home.entry.entry_id in key]
    assert len(files) == 3
    return json.dumps(files)


@pytest.mark.parametrize("watched", [True, False])
async def test_codes_of_last_season(
    home: Home,
    hass_storage: dict[str, Any],
    entity_registry: er.EntityRegistry,
    watched: bool,
) -> None:
    """Whether or not anybody looks at the lock, and though the cloud lists them on."""
    leave(home, 1)
    await home.async_setup()
    if not watched:
        for entity in er.async_entries_for_config_entry(
            entity_registry, home.entry.entry_id
        ):
            entity_registry.async_update_entity(
                entity.entity_id, disabled_by=er.RegistryEntryDisabler.USER
            )
        await home.async_restart()
    for kind in ("custom", "time_limited", "one_time"):
        made = await async_create(
            home, "lock.front_door", type=kind, name=f"Old {kind}"
        )
        if watched:
            await async_deliver(home, FRONT_DOOR)
            type_at(home, FRONT_DOOR, made["code"])
    await home.async_pass_in_steps(DAY, 6 * HOUR)
    await home.async_act("clean_up_passwords", "lock.front_door")
    await home.async_restart()
    assert _stored(home, hass_storage).count("Old ") >= 3
    assert not watched or await async_list(home, FRONT_DOOR) == []

    await home.async_pass_in_steps(32 * DAY, DAY)
    await async_create(home, "lock.front_door", name="New", duration={"days": 3})
    await home.async_restart()
    await home.async_pass(DAY)
    await home.async_restart()
    stored = _stored(home, hass_storage)
    assert "Old " not in stored
    assert "New" in stored
    (lock,) = home.world.locks.values()
    assert "Old one_time" in {code.name for code in lock.offline.values()}
    if watched:
        names = [code["name"] for code in await async_list(home, FRONT_DOOR)]
        assert names == ["New"]


async def test_repairs_of_an_earlier_run(hass: HomeAssistant, home: Home) -> None:
    """Home Assistant keeps their ids, and only we know that nothing is wrong any more."""
    leave(home, 1)
    await home.async_setup()
    home.lock(FRONT_DOOR).forced.append(Outcome.OVERLAP)
    made = await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    registry = ir.async_get(hass)
    (key,) = (key for key in registry.issues if key[0] == DOMAIN)
    await hass.config_entries.async_unload(home.entry.entry_id)
    # As it is loaded at a start.
    registry.issues[key] = replace(
        registry.issues[key],
        active=False,
        data=None,
        translation_key=None,
        translation_placeholders=None,
    )
    home.lock(FRONT_DOOR).book.live.pop(int(str(made["id"])), None)
    await home.async_pass(DAY)
    await hass.config_entries.async_setup(home.entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert key not in registry.issues
