"""A person changes a code: its time, its name, its digits; freezes and deletes it."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    GARDEN_GATE,
    OFFICE,
    ONLINE_LOCKS,
    TEXTS,
    async_create,
    async_deliver,
    async_list,
    contents,
    make_in_app,
    opens,
)
from tests.dialogs import digits_in, open_code
from tests.simulated import Home


@pytest.fixture(autouse=True)
async def _set_up(home: Home) -> None:
    await home.async_setup()


@pytest.mark.parametrize("lock", ONLINE_LOCKS)
async def test_a_code_is_extended(home: Home, lock: str) -> None:
    """The digits stay; until the lock confirmed it, the page says what may still count."""
    made = await async_create(home, lock)
    await async_deliver(home, lock)
    dialog = await open_code(home, lock, "Ann", "change_window")
    assert dialog.fields == {"end": "2026-06-01 13:30:00"}
    await dialog.submit({"end": "2026-06-01 20:00:00"})

    assert dialog.step == "result"
    assert digits_in(dialog.text) == []
    # A lock that is awake has taken it already.
    is_awake = lock in {GARAGE, GARDEN_GATE}
    assert ("It is to become: Monday 2026-06-01, 12:30" in dialog.text) is not is_awake
    assert "Monday 2026-06-01, 20:00" in dialog.text
    await dialog.back()
    await async_deliver(home, lock)
    await home.async_pass(timedelta(hours=5))
    assert opens(home, lock, made["code"])


async def test_a_code_that_has_not_begun_gets_another_start(home: Home) -> None:
    window = {"start": "2026-06-02 10:00:00", "end": "2026-06-02 18:00:00"}
    made = await async_create(home, FRONT_DOOR, **window)
    await async_deliver(home, FRONT_DOOR)
    dialog = await open_code(home, FRONT_DOOR, "Ann", "change_window")
    assert dialog.fields == window
    assert "Tuesday 2026-06-02, 10:00" in dialog.text
    await dialog.submit({**window, "start": "2026-06-01 13:00:00"})
    assert dialog.step == "result"
    await async_deliver(home, FRONT_DOOR)
    await home.async_pass(timedelta(hours=1))
    assert opens(home, FRONT_DOOR, made["code"])


@pytest.mark.parametrize(
    ("end", "told"),
    [
        ("2026-06-01 12:00:00", "has ended already"),
        ("9999-06-01 12:00:00", "lies too far"),
    ],
)
async def test_an_end_that_can_not_be(home: Home, end: str, told: str) -> None:
    await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    before = contents(home)
    dialog = await open_code(home, FRONT_DOOR, "Ann", "change_window")
    await dialog.submit({"end": end})
    assert dialog.step == "change_window"
    assert told in dialog.errors["end"]
    assert dialog.fields == {"end": end}
    assert contents(home) == before


async def test_nothing_was_changed(home: Home) -> None:
    await async_create(home, FRONT_DOOR)
    dialog = await open_code(home, FRONT_DOOR, "Ann", "change_window")
    await dialog.submit(dialog.fields)
    assert dialog.errors == {"base": TEXTS["nothing_to_change"]}


@pytest.mark.parametrize("lock", ONLINE_LOCKS)
async def test_a_code_is_renamed(home: Home, lock: str) -> None:
    made = await async_create(home, lock)
    await async_deliver(home, lock)
    dialog = await open_code(home, lock, "Ann", "rename")
    assert dialog.fields == {"name": "Ann"}
    await dialog.submit({"name": " Bob "})
    assert dialog.step == "result"
    await async_deliver(home, lock)
    assert (await async_list(home, lock))[0]["name"] == "Bob"
    assert opens(home, lock, made["code"])


@pytest.mark.parametrize("kind", ["time_limited", "one_time", "dynamic"])
async def test_a_code_that_the_lock_works_out_is_renamed(home: Home, kind: str) -> None:
    await async_create(home, FRONT_DOOR, type=kind)
    dialog = await open_code(home, FRONT_DOOR, "Ann", "rename")
    await dialog.submit({"name": "Bob"})
    assert dialog.step == "result"
    assert "**Bob** · Front door" in dialog.text
    assert (await async_list(home, FRONT_DOOR))[0]["name"] == "Bob"


@pytest.mark.parametrize(
    ("name", "told"), [(" ", "The name is empty."), ("A" * 21, "at most 20")]
)
async def test_a_name_that_can_not_be(home: Home, name: str, told: str) -> None:
    await async_create(home, FRONT_DOOR)
    dialog = await open_code(home, FRONT_DOOR, "Ann", "rename")
    await dialog.submit({"name": name})
    assert told in dialog.errors["name"]


@pytest.mark.parametrize("own", [None, "905172"])
async def test_new_digits(home: Home, own: str | None) -> None:
    old = await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    dialog = await open_code(home, FRONT_DOOR, "Ann", "new_digits")
    assert "6" in dialog.page["description_placeholders"]["digits"]  # type: ignore[index]
    await dialog.submit({} if own is None else {"code": own})
    assert dialog.step == "created"
    (code,) = digits_in(dialog.text)
    assert own in {None, code}
    await dialog.back()
    assert code not in str(dialog.page)
    await async_deliver(home, FRONT_DOOR)
    assert opens(home, FRONT_DOOR, code)
    assert not opens(home, FRONT_DOOR, old["code"])


async def test_digits_that_can_not_be(home: Home) -> None:
    """They are not shown again."""
    await async_create(home, FRONT_DOOR)
    dialog = await open_code(home, FRONT_DOOR, "Ann", "new_digits")
    await dialog.submit({"code": "12345"})
    assert dialog.errors == {"code": TEXTS["code_length"].format(length="6")}
    assert dialog.fields == {}


@pytest.mark.parametrize(
    ("way", "values"),
    [
        ("change_window", {"end": "2026-06-01 20:00:00"}),
        ("rename", {"name": "Bob"}),
    ],
)
@pytest.mark.parametrize("own", [None, "905172"])
async def test_a_code_whose_digits_are_not_known(
    home: Home, way: str, values: dict[str, Any], own: str | None
) -> None:
    """A change gives it new ones, as the page says, and they are shown."""
    make_in_app(home, FRONT_DOOR, "Ann", "481516")
    await async_deliver(home, FRONT_DOOR)
    await home.async_refresh(FRONT_DOOR)
    dialog = await open_code(home, FRONT_DOOR, "Ann", way)
    assert "gets new ones" in dialog.text
    await dialog.submit({**values, **({} if own is None else {"code": own})})
    assert dialog.step == "created"
    (code,) = digits_in(dialog.text)
    assert own in {None, code}
    await async_deliver(home, FRONT_DOOR)
    assert opens(home, FRONT_DOOR, code)


async def test_freeze_and_unfreeze(home: Home) -> None:
    made = await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    dialog = await open_code(home, FRONT_DOOR, "Ann", "freeze")
    assert dialog.step == "result"
    await async_deliver(home, FRONT_DOOR)
    assert not opens(home, FRONT_DOOR, made["code"])
    dialog = await open_code(home, FRONT_DOOR, "Ann", "unfreeze")
    assert dialog.step == "result"
    await async_deliver(home, FRONT_DOOR)
    assert opens(home, FRONT_DOOR, made["code"])


async def test_a_code_that_can_not_be_frozen_any_more(home: Home) -> None:
    """It changed between the pages; why it can't be is told."""
    made = await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    dialog = await open_code(home, FRONT_DOOR, "Ann")
    await home.async_act("delete_password", FRONT_DOOR, password=made["id"])
    await dialog.choose("freeze")
    assert dialog.step == "problem"
    assert "is being removed, so it can't be changed" in dialog.text.replace("\\", "")
    await dialog.back()


