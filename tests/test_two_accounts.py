"""Two accounts that list the same locks, such as an old project and its successor."""

from homeassistant.config_entries import ConfigEntryDisabler, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.tuya_lock_manager.const import DOMAIN
from custom_components.tuya_lock_manager.domain.cadence import UNWATCHED_LISTING
from tests.acting import FRONT_DOOR, LOCKS, async_create, async_deliver, async_status
from tests.simulated import Home


async def _async_add(hass: HomeAssistant, home: Home) -> MockConfigEntry:
    """Set up the home's account, and after it another one with the same locks."""
    await home.async_setup()
    entry = MockConfigEntry(
        domain=DOMAIN,
        title="Successor",
        unique_id="successor@127.0.0.1",
        data=dict(home.entry.data),
        options=dict(home.entry.options),
    )
    entry.add_to_hass(hass)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    return entry


def _devices(hass: HomeAssistant, entry: MockConfigEntry) -> set[str | None]:
    registry = dr.async_get(hass)
    found = dr.async_entries_for_config_entry(registry, entry.entry_id)
    return {device.name for device in found} - {entry.title}


async def test_the_first_keeps_the_locks(
    hass: HomeAssistant,
    home: Home,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The second one asks nothing about them, and says so once in the log."""
    other = await _async_add(hass, home)
    assert other.state is ConfigEntryState.LOADED
    assert _devices(hass, other) == set()
    assert "does not generate unique IDs" not in caplog.text
    assert caplog.text.count("Successor leaves Front door to") == 1
    made = await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    assert await async_status(home, FRONT_DOOR, made["id"]) == "active"
    await home.async_pass(UNWATCHED_LISTING)
    assert caplog.text.count("Successor leaves Front door to") == 1


@pytest.mark.parametrize("removed", [True, False])
async def test_the_second_takes_over(
    hass: HomeAssistant, home: Home, removed: bool
) -> None:
    """When the first account is removed or disabled, with the next listing."""
    other = await _async_add(hass, home)
    made = await async_create(home, FRONT_DOOR, duration={"days": 9})
    await async_deliver(home, FRONT_DOOR)
    if removed:
        await hass.config_entries.async_remove(home.entry.entry_id)
    else:
        await hass.config_entries.async_set_disabled_by(
            home.entry.entry_id, ConfigEntryDisabler.USER
        )
    await hass.async_block_till_done()
    await home.async_pass(UNWATCHED_LISTING)
    assert "Front door" in _devices(hass, other)
    for lock in LOCKS:
        assert home.state(lock) != "unavailable"
        entity = er.async_get(hass).async_get(lock)
        assert entity is not None
        assert entity.config_entry_id == other.entry_id
    assert await async_status(home, FRONT_DOOR, made["id"]) == "active"
