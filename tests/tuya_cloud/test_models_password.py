"""Requests for passwords and answers about them."""

from datetime import UTC, datetime, time, timedelta
import json
from typing import Any

import pytest

from custom_components.tuya_lock_manager.tuya_cloud import (
    DeliveryStatus,
    DynamicPassword,
    MalformedResponseError,
    OfflineListing,
    OfflinePassword,
    OfflineRequest,
    OfflineType,
    OnlinePassword,
    PasswordRequest,
    ScheduleBlock,
)

type Json = dict[str, Any]

NOON = datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)  # 1700000000


def test_online_password() -> None:
    """Every field is read; the digits are not, even if they came."""
    password = OnlinePassword.from_json(
        {
            "id": 1000002,
            "name": "code-2",
            "phase": "12",
            "effective_time": 1700000000,
            "invalid_time": 1700000000123,
            "sn": -1,
            "type": 1,
            "delivery_status": 1,
            "time_zone": "Europe/Amsterdam",
            "schedule_list": [{"effective_time": 1100, "working_day": 124}],
            "password": "1234567",
            "phone": "123",
        }
    )
    assert password == OnlinePassword(
        id="1000002",
        name="code-2",
        phase=12,
        delivery=DeliveryStatus.ONGOING,
        start=NOON,
        end=NOON + timedelta(milliseconds=123),
        one_time=True,
        slot=-1,
        time_zone="Europe/Amsterdam",
        schedule_raw=({"effective_time": 1100, "working_day": 124},),
    )


@pytest.mark.parametrize(
    ("value", "delivery"),
    [
        (1, DeliveryStatus.ONGOING),
        ("2", DeliveryStatus.SUCCESS),
        (3, DeliveryStatus.FAILED),
        (4, DeliveryStatus.DUPLICATE),
        (5, DeliveryStatus.FULL),
        (6, DeliveryStatus.OVERLAP),
        (7, DeliveryStatus.UNKNOWN),
        ("ONGOING", DeliveryStatus.ONGOING),
        ("success", DeliveryStatus.SUCCESS),
        ("FAILED", DeliveryStatus.FAILED),
        ("LATER", DeliveryStatus.UNKNOWN),
        ([], DeliveryStatus.UNKNOWN),
        ("", None),
        (None, None),
    ],
)
def test_delivery(value: Any, delivery: DeliveryStatus | None) -> None:
    """Both forms of the delivery status are understood; a new one is unknown."""
    data = {"id": 1, "effective_time": 1, "invalid_time": 2, "delivery_status": value}
    password = OnlinePassword.from_json(data)
    assert password.delivery == delivery
    assert (password.one_time, password.slot, password.phase) == (None, None, None)


def test_equal_is_not_the_same() -> None:
    """An entry that was read already is not mixed up with one that only equals it."""
    entry: Json = {
        "id": 1000002,
        "name": "code-2",
        "phase": 1,
        "effective_time": 1700000000,
        "invalid_time": 1700000060,
        "sn": 1,
        "type": 1,
        "delivery_status": 1,
        "time_zone": "",
    }
    known = OnlinePassword.from_json(entry)
    assert OnlinePassword.from_json(dict(entry)) is known
    assert OnlinePassword.from_json({**entry, "name": "code-3"}).name == "code-3"
    assert OnlinePassword.from_json({**entry, "sn": 1.0}) == known
    for name in ("phase", "sn", "type"):
        assert {**entry, name: True} == entry
        with pytest.raises(MalformedResponseError):
            OnlinePassword.from_json({**entry, name: True})


def test_password_request() -> None:
    """The body is the one of the reference, in seconds and minutes."""
    request = PasswordRequest(
        name="cleaner",
        digits="1234567",
        start=NOON,
        end=NOON + timedelta(days=1, milliseconds=999),
        digits_length=7,
        time_zone="Europe/Berlin",
        schedule=(ScheduleBlock(time(7, 30), time(23, 59), frozenset({0, 1, 4})),),
    )
    body = request.to_json(ticket_id="simTkt01", encrypted="e")
    schedule = body.pop("schedule_list")
    assert json.dumps(body, separators=(",", ":")) == (
        '{"name":"cleaner","password":"e","password_type":"ticket",'
        '"ticket_id":"simTkt01","effective_time":1700000000,"invalid_time":1700086400,'
        '"type":0,"time_zone":"Europe/Berlin"}'
    )
    # The documented example: Monday, Tuesday and Friday are 38, 07:30 is 450.
    assert schedule == [
        {"effective_time": 450, "invalid_time": 1439, "working_day": 38}
    ]


