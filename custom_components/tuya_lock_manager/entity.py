"""Base of every entity: one lock, one of its coordinators."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from types import MappingProxyType
from typing import Any, override

from homeassistant.core import callback
from homeassistant.helpers.entity import Entity, EntityDescription
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from .account import TuyaLockConfigEntry
from .hub import LockHub
from .turns import JOINING, CloudCoordinator


def described(name: str) -> Any:
    """Return a property that is read from the entity's description alone.

    Home Assistant would look for each of them in the class and the entity before, which
    takes a good part of the time that adding an entity takes.
    """
    return property(attrgetter(f"entity_description.{name}"))


class TuyaLockEntity(CoordinatorEntity[CloudCoordinator[Any]]):
    """Base entity of a lock.

    A house with many locks has thousands of entities, so what is the same for all of
    them is said in the class, and what is told easily is kept nowhere: Home Assistant
    would look for each in each entity, and keep what it found.
    """

    # Tuya's device id and what the entity is.
    unique_id = ""
    has_entity_name = True
    should_poll = False
    force_update = False
    assumed_state = False
    entity_registry_visible_default = True
    # Icons are in icons.json.
    icon = None
    device_info = None
    entity_picture = None
    attribution = None
    _attr_translation_placeholders: Mapping[str, str] = MappingProxyType({})

    device_class = described("device_class")
    entity_category = described("entity_category")
    translation_key = described("translation_key")

    def __init__(
        self,
        hub: LockHub,
        coordinator: CloudCoordinator[Any],
        description: EntityDescription,
        context: str | None = None,
    ) -> None:
        """Initialize the entity of one lock; `context` tells what it needs to be asked."""
        super().__init__(coordinator, context)
        self.hub = hub
        self.entity_description = description
        self.unique_id = f"{hub.id}_{description.key}"
        # It is registered; a description of it would be compared with that each time.
        self.device_entry = hub.device_entry

    @override
    async def async_added_to_hass(self) -> None:
        """Listen as one with the lock's other entities, and not each for itself.

        Everybody listens to the account's list too: it says whether the lock is still there.
        """
        listeners, account = self.hub.listeners, self.hub.account
        mine = listeners.of(self.coordinator, self.coordinator_context)
        mine.async_add(self._handle_coordinator_update)
        if self.coordinator is not account:
            listeners.of(account).async_add(self._handle_account_update)
        self.async_on_remove(self._listen_no_more)

    @callback
    def _listen_no_more(self) -> None:
        listeners = self.hub.listeners
        mine = listeners.of(self.coordinator, self.coordinator_context)
        mine.async_remove(self._handle_coordinator_update)
        listeners.of(self.hub.account).async_remove(self._handle_account_update)

    @callback
    def _handle_account_update(self) -> None:
        self.async_write_ha_state()

    @property
    @override
    def available(self) -> bool:
        """Return whether the cloud answered and still lists the lock."""
        return self.coordinator.is_up_to_date and self.hub.is_listed


@dataclass(frozen=True, kw_only=True)
class TuyaLockEntityDescription(EntityDescription):
    """An entity of a lock: what it listens to, and which locks have it.

    `context` tells the coordinator what the entity needs to be asked.
    """

    coordinator_fn: Callable[[LockHub], CloudCoordinator[Any]] = lambda hub: hub.account
    exists_fn: Callable[[LockHub], bool] = lambda hub: True
    context: str | None = None


class TuyaLockDescribedEntity(TuyaLockEntity):
    """Base entity of a lock of which a description says everything."""

    def __init__(self, hub: LockHub, description: TuyaLockEntityDescription) -> None:
        """Initialize the entity with the coordinator that its description names."""
        super().__init__(
            hub, description.coordinator_fn(hub), description, description.context
        )


def async_add_lock_entities(
    entry: TuyaLockConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
    entities_of: Callable[[LockHub], Iterable[Entity]],
) -> None:
    """Add the entities of every lock, now and whenever a lock joins the account."""
    known: set[LockHub] = set()

    @callback
    def add_new_locks() -> None:
        # A lock that was removed and is back has another hub than before.
        hubs = entry.runtime_data.locks.values()
        new = [hub for hub in hubs if hub not in known]
        known.clear()
        known.update(hubs)
        async_add_entities(entity for hub in new for entity in entities_of(hub))

    add_new_locks()
    entry.async_on_unload(
        entry.runtime_data.account.async_add_listener(add_new_locks, JOINING)
    )


def async_add_described_entities[D: TuyaLockEntityDescription](
    entry: TuyaLockConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
    entity: Callable[[LockHub, D], Entity],
    descriptions: Iterable[D],
) -> None:
    """Add an entity for each description that a lock has, now and for locks to come."""
    async_add_lock_entities(
        entry,
        async_add_entities,
        lambda hub: (
            entity(hub, description)
            for description in descriptions
            if description.exists_fn(hub)
        ),
    )
