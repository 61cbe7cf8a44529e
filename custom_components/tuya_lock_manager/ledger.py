"""The calls of an account: counted as they leave, kept across restarts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import NotRequired, TypedDict

from homeassistant.core import CALLBACK_TYPE, HassJob, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util

from .const import DEFAULT_PLAN, DOMAIN, OPT_CALLS, OPT_PLAN, PLAN_TRIAL
from .domain.budget import (
    TRIAL_CALLS,
    MonthlyCalls,
    PlanState,
    counted,
    in_month,
    month_end,
    plan_state,
    projected,
)
from .domain.stored import optional_moment, time_text
from .domain.thrift import Thrift
from .tuya_cloud import CallKind, PlanExpiredError, QuotaExhaustedError, TuyaCloudError

STORAGE_VERSION = 1
# Seconds. A kill costs what was counted since; a clean stop saves. Calls come in bursts
# with long pauses, so that this is one save a burst.
SAVE_DELAY = 10
# Seconds. Sensors follow the count this late, so that a burst is one change.
TELL_DELAY = 60


# Tokens are good for so long.
TOKEN_LASTS = timedelta(hours=2)


class StoredCalls(TypedDict):
    """The count as it lies in the storage file; the times are ISO 8601."""

    month: str
    since: str
    calls: dict[str, int]
    pace: NotRequired[float | None]
    refusal: NotRequired[str | None]
    in_vain: NotRequired[str | None]
    owed: NotRequired[float]
    owed_since: NotRequired[str | None]
    token_at: NotRequired[str | None]


class CallLedger:
    """What an account's calls come to, and what the cloud says of its plan.

    It has a file of its own: it changes with every call, and whoever waits for something
    to be saved shall not wait for that.
    """

    def __init__(self, hass: HomeAssistant, entry_id: str, allowed: int) -> None:
        """Initialize the ledger of one config entry, whose plan allows so many calls."""
        self._hass = hass
        self._store = _store(hass, entry_id)
        self.allowed = allowed
        self._count: MonthlyCalls | None = None
        self._refusal: PlanState | None = None
        # When the account's list was asked for in vain, None since it was read.
        self.in_vain: datetime | None = None
        # How far the account is ahead of a calm day.
        self.thrift = Thrift(dt_util.utcnow())
        # When a token was asked for last, and when Home Assistant started.
        self._token_at: datetime | None = None
        self._started_at = None if hass.is_running else dt_util.utcnow()
        self._will_be_saved = False
        self._closed = False
        self._listeners: list[CALLBACK_TYPE] = []
        self._cancel_telling: CALLBACK_TYPE | None = None
        self._told: PlanState = PlanState.OK
        self._cancel_month: CALLBACK_TYPE | None = None

    async def async_load(self) -> None:
        """Load what was saved."""
        stored = await self._store.async_load()
        if stored is not None:
            self._count = MonthlyCalls(
                datetime.fromisoformat(stored["month"]),
                datetime.fromisoformat(stored["since"]),
                stored["calls"],
                stored.get("pace"),
            )
            refusal = stored.get("refusal")
            self._refusal = PlanState(refusal) if refusal else None
            self.in_vain = optional_moment(stored, "in_vain")
            since = optional_moment(stored, "owed_since")
            self._token_at = optional_moment(stored, "token_at")
            if since is not None:
                self.thrift = Thrift(since, stored.get("owed", 0.0))
        self._told = self.state
        self._await_month()

    @property
    def count(self) -> MonthlyCalls:
        """Return the count of this month."""
        return in_month(self._count, dt_util.utcnow())

    @property
    def projected(self) -> int:
        """Return how many calls it will be at the end of the month."""
        return projected(self.count, dt_util.utcnow())

    @property
    def state(self) -> PlanState:
        """Return how it stands with the plan."""
        return plan_state(self.count.total, self.allowed, self._refusal)

    @callback
    def async_count(self, kind: CallKind) -> None:
        """Count a call that is about to be sent."""
        self._count = counted(self._count, kind, dt_util.utcnow())
        if kind is CallKind.TOKEN:
            self._note_token()
        self._changed()

    def _note_token(self) -> None:
        """Charge what a start makes of tokens: the one before it would have lasted on.

        What another client makes of them is no fault of ours.
        """
        before, now, started = self._token_at, dt_util.utcnow(), self._started_at
        self._token_at = now
        if before and started and now - started < TOKEN_LASTS:
            self.async_charge(max(1 - (now - before) / TOKEN_LASTS, 0.0))

    @callback
    def async_note_answer(self, kind: CallKind, error: TuyaCloudError | None) -> None:
        """Note what the cloud says of the plan: a call that it took ends a refusal.

        Tokens are granted whatever the plan says, so they prove nothing.
        """
        refusal = self._refusal
        match error:
            case QuotaExhaustedError():
                refusal = PlanState.USED_UP
            case PlanExpiredError():
                refusal = PlanState.EXPIRED
            case None if kind is not CallKind.TOKEN:
                refusal = None
        if refusal is not self._refusal:
            self._refusal = refusal
            self._changed()

    @callback
    def async_note_listing(self, in_vain: datetime | None) -> None:
        """Note when the list was asked for in vain, so that a start doesn't ask again."""
        if in_vain != self.in_vain:
            self.in_vain = in_vain
            self._changed()

    @callback
    def async_charge(self, calls: float) -> None:
        """Note that so many calls more, or fewer, were made than on a calm day."""
        self.thrift = self.thrift.charged(calls, dt_util.utcnow())
        self._changed()

    @callback
    def async_set_locks(self, locks: int) -> None:
        """Note how many locks share what may be borrowed."""
        self.thrift = replace(self.thrift, locks=max(locks, 1))

    @callback
    def async_set_allowed(self, allowed: int) -> None:
        """Follow a change of the plan."""
        self.allowed = allowed
        self._tell()

    @callback
    def async_add_listener(self, listener: CALLBACK_TYPE) -> CALLBACK_TYPE:
        """Call the listener soon after the count moved, at once when the state did."""
        self._listeners.append(listener)

        @callback
        def remove() -> None:
            self._listeners.remove(listener)

        return remove

    def _changed(self) -> None:
        if self._closed:
            return
        # Saving again and again what changes all the time would put it off for ever.
        if not self._will_be_saved:
            self._will_be_saved = True
            self._store.async_delay_save(self._data, SAVE_DELAY)
        if self.state is not self._told:
            self._tell()
        elif self._cancel_telling is None and self._listeners:
            job = HassJob(self._handle_telling, "calls told", cancel_on_shutdown=True)
            self._cancel_telling = async_call_later(self._hass, TELL_DELAY, job)

    def _await_month(self) -> None:
        """Look again when the month ends, after a day at most."""
        now = dt_util.utcnow()
        wait = min(month_end(now) - now, timedelta(days=1))
        job = HassJob(self._handle_month, "month of calls", cancel_on_shutdown=True)
        self._cancel_month = async_call_later(self._hass, wait.total_seconds(), job)

    @callback
    def _handle_month(self, now: datetime) -> None:
        """Tell of a month that begins, though nothing was asked."""
        self._await_month()
        self._tell()

    @callback
    def _handle_telling(self, now: datetime) -> None:
        self._cancel_telling = None
        self._tell()

    def _tell(self) -> None:
        self._stop_telling()
        self._told = self.state
        for listener in list(self._listeners):
            listener()

    def _stop_telling(self) -> None:
        if self._cancel_telling is not None:
            self._cancel_telling()
            self._cancel_telling = None

    async def async_close(self) -> None:
        """Save for the last time."""
        self._closed = True
        self._stop_telling()
        if self._cancel_month is not None:
            self._cancel_month()
        await self._store.async_save(self._data())

    @staticmethod
    async def async_remove(hass: HomeAssistant, entry_id: str) -> None:
        """Delete the storage file of a config entry."""
        await _store(hass, entry_id).async_remove()

    def _data(self) -> StoredCalls:
        self._will_be_saved = False
        count = self.count
        return StoredCalls(
            month=count.month.astimezone(UTC).isoformat(),
            since=count.since.astimezone(UTC).isoformat(),
            calls=dict(count.calls),
            pace=count.pace,
            refusal=self._refusal,
            in_vain=time_text(self.in_vain),
            owed=self.thrift.ahead,
            owed_since=time_text(self.thrift.since),
            token_at=time_text(self._token_at),
        )


def _store(hass: HomeAssistant, entry_id: str) -> Store[StoredCalls]:
    return Store(
        hass,
        STORAGE_VERSION,
        f"{DOMAIN}.{entry_id}.calls",
        private=True,
        atomic_writes=True,
    )


def allowed_calls(option: Callable[[str], object]) -> int:
    """Return how many calls a month the chosen plan has; `option` reads an option."""
    calls = option(OPT_CALLS)
    if (option(OPT_PLAN) or DEFAULT_PLAN) == PLAN_TRIAL or not isinstance(calls, int):
        return TRIAL_CALLS
    return calls
