"""What guests were promised: a plain model of every code that was asked for.

It knows what was asked and what the integration answered, and nothing else. The keypads and
the memory of the simulated locks are held against it, and against what is listed.
"""

from dataclasses import dataclass, field

from simulator.locks.lock import Lock
from simulator.locks.offline import OfflineCode
from simulator.locks.passwords import OnlinePassword
from tests.walking import SHUT

type Window = tuple[float, float]
type Row = dict[str, object]

ONLINE = frozenset({"custom", "template"})
# Readings that a journal takes after a lost answer, and some room for more losses.
GOOD_READINGS = 3
DOUBT_SECONDS = 3 * 3600.0


@dataclass(slots=True)
class Promise:
    """One code on one lock, as its guest knows it.

    Attributes:
        lock: its entity.
        kind: the type that was asked for, or `template`.
        id: None while no answer has told it.
        names: the newest last; more than one only after a rename.
        windows: what it may be; the newest last, the others only after a doubt or failure.
        digits: None where nobody was told; `digits_are_sure` unless new ones were lost.
        frozen, going, cleared: what was asked for and accepted.
        doubt_since: when it was last told that nobody knows what became of a request.
        doubts: what these requests were.
    """

    lock: str
    kind: str
    names: list[str]
    windows: list[Window] = field(default_factory=list)
    id: str | None = None
    digits: str | None = field(default=None, repr=False)
    digits_are_sure: bool = True
    one_time: bool = False
    frozen: bool = False
    going: bool = False
    cleared: bool = False
    doubt_since: float | None = None
    doubts: list[str] = field(default_factory=list)
    history: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What it is called now."""
        return self.names[-1]

    @property
    def is_online(self) -> bool:
        """Whether it is sent to the lock."""
        return self.kind in ONLINE

    @property
    def window(self) -> Window:
        """What it was last asked to be."""
        return self.windows[-1]

    def doubt(self, what: str, now: float) -> None:
        """Note that nobody knows what became of a request."""
        self.doubts.append(what)
        self.doubt_since = now

    def note(self, moment: str, what: str) -> None:
        """Keep what happened, for the text of a failure."""
        self.history.append(f"{moment} {what}")

    def row(self, rows: list[Row]) -> Row | None:
        """Return how it is listed."""
        for row in rows:
            if row["id"] == self.id and (row["type"] == "custom") is self.is_online:
                return row
        return None

    def in_cloud(self, lock: Lock) -> OnlinePassword | None:
        """Return what the cloud has of an online code."""
        return lock.book.live.get(int(self.id)) if self.is_online and self.id else None

    def computed(self, lock: Lock) -> OfflineCode | None:
        """Return what lock and cloud compute of an offline code."""
        codes = lock.offline.values()
        return next((code for code in codes if code.digits == self.digits), None)

    def opens(self, lock: Lock) -> bool:
        """Tell whether the lock would open for the code now, whatever its digits are."""
        own = lock.own_time(lock.now)
        if self.is_online:
            stored = lock.code_of(int(self.id)) if self.id else None
            return stored is not None and (
                stored.digits is not None
                and stored.refusal(own, lock.device.time_zone) is None
            )
        code = self.computed(lock)
        first_use = lock.switch("first_use_from")
        return code is not None and lock.memory.refusal(code, own, first_use) is None

    def is_out_of_hours(self, lock: Lock) -> bool:
        """Tell whether the code is good, but not at this hour."""
        stored = lock.code_of(int(self.id)) if self.is_online and self.id else None
        if stored is None:
            return False
        refusal = stored.refusal(lock.own_time(lock.now), lock.device.time_zone)
        return refusal == "outside its daily window"

    def was_used_up(self, lock: Lock) -> bool:
        """Tell whether its only opening has been used, be it reported or not."""
        if not self.is_online:
            code = self.computed(lock)
            once = self.kind == "one_time"
            return once and code is not None and code.id in lock.memory.uses
        stored = lock.code_of(int(self.id)) if self.id else None
        return self.one_time and stored is not None and stored.uses > 0

    def judge(self, row: Row | None, lock: Lock, *, news_is_read: bool) -> str | None:
        """Return what is wrong with what is said of a code, None if all is well.

        `news_is_read` tells that Home Assistant has read all that the lock has reported.
        """
        status = "gone" if row is None else row["status"]
        opens = self.opens(lock)
        if row is not None and row["change"] is not None:
            return None  # it is told that the old window or the new one may hold
        if status == "active" and not opens:
            unreported = bool(lock.backlog) or not news_is_read
            at_door = self.was_used_up(lock) or self.cleared
            unknowable = row is not None and row["clear_code_issued"]
            if row is not None and row["periodic"] and self.is_out_of_hours(lock):
                return None
            if not unknowable and not (at_door and unreported):
                return "called active, but shut"
        if status in SHUT | {"frozen"} and opens:
            return f"called {status}, but it opens"
        return None


def real_codes(lock: Lock, names: list[str]) -> list[int]:
    """Return the ids of all codes of these names that open, or may still."""
    cloud = [
        password.id
        for password in lock.book.live.values()
        if password.name in names and password.is_valid(lock.now)
    ]
    computed = [
        code.id
        for code in lock.offline.values()
        if code.name in names
        and code.kind in {"multiple", "once"}
        and code.end > lock.now
    ]
    return cloud + computed
