"""What a reading of the calendar means for bookings that are not in it.

An outage is never an empty list. A booking that has not ended counts as cancelled once two
good readings with something in them, at least a quarter of an hour apart, did not have it;
a calendar that says that it is empty is believed after a day; one that can't be read, never.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from .booking_identity import AFTERLIFE, recognise
from .bookings import FeedEvent, bookings_among, own_end, stay_of
from .guest_memory import Booking, GuestMemory
from .guest_rules import GuestRules

# Two readings that don't have a booking have to be so far apart.
CANCELLED_AFTER = timedelta(minutes=15)
# For so long an empty calendar is held for a fault.
EMPTY_FOR = timedelta(hours=24)
# Behind the end of the window nothing of a booking is of any use.
_FORGET_AFTER = AFTERLIFE


def read(
    memory: GuestMemory,
    events: Sequence[FeedEvent],
    rules: GuestRules,
    now: datetime,
    zone: tzinfo,
) -> tuple[GuestMemory, Mapping[str, FeedEvent]]:
    """Return what is known after a good reading, and the event of each booking in it.

    `zone` is that of the first lock.
    """
    bookings = bookings_among(events, rules)
    known, seen = recognise(replace(memory, failing_since=None), bookings, now, zone)
    if events:
        known = replace(known, empty_since=None)
    elif known.empty_since is None:
        known = replace(known, empty_since=now)
    kept = (
        booking
        if booking.id in seen
        else _missed(booking, known.empty_since, rules, now, zone)
        for booking in known.bookings.values()
    )
    left = {
        booking.id: booking
        for booking in kept
        if booking.id in seen or not _is_forgotten(booking, rules, now, zone)
    }
    return replace(known, bookings=left), seen


def not_read(memory: GuestMemory, now: datetime) -> GuestMemory:
    """Return what is known after a reading that failed: all of it stays as it is."""
    return replace(memory, failing_since=memory.failing_since or now)


def has_ended(booking: Booking, rules: GuestRules, now: datetime, zone: tzinfo) -> bool:
    """Tell whether an event is over, so that its calendar may forget it any time.

    An all-day one is over at midnight, hours before its guest checks out.
    """
    check_out = stay_of(booking.start, booking.end, rules, zone).check_out
    return now >= min(own_end(booking.end, zone), check_out)


def _is_forgotten(
    booking: Booking, rules: GuestRules, now: datetime, zone: tzinfo
) -> bool:
    """Tell whether nothing of a booking is of any use any more."""
    window = stay_of(booking.start, booking.end, rules, zone).window
    return now >= window.end + _FORGET_AFTER or (booking.gone and not booking.made)


def _missed(
    booking: Booking,
    empty_since: datetime | None,
    rules: GuestRules,
    now: datetime,
    zone: tzinfo,
) -> Booking:
    if booking.gone or has_ended(booking, rules, now, zone):
        return booking
    if empty_since is not None:
        # Nothing at all is in it: that says little, until it has said so for a day.
        gone = now - empty_since >= EMPTY_FOR
        return (
            replace(booking, missing_since=empty_since, gone=True) if gone else booking
        )
    since = booking.missing_since or now
    return replace(booking, missing_since=since, gone=now - since >= CANCELLED_AFTER)
