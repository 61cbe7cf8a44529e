"""Answers become models: what is tolerated, and what is not."""

from datetime import UTC, datetime, time, timedelta
import json
from typing import Any

import pytest

from custom_components.tuya_lock_manager.tuya_cloud import (
    DeliveryStatus,
    Device,
    DynamicPassword,
    LockRecord,
    MalformedResponseError,
    Member,
    OfflineListing,
    OfflinePassword,
    OfflineRequest,
    OfflineType,
    OnlinePassword,
    PasswordRequest,
    RecordPage,
    RemoteUnlock,
    ScheduleBlock,
    Specification,
    UnlockMethod,
)
from custom_components.tuya_lock_manager.tuya_cloud.models.reader import Reader

NOON = datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)  # 1700000000


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        (1700000000, NOON),
        ("1700000000", NOON),
        (1700000000.0, NOON),
        (1700000000123, NOON + timedelta(milliseconds=123)),
        ("1700000000123", NOON + timedelta(milliseconds=123)),
        (10**12, datetime(2001, 9, 9, 1, 46, 40, tzinfo=UTC)),
        (0, None),
        ("", None),
        (None, None),
    ],
)
def test_times(value: Any, moment: datetime | None) -> None:
    """Seconds and milliseconds are told apart; nothing and 0 mean none."""
    assert Reader.of({"at": value}, "x").moment("at") == moment


@pytest.mark.parametrize(
    "value",
    [10**12 - 1, 10**17, -(10**15), 1.5, "soon", "1e9", "١٧", True, [], {}, "9" * 21],
)
def test_bad_times(value: Any) -> None:
    """What is no point in time is malformed."""
    with pytest.raises(MalformedResponseError, match="x: at has a wrong type"):
        Reader.of({"at": value}, "x").moment("at")


@pytest.mark.parametrize(
    ("value", "number"), [(7, 7), ("7", 7), (-1, -1), ("-1", -1), (7.0, 7), ("", None)]
)
def test_numbers(value: Any, number: int | None) -> None:
    """Numbers may be written as texts."""
    assert Reader.of({"n": value}, "x").number("n") == number


@pytest.mark.parametrize(
    ("value", "flag"),
    [(True, True), (False, False), (1, True), ("0", False), ("TRUE", True), ("", None)],
)
def test_flags(value: Any, flag: bool | None) -> None:
    """Truth values may be written as numbers or texts."""
    assert Reader.of({"f": value}, "x").flag("f") is flag


@pytest.mark.parametrize("value", [2, -1, "yes", 1.0, [], {}])
def test_bad_flags(value: Any) -> None:
    """Anything else is malformed."""
    with pytest.raises(MalformedResponseError):
        Reader.of({"f": value}, "x").flag("f")


@pytest.mark.parametrize("value", [True, 1.5, [], {}])
def test_bad_texts(value: Any) -> None:
    """A text may be a whole number, nothing else."""
    assert Reader.of({"t": 12345678901234567890}, "x").text("t") == "12345678901234567890"
    with pytest.raises(MalformedResponseError):
        Reader.of({"t": value}, "x").text("t")


def test_device_snake_case() -> None:
    """The form of most lists."""
    device = Device.from_json(
        {
            "id": "eb1",
            "name": "Door",
            "category": "ms",
            "product_id": "u7zqabrt",
            "product_name": "Lock",
            "model": "M5XX",
            "online": True,
            "sub": True,
            "uuid": "0123",
            "owner_id": 10000001,
            "gateway_id": "eb2",
            "time_zone": "-07:00",
            "active_time": 1630883591,
            "update_time": 1630979905,
            "status": [
                {"code": "residual_electricity", "value": 100},
                {"code": "raw"},
                {"value": 1},
            ],
            "local_key": "secret",
        }
    )
    assert device == Device(
        id="eb1",
        name="Door",
        category="ms",
        product_id="u7zqabrt",
        product_name="Lock",
        model="M5XX",
        online=True,
        sub=True,
        uuid="0123",
        owner_id="10000001",
        gateway_id="eb2",
        time_zone="-07:00",
        active_time=datetime.fromtimestamp(1630883591, UTC),
        update_time=datetime.fromtimestamp(1630979905, UTC),
        status={"residual_electricity": 100, "raw": None},
    )
    assert "secret" not in repr(device)


def test_device_other_spellings() -> None:
    """The forms of the newer endpoints."""
    camel = Device.from_json(
        {
            "id": "eb1",
            "isOnline": False,
            "customName": "Mine",
            "name": "Lock",
            "productId": "p",
            "productName": "n",
            "timeZone": "+02:00",
            "activeTime": 1630883591,
            "updateTime": 1630979905,
        }
    )
    assert (camel.name, camel.online, camel.product_id) == ("Mine", False, "p")
    assert (camel.product_name, camel.time_zone) == ("n", "+02:00")
    assert camel.active_time == datetime.fromtimestamp(1630883591, UTC)
    assert camel.update_time == datetime.fromtimestamp(1630979905, UTC)
    snake = Device.from_json({"id": "x", "is_online": True, "custom_name": "", "name": "L"})
    assert (snake.name, snake.online, snake.status) == ("L", True, {})
    bare = Device.from_json({"id": "x"})
    assert (bare.name, bare.category, bare.model, bare.uuid) == ("", "", "", "")
    assert (bare.online, bare.sub, bare.gateway_id) == (None, None, None)


