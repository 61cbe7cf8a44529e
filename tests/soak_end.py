"""The end of a soak test: what every lock holds against what was asked for."""

from homeassistant.util import dt as dt_util

from custom_components.tuya_lock_manager.domain.journal import Outcome
from simulator.locks.lock import Lock
from tests.soak_book import ONLINE, Promise, Row, real_codes
from tests.soaking import Soak
from tests.walking import SHUT

# What is said where a code is not, or may not be, as it was asked for.
TOLD = frozenset({"failed", "unconfirmed", "unknown", "pending", "removing"})


def _moment(text: object) -> float | None:
    moment = dt_util.parse_datetime(str(text)) if text else None
    return moment.timestamp() if moment else None


def _window(row: Row) -> tuple[float | None, float | None]:
    return _moment(row["start"]), _moment(row["end"])


class End:
    """The comparison of everything, once all is in reach and nothing fails."""

    def __init__(self, soak: Soak) -> None:
        """Take what was lived through."""
        self._soak = soak

    async def async_compare(self) -> None:
        """Compare each lock's contents with what was asked for."""
        soak = self._soak
        await soak.async_audit(news_is_read=True)
        for entity_id, lock in soak.locks.items():
            rows = await soak.async_rows(entity_id)
            if rows is None:
                soak.complain(f"the codes of {entity_id} can't be read")
                continue
            promises = [p for p in soak.promises if p.lock == entity_id]
            for promise in promises:
                self._compare(promise, promise.row(rows), lock)
            self._look_for_strays(promises, rows, lock)
            self._look_at_journal(lock)

    def _compare(self, promise: Promise, row: Row | None, lock: Lock) -> None:
        soak = self._soak
        soak.counts["end: compared"] += 1
        there = real_codes(lock, promise.names)
        if promise.id is None:
            if there and not promise.doubts:
                soak.complain("it was told that there is none, but there is", promise)
            soak.counts["end: none" if not promise.doubts else "end: in doubt"] += 1
            return
        if not promise.is_online:
            self._compare_computed(promise, row, lock)
            return
        stored = lock.code_of(int(promise.id))
        status = "gone" if row is None else row["status"]
        live = stored is not None and stored.end > lock.now
        wished = not promise.going and promise.window[1] > lock.now
        soak.counts[f"end: {status}, {'wished' if wished else 'not wished'}"] += 1
        if status in TOLD or (row is not None and row["change"] is not None):
            soak.counts["end: told"] += 1
            return
        if live != wished and not promise.doubts:
            soak.complain(
                f"on the lock: {live}, wished: {wished}, said: {row}", promise
            )
        if status in SHUT - {"scheduled", "used"} and live:
            soak.complain(f"on the lock, but said: {row}", promise)
        if live and stored is not None and row is not None:
            self._compare_contents(
                promise, row, (stored.start, stored.end), stored.frozen
            )

    def _compare_contents(
        self, promise: Promise, row: Row, stored: tuple[float, float], frozen: bool
    ) -> None:
        soak = self._soak
        if stored != _window(row):
            soak.complain(f"another window on the lock than said: {row}", promise)
        known = promise.windows if promise.doubts else [promise.window]
        if stored not in known:
            soak.complain(f"another window than asked for: {stored}", promise)
        if (row["status"] == "frozen") is not frozen:
            soak.complain(f"frozen: {frozen}, said: {row}", promise)
        if frozen is not promise.frozen and not promise.doubts:
            soak.complain(f"frozen: {frozen}, asked: {promise.frozen}", promise)
        names = promise.names if promise.doubts else [promise.name]
        if row["name"] not in names:
            soak.complain(f"another name: {row}", promise)

    def _compare_computed(self, promise: Promise, row: Row | None, lock: Lock) -> None:
        soak = self._soak
        code = promise.computed(lock)
        if code is None or (promise.kind != "dynamic" and str(code.id) != promise.id):
            soak.complain("the lock does not take this code", promise)
        status = "gone" if row is None else row["status"]
        if promise.window[1] <= lock.now and status not in SHUT | {"gone"}:
            soak.complain(f"it has ended, but said: {row}", promise)

    def _look_for_strays(
        self, promises: list[Promise], rows: list[Row], lock: Lock
    ) -> None:
        """Find codes that nobody asked for, and codes that nobody is told of."""
        soak = self._soak
        asked = {promise.id for promise in promises if promise.kind in ONLINE}
        maybe = {
            name for p in promises if p.id is None and p.doubts for name in p.names
        }
        listed = {str(row["id"]) for row in rows if row["type"] == "custom"}
        for stored in lock.codes.values():
            if stored.end <= lock.now:
                continue
            password = lock.book.live.get(stored.password_id)
            name = password.name if password else None
            if str(stored.password_id) not in asked and name not in maybe:
                soak.complain(f"a stray code on {lock.device.name}: {stored}, {name}")
            if str(stored.password_id) not in listed:
                soak.complain(f"a code that is not listed: {stored}, {name}")
            if name in maybe and name is not None and not soak.told[name]:
                soak.complain(f"nobody was told of {name} on {lock.device.name}")

    def _look_at_journal(self, lock: Lock) -> None:
        memory = self._soak.home.entry.runtime_data.locks[lock.id].memory
        for entry in memory.journal.values():
            if entry.outcome is Outcome.OPEN:
                self._soak.complain(f"not settled: {entry}")
