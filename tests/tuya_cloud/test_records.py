"""Openings and alarms."""

from datetime import UTC, datetime, timedelta

import pytest

from custom_components.tuya_lock_manager.tuya_cloud import (
    CallKind,
    InvalidRequestError,
    TuyaLockClient,
    UnsupportedError,
)
from custom_components.tuya_lock_manager.tuya_cloud.models.record_query import (
    RECORD_CODES,
)

from .fake_cloud import FakeCloud, ok, refusal

DEVICE = "vdevo000000000000000001"
RECORDS = f"/v1.0/devices/{DEVICE}/door-lock/records"
OPEN_LOGS = f"/v1.0/devices/{DEVICE}/door-lock/open-logs"
OPEN_LOGS_MS = f"/v1.1/devices/{DEVICE}/door-lock/open-logs"
ALARM_LOGS = f"/v1.0/devices/{DEVICE}/door-lock/alarm-logs"
ALARM_LOGS_MS = f"/v1.1/devices/{DEVICE}/door-lock/alarm-logs"
START = datetime(2023, 11, 14, 22, 13, 20, 999, tzinfo=UTC)  # 1700000000
END = START + timedelta(days=1, microseconds=998001)


async def test_records(
    client: TuyaLockClient, cloud: FakeCloud, counted: list[CallKind]
) -> None:
    """Both spellings are sent, times in milliseconds, the codes that are demanded."""
    record = {"gmt_create": 1700000000000, "dps": [{"unlock_card": "1"}]}
    result = {"total": 43, "has_more": True, "unread_count": 10, "records": [record]}
    cloud.on("GET", RECORDS, ok(result))
    page = await client.list_records(DEVICE, start=START, end=END, page=2, page_size=20)
    assert (page.total, page.has_more, page.unread_count) == (43, True, 10)
    assert [entry.code for entry in page.records] == ["unlock_card"]
    codes = ",".join(RECORD_CODES)
    assert cloud.calls[0].query == {
        "endTime": "1700086400999",
        "end_time": "1700086400999",
        "pageNo": "2",
        "pageSize": "20",
        "page_no": "2",
        "page_size": "20",
        "startTime": "1700000000000",
        "start_time": "1700000000000",
        "targetStandardDpCodes": codes,
        "target_standard_dp_codes": codes,
    }
    assert counted == [CallKind.TOKEN, CallKind.RECORDS]


async def test_record_codes(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """The codes may be chosen; by default openings and alarms of all kinds."""
    cloud.on("GET", RECORDS, ok({"records": []}))
    await client.list_records(
        DEVICE, start=START, end=END, codes=["hijack", "doorbell"]
    )
    assert "target_standard_dp_codes=hijack,doorbell" in cloud.calls[0].raw_path
    assert {"alarm_lock", "hijack", "unlock_fingerprint_kit"} < set(RECORD_CODES)
    assert len(set(RECORD_CODES)) == len(RECORD_CODES)


async def test_records_not_supported(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """A lock without records answers that something is empty although nothing is."""
    cloud.on("GET", RECORDS, refusal(1100, "param is empty"), refusal(1109))
    with pytest.raises(UnsupportedError) as caught:
        await client.list_records(DEVICE, start=START, end=END)
    assert (caught.value.code, caught.value.message) == (1100, "param is empty")
    assert caught.value.tid == "tid0"
    with pytest.raises(InvalidRequestError):
        await client.list_records(DEVICE, start=START, end=END)


async def test_open_logs(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """The newer version counts in milliseconds."""
    entry = {"update_time": 1, "status": {"code": "unlock_card", "value": "1"}}
    cloud.on("GET", OPEN_LOGS_MS, ok({"total": 3, "logs": [entry, entry]}))
    page = await client.list_open_logs(DEVICE, start=START, end=END, page_size=2)
    assert page.has_more
    assert not page.records[0].is_alarm
    assert cloud.calls[0].raw_path == (
        f"{OPEN_LOGS_MS}?end_time=1700086400999&page_no=1&page_size=2"
        "&start_time=1700000000000"
    )


async def test_older_open_logs(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """The older version counts in seconds."""
    cloud.on("GET", OPEN_LOGS, ok({"total": 0, "logs": []}))
    page = await client.list_open_logs(DEVICE, start=START, end=END)
    assert not page.has_more
    assert cloud.calls[1].raw_path == (
        f"{OPEN_LOGS}?end_time=1700086400&page_no=1&page_size=50&start_time=1700000000"
    )


async def test_alarm_logs(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """Alarms, by whichever version there is."""
    entry = {"update_time": 1543297979, "status": {"code": "hijack", "value": "x"}}
    cloud.on("GET", ALARM_LOGS, ok({"total": 1, "records": [entry]}))
    page = await client.list_alarm_logs(DEVICE, page_size=10)
    assert page.records[0].is_alarm
    assert page.records[0].time.year == 2018
    assert [call.path for call in cloud.calls] == [ALARM_LOGS_MS, ALARM_LOGS]
    assert cloud.calls[1].query == {
        "codes": "hijack,alarm_lock,doorbell",
        "dp_codes": "hijack,alarm_lock,doorbell",
        "page_no": "1",
        "page_size": "10",
    }


async def test_no_logs(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """A lock without logs says so."""
    cloud.on("GET", OPEN_LOGS_MS, refusal(1100))
    with pytest.raises(UnsupportedError):
        await client.list_open_logs(DEVICE, start=START, end=END)
    with pytest.raises(UnsupportedError):
        await client.list_alarm_logs(DEVICE)


async def test_chosen_logs(client: TuyaLockClient, cloud: FakeCloud) -> None:
    """Openings are chosen here, alarms by the cloud."""
    entries = [
        {"update_time": 1, "status": {"code": code, "value": "1"}}
        for code in ("unlock_card", "unlock_face", "unlock_card")
    ]
    cloud.on("GET", OPEN_LOGS_MS, ok({"total": 5, "logs": entries}))
    page = await client.list_open_logs(
        DEVICE, start=START, end=END, page_size=3, codes={"unlock_face"}
    )
    assert [record.code for record in page.records] == ["unlock_face"]
    assert (page.total, page.has_more) == (5, True)
    none = await client.list_open_logs(DEVICE, start=START, end=END, codes=())
    assert none.records == ()
    cloud.on("GET", ALARM_LOGS_MS, ok({"records": []}))
    await client.list_alarm_logs(DEVICE, codes=["hijack", "doorbell"])
    query = cloud.calls[-1].query
    assert query["codes"] == query["dp_codes"] == "hijack,doorbell"


async def test_attach(
    client: TuyaLockClient, cloud: FakeCloud, counted: list[CallKind]
) -> None:
    """A record gets its member."""
    cloud.on("POST", f"{RECORDS}/156707A/actions/allocate", ok())
    await client.attach_record(DEVICE, "156707A", "u1")
    assert cloud.calls[0].json == {"user_id": "u1"}
    assert counted == [CallKind.TOKEN, CallKind.CHANGE]
