"""Which locks automations wait for: what nobody looks at is not asked of the cloud.

A trigger or a condition needs no entity, so the coordinators can't tell from their
listeners that somebody wants to know.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from homeassistant.const import Platform
from homeassistant.core import (
    CALLBACK_TYPE,
    Event,
    HomeAssistant,
    callback,
    split_entity_id,
)
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)
from homeassistant.helpers.target import (
    TargetSelection,
    async_extract_referenced_entity_ids,
)
from homeassistant.util.hass_dict import HassKey

from .const import DOMAIN
from .issues import RequestKind
from .targets import excluded_locks, registered_locks, selected_locks

if TYPE_CHECKING:
    from .account import TuyaLockConfigEntry
    from .hub import LockHub

_AWAITED: HassKey[set[AwaitedLocks]] = HassKey(f"{DOMAIN}_awaited")


@callback
def is_awaited(hass: HomeAssistant, lock_id: str, kind: RequestKind) -> bool:
    """Return whether an automation waits for this kind of news of a lock."""
    awaited = hass.data.get(_AWAITED, ())
    return any(kind in locks.kinds and lock_id in locks.ids for locks in awaited)


@callback
def loaded_hubs(hass: HomeAssistant) -> dict[str, LockHub]:
    """Return the locks of all loaded accounts, by Tuya's ids."""
    entries: list[TuyaLockConfigEntry] = hass.config_entries.async_loaded_entries(
        DOMAIN
    )
    return {
        lock_id: hub
        for entry in entries
        for lock_id, hub in entry.runtime_data.locks.items()
    }


class AwaitedLocks:
    """The locks of a target, followed while an automation waits for news of them.

    `ids` are Tuya's ids; they change with areas, labels and entities. `is_complete` tells
    whether every lock is there that the target names as such.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        target: Mapping[str, Any],
        kinds: frozenset[RequestKind],
    ) -> None:
        """Take the target as an automation names it; nothing is followed yet."""
        self.kinds = kinds
        self.ids: frozenset[str] = frozenset()
        self.is_complete = False
        self._hass = hass
        self._target = dict(target)
        self._selection = TargetSelection(self._target)
        self._named = {
            entity_id
            for entity_id in self._selection.entity_ids
            if split_entity_id(entity_id)[0] == Platform.LOCK
        }
        self._unsubscribe: list[CALLBACK_TYPE] = []

    @callback
    def async_start(self) -> None:
        """Follow the target from now on; what is overdue for its locks is asked."""
        bus = self._hass.bus
        self._unsubscribe = [
            bus.async_listen(
                er.EVENT_ENTITY_REGISTRY_UPDATED,
                self._handle_change,
                event_filter=_is_about_lock,
            ),
            bus.async_listen(dr.EVENT_DEVICE_REGISTRY_UPDATED, self._handle_change),
            bus.async_listen(ar.EVENT_AREA_REGISTRY_UPDATED, self._handle_change),
        ]
        self._hass.data.setdefault(_AWAITED, set()).add(self)
        self._resolve()

    @callback
    def async_stop(self) -> None:
        """Follow it no more; it may be stopped already."""
        while self._unsubscribe:
            self._unsubscribe.pop()()
        self._hass.data.get(_AWAITED, set()).discard(self)
        self._take(frozenset())

    @callback
    def _handle_change(self, event: Event[Any]) -> None:
        self._resolve()

    def _resolve(self) -> None:
        selected = async_extract_referenced_entity_ids(self._hass, self._selection)
        locks = registered_locks(self._hass)
        self.is_complete = self._named <= locks.keys()
        self._take(
            frozenset(
                locks[entity_id].unique_id
                for entity_id in selected_locks(self._hass, selected)
                - excluded_locks(self._hass, self._target)
            )
        )

    def _take(self, ids: frozenset[str]) -> None:
        if ids == self.ids:
            return
        changed, self.ids = ids ^ self.ids, ids
        hubs = loaded_hubs(self._hass)
        for lock_id in changed & hubs.keys():
            hubs[lock_id].async_plan()


@callback
def _is_about_lock(data: Mapping[str, Any]) -> bool:
    """Tell whether a change of the entity registry is about a lock."""
    return str(data["entity_id"]).startswith(f"{Platform.LOCK}.")
