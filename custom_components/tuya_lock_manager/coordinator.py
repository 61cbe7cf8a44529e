"""What is polled for one lock, when, and what it costs.

The account's listing (account.py) carries every lock's status. A lock has three more
things to ask for, each at its own pace: passwords, records (activity.py) and members.
"""

from abc import abstractmethod
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Iterator
from datetime import datetime, timedelta
import logging
from typing import TYPE_CHECKING, Any, ClassVar, override

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator

from .domain.inventory import PasswordCounts, counts, inventory
from .domain.lifecycle import soon_at
from .domain.passwords import ChangeState, Password, PasswordKey, PasswordStatus
from .domain.people import People, people_of
from .domain.records import is_offline_report
from .domain.status import LIST_LAG, SLOT_PATIENCE
from .domain.watch import next_read
from .exceptions import update_error
from .issues import RequestKind, account_issues
from .template_door import async_read_apart, may_have_code_apart
from .tuya_cloud import (
    InvalidRequestError,
    OfflineListing,
    OnlinePassword,
    PermissionDeniedError,
    TuyaCloudError,
    UnlockMethod,
    UnsupportedError,
)

if TYPE_CHECKING:
    from .account import TuyaLockConfigEntry
    from .hub import LockHub

_LOGGER = logging.getLogger(__name__)

PASSWORDS_INTERVAL = timedelta(minutes=30)
OFFLINE_LIST_INTERVAL = timedelta(hours=12)
MEMBERS_INTERVAL = timedelta(days=1)

# A status changes at a boundary, so it is looked at just behind it.
_BEHIND = 1.0  # seconds
# Home Assistant's timers are not made for months; the poll sets them anew anyway.
_FARTHEST_TIMER = timedelta(days=1)

# How long a code may go without being listed, and without its place on the lock.
_PATIENCE = (LIST_LAG, SLOT_PATIENCE)

# Unconfirmed codes may still arrive: that of a sleepy keypad is called so after minutes,
# and so is a new one while the list can't be read.
_ON_ITS_WAY = frozenset(
    {PasswordStatus.PENDING, PasswordStatus.REMOVING, PasswordStatus.UNCONFIRMED}
)


def _is_on_its_way(code: Password) -> bool:
    """Tell whether a code, a change or a deletion is on its way to the lock."""
    return code.status in _ON_ITS_WAY or code.change is ChangeState.PENDING


class CloudCoordinator[T](DataUpdateCoordinator[T]):
    """Base: errors of the cloud become what Home Assistant expects of a coordinator."""

    config_entry: TuyaLockConfigEntry
    request_kind: ClassVar[RequestKind]

    def __init__(
        self,
        hass: HomeAssistant,
        entry: TuyaLockConfigEntry,
        name: str,
        interval: timedelta,
    ) -> None:
        """Initialize the coordinator."""
        super().__init__(
            hass,
            _LOGGER,
            config_entry=entry,
            name=name,
            update_interval=interval,
            always_update=False,
        )

    @property
    def has_answer(self) -> bool:
        """Return whether the cloud ever answered; until then `data` is None."""
        return self.data is not None

    @override
    async def _async_update_data(self) -> T:
        issues = account_issues(self.hass, self.config_entry)
        try:
            data = await self._async_read()
        except TuyaCloudError as err:
            issues.async_failed(self.request_kind, err)
            raise update_error(err) from err
        issues.async_worked(self.request_kind)
        return data

    @abstractmethod
    async def _async_read(self) -> T:
        """Ask the cloud; may raise TuyaCloudError."""


