"""What is remembered of a guest calendar's bookings; no digits, and no descriptions."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
import hashlib
from typing import Self

from ..tuya_cloud.json import JsonValue
from ..tuya_cloud.models import MAX_NAME
from .bookings import FeedEvent, guest_of, plain
from .stored import (
    flag,
    moment,
    optional_moment,
    optional_number,
    optional_object,
    optional_string,
    string,
    time_text,
)


class Sent(StrEnum):
    """What became of the message about a booking's code."""

    SENDING = "sending"  # it has left, or not: Home Assistant was killed in between
    SENT = "sent"
    UNSURE = "unsure"  # the host was told that nobody knows


@dataclass(frozen=True, slots=True)
class Booking:
    """One booking as it was last seen.

    id: ours; part of the references of its codes. number: what it is called where names
        are not shown. title, details, start, end, uid, recurrence_id: the event's;
        `details` is a hash of its description and place.
    suffix: above 1, the code's name ends with it, since others have the same.
    missing_since: since when good readings don't have it. gone: it was cancelled.
    made: the codes on its locks, by device id, as far as they should be there.
    dropped: locks where somebody deleted its code by hand.
    sent: what became of the message.
    random_because: why its digits are random though a pattern should give them.
    renamed: whether its feed gave other uids to events that stayed as they were.
    """

    id: str
    number: int
    title: str
    details: str
    start: date | datetime
    end: date | datetime
    uid: str | None = None
    recurrence_id: str | None = None
    suffix: int = 1
    missing_since: datetime | None = None
    gone: bool = False
    made: Mapping[str, str] = field(default_factory=dict)
    dropped: frozenset[str] = frozenset()
    sent: Sent | None = None
    random_because: str | None = None
    renamed: bool = False

    @property
    def is_missing(self) -> bool:
        """Return whether the last good reading did not have it."""
        return self.missing_since is not None

    def seen(self, event: FeedEvent) -> Booking:
        """Return it as an event shows it now; of one that was gone no code is left."""
        return replace(
            self,
            title=event.title,
            details=details_of(event),
            start=event.start,
            end=event.end,
            uid=event.uid,
            recurrence_id=event.recurrence_id,
            missing_since=None,
            gone=False,
            made={} if self.gone else self.made,
        )

    def to_dict(self) -> dict[str, JsonValue]:
        """Return it as JSON, times as ISO 8601."""
        return {
            "id": self.id,
            "number": self.number,
            "title": self.title,
            "details": self.details,
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "uid": self.uid,
            "recurrence_id": self.recurrence_id,
            "suffix": self.suffix,
            "missing_since": time_text(self.missing_since),
            "gone": self.gone,
            "made": dict(self.made),
            "dropped": [*sorted(self.dropped)],
            "sent": self.sent,
            "random_because": self.random_because,
            "renamed": self.renamed,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> Self:
        """Return it from stored JSON.

        Raises:
            ValueError: it is not what `to_dict` writes.
        """
        made = optional_object(data, "made") or {}
        sent = optional_string(data, "sent")
        return cls(
            id=string(data, "id"),
            number=optional_number(data, "number") or 0,
            title=string(data, "title"),
            details=string(data, "details"),
            start=_day_or_moment(data, "start"),
            end=_day_or_moment(data, "end"),
            uid=optional_string(data, "uid"),
            recurrence_id=optional_string(data, "recurrence_id"),
            suffix=optional_number(data, "suffix") or 1,
            missing_since=optional_moment(data, "missing_since"),
            gone=flag(data, "gone"),
            made={device_id: string(made, device_id) for device_id in made},
            dropped=frozenset(_texts(data, "dropped")),
            sent=Sent(sent) if sent else None,
            random_because=optional_string(data, "random_because"),
            renamed=flag(data, "renamed"),
        )


@dataclass(frozen=True, slots=True)
class GuestMemory:
    """What is remembered of one guest calendar.

    bookings: by their ids. last_number: the highest number that a booking got.
    empty_since, failing_since: since when the calendar says that there is nothing in it,
        or can't be read.
    """

    bookings: Mapping[str, Booking] = field(default_factory=dict)
    last_number: int = 0
    empty_since: datetime | None = None
    failing_since: datetime | None = None

    def having(self, booking: Booking) -> GuestMemory:
        """Return it with one booking as it is now."""
        return replace(self, bookings={**self.bookings, booking.id: booking})

    def to_dict(self) -> dict[str, JsonValue]:
        """Return it as JSON."""
        return {
            "bookings": [booking.to_dict() for booking in self.bookings.values()],
            "last_number": self.last_number,
            "empty_since": time_text(self.empty_since),
            "failing_since": time_text(self.failing_since),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> Self:
        """Return it from stored JSON.

        Raises:
            ValueError: it is not what `to_dict` writes.
        """
        stored = data.get("bookings")
        if not isinstance(stored, list):
            raise ValueError("bookings must be a list")  # noqa: TRY004
        bookings = [Booking.from_dict(_object(booking)) for booking in stored]
        return cls(
            bookings={booking.id: booking for booking in bookings},
            last_number=optional_number(data, "last_number") or 0,
            empty_since=optional_moment(data, "empty_since"),
            failing_since=optional_moment(data, "failing_since"),
        )


def memories_of(stored: object) -> tuple[dict[str, GuestMemory], list[str]]:
    """Return what is stored of guest calendars by their ids, and whose can't be read.

    Without it bookings are recognised by their codes, and a message may be sent twice.
    """
    if not isinstance(stored, Mapping):
        return {}, ["*"]
    found: dict[str, GuestMemory] = {}
    unreadable: list[str] = []
    for subentry_id, memory in stored.items():
        try:
            found[subentry_id] = GuestMemory.from_dict(_object(memory))
        except ValueError:
            unreadable.append(subentry_id)
    return found, unreadable


def code_name(booking: Booking) -> str:
    """Return what a booking's codes are called: after its guest, as long as may be."""
    suffix = f" ({booking.suffix})" if booking.suffix > 1 else ""
    return guest_of(booking.title)[: MAX_NAME - len(suffix)].rstrip() + suffix


def details_of(event: FeedEvent) -> str:
    """Return what tells descriptions apart without keeping them; "" for none."""
    # What a title has lost may be all that tells two guests of one name apart.
    text = plain(event.said or f"{event.description}\n{event.location}")
    return hashlib.sha256(text.encode()).hexdigest()[:16] if text else ""


def _object(stored: object) -> Mapping[str, object]:
    if isinstance(stored, Mapping):
        return stored
    raise ValueError("must be an object")


def _day_or_moment(data: Mapping[str, object], key: str) -> date | datetime:
    text = string(data, key)
    return moment(data, key) if "T" in text else date.fromisoformat(text)


def _texts(data: Mapping[str, object], key: str) -> list[str]:
    match data.get(key, []):
        case [*texts]:
            return [str(text) for text in texts]
    raise ValueError(f"{key} must be a list")
