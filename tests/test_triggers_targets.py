"""Which locks a trigger hears, with which entities, and what is old news to it."""

from datetime import timedelta
from typing import Any
from unittest.mock import patch

from homeassistant.const import STATE_UNAVAILABLE, Platform
from homeassistant.core import CoreState, HomeAssistant
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
    floor_registry as fr,
    label_registry as lr,
)
from homeassistant.setup import async_setup_component
import pytest

from custom_components import tuya_lock_manager
from custom_components.tuya_lock_manager.awaited import AwaitedLocks
from simulator.locks.keypad import type_code
from simulator.locks.reports import alarm, method_opened
from tests.acting import FRONT_DOOR, OFFICE, async_create
from tests.automating import Automation, condition, device_of, trigger
from tests.residents import enters
from tests.simulated import Home

pytestmark = pytest.mark.usefixtures("only_locks")

POLL = timedelta(minutes=15, seconds=1)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def _target(hass: HomeAssistant, by: str) -> dict[str, Any]:
    """Return a target that means the front door."""
    device_id = device_of(hass, FRONT_DOOR)
    devices = dr.async_get(hass)
    match by:
        case "device_id":
            return {by: device_id}
        case "area_id" | "floor_id":
            floor = fr.async_get(hass).async_create("Ground floor")
            area = ar.async_get(hass).async_create("Hall", floor_id=floor.floor_id)
            devices.async_update_device(device_id, area_id=area.id)
            return {by: area.id if by == "area_id" else floor.floor_id}
        case "label_id":
            label = lr.async_get(hass).async_create("Doors")
            er.async_get(hass).async_update_entity(FRONT_DOOR, labels={label.label_id})
            return {by: label.label_id}
    return {by: FRONT_DOOR}


@pytest.mark.parametrize("disabled_by", [None, er.RegistryEntryDisabler.USER])
async def test_what_is_excluded(
    hass: HomeAssistant, home: Home, disabled_by: er.RegistryEntryDisabler | None
) -> None:
    """An excluded lock isn't waited for, also while its entity is disabled."""
    await home.async_setup()
    er.async_get(hass).async_update_entity(FRONT_DOOR, disabled_by=disabled_by)
    await hass.async_block_till_done()
    area = _target(hass, "area_id")
    dr.async_get(hass).async_update_device(device_of(hass, OFFICE), **area)
    front, office = (home.world.lock(name).id for name in ("Front door", "Office"))
    for exclude, ids in (
        ({}, {front, office}),
        ({"entity_id": [FRONT_DOOR]}, {office}),
        ({"device_id": [device_of(hass, FRONT_DOOR)]}, {office}),
    ):
        awaited = AwaitedLocks(hass, {**area, "exclude": exclude}, frozenset())
        awaited.async_start()
        assert awaited.ids == ids
        awaited.async_stop()


@pytest.mark.parametrize(
    "by", ["entity_id", "device_id", "area_id", "floor_id", "label_id"]
)
async def test_targets(
    hass: HomeAssistant, home: Home, automation: Automation, by: str
) -> None:
    """All ways to name a lock; the lock's entity may be disabled, other locks don't count."""
    await home.async_setup()
    hass.states.async_set("lock.of_somebody_else", "locked")
    target = _target(hass, by)
    if by in {"device_id", "area_id", "floor_id"}:
        er.async_get(hass).async_update_entity(
            FRONT_DOOR, disabled_by=er.RegistryEntryDisabler.USER
        )
    await automation.async_set_up(trigger("unlocked", target))
    for lock in home.world.locks.values():
        if lock.device.name in {"Front door", "Office"}:
            method = lock.people.method("fingerprint", 1)
            assert method is not None
            method_opened(lock, method, lock.now)
    await home.async_pass(POLL)
    assert [told["entity_id"] for told in automation.told()] == [FRONT_DOOR]


async def test_a_target_that_changes(
    hass: HomeAssistant, home: Home, automation: Automation
) -> None:
    """A lock that gets the label is heard from then on, one that loses it is not."""
    await home.async_setup()
    target = _target(hass, "label_id")
    await automation.async_set_up(trigger("unlocked", target))
    registry = er.async_get(hass)
    registry.async_update_entity(FRONT_DOOR, labels=set())
    registry.async_update_entity(OFFICE, labels={target["label_id"]})
    for lock in (FRONT_DOOR, OFFICE):
        assert enters(home, lock, "Owner")
    await home.async_pass(POLL)
    assert [told["entity_id"] for told in automation.told()] == [OFFICE]


async def test_no_entity_is_needed(
    hass: HomeAssistant, home: Home, automation: Automation
) -> None:
    """With every entity but the lock disabled, the cloud is still asked for the news."""
    await home.async_setup()
    lock = home.lock(FRONT_DOOR)
    asked = len(home.asked(FRONT_DOOR))
    await home.async_pass_in_steps(3 * HOUR, HOUR)
    assert len(home.asked(FRONT_DOOR)) == asked
    await automation.async_set_up(
        trigger("unlocked", FRONT_DOOR), trigger("password_expired", FRONT_DOOR)
    )
    await home.async_pass(SECOND)
    assert enters(home, FRONT_DOOR, "Owner")
    await async_create(home, FRONT_DOOR, name="Ann")
    await home.async_pass_in_steps(2 * HOUR, 15 * MINUTE)
    told = automation.told()
    assert [news.get("method") or news["event"] for news in told] == [
        "fingerprint",
        "expired",
    ]
    # Nobody else is asked about, and nobody at all when the automation rests.
    assert not [t for t in home.asked(OFFICE) if t > lock.now - 3600]
    await hass.services.async_call(
        "automation", "turn_off", {"entity_id": "all"}, blocking=True
    )
    asked = len(home.asked(FRONT_DOOR))
    await home.async_pass_in_steps(3 * HOUR, HOUR)
    assert len(home.asked(FRONT_DOOR)) == asked


