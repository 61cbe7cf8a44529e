"""Generic reports of data points of any device (protocol reference, section 4)."""

from ..errors import ApiError
from ..json_types import JsonValue
from ..locks.records import DOORBELL, Record
from ..routing import Call, Routes

ROUTES = Routes("logs")


def _found(call: Call, codes: set[str]) -> list[Record]:
    """Return the reports of a range in milliseconds; only locks have any."""
    start, end = call.query_number("start_time"), call.query_number("end_time")
    lock = call.world.locks.get(call.device.id)
    if lock is None:
        return []
    return [
        record
        for record in lock.records.between(start / 1000, end / 1000)
        if not codes or record.code in codes
    ]


def _codes(call: Call) -> set[str]:
    return {part for part in call.query.get("codes", "").split(",") if part}


@ROUTES.on("GET", "/v1.0/devices/{device_id}/logs")
def logs(call: Call) -> JsonValue:
    """List reports by row key."""
    size = call.query_number("size", 20)
    if not 1 <= size <= 100:
        raise ApiError(40000303)
    found = _found(call, _codes(call))
    after = call.query.get("start_row_key", "")
    begin = next((n + 1 for n, record in enumerate(found) if record.id == after), 0)
    page = found[begin : begin + size]
    more = begin + size < len(found)
    return {
        "device_id": call.device.id,
        "logs": [
            {
                "code": record.code,
                "event_id": 7,
                "event_time": record.time * 1000,
                "event_from": "1",
                "status": "1",
                "value": record.text,
            }
            for record in page
        ],
        "has_next": more,
        "next_row_key": page[-1].id if more and page else "",
    }


@ROUTES.on("GET", "/v2.0/cloud/thing/{device_id}/report-logs")
@ROUTES.on("GET", "/v2.1/cloud/thing/{device_id}/report-logs")
def report_logs(call: Call) -> JsonValue:
    """List reports of codes; an unknown code is refused."""
    size, codes = call.query_number("size", 20), _codes(call)
    if not codes:
        raise ApiError(1100)
    if not 1 <= size <= 100:
        raise ApiError(40000303)
    if codes - call.device.codes() - {DOORBELL}:
        raise ApiError(1109)
    found = _found(call, codes)
    return {
        "device_id": call.device.id,
        "has_more": size < len(found),
        "logs": [
            {
                "code": record.code,
                "value": record.text,
                "event_time": record.time * 1000,
            }
            for record in found[:size]
        ],
    }
