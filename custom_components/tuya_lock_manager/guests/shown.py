"""What a guest calendar shows: its state, what happened, what is wrong."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class GuestCode(StrEnum):
    """How the codes of one booking stand, on the lock where they stand worst."""

    PLANNED = "planned"  # it is too early to put it on the lock
    PENDING = "pending"  # asked for, but a lock doesn't have it yet
    READY = "ready"  # on every lock
    FAILED = "failed"  # a lock refused it, or it can't be made now; tried again


class GuestProblem(StrEnum):
    """What is wrong with a guest calendar; the gravest comes first."""

    CALENDAR_MISSING = "calendar_missing"  # the calendar entity is gone
    LOCK_MISSING = "lock_missing"  # the account lists none of that id now
    NOT_READY = "not_ready"  # a code will not be ready in time
    FEED_FAILING = "feed_failing"  # the calendar can't be read
    FEED_EMPTY = "feed_empty"  # it had bookings, and says that it has none
    RANDOM_DIGITS = "random_digits"  # the digits of the event could not be used
    NOT_SENT = "not_sent"  # the message could not be sent, or nobody knows
    CODE_STAYS = "code_stays"  # a booking is gone, but not its code, which still opens


@dataclass(frozen=True, slots=True)
class GuestTrouble:
    """One thing that is wrong, as a repair can say it.

    subject: what tells it from others of its kind: a booking's and a lock's id, or "".
    guest: who it is about, as it may be shown to all users of the house.
    lock: the lock's name. reason: what the cloud or Home Assistant said.
    """

    problem: GuestProblem
    subject: str = ""
    guest: str | None = None
    lock: str | None = None
    check_in: datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class GuestState:
    """How a guest calendar stands.

    next_guest: who comes next, or is here, as it may be shown (a number where names are
        off). check_in, check_out: of that booking; without the minutes before and after.
    code: how that booking's codes stand. bookings: how many are known that aren't over.
    feed_ok: whether the last reading of the calendar was good.
    """

    next_guest: str | None = None
    check_in: datetime | None = None
    check_out: datetime | None = None
    code: GuestCode | None = None
    bookings: int = 0
    troubles: tuple[GuestTrouble, ...] = ()
    feed_ok: bool = False

    @property
    def problem(self) -> GuestProblem | None:
        """Return what is wrong, the gravest of it."""
        order = list(GuestProblem)
        found = sorted((each.problem for each in self.troubles), key=order.index)
        return found[0] if found else None


class GuestEventKind(StrEnum):
    """What can happen to a guest's code."""

    CODE_MADE = "code_made"
    CODE_CHANGED = "code_changed"
    CODE_REMOVED = "code_removed"
    CODE_FAILED = "code_failed"
    SENT = "sent"
    NOT_SENT = "not_sent"


@dataclass(frozen=True, slots=True)
class GuestEvent:
    """Something that happened; nothing in it is a digit.

    guest: as it may be shown. lock: its name, None where it is about all of them.
    reason: a translation key of `exceptions`, where something failed.
    """

    kind: GuestEventKind
    guest: str
    lock: str | None
    check_in: datetime
    check_out: datetime
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class GuestsCode:
    """A live code that a guest calendar made."""

    device_id: str
    lock: str
    code_id: str
    name: str
    start: datetime
    end: datetime
