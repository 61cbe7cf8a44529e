"""What is asked, when, what it costs, and what becomes of it when nobody answers."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
import logging
from unittest.mock import AsyncMock

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import SOURCE_REAUTH
from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
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
from simulator import World
from simulator.locks.delivery import connect, cut_off, wake
from simulator.locks.lock import Lock
from simulator.locks.reports import alarm, method_opened
from tests.simulated import Home

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LOGGER = "custom_components.tuya_lock_manager"


async def _async_create(
    home: Home, lock: str, start: timedelta = timedelta(), hours: int = 1
) -> float:
    """Make a code that starts after a while; return when, and forget what was asked."""
    now = home.world.clock.now()
    await home.async_act(
        "create_temp_password",
        lock,
        name="Ann",
        start=home.local(now + start.total_seconds()),
        duration=timedelta(hours=hours),
    )
    home.world.requests.clear()
    return now


async def _async_reads(
    home: Home, lock: str, since: float, during: timedelta, step: timedelta
) -> list[float]:
    """Let time pass; return after what time the passwords were read, in steps."""
    await home.async_pass_in_steps(during, step)
    size = step.total_seconds()
    return [(moment - since) // size * size for moment in home.asked(lock, "passwords")]


def _touch(lock: Lock) -> None:
    """Open the door with a finger, which wakes a sleeping lock."""
    method = lock.people.method("fingerprint", 1)
    assert method is not None
    method_opened(lock, method, lock.now)


def _use(home: Home, *locks: str) -> None:
    """Leave these locks alone in the home."""
    for name in [lock.device.name for lock in home.world.locks.values()]:
        if name not in locks:
            home.world.remove_device(home.world.lock(name).id)


@pytest.mark.parametrize("name", ["Front door", "Office"])
async def test_the_watch_of_a_quick_lock(home: Home, name: str) -> None:
    """Six reads while the code is on its way, each a moment later; then the poll."""
    _use(home, name)
    await home.async_setup()
    lock = f"lock.{name.lower().replace(' ', '_')}"
    # The gateway keeps trying, and nothing is confirmed.
    home.world.around.switches.set("delivery_seconds", "3000")
    since = await _async_create(home, lock)
    reads = await _async_reads(home, lock, since, 3 * MINUTE, SECOND)
    assert reads == [4, 9, 16, 26, 41, 91]
    # Then it is not known what became of it, and nobody calls it pending for ever.
    name = lock.partition(".")[2]
    assert home.state(f"sensor.{name}_pending_passwords") == "0"
    assert home.state(f"sensor.{name}_active_passwords") == "0"


async def test_the_watch_ends_with_the_delivery(home: Home) -> None:
    """A confirmed code is not read again, and the next code's watch is its own."""
    _use(home, "Front door")
    await home.async_setup()
    since = await _async_create(home, "lock.front_door", hours=2)
    reads = await _async_reads(home, "lock.front_door", since, 2 * MINUTE, SECOND)
    assert reads == [4]
    assert home.state("sensor.front_door_active_passwords") == "1"
    since = await _async_create(home, "lock.front_door", hours=3)
    reads = await _async_reads(home, "lock.front_door", since, 2 * MINUTE, SECOND)
    assert reads == [4]
    assert home.state("sensor.front_door_active_passwords") == "2"


async def test_one_read_serves_all_codes(home: Home) -> None:
    """Codes that wait together are not read for apart."""
    _use(home, "Front door")
    await home.async_setup()
    home.world.around.switches.set("delivery_seconds", "3000")
    await _async_create(home, "lock.front_door", hours=2)
    since = await _async_create(home, "lock.front_door", hours=3)
    reads = await _async_reads(home, "lock.front_door", since, 2 * MINUTE, SECOND)
    assert reads == [4, 9, 16, 26, 41, 91]


async def test_the_watch_survives_an_outage(home: Home) -> None:
    """A read that fails is not the last one; the code is found when the cloud is back."""
    _use(home, "Front door")
    await home.async_setup()
    since = await _async_create(home, "lock.front_door")
    home.world.faults.parse("http_5xx:calls=passwords")
    reads = await _async_reads(home, "lock.front_door", since, 80 * SECOND, SECOND)
    # The list should show it after a minute: it is looked at before that is doubted.
    assert reads == [4, 9, 16, 26, 41, 61]
    assert home.state("sensor.front_door_pending_passwords") == STATE_UNAVAILABLE
    home.world.faults.remove()
    await home.async_pass_in_steps(15 * SECOND, SECOND)
    assert home.state("sensor.front_door_active_passwords") == "1"


