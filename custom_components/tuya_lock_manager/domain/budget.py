"""The month's calls: how many were made, how many there may be, and what that means.

Months are those of UTC. Tuya doesn't say in which zone it starts a month; all its times are
counted from 1970 in UTC, every data centre has the same, and it doesn't depend on where the
house is. Being a few hours off costs nothing: the cloud itself tells when calls are used
up, and when they are there again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

# What Tuya's free plan allows in a month. Its pages tell between 26 000 and 54 000; the
# least is the one that is safe.
TRIAL_CALLS = 26_000

# Above this share of the month's calls everything slows down; what is left above the
# second one is for what the user does.
SLOW_FROM = 0.7
SAVE_FROM = 0.9

# A plan that the cloud refuses is tried again at this pace.
PROBE_INTERVAL = timedelta(hours=1)

_DAY = timedelta(days=1)
# The first hours of a count, with all that is read at first, tell little about a month.
_SETTLED = _DAY
# For as long the month before counts along, so that neither a calm night nor a restart at
# the beginning of a month is taken for all of it.
_REMEMBERED = 3 * _DAY


class PlanState(StrEnum):
    """How it stands with the plan.

    ok, slowing (above 70 %), saving (the last tenth: what the user does goes on, nothing
    else), used_up (28841004) and expired (28841002) as the cloud said it.
    """

    OK = "ok"
    SLOWING = "slowing"
    SAVING = "saving"
    USED_UP = "used_up"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class MonthlyCalls:
    """The calls of a month by their kind.

    month: when it began. since: when counting began, later in the first month.
    pace: calls a day in the month before, None where none was counted.
    """

    month: datetime
    since: datetime
    calls: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    pace: float | None = None

    @property
    def total(self) -> int:
        """Return how many calls were made."""
        return sum(self.calls.values())

    def daily(self, until: datetime) -> float:
        """Return how many calls a day were made until then.

        What is missing to the first days is as in the month before, where there was one.
        """
        passed = max(until - self.since, timedelta())
        if self.pace is None:
            return self.total / (max(passed, _SETTLED) / _DAY)
        missing = max(_REMEMBERED - passed, timedelta())
        total = self.total + self.pace * (missing / _DAY)
        return total / ((passed + missing) / _DAY)


def month_start(now: datetime) -> datetime:
    """Return when the month began."""
    return now.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def month_end(now: datetime) -> datetime:
    """Return when the next month begins."""
    return month_start(month_start(now) + timedelta(days=32))


def in_month(count: MonthlyCalls | None, now: datetime) -> MonthlyCalls:
    """Return the count of this month: an empty one if the last was of another.

    Counting goes on across months. A clock that goes back a little keeps the later month;
    one that went wrong by more is put right.
    """
    month = month_start(now)
    if count is None or now < count.month - _SETTLED:
        return MonthlyCalls(month, now)
    if month <= count.month:
        return count
    return MonthlyCalls(month, month, pace=count.daily(month_end(count.month)))


def counted(count: MonthlyCalls | None, kind: str, now: datetime) -> MonthlyCalls:
    """Return the count with one more call."""
    count = in_month(count, now)
    calls = {**count.calls, kind: count.calls.get(kind, 0) + 1}
    return replace(count, calls=calls)


def projected(count: MonthlyCalls, now: datetime) -> int:
    """Return how many calls it will be at the end of the month, going on as so far."""
    left = max(month_end(count.month) - now, timedelta())
    return count.total + round(count.daily(now) * (left / _DAY))


def plan_state(total: int, allowed: int, refusal: PlanState | None) -> PlanState:
    """Tell how it stands with the plan; what the cloud said goes before our own count.

    Args:
        total: calls made in the month.
        allowed: calls that the plan has for a month.
        refusal: what the cloud said of the plan last, None if it took the last call.

    """
    if refusal is not None:
        return refusal
    if total > allowed * SAVE_FROM:
        return PlanState.SAVING
    return PlanState.SLOWING if total > allowed * SLOW_FROM else PlanState.OK
