"""The action freeze_password."""

from datetime import timedelta

import pytest

from simulator.locks.passwords import Outcome
from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    GARDEN_GATE,
    OFFICE,
    SHED,
    async_create,
    async_deliver,
    failing,
    opens,
    refusing,
)
from tests.changing import async_freeze, async_listed, async_made, changes
from tests.simulated import Home

FALL_ASLEEP = timedelta(seconds=61)


async def test_freezing(home: Home) -> None:
    """A frozen code opens nothing until it is woken."""
    made = await async_made(home, FRONT_DOOR)
    frozen = await async_freeze(home, FRONT_DOOR)
    assert (frozen["status"], frozen["change"]) == ("active", "pending")
    assert opens(home, FRONT_DOOR, made["code"])
    await async_deliver(home, FRONT_DOOR)
    listed = await async_listed(home, FRONT_DOOR)
    assert (listed["status"], listed["change"]) == ("frozen", None)
    assert not opens(home, FRONT_DOOR, made["code"])
    sent = changes(home)
    assert (await async_freeze(home, FRONT_DOOR))["status"] == "frozen"
    assert changes(home) == sent

    woken = await async_freeze(home, FRONT_DOOR, frozen=False)
    assert (woken["status"], woken["change"]) == ("frozen", "pending")
    await async_deliver(home, FRONT_DOOR)
    listed = await async_listed(home, FRONT_DOOR)
    assert (listed["status"], listed["change"]) == ("active", None)
    assert opens(home, FRONT_DOOR, made["code"])


async def test_a_freezing_that_the_lock_refuses(home: Home) -> None:
    made = await async_made(home, FRONT_DOOR)
    home.lock(FRONT_DOOR).forced.append(Outcome.FAILED)
    await async_freeze(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    listed = await async_listed(home, FRONT_DOOR)
    assert (listed["status"], listed["change"]) == ("active", "failed")
    assert opens(home, FRONT_DOOR, made["code"])


@pytest.mark.parametrize("lock", [GARAGE, OFFICE, SHED, GARDEN_GATE])
async def test_families_that_cannot_freeze(home: Home, lock: str) -> None:
    await home.async_setup()
    kind = "time_limited" if lock == SHED else "custom"
    await async_create(home, lock, type=kind)
    key = "freeze_only_custom" if lock == SHED else "freeze_unsupported"
    with refusing(home, key):
        await async_freeze(home, lock)


async def test_freezing_what_the_lock_does_not_have(home: Home) -> None:
    await home.async_setup()
    await async_create(home, FRONT_DOOR)
    with refusing(home, "freeze_not_on_lock"):
        await async_freeze(home, FRONT_DOOR)


async def test_a_lock_off_line(home: Home) -> None:
    await async_made(home, FRONT_DOOR)
    before = await async_listed(home, FRONT_DOOR)
    home.world.faults.parse("device_offline:path=freeze-password,count=1")
    with failing(home, "lock_offline"):
        await async_freeze(home, FRONT_DOOR)
    assert await async_listed(home, FRONT_DOOR) == before
