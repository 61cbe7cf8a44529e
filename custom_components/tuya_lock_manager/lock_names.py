"""What the user calls the locks of an account, whether it is loaded or not."""

from collections import Counter

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er


def lock_names(hass: HomeAssistant, entry_id: str) -> dict[str, str]:
    """Return the names of an account's locks by Tuya device id, no name twice.

    Every lock has a lock entity with the device id as its unique id, in the registry
    even when it is disabled; gateways have none.
    """
    devices = dr.async_get(hass)
    names: dict[str, str] = {}
    for entity in er.async_entries_for_config_entry(er.async_get(hass), entry_id):
        if (
            entity.domain == Platform.LOCK
            and entity.device_id is not None
            and (device := devices.async_get(entity.device_id)) is not None
        ):
            name = device.name_by_user or device.name
            names[entity.unique_id] = name or entity.entity_id
    twice = [name for name, count in Counter(names.values()).items() if count > 1]
    return {
        device_id: f"{name} ({device_id})" if name in twice else name
        for device_id, name in names.items()
    }
