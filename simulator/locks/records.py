"""Unlock records and alarms, as the cloud keeps them."""

from dataclasses import dataclass, field

from ..json_types import JsonObject, JsonValue, text

ALARM_CODES = frozenset({"alarm_lock", "lock_alarm_kit", "hijack"})
DOORBELL = "doorbell"


@dataclass(slots=True)
class Record:
    """One thing that a lock reported.

    Attributes:
        id: the cloud's id.
        time: seconds since 1970, whole.
        code: the data point's code.
        value: what the data point held.
        user_id: member whose method it was, "" when unknown.
        user_name: that member's name.
        unlock_name: the method's name.
        read: whether somebody has seen it.
        used: id of the offline code that it tells the use of.
        cleared: ids of the offline codes that it tells the end of.
    """

    id: str
    time: int
    code: str
    value: JsonValue
    user_id: str = ""
    user_name: str = ""
    unlock_name: str = ""
    read: bool = False
    used: int | None = None
    cleared: tuple[int, ...] = ()

    @property
    def is_alarm(self) -> bool:
        """Tell alarms from openings and the bell."""
        return self.code in ALARM_CODES

    @property
    def is_opening(self) -> bool:
        """Tell openings from alarms and settings."""
        return self.code.startswith("unlock_") and self.code not in {
            "unlock_offline_clear",
            "unlock_offline_clear_single",
        }

    @property
    def text(self) -> str:
        """Return the value as the record endpoints write it."""
        if isinstance(self.value, bool):
            return "true" if self.value else "false"
        return text(self.value)


@dataclass(slots=True)
class RecordBook:
    """All records of one lock, oldest first."""

    records: list[Record] = field(default_factory=list)

    def between(self, start: float | None, end: float | None) -> list[Record]:
        """Return the records of a time range, newest first; None is open."""
        return sorted(
            (
                record
                for record in self.records
                if (start is None or record.time >= start)
                and (end is None or record.time <= end)
            ),
            key=lambda record: record.time,
            reverse=True,
        )

    def find(self, record_id: str) -> Record | None:
        """Return a record by its id."""
        return next((record for record in self.records if record.id == record_id), None)

    def unread(self, *, alarms_only: bool) -> int:
        """Count what nobody has seen."""
        return sum(
            not record.read and (record.is_alarm or not alarms_only)
            for record in self.records
        )

    def as_json(self) -> list[JsonObject]:
        """Return everything, for the control API."""
        return [
            {
                "id": record.id,
                "time": record.time,
                "code": record.code,
                "value": record.value,
                "user_id": record.user_id,
                "read": record.read,
            }
            for record in self.records
        ]
