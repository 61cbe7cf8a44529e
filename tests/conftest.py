"""What the tests of the integration share."""

from collections.abc import AsyncGenerator, Generator
import time
from unittest.mock import AsyncMock, patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.syrupy import HomeAssistantSnapshotExtension
from pytest_homeassistant_custom_component.typing import WebSocketGenerator
from syrupy.assertion import SnapshotAssertion

# Importing our own package first also makes Home Assistant find it: the test kit
# has a package "custom_components" of its own.
from custom_components import tuya_lock_manager
from custom_components.tuya_lock_manager import flow_probe
from custom_components.tuya_lock_manager.const import (
    CONF_ACCESS_ID,
    CONF_ACCESS_SECRET,
    CONF_DATA_CENTER,
    CONF_URL,
    DOMAIN,
)
from custom_components.tuya_lock_manager.tuya_cloud import (
    DATA_CENTERS,
    Device,
    RecordPage,
    TuyaLockClient,
)
from simulator import Simulator
from tests.automating import Automation
from tests.booking import Person
from tests.clouds import Cloud
from tests.samples import ACCESS_ID, ACCESS_SECRET, lock
from tests.simulated import Home, new_world


@pytest.fixture(autouse=True)
def auto_enable_custom_integrations(request: pytest.FixtureRequest) -> None:
    """Let Home Assistant load the integration, in tests that have a Home Assistant.

    A recorder has to be there before Home Assistant is.
    """
    for fixture in ("recorder_mock", "hass"):
        if fixture in request.fixturenames:
            request.getfixturevalue(fixture)
    if "hass" in request.fixturenames:
        request.getfixturevalue("enable_custom_integrations")


@pytest.fixture(autouse=True)
def nothing_outdated(caplog: pytest.LogCaptureFixture) -> Generator[None]:
    """Fail where Home Assistant finds that the integration uses what will go."""
    yield
    told = [record.getMessage() for record in caplog.get_records("call")]
    assert [text for text in told if "Detected that custom integration" in text] == []


@pytest.fixture
def snapshot(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Write snapshots as Home Assistant's own tests do."""
    return snapshot.use_extension(HomeAssistantSnapshotExtension)


@pytest.fixture
def entity_registry_enabled_by_default() -> Generator[None]:
    """Switch on the entities that are off at first."""
    with patch(
        "homeassistant.helpers.entity.Entity.entity_registry_enabled_default",
        return_value=True,
    ):
        yield


@pytest.fixture
def mock_config_entry() -> MockConfigEntry:
    """Return an entry of a project in Central Europe, not yet added."""
    return MockConfigEntry(
        domain=DOMAIN,
        title="Tuya Lock Manager (Central Europe)",
        unique_id=f"{ACCESS_ID}@openapi.tuyaeu.com",
        data={
            CONF_ACCESS_ID: ACCESS_ID,
            CONF_ACCESS_SECRET: ACCESS_SECRET,
            CONF_DATA_CENTER: "eu",
            CONF_URL: DATA_CENTERS["eu"],
        },
    )


@pytest.fixture
def devices() -> tuple[Device, ...]:
    """Return what the project lists; a test may give its own."""
    return (lock("lock-1"),)


@pytest.fixture
def mock_client(devices: tuple[Device, ...]) -> Generator[AsyncMock]:
    """Replace the client, in the config flow too, by one that finds locks everywhere."""
    client = AsyncMock(spec=TuyaLockClient)
    client.list_devices.return_value = devices
    client.list_passwords.return_value = ()
    client.list_offline_passwords.return_value = ()
    client.list_records.return_value = RecordPage((), 0, False, 0)
    client.list_members.return_value = ()
    client.list_panel_members.return_value = ()
    client.now.side_effect = dt_util.utcnow
    with (
        patch.object(flow_probe, "TuyaLockClient", return_value=client),
        patch.object(tuya_lock_manager, "TuyaLockClient", return_value=client),
    ):
        yield client


@pytest.fixture
def mock_setup_entry() -> Generator[AsyncMock]:
    """Keep entries from being set up."""
    with patch(
        "custom_components.tuya_lock_manager.async_setup_entry", return_value=True
    ) as setup:
        yield setup


@pytest.fixture
def cloud() -> Generator[Cloud]:
    """Put a cloud in the place of the client, empty everywhere."""
    cloud = Cloud()
    with patch.object(flow_probe, "TuyaLockClient", cloud.client):
        yield cloud


@pytest.fixture
async def home(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, socket_enabled: None
) -> AsyncGenerator[Home]:
    """Return a home whose account is not set up yet, on a Monday at half past twelve."""
    await hass.config.async_set_time_zone("Europe/Berlin")
    freezer.move_to("2026-06-01 10:30:00+00:00")
    # The client's default clock was taken before the time was stopped.
    clock = {"clock": time.time}
    with patch.dict(TuyaLockClient.__init__.__kwdefaults__, clock):
        async with Simulator(new_world()) as simulator:
            yield Home(hass, simulator, freezer)


@pytest.fixture
def automation(hass: HomeAssistant) -> Automation:
    """Return an automation that is not set up yet, and notes what it is told."""
    return Automation(hass)


@pytest.fixture
async def person(
    home: Home, hass: HomeAssistant, hass_ws_client: WebSocketGenerator
) -> Person:
    """Return an administrator at a home that is set up."""
    await home.async_setup()
    return Person(hass, await hass_ws_client(hass))


@pytest.fixture
def only_locks() -> Generator[None]:
    """Have no entities but the locks: nothing else asks the cloud for news."""
    with patch.object(tuya_lock_manager, "PLATFORMS", [Platform.LOCK]):
        yield


@pytest.fixture(params=["shared", "apart"])
def book(request: pytest.FixtureRequest, home: Home) -> str:
    """Run a test in both kinds of clouds: whether template passwords are kept apart.

    Nobody knows whether Tuya does.
    """
    value: str = request.param
    home.world.around.switches.set("template_book", value)
    return value
