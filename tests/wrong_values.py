"""What no field of its kind can hold, from services.yaml: a new field is tried at once."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from homeassistant.util.yaml import load_yaml_dict

from custom_components import tuya_lock_manager
from tests.acting import FRONT_DOOR

SERVICES: dict[str, dict[str, Any]] = load_yaml_dict(
    Path(tuya_lock_manager.__file__).with_name("services.yaml")
)


@dataclass(frozen=True, slots=True)
class Wrong:
    """One wrong call.

    `reads` when the lists may be read before it is refused, `lock` whom it is for.
    """

    key: str
    data: dict[str, Any]
    lock: str = FRONT_DOOR
    reads: bool = field(default=False, kw_only=True)


def fields_of(action: str) -> dict[str, dict[str, Any]]:
    """Return the fields of an action, those in sections too, with their descriptions."""
    fields: dict[str, dict[str, Any]] = {}
    for name, described in (SERVICES[action].get("fields") or {}).items():
        fields |= described.get("fields", {name: described})
    return fields


NO_TEXT: tuple[str, tuple[object, ...]] = ("field_not_text", (None, [], {}, ["Ann"]))
WRONG_VALUES: dict[str, tuple[str, tuple[object, ...]]] = {
    "text": NO_TEXT,
    "select": NO_TEXT,
    "select multiple": ("field_not_texts", ([[]], [{}], {}, [None])),
    "boolean": ("field_not_boolean", (None, "perhaps", "2", [], {})),
    "number": (
        "not_a_whole_number",
        (None, "many", "", "1.5", float("inf"), float("nan"), [], {}),
    ),
    "number of seconds": ("field_not_number", (None, "many", "", [], {})),
    "datetime": (
        "field_not_datetime",
        (
            *(None, "soon", "", 5, 0, True, 1e300, [], {}),
            *("2026-02-30 10:00:00", "2026-06-02 25:00:00", "09:00:00"),
        ),
    ),
    "duration": (
        "field_not_duration",
        (
            *(None, "long", "", "1:2:3:4", [], {}, {"fortnights": 1}),
            *({"hours": "x"}, {"hours": 1e300}, "99999999999999:00:00"),
            *(1e300, float("inf"), float("nan")),
        ),
    ),
    "time": ("field_not_time", (None, "noon", "", "25:00", 8, [], {})),
}


def wrong_values(action: str) -> Iterator[Wrong]:
    """Yield what no field of its kind can hold, and what no action has."""
    fields = fields_of(action)
    yield Wrong("field_unknown", {"pin": "905172"})
    yield Wrong("field_unknown", {"": None})
    for name, described in fields.items():
        if described.get("required"):
            yield Wrong("field_missing", {name: ...})
        ((kind, options),) = described["selector"].items()
        options = options or {}
        if options.get("type") == "password":
            continue  # it may hold anything, so that its own refusal keeps it secret
        if kind == "select" and options.get("multiple"):
            kind = "select multiple"
        if options.get("unit_of_measurement") == "s":
            kind = "number of seconds"
        key, values = WRONG_VALUES[kind]
        for value in values:
            yield Wrong(key, {name: value})
