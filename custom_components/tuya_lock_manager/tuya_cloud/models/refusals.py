"""What is refused here, before anything is sent, because Tuya would refuse it."""

from datetime import UTC, datetime, timedelta
import re

from ..errors import InvalidRequestError

# The limit of Tuya's own lock SDK (its error 1031); the cloud documents none.
MAX_NAME = 20
MAX_PAGE_SIZE = 100

_EPOCH = datetime.fromtimestamp(0, UTC)

_ZONE = re.compile(r"UTC|[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)+")


def refuse(message: str) -> InvalidRequestError:
    """Return the refusal; its text never holds what was refused."""
    return InvalidRequestError(message)


def check_name(name: object, *, required: bool) -> None:
    """Refuse a password's name that is no good as a text, empty or too long."""
    text = check_text(name)
    if required and not text.strip():
        raise refuse("The name is empty")
    if len(text) > MAX_NAME:
        raise refuse(f"The name is longer than {MAX_NAME} characters")


def check_free_name(name: object) -> None:
    """Refuse a name that is empty or no good as a text.

    It is for members and unlock methods, for which no greatest length is known.
    """
    if not check_text(name).strip():
        raise refuse("The name is empty")


def check_text(name: object) -> str:
    """Return a name that is a text and has no control characters; refuse another."""
    if not isinstance(name, str):
        raise refuse("The name is not a text")
    if any(char < " " or "\x7f" <= char < "\xa0" for char in name):
        raise refuse("The name has control characters")
    if any("\ud800" <= char <= "\udfff" for char in name):
        raise refuse("The name is not valid Unicode")
    return name


def check_digits(digits: object, length: int) -> None:
    """Refuse what is not exactly `length` ASCII digits."""
    if not isinstance(digits, str):
        raise refuse("The digits are not a text")
    if not (digits.isascii() and digits.isdecimal()):
        raise refuse("The digits are not ASCII digits")
    if len(digits) != length:
        raise refuse(f"The lock takes exactly {length} digits")


def check_window(start: datetime, end: datetime) -> None:
    """Refuse a window without time zone, before 1970, or that does not last."""
    if start.utcoffset() is None or end.utcoffset() is None:
        raise refuse("The start or the end has no time zone")
    if to_seconds(start) < 0:
        raise refuse("The start is before 1970")
    if to_seconds(start) >= to_seconds(end):
        raise refuse("The start is not before the end")


def check_time_zone(name: str) -> None:
    """Refuse what is not an IANA name, such as the fixed offsets that locks report."""
    if not _ZONE.fullmatch(name):
        raise refuse("The time zone is not an IANA name")


def check_page(page: int, page_size: int) -> None:
    """Refuse a page that cannot exist; a hundred entries is the most that is known."""
    if page < 1 or not 1 <= page_size <= MAX_PAGE_SIZE:
        raise refuse("There is no such page")


def to_seconds(moment: datetime) -> int:
    """Return a point in time as Tuya takes it: whole seconds since 1970."""
    return (moment - _EPOCH) // timedelta(seconds=1)


def to_milliseconds(moment: datetime) -> int:
    """Return a point in time in whole milliseconds since 1970."""
    return (moment - _EPOCH) // timedelta(milliseconds=1)
