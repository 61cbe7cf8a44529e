"""What the tests of the actions share: five locks, guests at their doors, refusals."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from datetime import timedelta
from enum import Enum
import json
from pathlib import Path
from string import Formatter
from typing import Any

from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.util.json import JsonObjectType
import pytest

from custom_components import tuya_lock_manager
from custom_components.tuya_lock_manager.const import DOMAIN
from simulator.locks import issue
from simulator.locks.delivery import app_nearby, wake
from simulator.locks.keypad import Attempt, type_code
from tests.simulated import Home

FRONT_DOOR = "lock.front_door"  # Zigbee behind a gateway
GARAGE = "lock.garage"  # Wi-Fi, asleep
OFFICE = "lock.office"  # Bluetooth behind a gateway
SHED = "lock.shed"  # Bluetooth, reached by a phone only
GARDEN_GATE = "lock.garden_gate"  # keypad on Wi-Fi

LOCKS = (FRONT_DOOR, GARAGE, OFFICE, SHED, GARDEN_GATE)
ONLINE_LOCKS = (FRONT_DOOR, GARAGE, OFFICE, GARDEN_GATE)
OFFLINE_LOCKS = (FRONT_DOOR, GARAGE, OFFICE, SHED)

_FOLDER = Path(tuya_lock_manager.__file__).parent
TEXTS: dict[str, str] = {
    key: text["message"]
    for key, text in json.loads(
        (_FOLDER / "translations" / "en.json").read_text("utf-8")
    )["exceptions"].items()
}


def type_at(home: Home, lock: str, code: object) -> Attempt:
    """Stand at a door and type a code."""
    assert isinstance(code, str)
    return type_code(home.lock(lock), code)


def opens(home: Home, lock: str, code: object) -> bool:
    """Type a code at a door, and tell whether it opened."""
    return type_at(home, lock, code).opened


async def async_deliver(home: Home, lock: str) -> None:
    """Let a lock take what waits for it, and Home Assistant learn of it."""
    simulated = home.lock(lock)
    wake(simulated, simulated.now)
    app_nearby(simulated, simulated.now)
    await home.async_pass(timedelta(seconds=12))


def make_in_app(home: Home, lock: str, name: str, digits: str) -> int:
    """Make a code for an hour as the maker's app does, and return its id."""
    simulated = home.lock(lock)
    start = int(simulated.now)
    wish = issue.Wish(
        name=name, digits=digits, readable=True, start=start, end=start + 3600
    )
    return issue.create(simulated, wish).id


async def async_create(home: Home, lock: str, **data: Any) -> JsonObjectType:
    """Make a code on one lock and return its result."""
    response = await home.async_act(
        "create_temp_password", lock, **{"name": "Ann", **data}
    )
    return result_of(response, lock)


async def async_list(home: Home, lock: str, **data: Any) -> list[JsonObjectType]:
    """Return what the action lists for one lock."""
    response = await home.async_act("list_passwords", lock, **data)
    passwords = result_of(response, lock)["passwords"]
    assert isinstance(passwords, list)
    listed = [code for code in passwords if isinstance(code, dict)]
    assert len(listed) == len(passwords)
    return listed


async def async_status(home: Home, lock: str, password_id: object) -> object:
    """Return the status of a listed password."""
    (status,) = [
        code["status"]
        for code in await async_list(home, lock)
        if code["id"] == password_id
    ]
    return status


def result_of(response: object, lock: str) -> JsonObjectType:
    """Return one lock's result."""
    assert isinstance(response, dict)
    result = response[lock]
    assert isinstance(result, dict)
    return result


def without_secrets(result: JsonObjectType) -> JsonObjectType:
    """Return a result as a snapshot can keep it: no digits, and no ids of chance."""
    code = result["code"]
    assert isinstance(code, str)
    assert isinstance(result["id"], str)
    assert code.isascii()
    assert code.isdigit()
    return {**result, "code": f"{len(code)} digits", "id": "text"}


def contents(home: Home) -> dict[str, object]:
    """Return all that the cloud and the locks hold: what a refused wish must not change."""
    return {
        lock_id: {
            name: _copied(value)
            for name, value in _parts(lock).items()
            if name != "around"
        }
        for lock_id, lock in home.world.locks.items()
    }


def _parts(thing: object) -> dict[str, object]:
    """Return what an object of the simulator consists of."""
    if is_dataclass(thing):
        return {part.name: getattr(thing, part.name) for part in fields(thing)}
    return vars(thing)


def _copied(thing: object) -> object:
    """Return what can be compared later with what became of the thing."""
    if thing is None or isinstance(thing, str | int | float | Enum):
        return thing
    if isinstance(thing, dict):
        return {key: _copied(value) for key, value in thing.items()}
    if isinstance(thing, list | tuple):
        return [_copied(value) for value in thing]
    if isinstance(thing, set | frozenset):
        return frozenset(thing)
    return {name: _copied(value) for name, value in _parts(thing).items()}


def check_text(err: HomeAssistantError, key: str) -> None:
    """Check that an error is translated, and that no placeholder of its text is open."""
    assert (err.translation_domain, err.translation_key) == (DOMAIN, key)
    placeholders = err.translation_placeholders or {}
    text = TEXTS[key]
    fields = {name for _, name, _, _ in Formatter().parse(text) if name}
    assert fields <= placeholders.keys()
    assert str(err) == text.format(**placeholders).rstrip(".")


def check_error(result: object, key: str, **placeholders: str) -> None:
    """Check one lock's error in a response to a call that did something elsewhere."""
    assert isinstance(result, dict)
    assert result.keys() == {"error"}
    error = result["error"]
    assert error["key"] == key
    text = TEXTS[key]
    if "{detail}" in text:
        assert error["message"].startswith(text.partition("{")[0])
        assert "{" not in error["message"]
    else:
        assert error["message"] == text.format(**placeholders).rstrip(".")


@contextmanager
def telling(
    key: str, error: type[HomeAssistantError] = ServiceValidationError
) -> Iterator[pytest.ExceptionInfo[HomeAssistantError]]:
    """Expect an error in the user's words."""
    with pytest.raises(error) as caught:
        yield caught
    assert type(caught.value) is error
    check_text(caught.value, key)


@contextmanager
def failing(
    home: Home, key: str, error: type[HomeAssistantError] = HomeAssistantError
) -> Iterator[pytest.ExceptionInfo[HomeAssistantError]]:
    """Expect an error in the user's words, and no change anywhere."""
    before = contents(home)
    with telling(key, error) as caught:
        yield caught
    assert contents(home) == before


@contextmanager
def refusing(
    home: Home, key: str, *, reads: bool = False, sends: bool = False
) -> Iterator[pytest.ExceptionInfo[HomeAssistantError]]:
    """Expect a wish to be refused before anything was sent.

    With `reads` the cloud may be read before, with `sends` it is the one that refuses.
    """
    asked = len(home.world.requests.entries)
    with failing(home, key, ServiceValidationError) as caught:
        yield caught
    sent = list(home.world.requests.entries)[asked:]
    assert sends or all(request.method == "GET" for request in sent)
    assert sends or reads or not sent


async def async_delete(home: Home, lock: str, which: object = "Ann") -> JsonObjectType:
    """Delete a password of one lock."""
    response = await home.async_act("delete_password", lock, password=which)
    return result_of(response, lock)


def told_error(key: str, **values: str) -> str:
    """Return an error as it is told."""
    return TEXTS[key].format(**values)
