"""create_temp_password: digits, names and twins; the rest is in test_wrong_input.py."""

from typing import Any

import pytest

from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    OFFICE,
    ONLINE_LOCKS,
    async_create,
    async_deliver,
    refusing,
)
from tests.simulated import Home

# The Garage takes seven digits.
DIGITS = {
    "six for seven": ("905172", "code_length"),
    "1234567": ("1234567", "code_weak"),
    "a run down": ("9876543", "code_weak"),
    "a run past nine": ("7890123", "code_weak"),
    "day and year": ("0106202", "code_weak"),
}


async def test_seven_digits(home: Home) -> None:
    await home.async_setup()
    for why, (code, key) in DIGITS.items():
        with refusing(home, key) as caught:
            await async_create(home, GARAGE, code=code)
        assert code not in str(caught.value), why


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


async def test_the_longest_name(home: Home) -> None:
    """Blanks around it don't count, letters of any language do once."""
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR, name=f" {'Ä' * 19}🦊 ")
    assert made["name"] == "Ä" * 19 + "🦊"


@pytest.mark.parametrize("lock", ONLINE_LOCKS)
async def test_a_twin(home: Home, lock: str) -> None:
    """Two codes of one name and window may both vanish at Tuya."""
    await home.async_setup()
    made = await async_create(home, lock, end="2026-06-02 12:00:00")
    with refusing(home, "twin_password") as caught:
        await async_create(home, lock, end="2026-06-02 12:00:00")
    assert caught.value.translation_placeholders == {"name": "Ann"}
    await async_deliver(home, lock)
    others = "9051726"[: len(str(made["code"]))]
    with refusing(home, "twin_password"):
        await async_create(
            home, lock, start=made["start"], end="2026-06-02 12:00:00", code=others
        )


async def test_a_name_that_spells_the_code(home: Home) -> None:
    """Names are in states, which everybody in the house can read."""
    await home.async_setup()
    with refusing(home, "code_in_name"):
        await async_create(home, FRONT_DOOR, name="Ann 905 172", code="905172")
    await async_create(home, FRONT_DOOR, code="905172")
    await async_deliver(home, FRONT_DOOR)
    changes: tuple[dict[str, Any], ...] = (
        {"new_name": "Ann 90-51-72"},
        {"new_name": "Eve 940271", "code": "940271"},
    )
    for change in changes:
        with refusing(home, "code_in_name"):
            await home.async_act(
                "update_password", FRONT_DOOR, password="Ann", **change
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