def test_specification() -> None:
    """Ranges come as JSON in a text, or not at all; either list may be missing."""
    specification = Specification.from_json(
        {
            "category": "jtmspro",
            "functions": [
                {"code": "beep", "type": "Enum", "values": '{"range":["mute"]}', "dp_id": 31},
                {"code": "raw", "type": "Raw", "values": ""},
            ],
            "status": [
                {"code": "beep", "values": {"min": 1}},
                {"code": "odd", "values": "[1]"},
                {"code": "none"},
            ],
        }
    )
    beep, raw = specification.functions
    assert (beep.code, beep.type, beep.dp_id) == ("beep", "Enum", 31)
    assert beep.values == {"range": ["mute"]}
    assert (raw.dp_id, raw.values) == (None, {})
    assert [point.values for point in specification.status] == [{"min": 1}, {}, {}]
    assert specification.codes() == {"beep", "raw", "odd", "none"}
    assert Specification.from_json({}).codes() == frozenset()


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
    request = PasswordRequest("x", "123456", NOON, NOON + timedelta(1), 6, one_time=True)
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
    answer = {
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
    bare = {"offline_temp_password_id": 7, "offline_temp_password": "1"}
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
        }
    )
    assert (second.id, second.name, second.type) == ("7", "clearing code", "clear_one")
    assert (second.start, second.end) == (NOON, NOON + timedelta(hours=1))
    assert (second.revoked_id, second.revoked_name) == ("8", "guest")


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


@pytest.mark.parametrize(
    ("entry", "event"),
    [
        ({"dps": [{"unlock_card": 1}, {"hijack": True}]}, ("hijack", "true")),
        ({"dps": [{"alarm_lock": "pry"}]}, ("alarm_lock", "pry")),
        ({"dps": [{"unlock_card": 1}]}, ("unlock_card", "1")),
        ({"dps": []}, ("", "")),
        ({}, ("", "")),
        ({"status": {"code": "hijack", "value": None}}, ("hijack", "")),
        ({"status": [{"code": "doorbell", "value": {"a": 1}}]}, ("doorbell", '{"a":1}')),
    ],
)
def test_alarm(entry: dict[str, Any], event: tuple[str, str]) -> None:
    """An alarm is about what is no opening, if there is such a thing."""
    alarm = {"record_type": "alarm", "gmt_create": 1700000000} | entry
    record = LockRecord.from_json(alarm)
    assert (record.code, record.value) == event
    assert record.is_alarm


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
    data = {"records": [{"gmt_create": 1}]} | fields
    result = RecordPage.from_json(data, page=page, page_size=page_size)
    assert result.has_more is has_more


def test_record_page() -> None:
    """Counts may be texts; the older log calls its list otherwise."""
    data = {"logs": [{"update_time": 1}], "total": "43", "unread_count": "10"}
    page = RecordPage.from_json(data, is_alarm=True)
    assert (page.total, page.unread_count, len(page.records)) == (43, 10, 1)
    assert page.records[0].is_alarm


def test_member() -> None:
    """The rich form, with methods."""
    member = Member.from_json(
        {
            "user_id": "0000004r2h",
            "uid": "ay15",
            "nick_name": "Ann",
            "user_type": 20,
            "effective_flag": 1,
            "user_contact": "49-1701234567",
            "unlock_detail": [
                {
                    "dp_code": "unlock_fingerprint",
                    "unlock_list": [
                        {"unlock_sn": 2, "unlock_name": "thumb", "unlock_attr": 1},
                        {"unlock_sn": "3", "unlock_attr": 0},
                        {"dp_code": "unlock_card"},
                    ],
                },
                {"dp_code": "unlock_face"},
            ],
        }
    )
    assert (member.user_id, member.uid, member.name) == ("0000004r2h", "ay15", "Ann")
    assert (member.user_type, member.effective) == (20, 1)
    assert member.methods == (
        UnlockMethod("unlock_fingerprint", 2, "thumb", True),
        UnlockMethod("unlock_fingerprint", 3, "", False),
        UnlockMethod("unlock_card", None, "", None),
    )
    assert "1701234567" not in repr(member)


@pytest.mark.parametrize(
    "read",
    [
        lambda: Device.from_json({"name": "no id"}),
        lambda: Device.from_json([]),
        lambda: Device.from_json({"id": "x", "status": {}}),
        lambda: Device.from_json({"id": "x", "status": ["on"]}),
        lambda: Specification.from_json({"functions": [{"type": "Raw"}]}),
        lambda: OnlinePassword.from_json({"id": 1, "effective_time": 1}),
        lambda: OnlinePassword.from_json({"effective_time": 1, "invalid_time": 2}),
        lambda: OfflinePassword.from_json({"offline_temp_password_id": 1}),
        lambda: OfflinePassword.from_json({"offline_temp_password": "1"}),
        lambda: OfflineListing.from_json({"pwd_name": "x"}),
        lambda: DynamicPassword.from_json({}, now=NOON),
        lambda: LockRecord.from_json({"record_id": 1}),
        lambda: LockRecord.from_json({"gmt_create": 1, "dps": [1]}),
        lambda: RecordPage.from_json({"total": 0}),
        lambda: RecordPage.from_json({"records": {}}),
        lambda: RecordPage.from_json([]),
        lambda: Member.from_json({"nick_name": "x"}),
        lambda: RemoteUnlock.from_json({"open": True}),
    ],
)
def test_missing_or_wrong(read: Any) -> None:
    """What cannot do without a field says so."""
    with pytest.raises(MalformedResponseError):
        read()


def test_errors_quote_no_value() -> None:
    """The error names the field, never what was in it."""
    with pytest.raises(MalformedResponseError) as caught:
        OfflinePassword.from_json(
            {"offline_temp_password_id": 1, "offline_temp_password": ["4266733256"]}
        )
    assert str(caught.value) == "offline password: offline_temp_password has a wrong type"
