"""A person looks at the codes that exist: all of a lock, and one of them."""

from datetime import timedelta
from typing import Any
from unittest.mock import patch

from homeassistant.config_entries import ConfigEntryState
from homeassistant.helpers import device_registry as dr
import pytest

from custom_components.tuya_lock_manager.const import DOMAIN
from custom_components.tuya_lock_manager.domain.passwords import (
    Password,
    PasswordStatus,
    PasswordType,
)
from simulator.locks.keypad import type_code
from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    OFFICE,
    SHED,
    async_create,
    async_deliver,
    make_in_app,
)
from tests.dialogs import COMMON, device_ids, open_code, open_dialog, open_list
from tests.simulated import Home


@pytest.fixture(autouse=True)
async def _set_up(home: Home) -> None:
    await home.async_setup()


async def test_the_list(home: Home) -> None:
    """What nobody can vouch for is first, what has ended is last; the newest first."""
    over = await async_create(home, FRONT_DOOR, name="Over", duration={"minutes": 2})
    await async_deliver(home, FRONT_DOOR)
    await home.async_pass(timedelta(minutes=5))
    await home.async_refresh(FRONT_DOOR)
    await async_create(home, FRONT_DOOR, name="Opens", duration={"hours": 3})
    await async_deliver(home, FRONT_DOOR)
    await home.async_pass(timedelta(minutes=1))
    await async_create(
        home,
        FRONT_DOOR,
        name="Later",
        start="2026-06-03 10:00:00",
        end="2026-06-03 11:00:00",
    )
    await async_deliver(home, FRONT_DOOR)
    going = await async_create(home, FRONT_DOOR, name="Going", duration={"hours": 9})
    await async_deliver(home, FRONT_DOOR)
    await home.async_act("delete_password", FRONT_DOOR, password=going["id"])

    dialog = await open_list(home, FRONT_DOOR)
    labels = list(dialog.labels("password").values())
    assert [label.split(" · ")[:2] for label in labels] == [
        ["Going", "Being removed"],
        ["Later", "Scheduled"],
        ["Opens", "Active"],
        ["Over", "Expired"],
    ]
    assert labels[1].endswith(
        "Wednesday 2026-06-03, 10:00 \N{EN DASH} Wednesday 2026-06-03, 11:00"
    )
    assert "Codes of Front door: 4." in dialog.text
    assert "Europe\\/Berlin" in dialog.text
    assert str(over["code"]) not in str(dialog.page)


async def test_a_list_of_many(home: Home) -> None:
    """A hundred codes fit, in a box that opens; one of them can be looked at."""
    home.lock(FRONT_DOOR).capacity = 200
    await async_create(home, FRONT_DOOR, type="dynamic")
    for number in range(99):
        make_in_app(home, FRONT_DOOR, f"Guest {number}", f"{number + 415000:06}")
    await home.async_refresh(FRONT_DOOR)
    dialog = await open_list(home, FRONT_DOOR)
    assert len(dialog.labels("password")) == 100
    assert dialog.page["data_schema"] is not None
    field = dialog.page["data_schema"].schema["password"]
    assert field.config["mode"] == "dropdown"
    dialog = await open_code(home, FRONT_DOOR, "Guest 73")
    assert "**Guest 73** · Front door" in dialog.text


async def test_no_choice_leads_back(home: Home) -> None:
    dialog = await open_dialog(home, "codes")
    assert set(dialog.labels("lock").values()) == {
        *("Front door", "Garage", "Garden gate", "Office", "Shed")
    }
    await dialog.back()
    await async_create(home, FRONT_DOOR)
    dialog = await open_list(home, FRONT_DOOR)
    await dialog.back()


async def test_a_lock_without_codes(home: Home) -> None:
    dialog = await open_list(home, OFFICE)
    assert dialog.step == "problem"
    assert dialog.text == "Office has no codes\\."
    await dialog.back()


async def test_the_only_lock(home: Home) -> None:
    """There is nothing to choose."""
    only = device_ids(home, FRONT_DOOR)[0]
    hubs = home.entry.runtime_data.account.hubs
    for device_id in list(hubs):
        if device_id != only:
            await hubs.pop(device_id).async_shutdown()
    await async_create(home, FRONT_DOOR)
    dialog = await open_dialog(home, "codes")
    assert dialog.step == "codes_of"
    dialog = await open_dialog(home, "clear")
    assert dialog.step == "clear_all"
    dialog = await open_dialog(home, "create", "create_custom")
    assert dialog.fields["locks"] == [only]


