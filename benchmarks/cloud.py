"""The simulated cloud as a process of its own, so that its work isn't counted as ours."""

import argparse
import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
import json
import sys
import time
from typing import Any

from simulator import SimClock, Simulator, World
from simulator.locks.lock import Lock
from simulator.locks.passwords import OnlinePassword, Outcome

DAY = 86400
_MODELS = ("zigbee_deadbolt", "wifi_sleepy", "ble_gateway", "mk_keypad")


def furnish(world: World, locks: int, passwords: int) -> None:
    """Put locks of every kind into a world, each with so many codes on it."""
    for number in range(locks):
        lock = world.add_lock(_MODELS[number % len(_MODELS)], f"Door {number:03}")
        for slot in range(passwords):
            _put(lock, slot)


def _put(lock: Lock, slot: int) -> None:
    now = int(lock.now)
    code = OnlinePassword(
        id=lock.around.number(),
        name=f"Guest {slot:03}",
        digits=f"{slot + 390417:0{lock.code_length}}",
        readable=True,
        start=now - DAY,
        end=now + (slot + 7) * DAY,
        created=now - DAY,
        outcome=Outcome.SUCCESS,
        slot=slot,
        stepped=now - DAY,
    )
    lock.book.note(code, now - DAY)


@asynccontextmanager
async def cloud(
    locks: int, passwords: int = 0, fault: str = ""
) -> AsyncIterator[dict[str, Any]]:
    """Run it; the value is what it says of itself at its start."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "benchmarks.cloud",
        *("--locks", str(locks), "--passwords", str(passwords), "--fault", fault),
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        yield json.loads(await process.stdout.readline())
    finally:
        process.terminate()
        await process.wait()


async def _run(options: argparse.Namespace) -> None:
    world = World(seed=7, locks=[], clock=SimClock(time.time()))
    furnish(world, options.locks, options.passwords)
    if options.fault:
        world.faults.parse(options.fault)
    async with Simulator(world) as simulator:
        started = {"base_url": simulator.base_url, "control_url": simulator.control_url}
        project = world.project
        login = {
            "access_id": project.access_id,
            "access_secret": project.access_secret,
            "lock": next(iter(world.locks)),
        }
        print(json.dumps(started | login), flush=True)  # noqa: T201  # its answer
        await simulator.stopped.wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--locks", type=int, default=1)
    parser.add_argument("--passwords", type=int, default=0)
    parser.add_argument("--fault", default="")
    asyncio.run(_run(parser.parse_args()))
