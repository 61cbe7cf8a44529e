"""Openings and alarms."""

from collections.abc import Collection, Mapping
from datetime import datetime

from ..errors import InvalidRequestError, UnsupportedError
from ..json import JsonValue
from ..models import RecordPage
from ..models.record_query import ALARM_CODES, RECORD_CODES, RecordQuery, alarm_query
from ..route import CallKind, Route
from .base import Feature

_LOCK = "/devices/{device_id}/door-lock"
_RECORDS = Route("GET", f"/v1.0{_LOCK}/records", CallKind.RECORDS)
_ATTACH = Route(
    "POST", f"/v1.0{_LOCK}/records/{{record_id}}/actions/allocate", CallKind.CHANGE
)
_OPEN_LOGS_MS = Route("GET", f"/v1.1{_LOCK}/open-logs", CallKind.RECORDS)
_OPEN_LOGS = Route("GET", f"/v1.0{_LOCK}/open-logs", CallKind.RECORDS)
_ALARM_LOGS = (
    Route("GET", f"/v1.1{_LOCK}/alarm-logs", CallKind.RECORDS),
    Route("GET", f"/v1.0{_LOCK}/alarm-logs", CallKind.RECORDS),
)
_ALL_OPEN_LOGS = (_OPEN_LOGS_MS, _OPEN_LOGS)

# "param is empty", which a lock without records answers although nothing is.
_EMPTY = 1100


class RecordsFeature(Feature):
    """Records of a lock, newest first, one call a page."""

    async def list_records(
        self,
        device_id: str,
        *,
        start: datetime,
        end: datetime,
        page: int = 1,
        page_size: int = 50,
        codes: Collection[str] = RECORD_CODES,
    ) -> RecordPage:
        """Return openings and alarms together, and Tuya's count of unread ones.

        Raises:
            UnsupportedError: the lock has only the older logs.
            TuyaCloudError: see `errors`.
        """
        query = RecordQuery(start, end, page, page_size).for_records(codes)
        data = await self._read(_RECORDS, query, device_id)
        return RecordPage.from_json(data, page=page, page_size=page_size)

    async def list_open_logs(
        self,
        device_id: str,
        *,
        start: datetime,
        end: datetime,
        page: int = 1,
        page_size: int = 50,
        codes: Collection[str] | None = None,
    ) -> RecordPage:
        """Return openings from the older log.

        It cannot be asked for `codes`, so other records are left out of the page here.

        Raises:
            UnsupportedError: the lock has none.
            TuyaCloudError: see `errors`.
        """
        query = RecordQuery(start, end, page, page_size)

        async def ask(route: Route) -> RecordPage:
            fields = query.for_logs(milliseconds=route is _OPEN_LOGS_MS)
            data = await self._read(route, fields, device_id)
            return RecordPage.from_json(data, page=page, page_size=page_size)

        found = await self._by_first_route(device_id, _ALL_OPEN_LOGS, ask)
        return found if codes is None else found.only(codes)

    async def list_alarm_logs(
        self,
        device_id: str,
        *,
        page: int = 1,
        page_size: int = 50,
        codes: Collection[str] = ALARM_CODES,
    ) -> RecordPage:
        """Return alarms from the older log.

        Raises:
            UnsupportedError: the lock has none.
            TuyaCloudError: see `errors`.
        """
        query = alarm_query(page, page_size, codes)

        async def ask(route: Route) -> RecordPage:
            data = await self._read(route, query, device_id)
            return RecordPage.from_json(
                data, is_alarm=True, page=page, page_size=page_size
            )

        return await self._by_first_route(device_id, _ALARM_LOGS, ask)

    async def attach_record(self, device_id: str, record_id: str, user_id: str) -> None:
        """Say who it was that opened, where the lock could not tell.

        Raises:
            InvalidRequestError: the record is no opening.
            TuyaCloudError: see `errors`.
        """
        await self._change(
            _ATTACH.at(device_id=device_id, record_id=record_id),
            {"user_id": user_id},
        )

    async def _read(
        self, route: Route, query: Mapping[str, str], device_id: str
    ) -> JsonValue:
        try:
            return await self._transport.request(
                route.at(device_id=device_id), query=query
            )
        except InvalidRequestError as err:
            if err.code != _EMPTY:
                raise
            raise UnsupportedError(err.message, code=err.code, tid=err.tid) from err
