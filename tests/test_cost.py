"""What days cost in calls: calm ones, with restarts, with an outage; for one lock and many."""

from datetime import timedelta
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import EVENT_HOMEASSISTANT_STARTED
from homeassistant.core import CoreState, HomeAssistant
import pytest

from simulator.locks.reports import method_opened
from tests.simulated import Home
from tests.test_plan import UNLOCKED, async_choose, leave, without_tokens

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
STEP = timedelta(minutes=20)

pytestmark = pytest.mark.usefixtures("entity_registry_enabled_by_default")

# A calm day of one lock with everything enabled, tokens apart, and what it is when prompt.
CALM = 58
PROMPT = 130


async def async_start_again(hass: HomeAssistant, home: Home) -> None:
    """Stop Home Assistant and start it; the last calls are saved by then."""
    await hass.config_entries.async_unload(home.entry.entry_id)
    await hass.async_block_till_done()
    hass.set_state(CoreState.not_running)
    await hass.config_entries.async_setup(home.entry.entry_id)
    await hass.async_block_till_done()
    hass.set_state(CoreState.running)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)
    await hass.async_block_till_done(wait_background_tasks=True)


async def async_begin(home: Home, locks: int, pace: str = "careful") -> None:
    """Have a home that has settled."""
    leave(home, locks)
    await home.async_setup()
    await async_choose(home, pace=pace)
    await home.async_pass_in_steps(2 * HOUR, STEP)
    home.world.requests.clear()


async def test_a_calm_day_of_one_lock(home: Home) -> None:
    await async_begin(home, 1)
    await home.async_pass_in_steps(DAY, MINUTE * 5)
    assert without_tokens(home) <= CALM
    assert len(home.asked(calls="token")) <= 13


async def test_a_calm_day_of_one_lock_when_prompt(home: Home) -> None:
    await async_begin(home, 1, "prompt")
    await home.async_pass_in_steps(DAY, MINUTE * 5)
    assert without_tokens(home) <= PROMPT


async def test_more_locks_cost_less_each(home: Home) -> None:
    await async_begin(home, 10)
    await home.async_pass_in_steps(DAY, STEP)
    assert without_tokens(home) / 10 <= CALM - 20


@pytest.mark.parametrize("locks", [1, 5, 10])
async def test_restarts_cost_nothing(
    hass: HomeAssistant, home: Home, hass_storage: dict[str, Any], locks: int
) -> None:
    """Three of them on one day; a token each is all that they ask for."""
    await async_begin(home, locks)
    await home.async_pass_in_steps(DAY, STEP)
    calm = without_tokens(home)
    home.world.requests.clear()
    for hours in (5, 7, 6):
        await home.async_pass_in_steps(hours * HOUR + 10 * MINUTE, STEP)
        before = without_tokens(home)
        await async_start_again(hass, home)
        assert without_tokens(home) == before
        assert home.state("lock.front_door") == "locked"
        assert home.state("sensor.front_door_unread_alarms") == "1"
        assert home.state("sensor.front_door_active_passwords") == "0"
        assert home.state("sensor.front_door_panel_members") == "2"
    await home.async_pass_in_steps(5 * HOUR + 30 * MINUTE, STEP)
    assert without_tokens(home) <= calm


@pytest.mark.parametrize("fault", ["http_5xx", "reset"])
@pytest.mark.parametrize("locks", [1, 5, 10])
async def test_an_outage_costs_nothing(home: Home, locks: int, fault: str) -> None:
    """Six hours of it; what is asked in vain is less than what would have been asked."""
    await async_begin(home, locks)
    await home.async_pass_in_steps(DAY, STEP)
    calm = without_tokens(home)
    home.world.requests.clear()
    await home.async_pass_in_steps(6 * HOUR, STEP)
    home.world.faults.parse(fault)
    await home.async_pass_in_steps(6 * HOUR, STEP)
    home.world.faults.remove()
    await home.async_pass_in_steps(12 * HOUR, STEP)
    assert without_tokens(home) <= calm
    assert home.state("lock.front_door") == "locked"
    assert home.state("sensor.front_door_unread_alarms") == "1"


async def test_what_happened_during_a_restart(
    hass: HomeAssistant, home: Home, hass_storage: dict[str, Any]
) -> None:
    """The next listing hints at it, as on any other day."""
    await async_begin(home, 2)
    await hass.config_entries.async_unload(home.entry.entry_id)
    lock = home.world.lock("Front door")
    method = lock.people.method("fingerprint", 1)
    assert method is not None
    method_opened(lock, method, lock.now)
    await async_start_again(hass, home)
    await home.async_pass_in_steps(HOUR, STEP)
    assert home.state(UNLOCKED) != "unknown"


async def test_a_start_without_an_answer(
    hass: HomeAssistant, home: Home, hass_storage: dict[str, Any]
) -> None:
    """Home Assistant doesn't try again and again: the account asks at its own pace."""
    await async_begin(home, 2)
    await hass.config_entries.async_unload(home.entry.entry_id)
    await home.async_pass(2 * HOUR)
    home.world.faults.parse("http_5xx")
    home.world.requests.clear()
    await async_start_again(hass, home)
    assert home.entry.state is ConfigEntryState.LOADED
    assert home.state("lock.front_door") == "unavailable"
    await home.async_pass_in_steps(3 * HOUR, MINUTE * 5)
    assert len(home.asked()) <= 20
    home.world.faults.remove()
    await home.async_pass_in_steps(HOUR, MINUTE * 5)
    assert home.state("lock.front_door") == "locked"
    assert home.state("sensor.front_door_unread_alarms") == "1"
