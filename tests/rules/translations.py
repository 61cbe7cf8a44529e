"""translations/*.json: structure, texts, and the same keys in every language."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import homeassistant.helpers.config_validation as cv
import voluptuous as vol
from voluptuous.humanize import humanize_error

from .files import Content, difference, read_json
from .texts import fixed_text, key, placeholders, text

type Part = Callable[[object], object] | dict[Any, Any]


def by_key(
    value: Part, *, names: Callable[[Any], str] = key
) -> Callable[[object], object]:
    """Validate a mapping from translation keys to `value`."""
    return cv.schema_with_slug_keys(value, slug_validator=names)


STATES = by_key(fixed_text)
FIELDS: dict[Any, Any] = {
    vol.Optional("name"): text,
    vol.Optional("description"): text,
    vol.Optional("data"): {str: text},
    vol.Optional("data_description"): {str: text},
}
STEP: dict[Any, Any] = {
    vol.Optional("title"): text,
    vol.Optional("description"): text,
    vol.Optional("data"): {str: text},
    vol.Optional("data_description"): {str: text},
    vol.Optional("menu_options"): {str: text},
    vol.Optional("menu_option_descriptions"): {str: text},
    vol.Optional("sections"): {str: FIELDS},
    vol.Optional("submit"): text,
}


def _descriptions_belong_to_fields(flow: Content) -> Content:
    for name, step in flow["step"].items():
        for part in (step, *step.get("sections", {}).values()):
            for field in part.get("data_description", {}):
                if field not in part.get("data", {}):
                    raise vol.Invalid(f"{name}: {field} is described but has no name")
    return flow


def _flow(**extra: Part) -> Callable[[object], object]:
    schema: dict[Any, Any] = {
        vol.Required("step"): {str: STEP},
        vol.Optional("flow_title"): text,
        vol.Optional("initiate_flow"): {vol.Required("user"): text, str: text},
        vol.Optional("error"): {str: text},
        vol.Optional("abort"): {str: text},
        vol.Optional("progress"): {str: text},
        vol.Optional("create_entry"): {str: text},
    }
    schema |= {vol.Required(name): value for name, value in extra.items()}
    return vol.All(schema, _descriptions_belong_to_fields)


DESCRIBED: dict[Any, Any] = {
    vol.Required("name"): text,
    vol.Required("description"): text,
}
SERVICE: dict[Any, Any] = {
    **DESCRIBED,
    vol.Optional("fields"): by_key({**DESCRIBED, vol.Optional("example"): text}),
    vol.Optional("sections"): by_key(
        {vol.Required("name"): text, vol.Optional("description"): text}
    ),
}
ENTITY: dict[Any, Any] = {
    vol.Optional("name"): text,
    vol.Optional("state"): STATES,
    vol.Optional("state_attributes"): by_key(
        {vol.Optional("name"): fixed_text, vol.Optional("state"): STATES}
    ),
    vol.Optional("unit_of_measurement"): fixed_text,
}
ISSUE = vol.All(
    cv.has_at_least_one_key("description", "fix_flow"),
    {
        vol.Required("title"): text,
        vol.Optional("short_title"): text,
        vol.Exclusive("description", "fixable"): text,
        vol.Exclusive("fix_flow", "fixable"): _flow(),
    },
)
SCHEMA = vol.Schema(
    {
        vol.Optional("title"): text,
        vol.Optional("config"): _flow(),
        vol.Optional("options"): _flow(),
        vol.Optional("config_subentries"): by_key(_flow(entry_type=text)),
        vol.Optional("entity"): by_key(by_key(ENTITY), names=cv.slug),
        vol.Optional("device"): by_key({vol.Optional("name"): text}),
        vol.Optional("services"): by_key(SERVICE),
        vol.Optional("triggers"): by_key(SERVICE),
        vol.Optional("conditions"): by_key(SERVICE),
        vol.Optional("selector"): by_key(
            {
                vol.Optional("options"): by_key(text),
                vol.Optional("choices"): by_key(text),
                vol.Optional("unit_of_measurement"): by_key(text),
                vol.Optional("fields"): by_key(DESCRIBED),
            }
        ),
        vol.Optional("exceptions"): by_key({vol.Required("message"): text}),
        vol.Optional("issues"): by_key(ISSUE),
        vol.Optional("system_health"): {vol.Optional("info"): by_key(text)},
        vol.Optional("common"): by_key(text),
    }
)


def check_translations(folder: Path) -> list[str]:
    """Check all languages of the component in this folder."""
    languages = {path.stem: path for path in folder.glob("translations/*.json")}
    if "en" not in languages:
        return ["translations/en.json is missing"]
    problems = [
        f"{path.name}: custom integrations have no such file"
        for path in folder.glob("strings.json")
    ]
    english = read_json(languages["en"])
    for language, path in sorted(languages.items()):
        content = read_json(path)
        found = [*_check_structure(content), *_check_equality(english, content)]
        problems += [f"{language}: {problem}" for problem in found]
    name = read_json(folder / "manifest.json").get("name")
    if english.get("title") == name:
        problems.append("en: the title repeats the manifest's name")
    return problems


def _check_structure(content: Content) -> list[str]:
    try:
        SCHEMA(content)
    except vol.Invalid as error:
        return [humanize_error(content, error)]
    return []


def _leaves(content: Content, path: str = "") -> Iterator[tuple[str, str]]:
    for name, value in content.items():
        where = f"{path}.{name}" if path else name
        if isinstance(value, dict):
            yield from _leaves(value, where)
        else:
            yield where, str(value)


def _check_equality(english: Content, content: Content) -> list[str]:
    ours, theirs = dict(_leaves(english)), dict(_leaves(content))
    problems = [
        *difference(set(ours), set(theirs), "{} is missing"),
        *difference(set(theirs), set(ours), "{} is not in English"),
    ]
    for where in sorted(ours.keys() & theirs.keys()):
        try:
            same = placeholders(ours[where]) == placeholders(theirs[where])
        except ValueError:
            continue  # the structure's check says so
        if not same:
            problems.append(f"{where}: other placeholders than in English")
    return problems
