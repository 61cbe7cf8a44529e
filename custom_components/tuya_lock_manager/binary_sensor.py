"""Binary sensors: whether a lock is on line."""

from typing import override

from homeassistant.components.binary_sensor import (
    BinarySensorDeviceClass,
    BinarySensorEntity,
    BinarySensorEntityDescription,
)
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .account import TuyaLockConfigEntry
from .entity import TuyaLockEntity, async_add_lock_entities

PARALLEL_UPDATES = 0

ONLINE = BinarySensorEntityDescription(
    key="online",
    device_class=BinarySensorDeviceClass.CONNECTIVITY,
    entity_category=EntityCategory.DIAGNOSTIC,
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: TuyaLockConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the binary sensor of every lock."""
    async_add_lock_entities(
        entry,
        async_add_entities,
        lambda hub: [TuyaLockOnlineSensor(hub, hub.account, ONLINE)],
    )


class TuyaLockOnlineSensor(TuyaLockEntity, BinarySensorEntity):
    """Whether the cloud reaches the lock now; a sleeping lock is off line."""

    @property
    @override
    def is_on(self) -> bool | None:
        """Return whether the lock is on line, None where the cloud doesn't say."""
        return self.hub.device.online
