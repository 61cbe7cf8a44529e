"""The home of the tests, and a table to which measurements are added."""

import asyncio
from collections.abc import Iterator
import json
from pathlib import Path

import pytest

from benchmarks.table import Table

pytest_plugins = ("tests.conftest",)

RESULTS = Path(__file__).with_name("results.json")


@pytest.fixture(scope="session")
def table() -> Iterator[Table]:
    """Return the table of this run; it is written when all is measured."""
    table = Table()
    yield table
    RESULTS.write_text(
        json.dumps(table.as_json(), indent=2, ensure_ascii=False) + "\n", "utf-8"
    )
    print("\n\n" + table.as_markdown())  # noqa: T201  # it is what was asked for


@pytest.fixture
async def usual_loop() -> None:
    """Let the event loop run as in a real house; tests have it keep more books."""
    asyncio.get_running_loop().set_debug(False)
