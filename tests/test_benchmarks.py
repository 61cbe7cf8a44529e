"""The table of benchmarks: all rows are there and measured, and none holds by itself."""

import ast
from collections.abc import Iterator
from pathlib import Path
import re

import pytest

from benchmarks.table import BARS, Table

FOLDER = Path(__file__).parents[1] / "benchmarks"

# What was agreed on; a bar is not lowered to be held.
AGREED = {
    "calm_careful": 58,
    "calm_prompt": 130,
    "normal_careful": 150,
    "normal_prompt": 250,
    "ten_locks": 1,
    "hundred_locks": 1,
    "refresh": 1.5,
    "client_aiohttp": 1.3,
    "client_sdk": 0.4,
    "restart_calls": 1,
    "restart_stretch": 20,
    "restart_entities": 1.3,
    "memory": 25,
    "linear": 1.15,
}


def _measured() -> Iterator[re.Pattern[str]]:
    """Yield what the benchmarks add to the table, as patterns of names of rows."""
    for path in FOLDER.glob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(
                node.func, ast.Attribute
            ):
                continue
            if ast.unparse(node.func) in {"table.add", "table.most"}:
                name = ast.literal_eval(
                    re.sub(r"{\w+}", "X", ast.unparse(node.args[0]).removeprefix("f"))
                )
                yield re.compile(name.replace("X", r"\w+"))


def test_bars() -> None:
    assert {row: bar.most for row, bar in BARS.items()} == AGREED


def test_every_row_is_measured() -> None:
    patterns = list(_measured())
    assert [row for row in BARS if not any(p.fullmatch(row) for p in patterns)] == []


@pytest.mark.parametrize(("measured", "held"), [(58, True), (58.1, False)])
def test_held(measured: float, held: bool) -> None:
    table = Table()
    table.add("calm_careful", measured, tokens=12)
    assert table.held("calm_careful") is held
    assert table.held("calm_prompt") is None
    (row,) = table.as_json()
    assert row["held"] is held
    assert row["details"] == {"tokens": 12}
    assert f"| {measured:g} | ≤ 58 | {'yes' if held else '**no**'} |" in (
        table.as_markdown()
    )
    assert table.as_markdown().count("not measured") == len(BARS) - 1


def test_the_worst_case_counts() -> None:
    table = Table()
    for case, calls in (("one", 40), ("other", 60), ("third", 50)):
        table.most("calm_careful", calls, case, calls=calls)
    (row,) = table.as_json()
    assert row["measured"] == 60
    assert row["details"]["third"] == {"calls": 50}
    with pytest.raises(AssertionError):
        table.add("nothing", 1)