@pytest.mark.parametrize("lock", ONLINE_LOCKS)
async def test_a_code_is_deleted(home: Home, lock: str) -> None:
    """It is asked for once, and it may open until the lock took it: the page says so."""
    made = await async_create(home, lock)
    await async_deliver(home, lock)
    before = contents(home)
    dialog = await open_code(home, lock, "Ann", "delete")
    assert (
        "Until the lock has taken the deletion, the code may still open" in dialog.text
    )
    await dialog.choose("code")
    assert dialog.step == "code"
    assert contents(home) == before
    await dialog.choose("delete")
    await dialog.choose("delete_now")
    assert dialog.step == "result"
    may_open = "is being taken off" in dialog.text
    assert may_open or not opens(home, lock, made["code"])
    await dialog.back()
    await async_deliver(home, lock)
    await home.async_pass(timedelta(minutes=2))
    assert not opens(home, lock, made["code"])


async def test_an_ended_code_is_taken_off_the_list(home: Home) -> None:
    await async_create(home, FRONT_DOOR, type="dynamic")
    await home.async_pass(timedelta(minutes=11))
    await home.async_refresh(FRONT_DOOR)
    dialog = await open_code(home, FRONT_DOOR, "Ann", "delete")
    assert "only takes it off the list" in dialog.text
    await dialog.choose("delete_now")
    assert dialog.text == "Ann is gone from Front door."
    assert await async_list(home, FRONT_DOOR) == []


