"""Calendar entity: when the codes of a lock open, and a way to make and change them.

Events name a code and say in words how it is; they never hold digits.
"""

from collections.abc import Callable, Coroutine, Iterable
from datetime import datetime, tzinfo
from typing import Any, override

from homeassistant.components.calendar import (
    CalendarEntity,
    CalendarEntityDescription,
    CalendarEntityFeature,
    CalendarEvent,
    CalendarEventStatus,
)
from homeassistant.const import EVENT_CORE_CONFIG_UPDATE
from homeassistant.core import CALLBACK_TYPE, Context, Event, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.event import async_track_point_in_utc_time
from homeassistant.util import dt as dt_util

from .account import TuyaLockConfigEntry
from .actions.target import async_outcomes
from .answers import Answers
from .calendar_access import async_note_call, async_require_admin, calling
from .calendar_texts import described, titled
from .calendar_wishes import AskedEvent, change, creation, shown_rule
from .dialogs.words import Words
from .domain.agenda import (
    Appointment,
    appointments,
    current,
    day_of,
    is_shown,
    last_of,
    outlook,
    uid_of,
    upcoming,
)
from .domain.passwords import Password, PasswordStatus
from .domain.windows import EARLIEST
from .entity import TuyaLockEntity, async_add_lock_entities
from .exceptions import list_not_read, refused
from .hub import LockHub
from .manager import LockManager
from .wishes import DigitsPool, PasswordChange

# The manager lets one change at a time go to a lock; locks need not wait for others.
PARALLEL_UPDATES = 0

