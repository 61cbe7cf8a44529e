"""What must outlive a restart: codes issued here, what was told, what was read.

Nothing in here is a password: digits are part of it only sealed (sealing.py).
"""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
import logging
import secrets
from typing import Any, NotRequired, Self, TypedDict, override

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util

from .const import DOMAIN
from .domain.availability import SupplyRefusal
from .domain.departures import Departure
from .domain.guest_memory import GuestMemory, memories_of
from .domain.journal import JournalEntry
from .domain.lifecycle import same_life
from .domain.passwords import IssuedCode, PasswordKey, PasswordType
from .domain.stored import optional_moment, time_text
from .sealing import SALT_BYTES
from .tuya_cloud import DataPoint, JsonValue, Specification

_LOGGER = logging.getLogger(__name__)

STORAGE_VERSION = 1
SAVE_DELAY = 10  # seconds; for what a restart could learn again


class StoredLock(TypedDict):
    """One lock as it lies in the storage file."""

    points: dict[str, int | None] | None
    offline: bool | None
    digits: int | None
    issued: list[dict[str, JsonValue]]
    told: list[str] | None
    alarms_read: str | None
    lives: NotRequired[dict[str, list[str]] | None]
    refusals: NotRequired[dict[str, dict[str, JsonValue]]]
    unreachable_since: NotRequired[str | None]
    alarms: NotRequired[list[str] | None]
    bolt_moved_at: NotRequired[str | None]
    full_with: NotRequired[int | None]
    journal: NotRequired[list[dict[str, JsonValue]]]
    kept: NotRequired[list[str]]
    departures: NotRequired[dict[str, dict[str, JsonValue]]]
    warned: NotRequired[dict[str, list[str]]]


class StoredAccount(TypedDict):
    """An account as it lies in the storage file; the salt is that of the sealed digits."""

    locks: dict[str, StoredLock]
    salt: NotRequired[str]
    guests: NotRequired[dict[str, dict[str, JsonValue]]]


@dataclass(slots=True)
class LockMemory:
    """What is remembered of one lock.

    points: the data points that the model has with their numbers, None until asked.
    offline: whether the cloud says that it takes offline codes, None until asked.
    digits: the length that the cloud accepted where it differs from the family's.
    issued: codes made here, by what tells them apart on the lock.
    told: keys of the records that were told, None before the first reading.
    alarms_read: alarms up to this time are read, None until the first count.
    lives: what was told of each password, None before the first reading.
    refusals: what the cloud last said of offline codes that can't be had, by type.
    unreachable_since: since when nothing was heard of it, None while it is in reach.
    alarms: those that the model says it can raise, None until asked.
    bolt_moved_at: after this time the bolt moved, None where nothing showed it.
    full_with: how many codes it had when it took no more, None where it has room.
    journal: changes that are not settled, or not told, by their own ids.
    kept: troubles of codes that the user decided to leave as they are.
    departures: when online codes went off the lock, by their ids.
    warned: ends of codes that automations were warned of, by how long before.
    """

    points: dict[str, int | None] | None = None
    offline: bool | None = None
    digits: int | None = None
    issued: dict[PasswordKey, IssuedCode] = field(default_factory=dict)
    told: frozenset[str] | None = None
    alarms_read: datetime | None = None
    lives: dict[str, frozenset[str]] | None = None
    refusals: dict[PasswordType, SupplyRefusal] = field(default_factory=dict)
    unreachable_since: datetime | None = None
    alarms: frozenset[str] | None = None
    bolt_moved_at: datetime | None = None
    full_with: int | None = None
    journal: dict[str, JournalEntry] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()
    departures: dict[str, Departure] = field(default_factory=dict)
    warned: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def specification(self) -> Specification | None:
        """Return the model's description as far as it is remembered."""
        return None if self.points is None else _specified(tuple(self.points.items()))

    def to_dict(self) -> StoredLock:
        """Return the form for the storage file."""
        return StoredLock(
            points=self.points,
            offline=self.offline,
            digits=self.digits,
            issued=[code.to_dict() for code in self.issued.values()],
            told=None if self.told is None else sorted(self.told),
            alarms_read=self.alarms_read.isoformat() if self.alarms_read else None,
            lives=None
            if self.lives is None
            else {key: sorted(life) for key, life in self.lives.items()},
            refusals={key: told.to_dict() for key, told in self.refusals.items()},
            unreachable_since=time_text(self.unreachable_since),
            alarms=None if self.alarms is None else sorted(self.alarms),
            bolt_moved_at=time_text(self.bolt_moved_at),
            full_with=self.full_with,
            journal=[entry.to_dict() for entry in self.journal.values()],
            kept=sorted(self.kept),
            departures={key: gone.to_dict() for key, gone in self.departures.items()},
            warned={key: sorted(ends) for key, ends in self.warned.items()},
        )

    @classmethod
    def from_dict(cls, data: StoredLock) -> Self:
        """Return what `to_dict` stored."""
        issued = [IssuedCode.from_dict(code) for code in data["issued"]]
        lives = data.get("lives")
        journal = map(JournalEntry.from_dict, data.get("journal", ()))
        alarms = data.get("alarms")
        return cls(
            points=data["points"],
            offline=data["offline"],
            digits=data["digits"],
            issued={code.key: code for code in issued},
            told=None if data["told"] is None else frozenset(data["told"]),
            alarms_read=None
            if data["alarms_read"] is None
            else datetime.fromisoformat(data["alarms_read"]),
            lives=None
            if lives is None
            else {key: same_life(frozenset(life)) for key, life in lives.items()},
            refusals={
                PasswordType(key): SupplyRefusal.from_dict(told)
                for key, told in data.get("refusals", {}).items()
            },
            unreachable_since=optional_moment(data, "unreachable_since"),
            alarms=None if alarms is None else frozenset(alarms),
            bolt_moved_at=optional_moment(data, "bolt_moved_at"),
            full_with=data.get("full_with"),
            journal={entry.id: entry for entry in journal},
            kept=frozenset(data.get("kept", ())),
            departures={
                key: Departure.from_dict(gone)
                for key, gone in data.get("departures", {}).items()
            },
            warned={
                key: frozenset(ends) for key, ends in data.get("warned", {}).items()
            },
        )


