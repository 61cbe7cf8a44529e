"""When codes went off their lock, and whom openings with their slots are ascribed to."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hypothesis import given, strategies as st
import pytest

from custom_components.tuya_lock_manager.domain.departures import Departure
from custom_components.tuya_lock_manager.domain.openings import opening_of
from custom_components.tuya_lock_manager.domain.passwords import (
    CLOCK_TOLERANCE,
    LEAVING,
    Password,
    PasswordStatus,
    PasswordType,
)
from custom_components.tuya_lock_manager.domain.removal import departures_of
from custom_components.tuya_lock_manager.domain.usage import usage_of

from .builders import DAY, HOUR, MINUTE, NOW, SECOND, issued, online, password, record
from .views import only

S = PasswordStatus
WEEK = 7 * DAY
ANN = password(id="1", name="Ann", slot=5, start=NOW - WEEK, end=NOW + WEEK)
LONG_AGO = NOW - HOUR


def departed(
    code: Password,
    known: Departure | None = None,
    *,
    asked_at: datetime | None = None,
    seen_until: datetime | None = None,
    heard_until: datetime | None = None,
) -> Departure | None:
    """Return what is known now of when a code went."""
    ours = issued(id=code.id, type=code.type, removal_requested_at=asked_at)
    return departures_of(
        [code],
        {} if known is None else {code.id: known},
        {ours.key: ours},
        seen_until=seen_until,
        heard_until=heard_until,
        now=NOW,
    ).get(code.id)


@pytest.mark.parametrize("status", PasswordStatus)
def test_who_goes(status: PasswordStatus) -> None:
    """A code that is neither on its way off its lock nor off it stays where it is."""
    found = departed(replace(ANN, status=status), Departure(LONG_AGO, NOW))
    assert (found is not None) is (status in LEAVING)


def test_offline_codes_have_no_place() -> None:
    code = replace(ANN, type=PasswordType.TIME_LIMITED, status=S.REMOVED)
    assert departed(code) is None


def test_it_may_be_gone_as_soon_as_that_was_asked_for() -> None:
    going = replace(ANN, status=S.REMOVING)
    early = NOW - CLOCK_TOLERANCE
    # ... but not before what is known of the lock already
    for heard, after in (
        (None, early),
        (NOW - HOUR, early),
        (early + SECOND, early + SECOND),
        (NOW + HOUR, NOW),
    ):
        found = departed(going, asked_at=NOW, seen_until=LONG_AGO, heard_until=heard)
        assert found == Departure(after, None, 5)


def test_one_that_was_removed_elsewhere_may_be_gone_since_it_was_last_seen() -> None:
    gone = replace(ANN, status=S.REMOVED)
    assert departed(gone, seen_until=LONG_AGO, heard_until=NOW) == Departure(
        LONG_AGO - CLOCK_TOLERANCE, NOW, 5
    )
    assert departed(gone, heard_until=NOW) == Departure(None, NOW, 5)


def test_what_is_known_stays() -> None:
    """The slot and the time before which it was there; when it was first seen gone."""
    known = Departure(LONG_AGO, None, 5)
    code = replace(ANN, slot=None, status=S.REMOVED)
    gone = departed(code, known, asked_at=NOW, seen_until=NOW)
    assert gone == Departure(LONG_AGO, NOW, 5)
    assert departed(code, replace(known, by=LONG_AGO)) == replace(known, by=LONG_AGO)
    shown_again = departed(replace(code, status=S.REMOVING), gone)
    assert shown_again == known


def test_a_removed_code_that_leaves_the_list_stays_removed() -> None:
    ours = issued(
        id="1001", type=PasswordType.CUSTOM, removal_requested_at=LONG_AGO - HOUR
    )
    going, gone = Departure(LONG_AGO, None, 5), Departure(LONG_AGO, NOW - MINUTE, 5)
    seen = only(issued=[ours], departures={"1001": going})
    assert (seen.status, seen.slot) == (S.REMOVING, 5)
    seen = only(issued=[ours], departures={"1001": gone})
    assert (seen.status, seen.slot, seen.departure) == (S.REMOVED, 5, gone)
    listed = only(online=[online(phase=0, slot=5)], departures={"1001": gone})
    assert (listed.status, listed.departure) == (S.REMOVED, gone)


def test_the_number_of_a_code_is_nobody_elses() -> None:
    gone = replace(ANN, status=S.REMOVED, departure=Departure(None, NOW, 5))
    told = opening_of(record(value="1", time=NOW - MINUTE), [gone])
    assert told is not None
    assert told.password_name == "Ann"


def test_the_first_use_of_the_next_one_in_a_slot() -> None:
    gone = replace(ANN, status=S.REMOVED, departure=Departure(LONG_AGO, NOW, 5))
    bob = password(id="2", slot=5, start=NOW, end=NOW + HOUR)
    doubtful, sure = record(time=NOW + SECOND), record(time=NOW + CLOCK_TOLERANCE)
    usage = usage_of([doubtful, sure], [gone, bob])
    assert usage.used == {bob.key: sure.time}
    usage = usage_of([record(time=LONG_AGO + SECOND)], [gone])
    assert not usage.used
    assert usage.doubtful == {gone.key}


@dataclass(frozen=True)
class Handover:
    """Ann's code goes and Bob's comes; seconds from when that was asked for, or from when
    a list last showed Ann's.

    off: Ann's is off the lock.
    seen: so much later a list shows that.
    taken: so much after it is off, Bob's lies in its slot.
    opened: somebody opens.
    fast: the lock's clock is ahead, or behind.
    asked_here: nobody removed it elsewhere.
    lists: how often they were read since: until Ann's was gone, until Bob's was there.
    """

    off: int
    seen: int
    taken: int
    opened: int
    fast: int
    asked_here: bool
    lists: int

    @property
    def opener(self) -> str | None:
        """Return whose code it was."""
        if self.opened < self.off:
            return "Ann"
        return "Bob" if self.opened >= self.off + self.taken else None

    def known(self) -> list[Password]:
        """Return the codes as they are known."""
        asked_at = NOW if self.asked_here else None
        ours = issued(
            id=ANN.id, type=PasswordType.CUSTOM, removal_requested_at=asked_at
        )
        departures: dict[str, Departure] = {}
        ann = replace(ANN, status=S.REMOVING)
        for status, now in (
            (S.REMOVING, NOW),
            (S.REMOVED, after(self.off + self.seen)),
        ):
            ann = replace(ann, status=status)
            departures = departures_of(
                [ann],
                departures,
                {ours.key: ours},
                seen_until=NOW,
                heard_until=None,
                now=now,
            )
            ann = replace(ann, departure=departures[ann.id])
            if not self.lists:
                break
        start = after(self.off + self.taken)
        bob = password(id="2", name="Bob", slot=5, start=start, end=NOW + WEEK)
        return [ann, bob] if self.lists > 1 else [ann]


def after(seconds: int) -> datetime:
    """Return a moment of a handover."""
    return NOW + timedelta(seconds=seconds)


@given(
    st.builds(
        Handover,
        off=st.integers(0, 300),
        seen=st.integers(0, 300),
        taken=st.integers(0, 300),
        opened=st.integers(-300, 1200),
        fast=st.integers(-59, 59),
        asked_here=st.booleans(),
        lists=st.integers(0, 2),
    )
)
def test_nobody_is_ever_called_by_anothers_name(handover: Handover) -> None:
    opened, opener = handover.opened, handover.opener
    seen = record(value="5", time=after(opened + handover.fast))
    told = opening_of(seen, handover.known())
    assert told is not None
    assert told.password_name in {opener, None}
    # ... and where it is clear who it was, the name is told
    sure = 2 * CLOCK_TOLERANCE.seconds
    if opened < -sure:
        assert told.password_name == "Ann"
    later = max(handover.seen, handover.taken) + handover.off
    if handover.lists > 1 and opened >= later + sure:
        assert told.password_name == "Bob"