class PasswordCoordinator(CloudCoordinator[tuple[Password, ...]]):
    """Every code of a lock.

    Between two readings the statuses move on with the clock, and with what the records
    tell. A code on its way is read on the schedule of the lock's family; one reading
    serves all codes that wait.
    """

    request_kind = RequestKind.PASSWORDS

    def __init__(
        self, hass: HomeAssistant, entry: TuyaLockConfigEntry, hub: LockHub
    ) -> None:
        """Initialize the coordinator."""
        super().__init__(
            hass, entry, f"{hub.device.name} passwords", PASSWORDS_INTERVAL
        )
        # The data may change and change back while a reading is under way.
        self.always_update = True
        self.online: tuple[OnlinePassword, ...] = ()
        self._hub = hub
        self._listed: tuple[OfflineListing, ...] | None = None
        self._listed_at: datetime | None = None
        # Up to here the codes are all that the lock has, those made elsewhere included;
        # None where the cloud lists no offline codes.
        self.complete_until: datetime | None = None
        # While something is done by the template door, its list is read too.
        self.reads_templates = False
        self._timers: list[CALLBACK_TYPE] = []

    @property
    def counts(self) -> PasswordCounts:
        """Return how many codes of the lock are what."""
        return counts(self.data, self._hub.client.now())

    def find(self, key: PasswordKey) -> Password | None:
        """Return a code as it was last seen."""
        return next((code for code in self.data or () if code.key == key), None)

    @callback
    def async_recompute(self) -> None:
        """Look at what is known with the time and the memory of now; nothing is asked."""
        if not self.has_answer:
            return
        data = self._inventory()
        if data != self.data:
            self.data = data
            self.async_update_listeners()
        self._hub.async_keep_codes()
        self._hub.lifecycle.async_tell_news()
        self._hub.troubles.async_update()
        self._set_timers()

    @callback
    @override
    def async_update_listeners(self) -> None:
        """Write the states first, then tell what became of the passwords."""
        super().async_update_listeners()
        self._hub.lifecycle.async_tell_news()

    @property
    def has_code_on_its_way(self) -> bool:
        """Return whether a code, or a deletion, is on its way to the lock."""
        return any(map(_is_on_its_way, self.data or ()))

    @property
    def has_use_since_listed(self) -> bool:
        """Return whether an offline code was typed that the list may not have shown."""
        activity, until = self._hub.activity.data, self.complete_until
        return until is not None and any(
            until < record.time <= self._hub.client.now() and is_offline_report(record)
            for record in (activity.records if activity else ())
        )

    @override
    async def _async_read(self) -> tuple[Password, ...]:
        self._hub.require_listed()
        online = await self._hub.client.list_passwords(self._hub.id)
        self.online = (*online, *await self._async_read_apart(online))
        await self._async_read_offline_list()
        return self._inventory()

    @override
    async def async_shutdown(self) -> None:
        """Stop the watch together with the poll."""
        await super().async_shutdown()
        self._cancel_timers()

    @callback
    @override
    def _async_refresh_finished(self) -> None:
        """Wind the timers after every reading: a failed one must not end the watch."""
        self._hub.async_keep_codes()
        self._hub.journal.async_look()
        self._hub.troubles.async_update()
        self._set_timers()

    @callback
    def async_forget_offline_list(self) -> None:
        """Read the list of offline codes at the next reading, however young it is."""
        self._listed_at = None

    async def _async_read_apart(
        self, online: tuple[OnlinePassword, ...]
    ) -> tuple[OnlinePassword, ...]:
        """Read the template passwords where the list may lack some of them."""
        if self.reads_templates or may_have_code_apart(self._hub, online):
            return await async_read_apart(self._hub, online)
        return ()

    async def _async_read_offline_list(self) -> None:
        """Read the list of offline codes now and then; many clouds don't have it.

        Nothing else depends on it: where reading fails, the last one counts until the
        next reading.
        """
        now = self._hub.client.now()
        if (
            self._listed_at
            and now - self._listed_at < OFFLINE_LIST_INTERVAL
            and not self.has_use_since_listed
        ):
            return
        try:
            self._listed = await self._hub.client.list_offline_passwords(self._hub.id)
        except UnsupportedError, InvalidRequestError, PermissionDeniedError:
            self._listed = None
        except TuyaCloudError as err:
            _LOGGER.debug("No list of offline codes: %s", err)
            return
        self._listed_at = now
        self.complete_until = None if self._listed is None else now

    def _inventory(self) -> tuple[Password, ...]:
        activity = self._hub.activity.data
        return inventory(
            online=self.online,
            listed_offline=self._listed,
            issued=self._hub.memory.issued.values(),
            records=activity.records if activity else (),
            family=self._hub.family,
            now=self._hub.client.now(),
            complete_until=self.complete_until,
        )

    @callback
    def _cancel_timers(self) -> None:
        while self._timers:
            self._timers.pop()()

    @callback
    def _set_timers(self) -> None:
        """Wake up when a status changes by itself, and when the watch wants a reading."""
        self._cancel_timers()
        if self._shutdown_requested or not self.has_answer:
            return
        now = self._hub.client.now()
        self._set_timer(self._boundaries(), now, self._handle_boundary)
        self._set_timer(self._readings(now), now, self._async_handle_reading)

    def _set_timer(
        self,
        moments: Iterable[datetime | None],
        now: datetime,
        action: Callable[[datetime], Coroutine[Any, Any, None] | None],
    ) -> None:
        ahead = [moment for moment in moments if moment is not None and moment > now]
        if ahead:
            delay = min(min(ahead) - now, _FARTHEST_TIMER).total_seconds() + _BEHIND
            self._timers.append(async_call_later(self.hass, delay, action))

    def _boundaries(self) -> Iterator[datetime | None]:
        """Yield the moments at which a status may change by itself."""
        for code in self.data:
            yield from (code.start, code.end, code.use_by, soon_at(code))
            yield code.asked_end
            yield self._hub.troubles.due_at(code)
            if code.changed_at is not None:
                yield from (code.changed_at + wait for wait in _PATIENCE)
            if code.issued_at is not None:
                yield from (code.issued_at + wait for wait in _PATIENCE)

    def _readings(self, now: datetime) -> Iterator[datetime | None]:
        """Yield when to read next for each code on its way, and for open entries."""
        yield from self._hub.journal.readings(now)
        for code in self.data:
            issued = self._hub.memory.issued.get(code.key)
            if issued is not None and _is_on_its_way(code):
                yield next_read(
                    self._hub.family,
                    accepted_at=issued.sent_at,
                    start=issued.start,
                    now=now,
                )

    @callback
    def _handle_boundary(self, now: datetime) -> None:
        self.async_recompute()

    async def _async_handle_reading(self, now: datetime) -> None:
        await self.async_refresh()


