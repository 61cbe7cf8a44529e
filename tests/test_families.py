"""The walk on all families of locks, with every switch of the simulator.

The pairs of switches are drawn by chance: WALK_SEED repeats a run, WALK_PAIRS says how
many there are.
"""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
import os
import random
from unittest.mock import patch

import pytest

from simulator.locks.delivery import cut_off
from simulator.switch_table import MEMBERS, RECORDS, REMOTE, SWITCHES
from simulator.switch_table_passwords import SCHEDULES, TEMPLATES
from simulator.switches import Switch, Switches
from tests.acting import (
    FRONT_DOOR,
    LOCKS,
    OFFLINE_LOCKS,
    ONLINE_LOCKS,
    async_create,
    async_deliver,
    failing,
    opens,
    result_of,
)
from tests.simulated import Home
from tests.simulator.observations import OBSERVATIONS
from tests.visiting import async_visit
from tests.walking import Walk, async_walk

# Values of the switches that are numbers.
NUMBERS = {
    "list_lag": ("20",),
    "delivery_seconds": ("20", "60"),
    "clock_drift": ("45",),
    "wrong_code_alarm": ("3",),
    "gateway_queue": ("1",),
}
# Switches that only show beside another one.
COMPANIONS = {
    "alarm_time_unit": ("records_parameters", "camel"),
    "combined_delete": ("phase_numbering", "combined"),
    "offline_supply_type": ("offline_supply", "2305"),
    "open_log_status": ("records_parameters", "camel"),
    "open_logs_limit": ("records_parameters", "camel"),
    "open_logs_unit": ("records_parameters", "camel"),
}
# Switches of what the walk doesn't do, but the visit does.
VISITED_ONLY = frozenset(
    {
        *("lock_by_api", "remote_paths", "remote_unlocks", "member_schedule"),
        *("schedule_read_back", "template_book", "template_delete_result"),
        *("template_paths", "template_tunnel_name"),
    }
)
# Switches of what neither does; each has a test of its own below.
ALONE_ONLY = frozenset(
    {
        *("data_center", "subscription_code", "ticket_error"),
        *("expired_delete", "unknown_device", "zigbee_offline_create"),
    }
)
# Switches of what the integration never asks for: only the simulator's tests turn them.
NEVER_ASKED = frozenset({"offline_v1_0", "record_of_live", "valid_false"})
UNTOUCHED = VISITED_ONLY | ALONE_ONLY | NEVER_ASKED

# Workers of one run have to draw the same pairs.
RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID")
SEED = int(os.environ.get("WALK_SEED") or random.Random(RUN).getrandbits(32))
PAIRS = int(os.environ.get("WALK_PAIRS") or 8)

type Assignment = tuple[str, str]


def values(switch: Switch) -> tuple[str, ...]:
    """Return what a switch can be instead of its default."""
    others = tuple(value for value in switch.values if value != switch.default)
    return others or NUMBERS[switch.name]


ALONE: list[Assignment] = [
    (switch.name, value)
    for switch in SWITCHES
    if switch.name not in UNTOUCHED
    for value in values(switch)
]

VISITED: list[Assignment] = [
    (switch.name, value)
    for switch in (*MEMBERS, *RECORDS, *REMOTE, *SCHEDULES, *TEMPLATES)
    for value in values(switch)
]


def pairs() -> list[tuple[Assignment, Assignment]]:
    """Return pairs of different switches, drawn by the seed."""
    rng = random.Random(SEED)
    drawn: list[tuple[Assignment, Assignment]] = []
    while len(drawn) < PAIRS:
        first, second = rng.sample(ALONE, 2)
        if first[0] != second[0]:
            drawn.append((first, second))
    return drawn


async def async_walk_with(
    home: Home,
    *assignments: Assignment,
    through: Callable[[Walk], Awaitable[None]] = async_walk,
) -> Walk:
    """Walk through a home whose cloud behaves like this."""
    for name, value in assignments:
        home.world.around.switches.set(name, value)
    await home.async_setup()
    walk = Walk(home, {lock: home.lock(lock) for lock in LOCKS})
    await through(walk)
    return walk


