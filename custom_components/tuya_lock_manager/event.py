"""Event entities: who opened the door, and what a lock raised the alarm about."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import override

from homeassistant.components.event import EventEntity, EventEntityDescription
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .account import TuyaLockConfigEntry
from .domain.alarms import ALARM_TYPES, alarm_of
from .domain.openings import OpeningMethod, opening_of
from .entity import TuyaLockEntity, async_add_lock_entities
from .hub import LockHub
from .tuya_cloud import LockRecord

PARALLEL_UPDATES = 0

type News = tuple[str, dict[str, str | None]]


def _unlocked(hub: LockHub, record: LockRecord) -> News | None:
    """Return the method and who it was; numbers stand for names if the user wants so."""
    opening = opening_of(record, hub.passwords.data or ())
    if opening is None:
        return None
    attributes = {
        "time": opening.time.isoformat(),
        "user_id": opening.user_id,
        "password_id": opening.password_id,
    }
    if hub.shows_names:
        attributes |= {"person": opening.person, "password": opening.password_name}
    return opening.method, attributes


def _alarm(hub: LockHub, record: LockRecord) -> News | None:
    """Return the type of the alarm and when it was raised."""
    alarm = alarm_of(record)
    if alarm is None:
        return None
    return alarm.type, {"time": alarm.time.isoformat(), "user_id": alarm.user_id}


@dataclass(frozen=True, kw_only=True)
class TuyaLockEventDescription(EventEntityDescription):
    """An event entity: what a record is to it."""

    news_fn: Callable[[LockHub, LockRecord], News | None]


EVENTS = (
    TuyaLockEventDescription(
        key="unlocked",
        translation_key="unlocked",
        event_types=[method.value for method in OpeningMethod],
        news_fn=_unlocked,
    ),
    TuyaLockEventDescription(
        key="alarm",
        translation_key="alarm",
        event_types=[kind.value for kind in ALARM_TYPES],
        news_fn=_alarm,
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: TuyaLockConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the event entities of every lock."""
    async_add_lock_entities(
        entry,
        async_add_entities,
        lambda hub: (TuyaLockEvent(hub, description) for description in EVENTS),
    )


class TuyaLockEvent(TuyaLockEntity, EventEntity):
    """Tells each record of its kind once."""

    entity_description: TuyaLockEventDescription

    def __init__(self, hub: LockHub, description: TuyaLockEventDescription) -> None:
        """Initialize the event entity."""
        super().__init__(hub, hub.activity, description)

    @override
    async def async_added_to_hass(self) -> None:
        """Listen for records that were never told."""
        await super().async_added_to_hass()
        self.async_on_remove(
            self.hub.activity.async_add_news_listener(self._handle_record)
        )

    @callback
    def _handle_record(self, record: LockRecord) -> None:
        news = self.entity_description.news_fn(self.hub, record)
        if news is not None:
            self._trigger_event(*news)
            self.async_write_ha_state()
