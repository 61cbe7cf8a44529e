"""Setting an account up, unloading it, reloading it, removing it."""

from datetime import timedelta
from typing import Any
from unittest.mock import AsyncMock, patch

from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntryState
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from syrupy.assertion import SnapshotAssertion

from custom_components.tuya_lock_manager.const import CONF_ACCESS_SECRET, DOMAIN
from custom_components.tuya_lock_manager.tuya_cloud import errors
from simulator.locks.reports import alarm
from tests.samples import NEW_SECRET
from tests.simulated import Home

LOCKS = ["Front door", "Garage", "Garden gate", "Office", "Shed"]

# Every kind of error that the account's listing may meet, and what the page of the
# integration says about it.
REASONS = {
    errors.TokenError: "token_refused",
    errors.ClockSkewError: "clock_wrong",
    errors.WrongDataCenterError: "wrong_data_center",
    errors.NotSubscribedError: "not_subscribed",
    errors.PermissionDeniedError: "permission_denied",
    errors.PlanExpiredError: "plan_expired",
    errors.QuotaExhaustedError: "quota_exhausted",
    errors.ThrottledError: "throttled",
    errors.DeviceOfflineError: "lock_offline",
    errors.DeviceNotFoundError: "lock_not_found",
    errors.UnsupportedError: "not_supported",
    errors.PasswordNotFoundError: "password_gone",
    errors.PasswordExpiredError: "password_expired",
    errors.LockFullError: "lock_full",
    errors.NameTakenError: "name_taken",
    errors.DuplicatePasswordError: "code_taken_at_lock",
    errors.WindowInPastError: "window_too_early",
    errors.LockBusyError: "lock_busy",
    errors.InvalidRequestError: "request_refused",
    errors.ServerError: "cloud_error",
    errors.MalformedResponseError: "cloud_error",
    errors.PlanError: "refused_by_tuya",
    errors.TicketError: "refused_by_tuya",
    errors.PasswordStateError: "refused_by_tuya",
    errors.TuyaCloudError: "refused_by_tuya",
}


def _state(home: Home) -> ConfigEntryState:
    state: ConfigEntryState = home.entry.state
    return state


def _lock_names(hass: HomeAssistant) -> list[str]:
    return sorted(state.name for state in hass.states.async_all("lock"))


async def test_devices(
    home: Home, device_registry: dr.DeviceRegistry, snapshot: SnapshotAssertion
) -> None:
    """Every lock is a device that says what it is; a gateway is one, a plug is not."""
    await home.async_setup()
    assert _state(home) is ConfigEntryState.LOADED
    devices = dr.async_entries_for_config_entry(device_registry, home.entry.entry_id)
    names = {device.id: device.name for device in devices}
    shown = [
        {
            "name": device.name,
            "manufacturer": device.manufacturer,
            "model": device.model,
            "model_id": device.model_id,
            "family": device.hw_version,
            "gateway": names.get(device.via_device_id or ""),
        }
        for device in sorted(devices, key=lambda device: device.name or "")
    ]
    assert shown == snapshot
    assert set(names.values()) == {
        *LOCKS,
        "Zigbee gateway",
        "Bluetooth gateway",
        home.entry.title,
    }
    for device in devices:
        ((domain, device_id),) = device.identifiers
        assert domain == DOMAIN
        if device_id == home.entry.entry_id:
            # What concerns the account hangs on no lock.
            assert device.entry_type is dr.DeviceEntryType.SERVICE
            continue
        real = home.world.devices[device_id]
        assert device.name == real.name
        # A gateway is only there to be referred to.
        is_lock = device_id in home.world.locks
        assert device.serial_number == (real.uuid if is_lock else None)


async def test_unload_and_reload(hass: HomeAssistant, home: Home) -> None:
    """An unloaded account asks nothing; loaded again, it is as it was."""
    await home.async_setup()
    before = {state.entity_id: state.state for state in hass.states.async_all()}
    await home.async_act("create_temp_password", "lock.garage", name="Ann")

    assert await hass.config_entries.async_unload(home.entry.entry_id)
    await hass.async_block_till_done()
    assert _state(home) is ConfigEntryState.NOT_LOADED
    assert {state.state for state in hass.states.async_all()} == {STATE_UNAVAILABLE}
    home.world.requests.clear()
    await home.async_pass_in_steps(timedelta(days=1), timedelta(hours=1))
    assert home.asked() == []

    await home.async_restart()
    assert _state(home) is ConfigEntryState.LOADED
    assert {state.entity_id for state in hass.states.async_all()} == before.keys()
    assert _lock_names(hass) == LOCKS


