"""What is remembered of the bookings' codes, brought up to what became of them."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from ..domain.guest_memory import Booking, GuestMemory
from ..domain.guest_rules import GuestRules
from ..domain.reconcile import Code
from ..hub import LockHub
from .work import GuestWork


def kept_up(
    memory: GuestMemory,
    rules: GuestRules,
    hubs: Collection[LockHub],
    work: GuestWork,
    now: datetime,
) -> GuestMemory:
    """Return what is remembered, knowing the codes that are there, and that are not.

    A code that was made and answered, but not noted before Home Assistant was killed, is
    found by its reference. Where somebody deleted a guest's code by hand, none is made
    again there.
    """
    for hub in hubs:
        codes = work.codes(hub)
        is_wanted = hub.id in rules.locks
        for booking in tuple(memory.bookings.values()):
            own = [code for code in codes if code.booking == booking.id]
            changed = _kept_up(booking, hub.id, own, now, is_wanted=is_wanted)
            if changed != booking:
                memory = memory.having(changed)
    return memory


def _kept_up(
    booking: Booking,
    device_id: str,
    codes: Iterable[Code],
    now: datetime,
    *,
    is_wanted: bool,
) -> Booking:
    by_id = {code.id: code for code in codes}
    live = [code.id for code in by_id.values() if code.is_live(now)]
    known = booking.made.get(device_id)
    if known in live:
        return booking
    made = {key: each for key, each in booking.made.items() if key != device_id}
    if live:
        return replace(booking, made={**made, device_id: live[0]})
    if known is None:
        return booking
    code = by_id.get(known)
    if code is not None and code.is_refused(now):
        return booking
    if code is not None and booking.gone and code.is_going and code.end > now:
        return booking  # its lock has yet to take the deletion
    if code is not None and code.was_deleted(now) and is_wanted and not booking.gone:
        dropped = booking.dropped | {device_id}
        return replace(booking, made=made, dropped=dropped)
    return replace(booking, made=made)
