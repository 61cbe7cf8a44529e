"""Automations of kinds that users write: waiting, choosing, templates, our event entities."""

import asyncio
from datetime import timedelta
from typing import Any

from homeassistant.const import STATE_UNAVAILABLE, Platform
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import async_mock_service

from custom_components import tuya_lock_manager
from simulator.locks.reports import alarm
from tests.acting import FRONT_DOOR, GARAGE, OFFICE, async_create, opens
from tests.automating import condition, trigger
from tests.residents import enters
from tests.simulated import Home

POLL = timedelta(minutes=15, seconds=1)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def few_entities(only_locks: None) -> None:
    """Have no more entities than are asked about."""
    tuya_lock_manager.PLATFORMS.append(Platform.EVENT)


@pytest.fixture
def done(hass: HomeAssistant) -> list[ServiceCall]:
    """Return what automations did."""
    done: list[ServiceCall] = async_mock_service(hass, "test", "note")
    return done


def _note(**data: str) -> dict[str, Any]:
    return {"action": "test.note", "data": data}


async def _async_automate(hass: HomeAssistant, **automation: Any) -> None:
    config = {"alias": "Mine", "mode": "queued", **automation}
    assert await async_setup_component(hass, "automation", {"automation": config})
    await hass.async_block_till_done()


async def _async_let_pass(home: Home, duration: timedelta, step: timedelta) -> None:
    """Let time pass while an automation waits: what it waits for is never done by itself."""
    passed = timedelta()
    while passed < duration:
        home.move(step)
        for _ in range(300):
            await asyncio.sleep(0)
        passed += step


async def test_wait_for_the_guest(
    hass: HomeAssistant, home: Home, done: list[ServiceCall]
) -> None:
    """Make a code, wait for its delivery and its first use, and take it away afterwards."""
    await home.async_setup()
    made = f"made['{FRONT_DOOR}']"
    await _async_automate(
        hass,
        triggers=[{"trigger": "event", "event_type": "parcel"}],
        actions=[
            {
                "action": "tuya_lock_manager.create_temp_password",
                "target": {"entity_id": FRONT_DOOR},
                "data": {"name": "Courier", "duration": {"hours": 3}},
                "response_variable": "made",
            },
            {
                "wait_for_trigger": [
                    trigger("password_delivered", FRONT_DOOR, password="Courier"),
                    trigger("password_failed", FRONT_DOOR, password="Courier"),
                ],
                "timeout": "00:05:00",
            },
            {
                "condition": "template",
                "value_template": f"{{{{ wait.trigger.password_id == {made}.id }}}}",
            },
            _note(code=f"{{{{ {made}.code }}}}", event="{{ wait.trigger.event }}"),
            {
                "wait_for_trigger": trigger(
                    "unlocked", FRONT_DOOR, method="temporary_code"
                ),
                "timeout": {"hours": 2},
                "continue_on_timeout": False,
            },
            {
                "action": "tuya_lock_manager.delete_password",
                "target": {"entity_id": "{{ wait.trigger.entity_id }}"},
                "data": {"password": "{{ wait.trigger.password_id }}"},
                "response_variable": "gone",
            },
            _note(who="{{ wait.trigger.password }}"),
        ],
    )
    hass.bus.async_fire("parcel")
    await _async_let_pass(home, 15 * SECOND, SECOND)
    (delivered,) = done
    assert delivered.data["event"] == "delivered"
    digits = str(delivered.data["code"]).zfill(6)
    assert opens(home, FRONT_DOOR, digits)
    await _async_let_pass(home, POLL, POLL)
    await _async_let_pass(home, MINUTE, 10 * SECOND)
    assert done[-1].data["who"] == "Courier"
    assert not opens(home, FRONT_DOOR, digits)


async def test_choose_by_what_happened(
    hass: HomeAssistant, home: Home, done: list[ServiceCall]
) -> None:
    """One automation for everything at two doors, that tells it apart by its triggers."""
    await home.async_setup()
    doors = [FRONT_DOOR, OFFICE]
    await _async_automate(
        hass,
        triggers=[
            trigger("unlocked", {"entity_id": doors}) | {"id": "open"},
            trigger("alarm_raised", {"entity_id": doors}) | {"id": "alarm"},
        ],
        variables={
            "minutes": "{{ (now() - as_datetime(trigger.time)).total_seconds() }}"
        },
        actions=[
            {
                "choose": [
                    {
                        "conditions": [
                            {"condition": "trigger", "id": "alarm"},
                            condition("has_unread_alarms", FRONT_DOOR),
                            "{{ trigger.type in ['pry', 'shock'] }}",
                        ],
                        "sequence": [
                            _note(what="{{ trigger.lock }}: {{ trigger.type }}")
                        ],
                    },
                    {
                        "conditions": {
                            "condition": "and",
                            "conditions": [
                                "{{ trigger.id == 'open' and trigger.member is not none }}",
                                {
                                    "condition": "not",
                                    "conditions": [
                                        condition(
                                            "has_active_password", {"entity_id": doors}
                                        )
                                    ],
                                },
                            ],
                        },
                        "sequence": [
                            _note(what="{{ trigger.member }} at {{ trigger.lock }}")
                        ],
                    },
                ],
                "default": [_note(what="something else, {{ minutes < 1800 }}")],
            }
        ],
    )
    lock = home.lock(FRONT_DOOR)
    await home.async_pass(SECOND)
    alarm(lock, "pry", lock.now)
    assert enters(home, OFFICE, "Partner")
    await home.async_pass(SECOND)
    await home.async_pass(POLL)
    await async_create(home, FRONT_DOOR)
    await home.async_pass_in_steps(10 * SECOND, SECOND)
    assert enters(home, FRONT_DOOR, "Owner")
    await home.async_pass(POLL)
    assert sorted(call.data["what"] for call in done) == [
        "Front door: pry",
        "Partner at Office",
        "something else, True",
    ]


