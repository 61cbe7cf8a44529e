"""What happened at a lock: its records, and which of them are news."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, cast, override

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import CALLBACK_TYPE, CoreState, HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_send
from homeassistant.util import dt as dt_util

from .announced import SIGNAL_RECORD
from .diary import async_write_diary
from .domain.alarms import newest_alarm, seed_read_mark, unread_alarms
from .domain.cadence import RECORDS, stretched
from .domain.openings import OpeningMethod, opening_of
from .domain.passwords import CLOCK_TOLERANCE
from .domain.records import merge_records, record_key, record_keys, untold_records
from .issues import RequestKind
from .last_read import ReadRecords
from .turns import LockCoordinator
from .tuya_cloud import LockRecord, RecordPage, TuyaCloudError, UnsupportedError

if TYPE_CHECKING:
    from .account import TuyaLockConfigEntry
    from .hub import LockHub

# How far back records are read and remembered.
HISTORY = timedelta(days=30)
PAGE_SIZE = 50
MAX_PAGES = 10
# An action that asks for a range may read more of it at once.
MAX_RANGE_PAGES = 20

type NewsListener = Callable[[News], None]


@dataclass(frozen=True, slots=True)
class News:
    """A record that was not told yet.

    `late` when it happened while nobody listened: before the integration was started,
    while the cloud could not be asked, or at a lock that was out of reach. `missed` when
    that was before the start.
    """

    record: LockRecord
    late: bool
    missed: bool


@dataclass(frozen=True, slots=True)
class Activity:
    """The records of a lock, the newest first, and how many alarms nobody has read."""

    records: tuple[LockRecord, ...]
    unread_alarms: int


class ActivityCoordinator(LockCoordinator[Activity]):
    """The records of a lock.

    Each record is told once, also across restarts. A lock may hand in records late, so
    a record is news because it was never told, not because it is the newest.
    """

    request_kind = RequestKind.RECORDS
    pays_back = True

    def __init__(
        self, hass: HomeAssistant, entry: TuyaLockConfigEntry, hub: LockHub
    ) -> None:
        """Initialize the coordinator; news are held until somebody can hear them."""
        super().__init__(hass, entry, f"{hub.device.name} records", hub)
        self._has_records = True
        self._news_listeners: list[NewsListener] = []
        # Until the platforms are set up nobody could hear them.
        self._holds_news = entry.state is ConfigEntryState.SETUP_IN_PROGRESS
        # What happened before this moment, and is read only now, is late.
        self._listened_until: datetime | None = None
        self._begun: datetime | None = None
        self._late: set[str] = set()
        # Up to here the records are all that happened, as far as is known.
        self.reported_until: datetime | None = None
        # What was read out of the records by functions, and of which records.
        self._told_of: tuple[LockRecord, ...] = ()
        self._read_out: dict[Callable[[tuple[LockRecord, ...]], object], object] = {}
        # The news wait for a reading of the codes, which is asked for once a record.
        self._reads_codes = False
        self._codes_asked_for = datetime.min.replace(tzinfo=UTC)

    @property
    @override
    def interval(self) -> timedelta | None:
        """Return how long the records will do if the account's list hints at no news."""
        return stretched(RECORDS, self._ledger.state)

    def read_out[T](self, reader: Callable[[tuple[LockRecord, ...]], T]) -> T:
        """Return what a function tells of the records; it is asked once of the same."""
        records = self.data.records
        if self._told_of is not records:
            self._told_of, self._read_out = records, {}
        if reader not in self._read_out:
            self._read_out[reader] = reader(records)
        return cast(T, self._read_out[reader])

    @callback
    def async_add_news_listener(self, listener: NewsListener) -> CALLBACK_TYPE:
        """Call the listener once for each record that was never told, in their order."""
        self._news_listeners.append(listener)
        return partial(self._news_listeners.remove, listener)

    @override
    async def _async_read(self) -> Activity:
        now = self._hub.client.now()
        known = self.data.records if self.data else ()
        try:
            self._hub.require_listed()
            read, unread_count = await self._async_read_pages(known, now)
        except TuyaCloudError:
            self.async_note_silence()
            raise
        self._note_late(read, known, now)
        moved, self._hinted, self._has_news = self._has_news, False, False
        if not self._follow_codes(read, known) and moved:
            # Something else than a record moved the lock.
            self._hub.passwords.async_suspect_change()
        records = tuple(
            record
            for record in merge_records(read, known)
            if record.time > now - HISTORY
        )
        self._hub.last_read.async_put(
            self._hub.id, ReadRecords(dt_util.utcnow(), records)
        )
        self._note_reported(records, now)
        memory = self._hub.memory
        if memory.alarms_read is None:
            memory.alarms_read = seed_read_mark(records, unread_count, now)
            self._hub.store.async_save_soon()
        return Activity(records, unread_alarms(records, memory.alarms_read))

    def _note_reported(self, records: Iterable[LockRecord], now: datetime) -> None:
        """Note up to when the lock has reported what happened.

        One that is out of touch keeps its records until it is back, and hands them in
        together: what it handed in tells that there is nothing older to come.
        """
        hub = self._hub
        moments = [record.time for record in records]
        if hub.traits.online_codes and hub.device.online:
            moments.append(now - CLOCK_TOLERANCE)
        if self.reported_until is not None:
            moments.append(self.reported_until)
        self.reported_until = max(moments, default=None)

    @callback
    def async_restore_records(self, read: ReadRecords) -> None:
        """Begin with the records that were read before the start.

        What happened until now, and is read later, is late; what happens from now on isn't.
        """
        now = self._hub.client.now()
        kept = tuple(rec for rec in read.records if rec.time > now - HISTORY)
        mark = self._hub.memory.alarms_read
        if mark is not None:
            activity = Activity(kept, unread_alarms(kept, mark))
            self.reported_until = max((rec.time for rec in kept), default=None)
            self.async_restore(activity, read.read_at)
            self.async_note_silence()

    @callback
    def async_note_silence(self) -> None:
        """Note that nobody could hear the lock until now: it, or the cloud, was out."""
        self._listened_until = self._hub.client.now()
        if self._begun is None:
            self._begun = self._listened_until

    def _follow_codes(
        self, read: list[LockRecord], known: tuple[LockRecord, ...]
    ) -> bool:
        """Tell whether there are news; one of a code that nobody knows asks for codes."""
        keys = {record_key(record) for record in known}
        news = [record for record in read if record_key(record) not in keys]
        if known and any(map(self._is_by_unknown_code, news)):
            self._hub.passwords.async_hint()
        return bool(news)

    def _is_by_unknown_code(self, record: LockRecord) -> bool:
        opening = opening_of(record, self._hub.passwords.data or ())
        return (
            opening is not None
            and opening.method is OpeningMethod.TEMPORARY_CODE
            and opening.password_id is None
        )

    def _note_late(
        self, read: list[LockRecord], known: tuple[LockRecord, ...], now: datetime
    ) -> None:
        """Remember which of the new records happened while nobody listened.

        After a good reading a little is allowed for clocks and for lists that lag.
        """
        keys = {record_key(record) for record in known}
        border = now if self._listened_until is None else self._listened_until
        if self._begun is None:
            self._begun = border
        self._late |= {
            record_key(record)
            for record in read
            if record.time <= border and record_key(record) not in keys
        }
        self._listened_until = now - CLOCK_TOLERANCE

    async def async_read_range(
        self, start: datetime, end: datetime
    ) -> tuple[tuple[LockRecord, ...], bool]:
        """Read what happened in a span, newest first, and tell whether that is all of it.

        It is what an action asks for: nothing is kept, nothing becomes news.
        Raises TuyaCloudError.
        """
        read: list[LockRecord] = []
        complete = False
        for number in range(1, MAX_RANGE_PAGES + 1):
            page = await self._async_read_page(number, start, end)
            read.extend(page.records)
            # The older log of alarms has no range: behind its start nothing is wanted.
            if not page.has_more or all(rec.time < start for rec in page.records):
                complete = True
                break
        found = (
            record for record in merge_records(read) if start <= record.time <= end
        )
        return tuple(found), complete

    @callback
    def async_mark_alarms_read(self) -> int:
        """Count the known alarms as read and return how many of them were not.

        The mark is the newest alarm that anybody can have seen, not now: one that the
        lock raised since the last reading stays unread.
        """
        unread = self.data.unread_alarms
        newest = newest_alarm(self.data.records)
        memory = self._hub.memory
        if unread and newest is not None:
            memory.alarms_read = newest
            self._hub.store.async_save_soon()
            self.data = Activity(self.data.records, 0)
            self.async_update_listeners()
        return unread

    async def _async_read_pages(
        self, known: tuple[LockRecord, ...], now: datetime
    ) -> tuple[list[LockRecord], int | None]:
        """Read pages until one brings nothing new."""
        keys = {record_key(record) for record in known}
        read: list[LockRecord] = []
        unread_count: int | None = None
        for number in range(1, MAX_PAGES + 1):
            page = await self._async_read_page(number, now - HISTORY, now)
            if number == 1:
                unread_count = page.unread_count
            read.extend(page.records)
            new = {record_key(record) for record in page.records} - keys
            if not page.has_more or not new:
                break
            keys |= new
        return read, unread_count

    async def _async_read_page(
        self, number: int, start: datetime, end: datetime
    ) -> RecordPage:
        """Read a page of the records, or of the older logs where there are none."""
        client, lock = self._hub.client, self._hub.id
        if self._has_records:
            try:
                return await client.list_records(
                    lock, start=start, end=end, page=number, page_size=PAGE_SIZE
                )
            except UnsupportedError:
                self._has_records = False
        openings = await client.list_open_logs(
            lock, start=start, end=end, page=number, page_size=PAGE_SIZE
        )
        alarms = await client.list_alarm_logs(lock, page=number, page_size=PAGE_SIZE)
        return RecordPage(
            records=openings.records + alarms.records,
            total=None,
            has_more=openings.has_more or alarms.has_more,
            unread_count=None,
        )

    @callback
    @override
    def async_update_listeners(self) -> None:
        """Write the states first, then tell the news: a trigger may look at them."""
        self._hub.passwords.async_recompute()
        super().async_update_listeners()
        self.async_tell_news()

    @property
    def may_tell(self) -> bool:
        """Return whether somebody can hear news.

        Until Home Assistant has started, automations can't.
        """
        return not self._holds_news and self.hass.state is CoreState.running

    @callback
    def async_release_news(self) -> None:
        """Tell what was held: the platforms are there, and automations are armed."""
        self._holds_news = False
        self.async_tell_news()
        self._hub.lifecycle.async_tell_news()

    @callback
    def async_tell_news(self) -> None:
        """Tell every record that was not told yet; at a lock's very first reading, none."""
        if not self.has_answer:
            return
        memory = self._hub.memory
        keys = frozenset[str]().union(*map(record_keys, self.data.records))
        if memory.told is None:
            self._remember_told(keys)
        if not self.may_tell:
            return
        told, late = memory.told or frozenset(), self._late
        if told == keys or self._awaits_codes():
            return
        self._remember_told(keys)
        self._late = set()
        for record in reversed(untold_records(self.data.records, told)):
            is_late = record_key(record) in late
            begun = self._begun
            is_old = begun is None or record.time <= begun
            news = News(record, late=is_late, missed=is_late and is_old)
            for listener in self._news_listeners:
                listener(news)
            async_dispatcher_send(self.hass, SIGNAL_RECORD, self._hub, news)
            async_write_diary(
                self.hass,
                self.config_entry.entry_id,
                self._hub.id,
                record,
                self._hub.opening_of(record),
                names=self._hub.shows_names,
                late=news.late,
            )
        self._hub.async_expect_change()

    def _awaits_codes(self) -> bool:
        """Tell whether the codes have to be read first, to say whose off-line code it was.

        They are asked for once; where that fails, the news are told without a name.
        """
        if self._reads_codes:
            return True
        if not self._hub.passwords.has_use_since_listed:
            return False
        newest = self.data.records[0].time
        if newest <= self._codes_asked_for:
            return False
        self._codes_asked_for = newest
        self._reads_codes = True
        self._hub.async_start(self._async_tell_with_codes(), "was opened")
        return True

    async def _async_tell_with_codes(self) -> None:
        try:
            await self._hub.passwords.async_refresh()
        finally:
            self._reads_codes = False
        super().async_update_listeners()
        self.async_tell_news()

    def _remember_told(self, keys: frozenset[str]) -> None:
        self._hub.memory.told = keys
        self._hub.store.async_save_soon()
