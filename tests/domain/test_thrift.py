"""What is asked sooner than on a calm day is paid back, and little of it is owed."""

from datetime import timedelta

from hypothesis import given, strategies as st
import pytest

from custom_components.tuya_lock_manager.domain.thrift import Thrift
from tests.domain.builders import NOW

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@given(st.integers(1, 50))
def test_a_single_mishap_slows_nothing(locks: int) -> None:
    thrift = Thrift(NOW, locks=locks)
    assert thrift.paced(HOUR, NOW) == HOUR
    assert thrift.may_borrow(0.75, NOW)
    thrift = thrift.charged(1, NOW)
    assert thrift.paced(HOUR, NOW) == HOUR
    assert thrift.owed(NOW + DAY) < 0.5
    assert thrift.owed(NOW + 2 * DAY) == 0


@given(st.lists(st.floats(0.1, 1), min_size=20), st.integers(1, 5))
def test_what_is_borrowed_again_and_again(borrowed: list[float], locks: int) -> None:
    """There is an end to it, and the ordinary turns pay it back."""
    thrift = Thrift(NOW, locks=locks)
    lent = 0.0
    for calls in borrowed * 10:
        if thrift.may_borrow(calls, NOW):
            thrift = thrift.charged(calls, NOW)
            lent += calls
    assert lent <= locks + 1.5
    now = NOW
    for _ in range(40 * locks):
        wait = thrift.paced(HOUR, now)
        assert HOUR <= wait <= 2 * HOUR
        now += wait
        thrift = thrift.charged(1 - wait / HOUR, now)
    assert thrift.paced(HOUR, now) == pytest.approx(HOUR, rel=0.02)


def test_what_is_saved_is_no_licence() -> None:
    thrift = Thrift(NOW)
    for _ in range(100):
        thrift = thrift.charged(-1, NOW)
    assert thrift.owed(NOW) == thrift.owed(NOW + DAY) == -4


def test_reloads_in_a_row() -> None:
    thrift, asked = Thrift(NOW), 0
    while thrift.may_ask_anew(NOW):
        thrift, asked = thrift.charged(1, NOW), asked + 1
    assert asked == 4
    assert thrift.may_ask_anew(NOW + DAY)


def test_what_is_asked_rarely_pays_nothing_back() -> None:
    thrift = Thrift(NOW).charged(10, NOW)
    assert thrift.paced(HOUR, NOW) == 2 * HOUR
    assert thrift.paced(DAY, NOW) == DAY