async def test_event_entities(
    hass: HomeAssistant, home: Home, done: list[ServiceCall]
) -> None:
    """Home Assistant's own trigger for them, with all that their attributes say."""
    await home.async_setup()
    told = "trigger.to_state.attributes"
    await _async_automate(
        hass,
        triggers=[
            {
                "trigger": "event.received",
                "target": {"entity_id": "event.front_door_password"},
                "options": {"event_type": ["delivered", "used", "not_delivered"]},
            },
            {
                "trigger": "event.received",
                "target": {"entity_id": "event.garage_password"},
                "options": {"event_type": "not_delivered"},
            },
        ],
        conditions=[f"{{{{ not {told}.late }}}}"],
        actions=[_note(what=f"{{{{ {told}.password }}}} {{{{ {told}.event_type }}}}")],
    )
    await home.async_pass(61 * SECOND)
    await async_create(home, GARAGE, name="Ben")
    code = await async_create(home, FRONT_DOOR, name="Ann")
    await home.async_pass_in_steps(40 * SECOND, 5 * SECOND)
    assert opens(home, FRONT_DOOR, code["code"])
    await home.async_pass(POLL)
    assert [call.data["what"] for call in done] == [
        "Ann delivered",
        "Ben not_delivered",
        "Ann used",
    ]


async def test_extend_a_stay(
    hass: HomeAssistant, home: Home, done: list[ServiceCall]
) -> None:
    """A code that ends soon gets two more hours, until it has had six; then it ends."""
    await home.async_setup()
    await _async_automate(
        hass,
        triggers=trigger("password_expiring_soon", FRONT_DOOR, before="00:30:00"),
        conditions="{{ as_datetime(trigger.end) - as_datetime(trigger.start) < timedelta(hours=5) }}",
        actions=[
            {
                "action": "tuya_lock_manager.update_password",
                "target": {"device_id": "{{ trigger.device_id }}"},
                "data": {
                    "password": "{{ trigger.password_id }}",
                    "end": "{{ as_datetime(trigger.end) + timedelta(hours=2) }}",
                },
                "response_variable": "changed",
            },
            _note(status="{{ changed[trigger.entity_id].status }}"),
        ],
    )
    code = await async_create(home, FRONT_DOOR, duration={"hours": 2})
    await home.async_pass_in_steps(10 * SECOND, SECOND)
    await home.async_pass_in_steps(5 * HOUR, 25 * MINUTE)
    assert len(done) == 2
    assert opens(home, FRONT_DOOR, code["code"])
    await home.async_pass(70 * MINUTE)
    assert len(done) == 2
    assert not opens(home, FRONT_DOOR, code["code"])


async def test_alarms_lock_and_what_ended_goes(
    hass: HomeAssistant, home: Home, done: list[ServiceCall]
) -> None:
    """One answers an alarm at its own lock, one takes codes off the list when they end."""
    await home.async_setup()
    lock = {"entity_id": "{{ trigger.entity_id }}"}
    await async_setup_component(
        hass,
        "automation",
        {
            "automation": [
                {
                    "alias": "Lock up",
                    "triggers": trigger(
                        "alarm_raised", {"entity_id": [FRONT_DOOR, OFFICE]}, types="pry"
                    ),
                    "actions": [
                        {"action": "lock.lock", "target": lock},
                        _note(
                            what="{{ trigger.lock }} {{ states(trigger.entity_id) }}"
                        ),
                    ],
                },
                {
                    "alias": "Clean up",
                    "triggers": trigger(
                        "password_expired", {"entity_id": [FRONT_DOOR, OFFICE]}
                    ),
                    "actions": [
                        {
                            "action": "tuya_lock_manager.delete_password",
                            "target": lock,
                            "data": {"password": "{{ trigger.password_id }}"},
                            "response_variable": "gone",
                        },
                        _note(what="{{ gone[trigger.entity_id].status }}"),
                    ],
                },
            ]
        },
    )
    await async_create(home, OFFICE, name="Ann", duration={"minutes": 30})
    simulated = home.lock(FRONT_DOOR)
    await home.async_pass(10 * SECOND)
    alarm(simulated, "pry", simulated.now)
    await home.async_pass(POLL)
    await home.async_pass(POLL)
    assert sorted(call.data["what"] for call in done) == [
        "Front door locked",
        "removed",
    ]


async def test_a_name_from_a_template(hass: HomeAssistant, home: Home) -> None:
    """An option can't be a template, and says so instead of waiting for nobody."""
    await home.async_setup()
    await _async_automate(
        hass,
        triggers=trigger(
            "unlocked", FRONT_DOOR, member="{{ states('input_text.who') }}"
        ),
        actions=[],
    )
    assert home.state("automation.mine") == STATE_UNAVAILABLE


async def test_while_somebody_has_a_code(
    hass: HomeAssistant, home: Home, done: list[ServiceCall]
) -> None:
    """A loop that goes on while a code opens the door."""
    await home.async_setup()
    await _async_automate(
        hass,
        triggers=trigger("password_delivered", FRONT_DOOR),
        actions=[
            {
                "repeat": {
                    "while": condition("has_active_password", FRONT_DOOR),
                    "sequence": [_note(round="{{ repeat.index }}"), {"delay": 600}],
                }
            }
        ],
    )
    await async_create(home, FRONT_DOOR)
    await _async_let_pass(home, 10 * SECOND, SECOND)
    await _async_let_pass(home, 2 * HOUR, 5 * MINUTE)
    assert [int(call.data["round"]) for call in done] == list(range(1, 7))
