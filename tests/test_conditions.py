"""Conditions of the integration, in real automations."""

from datetime import timedelta
from typing import Any
from unittest.mock import patch

from homeassistant.const import STATE_UNAVAILABLE, Platform
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import async_mock_service

from simulator.locks.reports import alarm
from tests.acting import FRONT_DOOR, OFFICE, SHED, async_create, async_list
from tests.automating import condition
from tests.simulated import Home

POLL = timedelta(minutes=15, seconds=1)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
BOTH = {"entity_id": [FRONT_DOOR, OFFICE]}


class Asking:
    """An automation that does something if its conditions hold."""

    def __init__(self, hass: HomeAssistant) -> None:
        self._hass = hass
        self._calls = async_mock_service(hass, "test", "note")

    async def async_set_up(self, *conditions: dict[str, Any]) -> None:
        config = {
            "alias": "Asker",
            "triggers": [{"trigger": "event", "event_type": "ask"}],
            "conditions": list(conditions),
            "actions": [{"action": "test.note"}],
        }
        assert await async_setup_component(
            self._hass, "automation", {"automation": config}
        )
        await self._hass.async_block_till_done()

    async def async_holds(self) -> bool:
        self._hass.bus.async_fire("ask")
        await self._hass.async_block_till_done()
        calls = len(self._calls)
        self._calls.clear()
        return bool(calls)


@pytest.fixture
def asking(hass: HomeAssistant) -> Asking:
    return Asking(hass)


async def test_an_active_password(home: Home, asking: Asking) -> None:
    """From its delivery to its end; a clearing code is none, another name isn't meant."""
    await home.async_setup()
    await asking.async_set_up(
        condition("has_active_password", FRONT_DOOR, password=["ann", "Carl"])
    )
    await async_create(home, FRONT_DOOR, name="Ben")
    await async_create(home, OFFICE, name="Ann")
    await home.async_pass_in_steps(10 * SECOND, SECOND)
    assert not await asking.async_holds()
    await async_create(home, FRONT_DOOR, name="Ann", duration={"minutes": 30})
    assert not await asking.async_holds()
    await home.async_pass_in_steps(10 * SECOND, SECOND)
    assert await asking.async_holds()
    await home.async_pass_in_steps(30 * MINUTE, 10 * MINUTE)
    assert not await asking.async_holds()


@pytest.mark.parametrize(("behavior", "holds"), [("any", True), ("all", False)])
async def test_one_or_all(
    home: Home, asking: Asking, behavior: str, holds: bool
) -> None:
    await home.async_setup()
    await asking.async_set_up(condition("has_active_password", BOTH, behavior=behavior))
    assert not await asking.async_holds()
    await async_create(home, FRONT_DOOR)
    await home.async_pass_in_steps(10 * SECOND, SECOND)
    assert await asking.async_holds() is holds
    await async_create(home, OFFICE)
    await home.async_pass_in_steps(10 * SECOND, SECOND)
    assert await asking.async_holds()


async def test_unread_alarms(home: Home, asking: Asking) -> None:
    """Until they are marked as read, with no sensor that shows them."""
    with patch("custom_components.tuya_lock_manager.PLATFORMS", [Platform.LOCK]):
        await home.async_setup()
        await asking.async_set_up(condition("has_unread_alarms", FRONT_DOOR))
        await home.async_pass(SECOND)
        assert await asking.async_holds()
        await home.async_act("mark_alarms_read", FRONT_DOOR)
        assert not await asking.async_holds()
        lock = home.lock(FRONT_DOOR)
        alarm(lock, "pry", lock.now)
        await home.async_pass(POLL)
        assert await asking.async_holds()
        await home.async_act("mark_alarms_read", FRONT_DOOR)
        assert not await asking.async_holds()


