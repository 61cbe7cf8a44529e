"""How often what is asked: by need, pace and plan, and never more than on a calm day."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, strategies as st
import pytest

from custom_components.tuya_lock_manager.domain.budget import PROBE_INTERVAL, PlanState
from custom_components.tuya_lock_manager.domain.cadence import (
    REFUSING,
    SOON,
    SOON_AFTER,
    Need,
    Pace,
    calm_calls,
    has_news,
    is_back,
    listing_interval,
    need_of,
    passwords_interval,
    retry_interval,
    stretched,
)
from custom_components.tuya_lock_manager.domain.passwords import (
    ChangeState,
    PasswordStatus,
    PasswordType,
)
from tests.domain.builders import NOW, device, password

HOUR = timedelta(hours=1)
INTERVALS = st.timedeltas(timedelta(minutes=1), timedelta(days=2))
STATES = st.sampled_from(PlanState)


@given(INTERVALS, STATES)
def test_a_worse_plan_asks_no_more(interval: timedelta, state: PlanState) -> None:
    waits = [stretched(interval, state) or timedelta.max for state in PlanState]
    assert waits == sorted(waits)
    assert waits[0] == interval


@given(st.sampled_from(Pace), st.booleans())
def test_the_list_is_what_tries_a_refused_plan(pace: Pace, watched: bool) -> None:
    for state in REFUSING:
        assert listing_interval(pace, state, watched=watched) == PROBE_INTERVAL
        for need in Need:
            assert passwords_interval(need, state) is None
    assert listing_interval(pace, PlanState.SAVING, watched=watched) is None


@given(STATES)
def test_a_prompt_list_comes_more_often(state: PlanState) -> None:
    prompt, careful = (
        listing_interval(pace, state, watched=True) or timedelta.max for pace in Pace
    )
    assert prompt <= careful
    unwatched = listing_interval(Pace.PROMPT, state, watched=False) or timedelta.max
    assert careful <= unwatched or state in REFUSING


@given(STATES)
def test_a_code_on_its_way_is_asked_for_most(state: PlanState) -> None:
    calm, soon, on_the_way = (
        passwords_interval(need, state) or timedelta.max for need in Need
    )
    assert on_the_way <= soon <= calm


@given(INTERVALS, st.integers(0, 10**6))
def test_a_failure_is_tried_again_later_and_later(
    interval: timedelta, failures: int
) -> None:
    wait = retry_interval(interval, failures)
    assert timedelta() < wait <= interval
    assert wait <= retry_interval(interval, failures + 1) or failures == 0
    assert retry_interval(interval, 0) == interval


@given(INTERVALS, INTERVALS)
def test_failures_come_no_more_often_than_calm_readings(
    interval: timedelta, outage: timedelta
) -> None:
    """Beyond the first quick tries, which double, an outage has no more of them."""
    passed, failures = timedelta(), 0
    while passed <= outage:
        failures += 1
        passed += retry_interval(interval, failures)
    doublings = max((interval / timedelta(minutes=15)), 1).__ceil__().bit_length()
    assert failures <= outage // interval + 2 + doublings


@pytest.mark.parametrize("status", PasswordStatus)
def test_what_is_on_its_way(status: PasswordStatus) -> None:
    code = password(status=status, start=NOW - 5 * SOON, end=NOW + 5 * SOON)
    on_the_way = status in {"pending", "removing", "unconfirmed"}
    assert need_of([code], NOW) is (Need.ON_THE_WAY if on_the_way else Need.CALM)
    offline = replace(code, type=PasswordType.TIME_LIMITED)
    assert need_of([offline], NOW) is Need.CALM
    changing = replace(code, change=ChangeState.PENDING)
    assert need_of([code, changing], NOW) is Need.ON_THE_WAY


@given(st.timedeltas(-2 * SOON, 2 * SOON))
def test_what_begins_or_ends_soon(ahead: timedelta) -> None:
    is_soon = -SOON_AFTER <= ahead <= SOON
    far = NOW + 10 * SOON
    begins = password(status=PasswordStatus.SCHEDULED, start=NOW + ahead, end=far)
    ends = password(
        status=PasswordStatus.ACTIVE, start=NOW - 10 * SOON, end=NOW + ahead
    )
    for code in (begins, ends):
        assert need_of([code], NOW) is (Need.SOON if is_soon else Need.CALM)
    assert need_of([], NOW) is Need.CALM


def test_what_hints_at_news() -> None:
    before = replace(device(), update_time=NOW, status={"x": 1}, online=False)
    assert not has_news(before, replace(before))
    assert not has_news(before, replace(before, name="Other"))
    for news in (
        replace(before, update_time=NOW + HOUR),
        # A lock that was out of reach hands in what happened before.
        replace(before, update_time=NOW - HOUR),
        replace(before, status={"x": 2}),
    ):
        assert has_news(before, news)
    # It may have kept records; that it went is nothing that they tell.
    back = replace(before, online=True)
    assert is_back(before, back)
    assert not any(has_news(*pair) for pair in ((before, back), (back, before)))
    assert not is_back(back, before)
    assert not is_back(back, back)


def test_the_price() -> None:
    """More locks cost less each; being prompt costs the same for all of them."""
    each = [calm_calls(Pace.CAREFUL, locks) / locks for locks in (1, 5, 10, 100)]
    assert each == sorted(each, reverse=True)
    # Without the tokens: 58 and 130 a day for one lock.
    assert calm_calls(Pace.CAREFUL, 1) - 12 <= 58
    assert calm_calls(Pace.PROMPT, 1) - 12 <= 130
    extra = {
        calm_calls(Pace.PROMPT, locks) - calm_calls(Pace.CAREFUL, locks)
        for locks in (1, 10, 100)
    }
    assert max(extra) - min(extra) <= 1
