"""The component's code: every translation key that it uses exists, and vice versa."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .files import Content, difference, english, read_json

PLATFORMS = {
    *("binary_sensor", "button", "calendar", "event", "lock", "number", "select"),
    *("sensor", "switch", "text", "todo", "update"),
}
# Functions of ours that make an error from a translation key.
ERROR_FUNCTIONS = {"failed", "refused"}
# Reasons that Home Assistant's own flow code gives.
OWN_REASONS = {"already_configured", "already_in_progress", "unique_id_mismatch"}
REGISTRATIONS = {"async_register", "async_register_admin_service"}


@dataclass(slots=True)
class Used:
    """What a file's code mentions."""

    exceptions: set[str] = field(default_factory=set)
    prefixes: set[str] = field(default_factory=set)
    issues: set[str] = field(default_factory=set)
    entities: set[str] = field(default_factory=set)
    steps: set[str] = field(default_factory=set)
    strings: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _texts(node: ast.AST | None) -> Iterator[str]:
    """Yield the texts that an expression can be: a constant, or either of two."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)


def read_code(path: Path) -> Used:
    """Return what one file's code mentions."""
    used = Used()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Constant(value=str(value)):
                used.strings.add(value)
            case ast.Call():
                _read_call(node, used)
            case ast.Tuple(elts=[ast.Name() | ast.Attribute(), ast.Constant() as key]):
                # The tables from Tuya's errors to ours.
                if path.name == "exceptions.py":
                    used.exceptions.update(_texts(key))
            case ast.Assign(targets=[ast.Name(id="_attr_translation_key")]):
                used.entities.update(_texts(node.value))
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                used.names.add(node.name)
                if node.name.startswith("async_step_"):
                    used.steps.add(node.name.removeprefix("async_step_"))
    return used


def _read_call(node: ast.Call, used: Used) -> None:
    function = _name(node.func)
    used.names.add(function)
    keywords = {keyword.arg: keyword.value for keyword in node.keywords}
    keys = set(_texts(keywords.get("translation_key")))
    if function == "async_create_issue":
        used.issues |= keys
    elif "translation_domain" in keywords:
        used.exceptions |= keys
    elif "Description" in function:
        used.entities |= keys
    if function in ERROR_FUNCTIONS and node.args:
        used.exceptions.update(_texts(node.args[0]))
        match node.args[0]:
            # A family of keys: a fixed beginning and a reason or a type.
            case ast.JoinedStr(values=[ast.Constant(value=str(prefix)), _]):
                used.prefixes.add(prefix)


def check_code(folder: Path) -> list[str]:
    """Check the code of the component in this folder against its texts."""
    files = {path: read_code(path) for path in sorted(folder.rglob("*.py"))}
    texts = english(folder)
    mentioned = {text for used in files.values() for text in used.strings}
    problems = []
    prefixes = tuple(text for used in files.values() for text in used.prefixes)
    for section in ("exceptions", "issues"):
        named = set(texts.get(section, {}))
        needed = {key for used in files.values() for key in getattr(used, section)}
        problems += difference(needed, named, f"{section}: {{}} has no text")
        composed = {key for key in named if key.startswith(prefixes)}
        problems += difference(
            named - composed, mentioned, f"{section}: {{}} is never used"
        )
        problems += [
            f"{section}: nothing begins with {prefix}"
            for prefix in prefixes
            if section == "exceptions"
            and not any(key.startswith(prefix) for key in named)
        ]
    problems += _check_entities(folder, files, texts)
    problems += _check_flows(files, texts, mentioned)
    problems += _check_set_up(folder, files)
    return problems


def _check_entities(folder: Path, files: dict[Path, Used], texts: Content) -> list[str]:
    problems = []
    named = texts.get("entity", {})
    for platform in sorted(PLATFORMS | set(named)):
        used = files.get(folder / f"{platform}.py", Used())
        keys = set(named.get(platform, {}))
        problems += difference(used.entities, keys, f"{platform}: {{}} has no name")
        problems += difference(keys, used.strings, f"{platform}: {{}} is never used")
    return problems


def _check_flows(
    files: dict[Path, Used], texts: Content, mentioned: set[str]
) -> list[str]:
    steps = {step for used in files.values() for step in used.steps}
    problems = []
    flows = {section: texts.get(section, {}) for section in ("config", "options")}
    flows |= texts.get("config_subentries", {})
    for section, flow in flows.items():
        problems += difference(
            set(flow.get("step", {})), steps, f"{section}: there is no step {{}}"
        )
        known = mentioned | OWN_REASONS
        for kind in ("error", "abort"):
            problems += difference(
                set(flow.get(kind, {})), known, f"{section}: {kind} {{}} is never used"
            )
    return problems


def _check_set_up(folder: Path, files: dict[Path, Used]) -> list[str]:
    problems = []
    init = files.get(folder / "__init__.py", Used())
    source = (folder / "__init__.py").read_text("utf-8") if init.names else ""
    if "async_setup" in init.names and "CONFIG_SCHEMA" not in source:
        problems.append("async_setup without a CONFIG_SCHEMA")
    registers = any(used.names & REGISTRATIONS for used in files.values())
    if registers and not (folder / "services.yaml").is_file():
        problems.append("it registers actions and has no services.yaml")
    for path, used in files.items():
        if path.parent == folder and path.stem in PLATFORMS:
            text = path.read_text("utf-8")
            if "PARALLEL_UPDATES" not in text:
                problems.append(f"{path.name} sets no PARALLEL_UPDATES")
            if "async_setup_entry" not in used.names:
                problems.append(f"{path.name} has no async_setup_entry")
    problems += [
        f"dependency {name} is no integration of Home Assistant"
        for name in read_json(folder / "manifest.json").get("dependencies", [])
        if not _is_component(name)
    ]
    return problems


def _is_component(name: str) -> bool:
    from homeassistant import components

    return any(
        (Path(path) / name / "manifest.json").is_file() for path in components.__path__
    )
