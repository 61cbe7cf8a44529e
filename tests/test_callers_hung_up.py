"""Callers whose connection closes while they wait: Home Assistant goes on without them."""

import asyncio
from collections.abc import Callable, Coroutine

from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockUser
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.tuya_lock_manager.const import DOMAIN
from tests.acting import GARAGE, async_list, opens
from tests.repairing import kinds
from tests.simulated import Home
from tests.test_callers_gone import _async_wake

type Call = Callable[[str, str, dict[str, object]], Coroutine[None, None, None]]

CREATE = {
    "entity_id": GARAGE,
    "name": "Ann",
    "wait_for_delivery": True,
    "delivery_timeout": 300,
}


@pytest.fixture(params=["REST", "WebSocket"])
async def hung_up(
    request: pytest.FixtureRequest,
    hass: HomeAssistant,
    home: Home,
    hass_client: ClientSessionGenerator,
    hass_ws_client: WebSocketGenerator,
    hass_admin_user: MockUser,
) -> Call:
    """Return how to call an action over a connection that closes during the call."""
    await home.async_setup()
    assert await async_setup_component(hass, "api", {})

    auth = hass.auth
    login = await auth.async_create_refresh_token(
        hass_admin_user, "https://home.example/"
    )
    token = auth.async_create_access_token(login)

    async def async_reached() -> None:
        """Wait until the lock was asked, and what comes of it is waited for."""
        for _ in range(2000):
            await asyncio.sleep(0)
            if home.lock(GARAGE).book.live:
                break
        for _ in range(300):
            await asyncio.sleep(0)

    async def async_call_rest(
        domain: str, action: str, data: dict[str, object]
    ) -> None:
        client = await hass_client(token)
        wants = "?return_response" if domain == DOMAIN else ""
        url = f"/api/services/{domain}/{action}{wants}"
        call = asyncio.create_task(client.post(url, json=data))
        await async_reached()
        call.cancel()
        await client.close()

    async def async_call_socket(
        domain: str, action: str, data: dict[str, object]
    ) -> None:
        client = await hass_ws_client(hass, token)
        await client.send_json_auto_id(
            {
                "type": "call_service",
                "domain": domain,
                "service": action,
                "service_data": data,
                "return_response": domain == DOMAIN,
            }
        )
        await async_reached()
        await client.close()

    return async_call_rest if request.param == "REST" else async_call_socket


async def test_random_digits(home: Home, hung_up: Call) -> None:
    """Nobody has seen them, whatever Home Assistant sent into the void."""
    await hung_up(DOMAIN, "create_temp_password", CREATE)
    assert kinds(home) == []
    await _async_wake(home)
    assert [code["status"] for code in await async_list(home, GARAGE)] == ["active"]
    assert kinds(home) == ["digits_unseen"]


async def test_chosen_digits(home: Home, hung_up: Call) -> None:
    """Whoever chose them knows them."""
    await hung_up(DOMAIN, "create_temp_password", {**CREATE, "code": "4829517"})
    await _async_wake(home)
    assert opens(home, GARAGE, "4829517")
    assert kinds(home) == []


async def test_a_script_has_its_answer(
    hass: HomeAssistant, home: Home, hung_up: Call
) -> None:
    """It goes on, whoever started it."""
    step = {
        "action": f"{DOMAIN}.create_temp_password",
        "data": CREATE,
        "response_variable": "made",
    }
    told = {"event": "told", "event_data": {"made": "{{ made }}"}}
    sequence = [step, told]
    assert await async_setup_component(
        hass, "script", {"script": {"welcome": {"sequence": sequence}}}
    )
    heard: list[object] = []
    hass.bus.async_listen("told", lambda event: heard.append(event.data))
    await hung_up("script", "welcome", {})
    await _async_wake(home)
    assert len(heard) == 1
    assert kinds(home) == []
