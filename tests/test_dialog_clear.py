"""A person issues clearing codes, and marks alarms as read."""

import asyncio
from datetime import timedelta
from unittest.mock import patch

import pytest

from simulator.locks.reports import alarm
from tests.acting import (
    FRONT_DOOR,
    GARDEN_GATE,
    OFFICE,
    OFFLINE_LOCKS,
    async_create,
    contents,
    opens,
    type_at,
)
from tests.dialogs import Dialog, device_ids, digits_in, open_code, open_dialog
from tests.simulated import Home


@pytest.fixture(autouse=True)
async def _set_up(home: Home) -> None:
    await home.async_setup()


async def open_clear_all(home: Home, lock: str) -> Dialog:
    """Open the page that asks whether all of a lock shall be cleared."""
    dialog = await open_dialog(home, "clear")
    return await dialog.submit({"lock": device_ids(home, lock)[0]})


@pytest.mark.parametrize("lock", OFFLINE_LOCKS)
async def test_a_clearing_code_for_one(home: Home, lock: str) -> None:
    """It is asked for once; issued it changes nothing, typed it ends that code."""
    ann = await async_create(home, lock, type="time_limited")
    bob = await async_create(home, lock, type="time_limited", name="Bob")
    for made in (ann, bob):
        assert opens(home, lock, made["code"])
    before = contents(home)
    dialog = await open_code(home, lock, "Ann", "clear_one")
    assert contents(home) == before
    await dialog.choose("clear_one_now")
    assert dialog.step == "created"
    assert "somebody has to type it at the lock, by Tuesday" in dialog.text
    assert "It ends: Ann." in dialog.text
    (code,) = digits_in(dialog.text)
    assert opens(home, lock, ann["code"])
    type_at(home, lock, code)
    assert not opens(home, lock, ann["code"])
    assert opens(home, lock, bob["code"])


@pytest.mark.parametrize("lock", OFFLINE_LOCKS)
async def test_a_clearing_code_for_all(home: Home, lock: str) -> None:
    """It names whom it would lock out before it is issued."""
    ann = await async_create(home, lock, type="time_limited")
    await async_create(home, lock, type="one_time", name="Bob")
    assert opens(home, lock, ann["code"])
    before = contents(home)
    dialog = await open_clear_all(home, lock)
    assert dialog.step == "clear_all"
    assert dialog.menu == ["clear_all_now", "init"]
    assert {"- Ann", "- Bob"} <= set(dialog.text.splitlines())
    assert contents(home) == before
    await dialog.choose("clear_all_now")
    assert dialog.step == "created"
    (code,) = digits_in(dialog.text)
    assert "Ann" in dialog.text
    type_at(home, lock, code)
    assert not opens(home, lock, ann["code"])


async def test_nobody_to_lock_out(home: Home) -> None:
    dialog = await open_clear_all(home, FRONT_DOOR)
    assert "Nobody that is known here." in dialog.text
    await dialog.choose("init")
    assert dialog.step == "init"


async def test_no_lock_chosen(home: Home) -> None:
    await (await open_dialog(home, "clear")).back()


async def test_a_lock_that_works_out_no_codes(home: Home) -> None:
    """It says so, and is not offered again."""
    dialog = await open_clear_all(home, GARDEN_GATE)
    assert dialog.step == "problem"
    assert "Garden gate takes no offline codes" in dialog.text
    dialog = await open_dialog(home, "clear")
    assert "Garden gate" not in dialog.labels("lock").values()


async def test_no_lock_works_out_codes(home: Home) -> None:
    for hub in home.entry.runtime_data.locks.values():
        hub.memory.offline = False
    dialog = await open_dialog(home, "clear")
    assert dialog.step == "problem"
    assert "there is nothing to clear" in dialog.text
    dialog = await open_dialog(home, "create")
    assert dialog.menu == ["create_custom", "create_dynamic", "init"]
    assert "takes no such codes" in dialog.text


