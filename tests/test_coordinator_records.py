"""A client that answers as only some clouds do: records, and what goes wrong with them."""

import asyncio
from datetime import UTC, datetime, timedelta
from unittest.mock import AsyncMock

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import SOURCE_REAUTH
from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)

from custom_components.tuya_lock_manager.const import DOMAIN
from custom_components.tuya_lock_manager.tuya_cloud import (
    InvalidCredentialsError,
    InvalidRequestError,
    LockRecord,
    MalformedResponseError,
    RecordPage,
    ServerError,
    TuyaCloudError,
    UnsupportedError,
)

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def calm_client(mock_client: AsyncMock) -> AsyncMock:
    """Return a client of an account with one lock where nothing happens."""
    mock_client.now = lambda: datetime.now(UTC)
    mock_client.list_records.return_value = RecordPage((), 0, False, 0)
    mock_client.list_open_logs.return_value = RecordPage((), 0, False, None)
    mock_client.list_alarm_logs.return_value = RecordPage((), 0, False, None)
    mock_client.list_offline_passwords.return_value = ()
    mock_client.list_members.return_value = ()
    mock_client.list_panel_members.return_value = ()
    return mock_client


async def _async_set_up(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    entry.add_to_hass(hass)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()


async def _async_wait(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, duration: timedelta
) -> None:
    freezer.tick(duration)
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)


def _state(hass: HomeAssistant, entity_id: str) -> str:
    state = hass.states.get(entity_id)
    assert state is not None
    return state.state


def _record(age: timedelta, *, is_alarm: bool) -> LockRecord:
    return LockRecord(
        id=None,
        time=datetime.now(UTC) - age,
        code="alarm_lock" if is_alarm else "unlock_card",
        value="pry" if is_alarm else "7",
        is_alarm=is_alarm,
        user_id=None,
        user_name=None,
        method_name=None,
    )


async def test_a_lock_without_records_has_the_older_logs(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    calm_client: AsyncMock,
    mock_config_entry: MockConfigEntry,
) -> None:
    """The two logs do instead, and the records are not asked for in vain again."""
    calm_client.list_records.side_effect = UnsupportedError("no", code=1108)
    await _async_set_up(hass, mock_config_entry)
    assert _state(hass, "sensor.front_door_unread_alarms") == "0"
    assert _state(hass, "event.front_door_unlocked") == STATE_UNKNOWN

    await _async_wait(hass, freezer, MINUTE)
    opening = _record(SECOND, is_alarm=False)
    # The log of alarms has no range: what is too old is nobody's business any more.
    old = _record(timedelta(days=30, seconds=1), is_alarm=True)
    calm_client.list_open_logs.return_value = RecordPage((opening,), 1, False, None)
    calm_client.list_alarm_logs.return_value = RecordPage((old,), 1, False, None)
    await _async_wait(hass, freezer, HOUR)
    state = hass.states.get("event.front_door_unlocked")
    assert state is not None
    assert state.attributes["event_type"] == "card"
    assert _state(hass, "event.front_door_alarm") == STATE_UNKNOWN

    alarm_now = _record(SECOND, is_alarm=True)
    calm_client.list_alarm_logs.return_value = RecordPage(
        (alarm_now, old), 2, False, None
    )
    await _async_wait(hass, freezer, HOUR)
    state = hass.states.get("event.front_door_alarm")
    assert state is not None
    assert state.attributes["event_type"] == "pry"
    assert _state(hass, "sensor.front_door_unread_alarms") == "1"
    assert calm_client.list_records.await_count == 1
    assert calm_client.list_open_logs.await_count == 3


async def test_one_refused_request_is_no_lack_of_records(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    calm_client: AsyncMock,
    mock_config_entry: MockConfigEntry,
) -> None:
    calm_client.list_records.side_effect = InvalidRequestError("no", code=1109)
    await _async_set_up(hass, mock_config_entry)
    assert _state(hass, "sensor.front_door_unread_alarms") == STATE_UNAVAILABLE
    calm_client.list_records.side_effect = None
    await _async_wait(hass, freezer, 15 * MINUTE + SECOND)
    assert _state(hass, "sensor.front_door_unread_alarms") == "0"
    calm_client.list_open_logs.assert_not_awaited()


async def test_a_lock_without_any_log(
    hass: HomeAssistant, calm_client: AsyncMock, mock_config_entry: MockConfigEntry
) -> None:
    """Where nothing tells of alarms, the count is unavailable and not zero."""
    calm_client.list_records.side_effect = UnsupportedError("no")
    calm_client.list_open_logs.side_effect = UnsupportedError("no")
    await _async_set_up(hass, mock_config_entry)
    assert _state(hass, "sensor.front_door_unread_alarms") == STATE_UNAVAILABLE
    assert _state(hass, "sensor.front_door_active_passwords") == "0"