async def test_a_deletion_that_fails(home: Home) -> None:
    made = await async_create(home, OFFICE)
    await async_deliver(home, OFFICE)
    dialog = await open_code(home, OFFICE, "Ann", "delete")
    home.world.faults.parse("device_offline:path=temp-passwords")
    await dialog.choose("delete_now")
    assert dialog.step == "problem"
    await dialog.back()
    assert opens(home, OFFICE, made["code"])


@pytest.mark.parametrize(
    ("way", "answer"),
    [
        (["delete"], {"next_step_id": "delete_now"}),
        (["new_digits"], {}),
        (["change_window"], {"end": "2026-06-01 20:00:00"}),
        ([], {"next_step_id": "freeze"}),
    ],
)
async def test_pressed_twice(
    home: Home, way: list[str], answer: dict[str, Any]
) -> None:
    """It is sent once, and both get the same page."""
    await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    dialog = await open_code(home, FRONT_DOOR, "Ann", *way)
    asked = len(home.world.requests.entries)
    configure = home.hass.config_entries.options.async_configure
    pages = await asyncio.gather(*(configure(dialog.id, answer) for _ in range(2)))
    sent = [
        entry
        for entry in list(home.world.requests.entries)[asked:]
        if entry.method != "GET" and not entry.path.endswith("password-ticket")
    ]
    assert len(sent) == 1
    assert pages[0]["step_id"] in {"result", "created"}
    first, second = (page["description_placeholders"] for page in pages)
    assert first == second


async def test_a_keypad_that_sleeps(home: Home) -> None:
    """What it does not have yet can be renamed and deleted all the same."""
    for lock in (GARAGE, GARDEN_GATE):
        await async_create(home, lock)
        dialog = await open_code(home, lock, "Ann")
        assert "the lock does not have it yet" in dialog.text
        await dialog.choose("delete")
        await dialog.choose("delete_now")
        assert dialog.step == "result"


@pytest.mark.parametrize("page", ["change_window", "rename", "new_digits"])
async def test_a_code_that_was_deleted_meanwhile(home: Home, page: str) -> None:
    """There is no form to fill in for nothing."""
    await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    dialog = await open_code(home, FRONT_DOOR, "Ann")
    await home.async_act("delete_password", FRONT_DOOR, password="Ann")
    await dialog.choose(page)
    assert dialog.step == "problem"
    assert "is being removed" in dialog.text
    await dialog.back()
    dialog = await open_code(home, FRONT_DOOR, "Ann")
    await async_deliver(home, FRONT_DOOR)
    assert page not in dialog.menu


async def test_a_name_that_turns_the_text(home: Home) -> None:
    """Somebody gave it in the app; the field shows it in its own direction."""
    make_in_app(home, FRONT_DOOR, "Eve\u202e321", "905172")
    await home.async_refresh(FRONT_DOOR)
    dialog = await open_code(home, FRONT_DOOR, "Eve321", "rename")
    assert dialog.fields["new_name" if "new_name" in dialog.fields else "name"] == (
        "Eve321"
    )
