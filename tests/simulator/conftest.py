"""What the tests of the simulator share."""

from collections.abc import AsyncGenerator, Callable
from datetime import UTC, datetime

import aiohttp
import pytest

from simulator import SimClock, Simulator, World
from tests.simulator.customer import Customer

# A Monday, half past nine.
NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC).timestamp()
FAMILIES = ("Front door", "Garage", "Office", "Shed", "Garden gate")


@pytest.fixture
def new_world() -> Callable[[], World]:
    """Return a maker of worlds whose clocks only tests move."""
    return lambda: World(seed=3, clock=SimClock(NOW, manual=True))


@pytest.fixture
async def simulator(
    socket_enabled: None, new_world: Callable[[], World]
) -> AsyncGenerator[Simulator]:
    """Return a running simulator."""
    async with Simulator(new_world()) as running:
        yield running


@pytest.fixture
async def session() -> AsyncGenerator[aiohttp.ClientSession]:
    """Return a session."""
    timeout = aiohttp.ClientTimeout(total=5)
    async with aiohttp.ClientSession(timeout=timeout) as made:
        yield made


@pytest.fixture
async def customer(simulator: Simulator, session: aiohttp.ClientSession) -> Customer:
    """Return a customer with a token."""
    made = Customer(simulator, session)
    await made.connect()
    return made
