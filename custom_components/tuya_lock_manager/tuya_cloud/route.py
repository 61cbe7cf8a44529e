"""What can be asked of the cloud: method, path and kind of each request."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
import re

from .errors import InvalidRequestError

_ID = re.compile(r"[A-Za-z0-9_.-]*[A-Za-z0-9_-]")


class CallKind(StrEnum):
    """What a request is spent on, for whoever counts them."""

    TOKEN = "token"
    DEVICES = "devices"
    STATUS = "status"
    PASSWORDS = "passwords"
    RECORDS = "records"
    MEMBERS = "members"
    CHANGE = "change"


@dataclass(frozen=True, slots=True, eq=False)
class Route:
    """One endpoint. `template` is the path with the names of ids in braces."""

    method: str
    template: str
    kind: CallKind

    def at(self, **ids: str) -> Target:
        """Return the endpoint for these ids.

        Raises:
            InvalidRequestError: an id has characters that no id of Tuya has, which could
                lead elsewhere.
        """
        return _target(self, **ids)


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """An endpoint for one device, password and so on."""

    route: Route
    path: str


@lru_cache(maxsize=1024)
def _target(route: Route, **ids: str) -> Target:
    """Return the endpoint; locks are asked the same again and again."""
    if not all(_ID.fullmatch(value) for value in ids.values()):
        raise InvalidRequestError("An id is not valid")
    return Target(route, route.template.format_map(ids))
