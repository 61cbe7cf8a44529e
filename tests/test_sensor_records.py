"""Sensors of openings and alarms."""

from datetime import UTC, datetime, timedelta

from homeassistant.const import STATE_UNKNOWN
import pytest

from simulator.locks.keypad import type_code
from simulator.locks.reports import alarm, doorbell, method_opened
from tests.simulated import Home

MINUTE = timedelta(minutes=1)


def _attributes(home: Home, entity_id: str) -> dict[str, object]:
    """Return what belongs to a state, without what every state has."""
    state = home.hass.states.get(entity_id)
    assert state is not None
    always = {"device_class", "friendly_name", "options"}
    return {key: value for key, value in state.attributes.items() if key not in always}


async def test_the_last_alarm_and_the_last_opening(home: Home) -> None:
    """They say what and when, who and how; without names, numbers."""
    await home.async_setup()
    alarm_sensor, unlock = (
        f"sensor.front_door_last_{kind}" for kind in ("alarm", "unlock")
    )
    lock = home.lock("lock.front_door")
    await home.async_pass(MINUTE)
    method = lock.people.method("fingerprint", 1)
    assert method is not None
    method_opened(lock, method, lock.now)
    alarm(lock, "pry", lock.now)
    doorbell(lock, lock.now)
    time = datetime.fromtimestamp(int(lock.now), UTC).isoformat()
    await home.async_refresh("lock.front_door")
    assert home.state(alarm_sensor) == "pry"
    assert _attributes(home, alarm_sensor) == {"time": time}
    assert home.state(unlock) == time
    numbers = {"type": "fingerprint", "user_id": method.user_id, "password_id": None}
    assert _attributes(home, unlock) == {
        **numbers,
        "person": "Owner",
        "method": method.name,
        "password": None,
    }
    home.hass.config_entries.async_update_entry(
        home.entry, options={**home.entry.options, "names": False}
    )
    await home.hass.async_block_till_done()
    await home.async_pass(MINUTE)
    alarm(lock, "shock", lock.now)
    await home.async_refresh("lock.front_door")
    assert home.state(alarm_sensor) == "shock"
    assert _attributes(home, unlock) == numbers


async def test_a_lock_at_which_nothing_ever_happened(home: Home) -> None:
    """What never was is unknown, and nothing is told about it."""
    for simulated in home.world.locks.values():
        simulated.records.records.clear()
    await home.async_setup()
    for kind in ("alarm", "unlock"):
        assert home.state(f"sensor.front_door_last_{kind}") == STATE_UNKNOWN
        assert _attributes(home, f"sensor.front_door_last_{kind}") == {}


async def test_unread_alarms_start_at_the_clouds_count(home: Home) -> None:
    """The first count is the cloud's; from then on new alarms add to it, the bell doesn't."""
    await home.async_setup()
    unread = "sensor.front_door_unread_alarms"
    assert home.state(unread) == "1"
    lock = home.lock("lock.front_door")
    await home.async_pass(MINUTE)
    alarm(lock, "pry", lock.now)
    doorbell(lock, lock.now)
    await home.async_refresh("lock.front_door")
    assert home.state(unread) == "2"
    await home.async_pass(MINUTE)
    # Opening the app resets the cloud's count, and ours is not the cloud's.
    for record in lock.records.records:
        record.read = True
    await home.async_refresh("lock.front_door")
    assert home.state(unread) == "2"
    # The others have seen nothing.
    assert home.state("sensor.office_unread_alarms") == "1"


@pytest.mark.parametrize(
    ("switch", "value"),
    [("counts_as", "strings"), ("unread_counts", "all"), ("unread_reset", "reset")],
)
async def test_unread_alarms_however_the_cloud_counts(
    home: Home, switch: str, value: str
) -> None:
    """The cloud may count openings too, as text, and forget by being asked."""
    home.world.around.switches.set(switch, value)
    await home.async_setup()
    unread = "sensor.front_door_unread_alarms"
    # Two alarms are on the books, one of them is read.
    expected = 2 if value == "all" else 1
    assert home.state(unread) == str(expected)
    lock = home.lock("lock.front_door")
    alarm(lock, "pry", lock.now + 1)
    await home.async_pass(MINUTE)
    await home.async_refresh("lock.front_door")
    assert home.state(unread) == str(expected + 1)


async def test_a_wrong_code_is_an_unread_alarm(home: Home) -> None:
    """A lock that refuses a code at its keypad raises the alarm."""
    await home.async_setup()
    await home.async_pass(MINUTE)
    assert not type_code(home.lock("lock.front_door"), "000000").opened
    await home.async_refresh("lock.front_door")
    assert home.state("sensor.front_door_unread_alarms") == "2"