async def test_the_watch_of_a_deletion(home: Home) -> None:
    """A deletion is on its way like a code; until the lock did it, it may open."""
    _use(home, "Front door")
    await home.async_setup()
    await _async_create(home, "lock.front_door")
    await home.async_pass_in_steps(10 * SECOND, SECOND)
    since = home.world.clock.now()
    await home.async_act("delete_password", "lock.front_door", password="Ann")
    home.world.requests.clear()
    reads = await _async_reads(home, "lock.front_door", since, 2 * MINUTE, SECOND)
    assert reads == [4]
    assert home.state("sensor.front_door_active_passwords") == "0"
    assert home.state("sensor.front_door_next_expiry") == STATE_UNKNOWN


@pytest.mark.parametrize("name", ["Garage", "Garden gate"])
async def test_the_watch_of_a_sleepy_lock(home: Home, name: str) -> None:
    """Two reads; then the poll, and every ten minutes from two hours before the start."""
    _use(home, name)
    await home.async_setup()
    lock = f"lock.{name.lower().replace(' ', '_')}"
    since = await _async_create(home, lock, start=4 * HOUR, hours=2)
    reads = await _async_reads(home, lock, since, MINUTE, SECOND)
    assert reads == [11, 31]

    home.world.requests.clear()
    await home.async_pass(2 * HOUR - MINUTE - 2 * SECOND)
    begin = since + 2 * 3600
    # Only the ordinary poll so far.
    assert len(home.asked(lock, "passwords")) == 1
    home.world.requests.clear()
    await home.async_pass_in_steps(HOUR, 10 * SECOND)
    reads = [moment - begin for moment in home.asked(lock, "passwords")]
    assert all(any(0 <= read - tens * 600 <= 12 for read in reads) for tens in range(6))
    assert len(reads) <= 6 + 2
    # Nobody says that it is there; a keypad's code is not called pending for long.
    sensor = lock.replace("lock", "sensor", 1)
    assert home.state(f"{sensor}_active_passwords") == "0"
    assert home.state(f"{sensor}_next_expiry") == STATE_UNKNOWN


async def test_a_boundary_during_a_reading(home: Home) -> None:
    """What the clock made of a code meanwhile doesn't outlive what the cloud says."""
    _use(home, "Garage")
    await home.async_setup()
    await _async_create(home, "lock.garage")
    # The first reading and the end of the patience with it fall due in one moment.
    await home.async_pass(5 * MINUTE)
    assert len(home.asked("lock.garage", "passwords")) == 1
    assert home.state("sensor.garage_pending_passwords") == "1"


async def test_a_code_that_nobody_came_for(home: Home) -> None:
    """A day after its start a code that the lock never fetched is left to the poll."""
    _use(home, "Garage")
    await home.async_setup()
    await _async_create(home, "lock.garage", hours=24 * 7)
    await home.async_pass_in_steps(26 * HOUR, 20 * MINUTE)
    home.world.requests.clear()
    await home.async_pass_in_steps(2 * HOUR, 5 * MINUTE)
    assert len(home.asked("lock.garage", "passwords")) == 4
    assert home.state("sensor.garage_pending_passwords") == "1"


