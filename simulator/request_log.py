"""What was asked of the cloud: enough to count and to check, and no secret."""

from collections import deque
from dataclasses import dataclass

from .json_types import JsonObject

KEPT = 20_000
LONGEST_PLAIN = 24


@dataclass(frozen=True, slots=True)
class LoggedRequest:
    """One request.

    Attributes:
        time: simulated seconds since 1970.
        method: HTTP method.
        path: with secrets replaced by `***`; no query.
        calls: family of calls, "" for unknown paths.
        device_id: the device asked about, "" for none.
        query: names of the query's parameters.
        code: Tuya's code, 0 for success, None when no answer was made.
        fault: what went wrong on purpose.
    """

    time: float
    method: str
    path: str
    calls: str
    device_id: str
    query: tuple[str, ...]
    code: int | None
    fault: tuple[str, ...]

    def as_json(self) -> JsonObject:
        """Return the request for the control API."""
        return {
            "time": self.time,
            "method": self.method,
            "path": self.path,
            "calls": self.calls,
            "device_id": self.device_id,
            "query": list(self.query),
            "code": self.code,
            "fault": list(self.fault),
        }


class RequestLog:
    """The newest requests, oldest first."""

    def __init__(self) -> None:
        """Begin empty."""
        self.entries: deque[LoggedRequest] = deque(maxlen=KEPT)

    def add(self, entry: LoggedRequest) -> None:
        """Remember a request."""
        self.entries.append(entry)

    def clear(self) -> None:
        """Forget everything."""
        self.entries.clear()


def plain_path(path: str) -> str:
    """Return a path whose long segments, which may be tokens, are hidden."""
    return "/".join(
        part if len(part) <= LONGEST_PLAIN else "***" for part in path.split("/")
    )
