"""Template passwords: what can't be done, and is said so."""

from datetime import timedelta
from typing import Any

import pytest

from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    OFFICE,
    SHED,
    async_create,
    async_deliver,
    check_error,
    failing,
    opens,
    refusing,
    result_of,
)
from tests.simulated import Home
from tests.templating import async_make, async_templates


async def test_check_name(home: Home) -> None:
    """Tuya refuses a name that is taken only where it is asked to."""
    await home.async_setup()
    await async_make(home, FRONT_DOOR)
    with failing(home, "name_taken"):
        await async_make(home, FRONT_DOOR, check_name=True, duration="02:00:00")
    await async_make(home, FRONT_DOOR, duration="02:00:00")


async def test_twins(home: Home, book: str) -> None:
    """Two of one name and window may both vanish, whichever door they come by."""
    await home.async_setup()
    window = {"start": "2026-06-01 14:00:00", "end": "2026-06-01 18:00:00"}
    await async_make(home, FRONT_DOOR, **window)
    with refusing(home, "twin_password", reads=True):
        await async_make(home, FRONT_DOOR, **window)
    with refusing(home, "twin_password", reads=True):
        await async_create(home, FRONT_DOOR, **window)


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ({"code": 905172}, "code_not_text"),
        ({"code": "90517x"}, "code_not_digits"),
        ({"code": "9051"}, "code_length"),
        ({"code": "123456"}, "code_weak"),
        ({"name": ""}, "name_empty"),
        ({"name": "A" * 21}, "name_too_long"),
        ({"name": "A\nB"}, "name_not_printable"),
        (
            {"start": "2026-06-01 18:00:00", "end": "2026-06-01 17:00:00"},
            "window_end_before_start",
        ),
        ({"start": "2026-06-01 09:00:00", "duration": "01:00:00"}, "window_in_past"),
        (
            {"end": "2026-06-01 18:00:00", "duration": "01:00:00"},
            "window_end_and_duration",
        ),
        ({"weekdays": ["noday"]}, "schedule_weekdays"),
    ],
)
async def test_wrong_input(home: Home, data: dict[str, Any], key: str) -> None:
    """Each wrong wish has its own text, and nothing is sent; nor read for digits."""
    await home.async_setup()
    await home.async_pass(timedelta(minutes=2))
    with refusing(home, key, reads=not key.startswith("code_")):
        await async_make(home, FRONT_DOOR, **data)


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ({"state": "old"}, "not_a_template_state"),
        ({"offset": -1}, "offset_negative"),
        ({"offset": "two"}, "not_a_whole_number"),
        ({"limit": 0}, "limit_out_of_range"),
        ({"limit": 501}, "limit_out_of_range"),
    ],
)
async def test_wrong_questions(home: Home, data: dict[str, Any], key: str) -> None:
    await home.async_setup()
    with refusing(home, key):
        await async_templates(home, FRONT_DOOR, **data)


async def test_which_one(home: Home) -> None:
    """Who is not there, or is there twice, is refused with those that are."""
    await home.async_setup()
    made = [
        await async_make(home, FRONT_DOOR, duration={"hours": hours})
        for hours in (1, 2)
    ]
    for action in ("list_template_passwords", "delete_template_password"):
        with refusing(home, "ambiguous_password", reads=True) as caught:
            await home.async_act(action, FRONT_DOOR, password="ann")
        assert all(str(one["id"]) in str(caught.value) for one in made)
        with refusing(home, "no_such_password", reads=True):
            await home.async_act(action, FRONT_DOOR, password="Bob")


async def test_a_lock_that_only_a_phone_reaches(home: Home) -> None:
    """It lists, and takes no codes from afar."""
    await home.async_setup()
    with refusing(home, "online_codes_need_gateway"):
        await async_make(home, SHED)
    assert (await async_templates(home, SHED))["total"] == 0


async def test_locks_without_the_list(home: Home) -> None:
    """They say so, beside the answers of those that have it; nothing is made."""
    await home.async_setup()
    absent = home.lock(GARAGE)
    home.world.around.switches.set("template_paths", "absent", absent.id)
    questions: tuple[tuple[str, dict[str, Any]], ...] = (
        ("list_template_passwords", {}),
        ("create_template_password", {"name": "Ann"}),
        ("delete_template_password", {"password": "Ann"}),
    )
    for action, data in questions:
        with refusing(home, "templates_unsupported", reads=True):
            await home.async_act(action, GARAGE, **data)
    response = await home.async_act(
        "create_template_password", [GARAGE, OFFICE], name="Ann"
    )
    assert response is not None
    check_error(response[GARAGE], "templates_unsupported", lock="Garage")
    await async_deliver(home, OFFICE)
    assert opens(home, OFFICE, result_of(response, OFFICE)["code"])
    assert not absent.book.live
