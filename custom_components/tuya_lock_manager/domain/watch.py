"""When to read the list again for a code that is on its way to the lock."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from .families import LockFamily, traits
from .passwords import Password, PasswordStatus

# A sleepy lock is asked often again when its code is about to be needed, for a day at
# most: a code that nobody came to use shall not eat the month's calls.
AHEAD = timedelta(hours=2)
EVERY = timedelta(minutes=10)
AFTER_START = timedelta(days=1)


def next_read(
    family: LockFamily, *, accepted_at: datetime, start: datetime, now: datetime
) -> datetime | None:
    """Return when to read next; None when the ordinary poll will do.

    Args:
        family: of the lock.
        accepted_at: when the cloud took the code, its change or its deletion.
        start: when the code starts.
        now: of the last read, or of the acceptance.

    """
    family_traits = traits(family)
    for delay in family_traits.watch:
        if accepted_at + delay > now:
            return accepted_at + delay
    if not family_traits.sleepy:
        return None
    first = start - AHEAD
    if now < first:
        return first
    if now >= start + AFTER_START:
        return None
    return first + ((now - first) // EVERY + 1) * EVERY


def is_over(family: LockFamily, *, accepted_at: datetime, now: datetime) -> bool:
    """Tell whether the prompt reads are through."""
    watch = traits(family).watch
    return not watch or now >= accepted_at + watch[-1]


def ran_out(before: Iterable[Password], after: Iterable[Password]) -> bool:
    """Tell whether the time in which a code should arrive ran out between two looks."""
    waiting = {code.key for code in before if code.status is PasswordStatus.PENDING}
    return any(
        code.key in waiting and code.status is PasswordStatus.UNCONFIRMED
        for code in after
    )
