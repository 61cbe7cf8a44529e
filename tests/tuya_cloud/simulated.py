"""Helpers of the tests against the simulator."""

from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp

from custom_components.tuya_lock_manager.tuya_cloud import (
    Credentials,
    PasswordRequest,
    TuyaLockClient,
)
from simulator import Simulator
from simulator.locks.delivery import wake
from simulator.locks.lock import Lock

NOW = 1_800_000_000
DIGITS = {"Front door": 6, "Garage": 7, "Office": 6, "Shed": 6, "Garden gate": 6}


def client_of(
    world: Simulator, session: aiohttp.ClientSession, timeout: float = 2
) -> TuyaLockClient:
    """Return a client of a simulator."""
    told = world.started()
    credentials = Credentials(
        str(told["access_id"]), str(told["access_secret"]), world.base_url
    )
    return TuyaLockClient(
        session, credentials, clock=world.world.clock.now, timeout=timeout
    )


def request_for(lock: Lock, **changes: Any) -> PasswordRequest:
    """Return a password for the next day."""
    length = DIGITS[lock.device.name]
    start = datetime.fromtimestamp(lock.now, UTC)
    fields: dict[str, Any] = {
        "name": "guest",
        "digits": "8305172"[:length],
        "start": start,
        "end": start + timedelta(days=1),
        "digits_length": length,
    }
    return PasswordRequest(**fields | changes)


def arrive(world: Simulator, lock: Lock) -> None:
    """Let everything that waits for a lock reach it."""
    world.world.clock.advance(30)
    world.world.settle()
    wake(lock, lock.now)
