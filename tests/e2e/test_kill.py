"""A real Home Assistant is killed with SIGKILL while it changes codes.

Afterwards each lock holds what was asked for, or what is reported. Nothing is silent and
nothing is there twice.
"""

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import datetime
import os
from pathlib import Path
import random

import pytest

from demo.api import Json
from demo.errors import DemoError
from demo.integration import DOMAIN, add_integration, find_locks
from demo.waiting import wait_for
from demo.world import Options, World, running_world

from .killing import Ask, Operation, Victim

# Longer than lists may lag, after which the journal is settled.
SETTLE_TIMEOUT = 120.0
APPEAR_TIMEOUT = 60.0
GONE = {"removed", "removing", "expired"}


@pytest.fixture
def world(tmp_path: Path, runner: asyncio.Runner) -> Iterator[World]:
    stack = AsyncExitStack()
    try:
        yield runner.run(
            stack.enter_async_context(running_world(Options(folder=tmp_path / "kill")))
        )
    finally:
        runner.run(stack.aclose())


@pytest.mark.parametrize(
    "rounds", [2, pytest.param(14, marks=pytest.mark.long)], ids=["short", "many"]
)
def test_killed_in_the_middle(
    runner: asyncio.Runner, world: World, rounds: int
) -> None:
    seed = int(os.environ.get("WALK_SEED") or random.SystemRandom().randrange(2**32))
    print(f"WALK_SEED={seed}")  # noqa: T201 - shown when an assertion fails
    runner.run(_async_kill_and_look(world, rounds, random.Random(seed)))


async def _async_kill_and_look(
    world: World, rounds: int, chance: random.Random
) -> None:
    await add_integration(world)
    expected = {lock.device_id for lock in world.cloud.access.locks}

    async def appeared() -> bool:
        return expected <= (await find_locks(world)).keys()

    await wait_for("locks", appeared, timeout=APPEAR_TIMEOUT)
    victim = Victim(world, await find_locks(world), chance)
    for number in range(rounds):
        await victim.async_round(number)
    assert any(not ask.is_told for ask in victim.asks)
    complaints: list[str] = []

    async def is_settled() -> bool:
        await victim.async_wake()
        complaints[:] = [
            line for ask in victim.asks for line in await _async_complaints(victim, ask)
        ]
        return not complaints

    try:
        await wait_for("settled journal", is_settled, timeout=SETTLE_TIMEOUT)
    except DemoError:
        asks = "\n".join(map(str, victim.asks))
        pytest.fail("\n".join([*complaints, asks]))


async def _async_complaints(victim: Victim, ask: Ask) -> list[str]:
    """Return what is wrong with one ask."""
    world, entity_id = victim.world, ask.lock.entity()
    answer = await world.api.call(
        DOMAIN, "list_passwords", {"entity_id": [entity_id]}, response=True
    )
    found = [
        code for code in answer[entity_id]["passwords"] if code["name"] == ask.name
    ]
    held = {
        code["password_id"]: code
        for code in (await world.cloud.look(f"/locks/{ask.lock.device_id}"))["codes"]
    }
    told = await _async_reports(world, ask)
    what = f"{ask.name}: {[code['status'] for code in found]}, {told}"
    if ask.operation is Operation.OFFLINE:
        problems = _offline_problems(ask, told)
    elif ask.operation is Operation.DELETE:
        problems = _deletion_problems(ask, found, held, told)
    elif ask.operation is Operation.UPDATE:
        problems = _change_problems(ask, found, held, told)
    else:
        problems = _creation_problems(ask, found, held, told)
    return [f"{what}: {problem}" for problem in problems]


async def _async_reports(world: World, ask: Ask) -> set[str]:
    """Return the repairs that name a code."""
    issues = (await world.api.command("repairs/list_issues"))["issues"]
    return {
        issue["translation_key"]
        for issue in issues
        if issue["domain"] == DOMAIN
        and ask.name in (issue["translation_placeholders"] or {}).get("code", "")
    }


def _is_silent(ask: Ask, told: set[str], *reports: str) -> bool:
    """Tell whether something left for the cloud and nobody was told that it was lost."""
    return ask.sent > 0 and not ask.was_refused and not told & set(reports)


def _creation_problems(
    ask: Ask, found: list[Json], held: dict[str, Json], told: set[str]
) -> list[str]:
    if ask.done > 1 or len(found) > 1:
        return ["doubled"]
    if not found:
        return ["lost"] if _is_silent(ask, told, "creation_not_done") else []
    (code,) = found
    problems = []
    if code["status"] != "active" or code["id"] not in map(str, held):
        problems.append("not on the lock")
    if not code["made_here"]:
        problems.append("not known to be ours")
    unseen = ask.operation is Operation.CREATE and not ask.is_told
    if unseen and "digits_unseen" not in told:
        problems.append("nobody has seen the digits")
    return problems


def _change_problems(
    ask: Ask, found: list[Json], held: dict[str, Json], told: set[str]
) -> list[str]:
    if len(found) != 1:
        return ["doubled or lost"]
    (code,) = found
    on_lock = next(held[key] for key in held if str(key) == code["id"])
    if datetime.fromisoformat(code["end"]).timestamp() != on_lock["end"]:
        return ["another window is shown than the lock has"]
    if code["change"] is not None:
        return ["the change is not settled"]
    done = on_lock["end"] == ask.end.timestamp()
    return ["lost"] if not done and _is_silent(ask, told, "change_not_done") else []


def _deletion_problems(
    ask: Ask, found: list[Json], held: dict[str, Json], told: set[str]
) -> list[str]:
    if len(found) > 1:
        return ["doubled"]
    opens = any(str(key) == code["id"] for key in held for code in found)
    if not opens:
        return [] if all(code["status"] in GONE for code in found) else ["it is gone"]
    if any(code["status"] == "removed" for code in found):
        return ["it is called removed and opens"]
    if any(code["status"] == "removing" for code in found):
        return ["still under way"]
    return ["lost"] if _is_silent(ask, told, "deletion_not_done") else []


def _offline_problems(ask: Ask, told: set[str]) -> list[str]:
    if ask.done > 1:
        return ["doubled"]
    reports = {"offline_code_unknown", "offline_digits_unseen"}
    if ask.is_told and not ask.was_refused:
        return []
    return ["lost"] if _is_silent(ask, told, *reports) else []
