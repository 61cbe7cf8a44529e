"""HACS's rules for the repository hold, and the checks can fail."""

from collections.abc import Callable
import json
from pathlib import Path
import shutil
import tomllib

from homeassistant.const import __version__ as home_assistant_version
from homeassistant.core import HomeAssistant
from homeassistant.loader import async_get_custom_components
from homeassistant.util.yaml import load_yaml_dict
import pytest

from custom_components.tuya_lock_manager.const import DOMAIN

from .rules import check_hacs

ROOT = Path(__file__).parent.parent
MANIFEST = Path("custom_components") / DOMAIN / "manifest.json"


def test_repository_follows_the_rules() -> None:
    assert check_hacs(ROOT) == []


def test_workflows_run_the_official_checks() -> None:
    """The real hassfest and HACS can only run on GitHub; make sure that they do."""
    workflows = ROOT / ".github" / "workflows"
    used = {
        str(step.get("uses") or step.get("run"))
        for path in workflows.glob("*.yml")
        for job in load_yaml_dict(str(path))["jobs"].values()
        for step in job["steps"]
    }
    assert {
        "home-assistant/actions/hassfest@master",
        "hacs/action@main",
        ".ci/run",
    } <= used
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


def test_versions_agree() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    manifest = json.loads((ROOT / MANIFEST).read_text("utf-8"))
    assert manifest["version"] == project["version"]


def test_floor_is_what_the_tests_run_on() -> None:
    floor = json.loads((ROOT / "hacs.json").read_text("utf-8"))["homeassistant"]
    assert floor.split(".")[:2] == home_assistant_version.split(".")[:2]


async def test_home_assistant_loads_the_manifest(hass: HomeAssistant) -> None:
    """An older Home Assistant tolerates the keys that only newer ones know."""
    integration = (await async_get_custom_components(hass))[DOMAIN]
    assert integration.version == "0.1.0"
    assert integration.config_flow
    assert integration.integration_type == "hub"


def _write(name: str, content: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")

    return change


BROKEN: tuple[tuple[Callable[[Path], None], str], ...] = (
    (_write("hacs.json", "{}"), "name is missing"),
    (_write("hacs.json", '{"name": "x", "domains": []}'), "domains is unknown"),
    (
        _write("hacs.json", '{"name": "x", "zip_release": 1}'),
        "zip_release has the wrong",
    ),
    (_write("custom_components/other/manifest.json", "{}"), "2 integrations"),
    (_write(str(MANIFEST), '{"codeowners": "me"}'), "codeowners is no list"),
    (_write(str(MANIFEST), "{}"), "version is missing"),
    (_write("LICENSE", "All rights reserved."), "LICENSE"),
    (_write("README.md", "# Hello"), "no chapter on install"),
    (_write("README.md", "# Hello\n## Installation"), "no chapter on remov"),
    (
        lambda root: (root / MANIFEST.parent / "brand" / "icon.png").unlink(),
        "icon.png is missing",
    ),
)


@pytest.mark.parametrize(
    ("change", "expected"), BROKEN, ids=[text for _, text in BROKEN]
)
def test_broken_repository_is_seen(
    tmp_path: Path, change: Callable[[Path], None], expected: str
) -> None:
    for name in ("hacs.json", "LICENSE", "README.md"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / MANIFEST.parent / "brand").mkdir(parents=True)
    shutil.copy(ROOT / MANIFEST, tmp_path / MANIFEST)
    icon = MANIFEST.parent / "brand" / "icon.png"
    shutil.copy(ROOT / icon, tmp_path / icon)
    assert check_hacs(tmp_path) == []
    change(tmp_path)
    problems = check_hacs(tmp_path)
    assert any(expected in problem for problem in problems), problems