@pytest.mark.parametrize(
    ("weekday", "bit"), [(6, 1), (0, 2), (1, 4), (2, 8), (3, 16), (4, 32), (5, 64)]
)
def test_weekdays(weekday: int, bit: int) -> None:
    """Sunday is 1, Saturday 64."""
    block = ScheduleBlock(time(0), time(1), frozenset({weekday}))
    assert block.to_json()["working_day"] == bit


def test_one_time_request() -> None:
    """A code for one use says so, and what is not asked is not sent."""
    request = PasswordRequest(
        "x", "123456", NOON, NOON + timedelta(1), 6, one_time=True
    )
    body = request.to_json(ticket_id="t", encrypted="e")
    assert body["type"] == 1
    assert {"time_zone", "schedule_list", "phone", "all_day"}.isdisjoint(body)


def test_offline_requests() -> None:
    """Only what belongs to the type is sent."""
    start = datetime(2023, 11, 14, 22, tzinfo=UTC)
    assert OfflineRequest(
        OfflineType.MULTIPLE, "guest", start, start + timedelta(hours=1)
    ).to_json() == {
        "type": "multiple",
        "name": "guest",
        "effective_time": 1699999200,
        "invalid_time": 1700002800,
    }
    assert OfflineRequest(OfflineType.ONCE).to_json() == {"type": "once"}
    clear = OfflineRequest(OfflineType.CLEAR_ONE, "c", password_id="7")
    assert clear.to_json() == {"type": "clear_one", "name": "c", "password_id": "7"}


def test_offline_password() -> None:
    """The answer has the digits, and hides them."""
    answer: Json = {
        "offline_temp_password_id": "697404212",
        "offline_temp_password": "0266733256",
        "offline_temp_password_name": "one-time password",
        "effective_time": 1700000000,
        "invalid_time": "1700021600",
    }
    password = OfflinePassword.from_json(answer)
    assert (password.id, password.name) == ("697404212", "one-time password")
    assert (password.start, password.end) == (NOON, NOON + timedelta(hours=6))
    assert password.code == "0266733256"
    assert "0266733256" not in repr(password)
    bare: Json = {"offline_temp_password_id": 7, "offline_temp_password": "1"}
    assert OfflinePassword.from_json(bare).start is None


def test_offline_listing() -> None:
    """Both known spellings; the digits are left behind."""
    first = OfflineListing.from_json(
        {
            "gmt_create": 1700000000,
            "gmt_expired": "1700003600",
            "gmt_start": "1700000000",
            "has_clear_pwd": False,
            "opt_uid": "u",
            "pwd": "0000960001",
            "pwd_id": "699104112",
            "pwd_name": "time-limited password",
            "pwd_type_code": "multiple",
            "revoked_pwd_name": "",
            "status": 1,
        }
    )
    assert first == OfflineListing(
        id="699104112",
        type=OfflineType.MULTIPLE,
        name="time-limited password",
        start=NOON,
        end=NOON + timedelta(hours=1),
        status=1,
        has_clear_code=False,
        revoked_id=None,
        revoked_name=None,
        created=NOON,
    )
    second = OfflineListing.from_json(
        {
            "password_id": 7,
            "pwd_type_code": "clear_one",
            "name": "clearing code",
            "effective_time": 1700000000000,
            "expired_time": 1700003600000,
            "revoked_pwd_id": 8,
            "revoked_pwd_name": "guest",
            "revoked_pwd_effective_time": "1700000000",
            "revoked_pwd_invalid_time": "1700007200",
        }
    )
    assert (second.id, second.name, second.type) == ("7", "clearing code", "clear_one")
    assert (second.start, second.end) == (NOON, NOON + timedelta(hours=1))
    assert (second.revoked_id, second.revoked_name) == ("8", "guest")
    assert second.revoked_start == NOON
    assert second.revoked_end == NOON + timedelta(hours=2)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("once", OfflineType.ONCE),
        ("clear_all", OfflineType.CLEAR_ALL),
        (0, OfflineType.MULTIPLE),
        ("1", OfflineType.ONCE),
        (8, OfflineType.CLEAR_ONE),
        (9, OfflineType.CLEAR_ALL),
        ("temp", None),
        (None, None),
    ],
)
def test_offline_types(code: Any, kind: OfflineType | None) -> None:
    """Words and numbers are understood; an unknown type is none."""
    assert OfflineListing.from_json({"pwd_id": 1, "pwd_type_code": code}).type is kind


def test_dynamic_password() -> None:
    """Five minutes from the answer."""
    password = DynamicPassword.from_json({"dynamic_password": "02345678"}, now=NOON)
    assert (password.start, password.end) == (NOON, NOON + timedelta(minutes=5))
    assert password.code == "02345678"
    assert "02345678" not in repr(password)
