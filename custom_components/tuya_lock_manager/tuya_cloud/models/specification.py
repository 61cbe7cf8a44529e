"""What a device can do and report."""

from collections.abc import Mapping
from dataclasses import dataclass
from sys import intern
from typing import Self

from ..errors import MalformedResponseError
from ..json import JsonValue, parse_json
from .reader import Reader


def _read_values(value: JsonValue) -> Mapping[str, JsonValue]:
    """Return the range of a data point, which the cloud writes as JSON inside a text.

    It only describes, so one that cannot be read counts as no description.
    """
    if isinstance(value, str):
        try:
            value = parse_json(value)
        except MalformedResponseError:
            return {}
    return value if isinstance(value, dict) else {}


@dataclass(frozen=True, slots=True)
class DataPoint:
    """A function or a status of a device. `dp_id` differs by product."""

    code: str
    type: str
    dp_id: int | None
    values: Mapping[str, JsonValue]

    @classmethod
    def from_json(cls, data: JsonValue) -> Self:
        """Read a data point.

        Raises:
            MalformedResponseError: no object, no code, or a field of a wrong type.
        """
        fields = Reader(data, "data point")
        return cls(
            code=intern(fields.required_text("code")),
            type=fields.text("type"),
            dp_id=fields.number("dp_id", "dpId"),
            values=_read_values(fields.value("values")),
        )


@dataclass(frozen=True, slots=True)
class Specification:
    """The functions and the status data points of a device."""

    category: str
    functions: tuple[DataPoint, ...]
    status: tuple[DataPoint, ...]

    @classmethod
    def from_json(cls, data: JsonValue) -> Self:
        """Read a specification; either list may be missing.

        Raises:
            MalformedResponseError: no object, or a field of a wrong type.
        """
        fields = Reader(data, "specification")
        return cls(
            category=fields.text("category"),
            functions=tuple(map(DataPoint.from_json, fields.items("functions"))),
            status=tuple(map(DataPoint.from_json, fields.items("status"))),
        )

    def codes(self) -> frozenset[str]:
        """Return the codes of all functions and status data points."""
        return frozenset(point.code for point in (*self.functions, *self.status))
