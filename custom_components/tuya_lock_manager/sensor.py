"""Sensors: what codes a lock has, what it reported, who belongs to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.const import (
    MAX_LENGTH_STATE_STATE as MAX_STATE,
    PERCENTAGE,
    EntityCategory,
    UnitOfTime,
)
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.event import async_track_time_interval

from .account import TuyaLockConfigEntry
from .account_entity import AccountSensor, AccountSensorDescription, calls_by_kind
from .domain.alarms import ALARM_TYPES, Alarm, last_alarm
from .domain.battery import battery_level
from .domain.budget import PlanState
from .entity import (
    TuyaLockDescribedEntity,
    TuyaLockEntityDescription,
    async_add_described_entities,
    described,
)
from .guests.entity import GuestSensor, GuestSensorDescription, async_add_guest_entities
from .guests.shown import GuestCode
from .hub import LockHub
from .members import WAITING_METHODS
from .recent import last_opening

PARALLEL_UPDATES = 0
CLOCK_INTERVAL = timedelta(hours=1)


def _last_alarm(hub: LockHub) -> Alarm | None:
    return hub.activity.read_out(last_alarm)


def _about_alarm(hub: LockHub) -> dict[str, str]:
    """Return when the last alarm was raised."""
    alarm = _last_alarm(hub)
    return {"time": alarm.time.isoformat()} if alarm else {}


def _about_opening(hub: LockHub) -> dict[str, str | None]:
    """Return how the door was opened last, and by whom; no names if the user wants so."""
    opening = last_opening(hub)
    if opening is None:
        return {}
    attributes: dict[str, str | None] = {
        "type": opening.method,
        "user_id": opening.user_id,
        "password_id": opening.password_id,
    }
    if hub.shows_names:
        attributes |= {
            "person": opening.person,
            "method": opening.method_name,
            "password": opening.password_name,
        }
    return attributes


@dataclass(frozen=True, kw_only=True)
class TuyaLockSensorDescription(TuyaLockEntityDescription, SensorEntityDescription):
    """A sensor: what it says of a lock."""

    value_fn: Callable[[LockHub], int | str | datetime | None]
    attributes_fn: Callable[[LockHub], Mapping[str, str | None]] | None = None
    follows_clock: bool = False


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
        key="next_start",
        translation_key="next_start",
        device_class=SensorDeviceClass.TIMESTAMP,
        coordinator_fn=lambda hub: hub.passwords,
        value_fn=lambda hub: hub.passwords.counts.next_start,
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
        key="last_alarm",
        translation_key="last_alarm",
        device_class=SensorDeviceClass.ENUM,
        options=[kind.value for kind in ALARM_TYPES],
        coordinator_fn=lambda hub: hub.activity,
        value_fn=lambda hub: alarm.type if (alarm := _last_alarm(hub)) else None,
        attributes_fn=_about_alarm,
    ),
    TuyaLockSensorDescription(
        key="last_unlock",
        translation_key="last_unlock",
        device_class=SensorDeviceClass.TIMESTAMP,
        coordinator_fn=lambda hub: hub.activity,
        value_fn=lambda hub: opening.time if (opening := last_opening(hub)) else None,
        attributes_fn=_about_opening,
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
        key="waiting_methods",
        translation_key="waiting_methods",
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        coordinator_fn=lambda hub: hub.members,
        value_fn=lambda hub: hub.waiting_methods,
        context=WAITING_METHODS,
    ),
    TuyaLockSensorDescription(
        key="days_in_use",
        translation_key="days_in_use",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.DAYS,
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        value_fn=lambda hub: hub.days_in_use,
        exists_fn=lambda hub: hub.days_in_use is not None,
        follows_clock=True,
    ),
    TuyaLockSensorDescription(
        key="battery",
        device_class=SensorDeviceClass.BATTERY,
        native_unit_of_measurement=PERCENTAGE,
        state_class=SensorStateClass.MEASUREMENT,
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=lambda hub: battery_level(hub.device.status),
    ),
)


ACCOUNT_SENSORS = (
    AccountSensorDescription(
        key="calls_this_month",
        translation_key="calls_this_month",
        state_class=SensorStateClass.TOTAL_INCREASING,
        value_fn=lambda ledger: ledger.count.total,
        attributes_fn=calls_by_kind,
    ),
    AccountSensorDescription(
        key="calls_projected",
        translation_key="calls_projected",
        value_fn=lambda ledger: ledger.projected,
    ),
    AccountSensorDescription(
        key="plan_state",
        translation_key="plan_state",
        device_class=SensorDeviceClass.ENUM,
        options=[state.value for state in PlanState],
        value_fn=lambda ledger: ledger.state,
    ),
)

GUEST_SENSORS = (
    GuestSensorDescription(
        key="next_guest",
        translation_key="next_guest",
        # Home Assistant takes no state that is longer; titles of events may be.
        value_fn=lambda state: state.next_guest and state.next_guest[:MAX_STATE],
    ),
    GuestSensorDescription(
        key="guest_code",
        translation_key="guest_code",
        device_class=SensorDeviceClass.ENUM,
        options=[code.value for code in GuestCode],
        value_fn=lambda state: state.code,
    ),
    GuestSensorDescription(
        key="check_in",
        translation_key="check_in",
        device_class=SensorDeviceClass.TIMESTAMP,
        value_fn=lambda state: state.check_in,
    ),
    GuestSensorDescription(
        key="check_out",
        translation_key="check_out",
        device_class=SensorDeviceClass.TIMESTAMP,
        value_fn=lambda state: state.check_out,
    ),
    GuestSensorDescription(
        key="bookings",
        translation_key="bookings",
        state_class=SensorStateClass.MEASUREMENT,
        value_fn=lambda state: state.bookings,
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: TuyaLockConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the sensors of the account, of every lock and of every guest calendar."""
    async_add_entities(
        AccountSensor(entry, description) for description in ACCOUNT_SENSORS
    )
    async_add_described_entities(entry, async_add_entities, _sensor, SENSORS)
    async_add_guest_entities(
        entry,
        async_add_entities,
        lambda keeper: (
            GuestSensor(keeper, description) for description in GUEST_SENSORS
        ),
    )


