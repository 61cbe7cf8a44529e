"""A home that is lived in for weeks while everything fails now and then, and its judge."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Coroutine, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
import logging
import random
from typing import Any

from homeassistant.core import Event, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir

from custom_components.tuya_lock_manager.const import DOMAIN
from simulator.faults import FaultKind
from simulator.locks.keypad import type_code
from simulator.locks.lock import Lock
from simulator.request_log import LoggedRequest
from tests.acting import TEXTS
from tests.simulated import Home
from tests.soak_book import DOUBT_SECONDS, GOOD_READINGS, Promise, Row, real_codes

# What an action says where nobody knows what became of a request.
UNKNOWN = frozenset(
    {
        *("outcome_unknown", "offline_outcome_unknown", "change_not_told"),
        *("schedule_open", "half_done"),
    }
)
HOUR = 3600.0
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Answer:
    """What an action brought for one lock: a result, or the key of its error."""

    result: dict[str, Any] | None
    error: str | None

    @property
    def is_unknown(self) -> bool:
        """Whether it may have been done all the same."""
        return self.error in UNKNOWN


class Soak:
    """The house: who acts in it, what was promised, and what went wrong."""

    def __init__(self, home: Home, seed: str) -> None:
        """Take the home, whose account is not set up yet."""
        self.home = home
        self.seed = seed
        self.locks: dict[str, Lock] = {}
        self.promises: list[Promise] = []
        self.complaints: list[str] = []
        self.counts: Counter[str] = Counter()
        self.records: list[logging.LogRecord] = []
        self.told: dict[str, set[str]] = defaultdict(set)
        self.quiet_days: frozenset[int] = frozenset()
        self._readings: dict[str, list[float]] = defaultdict(list)
        self._began = self.now
        self._ends = self.now
        self._acting = 0
        self._may_act = asyncio.Event()
        self._may_act.set()

    @property
    def now(self) -> float:
        """Seconds since 1970 in the simulated world."""
        return self.home.world.clock.now()

    @property
    def passed(self) -> float:
        """Seconds since the beginning."""
        return self.now - self._began

    def rng(self, *parts: object) -> random.Random:
        """Return the chance of one part of the house, the same for the same seed."""
        return random.Random("/".join(map(str, (self.seed, *parts))))

    def text(self, moment: float) -> str:
        """Return a moment as a person writes it."""
        return self.home.local(moment).strftime("%Y-%m-%d %H:%M:%S")

    def complain(self, what: str, promise: Promise | None = None) -> None:
        """Note what should not have happened."""
        of = f": {promise}" if promise else ""
        self.complaints.append(f"{self.text(self.now)} {what}{of}")

    # What the house is like

    def listen(self) -> None:
        """Note repairs, and what the cloud lists without a fault."""
        self.home.hass.bus.async_listen(
            ir.EVENT_REPAIRS_ISSUE_REGISTRY_UPDATED, self._note_repair
        )
        add = self.home.world.requests.add

        def note(entry: LoggedRequest) -> None:
            is_list = entry.method == "GET" and entry.path.endswith("temp-passwords")
            if is_list and entry.code == 0 and not entry.fault:
                self._readings[entry.device_id].append(entry.time)
            self.counts["requests"] += 1
            self.counts.update(entry.fault)
            add(entry)

        self.home.world.requests.add = note  # type: ignore[method-assign]

    @callback
    def _note_repair(self, event: Event[Any]) -> None:
        if event.data["domain"] != DOMAIN or event.data["action"] == "remove":
            return
        registry = ir.async_get(self.home.hass)
        issue = registry.async_get_issue(DOMAIN, event.data["issue_id"])
        if issue is None or issue.translation_key is None:
            return
        self.counts[f"repair {issue.translation_key}"] += 1
        code = (issue.translation_placeholders or {}).get("code", "")
        self.told[code.strip("“”")].add(issue.translation_key)

    def let_fail(self, rate: float) -> None:
        """Let every kind of fault befall so many of the requests."""
        self.home.world.faults.remove()
        if rate:
            for kind in FaultKind:
                self.home.world.faults.parse(f"{kind}:rate={rate},seconds=4")

    async def async_sleep(self, seconds: float) -> None:
        """Let time pass."""
        await asyncio.sleep(max(seconds, 0))

    async def async_until(self, moment: float) -> None:
        """Wait for a moment; what comes after the end is not waited for."""
        if moment > self._ends:
            raise TheEnd
        await self.async_sleep(moment - self.now)

    # What is done in it

    async def async_act(self, action: str, lock: str, **data: Any) -> Answer:
        """Do something with one lock; whatever fails has to be told in the user's words."""
        day = int(self.passed // DAY)
        while action != "list_passwords" and day in self.quiet_days:
            day += 1
            await self.async_until(self._began + day * DAY + HOUR)
        await self._may_act.wait()
        self._acting += 1
        try:
            response = await self.home.async_act(action, lock, **data)
        except HomeAssistantError as err:
            key = str(err.translation_key)
            if key not in TEXTS or key == "unexpected":
                self.complain(f"{action} at {lock} ended with {err!r}")
            self.counts[f"{action}: {key}"] += 1
            return Answer(None, key)
        finally:
            self._acting -= 1
        self.counts[action] += 1
        result = (response or {})[lock]
        assert isinstance(result, dict)
        return Answer(dict(result), None)

    @asynccontextmanager
    async def between_acts(self) -> AsyncIterator[None]:
        """Do something while no action is under way, and none begins."""
        self._may_act.clear()
        while self._acting:
            await self.async_sleep(1)
        try:
            yield
        finally:
            self._may_act.set()

    async def async_rows(self, lock: str) -> list[Row] | None:
        """Return what is said of the codes of a lock, None where it can't be said."""
        answer = await self.async_act("list_passwords", lock, limit=500)
        return None if answer.result is None else answer.result["passwords"]

    # What is judged

    def is_in_doubt(self, promise: Promise) -> bool:
        """Tell whether nobody can know yet what became of a request."""
        since = promise.doubt_since
        if since is None:
            return False
        later = [
            moment
            for moment in self._readings[self.locks[promise.lock].id]
            if moment > since
        ]
        if len(later) < GOOD_READINGS:
            return True
        return self.now < later[GOOD_READINGS - 1] + DOUBT_SECONDS

    async def async_visit(self, promise: Promise) -> None:
        """Stand at the door and type: what was said before and after it must be true."""
        lock = self.locks[promise.lock]
        before = await self.async_rows(promise.lock)
        verdict = self._verdict(promise, before)
        by_memory = promise.opens(lock)
        if promise.digits is None:
            return
        attempt = type_code(lock, promise.digits)
        promise.note(self.text(self.now), f"visit {attempt.opened} {attempt.reason}")
        self.counts[f"visit {attempt.opened}"] += 1
        row = promise.row(before or [])
        sure = promise.digits_are_sure and row is not None and row["change"] is None
        # Which of its digits a lock has that is out of touch nobody knows any more.
        sure = sure and row is not None and row["status"] != "removing"
        if sure and not self.is_in_doubt(promise) and attempt.opened is not by_memory:
            self.complain(
                "the digits that were told are not those of the lock", promise
            )
        if verdict and before is not None:
            self.counts["visit judged"] += 1
        if verdict and self._verdict(promise, await self.async_rows(promise.lock)):
            self.complain(f"at the door: {verdict}", promise)

    def _verdict(
        self, promise: Promise, rows: list[Row] | None, *, news_is_read: bool = False
    ) -> str | None:
        if rows is None or self.is_in_doubt(promise) or promise.id is None:
            return None
        row, lock = promise.row(rows), self.locks[promise.lock]
        self.counts[f"said {'gone' if row is None else row['status']}"] += 1
        return promise.judge(row, lock, news_is_read=news_is_read)

    async def async_audit(self, *, news_is_read: bool = False) -> None:
        """Hold everything that is said of codes against the memory of the locks."""
        for entity_id, lock in self.locks.items():
            rows = await self.async_rows(entity_id)
            promises = [p for p in self.promises if p.lock == entity_id]
            for promise in promises:
                if len(real_codes(lock, promise.names)) > 1:
                    self.complain("it is there twice", promise)
            wrong = [
                (promise, verdict)
                for promise in promises
                if (verdict := self._verdict(promise, rows, news_is_read=news_is_read))
            ]
            if wrong:
                again = await self.async_rows(entity_id)
                for promise, verdict in wrong:
                    if self._verdict(promise, again, news_is_read=news_is_read):
                        self.complain(f"{verdict}; {promise.row(again or [])}", promise)

    async def async_live(self, *lives: Coroutine[Any, Any, None], until: float) -> None:
        """Let lives go on beside each other up to a moment."""
        self._ends = until
        await asyncio.gather(*map(_async_end_quietly, lives))
        await self.async_until(until)


class TheEnd(Exception):
    """What somebody waits for comes after the end."""


async def _async_end_quietly(life: Coroutine[Any, Any, None]) -> None:
    with suppress(TheEnd):
        await life


def entity_ids(names: Iterable[str]) -> list[str]:
    """Return the lock entities of locks with these names."""
    return [f"lock.{name.lower().replace(' ', '_')}" for name in names]
