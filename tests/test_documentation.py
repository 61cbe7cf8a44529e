"""README and docs name what there is, all of it, and their links lead somewhere."""

from collections.abc import Iterator
import os
from pathlib import Path
import re
import textwrap

from homeassistant.util.yaml import parse_yaml
import pytest

from custom_components.tuya_lock_manager.const import DOMAIN
from tests.rules.files import Content, english, read_yaml, services
from tests.test_hassfest import COMPONENT, ROOT

README = (ROOT / "README.md").read_text("utf-8")
ACTIONS = (ROOT / "docs" / "actions.md").read_text("utf-8")
GUESTS = (ROOT / "docs" / "guest-calendars.md").read_text("utf-8")
TEXTS = english(COMPONENT)
DESCRIBED = services(COMPONENT)
PAGES = (
    *("README.md", "docs/actions.md", "docs/automations.md"),
    *("docs/guest-calendars.md", "docs/development.md", "benchmarks/README.md"),
)
LANGUAGES = {
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "nl": "Dutch",
    "pl": "Polish",
    "pt-BR": "Portuguese of Brazil",
    "zh-Hans": "Simplified Chinese",
}
LINK = re.compile(r"\]\(([^)\s]+)\)")


def _section(text: str, heading: str) -> str:
    """Return a chapter: what stands below its heading, until the next of its rank."""
    rank = heading.partition(" ")[0]
    body = f"\n{text}".split(f"\n{heading}\n", 1)[1]
    return re.split(rf"\n#{{1,{len(rank)}}} ", body, maxsplit=1)[0]


def _rows(section: str) -> Iterator[str]:
    """Yield the first cells of the rows of all tables."""
    for line in section.splitlines():
        if line.startswith("| "):
            yield line.strip("|").split(" | ")[0]


def _fields(action: str) -> set[str]:
    fields: set[str] = set()
    for name, field in (DESCRIBED[action].get("fields") or {}).items():
        fields |= set(field.get("fields", {name: field}))
    return fields


def reference(action: str) -> str:
    """Return what the reference tells of an action."""
    name = f"`tuya_lock_manager.{action}`"
    if f"### {name}\n" in ACTIONS:
        return _section(ACTIONS, f"### {name}")
    _, _, rest = ACTIONS.partition(f"**{name}**")
    assert rest, f"{action} is not in docs/actions.md"
    return re.split(r"\n\*\*`|\n#+ ", rest, maxsplit=1)[0]


def test_the_readme_names_every_action() -> None:
    named = [
        name
        for cell in _rows(_section(README, "## Actions").partition("| Status |")[0])
        for name in re.findall("`([a-z_]+)`", cell)
    ]
    assert sorted(named) == sorted(DESCRIBED)


@pytest.mark.parametrize("action", DESCRIBED)
def test_the_reference_has_every_field(action: str) -> None:
    told = set(re.findall("`([a-z_]+)`", reference(action)))
    assert _fields(action) - told == set()


def test_the_reference_has_no_other_action() -> None:
    named = re.findall(r"(?:### |\*\*)`tuya_lock_manager\.([a-z_]+)`", ACTIONS)
    assert sorted(named) == sorted(DESCRIBED)


def test_every_status_is_explained() -> None:
    section = _section(README, "## Actions").partition("| Status |")[2]
    told = {name for cell in _rows(section) for name in re.findall("`(.+?)`", cell)}
    assert told == set(TEXTS["selector"]["password_status"]["options"])


@pytest.mark.parametrize("platform", TEXTS["entity"])
def test_every_entity_is_named(platform: str) -> None:
    """Those of a lock and of the account in the README, those of guests apart."""
    told = _section(README, "## Entities") + GUESTS
    names = {entity["name"] for entity in TEXTS["entity"][platform].values()}
    assert {name for name in names if f"*{name}*" not in told} == set()


def test_the_languages_are_those_that_there_are() -> None:
    section = _section(README, "## Languages")
    texts, _, voice = section.replace("\n", " ").partition("Voice sentences")
    written = {path.stem for path in COMPONENT.glob("translations/*.json")}
    assert written == set(LANGUAGES)
    spoken = {path.name for path in (ROOT / "custom_sentences").iterdir()}
    for code, name in LANGUAGES.items():
        assert name in texts, name
        assert (name in voice) == (code in spoken), name


@pytest.mark.parametrize("page", PAGES)
def test_examples_use_what_there_is(page: str) -> None:
    """They can be read as YAML, and name actions, fields, triggers and options that exist."""
    triggers = read_yaml(COMPONENT / "triggers.yaml")
    for block in re.findall(
        r"^ *```yaml\n(.+?)^ *```",
        (ROOT / page).read_text("utf-8"),
        re.MULTILINE | re.DOTALL,
    ):
        for node in _mappings(parse_yaml(textwrap.dedent(block))):
            action = str(node.get("action", "")).removeprefix(f"{DOMAIN}.")
            if action != node.get("action", ""):
                assert set(node.get("data", {})) <= _fields(action)
            trigger = str(node.get("trigger", "")).removeprefix(f"{DOMAIN}.")
            if trigger != node.get("trigger", ""):
                assert set(node["options"]) <= set(triggers[trigger]["fields"])