@pytest.mark.parametrize("negated", [False, True])
async def test_an_outage_is_no_answer(
    home: Home, asking: Asking, caplog: pytest.LogCaptureFixture, negated: bool
) -> None:
    """While the cloud is away nobody knows: neither yes nor no; then it is known again."""
    asked = condition("has_active_password", BOTH)
    if negated:
        asked = {"condition": "not", "conditions": [asked]}
    await home.async_setup()
    await asking.async_set_up(asked)
    assert await asking.async_holds() is negated
    home.world.faults.parse("http_5xx")
    await home.async_refresh(FRONT_DOOR)
    assert not await asking.async_holds()
    assert "nothing is known of a targeted lock" in caplog.text
    home.world.faults.remove()
    await home.async_refresh(FRONT_DOOR)
    await home.async_refresh(OFFICE)
    assert await asking.async_holds() is negated
    await home.hass.config_entries.async_unload(home.entry.entry_id)
    assert not await asking.async_holds()


@pytest.mark.parametrize("negated", [False, True])
@pytest.mark.parametrize(
    "target",
    [
        {"entity_id": "lock.that_was_renamed"},
        {"entity_id": [FRONT_DOOR, "lock.that_was_renamed"]},
        {"area_id": "without_locks"},
        {"entity_id": "group.of_nothing"},
    ],
)
async def test_a_lock_that_is_not_there(
    home: Home,
    asking: Asking,
    caplog: pytest.LogCaptureFixture,
    target: dict[str, Any],
    negated: bool,
) -> None:
    """Nobody knows of its codes, so it has neither some nor none."""
    asked = condition("has_active_password", target)
    if negated:
        asked = {"condition": "not", "conditions": [asked]}
    await home.async_setup()
    await asking.async_set_up(asked)
    assert not await asking.async_holds()
    assert "nothing is known of a targeted lock" in caplog.text


async def test_locks_of_a_group(
    hass: HomeAssistant, home: Home, asking: Asking
) -> None:
    """What else is in it doesn't count."""
    doors = {"entities": [FRONT_DOOR, "light.porch", "lock.of_somebody_else"]}
    assert await async_setup_component(hass, "group", {"group": {"doors": doors}})
    await home.async_setup()
    asked = condition("has_active_password", "group.doors", behavior="all")
    await asking.async_set_up(asked)
    assert not await asking.async_holds()
    await async_create(home, FRONT_DOOR)
    await home.async_pass_in_steps(10 * SECOND, SECOND)
    assert await asking.async_holds()


async def test_in_a_script(hass: HomeAssistant, home: Home) -> None:
    """A condition that a choice hangs on, set up with the script."""
    calls = async_mock_service(hass, "test", "note")
    await home.async_setup()
    choice = {
        "choose": [
            {
                "conditions": condition("has_active_password", FRONT_DOOR),
                "sequence": [{"action": "test.note", "data": {"active": True}}],
            }
        ],
        "default": [{"action": "test.note", "data": {"active": False}}],
    }
    assert await async_setup_component(
        hass, "script", {"script": {"look": {"sequence": [choice]}}}
    )
    for _ in range(2):
        await hass.services.async_call("script", "look", blocking=True)
        await async_create(home, FRONT_DOOR)
        await home.async_pass_in_steps(10 * SECOND, SECOND)
    assert [call.data["active"] for call in calls] == [False, True]


@pytest.mark.parametrize(
    "config",
    [
        condition("has_active_password", {}),
        condition("has_active_password", FRONT_DOOR, behavior="each"),
        condition("has_active_password", "binary_sensor.front_door_alarm"),
        condition("has_unread_alarms", FRONT_DOOR, password="Ann"),
        {"condition": "tuya_lock_manager.has_unread_alarms"},
    ],
)
async def test_what_is_refused(
    hass: HomeAssistant, home: Home, config: dict[str, Any]
) -> None:
    await home.async_setup()
    automation = {"alias": "Wrong", "triggers": [], "conditions": [config]}
    await async_setup_component(
        hass, "automation", {"automation": automation | {"actions": []}}
    )
    await hass.async_block_till_done()
    assert home.state("automation.wrong") == STATE_UNAVAILABLE


async def test_a_clearing_code_is_no_password(home: Home, asking: Asking) -> None:
    """It opens nothing, however long it can be typed."""
    await home.async_setup()
    await asking.async_set_up(condition("has_active_password", SHED))
    await home.async_act("issue_clear_code", SHED, all=True, confirm=True)
    assert [code["type"] for code in await async_list(home, SHED)] == ["clear_all"]
    assert not await asking.async_holds()
    await async_create(home, SHED, type="one_time")
    assert await asking.async_holds()