@contextmanager
def noting() -> Iterator[set[str]]:
    """Note the switches that are looked at."""
    looked_at: set[str] = set()
    get = Switches.get

    def note(switches: Switches, name: str, device_id: str | None = None) -> str:
        looked_at.add(name)
        return get(switches, name, device_id)

    with patch.object(Switches, "get", note):
        yield looked_at


def test_every_switch_is_turned() -> None:
    """On the families that it concerns, to each of its values.

    That each value changes something, the tests of the simulator show.
    """
    turned = {name for name, _ in (*ALONE, *VISITED, *CASES)} | {"expired_delete"}
    never = {switch.name for switch in SWITCHES} - turned
    assert never == NEVER_ASKED
    assert set(OBSERVATIONS) >= NEVER_ASKED
    assert {name for name, _ in CASES} | {"expired_delete"} == ALONE_ONLY


async def test_all_families_with_the_default_switches(home: Home) -> None:
    """Everything goes as it should, and the walk looks at all it should."""
    with noting() as looked_at:
        walk = await async_walk_with(home)
    names = {switch.name for switch in SWITCHES}
    asked_always = {"data_center", "combined_delete"}
    assert looked_at == (names - UNTOUCHED - COMPANIONS.keys()) | asked_always
    assert walk.errors == ERRORS
    for (name, lock), seen in walk.seen.items():
        assert seen == STORIES[name], (name, lock)
    assert len(walk.seen) == 2 * len(ONLINE_LOCKS) + 5 * len(OFFLINE_LOCKS)


ERRORS = {
    ("Ann", "lock.shed"): "online_codes_need_gateway",
    ("Once", "lock.shed"): "online_codes_need_gateway",
    ("delete Ann", "lock.shed"): "no_such_password",
    ("delete Once", "lock.shed"): "no_such_password",
    ("Bob", "lock.garden_gate"): "offline_codes_unsupported",
    ("Cat", "lock.garden_gate"): "offline_codes_unsupported",
    ("Eve", "lock.garden_gate"): "offline_codes_unsupported",
    ("Dan", "lock.garden_gate"): "dynamic_codes_unsupported",
    ("Fay", "lock.garden_gate"): "dynamic_codes_unsupported",
    ("clear Bob", "lock.garden_gate"): "no_such_password",
}
# What is said of each code, in turn. Cat is a one-time code that was used while another
# offline code was in effect: the locks don't tell which one was typed.
# Bob was never used: the locks report that his clearing code was typed, not that it worked.
STORIES = {
    "Ann": ["pending", "active", "removing", "removed"],
    "Once": ["pending", "active", "used", "gone"],
    # The list alone tells that his clearing code was typed: that is a hint, no report.
    "Bob": ["active", "unknown", "expired"],
    "Cat": ["active", "unconfirmed", "expired"],
    "Dan": ["active", "expired"],
    "Eve": ["scheduled", "active", "unconfirmed", "expired"],
    "Fay": ["active", "unconfirmed", "expired"],
}


@pytest.mark.parametrize(("name", "value"), ALONE)
async def test_each_switch(home: Home, name: str, value: str) -> None:
    """Whatever the cloud and the locks do, nothing wrong is said of a code."""
    companion = COMPANIONS.get(name)
    await async_walk_with(home, *([companion] if companion else []), (name, value))


@pytest.mark.parametrize("pair", pairs(), ids=lambda pair: str(dict(pair)))
async def test_pairs_of_switches(
    home: Home, pair: tuple[Assignment, Assignment]
) -> None:
    print(f"WALK_SEED={SEED} repeats this run")  # noqa: T201
    await async_walk_with(home, *pair)


