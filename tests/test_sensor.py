"""Sensors: what they show, and that they move when they should and only then."""

from datetime import UTC, datetime, timedelta
from unittest.mock import AsyncMock

from homeassistant.const import (
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
    EntityCategory,
    Platform,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from syrupy.assertion import SnapshotAssertion

from custom_components.tuya_lock_manager.tuya_cloud import (
    Member,
    RecordPage,
    UnsupportedError,
)
from simulator.locks import issue
from simulator.locks.delivery import wake
from simulator.locks.wishes import Wish
from tests.simulated import Home

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
async def test_entities(
    hass: HomeAssistant,
    home: Home,
    entity_registry: er.EntityRegistry,
    snapshot: SnapshotAssertion,
) -> None:
    """Every lock has the same sensors."""
    await home.async_check_entities(Platform.SENSOR, snapshot)
    assert len(hass.states.async_all("sensor")) == 5 * 12 + 3
    diagnostic = {
        entry.entity_id.rpartition("_")[2]
        for entry in er.async_entries_for_config_entry(
            entity_registry, home.entry.entry_id
        )
        if entry.entity_category is EntityCategory.DIAGNOSTIC
    }
    assert diagnostic == {
        "members",
        "battery",
        "waiting",
        "use",
        "month",
        "plan",
    }


async def test_what_is_switched_off_at_first(
    home: Home, entity_registry: er.EntityRegistry
) -> None:
    """What costs calls, and what hardly anybody looks at."""
    await home.async_setup()
    assert {
        entry.entity_id
        for entry in er.async_entries_for_config_entry(
            entity_registry, home.entry.entry_id
        )
        if entry.disabled_by and "front_door" in entry.entity_id
    } == {
        "sensor.front_door_days_in_use",
        "sensor.front_door_unlock_methods_waiting",
        "binary_sensor.front_door_unlock_method_waiting",
    }


async def test_a_code_comes_into_effect_and_ends_by_itself(home: Home) -> None:
    """Between two readings the sensors follow the clock; nothing is asked for it."""
    await home.async_setup()
    start = dt_util.utcnow() + timedelta(minutes=10)
    end = start + timedelta(minutes=5)
    await home.async_act(
        "create_temp_password", "lock.front_door", name="Ann", start=start, end=end
    )
    active = "sensor.front_door_active_passwords"
    pending = "sensor.front_door_pending_passwords"
    expiry = "sensor.front_door_next_expiry"
    assert (home.state(active), home.state(pending)) == ("0", "1")
    assert home.state(expiry) == STATE_UNKNOWN

    await home.async_pass_in_steps(10 * SECOND, SECOND)
    # The lock has it, and it has not begun.
    assert (home.state(active), home.state(pending)) == ("0", "0")
    assert home.state(expiry) == end.isoformat()

    home.world.requests.clear()
    await home.async_pass(start - dt_util.utcnow() - SECOND)
    assert home.state(active) == "0"
    await home.async_pass(2 * SECOND)
    assert home.state(active) == "1"
    await home.async_pass(end - dt_util.utcnow() - SECOND)
    assert home.state(active) == "1"
    assert home.state(expiry) == end.isoformat()
    await home.async_pass(2 * SECOND)
    assert home.state(active) == "0"
    assert home.state(expiry) == STATE_UNKNOWN
    assert home.asked("lock.front_door", "passwords") == []


async def test_a_code_that_begins_in_days(hass: HomeAssistant, home: Home) -> None:
    """A boundary that is far away is met, too, even if the user switched off polling."""
    home.entry.add_to_hass(hass)
    hass.config_entries.async_update_entry(home.entry, pref_disable_polling=True)
    await hass.config_entries.async_setup(home.entry.entry_id)
    await hass.async_block_till_done()
    start = dt_util.utcnow() + timedelta(days=3, minutes=1)
    await home.async_act(
        "create_temp_password",
        "lock.front_door",
        name="Ann",
        start=start,
        duration=timedelta(hours=1),
    )
    await home.async_pass_in_steps(100 * SECOND, SECOND)
    home.world.requests.clear()
    await home.async_pass_in_steps(
        start - dt_util.utcnow() - SECOND, timedelta(hours=6)
    )
    assert home.state("sensor.front_door_active_passwords") == "0"
    await home.async_pass(2 * SECOND)
    assert home.state("sensor.front_door_active_passwords") == "1"
    assert home.asked() == []


async def test_the_next_start(home: Home) -> None:
    """It is the first of those that don't open yet; by itself it becomes the next one."""
    await home.async_setup()
    now = dt_util.utcnow().replace(microsecond=0)
    start = "sensor.front_door_next_start"
    assert home.state(start) == STATE_UNKNOWN
    for name, hours in (("late", 5), ("early", 2)):
        await home.async_act(
            "create_temp_password",
            "lock.front_door",
            name=name,
            start=now + timedelta(hours=hours),
            duration=timedelta(hours=1),
        )
    await home.async_pass_in_steps(30 * SECOND, SECOND)
    assert home.state(start) == (now + timedelta(hours=2)).isoformat()
    await home.async_pass(timedelta(hours=2))
    assert home.state(start) == (now + timedelta(hours=5)).isoformat()


async def test_methods_that_wait_are_asked_for_only_if_wanted(
    home: Home, entity_registry: er.EntityRegistry
) -> None:
    """They cost calls: none while nobody looks, and then once a day."""
    await home.async_setup()
    await home.async_pass(timedelta(days=1, minutes=1))
    assert home.asked(calls="methods") == []
    waiting = "sensor.front_door_unlock_methods_waiting"
    for entity_id in (waiting, "binary_sensor.front_door_unlock_method_waiting"):
        entity_registry.async_update_entity(entity_id, disabled_by=None)
    await home.async_restart()
    await home.async_pass(MINUTE)
    assert home.state(waiting) == "1"
    assert home.state("binary_sensor.front_door_unlock_method_waiting") == "on"
    once = len(home.asked("lock.front_door", "methods"))
    assert 1 <= once <= 6
    assert home.asked("lock.office", "methods") == []
    for method in home.lock("lock.front_door").people.methods:
        method.user_id = method.user_id or "somebody"
    await home.async_pass_in_steps(timedelta(hours=25), timedelta(hours=1))
    assert home.state(waiting) == "0"
    assert home.state("binary_sensor.front_door_unlock_method_waiting") == "off"
    assert len(home.asked("lock.front_door", "methods")) == 2 * once


async def test_days_in_use(home: Home, entity_registry: er.EntityRegistry) -> None:
    """They count from when the lock was put into use, and nothing is asked for them."""
    await home.async_setup()
    days = "sensor.front_door_days_in_use"
    entity_registry.async_update_entity(days, disabled_by=None)
    await home.async_restart()
    before = int(home.state(days))
    assert before > 0
    await home.async_pass_in_steps(timedelta(days=1, minutes=16), timedelta(hours=6))
    assert int(home.state(days)) == before + 1


async def test_a_code_made_in_the_app(home: Home) -> None:
    """It is found by the poll, counts, and ends by itself like our own."""
    await home.async_setup()
    now = int(home.world.clock.now())
    wish = Wish(
        name="Gardener", digits="804917", readable=True, start=now, end=now + 86400
    )
    issue.create(home.lock("lock.front_door"), wish)
    active = "sensor.front_door_active_passwords"
    # Nothing hints at it: the codes of a calm lock are read twice a day.
    await home.async_pass(timedelta(hours=11, minutes=59))
    assert home.state(active) == "0"
    await home.async_pass(2 * MINUTE)
    assert home.state(active) == "1"
    await home.async_pass_in_steps(timedelta(hours=11, minutes=58), 10 * MINUTE)
    assert home.state(active) == "1"
    home.world.requests.clear()
    await home.async_pass(MINUTE + SECOND)
    assert home.state(active) == "0"
    assert home.asked("lock.front_door", "passwords") == []


async def test_a_code_that_was_never_used(home: Home) -> None:
    """An offline code has to be used within a day; nobody vouches for it after that."""
    await home.async_setup()
    made = dt_util.utcnow()
    await home.async_act(
        "create_temp_password",
        "lock.office",
        name="Ann",
        type="time_limited",
        end=made + timedelta(days=3),
    )
    active, expiry = "sensor.office_active_passwords", "sensor.office_next_expiry"
    # The day counts from the whole hour in which the code began.
    dead_line = made.replace(minute=0, second=0) + timedelta(days=1)
    await home.async_pass_in_steps(
        dead_line - dt_util.utcnow() - SECOND, timedelta(hours=6)
    )
    assert home.state(active) == "1"
    assert home.state(expiry) != STATE_UNKNOWN
    home.world.requests.clear()
    await home.async_pass(2 * SECOND)
    assert home.state(active) == "0"
    assert home.state(expiry) == STATE_UNKNOWN
    assert home.asked("lock.office", "passwords") == []


async def test_the_next_expiry_is_the_first(home: Home) -> None:
    """Of several codes the one that ends first counts, begun or not."""
    await home.async_setup()
    now = dt_util.utcnow()
    for name, hours in (("late", 5), ("early", 2), ("middle", 3)):
        await home.async_act(
            "create_temp_password",
            "lock.front_door",
            name=name,
            end=now + timedelta(hours=hours),
        )
    await home.async_pass_in_steps(30 * SECOND, SECOND)
    assert home.state("sensor.front_door_active_passwords") == "3"
    assert (
        home.state("sensor.front_door_next_expiry")
        == (now + timedelta(hours=2)).replace(microsecond=0).isoformat()
    )


async def test_battery(home: Home) -> None:
    """The level comes with the account's list; what can't be true is unknown."""
    await home.async_setup()
    status = home.lock("lock.garage").device.status
    assert home.state("sensor.garage_battery") == "82"
    status["residual_electricity"] = 34
    await home.async_pass(timedelta(minutes=16))
    assert home.state("sensor.garage_battery") == "34"
    status["battery_state"] = "high"
    await home.async_pass(timedelta(minutes=16))
    assert home.state("sensor.garage_battery") == STATE_UNKNOWN
    # This model has none.
    assert home.state("sensor.garden_gate_battery") == STATE_UNKNOWN


async def test_a_sleepy_lock_shows_its_code_when_it_wakes(home: Home) -> None:
    """Pending means that the lock doesn't have it; nobody says active before."""
    await home.async_setup()
    await home.async_act("create_temp_password", "lock.garage", name="Ann")
    await home.async_pass_in_steps(timedelta(minutes=20), MINUTE)
    assert home.state("sensor.garage_pending_passwords") == "1"
    assert home.state("sensor.garage_active_passwords") == "0"
    assert wake(home.lock("lock.garage"), home.world.clock.now()) == 1
    await home.async_refresh("lock.garage")
    assert home.state("sensor.garage_pending_passwords") == "0"
    assert home.state("sensor.garage_active_passwords") == "1"


@pytest.mark.parametrize(
    ("rich", "panel", "expected"),
    [
        (UnsupportedError("no"), UnsupportedError("no"), (STATE_UNKNOWN,) * 2),
        (UnsupportedError("no"), ("bob",), (STATE_UNKNOWN, "1")),
        (("ann",), UnsupportedError("no"), ("1", "0")),
        (("ann",), ("ann", "bob"), ("1", "1")),
        ((), (), ("0", "0")),
    ],
)
async def test_members_that_no_list_tells_are_unknown(
    hass: HomeAssistant,
    mock_client: AsyncMock,
    mock_config_entry: MockConfigEntry,
    rich: UnsupportedError | tuple[str, ...],
    panel: UnsupportedError | tuple[str, ...],
    expected: tuple[str, str],
) -> None:
    """A list that a model doesn't have is not a list of nobody; nobody counts twice."""
    for ask, answer in (
        (mock_client.list_members, rich),
        (mock_client.list_panel_members, panel),
    ):
        if isinstance(answer, UnsupportedError):
            ask.side_effect = answer
        else:
            ask.return_value = tuple(
                Member(
                    name,
                    f"account of {name}" if name == "ann" else None,
                    name,
                    *(None,) * 2,
                    (),
                )
                for name in answer
            )
    mock_client.now = lambda: datetime.now(UTC)
    mock_client.list_records.return_value = RecordPage((), 0, False, 0)
    mock_client.list_offline_passwords.return_value = ()
    mock_config_entry.add_to_hass(hass)
    await hass.config_entries.async_setup(mock_config_entry.entry_id)
    await hass.async_block_till_done()
    states = tuple(
        hass.states.get(f"sensor.front_door_{kind}_members")
        for kind in ("family", "panel")
    )
    assert tuple(state and state.state for state in states) == expected


async def test_an_outage_is_no_zero(home: Home) -> None:
    """What can't be read is unavailable, and back with the right number afterwards."""
    await home.async_setup()
    await home.async_act("create_temp_password", "lock.front_door", name="Ann")
    await home.async_pass_in_steps(10 * SECOND, SECOND)
    home.world.faults.parse("http_5xx")
    await home.async_refresh("lock.front_door")
    for kind in ("active_passwords", "pending_passwords", "next_expiry"):
        assert home.state(f"sensor.front_door_{kind}") == STATE_UNAVAILABLE
    for kind in ("unread_alarms", "battery"):
        assert home.state(f"sensor.front_door_{kind}") == STATE_UNAVAILABLE
    home.world.faults.remove()
    await home.async_refresh("lock.front_door")
    assert home.state("sensor.front_door_active_passwords") == "1"
    assert home.state("sensor.front_door_unread_alarms") == "1"