@pytest.mark.parametrize("name", ["Garage", "Garden gate"])
async def test_a_sleepy_lock_that_was_touched(home: Home, name: str) -> None:
    """Its new record tells that it was awake: the passwords are read once, at once."""
    _use(home, name)
    await home.async_setup()
    lock = f"lock.{name.lower().replace(' ', '_')}"
    expiry = f"{lock.replace('lock', 'sensor', 1)}_next_expiry"
    await home.async_pass(7 * MINUTE)
    await _async_create(home, lock, start=5 * HOUR)
    await home.async_pass_in_steps(6 * MINUTE, 10 * SECOND)
    assert home.state(expiry) == STATE_UNKNOWN
    home.world.requests.clear()
    garage = home.lock(lock)
    _touch(garage)
    wake(garage, garage.now)
    # The records are read every quarter of an hour, the passwords every half.
    await home.async_pass(2 * MINUTE + 2 * SECOND)
    assert len(home.asked(lock, "records")) == 1
    assert len(home.asked(lock, "passwords")) == 1
    assert home.state(expiry) != STATE_UNKNOWN
    # Nothing is on its way any more, so the next record is no reason to read.
    _touch(garage)
    home.world.requests.clear()
    await home.async_pass(15 * MINUTE)
    assert len(home.asked(lock, "records")) == 1
    assert home.asked(lock, "passwords") == []


async def test_a_touched_lock_whose_events_nobody_wants(
    home: Home, entity_registry: er.EntityRegistry
) -> None:
    """The read after a new record doesn't depend on who listens to the news."""
    _use(home, "Garage")
    await home.async_setup()
    for kind in ("unlocked", "alarm"):
        entity_registry.async_update_entity(
            f"event.garage_{kind}", disabled_by=er.RegistryEntryDisabler.USER
        )
    await home.async_restart()
    await home.async_pass(10 * MINUTE)
    await _async_create(home, "lock.garage", start=5 * HOUR)
    await home.async_pass_in_steps(MINUTE, 10 * SECOND)
    garage = home.lock("lock.garage")
    _touch(garage)
    wake(garage, garage.now)
    await home.async_pass(4 * MINUTE + 2 * SECOND)
    assert home.state("sensor.garage_pending_passwords") == "0"


async def test_a_sleepy_lock_that_is_seen_on_line_again(home: Home) -> None:
    """A lock that comes back on line may have taken its codes: one read."""
    _use(home, "Garage")
    await home.async_setup()
    cut_off(home.lock("lock.garage"))
    await home.async_pass(16 * MINUTE)
    assert home.state("binary_sensor.garage_connectivity") == "off"
    await _async_create(home, "lock.garage", start=5 * HOUR)
    await home.async_pass_in_steps(MINUTE, 10 * SECOND)
    home.world.requests.clear()
    garage = home.lock("lock.garage")
    connect(garage, garage.now)
    wake(garage, garage.now)
    await home.async_pass(14 * MINUTE + 30 * SECOND)
    assert home.state("binary_sensor.garage_connectivity") == "on"
    assert len(home.asked("lock.garage", "passwords")) == 1
    assert home.state("sensor.garage_pending_passwords") == "0"


async def _async_calm_day(home: Home) -> Counter[str]:
    """Let a day pass on which nothing happens; return the calls by kind."""
    await home.async_setup()
    await home.async_pass_in_steps(2 * HOUR, 15 * MINUTE)
    home.world.requests.clear()
    await home.async_pass_in_steps(DAY, 15 * MINUTE)
    return Counter(entry.calls for entry in home.world.requests.entries)


async def test_the_pace(home: Home) -> None:
    """The list every quarter of an hour; the rest follows its hints, and need."""
    _use(home, "Front door")
    await home.async_setup()
    since = home.world.clock.now()
    home.world.requests.clear()
    await home.async_pass_in_steps(HOUR + MINUTE, MINUTE)
    for calls, minutes in (
        ("devices", [15, 30, 45, 60]),
        ("records", [60]),
        ("passwords", []),
    ):
        asked = [(moment - since) / 60 for moment in home.asked(calls=calls)]
        assert asked == minutes, calls


async def test_what_a_calm_day_costs(home: Home) -> None:
    """A home with one lock, the dearest case: the list and the tokens are its alone."""
    _use(home, "Front door")
    calls = await _async_calm_day(home)
    assert calls["devices"] == 96
    assert calls["records"] == 24
    assert calls["passwords"] == 2
    assert calls["offline"] == 1
    assert calls["members"] == 2
    assert calls["status"] == 0
    assert calls["token"] <= 13
    assert calls.total() <= 130 + calls["token"]


async def test_locks_share_the_list(home: Home) -> None:
    """More locks cost less each: the account's list is one call for all of them."""
    _use(home, "Front door", "Garage", "Office")
    calls = await _async_calm_day(home)
    assert calls["devices"] == 96
    assert calls["records"] == 3 * 24
    assert calls.total() / 3 <= 65


