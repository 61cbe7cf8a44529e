"""A person makes codes from the integration's own page."""

import pytest

from tests.acting import FRONT_DOOR, async_deliver, async_list, opens
from tests.dialogs import WINDOW, device_ids, digits_in, open_dialog
from tests.simulated import Home


@pytest.fixture(autouse=True)
async def _set_up(home: Home) -> None:
    await home.async_setup()


async def test_a_code_is_made_shown_once_and_opens(home: Home) -> None:
    dialog = await open_dialog(home, "create", "create_custom")
    await dialog.submit(
        {"locks": device_ids(home, FRONT_DOOR), "name": "Ann", **WINDOW}
    )

    assert dialog.step == "created"
    assert "Monday 2026-06-01, 12:30 until Monday 2026-06-01, 18:00" in dialog.text
    (code,) = digits_in(dialog.text)
    await dialog.back()
    assert code not in str(dialog.page)
    await async_deliver(home, FRONT_DOOR)
    assert opens(home, FRONT_DOOR, code)
    (listed,) = await async_list(home, FRONT_DOOR)
    assert (listed["name"], listed["status"]) == ("Ann", "active")