CODES = CalendarEntityDescription(key="codes", translation_key="codes")
_THIS_AND_FUTURE = "THISANDFUTURE"
_OUT_OF_REACH = CalendarEntityFeature.DELETE_EVENT | CalendarEntityFeature.UPDATE_EVENT
_IN_REACH = _OUT_OF_REACH | CalendarEntityFeature.CREATE_EVENT
# What nobody can vouch for yet; front ends draw it in stripes.
_TENTATIVE = frozenset(
    {PasswordStatus.PENDING, PasswordStatus.UNCONFIRMED, PasswordStatus.UNKNOWN}
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: TuyaLockConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the calendar of every lock."""
    words = await Words.async_load(hass)
    async_add_lock_entities(
        entry, async_add_entities, lambda hub: [TuyaLockCalendar(entry, hub, words)]
    )


class TuyaLockCalendar(TuyaLockEntity, CalendarEntity):
    """The windows of a lock's codes."""

    entity_description: CalendarEntityDescription

    def __init__(self, entry: TuyaLockConfigEntry, hub: LockHub, words: Words) -> None:
        """Initialize the calendar of one lock."""
        super().__init__(hub, hub.passwords, CODES)
        self._manager = entry.runtime_data.manager
        self._words = words
        self._zones: dict[str, tzinfo] = {}
        self._cancel_turn: CALLBACK_TYPE | None = None
        # While a state is written: what it shows, which is asked for several times.
        self._written: tuple[CalendarEvent | None] | None = None

    @property
    @override
    def supported_features(self) -> CalendarEntityFeature:
        """Return what can be done here; a lock out of reach takes no code from afar."""
        return _IN_REACH if self.hub.traits.online_codes else _OUT_OF_REACH

    @property
    @override
    def event(self) -> CalendarEvent | None:
        """Return what goes on now, else what begins next."""
        if self._written:
            return self._written[0]
        one = current(self._codes, dt_util.utcnow(), self._zones)
        return None if one is None else self._event(one)

    @override
    async def async_added_to_hass(self) -> None:
        """Follow the language and the zone of the house, which the texts are in."""
        await super().async_added_to_hass()
        await self._async_learn_zones()
        self.async_on_remove(
            self.hass.bus.async_listen(EVENT_CORE_CONFIG_UPDATE, self._async_reword)
        )

    @override
    async def async_will_remove_from_hass(self) -> None:
        """Follow the codes no more."""
        await super().async_will_remove_from_hass()
        self._forget_turn()

    @override
    async def async_get_events(
        self, hass: HomeAssistant, start_date: datetime, end_date: datetime
    ) -> list[CalendarEvent]:
        """Return what lies in a span.

        In an outage it is what was known last; without that, it raises HomeAssistantError.
        """
        if not self.hub.passwords.has_answer:
            raise list_not_read(self.hub.name, self.hub.passwords.last_exception)
        await self._async_learn_zones()
        found = appointments(self._codes, start_date, end_date, self._zones)
        return [self._event(one) for one in found]

    @override
    async def async_create_event(self, **kwargs: Any) -> None:
        """Make a code; digits that nobody chose are shown by a repair, once."""
        await async_require_admin(self.hass)
        wish = creation(self.hub, *await self._async_asked(kwargs))

        async def create(manager: LockManager, hub: LockHub) -> None:
            await manager.async_create(hub, wish, DigitsPool(), Answers.to_nobody())

        await self._async_do(create)

    @override
    async def async_update_event(
        self,
        uid: str,
        event: dict[str, Any],
        recurrence_id: str | None = None,
        recurrence_range: str | None = None,
    ) -> None:
        """Change the name, the window or the digits of a code."""
        await async_require_admin(self.hass)
        one = await self._async_find(uid, recurrence_id, recurrence_range)
        asked, zone = await self._async_asked(event)
        wish = change(self.hub, asked, self._event(one), one, self._zones, zone)
        if wish != PasswordChange():
            await self._async_change(one.code, wish)

    @override
    async def async_delete_event(
        self,
        uid: str,
        recurrence_id: str | None = None,
        recurrence_range: str | None = None,
    ) -> None:
        """Delete a code, or end one that opens at certain hours before a day."""
        await async_require_admin(self.hass)
        one = await self._async_find(uid, recurrence_id, recurrence_range)
        left = upcoming(one.code, dt_util.utcnow(), self._zones)
        if left is not None and left.start < one.start:
            await self._async_change(one.code, PasswordChange(end=one.start))
            return

        async def delete(manager: LockManager, hub: LockHub) -> None:
            await manager.async_delete(hub, one.code.key)

        await self._async_do(delete)

    @override
    async def async_request_call[T](self, coro: Coroutine[Any, Any, T]) -> T:
        """Serve the call of an action."""
        with calling():
            return await super().async_request_call(coro)

    @callback
    @override
    def async_set_context(self, context: Context) -> None:
        """Note who calls an action."""
        super().async_set_context(context)
        async_note_call(context)

    @callback
    @override
    def _async_write_ha_state(self) -> None:
        """Write the state, and see to it that it is written when it changes by itself."""
        one, turn = outlook(self._codes, dt_util.utcnow(), self._zones)
        self._written = (None if one is None else self._event(one),)
        try:
            super()._async_write_ha_state()
        finally:
            self._written = None
        self._forget_turn()
        # When what is shown begins or ends, Home Assistant itself has it written.
        if turn is not None and (one is None or turn not in {one.start, one.end}):
            self._cancel_turn = async_track_point_in_utc_time(
                self.hass, self._async_take_turn, turn
            )

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        """Write the state, once the zones of all codes are known."""
        # That of the house is at hand.
        self._zones[self.hass.config.time_zone] = dt_util.get_default_time_zone()
        if any(name not in self._zones for name in self._zone_names()):
            self.hub.async_start(self._async_reckon(), "time zones")
        else:
            super()._handle_coordinator_update()

    @property
    def _codes(self) -> tuple[Password, ...]:
        return self.hub.passwords.data or ()

    def _event(self, one: Appointment) -> CalendarEvent:
        """Return an appointment as Home Assistant takes it."""
        code = one.code
        event = CalendarEvent(
            start=one.start,
            end=one.end,
            summary=titled(self._words, self.hub, code),
            description=described(self._words, code),
            uid=uid_of(self.hub.id, code.key),
            recurrence_id=f"{one.day:%Y%m%d}" if one.day else None,
            status=CalendarEventStatus.TENTATIVE
            if code.status in _TENTATIVE
            else CalendarEventStatus.CONFIRMED,
        )
        # Given above, Home Assistant would check it again for each of a code's many days.
        event.rrule = shown_rule(one, self._zones)
        return event

    async def _async_find(
        self, uid: str, day: str | None, span: str | None
    ) -> Appointment:
        """Return the appointment that is meant; raises HomeAssistantError."""
        codes = self._manager.passwords(self.hub)
        await self._async_learn_zones()
        code = next((c for c in codes if uid_of(self.hub.id, c.key) == uid), None)
        if code is None or not is_shown(code):
            raise refused("code_is_gone", lock=self.hub.name)
        if day:
            if span != _THIS_AND_FUTURE:
                raise refused("calendar_single_day", name=code.name)
            one = day_of(code, day, self._zones)
        else:
            now = EARLIEST if code.schedule is None else dt_util.utcnow()
            one = upcoming(code, now, self._zones) or last_of(code, self._zones)
        if one is None:
            raise refused("code_is_gone", lock=self.hub.name)
        return one

    async def _async_asked(self, fields: dict[str, Any]) -> tuple[AskedEvent, tzinfo]:
        """Return an event as it was given, and the zone of the lock."""
        found = await dt_util.async_get_time_zone(self.hub.time_zone)
        zone = found or dt_util.get_default_time_zone()
        return AskedEvent.of(fields, zone), zone

    async def _async_change(self, code: Password, wish: PasswordChange) -> None:
        async def update(manager: LockManager, hub: LockHub) -> None:
            answers = Answers.to_nobody()
            await manager.async_update(hub, code.key, wish, DigitsPool(), answers)

        await self._async_do(update)

    async def _async_do(
        self, work: Callable[[LockManager, LockHub], Coroutine[Any, Any, None]]
    ) -> None:
        """Do something to the lock to its end, even if whoever asked goes away."""
        lock = self.hub.id
        outcome = (await async_outcomes({lock: (self._manager, self.hub)}, work))[lock]
        if isinstance(outcome, HomeAssistantError):
            raise outcome

    def _zone_names(self) -> Iterable[str]:
        return {code.schedule.time_zone for code in self._codes if code.schedule}

    async def _async_learn_zones(self) -> None:
        """Read the time zones of the codes' hours; that may not be done in passing."""
        for name in self._zone_names():
            zone = await dt_util.async_get_time_zone(name)
            self._zones[name] = zone or dt_util.get_default_time_zone()

    async def _async_reckon(self) -> None:
        await self._async_learn_zones()
        super()._handle_coordinator_update()

    async def _async_reword(self, event: Event) -> None:
        self._words = await Words.async_load(self.hass)
        self.async_write_ha_state()

    @callback
    def _async_take_turn(self, now: datetime) -> None:
        self._cancel_turn = None
        self.async_write_ha_state()

    @callback
    def _forget_turn(self) -> None:
        if self._cancel_turn is not None:
            self._cancel_turn()
            self._cancel_turn = None
