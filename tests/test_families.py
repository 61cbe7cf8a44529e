"""The walk on all families of locks, with every switch of the simulator."""

import os
import random

import pytest

from simulator.switch_table import SWITCHES
from simulator.switches import Switch
from tests.acting import LOCKS
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


def values(switch: Switch) -> tuple[str, ...]:
    """Return what a switch can be instead of its default."""
    others = tuple(value for value in switch.values if value != switch.default)
    return others or NUMBERS[switch.name]


ALONE = [(switch.name, value) for switch in SWITCHES for value in values(switch)]


async def async_walk_with(home: Home, *assignments: tuple[str, str]) -> Walk:
    """Walk through a home whose cloud behaves like this."""
    for name, value in assignments:
        home.world.around.switches.set(name, value)
    await home.async_setup()
    walk = Walk(home, {lock: home.lock(lock) for lock in LOCKS})
    await async_walk(walk)
    return walk


@pytest.mark.parametrize(("name", "value"), ALONE)
async def test_each_switch(home: Home, name: str, value: str) -> None:
    await async_walk_with(home, (name, value))
