"""The walk on all families of locks, with every switch of the simulator.

The pairs of switches are drawn by chance: WALK_SEED repeats a run, WALK_PAIRS says how
many there are.
"""

import os
import random
from unittest.mock import patch

import pytest

from simulator.switch_table import SWITCHES
from simulator.switches import Switch, Switches
from tests.acting import LOCKS, OFFLINE_LOCKS, ONLINE_LOCKS
from tests.simulated import Home
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
# Switches of what the walk doesn't do; a test looks after this list. `data_center`
# leaves no account to walk with.
UNTOUCHED = frozenset(
    {
        "data_center",
        *("lock_by_api", "remote_paths", "remote_unlocks"),
        *("member_schedule", "offline_v1_0", "schedule_read_back"),
        *("template_book", "template_delete_result", "template_paths"),
        *("expired_delete", "template_tunnel_name"),
        *("record_of_live", "subscription_code", "ticket_error", "unknown_device"),
        *("valid_false", "zigbee_offline_create"),
    }
)

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


def pairs() -> list[tuple[Assignment, Assignment]]:
    """Return pairs of different switches, drawn by the seed."""
    rng = random.Random(SEED)
    drawn: list[tuple[Assignment, Assignment]] = []
    while len(drawn) < PAIRS:
        first, second = rng.sample(ALONE, 2)
        if first[0] != second[0]:
            drawn.append((first, second))
    return drawn


async def async_walk_with(home: Home, *assignments: Assignment) -> Walk:
    """Walk through a home whose cloud behaves like this."""
    for name, value in assignments:
        home.world.around.switches.set(name, value)
    await home.async_setup()
    walk = Walk(home, {lock: home.lock(lock) for lock in LOCKS})
    await async_walk(walk)
    return walk


async def test_all_families_with_the_default_switches(home: Home) -> None:
    """Everything goes as it should, and the walk looks at all it should."""
    looked_at: set[str] = set()
    get = Switches.get

    def noting(switches: Switches, name: str, device_id: str | None = None) -> str:
        looked_at.add(name)
        return get(switches, name, device_id)

    with patch.object(Switches, "get", noting):
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
