"""The types of passwords, what is remembered of those made here, the view of all."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from ..tuya_cloud.json import JsonValue
from ..tuya_cloud.models import DeliveryStatus
from .changes import CodeChange
from .departures import Departure
from .schedules import Schedule
from .stored import (
    flag,
    moment,
    optional_number,
    optional_object,
    optional_string,
    string,
    time_text,
)


class PasswordType(StrEnum):
    """The kinds of codes.

    Tuya's words are temp, multiple, once, dynamic, clear_one and clear_all.
    """

    CUSTOM = "custom"
    TIME_LIMITED = "time_limited"
    ONE_TIME = "one_time"
    DYNAMIC = "dynamic"
    CLEAR_ONE = "clear_one"
    CLEAR_ALL = "clear_all"

    # As a text's: an enum's own is no built-in, and is asked for at each look in a set.
    __hash__ = str.__hash__


CLEARING_TYPES = frozenset({PasswordType.CLEAR_ONE, PasswordType.CLEAR_ALL})


class PasswordStatus(StrEnum):
    """What a code does at the door, as far as known."""

    SCHEDULED = "scheduled"
    PENDING = "pending"
    ACTIVE = "active"
    FROZEN = "frozen"
    USED = "used"
    EXPIRED = "expired"
    LAPSED = "lapsed"
    CLEARED = "cleared"
    REMOVING = "removing"
    REMOVED = "removed"
    FAILED = "failed"
    UNCONFIRMED = "unconfirmed"
    UNKNOWN = "unknown"

    __hash__ = str.__hash__


# Codes that open no door any more. A failed one never did.
ENDED = frozenset(
    {
        PasswordStatus.USED,
        PasswordStatus.EXPIRED,
        PasswordStatus.LAPSED,
        PasswordStatus.CLEARED,
        PasswordStatus.REMOVED,
        PasswordStatus.FAILED,
    }
)

# Online codes that are on their way off their lock, or are off it.
LEAVING = frozenset({PasswordStatus.REMOVING, PasswordStatus.REMOVED})


class ChangeState(StrEnum):
    """What became of the last change of a code that is on the lock."""

    PENDING = "pending"
    FAILED = "failed"


# Records carry the lock's time in whole seconds, and locks' clocks are not exact.
CLOCK_TOLERANCE = timedelta(minutes=1)

type PasswordKey = tuple[bool, str]


def password_key(type_: PasswordType, password_id: str) -> PasswordKey:
    """Return what tells codes apart on one lock.

    Online and offline ids are counted separately, so they may be equal.
    """
    return type_ is PasswordType.CUSTOM, password_id


@dataclass(frozen=True, slots=True)
class Password:
    """One code on one lock, wherever it is known from; it never holds digits.

    While a change is not confirmed, `start` and `end` are the last confirmed window, and
    `asked_start` and `asked_end` what it is to become. `periodic` codes open at certain
    hours only; `schedule` says which, where that is known. `clears_*` are of the code
    that a clearing code is for. `issued_at` is when it was made here, `created_at` when
    it was made anywhere, where that is known. `dismissed` says that it had ended and was
    taken off the list, `lost` that the cloud's list shows it no more before its end.
    `departure` is when an online code that is, or may be, off its lock went from it.
    """

    id: str
    type: PasswordType
    name: str
    status: PasswordStatus
    start: datetime | None
    end: datetime | None
    use_by: datetime | None = None
    one_time: bool = False
    slot: int | None = None
    failure: DeliveryStatus | None = None
    change: ChangeState | None = None
    changed_at: datetime | None = None
    asked_start: datetime | None = None
    asked_end: datetime | None = None
    periodic: bool = False
    schedule: Schedule | None = None
    clear_code_issued: bool = False
    clears_id: str | None = None
    clears_name: str | None = None
    clears_start: datetime | None = None
    clears_end: datetime | None = None
    issued_at: datetime | None = None
    created_at: datetime | None = None
    reference: str | None = None
    dismissed: bool = False
    lost: bool = False
    departure: Departure | None = None

    @property
    def is_hidden(self) -> bool:
        """Whether no list shows it; one that may open is never hidden."""
        return self.dismissed and self.ended

    @property
    def key(self) -> PasswordKey:
        """What tells it apart on its lock."""
        return password_key(self.type, self.id)

    @property
    def made_here(self) -> bool:
        """Whether it was made by this integration."""
        return self.issued_at is not None

    def covers(self, moment: datetime) -> bool:
        """Whether it can have opened at a moment, as far as is known.

        An offline code's window starts at a whole hour before it was made.
        """
        if self.status is PasswordStatus.FAILED:
            return False
        if self.issued_at is not None and moment < self.issued_at - CLOCK_TOLERANCE:
            return False
        gone_by = self.departure.by if self.departure else None
        if gone_by is not None and moment >= gone_by + CLOCK_TOLERANCE:
            return False
        return (self.start is None or self.start <= moment) and (
            self.end is None or moment < self.end
        )

    def may_be_gone(self, moment: datetime) -> bool:
        """Return whether its place on the lock may have been another's at a moment."""
        if self.status not in LEAVING:
            return False
        after = self.departure.after if self.departure else None
        return after is None or moment > after

    def with_clearing(
        self, codes: Mapping[str, Password], targets: Collection[str]
    ) -> Password:
        """Return it knowing whose code it clears, or that a code clears it.

        `codes` are the lock's offline codes by id, `targets` the ids of those that have
        a clearing code.
        """
        is_target = self.type is PasswordType.TIME_LIMITED and self.id in targets
        if not is_target and self.clears_id is None:
            return self
        cleared = codes.get(self.clears_id or "")
        return replace(
            self,
            clears_name=self.clears_name or (cleared.name if cleared else None),
            clears_start=self.clears_start or (cleared.start if cleared else None),
            clears_end=self.clears_end or (cleared.end if cleared else None),
            clear_code_issued=self.clear_code_issued or is_target,
        )

    @property
    def ended(self) -> bool:
        """Whether it opens no door any more."""
        return self.status in ENDED


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """What is remembered of a code made here, or changed here.

    Its digits are in it only sealed, if at all. `change` is one that the lock has not
    confirmed; `start`, `end` and `name` are what it is to become. `reference` is the
    caller's name for it; with one, an offline code keeps the window that was wished for.
    `dismissed` is the status that it had ended with when it was taken off the list, `slot`
    where it then lay: who used it stays known. `renewed_at` is when a one-time code was
    last known to have been put on its lock anew: it may open once more since.
    """

    id: str
    type: PasswordType
    name: str
    start: datetime
    end: datetime
    issued_at: datetime
    use_by: datetime | None = None
    one_time: bool = False
    clears_id: str | None = None
    clear_code_issued_at: datetime | None = None
    cleared_at: datetime | None = None
    used_at: datetime | None = None
    renewed_at: datetime | None = None
    removal_requested_at: datetime | None = None
    made_elsewhere: bool = False
    template: bool = False
    dismissed: PasswordStatus | None = None
    slot: int | None = None
    sealed: str | None = field(default=None, repr=False)
    change: CodeChange | None = None
    schedule: Schedule | None = None
    reference: str | None = None
    wished_start: datetime | None = None
    wished_end: datetime | None = None

    @property
    def made_at(self) -> datetime | None:
        """When it was made here; None where it was made elsewhere."""
        return None if self.made_elsewhere else self.issued_at

    @property
    def sent_at(self) -> datetime:
        """When the last thing was sent that the lock has to take."""
        if self.removal_requested_at is not None:
            return self.removal_requested_at
        return self.change.asked_at if self.change else self.issued_at

    @property
    def key(self) -> PasswordKey:
        """What tells it apart on its lock."""
        return password_key(self.type, self.id)

    def to_dict(self) -> dict[str, JsonValue]:
        """Return it as JSON, times as ISO 8601."""
        return {
            "id": self.id,
            "type": self.type.value,
            "name": self.name,
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "issued_at": self.issued_at.isoformat(),
            "one_time": self.one_time,
            "clears_id": self.clears_id,
            "made_elsewhere": self.made_elsewhere,
            "template": self.template,
            "dismissed": self.dismissed,
            "slot": self.slot,
            "sealed": self.sealed,
            "change": self.change.to_dict() if self.change else None,
            "schedule": self.schedule.to_dict() if self.schedule else None,
            "reference": self.reference,
            **{key: time_text(getattr(self, key)) for key in _OPTIONAL_TIMES},
        }

    @classmethod
    def from_dict(cls, data: object) -> IssuedCode:
        """Return it from stored JSON.

        Raises:
            ValueError: it is not what `to_dict` writes.
        """
        match data:
            case Mapping():
                return cls._from_stored(data)
        raise ValueError("a stored code must be an object")

    @classmethod
    def _from_stored(cls, data: Mapping[str, object]) -> IssuedCode:
        change = optional_object(data, "change")
        schedule = optional_object(data, "schedule")
        dismissed = optional_string(data, "dismissed")
        return cls(
            id=string(data, "id"),
            type=PasswordType(string(data, "type")),
            name=string(data, "name"),
            start=moment(data, "start"),
            end=moment(data, "end"),
            issued_at=moment(data, "issued_at"),
            one_time=flag(data, "one_time"),
            clears_id=optional_string(data, "clears_id"),
            made_elsewhere=flag(data, "made_elsewhere"),
            template=flag(data, "template") if "template" in data else False,
            dismissed=PasswordStatus(dismissed) if dismissed else None,
            slot=optional_number(data, "slot"),
            sealed=optional_string(data, "sealed"),
            change=CodeChange.from_dict(change) if change else None,
            schedule=Schedule.from_dict(schedule) if schedule else None,
            reference=optional_string(data, "reference"),
            **{
                key: None if data.get(key) is None else moment(data, key)
                for key in _OPTIONAL_TIMES
            },
        )


_OPTIONAL_TIMES = (
    "use_by",
    "clear_code_issued_at",
    "cleared_at",
    "used_at",
    "renewed_at",
    "removal_requested_at",
    "wished_start",
    "wished_end",
)
