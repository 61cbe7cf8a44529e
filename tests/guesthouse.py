"""A home that takes guests: a calendar with bookings, a phone, and the locks' keypads."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any, Final, override

from homeassistant.components.calendar import (
    DATA_COMPONENT,
    CalendarEntity,
    CalendarEvent,
)
from homeassistant.components.notify import (
    DATA_COMPONENT as NOTIFY_COMPONENT,
    NotifyEntity,
)
from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util

from custom_components.tuya_lock_manager.const import SUBENTRY_GUESTS
from custom_components.tuya_lock_manager.guests.keeper import GuestKeeper
from custom_components.tuya_lock_manager.guests.shown import GuestEvent
from simulator.locks.keypad import type_code
from simulator.locks.passwords import OnlinePassword
from tests.acting import FRONT_DOOR
from tests.simulated import Home

CALENDAR = "calendar.bookings"
PHONE = "notify.phone"


# Ids of config subentries are ULIDs.
FLAT: Final = "01KT1BQD20S3ZTXXCF3C40T0TA"


class Feed(CalendarEntity):
    """A calendar as some other integration has it."""

    _attr_name = "Bookings"
    _attr_unique_id = "bookings"
    _attr_should_poll = False

    def __init__(self) -> None:
        """Begin empty."""
        self.events: list[CalendarEvent] = []
        self.error: Exception | None = None
        self.reads = 0

    @property
    @override
    def event(self) -> CalendarEvent | None:
        return None

    @override
    async def async_get_events(
        self, hass: HomeAssistant, start_date: datetime, end_date: datetime
    ) -> list[CalendarEvent]:
        """Return the events that touch the span, as all calendars do."""
        self.reads += 1
        if self.error is not None:
            raise self.error
        return [
            event
            for event in self.events
            if event.end_datetime_local > start_date
            and event.start_datetime_local < end_date
        ]


class Phone(NotifyEntity):
    """Takes messages."""

    _attr_name = "Phone"
    _attr_unique_id = "phone"

    def __init__(self) -> None:
        """Begin with no message."""
        self.messages: list[str] = []
        self.error: Exception | None = None

    @override
    async def async_send_message(self, message: str, title: str | None = None) -> None:
        """Take a message."""
        if self.error is not None:
            raise self.error
        self.messages.append(message)


class Guesthouse:
    """A home with one guest calendar, and what a test does in it."""

    def __init__(self, home: Home) -> None:
        """Take a home whose account is not set up yet."""
        self.home = home
        self.hass = home.hass
        self.feed = Feed()
        self.phone = Phone()
        self.told: list[GuestEvent] = []
        self.subentry_id = "01GUESTS"

    async def async_open(
        self, locks: Iterable[str] = (FRONT_DOOR,), **rules: Any
    ) -> None:
        """Set up calendar, phone and account, with a guest calendar for the locks."""
        for domain in ("calendar", "notify"):
            assert await async_setup_component(self.hass, domain, {})
        await self.hass.data[DATA_COMPONENT].async_add_entities([self.feed])
        await self.hass.data[NOTIFY_COMPONENT].async_add_entities([self.phone])
        self.home.entry.add_to_hass(self.hass)
        self.add("Flat", self.subentry_id, locks, **rules)
        await self.hass.config_entries.async_setup(self.home.entry.entry_id)
        await self.async_settle()
        self.listen()

    def add(
        self,
        title: str,
        subentry_id: str,
        locks: Iterable[str] = (FRONT_DOOR,),
        **rules: Any,
    ) -> None:
        """Add a guest calendar for the locks; a loaded account is loaded anew."""
        names = {
            f"lock.{lock.device.name.lower().replace(' ', '_')}": lock.id
            for lock in self.home.world.locks.values()
        }
        data = {"calendar": CALENDAR, "locks": [names[lock] for lock in locks], **rules}
        subentry = ConfigSubentry(
            data=MappingProxyType(data),
            subentry_id=subentry_id,
            subentry_type=SUBENTRY_GUESTS,
            title=title,
            unique_id=None,
        )
        self.hass.config_entries.async_add_subentry(self.home.entry, subentry)

    def listen(self) -> None:
        """Note what the keeper tells."""
        self.keeper.async_add_event_listener(self.told.append)

    @property
    def keeper(self) -> GuestKeeper:
        """Return the keeper as it is loaded now."""
        keeper: GuestKeeper = self.home.entry.runtime_data.guests[self.subentry_id]
        return keeper

    def problem(self) -> str | None:
        """Return what is wrong."""
        problem = self.keeper.state.problem
        return None if problem is None else problem.value

    def book(
        self,
        title: str,
        start: str,
        end: str,
        *,
        uid: str | None = None,
        description: str | None = None,
    ) -> CalendarEvent:
        """Put a booking into the calendar: days, or times by the house's clock."""
        event = CalendarEvent(
            start=_moment(start),
            end=_moment(end),
            summary=title,
            description=description,
            uid=uid,
        )
        self.feed.events.append(event)
        return event

    def cancel(self, event: CalendarEvent) -> None:
        """Take a booking out of the calendar."""
        self.feed.events.remove(event)

    async def async_settle(self) -> None:
        """Let everything that was begun be finished."""
        await self.hass.async_block_till_done(wait_background_tasks=True)

    async def async_look(self) -> None:
        """Let the keeper look at everything now."""
        await self.keeper.async_reconcile()
        await self.async_settle()

    async def async_pass(self, **time: float) -> None:
        """Let time pass, all of it at once; then whatever fell due is done."""
        await self.home.async_pass(timedelta(**time))
        await self.async_look()

    async def async_until(self, moment: str) -> None:
        """Let it be some time by the house's clock."""
        until = _moment(moment)
        assert isinstance(until, datetime)
        await self.async_pass(seconds=(until - dt_util.utcnow()).total_seconds())

    def codes(self, lock: str = FRONT_DOOR) -> list[OnlinePassword]:
        """Return the codes that the cloud has of a lock, and that may open."""
        simulated = self.home.lock(lock)
        return [
            password
            for password in simulated.book.live.values()
            if password.is_valid(simulated.now)
        ]

    def names(self, lock: str = FRONT_DOOR) -> list[str]:
        """Return whose codes a lock has."""
        return sorted(password.name for password in self.codes(lock))

    def digits(self, name: str, lock: str = FRONT_DOOR) -> str:
        """Return what a guest types: what the lock itself knows."""
        (password,) = [code for code in self.codes(lock) if code.name == name]
        return self.digits_of(password, lock)

    def digits_of(self, password: OnlinePassword, lock: str = FRONT_DOOR) -> str:
        """Return the digits that a lock knows of a code."""
        stored = self.home.lock(lock).code_of(password.id)
        assert stored is not None
        assert stored.digits is not None
        return stored.digits

    def opens(self, digits: str, lock: str = FRONT_DOOR) -> bool:
        """Stand at a door and type."""
        return type_code(self.home.lock(lock), digits).opened


async def async_load_flat(home: Home, *locks: str) -> str:
    """Set up an account that has a guest calendar for locks already; return its id.

    There is a calendar of which nothing can be read.
    """
    home.hass.states.async_set(CALENDAR, "off")
    home.entry.add_to_hass(home.hass)
    Guesthouse(home).add("Flat", FLAT, locks)
    await home.hass.config_entries.async_setup(home.entry.entry_id)
    await home.hass.async_block_till_done()
    return FLAT


def _moment(text: str) -> date | datetime:
    if len(text) == len("2026-06-01"):
        return date.fromisoformat(text)
    return datetime.fromisoformat(text).replace(tzinfo=dt_util.get_default_time_zone())


def told_kinds(house: Guesthouse) -> list[str]:
    """Return what was told."""
    return [event.kind.value for event in house.told]
