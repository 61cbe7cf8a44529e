"""The codes of a guest calendar as they are on a lock: found by their references."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
import re
from zoneinfo import ZoneInfo

from homeassistant.config_entries import ConfigEntry

from ..const import GUEST_CALENDAR
from ..domain.guest_memory import Booking
from ..domain.passwords import (
    ChangeState,
    IssuedCode,
    Password,
    PasswordStatus,
    PasswordType,
)
from ..domain.reconcile import Code, LockScene
from ..domain.windows import Window
from ..hub import LockHub
from ..tuya_cloud import DeliveryStatus

_OFFLINE = ":offline"
_OF_GUESTS = re.compile("guest:([^:]+):")


class References:
    """How the codes of one guest calendar are called."""

    def __init__(self, entry: ConfigEntry, subentry_id: str) -> None:
        """Take the account, and the id of its config subentry."""
        self._subentry_id = subentry_id
        self._entry = entry
        self._beginning = f"guest:{subentry_id}:"

    def of(self, booking: Booking, *, offline: bool = False) -> str:
        """Return the reference of a booking's code; it has one more for an offline one."""
        return f"{self._beginning}{booking.id}{_OFFLINE if offline else ''}"

    def booking_id(self, reference: str | None) -> str | None:
        """Return whose code a reference is of; None where it isn't one of these."""
        if reference is None or not reference.startswith(self._beginning):
            return None
        return reference.removeprefix(self._beginning).removesuffix(_OFFLINE)

    def codes(self, hub: LockHub) -> Iterator[Code]:
        """Yield the codes of the guest calendar that are remembered of a lock."""
        for issued in hub.memory.issued.values():
            if (booking_id := self.booking_id(issued.reference)) is not None:
                yield _code(hub, issued, booking_id)

    def scene(self, hub: LockHub, wanted: bool, failing: frozenset[str]) -> LockScene:
        """Return a lock as the rules see it."""
        return LockScene(
            device_id=hub.id,
            zone=ZoneInfo(hub.time_zone),
            has_online=hub.traits.online_codes,
            is_wanted=wanted,
            twins=frozenset(self._twins(hub)),
            failing=failing,
        )

    def _twins(self, hub: LockHub) -> Iterator[tuple[str, datetime, datetime]]:
        for password in hub.passwords.data or ():
            if (
                password.type is PasswordType.CUSTOM
                and not password.ended
                and password.status is not PasswordStatus.REMOVING
                and not self._is_another_guests(password.reference)
                and password.start is not None
                and password.end is not None
            ):
                yield password.name, password.start, password.end

    def _is_another_guests(self, reference: str | None) -> bool:
        """Tell whether a code is of another booking than the one that it is the twin of.

        That is so within this guest calendar, and in one that reads another calendar.
        """
        made_by = _OF_GUESTS.match(reference or "")
        if made_by is None or self.booking_id(reference) is not None:
            return made_by is not None
        feeds = {
            subentry_id: subentry.data.get(GUEST_CALENDAR)
            for subentry_id, subentry in self._entry.subentries.items()
        }
        feed = feeds.get(made_by[1])
        return feed is not None and feed != feeds.get(self._subentry_id)


def _code(hub: LockHub, issued: IssuedCode, booking_id: str) -> Code:
    """Return a code as it is wanted to be; somebody may have changed it elsewhere."""
    seen = hub.passwords.find(issued.key)
    code = Code(
        id=issued.id,
        booking=booking_id,
        name=issued.name,
        start=issued.start,
        end=issued.end,
        status=seen.status if seen else PasswordStatus.PENDING,
        asked_at=issued.sent_at,
        is_custom=issued.type is PasswordType.CUSTOM,
        removal_asked=issued.removal_requested_at is not None,
        is_listed=hub.passwords.may_list(issued.key),
    )
    if seen is None:
        return code
    code = replace(
        code,
        change_failed=seen.change is ChangeState.FAILED,
        is_changing=seen.change is not None,
        confirmed=_confirmed(seen, issued),
        new_digits=_has_new_digits(hub, issued),
        lacks_place=_lacks_place(seen),
    )
    if issued.change is not None or not code.is_custom:
        return code
    return replace(
        code,
        name=seen.name,
        start=seen.start or issued.start,
        end=seen.end or issued.end,
    )


def _confirmed(seen: Password, issued: IssuedCode) -> Window | None:
    """Return the window that the lock confirmed last, as far as one is known."""
    if issued.change is not None:
        return issued.change.confirmed
    return Window(seen.start, seen.end) if seen.start and seen.end else None


def _lacks_place(seen: Password) -> bool | None:
    """Tell whether a lock refused a code since it was full; many don't say why."""
    if seen.status is PasswordStatus.FAILED and seen.failure is None:
        return None
    return seen.failure is DeliveryStatus.FULL


def _has_new_digits(hub: LockHub, issued: IssuedCode) -> bool:
    """Tell whether a change that is not confirmed may be one of the digits."""
    if issued.change is None or issued.change.frozen is not None:
        return False
    digits = hub.unsealed(issued.id, issued.sealed)
    return digits is None or digits != hub.unsealed(issued.id, issued.change.sealed)
