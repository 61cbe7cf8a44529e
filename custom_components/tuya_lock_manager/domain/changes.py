"""A change of a code that its lock has not confirmed yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from ..tuya_cloud.json import JsonValue
from .schedules import Schedule
from .stored import (
    moment,
    optional_flag,
    optional_moment,
    optional_object,
    optional_string,
    string,
)
from .windows import Window


@dataclass(frozen=True, slots=True)
class CodeChange:
    """What a code was before a change: until the lock confirms, that may still hold.

    asked_at: when the change was sent.
    name: the code's before.
    start, end: the window that the lock last confirmed; None where it never had the code.
    sealed: the digits before, sealed.
    schedule: the hours before.
    frozen: what was asked, None where it was no freezing.
    """

    asked_at: datetime
    name: str
    start: datetime | None = None
    end: datetime | None = None
    sealed: str | None = field(default=None, repr=False)
    schedule: Schedule | None = None
    frozen: bool | None = None

    @property
    def confirmed(self) -> Window | None:
        """Return the window that the lock last confirmed."""
        if self.start is None or self.end is None:
            return None
        return Window(self.start, self.end)

    def to_dict(self) -> dict[str, JsonValue]:
        """Return it as JSON, times as ISO 8601."""
        return {
            "asked_at": self.asked_at.isoformat(),
            "name": self.name,
            "start": self.start.isoformat() if self.start else None,
            "end": self.end.isoformat() if self.end else None,
            "sealed": self.sealed,
            "schedule": self.schedule.to_dict() if self.schedule else None,
            "frozen": self.frozen,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> Self:
        """Return it from stored JSON.

        Raises:
            ValueError: it is not what `to_dict` writes.
        """
        schedule = optional_object(data, "schedule")
        return cls(
            asked_at=moment(data, "asked_at"),
            name=string(data, "name"),
            start=optional_moment(data, "start"),
            end=optional_moment(data, "end"),
            sealed=optional_string(data, "sealed"),
            schedule=Schedule.from_dict(schedule) if schedule else None,
            frozen=optional_flag(data, "frozen"),
        )
