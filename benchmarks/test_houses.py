"""What houses with many locks cost, each measured in a process of its own."""

from itertools import pairwise
import json
from statistics import median
from typing import Any

from benchmarks.alone import async_alone
from benchmarks.table import Table

MEGABYTE = 1_000_000
LOCKS = (50, 100, 200)


async def test_refresh(table: Table) -> None:
    """Fifty locks over a slow line; what the first set-up took is told beside it."""
    cases = await async_alone("refresh_cost")
    table.add("refresh", cases["refresh"]["ratio"], **cases)


async def test_restart(table: Table) -> None:
    """Twenty locks: medians of the rounds."""
    measured: dict[str, Any] = await async_alone("restart_cost")
    adding = measured["adding"]
    table.add(
        "restart_entities",
        median(one["own"] / one["empty"] for one in adding),
        entities=measured["entities"],
        milliseconds={
            kind: round(median(one[kind] for one in adding) * 1000, 1)
            for kind in ("own", "empty")
        },
    )
    stretches = measured["stretches"]
    table.add(
        "restart_stretch",
        median(length for length, _ in stretches),
        stretches=[[round(length, 1), where] for length, where in stretches],
    )


async def test_memory(table: Table) -> None:
    """Two hundred locks with a hundred codes each, and as many empty entities."""
    own = await async_alone("memory_cost", "--locks", str(LOCKS[-1]))
    empty = await async_alone("memory_cost", "--empty", json.dumps(own))
    table.add(
        "memory",
        (own["held"] - empty) / MEGABYTE,
        measured_by="tracemalloc",
        megabytes={
            "own": round(own["held"] / MEGABYTE, 1),
            "empty": round(empty / MEGABYTE, 1),
        },
    )


async def test_linear(table: Table) -> None:
    """Each time the locks double, a refresh costs each of them no more."""
    spent = {
        locks: await async_alone("memory_cost", "--refresh", str(locks))
        for locks in LOCKS
    }
    table.add(
        "linear",
        max(spent[many] / spent[few] for few, many in pairwise(LOCKS)),
        milliseconds_for_each={
            str(locks): round(seconds * 1000, 2) for locks, seconds in spent.items()
        },
    )
