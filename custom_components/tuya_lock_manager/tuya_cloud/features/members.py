"""The people of a lock."""

from ..models import Member
from ..models.reader import listed
from ..route import CallKind, Route
from .base import Feature

# The first tells app accounts and unlock methods; not every lock has it.
_MEMBERS = (
    Route("GET", "/v1.0/smart-lock/devices/{device_id}/users", CallKind.MEMBERS),
    Route("GET", "/v1.1/devices/{device_id}/users", CallKind.MEMBERS),
)
_PANEL_MEMBERS = Route("GET", "/v1.0/devices/{device_id}/users", CallKind.MEMBERS)
PAGE_SIZE = "50"


class MembersFeature(Feature):
    """Members of a lock."""

    async def list_members(self, device_id: str) -> tuple[Member, ...]:
        """Return the members, with their unlock methods where the lock tells them.

        Raises:
            UnsupportedError: the lock has no such list.
            TuyaCloudError: see `errors`.
        """

        async def ask(route: Route) -> tuple[Member, ...]:
            entries = await self._all_pages(
                route.at(device_id=device_id), "members", {"page_size": PAGE_SIZE}
            )
            return tuple(map(Member.from_json, entries))

        return await self._by_first_route(device_id, _MEMBERS, ask)

    async def list_panel_members(self, device_id: str) -> tuple[Member, ...]:
        """Return the members that were made on the lock, without app accounts.

        Raises:
            TuyaCloudError: see `errors`.
        """
        data = await self._transport.request(_PANEL_MEMBERS.at(device_id=device_id))
        return tuple(map(Member.from_json, listed(data, "members", "records", "list")))