async def test_an_automation_that_rests(
    hass: HomeAssistant, home: Home, automation: Automation
) -> None:
    """Switched off, or taken out of the file, it hears nothing and nothing is asked for it."""
    await home.async_setup()
    await automation.async_set_up(
        trigger("password_expiring_soon", FRONT_DOOR),
        trigger("unlocked", FRONT_DOOR),
        conditions=[condition("has_active_password", FRONT_DOOR)],
    )
    await async_create(home, FRONT_DOOR, duration={"hours": 2})
    await home.async_pass_in_steps(10 * SECOND, SECOND)
    await hass.services.async_call(
        "automation", "turn_off", {"entity_id": "all"}, blocking=True
    )
    assert enters(home, FRONT_DOOR, "Owner")
    await home.async_pass_in_steps(3 * HOUR, 20 * MINUTE)
    assert automation.told() == []
    with patch(
        "homeassistant.config.load_yaml_config_file", return_value={"automation": []}
    ):
        await hass.services.async_call("automation", "reload", blocking=True)
    await home.async_pass(SECOND)
    asked = len(home.asked(FRONT_DOOR))
    await home.async_pass_in_steps(timedelta(days=2), timedelta(hours=8))
    assert len(home.asked(FRONT_DOOR)) == asked


@pytest.mark.parametrize("entities", [False, True])
@pytest.mark.parametrize("missed", [False, True])
async def test_a_restart(
    hass: HomeAssistant,
    home: Home,
    automation: Automation,
    missed: bool,
    entities: bool,
) -> None:
    """What happened before is old, and heard only if that is asked for, and then once."""
    if entities:
        tuya_lock_manager.PLATFORMS.extend([Platform.EVENT, Platform.SENSOR])
    await home.async_setup()
    ann = await async_create(home, FRONT_DOOR, name="Ann", duration={"hours": 2})
    await home.async_pass_in_steps(10 * SECOND, SECOND)
    lock = home.lock(FRONT_DOOR)
    await hass.config_entries.async_unload(home.entry.entry_id)
    await home.async_pass(MINUTE)
    assert type_code(lock, str(ann["code"])).opened
    alarm(lock, "pry", lock.now)
    await home.async_pass(HOUR)
    hass.set_state(CoreState.not_running)
    keys = ("unlocked", "alarm_raised", "password_first_used")
    await automation.async_set_up(
        *(trigger(key, FRONT_DOOR, missed=missed) for key in keys),
        trigger("password_expiring_soon", FRONT_DOOR, before="01:30:00"),
    )
    await hass.config_entries.async_setup(home.entry.entry_id)
    await hass.async_block_till_done()
    # After the set-up and before the start: heard, because it is not old.
    await home.async_pass(SECOND)
    alarm(lock, "shock", lock.now)
    await home.async_pass(POLL)
    assert automation.told() == []
    await hass.async_start()
    await home.async_pass(SECOND)
    told = [(news.get("type"), news["late"]) for news in automation.told()]
    old = [(None, True), ("pry", True), ("custom", True)] if missed else []
    assert sorted(told, key=str) == sorted([*old, ("shock", False)], key=str)
    await home.async_restart()
    await home.async_pass(SECOND)
    assert enters(home, FRONT_DOOR, "Owner")
    await home.async_pass(POLL)
    assert [news["method"] for news in automation.told()] == ["fingerprint"]


@pytest.mark.parametrize(
    "config",
    [
        trigger("unlocked", {}),
        trigger("unlocked", FRONT_DOOR, method="window"),
        trigger("alarm_raised", FRONT_DOOR, types=["boredom"]),
        trigger("alarm_raised", FRONT_DOOR, times=0),
        trigger("password_expired", FRONT_DOOR, before={"hours": 1}),
        trigger("password_expiring_soon", FRONT_DOOR, missed=True),
        trigger("alarm_raised", "event.front_door_alarm"),
        {"trigger": "tuya_lock_manager.unlocked"},
    ],
)
async def test_what_is_refused(
    hass: HomeAssistant, home: Home, config: dict[str, Any]
) -> None:
    """A mistake in an automation is found when it is set up."""
    await home.async_setup()
    automation = {"alias": "Wrong", "triggers": [config], "actions": []}
    await async_setup_component(hass, "automation", {"automation": automation})
    await hass.async_block_till_done()
    assert home.state("automation.wrong") == STATE_UNAVAILABLE


@pytest.mark.parametrize("kind", ["triggers", "conditions"])
async def test_a_lock_of_another_integration(
    hass: HomeAssistant, home: Home, kind: str
) -> None:
    """It would never be heard of, so it is refused; in an area it is just not meant."""
    await home.async_setup()
    other = er.async_get(hass).async_get_or_create("lock", "demo", "1").entity_id
    parts: dict[str, list[dict[str, Any]]] = {
        "triggers": [trigger("unlocked", {"entity_id": [FRONT_DOOR, other]})],
        "conditions": [condition("has_unread_alarms", other)],
    }
    config: dict[str, Any] = {"triggers": [], "actions": [], kind: parts[kind]}
    await async_setup_component(
        hass, "automation", {"automation": {"alias": "Wrong", **config}}
    )
    await hass.async_block_till_done()
    assert home.state("automation.wrong") == STATE_UNAVAILABLE
