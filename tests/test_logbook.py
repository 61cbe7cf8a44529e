"""The logbook: lines that a person would have written."""

from datetime import timedelta
from typing import Any

from homeassistant.components.recorder import Recorder
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import (
    async_capture_events,
    mock_component,
)

from custom_components.tuya_lock_manager.const import DOMAIN, EVENT_HAPPENED
from custom_components.tuya_lock_manager.dialogs.words import Words
from custom_components.tuya_lock_manager.domain.alarms import AlarmType
from custom_components.tuya_lock_manager.domain.openings import OpeningMethod
from simulator.locks.reports import alarm, doorbell, method_opened, report
from tests.acting import FRONT_DOOR, async_create, async_deliver, opens
from tests.simulated import Home

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def logbook(recorder_mock: Recorder, hass: HomeAssistant) -> None:
    """Have a logbook; nobody looks at it, so a frontend is only pretended."""
    mock_component(hass, "frontend")
    assert await async_setup_component(hass, "logbook", {})


def _lines(hass: HomeAssistant, events: list[Any]) -> list[tuple[str, str]]:
    domain, describe = hass.data["logbook"].external_events[EVENT_HAPPENED]
    assert domain == DOMAIN
    entries = [describe(event) for event in events]
    assert {entry["entity_id"] for entry in entries} == {FRONT_DOOR}
    return [(entry["name"], entry["message"]) for entry in entries]


async def _async_happen(home: Home) -> None:
    """Let a guest and a member open, the bell be rung and an alarm be raised."""
    made = await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    assert opens(home, FRONT_DOOR, made["code"])
    lock = home.lock(FRONT_DOOR)
    await home.async_pass(MINUTE)
    method = lock.people.method("fingerprint", 1)
    assert method is not None
    method_opened(lock, method, lock.now)
    await home.async_pass(MINUTE)
    alarm(lock, "pry", lock.now)
    await home.async_pass(MINUTE)
    doorbell(lock, lock.now)
    await home.async_refresh(FRONT_DOOR)


@pytest.mark.usefixtures("logbook")
@pytest.mark.parametrize(
    ("names", "guest", "member"),
    [(True, "by Ann ", "by Owner "), (False, "", "")],
)
async def test_lines(
    hass: HomeAssistant, home: Home, names: bool, guest: str, member: str
) -> None:
    """Who and how, by name only if the user wants so, and under the name at home."""
    await home.async_setup()
    hass.config_entries.async_update_entry(
        home.entry, options={**home.entry.options, "names": names}
    )
    await hass.async_block_till_done()
    events = async_capture_events(hass, EVENT_HAPPENED)
    await _async_happen(home)
    assert _lines(hass, events) == [
        ("Front door", f"was unlocked {guest}(Temporary code)"),
        ("Front door", f"was unlocked {member}(Fingerprint)"),
        ("Front door", "raised an alarm: Somebody pries the lock"),
        ("Front door", "was rung at"),
    ]


@pytest.mark.usefixtures("logbook")
async def test_lines_in_the_language_of_the_house(
    hass: HomeAssistant, home: Home
) -> None:
    await home.async_setup()
    await hass.config.async_update(language="de")
    await hass.async_block_till_done()
    events = async_capture_events(hass, EVENT_HAPPENED)
    await _async_happen(home)
    assert [message for _, message in _lines(hass, events)] == [
        "wurde von Ann entriegelt (Temporärer Code)",
        "wurde von Owner entriegelt (Fingerabdruck)",
        "hat Alarm ausgelöst: Aufbruchversuch",
        "meldet, dass es geklingelt hat",
    ]


@pytest.mark.usefixtures("logbook")
async def test_lines_in_a_language_that_is_not_loaded(
    hass: HomeAssistant, home: Home
) -> None:
    """Just after another one was chosen there is nothing of it yet, but no line is lost."""
    await home.async_setup()
    events = async_capture_events(hass, EVENT_HAPPENED)
    hass.config.language = "pl"
    await _async_happen(home)
    assert [message for _, message in _lines(hass, events)][-1] == "was rung at"


async def test_every_opening_and_alarm_has_a_word(hass: HomeAssistant) -> None:
    words = await Words.async_load(hass)
    assert all(map(words.method, OpeningMethod))
    assert all(map(words.alarm, AlarmType))


@pytest.mark.usefixtures("logbook")
async def test_what_is_no_line(hass: HomeAssistant, home: Home) -> None:
    """That a clearing code was typed is in the records, and no line of the logbook."""
    await home.async_setup()
    events = async_capture_events(hass, EVENT_HAPPENED)
    lock = home.lock(FRONT_DOOR)
    await home.async_pass(MINUTE)
    report(lock, "unlock_offline_clear", "1", lock.now)
    await home.async_refresh(FRONT_DOOR)
    assert events == []
    response = await home.async_act("list_records", FRONT_DOOR)
    assert "unlock_offline_clear" not in str(response)


@pytest.mark.usefixtures("logbook")
async def test_a_late_line(
    hass: HomeAssistant, home: Home, device_registry: dr.DeviceRegistry
) -> None:
    """The logbook writes when it was told, so a late line says when it happened."""
    await home.async_setup()
    lock = home.lock(FRONT_DOOR)
    (device,) = [
        device for device in device_registry.devices if device.name == "Front door"
    ]
    device_registry.async_update_device(device.id, name_by_user="Home door")
    await home.async_pass(MINUTE)
    await hass.config_entries.async_unload(home.entry.entry_id)
    method = lock.people.method("fingerprint", 1)
    assert method is not None
    method_opened(lock, method, lock.now)
    await home.async_pass(timedelta(hours=2))
    events = async_capture_events(hass, EVENT_HAPPENED)
    await hass.config_entries.async_setup(home.entry.entry_id)
    await hass.async_block_till_done()
    assert _lines(hass, events) == [
        (
            "Home door",
            "was unlocked by Owner (Fingerprint) · Monday 2026-06-01, 12:31",
        )
    ]
