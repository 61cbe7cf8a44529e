"""Every form, as the frontend gets it, has its English texts."""

from http import HTTPStatus
import json
from pathlib import Path
from typing import Any
from unittest.mock import AsyncMock

from homeassistant.config_entries import ConfigFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import section
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.tuya_lock_manager import flow_errors, flow_options, flow_schemas
from custom_components.tuya_lock_manager.const import DOMAIN
from custom_components.tuya_lock_manager.flow_probe import (
    DataCenter,
    data_centers_by_distance,
)
from tests.flows import reauth, reconfigure, start, submit, user_input

pytestmark = pytest.mark.usefixtures("mock_setup_entry")

ENGLISH = Path(flow_errors.__file__).parent / "translations" / "en.json"
FLOW = "/api/config/config_entries/flow"


@pytest.fixture(scope="module")
def english() -> dict[str, Any]:
    """Return the English texts."""
    texts: dict[str, Any] = json.loads(ENGLISH.read_text(encoding="utf-8"))
    return texts


def assert_texts(result: ConfigFlowResult, texts: dict[str, Any]) -> None:
    """Check that the fields of a form are those that the texts describe."""
    step = texts["step"][result["step_id"]]
    schema = result["data_schema"]
    assert schema is not None
    fields = {str(key.schema): value for key, value in schema.schema.items()}
    sections = {key for key, value in fields.items() if isinstance(value, section)}
    plain = fields.keys() - sections
    assert step["title"]
    assert step["data"].keys() == step["data_description"].keys() == plain
    assert step.get("sections", {}).keys() == sections
    for key in sections:
        inner = {str(marker.schema) for marker in fields[key].schema.schema}
        described = step["sections"][key]
        assert described["data"].keys() == described["data_description"].keys() == inner


async def test_every_form_has_texts(
    hass: HomeAssistant, mock_config_entry: MockConfigEntry, english: dict[str, Any]
) -> None:
    assert_texts(await start(hass), english["config"])
    assert_texts(await reauth(hass, mock_config_entry), english["config"])
    assert_texts(
        await mock_config_entry.start_reconfigure_flow(hass), english["config"]
    )


def test_every_error_has_a_text(english: dict[str, Any]) -> None:
    keys = {
        value
        for name, value in vars(flow_errors).items()
        if name.isupper() and not name.startswith("_")
    }
    assert english["config"]["error"].keys() == keys


def test_every_choice_has_a_text(english: dict[str, Any]) -> None:
    data_center = flow_schemas.user_schema(show_url=False).schema["data_center"]
    settings = flow_options.settings_schema([]).schema
    offered = {
        selector.config["translation_key"]: selector.config["options"]
        for selector in (data_center, settings["digits"], settings["family"])
    }
    for key, options in offered.items():
        assert english["selector"][key]["options"].keys() == set(options)


def test_an_entry_is_named_like_the_choice(english: dict[str, Any]) -> None:
    names = english["selector"]["data_center"]["options"]
    for center in data_centers_by_distance(None, "UTC"):
        assert center.title == f"Tuya Lock Manager ({names[center.key]})"
    own = DataCenter("custom", "https://tuya.example.com:1")
    assert own.title == "Tuya Lock Manager (tuya.example.com)"


async def test_placeholders_are_filled(
    hass: HomeAssistant, mock_config_entry: MockConfigEntry, english: dict[str, Any]
) -> None:
    forms = [
        await start(hass),
        await reconfigure(hass, mock_config_entry),
        await mock_config_entry.start_reauth_flow(hass),
    ]
    for form in forms:
        placeholders = form["description_placeholders"]
        assert placeholders is not None
        texts = [
            english["config"]["step"][form["step_id"]]["description"],
            *english["config"]["error"].values(),
        ]
        for text in texts:
            assert text.format(**placeholders)


@pytest.mark.usefixtures("mock_client")
async def test_a_project_is_added_over_http(
    hass: HomeAssistant, hass_client: ClientSessionGenerator
) -> None:
    assert await async_setup_component(hass, "config", {})
    client = await hass_client()
    answer = await client.post(FLOW, json={"handler": DOMAIN})
    assert answer.status == HTTPStatus.OK
    form = await answer.json()
    fields = {field["name"]: field for field in form["data_schema"]}
    assert list(fields) == ["access_id", "access_secret", "data_center", "custom"]
    assert fields["access_secret"]["selector"]["text"]["type"] == "password"
    assert fields["data_center"]["default"] == "auto"
    assert fields["custom"]["type"] == "expandable"
    assert fields["custom"]["expanded"] is False
    assert [field["name"] for field in fields["custom"]["schema"]] == ["url"]

    values = user_input("custom", "http://127.0.0.1:1234")
    answer = await client.post(f"{FLOW}/{form['flow_id']}", json=values)

    result = await answer.json()
    assert result["type"] == "create_entry"
    assert result["title"] == "Tuya Lock Manager (127.0.0.1)"


async def test_only_administrators_add_projects(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    hass_read_only_access_token: str,
    mock_client: AsyncMock,
) -> None:
    assert await async_setup_component(hass, "config", {})
    client = await hass_client(hass_read_only_access_token)
    answer = await client.post(FLOW, json={"handler": DOMAIN})
    assert answer.status == HTTPStatus.UNAUTHORIZED

    flow = await start(hass)
    answer = await client.post(f"{FLOW}/{flow['flow_id']}", json=user_input())

    assert answer.status == HTTPStatus.UNAUTHORIZED
    mock_client.connect.assert_not_awaited()
    assert (await submit(hass, flow, user_input()))["title"]
