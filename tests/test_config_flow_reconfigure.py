"""Changing a project."""

from typing import Any
from unittest.mock import AsyncMock, patch

from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.tuya_lock_manager import flow_probe
from custom_components.tuya_lock_manager.const import DOMAIN
from custom_components.tuya_lock_manager.tuya_cloud import TuyaCloudError
from tests.clouds import Cloud
from tests.flows import (
    UNIQUE_ID,
    change,
    error_cases,
    is_collapsed,
    placeholder,
    reconfigure,
    submit,
    suggested,
)
from tests.samples import ACCESS_ID, ACCESS_SECRET, NEW_SECRET, lock

pytestmark = pytest.mark.usefixtures("mock_setup_entry")


async def test_the_secret_is_changed(
    hass: HomeAssistant, mock_client: AsyncMock, mock_config_entry: MockConfigEntry
) -> None:
    flow = await reconfigure(hass, mock_config_entry)
    assert suggested(flow) == {"data_center": "eu"}
    assert is_collapsed(flow)
    assert placeholder(flow, "access_id") == ACCESS_ID
    before = dict(mock_config_entry.data)

    with patch.object(
        flow_probe, "TuyaLockClient", return_value=mock_client
    ) as constructor:
        result = await submit(hass, flow, change("eu", secret=f"{NEW_SECRET} "))

    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "reconfigure_successful"
    assert constructor.call_args.args[1].access_secret == NEW_SECRET
    assert mock_config_entry.data == {**before, "access_secret": NEW_SECRET}
    assert mock_config_entry.unique_id == UNIQUE_ID
    assert mock_config_entry.title == "Tuya Lock Manager (Central Europe)"


@pytest.mark.parametrize("secret", [None, ""])
async def test_the_data_center_is_changed_and_the_secret_kept(
    hass: HomeAssistant,
    cloud: Cloud,
    mock_config_entry: MockConfigEntry,
    secret: str | None,
) -> None:
    cloud.listing["us"] = (lock("lock-1"),)
    flow = await reconfigure(hass, mock_config_entry)

    result = await submit(hass, flow, change("us", secret=secret))

    assert result["reason"] == "reconfigure_successful"
    assert mock_config_entry.data == {
        "access_id": ACCESS_ID,
        "access_secret": ACCESS_SECRET,
        "data_center": "us",
        "url": "https://openapi.tuyaus.com",
    }
    assert mock_config_entry.unique_id == f"{ACCESS_ID}@openapi.tuyaus.com"
    assert mock_config_entry.title == "Tuya Lock Manager (Western America)"


@pytest.mark.usefixtures("mock_client")
async def test_an_own_title_stays(
    hass: HomeAssistant, mock_config_entry: MockConfigEntry
) -> None:
    flow = await reconfigure(hass, mock_config_entry)
    hass.config_entries.async_update_entry(mock_config_entry, title="Holiday flat")

    result = await submit(hass, flow, change("in"))

    assert result["reason"] == "reconfigure_successful"
    assert mock_config_entry.title == "Holiday flat"
    assert mock_config_entry.data["data_center"] == "in"


@pytest.mark.usefixtures("mock_client")
async def test_an_own_address_is_changed(
    hass: HomeAssistant, mock_config_entry: MockConfigEntry
) -> None:
    flow = await reconfigure(hass, mock_config_entry)
    result = await submit(hass, flow, change("custom", "http://127.0.0.1:1"))
    assert result["reason"] == "reconfigure_successful"
    assert mock_config_entry.title == "Tuya Lock Manager (127.0.0.1)"

    flow = await mock_config_entry.start_reconfigure_flow(hass)
    assert suggested(flow) == {"data_center": "custom", "url": "http://127.0.0.1:1"}
    assert not is_collapsed(flow)
    result = await submit(hass, flow, change("custom", "http://127.0.0.1:2"))

    assert result["reason"] == "reconfigure_successful"
    assert mock_config_entry.data["url"] == "http://127.0.0.1:2"
    assert mock_config_entry.unique_id == f"{ACCESS_ID}@127.0.0.1"


async def test_the_data_center_is_searched_again(
    hass: HomeAssistant, cloud: Cloud, mock_config_entry: MockConfigEntry
) -> None:
    cloud.listing["cn"] = (lock("lock-1"),)
    flow = await reconfigure(hass, mock_config_entry)

    result = await submit(hass, flow, change("auto"))

    assert result["reason"] == "reconfigure_successful"
    assert mock_config_entry.data["data_center"] == "cn"


