"""One lock of the account: what it is, what is known of it, how it is asked."""

import asyncio
from collections.abc import Coroutine
from functools import cached_property
from typing import TYPE_CHECKING, cast

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr

from .activity import ActivityCoordinator
from .code_issues import CodeIssues
from .const import (
    CONF_ACCESS_SECRET,
    DEFAULT_KEEP_DIGITS,
    DEFAULT_NAMES,
    DOMAIN,
    OPT_DIGITS,
    OPT_FAMILY,
    OPT_KEEP_DIGITS,
    OPT_LOCKS,
    OPT_NAMES,
    OPT_TIME_ZONE,
)
from .coordinator import PasswordCoordinator
from .devices import async_register_lock
from .domain.cadence import has_news, is_back
from .domain.families import (
    FamilyTraits,
    LockFamily,
    family_of,
    supports_offline,
    traits,
)
from .domain.methods import unlock_types
from .domain.openings import Opening, OpeningMethod, opening_method, opening_of
from .domain.passwords import IssuedCode, PasswordKey
from .domain.usage import Usage, usage_of
from .issues import AccountIssues, account_issues
from .journal import LockJournal
from .last_read import ReadPasswords, ReadPeople, ReadRecords
from .lifecycle import PasswordLifecycle
from .listeners import SharedListeners
from .members import MemberCoordinator
from .refreshes import Refreshes
from .sealing import DigitsSafe
from .store import LockMemory, LockStore
from .tuya_cloud import (
    USUAL_TYPES,
    Device,
    DeviceNotFoundError,
    LockRecord,
    TuyaLockClient,
    UnlockType,
    UnsupportedError,
)

if TYPE_CHECKING:
    from .account import AccountCoordinator, TuyaLockConfigEntry
    from .delivery import Waiting
    from .manager import LockManager

# Names of radio standards; they are the same in every language.
_FAMILY_NAMES = {
    LockFamily.ZIGBEE: "Zigbee",
    LockFamily.WIFI: "Wi-Fi",
    LockFamily.BLUETOOTH_GATEWAY: "Bluetooth + gateway",
    LockFamily.BLUETOOTH: "Bluetooth",
    LockFamily.KEYPAD: "Wi-Fi keypad",
    LockFamily.UNKNOWN: "Tuya lock",
}


