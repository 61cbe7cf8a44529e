"""Buttons: ask the cloud about a lock now, and mark its alarms as read."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import override

from homeassistant.components.button import ButtonEntity, ButtonEntityDescription
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .account import TuyaLockConfigEntry
from .entity import (
    TuyaLockDescribedEntity,
    TuyaLockEntityDescription,
    async_add_described_entities,
)
from .hub import LockHub

# The client lets so many readings go at once.
PARALLEL_UPDATES = 0


async def _async_refresh(hub: LockHub) -> None:
    """Read the account's listing, then the lock itself."""
    hub.refreshes.spend(dt_util.utcnow(), hub.name)
    await hub.account.async_read_anew()
    await hub.async_read()


async def _async_mark_alarms_read(hub: LockHub) -> None:
    hub.activity.async_mark_alarms_read()


@dataclass(frozen=True, kw_only=True)
class TuyaLockButtonDescription(TuyaLockEntityDescription, ButtonEntityDescription):
    """A button: what pressing it does."""

    press_fn: Callable[[LockHub], Awaitable[None]]
    always_available: bool = False


BUTTONS = (
    # It is most wanted when the cloud could not be read.
    TuyaLockButtonDescription(
        key="refresh",
        translation_key="refresh",
        entity_category=EntityCategory.DIAGNOSTIC,
        press_fn=_async_refresh,
        always_available=True,
    ),
    TuyaLockButtonDescription(
        key="mark_alarms_read",
        translation_key="mark_alarms_read",
        press_fn=_async_mark_alarms_read,
        coordinator_fn=lambda hub: hub.activity,
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: TuyaLockConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the buttons of every lock."""
    async_add_described_entities(entry, async_add_entities, TuyaLockButton, BUTTONS)


class TuyaLockButton(TuyaLockDescribedEntity, ButtonEntity):
    """A button of a lock."""

    entity_description: TuyaLockButtonDescription

    @property
    @override
    def available(self) -> bool:
        """Return whether pressing it can do something."""
        return self.entity_description.always_available or super().available

    @override
    async def async_press(self) -> None:
        """Do what the description says."""
        await self.entity_description.press_fn(self.hub)
