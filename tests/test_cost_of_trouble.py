"""What trouble costs in calls: never more than a calm day, tokens and all."""

from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
import pytest

from tests.repairing import kinds
from tests.simulated import Home
from tests.test_cost import DAY, HOUR, MINUTE, STEP, async_begin, async_start_again
from tests.test_plan import PLAN

QUARTER = 15 * MINUTE

pytestmark = pytest.mark.usefixtures("entity_registry_enabled_by_default")

# A calm day of one lock, with its tokens: measured by the first test.
CALM = {"prompt": 140, "careful": 68}


def _sent(home: Home) -> int:
    """Return how many requests arrived; each of them may count at Tuya."""
    return len(home.world.requests.entries)


@pytest.mark.parametrize("pace", CALM)
async def test_a_calm_day(home: Home, pace: str) -> None:
    await async_begin(home, 1, pace)
    await home.async_pass_in_steps(DAY, QUARTER)
    assert CALM[pace] - 5 <= _sent(home) <= CALM[pace]


@pytest.mark.parametrize(
    ("fault", "pace"),
    [
        ("reset", "prompt"),
        ("reset", "careful"),
        ("http_5xx", "prompt"),
        ("revoked_token", "prompt"),
        ("revoked_token", "careful"),
        ("clock_skew", "prompt"),
        ("throttled", "prompt"),
        ("not_authorised", "prompt"),
    ],
)
async def test_a_day_in_trouble(home: Home, fault: str, pace: str) -> None:
    """No request is sent again and again where that is in vain."""
    await async_begin(home, 1, pace)
    home.world.faults.parse(fault)
    await home.async_pass_in_steps(DAY, QUARTER)
    assert 12 < _sent(home) <= CALM[pace]
    home.world.faults.remove()
    await home.async_pass_in_steps(HOUR, QUARTER)
    assert home.state("lock.front_door") == "locked"


async def test_somebody_else_renews_the_token(home: Home) -> None:
    """Another client's token kills ours each time: three calls where one would do."""
    await async_begin(home, 1)
    for _ in range(24 * 4):
        home.world.project.revoke_tokens()
        await home.async_pass(QUARTER)
    assert home.state("lock.front_door") == "locked"
    assert _sent(home) <= 3 * CALM["careful"]


@pytest.mark.parametrize(
    ("fault", "most"), [("http_5xx", 5), ("quota", 2), ("plan_expired", 2)]
)
async def test_ten_restarts_in_an_hour(
    hass: HomeAssistant,
    home: Home,
    hass_storage: dict[str, Any],
    fault: str,
    most: int,
) -> None:
    """What was asked in vain before the start is not asked again at each start."""
    await async_begin(home, 2, "prompt")
    home.world.faults.parse(fault)
    await home.async_pass_in_steps(2 * HOUR, STEP)
    told = kinds(home)
    home.world.requests.clear()
    for _ in range(10):
        await home.async_pass(6 * MINUTE)
        # Home Assistant forgets repairs when it stops.
        for _, issue_id in list(ir.async_get(hass).issues):
            ir.async_delete_issue(hass, "tuya_lock_manager", issue_id)
        await async_start_again(hass, home)
        assert home.state("lock.front_door") == "unavailable"
        assert kinds(home) == told
    assert 1 <= _sent(home) <= most

    home.world.faults.remove()
    await home.async_pass_in_steps(61 * MINUTE, STEP)
    assert home.state("lock.front_door") == "locked"
    assert home.state("sensor.front_door_unread_alarms") == "1"
    assert home.state(PLAN) == "ok"
    assert kinds(home) == []


@pytest.mark.parametrize(
    ("fault", "most"), [("reset", 32), ("revoked_token", 32), ("quota", 8)]
)
async def test_a_reload_in_trouble(home: Home, fault: str, most: int) -> None:
    """It asks once; then the account's own pace goes on, not Home Assistant's."""
    await async_begin(home, 2, "prompt")
    home.world.faults.parse(fault)
    await home.async_pass_in_steps(40 * MINUTE, STEP)
    home.world.requests.clear()
    await home.async_restart()
    assert home.entry.state is ConfigEntryState.LOADED
    assert 1 <= _sent(home) <= 4
    assert home.state("lock.front_door") == "unavailable"
    await home.async_pass_in_steps(6 * HOUR, QUARTER)
    assert _sent(home) <= most
    home.world.faults.remove()
    await home.async_pass_in_steps(61 * MINUTE, STEP)
    assert home.state("lock.front_door") == "locked"
