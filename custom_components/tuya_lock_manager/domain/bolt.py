"""Whether a lock's bolt is jammed, as far as its alarms and what followed tell.

No model is known that reports it as a state. Locks raise an alarm, `tongue_bad` (the bolt
is stuck) or `tongue_not_out` (it did not come out), and never take it back.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from ..tuya_cloud.json import JsonValue
from ..tuya_cloud.models import LockRecord
from .alarms import AlarmType, alarm_type
from .door import door_is_open
from .openings import opening_method

JAMS = frozenset({AlarmType.TONGUE_BAD, AlarmType.TONGUE_NOT_OUT})
_BOLT = "lock_motor_state"


def reports_jams(alarms: Collection[str]) -> bool:
    """Return whether a model that can raise these alarms tells of a jammed bolt."""
    return not JAMS.isdisjoint(alarms)


def is_jammed(records: Iterable[LockRecord], moved_at: datetime | None) -> bool:
    """Return whether the bolt is jammed: until something later shows that it works.

    That is an opening, or a bolt or a door that moved after `moved_at` at the earliest.
    """
    return still_jams(jammed_at(records), moved_at)


def still_jams(jammed_at: datetime | None, moved_at: datetime | None) -> bool:
    """Return whether a bolt that jammed then, if it did, has not moved since."""
    return jammed_at is not None and (moved_at is None or moved_at < jammed_at)


def jammed_at(records: Iterable[LockRecord]) -> datetime | None:
    """Return when the bolt jammed last, None where it never did or an opening followed.

    Records of the same second come in no certain order, so there the alarm counts.
    """
    known = tuple(records)
    jams = (record.time for record in known if alarm_type(record) in JAMS)
    last = max(jams, default=None)
    if last is None:
        return None
    opened = any(
        record.time > last and opening_method(record) is not None for record in known
    )
    return None if opened else last


def has_moved(before: Mapping[str, JsonValue], after: Mapping[str, JsonValue]) -> bool:
    """Return whether the bolt moved between two reports, or had to for the door to open."""
    bolt = before.get(_BOLT), after.get(_BOLT)
    door = door_is_open(before), door_is_open(after)
    return bolt in {(True, False), (False, True)} or door == (False, True)