async def test_an_outage_is_no_empty_list(home: Home) -> None:
    await async_create(home, FRONT_DOOR)
    home.world.faults.parse("http_5xx")
    await home.async_refresh(FRONT_DOOR)
    dialog = await open_list(home, FRONT_DOOR)
    assert dialog.step == "problem"
    assert "can't be read at the moment" in dialog.text.replace("\\", "")
    await dialog.back()


@pytest.mark.parametrize(
    ("lock", "kind", "way"),
    [
        (FRONT_DOOR, "custom", ["change_window", "rename", "new_digits", "delete"]),
        (FRONT_DOOR, "time_limited", ["rename", "clear_one"]),
        (FRONT_DOOR, "one_time", ["rename"]),
        (FRONT_DOOR, "dynamic", ["rename"]),
        (GARAGE, "custom", ["change_window", "rename", "new_digits", "delete"]),
        (SHED, "time_limited", ["rename", "clear_one"]),
    ],
)
async def test_only_what_applies_is_offered(
    home: Home, lock: str, kind: str, way: list[str]
) -> None:
    await async_create(home, lock, type=kind)
    dialog = await open_code(home, lock, "Ann")
    assert dialog.menu == [*way, "codes_of", "init"]


async def test_a_zigbee_lock_that_has_the_code_can_freeze_it(home: Home) -> None:
    await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    dialog = await open_code(home, FRONT_DOOR, "Ann")
    assert "freeze" in dialog.menu
    assert "unfreeze" not in dialog.menu
    await dialog.choose("freeze")
    await async_deliver(home, FRONT_DOOR)
    dialog = await open_code(home, FRONT_DOOR, "Ann")
    assert "Frozen: it opens nothing until it is unfrozen." in dialog.text
    assert "unfreeze" in dialog.menu
    assert "freeze" not in dialog.menu


async def test_the_page_of_a_code(home: Home) -> None:
    made = await async_create(
        home, FRONT_DOOR, name="Ann", type="time_limited", duration={"days": 3}
    )
    dialog = await open_code(home, FRONT_DOOR, "Ann")
    assert dialog.text == (
        "**Ann** · Front door\n\n"
        "Active: it opens.\n\n"
        "- Time-limited (offline)\n"
        "- Monday 2026-06-01, 12:00 \N{EN DASH} Thursday 2026-06-04, 13:00\n"
        "- Use it by Tuesday 2026-06-02, 12:00, or it ends. "
        "Once it was used it opens until its end."
    )
    assert str(made["code"]) not in str(dialog.page)
    await home.async_act("issue_clear_code", FRONT_DOOR, password="Ann")
    dialog = await open_list(home, FRONT_DOOR)
    texts = []
    for value in dialog.labels("password"):
        again = await open_list(home, FRONT_DOOR)
        texts.append((await again.submit({"password": value})).text)
    assert any("A clearing code for it was issued" in text for text in texts)
    assert any("It ends the code of Ann." in text for text in texts)


async def test_hours_are_told(home: Home) -> None:
    days: dict[str, Any] = {"weekdays": ["mon", "sat"], "daily_start": "08:00"}
    await async_create(home, FRONT_DOOR, duration={"days": 9}, **days)
    dialog = await open_code(home, FRONT_DOOR, "Ann")
    assert "- Only on Monday, Saturday, from 08:00 until 23:59" in dialog.text


async def test_a_code_that_vanished_between_the_pages(home: Home) -> None:
    made = await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    pages = {
        "code": await open_list(home, FRONT_DOOR),
        "change_window": await open_code(home, FRONT_DOOR, "Ann", "change_window"),
        "rename": await open_code(home, FRONT_DOOR, "Ann", "rename"),
        "new_digits": await open_code(home, FRONT_DOOR, "Ann", "new_digits"),
        "freeze": await open_code(home, FRONT_DOOR, "Ann"),
        "delete": await open_code(home, FRONT_DOOR, "Ann"),
        "delete_now": await open_code(home, FRONT_DOOR, "Ann", "delete"),
    }
    (value,) = pages["code"].labels("password")
    answers: dict[str, dict[str, Any]] = {
        "code": {"password": value},
        "change_window": {"end": "2026-06-01 20:00:00"},
        "rename": {"name": "Bob"},
        "new_digits": {},
        "freeze": {"next_step_id": "freeze"},
        "delete": {"next_step_id": "delete"},
        "delete_now": {"next_step_id": "delete_now"},
    }
    # Somebody deletes it in the app, and it is gone without a trace.
    lock = home.lock(FRONT_DOOR)
    lock.book.remove(int(str(made["id"])), lock.now)
    home.entry.runtime_data.locks[lock.id].memory.issued.clear()
    await home.async_refresh(FRONT_DOOR)
    for page, answer in answers.items():
        dialog = await pages[page].submit(answer)
        assert dialog.step == "problem", (page, dialog.text)
        await dialog.back()


