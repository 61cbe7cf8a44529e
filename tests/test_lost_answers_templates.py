"""Template passwords whose answer was lost: the lists are read before anything is said."""

from collections.abc import Iterator
from unittest.mock import patch

from homeassistant.exceptions import HomeAssistantError
import pytest

from custom_components.tuya_lock_manager import custom_codes
from tests.acting import (
    FRONT_DOOR,
    OFFICE,
    ONLINE_LOCKS,
    async_deliver,
    async_list,
    check_text,
    failing,
    opens,
    result_of,
)
from tests.simulated import Home


@pytest.fixture(autouse=True)
def quick_readings() -> Iterator[None]:
    """Read the list at once instead of for a minute: the clock stands still here."""
    pauses = tuple(0 for _ in custom_codes.SETTLE_PAUSES)
    with patch.object(custom_codes, "SETTLE_PAUSES", pauses):
        yield


@pytest.fixture(autouse=True, params=["shared", "apart"])
def book(request: pytest.FixtureRequest, home: Home) -> None:
    """Run each test in both kinds of clouds."""
    home.world.around.switches.set("template_book", request.param)


def sent(home: Home, method: str) -> int:
    """Return how often the template door was asked to change something."""
    return sum(
        request.method == method and "/template/" in request.path
        for request in home.world.requests.entries
    )


@pytest.mark.parametrize("fault", ["reset_after", "broken_json", "null_result"])
@pytest.mark.parametrize("lock", ONLINE_LOCKS)
async def test_a_creation_that_was_done(home: Home, lock: str, fault: str) -> None:
    """There is one code, and the one that was answered opens."""
    await home.async_setup()
    home.world.faults.parse(f"{fault}:path=template,method=POST,count=1")
    response = await home.async_act("create_template_password", lock, name="Ann")
    made = result_of(response, lock)
    assert sent(home, "POST") == 1
    (password,) = home.lock(lock).book.live.values()
    assert made["id"] == str(password.id)
    await async_deliver(home, lock)
    (listed,) = await async_list(home, lock)
    assert (listed["id"], listed["status"]) == (made["id"], "active")
    assert listed["made_here"] is True
    assert opens(home, lock, made["code"])


@pytest.mark.parametrize("fault", ["reset", "http_5xx"])
async def test_a_creation_that_was_not_done(home: Home, fault: str) -> None:
    """That is said after looking, and a second wish makes the only code."""
    await home.async_setup()
    home.world.faults.parse(f"{fault}:path=template,method=POST,count=1")
    with failing(home, "not_created"):
        await home.async_act("create_template_password", FRONT_DOOR, name="Ann")
    assert sent(home, "POST") == 1
    await home.async_act("create_template_password", FRONT_DOOR, name="Ann")
    assert len(home.lock(FRONT_DOOR).book.live) == 1


async def test_neither_the_answer_nor_the_list(home: Home) -> None:
    """Nobody knows, and that is what is said."""
    await home.async_setup()
    home.world.faults.parse("reset_after:path=template,method=POST,count=1")
    home.world.faults.parse("http_5xx:path=temp-password,method=GET,skip=1")
    with pytest.raises(HomeAssistantError) as caught:
        await home.async_act("create_template_password", FRONT_DOOR, name="Ann")
    check_text(caught.value, "outcome_unknown")
    assert sent(home, "POST") == 1


@pytest.mark.parametrize("lock", [FRONT_DOOR, OFFICE])
@pytest.mark.parametrize("done", [True, False])
async def test_a_deletion(home: Home, lock: str, done: bool) -> None:
    """The list says whether it is under way; it is sent once."""
    await home.async_setup()
    response = await home.async_act("create_template_password", lock, name="Ann")
    made = result_of(response, lock)
    await async_deliver(home, lock)
    fault = "reset_after" if done else "reset"
    home.world.faults.parse(f"{fault}:method=DELETE,count=1")
    if done:
        response = await home.async_act(
            "delete_template_password", lock, password="Ann"
        )
        assert result_of(response, lock)["status"] == "removing"
    else:
        with failing(home, "cannot_connect"):
            await home.async_act("delete_template_password", lock, password="Ann")
    assert sent(home, "DELETE") == 1
    await async_deliver(home, lock)
    assert opens(home, lock, made["code"]) is not done
