"""A start of Home Assistant with 20 locks, all of it remembered: what it does to the loop.

In turns with it an integration starts that adds as many empty entities and devices. What is
compared is the processor time until the platforms are set up.
"""

import asyncio
import gc
import json
import time
from types import CodeType
from typing import Any
from unittest.mock import patch

from homeassistant.config_entries import ConfigEntries, ConfigEntry
from homeassistant.const import EVENT_HOMEASSISTANT_STARTED
from homeassistant.core import CoreState, HomeAssistant
from homeassistant.helpers import entity_registry as er

from benchmarks.cloud import cloud
from benchmarks.empty import async_empty_like
from benchmarks.house import async_set_up, house
from benchmarks.stretches import watched

LOCKS = 20
PASSWORDS = 20
ROUNDS = 15


async def _async_start(hass: HomeAssistant, entry: ConfigEntry) -> None:
    hass.set_state(CoreState.not_running)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    hass.set_state(CoreState.running)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)
    await hass.async_block_till_done(wait_background_tasks=True)


async def _async_stop(hass: HomeAssistant, entry: ConfigEntry) -> None:
    assert await hass.config_entries.async_unload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)


async def _async_adding(hass: HomeAssistant, entry: ConfigEntry) -> float:
    """Start an entry; return the processor time that its platforms took, in seconds."""
    spent = 0.0
    forward = ConfigEntries.async_forward_entry_setups

    async def timed(entries: ConfigEntries, *args: Any) -> None:
        nonlocal spent
        started = time.process_time()
        await forward(entries, *args)
        spent += time.process_time() - started

    await _async_stop(hass, entry)
    gc.collect()
    with patch.object(ConfigEntries, "async_forward_entry_setups", timed):
        await _async_start(hass, entry)
    return spent


async def _measure() -> dict[str, Any]:
    async with cloud(locks=LOCKS, passwords=PASSWORDS) as at, house() as hass:
        own = await async_set_up(hass, at)
        empty = async_empty_like(hass, own)
        assert await hass.config_entries.async_setup(empty.entry_id)
        await hass.async_block_till_done()
        registry = er.async_get(hass)
        own_count, empty_count = (
            len(er.async_entries_for_config_entry(registry, entry.entry_id))
            for entry in (own, empty)
        )
        assert own_count == empty_count
        # What the libraries and the test kit hold is not looked through again and again.
        gc.collect()
        gc.freeze()
        adding = [
            {
                "own": await _async_adding(hass, own),
                "empty": await _async_adding(hass, empty),
            }
            for _ in range(ROUNDS)
        ][1:]
        stretches = []
        borders: set[CodeType] = set()
        for _ in range(ROUNDS // 2):
            await _async_stop(hass, own)
            with watched(borders) as stretch:
                await _async_start(hass, own)
            borders |= stretch.borders
            stretches.append((stretch.longest / 1e6, stretch.where))
    return {"entities": own_count, "adding": adding, "stretches": stretches[1:]}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_measure())))  # noqa: T201  # its answer
