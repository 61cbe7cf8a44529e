"""Devices, what they can do and what they report."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from ..errors import (
    MalformedResponseError,
    PermissionDeniedError,
    UnsupportedError,
    WrongDataCenterError,
)
from ..json import JsonValue
from ..models import Device, Specification
from ..models.device import read_status
from ..models.reader import Reader, listed
from ..route import CallKind, Route
from .base import MAX_PAGES, Feature

_LIST = Route("GET", "/v1.0/iot-01/associated-users/devices", CallKind.DEVICES)
_LIST_OF_USER = Route("GET", "/v1.0/users/{uid}/devices", CallKind.DEVICES)
_DETAIL = Route("GET", "/v1.0/devices/{device_id}", CallKind.DEVICES)
_STATUS = (
    Route("GET", "/v1.0/devices/{device_id}/status", CallKind.STATUS),
    Route("GET", "/v1.0/iot-03/devices/{device_id}/status", CallKind.STATUS),
)
# The newer version tells the numbers of the data points.
_SPECIFICATION = (
    Route("GET", "/v1.1/devices/{device_id}/specifications", CallKind.DEVICES),
    Route("GET", "/v1.0/devices/{device_id}/specifications", CallKind.DEVICES),
    Route("GET", "/v1.0/iot-03/devices/{device_id}/specification", CallKind.DEVICES),
)
PAGE_SIZE = "100"

# How long a refused list is left alone, because each try is a call: that of all linked
# accounts, which is the better one, if there is the other to show; and that other one.
LINKED_REFUSAL_HOLDS = timedelta(hours=1)
OWN_REFUSAL_HOLDS = timedelta(days=1)


class DevicesFeature(Feature):
    """Devices of the project.

    `listing_is_complete` tells whether the last list had the devices of all linked app
    accounts; only then a device is gone that it doesn't show.
    """

    listing_is_complete: bool = True
    _linked_refusals: int = 0
    _linked_refused_at: datetime | None = None
    _own_refused_at: datetime | None = None

    async def list_devices(self) -> tuple[Device, ...]:
        """Return all devices of the app accounts that are linked to the project.

        Where the project may not ask that, the devices of its own user are returned, if
        there are any; an outage never leads there. Which list is refused is remembered
        for a while, so that one list is one call.

        Raises:
            MalformedResponseError: the pages do not end, or an entry cannot be read.
            TuyaCloudError: see `errors`.
        """
        # A single refusal may be a mistake of the cloud.
        is_known = self._linked_refusals > 1 and self._is_young(
            self._linked_refused_at, LINKED_REFUSAL_HOLDS
        )
        if is_known and (own := await self._list_own()):
            return own
        try:
            devices = await self._list_linked_devices()
        except WrongDataCenterError:
            raise
        except PermissionDeniedError, UnsupportedError:
            self._linked_refusals += 1
            self._linked_refused_at = self._transport.now()
            if not (own := await self._list_own()):
                raise
            return own
        self._linked_refusals = 0
        self.listing_is_complete = True
        return devices

    def _is_young(self, refused_at: datetime | None, age: timedelta) -> bool:
        """Tell whether something was refused within this time."""
        return refused_at is not None and self._transport.now() - refused_at < age

    async def _list_own(self) -> tuple[Device, ...]:
        """Return the devices of the project's own user; none where that is refused."""
        uid = self._transport.tokens.project_uid
        if uid is None or self._is_young(self._own_refused_at, OWN_REFUSAL_HOLDS):
            return ()
        try:
            data = await self._transport.request(_LIST_OF_USER.at(uid=uid))
        except PermissionDeniedError, UnsupportedError:
            self._own_refused_at = self._transport.now()
            return ()
        devices = tuple(
            map(Device.from_json, listed(data, "devices", "devices", "list"))
        )
        if devices:
            self.listing_is_complete = False
        else:
            self._own_refused_at = self._transport.now()
        return devices

    async def _list_linked_devices(self) -> tuple[Device, ...]:
        devices: dict[str, Device] = {}
        seen: set[str] = set()
        query = {"size": PAGE_SIZE}
        for _page in range(MAX_PAGES):
            data = await self._transport.request(_LIST.at(), query=query)
            fields = Reader(data, "devices")
            for entry in fields.required_items("devices", "list"):
                device = Device.from_json(entry)
                devices[device.id] = device
            if not fields.flag("has_more"):
                return tuple(devices.values())
            key = fields.text("last_row_key")
            if not key or key in seen:
                break
            seen.add(key)
            query = {"size": PAGE_SIZE, "last_row_key": key}
        raise MalformedResponseError("devices: the pages do not end")

    async def get_device(self, device_id: str) -> Device:
        """Return one device.

        Raises:
            TuyaCloudError: see `errors`.
        """
        data = await self._transport.request(_DETAIL.at(device_id=device_id))
        return Device.from_json(data)

    async def get_status(self, device_id: str) -> Mapping[str, JsonValue]:
        """Return the last reported values of a device by code.

        Raises:
            TuyaCloudError: see `errors`.
        """

        async def ask(route: Route) -> Mapping[str, JsonValue]:
            data = await self._transport.request(route.at(device_id=device_id))
            return read_status(listed(data, "status", "status"))

        return await self._by_first_route(device_id, _STATUS, ask)

    async def get_specification(self, device_id: str) -> Specification:
        """Return what a device can do and report.

        Raises:
            UnsupportedError: the product has no standard description.
            TuyaCloudError: see `errors`.
        """

        async def ask(route: Route) -> Specification:
            data = await self._transport.request(route.at(device_id=device_id))
            return Specification.from_json(data)

        return await self._by_first_route(device_id, _SPECIFICATION, ask)
