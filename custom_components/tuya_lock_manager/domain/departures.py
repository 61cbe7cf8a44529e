"""When a code went off its lock: its place may then be another code's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from ..tuya_cloud.json import JsonValue
from .stored import optional_moment, optional_number, time_text


@dataclass(frozen=True, slots=True)
class Departure:
    """What is known of when a code went off its lock.

    after: openings until then, by the lock's clock, were before; None where nobody knows.
    by: since then it is off it; None while the lock has not confirmed that.
    slot: where it lay, where that is known.
    """

    after: datetime | None
    by: datetime | None = None
    slot: int | None = None

    def to_dict(self) -> dict[str, JsonValue]:
        """Return it as JSON, times as ISO 8601."""
        return {
            "after": time_text(self.after),
            "by": time_text(self.by),
            "slot": self.slot,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> Self:
        """Return it from stored JSON.

        Raises:
            ValueError: it is not what `to_dict` writes.
        """
        return cls(
            after=optional_moment(data, "after"),
            by=optional_moment(data, "by"),
            slot=optional_number(data, "slot"),
        )
