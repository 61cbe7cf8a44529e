"""Where digits may turn up in what Home Assistant writes or offers, and where not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
import re
import sqlite3

TRACES = ".storage/trace.saved_traces"
# Loggers of Home Assistant that print whole calls, answers or messages at debug level.
TALKATIVE = (
    *("homeassistant.core", "homeassistant.components.websocket_api"),
    *("homeassistant.helpers.script", "homeassistant.components.automation"),
    *("homeassistant.components.script", "homeassistant.components.recorder.core"),
)


@dataclass(frozen=True, slots=True)
class Secrets:
    """What is looked for: digits by who knows them, tokens, and the Access Secret."""

    silent: frozenset[str]
    chosen: frozenset[str]
    answered: frozenset[str]
    tokens: frozenset[str]
    access_secret: str


def digits_pattern(digits: frozenset[str]) -> re.Pattern[str]:
    """Match digits that stand alone; parts of a second or of a number are no code."""
    return re.compile(rf"(?<![\d.])({'|'.join(sorted(digits))})(?!\d)")


def search_offered(offered: Mapping[str, str], secrets: Secrets) -> None:
    nowhere = secrets.silent | secrets.chosen | secrets.answered
    for name, text in offered.items():
        assert len(text) > 1, name
        assert not digits_pattern(nowhere).findall(text), name
        assert secrets.access_secret not in text, name
        assert not [token for token in secrets.tokens if token in text], name


def search_files(files: Mapping[str, str], secrets: Secrets) -> None:
    allowed = {
        TRACES: secrets.answered | secrets.chosen,
        "configuration.yaml": secrets.chosen,
    }
    everything = secrets.silent | secrets.chosen | secrets.answered
    for name, text in files.items():
        found = set(digits_pattern(everything).findall(text))
        assert found <= allowed.get(name, frozenset()), name
        if name != ".storage/core.config_entries":
            assert secrets.access_secret not in text, name
        assert not [token for token in secrets.tokens if token in text], name


def search_log(text: str, secrets: Secrets) -> None:
    """The log at debug level: digits in the lines of Home Assistant's own loggers only."""
    pattern = digits_pattern(secrets.silent | secrets.chosen | secrets.answered)
    ours = 0
    for logger, record in _records(text):
        if logger.startswith(("custom_components", "aiohttp", "asyncio")):
            ours += 1
            assert not pattern.findall(record), record[:200]
        elif pattern.search(record):
            assert logger.startswith(TALKATIVE), logger
        assert secrets.access_secret not in record, logger
        assert not [token for token in secrets.tokens if token in record], logger
    assert ours > 50


def _records(text: str) -> Iterator[tuple[str, str]]:
    """Yield the records of a log, each with its logger; some go over several lines."""
    start = re.compile(
        r"^\d{4}-\d\d-\d\d [\d:.+-]+ [A-Z]+ \([^)]*\) \[([^\]]+)\]", re.MULTILINE
    )
    found = [*start.finditer(text)]
    ends = [match.start() for match in found[1:]] + [len(text)]
    for match, end in zip(found, ends, strict=True):
        yield match.group(1), text[match.start() : end]


def search_database(path: Path, secrets: Secrets) -> None:
    """The database has the digits that a caller chose, in the event of that call."""
    with sqlite3.connect(path) as database:
        tables = [
            row[0]
            for row in database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table'"
            )
        ]
        rows = {
            table: [repr(row) for row in database.execute(f'SELECT * FROM "{table}"')]  # noqa: S608 - the database's own names
            for table in tables
        }
    everything = digits_pattern(secrets.silent | secrets.chosen | secrets.answered)
    assert any("create_temp_password" in row for row in rows["event_data"])
    for table, texts in rows.items():
        found = {digits for text in texts for digits in everything.findall(text)}
        assert found <= (secrets.chosen if table == "event_data" else set()), table
        assert not [text for text in texts if secrets.access_secret in text], table
    assert digits_pattern(secrets.chosen).search("\n".join(rows["event_data"]))
