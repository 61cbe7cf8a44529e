"""The post of one guest calendar: each booking's message leaves once.

That it leaves is saved before: after a kill in between nobody knows, so it is not sent
again, and the host is told.
"""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from ..dialogs.words import Words
from ..domain.bookings import guest_of
from ..domain.guest_memory import Booking, Sent
from ..domain.guest_rules import GuestRules
from ..domain.reconcile import Code
from ..exceptions import failed, refused
from ..hub import LockHub
from ..lock_names import lock_names
from ..recipients import MessageUnsureError
from .failures import Failures
from .message import Told, async_send, async_text
from .shown import GuestEventKind
from .work import GuestWork

# From then on a guest is told even where not every lock has the code.
_AT_LAST = timedelta(hours=1)
_ANY_LOCK = ""


class GuestPost:
    """Sends what a guest has to know, when the codes are on the locks."""

    def __init__(
        self,
        hass: HomeAssistant,
        rules: GuestRules,
        work: GuestWork,
        *,
        update: Callable[[str, Callable[[Booking], Booking]], None],
        save: Callable[[], Awaitable[bool]],
        tell: Callable[[GuestEventKind, Booking, LockHub | None, str | None], None],
    ) -> None:
        """Take the rules, and who knows the digits."""
        self.failures = Failures()
        self._hass = hass
        self._rules = rules
        self._work = work
        self._update = update
        self._save = save
        self._tell = tell

    async def async_deliver(
        self, bookings: Collection[Booking], hubs: Collection[LockHub], now: datetime
    ) -> None:
        """Send what is due; what could not be sent is tried again later."""
        if self._rules.notify is None:
            return
        # A feed may hold hundreds of bookings, and few of them have codes yet.
        coded = {code.booking for hub in hubs for code in self._work.codes(hub)}
        for booking in bookings:
            if booking.id not in coded:
                continue
            failure = self.failures.find(booking.id, _ANY_LOCK)
            if self._work.is_stopping or (failure and failure.again_at > now):
                continue
            codes = self._due(booking, hubs, now)
            if codes:
                await self._async_deliver(self._rules.notify, booking, codes, now)

    def _due(
        self, booking: Booking, hubs: Collection[LockHub], now: datetime
    ) -> list[tuple[LockHub, Code]]:
        """Return the codes that a booking's guest is to be told now."""
        if booking.sent is not None or booking.gone or booking.is_missing:
            return []
        wanted = set(self._rules.locks) - booking.dropped
        codes = [
            (hub, code)
            for hub in hubs
            if hub.id in wanted
            for code in self._work.codes(hub)
            if code.booking == booking.id and code.is_live(now)
        ]
        if not codes:
            return []
        window = self._work.scene(codes[0][0]).stay(booking, self._rules).window
        if {hub.id for hub, code in codes if code.is_as_asked} >= wanted:
            return codes
        if now < window.start - _AT_LAST:
            return []
        # What the guest has opens the door until the lock takes what is new.
        still = all(
            code.is_as_asked or code.opened_before(now, _AT_LAST) for _, code in codes
        )
        return [] if still else codes

    async def _async_deliver(
        self,
        target: str,
        booking: Booking,
        codes: Sequence[tuple[LockHub, Code]],
        now: datetime,
    ) -> None:
        opens_at = min(code.start for _, code in codes)
        try:
            if await self._async_renew(booking, codes):
                return  # they are told when the locks have them
            text = await self._async_text(booking, codes)
            await self._async_mark(booking, Sent.SENDING)
            await async_send(self._hass, target, text)
        except MessageUnsureError as err:
            await self._async_mark(booking, Sent.UNSURE)
            self._tell(GuestEventKind.NOT_SENT, booking, None, err.translation_key)
            return
        except HomeAssistantError as err:
            await self._async_mark(booking, None)
            key = err.translation_key or "notify_failed"
            reason = Words.cached(self._hass).error(err)
            if self.failures.note(
                booking.id, _ANY_LOCK, reason, key, now=now, opens_at=opens_at
            ):
                self._tell(GuestEventKind.NOT_SENT, booking, None, key)
            return
        for hub, code in codes:
            self._work.digits.told(hub, code)
        await self._async_mark(booking, Sent.SENT)
        self.failures.clear(booking.id, _ANY_LOCK)
        self._tell(GuestEventKind.SENT, booking, None, None)

    async def _async_renew(
        self, booking: Booking, codes: Sequence[tuple[LockHub, Code]]
    ) -> bool:
        """Give codes new digits where nobody knows theirs; return whether any got some."""
        unknown = [
            (hub, code)
            for hub, code in codes
            if code.is_custom and self._work.digits.of(hub, code) is None
        ]
        for hub, code in unknown:
            await self._work.async_renew_digits(hub, booking, code)
        return bool(unknown)

    async def _async_text(
        self, booking: Booking, codes: Sequence[tuple[LockHub, Code]]
    ) -> str:
        names = lock_names(self._hass, codes[0][0].account.config_entry.entry_id)
        digits = {
            names.get(hub.id, hub.name): self._digits(hub, code) for hub, code in codes
        }
        hub, _ = codes[0]
        stay = self._work.scene(hub).stay(booking, self._rules)
        zone = ZoneInfo(hub.time_zone)
        issued = [hub.memory.issued.get(code.key) for hub, code in codes]
        limits = [code.use_by for code in issued if code and code.use_by]
        told = Told(
            guest=guest_of(booking.title),
            codes=digits,
            check_in=stay.check_in.astimezone(zone),
            check_out=stay.check_out.astimezone(zone),
            use_by=min(limits).astimezone(zone) if limits else None,
        )
        return await async_text(self._hass, self._rules.message, told)

    def _digits(self, hub: LockHub, code: Code) -> str:
        digits = self._work.digits.of(hub, code)
        if digits is None:
            raise refused("digits_unknown", name=code.name)
        return digits

    async def _async_mark(self, booking: Booking, sent: Sent | None) -> None:
        """Note what became of a message; it is on the disk before the message leaves.

        Raises HomeAssistantError where it can't be.
        """
        self._update(booking.id, lambda known: replace(known, sent=sent))
        if not await self._save() and sent is Sent.SENDING:
            raise failed("not_saved")
