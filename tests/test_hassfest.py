"""Home Assistant's rules for custom integrations hold, and the checks can fail."""

from collections.abc import Callable
import json
from pathlib import Path
import shutil
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from PIL import Image
import pytest

from custom_components.tuya_lock_manager.const import DOMAIN

from .rules import (
    check_brand,
    check_code,
    check_icons,
    check_manifest,
    check_quality_scale,
    check_services,
    check_translations,
)
from .rules.services import check_schemas

type Check = Callable[[Path], list[str]]
type Change = Callable[[Path], None]

ROOT = Path(__file__).parent.parent
COMPONENT = ROOT / "custom_components" / DOMAIN
CHECKS = (
    check_brand,
    check_code,
    check_icons,
    check_manifest,
    check_quality_scale,
    check_services,
    check_translations,
)


@pytest.mark.parametrize("check", CHECKS)
def test_component_follows_the_rules(check: Check) -> None:
    assert check(COMPONENT) == []


def test_there_is_something_to_check() -> None:
    """Guard against checks that pass because a file is missing."""
    for name in (
        *("manifest.json", "services.yaml", "icons.json", "quality_scale.yaml"),
        *("translations/en.json", "brand/icon.png", "config_flow.py"),
    ):
        assert (COMPONENT / name).is_file()


async def test_registered_actions_match_their_descriptions(hass: HomeAssistant) -> None:
    assert await async_setup_component(hass, DOMAIN, {})
    registered = hass.services.async_services_for_domain(DOMAIN)
    schemas = {name: service.schema for name, service in registered.items()}
    assert {
        *("create_temp_password", "issue_clear_code"),
        *("delete_password", "list_passwords"),
    } <= set(schemas)
    assert check_schemas(COMPONENT, schemas) == []


async def test_schema_check_sees_differences(hass: HomeAssistant) -> None:
    assert await async_setup_component(hass, DOMAIN, {})
    registered = hass.services.async_services_for_domain(DOMAIN)
    schemas = {name: service.schema for name, service in registered.items()}
    schemas["list_passwords"] = schemas["create_temp_password"]
    schemas["unheard_of"] = schemas.pop("delete_password")
    problems = check_schemas(COMPONENT, schemas)
    assert "delete_password is described, not registered" in problems
    assert "unheard_of is registered, not described" in problems
    assert "list_passwords: field duration is not described" in problems
    assert "list_passwords: field statuses is not in the schema" in problems


def edit_json(name: str, *path: str, value: Any = None) -> Change:
    """Return a change that sets (or, with `None`, removes) a value in a JSON file."""

    def change(folder: Path) -> None:
        file = folder / name
        content = json.loads(file.read_text("utf-8"))
        inner = content
        for key in path[:-1]:
            inner = inner.setdefault(key, {})
        if value is None:
            del inner[path[-1]]
        else:
            inner[path[-1]] = value
        file.write_text(json.dumps(content), "utf-8")

    return change


def edit_text(name: str, old: str, new: str) -> Change:
    """Return a change that replaces a text in a file, which must be there."""

    def change(folder: Path) -> None:
        file = folder / name
        content = file.read_text("utf-8")
        assert old in content
        file.write_text(content.replace(old, new), "utf-8")

    return change


def remove(name: str) -> Change:
    """Return a change that removes a file."""
    return lambda folder: (folder / name).unlink()


def draw(name: str, width: int, height: int) -> Change:
    """Return a change that puts an image of this size into the folder."""

    def change(folder: Path) -> None:
        Image.new("RGBA", (width, height)).save(folder / name, format="PNG")

    return change


def write(name: str, content: str) -> Change:
    """Return a change that writes a file."""

    def change(folder: Path) -> None:
        (folder / name).write_text(content, "utf-8")

    return change


def german(**changes: str) -> Change:
    """Return a change that adds a German translation equal to the English one but for this."""

    def change(folder: Path) -> None:
        content = json.loads((folder / "translations/en.json").read_text("utf-8"))
        content["exceptions"].update(
            {key: {"message": message} for key, message in changes.items()}
        )
        (folder / "translations/de.json").write_text(json.dumps(content), "utf-8")

    return change


