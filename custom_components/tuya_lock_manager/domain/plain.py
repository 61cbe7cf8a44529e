"""Frozen dataclasses as plain JSON, and back: for what was read of the cloud.

One way for all of them, by their annotations. What can't be read back, because it was
written by another version, raises ValueError; whoever asks reads the cloud instead.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
import types
from typing import Any, TypeAliasType, Union, get_args, get_origin, get_type_hints


def to_plain(value: Any) -> Any:
    """Return a value as JSON knows it; times become ISO 8601, enumerations their value."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: to_plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    kind: Any = type(value)
    names = _names(kind)
    if names is not None:
        return {name: to_plain(getattr(value, name)) for name in names}
    raise TypeError(f"{type(value).__name__} is not plain")


def from_plain(kind: Any, data: Any) -> Any:
    """Return what `to_plain` wrote of a value of this type.

    Raises:
        ValueError: it wasn't written of that type.
    """
    if isinstance(kind, TypeAliasType):
        return data  # JSON as it came
    origin = get_origin(kind)
    if origin in {Union, types.UnionType}:
        return _from_union(get_args(kind), data)
    if origin is tuple:
        return tuple(from_plain(get_args(kind)[0], item) for item in _a(list, data))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        inner = get_args(kind)[1]
        return {key: from_plain(inner, v) for key, v in _a(dict, data).items()}
    if isinstance(kind, type) and issubclass(kind, datetime):
        return datetime.fromisoformat(_a(str, data))
    if is_dataclass(kind):
        return _from_fields(kind, _a(dict, data))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(data)
    return _a(kind, data)


def _from_union(kinds: tuple[Any, ...], data: Any) -> Any:
    if data is None and types.NoneType in kinds:
        return None
    (kind,) = (kind for kind in kinds if kind is not types.NoneType)
    return from_plain(kind, data)


def _from_fields(kind: Any, data: dict[str, Any]) -> Any:
    hints = _hints(kind)
    if data.keys() != hints.keys():
        raise ValueError(f"{kind.__name__} has other fields")
    return kind(**{name: from_plain(hints[name], data[name]) for name in hints})


@cache
def _names(kind: type) -> tuple[str, ...] | None:
    """Return the names of a dataclass's fields, None where it is none.

    There are few of them and thousands of objects, and asking takes long.
    """
    if not is_dataclass(kind):
        return None
    return tuple(field.name for field in fields(kind))


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _a(kind: Any, data: Any) -> Any:
    if not isinstance(data, kind) or (kind is int and isinstance(data, bool)):
        raise ValueError(f"not {kind.__name__}")
    return data
