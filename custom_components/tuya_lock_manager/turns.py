"""When the turn of a coordinator comes to ask the cloud in the background.

Home Assistant's own timer knows one interval. Here the interval follows what is going on
and what is left of the month's calls (domain/cadence.py), it goes on across a restart, and
nothing is asked that nobody looks at.
"""

from abc import abstractmethod
from collections.abc import Callable
from datetime import datetime, timedelta
import logging
from typing import TYPE_CHECKING, Any, ClassVar, override

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import CALLBACK_TYPE, HassJob, HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryAuthFailed
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator, UpdateFailed
from homeassistant.util import dt as dt_util

from .awaited import is_awaited
from .domain.cadence import REFUSING, retry_interval
from .exceptions import update_error
from .issues import RequestKind, account_issues
from .tuya_cloud import TokenError, TuyaCloudError

if TYPE_CHECKING:
    from .account import TuyaLockConfigEntry
    from .hub import LockHub
    from .ledger import CallLedger

_LOGGER = logging.getLogger(__name__)

# Listeners that only wait for locks that join.
JOINING = "joining"

# Home Assistant's timers are not made for months; a turn is looked at anew anyway.
_FARTHEST = timedelta(days=1)


class CloudCoordinator[T](DataUpdateCoordinator[T]):
    """Base: it takes turns, and errors of the cloud become what Home Assistant expects."""

    config_entry: TuyaLockConfigEntry
    request_kind: ClassVar[RequestKind]
    # What makes up most of a calm day waits while too much was asked, and pays it back.
    pays_back: ClassVar[bool] = False

    def __init__(
        self,
        hass: HomeAssistant,
        entry: TuyaLockConfigEntry,
        name: str,
        ledger: CallLedger,
    ) -> None:
        """Initialize the coordinator; it has no turn before somebody listens."""
        super().__init__(
            hass, _LOGGER, config_entry=entry, name=name, always_update=False
        )
        self._ledger = ledger
        # When it was asked last, and when with success.
        self._tried_at: datetime | None = None
        self.read_at: datetime | None = None
        self._failures = 0
        # How often it was read with success since the start.
        self.times_read = 0
        self._hinted = False
        # Whether what it was hinted at is more than that a lock is back.
        self._has_news = False
        self._cancel_turn: CALLBACK_TYPE | None = None
        self._turn_begins = False
        self._plan_waits = False

    @property
    def has_answer(self) -> bool:
        """Return whether the cloud ever answered; until then `data` is None."""
        return self.data is not None

    @property
    def is_up_to_date(self) -> bool:
        """Return whether something is known, and the last try to ask worked."""
        return self.has_answer and self.last_update_success

    def is_younger_than(self, age: timedelta) -> bool:
        """Return whether what is known was read within this time."""
        return self.read_at is not None and dt_util.utcnow() - self.read_at <= age

    @property
    def is_wanted(self) -> bool:
        """Return whether anybody looks at what would be read."""
        return bool(self._listeners)

    @property
    @abstractmethod
    def interval(self) -> timedelta | None:
        """Return how long what was read will do now, None where nothing is asked."""

    @property
    def due(self) -> datetime | None:
        """Return when it is its turn, in the past if it is overdue; None for never."""
        interval = self.interval
        if interval is None or self._needs_login:
            return None
        if self._tried_at is None or (self._hinted and not self._failures):
            return dt_util.utcnow()
        if self._ledger.state not in REFUSING:
            interval = self._paced(interval, self._failures)
        return self._tried_at + interval

    def _paced(self, interval: timedelta, failures: int) -> timedelta:
        """Return when to try again after failures, or to ask after a good answer."""
        thrift, now = self._ledger.thrift, dt_util.utcnow()
        if not failures:
            return thrift.paced(interval, now) if self.pays_back else interval
        retry = retry_interval(
            interval, failures, token_refused=self._token_was_refused
        )
        waits = self.pays_back and not thrift.may_borrow(1 - retry / interval, now)
        return interval if waits else retry

    def _charge_turn(self) -> None:
        """Note what a turn takes; what is asked because of news is no trouble."""
        interval, tried_at = self.interval, self._tried_at
        is_news = self._has_news and not self._failures
        if interval is not None and tried_at is not None and not is_news:
            self._charge(interval, tried_at)

    def _charge(self, interval: timedelta, tried_at: datetime) -> None:
        """Note how much sooner or later than on a calm day is asked."""
        calls = 1 - (dt_util.utcnow() - tried_at) / interval
        if self.pays_back or (self._failures and calls > 0):
            self._ledger.async_charge(max(calls, -1.0))

    @property
    def _needs_login(self) -> bool:
        return not self.last_update_success and isinstance(
            self.last_exception, ConfigEntryAuthFailed
        )

    @property
    def _token_was_refused(self) -> bool:
        error = None if self.last_update_success else self.last_exception
        return error is not None and isinstance(error.__cause__, TokenError)

    @property
    def is_due(self) -> bool:
        """Return whether it is its turn now."""
        due = self.due
        return due is not None and due <= dt_util.utcnow()

    @callback
    def async_restore(self, data: T, read_at: datetime) -> None:
        """Begin with what was read before the start; the turns go on from there."""
        self.data = data
        self.read_at = self._tried_at = read_at

    async def async_catch_up(self) -> None:
        """Read what is overdue at the start, if anybody looks; plan the next turn."""
        if self.is_wanted and self.is_due:
            await self._async_take_turn()
        else:
            self.async_plan()

    async def async_read_anew(self) -> None:
        """Read now; a reading that is under way will do, if it turns out well."""
        before = self.times_read
        async with self._debounced_refresh.async_lock():
            if self.times_read == before:
                await self._async_refresh(log_failures=True)

    @callback
    def async_hint(self, *, is_news: bool = True) -> None:
        """Read soon: something shows that there is news, or may be."""
        self._hinted = True
        self._has_news |= is_news
        self.async_plan()

    @callback
    def async_plan(self) -> None:
        """Set the timer for the next turn after anything that it depends on changed."""
        self._forget_turn()
        if (
            self._shutdown_requested
            or not self.is_wanted
            or self.config_entry.pref_disable_polling
        ):
            return
        due = self.due
        if due is None:
            return
        wait = min(due - dt_util.utcnow(), _FARTHEST)
        if wait <= timedelta():
            self._begin_turn()
            return
        job = HassJob(self._handle_turn, f"{self.name} turn", cancel_on_shutdown=True)
        self._cancel_turn = async_call_later(self.hass, wait.total_seconds(), job)

    @callback
    def _handle_turn(self, now: datetime) -> None:
        self._cancel_turn = None
        self._begin_turn()

    def _begin_turn(self) -> None:
        if not self._turn_begins:
            self._turn_begins = True
            self.config_entry.async_create_background_task(
                self.hass, self._async_take_turn(), f"{self.name} turn"
            )

    async def _async_take_turn(self) -> None:
        """Read if it is its turn and anybody looks; else wait on."""
        self._turn_begins = False
        async with self._debounced_refresh.async_lock():
            # Somebody else may have read while this one waited.
            if self.is_wanted and self.is_due:
                self._charge_turn()
                await self._async_refresh(log_failures=True, scheduled=True)
            else:
                self.async_plan()

    def _forget_turn(self) -> None:
        if self._cancel_turn is not None:
            self._cancel_turn()
            self._cancel_turn = None

    @callback
    @override
    def async_add_listener(
        self, update_callback: CALLBACK_TYPE, context: Any = None
    ) -> Callable[[], None]:
        """Ask as long as somebody listens."""
        if not self._listeners:
            self.async_plan_soon()
        return super().async_add_listener(update_callback, context)

    @callback
    @override
    def _unschedule_refresh(self) -> None:
        """Plan anew: nobody listens any more."""
        super()._unschedule_refresh()
        self.async_plan_soon()

    @callback
    def async_plan_soon(self) -> None:
        """Plan once for all who begin or cease to listen in the same moment."""
        if not self._plan_waits:
            self._plan_waits = True
            self.hass.loop.call_soon(self._handle_listeners)

    @callback
    def _handle_listeners(self) -> None:
        self._plan_waits = False
        # At the end of a set-up it is known who looks, and all is planned.
        if self.config_entry.state is not ConfigEntryState.SETUP_IN_PROGRESS:
            self.async_plan()

    @override
    async def async_shutdown(self) -> None:
        """Take no more turns."""
        await super().async_shutdown()
        self._forget_turn()

    @override
    async def _async_update_data(self) -> T:
        self._forget_turn()
        self._tried_at = dt_util.utcnow()
        self._failures += 1  # until it turns out well
        issues = account_issues(self.hass, self.config_entry)
        try:
            data = await self._async_read()
        except TuyaCloudError as err:
            issues.async_failed(self.request_kind, err)
            failure = update_error(err)
            self._log(failure)
            raise failure from err
        issues.async_worked(self.request_kind)
        self._note_success()
        return data

    def _log(self, failure: UpdateFailed | ConfigEntryAuthFailed) -> None:
        """Note once that there is no answer; a user can only mend a refused login."""
        if not self.last_update_success:
            return
        refused = isinstance(failure, ConfigEntryAuthFailed)
        level = logging.WARNING if refused else logging.INFO
        _LOGGER.log(level, "No %s data: %s", self.name, failure)

    @override
    async def _async_refresh(
        self,
        log_failures: bool = True,
        raise_on_auth_failed: bool = False,
        scheduled: bool = False,
        raise_on_entry_error: bool = False,
    ) -> None:
        """Read; Home Assistant would call each lost answer of the cloud an error."""
        await super()._async_refresh(
            log_failures=False,
            raise_on_auth_failed=raise_on_auth_failed,
            scheduled=scheduled,
            raise_on_entry_error=raise_on_entry_error,
        )

    def _note_success(self) -> None:
        self.read_at = self._tried_at = dt_util.utcnow()
        self.times_read += 1
        self._failures = 0
        self._hinted = self._has_news = False

    @callback
    @override
    def _async_refresh_finished(self) -> None:
        """Plan the next turn, whatever came of this one."""
        self.async_plan()

    @abstractmethod
    async def _async_read(self) -> T:
        """Ask the cloud; may raise TuyaCloudError."""


class LockCoordinator[T](CloudCoordinator[T]):
    """Base of what is asked about one lock."""

    def __init__(
        self, hass: HomeAssistant, entry: TuyaLockConfigEntry, name: str, hub: LockHub
    ) -> None:
        """Initialize the coordinator of a part of a lock."""
        super().__init__(hass, entry, name, hub.account.ledger)
        self._hub = hub

    @property
    @override
    def is_wanted(self) -> bool:
        """Return whether anybody looks, or an automation waits for news."""
        return super().is_wanted or is_awaited(
            self.hass, self._hub.id, self.request_kind
        )

    @property
    @override
    def due(self) -> datetime | None:
        """Wait for the account's first list, and once this failed for a good one.

        One call tries for all of them, also where an earlier run's last list was in vain.
        """
        account = self._hub.account
        waits = self._failures or not account.times_read
        if not account.has_answer or (waits and not account.last_update_success):
            return None
        return super().due
