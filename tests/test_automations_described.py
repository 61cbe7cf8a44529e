"""Triggers, conditions and blueprints are described as they are: in YAML, texts and docs."""

from pathlib import Path
import re
import shutil

from homeassistant.components.blueprint import BLUEPRINT_SCHEMA
from homeassistant.components.blueprint.models import Blueprint
from homeassistant.core import HomeAssistant
from homeassistant.helpers.typing import VolDictType
from homeassistant.util.yaml import load_yaml_dict
import pytest
from yarl import URL

from custom_components.tuya_lock_manager.condition import (
    LockCondition,
    async_get_conditions,
)
from custom_components.tuya_lock_manager.domain.alarms import AlarmType
from custom_components.tuya_lock_manager.domain.openings import OpeningMethod
from custom_components.tuya_lock_manager.trigger import LockTrigger, async_get_triggers
from tests.rules.automations import (
    KINDS,
    check_automations,
    check_options,
    described,
    options_of,
)
from tests.rules.files import read_json
from tests.test_hassfest import COMPONENT, ROOT, Change, edit_json, edit_text

FOLDER = Path("blueprints/automation/tuya_lock_manager")
REPOSITORY = "https://github.com/tuya-lock-manager/tuya-lock-manager/blob/main"
README = (ROOT / "README.md").read_text("utf-8")
REFERENCE = (ROOT / "docs" / "automations.md").read_text("utf-8")


async def _options(hass: HomeAssistant, kind: str) -> dict[str, VolDictType]:
    """Return the options of all triggers, or conditions, in the code."""
    found = await (
        async_get_triggers(hass) if kind == "triggers" else async_get_conditions(hass)
    )
    options: dict[str, VolDictType] = {}
    for name, cls in found.items():
        assert issubclass(cls, LockTrigger | LockCondition)
        options[name] = cls.options_schema
    return options


def test_the_files_agree() -> None:
    assert check_automations(COMPONENT) == []


@pytest.mark.parametrize("kind", KINDS)
async def test_the_options_are_those_of_the_code(
    hass: HomeAssistant, kind: str
) -> None:
    assert check_options(COMPONENT, kind, await _options(hass, kind)) == []


def test_every_alarm_and_every_method_can_be_chosen() -> None:
    triggers = described(COMPONENT, "triggers")
    for trigger, field, values in (
        ("alarm_raised", "types", AlarmType),
        ("unlocked", "method", OpeningMethod),
    ):
        selector = triggers[trigger]["fields"][field]["selector"]["select"]
        assert selector["options"] == [value.value for value in values]


def _table(kind: str) -> dict[str, set[str]]:
    """Return the triggers, or the conditions, in the reference, and the options of each."""
    start = REFERENCE.index(f"| {kind[:-1].capitalize()} |")
    table = REFERENCE[start:].split("\n\n")[0]
    rows = [row.strip("| ").split(" | ") for row in table.splitlines()[2:]]
    return {
        name.strip("`"): set(re.findall("`([a-z_]+)`", options))
        for name, _, options in rows
    }


@pytest.mark.parametrize("kind", KINDS)
def test_the_reference_has_them_all(kind: str) -> None:
    assert _table(kind) == {
        name: options_of(COMPONENT, kind, name) for name in described(COMPONENT, kind)
    }


BLUEPRINTS = {
    path.stem: load_yaml_dict(str(path)) for path in (ROOT / FOLDER).glob("*.yaml")
}


def test_there_are_the_blueprints() -> None:
    assert set(BLUEPRINTS) == {
        *("guest_arrives", "first_entry", "code_expiring_soon", "wrong_attempts"),
        *("duress_alarm", "weekly_clean_up", "code_not_delivered"),
    }


@pytest.mark.parametrize("name", BLUEPRINTS)
def test_a_blueprint_says_what_it_is(name: str) -> None:
    """What it is, since when, from where, and what each of its inputs takes."""
    about = Blueprint(BLUEPRINTS[name], schema=BLUEPRINT_SCHEMA)
    assert about.validate() is None
    assert about.domain == "automation"
    metadata = about.metadata
    assert metadata["source_url"] == f"{REPOSITORY}/{FOLDER}/{name}.yaml"
    floor = read_json(ROOT / "hacs.json")["homeassistant"]
    assert metadata["homeassistant"]["min_version"] == floor
    assert len(metadata["description"]) > 50
    for field in about.inputs.values():
        assert field["name"]
        assert field["selector"]
        # What is not chosen has something that works.
        assert "default" in field or field["name"] in {"Locks", "Calendar"}


@pytest.mark.parametrize("name", BLUEPRINTS)
def test_the_readme_has_an_import_button(name: str) -> None:
    """With the address that the file has on the main branch."""
    (row,) = [line for line in README.splitlines() if f"({FOLDER}/{name}.yaml)" in line]
    (link,) = re.findall(r"\]\((https://my\.home-assistant\.io/redirect/[^)]+)\)", row)
    query = URL(link).query
    assert query == {"blueprint_url": f"{REPOSITORY}/{FOLDER}/{name}.yaml"}
    assert README.count("blueprint_import.svg") == len(BLUEPRINTS)


EN = "translations/en.json"
BROKEN: tuple[tuple[Change, str], ...] = (
    (edit_json(EN, "triggers", "unlocked"), "unlocked has no text"),
    (edit_json(EN, "triggers", "locked", value={}), "locked, which is not there"),
    (edit_json("icons.json", "conditions", "has_unread_alarms"), "has no icon"),
    (edit_json("icons.json", "triggers", "x", value={}), "icon for x"),
    (edit_json(EN, "triggers", "unlocked", "fields", "member"), "member has no text"),
    (edit_json(EN, "selector", "record_type"), "option app has no"),
    (edit_json(EN, "selector", "record_type", "options", "hijack"), "hijack has no"),
    (edit_text("triggers.yaml", "boolean:", "no_such_selector:"), "no_such_selector"),
    (edit_text("conditions.yaml", "has_active", "is_active"), "is_active_password"),
)


@pytest.mark.parametrize(("change", "expected"), BROKEN)
def test_the_check_sees_what_is_broken(
    tmp_path: Path, change: Change, expected: str
) -> None:
    folder = tmp_path / COMPONENT.name
    shutil.copytree(COMPONENT, folder)
    change(folder)
    assert expected in "\n".join(check_automations(folder))


async def test_the_check_sees_other_options(hass: HomeAssistant) -> None:
    options = await _options(hass, "triggers")
    options["unlocked"] = options["alarm_raised"]
    options["locked"] = options.pop("password_failed")
    problems = check_options(COMPONENT, "triggers", options)
    assert "password_failed is described, not in the code" in problems
    assert "locked is in the code, not described" in problems
    assert "unlocked: field types is not described" in problems
    assert "unlocked: field member is not in the schema" in problems
