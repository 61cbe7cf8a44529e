"""News that come late: an automation gets each once, and can tell that it is late."""

from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

from homeassistant.components import automation
from homeassistant.const import EVENT_HOMEASSISTANT_STARTED, STATE_UNAVAILABLE
from homeassistant.core import CoreState, Event, HomeAssistant, callback
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import async_capture_events

from custom_components.tuya_lock_manager.tuya_cloud import (
    TuyaLockClient,
    UnsupportedError,
)
from simulator.locks import issue
from simulator.locks.delivery import connect, cut_off
from simulator.locks.lock import Lock
from simulator.locks.reports import alarm, doorbell, method_opened
from simulator.locks.wishes import Wish
from tests.simulated import Home

HEARD = "test_heard"
POLL = timedelta(minutes=15, seconds=1)
MINUTE = timedelta(minutes=1)

type Heard = list[Event[dict[str, Any]]]


@pytest.fixture
def heard(hass: HomeAssistant) -> Heard:
    """Return what the automation did from now on."""
    heard: Heard = async_capture_events(hass, HEARD)
    return heard


def _received(entity_id: str, *types: str) -> dict[str, Any]:
    return {
        "trigger": "event.received",
        "target": {"entity_id": entity_id},
        "options": {"event_type": list(types)},
    }


async def _async_automate(hass: HomeAssistant) -> None:
    """Have everything that happens at the front door heard by an automation."""
    attributes = "trigger.to_state.attributes"
    assert await async_setup_component(
        hass,
        automation.DOMAIN,
        {
            automation.DOMAIN: {
                "alias": "Door",
                "mode": "queued",
                "triggers": [
                    _received("event.front_door_unlocked", "fingerprint"),
                    _received("event.front_door_alarm", "pry"),
                    _received("event.front_door_doorbell", "ring"),
                    _received("event.front_door_password", "created", "removed"),
                ],
                "actions": [
                    {
                        "event": HEARD,
                        "event_data": {
                            "type": f"{{{{ {attributes}.event_type }}}}",
                            "time": f"{{{{ {attributes}.time }}}}",
                            "late": f"{{{{ {attributes}.late }}}}",
                            "unread": "{{ states('sensor.front_door_unread_alarms') }}",
                        },
                    }
                ],
            }
        },
    )


def _told(heard: Heard) -> list[tuple[str, bool]]:
    return [(event.data["type"], event.data["late"]) for event in heard]


def _open(lock: Lock) -> str:
    method = lock.people.method("fingerprint", 1)
    assert method is not None
    method_opened(lock, method, lock.now)
    return datetime.fromtimestamp(int(lock.now), UTC).isoformat()


async def test_a_restart(hass: HomeAssistant, home: Home, heard: Heard) -> None:
    """What happened while Home Assistant was down is heard once it has started."""
    await _async_automate(hass)
    await home.async_setup()
    lock = home.lock("lock.front_door")
    await home.async_pass(MINUTE)
    _open(lock)
    await home.async_pass(POLL)
    assert _told(heard) == [("fingerprint", False)]

    await hass.config_entries.async_unload(home.entry.entry_id)
    await home.async_pass(MINUTE)
    times = [_open(lock)]
    await home.async_pass(timedelta(hours=2))
    times.append(_open(lock))
    alarm(lock, "pry", lock.now)
    await home.async_pass(MINUTE)
    heard.clear()

    # Home Assistant starts: the automation and the integration are set up before that.
    await hass.services.async_call(automation.DOMAIN, "turn_off", {"entity_id": "all"})
    await hass.async_block_till_done()
    hass.set_state(CoreState.not_running)
    await hass.services.async_call(automation.DOMAIN, "turn_on", {"entity_id": "all"})
    await hass.config_entries.async_setup(home.entry.entry_id)
    await hass.async_block_till_done()
    await home.async_pass(MINUTE)
    assert heard == []
    assert home.state("event.front_door_unlocked") != STATE_UNAVAILABLE
    await home.async_pass(POLL)
    assert heard == []
    await hass.async_start()
    await hass.async_block_till_done()
    assert _told(heard) == [("fingerprint", True), ("fingerprint", True), ("pry", True)]
    assert [event.data["time"] for event in heard[:2]] == times
    # The states were written before the news were told.
    assert {event.data["unread"] for event in heard} == {2}

    heard.clear()
    await home.async_restart()
    await home.async_pass(POLL)
    assert heard == []
    _open(lock)
    doorbell(lock, lock.now)
    await home.async_pass(POLL)
    assert sorted(_told(heard)) == [("fingerprint", False), ("ring", False)]


async def test_the_older_logs_after_a_restart(
    hass: HomeAssistant, home: Home, heard: Heard
) -> None:
    """They have no ids, and still tell nothing twice, nor do the records after them."""
    await _async_automate(hass)
    await home.async_setup()
    lock = home.lock("lock.front_door")
    await home.async_pass(MINUTE)
    _open(lock)
    await home.async_pass(POLL)
    assert _told(heard) == [("fingerprint", False)]
    with patch.object(
        TuyaLockClient, "list_records", side_effect=UnsupportedError("no")
    ):
        await home.async_restart()
        await home.async_pass(POLL)
    await home.async_restart()
    await home.async_pass(POLL)
    assert len(heard) == 1


