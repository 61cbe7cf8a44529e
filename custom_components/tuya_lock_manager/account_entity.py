"""Base of the entities of an account, on a service device of its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import override

from homeassistant.components.sensor import SensorEntity, SensorEntityDescription
from homeassistant.const import EntityCategory
from homeassistant.core import callback
from homeassistant.helpers.device_registry import DeviceEntryType, DeviceInfo

from .account import TuyaLockConfigEntry
from .const import DOMAIN
from .ledger import CallLedger
from .tuya_cloud import CallKind


@dataclass(frozen=True, kw_only=True)
class AccountSensorDescription(SensorEntityDescription):
    """A sensor of an account: what it says of the ledger."""

    value_fn: Callable[[CallLedger], int | str]
    attributes_fn: Callable[[CallLedger], Mapping[str, int]] | None = None


def calls_by_kind(ledger: CallLedger) -> dict[str, int]:
    """Return the calls of the month by their kind, with those that were not made."""
    calls = ledger.count.calls
    return {kind.value: calls.get(kind, 0) for kind in CallKind}


class AccountSensor(SensorEntity):
    """A sensor of an account; it knows its value whether the cloud answers or not."""

    _attr_has_entity_name = True
    _attr_should_poll = False
    _attr_entity_category = EntityCategory.DIAGNOSTIC
    # They move with each call: history keeps the sum alone.
    _unrecorded_attributes = frozenset(kind.value for kind in CallKind)

    entity_description: AccountSensorDescription

    def __init__(
        self, entry: TuyaLockConfigEntry, description: AccountSensorDescription
    ) -> None:
        """Initialize the sensor."""
        self.entity_description = description
        self._ledger = entry.runtime_data.account.ledger
        self._attr_unique_id = f"{entry.entry_id}_{description.key}"
        self._attr_device_info = DeviceInfo(
            entry_type=DeviceEntryType.SERVICE,
            identifiers={(DOMAIN, entry.entry_id)},
            manufacturer="Tuya",
            name=entry.title,
        )

    @override
    async def async_added_to_hass(self) -> None:
        """Follow the count."""
        self.async_on_remove(self._ledger.async_add_listener(self._handle_change))

    @callback
    def _handle_change(self) -> None:
        self.async_write_ha_state()

    @property
    @override
    def native_value(self) -> int | str:
        """Return what the description reads of the ledger."""
        return self.entity_description.value_fn(self._ledger)

    @property
    @override
    def extra_state_attributes(self) -> Mapping[str, int] | None:
        """Return the calls by kind, where the value is their sum."""
        attributes_fn = self.entity_description.attributes_fn
        return attributes_fn(self._ledger) if attributes_fn else None
