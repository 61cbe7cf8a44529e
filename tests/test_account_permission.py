"""The account's list where the project may not ask for all: nothing is removed."""

from datetime import timedelta

from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.helpers import device_registry as dr

from custom_components.tuya_lock_manager.const import DOMAIN
from tests.simulated import Home

LISTING = timedelta(minutes=15, seconds=1)
DAY = timedelta(days=1)
NOT_ALLOWED = "not_authorised:path=associated-users"


def is_registered(registry: dr.DeviceRegistry, home: Home, device_id: str) -> bool:
    """Return whether Home Assistant has a device of the account."""
    found = registry.async_get_device_by_identifier(
        (DOMAIN, device_id), home.entry.entry_id
    )
    return found is not None


async def test_a_listing_of_the_own_user_only(
    home: Home, device_registry: dr.DeviceRegistry
) -> None:
    """What it doesn't show may be another account's, so its absence means nothing."""
    await home.async_setup()
    garage = home.world.lock("Garage").id
    home.world.remove_device(garage)
    home.world.faults.parse(NOT_ALLOWED)
    await home.async_pass(LISTING)
    await home.async_pass_in_steps(DAY + LISTING, timedelta(hours=8))
    assert home.state("lock.front_door") != STATE_UNAVAILABLE
    assert home.state("lock.garage") == STATE_UNAVAILABLE
    assert is_registered(device_registry, home, garage)

    # The day of absence begins when the listings are complete again; what was refused is
    # tried again after an hour.
    home.world.faults.remove()
    await home.async_pass_in_steps(timedelta(hours=1) + LISTING, LISTING)
    assert is_registered(device_registry, home, garage)
    await home.async_pass_in_steps(DAY + LISTING, timedelta(hours=8))
    assert not is_registered(device_registry, home, garage)


async def test_a_lost_permission(
    home: Home, device_registry: dr.DeviceRegistry
) -> None:
    """It is an outage: the locks are unavailable, and none is removed."""
    await home.async_setup()
    garage = home.world.lock("Garage").id
    home.world.faults.parse(NOT_ALLOWED)
    home.world.around.switches.set("data_center", "empty")
    await home.async_pass(LISTING)
    await home.async_pass_in_steps(DAY + LISTING, timedelta(hours=8))
    assert not home.entry.runtime_data.account.last_update_success
    assert home.state("lock.garage") == STATE_UNAVAILABLE
    assert is_registered(device_registry, home, garage)