EN = "translations/en.json"
MESSAGE = ("exceptions", "cannot_connect", "message")
BROKEN: tuple[tuple[Check, Change, str], ...] = (
    # manifest.json
    (
        check_manifest,
        edit_json("manifest.json", "dhcp", value=[]),
        "dhcp is not allowed",
    ),
    (check_manifest, edit_json("manifest.json", "iot_class"), "iot_class is missing"),
    (check_manifest, edit_json("manifest.json", "zz", value="x"), "zz is not allowed"),
    (check_manifest, edit_json("manifest.json", "codeowners", value=[]), "nobody"),
    (check_manifest, edit_json("manifest.json", "codeowners", value=["me"]), "owner"),
    (check_manifest, edit_json("manifest.json", "version", value="new"), "version"),
    (check_manifest, edit_json("manifest.json", "domain", value="other"), "domain"),
    (check_manifest, edit_json("manifest.json", "config_flow", value=False), "flow"),
    (check_manifest, edit_json("manifest.json", "config_flow", value="yes"), "no bool"),
    (
        check_manifest,
        edit_json("manifest.json", "categories", value=["x"]),
        "categories",
    ),
    (
        check_manifest,
        edit_json("manifest.json", "connectivity", value=["x"]),
        "connect",
    ),
    (check_manifest, edit_json("manifest.json", "integration_type", value="x"), "type"),
    (
        check_manifest,
        edit_json("manifest.json", "requirements", value=["a>=1"]),
        "pinned",
    ),
    (check_manifest, edit_json("manifest.json", "dependencies", value=[]), "order"),
    (
        check_manifest,
        edit_json("manifest.json", "documentation", value="http://example.com"),
        "https",
    ),
    (
        check_manifest,
        edit_json(
            "manifest.json",
            "documentation",
            value="https://www.home-assistant.io/integrations/tuya_lock_manager",
        ),
        "Home Assistant's own",
    ),
    # translations
    (check_translations, remove(EN), "is missing"),
    (check_translations, write("strings.json", "{}"), "no such file"),
    (check_translations, edit_json(EN, *MESSAGE, value="<b>No</b>"), "cannot_connect"),
    (check_translations, edit_json(EN, *MESSAGE, value=" No"), "spaces"),
    (check_translations, edit_json(EN, *MESSAGE, value="See '{url}'"), "single quotes"),
    (check_translations, edit_json(EN, *MESSAGE, value="See {the url}"), "identifier"),
    (check_translations, edit_json(EN, *MESSAGE, value="See {url"), "braces"),
    (check_translations, edit_json(EN, *MESSAGE, value="[%key:a::b%]"), "reference"),
    (
        check_translations,
        edit_json(EN, *MESSAGE, value="See https://a.b.com/c"),
        "address",
    ),
    (check_translations, edit_json(EN, "exceptions", "Bad__Key", value={}), "Bad__Key"),
    (check_translations, edit_json(EN, "unheard_of", value={}), "unheard_of"),
    (check_translations, edit_json(EN, "title", value="Tuya Lock Manager"), "title"),
    (
        check_translations,
        edit_json(EN, "config", "step", "user", "data_description", "ghost", value="x"),
        "ghost is described",
    ),
    (check_translations, german(cannot_connect="Kein {ding}"), "other placeholders"),
    (check_translations, german(extra="Mehr"), "is not in English"),
    # icons.json
    (check_icons, edit_json("icons.json", "services", "list_passwords"), "no icon"),
    (
        check_icons,
        edit_json("icons.json", "services", "ghost", value={"service": "mdi:ghost"}),
        "ghost, which is no action",
    ),
    (
        check_icons,
        edit_json(
            "icons.json", "services", "list_passwords", "service", value="hass:key"
        ),
        "icons.json",
    ),
    (
        check_icons,
        edit_json("icons.json", "entity", "sensor", "ghost", "default", value="mdi:x"),
        "sensor.ghost, which has no name",
    ),
    (check_icons, edit_json("icons.json", "entity"), "has no icon"),
    # services.yaml
    (check_services, write("services.yaml", "ghost:\n"), "ghost has no text"),
    (check_services, write("services.yaml", "Ghost: 1\n"), "services.yaml"),
    (
        check_services,
        edit_json(EN, "services", "list_passwords", "fields", "types"),
        "field types has no text",
    ),
    (
        check_services,
        edit_json(
            EN,
            *("services", "list_passwords", "fields", "ghost"),
            value={"name": "a", "description": "b"},
        ),
        "ghost, which is no field",
    ),
    (check_services, edit_json(EN, "selector"), "option custom has no text"),
    (
        check_services,
        edit_json(EN, *("selector", "password_type", "options", "ghost"), value="x"),
        "ghost, which is no option",
    ),
    (
        check_services,
        edit_text("services.yaml", "translation_key: password_status", "mode: list"),
        "have no translation_key",
    ),
    (
        check_services,
        edit_text("services.yaml", "target: &locks", "target: &locks\n    device: {}"),
        "filtered by device",
    ),
    (
        check_services,
        edit_text("services.yaml", "example: Cleaner", "description: Whose"),
        "description belongs into the texts",
    ),
    # quality_scale.yaml
    (
        check_quality_scale,
        edit_text("quality_scale.yaml", "brands:", "brand:"),
        "brand",
    ),
    (
        check_quality_scale,
        write("quality_scale.yaml", "rules:\n  brands: exempt\n"),
        "brands: an exemption needs a comment",
    ),
    (
        check_quality_scale,
        write("quality_scale.yaml", "rules:\n  brands: perfect\n"),
        "'perfect' is unknown",
    ),
    # brand
    (check_brand, remove("brand/icon.png"), "icon.png is missing"),
    (check_brand, write("brand/icon.png", "no"), "icon.png is no image"),
    (check_brand, draw("brand/icon.png", 512, 512), "not 256 square"),
    (check_brand, draw("brand/icon@2x.png", 256, 256), "not 512 square"),
    (check_brand, draw("brand/logo.png", 1000, 300), "short side"),
    (check_brand, draw("brand/logo@2x.png", 1000, 200), "short side"),
    (check_brand, draw("brand/picture.png", 256, 256), "is never shown"),
    # code
    (check_code, edit_json(EN, *MESSAGE[:2]), "cannot_connect has no text"),
    (
        check_code,
        edit_json(EN, "exceptions", "ghost", value={"message": "x"}),
        "ghost is never used",
    ),
    (
        check_code,
        edit_json(EN, "issues", "ghost", value={"title": "x", "description": "y"}),
        "issues: ghost is never used",
    ),
    (
        check_code,
        edit_json(EN, "entity", "sensor", "ghost", value={"name": "x"}),
        "sensor: ghost is never used",
    ),
    (
        check_code,
        edit_json(EN, "entity", "sensor", "unread_alarms"),
        "sensor: unread_alarms has no name",
    ),
    (
        check_code,
        edit_json(EN, "config", "step", "ghost", value={"title": "x"}),
        "config: there is no step ghost",
    ),
    (
        check_code,
        edit_json(EN, "config", "error", "ghost", value="x"),
        "config: error ghost is never used",
    ),
    (check_code, remove("services.yaml"), "has no services.yaml"),
    (check_code, edit_text("__init__.py", "CONFIG_SCHEMA", "SCHEMA"), "CONFIG_SCHEMA"),
    (check_code, edit_text("sensor.py", "PARALLEL_UPDATES", "UPDATES"), "sensor.py"),
    (
        check_code,
        edit_json("manifest.json", "dependencies", value=["unheard_of"]),
        "dependency unheard_of",
    ),
)


@pytest.mark.parametrize(
    ("check", "change", "expected"),
    BROKEN,
    ids=[f"{check.__name__}-{expected}" for check, _, expected in BROKEN],
)
def test_broken_component_is_seen(
    tmp_path: Path, check: Check, change: Change, expected: str
) -> None:
    folder = tmp_path / DOMAIN
    shutil.copytree(COMPONENT, folder, ignore=shutil.ignore_patterns("__pycache__"))
    change(folder)
    problems = check(folder)
    assert any(expected in problem for problem in problems), problems
