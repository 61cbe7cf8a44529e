"""quality_scale.yaml: the 54 rules of Home Assistant's integration quality scale."""

from pathlib import Path

from .files import Content, read_yaml

BRONZE = (
    *("action-setup", "appropriate-polling", "brands", "common-modules"),
    *("config-flow", "config-flow-test-coverage", "dependency-transparency"),
    *("docs-actions", "docs-conditions", "docs-high-level-description"),
    *("docs-installation-instructions", "docs-removal-instructions", "docs-triggers"),
    *("entity-event-setup", "entity-unique-id", "has-entity-name", "runtime-data"),
    *("test-before-configure", "test-before-setup", "unique-config-entry"),
)
SILVER = (
    *("action-exceptions", "config-entry-unloading", "docs-configuration-parameters"),
    *("docs-installation-parameters", "entity-unavailable", "integration-owner"),
    *("log-when-unavailable", "parallel-updates", "reauthentication-flow"),
    "test-coverage",
)
GOLD = (
    *("devices", "diagnostics", "discovery", "discovery-update-info"),
    *("docs-data-update", "docs-examples", "docs-known-limitations"),
    *("docs-supported-devices", "docs-supported-functions", "docs-troubleshooting"),
    *("docs-use-cases", "dynamic-devices", "entity-category", "entity-device-class"),
    *("entity-disabled-by-default", "entity-translations", "exception-translations"),
    *("icon-translations", "reconfiguration-flow", "repair-issues", "stale-devices"),
)
PLATINUM = ("async-dependency", "inject-websession", "strict-typing")
RULES = {*BRONZE, *SILVER, *GOLD, *PLATINUM}
STATUSES = {"done", "todo", "exempt"}


def check_quality_scale(folder: Path) -> list[str]:
    """Check that each rule has a status, and each exemption a reason."""
    content = read_yaml(folder / "quality_scale.yaml")
    if set(content) != {"rules"}:
        return ["there is more or less than `rules`"]
    rules = content["rules"]
    problems = [f"{name} is missing" for name in sorted(RULES - set(rules))]
    problems += [f"{name} is no rule" for name in sorted(set(rules) - RULES)]
    for name, value in rules.items():
        problems += [f"{name}: {problem}" for problem in _check_rule(value)]
    return problems


def _check_rule(value: Content) -> list[str]:
    if not isinstance(value, dict):
        if value == "exempt":
            return ["an exemption needs a comment"]
        return [] if value in STATUSES else [f"status {value!r} is unknown"]
    problems = []
    if value.get("status") not in STATUSES:
        problems.append(f"status {value.get('status')!r} is unknown")
    if not set(value) <= {"status", "comment"}:
        problems.append("there is more than a status and a comment")
    if not str(value.get("comment") or "").strip():
        problems.append("the comment is missing")
    return problems
