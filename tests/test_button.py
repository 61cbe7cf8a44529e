"""The buttons: everything about one lock is read anew; its alarms are read."""

from datetime import timedelta

from homeassistant.const import STATE_UNAVAILABLE, Platform
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
import pytest
from syrupy.assertion import SnapshotAssertion

from simulator.locks.reports import alarm
from tests.acting import check_text
from tests.simulated import Home


async def test_entities(home: Home, snapshot: SnapshotAssertion) -> None:
    """Every lock has both."""
    await home.async_check_entities(Platform.BUTTON, snapshot)


async def test_press(home: Home) -> None:
    """The list, the records, the passwords and the members of this lock, once each."""
    await home.async_setup()
    lock = home.lock("lock.front_door")
    lock.device.status["residual_electricity"] = 7
    del lock.people.members[next(iter(lock.people.members))]
    await home.async_pass(timedelta(minutes=1))
    alarm(lock, "pry", lock.now)
    home.world.requests.clear()
    await home.async_refresh("lock.front_door")
    assert home.state("sensor.front_door_battery") == "7"
    assert home.state("sensor.front_door_unread_alarms") == "2"
    assert home.state("sensor.front_door_family_members") == "1"
    assert len(home.asked(calls="devices")) == 1
    assert len(home.asked("lock.front_door", "records")) == 1
    assert len(home.asked("lock.front_door", "passwords")) == 1
    assert home.asked("lock.garage") == []


async def test_mark_alarms_read(hass: HomeAssistant, home: Home) -> None:
    """The count is zero at once, of this lock only; nothing is asked for it."""
    await home.async_setup()
    home.world.requests.clear()
    button = "button.front_door_mark_alarms_read"
    await hass.services.async_call(
        "button", "press", {"entity_id": button}, blocking=True
    )
    assert home.state("sensor.front_door_unread_alarms") == "0"
    assert home.state("sensor.office_unread_alarms") == "1"
    assert home.asked() == []
    home.world.faults.parse("http_5xx:calls=records")
    await home.async_refresh("lock.front_door")
    assert home.state(button) == STATE_UNAVAILABLE


async def test_press_while_the_cloud_is_down(home: Home) -> None:
    """It is there when it is wanted most, and ends the outage for its lock."""
    await home.async_setup()
    home.world.faults.parse("http_5xx")
    await home.async_pass_in_steps(timedelta(hours=2), timedelta(minutes=1))
    assert home.state("sensor.front_door_unread_alarms") == STATE_UNAVAILABLE
    assert home.state("lock.front_door") == STATE_UNAVAILABLE
    assert home.state("button.front_door_refresh") != STATE_UNAVAILABLE
    await home.async_refresh("lock.front_door")
    assert home.state("sensor.front_door_active_passwords") == STATE_UNAVAILABLE

    home.world.faults.remove()
    await home.async_refresh("lock.front_door")
    assert home.state("sensor.front_door_active_passwords") == "0"
    assert home.state("sensor.front_door_unread_alarms") == "1"
    assert home.state("lock.front_door") == "locked"
    # The list is everybody's, and with it the others take their turns again.
    assert home.state("lock.garage") != STATE_UNAVAILABLE
    assert home.state("sensor.garage_unread_alarms") == "1"


async def test_presses_without_end(home: Home) -> None:
    """Anybody in the house may press it, so it can't use up the month's calls."""
    await home.async_setup()
    for _ in range(30):
        await home.async_refresh("lock.front_door")
        await home.async_pass(timedelta(seconds=20))
    home.world.requests.clear()
    with pytest.raises(ServiceValidationError) as caught:
        await home.async_refresh("lock.front_door")
    check_text(caught.value, "refreshed_too_often")
    assert "in 50 minutes" in str(caught.value)
    assert not home.asked()
    # Each lock has its own count, and an hour later there is room again.
    await home.async_refresh("lock.garage")
    await home.async_pass(timedelta(minutes=50))
    await home.async_refresh("lock.front_door")
