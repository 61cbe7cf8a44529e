"""Reading a component's files."""

import json
from pathlib import Path
from typing import Any

from homeassistant.util.yaml import load_yaml_dict

# The files' content is checked, so nothing is known about it beforehand.
type Content = Any


def read_json(path: Path) -> Content:
    """Return a JSON file's content, an empty mapping where there is no file."""
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def read_yaml(path: Path) -> Content:
    """Return a YAML file's content, an empty mapping where there is no file."""
    return load_yaml_dict(str(path)) if path.is_file() else {}


def english(folder: Path) -> Content:
    """Return the English texts of the component in this folder."""
    return read_json(folder / "translations" / "en.json")


def icons(folder: Path) -> Content:
    """Return the icons of the component in this folder."""
    return read_json(folder / "icons.json")


def services(folder: Path) -> Content:
    """Return the action descriptions of the component in this folder."""
    return read_yaml(folder / "services.yaml")


def difference(left: set[str], right: set[str], message: str) -> list[str]:
    """Return one problem for each member of `left` that `right` lacks."""
    return [message.format(name) for name in sorted(left - right)]
