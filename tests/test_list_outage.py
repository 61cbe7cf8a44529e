"""A change whose answer was lost while its lock's list can't be read for long."""

from datetime import timedelta
from unittest.mock import patch

from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
import pytest

from custom_components.tuya_lock_manager import custom_codes
from custom_components.tuya_lock_manager.const import DOMAIN
from custom_components.tuya_lock_manager.exceptions import UnsettledError
from tests.acting import FRONT_DOOR, GARAGE, async_create, async_list
from tests.mending import issues
from tests.simulated import Home

STEP = timedelta(seconds=3)
OUTAGE = timedelta(minutes=20)
RETRY = timedelta(minutes=31)


async def async_lose(home: Home) -> None:
    """Make a code whose answer is lost; its list can't be read from then on."""
    home.world.faults.parse("http_5xx:path=temp-passwords,method=GET")
    home.world.faults.parse("reset_after:path=temp-password,method=POST,count=1")
    with (
        patch.object(custom_codes, "SETTLE_PAUSES", (0, 0, 0, 0)),
        pytest.raises(UnsettledError),
    ):
        await async_create(home, FRONT_DOOR)


async def test_few_calls_and_settled_afterwards(
    hass: HomeAssistant, home: Home
) -> None:
    """The list is tried for a minute, then as after any failure."""
    await home.async_setup()
    await async_lose(home)
    begun = len(home.asked(FRONT_DOOR, "passwords"))
    await home.async_pass_in_steps(OUTAGE, STEP)
    assert 4 <= len(home.asked(FRONT_DOOR, "passwords")) - begun <= 8
    home.world.faults.remove()
    await home.async_pass_in_steps(RETRY, timedelta(minutes=1))
    assert issues(hass).keys() == {"digits_unseen"}
    (code,) = await async_list(home, FRONT_DOOR)
    assert (code["name"], code["made_here"]) == ("Ann", True)


async def test_a_lock_that_the_account_does_not_list(home: Home) -> None:
    """Its codes are on their way still, and nobody looks for them again and again."""
    await home.async_setup()
    await async_create(home, GARAGE)
    hub = home.entry.runtime_data.locks[home.lock(GARAGE).id]
    home.world.remove_device(hub.id)
    await hub.account.async_refresh()
    with patch.object(hub, "require_listed", side_effect=hub.require_listed) as tried:
        await home.async_pass_in_steps(timedelta(minutes=5), timedelta(seconds=1))
    assert tried.call_count <= 3


async def test_nobody_looks_at_the_codes(
    hass: HomeAssistant, home: Home, entity_registry: er.EntityRegistry
) -> None:
    """It is settled all the same."""
    await home.async_setup()
    for entry in er.async_entries_for_config_entry(
        entity_registry, home.entry.entry_id
    ):
        if entry.entity_id != FRONT_DOOR:
            entity_registry.async_update_entity(
                entry.entity_id, disabled_by=er.RegistryEntryDisabler.USER
            )
    await home.async_restart()
    lock = home.entry.runtime_data.locks[home.lock(FRONT_DOOR).id]
    await lock.passwords.async_refresh()
    await async_lose(home)
    await home.async_pass_in_steps(OUTAGE, STEP)
    home.world.faults.remove()
    await home.async_pass_in_steps(RETRY, timedelta(minutes=1))
    assert issues(hass).keys() == {"digits_unseen"}


async def test_the_repair_has_the_name_that_the_user_gave(
    hass: HomeAssistant, home: Home, device_registry: dr.DeviceRegistry
) -> None:
    await home.async_setup()
    device = device_registry.async_get_device_by_identifier(
        (DOMAIN, home.lock(FRONT_DOOR).id), home.entry.entry_id
    )
    assert device is not None
    device_registry.async_update_device(device.id, name_by_user="Villa")
    await async_lose(home)
    home.world.faults.remove()
    await home.async_pass_in_steps(RETRY, timedelta(minutes=1))
    placeholders = issues(hass)["digits_unseen"].translation_placeholders
    assert placeholders is not None
    assert placeholders["lock"] == "Villa"
