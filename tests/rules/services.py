"""services.yaml: Home Assistant's schema, and equality with schemas and texts."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from homeassistant.helpers.service import _SERVICES_SCHEMA
import voluptuous as vol
from voluptuous.humanize import humanize_error

from .files import Content, difference, english, services

# What Home Assistant's schema for targeted actions adds to their data.
TARGET_FIELDS = {
    *("entity_id", "device_id", "area_id", "floor_id", "label_id", "metadata"),
    "exclude",  # since 2026.11
}


def check_services(folder: Path) -> list[str]:
    """Check the action descriptions of the component in this folder."""
    described = services(folder)
    try:
        _SERVICES_SCHEMA(described)
    except vol.Invalid as error:
        return [f"services.yaml: {humanize_error(described, error)}"]
    texts = english(folder)
    named = texts.get("services", {})
    problems = [
        *difference(set(described), set(named), "action {} has no text"),
        *difference(set(named), set(described), "text for {}, which is no action"),
    ]
    for name in described.keys() & named.keys():
        found = [
            *check_described(described[name] or {}),
            *check_texts(described[name] or {}, named[name]),
        ]
        problems += [f"{name}: {problem}" for problem in found]
    return problems + check_choices(described, texts.get("selector", {}))


def fields_of(action: Content) -> Iterator[tuple[str, Content]]:
    """Yield all fields of an action, those in sections too."""
    for name, field in (action.get("fields") or {}).items():
        if "fields" in (field or {}):
            yield from field["fields"].items()
        else:
            yield name, field or {}


def _sections(action: Content) -> set[str]:
    return {
        name
        for name, field in (action.get("fields") or {}).items()
        if "fields" in (field or {})
    }


def check_described(action: Content) -> list[str]:
    """Check how an action, a trigger or a condition is described."""
    names = [name for name, _ in fields_of(action)]
    problems = [
        f"field {name} is there twice" for name in set(names) if names.count(name) > 1
    ]
    if "device" in (action.get("target") or {}):
        problems.append("a target can't be filtered by device")
    problems += [
        f"{key} belongs into the texts"
        for key in ("name", "description")
        if key in action
    ]
    for name, field in fields_of(action):
        if "selector" not in field:
            problems.append(f"field {name} has no selector")
        problems += [
            f"field {name}: {key} belongs into the texts"
            for key in ("name", "description")
            if key in field
        ]
    return problems


def check_texts(action: Content, texts: Content) -> list[str]:
    """Check that each field and each section has a text, and each text one of them."""
    fields, sections = {name for name, _ in fields_of(action)}, _sections(action)
    named = set(texts.get("fields", {}))
    named_sections = set(texts.get("sections", {}))
    return [
        *difference(fields, named, "field {} has no text"),
        *difference(named, fields, "text for {}, which is no field"),
        *difference(sections, named_sections, "section {} has no text"),
        *difference(named_sections, sections, "text for {}, which is no section"),
    ]


def check_choices(actions: Content, texts: Content) -> list[str]:
    """Check that each option of a choice has a text, and each text an option."""
    problems = []
    offered: dict[str, set[str]] = {}
    for action in actions.values():
        for name, field in fields_of(action or {}):
            select = (field.get("selector") or {}).get("select") or {}
            options = select.get("options", [])
            if not options or isinstance(options[0], dict):
                continue
            if (key := select.get("translation_key")) is None:
                problems.append(f"field {name}: its options have no translation_key")
            else:
                offered.setdefault(key, set()).update(options)
    for key, options in offered.items():
        named = set(texts.get(key, {}).get("options", {}))
        problems += [
            *difference(options, named, f"{key}: option {{}} has no text"),
            *difference(named, options, f"{key}: text for {{}}, which is no option"),
        ]
    return problems


def schema_fields(schema: object) -> dict[str, vol.Marker]:
    """Return the fields of an action's schema, by name, without its target's."""
    if isinstance(schema, vol.Schema):
        return schema_fields(schema.schema)
    if isinstance(schema, vol.All | vol.Any):
        return {
            name: marker
            for validator in schema.validators
            for name, marker in schema_fields(validator).items()
        }
    if not isinstance(schema, Mapping):
        return {}
    markers = {str(marker): marker for marker in schema}
    return {
        name: marker for name, marker in markers.items() if name not in TARGET_FIELDS
    }


def check_schemas(folder: Path, schemas: Mapping[str, object]) -> list[str]:
    """Check that the registered schemas and services.yaml say the same.

    Args:
        folder: the component's folder.
        schemas: the schema of each action that the running component registered.
    """
    described = services(folder)
    problems = [
        *difference(set(described), set(schemas), "{} is described, not registered"),
        *difference(set(schemas), set(described), "{} is registered, not described"),
    ]
    for action in described.keys() & schemas.keys():
        markers = schema_fields(schemas[action])
        found = check_fields(described[action] or {}, markers)
        problems += [f"{action}: {problem}" for problem in found]
    return problems


def check_fields(action: Content, markers: Mapping[str, vol.Marker]) -> list[str]:
    """Check that described fields and those of a schema are the same."""
    fields = dict(fields_of(action))
    problems = [
        *difference(set(fields), set(markers), "field {} is not in the schema"),
        *difference(set(markers), set(fields), "field {} is not described"),
    ]
    for name in fields.keys() & markers.keys():
        problems += _check_marker(name, fields[name], markers[name])
    return problems


def _check_marker(name: str, field: Content, marker: vol.Marker) -> list[str]:
    problems = []
    default = getattr(marker, "default", vol.UNDEFINED)
    must = isinstance(marker, vol.Required) and default is vol.UNDEFINED
    # What the form always has filled in may be missing in YAML.
    is_filled_in = "default" in field and default is not vol.UNDEFINED
    if bool(field.get("required")) is not must and not is_filled_in:
        problems.append(f"field {name}: required differs from the schema")
    # A default in services.yaml only fills in the form; the schema's may stay silent.
    if "default" in field and default is not vol.UNDEFINED:
        value = default() if callable(default) else default
        if value != field["default"]:
            problems.append(f"field {name}: default differs from the schema")
    return problems
