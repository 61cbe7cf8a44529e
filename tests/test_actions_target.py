"""Whom an action is for, and who may call it."""

from datetime import timedelta
from typing import Any

from homeassistant.auth.models import User
from homeassistant.core import Context, HomeAssistant, ServiceCall
from homeassistant.exceptions import Unauthorized
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
    floor_registry as fr,
    label_registry as lr,
)
import pytest
from pytest_homeassistant_custom_component.common import MockUser

from custom_components.tuya_lock_manager.actions.target import async_resolve_locks
from custom_components.tuya_lock_manager.const import DOMAIN
from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    LOCKS,
    OFFICE,
    SHED,
    async_create,
    async_deliver,
    async_status,
    check_error,
    opens,
    refusing,
    result_of,
)
from tests.simulated import Home

ACTIONS: dict[str, dict[str, Any]] = {
    "create_temp_password": {"name": "Bob"},
    "issue_clear_code": {"all": True, "confirm": True},
    "delete_password": {"password": "Ann"},
    "list_passwords": {},
    "clean_up_passwords": {},
}


async def async_locks_of(hass: HomeAssistant, **target: Any) -> set[str]:
    """Return the locks that a target means."""
    response = await hass.services.async_call(
        DOMAIN, "list_passwords", target, blocking=True, return_response=True
    )
    assert response is not None
    return set(response)


def device_of(entity_registry: er.EntityRegistry, lock: str) -> str:
    """Return the id of a lock's device."""
    entity = entity_registry.async_get(lock)
    assert entity is not None
    assert entity.device_id is not None
    return entity.device_id


async def test_entities(home: Home, hass: HomeAssistant) -> None:
    await home.async_setup()
    assert await async_locks_of(hass, entity_id=OFFICE) == {OFFICE}
    assert await async_locks_of(hass, entity_id=[SHED, OFFICE]) == {OFFICE, SHED}
    assert await async_locks_of(hass, entity_id=f"{SHED}, {OFFICE}") == {OFFICE, SHED}
    assert await async_locks_of(hass, entity_id="all") == set(LOCKS)


async def test_a_group(home: Home, hass: HomeAssistant) -> None:
    await home.async_setup()
    hass.states.async_set("group.doors", "on", {"entity_id": [OFFICE, SHED]})
    assert await async_locks_of(hass, entity_id="group.doors") == {OFFICE, SHED}


async def test_devices_areas_floors_labels(
    home: Home,
    hass: HomeAssistant,
    area_registry: ar.AreaRegistry,
    device_registry: dr.DeviceRegistry,
    entity_registry: er.EntityRegistry,
    floor_registry: fr.FloorRegistry,
    label_registry: lr.LabelRegistry,
) -> None:
    await home.async_setup()
    floor = floor_registry.async_create("Ground floor")
    hall = area_registry.async_create("Hall", floor_id=floor.floor_id)
    yard = area_registry.async_create("Yard", floor_id=floor.floor_id)
    guests = label_registry.async_create("Guests").label_id
    front, garage = (device_of(entity_registry, x) for x in (FRONT_DOOR, GARAGE))
    device_registry.async_update_device(front, area_id=hall.id, labels={guests})
    device_registry.async_update_device(garage, area_id=hall.id)
    entity_registry.async_update_entity(GARAGE, name="Gate", area_id=yard.id)
    entity_registry.async_update_entity(OFFICE, labels={guests})
    area_registry.async_update(yard.id, labels={guests})

    assert await async_locks_of(hass, device_id=front) == {FRONT_DOOR}
    assert await async_locks_of(hass, device_id=[front, garage]) == {FRONT_DOOR, GARAGE}
    assert await async_locks_of(hass, area_id=hall.id) == {FRONT_DOOR}
    assert await async_locks_of(hass, area_id=yard.id) == {GARAGE}
    assert await async_locks_of(hass, floor_id=floor.floor_id) == {FRONT_DOOR, GARAGE}
    labelled = {FRONT_DOOR, GARAGE, OFFICE}
    assert await async_locks_of(hass, label_id=guests) == labelled
    both = {FRONT_DOOR, SHED}
    assert await async_locks_of(hass, area_id=hall.id, entity_id=SHED) == both

    # The same while the entities are disabled.
    for lock in LOCKS:
        entity_registry.async_update_entity(
            lock, disabled_by=er.RegistryEntryDisabler.USER
        )
    await hass.async_block_till_done()
    assert await async_locks_of(hass, entity_id="all") == set(LOCKS)
    assert await async_locks_of(hass, entity_id=OFFICE) == {OFFICE}
    assert await async_locks_of(hass, device_id=front) == {FRONT_DOOR}
    assert await async_locks_of(hass, area_id=hall.id) == {FRONT_DOOR}
    assert await async_locks_of(hass, area_id=yard.id) == {GARAGE}
    assert await async_locks_of(hass, floor_id=floor.floor_id) == {FRONT_DOOR, GARAGE}
    assert await async_locks_of(hass, label_id=guests) == labelled


