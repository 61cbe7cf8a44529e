"""create_temp_password: wrong input gets an error of its own, and nothing is sent."""

from typing import Any

import pytest
import voluptuous as vol

from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    OFFICE,
    ONLINE_LOCKS,
    async_create,
    async_deliver,
    contents,
    refusing,
)
from tests.simulated import Home

# The Front door takes six digits, the Garage seven.
DIGITS = {
    "too short": (FRONT_DOOR, "90517", "code_length"),
    "too long": (FRONT_DOOR, "9051726", "code_length"),
    "six for seven": (GARAGE, "905172", "code_length"),
    "none": (FRONT_DOOR, "", "code_length"),
    "blanks around": (FRONT_DOOR, " 90517", "code_not_digits"),
    "letters": (FRONT_DOOR, "9O5172", "code_not_digits"),
    "a sign": (FRONT_DOOR, "-90517", "code_not_digits"),
    "Arabic-Indic digits": (FRONT_DOOR, "٩٠٥١٧٢", "code_not_digits"),
    "superscript digits": (FRONT_DOOR, "90517²", "code_not_digits"),
    "full-width digits": (
        FRONT_DOOR,
        "\uff19\uff10\uff15\uff11\uff17\uff12",
        "code_not_digits",
    ),
    "an integer of YAML": (FRONT_DOOR, 905172, "code_not_text"),
    "an octal of YAML": (FRONT_DOOR, 0o123456, "code_not_text"),
    "a float": (FRONT_DOOR, 905172.0, "code_not_text"),
    "a list": (FRONT_DOOR, ["905172"], "code_not_text"),
    "true": (FRONT_DOOR, True, "code_not_text"),
    "a run": (FRONT_DOOR, "123456", "code_weak"),
    "1234567": (GARAGE, "1234567", "code_weak"),
    "a run down": (GARAGE, "9876543", "code_weak"),
    "a run past nine": (GARAGE, "7890123", "code_weak"),
    "one digit": (FRONT_DOOR, "000000", "code_weak"),
    "a pair": (FRONT_DOOR, "121212", "code_weak"),
    "three and three": (FRONT_DOOR, "905905", "code_weak"),
    "the day of the stay": (FRONT_DOOR, "010626", "code_weak"),
    "that day, as Americans": (FRONT_DOOR, "060126", "code_weak"),
    "that day, year first": (FRONT_DOOR, "260601", "code_weak"),
    "day and year": (GARAGE, "0106202", "code_weak"),
}


async def test_digits(home: Home) -> None:
    await home.async_setup()
    for why, (lock, code, key) in DIGITS.items():
        with refusing(home, key) as caught:
            await async_create(home, lock, code=code)
        assert str(code) not in str(caught.value) or code == "", why


async def test_the_length_is_told(home: Home) -> None:
    await home.async_setup()
    with refusing(home, "code_length") as caught:
        await async_create(home, GARAGE, code="905172")
    assert caught.value.translation_placeholders == {"length": "7"}


async def test_a_good_code_is_taken(home: Home) -> None:
    """Leading zeros stay."""
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR, code="005172")
    assert made["code"] == "005172"
    await async_deliver(home, FRONT_DOOR)
    (stored,) = home.lock(FRONT_DOOR).codes.values()
    assert stored.digits == "005172"


# It is half past twelve on the first of June.
WINDOWS: tuple[tuple[str, dict[str, Any]], ...] = (
    (
        "window_end_before_start",
        {"start": "2026-06-02 12:00:00", "end": "2026-06-02 11:00:00"},
    ),
    (
        "window_end_before_start",
        {"start": "2026-06-02 12:00:00", "end": "2026-06-02 12:00:00"},
    ),
    ("window_end_before_start", {"duration": "00:00:00"}),
    ("window_end_before_start", {"duration": {"hours": -1}}),
    ("window_in_past", {"end": "2026-06-01 12:30:00"}),
    ("window_in_past", {"end": "2026-05-01 12:30:00"}),
    ("window_in_past", {"start": "2026-05-01 12:30:00"}),
    ("window_in_past", {"start": "2026-07-01 12:30:00", "end": "2026-05-01 12:00:00"}),
    ("window_in_past", {"start": "2026-06-01 10:00:00", "duration": "01:00:00"}),
    ("window_end_and_duration", {"end": "2026-06-02 12:00:00", "duration": "01:00:00"}),
    ("window_out_of_range", {"end": "2290-01-01 00:00:00"}),
    ("window_out_of_range", {"duration": {"days": 999_999_999}}),
)


