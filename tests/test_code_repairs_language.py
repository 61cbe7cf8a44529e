"""Repairs about codes in a house that speaks German: nothing in them is left in English."""

from datetime import timedelta

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.tuya_lock_manager.const import OPT_NAMES
from simulator.locks.passwords import Outcome
from tests.acting import FRONT_DOOR, async_create, async_deliver
from tests.mending import Fixer, issues
from tests.simulated import Home


@pytest.fixture
def fixer(hass: HomeAssistant, hass_client: ClientSessionGenerator) -> Fixer:
    """Return an administrator at the repairs."""
    return Fixer(hass, hass_client)


async def test_what_failed_in_the_language_of_the_house(
    hass: HomeAssistant, home: Home, fixer: Fixer
) -> None:
    await home.async_setup()
    await hass.config.async_update(language="de")
    home.lock(FRONT_DOOR).forced.append(Outcome.DUPLICATE)
    await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    await fixer.async_open("code_refused_duplicate")
    await fixer.async_choose("try_again")
    ended = await fixer.async_answer({"code": "1"})
    detail = ended["description_placeholders"]["detail"]
    assert detail.startswith("Ein Code dieses Schlosses hat 6 Ziffern.")


@pytest.mark.parametrize(("names", "called"), [(True, "„Ann“"), (False, "Nr. {id}")])
async def test_codes_are_called_in_the_language_of_the_house(
    hass: HomeAssistant, home: Home, names: bool, called: str
) -> None:
    await home.async_setup()
    await hass.config.async_update(language="de")
    hass.config_entries.async_update_entry(home.entry, options={OPT_NAMES: names})
    await hass.async_block_till_done()
    home.lock(FRONT_DOOR).forced.append(Outcome.FAILED)
    made = await async_create(home, FRONT_DOOR)
    await home.async_pass(timedelta(seconds=12))
    (issue,) = issues(hass).values()
    assert issue.translation_placeholders is not None
    assert issue.translation_placeholders["code"] == called.format(id=made["id"])