VISIT_ERRORS = {
    ("enrol", "lock.shed"): "lock_offline",
    ("Gus", "lock.shed"): "online_codes_need_gateway",
    ("freeze", "lock.garage"): "freeze_unsupported",
    ("freeze", "lock.garden_gate"): "freeze_unsupported",
    ("freeze", "lock.office"): "freeze_unsupported",
    ("freeze", "lock.shed"): "no_such_password",
    ("wake", "lock.garage"): "freeze_unsupported",
    ("wake", "lock.garden_gate"): "freeze_unsupported",
    ("wake", "lock.office"): "freeze_unsupported",
    ("wake", "lock.shed"): "no_such_password",
    ("extend", "lock.shed"): "no_such_password",
    ("periodic", "lock.garage"): "schedule_not_enforced",
    ("periodic", "lock.garden_gate"): "schedule_not_enforced",
    ("periodic", "lock.office"): "schedule_not_enforced",
    ("periodic", "lock.shed"): "online_codes_need_gateway",
    ("template", "lock.shed"): "online_codes_need_gateway",
    ("delete template", "lock.shed"): "no_such_password",
    ("answer", "lock.front_door"): "unlock_requests_unsupported",
    ("answer", "lock.garden_gate"): "unlock_requests_unsupported",
    ("answer", "lock.office"): "unlock_requests_unsupported",
    ("answer", "lock.shed"): "unlock_requests_unsupported",
    ("unlock", "lock.shed"): "lock_offline",
    ("lock", "lock.shed"): "lock_offline",
}


async def test_a_visit_to_all_families(home: Home) -> None:
    """What a family can't is all that doesn't go, and the visit looks at all it should."""
    with noting() as looked_at:
        walk = await async_walk_with(home, through=async_visit)
    assert walk.errors == VISIT_ERRORS
    assert looked_at >= {name for name, _ in VISITED} - COMPANIONS.keys()
    assert not looked_at & NEVER_ASKED


@pytest.mark.parametrize(("name", "value"), VISITED)
async def test_each_switch_of_a_visit(home: Home, name: str, value: str) -> None:
    """Whatever the cloud and the locks do, nothing wrong is said of people and doors."""
    companion = COMPANIONS.get(name)
    assignments = [*([companion] if companion else []), (name, value)]
    await async_walk_with(home, *assignments, through=async_visit)


# What is told where a switch decides which way something fails; the first value of
# each is the default.
CASES: dict[Assignment, str | None] = {
    ("unknown_device", "1106"): "permission_denied",
    ("unknown_device", "2010"): "lock_not_found",
    ("subscription_code", "28841105"): "not_subscribed",
    ("subscription_code", "28841101"): "not_subscribed",
    ("subscription_code", "28841106"): "not_subscribed",
    ("ticket_error", "2405"): "refused_by_tuya",
    ("ticket_error", "1109"): "request_refused",
    ("ticket_error", "2302"): "refused_by_tuya",
    ("zigbee_offline_create", "accepted"): None,
    ("zigbee_offline_create", "2312"): "lock_offline",
    ("data_center", "28841107"): "wrong_data_center",
    ("data_center", "2007"): "wrong_data_center",
    ("data_center", "1106"): "permission_denied",
    ("data_center", "empty"): None,
}


@pytest.mark.parametrize(("name", "value"), CASES)
async def test_ways_to_fail(home: Home, name: str, value: str) -> None:
    """A creation fails in the user's words, or is done."""
    await home.async_setup()
    front_door, world = home.lock(FRONT_DOOR), home.world
    world.around.switches.set(name, value)
    if name == "unknown_device":
        world.remove_device(front_door.id)
    elif name == "subscription_code":
        world.project.plan.lock_service = False
    elif name == "ticket_error":
        world.faults.parse("ticket_expired:path=temp-password,method=POST")
    elif name == "zigbee_offline_create":
        cut_off(front_door)
    if key := CASES[name, value]:
        with failing(home, key):
            await async_create(home, FRONT_DOOR)
    else:
        made = await async_create(home, FRONT_DOOR)
        assert made["code"]


@pytest.mark.parametrize("value", ["2304", "accepted"])
@pytest.mark.parametrize("lock", ONLINE_LOCKS)
async def test_a_code_that_ends_meanwhile(home: Home, lock: str, value: str) -> None:
    """It is deleted, whether or not the cloud still lets it be: nobody knew its time."""
    home.world.around.switches.set("expired_delete", value)
    await home.async_setup()
    made = await async_create(home, lock, duration={"minutes": 2})
    await async_deliver(home, lock)
    home.world.clock.advance(300)
    with noting() as looked_at:
        response = await home.async_act("delete_password", lock, password="Ann")
    assert result_of(response, lock)["status"] in {"removed", "removing"}
    await async_deliver(home, lock)
    await home.async_refresh(lock)
    assert "expired_delete" in looked_at
    assert not opens(home, lock, made["code"])
