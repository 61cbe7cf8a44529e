"""Binary sensors: connection, battery, door, and what waits for an owner."""

from collections.abc import Callable
from dataclasses import dataclass
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
from .bolt import is_jammed
from .domain.battery import BATTERY_CODES, battery_is_low
from .domain.bolt import reports_jams
from .domain.door import door_is_open, reports_door
from .entity import (
    TuyaLockDescribedEntity,
    TuyaLockEntityDescription,
    async_add_described_entities,
)
from .guests.entity import GuestProblemSensor, async_add_guest_entities
from .hub import LockHub
from .members import WAITING_METHODS

PARALLEL_UPDATES = 0


def _is_waiting(hub: LockHub) -> bool | None:
    waiting = hub.waiting_methods
    return None if waiting is None else waiting > 0


@dataclass(frozen=True, kw_only=True)
class TuyaLockBinarySensorDescription(
    TuyaLockEntityDescription, BinarySensorEntityDescription
):
    """A binary sensor: what it says of a lock."""

    is_on_fn: Callable[[LockHub], bool | None]


BINARY_SENSORS = (
    # A sleeping lock is off line.
    TuyaLockBinarySensorDescription(
        key="online",
        device_class=BinarySensorDeviceClass.CONNECTIVITY,
        entity_category=EntityCategory.DIAGNOSTIC,
        is_on_fn=lambda hub: hub.device.online,
    ),
    TuyaLockBinarySensorDescription(
        key="low_battery",
        device_class=BinarySensorDeviceClass.BATTERY,
        entity_category=EntityCategory.DIAGNOSTIC,
        is_on_fn=lambda hub: battery_is_low(hub.device.status),
        exists_fn=lambda hub: bool(BATTERY_CODES & hub.codes),
    ),
    TuyaLockBinarySensorDescription(
        key="door",
        device_class=BinarySensorDeviceClass.DOOR,
        is_on_fn=lambda hub: door_is_open(hub.device.status),
        exists_fn=lambda hub: reports_door(hub.codes),
    ),
    TuyaLockBinarySensorDescription(
        key="jammed",
        translation_key="jammed",
        device_class=BinarySensorDeviceClass.PROBLEM,
        entity_category=EntityCategory.DIAGNOSTIC,
        coordinator_fn=lambda hub: hub.activity,
        is_on_fn=is_jammed,
        exists_fn=lambda hub: reports_jams(hub.memory.alarms or ()),
    ),
    TuyaLockBinarySensorDescription(
        key="method_waiting",
        translation_key="method_waiting",
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        coordinator_fn=lambda hub: hub.members,
        is_on_fn=_is_waiting,
        context=WAITING_METHODS,
    ),
)
GUEST_PROBLEM = BinarySensorEntityDescription(
    key="guest_problem",
    translation_key="guest_problem",
    device_class=BinarySensorDeviceClass.PROBLEM,
    entity_category=EntityCategory.DIAGNOSTIC,
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: TuyaLockConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the binary sensors of every lock and of every guest calendar."""
    async_add_described_entities(
        entry, async_add_entities, TuyaLockBinarySensor, BINARY_SENSORS
    )
    async_add_guest_entities(
        entry,
        async_add_entities,
        lambda keeper: [GuestProblemSensor(keeper, GUEST_PROBLEM)],
    )


class TuyaLockBinarySensor(TuyaLockDescribedEntity, BinarySensorEntity):
    """A binary sensor of a lock."""

    entity_description: TuyaLockBinarySensorDescription

    @property
    @override
    def is_on(self) -> bool | None:
        """Return what the description reads of the lock, None where nobody says."""
        return self.entity_description.is_on_fn(self.hub)
