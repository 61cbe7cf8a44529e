"""Fields that several actions share: how they are read, and how results are written."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, datetime
from enum import StrEnum
from typing import Any
from unicodedata import category

from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonObjectType

from ..exceptions import refused
from ..tuya_cloud import MAX_NAME

LONGEST_REFERENCE = 255

# Letters, numbers, punctuation and symbols; not blanks, nor what only joins or turns.
_VISIBLE = frozenset("LNPS")
# Letters and symbols of which nothing is to be seen: fillers of Hangul, an empty Braille
# cell.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_UNPRINTABLE = frozenset({"Cc", "Cs"})

ATTR_LIMIT = "limit"
ATTR_OFFSET = "offset"


def aware(moment: datetime | None) -> datetime | None:
    """Return a time as Home Assistant's user means it: local unless it says a zone.

    Raises ServiceValidationError at both ends of the calendar, where there may be no
    such time in another zone, and nothing can be reckoned from it.
    """
    if moment is None:
        return None
    if not MINYEAR < moment.year < MAXYEAR:
        raise refused("window_out_of_range")
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt_util.get_default_time_zone())
    return dt_util.as_utc(moment)


def time_text(moment: datetime | None) -> str | None:
    """Return a time as the user of an action reads it: in Home Assistant's zone."""
    if moment is None:
        return None
    return dt_util.as_local(moment).isoformat(timespec="seconds")


def check_new_name(name: str | None, *, empty: str = "new_name_empty") -> None:
    """Refuse a name that is empty or can't be shown; None is no new name.

    `empty` is the key of the error for one of which nothing is to be seen.
    """
    if name is None:
        return
    if any(category(char) in _UNPRINTABLE for char in name):
        raise refused("name_not_printable")
    if not _is_visible(name):
        raise refused(empty)


def check_password_name(name: str | None, *, empty: str = "new_name_empty") -> None:
    """Refuse a password's name that Tuya would refuse; None is no new name."""
    check_new_name(name, empty=empty)
    if name is not None and len(name) > MAX_NAME:
        raise refused("name_too_long", length=str(MAX_NAME))


def check_reference(reference: str | None) -> None:
    """Refuse a reference that is empty or can't be shown; None is no reference."""
    if reference is None:
        return
    if len(reference) > LONGEST_REFERENCE:
        raise refused("reference_too_long", length=str(LONGEST_REFERENCE))
    if any(category(char) in _UNPRINTABLE for char in reference):
        raise refused("reference_not_printable")
    if not _is_visible(reference):
        raise refused("reference_empty")


def _is_visible(text: str) -> bool:
    return any(category(char)[0] in _VISIBLE and char not in _BLANK for char in text)


def members_of[E: StrEnum](kind: type[E], values: Sequence[object]) -> frozenset[E]:
    """Return what a filter names; raises ServiceValidationError for what isn't there."""
    for value in values:
        if value not in kind:
            raise refused(
                "not_a_filter", value=str(value), choices=", ".join(sorted(kind))
            )
    return frozenset(kind(str(value)) for value in values)


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list: so many at most, after so many that are left out."""

    offset: int
    limit: int

    @classmethod
    def of(cls, data: dict[str, Any], most: int) -> Page:
        """Read `offset` and `limit`; raises ServiceValidationError for senseless ones."""
        page = cls(_whole(data, ATTR_OFFSET), _whole(data, ATTR_LIMIT))
        if page.offset < 0:
            raise refused("offset_negative")
        if not 1 <= page.limit <= most:
            raise refused("limit_out_of_range", most=str(most))
        return page

    def cut[T](self, items: Sequence[T]) -> Sequence[T]:
        """Return the page of a list."""
        return items[self.offset : self.offset + self.limit]

    def is_followed(self, total: int) -> bool:
        """Return whether a list of this length goes on behind the page."""
        return total > self.offset + self.limit

    def view(self, total: int) -> JsonObjectType:
        """Return which page it is of a list of this length."""
        return {
            "total": total,
            "offset": self.offset,
            "limit": self.limit,
            "has_more": self.is_followed(total),
        }


def _whole(data: dict[str, Any], field: str) -> int:
    value: object = data[field]
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        with suppress(ValueError, OverflowError):
            number = int(value)
            if not isinstance(value, float) or number == value:
                return number
    raise refused("not_a_whole_number", field=field)
