"""What 200 locks with a hundred codes each hold in memory, and what a refresh costs.

One process is one measurement: of the integration, or of an integration that adds as many
empty entities and devices. `tracemalloc` tells what Python holds once all is set up and the
garbage is collected. A refresh is measured without it, as processor time.
"""

import argparse
import asyncio
from collections import Counter
import gc
import json
from statistics import median
import time
import tracemalloc
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er

from benchmarks.cloud import cloud
from benchmarks.empty import async_empty
from benchmarks.house import async_set_up, house

PASSWORDS = 100
ROUNDS = 5


async def _async_own(locks: int) -> dict[str, Any]:
    """Return what the integration holds, in bytes, and the entities of each device."""
    async with cloud(locks, PASSWORDS) as at, house() as hass:
        before = _held()
        entry = await async_set_up(hass, at)
        held = _held() - before
        plan: dict[str, Counter[str]] = {}
        for entity in er.async_get(hass).entities.values():
            plan.setdefault(entity.domain, Counter())[entity.device_id or ""] += 1
        devices = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
        return {"held": held, "plan": plan, "devices": [one.id for one in devices]}


async def _async_empty(plan: dict[str, dict[str, int]], devices: list[str]) -> int:
    """Return what the empty integration holds, in bytes."""
    async with house() as hass:
        before = _held()
        counts = {domain: Counter(count) for domain, count in plan.items()}
        entry = async_empty(hass, counts, devices)
        assert await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done()
        assert len(er.async_get(hass).entities) == sum(
            map(Counter.total, counts.values())
        )
        return _held() - before


def _held() -> int:
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


async def _async_refresh(locks: int) -> float:
    """Return the processor time of a refresh for each lock, in seconds."""
    async with cloud(locks, PASSWORDS) as at, house() as hass:
        await async_set_up(hass, at)
        buttons = [
            entity.entity_id
            for entity in er.async_get(hass).entities.values()
            if entity.unique_id.endswith("_refresh")
        ]
        assert len(buttons) == locks
        gc.collect()
        gc.freeze()
        spent = [await _async_press(hass, buttons) for _ in range(ROUNDS)]
        return median(spent) / locks


async def _async_press(hass: HomeAssistant, buttons: list[str]) -> float:
    started = time.process_time()
    await hass.services.async_call(
        "button", "press", {"entity_id": buttons}, blocking=True
    )
    await hass.async_block_till_done()
    return time.process_time() - started


async def _run(options: argparse.Namespace) -> Any:
    if options.refresh:
        return await _async_refresh(options.refresh)
    tracemalloc.start()
    if options.empty:
        like = json.loads(options.empty)
        return await _async_empty(like["plan"], like["devices"])
    return await _async_own(options.locks)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--locks", type=int, default=200)
    parser.add_argument("--empty", help="what the integration had, as JSON")
    parser.add_argument("--refresh", type=int, help="so many locks")
    print(json.dumps(asyncio.run(_run(parser.parse_args()))))  # noqa: T201  # its answer
