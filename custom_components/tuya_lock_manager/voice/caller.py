"""Who asks by voice, what the owner lets them do, and which locks they may name."""

from dataclasses import dataclass
from typing import Self

from homeassistant.components.homeassistant.exposed_entities import async_should_expose
from homeassistant.core import Context, HomeAssistant, State, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
    intent,
)

from ..account import TuyaLockConfigEntry
from ..actions.target import Target, loaded_lock
from ..const import OPT_VOICE_CREATE, OPT_VOICE_NOTIFY, OPT_VOICE_SPEAK
from ..dialogs.words import Words
from ..exceptions import refused
from ..hub import LockHub
from ..manager import LockManager
from ..targets import registered_locks
from .language import async_spoken_language

# Whom an entity is exposed to where a caller doesn't say.
_ASSISTANT = "conversation"


@dataclass(frozen=True, slots=True)
class VoiceLock:
    """A lock that is exposed: how it may be called, and the account it belongs to.

    `target` is why it can't be reached where its account isn't loaded.
    """

    entity_id: str
    name: str
    names: tuple[str, ...]
    areas: tuple[str, ...]
    entry: TuyaLockConfigEntry
    target: Target | ServiceValidationError

    @property
    def hub(self) -> LockHub:
        """Return the lock; raises ServiceValidationError where it isn't there."""
        return self._reached[1]

    @property
    def manager(self) -> LockManager:
        """Return who changes it; raises ServiceValidationError where it isn't there."""
        return self._reached[0]

    @property
    def _reached(self) -> Target:
        if isinstance(self.target, ServiceValidationError):
            raise self.target
        return self.target

    def allows(self, option: str) -> bool:
        """Return whether the owner of its account switched something on."""
        return bool(self.entry.options.get(option, False))

    @property
    def notify(self) -> str | None:
        """Return the notify entity that digits are sent to."""
        chosen: str | None = self.entry.options.get(OPT_VOICE_NOTIFY)
        return chosen or None

    @property
    def speaks_digits(self) -> bool:
        """Return whether digits may be part of an answer."""
        return self.allows(OPT_VOICE_SPEAK)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, in which language, and from where.

    `place` tells one conversation from another: the user and the device.
    """

    hass: HomeAssistant
    context: Context | None
    assistant: str
    language: str
    words: Words
    device_id: str | None

    @classmethod
    async def async_load(
        cls,
        hass: HomeAssistant,
        context: Context | None,
        *,
        assistant: str | None,
        language: str | None,
        device_id: str | None,
    ) -> Self:
        """Return the caller with the words of their language."""
        spoken = language or hass.config.language
        words = await Words.async_load(hass, await async_spoken_language(hass, spoken))
        return cls(hass, context, assistant or _ASSISTANT, spoken, words, device_id)

    @property
    def place(self) -> tuple[str | None, str | None]:
        """Return what tells this conversation from another one."""
        return self.user_id, self.device_id

    @property
    def user_id(self) -> str | None:
        """Return the user behind the call, None where there is none."""
        return self.context.user_id if self.context else None

    def locks(self) -> list[VoiceLock]:
        """Return the exposed locks by name.

        Raises ServiceValidationError where there is none.
        """
        locks = exposed_locks(self.hass, self.assistant)
        if not locks:
            raise refused("voice_no_lock")
        return locks

    async def async_require(self, option: str, lock: VoiceLock) -> None:
        """Refuse what the owner did not allow, and a user who is no administrator.

        Without a user the owner's word is all there is.
        """
        if not lock.allows(option):
            what = "create" if option == OPT_VOICE_CREATE else "delete"
            raise refused(f"voice_not_allowed_{what}", lock=lock.name)
        if self.user_id is None:
            return
        user = await self.hass.auth.async_get_user(self.user_id)
        if user is None or not user.is_admin:
            raise refused("voice_not_admin")


@callback
def exposed_locks(hass: HomeAssistant, assistant: str) -> list[VoiceLock]:
    """Return the locks that an assistant may know of, by name."""
    found = [
        lock
        for entity in registered_locks(hass).values()
        if entity.disabled_by is None
        and async_should_expose(hass, assistant, entity.entity_id)
        and (lock := _lock(hass, entity)) is not None
    ]
    return sorted(found, key=lambda lock: lock.name.casefold())


def _lock(hass: HomeAssistant, entity: er.RegistryEntry) -> VoiceLock | None:
    entry: TuyaLockConfigEntry | None = (
        hass.config_entries.async_get_entry(entity.config_entry_id)
        if entity.config_entry_id
        else None
    )
    if entry is None:
        return None
    state = hass.states.get(entity.entity_id) or State(entity.entity_id, "unknown")
    names = intent.async_get_entity_aliases(hass, entity, state=state)
    return VoiceLock(
        entity_id=entity.entity_id,
        name=state.name,
        names=tuple(dict.fromkeys((*names, state.name))),
        areas=tuple(_areas(hass, entity)),
        entry=entry,
        target=loaded_lock(hass, entity),
    )


def _areas(hass: HomeAssistant, entity: er.RegistryEntry) -> list[str]:
    """Return the names of the area where a lock is."""
    area_id = entity.area_id
    if area_id is None and entity.device_id is not None:
        device = dr.async_get(hass).async_get(entity.device_id)
        area_id = device.area_id if device else None
    area = ar.async_get(hass).async_get_area(area_id) if area_id else None
    return [area.name, *area.aliases] if area else []
