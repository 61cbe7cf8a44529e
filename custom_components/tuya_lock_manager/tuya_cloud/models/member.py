"""The people of a lock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Self

from ..json import JsonValue
from .delivery import DeliveryStatus, read_delivery
from .reader import Reader
from .refusals import check_window, to_seconds
from .unlock_method import UnlockMethod


class EffectiveFlag(IntEnum):
    """Whether a member may open the lock now, by Tuya's numbers."""

    INVALID = 0
    IN_EFFECT = 1
    NOT_YET = 2


class MemberRole(StrEnum):
    """What a member may do, by the documented numbers of `user_type`."""

    OWNER = "owner"
    ADMIN = "admin"
    NORMAL = "normal"


_ROLES = {10: MemberRole.ADMIN, 20: MemberRole.NORMAL, 50: MemberRole.OWNER}


@dataclass(frozen=True, slots=True)
class MemberWindow:
    """When a member may open the lock, and whether the lock knows that.

    A `permanent` one has no start and no end. `schedule_raw` are the hours of the day as
    the cloud wrote them.
    """

    permanent: bool | None
    start: datetime | None
    end: datetime | None
    operate: str
    delivery: DeliveryStatus | None
    schedule_raw: tuple[Mapping[str, JsonValue], ...]

    @classmethod
    def from_json(cls, data: JsonValue) -> Self:
        """Read a `time_schedule_info`.

        Raises:
            MalformedResponseError: no object, or a wrong type.
        """
        fields = Reader(data, "member's window")
        return cls(
            permanent=fields.flag("permanent"),
            start=fields.moment("effective_time"),
            end=fields.moment("expired_time"),
            operate=fields.text("operate"),
            delivery=read_delivery(fields.value("delivery_status")),
            schedule_raw=tuple(
                Reader(block, "schedule").data
                for block in fields.items("schedule_details")
            ),
        )


def _read_methods(data: JsonValue) -> tuple[UnlockMethod, ...]:
    group = Reader(data, "unlock methods")
    code = group.text("dp_code")
    return tuple(
        UnlockMethod.from_json(entry, code=code) for entry in group.items("unlock_list")
    )


def _read_effective(number: int | None) -> EffectiveFlag | None:
    return next((flag for flag in EffectiveFlag if flag == number), None)


@dataclass(frozen=True, slots=True)
class Member:
    """A person who may open the lock.

    `uid` is the app account, if there is one. `user_type` is Tuya's number: 10
    administrator, 20 ordinary, 30 without name, 40 shared, 50 owner; one measurement has
    50 for every app account. `window` is None where the list does not tell one.
    `contact` is a phone number or an address, for an administrator's eyes alone.
    """

    user_id: str
    uid: str | None
    name: str
    user_type: int | None
    effective: EffectiveFlag | None
    methods: tuple[UnlockMethod, ...]
    window: MemberWindow | None = None
    contact: str = field(default="", repr=False)

    @property
    def role(self) -> MemberRole | None:
        """What the member may do; None where `user_type` does not tell."""
        return None if self.user_type is None else _ROLES.get(self.user_type)

    @classmethod
    def from_json(cls, data: JsonValue) -> Self:
        """Read an entry of any of the member lists, or the detail of a member.

        Raises:
            MalformedResponseError: no object, no user id, or a wrong type.
        """
        fields = Reader(data, "member")
        window = fields.value("time_schedule_info")
        return cls(
            user_id=fields.required_text("user_id"),
            uid=fields.optional_text("uid"),
            name=fields.text("nick_name"),
            user_type=fields.number("user_type"),
            effective=_read_effective(fields.number("effective_flag")),
            methods=tuple(
                method
                for group in fields.items("unlock_detail")
                for method in _read_methods(group)
            ),
            window=None if window is None else MemberWindow.from_json(window),
            contact=fields.text("user_contact") or fields.text("contact"),
        )


@dataclass(frozen=True, slots=True)
class MemberWindowRequest:
    """When a member is to be able to open the lock: from and until, or None for always.

    A window that has passed is allowed: it is how a member is switched off.
    """

    window: tuple[datetime, datetime] | None

    def __post_init__(self) -> None:
        """Refuse what Tuya would refuse.

        Raises:
            InvalidRequestError: a window that does not last or has no time zone.
        """
        if self.window is not None:
            check_window(*self.window)

    def to_json(self, *, camel: bool) -> dict[str, JsonValue]:
        """Return the body; times in seconds.

        The document's table is in snake case, its sample in camel case, and a client
        that was measured to work wraps the snake case in `schedule`. Two of the three
        fit into one body; `camel` adds the third, which may be refused beside them.
        """
        snake: dict[str, JsonValue] = {"permanent": self.window is None}
        extra: dict[str, JsonValue] = {}
        if self.window is not None:
            start, end = map(to_seconds, self.window)
            snake |= {"effective_time": start, "expired_time": end}
            extra = {"effectiveTime": start, "expiredTime": end} if camel else {}
        return {**snake, **extra, "schedule": snake}
