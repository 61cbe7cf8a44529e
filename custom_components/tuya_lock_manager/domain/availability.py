"""Whether another offline code of a type can be had; it is never tried to find out.

Tuya's cloud has no question for it. What it answers when the codes of a type are used up is
not documented, so a refusal with a code that no list has is passed on as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from ..tuya_cloud import LockFullError, TuyaCloudError, UnsupportedError
from ..tuya_cloud.json import JsonValue
from .passwords import PasswordType
from .stored import moment, string

# How long a refusal counts. Codes end, and nobody documents what that gives back.
REFUSAL_HOLDS = timedelta(days=1)

OFFLINE_TYPES = (
    PasswordType.TIME_LIMITED,
    PasswordType.ONE_TIME,
    PasswordType.CLEAR_ONE,
    PasswordType.CLEAR_ALL,
    PasswordType.DYNAMIC,
)
# The data point by which a lock tells of an opening with a dynamic code.
DYNAMIC_CODE = "unlock_dynamic"


class RefusalKind(StrEnum):
    """What a refusal says of the supply."""

    USED_UP = "used_up"
    UNSUPPORTED = "unsupported"
    UNLISTED = "unlisted"


class Answer(StrEnum):
    """Whether another code can be had."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why that is the answer."""

    SUPPORTED = "supported"
    NOT_SUPPORTED = "not_supported"
    NOT_TOLD = "not_told"
    USED_UP = "used_up"
    USED_UP_EARLIER = "used_up_earlier"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class SupplyRefusal:
    """The last refusal of a code of a type; `message` is Tuya's own."""

    at: datetime
    kind: RefusalKind
    message: str

    def to_dict(self) -> dict[str, JsonValue]:
        """Return it as JSON, the time as ISO 8601."""
        return {
            "at": self.at.isoformat(),
            "kind": self.kind.value,
            "message": self.message,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> Self:
        """Return what `to_dict` wrote.

        Raises:
            ValueError: it is not what `to_dict` writes.
        """
        return cls(
            at=moment(data, "at"),
            kind=RefusalKind(string(data, "kind")),
            message=string(data, "message"),
        )


@dataclass(frozen=True, slots=True)
class Availability:
    """Whether another code of a type can be had, and why that is said."""

    answer: Answer
    reason: Reason
    refusal: SupplyRefusal | None = None


def supply_refusal(err: TuyaCloudError, now: datetime) -> SupplyRefusal | None:
    """Return what an error says of the supply; None where it is about something else.

    A lock off line, wrong fields, throttling, the plan and the like say nothing. They have
    types of their own; a code of Tuya's that is in no list has none.
    """
    if isinstance(err, LockFullError):
        kind = RefusalKind.USED_UP
    elif isinstance(err, UnsupportedError):
        kind = RefusalKind.UNSUPPORTED
    elif type(err) is TuyaCloudError and err.code is not None:
        kind = RefusalKind.UNLISTED
    else:
        return None
    return SupplyRefusal(now, kind, str(err))


def availability(
    *, supported: bool | None, refusal: SupplyRefusal | None, now: datetime
) -> Availability:
    """Tell whether another code of a type can be had.

    Args:
        supported: whether the lock takes codes of the type; None where nobody says.
        refusal: the last one about the supply, None if a code was made since.
        now: the cloud's.

    """
    if supported is False:
        return Availability(Answer.NO, Reason.NOT_SUPPORTED)
    if refusal is None:
        if supported is None:
            return Availability(Answer.UNKNOWN, Reason.NOT_TOLD)
        return Availability(Answer.YES, Reason.SUPPORTED)
    match refusal.kind:
        case RefusalKind.UNSUPPORTED:
            return Availability(Answer.NO, Reason.NOT_SUPPORTED, refusal)
        case RefusalKind.UNLISTED:
            return Availability(Answer.UNKNOWN, Reason.REFUSED, refusal)
    if now - refusal.at < REFUSAL_HOLDS:
        return Availability(Answer.NO, Reason.USED_UP, refusal)
    return Availability(Answer.UNKNOWN, Reason.USED_UP_EARLIER, refusal)
