"""The digits that somebody writes into an event."""

from hypothesis import given, strategies as st
import pytest

from custom_components.tuya_lock_manager.domain.remarks import (
    UnclearDigitsError,
    chosen_digits,
    holds_code,
    spells,
)


@pytest.mark.parametrize(
    ("remark", "digits"),
    [
        ("", None),
        ("  \n", None),
        ("Brings the dog", None),
        ("Phone 0171 5550199, arrives 2026-06-01 at 14:30", None),
        ("905172", "905172"),
        (" 905172 \n", "905172"),
        ("code: 905172", "905172"),
        ("Code:905172", "905172"),
        ("PIN = 905172", "905172"),
        ("Brings the dog\ncode: 905172\nand the cat", "905172"),
        # What is wrong is refused as a code, and nothing else is made of it.
        ("9051", "9051"),
        ("905 172", "905 172"),
        ("905-172", "905-172"),
        ("code: 90517a", "90517a"),
        ("code: 12", "12"),
        ("code:", ""),
        ("Kommt um 14:30\nTürcode: 905172", "905172"),
        ("PIN-Code: 905172", "905172"),
        ("Kennwort: 90 51 72", "90 51 72"),
        ("mot de passe : 905172", "905172"),
        ("Código: 905172", "905172"),
        ("密码\uff1a905172", "905172"),
        # Other things have numbers, too.
        ("Postcode: 10115", None),
        ("Pinneberg 4", None),
        ("Kodak 100", None),
    ],
)
def test_what_is_taken(remark: str, digits: str | None) -> None:
    assert chosen_digits(remark, 6) == digits


@pytest.mark.parametrize(
    "remark",
    [
        "The code is 905172",
        "The code is 9051",
        "My pin 12345",
        "Ann 905172",
        "905172 for Ann",
        "Passwort 90 51 72",
        "Kod 9051",
        "密码9051",
        "code: 905172\ncode: 940271",
    ],
)
def test_what_is_not_clear(remark: str) -> None:
    with pytest.raises(UnclearDigitsError):
        chosen_digits(remark, 6)


def test_what_the_calendar_said_itself_counts_for_nothing() -> None:
    shown = "Active: it opens.\nThe code was to end at 2026-06-01, 12:00"
    assert chosen_digits(shown, 6, shown) is None
    assert chosen_digits(f"{shown}\ncode: 905172", 6, shown) == "905172"
    assert chosen_digits(f"{shown}\n905172", 6, shown) == "905172"
    # It may have said something else a moment ago.
    before = "Pending: it comes.\nThe code is to end at 2026-06-01, 12:00:30"
    for length in range(4, 11):
        assert chosen_digits(before, length, shown) is None
    with pytest.raises(UnclearDigitsError):
        chosen_digits(f"{shown}\nnow 905172", 6, shown)


@given(st.text(), st.integers(4, 10), st.text())
def test_nothing_else_comes_of_a_text(remark: str, length: int, shown: str) -> None:
    """What is taken stands in the text, and a text that is sent back changes nothing."""
    try:
        digits = chosen_digits(remark, length)
    except UnclearDigitsError:
        pass
    else:
        assert digits is None or digits in remark
    assert chosen_digits(shown, length, shown) is None


@given(st.from_regex(r"[0-9]{6}", fullmatch=True), st.sampled_from(["{}", "Ann {}"]))
def test_names_that_hold_a_code(digits: str, name: str) -> None:
    assert holds_code(name.format(digits), 6)
    assert not holds_code(name.format(digits), 7)
    assert not holds_code(name.format(f"{digits}1"), 6)
    assert holds_code(f"{name.format(digits)}.", 6)


@pytest.mark.parametrize(
    "name", ["905172", "Ann 905 172", "Ann 9-0-5-1-7-2", "x1905172", "90/51/72, Ann"]
)
def test_names_that_spell_a_code(name: str) -> None:
    assert spells(name, "905172")
    assert not spells(name, "905173")
    assert not spells(name, "")


def test_digits_among_words_spell_nothing() -> None:
    assert not spells("905 or 172", "905172")


def test_dates_are_no_codes() -> None:
    assert not holds_code("Stay of 2026-06-01", 4)
    assert not holds_code("1.6.2026", 4)
    assert not holds_code("12:30:45", 4)
    assert holds_code("Room 4711", 4)
