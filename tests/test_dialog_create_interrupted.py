"""Pages that make a code: pressed twice, closed too early, cut."""

import asyncio

from homeassistant.data_entry_flow import InvalidData
import pytest

from tests.acting import FRONT_DOOR, SHED, async_deliver, async_list, opens
from tests.dialogs import (
    TIME_LIMITED,
    WINDOW,
    device_ids,
    digits_in,
    make,
    open_dialog,
    unseen,
)
from tests.simulated import Home
from tests.test_interrupted import Gate


@pytest.fixture(autouse=True)
async def _set_up(home: Home) -> None:
    await home.async_setup()


async def test_pressed_twice(home: Home) -> None:
    """Home Assistant lets both in; the second one gets what the first one does."""
    dialog = await open_dialog(home, "create", "create_custom")
    values = {"locks": device_ids(home, FRONT_DOOR), "name": "Ann", **WINDOW}
    configure = home.hass.config_entries.options.async_configure
    pages = await asyncio.gather(*(configure(dialog.id, values) for _ in range(3)))
    assert len({str(page["description_placeholders"]) for page in pages}) == 1
    assert {page["step_id"] for page in pages} == {"created"}
    assert len(home.lock(FRONT_DOOR).book.live) == 1
    # What is left of the form can't be sent any more.
    with pytest.raises(InvalidData):
        await configure(dialog.id, values)
    assert len(home.lock(FRONT_DOOR).book.live) == 1


async def test_the_page_is_looked_at_again(home: Home) -> None:
    """A reload of the page shows it as it is, and makes nothing."""
    dialog = await make(home, "custom", FRONT_DOOR)
    page = await home.hass.config_entries.options.async_configure(dialog.id)
    assert page["step_id"] == "created"
    assert page["description_placeholders"] == dialog.page["description_placeholders"]
    assert len(home.lock(FRONT_DOOR).book.live) == 1
    await dialog.back()


@pytest.mark.parametrize(
    ("kind", "method", "issue"),
    [
        ("custom", "create_password", "digits_unseen"),
        ("time_limited", "create_offline_password", "offline_digits_unseen"),
    ],
)
async def test_a_dialog_that_is_closed_meanwhile(
    home: Home, kind: str, method: str, issue: str
) -> None:
    """What was begun is finished and on the list; a repair shows what nobody saw."""
    gate = Gate(method)
    options = home.hass.config_entries.options
    dialog = await open_dialog(home, "create", f"create_{kind}")
    window = WINDOW if kind == "custom" else TIME_LIMITED
    values = {"locks": device_ids(home, FRONT_DOOR), "name": "Ann", **window}
    with gate.patched:
        call = home.hass.async_create_task(options.async_configure(dialog.id, values))
        await gate.reached.wait()
        options.async_abort(dialog.id)
        gate.open.set()
        assert (await call)["reason"] == "dialog_closed"
        await home.hass.async_block_till_done()
    (code,) = await async_list(home, FRONT_DOOR)
    assert (code["name"], code["made_here"]) == ("Ann", True)
    assert unseen(home) == [issue]


async def test_a_browser_that_never_comes_back(home: Home) -> None:
    """The code is there, and a repair shows its digits."""
    gate = Gate("create_password")
    options = home.hass.config_entries.options
    dialog = await open_dialog(home, "create", "create_custom")
    values = {"locks": device_ids(home, FRONT_DOOR), "name": "Ann", **WINDOW}
    with gate.patched:
        call = home.hass.async_create_task(options.async_configure(dialog.id, values))
        await gate.reached.wait()
        call.cancel()
        gate.open.set()
        await home.hass.async_block_till_done()
    assert len(home.lock(FRONT_DOOR).book.live) == 1
    assert unseen(home) == ["digits_unseen"]


async def test_a_request_that_is_cut(home: Home) -> None:
    """A browser that goes away cuts nothing either, and may come back for the page."""
    gate = Gate("create_password")
    options = home.hass.config_entries.options
    dialog = await open_dialog(home, "create", "create_custom")
    values = {"locks": device_ids(home, FRONT_DOOR), "name": "Ann", **WINDOW}
    with gate.patched:
        call = home.hass.async_create_task(options.async_configure(dialog.id, values))
        await gate.reached.wait()
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        again = home.hass.async_create_task(options.async_configure(dialog.id, values))
        await asyncio.sleep(0)
        gate.open.set()
        page = await again
    assert page["step_id"] == "created"
    assert len(home.lock(FRONT_DOOR).book.live) == 1
    assert unseen(home) == []


async def test_two_dialogs_at_once(home: Home) -> None:
    """Each shows its own code, and both open."""
    first = await open_dialog(home, "create", "create_custom")
    second = await open_dialog(home, "create", "create_custom")
    values = {"locks": device_ids(home, FRONT_DOOR), **WINDOW}
    await asyncio.gather(
        first.submit({**values, "name": "Ann"}),
        second.submit({**values, "name": "Bob"}),
    )
    codes = digits_in(first.text) + digits_in(second.text)
    assert len(set(codes)) == 2
    await async_deliver(home, FRONT_DOOR)
    assert all(opens(home, FRONT_DOOR, code) for code in codes)
    assert await async_list(home, SHED) == []
