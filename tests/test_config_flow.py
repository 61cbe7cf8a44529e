"""Adding a cloud project."""

from typing import Any
from unittest.mock import AsyncMock, patch

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.tuya_lock_manager import flow_probe
from custom_components.tuya_lock_manager.const import (
    CONF_ACCESS_ID,
    CONF_ACCESS_SECRET,
    DOMAIN,
)
from custom_components.tuya_lock_manager.tuya_cloud import (
    Credentials,
    Device,
    DeviceNotFoundError,
    DeviceOfflineError,
    InvalidRequestError,
    MalformedResponseError,
    PermissionDeniedError,
    TuyaCloudError,
    UnsupportedError,
)
from tests.flows import (
    ERRORS,
    UNIQUE_ID,
    error_cases,
    placeholder,
    start,
    submit,
    suggested,
    user_input,
)
from tests.samples import ACCESS_ID, ACCESS_SECRET, lock
from tests.simulated import Home

pytestmark = pytest.mark.usefixtures("mock_setup_entry")


async def test_a_project_is_added(
    hass: HomeAssistant, mock_client: AsyncMock, mock_setup_entry: AsyncMock
) -> None:
    result = await submit(hass, await start(hass), user_input())

    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert result["title"] == "Tuya Lock Manager (Central Europe)"
    assert result["data"] == {
        "access_id": ACCESS_ID,
        "access_secret": ACCESS_SECRET,
        "data_center": "eu",
        "url": "https://openapi.tuyaeu.com",
    }
    assert result["options"] == {}
    assert result["result"].unique_id == UNIQUE_ID
    mock_client.connect.assert_awaited_once_with()
    mock_client.list_passwords.assert_awaited_once_with("lock-1")
    assert len(mock_setup_entry.mock_calls) == 1


async def test_the_client_gets_the_credentials_and_the_address(
    hass: HomeAssistant, mock_client: AsyncMock
) -> None:
    with patch.object(
        flow_probe, "TuyaLockClient", return_value=mock_client
    ) as constructor:
        await submit(hass, await start(hass), user_input("in"))

    assert constructor.call_args.args[1] == Credentials(
        access_id=ACCESS_ID,
        access_secret=ACCESS_SECRET,
        base_url="https://openapi.tuyain.com",
    )


@pytest.mark.usefixtures("mock_client")
async def test_blanks_from_copying_are_removed(hass: HomeAssistant) -> None:
    values = user_input(
        access_id=f" {ACCESS_ID}\n", access_secret=f"\t{ACCESS_SECRET} "
    )

    result = await submit(hass, await start(hass), values)

    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert result["data"]["access_id"] == ACCESS_ID
    assert result["data"]["access_secret"] == ACCESS_SECRET


@pytest.mark.usefixtures("mock_client")
async def test_the_section_may_be_left_out(hass: HomeAssistant) -> None:
    values = user_input()
    del values["custom"]

    result = await submit(hass, await start(hass), values)

    assert result["type"] is FlowResultType.CREATE_ENTRY


@error_cases
async def test_an_error_is_named_and_can_be_corrected(
    hass: HomeAssistant, mock_client: AsyncMock, error: TuyaCloudError, key: str
) -> None:
    mock_client.connect.side_effect = error
    result = await submit(hass, await start(hass), user_input())

    assert result["type"] is FlowResultType.FORM
    assert result["step_id"] == "user"
    assert result["errors"] == {"base": key}
    assert placeholder(result, "answer") == str(error)
    assert suggested(result) == {"access_id": ACCESS_ID, "data_center": "eu"}

    mock_client.connect.side_effect = None
    result = await submit(hass, result, user_input())
    assert result["type"] is FlowResultType.CREATE_ENTRY


@error_cases
async def test_an_error_of_the_listing_is_named(
    hass: HomeAssistant, mock_client: AsyncMock, error: TuyaCloudError, key: str
) -> None:
    mock_client.list_devices.side_effect = error
    result = await submit(hass, await start(hass), user_input())
    assert result["errors"] == {"base": key}
    mock_client.list_passwords.assert_not_awaited()

    mock_client.list_devices.side_effect = None
    result = await submit(hass, result, user_input())
    assert result["type"] is FlowResultType.CREATE_ENTRY


@pytest.mark.parametrize("listed", [(), (lock("gateway", category="wg2"),)])
async def test_a_project_without_locks(
    hass: HomeAssistant,
    mock_client: AsyncMock,
    devices: tuple[Device, ...],
    listed: tuple[Device, ...],
) -> None:
    mock_client.list_devices.return_value = listed
    result = await submit(hass, await start(hass), user_input())
    assert result["errors"] == {"base": "no_locks"}

    mock_client.list_devices.return_value = devices
    result = await submit(hass, result, user_input())
    assert result["type"] is FlowResultType.CREATE_ENTRY


async def test_a_project_that_may_not_list_its_devices(
    hass: HomeAssistant, home: Home
) -> None:
    """Its own user has no device, which says nothing about the locks of the account."""
    home.world.faults.parse("not_authorised:path=associated-users")
    home.world.around.switches.set("data_center", "empty")
    result = await submit(
        hass,
        await start(hass),
        user_input(
            "custom",
            home.simulator.base_url,
            access_id=home.entry.data[CONF_ACCESS_ID],
            access_secret=home.entry.data[CONF_ACCESS_SECRET],
        ),
    )
    assert result["errors"] == {"base": "not_subscribed"}


