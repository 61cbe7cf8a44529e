"""Descriptions of devices as other programs write them."""

import json
from pathlib import Path
from typing import Any

import pytest

from simulator import UsageError, World
from simulator.descriptions import Description, describe, load
from simulator.json_types import JsonObject, JsonValue
from simulator.locks.family import Family

POINT: JsonObject = {"code": "unlock_card", "type": "Integer"}
LOCK: JsonObject = {"id": "bf1", "category": "ms", "name": "Cellar", "sub": True}
PLUG: JsonObject = {"id": "bf2", "category": "cz", "name": "Lamp"}
MODEL: JsonObject = {
    "modelId": "000004",
    "services": [
        {
            "code": "",
            "properties": [
                {
                    "abilityId": 5,
                    "accessMode": "ro",
                    "code": "unlock_card",
                    "typeSpec": {"type": "value", "max": 999},
                },
                {
                    "abilityId": 33,
                    "accessMode": "rw",
                    "code": "automatic_lock",
                    "typeSpec": {"type": "bool"},
                },
                None,
                {"code": "nothing", "typeSpec": "bool"},
            ],
        },
        "nothing",
    ],
}


def points(description: Description) -> dict[str, tuple[str, int | None]]:
    """Return type and number of every code of the status set."""
    return {point.code: (point.type, point.dp_id) for point in description.status}


def written(description: Description) -> list[str]:
    """Return the codes of the instruction set."""
    return [point.code for point in description.functions]


def test_tinytuya() -> None:
    """A `devices.json`: a list, data points in `mapping` by their numbers."""
    mapping: JsonObject = {
        "5": {**POINT, "values": '{"max": 999}'},
        "33": {"code": "automatic_lock", "type": "Boolean", "values": {}},
        "47": None,
    }
    found = describe([PLUG, {**LOCK, "mapping": mapping}], "devices")
    assert (found.name, found.category, found.sub) == ("Cellar", "ms", True)
    assert points(found) == {
        "unlock_card": ("Integer", 5),
        "automatic_lock": ("Boolean", 33),
    }
    assert found.status[0].values == {"max": 999}


def test_diagnostics_of_home_assistant() -> None:
    """Data points by their codes, limits in `value`, values by their codes."""
    data: JsonObject = {
        **LOCK,
        "online": None,
        "time_zone": "+02:00",
        "function": {"automatic_lock": {"type": "Boolean", "value": {}}},
        "status_range": {"unlock_card": {"type": "Integer", "value": '{"max": 9}'}},
        "status": {"unlock_card": 3, "doorbell": None, "note": '{"a": 1}'},
    }
    found = describe({"home_assistant": {}, "data": data}, "diagnostics")
    assert written(found) == ["automatic_lock"]
    assert points(found) == {"unlock_card": ("Integer", None)}
    assert found.status[0].values == {"max": 9}
    assert found.sample == {"unlock_card": 3, "doorbell": None, "note": '{"a": 1}'}
    assert (found.online, found.time_zone) == (True, "+02:00")


@pytest.mark.parametrize(
    "raw",
    [
        {"result": {"model": json.dumps(MODEL)}, "success": True},
        {"category": "jtmspro", "model": MODEL},
        {"category": "jtmspro", **MODEL},
    ],
)
def test_thing_model(raw: dict[str, Any]) -> None:
    """Types have other names; what may be written is in the instruction set, too."""
    found = describe(raw, "model")
    assert (found.category, found.model) == ("jtmspro", None)
    assert written(found) == ["automatic_lock"]
    assert points(found) == {
        "unlock_card": ("Integer", 5),
        "automatic_lock": ("Boolean", 33),
    }
    assert found.status[0].values == {"max": 999}


@pytest.mark.parametrize(
    ("raw", "name", "online"),
    [
        ({"result": {**LOCK, "online": 0}}, "Cellar", False),
        ({"response": {"result": {**LOCK, "is_online": False}}}, "Cellar", False),
        ({"result": {"devices": [PLUG, LOCK], "has_more": False}}, "Cellar", True),
        ({"result": [LOCK]}, "Cellar", True),
        ([PLUG], "Lamp", True),
        (
            {"category": "ms", "customName": "Attic", "name": "", "isOnline": "True"},
            "Attic",
            True,
        ),
        ({"category": "ms", "productName": "X7"}, "X7", True),
    ],
)
def test_answers_of_the_cloud(raw: Any, name: str, online: bool) -> None:
    """Envelopes, lists with one lock, and both ways to write names."""
    found = describe(raw, "answer")
    assert (found.name, found.online) == (name, online)


def test_answers_with_codes() -> None:
    """A specification and a list of properties are enough for a lock."""
    specification: JsonObject = {"category": "ms", "functions": [], "status": [POINT]}
    assert points(describe({"result": specification}, "s")) == {
        "unlock_card": ("Integer", None)
    }
    properties: list[JsonValue] = [
        {"code": "unlock_card", "dp_id": 5, "value": 7},
        {"code": "x"},
    ]
    found = describe({"result": {"properties": properties}}, "p")
    assert found.sample == {"unlock_card": 7}


def test_json_in_text() -> None:
    """Whole parts may be JSON text, readable or not."""
    raw: JsonObject = {
        **LOCK,
        "specification": json.dumps({"status": [POINT]}),
        "status_sample": '[{"code": "unlock_card", "value": "3"}]',
    }
    found = describe(raw, "text")
    assert list(points(found)) == ["unlock_card"]
    assert found.sample == {"unlock_card": "3"}
    assert describe({**LOCK, "specification": "{"}, "text").status == ()


@pytest.mark.parametrize(
    ("zone", "family"), [("Europe/Berlin", True), ("+99:99", False), ("", True)]
)
def test_everything_odd_at_once(zone: str, family: bool) -> None:
    """Whatever the types are, a lock comes out."""
    raw: JsonObject = {
        "category": ["ms"],
        "name": {"a": 1},
        "product_id": 5,
        "model": ["x"],
        "sub": 1,
        "online": "perhaps",
        "family": "keypad" if family else 7,
        "time_zone": zone,
        "mapping": [None, {"code": 5}],
        "status": [{"code": 5, "value": 1}, {"code": "alarm_lock", "value": {"a": []}}],
    }
    found = describe(raw, "odd")
    assert found.family is (Family.KEYPAD if family else Family.BLUETOOTH_GATEWAY)
    assert found.sample == {"alarm_lock": {"a": []}}


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "null",
        '"lock"',
        "[" * 100_000,
        '{"category": "ms", "status": NaN}',
        json.dumps([PLUG, PLUG]),
        json.dumps([LOCK, LOCK]),
        "\x00",
        "",
    ],
)
def test_refused(tmp_path: Path, text: str) -> None:
    """With one line that says which file it was."""
    path = tmp_path / "cellar.json"
    path.write_text(text)
    with pytest.raises(UsageError, match="cellar") as refusal:
        World(seed=1, locks=[str(path)])
    assert "\n" not in str(refusal.value)


def test_encodings(tmp_path: Path) -> None:
    """A byte order mark is passed over; bytes that are no text are refused."""
    path = tmp_path / "lock.json"
    path.write_text('{"category": "ms"}', "utf-8-sig")
    assert load(str(path)).category == "ms"
    path.write_bytes(b'{"category": "\xff"}')
    with pytest.raises(UsageError):
        load(str(path))