class LockHub:
    """A lock with its memory and its coordinators.

    `id` is Tuya's id of it; `device` is the last listing of it; it stays while the lock is missing from the
    account's list.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        entry: TuyaLockConfigEntry,
        account: AccountCoordinator,
        device: Device,
    ) -> None:
        """Initialize the lock; nothing is asked yet."""
        self.id = device.id
        self.device = device
        self.account = account
        self.client: TuyaLockClient = account.client
        self.store: LockStore = account.store
        self.last_read = account.last_read
        self._entry = entry
        self.passwords = PasswordCoordinator(hass, entry, self)
        self.activity = ActivityCoordinator(hass, entry, self)
        self.members = MemberCoordinator(hass, entry, self)
        self.lifecycle = PasswordLifecycle(self)
        self.journal = LockJournal(self)
        # Its entities listen as one.
        self.listeners = SharedListeners()
        self.troubles = CodeIssues(self)
        self.refreshes = Refreshes()
        # The calls that wait until the lock took what they sent.
        self.waiting: set[Waiting] = set()
        # What the model told of the family, and what it was told of; it is often asked.
        self._family: tuple[Device, object, LockFamily] | None = None
        # What was read out of the records last, and of what.
        self._usage: tuple[object, Usage] | None = None
        # The lock's device, which all of its entities share.
        self.device_entry = async_register_lock(hass, entry, self)

    @property
    def name(self) -> str:
        """Return the name that the user gave the lock, else the one it has at Tuya."""
        known = dr.async_get(self.account.hass).async_get_device_by_identifier(
            (DOMAIN, self.id), self._entry.entry_id
        )
        return (known.name_by_user if known else None) or self.device.name

    @property
    def is_listed(self) -> bool:
        """Return whether the lock was in the account's last good listing."""
        return self.account.has_answer and self.id in self.account.data

    def require_listed(self) -> None:
        """Raise where the account does not list the lock: then nothing is asked of it.

        Raises:
            DeviceNotFoundError: it doesn't.
        """
        if not self.is_listed:
            raise DeviceNotFoundError("The account does not list the lock now")

    @property
    def issues(self) -> AccountIssues:
        """Return the repairs of the lock's account."""
        return account_issues(self.account.hass, self._entry)

    @property
    def manager(self) -> LockManager:
        """Return who changes the lock."""
        return self._entry.runtime_data.manager

    @property
    def memory(self) -> LockMemory:
        """Return what outlives a restart."""
        return self.store.lock(self.id)

    @property
    def family_name(self) -> str:
        """Return how the lock is reached, as its device page says it."""
        return _FAMILY_NAMES[self.family]

    @property
    def family(self) -> LockFamily:
        """Return how the lock is reached, as chosen by the user or told by the model."""
        if chosen := self._option(OPT_FAMILY):
            return LockFamily(cast(str, chosen))
        device, points = self.device, self.memory.points
        told = self._family
        if told is None or told[0] is not device or told[1] is not points:
            family = family_of(device, self.memory.specification)
            told = self._family = device, points, family
        return told[2]

    @property
    def traits(self) -> FamilyTraits:
        """Return what the lock's family can do."""
        return traits(self.family)

    @property
    def codes(self) -> frozenset[str]:
        """Return the codes of the data points that the model has, as far as known."""
        return frozenset(self.memory.points or ()) | self.device.status.keys()

    @property
    def days_in_use(self) -> int | None:
        """Return for how many days the lock is in use, None where the cloud doesn't say."""
        since = self.device.active_time
        return None if since is None else (self.client.now() - since).days

    @property
    def waiting_methods(self) -> int | None:
        """Return how many unlock methods have no owner, None where nobody said."""
        people = self.members.data
        return None if people is None or people.waiting is None else len(people.waiting)

    @property
    def unlock_types(self) -> tuple[UnlockType, ...]:
        """Return the types of unlock methods that the model has, the usual if untold."""
        return unlock_types(self.memory.points or ()) or USUAL_TYPES

    @property
    def digits(self) -> int:
        """Return how many digits a code of this lock has."""
        chosen = cast(int | None, self._option(OPT_DIGITS))
        return chosen or self.memory.digits or self.traits.digits

    @property
    def digits_are_known(self) -> bool:
        """Return whether that number was chosen by the user or learned from the cloud."""
        return self._option(OPT_DIGITS) is not None or self.memory.digits is not None

    @property
    def shows_names(self) -> bool:
        """Return whether entities may say the names of guests and members."""
        return bool(self._entry.options.get(OPT_NAMES, DEFAULT_NAMES))

    @property
    def time_zone(self) -> str:
        """Return the IANA name of the zone where the lock is."""
        chosen = cast(str | None, self._option(OPT_TIME_ZONE))
        return chosen or self.account.hass.config.time_zone

    @property
    def keeps_digits(self) -> bool:
        """Return whether the digits of codes made here are kept, sealed."""
        return bool(self._entry.options.get(OPT_KEEP_DIGITS, DEFAULT_KEEP_DIGITS))

    @cached_property
    def _safe(self) -> DigitsSafe:
        return DigitsSafe(
            self._entry.data[CONF_ACCESS_SECRET],
            self.store.salt,
            self._entry.entry_id,
        )

    def sealed(self, code_id: str, digits: str) -> str | None:
        """Return the digits of a code as they may be stored; None if none are kept."""
        if not self.keeps_digits:
            return None
        return self._safe.seal(self.id, code_id, digits)

    def unsealed(self, code_id: str, sealed: str | None) -> str | None:
        """Return the digits of a code, None where there are none or they don't open."""
        if sealed is None or not self.keeps_digits:
            return None
        return self._safe.open(self.id, code_id, sealed)

    def live_digits(self, but: PasswordKey | None = None) -> frozenset[str]:
        """Return the digits that the lock takes, or may take, as far as they are kept.

        `but` is a code to leave out.
        """
        return frozenset(
            digits
            for key, code in self.memory.issued.items()
            if key != but
            for sealed in (code.sealed, code.change.sealed if code.change else None)
            if (digits := self.unsealed(code.id, sealed)) is not None
        )

    def _option(self, key: str) -> int | str | None:
        """Return what the user overruled for this lock."""
        locks: dict[str, dict[str, int | str]] = self._entry.options.get(OPT_LOCKS, {})
        return locks.get(self.id, {}).get(key)

    @callback
    def async_restore(self) -> None:
        """Begin with what was read before the start."""
        if records := self.last_read.get(self.id, ReadRecords):
            self.activity.async_restore_records(records)
        if passwords := self.last_read.get(self.id, ReadPasswords):
            self.passwords.async_restore_lists(passwords)
        if people := self.last_read.get(self.id, ReadPeople):
            self.members.async_restore(people.people, people.read_at)

    async def async_catch_up(self) -> None:
        """Read at the start what is overdue, or hinted at, and that anybody looks at."""
        await self.activity.async_catch_up()
        await asyncio.gather(
            self.passwords.async_catch_up(), self.members.async_catch_up()
        )

    async def async_read(self) -> None:
        """Read everything about the lock; the passwords are told apart by its records."""
        await self.activity.async_read_anew()
        await asyncio.gather(
            self.passwords.async_read_anew(), self.members.async_read_anew()
        )

    @callback
    def async_take_in(self, device: Device) -> None:
        """Keep the lock's part of a listing; what moved in it tells that there is news."""
        before, self.device = self.device, device
        back, moved = is_back(before, device), has_news(before, device)
        if back:
            self.async_expect_change()
        if not (back or moved):
            if device.online is False:
                self.activity.async_note_silence()
            return
        self.activity.async_hint(is_news=moved)
        if moved and not (
            self.activity.is_wanted and self.activity.last_update_success
        ):
            # No record will tell.
            self.passwords.async_suspect_change()

    @callback
    def async_plan(self) -> None:
        """Plan all turns of the lock anew."""
        self.passwords.async_recompute()
        for coordinator in (self.passwords, self.activity, self.members):
            coordinator.async_plan()

    async def async_shutdown(self) -> None:
        """Ask nothing about the lock any more."""
        self.troubles.async_remove()
        for coordinator in (self.passwords, self.activity, self.members):
            await coordinator.async_shutdown()

    async def async_supports_offline(self) -> bool | None:
        """Return whether the lock takes offline codes, None where nobody says.

        The cloud is asked once; its word is remembered.
        """
        memory = self.memory
        if memory.offline is None:
            memory.offline = supports_offline(memory.points or ())
        if memory.offline is None:
            try:
                locks = await self.client.list_offline_locks(self.id)
            except UnsupportedError:
                return None
            memory.offline = self.id in locks
            self.store.async_save_soon()
        return memory.offline

    async def async_remember(self, code: IssuedCode) -> None:
        """Remember a code made here; it is saved when this returns."""
        self.memory.issued[code.key] = code
        await self.store.async_save()
        self.passwords.async_recompute()

    async def async_forget(self, key: PasswordKey) -> None:
        """Forget a code made here."""
        self.memory.issued.pop(key, None)
        await self.store.async_save()
        self.passwords.async_recompute()

    @property
    def usage(self) -> Usage:
        """Return which password was used when, as far as is known."""
        activity = self.activity.data
        of = (
            activity.records if activity else (),
            self.passwords.data or (),
            self.passwords.complete_until,
            tuple(self.memory.issued.values()),
        )
        if self._usage is None or self._usage[0] != of:
            records, passwords, complete_until, remembered = of
            usage = usage_of(
                records,
                passwords,
                complete_until=complete_until,
                remembered=remembered,
            )
            self._usage = of, usage
        return self._usage[1]

    def opening_of(self, record: LockRecord) -> Opening | None:
        """Return the opening that a record tells, and whose password that was."""
        codes = self.passwords.data or ()
        if opening_method(record) is OpeningMethod.OFFLINE_CODE:
            return opening_of(record, codes, self.usage.typed)
        # Which code it was is in the record itself; the usage takes all of them.
        return opening_of(record, codes)

    def is_first_use(self, opening: Opening) -> bool:
        """Return whether a guest's password opened for the first time."""
        if opening.password_id is None:
            return False
        used = self.usage.used
        keys = (True, opening.password_id), (False, opening.password_id)
        return any(used.get(key) == opening.time for key in keys)

    @callback
    def async_expect_change(self) -> None:
        """Read the passwords once: something woke the lock, so it may have taken them.

        So too where somebody typed an offline code: a list newer than that tells whose.
        """
        passwords = self.passwords
        if passwords.has_code_on_its_way or passwords.has_use_since_listed:
            self.async_start(self.passwords.async_refresh(), "woke up")

    @callback
    def async_start(self, work: Coroutine[None, None, None], what: str) -> None:
        """Do something in the background while the account is loaded."""
        self._entry.async_create_background_task(
            self.account.hass, work, f"{self.device.name} {what}"
        )
