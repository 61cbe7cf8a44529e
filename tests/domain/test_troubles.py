"""What somebody has to be told of a code that is not on its lock as it should be."""

from datetime import datetime, timedelta
from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.tuya_lock_manager.domain.families import LockFamily, traits
from custom_components.tuya_lock_manager.domain.passwords import (
    ENDED,
    ChangeState,
    CodeChange,
    IssuedCode,
    Password,
    PasswordStatus,
    PasswordType,
)
from custom_components.tuya_lock_manager.domain.troubles import (
    AHEAD,
    SLEEPY_DELETION,
    Trouble,
    due_at,
    trouble_of,
)
from custom_components.tuya_lock_manager.tuya_cloud.models import DeliveryStatus

from .builders import DAY, HOUR, NOW, SECOND, issued, moments, password

SLEEPY = [family for family in LockFamily if traits(family).sleepy]
QUICK = [family for family in LockFamily if not traits(family).sleepy]
WIFI = LockFamily.WIFI

ENDED_WELL = sorted(ENDED - {PasswordStatus.FAILED})
SILENT = [PasswordStatus.ACTIVE, PasswordStatus.SCHEDULED, PasswordStatus.FROZEN]

families = st.sampled_from(LockFamily)
passwords = st.builds(
    password,
    type=st.sampled_from(PasswordType),
    status=st.sampled_from(PasswordStatus),
    change=st.none() | st.sampled_from(ChangeState),
    failure=st.none() | st.sampled_from(DeliveryStatus),
    start=st.none() | moments,
    end=st.none() | moments,
)


def made(**fields: Any) -> IssuedCode:
    """Return what is remembered of the code of `password()`: begins in two days."""
    start = NOW + 2 * DAY
    default: dict[str, Any] = {
        "type": PasswordType.CUSTOM,
        "start": start,
        "end": start + DAY,
    }
    return issued(id="1001", **{**default, **fields})


memories = st.builds(
    made,
    start=moments,
    issued_at=moments,
    removal_requested_at=st.none() | moments,
    change=st.none() | st.builds(CodeChange, asked_at=moments),
)


@given(passwords, families, moments)
def test_a_code_that_nobody_touched_here_is_no_trouble(
    code: Password, family: LockFamily, now: datetime
) -> None:
    assert trouble_of(code, None, family, now) is None
    assert due_at(code, None, family) is None


@given(passwords, memories, families, moments)
def test_trouble_stays_until_something_changes(
    code: Password, ours: IssuedCode, family: LockFamily, now: datetime
) -> None:
    """Time alone brings trouble, and never takes it back."""
    if (trouble := trouble_of(code, ours, family, now)) is not None:
        assert trouble_of(code, ours, family, now + HOUR) is trouble


@given(passwords, memories, families)
def test_what_is_due_is_told_at_that_moment(
    code: Password, ours: IssuedCode, family: LockFamily
) -> None:
    """Whoever waits until then finds something to tell, unless it was told before."""
    due = due_at(code, ours, family)
    if due is not None and code.change is not ChangeState.FAILED:
        at_once = code.status in ENDED | {PasswordStatus.UNCONFIRMED}
        assert at_once or trouble_of(code, ours, family, due - SECOND) is None
        ended_well = code.status in ENDED_WELL
        assert (trouble_of(code, ours, family, due) is None) is ended_well


@given(memories, families, moments)
def test_only_online_codes_are_delivered(
    ours: IssuedCode, family: LockFamily, now: datetime
) -> None:
    for type_ in set(PasswordType) - {PasswordType.CUSTOM}:
        for status in PasswordStatus:
            code = password(type=type_, status=status)
            assert trouble_of(code, ours, family, now) is None
            assert due_at(code, ours, family) is None


@pytest.mark.parametrize("family", LockFamily)
@pytest.mark.parametrize("status", ENDED_WELL)
def test_a_code_that_ended_is_no_trouble(
    status: PasswordStatus, family: LockFamily
) -> None:
    code = password(status=status, change=ChangeState.FAILED)
    assert trouble_of(code, made(), family, NOW + 9 * DAY) is None


@pytest.mark.parametrize("family", LockFamily)
@pytest.mark.parametrize(
    ("failure", "expected"),
    [
        (None, Trouble.REFUSED),
        (DeliveryStatus.FAILED, Trouble.REFUSED),
        (DeliveryStatus.DUPLICATE, Trouble.REFUSED_DUPLICATE),
        (DeliveryStatus.FULL, Trouble.REFUSED_FULL),
    ],
)
def test_a_refused_code_is_told_at_once_with_the_locks_reason(
    failure: DeliveryStatus | None, expected: Trouble, family: LockFamily
) -> None:
    code = password(status=PasswordStatus.FAILED, failure=failure)
    assert trouble_of(code, made(issued_at=NOW), family, NOW) is expected


