"""Offline passwords, clearing codes and dynamic passwords."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from ..json import JsonValue
from .reader import Reader
from .refusals import check_name, check_window, refuse, to_seconds

# How long a dynamic password is good for, as documented for the API.
DYNAMIC_LIFETIME = timedelta(minutes=5)
HOUR = 3600


class OfflineType(StrEnum):
    """Tuya's words for the kinds of offline codes."""

    MULTIPLE = "multiple"
    ONCE = "once"
    CLEAR_ONE = "clear_one"
    CLEAR_ALL = "clear_all"


# The numbers that older endpoints write for the same.
_TYPE_BY_NUMBER = {
    "0": OfflineType.MULTIPLE,
    "1": OfflineType.ONCE,
    "8": OfflineType.CLEAR_ONE,
    "9": OfflineType.CLEAR_ALL,
}


def _read_type(text: str) -> OfflineType | None:
    if text in _TYPE_BY_NUMBER:
        return _TYPE_BY_NUMBER[text]
    return OfflineType(text) if text in OfflineType else None


def _on_the_hour(moment: datetime) -> bool:
    """Return whether a point in time is a whole hour, in UTC or in its own zone.

    Whether the cloud counts hours in UTC or in the lock's zone is not known; they
    differ where a zone is not whole hours from UTC.
    """
    part = moment.minute or moment.second or moment.microsecond
    return not part or not moment.timestamp() % HOUR


@dataclass(frozen=True, slots=True)
class OfflineRequest:
    """An offline code to be made.

    Only `MULTIPLE` takes a window, in whole hours; the cloud sets those of the others.
    Only `CLEAR_ONE` takes a `password_id`: of the password that it is to clear.
    """

    type: OfflineType
    name: str = ""
    start: datetime | None = None
    end: datetime | None = None
    password_id: str | None = None

    def __post_init__(self) -> None:
        """Refuse what Tuya would refuse, or would round without asking.

        Raises:
            InvalidRequestError: a name too long, a window missing, not whole hours or
                not lasting, one where none belongs; the same for `password_id`.
        """
        check_name(self.name, required=False)
        if (self.type is OfflineType.CLEAR_ONE) != bool(self.password_id):
            raise refuse("A code that clears one password, and no other, names it")
        if self.type is OfflineType.MULTIPLE:
            self._check_hours()
        elif self.start is not None or self.end is not None:
            raise refuse("Only a time-limited password takes a window")

    def _check_hours(self) -> None:
        if self.start is None or self.end is None:
            raise refuse("A time-limited password needs a start and an end")
        check_window(self.start, self.end)
        if not (_on_the_hour(self.start) and _on_the_hour(self.end)):
            raise refuse("A time-limited password starts and ends on whole hours")

    def to_json(self) -> dict[str, JsonValue]:
        """Return the body; times in seconds."""
        body: dict[str, JsonValue] = {"type": self.type.value}
        if self.name:
            body["name"] = self.name
        if self.start is not None and self.end is not None:
            body["effective_time"] = to_seconds(self.start)
            body["invalid_time"] = to_seconds(self.end)
        if self.password_id:
            body["password_id"] = self.password_id
        return body


@dataclass(frozen=True, slots=True)
class OfflinePassword:
    """An offline code that was just made: the only answer that holds its digits.

    The window is the cloud's; for a code that clears one password it may say none.
    """

    id: str
    name: str
    code: str = field(repr=False)
    start: datetime | None
    end: datetime | None

    @classmethod
    def from_json(cls, data: JsonValue) -> Self:
        """Read the answer to a creation.

        Raises:
            MalformedResponseError: no object, no id, no digits, or a wrong type.
        """
        fields = Reader(data, "offline password")
        return cls(
            id=fields.required_text("offline_temp_password_id"),
            name=fields.text("offline_temp_password_name"),
            code=fields.required_text("offline_temp_password"),
            start=fields.moment("effective_time"),
            end=fields.moment("invalid_time"),
        )


@dataclass(frozen=True, slots=True)
class OfflineListing:
    """An entry of the list of offline codes, without its digits.

    Two sources read `status` differently: 1 in effect and 2 issued, or 1 unused, 2 used
    and 3 invalid. `created` is when the digits were generated. `revoked_*` is the
    password that a clearing code is for.
    """

    id: str
    type: OfflineType | None
    name: str
    start: datetime | None
    end: datetime | None
    status: int | None
    has_clear_code: bool | None
    revoked_id: str | None
    revoked_name: str | None
    created: datetime | None = None
    revoked_start: datetime | None = None
    revoked_end: datetime | None = None

    @classmethod
    def from_json(cls, data: JsonValue) -> Self:
        """Read an entry in either of the two spellings that are known.

        Raises:
            MalformedResponseError: no object, no id, or a wrong type.
        """
        fields = Reader(data, "offline password")
        return cls(
            id=fields.required_text("pwd_id", "password_id"),
            type=_read_type(fields.text("pwd_type_code")),
            name=fields.text("pwd_name", "name"),
            start=fields.moment("gmt_start", "effective_time"),
            end=fields.moment("gmt_expired", "expired_time"),
            status=fields.number("status"),
            has_clear_code=fields.flag("has_clear_pwd"),
            revoked_id=fields.optional_text("revoked_pwd_id"),
            revoked_name=fields.optional_text("revoked_pwd_name"),
            created=fields.moment("gmt_create"),
            revoked_start=fields.moment("revoked_pwd_effective_time"),
            revoked_end=fields.moment("revoked_pwd_invalid_time"),
        )


@dataclass(frozen=True, slots=True)
class DynamicPassword:
    """A password that is good for the next few minutes."""

    code: str = field(repr=False)
    start: datetime
    end: datetime

    @classmethod
    def from_json(cls, data: JsonValue, *, now: datetime) -> Self:
        """Read the answer; `now` is the cloud's time when it was given.

        Raises:
            MalformedResponseError: no object, no digits, or a wrong type.
        """
        fields = Reader(data, "dynamic password")
        return cls(
            fields.required_text("dynamic_password"), now, now + DYNAMIC_LIFETIME
        )
