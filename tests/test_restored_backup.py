"""An old backup remembers a code as it was: what the lock has by now counts."""

from copy import deepcopy
from typing import Any

from homeassistant.core import HomeAssistant

from custom_components.tuya_lock_manager.const import DOMAIN
from tests.acting import (
    FRONT_DOOR,
    async_create,
    async_deliver,
    async_list,
    opens,
    refusing,
    result_of,
)
from tests.simulated import Home


async def test_a_code_that_was_changed_since(
    hass: HomeAssistant, home: Home, hass_storage: dict[str, Any]
) -> None:
    """A rename must not send the digits and the window of then: it asks for new digits."""
    await home.async_setup()
    await async_create(home, FRONT_DOOR, name="Ann", duration={"hours": 30})
    await async_deliver(home, FRONT_DOOR)
    await home.entry.runtime_data.account.store.async_save()
    key = f"{DOMAIN}.{home.entry.entry_id}"
    backup = deepcopy(hass_storage[key])
    answer = await home.async_act(
        "update_password",
        FRONT_DOOR,
        password="Ann",
        new_code=True,
        duration={"hours": 40},
    )
    digits = result_of(answer, FRONT_DOOR)["code"]
    await async_deliver(home, FRONT_DOOR)
    (changed,) = await async_list(home, FRONT_DOOR)
    await hass.config_entries.async_unload(home.entry.entry_id)
    hass_storage[key] = backup
    await hass.config_entries.async_setup(home.entry.entry_id)
    await hass.async_block_till_done()
    await home.async_refresh(FRONT_DOOR)

    with refusing(home, "digits_unknown"):
        await home.async_act(
            "update_password", FRONT_DOOR, password="Ann", new_name="Anna"
        )
    assert opens(home, FRONT_DOOR, digits)
    answer = await home.async_act(
        "update_password",
        FRONT_DOOR,
        password="Ann",
        new_name="Anna",
        new_code=True,
    )
    await async_deliver(home, FRONT_DOOR)
    (renamed,) = await async_list(home, FRONT_DOOR)
    assert (renamed["name"], renamed["end"]) == ("Anna", changed["end"])
    assert opens(home, FRONT_DOOR, result_of(answer, FRONT_DOOR)["code"])
