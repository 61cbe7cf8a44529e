"""Finding the data center of a project."""

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest

from custom_components.tuya_lock_manager import flow_probe
from custom_components.tuya_lock_manager.flow_errors import CheckError
from custom_components.tuya_lock_manager.flow_probe import data_centers_by_distance
from custom_components.tuya_lock_manager.tuya_cloud import (
    DATA_CENTERS,
    ClockSkewError,
    ConnectionFailedError,
    Device,
    InvalidCredentialsError,
    MalformedResponseError,
    NotSubscribedError,
    PermissionDeniedError,
    PlanExpiredError,
    QuotaExhaustedError,
    ThrottledError,
    TuyaCloudError,
    WrongDataCenterError,
)
from tests.clouds import Cloud
from tests.flows import ERRORS, placeholder, start, submit, user_input
from tests.samples import ACCESS_ID, lock

pytestmark = pytest.mark.usefixtures("mock_setup_entry")


@pytest.mark.parametrize(
    ("country", "time_zone", "nearest"),
    [
        ("DE", "Europe/Berlin", ["eu", "weu"]),
        (None, "Europe/London", ["eu", "weu"]),
        (None, "Africa/Cairo", ["eu", "weu"]),
        (None, "UTC", ["eu", "weu"]),
        ("US", "America/New_York", ["us", "ueaz"]),
        ("US", "UTC", ["us", "ueaz"]),
        ("CA", "UTC", ["us", "ueaz"]),
        (None, "America/Sao_Paulo", ["us", "ueaz"]),
        (None, "US/Pacific", ["us", "ueaz"]),
        (None, "Australia/Sydney", ["us", "ueaz"]),
        (None, "Pacific/Auckland", ["us", "ueaz"]),
        (None, "Asia/Tokyo", ["us", "sg", "eu"]),
        ("IN", "Asia/Kolkata", ["in", "eu"]),
        ("CN", "Asia/Shanghai", ["cn", "eu"]),
        ("SG", "Asia/Singapore", ["sg", "eu"]),
    ],
)
def test_the_nearest_data_center_is_tried_first(
    country: str | None, time_zone: str, nearest: list[str]
) -> None:
    order = [center.key for center in data_centers_by_distance(country, time_zone)]

    assert order[: len(nearest)] == nearest
    assert sorted(order) == sorted(DATA_CENTERS)


async def test_the_data_center_is_found(hass: HomeAssistant, cloud: Cloud) -> None:
    await hass.config.async_set_time_zone("Europe/Berlin")
    cloud.connecting["eu"] = WrongDataCenterError("suspended", code=28841107)
    cloud.listing["weu"] = ()
    cloud.listing["us"] = (lock("lock-1"),)

    result = await submit(hass, await start(hass), user_input("auto"))

    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert cloud.asked == ["eu", "weu", "us"]
    assert result["data"]["data_center"] == "us"
    assert result["data"]["url"] == "https://openapi.tuyaus.com"
    assert result["title"] == "Tuya Lock Manager (Western America)"
    assert result["result"].unique_id == f"{ACCESS_ID}@openapi.tuyaus.com"


@pytest.mark.parametrize(
    ("country", "time_zone", "first"),
    [(None, "America/Chicago", "us"), ("IN", "America/Chicago", "in")],
)
async def test_the_home_decides_where_the_search_begins(
    hass: HomeAssistant, cloud: Cloud, country: str | None, time_zone: str, first: str
) -> None:
    hass.config.country = country
    await hass.config.async_set_time_zone(time_zone)
    cloud.listing[first] = (lock("lock-1"),)

    result = await submit(hass, await start(hass), user_input("auto"))

    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert cloud.asked == [first]


SECRET_WRONG = InvalidCredentialsError("sign invalid", code=1004)
CLIENT_UNKNOWN = InvalidCredentialsError("clientId invalid", code=1005)
ELSEWHERE = WrongDataCenterError("suspended", code=28841107)
UNREACHABLE = ConnectionFailedError("refused", request_sent=False)


@pytest.mark.parametrize(
    ("informative", "key", "others"),
    [
        (NotSubscribedError("x", code=28841106), "not_subscribed", PlanExpiredError("x", code=28841002)),
        (PlanExpiredError("x", code=28841002), "plan_expired", QuotaExhaustedError("x", code=28841004)),
        (QuotaExhaustedError("x", code=28841004), "quota_exhausted", SECRET_WRONG),
        (SECRET_WRONG, "invalid_auth", ()),
        ((), "no_locks", PermissionDeniedError("x", code=1106)),
        (PermissionDeniedError("x", code=1106), "permission_denied", ThrottledError("x", code=1199)),
        (ThrottledError("x", code=1199), "try_again", TuyaCloudError("x", code=4711)),
        (TuyaCloudError("x", code=4711), "unknown", MalformedResponseError("x")),
        (MalformedResponseError("x"), "unexpected_answer", ELSEWHERE),
        (ELSEWHERE, "wrong_data_center", CLIENT_UNKNOWN),
        (CLIENT_UNKNOWN, "invalid_auth", UNREACHABLE),
        (UNREACHABLE, "cannot_connect", UNREACHABLE),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
@pytest.mark.parametrize("place", ["eu", "in", "cn"])
async def test_the_most_informative_error_is_shown(
    hass: HomeAssistant,
    cloud: Cloud,
    place: str,
    informative: TuyaCloudError | tuple[Device, ...],
    key: str,
    others: TuyaCloudError | tuple[Device, ...],
) -> None:
    cloud.listing = dict.fromkeys(DATA_CENTERS, others) | {place: informative}

    result = await submit(hass, await start(hass), user_input("auto"))

    assert result["errors"] == {"base": key}
    assert sorted(cloud.asked) == sorted(DATA_CENTERS)
    if isinstance(informative, TuyaCloudError):
        assert placeholder(result, "answer") == str(informative)
    cloud.listing[place] = (lock("lock-1"),)
    result = await submit(hass, result, user_input("auto"))
    assert result["type"] is FlowResultType.CREATE_ENTRY


async def test_a_wrong_clock_ends_the_search(hass: HomeAssistant, cloud: Cloud) -> None:
    await hass.config.async_set_time_zone("Europe/Berlin")
    cloud.connecting = {
        "eu": ELSEWHERE,
        "weu": ClockSkewError("request time is invalid", code=1013),
    }

    result = await submit(hass, await start(hass), user_input("auto"))

    assert result["errors"] == {"base": "clock_wrong"}
    assert cloud.asked == ["eu", "weu"]


@pytest.mark.parametrize(
    ("before", "key"), [(None, "cannot_connect"), (ELSEWHERE, "wrong_data_center")]
)
async def test_the_search_has_a_time_limit(
    hass: HomeAssistant,
    cloud: Cloud,
    monkeypatch: pytest.MonkeyPatch,
    before: TuyaCloudError | None,
    key: str,
) -> None:
    await hass.config.async_set_time_zone("Europe/Berlin")
    monkeypatch.setattr(flow_probe, "TOTAL_TIMEOUT", 0.05)
    if before is not None:
        cloud.connecting["eu"] = before
        cloud.hanging = {"weu"}
    else:
        cloud.hanging = {"eu"}

    result = await submit(hass, await start(hass), user_input("auto"))

    assert result["errors"] == {"base": key}
    assert "us" not in cloud.asked


def test_every_error_has_a_rank() -> None:
    ranks = [CheckError.of(error).rank for error, _ in ERRORS]
    # Three errors mean "try again", two are unknown; all others differ.
    assert len(set(ranks)) == len(ERRORS) - 3
