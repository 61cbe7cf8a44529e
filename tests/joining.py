"""Locks that join an account, leave it and come back."""

from homeassistant.helpers import device_registry as dr

from custom_components.tuya_lock_manager.const import DOMAIN
from simulator.device import Device as SimulatedDevice
from simulator.locks.lock import Lock
from tests.simulated import Home


def take_away(home: Home, name: str) -> Lock:
    """Take a lock out of the account; return it, so that it can be put back."""
    taken = home.world.lock(name)
    home.world.remove_device(taken.id)
    return taken


def put_back(home: Home, taken: Lock) -> None:
    home.world.devices[taken.id] = taken.device
    home.world.locks[taken.id] = taken


def gateway_of(home: Home, name: str) -> SimulatedDevice:
    return home.world.devices[str(home.world.lock(name).device.gateway_id)]


def device_entry(
    registry: dr.DeviceRegistry, home: Home, device: SimulatedDevice
) -> dr.DeviceEntry | None:
    found = registry.async_get_device_by_identifier(
        (DOMAIN, device.id), home.entry.entry_id
    )
    assert found is None or isinstance(found, dr.DeviceEntry)
    return found
