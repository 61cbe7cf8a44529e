"""Entities of a guest calendar, on a service device of its own."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import override

from homeassistant.components.binary_sensor import (
    BinarySensorEntity,
    BinarySensorEntityDescription,
)
from homeassistant.components.event import EventEntity, EventExtraStoredData
from homeassistant.components.sensor import SensorEntity, SensorEntityDescription
from homeassistant.core import callback
from homeassistant.helpers.device_registry import DeviceEntryType, DeviceInfo
from homeassistant.helpers.entity import Entity, EntityDescription
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from ..account import TuyaLockConfigEntry
from ..const import DOMAIN
from .keeper import GuestKeeper
from .shown import GuestEvent, GuestState

ATTR_GUEST = "guest"


class GuestEntity(Entity):
    """Base: follows its guest calendar, which knows its state whatever the cloud does."""

    _attr_has_entity_name = True
    _attr_should_poll = False

    def __init__(self, keeper: GuestKeeper, description: EntityDescription) -> None:
        """Initialize the entity of a guest calendar."""
        self.entity_description = description
        self._keeper = keeper
        subentry = keeper.subentry
        self._attr_unique_id = f"{subentry.subentry_id}_{description.key}"
        self._attr_device_info = DeviceInfo(
            entry_type=DeviceEntryType.SERVICE,
            identifiers={(DOMAIN, subentry.subentry_id)},
            name=subentry.title,
        )

    @override
    async def async_added_to_hass(self) -> None:
        """Follow the guest calendar."""
        await super().async_added_to_hass()
        self.async_on_remove(self._keeper.async_add_listener(self._handle_change))

    @callback
    def _handle_change(self) -> None:
        self.async_write_ha_state()


@dataclass(frozen=True, kw_only=True)
class GuestSensorDescription(SensorEntityDescription):
    """A sensor of a guest calendar: what it says of its state."""

    value_fn: Callable[[GuestState], int | str | datetime | None]


class GuestSensor(GuestEntity, SensorEntity):
    """A sensor of a guest calendar."""

    entity_description: GuestSensorDescription

    @property
    @override
    def native_value(self) -> int | str | datetime | None:
        """Return what the description reads of the state."""
        return self.entity_description.value_fn(self._keeper.state)


class GuestProblemSensor(GuestEntity, BinarySensorEntity):
    """Whether something is wrong with a guest calendar, and what."""

    entity_description: BinarySensorEntityDescription

    @property
    @override
    def is_on(self) -> bool:
        """Return whether something is wrong."""
        return self._keeper.state.problem is not None

    @property
    @override
    def extra_state_attributes(self) -> Mapping[str, str | None]:
        """Return the gravest of what is wrong; the repairs tell all of it."""
        return {"problem": self._keeper.state.problem}


class GuestEventEntity(GuestEntity, EventEntity):
    """Tells what happened to the codes of a guest calendar."""

    _shows_names: bool

    def __init__(
        self, keeper: GuestKeeper, description: EntityDescription, *, shows_names: bool
    ) -> None:
        """Initialize the event entity; it may restore names or not."""
        super().__init__(keeper, description)
        self._shows_names = shows_names

    @override
    async def async_added_to_hass(self) -> None:
        """Listen for what happens."""
        await super().async_added_to_hass()
        self.async_on_remove(self._keeper.async_add_event_listener(self._handle_event))

    @override
    async def async_get_last_event_data(self) -> EventExtraStoredData | None:
        """Return what was told before the start, without a name if the user wants so."""
        data = await super().async_get_last_event_data()
        if data is None or self._shows_names or not data.last_event_attributes:
            return data
        attributes = dict(data.last_event_attributes)
        attributes.pop(ATTR_GUEST, None)
        return EventExtraStoredData(data.last_event_type, attributes)

    @callback
    def _handle_event(self, event: GuestEvent) -> None:
        self._trigger_event(
            event.kind,
            {
                ATTR_GUEST: event.guest,
                "lock": event.lock,
                "check_in": event.check_in.isoformat(),
                "check_out": event.check_out.isoformat(),
                "reason": event.reason,
            },
        )
        self.async_write_ha_state()


@callback
def async_add_guest_entities(
    entry: TuyaLockConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
    entities_of: Callable[[GuestKeeper], Iterable[Entity]],
) -> None:
    """Add the entities of every guest calendar; one that comes reloads the account."""
    for subentry_id, keeper in entry.runtime_data.guests.items():
        async_add_entities(entities_of(keeper), config_subentry_id=subentry_id)
