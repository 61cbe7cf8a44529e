"""What happened at a lock: openings and alarms."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from ..json import JsonValue, dump_text
from .reader import Reader, listed
from .secrecy import may_hold_digits

# The id of nobody.
_NOBODY = "0"


def _read_events(fields: Reader) -> Sequence[tuple[str, str]]:
    """Return the (code, value) pairs of a record.

    `/records` writes `dps`, a list of objects with one code each. The older logs write
    `status`: the document's table says a list of `{code, value}`, its sample one object.
    """
    if fields.value("status") is None:
        return [
            (code, _as_text(code, value))
            for entry in fields.items("dps")
            for code, value in Reader(entry, "data point").data.items()
        ]
    status = fields.value("status")
    readers = [
        Reader(entry, "status")
        for entry in (status if isinstance(status, list) else [status])
    ]
    return [
        (code, _as_text(code, reader.value("value")))
        for reader in readers
        for code in (reader.required_text("code"),)
    ]


def _as_text(code: str, value: JsonValue) -> str:
    if value is None or may_hold_digits(code):
        return ""
    return value if isinstance(value, str) else dump_text(value)


def _pick(events: Sequence[tuple[str, str]], *, is_alarm: bool) -> tuple[str, str]:
    """Return the event that the record is about: an opening, or what is not one."""
    fitting = (
        event for event in events if event[0].startswith("unlock_") is not is_alarm
    )
    return next(fitting, events[0] if events else ("", ""))


@dataclass(frozen=True, slots=True)
class LockRecord:
    """An opening or an alarm.

    `user_id` is None where nobody is named, for which the wire writes "0".
    `value` is a slot number, a base64 text with one, or a word; it depends on `code`. It
    is empty where it may hold digits, as those of offline codes do. `attachable` tells
    whether a member can be named for it, where the cloud says so.
    """

    id: str | None
    time: datetime
    code: str
    value: str
    is_alarm: bool
    user_id: str | None
    user_name: str | None
    method_name: str | None
    attachable: bool | None = None

    @classmethod
    def from_json(cls, data: JsonValue, *, is_alarm: bool = False) -> Self:
        """Read an entry of `/records`, or of the older opening and alarm logs.

        `is_alarm` says which of the older logs it is; an entry that says so itself wins.

        Raises:
            MalformedResponseError: no object, no time, or a wrong type.
        """
        fields = Reader(data, "record")
        kind = fields.text("record_type")
        is_alarm = kind == "alarm" if kind else is_alarm
        code, value = _pick(_read_events(fields), is_alarm=is_alarm)
        user_id = fields.optional_text("user_id")
        return cls(
            id=fields.optional_text("record_id"),
            time=fields.required_moment("gmt_create", "update_time"),
            code=code,
            value=value,
            is_alarm=is_alarm,
            user_id=None if user_id == _NOBODY else user_id,
            user_name=fields.optional_text("user_name", "nick_name"),
            method_name=fields.optional_text("unlock_name"),
            attachable=fields.flag("member_bindable_flag"),
        )


@dataclass(frozen=True, slots=True)
class RecordPage:
    """One page of records. `unread_count` is Tuya's own; it may count all records."""

    records: tuple[LockRecord, ...]
    total: int | None
    has_more: bool
    unread_count: int | None

    def only(self, codes: Collection[str]) -> Self:
        """Return the page without the records of other codes; the counts stay."""
        kept = tuple(record for record in self.records if record.code in codes)
        return replace(self, records=kept)

    @classmethod
    def from_json(
        cls,
        data: JsonValue,
        *,
        is_alarm: bool = False,
        page: int = 1,
        page_size: int = 50,
    ) -> Self:
        """Read a page; where it does not say whether there is more, `total` tells.

        Raises:
            MalformedResponseError: no object, no list, or a wrong type.
        """
        fields = Reader(data, "records")
        records = tuple(
            LockRecord.from_json(entry, is_alarm=is_alarm)
            for entry in listed(data, "records", "records", "logs")
        )
        total = fields.number("total")
        has_more = fields.flag("has_more")
        if has_more is None:
            seen = page * page_size
            has_more = len(records) >= page_size if total is None else seen < total
        return cls(records, total, has_more, fields.number("unread_count"))