async def test_a_platform_that_does_not_unload(
    hass: HomeAssistant, home: Home, hass_storage: dict[str, Any]
) -> None:
    """Home Assistant is told, and what still runs keeps its own time for saving."""
    await home.async_setup()
    with patch.object(
        hass.config_entries, "async_unload_platforms", return_value=False
    ):
        assert not await hass.config_entries.async_unload(home.entry.entry_id)
    assert _state(home) is ConfigEntryState.FAILED_UNLOAD
    assert f"{DOMAIN}.{home.entry.entry_id}" not in hass_storage


async def test_removing_the_account_deletes_what_was_remembered(
    hass: HomeAssistant, home: Home, hass_storage: dict[str, Any]
) -> None:
    """Nothing of an account stays behind, not even what is still waiting to be saved."""
    await home.async_setup()
    await home.async_act("create_temp_password", "lock.front_door", name="Ann")
    key = f"{DOMAIN}.{home.entry.entry_id}"
    assert key in hass_storage
    alarm(home.lock("lock.front_door"), "pry", home.world.clock.now())
    await home.async_refresh("lock.front_door")

    await hass.config_entries.async_remove(home.entry.entry_id)
    await hass.async_block_till_done()
    assert key not in hass_storage
    await home.async_pass(timedelta(minutes=1))
    assert key not in hass_storage
    assert hass.states.async_all() == []
    assert not dr.async_get(hass).devices


async def test_outage_at_the_start(hass: HomeAssistant, home: Home) -> None:
    """While the cloud is down, setting up is tried again until it is there."""
    home.world.faults.parse("http_5xx")
    await home.async_setup()
    assert _state(home) is ConfigEntryState.SETUP_RETRY
    assert home.entry.error_reason_translation_key == "cloud_error"
    assert hass.states.async_all() == []

    home.world.faults.remove()
    await home.async_pass(timedelta(minutes=2))
    assert _state(home) is ConfigEntryState.LOADED
    assert _lock_names(hass) == LOCKS


async def test_wrong_secret_starts_a_new_login(hass: HomeAssistant, home: Home) -> None:
    """A refused secret asks the user, and no request is repeated in vain."""
    home.entry.add_to_hass(hass)
    hass.config_entries.async_update_entry(
        home.entry, data={**home.entry.data, CONF_ACCESS_SECRET: NEW_SECRET}
    )
    await hass.config_entries.async_setup(home.entry.entry_id)
    await hass.async_block_till_done()
    assert _state(home) is ConfigEntryState.SETUP_ERROR
    assert home.entry.error_reason_translation_key == "invalid_credentials"
    (flow,) = hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    assert flow["context"]["source"] == SOURCE_REAUTH
    assert flow["context"]["entry_id"] == home.entry.entry_id


async def test_secret_revoked_while_running(hass: HomeAssistant, home: Home) -> None:
    """A secret that is reset on the platform asks the user once, however many locks."""
    await home.async_setup()
    home.world.project.revoke_tokens()
    home.world.project.access_secret = NEW_SECRET
    await home.async_pass(timedelta(minutes=61))
    (flow,) = hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    assert flow["context"]["source"] == SOURCE_REAUTH
    assert home.state("lock.front_door") == STATE_UNAVAILABLE
    assert home.state("sensor.garage_unread_alarms") == STATE_UNAVAILABLE


@pytest.mark.parametrize("kind", REASONS)
async def test_what_the_page_says_about_an_error(
    hass: HomeAssistant,
    mock_client: AsyncMock,
    mock_config_entry: MockConfigEntry,
    kind: type[errors.TuyaCloudError],
) -> None:
    """Every kind of error becomes a reason in plain words with Tuya's own beside it."""
    mock_client.list_devices.side_effect = kind("Tuya says no", code=4711, tid="abc")
    mock_config_entry.add_to_hass(hass)
    await hass.config_entries.async_setup(mock_config_entry.entry_id)
    await hass.async_block_till_done()
    assert mock_config_entry.state is ConfigEntryState.SETUP_RETRY
    assert mock_config_entry.error_reason_translation_key == REASONS[kind]
    placeholders = mock_config_entry.error_reason_translation_placeholders
    assert placeholders == {"detail": "Tuya says no (code 4711, tid abc)"}
    # The text exists, and has Tuya's words in it.
    assert "Tuya's answer: Tuya says no" in str(mock_config_entry.reason)
    assert hass.config_entries.flow.async_progress() == []


