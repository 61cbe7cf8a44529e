"""Template temporary passwords: the same codes by another door."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self, override

from ..json import JsonValue
from .delivery import DeliveryStatus, read_delivery
from .online_password import PasswordRequest
from .reader import Reader

# The channel "by way of the cloud". The other, 1, is the one of the document's own
# sample, and may change the record only, while the lock keeps the code.
_BY_CLOUD = 2


class TemplateState(StrEnum):
    """Which template passwords a list is to have."""

    VALID = "valid"
    INVALID = "invalid"
    ALL = "all"

    @property
    def data_type(self) -> str:
        """Tuya's number for it."""
        return str(tuple(TemplateState).index(self))


class TemplateOperation(StrEnum):
    """What was done last with a template password."""

    ADD = "add"
    MODIFY = "modify"
    DELETE = "delete"


# What lists call a one-time offline code.
_ONCE = "once"


def channel(*, behind_gateway: bool) -> dict[str, JsonValue]:
    """Return the fields that make a change reach the lock and not only the record.

    The document's table writes `dp_tunnel`, its sample `dpTunnel`, so both are sent:
    the cloud takes the one it knows. `bluetooth_symbolic` is for Bluetooth locks behind
    a gateway alone.
    """
    fields: dict[str, JsonValue] = {"dp_tunnel": _BY_CLOUD, "dpTunnel": _BY_CLOUD}
    if behind_gateway:
        fields |= {"bluetooth_symbolic": True, "bluetoothSymbolic": True}
    return fields


@dataclass(frozen=True, slots=True)
class TemplateRequest(PasswordRequest):
    """A template password to be made.

    `behind_gateway` is for a Bluetooth lock with a gateway. `check_name` has the cloud
    refuse a name that another password has.
    """

    behind_gateway: bool = False
    check_name: bool = False

    @override
    def to_json(self, *, ticket_id: str, encrypted: str) -> dict[str, JsonValue]:
        """Return the body; times in seconds."""
        return {
            **PasswordRequest.to_json(self, ticket_id=ticket_id, encrypted=encrypted),
            **channel(behind_gateway=self.behind_gateway),
            "check_name": self.check_name,
        }


@dataclass(frozen=True, slots=True)
class TemplatePassword:
    """A template password as the cloud knows it, without its digits and phone number.

    `type_code` is `temp` for one that was sent to the lock, `once` for a one-time offline
    code. What only the detail tells is None or empty in a list; a negative slot stands
    for none yet. `on_lock` is whether the lock has confirmed it.
    """

    id: str
    name: str
    type_code: str
    one_time: bool | None
    created: datetime | None
    start: datetime | None
    end: datetime | None
    operation: TemplateOperation | None
    delivery: DeliveryStatus | None
    slot: int | None
    on_lock: bool | None
    device_ids: tuple[str, ...]
    schedule_raw: tuple[Mapping[str, JsonValue], ...]

    @property
    def is_offline(self) -> bool:
        """Return whether it is an offline code, which was never sent to the lock."""
        return self.type_code == _ONCE

    @classmethod
    def from_json(cls, data: JsonValue) -> Self:
        """Read an entry of the list, or a detail.

        Raises:
            MalformedResponseError: no object, no id, or a wrong type.
        """
        fields = Reader(data, "template password")
        kind = fields.number("pwd_type")
        return cls(
            id=fields.required_text("pwd_id"),
            name=fields.text("name"),
            type_code=fields.text("pwd_type_code"),
            one_time=None if kind is None else kind == 1,
            created=fields.moment("gmt_create"),
            start=fields.moment("effective_time"),
            end=fields.moment("expired_time", "invalid_time"),
            operation=_operation(fields.text("operate")),
            delivery=read_delivery(fields.value("delivery_status")),
            slot=fields.number("sn"),
            on_lock=fields.flag("dev_ack"),
            device_ids=tuple(
                Reader({"id": entry}, "template password").text("id")
                for entry in fields.items("dev_id_list")
            ),
            schedule_raw=tuple(
                Reader(block, "schedule").data
                for block in fields.items("schedule_details")
            ),
        )


def _operation(word: str) -> TemplateOperation | None:
    """Return what a word of the detail says; None for an unknown one, and in lists."""
    return next((each for each in TemplateOperation if each == word.lower()), None)
