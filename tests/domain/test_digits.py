"""Digits: what is refused, what is weak, what is drawn."""

from datetime import UTC, datetime, timedelta, timezone
import re
from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.tuya_lock_manager.domain import digits as digits_module
from custom_components.tuya_lock_manager.domain.digits import (
    DigitsError,
    check_digits,
    is_weak,
    random_digits,
)
from custom_components.tuya_lock_manager.domain.windows import Window

from .builders import DAY, NOW

STAY = Window(
    datetime(2026, 7, 1, 14, tzinfo=UTC), datetime(2026, 7, 5, 10, tzinfo=UTC)
)


def refusal(value: object, length: int = 6, **kwargs: Any) -> str:
    with pytest.raises(DigitsError) as caught:
        check_digits(value, length, **kwargs)
    assert not re.search(r"\d", str(caught.value)), "the message repeats digits"
    return caught.value.reason


@pytest.mark.parametrize("value", ["482915", "048291", "000183"])
def test_good_digits_come_back_unchanged(value: str) -> None:
    assert check_digits(value, 6) == value


@pytest.mark.parametrize("value", [482915, 48291.5, None, True, ["4"], b"482915"])
def test_only_text_is_taken(value: object) -> None:
    assert refusal(value) == "not_text"


@pytest.mark.parametrize(
    "value",
    [
        "48291a",
        " 48291",
        "48291\n",
        "\uff14\uff18\uff12\uff19\uff11\uff15",
        "\u0664\u0668\u0662\u0669\u0661\u0665",
        "-48291",
        "4\u00b22915",
    ],
)
def test_only_ascii_digits_are_taken(value: str) -> None:
    assert refusal(value) == "not_digits"


@pytest.mark.parametrize(
    ("value", "length"), [("", 6), ("48291", 6), ("4829150", 6), ("482915", 7)]
)
def test_nothing_is_cut_or_padded(value: str, length: int) -> None:
    assert refusal(value, length) == "length"


@pytest.mark.parametrize(
    "value",
    [
        *(
            "111111",
            "0000000",
            "123456",
            "1234567",
            "654321",
            "789012",
            "8901234",
            "210987",
        ),
        *(
            "121212",
            "1212121",
            "123123",
            "1231231",
            "112233",
            "665544",
            "998877",
            "0011",
        ),
    ],
)
def test_weak(value: str) -> None:
    assert is_weak(value)
    assert refusal(value, len(value)) == "weak"


@pytest.mark.parametrize(
    "value",
    [
        "123457",
        "134567",
        "482915",
        "121213",
        "112234",
        "123124",
        "2468135",
        "112244",
        "4829482",
    ],
)
def test_not_weak(value: str) -> None:
    assert not is_weak(value)


@pytest.mark.parametrize(
    "value",
    [
        *("010726", "070126", "260701", "050726", "260705", "030726"),
        *(
            "0107202",
            "2026070",
            "1010726",
            "0107269",
            "01072026",
            "20260705",
            "0107",
            "0705",
        ),
    ],
)
def test_a_date_of_the_stay_is_weak(value: str) -> None:
    assert not is_weak(value)
    assert is_weak(value, STAY)
    assert refusal(value, len(value), window=STAY) == "weak"


@pytest.mark.parametrize("value", ["150726", "010626", "260801", "010727"])
def test_other_dates_are_not(value: str) -> None:
    assert not is_weak(value, STAY)


def test_the_date_counts_where_the_lock_is() -> None:
    start = datetime(2026, 7, 1, 0, 30, tzinfo=timezone(timedelta(hours=13)))
    assert is_weak("010726", Window(start, start + timedelta(hours=1)))
    assert is_weak("300626", Window(start, start + timedelta(hours=1)))


def test_of_a_long_stay_the_ends_count() -> None:
    stay = Window(STAY.start, STAY.start + 400 * DAY)
    assert is_weak("010726", stay)
    assert is_weak(f"{stay.end:%d%m%y}", stay)
    assert not is_weak(f"{stay.start + 200 * DAY:%d%m%y}", stay)
    assert is_weak("300826", Window(STAY.start, STAY.start + 62 * DAY))


def test_a_live_code_is_not_given_twice() -> None:
    assert refusal("482915", taken={"482915"}) == "taken"
    assert check_digits("482916", 6, taken={"482915"}) == "482916"


@given(
    length=st.integers(4, 10), taken=st.sets(st.from_regex(r"[0-9]{6}", fullmatch=True))
)
def test_random_digits_are_good(length: int, taken: set[str]) -> None:
    drawn = random_digits(length, taken=taken, window=STAY)
    assert check_digits(drawn, length, window=STAY, taken=taken) == drawn


def test_random_digits_avoid_what_is_taken_or_weak(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    draws = iter("111111010726482915482916")
    monkeypatch.setattr(digits_module.secrets, "choice", lambda _: next(draws))
    assert random_digits(6, taken=["482915"], window=STAY) == "482916"


def test_random_digits_give_up() -> None:
    with pytest.raises(DigitsError) as caught:
        random_digits(1)
    assert caught.value.reason == "exhausted"


def test_random_digits_use_every_digit_in_every_place() -> None:
    drawn = [random_digits(7) for _ in range(500)]
    assert len(set(drawn)) > 490
    for place in range(7):
        assert {code[place] for code in drawn} == set("0123456789")


@given(st.from_regex(r"[0-9]{6,7}", fullmatch=True))
def test_weakness_is_symmetrical(value: str) -> None:
    """What is weak read forwards is weak upside down: nine less each digit keeps all patterns."""
    mirrored = "".join(str(9 - int(digit)) for digit in value)
    assert is_weak(value) == is_weak(mirrored)


def test_now_is_not_special() -> None:
    assert not is_weak(f"{NOW:%d%m%y}")
