"""Fixtures of the client's tests."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from custom_components.tuya_lock_manager.tuya_cloud import (
    CallKind,
    Credentials,
    TuyaLockClient,
)
from simulator import SimClock, Simulator, World

from .fake_cloud import ACCESS_ID, ACCESS_SECRET, NOW, FakeCloud
from .simulated import NOW as SIMULATED_NOW


class Clock:
    """A machine clock that a test can move."""

    def __init__(self) -> None:
        self.time = NOW

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Clock:
    """Return the machine's clock."""
    return Clock()


@pytest.fixture
def counted() -> list[CallKind]:
    """Return the kinds of the requests sent so far."""
    return []


@pytest.fixture
async def cloud(socket_enabled: None) -> AsyncIterator[FakeCloud]:
    """Return a running cloud."""
    fake = FakeCloud()
    await fake.start()
    yield fake
    await fake.stop()


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    """Return a session."""
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
def client(
    cloud: FakeCloud,
    session: aiohttp.ClientSession,
    clock: Clock,
    counted: list[CallKind],
) -> TuyaLockClient:
    """Return a client of the cloud."""
    credentials = Credentials(ACCESS_ID, ACCESS_SECRET, cloud.url)
    return TuyaLockClient(
        session, credentials, clock=clock, on_call=counted.append, timeout=2
    )


@pytest.fixture
async def world(socket_enabled: None) -> AsyncIterator[Simulator]:
    """Return a running simulator whose clock only tests move."""
    clock = SimClock(SIMULATED_NOW, manual=True)
    async with Simulator(World(seed=7, clock=clock)) as running:
        yield running
