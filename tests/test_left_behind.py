"""Removing an account says which codes stay on which lock."""

from datetime import timedelta
from typing import Any

from homeassistant.components.persistent_notification import (
    _async_get_or_create_notifications,
)
from homeassistant.core import HomeAssistant
import pytest

from custom_components.tuya_lock_manager.const import DOMAIN, OPT_NAMES
from tests.acting import FRONT_DOOR, GARAGE, async_create, make_in_app
from tests.simulated import Home


def told(hass: HomeAssistant) -> list[str]:
    """Return the messages that are shown."""
    shown = _async_get_or_create_notifications(hass).values()
    return [notification["message"] for notification in shown]


@pytest.mark.parametrize("loaded", [True, False])
async def test_codes_that_stay(
    hass: HomeAssistant, home: Home, hass_storage: dict[str, Any], loaded: bool
) -> None:
    """Those that have not ended are told, whoever made them, and by which lock."""
    await home.async_setup()
    await async_create(home, FRONT_DOOR, name="Ada [x](y)", duration={"hours": 30})
    await async_create(home, FRONT_DOOR, name="Ended", duration={"minutes": 5})
    await async_create(home, GARAGE, name="Bob", type="time_limited")
    make_in_app(home, FRONT_DOOR, "App", "482913")
    await home.async_refresh(FRONT_DOOR)
    await home.async_pass(timedelta(minutes=6))
    digits = [str(code.digits) for code in home.lock(FRONT_DOOR).codes.values()]
    assert len(digits) == 3
    if not loaded:
        await hass.config_entries.async_unload(home.entry.entry_id)
    await hass.config_entries.async_remove(home.entry.entry_id)
    (message,) = told(hass)
    first, *lines = message.split("\n\n")[0], *message.split("\n\n")[1].split("\n")
    assert "simulated" in first
    assert sorted(line.split(",")[0] for line in lines) == [
        r"- Front door: “Ada \[x\]\(y\)”",
        "- Front door: “App”",
        "- Garage: “Bob”",
    ]
    assert "2026-06-02" in message
    assert [each for each in digits if each in message] == []
    assert [key for key in hass_storage if key.startswith(DOMAIN)] == []


async def test_without_names(hass: HomeAssistant, home: Home) -> None:
    """Where names may not be shown, codes are numbers."""
    await home.async_setup()
    hass.config_entries.async_update_entry(home.entry, options={OPT_NAMES: False})
    await hass.async_block_till_done()
    made = await async_create(home, FRONT_DOOR, name="Ada")
    await hass.config_entries.async_remove(home.entry.entry_id)
    (message,) = told(hass)
    assert "Ada" not in message
    assert f"no. {made['id']}" in message


@pytest.mark.parametrize(("names", "called"), [(True, "„Ann“"), (False, "Nr. {id}")])
async def test_codes_are_called_in_the_language_of_the_house(
    hass: HomeAssistant, home: Home, names: bool, called: str
) -> None:
    await home.async_setup()
    await hass.config.async_update(language="de")
    hass.config_entries.async_update_entry(home.entry, options={OPT_NAMES: names})
    await hass.async_block_till_done()
    made = await async_create(home, FRONT_DOOR)
    await hass.config_entries.async_remove(home.entry.entry_id)
    (message,) = told(hass)
    assert f"Front door: {called.format(id=made['id'])}, " in message


async def test_nothing_stays(hass: HomeAssistant, home: Home) -> None:
    await home.async_setup()
    await hass.config_entries.async_remove(home.entry.entry_id)
    assert told(hass) == []


async def test_damaged_memory(
    hass: HomeAssistant, home: Home, hass_storage: dict[str, Any]
) -> None:
    """What can't be read is deleted all the same."""
    await home.async_setup()
    await async_create(home, FRONT_DOOR, name="Ada")
    await hass.config_entries.async_unload(home.entry.entry_id)
    hass_storage[f"{DOMAIN}.{home.entry.entry_id}"]["data"] = {"locks": {"x": {}}}
    await hass.config_entries.async_remove(home.entry.entry_id)
    assert [key for key in hass_storage if key.startswith(DOMAIN)] == []
