"""Reading fields: what is tolerated, and what is not."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from custom_components.tuya_lock_manager.tuya_cloud import MalformedResponseError
from custom_components.tuya_lock_manager.tuya_cloud.models.reader import Reader

NOON = datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)  # 1700000000


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        (1700000000, NOON),
        ("1700000000", NOON),
        (1700000000.0, NOON),
        (1700000000123, NOON + timedelta(milliseconds=123)),
        ("1700000000123", NOON + timedelta(milliseconds=123)),
        (10**12, datetime(2001, 9, 9, 1, 46, 40, tzinfo=UTC)),
        (0, None),
        ("", None),
        (None, None),
    ],
)
def test_times(value: Any, moment: datetime | None) -> None:
    """Seconds and milliseconds are told apart; nothing and 0 mean none."""
    assert Reader({"at": value}, "x").moment("at") == moment


@pytest.mark.parametrize(
    "value",
    [
        10**12 - 1,
        10**17,
        -(10**15),
        1.5,
        "soon",
        "1e9",
        "\u0661\u0667",
        True,
        [],
        {},
        "9" * 21,
    ],
)
def test_bad_times(value: Any) -> None:
    """What is no point in time is malformed."""
    with pytest.raises(MalformedResponseError, match="x: at has a wrong type"):
        Reader({"at": value}, "x").moment("at")


@pytest.mark.parametrize(
    ("value", "number"), [(7, 7), ("7", 7), (-1, -1), ("-1", -1), (7.0, 7), ("", None)]
)
def test_numbers(value: Any, number: int | None) -> None:
    """Numbers may be written as texts."""
    assert Reader({"n": value}, "x").number("n") == number


@pytest.mark.parametrize(
    ("value", "flag"),
    [(True, True), (False, False), (1, True), ("0", False), ("TRUE", True), ("", None)],
)
def test_flags(value: Any, flag: bool | None) -> None:
    """Truth values may be written as numbers or texts."""
    assert Reader({"f": value}, "x").flag("f") is flag


@pytest.mark.parametrize("value", [2, -1, "yes", 1.0, [], {}])
def test_bad_flags(value: Any) -> None:
    """Anything else is malformed."""
    with pytest.raises(MalformedResponseError):
        Reader({"f": value}, "x").flag("f")


@pytest.mark.parametrize("value", [True, 1.5, [], {}])
def test_bad_texts(value: Any) -> None:
    """A text may be a whole number, nothing else."""
    assert Reader({"t": 12345678901234567890}, "x").text("t") == "12345678901234567890"
    with pytest.raises(MalformedResponseError):
        Reader({"t": value}, "x").text("t")
