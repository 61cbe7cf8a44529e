"""What is asked, what it costs, and what becomes of it when nobody answers."""

from collections import Counter
from datetime import timedelta
import logging

from homeassistant.const import STATE_UNAVAILABLE
import pytest

from simulator import World
from simulator.locks.reports import alarm
from tests.simulated import Home, leave_only

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LOGGER = "custom_components.tuya_lock_manager"


async def _async_calm_day(home: Home) -> Counter[str]:
    """Let a day pass on which nothing happens; return the calls by kind."""
    await home.async_setup()
    await home.async_pass_in_steps(2 * HOUR, 15 * MINUTE)
    home.world.requests.clear()
    await home.async_pass_in_steps(DAY, 15 * MINUTE)
    return Counter(entry.calls for entry in home.world.requests.entries)


async def test_the_pace(home: Home) -> None:
    """The list every quarter of an hour; the rest follows its hints, and need."""
    leave_only(home, "Front door")
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
    leave_only(home, "Front door")
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
    leave_only(home, "Front door", "Garage", "Office")
    calls = await _async_calm_day(home)
    assert calls["devices"] == 96
    assert calls["records"] == 3 * 24
    assert calls.total() / 3 <= 65


async def test_an_outage_is_one_line_in_the_log(
    home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    """One line when the cloud goes, one when it is back, for each thing that was asked."""
    leave_only(home, "Front door")
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
    leave_only(home, "Office", "Front door")
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


async def test_a_world_of_one_lock_is_what_these_tests_say(home: Home) -> None:
    """The helper above leaves what it names, gateways included."""
    leave_only(home, "Office")
    assert isinstance(home.world, World)
    assert [lock.device.name for lock in home.world.locks.values()] == ["Office"]
    await home.async_setup()
    alarm(home.lock("lock.office"), "pry", home.world.clock.now() + 1)
    await home.async_pass(16 * MINUTE)
    assert home.state("sensor.office_unread_alarms") == "2"
