"""What a user chooses about calls."""

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.tuya_lock_manager.domain.budget import TRIAL_CALLS

pytestmark = pytest.mark.usefixtures("mock_setup_entry")


@pytest.fixture
async def flow_id(hass: HomeAssistant, mock_config_entry: MockConfigEntry) -> str:
    """Return an options flow at the form about the plan."""
    mock_config_entry.add_to_hass(hass)
    hass.config_entries.async_update_entry(mock_config_entry, options={"names": False})
    options = hass.config_entries.options
    menu = await options.async_init(mock_config_entry.entry_id)
    form = await options.async_configure(menu["flow_id"], {"next_step_id": "plan"})
    assert form["type"] is FlowResultType.FORM
    assert form["step_id"] == "plan"
    placeholders = form["description_placeholders"]
    assert placeholders is not None
    assert placeholders["trial_calls"] == str(TRIAL_CALLS)
    # What a pace costs is shown where it is chosen.
    assert placeholders["locks"] == "1"
    assert int(placeholders["careful_calls"]) < int(placeholders["prompt_calls"])
    return form["flow_id"]


async def test_a_number(
    hass: HomeAssistant, mock_config_entry: MockConfigEntry, flow_id: str
) -> None:
    """It is stored as a whole number, beside what was chosen elsewhere."""
    result = await hass.config_entries.options.async_configure(
        flow_id, {"plan": "number", "calls": 50000.0}
    )
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert mock_config_entry.options == {
        "names": False,
        "pace": "prompt",
        "plan": "number",
        "calls": 50000,
    }
    assert isinstance(mock_config_entry.options["calls"], int)


async def test_the_trial(
    hass: HomeAssistant, mock_config_entry: MockConfigEntry, flow_id: str
) -> None:
    """It has no number, whatever stands in the field."""
    await hass.config_entries.options.async_configure(
        flow_id, {"pace": "careful", "plan": "trial", "calls": 50000}
    )
    assert mock_config_entry.options == {
        "names": False,
        "pace": "careful",
        "plan": "trial",
    }


async def test_a_number_is_missing(
    hass: HomeAssistant, mock_config_entry: MockConfigEntry, flow_id: str
) -> None:
    """It is asked for; nothing is guessed."""
    options = hass.config_entries.options
    result = await options.async_configure(flow_id, {"plan": "number"})
    assert result["errors"] == {"calls": "calls_missing"}
    assert mock_config_entry.options == {"names": False}
    await options.async_configure(flow_id, {"plan": "number", "calls": 1000})
    assert mock_config_entry.options["calls"] == 1000


@pytest.mark.parametrize("calls", [0, -5, 99, 10**10])
async def test_no_plan_has_that(hass: HomeAssistant, flow_id: str, calls: int) -> None:
    with pytest.raises(InvalidData):
        await hass.config_entries.options.async_configure(
            flow_id, {"plan": "number", "calls": calls}
        )
