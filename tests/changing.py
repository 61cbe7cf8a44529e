"""Changes of codes that exist."""

from datetime import timedelta
from typing import Any

from homeassistant.util.json import JsonObjectType

from tests.acting import async_create, async_deliver, async_list, result_of
from tests.simulated import Home

FALL_ASLEEP = timedelta(seconds=61)


async def async_update(home: Home, lock: str, **data: Any) -> JsonObjectType:
    """Change Ann's code on one lock and return its result."""
    response = await home.async_act(
        "update_password", lock, **{"password": "Ann", **data}
    )
    return result_of(response, lock)


async def async_freeze(home: Home, lock: str, **data: Any) -> JsonObjectType:
    """Freeze Ann's code on one lock and return its result."""
    response = await home.async_act(
        "freeze_password", lock, **{"password": "Ann", **data}
    )
    return result_of(response, lock)


async def async_listed(home: Home, lock: str) -> JsonObjectType:
    """Return the only listed password."""
    (listed,) = await async_list(home, lock)
    return listed


def changes(home: Home) -> int:
    """Return how often a change of a password was sent."""
    return sum(request.method == "PUT" for request in home.world.requests.entries)


async def async_made(home: Home, lock: str, **data: Any) -> JsonObjectType:
    """Set up, and make a code that the lock has; a lock that sleeps fell asleep again."""
    await home.async_setup()
    made = await async_create(home, lock, **data)
    await async_deliver(home, lock)
    await home.async_pass(FALL_ASLEEP)
    return made