class TuyaLockSensor(TuyaLockDescribedEntity, SensorEntity):
    """A sensor of a lock."""

    entity_description: TuyaLockSensorDescription
    last_reset = None
    options = described("options")
    state_class = described("state_class")
    native_unit_of_measurement = described("native_unit_of_measurement")
    suggested_display_precision = described("suggested_display_precision")
    suggested_unit_of_measurement = described("suggested_unit_of_measurement")

    @property
    @override
    def native_value(self) -> int | str | datetime | None:
        """Return what the description reads of the lock."""
        return self.entity_description.value_fn(self.hub)

    @property
    @override
    def extra_state_attributes(self) -> Mapping[str, str | None] | None:
        """Return what belongs to the value, where something does."""
        attributes_fn = self.entity_description.attributes_fn
        return attributes_fn(self.hub) if attributes_fn else None


class TuyaLockClockSensor(TuyaLockSensor):
    """A sensor whose value changes with time alone, without any news."""

    @override
    async def async_added_to_hass(self) -> None:
        """Listen to the clock too."""
        await super().async_added_to_hass()
        self.async_on_remove(
            async_track_time_interval(self.hass, self._handle_time, CLOCK_INTERVAL)
        )

    @callback
    def _handle_time(self, now: datetime) -> None:
        self.async_write_ha_state()


def _sensor(hub: LockHub, description: TuyaLockSensorDescription) -> TuyaLockSensor:
    kind = TuyaLockClockSensor if description.follows_clock else TuyaLockSensor
    return kind(hub, description)
