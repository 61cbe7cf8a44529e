"""The codes of one lock: when they are read, and what moves between readings.

The account's listing (account.py) carries every lock's status. A lock has three more
things to ask for, each at its own pace: passwords, records (activity.py) and members
(members.py). When their turn comes is said by turns.py.
"""

from collections.abc import Callable, Coroutine, Iterable, Iterator
from datetime import datetime, timedelta
import logging
from typing import TYPE_CHECKING, Any, override

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later
from homeassistant.util import dt as dt_util

from .domain.cadence import (
    CLEARING_LOOKS,
    OFFLINE_LIST,
    REFUSING,
    SOON,
    Need,
    is_on_the_way,
    need_of,
    passwords_interval,
)
from .domain.counts import PasswordCounts, counts
from .domain.inventory import inventory
from .domain.lifecycle import soon_at
from .domain.passwords import CLEARING_TYPES, Password, PasswordKey
from .domain.records import is_offline_report
from .domain.status import LIST_LAG, SLOT_PATIENCE
from .domain.watch import next_read, ran_out
from .issues import RequestKind
from .kept_codes import async_keep_codes, async_keep_departures, without_long_gone
from .last_read import ReadPasswords
from .template_door import async_read_apart, may_have_code_apart
from .turns import LockCoordinator
from .tuya_cloud import (
    InvalidRequestError,
    OfflineListing,
    OnlinePassword,
    PermissionDeniedError,
    TuyaCloudError,
    UnsupportedError,
)
from .unknown_phases import async_tell_unknown_phases

if TYPE_CHECKING:
    from .account import TuyaLockConfigEntry
    from .hub import LockHub

_LOGGER = logging.getLogger(__name__)

# A change is based on a list that is not older than this.
CURRENT = timedelta(minutes=30)
# What may come of a code made elsewhere is no reason to read the list more often.
SUSPECTED = timedelta(hours=1)

# A status changes at a boundary, so it is looked at just behind it.
_BEHIND = 1.0  # seconds
# Home Assistant's timers are not made for months; the poll sets them anew anyway.
_FARTHEST_TIMER = timedelta(days=1)

# How long a code may go without being listed, and without its place on the lock.
_PATIENCE = (LIST_LAG, SLOT_PATIENCE)


type _Alarm = Callable[[], Coroutine[Any, Any, None]]


def _first_after(
    since: datetime, moments: Iterable[datetime | None]
) -> datetime | None:
    return min((m for m in moments if m is not None and m > since), default=None)


