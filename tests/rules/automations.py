"""triggers.yaml and conditions.yaml: Home Assistant's schema, texts, icons and options."""

from collections.abc import Mapping
from pathlib import Path

from homeassistant.helpers.trigger.descriptions import _TRIGGERS_DESCRIPTION_SCHEMA
from homeassistant.helpers.typing import VolDictType
import voluptuous as vol
from voluptuous.humanize import humanize_error

from .files import Content, difference, english, icons, read_yaml
from .services import (
    check_choices,
    check_described,
    check_fields,
    check_texts,
    fields_of,
    schema_fields,
)

KINDS = ("triggers", "conditions")


def described(folder: Path, kind: str) -> Content:
    """Return how triggers or conditions are described, without shared parts."""
    content = read_yaml(folder / f"{kind}.yaml")
    return {
        key: value for key, value in content.items() if not str(key).startswith(".")
    }


def check_automations(folder: Path) -> list[str]:
    """Check the descriptions of triggers and conditions in this folder."""
    problems = []
    for kind in KINDS:
        found = _check_kind(folder, kind)
        if (folder / f"{kind[:-1]}.py").is_file() and not described(folder, kind):
            found.append("there is code, and no description")
        problems += [f"{kind}: {problem}" for problem in found]
    return problems


def _check_kind(folder: Path, kind: str) -> list[str]:
    content = described(folder, kind)
    try:
        # Conditions have the same.
        _TRIGGERS_DESCRIPTION_SCHEMA(content)
    except vol.Invalid as error:
        return [humanize_error(content, error)]
    texts = english(folder)
    named = texts.get(kind, {})
    drawn = icons(folder).get(kind, {})
    problems = [
        *difference(set(content), set(named), "{} has no text"),
        *difference(set(named), set(content), "text for {}, which is not there"),
        *difference(set(content), set(drawn), "{} has no icon"),
        *difference(set(drawn), set(content), "icon for {}, which is not there"),
    ]
    for name in content.keys() & named.keys():
        found = [
            *check_described(content[name]),
            *check_texts(content[name], named[name]),
        ]
        problems += [f"{name}: {problem}" for problem in found]
    choices = texts.get("selector", {})
    return problems + [
        problem
        for problem in check_choices(content, choices)
        # Actions may share a choice and offer more of it.
        if "which is no option" not in problem
    ]


def check_options(
    folder: Path, kind: str, schemas: Mapping[str, VolDictType]
) -> list[str]:
    """Check that the options in the code and those described are the same.

    Args:
        folder: the component's folder.
        kind: of `KINDS`.
        schemas: the options of each trigger or condition in the code.

    """
    content = described(folder, kind)
    problems = [
        *difference(set(content), set(schemas), "{} is described, not in the code"),
        *difference(set(schemas), set(content), "{} is in the code, not described"),
    ]
    for name in content.keys() & schemas.keys():
        found = check_fields(content[name], schema_fields(schemas[name]))
        problems += [f"{name}: {problem}" for problem in found]
    return problems


def options_of(folder: Path, kind: str, name: str) -> set[str]:
    """Return the names of the options of a trigger or a condition."""
    return {field for field, _ in fields_of(described(folder, kind)[name])}
