"""Changes of members whose answer was lost: settled by reading, never sent twice."""

from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

from homeassistant.exceptions import HomeAssistantError
import pytest

from custom_components.tuya_lock_manager import settling
from tests.acting import FRONT_DOOR, GARAGE, failing
from tests.residents import AFTER, BEFORE, async_do, resident
from tests.simulated import Home


@pytest.fixture(autouse=True)
def quick_readings() -> Iterator[None]:
    """Read the lists at once when an answer was lost: the clock stands still here."""
    with patch.object(settling, "SETTLE_PAUSES", (0, 0)):
        yield


def sent(home: Home, lock: str) -> int:
    """Return how many changes of members were sent to a lock."""
    device_id = home.lock(lock).id
    return sum(
        request.method != "GET" and request.device_id == device_id
        for request in home.world.requests.entries
    )


LOST: dict[str, tuple[str, dict[str, Any]]] = {
    "add": ("add_member", {"name": "Ann"}),
    "name": ("update_member", {"member": "Cleaner", "new_name": "Ann"}),
    "role": ("update_member", {"member": "Partner", "role": "admin"}),
    "window": ("update_member", {"member": "Cleaner", "end": "2026-06-02 12:00:00"}),
    "remove": ("remove_member", {"member": "Cleaner"}),
}


def state_of(home: Home, lock: str) -> list[object]:
    """Return what a lock and the cloud know of its people."""
    return [
        (member.name, member.role, member.permanent, member.end)
        for member in home.lock(lock).people.members.values()
    ]


@pytest.mark.parametrize("fault", AFTER)
@pytest.mark.parametrize("what", LOST)
@pytest.mark.parametrize("lock", [FRONT_DOOR, GARAGE])
async def test_lost_answers_of_what_was_done(
    home: Home, lock: str, what: str, fault: str
) -> None:
    """The lists say so, and nothing is sent twice."""
    await home.async_setup()
    before = state_of(home, lock)
    action, data = LOST[what]
    for method in ("POST", "PUT", "DELETE"):
        home.world.faults.parse(f"{fault}:calls=members,method={method},count=1")
    answer = await async_do(home, action, lock, **data)
    assert state_of(home, lock) != before
    assert answer.get("confirmed", True) is True
    assert answer.get("status", "removed") == "removed"
    assert sent(home, lock) == 1


@pytest.mark.parametrize("fault", BEFORE)
@pytest.mark.parametrize("what", LOST)
async def test_lost_answers_of_what_was_not_done(
    home: Home, what: str, fault: str
) -> None:
    """That is said after looking."""
    await home.async_setup()
    before = state_of(home, FRONT_DOOR)
    action, data = LOST[what]
    for method in ("POST", "PUT", "DELETE"):
        home.world.faults.parse(f"{fault}:calls=members,method={method},count=1")
    with failing(home, "change_not_seen"):
        await async_do(home, action, FRONT_DOOR, **data)
    assert state_of(home, FRONT_DOOR) == before
    assert sent(home, FRONT_DOOR) == 1
    home.world.faults.remove()
    await async_do(home, action, FRONT_DOOR, **data)
    assert state_of(home, FRONT_DOOR) != before


@pytest.mark.parametrize("fault", [*AFTER, *BEFORE])
async def test_a_lost_answer_that_no_list_settles(home: Home, fault: str) -> None:
    """The role of a panel member is not listed in one reading."""
    await home.async_setup()
    home.world.faults.parse(f"{fault}:path=actions/role,count=1")
    with pytest.raises(HomeAssistantError, match="no list tells") as caught:
        await async_do(
            home, "update_member", FRONT_DOOR, member="Cleaner", role="admin"
        )
    assert caught.value.translation_key == "change_not_told"
    assert sent(home, FRONT_DOOR) == 1


async def test_neither_the_answer_nor_the_list(home: Home) -> None:
    await home.async_setup()
    home.world.faults.parse("reset_after:calls=members,method=POST,count=1")
    home.world.faults.parse("http_5xx:calls=members,method=GET,skip=2")
    with pytest.raises(HomeAssistantError, match="not known whether") as caught:
        await async_do(home, "add_member", FRONT_DOOR, name="Ann")
    assert caught.value.translation_key == "outcome_unknown"
    assert sent(home, FRONT_DOOR) == 1


async def test_a_list_that_can_be_read_at_last(home: Home) -> None:
    await home.async_setup()
    home.world.faults.parse("reset_after:calls=members,method=POST,count=1")
    home.world.faults.parse("http_5xx:calls=members,method=GET,skip=2,count=1")
    added = await async_do(home, "add_member", FRONT_DOOR, name="Ann")
    assert added["id"] == resident(home, FRONT_DOOR, "Ann").user_id