async def test_an_outage(home: Home) -> None:
    home.world.faults.parse("http_5xx")
    await home.async_refresh(FRONT_DOOR)
    dialog = await open_clear_all(home, FRONT_DOOR)
    assert dialog.step == "problem"
    await dialog.back()


async def test_the_cloud_refuses(home: Home) -> None:
    dialog = await open_clear_all(home, FRONT_DOOR)
    home.world.faults.parse("http_5xx")
    await dialog.choose("clear_all_now")
    assert dialog.step == "problem"
    await dialog.back()


async def test_pressed_twice(home: Home) -> None:
    """One clearing code is issued: a second one could end the first."""
    dialog = await open_clear_all(home, FRONT_DOOR)
    configure = home.hass.config_entries.options.async_configure
    answer = {"next_step_id": "clear_all_now"}
    pages = await asyncio.gather(*(configure(dialog.id, answer) for _ in range(2)))
    first, second = (page["description_placeholders"] for page in pages)
    assert first == second
    assert len(home.lock(FRONT_DOOR).offline) == 1


def read_all(home: Home) -> None:
    """Let all alarms so far be read."""
    for hub in home.entry.runtime_data.locks.values():
        hub.activity.async_mark_alarms_read()


async def test_alarms_are_marked_as_read(home: Home) -> None:
    read_all(home)
    lock = home.lock(FRONT_DOOR)
    await home.async_pass(timedelta(minutes=1))
    alarm(lock, "pry", lock.now)
    alarm(home.lock(OFFICE), "shock", lock.now)
    await home.async_pass(timedelta(minutes=16))
    assert home.state("sensor.front_door_unread_alarms") == "1"

    dialog = await open_dialog(home, "alarms")
    assert "Somebody pries the lock" in dialog.text
    assert "Shaken" in dialog.text
    front_door = device_ids(home, FRONT_DOOR)
    assert set(front_door) <= set(dialog.fields["locks"])
    await dialog.submit({"locks": front_door})
    assert dialog.text == "- Front door: 1 marked as read"
    assert home.state("sensor.front_door_unread_alarms") == "0"
    assert home.state("sensor.office_unread_alarms") == "1"
    await dialog.back()
    dialog = await open_dialog(home, "alarms")
    assert "Front door" not in dialog.labels("locks").values()
    await dialog.submit({"locks": []})
    assert dialog.text == "No lock was chosen, so nothing was marked."


async def test_many_alarms(home: Home) -> None:
    read_all(home)
    lock = home.lock(FRONT_DOOR)
    for _ in range(13):
        await home.async_pass(timedelta(minutes=1))
        alarm(lock, "pry", lock.now)
    await home.async_pass(timedelta(minutes=16))
    dialog = await open_dialog(home, "alarms")
    assert dialog.text.count("Somebody pries the lock") == 10
    assert "- and 3 more" in dialog.text


async def test_no_alarms(home: Home) -> None:
    read_all(home)
    dialog = await open_dialog(home, "alarms")
    assert dialog.text == "There are no unread alarms\\."
    await dialog.back()


async def test_alarms_that_can_not_be_read(home: Home) -> None:
    """Nobody can tell that there are none."""
    read_all(home)
    activity = home.entry.runtime_data.locks[home.lock(FRONT_DOOR).id].activity
    with patch.object(type(activity), "has_answer", False):
        dialog = await open_dialog(home, "alarms")
        assert dialog.step == "problem"
        assert "can't be read at the moment" in dialog.text.replace("\\", "")


async def test_alarms_of_a_lock_that_can_not_be_read_any_more(home: Home) -> None:
    """What was shown before is still refused in words, for each lock."""
    dialog = await open_dialog(home, "alarms")
    activity = home.entry.runtime_data.locks[home.lock(FRONT_DOOR).id].activity
    with patch.object(type(activity), "has_answer", False):
        await dialog.submit({"locks": device_ids(home, FRONT_DOOR, OFFICE)})
    assert dialog.step == "result"
    assert dialog.text.replace("\\", "").count("can't be read") == 2
