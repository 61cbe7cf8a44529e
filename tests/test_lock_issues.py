"""A lock that is full, or that nobody has heard of for a day, is a repair."""

from datetime import timedelta

from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr, issue_registry as ir
import pytest

from custom_components.tuya_lock_manager.const import DOMAIN
from simulator.locks.delivery import connect, cut_off
from simulator.locks.passwords import Outcome
from simulator.locks.reports import method_opened
from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    OFFICE,
    SHED,
    async_create,
    async_deliver,
    check_text,
    make_in_app,
)
from tests.repairing import repairs, the_repair
from tests.simulated import Home

LISTING = timedelta(minutes=15, seconds=1)
HOURS = timedelta(hours=8)
DAY = timedelta(days=1)


async def _async_wait(home: Home, duration: timedelta) -> None:
    await home.async_pass_in_steps(duration, HOURS)


async def _async_wait_a_day(home: Home) -> None:
    """Let the next listing tell what is wrong, and a day pass."""
    await home.async_pass(LISTING)
    await _async_wait(home, DAY + LISTING)


@pytest.mark.parametrize("lock", [FRONT_DOOR, GARAGE, OFFICE])
async def test_out_of_reach(home: Home, lock: str) -> None:
    """After a day, not before; it goes when the lock is back."""
    await home.async_setup()
    simulated = home.lock(lock)
    cut_off(simulated)
    await home.async_pass(LISTING)
    await _async_wait(home, DAY - 2 * LISTING)
    assert repairs(home) == []
    await _async_wait(home, 2 * LISTING)
    issue = the_repair(home)
    assert issue.translation_key == "lock_unreachable"
    assert issue.severity is ir.IssueSeverity.WARNING
    assert not issue.is_fixable
    placeholders = issue.translation_placeholders
    assert placeholders is not None
    assert placeholders["lock"] == simulated.device.name
    # Noon at the lock: half past twelve, and a quarter of an hour.
    assert placeholders["since"] == "2026-06-01 12:45"
    connect(simulated, simulated.now)
    await home.async_pass(LISTING)
    assert repairs(home) == []


async def test_out_of_reach_across_restarts(home: Home) -> None:
    """The time is remembered, and so the repair is there again."""
    await home.async_setup()
    cut_off(home.lock(FRONT_DOOR))
    await home.async_pass(LISTING)
    await home.async_restart()
    await _async_wait(home, DAY)
    assert the_repair(home).translation_key == "lock_unreachable"
    ir.async_get(home.hass).issues.clear()
    await home.async_restart()
    assert the_repair(home).translation_key == "lock_unreachable"
    device = home.lock(FRONT_DOOR)
    connect(device, device.now)
    await home.async_restart()
    assert repairs(home) == []


async def test_bluetooth_is_off_line_by_nature(home: Home) -> None:
    """A phone has to come by, so nothing is wrong."""
    await home.async_setup()
    assert home.state("binary_sensor.shed_connectivity") == "off"
    await _async_wait(home, 3 * DAY)
    assert repairs(home) == []
    assert home.lock(SHED).device.online is False


async def test_off_line_but_heard_of(home: Home) -> None:
    """A lock that sleeps may be called off line; what it tells shows that it works."""
    await home.async_setup()
    garage = home.lock(GARAGE)
    method = garage.people.method("fingerprint", 1)
    assert method is not None
    garage.device.online = False
    await _async_wait(home, timedelta(hours=20))
    method_opened(garage, method, garage.now)
    await _async_wait(home, timedelta(hours=20))
    assert repairs(home) == []
    await _async_wait(home, timedelta(hours=20))
    assert the_repair(home).translation_key == "lock_unreachable"


async def test_an_outage_is_no_time_out_of_reach(home: Home) -> None:
    """While the cloud can't be asked nobody knows."""
    await home.async_setup()
    home.world.faults.parse("http_5xx")
    await _async_wait(home, 2 * DAY)
    assert repairs(home) == []
    home.world.faults.remove()
    cut_off(home.lock(FRONT_DOOR))
    await home.async_pass(LISTING)
    assert repairs(home) == []


