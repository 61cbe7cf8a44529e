"""Sensors: what codes a lock has, what it reported, who belongs to it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.const import PERCENTAGE, EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .account import TuyaLockConfigEntry
from .coordinator import CloudCoordinator
from .domain.battery import battery_level
from .entity import TuyaLockEntity, async_add_lock_entities
from .hub import LockHub

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class TuyaLockSensorDescription(SensorEntityDescription):
    """A sensor: which coordinator it listens to, and what it says of a lock."""

    coordinator_fn: Callable[[LockHub], CloudCoordinator[Any]]
    value_fn: Callable[[LockHub], int | datetime | None]


SENSORS = (
    TuyaLockSensorDescription(
        key="active_passwords",
        translation_key="active_passwords",
        state_class=SensorStateClass.MEASUREMENT,
        coordinator_fn=lambda hub: hub.passwords,
        value_fn=lambda hub: hub.passwords.counts.active,
    ),
    TuyaLockSensorDescription(
        key="pending_passwords",
        translation_key="pending_passwords",
        state_class=SensorStateClass.MEASUREMENT,
        coordinator_fn=lambda hub: hub.passwords,
        value_fn=lambda hub: hub.passwords.counts.pending,
    ),
    TuyaLockSensorDescription(
        key="next_expiry",
        translation_key="next_expiry",
        device_class=SensorDeviceClass.TIMESTAMP,
        coordinator_fn=lambda hub: hub.passwords,
        value_fn=lambda hub: hub.passwords.counts.next_expiry,
    ),
    TuyaLockSensorDescription(
        key="unread_alarms",
        translation_key="unread_alarms",
        state_class=SensorStateClass.MEASUREMENT,
        coordinator_fn=lambda hub: hub.activity,
        value_fn=lambda hub: hub.activity.data.unread_alarms,
    ),
    TuyaLockSensorDescription(
        key="family_members",
        translation_key="family_members",
        entity_category=EntityCategory.DIAGNOSTIC,
        coordinator_fn=lambda hub: hub.members,
        value_fn=lambda hub: hub.members.data.family,
    ),
    TuyaLockSensorDescription(
        key="panel_members",
        translation_key="panel_members",
        entity_category=EntityCategory.DIAGNOSTIC,
        coordinator_fn=lambda hub: hub.members,
        value_fn=lambda hub: hub.members.data.panel,
    ),
    TuyaLockSensorDescription(
        key="battery",
        device_class=SensorDeviceClass.BATTERY,
        native_unit_of_measurement=PERCENTAGE,
        state_class=SensorStateClass.MEASUREMENT,
        entity_category=EntityCategory.DIAGNOSTIC,
        coordinator_fn=lambda hub: hub.account,
        value_fn=lambda hub: battery_level(hub.device.status),
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: TuyaLockConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the sensors of every lock."""
    async_add_lock_entities(
        entry,
        async_add_entities,
        lambda hub: (TuyaLockSensor(hub, description) for description in SENSORS),
    )


class TuyaLockSensor(TuyaLockEntity, SensorEntity):
    """A sensor of a lock."""

    entity_description: TuyaLockSensorDescription

    def __init__(self, hub: LockHub, description: TuyaLockSensorDescription) -> None:
        """Initialize the sensor with the coordinator that its description names."""
        super().__init__(hub, description.coordinator_fn(hub), description)

    @property
    @override
    def native_value(self) -> int | datetime | None:
        """Return what the description reads of the lock."""
        return self.entity_description.value_fn(self.hub)
