"""The status of codes that never travel to the lock."""

from datetime import datetime
from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.tuya_lock_manager.domain.passwords import (
    CLEARING_TYPES,
    PasswordStatus,
    PasswordType,
)
from custom_components.tuya_lock_manager.domain.status import (
    DYNAMIC_DOUBT,
    offline_status,
)
from custom_components.tuya_lock_manager.domain.windows import Window

from .builders import DAY, HOUR, MINUTE, NOW, SECOND, moments

S = PasswordStatus
T = PasswordType
LONG = Window(NOW, NOW + 7 * DAY)
OFFLINE = [type_ for type_ in PasswordType if type_ is not T.CUSTOM]


def status(
    now: datetime, type_: PasswordType = T.TIME_LIMITED, **facts: Any
) -> PasswordStatus:
    return offline_status(
        type_,
        LONG,
        now,
        **{"issued_at": NOW, "used": False, "reported_until": now, **facts},
    )


@pytest.mark.parametrize("type_", OFFLINE)
def test_the_window_decides(type_: PasswordType) -> None:
    assert status(NOW - SECOND, type_) is S.SCHEDULED
    assert status(NOW, type_) is S.ACTIVE
    over = S.UNCONFIRMED if type_ is T.DYNAMIC else S.EXPIRED
    assert status(NOW + 7 * DAY, type_) is over
    assert status(NOW + 7 * DAY + DYNAMIC_DOUBT - SECOND, type_) is over
    assert status(NOW + 7 * DAY + DYNAMIC_DOUBT, type_) is S.EXPIRED


def test_unused_it_lapses_after_a_day() -> None:
    assert status(NOW + DAY - SECOND) is S.ACTIVE
    assert status(NOW + DAY) is S.LAPSED
    assert status(NOW + 7 * DAY) is S.EXPIRED


def test_between_the_two_readings_nobody_knows() -> None:
    early: dict[str, Any] = {"issued_at": NOW - 10 * HOUR}
    assert status(NOW + 14 * HOUR - SECOND, **early) is S.ACTIVE
    assert status(NOW + 14 * HOUR, **early) is S.UNCONFIRMED
    assert status(NOW + DAY, **early) is S.LAPSED
    late: dict[str, Any] = {"issued_at": NOW + 20 * MINUTE}
    assert status(NOW + DAY, **late) is S.UNCONFIRMED
    assert status(NOW + DAY + 20 * MINUTE, **late) is S.LAPSED


def test_a_code_at_risk_is_unconfirmed_before_it_starts() -> None:
    assert status(NOW - SECOND, issued_at=NOW - 3 * DAY) is S.UNCONFIRMED
    assert status(NOW - SECOND, issued_at=NOW - DAY + MINUTE) is S.SCHEDULED


def test_once_used_it_does_not_lapse() -> None:
    assert status(NOW + 6 * DAY, used=True) is S.ACTIVE
    assert status(NOW + 7 * DAY, used=True) is S.EXPIRED


@pytest.mark.parametrize(
    "facts",
    [
        {"used": None},
        {"issued_at": None},
        {"listed_status": 2},
        {"reported_until": None},
        {"reported_until": NOW + DAY - SECOND},
    ],
)
def test_in_doubt_about_its_use_it_is_not_called_lapsed(facts: dict[str, Any]) -> None:
    assert status(NOW + DAY - SECOND, **facts) is S.ACTIVE
    assert status(NOW + 2 * DAY, **facts) is S.UNCONFIRMED
    assert status(NOW + 7 * DAY, **facts) is S.EXPIRED


@pytest.mark.parametrize("type_", [T.ONE_TIME, T.CLEAR_ONE, T.CLEAR_ALL])
def test_what_works_once_is_used_up(type_: PasswordType) -> None:
    assert status(NOW, type_, used=True) is S.USED
    assert status(NOW + 7 * DAY, type_, used=True) is S.USED


@pytest.mark.parametrize("type_", [T.ONE_TIME, T.DYNAMIC, *CLEARING_TYPES])
def test_only_time_limited_codes_lapse(type_: PasswordType) -> None:
    assert status(NOW + 2 * DAY, type_) is S.ACTIVE


def test_a_one_time_code_in_doubt() -> None:
    assert status(NOW, T.ONE_TIME, used=None) is S.UNCONFIRMED
    assert status(NOW + 7 * DAY, T.ONE_TIME, used=None) is S.EXPIRED


@pytest.mark.parametrize("now", [NOW - DAY, NOW, NOW + 8 * DAY])
def test_cleared_wins(now: datetime) -> None:
    assert status(now, cleared=True) is S.CLEARED
    assert status(now, cleared=True, used=True) is S.CLEARED


@pytest.mark.parametrize("type_", OFFLINE)
@pytest.mark.parametrize("number", [None, 0, 1, 2, 9])
def test_numbers_of_the_list_prove_nothing_good_or_bad(
    type_: PasswordType, number: int | None
) -> None:
    assert status(NOW, type_, listed_status=number) is S.ACTIVE
    assert status(NOW - HOUR, type_, listed_status=number) is S.SCHEDULED


@pytest.mark.parametrize("type_", OFFLINE)
def test_but_for_an_invalid_code_nobody_vouches(type_: PasswordType) -> None:
    assert status(NOW, type_, listed_status=3) is S.UNKNOWN
    assert status(NOW - HOUR, type_, listed_status=3) is S.UNKNOWN
    assert status(NOW + 8 * DAY, type_, listed_status=3) is S.EXPIRED


def test_invalid_after_its_day_is_lapsed() -> None:
    assert status(NOW + 2 * DAY, listed_status=3) is S.LAPSED


@given(
    type_=st.sampled_from(OFFLINE),
    now=moments,
    issued=st.none() | moments,
    used=st.none() | st.booleans(),
    number=st.none() | st.integers(0, 4),
    reported=st.none() | moments,
)
def test_a_code_that_it_says_works_works(
    type_: PasswordType,
    now: datetime,
    issued: datetime | None,
    used: bool | None,
    number: int | None,
    reported: datetime | None,
) -> None:
    found = offline_status(
        type_,
        LONG,
        now,
        issued_at=issued,
        used=used,
        listed_status=number,
        reported_until=reported,
    )
    if found is S.ACTIVE:
        assert now in LONG
        assert number != 3
        if type_ is T.TIME_LIMITED and not used:
            assert now < min(LONG.start, issued or LONG.start) + DAY
    if found is S.LAPSED:
        assert type_ is T.TIME_LIMITED
        assert used is False
        assert issued is not None
        assert now >= max(LONG.start, issued) + DAY
        assert reported is not None
        assert reported >= max(LONG.start, issued) + DAY
