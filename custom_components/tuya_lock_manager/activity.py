"""What happened at a lock: its records, and which of them are news."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, override

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback

from .coordinator import CloudCoordinator
from .domain.alarms import seed_read_mark, unread_alarms
from .domain.records import merge_records, record_key
from .tuya_cloud import InvalidRequestError, LockRecord, RecordPage, UnsupportedError

if TYPE_CHECKING:
    from .account import TuyaLockConfigEntry
    from .hub import LockHub

ACTIVITY_INTERVAL = timedelta(minutes=15)

# How far back records are read and remembered.
HISTORY = timedelta(days=30)
PAGE_SIZE = 50
MAX_PAGES = 10

type NewsListener = Callable[[LockRecord], None]


@dataclass(frozen=True, slots=True)
class Activity:
    """The records of a lock, the newest first, and how many alarms nobody has read."""

    records: tuple[LockRecord, ...]
    unread_alarms: int


class ActivityCoordinator(CloudCoordinator[Activity]):
    """The records of a lock.

    Each record is told once, also across restarts. A lock may hand in records late, so
    a record is news because it was never told, not because it is the newest.
    """

    def __init__(
        self, hass: HomeAssistant, entry: TuyaLockConfigEntry, hub: LockHub
    ) -> None:
        """Initialize the coordinator; news are held until somebody can hear them."""
        super().__init__(hass, entry, f"{hub.device.name} records", ACTIVITY_INTERVAL)
        self._hub = hub
        self._has_records = True
        self._news_listeners: list[NewsListener] = []
        # Until the platforms are set up nobody could hear them.
        self._holds_news = entry.state is ConfigEntryState.SETUP_IN_PROGRESS

    @callback
    def async_add_news_listener(self, listener: NewsListener) -> CALLBACK_TYPE:
        """Call the listener once for each record that was never told, in their order."""
        self._news_listeners.append(listener)

        @callback
        def remove() -> None:
            self._news_listeners.remove(listener)

        return remove

    @override
    async def _async_read(self) -> Activity:
        now = self._hub.client.now()
        known = self.data.records if self.data else ()
        read, unread_count = await self._async_read_pages(known, now)
        records = tuple(
            record
            for record in merge_records(read, known)
            if record.time > now - HISTORY
        )
        memory = self._hub.memory
        if memory.alarms_read is None:
            memory.alarms_read = seed_read_mark(records, unread_count, now)
            self._hub.store.async_save_soon()
        return Activity(records, unread_alarms(records, memory.alarms_read))

    async def _async_read_pages(
        self, known: tuple[LockRecord, ...], now: datetime
    ) -> tuple[list[LockRecord], int | None]:
        """Read pages until one brings nothing new."""
        keys = {record_key(record) for record in known}
        read: list[LockRecord] = []
        unread_count: int | None = None
        for number in range(1, MAX_PAGES + 1):
            page = await self._async_read_page(number, now)
            if number == 1:
                unread_count = page.unread_count
            read.extend(page.records)
            new = {record_key(record) for record in page.records} - keys
            if not page.has_more or not new:
                break
            keys |= new
        return read, unread_count

    async def _async_read_page(self, number: int, now: datetime) -> RecordPage:
        """Read a page of the records, or of the older logs where there are none."""
        client, lock = self._hub.client, self._hub.id
        if self._has_records:
            try:
                return await client.list_records(
                    lock, start=now - HISTORY, end=now, page=number, page_size=PAGE_SIZE
                )
            except UnsupportedError, InvalidRequestError:
                self._has_records = False
        openings = await client.list_open_logs(
            lock, start=now - HISTORY, end=now, page=number, page_size=PAGE_SIZE
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
        if not self._holds_news:
            self.async_tell_news()

    @callback
    def async_tell_news(self) -> None:
        """Tell every record that was not told yet; at a lock's very first reading, none."""
        self._holds_news = False
        if not self.has_answer:
            return
        memory = self._hub.memory
        keys = frozenset(map(record_key, self.data.records))
        told, memory.told = memory.told, keys
        if told == keys:
            return
        self._hub.store.async_save_soon()
        if told is None:
            return
        for record in reversed(self.data.records):
            if record_key(record) not in told:
                for listener in self._news_listeners:
                    listener(record)
        self._hub.async_expect_change()
