"""When codes are about to end, by as much as an automation wants to know it before."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.event import async_call_later

from .announced import SIGNAL_CODES_SEEN, Warned
from .awaited import AwaitedLocks, loaded_hubs
from .domain.lifecycle import life_key, warning_at
from .domain.passwords import Password, PasswordStatus

if TYPE_CHECKING:
    from .hub import LockHub

# It is looked at just behind the moment; timers are not made for months.
_BEHIND = timedelta(seconds=1)
_FARTHEST = timedelta(days=1)

type Warn = Callable[[LockHub, Password, bool], None]


class ExpiryWatch:
    """Warns of each end of a code once, and never of one that was near when it began.

    What came near while Home Assistant was off is warned of at the start, late, if the
    code still opens: the lock remembers for each `before` what it was warned of.
    """

    def __init__(
        self, hass: HomeAssistant, locks: AwaitedLocks, before: timedelta, warn: Warn
    ) -> None:
        """Initialize; `warn` gets the lock, the code and whether that is late."""
        self._hass = hass
        self._locks = locks
        self._before = before
        self._key = f"{before.total_seconds():g}"
        self._warn = warn
        # What was warned of, by lock; a lock that is not in it was never looked at.
        self._warned: dict[str, frozenset[str]] = {}
        self._timers: dict[str, CALLBACK_TYPE] = {}

    @callback
    def async_start(self) -> CALLBACK_TYPE:
        """Watch from now on; return what ends it."""
        disconnect = async_dispatcher_connect(
            self._hass, SIGNAL_CODES_SEEN, self._handle_seen
        )
        for hub in loaded_hubs(self._hass).values():
            if hub.passwords.is_up_to_date and hub.lifecycle.has_told:
                self._handle_seen(hub, late=False)

        @callback
        def stop() -> None:
            disconnect()
            while self._timers:
                self._timers.popitem()[1]()

        return stop

    @callback
    def _handle_seen(
        self, hub: LockHub, late: bool, before_start: Warned | None = None
    ) -> None:
        """Warn of what came near since the last look; `before_start` at the first one."""
        if hub.id not in self._locks.ids:
            return
        if not hub.lifecycle.has_told:
            # Home Assistant has not started: nobody can hear a warning.
            return
        near = {
            _mark(code): code
            for code in hub.passwords.data
            if code.status is PasswordStatus.ACTIVE and self._is_near(hub, code)
        }
        told = self._warned.get(hub.id)
        if told is None:
            told = (before_start or {}).get(self._key, frozenset(near))
        self._warned[hub.id] = told & frozenset(map(_mark, hub.passwords.data)) | {
            *near
        }
        self._remember(hub)
        self._set_timer(hub)
        for mark, code in near.items():
            if mark not in told:
                self._warn(hub, code, late)

    def _remember(self, hub: LockHub) -> None:
        """Note on the lock what was warned of: others may wait for the same."""
        memory = hub.memory
        listed = frozenset(map(_mark, hub.passwords.data))
        known = memory.warned.get(self._key)
        ends = self._warned[hub.id] | (known or frozenset()) & listed
        if ends != known:
            memory.warned = {**memory.warned, self._key: ends}
            hub.store.async_save_promptly()

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


def _mark(code: Password) -> str:
    """Return which end of which code it is; one with another end is warned of again."""
    return f"{life_key(code)} {code.end.isoformat() if code.end else ''}"
