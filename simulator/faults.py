"""Faults on demand: what goes wrong, where, how often."""

from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
import random

from .errors import UsageError
from .json_types import JsonObject, JsonValue, text, whole


class FaultKind(StrEnum):
    """What can go wrong."""

    LATENCY = "latency"
    TIMEOUT_BEFORE = "timeout_before"
    TIMEOUT_AFTER = "timeout_after"
    RESET = "reset"
    RESET_AFTER = "reset_after"
    HTTP_5XX = "http_5xx"
    BROKEN_JSON = "broken_json"
    WRONG_TYPES = "wrong_types"
    MISSING_FIELDS = "missing_fields"
    NULL_RESULT = "null_result"
    EXPIRED_TOKEN = "expired_token"
    REVOKED_TOKEN = "revoked_token"
    THROTTLED = "throttled"
    QUOTA = "quota"
    PLAN_EXPIRED = "plan_expired"
    NOT_AUTHORISED = "not_authorised"
    CLOCK_SKEW = "clock_skew"
    DEVICE_OFFLINE = "device_offline"
    LOCK_FULL = "lock_full"
    TICKET_EXPIRED = "ticket_expired"


DOCS: dict[FaultKind, str] = {
    FaultKind.LATENCY: "answer late by `seconds` (0.5) of real time",
    FaultKind.TIMEOUT_BEFORE: "never answer, nothing done",
    FaultKind.TIMEOUT_AFTER: "do the work, never answer",
    FaultKind.RESET: "reset the connection, nothing done",
    FaultKind.RESET_AFTER: "do the work, then reset the connection",
    FaultKind.HTTP_5XX: "HTTP status `code` (502) with a page of HTML, nothing done",
    FaultKind.BROKEN_JSON: "do the work, cut the answer short",
    FaultKind.WRONG_TYPES: "do the work, change the types in the result",
    FaultKind.MISSING_FIELDS: "do the work, leave fields out of the result",
    FaultKind.NULL_RESULT: "do the work, answer with result null",
    FaultKind.EXPIRED_TOKEN: "the token that is used has expired",
    FaultKind.REVOKED_TOKEN: "the token that is used is unknown",
    FaultKind.THROTTLED: "refuse with `code` 1199 or 1110",
    FaultKind.QUOTA: "refuse with 28841004",
    FaultKind.PLAN_EXPIRED: "refuse with 28841002",
    FaultKind.NOT_AUTHORISED: "refuse with `code` 28841105 or 1106",
    FaultKind.CLOCK_SKEW: "refuse with 1013",
    FaultKind.DEVICE_OFFLINE: "refuse calls to a device with 2001",
    FaultKind.LOCK_FULL: "refuse creations with 2303",
    FaultKind.TICKET_EXPIRED: "refuse calls that carry a ticket, by the switch ticket_error",
}


@dataclass(slots=True)
class Fault:
    """One rule.

    Attributes:
        id: its number.
        kind: what goes wrong.
        path: part of the path, or a pattern with `*`; "" for all.
        calls: family of calls (`passwords`, `records`, …); "" for all.
        method: HTTP method; "" for all.
        count: how often it still happens; None without end.
        rate: probability per matching call.
        skip: matching calls that pass first.
        seconds: for latency.
        code: for kinds with a choice of code.
    """

    id: int
    kind: FaultKind
    path: str = ""
    calls: str = ""
    method: str = ""
    count: int | None = None
    rate: float = 1.0
    skip: int = 0
    seconds: float = 0.5
    code: int | None = None
    hits: int = 0

    def matches(self, method: str, path: str, calls: str) -> bool:
        """Tell whether the rule is about a call."""
        if self.method and self.method.upper() != method:
            return False
        if self.calls and self.calls != calls:
            return False
        if "*" in self.path:
            return fnmatchcase(path, self.path)
        return self.path in path

    def as_json(self) -> JsonObject:
        """Return the rule for the control API."""
        return {
            "id": self.id,
            "kind": self.kind.value,
            "path": self.path,
            "calls": self.calls,
            "method": self.method,
            "count": self.count,
            "rate": self.rate,
            "skip": self.skip,
            "seconds": self.seconds,
            "code": self.code,
            "hits": self.hits,
        }


