"""What the records of a lock have in common: their codes, and what tells them apart."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from ..tuya_cloud.models import LockRecord

DOORBELL_CODES = frozenset({"doorbell"})
_RAW_CODES = "unlock_offline_"
_NOT_RAISED = frozenset({"", "0", "false"})


def plain_code(code: str) -> str:
    """Return a data point's code without the suffix that `mk` keypads write."""
    return code.removesuffix("_kit")


def is_ring(record: LockRecord) -> bool:
    """Tell whether somebody rang at the lock."""
    return plain_code(record.code) in DOORBELL_CODES and (
        record.value.lower() not in _NOT_RAISED
    )


def record_key(record: LockRecord) -> str:
    """Return what tells a record from others: its id, else code, value and time.

    Keys are stored, and the raw data points of offline codes may hold the digits that
    were typed: their values stay out.
    """
    if record.id:
        return record.id
    value = "" if is_offline_report(record) else record.value
    return f"{record.code}:{value}:{record.time.timestamp():.3f}"


def record_keys(record: LockRecord) -> frozenset[str]:
    """Return its key, and the one it has in the older logs, which have no ids."""
    return frozenset({record_key(record), record_key(replace(record, id=None))})


def untold_records(
    records: Sequence[LockRecord], told: Collection[str]
) -> list[LockRecord]:
    """Return the records, in their order, of which no key was told.

    A record that was told under its own id doesn't stand for another id, however alike.
    """
    with_id = {
        record_key(replace(record, id=None))
        for record in records
        if record.id and record.id in told
    }
    return [
        record
        for record in records
        if record_key(record) not in told
        and record_keys(record).isdisjoint(set(told) - with_id)
    ]


def is_offline_report(record: LockRecord) -> bool:
    """Tell whether a lock says that an offline code was typed, and never which."""
    return record.code.startswith(_RAW_CODES)


def merge_records(*batches: Iterable[LockRecord]) -> tuple[LockRecord, ...]:
    """Return all records once each, the newest first.

    The older logs have no ids: such a record is the same as one with an id where code,
    value and time agree. Two ids are two events, however alike.
    """
    merged: dict[str, LockRecord] = {}
    for record in (record for batch in batches for record in batch):
        merged.setdefault(record_key(record), record)
    told = {_event(record) for record in merged.values() if record.id}
    return tuple(
        sorted(
            (
                record
                for record in merged.values()
                if record.id or _event(record) not in told
            ),
            key=lambda record: (record.time, record_key(record)),
            reverse=True,
        )
    )


def _event(record: LockRecord) -> tuple[str, str, datetime]:
    return record.code, record.value, record.time
