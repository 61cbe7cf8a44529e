"""Tuya's template passwords, made, listed and deleted."""

from typing import Any

from homeassistant.util.json import JsonObjectType

from tests.acting import result_of
from tests.simulated import Home


async def async_make(home: Home, lock: str, **data: Any) -> JsonObjectType:
    """Make a template password on one lock and return its result."""
    response = await home.async_act(
        "create_template_password", lock, **{"name": "Ann", **data}
    )
    return result_of(response, lock)


async def async_templates(home: Home, lock: str, **data: Any) -> JsonObjectType:
    """Return what the action lists for one lock."""
    return result_of(
        await home.async_act("list_template_passwords", lock, **data), lock
    )


async def async_drop(home: Home, lock: str, which: object = "Ann") -> JsonObjectType:
    """Delete a template password of one lock."""
    response = await home.async_act("delete_template_password", lock, password=which)
    return result_of(response, lock)


def names(result: JsonObjectType) -> list[object]:
    """Return the names of a listing."""
    passwords = result["passwords"]
    assert isinstance(passwords, list)
    return [entry["name"] for entry in passwords if isinstance(entry, dict)]


def changes(home: Home) -> list[str]:
    """Return the paths of all requests that change something."""
    return [
        f"{request.method} {request.path.rpartition('/door-lock/')[2]}"
        for request in home.world.requests.entries
        if request.method in {"PUT", "DELETE"}
    ]