def _mappings(node: Content) -> Iterator[dict[str, Content]]:
    """Yield every mapping of a document."""
    if isinstance(node, dict):
        yield node
    inner = node.values() if isinstance(node, dict) else node
    if isinstance(node, dict | list):
        for part in inner:
            yield from _mappings(part)


def _anchors(page: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", (ROOT / page).read_text("utf-8"), re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in headings
    }


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    links = LINK.findall((ROOT / page).read_text("utf-8"))
    assert links
    for link in links:
        if link.startswith("https://"):
            continue
        path, _, anchor = link.partition("#")
        target = (ROOT / page).parent / path if path else ROOT / page
        assert target.is_file(), link
        if anchor:
            relative = target.resolve().relative_to(ROOT.resolve())
            assert anchor in _anchors(str(relative)), link


def test_every_picture_is_shown() -> None:
    pictures = {path.name for path in (ROOT / "docs" / "images").iterdir()}
    shown = {Path(link).name for link in LINK.findall(README) if link.endswith(".png")}
    assert shown == pictures


def test_commands_can_be_run() -> None:
    page = (ROOT / "docs" / "development.md").read_text("utf-8")
    commands = re.findall(r"`(.+?)`", "".join(_rows(_section(page, "## Commands"))))
    assert len(commands) > 5
    for command in commands:
        program, *arguments = command.split()
        if program.startswith(".local/"):  # what script/setup installs
            (program,) = arguments
            assert (ROOT / program).is_file(), command
        else:
            assert os.access(ROOT / program, os.X_OK), command


@pytest.mark.parametrize("day", ["calm", "two codes and ten openings"])
def test_the_costs_are_those_of_the_benchmarks(day: str) -> None:
    told = (ROOT / "benchmarks" / "README.md").read_text("utf-8")
    figures = [
        re.findall(r"\d+", line.partition(" | ")[2])
        for text in (_section(README, "## What it costs"), told)
        for line in text.splitlines()
        if re.match(rf"\| (a )?{day}( day, one lock|, one lock)? \|", line)
    ]
    assert len(figures) == 2
    assert figures[0] == figures[1]


def test_messages_to_look_for_exist() -> None:
    """What the tables of troubleshooting quote is what a user sees."""
    texts = [
        *TEXTS["config"]["error"].values(),
        *(text["message"] for text in TEXTS["exceptions"].values()),
    ]
    issues = [issue["title"] for issue in TEXTS["issues"].values()]
    section = _section(README, "## Troubleshooting")
    messages, _, repairs = section.partition("### Repairs")
    quoted = [
        (quote, texts)
        for cell in _rows(messages.partition("Without a message")[0])
        for quote in re.findall(r"\*([^*]+)\*", cell)
    ] + [
        (quote, issues)
        for cell in _rows(repairs)
        for quote in re.findall(r"\*([^*]+)\*", cell)
    ]
    assert len(quoted) > 50
    missing = [
        quote
        for quote, known in quoted
        if not any(_pattern(quote).search(text) for text in known)
    ]
    assert missing == []


def test_every_repair_is_explained() -> None:
    quotes = [
        _pattern(quote)
        for cell in _rows(_section(README, "### Repairs"))
        for quote in re.findall(r"\*([^*]+)\*", cell)
    ]
    titles = {issue["title"] for issue in TEXTS["issues"].values()}
    found = {title for title in titles if any(quote.search(title) for quote in quotes)}
    assert titles - found == set()


def _pattern(quote: str) -> re.Pattern[str]:
    """Return what finds a quote, in which an ellipsis stands for anything."""
    parts = [re.escape(part.strip()) for part in quote.split("…")]
    return re.compile(r"\s*.+?\s*".join(filter(None, parts)))


def _labels(step: Content) -> Iterator[str]:
    """Yield what the fields of a form are called, those in sections too."""
    yield from step.get("data", {}).values()
    for section in step.get("sections", {}).values():
        yield from section["data"].values()


@pytest.mark.parametrize(
    ("told", "labels"),
    [
        (
            _section(README, "### Adding the integration"),
            [*_labels(TEXTS["config"]["step"]["user"])],
        ),
        (
            _section(README, "## Codes by hand"),
            [*TEXTS["options"]["step"]["init"]["menu_options"].values()],
        ),
        (
            _section(README, "### Options"),
            [
                label
                for step in ("privacy", "voice", "plan", "lock_settings")
                for label in _labels(TEXTS["options"]["step"][step])
            ],
        ),
        (
            _section(GUESTS, "## The form"),
            [*_labels(TEXTS["config_subentries"]["guest_calendar"]["step"]["user"])],
        ),
    ],
    ids=["set-up", "menu", "options", "guest calendar"],
)
def test_every_field_of_a_form_is_explained(told: str, labels: list[str]) -> None:
    cells = "\n".join(_rows(told)).lower()
    missing = {
        label
        for label in labels
        if not re.search(rf"\b{re.escape(label.lower())}\b", cells)
    }
    assert missing == set()
