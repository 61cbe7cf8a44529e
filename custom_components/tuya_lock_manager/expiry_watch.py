"""When codes are about to end, by as much as an automation wants to know it before."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.event import async_call_later

from .announced import SIGNAL_CODES_SEEN
from .awaited import AwaitedLocks, loaded_hubs
from .domain.lifecycle import warning_at
from .domain.passwords import Password, PasswordKey, PasswordStatus

if TYPE_CHECKING:
    from .hub import LockHub

# It is looked at just behind the moment; timers are not made for months.
_BEHIND = timedelta(seconds=1)
_FARTHEST = timedelta(days=1)

# A code with another end is warned of again.
type _Mark = tuple[PasswordKey, datetime | None]
type Warn = Callable[[LockHub, Password, bool], None]


class ExpiryWatch:
    """Warns of each end of a code once, and never of one that was near when it began."""

    def __init__(
        self, hass: HomeAssistant, locks: AwaitedLocks, before: timedelta, warn: Warn
    ) -> None:
        """Initialize; `warn` gets the lock, the code and whether that is late."""
        self._hass = hass
        self._locks = locks
        self._before = before
        self._warn = warn
        # What was warned of, by lock; a lock that is not in it was never looked at.
        self._warned: dict[str, set[_Mark]] = {}
        self._timers: dict[str, CALLBACK_TYPE] = {}

    @callback
    def async_start(self) -> CALLBACK_TYPE:
        """Watch from now on; return what ends it."""
        disconnect = async_dispatcher_connect(
            self._hass, SIGNAL_CODES_SEEN, self._handle_seen
        )
        for hub in loaded_hubs(self._hass).values():
            if hub.passwords.is_up_to_date:
                self._handle_seen(hub, late=False)

        @callback
        def stop() -> None:
            disconnect()
            while self._timers:
                self._timers.popitem()[1]()

        return stop

    @callback
    def _handle_seen(self, hub: LockHub, late: bool) -> None:
        if hub.id not in self._locks.ids:
            return
        is_new = hub.id not in self._warned
        near = {
            (code.key, code.end): code
            for code in hub.passwords.data
            if code.status is PasswordStatus.ACTIVE and self._is_near(hub, code)
        }
        told = self._warned.setdefault(hub.id, set())
        news = [code for mark, code in near.items() if mark not in told]
        told.intersection_update({(code.key, code.end) for code in hub.passwords.data})
        told.update(near)
        self._set_timer(hub)
        for code in () if is_new else news:
            self._warn(hub, code, late)

    def _moment(self, code: Password) -> datetime | None:
        return warning_at(code, self._before, shortest=self._before)

    def _is_near(self, hub: LockHub, code: Password) -> bool:
        moment = self._moment(code)
        return moment is not None and moment <= hub.client.now()

    def _set_timer(self, hub: LockHub) -> None:
        """Look again when the next end comes near."""
        if cancel := self._timers.pop(hub.id, None):
            cancel()
        now = hub.client.now()
        moments = filter(None, map(self._moment, hub.passwords.data))
        following = min((moment for moment in moments if moment > now), default=None)
        if following is None:
            return

        @callback
        def look(_: datetime) -> None:
            del self._timers[hub.id]
            known = loaded_hubs(self._hass).get(hub.id)
            # Whoever can't be heard or read now is looked at once that is over.
            if known and known.passwords.is_up_to_date and known.activity.may_tell:
                self._handle_seen(known, late=False)

        self._timers[hub.id] = async_call_later(
            self._hass, min(following - now + _BEHIND, _FARTHEST), look
        )
