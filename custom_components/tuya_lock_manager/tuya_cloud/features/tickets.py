"""Tickets: every password, and every opening from afar, needs a fresh one."""

from dataclasses import dataclass, field

from ..crypto import encrypt_password
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


@dataclass(frozen=True, slots=True)
class SealedDigits:
    """Digits as they are sent, and the ticket that they were encrypted with."""

    ticket_id: str = field(repr=False)
    encrypted: str = field(repr=False)


class TicketsFeature(Feature):
    """Fetching tickets."""

    async def _fetch_ticket(self, device_id: str) -> Ticket:
        """Return a new ticket. The request has no body: one would be refused."""

        async def ask(route: Route) -> Ticket:
            data = await self._transport.request(route.at(device_id=device_id))
            return Ticket.from_json(data)

        return await self._by_first_route(device_id, _TICKET, ask)

    async def _seal(self, device_id: str, digits: str) -> SealedDigits:
        """Return digits encrypted with a new ticket."""
        ticket = await self._fetch_ticket(device_id)
        encrypted = encrypt_password(
            digits,
            ticket_key=ticket.key,
            access_secret=self._transport.credentials.access_secret,
        )
        return SealedDigits(ticket.id, encrypted)
