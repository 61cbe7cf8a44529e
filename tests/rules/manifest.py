"""manifest.json: what Home Assistant allows in a custom integration's manifest."""

from pathlib import Path
import re
from urllib.parse import urlparse

from awesomeversion import AwesomeVersion, AwesomeVersionStrategy
import homeassistant
from packaging.requirements import InvalidRequirement, Requirement

from .files import Content, read_json

REQUIRED: dict[str, type] = {
    "domain": str,
    "name": str,
    "codeowners": list,
    "documentation": str,
    "integration_type": str,
    "iot_class": str,
    "issue_tracker": str,
    "version": str,
}
OPTIONAL: dict[str, type] = {
    "after_dependencies": list,
    "categories": list,
    "config_flow": bool,
    "connectivity": list,
    "dependencies": list,
    "import_executor": bool,
    "loggers": list,
    "requirements": list,
    "single_config_entry": bool,
}
CHOICES = {
    "integration_type": {
        *("device", "entity", "hardware", "helper", "hub"),
        *("service", "system", "virtual"),
    },
    "iot_class": {
        *("assumed_state", "calculated", "cloud_polling", "cloud_push"),
        *("local_polling", "local_push"),
    },
}
VERSION_STRATEGIES = {
    AwesomeVersionStrategy.CALVER,
    AwesomeVersionStrategy.SEMVER,
    AwesomeVersionStrategy.SIMPLEVER,
    AwesomeVersionStrategy.BUILDVER,
    AwesomeVersionStrategy.PEP440,
}
OWNER = re.compile(r"^@[A-Za-z0-9][A-Za-z0-9-]*(/[A-Za-z0-9._-]+)?$")

# Home Assistant 2026.11 brought these two keys and generates their vocabularies;
# 2026.10 has none and ignores the keys.
GENERATED = Path(homeassistant.__file__).parent / "generated"
KNOWN_CATEGORIES = {"security_safety.locks_access"}
KNOWN_CONNECTIVITY = {"cloud"}


def categories() -> set[str]:
    """Return the allowed `categories` as `group.category`."""
    groups = read_json(GENERATED / "integration_categories.json")
    return {
        f"{group['slug']}.{category['slug']}"
        for group in groups
        for category in group["subcategories"]
    } or KNOWN_CATEGORIES


def connectivity() -> set[str]:
    """Return the allowed `connectivity` words."""
    words = read_json(GENERATED / "integration_connectivity.json")
    return {word["slug"] for word in words} or KNOWN_CONNECTIVITY


def check_manifest(folder: Path) -> list[str]:
    """Check the manifest of the component in this folder."""
    manifest = read_json(folder / "manifest.json")
    return [
        *_check_keys(manifest),
        *_check_identity(manifest, folder),
        *_check_links(manifest),
        *_check_lists(manifest),
    ]


def _check_keys(manifest: Content) -> list[str]:
    allowed = REQUIRED | OPTIONAL
    problems = [f"{key} is missing" for key in REQUIRED if key not in manifest]
    problems += [f"{key} is not allowed" for key in manifest if key not in allowed]
    problems += [
        f"{key} is no {allowed[key].__name__}"
        for key, value in manifest.items()
        if key in allowed and not isinstance(value, allowed[key])
    ]
    problems += [
        f"{key} {manifest[key]!r} is unknown"
        for key, choices in CHOICES.items()
        if key in manifest and manifest[key] not in choices
    ]
    head = ["domain", "name"]
    order = head + sorted(key for key in manifest if key not in head)
    if list(manifest) != order:
        problems.append("keys are not in order: domain, name, then the alphabet")
    return problems


def _check_identity(manifest: Content, folder: Path) -> list[str]:
    problems = []
    if manifest.get("domain") != folder.name:
        problems.append(f"domain is not the folder's name {folder.name}")
    version = AwesomeVersion(manifest.get("version", ""))
    if version.strategy not in VERSION_STRATEGIES:
        problems.append(f"version {version} is of no known kind")
    has_flow = (folder / "config_flow.py").is_file()
    if manifest.get("config_flow", False) is not has_flow:
        problems.append("config_flow does not say whether there is a config_flow.py")
    return problems


def _check_links(manifest: Content) -> list[str]:
    problems = []
    for key in ("documentation", "issue_tracker"):
        url = urlparse(manifest.get(key, ""))
        if url.scheme != "https" or not url.netloc:
            problems.append(f"{key} is no https address")
        if url.netloc.endswith("home-assistant.io"):
            problems.append(f"{key} points at Home Assistant's own pages")
    return problems


def _check_lists(manifest: Content) -> list[str]:
    owners = manifest.get("codeowners", [])
    problems = [f"{owner} is no owner" for owner in owners if not OWNER.match(owner)]
    if not owners:
        problems.append("nobody owns it")
    for key, allowed in (
        ("categories", categories()),
        ("connectivity", connectivity()),
    ):
        problems += [
            f"{key}: {word} is unknown"
            for word in manifest.get(key, [])
            if word not in allowed
        ]
    for text in manifest.get("requirements", []):
        try:
            pins = [spec.operator for spec in Requirement(text).specifier]
        except InvalidRequirement:
            problems.append(f"requirement {text} can't be read")
            continue
        if pins != ["=="]:
            problems.append(f"requirement {text} is not pinned")
    return problems
