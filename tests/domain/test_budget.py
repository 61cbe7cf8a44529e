"""The month's calls: counted in their month, projected, and held against the plan."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given, strategies as st
import pytest

from custom_components.tuya_lock_manager.domain.budget import (
    MonthlyCalls,
    PlanState,
    counted,
    in_month,
    month_end,
    month_start,
    plan_state,
    projected,
)

MOMENTS = st.datetimes(
    datetime(2020, 1, 1),
    datetime(2040, 1, 1),
    timezones=st.timezones() | st.just(UTC),
    allow_imaginary=False,
)
KINDS = st.sampled_from(["token", "devices", "records"])


@given(MOMENTS)
def test_a_month_is_one_of_utc(now: datetime) -> None:
    start, end = month_start(now), month_end(now)
    assert start <= now < end
    assert start.tzinfo is UTC
    assert (start.day, end.day, start.hour, end.hour) == (1, 1, 0, 0)
    assert timedelta(days=28) <= end - start <= timedelta(days=31)
    assert month_start(end) == end == month_end(start)


def test_the_zone_of_the_house_moves_no_month() -> None:
    tokyo = timezone(timedelta(hours=9))
    last_evening_in_utc = datetime(2026, 6, 1, 8, 59, tzinfo=tokyo)
    assert month_start(last_evening_in_utc) == datetime(2026, 5, 1, tzinfo=UTC)


@given(MOMENTS, st.lists(KINDS))
def test_every_call_is_counted_once(now: datetime, kinds: list[str]) -> None:
    count: MonthlyCalls = in_month(None, now)
    for kind in kinds:
        count = counted(count, kind, now)
    assert count.total == len(kinds)
    assert {kind: count.calls.get(kind, 0) for kind in set(kinds)} == {
        kind: kinds.count(kind) for kind in set(kinds)
    }


@given(MOMENTS)
def test_a_new_month_begins_at_none(now: datetime) -> None:
    count = counted(None, "token", now)
    assert count.since == now
    last = month_end(now) - timedelta(microseconds=1)
    assert in_month(count, last) == count
    new = in_month(count, month_end(now))
    assert (new.month, new.since) == (month_end(now), month_end(now))
    assert not new.calls
    assert counted(count, "token", month_end(now)).total == 1


def test_a_clock_that_goes_back() -> None:
    """A correction of seconds at midnight loses nothing; a clock gone wild is put right."""
    first = datetime(2026, 7, 1, tzinfo=UTC)
    count = counted(counted(None, "token", first), "token", first)
    assert in_month(count, first - timedelta(seconds=5)).total == 2
    wild = counted(None, "token", datetime(2036, 1, 1, tzinfo=UTC))
    assert in_month(wild, first).month == first


@given(MOMENTS, st.integers(1, 10**6), st.timedeltas(timedelta(), timedelta(days=40)))
def test_a_projection_holds_what_was_made(
    since: datetime, total: int, passed: timedelta
) -> None:
    count = MonthlyCalls(month_start(since), since.astimezone(UTC), {"records": total})
    assert projected(count, since + passed) >= total
    assert projected(count, month_end(since)) == total


def test_a_projection_goes_on_as_so_far() -> None:
    june = datetime(2026, 6, 1, tzinfo=UTC)
    count = MonthlyCalls(june, june, {"records": 1000})
    assert projected(count, june + timedelta(days=10)) == 3000
    # Counting that began late is no slow month.
    late = MonthlyCalls(june, june + timedelta(days=10), {"records": 100})
    assert projected(late, june + timedelta(days=15)) == 100 + 20 * 15
    # The reading at first is not what every hour costs.
    begun = MonthlyCalls(june, june, {"records": 50})
    assert projected(begun, june + timedelta(minutes=1)) <= 50 + 50 * 30


@given(
    MOMENTS,
    st.integers(10, 400),
    st.timedeltas(timedelta(days=2), timedelta(days=40)),
    st.timedeltas(timedelta(), timedelta(days=3)),
    st.lists(st.floats(0, 1), max_size=3),
)
def test_a_steady_account_is_projected_as_one(
    moment: datetime,
    daily: int,
    before: timedelta,
    passed: timedelta,
    restarts: list[float],
) -> None:
    """A month is counted by itself, restarts or not, and doesn't look calm at first."""
    first, every = month_start(moment), timedelta(days=1) / daily
    begun, now = first - before, first + passed
    calls = [begun + n * every for n in range(int((now - begun) / every) + 1)]
    stops = sorted(begun + share * (now - begun) for share in restarts)
    count: MonthlyCalls | None = None
    for call in calls:
        while stops and stops[0] <= call:
            count = in_month(count, stops.pop(0))
        count = counted(count, "records", call)
    assert in_month(count, now).total == sum(call >= first for call in calls)
    days = (month_end(now) - first) / timedelta(days=1)
    # At any moment one call more or less has been made than in the mean.
    assert projected(in_month(count, now), now) == pytest.approx(
        daily * days, abs=2 * days
    )


@pytest.mark.parametrize(
    ("total", "state"),
    [
        (0, PlanState.OK),
        (700, PlanState.OK),
        (701, PlanState.SLOWING),
        (900, PlanState.SLOWING),
        (901, PlanState.SAVING),
        (5000, PlanState.SAVING),
    ],
)
def test_the_state_of_a_plan(total: int, state: PlanState) -> None:
    assert plan_state(total, 1000, None) is state
    # What the cloud says goes before.
    for refusal in (PlanState.USED_UP, PlanState.EXPIRED):
        assert plan_state(total, 1000, refusal) is refusal


@given(st.integers(0, 2000), st.integers(0, 500), st.integers(100, 10**9))
def test_more_calls_make_no_state_better(total: int, more: int, allowed: int) -> None:
    order = list(PlanState)
    before, after = (plan_state(n, allowed, None) for n in (total, total + more))
    assert order.index(after) >= order.index(before)
