"""Online passwords: what is asked for, and what the cloud says about them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from functools import lru_cache
from operator import itemgetter
from typing import Any

from ..json import JsonValue
from .delivery import DeliveryStatus, read_delivery
from .reader import FIRST_SECOND_BEYOND, Reader
from .refusals import (
    check_digits,
    check_name,
    check_time_zone,
    check_window,
    refuse,
    to_seconds,
)

# An entry of the password list as the documentation shows it.
_USUAL_FIELDS = itemgetter(
    "id",
    "name",
    "phase",
    "delivery_status",
    "effective_time",
    "invalid_time",
    "type",
    "sn",
    "time_zone",
)
_USUAL_TYPES = (int, str, int, int, int, int, int, int, str)


@dataclass(frozen=True, slots=True)
class ScheduleBlock:
    """The hours of the day and the days of the week of a periodic password.

    `weekdays` counts like `datetime.weekday()`: Monday is 0, Sunday 6.
    """

    start: time
    end: time
    weekdays: frozenset[int]

    def __post_init__(self) -> None:
        """Refuse what Tuya cannot express.

        Raises:
            InvalidRequestError: no weekday or an unknown one, parts of a minute, or
                hours that do not last or pass midnight.
        """
        if not self.weekdays or not self.weekdays <= frozenset(range(7)):
            raise refuse("The schedule needs weekdays from 0 to 6")
        if any(at.second or at.microsecond for at in (self.start, self.end)):
            raise refuse("The schedule has parts of a minute")
        if self.start.tzinfo or self.end.tzinfo:
            raise refuse("The hours of a schedule carry no time zone of their own")
        if self.start >= self.end:
            raise refuse("The hours of a schedule must end later on the same day")

    def to_json(self) -> dict[str, JsonValue]:
        """Return the block in minutes after midnight and Tuya's mask of weekdays.

        In the mask Sunday is 1, Monday 2, and so on to Saturday 64. `all_day` is never
        sent: keypads drop the whole block when it is true.
        """
        return {
            "effective_time": self.start.hour * 60 + self.start.minute,
            "invalid_time": self.end.hour * 60 + self.end.minute,
            "working_day": sum(1 << (day + 1) % 7 for day in self.weekdays),
        }


@dataclass(frozen=True, slots=True)
class PasswordRequest:
    """An online password to be made, or what one is to be changed into.

    `time_zone` is an IANA name. `digits_length` is the number of digits that the lock
    takes. Nothing can be built that Tuya would refuse.
    """

    name: str
    digits: str = field(repr=False)
    start: datetime
    end: datetime
    digits_length: int
    one_time: bool = False
    time_zone: str | None = None
    schedule: tuple[ScheduleBlock, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what Tuya would refuse.

        Raises:
            InvalidRequestError: see `refusals`; also more than one schedule block, or a
                schedule without a time zone.
        """
        check_name(self.name, required=True)
        check_digits(self.digits, self.digits_length)
        check_window(self.start, self.end)
        if self.time_zone is not None:
            check_time_zone(self.time_zone)
        if len(self.schedule) > 1:
            raise refuse("A lock takes one block of schedule only")
        if self.schedule and self.time_zone is None:
            raise refuse("A schedule needs a time zone")

    def to_json(self, *, ticket_id: str, encrypted: str) -> dict[str, JsonValue]:
        """Return the body; times in seconds."""
        body: dict[str, JsonValue] = {
            "name": self.name,
            "password": encrypted,
            "password_type": "ticket",
            "ticket_id": ticket_id,
            "effective_time": to_seconds(self.start),
            "invalid_time": to_seconds(self.end),
            "type": int(self.one_time),
        }
        if self.time_zone is not None:
            body["time_zone"] = self.time_zone
        if self.schedule:
            body["schedule_list"] = [block.to_json() for block in self.schedule]
        return body


@dataclass(frozen=True, slots=True)
class OnlinePassword:
    """An online password as the cloud knows it. The digits are never in it.

    What `phase` means depends on the family of the lock. `slot` is the place on the
    lock; a negative one stands for none yet. `schedule_raw` is what the cloud read back,
    whose encoding differs by lock and cannot be told from a value alone.
    """

    id: str
    name: str
    phase: int | None
    delivery: DeliveryStatus | None
    start: datetime
    end: datetime
    one_time: bool | None
    slot: int | None
    time_zone: str | None
    schedule_raw: tuple[Mapping[str, JsonValue], ...]

    @classmethod
    def from_json(cls, data: JsonValue) -> OnlinePassword:
        """Read one entry of the password list.

        Raises:
            MalformedResponseError: no object, no id, no window, or a wrong type.
        """
        if isinstance(data, dict) and "schedule_list" not in data:
            try:
                usual = _read_usual(*_USUAL_FIELDS(data))
            except KeyError, TypeError:
                # A field isn't there, or holds a list or an object.
                usual = None
            if usual is not None:
                return usual
        return cls._read(data)

    @classmethod
    def _read(cls, data: JsonValue) -> OnlinePassword:
        """Read an entry in any of the ways that Tuya has of writing one."""
        fields = Reader(data, "password")
        kind = fields.number("type")
        return cls(
            id=fields.required_text("id"),
            name=fields.text("name"),
            phase=fields.number("phase"),
            delivery=read_delivery(fields.value("delivery_status")),
            start=fields.required_moment("effective_time"),
            end=fields.required_moment("invalid_time"),
            one_time=None if kind is None else kind == 1,
            slot=fields.number("sn"),
            time_zone=fields.optional_text("time_zone"),
            schedule_raw=tuple(
                Reader(block, "schedule").data
                for block in fields.items("schedule_list")
            ),
        )


# Typed, since True is no 1 here though Python takes them for equal.
@lru_cache(maxsize=1024, typed=True)
def _read_usual(*fields: Any) -> OnlinePassword | None:
    """Return the password of an entry whose fields are all as documented, else None.

    The list of codes is what is asked for most often, and nearly every entry is such a
    one, and the same as the last time.
    """
    if tuple(map(type, fields)) != _USUAL_TYPES:
        return None
    number, name, phase, delivery, start, end, kind, slot, time_zone = fields
    if not 0 < start < end < FIRST_SECOND_BEYOND:
        return None
    return OnlinePassword(
        id=str(number),
        name=name,
        phase=phase,
        delivery=read_delivery(delivery),
        start=datetime.fromtimestamp(start, UTC),
        end=datetime.fromtimestamp(end, UTC),
        one_time=kind == 1,
        slot=slot,
        time_zone=time_zone or None,
        schedule_raw=(),
    )
