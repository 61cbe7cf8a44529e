"""Whether a lock can be opened from afar."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from ..json import JsonValue
from .reader import Reader


class RemoteUnlockType(StrEnum):
    """The ways of opening from afar that can be switched on and off."""

    WITHOUT_PASSWORD = "remoteUnlockWithoutPwd"
    WITH_PASSWORD = "remoteUnlockWithPwd"


@dataclass(frozen=True, slots=True)
class RemoteUnlock:
    """One way of opening from afar: `remoteUnlockWithoutPwd` or `…WithPwd`."""

    type: str
    enabled: bool

    @classmethod
    def from_json(cls, data: JsonValue) -> Self:
        """Read one way.

        Raises:
            MalformedResponseError: no object, no type, or a wrong type.
        """
        fields = Reader(data, "remote unlock")
        return cls(
            type=fields.required_text("remote_unlock_type"),
            enabled=fields.flag("open") or False,
        )
