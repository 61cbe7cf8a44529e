"""New unlock methods for the members of a lock."""

from ..models import EnrolmentRequest, UnlockType
from ..route import CallKind, Route
from .tickets import TicketsFeature

_LOCK = "/v1.0/devices/{device_id}/door-lock"
_ENROL = Route("PUT", f"{_LOCK}/actions/entry", CallKind.CHANGE)
_CANCEL = Route(
    "PUT", f"{_LOCK}/unlock-types/{{unlock_type}}/actions/cancel", CallKind.CHANGE
)


class EnrolmentFeature(TicketsFeature):
    """Enrolling unlock methods.

    While the lock waits for a finger or a card, which takes about a minute, every other
    change is refused with `LockBusyError`.
    """

    async def enrol_method(self, device_id: str, request: EnrolmentRequest) -> None:
        """Begin to enrol a method for a member.

        A finger or a card is captured at the lock within about a minute; a password is
        there after some seconds. Either then appears among the methods of the member,
        with a name that the lock gives it. One keypad was measured to refuse it as
        illegal for members with an app account.

        Raises:
            LockBusyError: the lock is already waiting for a method.
            TuyaCloudError: see `errors`.
        """
        body = request.to_json()
        target = _ENROL.at(device_id=device_id)
        if request.digits is not None:
            sealed = await self._seal(device_id, request.digits)
            body |= {
                "password": sealed.encrypted,
                "password_type": "ticket",
                "ticket_id": sealed.ticket_id,
            }
        await self._change(target, body)

    async def cancel_enrolment(self, device_id: str, type: str) -> None:
        """Have the lock wait no longer for a finger or a card.

        Raises:
            InvalidRequestError: no such type; nothing was sent.
            TuyaCloudError: see `errors`.
        """
        await self._change(
            _CANCEL.at(device_id=device_id, unlock_type=UnlockType.of(type))
        )
