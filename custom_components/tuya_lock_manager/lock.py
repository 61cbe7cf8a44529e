"""Lock entity: the handle of every action, and remote opening where the lock can."""

from typing import Any, override

from homeassistant.components.lock import LockEntity, LockEntityDescription
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .account import TuyaLockConfigEntry
from .activity import News
from .bolt import is_jammed
from .entity import TuyaLockEntity, async_add_lock_entities
from .hub import LockHub

# The manager lets one change at a time go to a lock; locks need not wait for others.
PARALLEL_UPDATES = 0

LOCK = LockEntityDescription(key="lock", name=None)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: TuyaLockConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the lock entity of every lock."""
    async_add_lock_entities(
        entry, async_add_entities, lambda hub: [TuyaLock(entry, hub)]
    )


class TuyaLock(TuyaLockEntity, LockEntity):
    """A lock; its state is unknown where the model does not report its bolt."""

    def __init__(self, entry: TuyaLockConfigEntry, hub: LockHub) -> None:
        """Initialize the entity."""
        super().__init__(hub, hub.account, LOCK)
        self.unique_id = hub.id
        self._manager = entry.runtime_data.manager

    @property
    @override
    def is_locked(self) -> bool | None:
        """Return whether the bolt is out; a running motor state means unlocked."""
        unlocked = self.hub.device.status.get("lock_motor_state")
        return not unlocked if isinstance(unlocked, bool) else None

    @property
    @override
    def is_jammed(self) -> bool | None:
        """Return whether the lock raised such an alarm, and nothing moved since."""
        return is_jammed(self.hub)

    @override
    async def async_added_to_hass(self) -> None:
        """Listen to news too: they tell of a jammed bolt.

        It has no records read for it, as a listener of the coordinator would.
        """
        await super().async_added_to_hass()
        self.async_on_remove(
            self.hub.activity.async_add_news_listener(self._handle_news)
        )

    @callback
    def _handle_news(self, news: News) -> None:
        self.async_write_ha_state()

    @override
    async def async_lock(self, **kwargs: Any) -> None:
        """Lock from afar, or say why that can't be."""
        await self._manager.async_operate(self.hub, unlock=False)

    @override
    async def async_unlock(self, **kwargs: Any) -> None:
        """Unlock from afar, or say why that can't be."""
        await self._manager.async_operate(self.hub, unlock=True)