async def test_what_is_excluded(
    home: Home,
    hass: HomeAssistant,
    area_registry: ar.AreaRegistry,
    device_registry: dr.DeviceRegistry,
    entity_registry: er.EntityRegistry,
) -> None:
    """Excluded locks are none of a target's, be they disabled, hidden, or all are meant.

    Home Assistant's own schema lets it through since 2026.11.
    """
    await home.async_setup()

    def locks(**data: Any) -> set[str]:
        return set(
            async_resolve_locks(hass, ServiceCall(hass, DOMAIN, "list_passwords", data))
        )

    hall = area_registry.async_create("Hall").id
    front, garage = (device_of(entity_registry, x) for x in (FRONT_DOOR, GARAGE))
    for device_id in (front, garage):
        device_registry.async_update_device(device_id, area_id=hall)
    others = set(LOCKS) - {FRONT_DOOR}
    every: dict[str, Any] = {"entity_id": "all"}
    for change in (
        {},
        {"hidden_by": er.RegistryEntryHider.USER},
        {"disabled_by": er.RegistryEntryDisabler.USER},
    ):
        entity_registry.async_update_entity(FRONT_DOOR, **change)
        await hass.async_block_till_done()
        assert locks(**every, exclude={"entity_id": [FRONT_DOOR]}) == others
        assert locks(**every, exclude={"device_id": [front]}) == others
        both = others - {GARAGE}
        assert locks(**every, exclude={"area_id": [hall]}) == both
        here = {"area_id": [hall], "exclude": {"entity_id": [FRONT_DOOR]}}
        assert locks(**here) == {GARAGE}
    entity_registry.async_update_entity(FRONT_DOOR, hidden_by=None)
    assert locks(**here) == {GARAGE}
    with refusing(home, "no_lock_targeted"):
        locks(device_id=[front], exclude={"area_id": [hall]})
    with refusing(home, "no_such_area"):
        locks(**every, exclude={"area_id": ["attic"]})
    with refusing(home, "not_our_lock"):
        locks(**every, exclude={"entity_id": ["lock.fornt_door"]})
    hass.states.async_set("lock.of_others", "locked")
    assert locks(**every, exclude={"entity_id": ["lock.of_others"]}) == set(LOCKS)


async def test_hidden_entities(
    home: Home, hass: HomeAssistant, entity_registry: er.EntityRegistry
) -> None:
    """As everywhere in Home Assistant: only by their own name, or all of them."""
    await home.async_setup()
    entity_registry.async_update_entity(OFFICE, hidden_by=er.RegistryEntryHider.USER)
    device = device_of(entity_registry, OFFICE)
    assert await async_locks_of(hass, entity_id=OFFICE) == {OFFICE}
    with refusing(home, "no_lock_targeted"):
        await async_locks_of(hass, device_id=device)
    entity_registry.async_update_entity(
        OFFICE, disabled_by=er.RegistryEntryDisabler.USER
    )
    await hass.async_block_till_done()
    with refusing(home, "no_lock_targeted"):
        await async_locks_of(hass, device_id=device)


