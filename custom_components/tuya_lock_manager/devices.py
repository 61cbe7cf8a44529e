"""Devices: every lock of an account, and the gateways that locks hang on.

They are registered once, so that entities only have to name theirs.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.device_registry import DeviceInfo

from .const import DOMAIN
from .tuya_cloud import Device

if TYPE_CHECKING:
    from .account import TuyaLockConfigEntry
    from .hub import LockHub


def gateways(locks: Mapping[str, Device]) -> set[str | None]:
    """Return the ids of the gateways that locks hang on."""
    return {lock.gateway_id for lock in locks.values()}


@callback
def async_register_gateways(
    hass: HomeAssistant,
    entry: TuyaLockConfigEntry,
    devices: Iterable[Device],
    locks: Mapping[str, Device],
) -> None:
    """Register the gateways that locks hang on, so that locks can refer to them."""
    wanted = gateways(locks)
    for device in devices:
        if device.id in wanted:
            dr.async_get(hass).async_get_or_create(
                config_entry_id=entry.entry_id, **_described(device)
            )


@callback
def async_register_lock(
    hass: HomeAssistant, entry: TuyaLockConfigEntry, hub: LockHub
) -> dr.DeviceEntry:
    """Register a lock, hung on its gateway where the cloud names one."""
    device = hub.device
    info = _described(device)
    info["serial_number"] = device.uuid or None
    info["hw_version"] = hub.family_name
    registry = dr.async_get(hass)
    if device.gateway_id and (
        gateway := registry.async_get_device_by_identifier(
            (DOMAIN, device.gateway_id), entry.entry_id
        )
    ):
        info["via_device_id"] = gateway.id
    return registry.async_get_or_create(config_entry_id=entry.entry_id, **info)


def _described(device: Device) -> DeviceInfo:
    return DeviceInfo(
        identifiers={(DOMAIN, device.id)},
        name=device.name,
        manufacturer="Tuya",
        model=device.model or device.product_name or None,
        model_id=device.product_id or None,
    )