async def test_no_connection(
    hass: HomeAssistant, mock_client: AsyncMock, mock_config_entry: MockConfigEntry
) -> None:
    """A cloud that doesn't answer is tried again later."""
    mock_client.list_devices.side_effect = errors.ConnectionFailedError(
        "no route", request_sent=False
    )
    mock_config_entry.add_to_hass(hass)
    await hass.config_entries.async_setup(mock_config_entry.entry_id)
    await hass.async_block_till_done()
    assert mock_config_entry.state is ConfigEntryState.SETUP_RETRY
    assert mock_config_entry.error_reason_translation_key == "cannot_connect"


def test_every_kind_of_error_is_tried() -> None:
    """No kind of error is forgotten above."""

    def kinds(
        base: type[errors.TuyaCloudError],
    ) -> set[type[errors.TuyaCloudError]]:
        return {base}.union(*map(kinds, base.__subclasses__()))

    abstract = {errors.PasswordError}
    elsewhere = {errors.InvalidCredentialsError, errors.ConnectionFailedError}
    assert kinds(errors.TuyaCloudError) - abstract - elsewhere == REASONS.keys()


async def test_one_unreadable_lock_keeps_no_other_away(
    hass: HomeAssistant, home: Home
) -> None:
    """Each lock stands for itself, from the very beginning."""
    garage = home.world.lock("Garage")
    home.world.faults.parse(f"http_5xx:path=devices/{garage.id}")
    await home.async_setup()
    assert _state(home) is ConfigEntryState.LOADED
    assert _lock_names(hass) == LOCKS
    # The account's list tells these two; the rest has never been read.
    assert home.state("binary_sensor.garage_connectivity") == "on"
    assert home.state("sensor.garage_battery") == "82"
    for kind in ("active_passwords", "next_expiry", "unread_alarms", "panel_members"):
        assert home.state(f"sensor.garage_{kind}") == STATE_UNAVAILABLE
    assert home.state("event.garage_alarm") == STATE_UNAVAILABLE
    assert home.state("sensor.front_door_active_passwords") == "0"

    home.world.faults.remove()
    await home.async_pass(timedelta(minutes=31))
    assert home.state("sensor.garage_active_passwords") == "0"
    assert home.state("sensor.garage_unread_alarms") == "1"
    # Members are read once a day, so they come with the next reading or the button.
    await home.async_refresh("lock.garage")
    assert home.state("sensor.garage_panel_members") == "2"


async def test_a_new_login_reloads_and_options_do_not(
    hass: HomeAssistant, home: Home
) -> None:
    """A changed secret is used at once; a changed option costs no request."""
    await home.async_setup()
    home.world.requests.clear()
    loaded = home.entry.runtime_data
    locks = {home.lock("lock.office").id: {"digits": 8}}
    hass.config_entries.async_update_entry(
        home.entry, options={**home.entry.options, "locks": locks}
    )
    await hass.async_block_till_done()
    assert home.entry.runtime_data is loaded
    assert home.asked() == []

    home.world.project.access_secret = NEW_SECRET
    home.world.project.revoke_tokens()
    hass.config_entries.async_update_entry(
        home.entry, data={**home.entry.data, CONF_ACCESS_SECRET: NEW_SECRET}
    )
    await hass.async_block_till_done()
    assert _state(home) is ConfigEntryState.LOADED
    assert home.entry.runtime_data is not loaded
    assert home.state("lock.front_door") == "locked"
    assert hass.config_entries.flow.async_progress() == []


async def test_names_reload(hass: HomeAssistant, home: Home) -> None:
    """States must lose names, or get them, at once; that costs a start's requests."""
    await home.async_setup()
    for names in (False, True):
        loaded = home.entry.runtime_data
        hass.config_entries.async_update_entry(
            home.entry, options={**home.entry.options, "names": names}
        )
        await hass.async_block_till_done()
        assert _state(home) is ConfigEntryState.LOADED
        assert home.entry.runtime_data is not loaded
