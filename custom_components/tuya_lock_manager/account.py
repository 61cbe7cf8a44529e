"""The account: its list of locks, and what belongs to it while it is loaded."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
import logging
from typing import TYPE_CHECKING, Any, override

from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.const import Platform
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryAuthFailed
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.util import dt as dt_util

from .bolt import async_note_movement
from .const import DOMAIN, OPT_PACE
from .devices import async_register_gateways, gateways
from .domain.alarms import described_alarms
from .domain.cadence import DEFAULT_PACE, REFUSING, Pace, listing_interval
from .domain.families import is_lock
from .hub import LockHub
from .issues import RequestKind, account_issues
from .last_read import LastRead, ReadListing, ReadPasswords, ReadPeople, ReadRecords
from .ledger import CallLedger
from .lock_issues import async_check_reach
from .store import LockStore
from .turns import JOINING, CloudCoordinator
from .tuya_cloud import Device, TuyaCloudError, TuyaLockClient

if TYPE_CHECKING:
    from .guests.keeper import GuestKeeper
    from .manager import LockManager

_LOGGER = logging.getLogger(__name__)

# A lock is gone when complete listings have missed it for this long.
ABSENCE = timedelta(hours=24)


# Title and rules of each guest calendar, by the id of its config subentry.
type GuestSettings = dict[str, tuple[str, Mapping[str, Any]]]


@dataclass(slots=True)
class TuyaLockData:
    """What belongs to a loaded account.

    `login` and `rules` are what it and its guest calendars were loaded with; `names`,
    whether entities have shown names since; `guests`, the guest calendars by the ids of
    their config subentries.
    """

    login: Mapping[str, str] = field(repr=False)
    rules: GuestSettings = field(repr=False)
    names: bool
    account: AccountCoordinator
    manager: LockManager
    guests: dict[str, GuestKeeper] = field(default_factory=dict)

    @property
    def locks(self) -> dict[str, LockHub]:
        """Return the account's locks by Tuya's device id."""
        return self.account.hubs


type TuyaLockConfigEntry = ConfigEntry[TuyaLockData]


class AccountCoordinator(CloudCoordinator[dict[str, Device]]):
    """The account's locks by device id, as the cloud lists them now."""

    request_kind = RequestKind.DEVICES
    pays_back = True

    def __init__(
        self,
        hass: HomeAssistant,
        entry: TuyaLockConfigEntry,
        client: TuyaLockClient,
        store: LockStore,
        ledger: CallLedger,
        last_read: LastRead,
    ) -> None:
        """Initialize the coordinator; the listing comes with the first refresh."""
        super().__init__(hass, entry, f"{entry.title} account", ledger)
        self.hubs: dict[str, LockHub] = {}
        self.client = client
        self.store = store
        self.ledger = ledger
        self.last_read = last_read
        self._absent_since: dict[str, datetime] = {}
        self._anothers: set[str] = set()
        self._listed: frozenset[str] = frozenset()
        # By the cloud's clock, as the times of records are.
        self._listed_at: datetime | None = None
        entry.async_on_unload(ledger.async_add_listener(self._handle_calls))
        self._plan_state = ledger.state
        self._is_out = False

    @property
    def pace(self) -> Pace:
        """Return how soon the user wants to hear of news."""
        return Pace(self.config_entry.options.get(OPT_PACE, DEFAULT_PACE))

    @property
    @override
    def interval(self) -> timedelta | None:
        """Return how long the list will do."""
        joining = sum(context == JOINING for context in self.async_contexts())
        watched = len(self._listeners) > joining or any(
            hub.passwords.has_code_on_its_way for hub in self.hubs.values()
        )
        return listing_interval(self.pace, self.ledger.state, watched=watched)

    @callback
    @override
    def async_add_listener(
        self, update_callback: CALLBACK_TYPE, context: Any = None
    ) -> Callable[[], None]:
        """Ask more often as soon as somebody listens who shows a lock."""
        if context != JOINING:
            self.async_plan_soon()
        return super().async_add_listener(update_callback, context)

    @callback
    def async_plan_all(self) -> None:
        """Plan all turns anew: what they depend on changed for all of them."""
        self.async_plan()
        for hub in self.hubs.values():
            hub.async_plan()

    @callback
    def _handle_calls(self) -> None:
        """Slow down, stop or go on when the plan wants it."""
        before, self._plan_state = self._plan_state, self.ledger.state
        if before is self._plan_state:
            return
        self.async_plan_all()
        if before in REFUSING and self._plan_state not in REFUSING:
            # What a user wanted meanwhile was refused: see once how the codes stand.
            for hub in self.hubs.values():
                hub.passwords.async_hint()

    @override
    async def _async_read(self) -> dict[str, Device]:
        devices = await self.client.list_devices()
        locks = self._locks(devices)
        known = self.last_read.get("", ReadListing)
        self.last_read.async_put("", ReadListing(dt_util.utcnow(), devices))
        async_register_gateways(self.hass, self.config_entry, devices, locks)
        await self._async_take_in(locks, known)
        self.ledger.async_set_locks(len(self.hubs))
        if not self.client.listing_is_complete:
            self._absent_since.clear()
        elif locks:
            await self._async_drop_absent(locks)
        return locks

    def _is_anothers(self, device: Device) -> bool:
        """Tell whether another account looks after a lock; two would get in their way.

        It is taken over once that account is removed or disabled.
        """
        registry = er.async_get(self.hass)
        entity_id = registry.async_get_entity_id(Platform.LOCK, DOMAIN, device.id)
        entity = registry.async_get(entity_id) if entity_id else None
        other = (
            self.hass.config_entries.async_get_entry(entity.config_entry_id)
            if entity is not None and entity.config_entry_id
            else None
        )
        if other is None or other is self.config_entry or other.disabled_by:
            self._anothers.discard(device.id)
            return False
        if device.id not in self._anothers:
            self._anothers.add(device.id)
            _LOGGER.warning(
                "%s leaves %s to %s, which has it already",
                self.config_entry.title,
                device.name,
                other.title,
            )
        return True

    def _locks(self, devices: tuple[Device, ...]) -> dict[str, Device]:
        """Return the locks among the devices that are this account's to look after."""
        return {
            device.id: device
            for device in devices
            if is_lock(device) and not self._is_anothers(device)
        }

    async def async_start(self) -> None:
        """Have a listing to begin with: the last one, if it still does, or a new one.

        A start of Home Assistant asks nothing that is known; a reload asks, because
        somebody wants to see what is new. Without an answer it goes on with the last
        listing, so that Home Assistant doesn't try again and again.
        """
        known = self.last_read.get("", ReadListing)
        if known is None:
            await self.async_config_entry_first_refresh()
            return
        if self._is_wanted_anew or self._is_overdue(known):
            self._charge_start(known)
            await self.async_refresh()
            if self._needs_login:
                raise ConfigEntryAuthFailed(
                    translation_domain=DOMAIN, translation_key="invalid_credentials"
                )
        if not self.has_answer:
            await self._async_begin_with(known)

    @property
    def _is_wanted_anew(self) -> bool:
        """Tell whether somebody reloads, who wants to see what is new, but not all day."""
        thrift = self.ledger.thrift
        return self.hass.is_running and thrift.may_ask_anew(dt_util.utcnow())

    def _is_overdue(self, known: ReadListing) -> bool:
        """Tell whether to ask at a start: neither what is known, nor again and again."""
        in_vain, state = self.ledger.in_vain, self.ledger.state
        # Nobody can look yet.
        interval = listing_interval(self.pace, state, watched=True)
        if interval is None:
            return False
        if state not in REFUSING:
            interval = self._paced(interval, 0 if in_vain is None else 1)
        return (in_vain or known.read_at) + interval <= dt_util.utcnow()

    def _charge_start(self, known: ReadListing) -> None:
        """Note how much sooner a start asks than a calm day."""
        interval = listing_interval(self.pace, self.ledger.state, watched=True)
        if interval is not None:
            asked_at = self.ledger.in_vain or known.read_at
            self._charge(interval, asked_at)

    async def _async_begin_with(self, known: ReadListing) -> None:
        """Begin with the last listing; if asking was in vain since, that is known, too."""
        locks = self._locks(known.devices)
        async_register_gateways(self.hass, self.config_entry, known.devices, locks)
        await self._async_take_in(locks, known)
        self.ledger.async_set_locks(len(self.hubs))
        self._listed = frozenset(locks)
        if self._tried_at is not None:
            self.data = locks
            return
        self.async_restore(locks, known.read_at)
        if self.ledger.in_vain is None:
            return
        self._tried_at, self._failures = self.ledger.in_vain, 1
        self.last_update_success, self._is_out = False, True
        account_issues(self.hass, self.config_entry).async_plan_refused(
            self.ledger.state
        )

    def is_new(self, hub: LockHub) -> bool:
        """Return whether nothing was ever read of a lock."""
        parts = (ReadRecords, ReadPasswords, ReadPeople)
        return all(self.last_read.get(hub.id, part) is None for part in parts)

    async def _async_take_in(
        self, locks: Mapping[str, Device], known: ReadListing | None
    ) -> None:
        """Keep the listing of the locks; a new lock gets its hub.

        `known` is the listing before, maybe of an earlier run, in which to see what moved.
        """
        await asyncio.gather(*map(self._async_learn_points, locks))
        before = {device.id: device for device in known.devices} if known else {}
        for device in locks.values():
            if hub := self.hubs.get(device.id):
                last = hub.device
                hub.async_take_in(device)
                if self._listed_at is not None:
                    async_note_movement(hub, last, self._listed_at)
                continue
            hub = LockHub(self.hass, self.config_entry, self, device)
            self.hubs[device.id] = hub
            hub.async_restore()
            if device.id in before:
                hub.device = before[device.id]
                hub.async_take_in(device)
            # A lock with all its codes takes a while; others have their turn between.
            await asyncio.sleep(0)

    async def _async_learn_points(self, device_id: str) -> None:
        """Ask what a lock can do, unless it is remembered."""
        memory = self.store.lock(device_id)
        known = memory.points is not None and memory.alarms is not None
        if known or device_id in self.hubs:
            return
        try:
            specification = await self.client.get_specification(device_id)
        except TuyaCloudError as err:
            # Its family is guessed from the listing until the next start.
            _LOGGER.debug("No specification of a lock: %s", err)
            return
        memory.points = {
            point.code: point.dp_id
            for point in (*specification.functions, *specification.status)
        }
        memory.alarms = described_alarms(specification)
        self.store.async_save_soon()

    @callback
    @override
    def _async_refresh_finished(self) -> None:
        """See what a good listing tells, before the entities do.

        A lock that joins, or is back, is read at once: while it is missing nobody asks.
        """
        self.async_plan()
        was_out, self._is_out = self._is_out, not self.last_update_success
        if not self._needs_login:
            self.ledger.async_note_listing(self._tried_at if self._is_out else None)
        if self._is_out:
            for hub in self.hubs.values():
                hub.activity.async_note_silence()
            return
        self._listed_at = self.client.now()
        account_issues(self.hass, self.config_entry).async_compare_clocks(
            self._listed_at - dt_util.utcnow()
        )
        for device_id in self.data:
            async_check_reach(self.hubs[device_id])
        if was_out:
            # Those that failed waited for this.
            self.async_plan_all()
        before, self._listed = self._listed, frozenset(self.data)
        if self.config_entry.state is not ConfigEntryState.LOADED:
            return  # whoever sets the account up reads all of them
        for device_id in self._listed - before:
            self.config_entry.async_create_background_task(
                self.hass,
                self.hubs[device_id].async_read(),
                f"{self.data[device_id].name} joined",
            )

    def is_in_use(self, device_id: str) -> bool:
        """Return whether a device is listed, a lock's gateway, or a service of ours."""
        return (
            device_id in self.data
            or device_id in gateways(self.data)
            or self._is_service(device_id)
        )

    def _is_service(self, device_id: str) -> bool:
        """Return whether a device is the account itself, or a guest calendar of it."""
        entry = self.config_entry
        return device_id == entry.entry_id or device_id in entry.subentries

    async def async_drop(self, device_id: str) -> None:
        """Ask nothing about a lock any more; it is a new one if it comes back."""
        if hub := self.hubs.pop(device_id, None):
            await hub.async_shutdown()
        account_issues(self.hass, self.config_entry).async_withdraw_lock(device_id)
        self.last_read.async_forget(device_id)
        self.store.forget(device_id)

    async def _async_drop_absent(self, locks: dict[str, Device]) -> None:
        """Remove the devices that have been missing from good listings for a day.

        The registry knows those, too, that were missing at the last start already.
        """
        now = dt_util.utcnow()
        registry = dr.async_get(self.hass)
        absent = {
            device_id: device.id
            for device in dr.async_entries_for_config_entry(
                registry, self.config_entry.entry_id
            )
            for domain, device_id in device.identifiers
            if domain == DOMAIN
            and device_id not in locks
            and device_id not in gateways(locks)
            and not self._is_service(device_id)
        }
        self._absent_since = {
            device_id: self._absent_since.get(device_id, now) for device_id in absent
        }
        for device_id, since in self._absent_since.items():
            if now - since >= ABSENCE:
                await self.async_drop(device_id)
                registry.async_remove_device(absent[device_id])
