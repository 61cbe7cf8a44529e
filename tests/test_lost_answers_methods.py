"""Changes of unlock methods whose answer was lost: settled by reading, sent once."""

from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest

from custom_components.tuya_lock_manager import settling
from tests.acting import FRONT_DOOR, GARAGE, failing
from tests.residents import AFTER, BEFORE, async_do, changes, method_at, strike
from tests.simulated import Home


@pytest.fixture(autouse=True)
def quick_readings() -> Iterator[None]:
    """Read the lists at once when an answer was lost: the clock stands still here."""
    with patch.object(settling, "SETTLE_PAUSES", (0, 0)):
        yield


LOST: dict[str, tuple[str, dict[str, Any]]] = {
    "name": ("update_unlock_method", {"method": "thumb", "new_name": "left"}),
    "duress": ("update_unlock_method", {"method": "thumb", "duress": True}),
    "unassign": ("update_unlock_method", {"method": "thumb", "unassign": True}),
    "assign": (
        "update_unlock_method",
        {"method": "fingerprint 3", "assign_to": "Cleaner"},
    ),
    "remove": ("remove_unlock_method", {"method": "blue card"}),
}


@pytest.mark.parametrize("fault", AFTER)
@pytest.mark.parametrize("what", LOST)
@pytest.mark.parametrize("lock", [FRONT_DOOR, GARAGE])
async def test_lost_answers_of_what_was_done(
    home: Home, lock: str, what: str, fault: str
) -> None:
    """The lists say so, and nothing is sent twice."""
    await home.async_setup()
    before = home.lock(lock).as_json()["methods"]
    action, data = LOST[what]
    strike(home, fault)
    answer = await async_do(home, action, lock, **data)
    assert home.lock(lock).as_json()["methods"] != before
    assert answer.get("confirmed", True) is True
    assert answer.get("status", "removed") == "removed"
    assert changes(home) == 1


@pytest.mark.parametrize("fault", BEFORE)
@pytest.mark.parametrize("what", LOST)
async def test_lost_answers_of_what_was_not_done(
    home: Home, what: str, fault: str
) -> None:
    """That is said after looking."""
    await home.async_setup()
    before = home.lock(FRONT_DOOR).as_json()["methods"]
    action, data = LOST[what]
    strike(home, fault)
    with failing(home, "change_not_seen"):
        await async_do(home, action, FRONT_DOOR, **data)
    assert home.lock(FRONT_DOOR).as_json()["methods"] == before
    assert changes(home) == 1


async def test_a_name_that_no_list_settles(home: Home) -> None:
    """What nobody owns is listed without a name."""
    await home.async_setup()
    fields = {"method": "fingerprint 3", "new_name": "ring"}
    changed = await async_do(home, "update_unlock_method", FRONT_DOOR, **fields)
    assert (changed["name"], changed["confirmed"]) == ("", False)
    assert method_at(home, FRONT_DOOR, "fingerprint", 3).name == "ring"
    strike(home, "reset_after")
    with failing(home, "change_not_told"):
        await async_do(home, "update_unlock_method", FRONT_DOOR, **fields)
