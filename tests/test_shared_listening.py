"""The entities of a lock listen as one: what becomes of one is nothing to the others."""

from datetime import timedelta

from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er

from custom_components.tuya_lock_manager.const import DOMAIN
from tests.acting import FRONT_DOOR as LOCK, async_deliver
from tests.simulated import Home
from tests.test_plan import leave

ACTIVE = "sensor.front_door_active_passwords"
PENDING = "sensor.front_door_pending_passwords"
ONLINE = "binary_sensor.front_door_connectivity"
MEMBERS = ("sensor.front_door_family_members", "sensor.front_door_panel_members")


def _disable(registry: er.EntityRegistry, *entity_ids: str) -> None:
    for entity_id in entity_ids:
        registry.async_update_entity(
            entity_id, disabled_by=er.RegistryEntryDisabler.USER
        )


async def _async_create(home: Home) -> None:
    hour = timedelta(hours=1)
    await home.async_act("create_temp_password", LOCK, name="Cleaner", duration=hour)
    await async_deliver(home, LOCK)


async def test_one_that_goes_takes_nobody_along(
    home: Home, hass: HomeAssistant, entity_registry: er.EntityRegistry
) -> None:
    leave(home, 2)
    await home.async_setup()
    _disable(entity_registry, PENDING, ONLINE)
    await hass.async_block_till_done()
    assert hass.states.get(PENDING) is None
    await _async_create(home)
    assert home.state(ACTIVE) == "1"
    home.world.remove_device(home.lock(LOCK).id)
    await home.async_pass(timedelta(minutes=16))
    assert home.state(ACTIVE) == STATE_UNAVAILABLE


async def test_one_with_another_name_listens_on(
    home: Home, hass: HomeAssistant, entity_registry: er.EntityRegistry
) -> None:
    leave(home, 1)
    await home.async_setup()
    entity_registry.async_update_entity(ACTIVE, new_entity_id="sensor.codes")
    await hass.async_block_till_done()
    await _async_create(home)
    assert home.state("sensor.codes") == "1"


async def test_nothing_is_read_once_the_last_one_is_gone(
    home: Home, hass: HomeAssistant, entity_registry: er.EntityRegistry
) -> None:
    leave(home, 1)
    await home.async_setup()
    _disable(entity_registry, MEMBERS[0])
    await hass.async_block_till_done()
    await home.async_pass(timedelta(hours=25))
    one = len(home.asked(LOCK, "members"))
    assert one
    _disable(entity_registry, MEMBERS[1])
    await hass.async_block_till_done()
    await home.async_pass(timedelta(hours=50))
    assert len(home.asked(LOCK, "members")) == one


async def test_all_hang_on_the_device_of_the_lock(
    home: Home,
    entity_registry: er.EntityRegistry,
    device_registry: dr.DeviceRegistry,
) -> None:
    leave(home, 1)
    await home.async_setup()
    device = device_registry.async_get_device_by_identifier(
        (DOMAIN, home.lock(LOCK).id), home.entry.entry_id
    )
    assert device is not None
    assert {
        entity.unique_id.partition("_")[0]: entity.device_id
        for entity in er.async_entries_for_device(
            entity_registry, device.id, include_disabled_entities=True
        )
    } == {home.lock(LOCK).id: device.id}
