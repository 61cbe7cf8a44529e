"""A phase that nobody knows is `unknown`, and told once to whoever reads the log."""

from datetime import timedelta
import logging
from unittest.mock import patch

import pytest

from custom_components.tuya_lock_manager import unknown_phases
from simulator.locks import passwords
from tests.acting import FRONT_DOOR, OFFICE, async_create, async_list
from tests.simulated import Home

CYCLE = timedelta(minutes=31)


def _told(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [
        entry.getMessage()
        for entry in caplog.records
        if entry.levelno == logging.WARNING and entry.name == unknown_phases.__name__
    ]


async def test_unknown_phase(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    """Once for each family and number, however many codes, readings and reloads."""
    await home.async_setup()
    with patch.object(passwords, "phase_of", return_value=42):
        for name in ("Zebedee", "Yolanda"):
            await async_create(home, FRONT_DOOR, name=name)
        await home.async_pass(CYCLE)
        assert [code["status"] for code in await async_list(home, FRONT_DOOR)] == [
            "unknown",
            "unknown",
        ]
        (line,) = _told(caplog)
        assert "42" in line
        assert "zigbee" in line
        assert not any(
            word in line for word in ("Zebedee", "Yolanda", home.lock(FRONT_DOOR).id)
        )
        await home.async_restart()
        await home.async_pass(CYCLE)
        assert len(_told(caplog)) == 1

        await async_create(home, OFFICE, name="Xaver")
        await home.async_pass(timedelta(seconds=10))
        assert len(_told(caplog)) == 2
        assert "bluetooth_gateway" in _told(caplog)[1]
    with patch.object(passwords, "phase_of", return_value=43):
        for lock in (FRONT_DOOR, OFFICE, FRONT_DOOR):
            await home.async_refresh(lock)
    assert len(_told(caplog)) == 4


async def test_known_phases(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    """Of these nothing is said."""
    await home.async_setup()
    await async_create(home, FRONT_DOOR)
    await home.async_pass(CYCLE)
    assert _told(caplog) == []
