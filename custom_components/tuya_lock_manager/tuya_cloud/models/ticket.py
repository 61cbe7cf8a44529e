"""The ticket that a password is encrypted with."""

from dataclasses import dataclass, field
from typing import Self

from ..json import JsonValue
from .reader import Reader


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket, good for one request within the next five minutes or so."""

    id: str = field(repr=False)
    key: str = field(repr=False)

    @classmethod
    def from_json(cls, data: JsonValue) -> Self:
        """Read a ticket; opening from afar needs no key, so it may be missing.

        Raises:
            MalformedResponseError: no object, no id, or a wrong type.
        """
        fields = Reader(data, "ticket")
        return cls(fields.required_text("ticket_id"), fields.text("ticket_key"))
