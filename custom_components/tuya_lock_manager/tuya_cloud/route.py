"""What can be asked of the cloud: method, path and kind of each request."""

from dataclasses import dataclass
from enum import StrEnum
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


@dataclass(frozen=True, slots=True)
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
        if not all(_ID.fullmatch(value) for value in ids.values()):
            raise InvalidRequestError("An id is not valid")
        return Target(self, self.template.format_map(ids))


@dataclass(frozen=True, slots=True)
class Target:
    """An endpoint for one device, password and so on."""

    route: Route
    path: str
