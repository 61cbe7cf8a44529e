"""Offline passwords, clearing codes and dynamic passwords: never sent to the lock."""

from ..models import DynamicPassword, OfflineListing, OfflinePassword, OfflineRequest
from ..models.offline_password import OfflineType
from ..models.reader import Reader, listed
from ..models.refusals import check_name
from ..route import CallKind, Route
from .base import Feature

_LOCK = "/devices/{device_id}/door-lock"
_OFFLINE = f"{_LOCK}/offline-temp-password"

_CREATE = Route("POST", f"/v1.1{_OFFLINE}", CallKind.CHANGE)
_LIST = Route("GET", f"/v1.0{_OFFLINE}", CallKind.PASSWORDS)
_RENAME = Route("PUT", f"/v1.0{_OFFLINE}/{{password_id}}", CallKind.CHANGE)
_LOCKS = Route("GET", "/v1.0/devices/{device_id}/offline-pwd-locks", CallKind.PASSWORDS)
_DYNAMIC = Route("GET", f"/v1.0{_LOCK}/dynamic-password", CallKind.CHANGE)

_LIST_QUERY = {
    "page_size": "100",
    "pwd_type_codes": ",".join(OfflineType),
    "target_status": "",
}


class OfflinePasswordsFeature(Feature):
    """Passwords that cloud and lock work out each for itself."""

    async def create_offline_password(
        self, device_id: str, request: OfflineRequest
    ) -> OfflinePassword:
        """Have an offline code made. Nothing else ever tells its digits again.

        Raises:
            TuyaCloudError: see `errors`; after a lost answer it must not be repeated
                blindly, because what was made cannot be read back.
        """
        data = await self._transport.request(
            _CREATE.at(device_id=device_id), body=request.to_json()
        )
        return OfflinePassword.from_json(data)

    async def list_offline_passwords(
        self, device_id: str
    ) -> tuple[OfflineListing, ...]:
        """Return the offline codes of a lock, without digits.

        The endpoint is not documented; one public client uses it.

        Raises:
            UnsupportedError: the cloud has no such list.
            TuyaCloudError: see `errors`.
        """
        entries = await self._all_pages(
            _LIST.at(device_id=device_id), "offline passwords", _LIST_QUERY
        )
        return tuple(map(OfflineListing.from_json, entries))

    async def rename_offline_password(
        self, device_id: str, password_id: str, name: str
    ) -> None:
        """Give an offline code another name.

        Raises:
            InvalidRequestError: the name is empty or too long; nothing was sent.
            TuyaCloudError: see `errors`.
        """
        check_name(name, required=True)
        await self._change(
            _RENAME.at(device_id=device_id, password_id=password_id),
            {"passwordName": name},
        )

    async def list_offline_locks(self, device_id: str) -> frozenset[str]:
        """Return the ids of the locks around this one that take offline codes.

        Raises:
            TuyaCloudError: see `errors`.
        """
        data = await self._transport.request(_LOCKS.at(device_id=device_id))
        return frozenset(
            Reader(entry, "offline lock").required_text("id")
            for entry in listed(data, "offline locks", "list", "records")
        )

    async def get_dynamic_password(self, device_id: str) -> DynamicPassword:
        """Return a password for the next five to ten minutes.

        Raises:
            UnsupportedError: the lock takes none.
            TuyaCloudError: see `errors`.
        """
        data = await self._transport.request(_DYNAMIC.at(device_id=device_id))
        return DynamicPassword.from_json(data, now=self._transport.now())
