"""Processor time of a call: sign, send, parse; against aiohttp alone, and Tuya's SDK.

All three ask the same simulated cloud, which is a process of its own, for the same list of
one code over a connection that stays open, in turns. What the processor did is counted, not
how long it took, and each round gives a ratio, so neither a faster machine nor a busy one
makes a difference. It is a process of its own, too: what a test run has in its memory costs
with every collection of garbage. aiohttp alone sends the same bytes, whose signature it was given, and
reads the answer as bytes.

Garbage is collected before each turn: whoever comes after the SDK would else clear up what it
has left. We and aiohttp take the first turn in a round equally often, since the SDK leaves other
things in the processor's memory, too.
"""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
import gc
import json
import time
from typing import Any
from unittest.mock import patch

import aiohttp
from tuya_connector import TuyaOpenAPI

from benchmarks.cloud import cloud
from custom_components.tuya_lock_manager.tuya_cloud import Credentials, TuyaLockClient

ROUNDS = 12
CALLS = 100
SDK_CALLS = 30


async def _spent(calls: int, call: Callable[[], Awaitable[object]]) -> float:
    """Return the processor time of a call, in seconds.

    The garbage that others have left is none of its cost.
    """
    gc.collect()
    started = time.process_time()
    for _ in range(calls):
        await call()
    return (time.process_time() - started) / calls


async def _given(
    session: aiohttp.ClientSession, url: str, headers: dict[str, str]
) -> bytes:
    async with session.get(url, headers=headers) as response:
        return await response.read()


async def _sent_by(client: TuyaLockClient, lock: str) -> tuple[str, dict[str, str]]:
    """Return the address and the headers that the client asks a lock's codes with."""
    request = aiohttp.ClientSession.request
    with patch.object(aiohttp.ClientSession, "request", autospec=True) as spy:
        spy.side_effect = request
        await client.list_passwords(lock)
    (_, _, url), options = spy.call_args
    return str(url), options["headers"]


async def _measure() -> list[dict[str, float]]:
    """Return seconds by who asked, round by round."""
    async with (
        cloud(locks=1, passwords=1) as at,
        aiohttp.ClientSession() as ours,
        aiohttp.ClientSession() as bare,
    ):
        login = Credentials(at["access_id"], at["access_secret"], at["base_url"])
        client = TuyaLockClient(ours, login)
        assert len(await client.list_passwords(at["lock"])) == 1
        url, headers = await _sent_by(client, at["lock"])
        assert json.loads(await _given(bare, url, headers))["success"] is True
        sdk = TuyaOpenAPI(at["base_url"], at["access_id"], at["access_secret"])
        sdk.connect()
        path = url.removeprefix(at["base_url"])

        async def ask_sdk() -> Any:
            return sdk.get(path)

        assert len((await ask_sdk())["result"]) == 1
        ways: dict[str, tuple[int, Callable[[], Awaitable[object]]]] = {
            "ours": (CALLS, partial(client.list_passwords, at["lock"])),
            "aiohttp": (CALLS, partial(_given, bare, url, headers)),
            "sdk": (SDK_CALLS, ask_sdk),
        }
        turns = ("ours", "aiohttp", "sdk"), ("aiohttp", "ours", "sdk")
        rounds = [
            {way: await _spent(*ways[way]) for way in turns[number % 2]}
            for number in range(ROUNDS + 1)
        ]
    return rounds[1:]


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_measure())))  # noqa: T201  # its answer
