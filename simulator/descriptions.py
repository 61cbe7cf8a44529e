"""Descriptions of real devices: the built-in ones, and files of the same format.

Files come from many hands: fields are missing or null, categories odd, codes
absent. Whatever is missing gets the ordinary value; nothing is refused but what
isn't the description of one device.
"""

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
import re

from .dialects import as_description
from .errors import UsageError
from .json_types import JsonObject, JsonValue, parse, text, truth, whole
from .locks.family import Family

DEFAULT_ZONE = "+01:00"
NO_STANDARD_CODE = re.compile(r"^\(.*\)$")


@dataclass(frozen=True, slots=True)
class DataPoint:
    """One code of a product's instruction or status set."""

    code: str
    type: str
    dp_id: int | None
    values: JsonObject = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Description:
    """What a product is and how one of its devices looked."""

    key: str
    name: str
    category: str
    product_id: str
    product_name: str
    model: str | None
    sub: bool
    family: Family
    online: bool
    time_zone: str
    functions: tuple[DataPoint, ...]
    status: tuple[DataPoint, ...]
    sample: JsonObject


def _object(value: JsonValue) -> JsonObject:
    return value if isinstance(value, dict) else {}


def _list(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) else []


def _code(value: JsonValue) -> str | None:
    """Return a standard code; names in brackets are a reader's own."""
    if not isinstance(value, str) or not value or NO_STANDARD_CODE.match(value):
        return None
    return value


def _flag(value: JsonValue) -> bool | None:
    """Return a boolean, which some files write as 0 or 1."""
    number = whole(value)
    return truth(value) if number is None else {0: False, 1: True}.get(number)


def _values(value: JsonValue) -> JsonObject:
    """Return a type's limits, which some files keep as JSON text."""
    if isinstance(value, str):
        try:
            value = parse(value)
        except ValueError:
            return {}
    return _object(value)


def _points(value: JsonValue) -> tuple[DataPoint, ...]:
    points: dict[str, DataPoint] = {}
    for entry in map(_object, _list(value)):
        code = _code(entry.get("code"))
        if code is not None:
            points[code] = DataPoint(
                code,
                text(entry.get("type")) or "Raw",
                whole(entry.get("dp_id")),
                _values(entry.get("values")),
            )
    return tuple(points.values())


def _sample(raw: JsonObject) -> JsonObject:
    sample: JsonObject = {}
    for entry in [
        *map(_object, _list(raw.get("shadow_properties"))),
        *map(_object, _list(raw.get("status_sample"))),
    ]:
        code = _code(entry.get("code"))
        if code is not None:
            sample[code] = entry.get("value", "")
    return sample


def _category(raw: JsonObject, codes: set[str]) -> str:
    """Return the category without a reader's remark, or the likeliest one."""
    given = text(raw.get("category")).split("(")[0].strip()
    if given:
        return given
    return "mk" if any(code.endswith("_kit") for code in codes) else "jtmspro"


def family_of(raw: JsonObject, category: str, sub: bool | None) -> Family:
    """Return how a described lock gets its codes."""
    named = text(raw.get("family"))
    if named in set(Family):
        return Family(named)
    radio = text(raw.get("gateway_kind")).lower()
    if "zig" in radio:
        return Family.ZIGBEE
    if "ble" in radio or "blue" in radio:
        return Family.BLUETOOTH if sub is False else Family.BLUETOOTH_GATEWAY
    if category == "mk":
        return Family.KEYPAD
    if "wi" in radio or sub is False:
        return Family.WIFI
    return Family.BLUETOOTH_GATEWAY if sub else Family.WIFI


def describe(raw: JsonValue, key: str) -> Description:
    """Return the description in a JSON document.

    Raises:
        UsageError: it isn't the description of one device.
    """
    raw = as_description(raw, key)
    specification = _object(raw.get("specification"))
    functions = _points(specification.get("functions"))
    status = _points(specification.get("status"))
    sample = _sample(raw)
    codes = {point.code for point in (*functions, *status)} | set(sample)
    category = _category(raw, codes)
    sub = _flag(raw.get("sub"))
    family = family_of(raw, category, sub)
    online = _flag(raw.get("online"))
    product_name = text(raw.get("product_name"))
    return Description(
        key=key,
        name=text(raw.get("name")) or product_name or key,
        category=category,
        product_id=text(raw.get("product_id")),
        product_name=product_name,
        model=None if raw.get("model") is None else text(raw.get("model")),
        sub=family in {Family.ZIGBEE, Family.BLUETOOTH_GATEWAY} if sub is None else sub,
        family=family,
        online=family is not Family.BLUETOOTH if online is None else online,
        time_zone=text(raw.get("time_zone")) or DEFAULT_ZONE,
        functions=functions,
        status=status,
        sample=sample,
    )


@cache
def built_in() -> tuple[str, ...]:
    """Return the names of the built-in descriptions."""
    folder = files(__package__) / "devices"
    return tuple(
        sorted(
            entry.name.removesuffix(".json")
            for entry in folder.iterdir()
            if entry.is_file()
        )
    )


@cache
def _built_in(name: str) -> Description:
    source = files(__package__) / "devices" / f"{name}.json"
    return describe(parse(source.read_bytes()), name)


def load(name_or_path: str) -> Description:
    """Return a built-in description by its name, or one from a file.

    Raises:
        UsageError: neither exists, or the file doesn't describe one device.
    """
    if name_or_path in built_in():
        return _built_in(name_or_path)
    path = Path(name_or_path)
    if not path.is_file():
        raise UsageError(
            f"no built-in lock and no file {name_or_path}; built in: {', '.join(built_in())}"
        )
    try:
        document = parse(path.read_bytes())
    except ValueError as err:
        raise UsageError(f"{path}: not JSON") from err
    except OSError as err:
        raise UsageError(f"{path}: {err.strerror or err}") from err
    return describe(document, path.stem)