async def test_a_disabled_lock_gets_its_code(
    home: Home, hass: HomeAssistant, entity_registry: er.EntityRegistry
) -> None:
    await home.async_setup()
    office = home.lock(OFFICE).id
    entity_registry.async_update_entity(
        OFFICE, disabled_by=er.RegistryEntryDisabler.USER
    )
    await hass.async_block_till_done()
    assert hass.states.get(OFFICE) is None
    made = await async_create(home, OFFICE, code="905172")
    await home.async_pass(timedelta(seconds=12))
    assert await async_status(home, OFFICE, made["id"]) == "active"
    (stored,) = home.world.lock(office).codes.values()
    assert stored.digits == "905172"


async def test_an_unavailable_lock_gets_its_code(home: Home) -> None:
    """A code can be wished for while a lock is out of reach of the list."""
    await home.async_setup()
    home.world.faults.parse("http_5xx:path=associated-users")
    await home.async_pass(timedelta(minutes=16))
    assert home.state(OFFICE) == "unavailable"
    made = await async_create(home, OFFICE)
    await async_deliver(home, OFFICE)
    assert opens(home, OFFICE, made["code"])


async def test_renamed_entities(
    home: Home, hass: HomeAssistant, entity_registry: er.EntityRegistry
) -> None:
    await home.async_setup()
    entity_registry.async_update_entity(OFFICE, new_entity_id="lock.cellar")
    await hass.async_block_till_done()
    assert await async_locks_of(hass, entity_id="lock.cellar") == {"lock.cellar"}
    with refusing(home, "not_our_lock"):
        await async_locks_of(hass, entity_id=OFFICE)


async def test_a_device_of_another_kind(
    home: Home, hass: HomeAssistant, device_registry: dr.DeviceRegistry
) -> None:
    """A gateway is a device of ours without a lock."""
    await home.async_setup()
    (gateway,) = [
        device
        for device in dr.async_entries_for_config_entry(
            device_registry, home.entry.entry_id
        )
        if device.name == "Zigbee gateway"
    ]
    with refusing(home, "no_lock_targeted"):
        await async_locks_of(hass, device_id=gateway.id)


async def test_a_lock_that_left_the_account(home: Home, hass: HomeAssistant) -> None:
    """Its entity is still there, and the others answer."""
    await home.async_setup()
    await hass.config_entries.async_unload(home.entry.entry_id)
    office = home.world.lock("Office").id
    home.world.remove_device(office)
    await hass.config_entries.async_setup(home.entry.entry_id)
    await hass.async_block_till_done()
    response = await home.async_act("list_passwords", [OFFICE, SHED])
    assert response is not None
    assert result_of(response, SHED)["passwords"] == []
    check_error(response[OFFICE], "lock_not_in_account", entity=OFFICE)


async def test_no_account_at_all(home: Home, hass: HomeAssistant) -> None:
    """The actions are there, and say that there is no lock."""
    await home.async_setup()
    await hass.config_entries.async_remove(home.entry.entry_id)
    with refusing(home, "no_lock_targeted"):
        await async_locks_of(hass, entity_id="all")


@pytest.mark.parametrize("action", ACTIONS)
async def test_users_who_may_control_locks_may_not(
    home: Home, hass: HomeAssistant, hass_admin_user: MockUser, action: str
) -> None:
    """Being allowed to open a lock is not being allowed to make keys."""
    await home.async_setup()
    user: User = await hass.auth.async_create_user("Lodger", group_ids=["system-users"])
    asked = len(home.world.requests.entries)
    with pytest.raises(Unauthorized):
        await home.async_act(
            action, OFFICE, context=Context(user_id=user.id), **ACTIONS[action]
        )
    # Not even what is wrong with the call is told.
    with pytest.raises(Unauthorized):
        await home.async_act(
            action, "lock.other", context=Context(user_id=user.id), **ACTIONS[action]
        )
    assert len(home.world.requests.entries) == asked


async def test_the_name_that_a_person_gave_the_lock(
    home: Home, device_registry: dr.DeviceRegistry, entity_registry: er.EntityRegistry
) -> None:
    """An error speaks of a lock as its owner does."""
    await home.async_setup()
    device = device_of(entity_registry, SHED)
    device_registry.async_update_device(device, name_by_user="Granny's door")
    with refusing(home, "online_codes_need_gateway") as caught:
        await async_create(home, SHED)
    assert str(caught.value).startswith("Granny's door has no gateway")
