"""New codes while the list of passwords is not known: it is read first, or nothing is sent."""

from collections.abc import Iterator
from datetime import timedelta
from unittest.mock import patch

import pytest

from custom_components.tuya_lock_manager import custom_codes
from tests.acting import (
    FRONT_DOOR,
    async_create,
    async_deliver,
    failing,
    make_in_app,
    opens,
    refusing,
)
from tests.simulated import Home

NO_LIST = "http_5xx:path=temp-passwords,method=GET"


@pytest.fixture(autouse=True)
def quick_readings() -> Iterator[None]:
    """Read the list at once instead of for a minute: the clock stands still here."""
    pauses = tuple(0 for _ in custom_codes.SETTLE_PAUSES)
    with patch.object(custom_codes, "SETTLE_PAUSES", pauses):
        yield


async def async_lose_list(home: Home, *, restart: bool) -> None:
    """Let the list fail, after it was read once or from the start on."""
    home.world.faults.parse(NO_LIST)
    if restart:
        await home.async_restart()
    else:
        await home.async_refresh(FRONT_DOOR)


@pytest.mark.parametrize("restart", [False, True])
async def test_a_list_that_cannot_be_read(home: Home, restart: bool) -> None:
    """Nobody knows what is on the lock, so nothing is sent; later it works."""
    await home.async_setup()
    await async_lose_list(home, restart=restart)
    home.world.requests.clear()
    with failing(home, "list_not_read"):
        await async_create(home, FRONT_DOOR)
    assert {request.method for request in home.world.requests.entries} == {"GET"}

    home.world.faults.remove()
    made = await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    assert opens(home, FRONT_DOOR, made["code"])


@pytest.mark.parametrize("restart", [False, True])
async def test_a_twin_that_was_not_read(home: Home, restart: bool) -> None:
    """A code that was made meanwhile is found before its twin is made."""
    await home.async_setup()
    await async_lose_list(home, restart=restart)
    start = home.local(home.world.clock.now())
    make_in_app(home, FRONT_DOOR, "Ann", "739514")
    home.world.faults.remove()
    with refusing(home, "twin_password", reads=True):
        await async_create(home, FRONT_DOOR, start=start, duration=timedelta(hours=1))


async def test_an_older_code_is_not_the_new_one(home: Home) -> None:
    """A deleted code of the same name and window is not what a lost answer made."""
    await home.async_setup()
    window = {"start": "2026-06-01 12:30:00", "end": "2026-06-01 18:00:00"}
    await async_create(home, FRONT_DOOR, **window)
    await async_deliver(home, FRONT_DOOR)
    await home.async_act("delete_password", FRONT_DOOR, password="Ann")
    await async_deliver(home, FRONT_DOOR)
    await async_lose_list(home, restart=True)
    home.world.faults.remove()
    home.world.faults.parse("reset:path=temp-password,method=POST,count=1")
    with failing(home, "not_created"):
        await async_create(home, FRONT_DOOR, **window)
