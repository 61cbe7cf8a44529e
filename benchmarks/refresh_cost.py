"""A refresh of 50 locks over a slow line: how long it takes, of what it must take.

It takes at least as many times the latency as there are calls for each of those that may
go at once. The simulated cloud answers a tenth of a second late.
"""

import asyncio
from collections.abc import Awaitable, Callable
import json
from statistics import median
import time
from typing import Any

import aiohttp
from homeassistant.helpers import entity_registry as er

from benchmarks.cloud import cloud
from benchmarks.house import async_set_up, house
from custom_components.tuya_lock_manager.tuya_cloud.transport import READINGS_AT_ONCE

LOCKS = 50
LATENCY = 0.1
ROUNDS = 3


async def _calls(session: aiohttp.ClientSession, at: dict[str, Any]) -> int:
    async with session.get(f"{at['control_url']}/requests?count=1") as answer:
        counts = await answer.json()
    return sum(count for count in counts.values() if isinstance(count, int))


async def _over_bound(
    work: Callable[[], Awaitable[object]],
    session: aiohttp.ClientSession,
    at: dict[str, Any],
) -> dict[str, float]:
    before = await _calls(session, at)
    started = time.perf_counter()
    await work()
    took = time.perf_counter() - started
    calls = await _calls(session, at) - before
    bound = calls / READINGS_AT_ONCE * LATENCY
    return {
        "calls": calls,
        "seconds": round(took, 2),
        "bound": round(bound, 2),
        "ratio": round(took / bound, 3),
    }


async def _measure() -> dict[str, dict[str, float]]:
    async with (
        cloud(locks=LOCKS, fault=f"latency:seconds={LATENCY}") as at,
        aiohttp.ClientSession() as control,
        house() as hass,
    ):
        start = await _over_bound(lambda: async_set_up(hass, at), control, at)
        buttons = [
            entity.entity_id
            for entity in er.async_get(hass).entities.values()
            if entity.unique_id.endswith("_refresh")
        ]
        assert len(buttons) == LOCKS

        async def press() -> None:
            await hass.services.async_call(
                "button", "press", {"entity_id": buttons}, blocking=True
            )

        pressed = [await _over_bound(press, control, at) for _ in range(ROUNDS)]
    middle = median(one["ratio"] for one in pressed)
    return {
        "first set-up": start,
        "refresh": next(one for one in pressed if one["ratio"] == middle),
    }


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_measure())))  # noqa: T201  # its answer
