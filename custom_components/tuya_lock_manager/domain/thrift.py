"""How far an account's calls are ahead of a calm day, and how that is paid back.

What is asked sooner than on a calm day, because a try failed or Home Assistant started, is
borrowed. Once more is borrowed than a single mishap takes, the ordinary turns come later
until it is paid, so that a connection that goes up and down all day, or restart after
restart, costs no more than a calm day.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

# Calls that may be owed without slowing anything down: a single mishap is no habit.
_SLACK = 1.5
# What is borrowed is paid back with a little more, so that it comes out even in the end.
_INTEREST = 1.2
# So many more owed for each lock make everything take twice as long; no more than that.
_TWICE_AS_LONG = 3.0
# From so many owed for each lock on, not even a reload asks what is known.
_TOO_MANY = 4.0
# What is asked this rarely pays nothing back.
_RARE = timedelta(hours=6)
# What was saved in an outage is no licence for all that follows.
_MOST_SAVED = 4.0
# One mishap a day is forgiven.
_FORGIVEN_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Thrift:
    """Calls that are owed to the calm day; below zero they are saved.

    ahead: how many they were at the moment `since`. locks: how many share the account.
    """

    since: datetime
    ahead: float = 0.0
    locks: int = 1

    def owed(self, now: datetime) -> float:
        """Return how many calls are owed now."""
        forgiven = max(now - self.since, timedelta()) / _FORGIVEN_AFTER
        return max(self.ahead - forgiven, min(self.ahead, 0.0))

    def charged(self, calls: float, now: datetime) -> Self:
        """Return it with so many calls more, or fewer, than on a calm day."""
        due = calls * _INTEREST if calls > 0 else calls
        ahead = max(self.owed(now) + due, -_MOST_SAVED)
        return type(self)(now, ahead, self.locks)

    def may_borrow(self, calls: float, now: datetime) -> bool:
        """Tell whether something may be asked sooner than on a calm day."""
        return self.owed(now) + calls <= _SLACK + self.locks

    def may_ask_anew(self, now: datetime) -> bool:
        """Tell whether a reload may ask what is known."""
        return self.owed(now) < _TOO_MANY * self.locks

    def paced(self, interval: timedelta, now: datetime) -> timedelta:
        """Return how long to wait for an ordinary turn: longer while much is owed."""
        if interval >= _RARE:
            return interval
        share = (self.owed(now) - _SLACK) / self.locks / _TWICE_AS_LONG
        return interval * (1 + min(max(share, 0.0), 1.0))
