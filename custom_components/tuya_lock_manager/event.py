"""Event entities: who opened, who rang, alarms, and what becomes of passwords."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import override

from homeassistant.components.event import (
    DoorbellEventType,
    EventDeviceClass,
    EventEntity,
    EventEntityDescription,
    EventExtraStoredData,
)
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .account import TuyaLockConfigEntry
from .activity import News
from .domain.alarms import ALARM_TYPES, alarm_of
from .domain.lifecycle import CodeEvent
from .domain.openings import OpeningMethod
from .domain.records import is_ring
from .entity import TuyaLockEntity, async_add_lock_entities
from .guests.entity import GuestEventEntity, async_add_guest_entities
from .guests.shown import GuestEventKind
from .hub import LockHub
from .lifecycle import CodeNews
from .told_facts import who_opened

PARALLEL_UPDATES = 0

type EventAttributes = dict[str, str | bool | None]
# What of them names guests, members and unlock methods.
_NAMES = frozenset({"person", "method", "password"})

type Told = tuple[str, EventAttributes]


def _unlocked(hub: LockHub, news: News) -> Told | None:
    """Return the method and who it was; numbers stand for names if the user wants so."""
    opening = hub.opening_of(news.record)
    if opening is None:
        return None
    attributes: EventAttributes = {"time": opening.time.isoformat()}
    who = who_opened(hub, opening, person="person", method="method")
    return opening.method, attributes | who


def _alarm(hub: LockHub, news: News) -> Told | None:
    """Return the type of the alarm and when it was raised."""
    alarm = alarm_of(news.record)
    if alarm is None:
        return None
    return alarm.type, {"time": alarm.time.isoformat(), "user_id": alarm.user_id}


def _doorbell(hub: LockHub, news: News) -> Told | None:
    """Return that somebody rang, and when."""
    if not is_ring(news.record):
        return None
    return DoorbellEventType.RING, {"time": news.record.time.isoformat()}


@dataclass(frozen=True, kw_only=True)
class TuyaLockEventDescription(EventEntityDescription):
    """An event entity: what a record is to it, and which locks have it."""

    news_fn: Callable[[LockHub, News], Told | None]
    exists_fn: Callable[[LockHub], bool] = lambda hub: True


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
    TuyaLockEventDescription(
        key="doorbell",
        device_class=EventDeviceClass.DOORBELL,
        event_types=[DoorbellEventType.RING],
        news_fn=_doorbell,
        exists_fn=lambda hub: "doorbell" in hub.codes,
    ),
)
PASSWORD = EventEntityDescription(
    key="password",
    translation_key="password",
    event_types=[event.value for event in CodeEvent],
)
GUEST_CODE = EventEntityDescription(
    key="guest_code",
    translation_key="guest_code",
    event_types=[kind.value for kind in GuestEventKind],
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: TuyaLockConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the event entities of every lock and of every guest calendar."""

    def entities_of(hub: LockHub) -> list[EventEntity]:
        return [
            *(
                TuyaLockEvent(hub, description)
                for description in EVENTS
                if description.exists_fn(hub)
            ),
            TuyaLockPasswordEvent(hub, hub.passwords, PASSWORD),
        ]

    async_add_lock_entities(entry, async_add_entities, entities_of)
    names = entry.runtime_data.names
    async_add_guest_entities(
        entry,
        async_add_entities,
        lambda keeper: [GuestEventEntity(keeper, GUEST_CODE, shows_names=names)],
    )


class _TuyaLockEventEntity(TuyaLockEntity, EventEntity):
    """Base: shows again what it told last, without names if the user wants so."""

    @override
    async def async_get_last_event_data(self) -> EventExtraStoredData | None:
        """Return what was told before the start."""
        data = await super().async_get_last_event_data()
        if data is None or self.hub.shows_names or not data.last_event_attributes:
            return data
        attributes = {
            key: value
            for key, value in data.last_event_attributes.items()
            if key not in _NAMES
        }
        return EventExtraStoredData(data.last_event_type, attributes)


class TuyaLockEvent(_TuyaLockEventEntity):
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
            self.hub.activity.async_add_news_listener(self._handle_news)
        )

    @callback
    def _handle_news(self, news: News) -> None:
        told = self.entity_description.news_fn(self.hub, news)
        if told is not None:
            type_, attributes = told
            self._trigger_event(type_, {**attributes, "late": news.late})
            self.async_write_ha_state()


class TuyaLockPasswordEvent(_TuyaLockEventEntity):
    """Tells what becomes of each password, once."""

    entity_description: EventEntityDescription

    @override
    async def async_added_to_hass(self) -> None:
        """Listen for what becomes of passwords."""
        await super().async_added_to_hass()
        self.async_on_remove(
            self.hub.lifecycle.async_add_news_listener(self._handle_news)
        )

    @callback
    def _handle_news(self, news: CodeNews) -> None:
        attributes: EventAttributes = {
            "password_id": news.id,
            "type": news.type.value,
            "late": news.late,
        }
        if self.hub.shows_names:
            attributes["password"] = news.name
        self._trigger_event(news.event, attributes)
        self.async_write_ha_state()
