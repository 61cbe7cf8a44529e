"""Digits out of an event, as long as the lock wants them."""

from datetime import UTC, datetime
import time

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.tuya_lock_manager.domain.booking_digits import (
    NoDigitsError,
    PatternError,
    check_pattern,
    digits_for,
    fitted,
    found_digits,
)
from custom_components.tuya_lock_manager.domain.digits import is_weak
from custom_components.tuya_lock_manager.domain.windows import Window

STAY = Window(datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 6, 3, tzinfo=UTC))
LAST_FOUR = r"Last 4 Digits\): (\d{4})"


@pytest.mark.parametrize(
    ("pattern", "text", "digits"),
    [
        (LAST_FOUR, "Reserved\nPhone (Last 4 Digits): 4711", "4711"),
        (r"\+[\d -]+", "Ada\ncall +49 170-123 9988 today", "491701239988"),
        (r"(?:phone|tel)[.:]? *(\+?[\d /-]+)", "Tel: 0170/12 34 5", "017012345"),
        (r"pin (\d+)", "PIN 08154711", "08154711"),
        (r"\d+", "1\nthen 2468", "2468"),
        *(
            (r"pin: (\d+)", f"{'.' * length}pin: 471112.", "471112")
            for length in range(60, 130, 7)
        ),
        *(
            (pattern, f"{'.' * length} tel: 4917012398{after}", "4917012398")
            for pattern, after in ((r"tel: (\d+)", " paid"), (r"(\d{4,})$", ""))
            for length in (10, *range(55, 90, 3), 900)
        ),
        (r"(\d{4})$", f"see https://site.example/{'8' * 70}/rooms\nPIN 4711", "4711"),
        (LAST_FOUR, "2 guests\n\n" * 60 + "(Last 4 Digits): 4711", "4711"),
    ],
)
def test_found(pattern: str, text: str, digits: str) -> None:
    """The first group counts, else all of it, without what stands between digits."""
    assert found_digits(pattern, text) == digits


@pytest.mark.parametrize(
    ("pattern", "text", "reason"),
    [
        (LAST_FOUR, "Reserved", "no_match"),
        (r"\d+", "Room 101", "too_few"),
        (r"(x)?\d*", "4711", "too_few"),
        (r"\d+", "٤٧١١٤٧", "too_few"),
        (r"pin: (\d+)", f"{'1.' * 9000}pin: 4711", "no_match"),
    ],
)
def test_not_found(pattern: str, text: str, reason: str) -> None:
    """Too few digits are no secret, and a text is not looked at for ever."""
    with pytest.raises(NoDigitsError) as caught:
        found_digits(pattern, text)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("digits", "length", "code"),
    [
        ("4711", 6, "471147"),
        ("4711", 7, "4711471"),
        ("491701239988", 6, "239988"),
        ("012345", 6, "012345"),
    ],
)
def test_fitted(digits: str, length: int, code: str) -> None:
    """The last digits count; too few are repeated from the first on."""
    assert fitted(digits, length) == code


@pytest.mark.parametrize(
    ("text", "reason"),
    [("1234567", "weak"), ("010626", "weak"), ("4711", "taken"), ("none", "no_match")],
)
def test_not_used(text: str, reason: str) -> None:
    """What is weak, a date of the stay, or another guest's is not used."""
    with pytest.raises(NoDigitsError) as caught:
        digits_for(r"\d+", text, 6, STAY, {"471147"})
    assert caught.value.reason == reason
    assert text not in str(caught.value)


@given(st.text("0123456789", min_size=4, max_size=20), st.integers(4, 10))
def test_never_weak_nor_live(digits: str, length: int) -> None:
    """Whatever stands in an event, its code is neither weak nor another's."""
    live = {fitted(digits[::-1], length)}
    try:
        code = digits_for(r"\d+", digits, length, STAY, live)
    except NoDigitsError:
        return
    assert len(code) == length
    assert not is_weak(code, STAY)
    assert code not in live


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("(", "invalid"),
        ("a{99999999999}", "invalid"),
        ("x" * 201, "too_long"),
        ("(a+)+b", "nested_repeats"),
        ("(a|a)*b", "nested_repeats"),
        ("((a?)b)*", "nested_repeats"),
        ("(?:x[0-9]*){2,}", "nested_repeats"),
        (r"a*b*c*d*", "too_many_repeats"),
        ("a?" * 30 + "a" * 30, "too_many_repeats"),
        (r"(\d)\1", "not_supported"),
        (r"(?=\d)", "not_supported"),
        (r"(?P<x>\d+)", "not_supported"),
    ],
)
def test_refused_patterns(pattern: str, reason: str) -> None:
    """What could take too long is refused where it is entered."""
    with pytest.raises(PatternError) as caught:
        check_pattern(pattern)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    "pattern",
    [
        LAST_FOUR,
        r"[*+?(]+\d{4}",
        r"(\d{4})$",
        r"\(\d+\)",
        r"(?:\+\d{2})?\d+",
        r"[]a]\d+",
        r"[^\]]*: (\d+)",
    ],
)
def test_usual_patterns(pattern: str) -> None:
    """What people write for phone numbers is taken."""
    assert check_pattern(pattern)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.sampled_from(
            ("a*", "a+", "a?", "(a)", "[ab]*", "(a|b)", "a{1,3}", "(ab)+", "b", ".*")
        ),
        max_size=10,
    )
)
def test_no_pattern_takes_long(parts: list[str]) -> None:
    """A pattern that is taken is searched in no time, even in the worst of lines."""
    pattern = "".join(parts) + "x"
    try:
        check_pattern(pattern)
    except PatternError:
        return
    began = time.thread_time()
    with pytest.raises(NoDigitsError):
        found_digits(pattern, "1" + "a" * 79)
    assert time.thread_time() - began < 2


@pytest.mark.parametrize("pattern", ["a?[ab]*[ab]*a?[ab]*x", "a?a{1,3}.*.*x", "a*a*x"])
def test_no_text_takes_long(pattern: str) -> None:
    """The more ways there are to fit a pattern, the less of a long text is looked at."""
    began = time.thread_time()
    with pytest.raises(NoDigitsError):
        found_digits(pattern, "\n".join(["1" + "a" * 79] * 1000))
    assert time.thread_time() - began < 4
