"""What was read last, kept across restarts, so that a start asks nothing that is known.

It is a copy of what the cloud said, as the models have it: without any digits. It is saved
now and then and when Home Assistant stops; what a kill loses is read again.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.storage import Store

from .const import DOMAIN
from .domain.people import People
from .domain.plain import from_plain, to_plain
from .tuya_cloud import Device, LockRecord, OfflineListing, OnlinePassword

STORAGE_VERSION = 1
SAVE_DELAY = 300  # seconds


@dataclass(frozen=True, slots=True)
class ReadListing:
    """The account's list of locks."""

    read_at: datetime
    devices: tuple[Device, ...]


@dataclass(frozen=True, slots=True)
class ReadPasswords:
    """The lists of a lock's codes; that of offline codes is read less often."""

    read_at: datetime
    online: tuple[OnlinePassword, ...]
    offline: tuple[OfflineListing, ...] | None
    offline_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReadRecords:
    """The records of a lock."""

    read_at: datetime
    records: tuple[LockRecord, ...]


@dataclass(frozen=True, slots=True)
class ReadPeople:
    """The members of a lock."""

    read_at: datetime
    people: People


type Part = ReadListing | ReadPasswords | ReadRecords | ReadPeople

_KINDS: dict[str, type[Part]] = {
    kind.__name__: kind
    for kind in (ReadListing, ReadPasswords, ReadRecords, ReadPeople)
}


class StoredParts(TypedDict):
    """The parts as they lie in the storage file: by lock, "" for the account, and kind."""

    parts: dict[str, dict[str, Any]]


class LastRead:
    """The last good answers of an account.

    Encoding and decoding are done outside the event loop: there may be thousands.
    """

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Initialize the memory of one config entry."""
        self._hass = hass
        self._store = _store(hass, entry_id)
        self._parts: dict[tuple[str, str], Part] = {}
        self._will_be_saved = False
        self._closed = False

    async def async_load(self) -> None:
        """Load what was saved."""
        stored = await self._store.async_load()
        if stored is not None:
            self._parts = await self._hass.async_add_executor_job(_decode, stored)

    def get[P: Part](self, lock_id: str, kind: type[P]) -> P | None:
        """Return what was read last of a lock, or of the account: ""."""
        part = self._parts.get((lock_id, kind.__name__))
        return part if isinstance(part, kind) else None

    @callback
    def async_put(self, lock_id: str, part: Part) -> None:
        """Remember what was read."""
        if self._closed:
            return
        self._parts[lock_id, type(part).__name__] = part
        if not self._will_be_saved:
            self._will_be_saved = True
            self._store.async_delay_save(self._encode, SAVE_DELAY)

    @callback
    def async_forget(self, lock_id: str) -> None:
        """Forget a lock that is gone."""
        for kind in _KINDS:
            self._parts.pop((lock_id, kind), None)

    async def async_close(self) -> None:
        """Save for the last time."""
        self._closed = True
        data = await self._hass.async_add_executor_job(self._encode)
        await self._store.async_save(data)

    @staticmethod
    async def async_remove(hass: HomeAssistant, entry_id: str) -> None:
        """Delete the storage file of a config entry."""
        await _store(hass, entry_id).async_remove()

    def _encode(self) -> StoredParts:
        """Return the form for the storage file; it runs outside the event loop."""
        self._will_be_saved = False
        parts: dict[str, dict[str, Any]] = {}
        for (lock_id, kind), part in self._parts.copy().items():
            parts.setdefault(lock_id, {})[kind] = to_plain(part)
        return StoredParts(parts=parts)


def _decode(stored: StoredParts) -> dict[tuple[str, str], Part]:
    """Return what can be read of a storage file; the rest is read from the cloud."""
    parts: dict[tuple[str, str], Part] = {}
    for lock_id, kinds in stored["parts"].items():
        for kind, data in kinds.items():
            try:
                parts[lock_id, kind] = from_plain(_KINDS[kind], data)
            except KeyError, TypeError, ValueError:
                continue
    return parts


def _store(hass: HomeAssistant, entry_id: str) -> Store[StoredParts]:
    return Store(
        hass,
        STORAGE_VERSION,
        f"{DOMAIN}.{entry_id}.last_read",
        private=True,
        atomic_writes=True,
        serialize_in_event_loop=False,
    )
