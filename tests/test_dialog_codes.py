"""A person looks at the codes that exist, and changes one."""

from datetime import timedelta

import pytest

from tests.acting import FRONT_DOOR, async_create, async_deliver, opens
from tests.dialogs import Dialog, device_ids, digits_in, open_dialog
from tests.simulated import Home


@pytest.fixture(autouse=True)
async def _set_up(home: Home) -> None:
    await home.async_setup()


async def open_code(home: Home, lock: str, name: str) -> Dialog:
    """Open the page of a code that somebody made."""
    dialog = await open_dialog(home, "codes")
    await dialog.submit({"lock": device_ids(home, lock)[0]})
    assert dialog.step == "codes_of"
    (value,) = [
        value
        for value, label in dialog.labels("password").items()
        if label.startswith(f"{name} ·")
    ]
    await dialog.submit({"password": value})
    assert dialog.step == "code"
    return dialog


async def test_a_code_is_extended(home: Home) -> None:
    made = await async_create(home, FRONT_DOOR, name="Ann")
    await async_deliver(home, FRONT_DOOR)

    dialog = await open_code(home, FRONT_DOOR, "Ann")
    await dialog.choose("change_window")
    assert dialog.fields == {"end": "2026-06-01 13:30:00"}
    await dialog.submit({"end": "2026-06-01 20:00:00"})

    assert dialog.step == "result"
    await dialog.back()
    await async_deliver(home, FRONT_DOOR)
    await home.async_pass(timedelta(hours=5))
    assert opens(home, FRONT_DOOR, made["code"])


async def test_a_code_is_renamed_and_gets_new_digits(home: Home) -> None:
    await async_create(home, FRONT_DOOR, name="Ann")
    await async_deliver(home, FRONT_DOOR)
    dialog = await open_code(home, FRONT_DOOR, "Ann")
    await dialog.choose("rename")
    await dialog.submit({"name": "Bob"})
    assert dialog.step == "result", dialog.errors
    dialog = await open_code(home, FRONT_DOOR, "Bob")
    await dialog.choose("new_digits")
    await dialog.submit({})
    assert dialog.step == "created"
    (code,) = digits_in(dialog.text)
    await async_deliver(home, FRONT_DOOR)
    assert opens(home, FRONT_DOOR, code)
