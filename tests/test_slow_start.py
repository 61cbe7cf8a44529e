"""A start that takes its time: nothing is asked of a lock before the account is listed."""

import asyncio
import logging

import pytest

from tests.acting import FRONT_DOOR, GARDEN_GATE, async_create, async_status, opens
from tests.leaping import leaping
from tests.simulated import Home


async def test_a_code_on_its_way(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    """Its reading comes due while the description of another lock is waited for."""
    with leaping(home):
        await home.async_setup()
        made = await async_create(home, FRONT_DOOR)
        locks = home.entry.runtime_data.locks
        locks[home.lock(GARDEN_GATE).id].memory.points = None
        home.world.faults.parse("timeout_before:path=specification,count=1")
        began = home.world.clock.now()
        await home.hass.config_entries.async_reload(home.entry.entry_id)
        assert home.world.clock.now() - began > 10
        await asyncio.sleep(1)
        assert await async_status(home, FRONT_DOOR, made["id"]) == "active"
        assert opens(home, FRONT_DOOR, made["code"])
    worst = max(record.levelno for record in caplog.get_records("call"))
    assert worst < logging.ERROR
