"""Tickets: every password, and every opening from afar, needs a fresh one."""

from ..models.ticket import Ticket
from ..route import CallKind, Route
from .base import Feature

# Either path serves either use; some locks know only one of them.
_TICKET = (
    Route(
        "POST", "/v1.0/devices/{device_id}/door-lock/password-ticket", CallKind.CHANGE
    ),
    Route(
        "POST", "/v1.0/smart-lock/devices/{device_id}/password-ticket", CallKind.CHANGE
    ),
)


class TicketsFeature(Feature):
    """Fetching tickets."""

    async def _fetch_ticket(self, device_id: str) -> Ticket:
        """Return a new ticket. The request has no body: one would be refused."""

        async def ask(route: Route) -> Ticket:
            data = await self._transport.request(route.at(device_id=device_id))
            return Ticket.from_json(data)

        return await self._by_first_route(device_id, _TICKET, ask)
