"""Unlock records and alarms (protocol reference, section 4)."""

from ..errors import ApiError
from ..json_types import JsonObject, JsonValue, text
from ..locks.lock import Lock
from ..locks.records import Record
from ..routing import Call, Routes, required

ROUTES = Routes("records", lock=True)
DOOR = "/v1.0/devices/{device_id}/door-lock"
MS = 10**12


def count(lock: Lock, number: int) -> JsonValue:
    """Return a count as the switch `counts_as` wants it."""
    return str(number) if lock.switch("counts_as") == "strings" else number


def _open_logs(call: Call, unit: str) -> JsonValue:
    lock = call.lock
    start, end = call.query_number("start_time"), call.query_number("end_time")
    if not call.query.get("page_no") or not call.query.get("page_size"):
        raise ApiError(1100)
    number, size = call.page(most=100)
    if start > end:
        raise ApiError(1109)

    def seconds(value: int) -> float:
        milliseconds = value >= MS if unit == "either" else unit == "ms"
        return value / 1000 if milliseconds else value

    records = [
        r for r in lock.records.between(seconds(start), seconds(end)) if r.is_opening
    ]
    if lock.switch("open_logs_limit") == "100":
        records = records[:100]
    page = records[(number - 1) * size : number * size]
    return {
        "total": count(lock, len(records)),
        "logs": [_open_log(lock, record) for record in page],
    }


def _open_log(lock: Lock, record: Record) -> JsonObject:
    status: JsonObject = {"code": record.code, "value": record.text}
    return {
        "status": [status] if lock.switch("open_log_status") == "list" else status,
        "update_time": record.time * 1000,
        "unlock_name": record.unlock_name,
        "user_id": record.user_id,
        "nick_name": record.user_name,
    }


@ROUTES.on("GET", f"{DOOR}/open-logs")
def open_logs(call: Call) -> JsonValue:
    """List openings; whether the range is in seconds is a switch."""
    return _open_logs(call, call.lock.switch("open_logs_unit"))


@ROUTES.on("GET", "/v1.1/devices/{device_id}/door-lock/open-logs")
def open_logs_ms(call: Call) -> JsonValue:
    """List openings; the range is in milliseconds."""
    return _open_logs(call, "ms")


@ROUTES.on(
    "GET", f"{DOOR}/alarm-logs", "/v1.1/devices/{device_id}/door-lock/alarm-logs"
)
def alarm_logs(call: Call) -> JsonValue:
    """List alarms, duress and the bell, by their codes."""
    lock = call.lock
    number, size = call.page(most=100)
    given = call.query.get("codes") or call.query.get("dp_codes") or "alarm_lock"
    codes = {part for part in given.split(",") if part}
    if "alarm_lock" in codes:
        codes.add("lock_alarm_kit")
    records = [
        record for record in lock.records.between(None, None) if record.code in codes
    ]
    unit = 1000 if lock.switch("alarm_time_unit") == "ms" else 1
    page = records[(number - 1) * size : number * size]
    return {
        "total": count(lock, len(records)),
        "records": [
            {
                "status": {"code": record.code, "value": record.text},
                "update_time": record.time * unit,
                "nick_name": record.user_name,
            }
            for record in page
        ],
    }


SNAKE = ("target_standard_dp_codes", "start_time", "end_time", "page_no", "page_size")
CAMEL = ("targetStandardDpCodes", "startTime", "endTime", "pageNo", "pageSize")


def _parameters(call: Call) -> dict[str, str]:
    """Return the parameters of `/records` by their documented names.

    Raises:
        ApiError: 1100, paging is missing in the spelling that is understood.
    """
    spelling = call.lock.switch("records_parameters")
    understood: dict[str, str] = {}
    for snake, camel in zip(SNAKE, CAMEL, strict=True):
        value = ""
        if spelling != "camel":
            value = call.query.get(snake, "")
        if spelling != "snake":
            value = value or call.query.get(camel, "")
        understood[snake] = value
    if not understood["page_no"] or not understood["page_size"]:
        raise ApiError(1100)
    return understood


@ROUTES.on("GET", f"{DOOR}/records")
def records(call: Call) -> JsonValue:
    """List openings and alarms in one, with the number of unread ones."""
    lock = call.lock
    given = _parameters(call)
    call.query.update(given)
    number, size = call.page(most=100)
    start, end = call.query_number("start_time", 0), call.query_number("end_time", 0)
    codes = {part for part in given["target_standard_dp_codes"].split(",") if part}
    found = [
        record
        for record in lock.records.between(
            start / 1000 if start else None, end / 1000 or None
        )
        if not codes or record.code in codes
    ]
    unread = lock.records.unread(alarms_only=lock.switch("unread_counts") == "alarms")
    page = found[(number - 1) * size : number * size]
    shown = [_record(record) for record in page]
    if lock.switch("unread_reset") == "reset":
        for record in page:
            record.read = True
    return {
        "total": count(lock, len(found)),
        "total_pages": count(lock, -(-len(found) // size)),
        "has_more": number * size < len(found),
        "unread_count": count(lock, unread),
        "records": list(shown),
    }


def _record(record: Record) -> JsonObject:
    return {
        "record_id": record.id,
        "record_type": "alarm" if record.is_alarm else "normal",
        "gmt_create": record.time * 1000,
        "dps": [{record.code: record.text}],
        "user_id": record.user_id or "0",
        "user_name": record.user_name,
        "unlock_name": record.unlock_name,
        "avatar": "",
        "member_bindable_flag": int(record.is_opening and not record.user_id),
        "union_unlock_info": None,
        "media_info_list": [],
    }


@ROUTES.on("POST", f"{DOOR}/records/{{record_id}}/actions/allocate")
def allocate(call: Call) -> JsonValue:
    """Give an opening without an owner to a member."""
    required(call.body, "user_id")
    lock = call.lock
    record = lock.records.find(call.params["record_id"])
    if record is None:
        raise ApiError(1000)
    member = lock.people.members.get(text(call.body["user_id"]))
    if member is None:
        raise ApiError(2006)
    if not record.is_opening:
        raise ApiError(1109)
    record.user_id, record.user_name = member.user_id, member.name
    return True
