"""What a user chooses for a project and for each of its locks."""

from collections.abc import Mapping
from typing import Any

from homeassistant.config_entries import ConfigFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData
from homeassistant.helpers import device_registry as dr, entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
import voluptuous as vol

from custom_components.tuya_lock_manager.const import DOMAIN
from tests.dialogs import MENU

pytestmark = pytest.mark.usefixtures("mock_setup_entry")

AUTOMATIC = {"digits": "auto", "family": "auto"}


@pytest.fixture
def entry(hass: HomeAssistant, mock_config_entry: MockConfigEntry) -> MockConfigEntry:
    """Return an entry that Home Assistant knows."""
    mock_config_entry.add_to_hass(hass)
    return mock_config_entry


def add_lock(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    device_id: str,
    name: str,
    *,
    domain: str = "lock",
) -> dr.DeviceEntry:
    """Register what the integration registers for a lock."""
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id, identifiers={(DOMAIN, device_id)}, name=name
    )
    er.async_get(hass).async_get_or_create(
        domain, DOMAIN, device_id, config_entry=entry, device_id=device.id
    )
    return device


async def open_menu(
    hass: HomeAssistant, entry: MockConfigEntry, choice: str
) -> ConfigFlowResult:
    """Open the options and take one way of the menu."""
    result = await hass.config_entries.options.async_init(entry.entry_id)
    assert result["type"] is FlowResultType.MENU
    assert result["step_id"] == "init"
    assert result["menu_options"] == MENU
    return await submit(hass, result, {"next_step_id": choice})


async def submit(
    hass: HomeAssistant, flow: ConfigFlowResult, values: dict[str, Any]
) -> ConfigFlowResult:
    """Send a form."""
    return await hass.config_entries.options.async_configure(flow["flow_id"], values)


def schema_of(result: ConfigFlowResult) -> vol.Schema:
    """Return the form of a step."""
    schema = result["data_schema"]
    assert schema is not None
    return schema


def placeholders_of(result: ConfigFlowResult) -> Mapping[str, str]:
    """Return what is filled into the texts of a step."""
    placeholders = result["description_placeholders"]
    assert placeholders is not None
    return placeholders


def options_of(result: ConfigFlowResult, field: str) -> list[Any]:
    """Return what a select field offers."""
    options: list[Any] = schema_of(result).schema[field].config["options"]
    return options


def suggested(result: ConfigFlowResult) -> dict[str, Any]:
    """Return the values that a form shows."""
    return {
        str(key.schema): key.description["suggested_value"]
        for key in schema_of(result).schema
        if key.description
    }