async def test_a_data_center_that_another_entry_has_is_refused(
    hass: HomeAssistant, mock_client: AsyncMock, mock_config_entry: MockConfigEntry
) -> None:
    other = MockConfigEntry(domain=DOMAIN, unique_id=f"{ACCESS_ID}@openapi.tuyaus.com")
    other.add_to_hass(hass)
    flow = await reconfigure(hass, mock_config_entry)

    result = await submit(hass, flow, change("us"))

    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "already_configured"
    assert mock_config_entry.unique_id == UNIQUE_ID
    assert mock_config_entry.data["data_center"] == "eu"


@error_cases
async def test_an_error_in_reconfiguring(
    hass: HomeAssistant,
    mock_client: AsyncMock,
    mock_config_entry: MockConfigEntry,
    error: TuyaCloudError,
    key: str,
) -> None:
    flow = await reconfigure(hass, mock_config_entry)
    mock_client.list_devices.side_effect = error
    result = await submit(hass, flow, change("us", secret=NEW_SECRET))

    assert result["type"] is FlowResultType.FORM
    assert result["step_id"] == "reconfigure"
    assert result["errors"] == {"base": key}
    assert suggested(result) == {"data_center": "us"}
    assert mock_config_entry.data["access_secret"] == ACCESS_SECRET
    assert mock_config_entry.data["data_center"] == "eu"

    mock_client.list_devices.side_effect = None
    result = await submit(hass, result, change("us", secret=NEW_SECRET))
    assert result["reason"] == "reconfigure_successful"


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        (change("custom"), {"base": "invalid_url"}),
        (change("custom", "http://example.com"), {"base": "invalid_url"}),
        (change("eu", "https://example.com"), {"base": "url_not_used"}),
        (change("eu", secret="two words"), {"access_secret": "invalid_auth"}),
    ],
)
async def test_reconfiguring_refuses_what_it_can_t_use(
    hass: HomeAssistant,
    mock_client: AsyncMock,
    mock_config_entry: MockConfigEntry,
    values: dict[str, Any],
    errors: dict[str, str],
) -> None:
    flow = await reconfigure(hass, mock_config_entry)
    result = await submit(hass, flow, values)

    assert result["errors"] == errors
    mock_client.connect.assert_not_awaited()
    result = await submit(hass, result, change("eu"))
    assert result["reason"] == "reconfigure_successful"


@pytest.mark.usefixtures("mock_client")
async def test_the_update_listener_alone_reloads_a_loaded_entry(
    hass: HomeAssistant, mock_config_entry: MockConfigEntry
) -> None:
    seen: list[str] = []

    async def listener(hass: HomeAssistant, entry: ConfigEntry) -> None:
        seen.append(entry.data["access_secret"])

    flow = await reconfigure(hass, mock_config_entry)
    mock_config_entry.mock_state(hass, ConfigEntryState.LOADED)
    mock_config_entry.add_update_listener(listener)
    with patch.object(hass.config_entries, "async_schedule_reload") as reload:
        await submit(hass, flow, change("eu", secret=NEW_SECRET))
        flow = await mock_config_entry.start_reauth_flow(hass)
        await submit(hass, flow, {"access_secret": ACCESS_SECRET})
        await hass.async_block_till_done()

    assert seen == [NEW_SECRET, ACCESS_SECRET]
    reload.assert_not_called()


@pytest.mark.usefixtures("mock_client")
@pytest.mark.parametrize(
    ("state", "secret"),
    [
        # Without a change no listener is called.
        (ConfigEntryState.LOADED, ACCESS_SECRET),
        # An entry that could not be set up has no listener.
        (ConfigEntryState.SETUP_ERROR, NEW_SECRET),
        (ConfigEntryState.SETUP_RETRY, ACCESS_SECRET),
    ],
)
async def test_the_flow_reloads_what_no_listener_reloads(
    hass: HomeAssistant,
    mock_config_entry: MockConfigEntry,
    state: ConfigEntryState,
    secret: str,
) -> None:
    flow = await reconfigure(hass, mock_config_entry)
    mock_config_entry.mock_state(hass, state)
    with patch.object(hass.config_entries, "async_schedule_reload") as reload:
        await submit(hass, flow, change("eu", secret=secret))
        reload.assert_called_once_with(mock_config_entry.entry_id)
        flow = await mock_config_entry.start_reauth_flow(hass)
        await submit(hass, flow, {"access_secret": secret})

    assert reload.call_count == 2
