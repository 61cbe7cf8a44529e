"""Paths of the cloud and who answers them."""

from collections.abc import Callable
from dataclasses import dataclass, field
import re

from .accounts import Ticket, Token
from .device import Device
from .errors import ApiError
from .json_types import JsonObject, JsonValue, text, truth, whole
from .locks.enrolment import check_idle
from .locks.lock import Lock
from .world import World

SECRET_PARTS = frozenset({"refresh_token"})


@dataclass(slots=True)
class Call:
    """One request that passed the gateway.

    Attributes:
        world: the world it is about.
        method: HTTP method.
        path: decoded path.
        params: parts of the path.
        query: decoded query.
        body: the JSON body, empty without one.
        token: the token it came with; None for token calls.
        base_url: where the cloud is reached.
    """

    world: World
    method: str
    path: str
    params: dict[str, str]
    query: dict[str, str]
    body: JsonObject
    token: Token | None
    base_url: str

    @property
    def device(self) -> Device:
        """Return the device in the path."""
        return self.world.devices[self.params["device_id"]]

    @property
    def lock(self) -> Lock:
        """Return the lock in the path.

        Raises:
            ApiError: 2009, the device is no lock.
        """
        lock = self.world.locks.get(self.params["device_id"])
        if lock is None:
            raise ApiError(2009)
        return lock

    def changing(self) -> Lock:
        """Return the lock in the path, to be changed.

        Raises:
            ApiError: 2009 no lock, 2328 a method is being captured there.
        """
        lock = self.lock
        check_idle(lock)
        return lock

    def part_number(self, name: str) -> int:
        """Return a part of the path that is a number.

        Raises:
            ApiError: 1109, it isn't.
        """
        return as_whole(self.params[name])

    def query_number(self, name: str, default: int | None = None) -> int:
        """Return a number of the query.

        Raises:
            ApiError: 1100 missing without a default, 1109 no number.
        """
        given = self.query.get(name, "")
        if not given:
            if default is None:
                raise ApiError(1100)
            return default
        return as_whole(given)

    def page(self, size: int = 20, most: int = 200) -> tuple[int, int]:
        """Return `page_no` and `page_size` of the query.

        Raises:
            ApiError: 1109, out of range.
        """
        number = self.query_number("page_no", 1)
        length = self.query_number("page_size", size)
        if number < 1 or not 1 <= length <= most:
            raise ApiError(1109)
        return number, length

    def use_ticket(self) -> Ticket:
        """Take the ticket in the body.

        Raises:
            ApiError: 1100 missing, or the switch `ticket_error`.
        """
        ticket_id = text(self.body.get("ticket_id"))
        if not ticket_id:
            raise ApiError(1100)
        return self.world.project.use_ticket(ticket_id, self.params["device_id"])


type Handler = Callable[[Call], JsonValue]


@dataclass(frozen=True, slots=True)
class Route:
    """One path and its handler.

    Attributes:
        calls: family of calls, for faults and the log.
        needs_lock_service: part of the smart lock service.
        is_token: signed without a token.
    """

    method: str
    pattern: str
    handler: Handler
    calls: str
    needs_lock_service: bool = False
    is_token: bool = False
    regex: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        """Compile the pattern."""
        expression = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.pattern)
        object.__setattr__(self, "regex", re.compile(f"^{expression}$"))

    def shown(self, params: dict[str, str]) -> str:
        """Return the path for the log, without secrets."""
        path = self.pattern
        for name, value in params.items():
            path = path.replace(f"{{{name}}}", "***" if name in SECRET_PARTS else value)
        return path


class Routes:
    """A table of routes, filled by decorators."""

    def __init__(self, calls: str, *, lock: bool = False, token: bool = False) -> None:
        """Begin an empty table for one family of calls."""
        self._calls = calls
        self._lock = lock
        self._token = token
        self.routes: list[Route] = []

    def on(self, method: str, *patterns: str) -> Callable[[Handler], Handler]:
        """Return a decorator that makes a handler answer some paths."""

        def register(handler: Handler) -> Handler:
            for pattern in patterns:
                self.routes.append(
                    Route(
                        method, pattern, handler, self._calls, self._lock, self._token
                    )
                )
            return handler

        return register


class Router:
    """All routes; more definite patterns win."""

    def __init__(self, *tables: Routes) -> None:
        """Join tables."""
        routes = [route for table in tables for route in table.routes]
        self._routes = sorted(routes, key=lambda route: route.pattern.count("{"))

    def match(self, method: str, path: str) -> tuple[Route, dict[str, str]] | None:
        """Return the route of a path and its parts, None for unknown ones."""
        plain = path.rstrip("/") or "/"
        for route in self._routes:
            if route.method != method:
                continue
            found = route.regex.match(plain)
            if found is not None:
                return route, found.groupdict()
        return None

    def patterns(self) -> list[tuple[str, str]]:
        """Return every method and path, for the documentation."""
        return [(route.method, route.pattern) for route in self._routes]


def as_whole(value: JsonValue) -> int:
    """Return a whole number.

    Raises:
        ApiError: 1109, it is none.
    """
    number = whole(value)
    if number is None:
        raise ApiError(1109)
    return number


def as_truth(value: JsonValue) -> bool:
    """Return a boolean.

    Raises:
        ApiError: 1109, it is none.
    """
    boolean = truth(value)
    if boolean is None:
        raise ApiError(1109)
    return boolean


def required(body: JsonObject, *names: str) -> None:
    """Check that fields are there and not empty.

    Raises:
        ApiError: 1100, one isn't.
    """
    for name in names:
        if body.get(name) is None or body.get(name) == "":
            raise ApiError(1100)
