"""The secret stays secret."""

import json
import logging
from unittest.mock import AsyncMock

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import InvalidData
from probatio.humanize import humanize_error
import pytest
import voluptuous as vol

from custom_components.tuya_lock_manager.flow_schemas import (
    REAUTH_SCHEMA,
    reconfigure_schema,
    user_schema,
)
from custom_components.tuya_lock_manager.tuya_cloud import TuyaCloudError
from tests.flows import error_cases, start, submit, suggested, user_input
from tests.samples import ACCESS_ID, ACCESS_SECRET

pytestmark = pytest.mark.usefixtures("mock_setup_entry")


@error_cases
async def test_the_secret_is_never_shown(
    hass: HomeAssistant,
    mock_client: AsyncMock,
    caplog: pytest.LogCaptureFixture,
    error: TuyaCloudError,
    key: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    mock_client.connect.side_effect = error
    result = await submit(hass, await start(hass), user_input())
    shown = {name: value for name, value in result.items() if name != "data_schema"}
    assert key in repr(shown)
    assert ACCESS_SECRET not in repr(shown)
    assert ACCESS_SECRET not in repr(suggested(result))
    assert ACCESS_SECRET not in repr(result["data_schema"])

    mock_client.connect.side_effect = None
    result = await submit(hass, result, user_input())
    entry = result["result"]
    assert ACCESS_SECRET not in f"{entry.title} {entry.unique_id} {entry!r}"
    assert ACCESS_SECRET not in caplog.text


async def test_a_refused_form_does_not_show_the_secret(
    hass: HomeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    flow = await start(hass)
    values = {**user_input(), "access_secret": [ACCESS_SECRET]}
    with pytest.raises(InvalidData) as caught:
        await submit(hass, flow, values)
    assert ACCESS_SECRET not in str(caught.value)
    assert ACCESS_SECRET not in json.dumps(caught.value.schema_errors)
    assert ACCESS_SECRET not in caplog.text


async def test_an_unknown_data_center_is_refused(hass: HomeAssistant) -> None:
    flow = await start(hass)
    with pytest.raises(InvalidData) as caught:
        await submit(hass, flow, user_input("mars"))
    assert ACCESS_SECRET not in str(caught.value)


@pytest.mark.parametrize(
    "schema",
    [user_schema(show_url=False), reconfigure_schema(show_url=False), REAUTH_SCHEMA],
)
def test_a_refused_value_is_redacted(schema: vol.Schema) -> None:
    values: dict[str, object] = {
        "access_id": ACCESS_ID,
        "access_secret": [ACCESS_SECRET],
    }
    with pytest.raises(vol.Invalid) as caught:
        schema(values)
    assert ACCESS_SECRET not in humanize_error(values, caught.value)
