"""`docs/seeds.md` says where everything is that the source documents name; this keeps it true."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
import importlib
import json
from pathlib import Path
import pkgutil
import re
from typing import Any

from homeassistant.util.yaml import load_yaml_dict
import pytest

from custom_components import tuya_lock_manager
from custom_components.tuya_lock_manager.tuya_cloud import features
from custom_components.tuya_lock_manager.tuya_cloud.route import Route
from tests.source_names import NAMES

ROOT = Path(__file__).parents[1]
PACKAGE = tuya_lock_manager.__name__
FOLDER = Path(tuya_lock_manager.__file__).parent
DOCUMENT = (ROOT / "docs" / "seeds.md").read_text("utf-8")

TEST = re.compile(r"(tests/[a-z_/]+\.py)::(test_[a-z_0-9]+)")
FIELD = re.compile(r"([a-z_]+)\(([a-z_]+)\)")
ANSWER = re.compile(r"([a-z_]+):([a-z_]+)")
ENTITY = re.compile(r"([a-z_]+)\.([a-z_]+)(?:\[([a-z_]+)\])?")
CODE = re.compile(r"(?:domain|tuya_cloud)(?:\.\w+)+")
ENDPOINT = re.compile(r"(GET|POST|PUT|DELETE) (\S+)")
ELLIPSIS = "…"


@dataclass(frozen=True)
class Row:
    """A row of the table of one call."""

    call: str
    cells: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        """What it is about; a row about a whole has none."""
        name = self.cells[0]
        if not name.startswith("`"):
            return []
        if " = " in name:
            return ["=".join(_quoted(name))]
        return _quoted(name)


def _quoted(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def _rows() -> Iterator[Row]:
    """Yield the rows of all tables with four columns; headings say which call it is."""
    call = ""
    for line in DOCUMENT.splitlines():
        if line.startswith("### "):
            titles = _quoted(line)
            call = titles[0] if titles else line.removeprefix("### ")
        elif line.startswith("| "):
            cells = tuple(cell.strip() for cell in line.strip("|").split(" | "))
            if len(cells) > 3 and cells[0] != "Name":
                yield Row(call, cells)


ROWS = tuple(_rows())


def _actions() -> dict[str, dict[str, Any]]:
    """Return the fields of each action, those in sections included."""
    described = load_yaml_dict(FOLDER / "services.yaml")
    actions: dict[str, dict[str, Any]] = {}
    for name, action in described.items():
        fields = actions.setdefault(name, {})
        for field, content in (action.get("fields") or {}).items():
            fields |= content.get("fields", {field: content})
    return actions


ACTIONS = _actions()
ENTITIES: dict[str, dict[str, Any]] = json.loads(
    (FOLDER / "translations" / "en.json").read_text("utf-8")
)["entity"]


@cache
def _tests_of(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return frozenset(
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )


def _resolve(name: str) -> object:
    """Return what a dotted name stands for.

    Raises:
        AttributeError, ModuleNotFoundError: there is no such thing.
    """
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        module_name = ".".join((PACKAGE, *parts[:length]))
        try:
            found: object = importlib.import_module(module_name)
        except ModuleNotFoundError:
            continue
        for attribute in parts[length:]:
            found = getattr(found, attribute)
        return found
    raise ModuleNotFoundError(name)


@cache
def _routes() -> frozenset[tuple[str, str]]:
    """Return method and path of everything that the client asks."""
    modules = [
        importlib.import_module(f"{features.__name__}.{module.name}")
        for module in pkgutil.iter_modules(features.__path__)
    ]
    return frozenset(
        (route.method, _plain(route.template))
        for module in modules
        for value in vars(module).values()
        for route in (value if isinstance(value, tuple) else (value,))
        if isinstance(route, Route)
    )


def _is_asked(method: str, path: str) -> bool:
    """Tell whether the client asks this; an ellipsis stands for a beginning."""
    wanted = _plain(path.partition("?")[0])
    _, ellipsis, end = wanted.partition(ELLIPSIS)
    return any(
        method == known and (end in asked if ellipsis else asked == wanted)
        for known, asked in _routes()
    )


def _plain(path: str) -> str:
    """Return a path without the names of what is put into it."""
    return re.sub(r"\{[^}]*\}", "{}", path)


def _problem(token: str) -> str | None:
    """Return what is wrong with something that the document names."""
    if match := TEST.fullmatch(token):
        path, name = match.groups()
        found = (ROOT / path).is_file() and name in _tests_of(path)
        return None if found else "no such test"
    if match := FIELD.fullmatch(token):
        action, field = match.groups()
        return None if field in ACTIONS.get(action, {}) else "no such field"
    if match := ANSWER.fullmatch(token):
        return None if match[1] in ACTIONS else "no such action"
    if CODE.fullmatch(token):
        try:
            _resolve(token)
        except (AttributeError, ModuleNotFoundError) as err:
            return repr(err)
        return None
    if match := ENTITY.fullmatch(token):
        platform, key, attribute = match.groups()
        entity = ENTITIES.get(platform, {}).get(key)
        if entity is None:
            return "no such entity"
        if attribute and attribute not in entity.get("state_attributes", {}):
            return "no such attribute"
        return None
    if match := ENDPOINT.fullmatch(token):
        return None if _is_asked(*match.groups()) else "not asked by the client"
    if "_" in token and token not in ACTIONS | WORDS:
        return "no such word"
    return None


def _words() -> Iterator[str]:
    """Yield the words of documents, fields, choices and answers."""
    for names in NAMES.values():
        for name in names:
            yield from name.split("=")
    for fields in ACTIONS.values():
        yield from fields
        for field in fields.values():
            yield from field["selector"].get("select", {}).get("options", ())
    for token in _quoted(DOCUMENT):
        if match := ANSWER.fullmatch(token):
            yield match[2]


WORDS: dict[str, None] = dict.fromkeys(_words())


def test_there_is_something_to_check() -> None:
    tokens = _quoted(DOCUMENT)
    for kind in (TEST, FIELD, ANSWER, CODE, ENTITY, ENDPOINT):
        assert sum(bool(kind.fullmatch(token)) for token in tokens) > 10, kind
    assert len(_routes()) > 40
    assert len(ROWS) > 400


@pytest.mark.parametrize(
    "token",
    [
        "tests/test_actions_list.py::test_nothing",
        "tests/test_nothing.py::test_nothing",
        "create_temp_password(phone)",
        "create_password(type)",
        "list_nothing:id",
        "tuya_cloud.models.member.Member.avatar",
        "tuya_cloud.models.nothing",
        "sensor.unread_records",
        "sensor.last_unlock[avatar]",
        "GET /v1.0/devices/{id}/door-lock/nothing",
        "DELETE …/temp-password/{id}/nothing",
        "no_such_word",
    ],
)
def test_what_is_not_there_is_seen(token: str) -> None:
    assert _problem(token) is not None


def test_every_name_exists() -> None:
    """Code, actions, fields, answers, entities, endpoints and tests."""
    guide, _, body = DOCUMENT.partition("## Common to all calls")
    assert guide
    problems = {
        token: problem
        for token in _quoted(body)
        if (problem := _problem(token)) is not None
    }
    assert problems == {}


def test_every_row_is_whole() -> None:
    """Each says what it is, where it is or why it is left out, and which test shows it."""
    for row in ROWS:
        assert len(row.cells) == 4, row
        assert all(row.cells), row
        assert TEST.search(row.cells[3]), row
        assert not row.cells[2].startswith("left out") or ":" in row.cells[2], row


def test_every_name_of_the_documents_has_a_row() -> None:
    """No call, parameter, field or value is missing, and none was made up."""
    told: dict[str, list[str]] = {}
    for row in ROWS:
        told.setdefault(row.call, []).extend(row.names)
    told = {call: sorted(names) for call, names in told.items() if names}
    assert told == {call: sorted(names) for call, names in NAMES.items()}


def test_the_readme_leads_there() -> None:
    assert "(docs/seeds.md)" in (ROOT / "README.md").read_text("utf-8")
