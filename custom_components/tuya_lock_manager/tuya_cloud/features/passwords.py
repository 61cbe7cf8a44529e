"""Online passwords: sent to the lock by the cloud."""

from ..json import JsonValue
from ..models import OnlinePassword, PasswordRequest
from ..models.reader import Reader, listed
from ..route import CallKind, Route
from .tickets import TicketsFeature

_LOCK = "/v1.0/devices/{device_id}/door-lock"
_ONE = f"{_LOCK}/temp-passwords/{{password_id}}"

_CREATE = Route("POST", f"{_LOCK}/temp-password", CallKind.CHANGE)
_LIST = Route("GET", f"{_LOCK}/temp-passwords", CallKind.PASSWORDS)
_DETAIL = Route("GET", f"{_LOCK}/temp-password/{{password_id}}", CallKind.PASSWORDS)
_MODIFY = Route("PUT", f"{_ONE}/modify-password", CallKind.CHANGE)
_FREEZE = Route("PUT", f"{_ONE}/freeze-password", CallKind.CHANGE)
_UNFREEZE = Route("PUT", f"{_ONE}/unfreeze-password", CallKind.CHANGE)
_DELETE = Route("DELETE", _ONE, CallKind.CHANGE)
_DELETE_RECORD = Route("DELETE", f"{_ONE}/record", CallKind.CHANGE)


class PasswordsFeature(TicketsFeature):
    """Online passwords of a lock.

    The cloud answers a change as soon as it has accepted it. Whether the lock got it is
    in the password list, later.
    """

    async def create_password(self, device_id: str, request: PasswordRequest) -> str:
        """Create a password and return its id.

        Raises:
            TuyaCloudError: see `errors`; `outcome_unknown` tells whether the password
                may have been made all the same.
        """
        body = await self._encrypted(device_id, request)
        data = await self._transport.request(_CREATE.at(device_id=device_id), body=body)
        return Reader(data, "new password").required_text("id")

    async def list_passwords(
        self, device_id: str, *, valid: bool | None = None
    ) -> tuple[OnlinePassword, ...]:
        """Return the passwords of a lock, also those that are gone unless `valid`.

        Raises:
            TuyaCloudError: see `errors`.
        """
        query = None if valid is None else {"valid": str(valid).lower()}
        data = await self._transport.request(_LIST.at(device_id=device_id), query=query)
        entries = listed(data, "passwords", "list", "temp_passwords", "records")
        return tuple(map(OnlinePassword.from_json, entries))

    async def get_password(self, device_id: str, password_id: str) -> OnlinePassword:
        """Return one password.

        Raises:
            TuyaCloudError: see `errors`.
        """
        data = await self._transport.request(
            _DETAIL.at(device_id=device_id, password_id=password_id)
        )
        return OnlinePassword.from_json(data)

    async def modify_password(
        self, device_id: str, password_id: str, request: PasswordRequest
    ) -> None:
        """Change name, digits or window. The cloud wants the digits every time.

        Raises:
            TuyaCloudError: see `errors`.
        """
        await self._change(
            _MODIFY.at(device_id=device_id, password_id=password_id),
            await self._encrypted(device_id, request),
        )

    async def freeze_password(self, device_id: str, password_id: str) -> None:
        """Make a password useless for a while.

        Raises:
            UnsupportedError: the lock is not a Zigbee lock.
            TuyaCloudError: see `errors`.
        """
        await self._change(_FREEZE.at(device_id=device_id, password_id=password_id))

    async def unfreeze_password(self, device_id: str, password_id: str) -> None:
        """Make a frozen password usable again.

        Raises:
            UnsupportedError: the lock is not a Zigbee lock.
            TuyaCloudError: see `errors`.
        """
        await self._change(_UNFREEZE.at(device_id=device_id, password_id=password_id))

    async def delete_password(self, device_id: str, password_id: str) -> None:
        """Ask for a password to be taken off the lock; its record stays.

        Raises:
            PasswordExpiredError: it has ended; only its record can be removed.
            TuyaCloudError: see `errors`.
        """
        await self._change(_DELETE.at(device_id=device_id, password_id=password_id))

    async def delete_password_record(self, device_id: str, password_id: str) -> None:
        """Remove the record of a password, whatever the lock still holds of it.

        Raises:
            TuyaCloudError: see `errors`.
        """
        await self._change(
            _DELETE_RECORD.at(device_id=device_id, password_id=password_id)
        )

    async def _encrypted(
        self, device_id: str, request: PasswordRequest
    ) -> dict[str, JsonValue]:
        sealed = await self._seal(device_id, request.digits)
        return request.to_json(ticket_id=sealed.ticket_id, encrypted=sealed.encrypted)