async def test_an_outage_is_one_line_in_the_log(
    home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    """One line when the cloud goes, one when it is back, for each thing that was asked."""
    _use(home, "Front door")
    await home.async_setup()
    caplog.clear()
    home.world.faults.parse("http_5xx")
    await home.async_pass_in_steps(3 * HOUR, 15 * MINUTE + SECOND)
    lines = [
        entry
        for entry in caplog.records
        if entry.name.startswith(LOGGER) and entry.levelno >= logging.INFO
    ]
    assert sorted(entry.getMessage().partition(":")[0] for entry in lines) == [
        "No Front door records data",
        "No Tuya Lock Manager (simulated) account data",
    ]
    # Its user can do nothing about it.
    assert {entry.levelno for entry in lines} == {logging.INFO}
    for entity in ("lock.front_door", "sensor.front_door_unread_alarms"):
        assert home.state(entity) == STATE_UNAVAILABLE
    # Nobody needed to ask: what was read goes on as on any calm day.
    assert home.state("sensor.front_door_active_passwords") == "0"

    caplog.clear()
    home.world.faults.remove()
    await home.async_pass_in_steps(HOUR, 15 * MINUTE + SECOND)
    lines = [
        entry
        for entry in caplog.records
        if entry.name.startswith(LOGGER) and entry.levelno >= logging.INFO
    ]
    assert sorted(entry.getMessage() for entry in lines) == [
        "Fetching Front door records data recovered",
        "Fetching Tuya Lock Manager (simulated) account data recovered",
    ]
    assert home.state("lock.front_door") == "locked"
    assert home.state("sensor.front_door_unread_alarms") == "1"
    assert home.state("sensor.front_door_active_passwords") == "0"


@pytest.mark.parametrize(
    ("calls", "lost"),
    [
        (
            "devices",
            {
                "lock.office",
                "binary_sensor.office_connectivity",
                "binary_sensor.office_battery",
                "sensor.office_battery",
            },
        ),
        (
            "passwords",
            {
                "calendar.office_codes",
                "sensor.office_active_passwords",
                "sensor.office_pending_passwords",
                "sensor.office_next_expiry",
                "sensor.office_next_start",
                "event.office_password",
            },
        ),
        (
            "records",
            {
                "binary_sensor.office_jammed",
                "sensor.office_unread_alarms",
                "event.office_unlocked",
                "event.office_alarm",
                "event.office_doorbell",
                "sensor.office_last_alarm",
                "sensor.office_last_unlock",
                "button.office_mark_alarms_read",
            },
        ),
        ("members", {"sensor.office_family_members", "sensor.office_panel_members"}),
    ],
)
async def test_only_what_cannot_be_read_is_unavailable(
    home: Home, calls: str, lost: set[str]
) -> None:
    """What else is known of the lock stays, and so do the other locks."""
    _use(home, "Office", "Front door")
    await home.async_setup()
    office = home.world.lock("Office").id
    path = "" if calls == "devices" else f",path={office}"
    home.world.faults.parse(f"http_5xx:calls={calls}{path}")
    await home.async_pass(DAY + MINUTE)
    unavailable = {
        state.entity_id
        for state in home.hass.states.async_all()
        if state.state == STATE_UNAVAILABLE
    }
    if calls == "devices":
        lost = lost | {entity.replace("office", "front_door") for entity in lost}
    assert unavailable == lost
    home.world.faults.remove()
    await home.async_pass(DAY + MINUTE)
    assert STATE_UNAVAILABLE not in {s.state for s in home.hass.states.async_all()}


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
    # A timer that is left behind is a failure: the test kit looks for them.


async def test_a_world_of_one_lock_is_what_these_tests_say(home: Home) -> None:
    """The helper above leaves what it names, gateways included."""
    _use(home, "Office")
    assert isinstance(home.world, World)
    assert [lock.device.name for lock in home.world.locks.values()] == ["Office"]
    await home.async_setup()
    alarm(home.lock("lock.office"), "pry", home.world.clock.now() + 1)
    await home.async_pass(16 * MINUTE)
    assert home.state("sensor.office_unread_alarms") == "2"
