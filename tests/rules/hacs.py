"""The repository: what HACS checks before it offers an integration."""

from pathlib import Path

from .files import read_json

HACS_KEYS: dict[str, type | tuple[type, ...]] = {
    "name": str,
    "content_in_root": bool,
    "country": (str, list),
    "filename": str,
    "hide_default_branch": bool,
    "homeassistant": str,
    "persistent_directory": str,
    "render_readme": bool,
    "zip_release": bool,
}
MANIFEST_KEYS = (
    *("codeowners", "documentation", "domain", "issue_tracker", "name", "version"),
)
README_HEADINGS = ("install", "remov")


def check_hacs(root: Path) -> list[str]:
    """Check the repository in this folder."""
    return [
        *_check_hacs_json(root),
        *_check_component(root),
        *_check_texts(root),
    ]


def _check_hacs_json(root: Path) -> list[str]:
    content = read_json(root / "hacs.json")
    problems = [] if content.get("name") else ["hacs.json: name is missing"]
    problems += [f"hacs.json: {key} is unknown" for key in content.keys() - HACS_KEYS]
    problems += [
        f"hacs.json: {key} has the wrong type"
        for key, value in content.items()
        if key in HACS_KEYS and not isinstance(value, HACS_KEYS[key])
    ]
    return problems


def _check_component(root: Path) -> list[str]:
    manifests = sorted((root / "custom_components").glob("*/manifest.json"))
    if len(manifests) != 1:
        return [f"there are {len(manifests)} integrations, not one"]
    (path,) = manifests
    manifest = read_json(path)
    problems = [
        f"manifest.json: {key} is missing"
        for key in MANIFEST_KEYS
        if not manifest.get(key)
    ]
    if not isinstance(manifest.get("codeowners"), list):
        problems.append("manifest.json: codeowners is no list")
    if not (path.parent / "brand" / "icon.png").is_file():
        problems.append("brand/icon.png is missing")
    return problems


def _check_texts(root: Path) -> list[str]:
    problems = []
    licence = root / "LICENSE"
    if not licence.is_file() or "MIT License" not in licence.read_text("utf-8"):
        problems.append("LICENSE is not the MIT licence")
    readme = root / "README.md"
    text = readme.read_text("utf-8") if readme.is_file() else ""
    headings = [
        line.lower() for line in text.splitlines() if line.startswith(("# ", "## "))
    ]
    problems += [
        f"README.md has no chapter on {word}…"
        for word in README_HEADINGS
        if not any(word in heading for heading in headings)
    ]
    return problems