@pytest.mark.parametrize("family", LockFamily)
def test_an_unconfirmed_code_is_told_at_once(family: LockFamily) -> None:
    code = password(status=PasswordStatus.UNCONFIRMED)
    assert trouble_of(code, made(issued_at=NOW), family, NOW) is Trouble.NOT_DELIVERED


@pytest.mark.parametrize("family", LockFamily)
@pytest.mark.parametrize("status", SILENT)
def test_a_failed_change_is_told_at_once(
    status: PasswordStatus, family: LockFamily
) -> None:
    code = password(status=status, change=ChangeState.FAILED)
    expected = Trouble.CHANGE_NOT_CONFIRMED
    assert trouble_of(code, made(issued_at=NOW), family, NOW) is expected
    assert trouble_of(password(status=status), made(), family, NOW + DAY) is None


@pytest.mark.parametrize("family", SLEEPY)
def test_a_code_that_waits_is_told_an_hour_before_it_is_needed(
    family: LockFamily,
) -> None:
    code, ours = password(status=PasswordStatus.PENDING), made()
    due = ours.start - timedelta(minutes=60)
    assert due_at(code, ours, family) == due
    assert trouble_of(code, ours, family, due - SECOND) is None
    assert trouble_of(code, ours, family, due) is Trouble.WAITING


@pytest.mark.parametrize("family", QUICK)
def test_quick_locks_have_no_code_waiting(family: LockFamily) -> None:
    """Theirs are called unconfirmed by the readings that follow the order."""
    code = password(status=PasswordStatus.PENDING)
    assert due_at(code, made(), family) is None
    assert trouble_of(code, made(), family, NOW + 9 * DAY) is None


@pytest.mark.parametrize("family", SLEEPY)
def test_a_code_needed_soon_is_given_the_first_readings(family: LockFamily) -> None:
    code, ours = password(status=PasswordStatus.PENDING), made(start=NOW, issued_at=NOW)
    assert due_at(code, ours, family) == NOW + traits(family).watch[-1]


@pytest.mark.parametrize(
    ("holds", "asked_start", "needed"),
    [
        # What the lock has now opens until its end, so the change is not needed before.
        ((NOW, NOW + 3 * DAY), NOW, NOW + 3 * DAY),
        ((NOW, NOW + 3 * DAY), NOW + 5 * DAY, NOW + 3 * DAY),
        # The change begins before what the lock has.
        ((NOW + 3 * DAY, NOW + 5 * DAY), NOW + 2 * DAY, NOW + 2 * DAY),
        # Nobody knows what the lock has now.
        ((None, NOW + 3 * DAY), NOW + 2 * DAY, NOW + 2 * DAY),
        ((NOW, None), NOW + 2 * DAY, NOW + 2 * DAY),
    ],
)
def test_a_change_that_waits_is_told_before_it_is_missed(
    holds: tuple[datetime | None, datetime | None],
    asked_start: datetime,
    needed: datetime,
) -> None:
    code = password(start=holds[0], end=holds[1], change=ChangeState.PENDING)
    ours = made(start=asked_start)
    assert due_at(code, ours, WIFI) == needed - AHEAD
    assert trouble_of(code, ours, WIFI, needed - AHEAD - SECOND) is None
    told = trouble_of(code, ours, WIFI, needed - AHEAD)
    assert told is Trouble.CHANGE_NOT_CONFIRMED


@pytest.mark.parametrize(
    ("family", "patience"),
    [
        (LockFamily.ZIGBEE, timedelta(seconds=90)),
        (LockFamily.BLUETOOTH_GATEWAY, timedelta(seconds=90)),
        (LockFamily.WIFI, SLEEPY_DELETION),
        (LockFamily.KEYPAD, SLEEPY_DELETION),
        (LockFamily.UNKNOWN, SLEEPY_DELETION),
        (LockFamily.BLUETOOTH, SLEEPY_DELETION),
    ],
)
def test_a_deletion_that_does_not_arrive_is_told(
    family: LockFamily, patience: timedelta
) -> None:
    """Sleepy locks, and those that only somebody at the door reaches, are given longer."""
    code = password(status=PasswordStatus.REMOVING)
    ours = made(removal_requested_at=NOW)
    due = NOW + patience
    assert due_at(code, ours, family) == due
    assert trouble_of(code, ours, family, due - SECOND) is None
    assert trouble_of(code, ours, family, due) is Trouble.DELETION_NOT_CONFIRMED


@pytest.mark.parametrize("family", LockFamily)
def test_a_deletion_that_was_asked_for_elsewhere_is_not_ours(
    family: LockFamily,
) -> None:
    code = password(status=PasswordStatus.REMOVING)
    assert due_at(code, made(), family) is None
    assert trouble_of(code, made(), family, NOW + 9 * DAY) is None