async def test_a_lock_that_left_between_the_pages(home: Home) -> None:
    await async_create(home, FRONT_DOOR)
    dialog = await open_code(home, FRONT_DOOR, "Ann")
    lists = await open_list(home, FRONT_DOOR)
    await home.entry.runtime_data.account.hubs.pop(
        home.lock(FRONT_DOOR).id
    ).async_shutdown()
    await dialog.choose("rename")
    assert "Front door is not in the account any more" in dialog.text
    (value,) = lists.labels("password")
    await lists.submit({"password": value})
    assert "Front door is not in the account any more" in lists.text
    await lists.back()


async def test_equal_ids_of_different_kinds(home: Home) -> None:
    """Online and offline ids are counted apart; the one that was chosen is meant."""
    online = await async_create(home, FRONT_DOOR, name="Online")
    hub = home.entry.runtime_data.locks[home.lock(FRONT_DOOR).id]
    code = next(iter(hub.passwords.data))
    twin = Password(
        id=str(online["id"]),
        type=PasswordType.ONE_TIME,
        name="Offline",
        status=PasswordStatus.ACTIVE,
        start=code.start,
        end=code.end,
    )
    with patch.object(hub.passwords, "async_recompute"):
        hub.passwords.data = (code, twin)
        for name in ("Online", "Offline"):
            dialog = await open_code(home, FRONT_DOOR, name)
            assert f"**{name}**" in dialog.text


async def test_the_name_that_a_person_gave_the_lock(home: Home) -> None:
    devices = dr.async_get(home.hass)
    device = devices.async_get_device_by_identifier(
        (DOMAIN, home.lock(FRONT_DOOR).id), home.entry.entry_id
    )
    assert device is not None
    await async_create(home, FRONT_DOOR)
    devices.async_update_device(device.id, name_by_user="Door <b>")
    dialog = await open_dialog(home, "codes")
    assert "Door <b>" in dialog.labels("lock").values()
    (value,) = [v for v, label in dialog.labels("lock").items() if label == "Door <b>"]
    await dialog.submit({"lock": value})
    assert "Codes of Door \\<b\\>: 1." in dialog.text


def test_every_status_is_explained() -> None:
    assert {f"status_{status}" for status in PasswordStatus} <= COMMON.keys()


async def test_while_the_account_is_not_loaded(home: Home) -> None:
    """Every step says why and leads back; settings still work."""
    await async_create(home, FRONT_DOOR)
    code = await open_code(home, FRONT_DOOR, "Ann")
    form = await open_dialog(home, "create", "create_custom")
    await home.hass.config_entries.async_unload(home.entry.entry_id)
    assert home.entry.state is ConfigEntryState.NOT_LOADED

    dialog = await open_dialog(home)
    assert "is not loaded" in dialog.text
    for option in ("create", "codes", "clear", "alarms"):
        await dialog.choose(option)
        assert dialog.step == "problem"
        assert "is not loaded" in dialog.text
        await dialog.back()
    await dialog.choose("privacy")
    await dialog.submit({"names": False, "keep_digits": True})
    assert home.entry.options["names"] is False

    await code.choose("delete")
    assert code.step == "problem"
    await code.back()
    values = {"locks": device_ids(home, FRONT_DOOR), "name": "Ann"}
    window = {key: form.fields[key] for key in ("start", "end")}
    await form.submit({**values, **window, "one_time": False, "hours": {}})
    assert form.step == "problem"
    await form.back()


async def test_a_code_that_was_used(home: Home) -> None:
    made = await async_create(home, FRONT_DOOR, type="one_time")
    type_code(home.lock(FRONT_DOOR), str(made["code"]))
    await home.async_pass(timedelta(minutes=1))
    await home.async_refresh(FRONT_DOOR)
    dialog = await open_code(home, FRONT_DOOR, "Ann")
    assert "Used: it was used, and opens no more." in dialog.text
    assert dialog.menu == ["delete", "codes_of", "init"]
