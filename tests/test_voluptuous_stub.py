"""The stub that type checkers read is what Home Assistant puts in its place."""

import ast
from pathlib import Path

import probatio
import voluptuous as vol

STUB = Path(__file__).parents[1] / "typings" / "voluptuous" / "__init__.pyi"
# Modules, and what the alias itself is made of.
NOT_NAMES = {
    "annotations",
    "error",
    "humanize",
    "reexport",
    "schema_builder",
    "util",
    "validators",
}


def test_the_stub_has_exactly_the_names_of_the_alias() -> None:
    names = {
        alias.asname or alias.name
        for node in ast.walk(ast.parse(STUB.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }

    there = {name for name in vars(vol) if not name.startswith("_")}
    assert names == there - NOT_NAMES
    for name in names:
        assert getattr(vol, name) is getattr(probatio, name)
