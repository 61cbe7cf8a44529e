"""What a call costs the processor, in a process of its own."""

from statistics import median

from benchmarks.alone import async_alone
from benchmarks.table import Table


async def test_processor_time(table: Table) -> None:
    """The ratios are medians over the rounds."""
    rounds: list[dict[str, float]] = await async_alone("client_cost")
    spent = {
        way: round(median(one[way] for one in rounds) * 1e6, 1) for way in rounds[0]
    }
    for other in ("aiohttp", "sdk"):
        table.add(
            f"client_{other}",
            median(one["ours"] / one[other] for one in rounds),
            rounds=len(rounds),
            microseconds=spent,
        )
