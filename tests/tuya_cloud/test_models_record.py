"""Openings and alarms become models."""

from datetime import UTC, datetime
from typing import Any

import pytest

from custom_components.tuya_lock_manager.tuya_cloud import LockRecord, RecordPage

type Json = dict[str, Any]

NOON = datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)  # 1700000000


def test_record() -> None:
    """An entry of `/records`."""
    record = LockRecord.from_json(
        {
            "record_id": 156707,
            "record_type": "normal",
            "gmt_create": 1700000000000,
            "dps": [{"hijack": True}, {"unlock_fingerprint": "4"}],
            "user_id": "u1",
            "user_name": "Ann",
            "unlock_name": "thumb",
        }
    )
    assert record == LockRecord(
        id="156707",
        time=NOON,
        code="unlock_fingerprint",
        value="4",
        is_alarm=False,
        user_id="u1",
        user_name="Ann",
        method_name="thumb",
    )


@pytest.mark.parametrize("user_id", ["0", 0, "", None])
def test_a_record_of_nobody(user_id: object) -> None:
    """The wire writes a zero where nobody is named."""
    entry: Json = {"gmt_create": 1700000000000, "dps": [{"unlock_card": 1}]}
    assert LockRecord.from_json(entry | {"user_id": user_id}).user_id is None
    assert LockRecord.from_json(entry | {"user_id": 10}).user_id == "10"


@pytest.mark.parametrize(
    ("entry", "event"),
    [
        ({"dps": [{"unlock_card": 1}, {"hijack": True}]}, ("hijack", "true")),
        ({"dps": [{"alarm_lock": "pry"}]}, ("alarm_lock", "pry")),
        ({"dps": [{"unlock_card": 1}]}, ("unlock_card", "1")),
        ({"dps": []}, ("", "")),
        ({}, ("", "")),
        ({"status": {"code": "hijack", "value": None}}, ("hijack", "")),
        (
            {"status": [{"code": "doorbell", "value": {"a": 1}}]},
            ("doorbell", '{"a":1}'),
        ),
    ],
)
def test_alarm(entry: dict[str, Any], event: tuple[str, str]) -> None:
    """An alarm is about what is no opening, if there is such a thing."""
    alarm: Json = {"record_type": "alarm", "gmt_create": 1700000000} | entry
    record = LockRecord.from_json(alarm)
    assert (record.code, record.value) == event
    assert record.is_alarm


@pytest.mark.parametrize(("flag", "attachable"), [(1, True), (0, False), (None, None)])
def test_attachable(flag: int | None, attachable: bool | None) -> None:
    """Whether a member can be named for an opening, where it is told."""
    entry: Json = {"gmt_create": 1, "member_bindable_flag": flag}
    assert LockRecord.from_json(entry).attachable is attachable


@pytest.mark.parametrize(
    "code", ["unlock_offline_pd", "unlock_offline_clear", "unlock_offline_clear_single"]
)
def test_digits_of_offline_codes_are_left_behind(code: str) -> None:
    """What was typed at the lock is in no record, in whatever form it came."""
    digits = "4266733256"
    entry: Json = {"gmt_create": 1, "dps": [{code: digits}]}
    older: Json = {"update_time": 1, "status": {"code": code, "value": digits}}
    for record in (LockRecord.from_json(entry), LockRecord.from_json(older)):
        assert (record.code, record.value) == (code, "")


def test_older_logs() -> None:
    """An entry of the older logs, whose status is an object or a list of one."""
    entry: dict[str, Any] = {
        "update_time": 1700000000000,
        "user_id": "",
        "nick_name": "Ann",
        "status": {"code": "unlock_temporary_kit", "value": "AAAABQAA"},
    }
    record = LockRecord.from_json(entry)
    assert (record.code, record.value) == ("unlock_temporary_kit", "AAAABQAA")
    assert (record.id, record.user_id, record.user_name) == (None, None, "Ann")
    assert not record.is_alarm
    assert LockRecord.from_json(entry | {"status": [entry["status"]]}) == record
    assert LockRecord.from_json(entry, is_alarm=True).is_alarm


@pytest.mark.parametrize(
    ("fields", "page", "page_size", "has_more"),
    [
        ({"has_more": True}, 1, 50, True),
        ({"has_more": False, "total": 99}, 1, 1, False),
        ({"total": 3}, 1, 2, True),
        ({"total": 3}, 2, 2, False),
        ({"total": 4}, 2, 2, False),
        ({}, 1, 1, True),
        ({}, 1, 2, False),
    ],
)
def test_more_records(
    fields: dict[str, Any], page: int, page_size: int, has_more: bool
) -> None:
    """Whether there is more is told, or follows from the total, or from the page."""
    data: Json = {"records": [{"gmt_create": 1}]} | fields
    result = RecordPage.from_json(data, page=page, page_size=page_size)
    assert result.has_more is has_more


def test_record_page() -> None:
    """Counts may be texts; the older log calls its list otherwise."""
    data: Json = {"logs": [{"update_time": 1}], "total": "43", "unread_count": "10"}
    page = RecordPage.from_json(data, is_alarm=True)
    assert (page.total, page.unread_count, len(page.records)) == (43, 10, 1)
    assert page.records[0].is_alarm