async def test_the_user_s_own_name(
    home: Home, device_registry: dr.DeviceRegistry
) -> None:
    """The repair calls a lock as its owner does."""
    await home.async_setup()
    simulated = home.lock(FRONT_DOOR)
    device = device_registry.async_get_device_by_identifier(
        (DOMAIN, simulated.id), home.entry.entry_id
    )
    assert device is not None
    device_registry.async_update_device(device.id, name_by_user="Big door")
    cut_off(simulated)
    await _async_wait_a_day(home)
    placeholders = the_repair(home).translation_placeholders
    assert placeholders is not None
    assert placeholders["lock"] == "Big door"


async def test_the_lock_goes(home: Home) -> None:
    """So does its repair, and that of another lock stays."""
    await home.async_setup()
    for lock in (FRONT_DOOR, OFFICE):
        cut_off(home.lock(lock))
    await _async_wait_a_day(home)
    assert len(repairs(home)) == 2
    gone = home.lock(OFFICE)
    home.world.remove_device(gone.id)
    await _async_wait_a_day(home)
    assert home.hass.states.get(OFFICE) is None
    assert the_repair(home).issue_id.endswith(home.lock(FRONT_DOOR).id)


async def _async_refused(home: Home) -> None:
    with pytest.raises(HomeAssistantError) as caught:
        await home.async_act("create_temp_password", FRONT_DOOR, name="Zebedee")
    check_text(caught.value, "lock_full")


async def test_the_cloud_says_that_a_lock_is_full(home: Home) -> None:
    """It goes when the lock takes a code again."""
    await home.async_setup()
    home.world.faults.parse("lock_full")
    await _async_refused(home)
    issue = the_repair(home)
    assert issue.translation_key == "lock_full"
    assert issue.severity is ir.IssueSeverity.WARNING
    assert "Zebedee" not in repr(issue)
    await home.async_pass_in_steps(timedelta(hours=2), timedelta(minutes=31))
    assert the_repair(home) == issue
    await home.async_restart()
    assert the_repair(home).translation_key == "lock_full"
    home.world.faults.remove()
    await async_create(home, FRONT_DOOR)
    assert repairs(home) == []


@pytest.mark.parametrize("restarted", [False, True])
async def test_a_code_leaves_a_full_lock(home: Home, restarted: bool) -> None:
    """Then there is room again."""
    await home.async_setup()
    for name in ("Ann", "Bob"):
        await async_create(home, FRONT_DOOR, name=name)
    await async_deliver(home, FRONT_DOOR)
    home.world.faults.parse("lock_full")
    await _async_refused(home)
    if restarted:
        await home.async_restart()
    await home.async_pass(timedelta(minutes=31))
    assert the_repair(home).translation_key == "lock_full"
    await home.async_act("delete_password", FRONT_DOOR, password="Bob")
    await async_deliver(home, FRONT_DOOR)
    assert repairs(home) == []


async def test_the_end_of_a_code_makes_room(home: Home) -> None:
    """It needs no deletion."""
    await home.async_setup()
    await async_create(home, FRONT_DOOR, name="Ann")
    await async_deliver(home, FRONT_DOOR)
    home.world.faults.parse("lock_full")
    await _async_refused(home)
    await home.async_pass(timedelta(minutes=70))
    assert repairs(home) == []


async def test_the_lock_says_that_it_is_full(home: Home) -> None:
    """The cloud took the code, and the lock had no place for it."""
    await home.async_setup()
    home.lock(FRONT_DOOR).capacity = 1
    await async_create(home, FRONT_DOOR, name="Ann")
    await async_deliver(home, FRONT_DOOR)
    assert repairs(home) == []
    await async_create(home, FRONT_DOOR, name="Bob")
    await async_deliver(home, FRONT_DOOR)
    assert the_repair(home).translation_key == "code_refused_full"
    await home.async_restart()
    assert the_repair(home).translation_key == "code_refused_full"
    # Nor does the cloud's own refusal add one that says the same.
    home.world.faults.parse("lock_full")
    await _async_refused(home)
    assert the_repair(home).translation_key == "code_refused_full"
    home.world.faults.remove()
    # Both codes end after an hour.
    await home.async_pass(timedelta(minutes=70))
    assert repairs(home) == []


async def test_the_lock_has_no_room_for_a_code_of_the_app(home: Home) -> None:
    """That one has no repair of its own."""
    await home.async_setup()
    home.lock(FRONT_DOOR).forced.append(Outcome.FULL)
    make_in_app(home, FRONT_DOOR, "Bob", "739215")
    await async_deliver(home, FRONT_DOOR)
    await home.async_refresh(FRONT_DOOR)
    assert the_repair(home).translation_key == "lock_full"
