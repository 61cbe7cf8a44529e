"""The places for codes on a lock: who comes first gets one.

A lock holds only some codes, and those of guests who come in weeks may be on it already.
A guest who comes soon and finds no place gets that of whoever comes last; the other's code
is put on the lock again as soon as there is a place.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from .reconcile import Code

# Before that a place may yet become free, and afterwards a lock may sleep for hours.
SOON = timedelta(hours=24)


def gives_way(opens_at: datetime, codes: Iterable[Code], now: datetime) -> Code | None:
    """Return the code that leaves its place to one that opens then; None for none.

    `codes` are those of guests on one lock. Nobody who is here or comes before gives way.
    """
    if now < opens_at - SOON:
        return None
    later = (
        code
        for code in codes
        if code.is_custom and code.is_live(now) and code.start > max(opens_at, now)
    )
    return max(later, key=lambda code: (code.start, code.id), default=None)
