"""Template passwords become models."""

from datetime import UTC, datetime
from typing import Any

import pytest

from custom_components.tuya_lock_manager.tuya_cloud import (
    DeliveryStatus,
    TemplateOperation,
    TemplatePassword,
)

type Json = dict[str, Any]

ENTRY: Json = {
    "pwd_id": 12345,
    "name": "guest",
    "password": "4266733256",
    "pwd_type": 0,
    "pwd_type_code": "temp",
    "msg_id": 7,
    "gmt_create": 1700000000000,
    "effective_time": 1700003600000,
    "expired_time": 1700007200000,
    "phone": "49-1701234567",
}


def moment(seconds: int) -> datetime:
    """Return a point in time."""
    return datetime.fromtimestamp(seconds, UTC)


def test_entry() -> None:
    """An entry of the list, whose digits and phone number are left behind."""
    password = TemplatePassword.from_json(ENTRY)
    assert password == TemplatePassword(
        id="12345",
        name="guest",
        type_code="temp",
        one_time=False,
        created=moment(1700000000),
        start=moment(1700003600),
        end=moment(1700007200),
        operation=None,
        delivery=None,
        slot=None,
        on_lock=None,
        device_ids=(),
        schedule_raw=(),
    )
    assert "4266733256" not in repr(password)
    assert "1701234567" not in repr(password)


def test_detail() -> None:
    """The detail tells what became of it."""
    block = {"effective_time": 450, "invalid_time": 720, "working_day": 38}
    password = TemplatePassword.from_json(
        ENTRY
        | {
            "pwd_type": "1",
            "operate": "DELETE",
            "delivery_status": "FAILED",
            "sn": -1,
            "dev_ack": False,
            "dev_id_list": ["eb1", 2],
            "dev_name_list": ["Door"],
            "schedule_details": [block],
        }
    )
    assert (password.one_time, password.operation) == (True, TemplateOperation.DELETE)
    assert (password.delivery, password.slot) == (DeliveryStatus.FAILED, -1)
    assert (password.on_lock, password.device_ids) == (False, ("eb1", "2"))
    assert password.schedule_raw == (block,)


@pytest.mark.parametrize("name", ["expired_time", "invalid_time"])
def test_end(name: str) -> None:
    """The end has two names, and seconds will do."""
    bare = TemplatePassword.from_json({"pwd_id": "1", name: 1700007200})
    assert (bare.end, bare.start, bare.one_time) == (moment(1700007200), None, None)
    assert bare.type_code == ""