async def test_an_account_that_is_unloaded_before_the_start(
    hass: HomeAssistant, home: Home, heard: Heard
) -> None:
    """It has nothing to tell when Home Assistant has started."""
    await _async_automate(hass)
    await home.async_setup()
    await hass.config_entries.async_unload(home.entry.entry_id)
    await home.async_pass(MINUTE)
    _open(next(lock for lock in home.world.locks.values()))
    hass.set_state(CoreState.starting)
    await hass.config_entries.async_setup(home.entry.entry_id)
    await hass.config_entries.async_unload(home.entry.entry_id)
    hass.set_state(CoreState.running)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)
    await hass.async_block_till_done()
    assert heard == []


@pytest.mark.parametrize("late", [False, True])
async def test_alike_in_the_same_second(
    hass: HomeAssistant, home: Home, heard: Heard, late: bool
) -> None:
    """Records that differ by nothing but their id are heard one by one.

    They are told within a millisecond and carry the same attributes; Home Assistant
    keeps their states apart by making the time of each event later than the last.
    """
    await _async_automate(hass)
    await home.async_setup()
    lock = home.lock("lock.front_door")
    await home.async_pass(MINUTE)
    if late:
        await hass.config_entries.async_unload(home.entry.entry_id)
        await home.async_pass(MINUTE)
    times = [_open(lock), _open(lock), _open(lock)]
    for _ in range(2):
        alarm(lock, "pry", lock.now)
    await home.async_pass(MINUTE)
    if late:
        await hass.config_entries.async_setup(home.entry.entry_id)
        await hass.async_block_till_done()
    await home.async_pass(POLL)
    assert len(set(times)) == 1
    # Within a second their order is not known.
    assert sorted(_told(heard)) == [("fingerprint", late)] * 3 + [("pry", late)] * 2
    await home.async_restart()
    await home.async_pass(POLL)
    assert len(heard) == 5


async def test_an_outage(hass: HomeAssistant, home: Home, heard: Heard) -> None:
    """What happened while the cloud was away is late; what happens after it is not."""
    await _async_automate(hass)
    await home.async_setup()
    lock = home.lock("lock.front_door")
    await home.async_pass(MINUTE)
    home.world.faults.parse("http_5xx")
    _open(lock)
    await home.async_pass_in_steps(timedelta(minutes=70), MINUTE)
    assert home.state("event.front_door_unlocked") == STATE_UNAVAILABLE
    _open(lock)
    home.world.faults.remove()
    seen_available: list[bool] = []

    @callback
    def look(event: Event[dict[str, Any]]) -> None:
        state = home.state("sensor.front_door_unread_alarms")
        seen_available.append(state != STATE_UNAVAILABLE)

    hass.bus.async_listen(HEARD, look)
    await home.async_pass_in_steps(timedelta(minutes=6), MINUTE)
    # The first fell into the outage; the second came after its last failed reading.
    assert _told(heard) == [("fingerprint", True), ("fingerprint", False)]
    assert seen_available == [True, True]


async def test_a_lock_out_of_reach(
    hass: HomeAssistant, home: Home, heard: Heard
) -> None:
    """What a lock hands in late is late; a record that lags a little is not."""
    await _async_automate(hass)
    await home.async_setup()
    lock = home.lock("lock.front_door")
    await home.async_pass(MINUTE)
    cut_off(lock)
    _open(lock)
    await home.async_pass(2 * POLL)
    assert heard == []
    connect(lock, lock.now)
    await home.async_pass(MINUTE)
    _open(lock)
    await home.async_pass(POLL)
    assert _told(heard) == [("fingerprint", True), ("fingerprint", False)]


async def test_passwords_while_nobody_looked(
    hass: HomeAssistant, home: Home, heard: Heard
) -> None:
    """Each step of a password's life is told once, late after a restart or an outage."""
    await _async_automate(hass)
    await home.async_setup()
    await home.async_act("create_temp_password", "lock.front_door", name="Ann")
    await home.async_pass(MINUTE)
    assert _told(heard) == [("created", False)]
    heard.clear()

    lock = home.lock("lock.front_door")
    await hass.config_entries.async_unload(home.entry.entry_id)
    now = int(lock.now)
    wish = Wish(name="Bob", digits="804917", readable=True, start=now, end=now + 86400)
    made = issue.create(lock, wish)
    await hass.config_entries.async_setup(home.entry.entry_id)
    await hass.async_block_till_done()
    # It is known how the codes stood before; they are read when their turn comes.
    assert _told(heard) == []
    await home.async_refresh("lock.front_door")
    assert _told(heard) == [("created", True)]
    heard.clear()

    home.world.faults.parse("http_5xx:calls=passwords")
    await home.async_pass_in_steps(timedelta(minutes=31), MINUTE)
    issue.delete(lock, made)
    home.world.faults.remove()
    await home.async_pass_in_steps(timedelta(minutes=31), MINUTE)
    assert _told(heard) == [("removed", True)]
    await home.async_restart()
    await home.async_pass(timedelta(minutes=31))
    assert len(heard) == 1
