"""What was asked of a lock and is not settled yet: written down before it is sent.

After a lost answer, a reload or a kill, the lists tell what became of it. Lists lag, so
they are read for a while before anything is called not done.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from ..tuya_cloud.json import JsonValue
from ..tuya_cloud.models import DeliveryStatus, OnlinePassword
from .families import LockFamily
from .passwords import ChangeState, IssuedCode, Password, PasswordStatus, PasswordType
from .schedules import Schedule
from .status import LIST_LAG, is_frozen
from .stored import (
    flag,
    moment,
    optional_moment,
    optional_object,
    optional_string,
    string,
    time_text,
)

# When the list is read for an entry, counted from the first reading after it was left.
READINGS = tuple(timedelta(seconds=seconds) for seconds in (2, 7, 20, 61))
# By then a list shows what the cloud has done.
PATIENCE = LIST_LAG


class Operation(StrEnum):
    """What was asked for."""

    CREATE = "create"
    MODIFY = "modify"
    FREEZE = "freeze"
    UNFREEZE = "unfreeze"
    DELETE = "delete"


class Outcome(StrEnum):
    """What is known of an entry.

    open: it was, or may have been, sent; nobody knows what became of it.
    unseen: it was done, and made digits that have reached nobody yet.
    not_done: the lists never showed it.
    unknown: it may have been done, and no list tells.
    unwanted: it was done though its call ended without it, and was not taken back.
    """

    OPEN = "open"
    UNSEEN = "unseen"
    NOT_DONE = "not_done"
    UNKNOWN = "unknown"
    UNWANTED = "unwanted"


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """One request that changes a code of a lock.

    id: the entry's own.
    name, start, end: what the code is to be; of a deletion, what it is.
    asked_at: when it was written.
    code_id: of the code that is changed, or that was made.
    seen: ids of the online codes that the list showed before.
    sealed: the digits, sealed with the entry's id as label.
    random: the digits were drawn, so that nobody knows them before the answer.
    wished_start, wished_end: an offline code's window before it was rounded.
    before: what was remembered of the code before; None where nothing was. Of a creation,
        the vanished code for which it is made anew.
    was_changing: an earlier change was on its way already.
    template: it goes through the template door.
    is_told: a list can tell whether it was done.
    all_or_nothing: the call made it on several locks or on none, so what only turns up
        after the call is to be deleted.
    is_answered: whoever asked was told that nobody knows what became of it.
    """

    id: str
    operation: Operation
    type: PasswordType
    name: str
    start: datetime
    end: datetime
    asked_at: datetime
    outcome: Outcome = Outcome.OPEN
    code_id: str | None = None
    seen: frozenset[str] = frozenset()
    reference: str | None = None
    sealed: str | None = field(default=None, repr=False)
    random: bool = False
    one_time: bool = False
    template: bool = False
    wished_start: datetime | None = None
    wished_end: datetime | None = None
    schedule: Schedule | None = None
    before: IssuedCode | None = None
    was_changing: bool = False
    is_told: bool = True
    all_or_nothing: bool = False
    is_answered: bool = False

    @property
    def is_online(self) -> bool:
        """Return whether lists can tell of it at all."""
        return self.type is PasswordType.CUSTOM

    def shows(self, listed: OnlinePassword, family: LockFamily) -> bool:
        """Tell whether a listed code shows that this was done; not for deletions."""
        content = (listed.name, listed.start, listed.end)
        match self.operation:
            case Operation.CREATE if self.code_id is None:
                return listed.id not in self.seen and content == self.content
            case Operation.CREATE:
                return listed.id == self.code_id
            case Operation.MODIFY:
                return listed.id == self.code_id and content == self.content
            case Operation.FREEZE | Operation.UNFREEZE:
                frozen = self.operation is Operation.FREEZE
                under_way = listed.delivery is DeliveryStatus.ONGOING
                return listed.id == self.code_id and (
                    under_way or is_frozen(listed, family) is frozen
                )
            case Operation.DELETE:
                return False

    @property
    def content(self) -> tuple[str, datetime, datetime]:
        """Return what a list shows of the code once it is done."""
        return self.name, self.start, self.end

    def to_dict(self) -> dict[str, JsonValue]:
        """Return it as JSON, times as ISO 8601."""
        texts = ("id", "operation", "type", "name", "outcome")
        plain = ("code_id", "reference", "sealed")
        flags = (
            "random",
            "one_time",
            "template",
            "was_changing",
            "is_told",
            "all_or_nothing",
            "is_answered",
        )
        return {
            **{key: str(getattr(self, key)) for key in texts},
            **{key: getattr(self, key) for key in (*plain, *flags)},
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "asked_at": self.asked_at.isoformat(),
            "wished_start": time_text(self.wished_start),
            "wished_end": time_text(self.wished_end),
            "seen": list[JsonValue](sorted(self.seen)),
            "schedule": self.schedule.to_dict() if self.schedule else None,
            "before": self.before.to_dict() if self.before else None,
        }

    @classmethod
    def from_dict(cls, data: object) -> JournalEntry:
        """Return it from stored JSON.

        Raises:
            ValueError: it is not what `to_dict` writes.
        """
        match data:
            case Mapping():
                return cls._from_stored(data)
        raise ValueError("a stored entry must be an object")

    @classmethod
    def _from_stored(cls, data: Mapping[str, object]) -> JournalEntry:
        schedule = optional_object(data, "schedule")
        before = optional_object(data, "before")
        match data.get("seen"):
            case list(seen):
                ids = frozenset(str(code_id) for code_id in seen)
            case _:
                raise ValueError("seen must be a list")
        return cls(
            id=string(data, "id"),
            operation=Operation(string(data, "operation")),
            type=PasswordType(string(data, "type")),
            name=string(data, "name"),
            start=moment(data, "start"),
            end=moment(data, "end"),
            asked_at=moment(data, "asked_at"),
            outcome=Outcome(string(data, "outcome")),
            code_id=optional_string(data, "code_id"),
            seen=ids,
            reference=optional_string(data, "reference"),
            sealed=optional_string(data, "sealed"),
            random=flag(data, "random"),
            one_time=flag(data, "one_time"),
            template=flag(data, "template"),
            wished_start=optional_moment(data, "wished_start"),
            wished_end=optional_moment(data, "wished_end"),
            schedule=Schedule.from_dict(schedule) if schedule else None,
            before=IssuedCode.from_dict(before) if before else None,
            was_changing=flag(data, "was_changing"),
            is_told=flag(data, "is_told"),
            all_or_nothing="all_or_nothing" in data and flag(data, "all_or_nothing"),
            is_answered="is_answered" in data and flag(data, "is_answered"),
        )


def found(
    entry: JournalEntry, online: Iterable[OnlinePassword], family: LockFamily
) -> OnlinePassword | None:
    """Return the listed code that shows that an entry was done."""
    return next((code for code in online if entry.shows(code, family)), None)


def is_superseded(entry: JournalEntry, later: Iterable[JournalEntry]) -> bool:
    """Tell whether a code was changed again, or deleted, after a change that is not clear.

    Lists tell of the last one, and what is remembered is what that one asked for. Digits
    that nobody has seen are another matter.
    """
    if entry.operation is Operation.CREATE or entry.outcome is Outcome.UNSEEN:
        return False
    return any(
        (other.type, other.code_id) == (entry.type, entry.code_id)
        and other.operation in {Operation.MODIFY, Operation.DELETE}
        for other in later
    )


def is_going(
    password: Password | None,
    listed: Iterable[OnlinePassword],
    *,
    code_id: str,
    was_listed: bool,
    was_changing: bool,
) -> bool:
    """Tell whether a code that was there is not any more, or is being taken away.

    Zigbee locks show a deletion that is under way as any other change.

    Args:
        password: as it is known now.
        listed: the cloud's list of now.
        code_id: the code's.
        was_listed: the list showed it before.
        was_changing: a change was on its way already.

    """
    for code in listed:
        if code.id == code_id:
            break
    else:
        return was_listed or password is None
    if password is None:
        return True
    if password.status in {PasswordStatus.REMOVING, PasswordStatus.REMOVED}:
        return True
    return password.change is ChangeState.PENDING and not was_changing
