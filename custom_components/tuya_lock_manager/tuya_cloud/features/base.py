"""What all features share."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from ..errors import MalformedResponseError, TuyaCloudError, UnsupportedError
from ..json import JsonValue
from ..models.reader import Reader, listed
from ..route import Route, Target
from ..transport import Transport

# A cloud that claims more pages than this is telling something wrong.
MAX_PAGES = 100


class Feature:
    """A part of the client; all parts send through one transport."""

    def __init__(self, transport: Transport) -> None:
        """Keep the transport."""
        self._transport = transport
        # Which of several routes to the same thing a device was found to take.
        self._known_routes: dict[tuple[str, Sequence[Route]], Route] = {}

    async def _change(
        self,
        target: Target,
        body: Mapping[str, JsonValue] | None = None,
    ) -> None:
        """Send a change whose answer is only that it was accepted."""
        result = await self._transport.request(target, body=body)
        if result is False:
            raise TuyaCloudError("The cloud did not do it")
        if not (result is None or result is True or isinstance(result, dict)):
            raise MalformedResponseError("The answer to a change is not yes or no")

    async def _by_first_route[T](
        self,
        device_id: str,
        routes: Sequence[Route],
        ask: Callable[[Route], Awaitable[T]],
    ) -> T:
        """Ask along the first route that the device takes.

        An unsupported route does nothing, so trying the next is safe for changes too.

        Raises:
            UnsupportedError: no route is supported; it is the first route's error.
        """
        key = device_id, routes
        known = self._known_routes.get(key, routes[0])
        first_error: UnsupportedError | None = None
        for route in (known, *(other for other in routes if other is not known)):
            try:
                answer = await ask(route)
            except UnsupportedError as err:
                first_error = first_error or err
            else:
                self._known_routes[key] = route
                return answer
        self._known_routes.pop(key, None)
        raise first_error or UnsupportedError("There is no way to ask")

    async def _all_pages(
        self,
        target: Target,
        what: str,
        query: Mapping[str, str],
        *,
        by_offset: bool = False,
    ) -> list[JsonValue]:
        """Return the entries of all pages of a list.

        Pages are counted, or told by how many entries come before, if `by_offset`.

        Raises:
            MalformedResponseError: the pages do not end.
        """
        entries: list[JsonValue] = []
        last: Sequence[JsonValue] = ()
        for page in range(1, MAX_PAGES + 1):
            place = {"offset": len(entries)} if by_offset else {"page_no": page}
            data = await self._transport.request(
                target, query={**query, **{key: str(at) for key, at in place.items()}}
            )
            found = listed(data, what, "records", "list")
            # A bare list can't say that there is no more, so it may come again.
            if isinstance(data, list) and found == last:
                return entries
            entries.extend(found)
            if not _has_more(data, what, page, len(entries), query["page_size"]):
                return entries
            if not found or found == last:
                break
            last = found
        raise MalformedResponseError(f"{what}: the pages do not end")


def _has_more(data: JsonValue, what: str, page: int, seen: int, page_size: str) -> bool:
    if isinstance(data, list):
        return len(data) >= int(page_size)
    fields = Reader(data, what)
    if (has_more := fields.flag("has_more")) is not None:
        return has_more
    if (pages := fields.number("total_pages")) is not None:
        return page < pages
    return seen < (fields.number("total") or 0)
