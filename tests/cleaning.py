"""Cleaning up, and what became of it."""

from homeassistant.util.json import JsonObjectType

from tests.acting import result_of
from tests.simulated import Home


async def async_clean_up(home: Home, lock: str) -> JsonObjectType:
    """Clean up one lock; return its answer. Nothing but records is ever removed."""
    asked = len(home.world.requests.entries)
    answer = result_of(await home.async_act("clean_up_passwords", lock), lock)
    for request in list(home.world.requests.entries)[asked:]:
        is_removal = request.method == "DELETE" and request.path.endswith("/record")
        assert request.method == "GET" or is_removal
    return answer


def named(answer: JsonObjectType, part: str, what: str = "status") -> dict[str, object]:
    """Return one thing of each password in a part of an answer, by their names."""
    entries = answer[part]
    assert isinstance(entries, list)
    found = {}
    for entry in entries:
        assert isinstance(entry, dict)
        assert isinstance(entry["name"], str)
        found[entry["name"]] = entry[what]
    assert len(found) == len(entries)
    return dict(found)


def removals(home: Home) -> list[str]:
    """Return the ids of the records that were asked to be removed."""
    paths = [r.path for r in home.world.requests.entries if r.method == "DELETE"]
    return [path.split("/")[-2] for path in paths if path.endswith("/record")]