def _number(raw: JsonObject, name: str, default: float, most: float = 10**6) -> float:
    value = raw.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise UsageError(f"{name} is a number")
    try:
        number = float(value)
    except (ValueError, OverflowError) as err:
        raise UsageError(f"{name} is a number") from err
    if not 0 <= number <= most:  # false for "not a number", too
        raise UsageError(f"{name} is a number from 0 to {most}")
    return number


def _count(raw: JsonObject, name: str) -> int | None:
    value = raw.get(name)
    number = whole(value)
    if value is not None and (number is None or number < 0):
        raise UsageError(f"{name} is a whole number")
    return number


def _code(raw: JsonObject, kind: FaultKind) -> int | None:
    code = _count(raw, "code")
    if kind is FaultKind.HTTP_5XX and code is not None and not 500 <= code <= 599:
        raise UsageError("code is an HTTP status from 500 to 599")
    return code


class Faults:
    """All rules, in the order in which they were made."""

    def __init__(self, rng: random.Random) -> None:
        """Begin without faults."""
        self._rng = rng
        self._rules: list[Fault] = []
        self._last = 0

    def add(self, raw: JsonObject) -> Fault:
        """Make a rule from its fields.

        Raises:
            UsageError: unknown kind or field, or a value of the wrong type.
        """
        kind = text(raw.get("kind"))
        if kind not in set(FaultKind):
            raise UsageError(f"kind is one of: {', '.join(FaultKind)}")
        fields = set(Fault.__dataclass_fields__) - {"id", "hits"}
        unknown = set(raw) - fields
        if unknown:
            raise UsageError(f"unknown: {', '.join(sorted(unknown))}")
        rule = Fault(
            id=self._last + 1,
            kind=FaultKind(kind),
            path=text(raw.get("path")),
            calls=text(raw.get("calls")),
            method=text(raw.get("method")),
            count=_count(raw, "count"),
            rate=_number(raw, "rate", 1.0, most=1.0),
            skip=int(_number(raw, "skip", 0)),
            seconds=_number(raw, "seconds", 0.5),
            code=_code(raw, FaultKind(kind)),
        )
        self._last = rule.id
        self._rules.append(rule)
        return rule

    def parse(self, line: str) -> Fault:
        """Make a rule from `KIND` or `KIND:field=value,field=value`.

        Raises:
            UsageError: as `add`.
        """
        kind, _, rest = line.partition(":")
        raw: JsonObject = {"kind": kind.strip()}
        for part in filter(None, rest.split(",")):
            name, equals, value = part.partition("=")
            if not equals:
                raise UsageError(f"not field=value: {part}")
            raw[name.strip()] = value.strip()
        return self.add(raw)

    def remove(self, fault_id: int | None = None) -> None:
        """Remove one rule, or all."""
        self._rules = [
            r for r in self._rules if fault_id is not None and r.id != fault_id
        ]

    def rules(self) -> tuple[Fault, ...]:
        """Return the rules."""
        return tuple(self._rules)

    def draw(self, method: str, path: str, calls: str) -> dict[FaultKind, Fault]:
        """Return the faults that befall one call, and count them."""
        drawn: dict[FaultKind, Fault] = {}
        for rule in self._rules:
            if (
                rule.kind in drawn
                or rule.count == 0
                or not rule.matches(method, path, calls)
            ):
                continue
            if rule.skip > 0:
                rule.skip -= 1
                continue
            if rule.rate < 1 and self._rng.random() >= rule.rate:
                continue
            drawn[rule.kind] = rule
        return drawn

    @staticmethod
    def happened(rule: Fault) -> None:
        """Count that a fault came to pass."""
        rule.hits += 1
        if rule.count is not None:
            rule.count -= 1


def wrong_types(value: JsonValue) -> JsonValue:
    """Return a value with every type changed."""
    match value:
        case bool():
            return "perhaps"
        case int() | float():
            return {"value": str(value)}
        case str():
            return [len(value)]
        case list():
            return {"items": [wrong_types(item) for item in value]}
        case dict():
            return {key: wrong_types(item) for key, item in value.items()}
        case _:
            return 0


def missing_fields(value: JsonValue, rng: random.Random) -> JsonValue:
    """Return a value whose objects lack about half of their fields, at least one."""
    if isinstance(value, list):
        return [missing_fields(item, rng) for item in value]
    if not isinstance(value, dict) or not value:
        return value
    kept = [key for key in value if rng.random() < 0.5]
    if len(kept) == len(value):
        kept.pop()
    return {key: missing_fields(value[key], rng) for key in kept}