@pytest.mark.parametrize("kind", ["custom", "time_limited", "one_time"])
async def test_windows(home: Home, kind: str) -> None:
    await home.async_setup()
    for key, fields in WINDOWS:
        with refusing(home, key):
            await async_create(home, FRONT_DOOR, type=kind, **fields)


NAMES = {
    "": "name_empty",
    "   ": "name_empty",
    "A guest with a long name": "name_too_long",
    "Ann\nBob": "name_not_printable",
    "Ann\x7f": "name_not_printable",
    "Ann\ud800": "name_not_printable",
}


async def test_names(home: Home) -> None:
    await home.async_setup()
    for name, key in NAMES.items():
        for kind in ("custom", "time_limited", "one_time", "dynamic"):
            with refusing(home, key):
                await async_create(home, FRONT_DOOR, type=kind, name=name)
    with refusing(home, "name_too_long") as caught:
        await async_create(home, FRONT_DOOR, name="A" * 21)
    assert caught.value.translation_placeholders == {"length": "20"}


async def test_the_longest_name(home: Home) -> None:
    """Blanks around it don't count, letters of any language do once."""
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR, name=f" {'Ä' * 19}🦊 ")
    assert made["name"] == "Ä" * 19 + "🦊"


@pytest.mark.parametrize(
    ("key", "fields"),
    [
        ("not_a_password_type", {"type": "guest"}),
        ("not_a_password_type", {"type": "temp"}),
        ("not_a_password_type", {"type": "clear_one"}),
        ("not_a_password_type", {"type": "clear_all"}),
        ("code_only_for_custom", {"type": "time_limited", "code": "905172"}),
        ("code_only_for_custom", {"type": "one_time", "code": "905172"}),
        ("code_only_for_custom", {"type": "dynamic", "code": "905172"}),
        ("one_time_only_for_custom", {"type": "time_limited", "one_time": True}),
        ("one_time_only_for_custom", {"type": "one_time", "one_time": True}),
        ("one_time_only_for_custom", {"type": "dynamic", "one_time": True}),
        ("dynamic_has_no_window", {"type": "dynamic", "duration": "00:05:00"}),
        ("dynamic_has_no_window", {"type": "dynamic", "start": "2026-06-02 12:00:00"}),
        ("dynamic_has_no_window", {"type": "dynamic", "end": "2026-06-02 12:00:00"}),
    ],
)
async def test_what_does_not_go_together(
    home: Home, key: str, fields: dict[str, Any]
) -> None:
    await home.async_setup()
    with refusing(home, key):
        await async_create(home, FRONT_DOOR, **fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"start": "soon"},
        {"duration": "long"},
        {"one_time": "perhaps"},
        {"pin": "905172"},
    ],
)
async def test_what_the_schema_refuses(home: Home, fields: dict[str, Any]) -> None:
    await home.async_setup()
    before, asked = contents(home), len(home.world.requests.entries)
    with pytest.raises(vol.Invalid):
        await async_create(home, FRONT_DOOR, **fields)
    assert contents(home) == before
    assert len(home.world.requests.entries) == asked


@pytest.mark.parametrize("lock", ONLINE_LOCKS)
async def test_a_twin(home: Home, lock: str) -> None:
    """Two codes of one name and window may both vanish at Tuya."""
    await home.async_setup()
    made = await async_create(home, lock, end="2026-06-02 12:00:00")
    with refusing(home, "twin_password") as caught:
        await async_create(home, lock, end="2026-06-02 12:00:00")
    assert caught.value.translation_placeholders == {"name": "Ann"}
    await async_deliver(home, lock)
    with refusing(home, "twin_password"):
        await async_create(
            home, lock, start=made["start"], end="2026-06-02 12:00:00", code="905172"
        )


async def test_no_twins(home: Home) -> None:
    """Another name, window or type makes another code, and so does the end of one."""
    await home.async_setup()
    await async_create(home, OFFICE)
    await async_create(home, OFFICE, name="Bob")
    await async_create(home, OFFICE, duration="00:59:59")
    await async_create(home, OFFICE, type="time_limited")
    await async_create(home, OFFICE, type="time_limited")
    await async_deliver(home, OFFICE)
    assert len(home.lock(OFFICE).codes) == 3
    assert len(home.lock(OFFICE).offline) == 2
    await home.async_act("delete_password", OFFICE, password="Bob")
    await async_deliver(home, OFFICE)
    await async_create(home, OFFICE, name="Bob", start="2026-06-01 12:30:00")
    assert len(home.lock(OFFICE).book.live) == 4