# What a listener wants to be read that costs calls of its own.
WAITING_METHODS = "waiting_methods"


class MemberCoordinator(CloudCoordinator[People]):
    """Who belongs to a lock, and which unlock methods wait for an owner.

    The latter takes a call for each type of method, so the poll leaves it out unless an
    entity listens for it.
    """

    request_kind = RequestKind.MEMBERS

    def __init__(
        self, hass: HomeAssistant, entry: TuyaLockConfigEntry, hub: LockHub
    ) -> None:
        """Initialize the coordinator."""
        super().__init__(hass, entry, f"{hub.device.name} members", MEMBERS_INTERVAL)
        self._hub = hub

    @callback
    @override
    def async_add_listener(
        self, update_callback: CALLBACK_TYPE, context: Any = None
    ) -> Callable[[], None]:
        """Read at once what nobody wanted to know before."""
        is_new = context == WAITING_METHODS and context not in self.async_contexts()
        remove = super().async_add_listener(update_callback, context)
        if is_new and self.has_answer and self.data.waiting is None:
            self.config_entry.async_create_background_task(
                self.hass, self.async_refresh(), f"{self.name} wanted"
            )
        return remove

    async def async_read_now(self, *, waiting: bool) -> People:
        """Read the lists anew and share them; raises TuyaCloudError, which keeps none.

        `waiting` asks for the methods without an owner though no entity listens.
        """
        people = await self._async_read_people(waiting=waiting or self._is_wanted)
        self.async_set_updated_data(people)
        return people

    @property
    def _is_wanted(self) -> bool:
        """Return whether an entity listens for methods without an owner."""
        return WAITING_METHODS in self.async_contexts()

    @override
    async def _async_read(self) -> People:
        self._hub.require_listed()
        return await self._async_read_people(waiting=self._is_wanted)

    async def _async_read_people(self, *, waiting: bool) -> People:
        """Read the lists; a list that the model doesn't have is no list of nobody."""
        client, lock = self._hub.client, self._hub.id
        return people_of(
            await _async_if_supported(client.list_members(lock)),
            await _async_if_supported(client.list_panel_members(lock)),
            await _async_if_supported(self._async_read_waiting()) if waiting else None,
        )

    async def _async_read_waiting(self) -> tuple[UnlockMethod, ...] | None:
        """Read the methods without an owner; some clouds refuse the question itself."""
        try:
            return await self._hub.client.list_unassigned_methods(
                self._hub.id, self._hub.unlock_types
            )
        except InvalidRequestError:
            return None


async def _async_if_supported[T](listing: Awaitable[T]) -> T | None:
    try:
        return await listing
    except UnsupportedError:
        return None
