"""Opening and closing from afar."""

from ..json import JsonValue
from ..models import RemoteUnlock, RemoteUnlockType
from ..models.reader import Reader
from ..models.refusals import refuse
from ..route import CallKind, Route
from .tickets import TicketsFeature

_LOCK = "/devices/{device_id}/door-lock"
_WAYS = Route("GET", f"/v1.0{_LOCK}/remote-unlocks", CallKind.STATUS)
_CONFIGURE = Route("POST", f"/v1.0{_LOCK}/remote-unlock/config", CallKind.CHANGE)
_ACCEPT = Route("POST", "/v1.0/devices/{device_id}/commands", CallKind.CHANGE)
_REJECT = Route("PUT", f"/v1.0{_LOCK}/password-free/open-door/cancel", CallKind.CHANGE)
_OPERATE = Route(
    "POST",
    "/v1.0/smart-lock/devices/{device_id}/password-free/door-operate",
    CallKind.CHANGE,
)
_OPEN = Route("POST", f"/v1.0{_LOCK}/password-free/open-door", CallKind.CHANGE)
# The way that works on a keypad of category `mk`.
_OPEN_CHANNEL = Route("POST", f"/v1.1{_LOCK}/password-free/open-door", CallKind.CHANGE)

_TO_UNLOCK = (_OPERATE, _OPEN, _OPEN_CHANNEL)
_TO_LOCK = (_OPERATE,)

_BY_OWNER = 1

_EXTRA: dict[Route, dict[str, JsonValue]] = {
    _OPEN: {},
    _OPEN_CHANNEL: {"channel_id": 1},
}


class RemoteFeature(TicketsFeature):
    """Moving a lock from afar."""

    async def get_remote_unlock(self, device_id: str) -> tuple[RemoteUnlock, ...]:
        """Return the ways in which a lock can be opened from afar.

        The document shows one object; working clients read a list.

        Raises:
            TuyaCloudError: see `errors`.
        """
        data = await self._transport.request(_WAYS.at(device_id=device_id))
        if not isinstance(data, list):
            data = [Reader(data, "remote unlock").data]
        return tuple(map(RemoteUnlock.from_json, data))

    async def set_remote_unlock(
        self, device_id: str, type: RemoteUnlockType, *, enabled: bool
    ) -> None:
        """Switch one way of opening from afar on or off.

        Raises:
            InvalidRequestError: there is no such way; nothing was sent.
            TuyaCloudError: see `errors`.
        """
        if type not in RemoteUnlockType:
            raise refuse("There is no such way of opening from afar")
        await self._change(
            _CONFIGURE.at(device_id=device_id),
            {"remote_unlock_type": str(type), "open": enabled},
        )

    async def answer_unlock_request(self, device_id: str, *, accept: bool) -> None:
        """Open to somebody who asked for it at the lock, or turn them down.

        To accept is a command, which a lock heeds while its `unlock_request` is above
        zero. What that command does with the value False is not documented, so turning
        down is never sent by it.

        Raises:
            UnsupportedError: the lock takes no such answer.
            DeviceOfflineError: the lock cannot be reached.
            TuyaCloudError: see `errors`.
        """
        if accept:
            await self._change(
                _ACCEPT.at(device_id=device_id),
                {"commands": [{"code": "reply_unlock_request", "value": True}]},
            )
        else:
            await self._change(_REJECT.at(device_id=device_id), {"type": _BY_OWNER})

    async def operate(self, device_id: str, *, unlock: bool) -> None:
        """Send the lock the command to open or to close.

        Success means that the command was sent, not that the bolt moved.

        Raises:
            UnsupportedError: the lock does not take it.
            DeviceOfflineError: the lock cannot be reached.
            TuyaCloudError: see `errors`.
        """

        async def ask(route: Route) -> None:
            ticket = await self._fetch_ticket(device_id)
            extra = _EXTRA.get(route, {"open": unlock})
            body: dict[str, JsonValue] = {"ticket_id": ticket.id, **extra}
            await self._change(route.at(device_id=device_id), body)

        routes = _TO_UNLOCK if unlock else _TO_LOCK
        await self._by_first_route(device_id, routes, ask)
