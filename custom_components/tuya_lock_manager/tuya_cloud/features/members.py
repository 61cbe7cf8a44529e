"""The people of a lock."""

from datetime import datetime

from ..errors import InvalidRequestError, UnsupportedError
from ..json import JsonValue
from ..models import Member
from ..models.member import MemberWindowRequest
from ..models.reader import Reader, listed
from ..models.refusals import check_free_name
from ..route import CallKind, Route
from .base import Feature

_PEOPLE = "/devices/{device_id}/users"
_SMART = "/v1.0/smart-lock/devices/{device_id}/users"

# The first tells app accounts and unlock methods; not every lock has it.
_MEMBERS = (
    Route("GET", _SMART, CallKind.MEMBERS),
    Route("GET", f"/v1.1{_PEOPLE}", CallKind.MEMBERS),
)
_PANEL_MEMBERS = Route("GET", f"/v1.0{_PEOPLE}", CallKind.MEMBERS)
# The newer version tells the kind of the member, and whether one may open now.
_MEMBER = (
    Route("GET", f"/v1.1{_PEOPLE}/{{user_id}}", CallKind.MEMBERS),
    Route("GET", f"/v1.0{_PEOPLE}/{{user_id}}", CallKind.MEMBERS),
)
_ADD = Route("POST", "/v1.0/devices/{device_id}/user", CallKind.CHANGE)
_UPDATE = Route("PUT", f"/v1.0{_PEOPLE}/{{user_id}}", CallKind.CHANGE)
# Only the first is said to take the member off the lock, too.
_REMOVE = (
    Route("POST", f"{_SMART}/{{user_id}}/actions/delete-users-issue", CallKind.CHANGE),
    Route("DELETE", f"/v1.0{_PEOPLE}/{{user_id}}", CallKind.CHANGE),
)
_ROLE = Route("PUT", f"{_SMART}/{{user_id}}/actions/role", CallKind.CHANGE)
_WINDOW = Route("PUT", f"{_SMART}/{{user_id}}/schedule", CallKind.CHANGE)
PAGE_SIZE = "50"

# The endpoint demands 1 or 2. That 0, which would say nothing of the person, will do
# as well was measured on one lock only, so it is not relied on. Nothing reads it.
_SEX = 1


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

    async def get_member(self, device_id: str, user_id: str) -> Member:
        """Return one member, without unlock methods and window.

        Raises:
            TuyaCloudError: see `errors`.
        """
        return Member.from_json(await self._read_member(device_id, user_id))

    async def add_member(self, device_id: str, name: str) -> str:
        """Add somebody who has no app account, and return the id.

        Nothing of the person but the name is sent.

        Raises:
            InvalidRequestError: the name is empty; nothing was sent.
            TuyaCloudError: see `errors`.
        """
        check_free_name(name)
        data = await self._transport.request(
            _ADD.at(device_id=device_id), body={"nick_name": name, "sex": _SEX}
        )
        answer: JsonValue = data if isinstance(data, dict) else {"user_id": data}
        return Reader(answer, "new member").required_text("user_id", "userId")

    async def update_member(self, device_id: str, user_id: str, name: str) -> None:
        """Give a member another name.

        The endpoint demands the sex again, so the one that is there is sent back.

        Raises:
            InvalidRequestError: the name is empty; nothing was sent.
            TuyaCloudError: see `errors`.
        """
        check_free_name(name)
        target = _UPDATE.at(device_id=device_id, user_id=user_id)
        try:
            known = Reader(await self._read_member(device_id, user_id), "member")
            sex = known.number("sex")
        except UnsupportedError:
            sex = None
        body: dict[str, JsonValue] = {"nick_name": name}
        body["sex"] = _SEX if sex is None else sex
        await self._change(target, body)

    async def remove_member(self, device_id: str, user_id: str) -> None:
        """Remove a member and their unlock methods.

        Where the cloud cannot pass that on to the lock, it is removed in the cloud only.

        Raises:
            TuyaCloudError: see `errors`.
        """

        async def ask(route: Route) -> None:
            await self._change(route.at(device_id=device_id, user_id=user_id))

        await self._by_first_route(device_id, _REMOVE, ask)

    async def set_member_role(
        self, device_id: str, user_id: str, *, admin: bool
    ) -> None:
        """Make a member an administrator, or an ordinary member.

        Raises:
            TuyaCloudError: see `errors`.
        """
        await self._change(
            _ROLE.at(device_id=device_id, user_id=user_id),
            {"role": "admin" if admin else "normal"},
        )

    async def set_member_window(
        self,
        device_id: str,
        user_id: str,
        window: tuple[datetime, datetime] | None,
    ) -> None:
        """Limit a member in time, or let them in for good if `window` is None.

        A daily schedule that the member had may be lost with it. The documents spell the
        body in two ways and a working client in a third, see `MemberWindowRequest`. The
        third and what fits beside it is sent first, because it was measured; what is
        refused as illegal was not done, so that the other can follow. What the cloud made
        of it is in `Member.window`.

        Raises:
            InvalidRequestError: the window does not last; nothing was sent. Or the cloud
                takes none of the spellings.
            TuyaCloudError: see `errors`.
        """
        request = MemberWindowRequest(window)
        target = _WINDOW.at(device_id=device_id, user_id=user_id)
        try:
            await self._change(target, request.to_json(camel=False))
        except InvalidRequestError:
            if window is None:
                raise
            await self._change(target, request.to_json(camel=True))

    async def _read_member(self, device_id: str, user_id: str) -> JsonValue:
        async def ask(route: Route) -> JsonValue:
            target = route.at(device_id=device_id, user_id=user_id)
            return await self._transport.request(target)

        return await self._by_first_route(device_id, _MEMBER, ask)
