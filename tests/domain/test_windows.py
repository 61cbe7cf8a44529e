"""Windows: what is asked, rounded, answered, and until when it must be used."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st
import pytest

from custom_components.tuya_lock_manager.domain.windows import (
    LATEST,
    Window,
    WindowError,
    ceil_hour,
    check_answered_window,
    clearing_window,
    custom_window,
    floor_hour,
    is_at_risk,
    is_shorter_than_asked,
    is_wider_than_asked,
    lapses_at,
    offline_window,
    one_time_window,
    use_by,
)

from .builders import DAY, HOUR, MINUTE, NOW, SECOND, moments

lengths = st.timedeltas(min_value=SECOND, max_value=400 * DAY)
windows = st.builds(
    lambda start, length: Window(start, start + length), moments, lengths
)


def ask(**fields: Any) -> Window:
    defaults: dict[str, Any] = {
        "start": None,
        "end": None,
        "duration": None,
        "now": NOW,
    }
    return custom_window(**{**defaults, **fields})


def reason(**fields: Any) -> str:
    with pytest.raises(WindowError) as caught:
        ask(**fields)
    return caught.value.reason


def test_a_window_is_half_open() -> None:
    window = Window(NOW, NOW + HOUR)
    assert NOW in window
    assert NOW + HOUR - SECOND in window
    assert NOW + HOUR not in window
    assert NOW - SECOND not in window


@pytest.mark.parametrize("length", [timedelta(0), -HOUR])
def test_a_window_ends_after_its_start(length: timedelta) -> None:
    with pytest.raises(WindowError) as caught:
        Window(NOW, NOW + length)
    assert caught.value.reason == "end_before_start"


@pytest.mark.parametrize(
    ("start", "end"),
    [(NOW.replace(tzinfo=None), NOW + HOUR), (NOW, (NOW + HOUR).replace(tzinfo=None))],
)
def test_naive_times_are_a_mistake_of_ours(start: datetime, end: datetime) -> None:
    with pytest.raises(ValueError, match="aware"):
        Window(start, end)
    with pytest.raises(ValueError, match="aware"):
        ask(start=start, end=end)


def test_now_and_one_hour_are_the_defaults() -> None:
    assert ask() == Window(NOW, NOW + HOUR)


def test_what_is_asked_is_kept_in_whole_seconds() -> None:
    start = NOW + timedelta(minutes=3, microseconds=999_999)
    assert ask(start=start, end=start + 2 * HOUR) == Window(
        NOW + 3 * MINUTE, NOW + 3 * MINUTE + 2 * HOUR
    )
    assert ask(start=start, duration=DAY).end == NOW + 3 * MINUTE + DAY


def test_a_start_that_has_passed_is_kept() -> None:
    assert ask(start=NOW - DAY, end=NOW + DAY).start == NOW - DAY


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"end": NOW + HOUR, "duration": HOUR}, "end_and_duration"),
        ({"default": None}, "no_end"),
        ({"start": NOW + HOUR, "end": NOW + HOUR}, "end_before_start"),
        ({"start": NOW + 2 * HOUR, "end": NOW + HOUR}, "end_before_start"),
        ({"start": NOW + HOUR, "end": NOW}, "in_past"),
        ({"end": NOW - SECOND}, "in_past"),
        ({"duration": timedelta(0)}, "end_before_start"),
        ({"duration": -HOUR}, "end_before_start"),
        ({"start": NOW - DAY, "end": NOW}, "in_past"),
        ({"start": NOW - DAY, "duration": HOUR}, "in_past"),
        ({"duration": timedelta.max}, "out_of_range"),
        ({"end": LATEST + SECOND}, "out_of_range"),
        (
            {"end": datetime(9999, 12, 31, 23, tzinfo=ZoneInfo("America/Lima"))},
            "out_of_range",
        ),
        ({"start": datetime(1, 1, 1, tzinfo=ZoneInfo("Asia/Tokyo"))}, "out_of_range"),
    ],
)
def test_refusals(fields: dict[str, Any], expected: str) -> None:
    assert reason(**fields) == expected


def test_the_last_second_that_tuya_can_say() -> None:
    assert ask(end=LATEST).end.timestamp() == 9_999_999_999


def test_an_end_just_ahead_is_taken() -> None:
    assert ask(start=NOW - DAY, end=NOW + SECOND).end == NOW + SECOND


def test_a_duration_is_time_that_passes_on_the_night_of_the_change() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    start = datetime(2026, 10, 25, 1, 30, tzinfo=berlin)  # summer time ends at 3:00
    window = ask(start=start, duration=2 * HOUR)
    assert window.end - window.start == 2 * HOUR
    assert window.end == datetime(
        2026, 10, 25, 2, 30, fold=1, tzinfo=berlin
    ).astimezone(UTC)


def test_an_end_is_a_time_of_day_whatever_the_clocks_do() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    window = ask(
        start=datetime(2026, 3, 28, 15, tzinfo=berlin),
        end=datetime(2026, 3, 29, 11, tzinfo=berlin),
    )
    assert window.end - window.start == timedelta(hours=19)
    assert window.start == datetime(2026, 3, 28, 14, tzinfo=UTC)
    assert window.end == datetime(2026, 3, 29, 9, tzinfo=UTC)


def test_start_and_end_on_either_side_of_midnight() -> None:
    tokyo = ZoneInfo("Asia/Tokyo")
    window = ask(
        start=datetime(2026, 5, 1, 23, 30, tzinfo=tokyo),
        end=datetime(2026, 5, 2, 0, 30, tzinfo=tokyo),
    )
    assert window.end - window.start == HOUR


@given(moments)
def test_floor_and_ceil(moment: datetime) -> None:
    floored, ceiled = floor_hour(moment), ceil_hour(moment)
    assert floored <= moment <= ceiled
    assert moment - floored < HOUR
    assert ceiled - moment < HOUR
    for hour in (floored, ceiled):
        assert hour.timestamp() % 3600 == 0
        assert floor_hour(hour) == ceil_hour(hour) == hour


def test_whole_hours_are_those_of_utc() -> None:
    kolkata = ZoneInfo("Asia/Kolkata")  # +05:30
    assert floor_hour(datetime(2026, 5, 1, 12, 0, tzinfo=kolkata)) == datetime(
        2026, 5, 1, 6, 0, tzinfo=UTC
    )


@given(windows)
def test_an_offline_window_holds_what_was_asked(asked: Window) -> None:
    sent = offline_window(asked)
    assert sent.start <= asked.start
    assert sent.end >= asked.end
    # Tuya floors both ends: nothing of what was sent may change by that.
    assert Window(floor_hour(sent.start), floor_hour(sent.end)) == sent
    assert not is_wider_than_asked(asked, sent)
    assert not is_shorter_than_asked(asked, sent)
    check_answered_window(asked, sent)


def test_offline_window() -> None:
    assert offline_window(Window(NOW, NOW + HOUR)) == Window(
        datetime(2026, 3, 14, 10, tzinfo=UTC), datetime(2026, 3, 14, 12, tzinfo=UTC)
    )


@pytest.mark.parametrize(
    ("before", "after", "wider"),
    [
        (HOUR, HOUR, False),
        (HOUR + SECOND, timedelta(0), True),
        (timedelta(0), HOUR + SECOND, True),
        (-HOUR, -HOUR, False),
    ],
)
def test_more_than_an_hour_wider_needs_consent(
    before: timedelta, after: timedelta, wider: bool
) -> None:
    asked = Window(NOW, NOW + DAY)
    answered = Window(asked.start - before, asked.end + after)
    assert is_wider_than_asked(asked, answered) is wider
    if wider:
        with pytest.raises(WindowError) as caught:
            check_answered_window(asked, answered)
        assert caught.value.reason == "needs_rounding"
    check_answered_window(asked, answered, allow_rounding=True)


@pytest.mark.parametrize(
    ("late", "early", "shorter"),
    [
        (timedelta(0), timedelta(0), False),
        (SECOND, timedelta(0), True),
        (timedelta(0), SECOND, True),
        (-HOUR, -HOUR, False),
    ],
)
def test_a_shorter_answer_is_noticed(
    late: timedelta, early: timedelta, shorter: bool
) -> None:
    asked = Window(NOW, NOW + DAY)
    answered = Window(asked.start + late, asked.end - early)
    assert is_shorter_than_asked(asked, answered) is shorter


@given(moments)
def test_a_one_time_code_lives_five_to_six_hours(now: datetime) -> None:
    window = one_time_window(now)
    assert timedelta(hours=5) < window.end - now <= timedelta(hours=6)
    assert window.start == floor_hour(now)


def test_windows_of_clearing_codes() -> None:
    assert clearing_window(NOW) == Window(floor_hour(NOW), floor_hour(NOW) + DAY)


@pytest.mark.parametrize(
    ("issued", "expected", "dead"),
    [
        # made before the start: generation is the earlier
        (NOW - 10 * HOUR, NOW + 14 * HOUR, NOW + DAY),
        (NOW - 3 * DAY, NOW - 2 * DAY, NOW + DAY),
        # made after it, the ordinary case of a floored start
        (NOW + 20 * MINUTE, NOW + DAY, NOW + DAY + 20 * MINUTE),
    ],
)
def test_use_by_is_the_earlier_reading(
    issued: datetime, expected: datetime, dead: datetime
) -> None:
    window = Window(NOW, NOW + 7 * DAY)
    assert use_by(window, issued) == expected
    assert lapses_at(window, issued) == dead


def test_use_by_is_no_later_than_the_end() -> None:
    window = Window(NOW, NOW + 2 * HOUR)
    assert use_by(window, NOW) == lapses_at(window, NOW) == window.end


@given(windows, moments)
def test_use_by_in_order(window: Window, issued: datetime) -> None:
    assert use_by(window, issued) <= lapses_at(window, issued) <= window.end
    assert is_at_risk(window, issued) is (issued + DAY < window.start)


def test_a_day_ahead_is_no_risk_yet() -> None:
    window = Window(NOW, NOW + 7 * DAY)
    assert not is_at_risk(window, NOW - DAY)
    assert is_at_risk(window, NOW - DAY - SECOND)
