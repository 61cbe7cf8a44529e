"""The examples to copy work in Home Assistant, and the reference names what actions answer."""

from collections.abc import AsyncGenerator
from datetime import timedelta
import re
import textwrap
from typing import Any

from homeassistant.components.recorder import CONFIG_SCHEMA as RECORDER
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.setup import async_setup_component
from homeassistant.util.yaml import parse_yaml
import pytest
from pytest_homeassistant_custom_component.common import async_mock_service

from tests.acting import FRONT_DOOR, SHED, async_create, opens, result_of
from tests.simulated import Home
from tests.test_documentation import PAGES, reference
from tests.test_hassfest import ROOT


def _examples() -> list[dict[str, Any]]:
    """Return all blocks of YAML on the pages for users."""
    blocks = [
        parse_yaml(textwrap.dedent(block))
        for page in PAGES
        for block in re.findall(
            r"^ *```yaml\n(.+?)^ *```",
            (ROOT / page).read_text("utf-8"),
            re.MULTILINE | re.DOTALL,
        )
    ]
    return [block for block in blocks if isinstance(block, dict)]


@pytest.fixture
async def sent(
    hass: HomeAssistant, home: Home, only_locks: None
) -> AsyncGenerator[list[ServiceCall]]:
    """Set up all automations of the examples at once; return what they send."""
    sent: list[ServiceCall] = async_mock_service(hass, "notify", "mobile_app_phone")
    await home.async_setup()
    automations = []
    for block in _examples():
        automations += block.get("automation", [])
        if "triggers" in block:
            note = {"action": "notify.mobile_app_phone", "data": {"message": "Done"}}
            automations.append({"alias": "Bare", **block, "actions": [note]})
    assert len(automations) > 5
    assert await async_setup_component(hass, "automation", {"automation": automations})
    await hass.async_block_till_done()
    # An automation with an invalid part has no state, or is unavailable.
    states = {
        state.attributes["friendly_name"]: state.state
        for state in hass.states.async_all("automation")
    }
    assert states == {automation["alias"]: "on" for automation in automations}
    yield sent
    await hass.services.async_call(
        "automation", "turn_off", {"entity_id": "all"}, blocking=True
    )


async def test_every_block_can_be_used(sent: list[ServiceCall]) -> None:
    """What is no automation is recorder settings, or the answer of an action."""
    others = [
        block for block in _examples() if not {"automation", "triggers"} & block.keys()
    ]
    assert [[*block] for block in others] == [["recorder"], [FRONT_DOOR]]
    RECORDER({"recorder": others[0]["recorder"]})


async def test_the_code_of_an_example_opens(
    hass: HomeAssistant, home: Home, sent: list[ServiceCall]
) -> None:
    hass.states.async_set("input_button.guest_code", "pressed")
    await hass.async_block_till_done()
    (message,) = sent
    (digits,) = re.findall(r"Guest code: (\d+)$", message.data["message"])
    await home.async_pass(timedelta(minutes=1))
    assert opens(home, FRONT_DOOR, digits)


def _keys(answer: object) -> set[str]:
    """Return the names of all fields of an answer."""
    if isinstance(answer, list):
        return {key for part in answer for key in _keys(part)}
    if not isinstance(answer, dict):
        return set()
    return {*answer} | {key for part in answer.values() for key in _keys(part)}


async def test_the_reference_has_what_is_answered(home: Home, only_locks: None) -> None:
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR)
    await async_create(home, SHED, type="time_limited")
    await home.async_pass(timedelta(minutes=1))
    name = {"password": "Ann"}
    asked: list[tuple[str, str, dict[str, Any]]] = [
        ("list_passwords", FRONT_DOOR, {}),
        ("list_template_passwords", FRONT_DOOR, {}),
        ("list_template_passwords", FRONT_DOOR, name),
        ("list_members", FRONT_DOOR, {}),
        ("list_unlock_methods", FRONT_DOOR, {}),
        ("list_records", FRONT_DOOR, {}),
        ("get_lock_info", FRONT_DOOR, {}),
        ("mark_alarms_read", FRONT_DOOR, {}),
        ("issue_clear_code", SHED, {"all": True}),
        ("issue_clear_code", SHED, name),
        ("clean_up_passwords", FRONT_DOOR, {}),
        ("delete_password", FRONT_DOOR, name),
    ]
    answers = [("create_temp_password", made)] + [
        (action, result_of(await home.async_act(action, lock, **data), lock))
        for action, lock, data in asked
    ]
    missing = {
        action: keys
        for action, answer in answers
        if (keys := _keys(answer) - _told(action))
    }
    assert missing == {}


def _told(action: str) -> set[str]:
    text = reference(action)
    # In the example of an answer, too.
    return {
        *re.findall("`([a-z_]+)`", text),
        *re.findall("^ +([a-z_]+):", text, re.MULTILINE),
    }
