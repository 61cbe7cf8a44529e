"""Locks that are missing from the list of the account."""

from datetime import timedelta

from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.helpers import device_registry as dr
import pytest

from simulator.locks.reports import method_opened
from tests.joining import device_entry, gateway_of, put_back, take_away
from tests.simulated import Home

LISTING = timedelta(minutes=15, seconds=1)
DAY = timedelta(days=1)


async def test_a_lock_that_is_missing(
    home: Home, device_registry: dr.DeviceRegistry
) -> None:
    """It is unavailable at once, and removed only after a day of good listings."""
    await home.async_setup()
    garage = take_away(home, "Garage")
    await home.async_pass(LISTING)
    for entity_id in (
        "lock.garage",
        "sensor.garage_next_expiry",
        "sensor.garage_battery",
    ):
        assert home.state(entity_id) == STATE_UNAVAILABLE
    assert home.state("sensor.front_door_active_passwords") == "0"

    await home.async_pass_in_steps(DAY - timedelta(minutes=30), timedelta(hours=4))
    assert device_entry(device_registry, home, garage.device) is not None
    await home.async_pass_in_steps(timedelta(hours=1), timedelta(minutes=16))
    assert device_entry(device_registry, home, garage.device) is None
    assert home.hass.states.get("lock.garage") is None
    assert home.hass.states.get("lock.front_door") is not None

    # It is asked nothing any more, and is as new when it is back.
    home.world.requests.clear()
    await home.async_pass_in_steps(timedelta(hours=1), timedelta(minutes=5))
    assert garage.id not in {entry.device_id for entry in home.world.requests.entries}
    put_back(home, garage)
    await home.async_pass(LISTING)
    assert home.state("sensor.garage_active_passwords") == "0"
    assert device_entry(device_registry, home, garage.device) is not None


async def test_a_missing_lock_with_a_code_on_its_way(home: Home) -> None:
    """The watch of its code ends with the lock."""
    await home.async_setup()
    start = home.world.clock.now() + 28 * 3600
    await home.async_act(
        "create_temp_password",
        "lock.garage",
        name="Ann",
        start=home.local(start),
        duration=timedelta(hours=5),
    )
    await home.async_pass_in_steps(timedelta(minutes=1), timedelta(seconds=5))
    garage = take_away(home, "Garage")
    await home.async_pass(LISTING)
    await home.async_pass_in_steps(DAY + LISTING, timedelta(hours=8))
    assert home.hass.states.get("lock.garage") is None
    home.world.requests.clear()
    await home.async_pass_in_steps(timedelta(hours=3), timedelta(minutes=30))
    assert garage.id not in {entry.device_id for entry in home.world.requests.entries}


async def test_a_missing_lock_is_asked_nothing(home: Home) -> None:
    """Not within its day either; once it is listed it is read at once, and told late."""
    await home.async_setup()
    await home.async_act("create_temp_password", "lock.garage", name="Ann")
    method = home.world.lock("Garage").people.method("fingerprint", 1)
    assert method is not None
    garage = take_away(home, "Garage")
    await home.async_pass(LISTING)
    home.world.requests.clear()
    await home.async_pass_in_steps(timedelta(hours=2), timedelta(minutes=5))
    method_opened(garage, method, garage.now)
    await home.async_pass_in_steps(timedelta(hours=2), timedelta(minutes=5))
    asked = [entry.device_id for entry in home.world.requests.entries]
    assert garage.id not in asked
    assert home.world.lock("Front door").id in asked
    assert home.state("event.garage_unlocked") == STATE_UNAVAILABLE

    put_back(home, garage)
    await home.async_pass(LISTING)
    assert {"passwords", "records", "members"} <= {
        entry.calls
        for entry in home.world.requests.entries
        if entry.device_id == garage.id
    }
    assert home.state("sensor.garage_pending_passwords") == "0"
    event = home.hass.states.get("event.garage_unlocked")
    assert event is not None
    assert event.attributes["late"] is True


async def test_a_lock_that_comes_back_in_time(
    home: Home, device_registry: dr.DeviceRegistry
) -> None:
    """The day begins anew whenever the lock was seen."""
    await home.async_setup()
    garage = take_away(home, "Garage")
    await home.async_pass_in_steps(timedelta(hours=23), timedelta(hours=8))
    put_back(home, garage)
    await home.async_pass_in_steps(timedelta(hours=2), timedelta(minutes=31))
    assert home.state("lock.garage") == STATE_UNKNOWN
    assert home.state("sensor.garage_active_passwords") == "0"
    take_away(home, "Garage")
    await home.async_pass_in_steps(timedelta(hours=23), timedelta(hours=8))
    assert device_entry(device_registry, home, garage.device) is not None


async def test_a_lock_that_is_missing_across_a_restart(
    home: Home, device_registry: dr.DeviceRegistry
) -> None:
    """It goes, too, and so does a gateway that no lock hangs on any more."""
    await home.async_setup()
    gateway = gateway_of(home, "Front door")
    gone = take_away(home, "Front door")
    home.world.remove_device(gateway.id)
    await home.async_restart()
    assert home.state("lock.front_door") == STATE_UNAVAILABLE
    await home.async_pass_in_steps(DAY - timedelta(hours=1), timedelta(hours=8))
    assert device_entry(device_registry, home, gone.device) is not None
    assert device_entry(device_registry, home, gateway) is not None
    await home.async_pass(timedelta(hours=2))
    assert device_entry(device_registry, home, gone.device) is None
    assert device_entry(device_registry, home, gateway) is None
    assert home.hass.states.get("lock.front_door") is None
    office = device_entry(device_registry, home, gateway_of(home, "Office"))
    assert office is not None


@pytest.mark.parametrize("trouble", ["empty", "outage"])
async def test_what_is_no_good_listing_removes_nothing(
    home: Home, device_registry: dr.DeviceRegistry, trouble: str
) -> None:
    """Neither an empty list nor an outage counts, however long; nor do they restart the day."""
    await home.async_setup()
    garage = take_away(home, "Garage")
    await home.async_pass_in_steps(timedelta(hours=12), timedelta(hours=6))
    rest = dict(home.world.devices)
    if trouble == "empty":
        home.world.devices.clear()
    else:
        home.world.faults.parse("http_5xx:calls=devices")
    await home.async_pass_in_steps(timedelta(days=3), timedelta(days=1))
    for device in (garage.device, *rest.values()):
        if device.name != "Hall lamp":
            assert device_entry(device_registry, home, device) is not None
    assert home.state("lock.front_door") == STATE_UNAVAILABLE

    home.world.devices.update(rest)
    home.world.faults.remove()
    await home.async_pass(LISTING)
    assert home.state("lock.front_door") == "locked"
    # More than a day has passed since it was missed first.
    assert device_entry(device_registry, home, garage.device) is None
