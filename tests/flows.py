"""Steps that the tests of the flows have in common."""

from typing import Any, Final

from homeassistant.config_entries import SOURCE_USER, ConfigFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.tuya_lock_manager.const import DOMAIN
from custom_components.tuya_lock_manager.tuya_cloud import (
    ClockSkewError,
    ConnectionFailedError,
    InvalidCredentialsError,
    MalformedResponseError,
    NotSubscribedError,
    PermissionDeniedError,
    PlanError,
    PlanExpiredError,
    QuotaExhaustedError,
    ServerError,
    ThrottledError,
    TokenError,
    TuyaCloudError,
    WrongDataCenterError,
)
from tests.samples import ACCESS_ID, ACCESS_SECRET

UNIQUE_ID: Final = f"{ACCESS_ID}@openapi.tuyaeu.com"

ERRORS: list[tuple[TuyaCloudError, str]] = [
    (InvalidCredentialsError("sign invalid", code=1004), "invalid_auth"),
    (InvalidCredentialsError("clientId invalid", code=1005), "invalid_auth"),
    (WrongDataCenterError("suspended", code=28841107), "wrong_data_center"),
    (NotSubscribedError("not subscribed", code=28841106), "not_subscribed"),
    (PermissionDeniedError("No permissions", code=28841001), "permission_denied"),
    (PlanExpiredError("expired", code=28841002), "plan_expired"),
    (QuotaExhaustedError("used up", code=28841004), "quota_exhausted"),
    (ClockSkewError("request time is invalid", code=1013), "clock_wrong"),
    (ThrottledError("too frequent", code=1199), "try_again"),
    (ServerError("system is busy", code=1111), "try_again"),
    (TokenError("token invalid", code=1010), "try_again"),
    (ConnectionFailedError("refused", request_sent=False), "cannot_connect"),
    (MalformedResponseError("no JSON"), "unexpected_answer"),
    (PlanError("device pool", code=60001001), "unknown"),
    (TuyaCloudError("never heard of", code=4711), "unknown"),
]
error_cases = pytest.mark.parametrize(
    ("error", "key"), ERRORS, ids=[f"{type(e).__name__}-{e.code}" for e, _ in ERRORS]
)


def user_input(
    data_center: str = "eu", url: str | None = None, **changes: str
) -> dict[str, Any]:
    """Return what the form of the first step sends."""
    return {
        "access_id": ACCESS_ID,
        "access_secret": ACCESS_SECRET,
        "data_center": data_center,
        "custom": {} if url is None else {"url": url},
        **changes,
    }


async def start(hass: HomeAssistant) -> ConfigFlowResult:
    """Open the form that adds a project."""
    result = await hass.config_entries.flow.async_init(
        DOMAIN, context={"source": SOURCE_USER}
    )
    assert result["type"] is FlowResultType.FORM
    assert result["step_id"] == "user"
    assert result["errors"] == {}
    return result


async def submit(
    hass: HomeAssistant, flow: ConfigFlowResult, values: dict[str, Any]
) -> ConfigFlowResult:
    """Send a form."""
    return await hass.config_entries.flow.async_configure(flow["flow_id"], values)


def suggested(result: ConfigFlowResult) -> dict[str, Any]:
    """Return the values that a form shows, those in sections included."""
    schema = result["data_schema"]
    assert schema is not None
    values: dict[str, Any] = {}
    for marker, validator in schema.schema.items():
        fields = getattr(validator, "schema", None)
        for key in fields.schema if fields is not None else (marker,):
            if key.description:
                values[str(key.schema)] = key.description["suggested_value"]
    return values


def placeholder(result: ConfigFlowResult, name: str) -> str:
    """Return what is filled into the texts of a form."""
    placeholders = result["description_placeholders"]
    assert placeholders is not None
    return placeholders[name]


def is_collapsed(result: ConfigFlowResult) -> bool:
    """Return whether the section with the own address is closed."""
    schema = result["data_schema"]
    assert schema is not None
    collapsed: bool = schema.schema["custom"].options["collapsed"]
    return collapsed


async def reauth(hass: HomeAssistant, entry: MockConfigEntry) -> ConfigFlowResult:
    """Start what Home Assistant starts when a secret is refused."""
    entry.add_to_hass(hass)
    result: ConfigFlowResult = await entry.start_reauth_flow(hass)
    assert result["type"] is FlowResultType.FORM
    assert result["step_id"] == "reauth_confirm"
    assert result["errors"] == {}
    assert placeholder(result, "access_id") == ACCESS_ID
    return result


async def reconfigure(hass: HomeAssistant, entry: MockConfigEntry) -> ConfigFlowResult:
    """Open the form that changes a project."""
    entry.add_to_hass(hass)
    result: ConfigFlowResult = await entry.start_reconfigure_flow(hass)
    assert result["type"] is FlowResultType.FORM
    assert result["step_id"] == "reconfigure"
    assert result["errors"] == {}
    return result


def change(
    data_center: str, url: str | None = None, secret: str | None = None
) -> dict[str, Any]:
    """Return what the form of reconfiguring sends."""
    values = user_input(data_center, url)
    del values["access_id"], values["access_secret"]
    return values if secret is None else {**values, "access_secret": secret}
