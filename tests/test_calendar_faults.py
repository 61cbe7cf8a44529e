"""What goes wrong while somebody works in the calendar: settled, told, never doubled."""

import asyncio
from collections.abc import Iterator
from unittest.mock import patch

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.tuya_lock_manager import custom_codes
from tests.acting import FRONT_DOOR, GARAGE, async_deliver, async_list, opens
from tests.booking import CODE, HOUR, Person, asked_event, calendar_of, refusal
from tests.repairing import kinds
from tests.simulated import Home
from tests.test_interrupted import Gate


@pytest.fixture(autouse=True)
def quick_readings() -> Iterator[None]:
    """Read the list at once instead of for a minute: the clock stands still here."""
    pauses = tuple(0 for _ in custom_codes.SETTLE_PAUSES)
    with patch.object(custom_codes, "SETTLE_PAUSES", pauses):
        yield


def creations(home: Home) -> int:
    """Return how often a code was asked for."""
    return sum(
        request.method == "POST" and request.path.endswith("temp-password")
        for request in home.world.requests.entries
    )


async def test_a_lost_answer_is_settled(home: Home, person: Person) -> None:
    """The code is there once, and its random digits wait for an administrator."""
    home.world.faults.parse("reset_after:path=temp-password,method=POST,count=1")
    assert (await person.async_create())["success"]
    assert creations(home) == 1
    assert (await person.async_event())["summary"] == "Ann"
    assert kinds(home) == ["digits_unseen"]


async def test_a_lost_request_is_told(home: Home, person: Person) -> None:
    """Nothing was made, nothing waits, and the same event can be added again."""
    home.world.faults.parse("reset:path=temp-password,method=POST,count=1")
    assert refusal(await person.async_create(**CODE)) == "not_created"
    assert await person.async_events() == []
    assert kinds(home) == []
    assert (await person.async_create(**CODE))["success"]
    await async_deliver(home, FRONT_DOOR)
    await home.async_pass(HOUR)
    assert opens(home, FRONT_DOOR, "905172")


async def test_a_lost_answer_to_a_change(home: Home, person: Person) -> None:
    await person.async_create(**CODE)
    await async_deliver(home, FRONT_DOOR)
    shown = await person.async_event()
    home.world.faults.parse("reset_after:path=modify-password,count=1")
    assert (await person.async_save(shown, summary="Bob"))["success"]
    home.world.faults.parse("reset_after:path=temp-password,method=DELETE,count=1")
    await async_deliver(home, FRONT_DOOR)
    assert (await person.async_remove(await person.async_event()))["success"]
    await async_deliver(home, FRONT_DOOR)
    assert await person.async_events() == []
    assert kinds(home) == []


async def test_the_same_event_twice(home: Home, person: Person) -> None:
    """Two codes of one name and window may both vanish at Tuya."""
    await person.async_create(**CODE)
    answer = await person.async_create(description="code: 940271")
    assert refusal(answer) == "twin_password"
    assert creations(home) == 1


async def test_a_browser_that_is_closed(
    hass: HomeAssistant, home: Home, hass_ws_client: WebSocketGenerator
) -> None:
    """What has begun is finished, and nothing of it is lost."""
    await home.async_setup()
    gate = Gate("create_password")
    client = await hass_ws_client(hass)
    with gate.patched:
        await client.send_json_auto_id(
            {
                "type": "calendar/event/create",
                "entity_id": calendar_of(FRONT_DOOR),
                "event": asked_event(),
            }
        )
        await gate.reached.wait()
        await client.close()
        gate.open.set()
        await hass.async_block_till_done(wait_background_tasks=True)
    (code,) = await async_list(home, FRONT_DOOR)
    assert (code["name"], code["made_here"]) == ("Ann", True)
    assert kinds(home) == ["digits_unseen"]


async def test_a_reload_while_an_event_is_added(
    hass: HomeAssistant, home: Home, person: Person
) -> None:
    gate = Gate("create_password")
    with gate.patched:
        call = hass.async_create_task(person.async_create())
        await gate.reached.wait()
        reload = hass.async_create_task(
            hass.config_entries.async_reload(home.entry.entry_id)
        )
        await asyncio.sleep(0)
        gate.open.set()
        assert (await call)["success"]
        assert await reload
    state: ConfigEntryState = home.entry.state
    assert state is ConfigEntryState.LOADED
    await hass.async_block_till_done()
    assert (await person.async_event())["summary"] == "Ann"
    assert kinds(home) == ["digits_unseen"]


async def test_a_lock_whose_list_cannot_be_read(home: Home, person: Person) -> None:
    """Without it, twins and lost answers could not be told; nothing is sent."""
    await person.async_create(GARAGE, description="code: 9051726")
    shown = await person.async_event(GARAGE)
    home.world.faults.parse("reset:path=door-lock")
    await home.async_refresh(GARAGE)
    for answer in (
        await person.async_create(GARAGE, summary="Bob", description="code: 9402716"),
        await person.async_save(shown, GARAGE, summary="Bob"),
        await person.async_remove(shown, GARAGE),
    ):
        assert refusal(answer) == "list_not_read"
    assert creations(home) == 1