@pytest.mark.parametrize(
    ("error", "key"),
    [case for case in ERRORS if case[1] not in {"unknown", "unexpected_answer"}],
    ids=lambda value: value if isinstance(value, str) else None,
)
async def test_lock_endpoints_tell_what_the_project_lacks(
    hass: HomeAssistant, mock_client: AsyncMock, error: TuyaCloudError, key: str
) -> None:
    mock_client.list_passwords.side_effect = error
    result = await submit(hass, await start(hass), user_input())
    # Refused for all its locks, the project lacks the service for locks.
    expected = "not_subscribed" if key == "permission_denied" else key
    assert result["errors"] == {"base": expected}

    mock_client.list_passwords.side_effect = None
    result = await submit(hass, result, user_input())
    assert result["type"] is FlowResultType.CREATE_ENTRY


@pytest.mark.parametrize(
    "error",
    [
        UnsupportedError("not support the lock type", code=2004),
        DeviceOfflineError("not online", code=2312),
        DeviceNotFoundError("device not exist", code=2010),
        InvalidRequestError("param is empty", code=1100),
        MalformedResponseError("no list"),
        TuyaCloudError("never heard of", code=4711),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_the_fault_of_one_lock_is_not_the_project_s(
    hass: HomeAssistant, mock_client: AsyncMock, error: TuyaCloudError
) -> None:
    mock_client.list_devices.return_value = (lock("lock-1"), lock("lock-2"))
    mock_client.list_passwords.side_effect = error

    result = await submit(hass, await start(hass), user_input())

    assert result["type"] is FlowResultType.CREATE_ENTRY
    mock_client.list_passwords.assert_awaited_once_with("lock-1")


async def test_a_lock_that_is_not_ours_does_not_blame_the_project(
    hass: HomeAssistant, mock_client: AsyncMock
) -> None:
    mock_client.list_devices.return_value = (lock("lock-1"), lock("lock-2"))
    mock_client.list_passwords.side_effect = [
        PermissionDeniedError("permission deny", code=1106),
        (),
    ]

    result = await submit(hass, await start(hass), user_input())

    assert result["type"] is FlowResultType.CREATE_ENTRY


async def test_no_more_than_three_locks_are_asked(
    hass: HomeAssistant, mock_client: AsyncMock
) -> None:
    mock_client.list_devices.return_value = tuple(lock(f"lock-{n}") for n in range(5))
    mock_client.list_passwords.side_effect = PermissionDeniedError("no", code=1106)

    result = await submit(hass, await start(hass), user_input())

    assert result["errors"] == {"base": "not_subscribed"}
    assert mock_client.list_passwords.await_count == 3


@pytest.mark.parametrize("field_name", ["access_id", "access_secret"])
@pytest.mark.parametrize("text", ["", "  ", "two words", "line\r\nbreak", "schlüssel"])
async def test_what_can_t_be_a_credential_is_not_sent(
    hass: HomeAssistant, mock_client: AsyncMock, field_name: str, text: str
) -> None:
    result = await submit(hass, await start(hass), user_input(**{field_name: text}))

    assert result["errors"] == {field_name: "invalid_auth"}
    mock_client.connect.assert_not_awaited()
    result = await submit(hass, result, user_input())
    assert result["type"] is FlowResultType.CREATE_ENTRY


@pytest.mark.parametrize("data_center", ["eu", "auto"])
async def test_a_project_is_added_once(
    hass: HomeAssistant,
    mock_client: AsyncMock,
    mock_config_entry: MockConfigEntry,
    data_center: str,
) -> None:
    await hass.config.async_set_time_zone("Europe/Berlin")
    mock_config_entry.add_to_hass(hass)

    result = await submit(hass, await start(hass), user_input(data_center))

    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "already_configured"
    # A chosen data centre is known before anything is asked.
    assert mock_client.connect.await_count == (data_center == "auto")
    assert len(hass.config_entries.async_entries(DOMAIN)) == 1


@pytest.mark.usefixtures("mock_client")
async def test_the_same_address_in_other_letters_is_the_same_project(
    hass: HomeAssistant, mock_config_entry: MockConfigEntry
) -> None:
    mock_config_entry.add_to_hass(hass)
    values = user_input("custom", "HTTPS://OpenAPI.TuyaEU.com:443/v1.0/")

    result = await submit(hass, await start(hass), values)

    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "already_configured"


@pytest.mark.usefixtures("mock_client")
@pytest.mark.parametrize(
    "values", [user_input("us"), user_input(access_id="another1234567890")]
)
async def test_another_project_or_data_center_is_another_entry(
    hass: HomeAssistant, mock_config_entry: MockConfigEntry, values: dict[str, Any]
) -> None:
    mock_config_entry.add_to_hass(hass)

    result = await submit(hass, await start(hass), values)

    assert result["type"] is FlowResultType.CREATE_ENTRY
