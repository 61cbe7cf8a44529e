"""An integration that adds empty entities and devices, as many as another one has."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from homeassistant.components.binary_sensor import BinarySensorEntity
from homeassistant.components.button import ButtonEntity
from homeassistant.components.calendar import CalendarEntity
from homeassistant.components.event import EventEntity
from homeassistant.components.lock import LockEntity
from homeassistant.components.sensor import SensorEntity
from homeassistant.config_entries import HANDLERS, ConfigEntry, ConfigFlow
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    MockModule,
    MockPlatform,
    mock_integration,
    mock_platform,
)

EMPTY = "empty"


class _Empty(Entity):
    """What every empty entity has: an id, a name and a device."""

    _attr_should_poll = False
    _attr_has_entity_name = True

    def __init__(self, device: str, number: int) -> None:
        self._attr_unique_id = f"{device}_{number}"
        self._attr_name = f"Empty {number}"
        self._attr_device_info = DeviceInfo(
            identifiers={(EMPTY, device)}, name=f"Empty {device}"
        )


class _Event(_Empty, EventEntity):
    _attr_event_types = ["nothing"]


class _Calendar(_Empty, CalendarEntity):
    event = None


def _kind(base: type[Entity]) -> type[_Empty]:
    return type(f"Empty{base.__name__}", (_Empty, base), {})


_KINDS: dict[str, type[_Empty]] = {
    Platform.BINARY_SENSOR: _kind(BinarySensorEntity),
    Platform.BUTTON: _kind(ButtonEntity),
    Platform.CALENDAR: _Calendar,
    Platform.EVENT: _Event,
    Platform.LOCK: _kind(LockEntity),
    Platform.SENSOR: _kind(SensorEntity),
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
