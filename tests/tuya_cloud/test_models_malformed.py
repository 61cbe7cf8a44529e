"""Answers that lack what cannot be done without."""

from datetime import UTC, datetime
from typing import Any

import pytest

from custom_components.tuya_lock_manager.tuya_cloud import (
    Device,
    DynamicPassword,
    LockRecord,
    MalformedResponseError,
    Member,
    MemberWindow,
    OfflineListing,
    OfflinePassword,
    OnlinePassword,
    RecordPage,
    RemoteUnlock,
    Specification,
    TemplatePassword,
    UnlockMethod,
    UnlockType,
)
from custom_components.tuya_lock_manager.tuya_cloud.models.unlock_method import (
    read_keys,
)

NOON = datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)  # 1700000000


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
        lambda: Member.from_json({"user_id": "x", "time_schedule_info": []}),
        lambda: Member.from_json({"user_id": "x", "user_contact": ["1"]}),
        lambda: MemberWindow.from_json({"schedule_details": [1]}),
        lambda: MemberWindow.from_json({"permanent": "perhaps"}),
        lambda: MemberWindow.from_json(None),
        lambda: UnlockMethod.from_json("1-2"),
        lambda: UnlockMethod.from_json({"hijack": "perhaps"}),
        lambda: read_keys({"keys": []}, UnlockType.CARD),
        lambda: read_keys({"unlock_keys": {}}, UnlockType.CARD),
        lambda: TemplatePassword.from_json({"name": "x"}),
        lambda: TemplatePassword.from_json({"pwd_id": 1, "dev_id_list": [{}]}),
        lambda: TemplatePassword.from_json({"pwd_id": 1, "schedule_details": [1]}),
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
    assert (
        str(caught.value) == "offline password: offline_temp_password has a wrong type"
    )
