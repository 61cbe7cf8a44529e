"""The access token."""

from dataclasses import dataclass, field
from typing import Self

from ..errors import MalformedResponseError
from ..json import JsonValue
from .reader import Reader


@dataclass(frozen=True, slots=True)
class TokenGrant:
    """An access token as granted; `lifetime` in seconds, `uid` is the project's own."""

    value: str = field(repr=False)
    lifetime: int
    uid: str | None

    @classmethod
    def from_json(cls, data: JsonValue) -> Self:
        """Read a grant.

        Raises:
            MalformedResponseError: no object, no token, no lifetime, or a wrong type.
        """
        fields = Reader(data, "token")
        value = fields.required_text("access_token")
        lifetime = fields.number("expire_time", "expire")
        # The token travels in a header, where only printable ASCII may stand.
        if lifetime is None or lifetime <= 0 or not _fits_header(value):
            raise MalformedResponseError("token: not usable")
        return cls(value, lifetime, fields.optional_text("uid"))


def _fits_header(text: str) -> bool:
    return text.isascii() and text.isprintable()
