"""A real Home Assistant and a simulated cloud for each module of end-to-end tests."""

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack

import pytest

from demo.home_assistant import CONFIGURATION
from demo.integration import LockInHomeAssistant, add_integration, find_locks
from demo.walk import Walk
from demo.world import REPOSITORY, Options, running_world

STATE = REPOSITORY / ".local" / "e2e"
# A calendar to take bookings from; Home Assistant's own ones need libraries.
RENTAL = REPOSITORY / "tests" / "e2e" / "components"


@pytest.fixture(scope="session")
def runner() -> Iterator[asyncio.Runner]:
    """Return the event loop that everything asynchronous of a session shares."""
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="module")
def walk(runner: asyncio.Runner) -> Iterator[Walk]:
    """Return a walk at its beginning: both programs run, nothing is set up.

    Each module has a house of its own, so that no codes of others are on its locks.
    """
    stack = AsyncExitStack()
    try:
        world = runner.run(
            stack.enter_async_context(
                running_world(
                    Options(
                        folder=STATE,
                        configuration=f"{CONFIGURATION}calendar:\n  platform: rental\n",
                        components=(RENTAL,),
                    )
                )
            )
        )
        yield Walk(world)
    finally:
        runner.run(stack.aclose())


@pytest.fixture
def locks(runner: asyncio.Runner, walk: Walk) -> dict[str, LockInHomeAssistant]:
    """Return the locks, once the integration is there."""
    runner.run(add_integration(walk.world))
    return runner.run(find_locks(walk.world))
