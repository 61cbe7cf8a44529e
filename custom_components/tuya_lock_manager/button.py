"""Button: ask the cloud about a lock now."""

from typing import override

from homeassistant.components.button import ButtonEntity, ButtonEntityDescription
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .account import TuyaLockConfigEntry
from .entity import TuyaLockEntity, async_add_lock_entities

PARALLEL_UPDATES = 1

REFRESH = ButtonEntityDescription(
    key="refresh",
    translation_key="refresh",
    entity_category=EntityCategory.DIAGNOSTIC,
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: TuyaLockConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the button of every lock."""
    async_add_lock_entities(
        entry,
        async_add_entities,
        lambda hub: [TuyaLockRefreshButton(hub, hub.account, REFRESH)],
    )


class TuyaLockRefreshButton(TuyaLockEntity, ButtonEntity):
    """Reads everything about a lock anew; it works while the last reading failed."""

    @property
    @override
    def available(self) -> bool:
        """Return True: it is most wanted when the cloud could not be read."""
        return True

    @override
    async def async_press(self) -> None:
        """Read the account's listing, then the lock itself."""
        await self.hub.account.async_refresh()
        await self.hub.async_read()
