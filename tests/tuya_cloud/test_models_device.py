"""Devices, descriptions and people become models."""

from datetime import UTC, datetime
from typing import Any

import pytest

from custom_components.tuya_lock_manager.tuya_cloud import (
    Device,
    Member,
    Specification,
    UnlockMethod,
)

type Json = dict[str, Any]


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
    snake = Device.from_json(
        {"id": "x", "is_online": True, "custom_name": "", "name": "L"}
    )
    assert (snake.name, snake.online, snake.status) == ("L", True, {})
    bare = Device.from_json({"id": "x"})
    assert (bare.name, bare.category, bare.model, bare.uuid) == ("", "", "", "")
    assert (bare.online, bare.sub, bare.gateway_id) == (None, None, None)


@pytest.mark.parametrize(
    "code", ["unlock_offline_pd", "temporary_password_creat", "remote_no_pd_setkey"]
)
def test_digits_in_the_status_are_left_behind(code: str) -> None:
    """The data point is there, its value is not."""
    data: Json = {"id": "x", "status": [{"code": code, "value": "AQE1234567="}]}
    assert Device.from_json(data).status == {code: None}


def test_specification() -> None:
    """Ranges come as JSON in a text, or not at all; either list may be missing."""
    specification = Specification.from_json(
        {
            "category": "jtmspro",
            "functions": [
                {
                    "code": "beep",
                    "type": "Enum",
                    "values": '{"range":["mute"]}',
                    "dp_id": 31,
                },
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