class TellingStore(Store[StoredAccount]):
    """A store that knows whether what was to be saved is on the disk.

    Home Assistant's own logs what it could not write, and goes on as if it had.
    """

    is_written = True

    @override
    async def _async_write_data(self, data: dict[str, Any]) -> None:
        self.is_written = False
        await super()._async_write_data(data)
        self.is_written = True

    async def async_write(self, data: StoredAccount) -> bool:
        """Save now; return whether it is on the disk, with this data or newer."""
        try:
            await self.async_save(data)
        except OSError as err:
            _LOGGER.error("Error writing %s: %s", self.path, err)
        return self.is_written


@lru_cache(maxsize=64)
def _specified(points: tuple[tuple[str, int | None], ...]) -> Specification:
    """Return the description of a model; a house has many locks of few models."""
    return Specification(
        category="",
        functions=(),
        status=tuple(
            DataPoint(code=code, type="", dp_id=number, values={})
            for code, number in points
        ),
    )


class LockStore:
    """The memory of one account, kept in Home Assistant's storage."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Initialize the store of one config entry."""
        self._store = TellingStore(
            hass,
            STORAGE_VERSION,
            f"{DOMAIN}.{entry_id}",
            private=True,
            atomic_writes=True,
        )
        self._hass = hass
        self._locks: dict[str, LockMemory] = {}
        # Of guest calendars, by the ids of their config subentries.
        self.guests: dict[str, GuestMemory] = {}
        self._closed = False
        self.salt = secrets.token_bytes(SALT_BYTES)

    async def async_load(self) -> None:
        """Load what was saved."""
        stored = await self._store.async_load()
        if stored is None:
            return
        self._locks = {
            device_id: LockMemory.from_dict(data)
            for device_id, data in stored["locks"].items()
        }
        self.guests, unreadable = memories_of(stored.get("guests", {}))
        for subentry_id in unreadable:
            _LOGGER.error(
                "What was stored of the guest calendar %s can't be read", subentry_id
            )
        if "salt" in stored:
            self.salt = base64.b64decode(stored["salt"])
        # A lock that is not in the account any more has nobody else to do this.
        for memory in self._locks.values():
            memory.issued = {
                key: code if code.end > dt_util.utcnow() else without_digits(code)
                for key, code in memory.issued.items()
            }

    def lock(self, device_id: str) -> LockMemory:
        """Return the memory of a lock, an empty one for a lock not seen before."""
        memory = self._locks.get(device_id)
        if memory is None:
            memory = self._locks[device_id] = LockMemory()
        return memory

    def forget(self, device_id: str) -> None:
        """Remove the memory of a lock that is gone: names of guests are in it."""
        if self._locks.pop(device_id, None) is not None:
            self.async_save_soon()

    def erase_digits(self) -> None:
        """Erase the sealed digits of all locks, of those not listed now too."""
        for memory in self._locks.values():
            memory.issued = {
                key: without_digits(code) for key, code in memory.issued.items()
            }
            memory.journal = {
                key: entry_without_digits(entry)
                for key, entry in memory.journal.items()
            }
        self.async_save_soon()

    async def async_save(self) -> bool:
        """Save now; return whether it is on the disk."""
        return not self._closed and await self._store.async_write(self._data())

    async def async_close(self) -> None:
        """Save for the last time; whoever loads it next is the one who saves it."""
        await self.async_save()
        self._closed = True

    @callback
    def async_save_promptly(self) -> None:
        """Save at once, without anybody waiting for it."""
        if not self._closed:
            self._hass.async_create_task(self.async_save(), "save what was settled")

    def async_save_soon(self) -> None:
        """Save within seconds, together with what else changes until then."""
        if not self._closed:
            self._store.async_delay_save(self._data, SAVE_DELAY)

    async def async_remove(self) -> None:
        """Delete the storage file."""
        await self._store.async_remove()

    def _data(self) -> StoredAccount:
        return StoredAccount(
            locks={
                device_id: memory.to_dict() for device_id, memory in self._locks.items()
            },
            salt=base64.b64encode(self.salt).decode(),
            guests={key: memory.to_dict() for key, memory in self.guests.items()},
        )


def without_digits(code: IssuedCode) -> IssuedCode:
    """Return a code with its sealed digits erased."""
    change = replace(code.change, sealed=None) if code.change else None
    return replace(code, sealed=None, change=change)


def entry_without_digits(entry: JournalEntry) -> JournalEntry:
    """Return a journal entry with its sealed digits erased."""
    before = without_digits(entry.before) if entry.before else None
    return replace(entry, sealed=None, before=before)
