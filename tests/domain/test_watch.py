"""When to look again after a code."""

from datetime import datetime, timedelta

from hypothesis import given, strategies as st
import pytest

from custom_components.tuya_lock_manager.domain.families import LockFamily
from custom_components.tuya_lock_manager.domain.watch import is_over, next_read

from .builders import DAY, HOUR, MINUTE, NOW, SECOND, moments

QUICK = [LockFamily.ZIGBEE, LockFamily.BLUETOOTH_GATEWAY]
SLEEPY = [LockFamily.WIFI, LockFamily.KEYPAD]


def reads(family: LockFamily, start: datetime, until: datetime) -> list[datetime]:
    """Return when a code that stays pending is read, from its acceptance on."""
    found, now = [], NOW
    while (
        at := next_read(family, accepted_at=NOW, start=start, now=now)
    ) and at <= until:
        assert at > now, "a read that never comes nearer"
        found.append(at)
        now = at
    return found


@pytest.mark.parametrize("family", QUICK)
@pytest.mark.parametrize("start", [NOW, NOW + 9 * DAY])
def test_quick_families(family: LockFamily, start: datetime) -> None:
    assert reads(family, start, NOW + 99 * DAY) == [
        NOW + timedelta(seconds=seconds) for seconds in (3, 8, 15, 25, 40, 90)
    ]


@pytest.mark.parametrize("family", SLEEPY)
def test_sleepy_families_that_have_time(family: LockFamily) -> None:
    start = NOW + 3 * DAY
    found = reads(family, start, start)
    assert found[:3] == [NOW + 10 * SECOND, NOW + 30 * SECOND, start - 2 * HOUR]
    assert found[2:] == [start - 2 * HOUR + step * 10 * MINUTE for step in range(13)]


@pytest.mark.parametrize("family", SLEEPY)
def test_sleepy_families_that_have_none(family: LockFamily) -> None:
    found = reads(family, NOW, NOW + 35 * MINUTE)
    assert found == [
        NOW + 10 * SECOND,
        NOW + 30 * SECOND,
        *(NOW + n * 10 * MINUTE for n in (1, 2, 3)),
    ]
    assert reads(family, NOW, NOW + 9 * DAY)[-1] == NOW + DAY
    assert next_read(family, accepted_at=NOW, start=NOW, now=NOW + DAY) is None


def test_nothing_to_watch_without_a_gateway() -> None:
    assert next_read(LockFamily.BLUETOOTH, accepted_at=NOW, start=NOW, now=NOW) is None
    assert is_over(LockFamily.BLUETOOTH, accepted_at=NOW, now=NOW)


def test_an_unknown_family_is_watched_like_both() -> None:
    found = reads(LockFamily.UNKNOWN, NOW + DAY, NOW + DAY)
    assert found[5] == NOW + 90 * SECOND
    assert found[6] == NOW + DAY - 2 * HOUR


def test_reads_that_were_missed_are_not_made_up_for() -> None:
    late = NOW + 20 * SECOND
    assert (
        next_read(LockFamily.ZIGBEE, accepted_at=NOW, start=NOW, now=late)
        == NOW + 25 * SECOND
    )


@pytest.mark.parametrize(
    ("family", "seconds"),
    [(LockFamily.ZIGBEE, 90), (LockFamily.WIFI, 30), (LockFamily.UNKNOWN, 90)],
)
def test_over(family: LockFamily, seconds: int) -> None:
    last = NOW + timedelta(seconds=seconds)
    assert not is_over(family, accepted_at=NOW, now=last - SECOND)
    assert is_over(family, accepted_at=NOW, now=last)


@given(
    family=st.sampled_from(LockFamily),
    accepted=moments,
    start=moments,
    waited=st.timedeltas(timedelta(0), 30 * DAY),
)
def test_the_next_read_is_ahead(
    family: LockFamily, accepted: datetime, start: datetime, waited: timedelta
) -> None:
    now = accepted + waited
    at = next_read(family, accepted_at=accepted, start=start, now=now)
    assert at is None or at > now
    if at is not None and at > accepted + 90 * SECOND:
        assert start - 2 * HOUR <= at <= start + DAY
