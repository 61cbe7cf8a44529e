"""What happened at a lock last, from its records as they were last read."""

from collections.abc import Iterable

from .domain.alarms import Alarm, alarm_of
from .domain.openings import Opening, opening_method
from .hub import LockHub
from .tuya_cloud import LockRecord


def last_opening(hub: LockHub) -> Opening | None:
    """Return who opened last, and how; None where nobody did."""
    record = hub.activity.read_out(_last_opening)
    return None if record is None else hub.opening_of(record)


def _last_opening(records: Iterable[LockRecord]) -> LockRecord | None:
    return next(filter(opening_method, records), None)


def unread_alarms_of(hub: LockHub) -> list[Alarm]:
    """Return the alarms that nobody has read, the newest first."""
    mark = hub.memory.alarms_read
    return [
        alarm
        for record in hub.activity.data.records
        if (alarm := alarm_of(record)) is not None
        and (mark is None or alarm.time > mark)
    ]
