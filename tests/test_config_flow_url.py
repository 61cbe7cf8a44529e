"""The address of an own cloud."""

from unittest.mock import AsyncMock

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest

from tests.flows import is_collapsed, start, submit, suggested, user_input
from tests.samples import ACCESS_ID

pytestmark = pytest.mark.usefixtures("mock_setup_entry")


@pytest.mark.usefixtures("mock_client")
@pytest.mark.parametrize(
    ("address", "stored", "host"),
    [
        ("https://tuya.example.com", "https://tuya.example.com", "tuya.example.com"),
        ("https://Tuya.Example.com:8443/a/b/?c=d#e", "https://tuya.example.com:8443", "tuya.example.com"),
        (" http://127.0.0.1:1234/ ", "http://127.0.0.1:1234", "127.0.0.1"),
        ("http://127.8.9.10", "http://127.8.9.10", "127.8.9.10"),
        ("http://[::1]:1", "http://[::1]:1", "::1"),
        ("http://localhost", "http://localhost", "localhost"),
        ("http://LOCALHOST:8080", "http://localhost:8080", "localhost"),
    ],
)  # fmt: skip
async def test_an_own_address(
    hass: HomeAssistant, address: str, stored: str, host: str
) -> None:
    result = await submit(hass, await start(hass), user_input("custom", address))

    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert result["title"] == f"Tuya Lock Manager ({host})"
    assert result["data"]["data_center"] == "custom"
    assert result["data"]["url"] == stored
    assert result["result"].unique_id == f"{ACCESS_ID}@{host}"


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "   ",
        "tuya.example.com",
        "//tuya.example.com",
        "https://",
        "https:///v1.0",
        "https://tuya.example.com:99999",
        "https://tuya example.com",
        "https://name:word@tuya.example.com",
        "https://name@tuya.example.com",
        "https://:word@tuya.example.com",
        "ftp://tuya.example.com",
        "ws://127.0.0.1:1234",
        "http://",
        "file:///etc/passwd",
        "http://example.com",
        "http://openapi.tuyaeu.com",
        "http://192.168.1.5:8080",
        "http://0.0.0.0",
        "http://[::2]",
        "http://localhost.example.com",
        "http://127.0.0.1.example.com",
        "http://127.0.0.1@example.com",
        "http://[::1",
    ],
)
async def test_an_address_that_may_not_be_used(
    hass: HomeAssistant, mock_client: AsyncMock, address: str | None
) -> None:
    result = await start(hass)
    assert is_collapsed(result)

    result = await submit(hass, result, user_input("custom", address))

    assert result["errors"] == {"base": "invalid_url"}
    assert not is_collapsed(result)
    assert suggested(result).get("url") == address
    mock_client.connect.assert_not_awaited()
    values = user_input("custom", "http://127.0.0.1:1234")
    result = await submit(hass, result, values)
    assert result["type"] is FlowResultType.CREATE_ENTRY


@pytest.mark.parametrize("data_center", ["auto", "eu"])
async def test_an_address_beside_a_data_center_is_not_ignored(
    hass: HomeAssistant, mock_client: AsyncMock, data_center: str
) -> None:
    values = user_input(data_center, "https://tuya.example.com")
    result = await submit(hass, await start(hass), values)

    assert result["errors"] == {"base": "url_not_used"}
    assert not is_collapsed(result)
    mock_client.connect.assert_not_awaited()
    result = await submit(hass, result, user_input(data_center))
    assert result["type"] is FlowResultType.CREATE_ENTRY
