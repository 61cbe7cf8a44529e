"""An integration that adds empty entities and devices, as many as another one has."""

from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Any

from homeassistant.components.binary_sensor import (
    BinarySensorEntity,
    BinarySensorEntityDescription,
)
from homeassistant.components.button import ButtonEntity, ButtonEntityDescription
from homeassistant.components.calendar import CalendarEntity, CalendarEntityDescription
from homeassistant.components.event import EventEntity, EventEntityDescription
from homeassistant.components.lock import LockEntity, LockEntityDescription
from homeassistant.components.sensor import SensorEntity, SensorEntityDescription
from homeassistant.config_entries import HANDLERS, ConfigEntry, ConfigFlow
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity import Entity, EntityDescription
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    MockModule,
    MockPlatform,
    mock_integration,
    mock_platform,
)

EMPTY = "empty"


@cache
def _described(kind: type[EntityDescription], number: int) -> EntityDescription:
    """Return what describes the entity of this number of each device."""
    key = f"empty_{number}"
    return kind(key=key, translation_key=key, name=f"Empty {number}")


class _Empty(Entity):
    """What every empty entity has: an id, a description with a name, and a device.

    The name is looked for in the translations, as that of any entity today.
    """

    description: type[EntityDescription]
    _attr_should_poll = False
    _attr_has_entity_name = True

    def __init__(self, device: str, number: int) -> None:
        self._attr_unique_id = f"{device}_{number}"
        self.entity_description = _described(self.description, number)
        self._attr_device_info = DeviceInfo(
            identifiers={(EMPTY, device)}, name=f"Empty {device}"
        )


class _Event(_Empty, EventEntity):
    description = EventEntityDescription
    _attr_event_types = ["nothing"]


class _Calendar(_Empty, CalendarEntity):
    description = CalendarEntityDescription
    event = None


def _kind(base: type[Entity], description: type[EntityDescription]) -> type[_Empty]:
    name = f"Empty{base.__name__}"
    return type(name, (_Empty, base), {"description": description})


_KINDS: dict[str, type[_Empty]] = {
    Platform.BINARY_SENSOR: _kind(BinarySensorEntity, BinarySensorEntityDescription),
    Platform.BUTTON: _kind(ButtonEntity, ButtonEntityDescription),
    Platform.CALENDAR: _Calendar,
    Platform.EVENT: _Event,
    Platform.LOCK: _kind(LockEntity, LockEntityDescription),
    Platform.SENSOR: _kind(SensorEntity, SensorEntityDescription),
}


def _plan(hass: HomeAssistant, entry: ConfigEntry) -> dict[str, Counter[str]]:
    """Return how many entities an entry has, by platform and device."""
    plan: dict[str, Counter[str]] = {}
    for entity in er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id):
        plan.setdefault(entity.domain, Counter())[entity.device_id or ""] += 1
    return plan


def async_empty_like(hass: HomeAssistant, entry: ConfigEntry) -> MockConfigEntry:
    """Add an entry with as many entities and devices of each kind, not yet set up."""
    plan = _plan(hass, entry)
    devices = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    return async_empty(hass, plan, [device.id for device in devices])


def async_empty(
    hass: HomeAssistant, plan: dict[str, Counter[str]], devices: Iterable[str]
) -> MockConfigEntry:
    """Add an entry with so many entities by platform and device, not yet set up."""
    platforms = [Platform(domain) for domain in plan]

    async def set_up(hass: HomeAssistant, entry: ConfigEntry) -> bool:
        for device in devices:
            dr.async_get(hass).async_get_or_create(
                config_entry_id=entry.entry_id,
                identifiers={(EMPTY, device)},
                name=f"Empty {device}",
            )
        await hass.config_entries.async_forward_entry_setups(entry, platforms)
        return True

    async def unload(hass: HomeAssistant, entry: ConfigEntry) -> bool:
        return await hass.config_entries.async_unload_platforms(entry, platforms)

    mock_integration(
        hass,
        MockModule(EMPTY, async_setup_entry=set_up, async_unload_entry=unload),
    )
    mock_platform(hass, f"{EMPTY}.config_flow")
    HANDLERS[EMPTY] = ConfigFlow
    for platform, counts in plan.items():
        mock_platform(
            hass,
            f"{EMPTY}.{platform}",
            MockPlatform(async_setup_entry=_adder(_KINDS[platform], counts)),
        )
    entry = MockConfigEntry(domain=EMPTY, title="Empty")
    entry.add_to_hass(hass)
    return entry


def _adder(kind: type[_Empty], counts: Counter[str]) -> Any:
    async def add(
        hass: HomeAssistant,
        entry: ConfigEntry,
        async_add_entities: AddConfigEntryEntitiesCallback,
    ) -> None:
        async_add_entities(
            kind(device, number)
            for device, count in counts.items()
            for number in range(count)
        )

    return add
