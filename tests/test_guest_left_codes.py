"""Codes of a guest calendar that was removed stay until somebody decides."""

from datetime import timedelta
from string import Formatter

from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
import pytest
from pytest_homeassistant_custom_component.common import flush_store
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from tests.acting import FRONT_DOOR, OFFICE, async_create, async_list, opens
from tests.guesthouse import async_load_flat
from tests.mending import Fixer, issues
from tests.repairing import TEXTS
from tests.simulated import Home

LEFT = "guest_codes_left"


@pytest.fixture
def fixer(hass: HomeAssistant, hass_client: ClientSessionGenerator) -> Fixer:
    return Fixer(hass, hass_client)


@pytest.fixture
async def flat(home: Home) -> str:
    """Return the id of the guest calendar of a loaded account."""
    return await async_load_flat(home, FRONT_DOOR, OFFICE)


async def async_make(home: Home, subentry_id: str, lock: str = FRONT_DOOR) -> str:
    """Make a code as a guest calendar does; return its digits."""
    made = await async_create(
        home, lock, name="Ada", reference=f"guest:{subentry_id}:1"
    )
    await home.async_pass(timedelta(seconds=30))
    return str(made["code"])


async def async_remove(home: Home, subentry_id: str) -> None:
    """Remove a guest calendar as Home Assistant does, without a question."""
    home.hass.config_entries.async_remove_subentry(home.entry, subentry_id)
    await home.hass.async_block_till_done()


def told(home: Home) -> dict[str, str]:
    """Return what the repair tells; its text has all that it needs."""
    issue = issues(home.hass)[LEFT]
    placeholders = issue.translation_placeholders or {}
    for text in (
        TEXTS[LEFT]["title"],
        TEXTS[LEFT]["fix_flow"]["step"]["init"]["description"],
    ):
        assert {name for _, name, _, _ in Formatter().parse(text) if name} <= {
            *placeholders
        }
    return placeholders


async def test_keep(home: Home, fixer: Fixer, flat: str) -> None:
    """Kept codes are as if they had been made by hand, and nobody asks again."""
    digits = await async_make(home, flat)
    await async_make(home, flat, OFFICE)
    assert LEFT not in issues(home.hass)
    await async_remove(home, flat)
    assert told(home)["calendar"] == "Flat"
    assert (told(home)["count"], told(home)["locks"]) == ("2", "Front door, Office")
    menu = await fixer.async_open(LEFT)
    assert menu["menu_options"] == ["delete", "keep"]
    assert opens(home, FRONT_DOOR, digits)
    step = await fixer.async_choose("keep")
    assert step["type"] == "create_entry"
    assert LEFT not in issues(home.hass)
    await home.async_restart()
    assert LEFT not in issues(home.hass)
    assert opens(home, FRONT_DOOR, digits)
    (code,) = await async_list(home, FRONT_DOOR)
    assert code["name"] == "Ada"


async def test_delete(home: Home, fixer: Fixer, flat: str) -> None:
    """Only what the guest calendar made goes."""
    digits = await async_make(home, flat)
    by_hand = await async_create(
        home, FRONT_DOOR, name="Gardener", reference="guest:me:1"
    )
    await async_remove(home, flat)
    assert told(home)["count"] == "1"
    await fixer.async_open(LEFT)
    step = await fixer.async_choose("delete")
    assert step["type"] == "create_entry"
    await home.async_pass(timedelta(seconds=30))
    assert not opens(home, FRONT_DOOR, digits)
    assert opens(home, FRONT_DOOR, str(by_hand["code"]))
    assert LEFT not in issues(home.hass)


async def test_what_failed_in_the_language_of_the_house(
    home: Home, fixer: Fixer, flat: str
) -> None:
    await home.hass.config.async_update(language="de")
    await async_make(home, flat)
    await async_remove(home, flat)
    home.world.faults.parse("device_offline:count=1,method=DELETE")
    await fixer.async_open(LEFT)
    step = await fixer.async_choose("delete")
    detail = step["description_placeholders"]["detail"]
    assert detail.startswith("Front door: Das Schloss ist offline.")


async def test_delete_fails(home: Home, fixer: Fixer, flat: str) -> None:
    """What could not be deleted stays in the repair, which says why."""
    digits = await async_make(home, flat)
    await async_make(home, flat, OFFICE)
    await async_remove(home, flat)
    home.world.faults.parse("device_offline:count=1,method=DELETE")
    await fixer.async_open(LEFT)
    step = await fixer.async_choose("delete")
    assert (step["type"], step["reason"]) == ("abort", "failed")
    assert "Front door: " in step["description_placeholders"]["detail"]
    assert (told(home)["count"], told(home)["locks"]) == ("1", "Front door")
    assert told(home)["calendar"] == "Flat"
    assert opens(home, FRONT_DOOR, digits)


async def test_removed_while_not_loaded(
    hass: HomeAssistant, home: Home, flat: str
) -> None:
    """It is found when the account is loaded again."""
    await async_make(home, flat)
    await hass.config_entries.async_unload(home.entry.entry_id)
    await async_remove(home, flat)
    assert LEFT not in issues(hass)
    await hass.config_entries.async_setup(home.entry.entry_id)
    await hass.async_block_till_done()
    assert told(home)["count"] == "1"


async def test_outlives_a_restart(
    hass: HomeAssistant, home: Home, fixer: Fixer, flat: str
) -> None:
    """The question stays with its title, and goes when the codes have ended."""
    await async_make(home, flat)
    await async_remove(home, flat)
    (issue,) = [
        issue
        for issue in ir.async_get(hass).issues.values()
        if issue.translation_key == LEFT
    ]
    # What the next run of Home Assistant finds.
    await flush_store(ir.async_get(hass)._store)
    found = ir.IssueRegistry(hass)
    await found.async_load()
    kept = found.issues[issue.domain, issue.issue_id]
    assert (kept.active, kept.data) == (True, issue.data)
    assert kept.translation_placeholders == told(home)
    await hass.config_entries.async_unload(home.entry.entry_id)
    await fixer.async_open(LEFT)
    step = await fixer.async_choose("keep")
    assert (step["type"], step["reason"]) == ("abort", "account_not_loaded")
    await hass.config_entries.async_setup(home.entry.entry_id)
    await hass.async_block_till_done()
    assert told(home)["calendar"] == "Flat"
    await home.async_pass_in_steps(timedelta(hours=3), timedelta(minutes=30))
    assert LEFT not in issues(hass)


async def test_account_removed(hass: HomeAssistant, home: Home, flat: str) -> None:
    """Nothing of an account outlives it."""
    await async_make(home, flat)
    await async_remove(home, flat)
    await hass.config_entries.async_remove(home.entry.entry_id)
    assert LEFT not in issues(hass)


async def test_nothing_left(hass: HomeAssistant, home: Home, flat: str) -> None:
    await async_remove(home, flat)
    assert LEFT not in issues(hass)
