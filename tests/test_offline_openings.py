"""Who opened with an off-line code: the records don't say it, the only code that fits does."""

from datetime import timedelta

from homeassistant.core import HomeAssistant
import pytest

from simulator.locks.delivery import wake
from tests.acting import FRONT_DOOR, GARAGE, OFFICE, async_create, opens
from tests.simulated import Home

POLL = timedelta(minutes=15)


def _door(lock: str) -> str:
    return lock.partition(".")[2]


async def _async_report(home: Home, lock: str) -> None:
    """Let a lock tell what happened, and Home Assistant read it."""
    simulated = home.lock(lock)
    wake(simulated, simulated.now)
    await home.async_refresh(lock)
    await home.async_pass(POLL)


@pytest.mark.parametrize("lock", [FRONT_DOOR, GARAGE, OFFICE])
async def test_the_guest_is_named(hass: HomeAssistant, home: Home, lock: str) -> None:
    """The first opening says who it was and that it was the first; the next one the former."""
    await home.async_setup()
    made = await async_create(home, lock, type="time_limited", name="Guest")
    for first in (True, False):
        await home.async_pass(timedelta(minutes=2))
        assert opens(home, lock, made["code"])
        await _async_report(home, lock)
        event = hass.states.get(f"event.{_door(lock)}_unlocked")
        assert event is not None
        assert event.attributes["password"] == "Guest"
        assert event.attributes["password_id"] == made["id"]
        assert event.attributes["first_use"] is first
        sensor = hass.states.get(f"sensor.{_door(lock)}_last_unlock")
        assert sensor is not None
        assert sensor.attributes["password"] == "Guest"
    answer = await home.async_act("list_records", lock)
    assert answer is not None
    listed = answer[lock]
    assert isinstance(listed, dict)
    assert str(listed).count("'password': 'Guest'") == 2


async def test_nobody_is_named(hass: HomeAssistant, home: Home) -> None:
    """Of two guests who may have typed theirs, none is named."""
    await home.async_setup()
    made = [
        await async_create(home, FRONT_DOOR, type="time_limited", name=name)
        for name in ("Ann", "Ben")
    ]
    await home.async_pass(timedelta(minutes=2))
    assert opens(home, FRONT_DOOR, made[0]["code"])
    await _async_report(home, FRONT_DOOR)
    event = hass.states.get("event.front_door_unlocked")
    assert event is not None
    assert event.attributes["event_type"] == "offline_code"
    assert event.attributes["password"] is None
    assert event.attributes["first_use"] is False


async def test_a_list_that_fails(hass: HomeAssistant, home: Home) -> None:
    """Without the list of codes the opening is told all the same, without a name."""
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR, type="time_limited", name="Guest")
    await home.async_pass(timedelta(minutes=2))
    assert opens(home, FRONT_DOOR, made["code"])
    home.world.faults.parse("http_5xx:path=temp-password")
    await _async_report(home, FRONT_DOOR)
    event = hass.states.get("event.front_door_unlocked")
    assert event is not None
    assert event.attributes["event_type"] == "offline_code"
    assert event.attributes["password"] is None
