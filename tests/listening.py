"""What goes over the wire: what the cloud is asked for, and answers that have more in them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
import json
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qsl

from simulator.gateway import Gateway

# What tells an entry of a list from other objects of an answer.
_IDS = ("id", "pwd_id", "user_id", "record_id", "unlock_sn")


def _names(data: object) -> Iterator[str]:
    match data:
        case dict():
            yield from data
            for value in data.values():
                yield from _names(value)
        case list():
            for value in data:
                yield from _names(value)


@dataclass(frozen=True)
class Heard:
    """What the cloud was asked for."""

    method: str
    path: str
    query: dict[str, str]
    body: dict[str, Any]

    @property
    def names(self) -> set[str]:
        """The names of all parameters, wherever they stand."""
        return {*self.query, *_names(self.body)}


@contextmanager
def listening() -> Iterator[list[Heard]]:
    """Note what the cloud is asked for."""
    heard: list[Heard] = []
    begin = Gateway.begin

    def note(gateway: Gateway, request: Any, base_url: str) -> Any:
        query = dict(parse_qsl(request.raw_query, keep_blank_values=True))
        body = json.loads(request.body or "{}")
        heard.append(Heard(request.method, request.raw_path, query, body))
        return begin(gateway, request, base_url)

    with patch.object(Gateway, "begin", note):
        yield heard


@contextmanager
def answering_more(more: Mapping[str, str]) -> Iterator[None]:
    """Let every entry that the cloud lists have more fields."""
    result = Gateway._result

    def grow(data: object) -> object:
        match data:
            case dict():
                grown = {key: grow(value) for key, value in data.items()}
                wanted = any(key in data for key in _IDS)
                return {**grown, **more} if wanted else grown
            case list():
                return [grow(value) for value in data]
        return data

    def answer(gateway: Gateway, exchange: Any) -> Any:
        return grow(result(gateway, exchange))

    with patch.object(Gateway, "_result", answer):
        yield
