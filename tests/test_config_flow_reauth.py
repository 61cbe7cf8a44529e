"""Renewing the secret of a project."""

from unittest.mock import AsyncMock, patch

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.tuya_lock_manager import flow_probe
from custom_components.tuya_lock_manager.tuya_cloud import Credentials, TuyaCloudError
from tests.clouds import Cloud
from tests.flows import UNIQUE_ID, error_cases, placeholder, reauth, submit, suggested
from tests.samples import ACCESS_ID, ACCESS_SECRET, NEW_SECRET

pytestmark = pytest.mark.usefixtures("mock_setup_entry")


async def test_a_new_secret_is_stored(
    hass: HomeAssistant, mock_client: AsyncMock, mock_config_entry: MockConfigEntry
) -> None:
    flow = await reauth(hass, mock_config_entry)
    before = dict(mock_config_entry.data)
    with patch.object(
        flow_probe, "TuyaLockClient", return_value=mock_client
    ) as constructor:
        result = await submit(hass, flow, {"access_secret": f" {NEW_SECRET} "})

    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "reauth_successful"
    assert constructor.call_args.args[1] == Credentials(
        access_id=ACCESS_ID,
        access_secret=NEW_SECRET,
        base_url="https://openapi.tuyaeu.com",
    )
    assert mock_config_entry.data == {**before, "access_secret": NEW_SECRET}
    assert mock_config_entry.unique_id == UNIQUE_ID
    # Whether there are locks, and what may be done with them, is not the question.
    mock_client.list_devices.assert_not_awaited()


@error_cases
async def test_an_error_in_reauthentication(
    hass: HomeAssistant,
    mock_client: AsyncMock,
    mock_config_entry: MockConfigEntry,
    error: TuyaCloudError,
    key: str,
) -> None:
    flow = await reauth(hass, mock_config_entry)
    mock_client.connect.side_effect = error
    result = await submit(hass, flow, {"access_secret": NEW_SECRET})

    assert result["type"] is FlowResultType.FORM
    assert result["step_id"] == "reauth_confirm"
    assert result["errors"] == {"base": key}
    assert placeholder(result, "answer") == str(error)
    assert suggested(result) == {}
    assert mock_config_entry.data["access_secret"] == ACCESS_SECRET

    mock_client.connect.side_effect = None
    result = await submit(hass, result, {"access_secret": NEW_SECRET})
    assert result["reason"] == "reauth_successful"
    assert mock_config_entry.data["access_secret"] == NEW_SECRET


async def test_reauthentication_refuses_what_can_t_be_a_secret(
    hass: HomeAssistant, mock_client: AsyncMock, mock_config_entry: MockConfigEntry
) -> None:
    flow = await reauth(hass, mock_config_entry)
    result = await submit(hass, flow, {"access_secret": " "})

    assert result["errors"] == {"access_secret": "invalid_auth"}
    mock_client.connect.assert_not_awaited()
    result = await submit(hass, result, {"access_secret": NEW_SECRET})
    assert result["reason"] == "reauth_successful"


async def test_reauthentication_has_a_time_limit(
    hass: HomeAssistant,
    cloud: Cloud,
    mock_config_entry: MockConfigEntry,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(flow_probe, "TOTAL_TIMEOUT", 0.05)
    flow = await reauth(hass, mock_config_entry)
    cloud.hanging = {"eu"}
    result = await submit(hass, flow, {"access_secret": ACCESS_SECRET})
    assert result["errors"] == {"base": "cannot_connect"}

    cloud.hanging = set()
    result = await submit(hass, result, {"access_secret": ACCESS_SECRET})
    assert result["reason"] == "reauth_successful"