class PasswordCoordinator(LockCoordinator[tuple[Password, ...]]):
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
        super().__init__(hass, entry, f"{hub.device.name} passwords", hub)
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
        self._timers: dict[_Alarm, tuple[datetime, CALLBACK_TYPE]] = {}
        self._counted: tuple[tuple[tuple[Password, ...], int], PasswordCounts] | None
        self._counted = None
        # When the list was asked for last, on the cloud's clock.
        self._asked_at: datetime | None = None
        # Up to here the lists that were read tell what was on the lock.
        self._seen_until: datetime | None = None

    @property
    @override
    def is_wanted(self) -> bool:
        """Return whether anybody looks, or a code is on its way, seen or not."""
        return (
            super().is_wanted
            or self.has_code_on_its_way
            or bool(self._hub.journal.open_entries)
        )

    @property
    @override
    def interval(self) -> timedelta | None:
        """Return how long the list will do, by what is going on with the codes."""
        need = need_of(self.data or (), self._hub.client.now())
        need = Need.ON_THE_WAY if self._hub.journal.open_entries else need
        return passwords_interval(need, self._ledger.state)

    @property
    def was_read(self) -> bool:
        """Return whether the list was asked for since the start."""
        return self._asked_at is not None

    async def async_know(self, age: timedelta = CURRENT) -> None:
        """Read the list if it is older than that; look at `last_update_success` then."""
        is_good = self.was_read and self.last_update_success
        if not (is_good and self.is_younger_than(age)):
            await self.async_refresh()

    @callback
    def async_suspect_change(self) -> None:
        """Read soon if something moved at the lock that no record explains."""
        if self.has_code_on_its_way or not self.is_younger_than(SUSPECTED):
            self.async_hint()

    @property
    def counts(self) -> PasswordCounts:
        """Return how many codes of the lock are what; several entities ask at once."""
        now = self._hub.client.now()
        key = self.data, int(now.timestamp())
        if self._counted is None or self._counted[0] != key:
            self._counted = key, counts(self.data, now)
        return self._counted[1]

    def find(self, key: PasswordKey) -> Password | None:
        """Return a code as it was last seen."""
        return next((code for code in self.data or () if code.key == key), None)

    def may_list(self, key: PasswordKey) -> bool:
        """Return whether the cloud's lists show a code, or may: one was not read yet."""
        is_online, code_id = key
        if is_online:
            return any(listed.id == code_id for listed in self.online)
        listed = self._listed or ()
        return self._listed_at is None or any(code.id == code_id for code in listed)

    @callback
    def async_recompute(self) -> None:
        """Look at what is known with the time and the memory of now; nothing is asked."""
        if not self.has_answer:
            return
        data = self._inventory()
        if data != self.data:
            self.data = data
            self.async_update_listeners()
        async_keep_codes(self._hub)
        self._hub.lifecycle.async_tell_news()
        self._hub.troubles.async_update()
        self._set_timers()
        self.async_plan()

    @callback
    @override
    def async_update_listeners(self) -> None:
        """Write the states first, then tell what became of the passwords."""
        super().async_update_listeners()
        self._hub.lifecycle.async_tell_news()

    @property
    def has_code_on_its_way(self) -> bool:
        """Return whether a code, or a deletion, is or may be on its way to the lock."""
        is_open = bool(self._hub.journal.open_entries)
        return is_open or any(map(is_on_the_way, self.data or ()))

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
        self._asked_at = self._hub.client.now()
        self._hub.require_listed()
        online = await self._hub.client.list_passwords(self._hub.id)
        async_tell_unknown_phases(self.hass, online, self._hub.family)
        self.online = (*online, *await self._async_read_apart(online))
        await self._async_read_offline_list()
        self._hub.last_read.async_put(
            self._hub.id,
            ReadPasswords(dt_util.utcnow(), self.online, self._listed, self._listed_at),
        )
        codes = self._inventory()
        self._seen_until = self._asked_at - LIST_LAG
        return codes

    @callback
    def async_restore_lists(self, read: ReadPasswords) -> None:
        """Begin with the lists that were read before the start.

        Where a code is on its way, a change is not confirmed or has to be settled, they are
        read at once.
        """
        self.online = read.online
        self._listed, self._listed_at = read.offline, read.offline_at
        self.complete_until = None if read.offline is None else read.offline_at
        self.async_restore(self._inventory(), read.read_at)
        age = dt_util.utcnow() - read.read_at
        self._seen_until = self._hub.client.now() - age - LIST_LAG
        is_changing = any(code.change is not None for code in self.data)
        self._hinted = self.has_code_on_its_way or is_changing
        self._set_timers()

    @override
    async def async_shutdown(self) -> None:
        """Stop the watch together with the poll."""
        await super().async_shutdown()
        self._set_timers()

    @callback
    @override
    def _async_refresh_finished(self) -> None:
        """Wind the timers after every reading: a failed one must not end the watch."""
        async_keep_codes(self._hub)
        self._hub.journal.async_look()
        self._hub.troubles.async_update(has_read=True)
        self._set_timers()
        self.async_plan()

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

    def _is_offline_list_current(self, now: datetime) -> bool:
        """Tell whether the list will do: not where a code may have been cleared since."""
        at = self._listed_at
        if at is None or self.has_use_since_listed:
            return False
        looks = tuple(self._looks_for_clearing())
        age = SUSPECTED if looks else OFFLINE_LIST
        return now - at < age and not any(at < look <= now for look in looks)

    def _looks_for_clearing(self) -> Iterator[datetime]:
        """Yield when to look whether somebody typed a clearing code that waits for that."""
        if self._listed is None:
            return
        for code in self.data or ():
            issued_at = code.issued_at
            if code.type in CLEARING_TYPES and issued_at and not code.ended:
                yield from (issued_at + look for look in CLEARING_LOOKS)

    async def _async_read_offline_list(self) -> None:
        """Read the list of offline codes now and then; many clouds don't have it.

        Nothing else depends on it: where reading fails, the last one counts until the
        next reading.
        """
        now = self._hub.client.now()
        if self._is_offline_list_current(now):
            return
        try:
            listed = await self._hub.client.list_offline_passwords(self._hub.id)
            self._listed = without_long_gone(listed, now)
        except UnsupportedError, InvalidRequestError, PermissionDeniedError:
            self._listed = None
        except TuyaCloudError as err:
            _LOGGER.debug("No list of offline codes: %s", err)
            return
        self._listed_at = now
        self.complete_until = None if self._listed is None else now

    def _inventory(self) -> tuple[Password, ...]:
        hub, memory = self._hub, self._hub.memory
        activity, now = hub.activity.data, hub.client.now()

        def build() -> tuple[Password, ...]:
            return inventory(
                online=self.online,
                listed_offline=self._listed,
                issued=memory.issued.values(),
                records=activity.records if activity else (),
                family=hub.family,
                now=now,
                complete_until=self.complete_until,
                reported_until=hub.activity.reported_until,
                departures=memory.departures,
            )

        codes = build()
        return build() if async_keep_departures(hub, codes, self._seen_until) else codes

    @callback
    def _set_timers(self) -> None:
        """Wake up when a status changes by itself, and when the watch wants a reading."""
        boundary: datetime | None = None
        reading: datetime | None = None
        if self.has_answer and not self._shutdown_requested:
            now = self._hub.client.now()
            boundary = _first_after(now, self._boundaries())
            # A reading that has come due is not lost to other news in that moment.
            since = self._asked_at or now
            reading = _first_after(since, self._readings(since))
        self._set_timer(self._async_handle_boundary, boundary)
        self._set_timer(self._async_handle_reading, reading)

    def _set_timer(self, action: _Alarm, moment: datetime | None) -> None:
        """Call back just behind a moment; a timer that is set for it already stays."""
        if action in self._timers:
            is_set_for, cancel = self._timers[action]
            if is_set_for == moment:
                return
            del self._timers[action]
            cancel()
        if moment is None:
            return

        async def call_back(now: datetime) -> None:
            del self._timers[action]
            await action()

        wait = min(moment - self._hub.client.now(), _FARTHEST_TIMER)
        delay = max(wait.total_seconds(), 0.0) + _BEHIND
        self._timers[action] = moment, async_call_later(self.hass, delay, call_back)

    def _boundaries(self) -> Iterator[datetime | None]:
        """Yield the moments at which a status may change by itself."""
        for code in self.data:
            yield from (code.start, code.end, code.use_by, soon_at(code))
            yield from (m - SOON for m in (code.start, code.end) if m is not None)
            yield code.asked_end
            if code.changed_at is not None:
                yield from (code.changed_at + wait for wait in _PATIENCE)
            if code.issued_at is not None:
                yield from (code.issued_at + wait for wait in _PATIENCE)

    def _readings(self, now: datetime) -> Iterator[datetime | None]:
        """Yield when to read next for each code on its way, and for open entries."""
        yield from self._hub.journal.readings(now)
        yield from self._looks_for_clearing()
        for code in self.data:
            issued = self._hub.memory.issued.get(code.key)
            if issued is not None and is_on_the_way(code):
                yield self._hub.troubles.due_at(code)
                yield next_read(
                    self._hub.family,
                    accepted_at=issued.sent_at,
                    start=issued.start,
                    now=now,
                )

    async def _async_handle_boundary(self) -> None:
        before = self.data
        self.async_recompute()
        if self._hub.traits.confirms and ran_out(before, self.data):
            # That is not told of on the clock's word alone.
            await self._async_handle_reading()

    async def _async_handle_reading(self) -> None:
        # What a user set going is watched to the last call; not against a closed door.
        # Before the account is listed, the start reads what is overdue.
        if self._ledger.state not in REFUSING and self._hub.account.has_answer:
            await self.async_refresh()
