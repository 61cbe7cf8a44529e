"""Who asks, and where."""

from dataclasses import dataclass, field

from yarl import URL

from .errors import InvalidCredentialsError, InvalidRequestError


@dataclass(frozen=True, slots=True)
class Credentials:
    """A cloud project: its Access ID, its Access Secret and its data centre's address."""

    access_id: str
    access_secret: str = field(repr=False)
    base_url: str

    def __post_init__(self) -> None:
        """Refuse what could not even be sent.

        Raises:
            InvalidCredentialsError: id or secret is empty or not printable ASCII.
            InvalidRequestError: the address is no http(s) address of a host.
        """
        for text in (self.access_id, self.access_secret):
            if not (text and text.isascii() and text.isprintable() and " " not in text):
                raise InvalidCredentialsError("The Access ID or Secret is not valid")
        if not _is_address(self.base_url):
            raise InvalidRequestError("The address of the cloud is not valid")


def _is_address(text: str) -> bool:
    try:
        url = URL(text)
    except ValueError:
        return False
    plain = not (url.query_string or url.fragment or url.user or url.password)
    return (
        plain
        and text.isascii()
        and url.scheme in {"http", "https"}
        and bool(url.host and url.port)
    )
