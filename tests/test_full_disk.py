"""A disk that takes nothing: what can't be noted first is not sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from homeassistant.helpers import storage
from homeassistant.util.file import WriteError
import pytest

from custom_components.tuya_lock_manager.store import TellingStore
from tests.acting import (
    FRONT_DOOR,
    async_create,
    async_deliver,
    async_list,
    failing,
    opens,
)
from tests.simulated import Home

CHANGES: list[tuple[str, dict[str, Any]]] = [
    ("create_temp_password", {"name": "Bob"}),
    ("create_temp_password", {"name": "Bob", "type": "time_limited"}),
    ("create_temp_password", {"name": "Bob", "code": "739215", "reference": "bob"}),
    ("create_template_password", {"name": "Bob"}),
    ("update_password", {"password": "Ann", "duration": {"hours": 3}}),
    ("update_password", {"password": "Ann", "new_code": True}),
    ("freeze_password", {"password": "Ann"}),
    ("delete_password", {"password": "Ann"}),
    ("issue_clear_code", {"password": "Eve"}),
]


@contextmanager
def full_disk(error: type[Exception] = WriteError) -> Iterator[None]:
    """Refuse whatever Home Assistant writes to its storage."""
    with patch.object(
        storage.Store, "_async_write_data", side_effect=error("No space left")
    ):
        yield


@pytest.mark.parametrize(("action", "data"), CHANGES)
async def test_nothing_is_sent(home: Home, action: str, data: dict[str, Any]) -> None:
    """The user is told, and everything is as it was; with room again, it works."""
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR)
    await async_create(home, FRONT_DOOR, name="Eve", type="time_limited")
    await async_deliver(home, FRONT_DOOR)
    before = await async_list(home, FRONT_DOOR)
    asked = len(home.world.requests.entries)
    with full_disk(), failing(home, "not_saved"):
        await home.async_act(action, FRONT_DOOR, **data)
    sent = list(home.world.requests.entries)[asked:]
    changed = [r for r in sent if r.method != "GET" and "ticket" not in r.path]
    assert not changed
    assert await async_list(home, FRONT_DOOR) == before
    assert opens(home, FRONT_DOOR, made["code"])
    await home.async_act(action, FRONT_DOOR, **data)


async def test_a_folder_that_can_not_be_made(home: Home) -> None:
    """The system's own errors count, too."""
    await home.async_setup()
    with full_disk(PermissionError), failing(home, "not_saved"):
        await async_create(home, FRONT_DOOR)


async def test_a_disk_that_fills_while_the_cloud_works(home: Home) -> None:
    """The code exists, so its digits are answered all the same."""
    await home.async_setup()
    original = TellingStore.async_write
    written: list[bool] = []

    async def first_only(store: TellingStore, data: Any) -> bool:
        if written:
            with full_disk():
                written.append(await original(store, data))
        else:
            written.append(await original(store, data))
        return written[-1]

    with patch.object(TellingStore, "async_write", first_only):
        made = await async_create(home, FRONT_DOOR)
    assert written[:2] == [True, False]
    await async_deliver(home, FRONT_DOOR)
    assert opens(home, FRONT_DOOR, made["code"])
