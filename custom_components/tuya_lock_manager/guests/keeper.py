"""The keeper of one guest calendar: it makes the codes follow the bookings."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
import logging
from typing import TYPE_CHECKING

from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import (
    CALLBACK_TYPE,
    Event,
    EventStateChangedData,
    HassJob,
    HomeAssistant,
    callback,
)
from homeassistant.helpers.debounce import Debouncer
from homeassistant.helpers.event import async_call_later, async_track_state_change_event
from homeassistant.helpers.start import async_at_started
from homeassistant.util import dt as dt_util

from ..const import DEFAULT_NAMES, OPT_NAMES
from ..domain.booking_feed import not_read, read
from ..domain.guest_memory import Booking, GuestMemory, Sent
from ..domain.guest_rules import GuestRules, rules_of
from ..hub import LockHub
from .codes import References
from .feed import FeedError, async_read_events, calendar_entity_id
from .places import Places
from .post import GuestPost
from .shown import GuestEvent, GuestEventKind, GuestProblem, GuestsCode, GuestState
from .upkeep import kept_up
from .view import GuestView
from .work import GuestWork

if TYPE_CHECKING:
    from ..account import TuyaLockConfigEntry

_LOGGER = logging.getLogger(__name__)

# How often the calendar is read at least; it costs no calls at Tuya.
CADENCE = timedelta(minutes=15)
# What a calendar shows changes in steps; they are read together.
_DEBOUNCE = 2.0
# What has just been left over is not looked at again in the same second.
_SHORTEST = timedelta(seconds=5)
# A stay that has begun may be in the calendar's past; bookings of next year can wait.
_BACK = timedelta(days=1)
_AHEAD = timedelta(days=365)


class GuestKeeper:
    """One guest calendar of an account.

    It listens to its calendar and reconciles by itself from `async_start` on. Whoever
    shows it reads `state`, `rules` and the listeners; `state.troubles` is what repairs
    are made of.
    """

    def __init__(
        self, hass: HomeAssistant, entry: TuyaLockConfigEntry, subentry: ConfigSubentry
    ) -> None:
        """Take the calendar's rules; nothing is read yet.

        Raises ValueError where the subentry stores no rules.
        """
        self.hass = hass
        self.subentry = subentry
        self.rules: GuestRules = rules_of(subentry.data)
        self._entry = entry
        self._account = entry.runtime_data.account
        self._references = References(entry, subentry.subentry_id)
        self._work = GuestWork(
            self.rules,
            self._references,
            entry.runtime_data.manager,
            update=self._update,
            tell=self._tell,
            everyone=lambda: (
                keeper.places for keeper in entry.runtime_data.guests.values()
            ),
            wake=partial(self._request, reading=False),
        )
        self._post = GuestPost(
            hass,
            self.rules,
            self._work,
            update=self._update,
            save=self._account.store.async_save,
            tell=self._tell,
        )
        self._state = GuestState()
        # Whether it has looked since it was loaded: until then it knows of no trouble.
        self.has_looked = False
        self._listeners: list[CALLBACK_TYPE] = []
        self._event_listeners: list[Callable[[GuestEvent], None]] = []
        self._feed_problem: GuestProblem | None = None
        self._feed_reason: str | None = None
        self._reconciling = asyncio.Lock()
        self._wanted: bool | None = None  # whether to read, None for nothing to do
        self._codes_moved = False
        self._task: asyncio.Task[None] | None = None
        self._cancel_timer: CALLBACK_TYPE | None = None
        self._read_at: datetime | None = None
        self._calendar_moves = Debouncer(
            hass,
            _LOGGER,
            cooldown=_DEBOUNCE,
            immediate=False,
            function=partial(self._request, reading=True),
        )
        self._followed: tuple[str, CALLBACK_TYPE] | None = None
        self._watched: dict[str, tuple[LockHub, CALLBACK_TYPE]] = {}

    @property
    def state(self) -> GuestState:
        """Return how the guest calendar stands."""
        return self._state

    @property
    def places(self) -> Places:
        """Return who waits for a place on a full lock."""
        return self._work.places

    @callback
    def async_add_listener(self, update: CALLBACK_TYPE) -> CALLBACK_TYPE:
        """Call `update` when the state changed; return what ends that."""
        self._listeners.append(update)
        return lambda: self._listeners.remove(update)

    @callback
    def async_add_event_listener(
        self, happened: Callable[[GuestEvent], None]
    ) -> CALLBACK_TYPE:
        """Call `happened` with what happened; return what ends that."""
        self._event_listeners.append(happened)
        return lambda: self._event_listeners.remove(happened)

    @callback
    def async_start(self) -> CALLBACK_TYPE:
        """Begin once Home Assistant has started: calendars are there then.

        Returns what ends the waiting.
        """
        self._memory = replace(
            self._memory,
            bookings={
                booking.id: replace(booking, sent=Sent.UNSURE)
                if booking.sent is Sent.SENDING
                else booking
                for booking in self._memory.bookings.values()
            },
        )
        self._publish()

        @callback
        def begin(hass: HomeAssistant) -> None:
            self._request(reading=True)

        return async_at_started(self.hass, begin)

    async def async_stop(self) -> None:
        """Begin nothing more; what is under way is finished."""
        self._work.is_stopping = True
        self._forget_timer()
        self._calendar_moves.async_shutdown()
        if self._followed is not None:
            self._followed[1]()
        for _, ignore in self._watched.values():
            ignore()
        self._watched.clear()
        if self._task is not None:
            await asyncio.wait([self._task])
        async with self._reconciling:
            self._forget_timer()
            self._work.digits.give_up(self._account.hubs.values())

    async def async_reconcile(self) -> None:
        """Read the calendar and make the codes follow it; safe to run at any time."""
        await self._async_run(reading=True)

    async def async_try_again(self) -> None:
        """Reconcile now, with what failed and would wait; send what may not have left."""
        self._work.try_again()
        self._post.failures.hurry()
        for booking in self._memory.bookings.values():
            if booking.sent is Sent.UNSURE:
                self._update(booking.id, lambda known: replace(known, sent=None))
        await self._async_run(reading=True)

    @callback
    def async_codes(self) -> list[GuestsCode]:
        """Return the live codes that this guest calendar made."""
        now = self._now
        return [
            GuestsCode(hub.id, hub.name, code.id, code.name, code.start, code.end)
            for hub in self._account.hubs.values()
            for code in self._work.codes(hub)
            if code.is_live(now)
        ]

    @property
    def _now(self) -> datetime:
        return self._account.client.now()

    @property
    def _memory(self) -> GuestMemory:
        return self._account.store.guests.get(self.subentry.subentry_id, GuestMemory())

    @_memory.setter
    def _memory(self, memory: GuestMemory) -> None:
        if memory != self._memory:
            self._account.store.guests[self.subentry.subentry_id] = memory
            self._account.store.async_save_soon()

    def _update(self, booking_id: str, change: Callable[[Booking], Booking]) -> None:
        """Change what is remembered of a booking."""
        booking = self._memory.bookings.get(booking_id)
        if booking is not None:
            self._memory = self._memory.having(change(booking))

    @property
    def _hubs(self) -> list[LockHub]:
        """Return the locks of the guest calendar, and those that once were."""
        wanted = {
            *self.rules.locks,
            *(lock for b in self._memory.bookings.values() for lock in b.made),
        }
        return [hub for hub in self._account.hubs.values() if hub.id in wanted]

    @property
    def _view(self) -> GuestView:
        return GuestView(
            rules=self.rules,
            memory=self._memory,
            hubs=self._hubs,
            work=self._work,
            post_failures=self._post.failures,
            feed_problem=self._feed_problem,
            feed_reason=self._feed_reason,
            shows_names=bool(self._entry.options.get(OPT_NAMES, DEFAULT_NAMES)),
            home_zone=dt_util.get_default_time_zone(),
            now=self._now,
        )

    @callback
    def _request(self, *, reading: bool) -> None:
        """Look at everything soon, with a reading of the calendar or without."""
        self._wanted = bool(self._wanted) or reading
        if self._work.is_stopping or (self._task and not self._task.done()):
            return
        self._task = self.hass.async_create_background_task(
            self._async_work_off(), f"guest calendar {self.subentry.title}"
        )

    async def _async_work_off(self) -> None:
        while self._wanted is not None and not self._work.is_stopping:
            reading, self._wanted = self._wanted, None
            await self._async_run(reading=reading)

    async def _async_run(self, *, reading: bool) -> None:
        """Read, do what is wanted, tell who is to be told, and plan the next time."""
        async with self._reconciling:
            if self._work.is_stopping:
                return
            try:
                if reading:
                    await self._async_read()
                self._watch()
                self._memory = kept_up(
                    self._memory, self.rules, self._hubs, self._work, self._now
                )
                bookings = tuple(self._memory.bookings.values())
                await self._work.async_follow(bookings, self._hubs, self._now)
                bookings = tuple(self._memory.bookings.values())
                await self._post.async_deliver(bookings, self._hubs, self._now)
            finally:
                view = self._publish(is_first=not self.has_looked)
                self._plan(view)
        if self._codes_moved:
            # Something else than what was done here may have come of it.
            self._codes_moved = False
            self._request(reading=False)

    async def _async_read(self) -> None:
        self._read_at = now = self._now
        try:
            events = await async_read_events(
                self.hass, self.rules.calendar, now - _BACK, now + _AHEAD
            )
        except FeedError as err:
            self._feed_problem, self._feed_reason = err.problem, str(err)
            self._memory = not_read(self._memory, now)
            return
        self._feed_problem = self._feed_reason = None
        zone = self._view.scenes[0].zone
        self._memory, seen = read(self._memory, events, self.rules, now, zone)
        self._work.texts = {key: event.text for key, event in seen.items()}

    @callback
    def _watch(self) -> None:
        """Follow the calendar and the locks as they are called, and are there, now."""
        entity_id = calendar_entity_id(self.hass, self.rules.calendar)
        if self._followed is not None and self._followed[0] != entity_id:
            self._followed[1]()
            self._followed = None
        if entity_id is not None and self._followed is None:
            follow = async_track_state_change_event(
                self.hass, entity_id, self._handle_calendar
            )
            self._followed = entity_id, follow
        hubs = {hub.id: hub for hub in self._hubs}
        for device_id, (hub, ignore) in tuple(self._watched.items()):
            if hubs.get(device_id) is not hub:
                ignore()
                del self._watched[device_id]
        for device_id, hub in hubs.items():
            if device_id not in self._watched:
                ignore = hub.passwords.async_add_listener(self._handle_codes)
                self._watched[device_id] = hub, ignore

    @callback
    def _handle_calendar(self, event: Event[EventStateChangedData]) -> None:
        self._calendar_moves.async_schedule_call()

    @callback
    def _handle_codes(self) -> None:
        if self._reconciling.locked():
            self._codes_moved = True
        else:
            self._request(reading=False)

    def _plan(self, view: GuestView) -> None:
        """Set the timer for what is due next."""
        if self._work.is_stopping:
            return
        now = view.now
        read_next = (self._read_at or now) + CADENCE
        first = min(
            (m for m in view.moments() if now < m < read_next), default=read_next
        )
        wait = max(first - now, _SHORTEST).total_seconds()
        self._set_timer(wait, reading=first == read_next)

    @callback
    def _set_timer(self, seconds: float, *, reading: bool) -> None:
        self._forget_timer()

        @callback
        def due(now: datetime) -> None:
            self._cancel_timer = None
            self._request(reading=reading)

        job = HassJob(due, "guest calendar", cancel_on_shutdown=True)
        self._cancel_timer = async_call_later(self.hass, seconds, job)

    def _forget_timer(self) -> None:
        if self._cancel_timer is not None:
            self._cancel_timer()
            self._cancel_timer = None

    @callback
    def _publish(self, *, is_first: bool = False) -> GuestView:
        """Tell who shows the guest calendar, if anything is otherwise."""
        view = self._view
        state = view.state()
        self.has_looked = self.has_looked or is_first
        if is_first or state != self._state:
            self._state = state
            for update in tuple(self._listeners):
                update()
        return view

    @callback
    def _tell(
        self,
        kind: GuestEventKind,
        booking: Booking,
        hub: LockHub | None,
        reason: str | None,
    ) -> None:
        view = self._view
        stay = view.stay(booking)
        event = GuestEvent(
            kind,
            view.label(booking),
            hub.name if hub else None,
            stay.check_in,
            stay.check_out,
            reason,
        )
        for happened in tuple(self._event_listeners):
            happened(event)