async def test_names_are_shown_unless_switched_off(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    flow = await open_menu(hass, entry, "privacy")
    assert flow["step_id"] == "privacy"
    assert schema_of(flow)({}) == {"names": True, "keep_digits": True}
    result = await submit(hass, flow, {"names": False})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert entry.options == {"names": False, "keep_digits": True}

    flow = await open_menu(hass, entry, "privacy")
    assert schema_of(flow)({}) == {"names": False, "keep_digits": True}
    await submit(hass, flow, {"names": True})
    assert entry.options == {"names": True, "keep_digits": True}


async def test_digits_are_kept_unless_switched_off(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    flow = await open_menu(hass, entry, "privacy")
    await submit(hass, flow, {"names": True, "keep_digits": False})
    assert entry.options == {"names": True, "keep_digits": False}
    flow = await open_menu(hass, entry, "privacy")
    assert schema_of(flow)({}) == {"names": True, "keep_digits": False}


async def test_names_leave_the_locks_alone(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    locks = {"lock-1": {"digits": 8}}
    hass.config_entries.async_update_entry(entry, options={"locks": locks})

    flow = await open_menu(hass, entry, "privacy")
    await submit(hass, flow, {"names": False})

    assert entry.options == {"names": False, "keep_digits": True, "locks": locks}


async def test_without_locks_there_is_nothing_to_set(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    other = MockConfigEntry(domain=DOMAIN)
    other.add_to_hass(hass)
    add_lock(hass, other, "lock-of-another-project", "Elsewhere")
    add_lock(hass, entry, "gateway", "Gateway", domain="sensor")
    er.async_get(hass).async_get_or_create("lock", DOMAIN, "bare", config_entry=entry)

    result = await open_menu(hass, entry, "lock")

    assert result["step_id"] == "problem"
    assert "There is no lock" in (result["description_placeholders"] or {})["reason"]
    # The dialog goes on: there is more in its menu.
    result = await hass.config_entries.options.async_configure(result["flow_id"], {})
    assert result["step_id"] == "init"


async def test_a_lock_is_chosen_by_name(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    add_lock(hass, entry, "lock-1", "Front door")
    cellar = add_lock(hass, entry, "lock-2", "Back door")
    dr.async_get(hass).async_update_device(cellar.id, name_by_user="Cellar")
    add_lock(hass, entry, "lock-3", "Shed")
    add_lock(hass, entry, "lock-4", "Shed")
    nameless = add_lock(hass, entry, "lock-5", "Attic")
    dr.async_get(hass).async_update_device(nameless.id, name=None)
    add_lock(hass, entry, "gateway", "Gateway", domain="sensor")

    flow = await open_menu(hass, entry, "lock")

    assert flow["step_id"] == "lock"
    labels = {row["value"]: row["label"] for row in options_of(flow, "lock")}
    assert labels == {
        "lock-1": "Front door",
        "lock-2": "Cellar",
        "lock-3": "Shed (lock-3)",
        "lock-4": "Shed (lock-4)",
        "lock-5": "lock.attic",
    }
    flow = await submit(hass, flow, {"lock": "lock-2"})
    assert flow["step_id"] == "lock_settings"
    assert placeholders_of(flow) == {
        "lock": "Cellar",
        "time_zone": hass.config.time_zone,
    }
    await submit(hass, flow, {**AUTOMATIC, "digits": "8"})
    assert entry.options == {"locks": {"lock-2": {"digits": 8}}}


async def test_a_disabled_lock_can_be_chosen(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    add_lock(hass, entry, "lock-1", "Front door")
    registry = er.async_get(hass)
    entity_id = registry.async_get_entity_id("lock", DOMAIN, "lock-1")
    assert entity_id is not None
    registry.async_update_entity(entity_id, disabled_by=er.RegistryEntryDisabler.USER)

    flow = await open_menu(hass, entry, "lock")

    assert flow["step_id"] == "lock_settings"


async def test_a_lock_that_is_not_listed_is_refused(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    add_lock(hass, entry, "lock-1", "Front door")
    add_lock(hass, entry, "lock-2", "Back door")
    flow = await open_menu(hass, entry, "lock")

    with pytest.raises(InvalidData):
        await submit(hass, flow, {"lock": "lock-3"})


async def test_choices_for_the_only_lock(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    hass.config_entries.async_update_entry(entry, options={"names": False})
    add_lock(hass, entry, "lock-1", "Front door")

    flow = await open_menu(hass, entry, "lock")
    assert flow["step_id"] == "lock_settings"
    assert placeholders_of(flow)["lock"] == "Front door"
    assert suggested(flow) == {}
    assert schema_of(flow)({}) == AUTOMATIC
    zones = options_of(flow, "time_zone")
    assert "Europe/Berlin" in zones
    assert zones == sorted(zones)
    values = {"digits": "10", "time_zone": "Asia/Kolkata", "family": "keypad"}
    result = await submit(hass, flow, values)

    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert entry.options == {
        "names": False,
        "locks": {
            "lock-1": {"digits": 10, "time_zone": "Asia/Kolkata", "family": "keypad"}
        },
    }
    flow = await open_menu(hass, entry, "lock")
    assert suggested(flow) == values


async def test_choices_are_taken_back(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    chosen = {"digits": 4, "time_zone": "Europe/Rome", "family": "zigbee"}
    hass.config_entries.async_update_entry(
        entry, options={"locks": {"lock-1": chosen, "lock-2": {"digits": 9}}}
    )
    add_lock(hass, entry, "lock-1", "Front door")

    flow = await open_menu(hass, entry, "lock")
    await submit(hass, flow, {**AUTOMATIC, "digits": "4"})
    assert entry.options == {
        "locks": {"lock-1": {"digits": 4}, "lock-2": {"digits": 9}}
    }

    flow = await open_menu(hass, entry, "lock")
    await submit(hass, flow, AUTOMATIC)
    assert entry.options == {"locks": {"lock-2": {"digits": 9}}}


@pytest.mark.parametrize(
    "values",
    [
        {"digits": "3"},
        {"digits": "11"},
        {"digits": 6},
        {"digits": "6.5"},
        {"time_zone": "Mars/Olympus"},
        {"time_zone": "+08:00"},
        {"family": "unknown"},
        {"family": "steam"},
    ],
)
async def test_what_no_lock_can_have_is_refused(
    hass: HomeAssistant, entry: MockConfigEntry, values: dict[str, Any]
) -> None:
    add_lock(hass, entry, "lock-1", "Front door")
    flow = await open_menu(hass, entry, "lock")

    with pytest.raises(InvalidData):
        await submit(hass, flow, {**AUTOMATIC, **values})

    await submit(hass, flow, {**AUTOMATIC, "digits": "6"})
    assert entry.options == {"locks": {"lock-1": {"digits": 6}}}


async def test_voice(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Nothing is allowed at first, and whom digits are sent to can be taken back."""
    assert "voice_create" not in entry.options
    result = await open_menu(hass, entry, "voice")
    assert result["step_id"] == "voice"
    allowed = {"voice_create": True, "voice_delete": False, "voice_speak": False}
    result = await submit(hass, result, {**allowed, "voice_notify": "notify.phone"})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert entry.options == {**allowed, "voice_notify": "notify.phone"}
    result = await open_menu(hass, entry, "voice")
    assert suggested(result) == {**allowed, "voice_notify": "notify.phone"}
    await submit(hass, result, allowed)
    assert entry.options == allowed
    result = await open_menu(hass, entry, "voice")
    with pytest.raises(InvalidData):
        await submit(hass, result, {**allowed, "voice_notify": "light.hall"})