async def test_pages_of_records(
    hass: HomeAssistant, calm_client: AsyncMock, mock_config_entry: MockConfigEntry
) -> None:
    """Pages are read to the end, but an end that never comes is not waited for."""
    pages = [
        RecordPage(
            (_record(timedelta(minutes=number), is_alarm=True),), None, True, number
        )
        for number in range(30)
    ]
    calm_client.list_records.side_effect = pages
    await _async_set_up(hass, mock_config_entry)
    assert calm_client.list_records.await_count == 10
    asked = [call.kwargs["page"] for call in calm_client.list_records.await_args_list]
    assert asked == list(range(1, 11))
    # The count of the first page is the one that was not changed by reading.
    assert _state(hass, "sensor.front_door_unread_alarms") == "0"


async def test_a_page_that_comes_again_and_again(
    hass: HomeAssistant, calm_client: AsyncMock, mock_config_entry: MockConfigEntry
) -> None:
    """A cloud that answers every page alike is asked twice."""
    calm_client.list_records.return_value = RecordPage(
        (_record(MINUTE, is_alarm=True),), None, True, 1
    )
    await _async_set_up(hass, mock_config_entry)
    assert calm_client.list_records.await_count == 2
    assert _state(hass, "sensor.front_door_unread_alarms") == "1"


async def test_a_cloud_without_a_list_of_offline_codes(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    calm_client: AsyncMock,
    mock_config_entry: MockConfigEntry,
) -> None:
    """That is no fault, and it is asked for once a day only."""
    calm_client.list_offline_passwords.side_effect = UnsupportedError("no")
    await _async_set_up(hass, mock_config_entry)
    assert _state(hass, "sensor.front_door_active_passwords") == "0"
    for _ in range(24):
        await _async_wait(hass, freezer, HOUR)
    assert calm_client.list_offline_passwords.await_count == 2
    assert calm_client.list_passwords.await_count == 3


@pytest.mark.parametrize(
    ("method", "entity_id"),
    [
        ("list_passwords", "sensor.front_door_active_passwords"),
        ("list_records", "sensor.front_door_unread_alarms"),
        ("list_members", "sensor.front_door_family_members"),
    ],
)
async def test_credentials_that_a_part_refuses(
    hass: HomeAssistant,
    calm_client: AsyncMock,
    mock_config_entry: MockConfigEntry,
    method: str,
    entity_id: str,
) -> None:
    """Whichever call finds out: the user is asked for the secret once."""
    getattr(calm_client, method).side_effect = InvalidCredentialsError("sign invalid")
    await _async_set_up(hass, mock_config_entry)
    (flow,) = hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    assert flow["context"]["source"] == SOURCE_REAUTH
    assert _state(hass, entity_id) == STATE_UNAVAILABLE
    assert _state(hass, "binary_sensor.front_door_connectivity") == "on"


@pytest.mark.parametrize(
    "error", [MalformedResponseError("no JSON"), ServerError("HTTP 502")]
)
async def test_nonsense_is_an_outage(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    calm_client: AsyncMock,
    mock_config_entry: MockConfigEntry,
    error: TuyaCloudError,
) -> None:
    """An answer that can't be read makes nothing zero and logs no stack."""
    await _async_set_up(hass, mock_config_entry)
    assert _state(hass, "sensor.front_door_panel_members") == "0"
    calm_client.list_panel_members.side_effect = error
    await _async_wait(hass, freezer, DAY + MINUTE)
    assert _state(hass, "sensor.front_door_panel_members") == STATE_UNAVAILABLE
    assert _state(hass, "sensor.front_door_family_members") == STATE_UNAVAILABLE


async def test_a_reading_that_outlasts_the_account(
    hass: HomeAssistant,
    calm_client: AsyncMock,
    mock_config_entry: MockConfigEntry,
) -> None:
    """An answer that comes after the unloading starts no watch."""
    calm_client.create_password.return_value = "17"
    await _async_set_up(hass, mock_config_entry)
    await hass.services.async_call(
        DOMAIN,
        "create_temp_password",
        {"entity_id": "lock.front_door", "name": "Ann"},
        blocking=True,
        return_response=True,
    )
    asked, answer = asyncio.Event(), asyncio.Event()

    async def hang(device_id: str) -> tuple[()]:
        asked.set()
        await answer.wait()
        return ()

    calm_client.list_passwords.side_effect = hang
    pressing = hass.async_create_task(
        hass.services.async_call(
            "button", "press", {"entity_id": "button.front_door_refresh"}, blocking=True
        )
    )
    await asked.wait()
    assert await hass.config_entries.async_unload(mock_config_entry.entry_id)
    answer.set()
    await pressing
    calm_client.list_passwords.assert_awaited()
