"""Digits of codes that are made in the calendar are nowhere but at the lock."""

import logging
from typing import Any

from homeassistant.components.recorder import Recorder
from homeassistant.const import EVENT_CALL_SERVICE
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from tests.acting import FRONT_DOOR, GARAGE, async_deliver, make_in_app
from tests.booking import CODE, Person, calendar_of, refusal
from tests.simulated import Home
from tests.test_secrecy import Places, check, secrets_of

NEW = "583916"
BY_ACTION = "940271"


async def test_digits_are_nowhere(
    recorder_mock: Recorder,
    home: Home,
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    hass_ws_client: WebSocketGenerator,
    hass_storage: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The form is no action; what an action is given is in its own event, no more."""
    caplog.set_level(logging.DEBUG)
    places = Places(hass)
    await home.async_setup()
    person = Person(hass, await hass_ws_client(hass))
    assert (await person.async_create(**CODE))["success"]
    assert (await person.async_create(GARAGE))["success"]
    assert refusal(await person.async_create(summary="905172")) == (
        "calendar_code_in_name"
    )
    assert refusal(await person.async_create(summary="Eve", **CODE)) == "code_taken"
    await async_deliver(home, FRONT_DOOR)
    shown = await person.async_event()
    answer = await person.async_save(shown, description=f"code: {NEW}")
    assert answer["success"], answer
    await async_deliver(home, FRONT_DOOR)
    make_in_app(home, GARAGE, "By the app", "7702461")
    await home.async_refresh(GARAGE)
    await hass.services.async_call(
        "calendar",
        "create_event",
        {
            "entity_id": calendar_of(FRONT_DOOR),
            "summary": "Bob",
            "description": BY_ACTION,
            "in": {"days": 1},
        },
        blocking=True,
    )
    await async_deliver(home, FRONT_DOOR)
    client = await hass_client()
    span = "start=2026-05-01T00:00:00Z&end=2026-07-01T00:00:00Z"
    offered = [
        await (await client.get(f"/api/calendars/{calendar_of(lock)}?{span}")).text()
        for lock in (FRONT_DOOR, GARAGE)
    ]

    texts = await places.async_texts(hass_storage)
    texts["calendars"] = "".join(offered)
    assert "By the app" in texts["calendars"]
    assert f'"description":"{BY_ACTION}"' in texts["recorder"]
    texts["recorder"] = texts["recorder"].replace(f'"description":"{BY_ACTION}"', "")
    texts["events"] = repr(
        [event for event in places.events if event.event_type != EVENT_CALL_SERVICE]
    )
    texts["log"] = "\n".join(
        record.getMessage()
        for record in caplog.records
        if record.name.startswith(("custom_components", "aiohttp"))
        or (record.levelno > logging.DEBUG and record.name.startswith("homeassistant"))
    )
    secrets = secrets_of(home)
    assert secrets.keys() >= {f"digits {digits}" for digits in (NEW, BY_ACTION)}
    check(texts, {**secrets, "digits that were": "905172"})
