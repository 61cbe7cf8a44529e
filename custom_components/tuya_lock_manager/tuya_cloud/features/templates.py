"""Template temporary passwords: the same codes by another door."""

from ..models import TemplatePassword, TemplateRequest, TemplateState
from ..models.reader import Reader
from ..models.template_password import channel
from ..route import CallKind, Route
from .tickets import TicketsFeature

_TEMPLATE = "/v1.0/devices/{device_id}/door-lock/template/temp-password"
_ONE = f"{_TEMPLATE}/{{password_id}}"

_LIST = Route("GET", _TEMPLATE, CallKind.PASSWORDS)
_DETAIL = Route("GET", _ONE, CallKind.PASSWORDS)
# The document has another prefix here, and `device` without an s.
_CREATE = Route(
    "POST",
    "/v1.0/smart-lock/device/{device_id}/template/temp-password",
    CallKind.CHANGE,
)
_DELETE = Route("DELETE", _ONE, CallKind.CHANGE)

PAGE_SIZE = "50"


class TemplatePasswordsFeature(TicketsFeature):
    """Template passwords of a lock. One-time offline codes show up among them."""

    async def list_template_passwords(
        self, device_id: str, state: TemplateState = TemplateState.ALL
    ) -> tuple[TemplatePassword, ...]:
        """Return the template passwords of a lock, without digits.

        Raises:
            UnsupportedError: the lock has no such list.
            TuyaCloudError: see `errors`.
        """
        entries = await self._all_pages(
            _LIST.at(device_id=device_id),
            "template passwords",
            {"data_type": state.data_type, "page_size": PAGE_SIZE},
            by_offset=True,
        )
        # A new entry moves the others, so one may be on two pages.
        passwords = map(TemplatePassword.from_json, entries)
        return tuple({password.id: password for password in passwords}.values())

    async def get_template_password(
        self, device_id: str, password_id: str
    ) -> TemplatePassword:
        """Return one template password with what became of it.

        Raises:
            TuyaCloudError: see `errors`.
        """
        data = await self._transport.request(
            _DETAIL.at(device_id=device_id, password_id=password_id)
        )
        return TemplatePassword.from_json(data)

    async def create_template_password(
        self, device_id: str, request: TemplateRequest
    ) -> str:
        """Create a template password and return its id.

        Raises:
            NameTakenError: another password has the name, and `check_name` was asked.
            TuyaCloudError: see `errors`; `outcome_unknown` tells whether the password
                may have been made all the same.
        """
        target = _CREATE.at(device_id=device_id)
        sealed = await self._seal(device_id, request.digits)
        data = await self._transport.request(
            target,
            body=request.to_json(
                ticket_id=sealed.ticket_id, encrypted=sealed.encrypted
            ),
        )
        return Reader(data, "new password").required_text("pwd_id", "id")

    async def delete_template_password(
        self, device_id: str, password_id: str, *, behind_gateway: bool = False
    ) -> None:
        """Ask for a password to be taken off the lock, or the record of one that ended.

        The document's own sample goes past the cloud, which may erase the record and
        leave the code on the lock, so it is not followed here; see `channel`. The answer
        is an object, with the id or with nothing in it.

        Raises:
            PasswordStateError: an offline code that is still good cannot be deleted.
            TuyaCloudError: see `errors`.
        """
        await self._change(
            _DELETE.at(device_id=device_id, password_id=password_id),
            channel(behind_gateway=behind_gateway),
        )
