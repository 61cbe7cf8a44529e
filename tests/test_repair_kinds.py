"""Each kind of repair from its cause to its end: told, kept over a start, taken back."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.tuya_lock_manager.const import DOMAIN
from simulator.locks.delivery import connect, cut_off, deliver
from simulator.locks.passwords import Outcome
from tests.acting import FRONT_DOOR, async_create, async_deliver, async_list, opens
from tests.mending import Fixer, issues
from tests.simulated import Home
from tests.test_cost import async_start_again
from tests.test_unseen_digits import async_lose_caller

SECOND = timedelta(seconds=1)
QUARTER = timedelta(minutes=15, seconds=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

type Step = Callable[[Home], Coroutine[Any, Any, None]]


@dataclass(frozen=True)
class Kind:
    """What brings a repair, and what ends it without anybody touching it.

    `told_within` is how long after a start it may take until it is there again.
    """

    key: str
    begin: Step
    end: Step
    told_within: timedelta = field(default=timedelta())


def _fault(line: str) -> Step:
    async def begin(home: Home) -> None:
        home.world.faults.parse(line)
        await home.async_pass_in_steps(HOUR, QUARTER)

    return begin


async def _no_fault(home: Home) -> None:
    home.world.faults.remove()
    await home.async_pass_in_steps(HOUR + QUARTER, QUARTER)


async def _wrong_clock(home: Home) -> None:
    home.world.clock.advance(900)
    await home.async_pass(QUARTER)


async def _right_clock(home: Home) -> None:
    home.world.clock.advance(-900)
    await home.async_pass_in_steps(HOUR, QUARTER)


async def _undelivered(home: Home) -> None:
    home.world.around.switches.set("delivery_seconds", "90000")
    await async_create(home, FRONT_DOOR, duration={"hours": 9})
    await home.async_pass_in_steps(100 * SECOND, 10 * SECOND)


async def _delivered(home: Home) -> None:
    lock = home.lock(FRONT_DOOR)
    deliver(lock, lock.now)
    await home.async_pass_in_steps(HOUR, QUARTER)


async def _full(home: Home) -> None:
    await async_create(home, FRONT_DOOR, name="Bob", duration={"hours": 3})
    await async_deliver(home, FRONT_DOOR)
    home.lock(FRONT_DOOR).capacity = 1
    await async_create(home, FRONT_DOOR, duration={"hours": 9})
    await async_deliver(home, FRONT_DOOR)


async def _refused(home: Home) -> None:
    home.lock(FRONT_DOOR).forced.append(Outcome.FAILED)
    await async_create(home, FRONT_DOOR, duration={"hours": 9})
    await async_deliver(home, FRONT_DOOR)


async def _change_refused(home: Home) -> None:
    await async_create(home, FRONT_DOOR, duration={"hours": 9})
    await async_deliver(home, FRONT_DOOR)
    home.lock(FRONT_DOOR).forced.append(Outcome.FAILED)
    await home.async_act(
        "update_password", FRONT_DOOR, password="Ann", duration={"hours": 20}
    )
    await home.async_pass_in_steps(400 * SECOND, 50 * SECOND)


async def _unseen(home: Home) -> None:
    await async_lose_caller(home, FRONT_DOOR, "create_password", duration={"hours": 9})
    await async_deliver(home, FRONT_DOOR)


async def _cloud_says_full(home: Home) -> None:
    await async_create(home, FRONT_DOOR, duration={"hours": 9})
    await async_deliver(home, FRONT_DOOR)
    home.world.faults.parse("lock_full")
    with pytest.raises(HomeAssistantError):
        await async_create(home, FRONT_DOOR, name="Bob")


async def _ended(home: Home) -> None:
    """The end of the code ends it."""
    await home.async_pass_in_steps(10 * HOUR, HOUR)


async def _out_of_reach(home: Home) -> None:
    cut_off(home.lock(FRONT_DOOR))
    await home.async_pass_in_steps(DAY + HOUR, HOUR)


async def _in_reach(home: Home) -> None:
    lock = home.lock(FRONT_DOOR)
    connect(lock, lock.now)
    await home.async_pass(QUARTER)


KINDS = (
    Kind("plan_expired", _fault("plan_expired"), _no_fault),
    Kind("quota_exhausted", _fault("quota"), _no_fault),
    Kind("not_subscribed", _fault("not_authorised"), _no_fault, HOUR),
    Kind("wrong_data_center", _fault("not_authorised:code=28841107"), _no_fault, HOUR),
    Kind("clock_wrong", _fault("clock_skew"), _no_fault, HOUR),
    Kind("clock_wrong", _wrong_clock, _right_clock, HOUR),
    Kind("code_not_delivered", _undelivered, _delivered),
    Kind("code_refused_full", _full, _ended),
    Kind("code_refused", _refused, _ended),
    Kind("change_not_confirmed", _change_refused, _ended),
    Kind("digits_unseen", _unseen, _ended),
    Kind("lock_full", _cloud_says_full, _ended),
    Kind("lock_unreachable", _out_of_reach, _in_reach, QUARTER),
)


def forget_repairs(hass: HomeAssistant) -> None:
    """Forget them as Home Assistant does when it stops."""
    for _, issue_id in list(ir.async_get(hass).issues):
        ir.async_delete_issue(hass, DOMAIN, issue_id)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.begin.__qualname__)
async def test_from_beginning_to_end(
    hass: HomeAssistant, home: Home, hass_storage: dict[str, Any], kind: Kind
) -> None:
    """Nobody has to do anything in Home Assistant for it to go."""
    await home.async_setup()
    assert not issues(hass)
    await kind.begin(home)
    assert issues(hass).keys() == {kind.key}
    forget_repairs(hass)
    await async_start_again(hass, home)
    await home.async_pass_in_steps(kind.told_within, QUARTER)
    assert issues(hass).keys() == {kind.key}
    await kind.end(home)
    assert not issues(hass)
    assert home.state(FRONT_DOOR) == "locked"
    assert home.state("sensor.front_door_active_passwords") != "unavailable"


@pytest.fixture
def fixer(hass: HomeAssistant, hass_client: ClientSessionGenerator) -> Fixer:
    return Fixer(hass, hass_client)


def changes(home: Home) -> list[str]:
    """Return the methods of the changes that were sent, tickets apart."""
    return [
        request.method
        for request in home.world.requests.entries
        if request.method != "GET" and not request.path.endswith("ticket")
    ]


@pytest.mark.parametrize("restarted", [False, True])
@pytest.mark.parametrize(
    ("choice", "sent"),
    [("try_again", ["PUT"]), ("keep", []), ("delete", ["DELETE"] * 2)],
)
async def test_what_a_choice_sends(
    hass: HomeAssistant,
    home: Home,
    fixer: Fixer,
    hass_storage: dict[str, Any],
    choice: str,
    sent: list[str],
    restarted: bool,
) -> None:
    """Each choice does at the lock what it says, once, also after a start.

    What the lock never had is deleted, and then taken off the list.
    """
    await home.async_setup()
    home.lock(FRONT_DOOR).forced.append(Outcome.FAILED)
    made = await async_create(home, FRONT_DOOR, duration={"hours": 9})
    await async_deliver(home, FRONT_DOOR)
    if restarted:
        forget_repairs(hass)
        await async_start_again(hass, home)
    home.world.requests.clear()
    await fixer.async_open("code_refused")
    assert (await fixer.async_choose(choice))["type"] == "create_entry"
    await home.async_pass_in_steps(120 * SECOND, 10 * SECOND)
    assert changes(home) == sent
    assert not issues(hass)
    statuses = [code["status"] for code in await async_list(home, FRONT_DOOR)]
    expected = {"try_again": ["active"], "keep": ["failed"], "delete": []}
    assert statuses == expected[choice]
    assert opens(home, FRONT_DOOR, made["code"]) is (choice == "try_again")
    forget_repairs(hass)
    await async_start_again(hass, home)
    assert not issues(hass)
