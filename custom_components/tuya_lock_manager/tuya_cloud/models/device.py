"""A device as the cloud lists it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from sys import intern
from typing import Self

from ..json import JsonValue
from .reader import Reader
from .secrecy import may_hold_digits


def read_status(entries: Sequence[JsonValue]) -> dict[str, JsonValue]:
    """Return the values of data points by code, from a list of `{code, value}`.

    A data point that was never reported has no value, or an empty one. One without a
    code, which other kinds of devices have, says nothing. Values that may hold digits
    are left behind. Many devices have the same codes, so these are kept once.
    """
    readers = [Reader(entry, "status") for entry in entries]
    return {
        intern(code): None if may_hold_digits(code) else reader.value("value")
        for reader in readers
        if (code := reader.text("code"))
    }


@dataclass(frozen=True, slots=True)
class Device:
    """A device of the project, lock or not.

    Text fields are empty where the cloud says nothing. `time_zone` is the fixed
    offset that Tuya's devices report, such as "+08:00"; no schedule can be built on
    it. `sub` is true for gateways too, so it does not tell a gateway from its child.
    """

    id: str
    name: str
    category: str
    product_id: str
    product_name: str
    model: str
    online: bool | None
    sub: bool | None
    uuid: str
    owner_id: str
    gateway_id: str | None
    time_zone: str | None
    active_time: datetime | None
    update_time: datetime | None
    status: Mapping[str, JsonValue]

    @classmethod
    def from_json(cls, data: JsonValue) -> Self:
        """Read a device in any of the three spellings that the cloud uses.

        Raises:
            MalformedResponseError: no object, no id, or a field of a wrong type.
        """
        fields = Reader(data, "device")
        return cls(
            id=fields.required_text("id"),
            name=fields.text("custom_name", "customName") or fields.text("name"),
            category=fields.text("category"),
            product_id=fields.text("product_id", "productId"),
            product_name=fields.text("product_name", "productName"),
            model=fields.text("model"),
            online=fields.flag("online", "is_online", "isOnline"),
            sub=fields.flag("sub"),
            uuid=fields.text("uuid"),
            owner_id=fields.text("owner_id", "ownerId"),
            gateway_id=fields.optional_text("gateway_id", "gatewayId"),
            time_zone=fields.optional_text("time_zone", "timeZone"),
            active_time=fields.moment("active_time", "activeTime"),
            update_time=fields.moment("update_time", "updateTime"),
            status=read_status(fields.items("status")),
        )
