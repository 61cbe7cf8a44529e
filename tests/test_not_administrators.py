"""Who may control the house, but not its keys: by all ways that Home Assistant has.

Such a user holds a token of their own and talks to the WebSocket and the REST API, as the
app does. Nothing that they send reaches the cloud, and no answer has digits in it.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from http import HTTPStatus
import json
from typing import Any

import aiohttp
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    MockHAClientWebSocket,
    WebSocketGenerator,
)

from custom_components.tuya_lock_manager.const import DOMAIN, SUBENTRY_GUESTS
from tests.acting import FRONT_DOOR, contents
from tests.furnished import House, at
from tests.repairing import repairs
from tests.simulated import Home
from tests.test_unseen_digits import async_lose_caller
from tests.wrong_input import GOOD

SCRIPTS = {
    "tidy": {
        "sequence": [
            {
                "action": f"{DOMAIN}.delete_password",
                "target": {"entity_id": FRONT_DOOR},
                "data": {"password": "Ann"},
            }
        ]
    }
}
FLOWS = "/api/config/config_entries"


@dataclass
class Lodger:
    """A user who may control everything, and what they were answered."""

    home: Home
    socket: MockHAClientWebSocket
    client: aiohttp.ClientSession
    heard: list[str]

    async def async_say(self, **message: Any) -> dict[str, Any]:
        """Send a command over the WebSocket and return the answer."""
        await self.socket.send_json_auto_id(message)
        answer: dict[str, Any] = await self.socket.receive_json()
        self.heard.append(json.dumps(answer))
        return answer

    async def async_ask(
        self, method: str, path: str, body: dict[str, Any] | None = None
    ) -> HTTPStatus:
        """Send a request and return the status of the answer."""
        answer = await self.client.request(method, path, json=body)
        self.heard.append(await answer.text())
        return HTTPStatus(answer.status)


@pytest.fixture
async def house(hass: HomeAssistant, home: Home) -> House:
    """Return a furnished home with all that a user can talk to."""
    for component in ("api", "config", "repairs", "diagnostics", "script"):
        assert await async_setup_component(hass, component, {"script": SCRIPTS})
    house = House(home)
    await house.async_furnish()
    await async_lose_caller(home, FRONT_DOOR, "create_password")
    return house


@pytest.fixture
async def lodger(
    hass: HomeAssistant,
    house: House,
    hass_ws_client: WebSocketGenerator,
    hass_client: ClientSessionGenerator,
) -> AsyncIterator[Lodger]:
    """Return the user; afterwards nothing was done, and nothing was learnt."""
    user = await hass.auth.async_create_user("Lodger", group_ids=["system-users"])
    assert not user.is_admin
    token = hass.auth.async_create_access_token(
        await hass.auth.async_create_refresh_token(user, "https://home.example/")
    )
    home = house.home
    lodger = Lodger(
        home, await hass_ws_client(hass, token), await hass_client(token), []
    )
    before, asked = contents(home), len(home.world.requests.entries)
    yield lodger
    assert contents(home) == before
    assert len(home.world.requests.entries) == asked
    heard = "".join(lodger.heard)
    for lock in home.world.locks.values():
        digits = {code.digits for code in lock.book.live.values()}
        digits |= {code.digits for code in lock.offline.values()}
        assert not [code for code in digits if f'"{code}"' in heard]


async def test_every_action(hass: HomeAssistant, lodger: Lodger) -> None:
    """Over the WebSocket, by REST, and as the step of a script; reading is an action too."""
    actions = hass.services.async_services_for_domain(DOMAIN)
    assert set(actions) == set(GOOD)
    for action in actions:
        data = {"entity_id": at(action), **GOOD[action]}
        data = {key: value for key, value in data.items() if value is not ...}
        answer = await lodger.async_say(
            type="call_service",
            domain=DOMAIN,
            service=action,
            service_data=data,
            return_response=True,
        )
        assert not answer["success"]
        assert answer["error"]["message"] == "Unauthorized"
        path = f"/api/services/{DOMAIN}/{action}?return_response"
        assert await lodger.async_ask("POST", path, data) is HTTPStatus.UNAUTHORIZED
        step = {"action": f"{DOMAIN}.{action}", "data": data}
        answer = await lodger.async_say(type="execute_script", sequence=[step])
        assert answer["error"]["code"] == "unauthorized"


async def test_somebody_else_s_script(lodger: Lodger) -> None:
    """Who starts a script is who acts in it."""
    answer = await lodger.async_say(
        type="call_service", domain="script", service="tidy"
    )
    assert not answer["success"]
    assert answer["error"]["message"] == "Unauthorized"


async def test_every_page(lodger: Lodger) -> None:
    """Neither the form for codes, the options, the guest calendars nor the login."""
    entry = lodger.home.entry.entry_id
    for path, body in (
        ("options/flow", {"handler": entry}),
        ("flow", {"handler": DOMAIN}),
        ("flow", {"handler": DOMAIN, "entry_id": entry}),
        ("subentries/flow", {"handler": [entry, SUBENTRY_GUESTS]}),
    ):
        status = await lodger.async_ask("POST", f"{FLOWS}/{path}", body)
        assert status is HTTPStatus.UNAUTHORIZED, path
    assert lodger.home.hass.config_entries.flow.async_progress() == []


async def test_every_repair(lodger: Lodger) -> None:
    """There is one that would show digits, and delete the code."""
    found = repairs(lodger.home)
    assert "digits_unseen" in {issue.translation_key for issue in found}
    for issue in found:
        body = {"handler": DOMAIN, "issue_id": issue.issue_id}
        status = await lodger.async_ask("POST", "/api/repairs/issues/fix", body)
        assert status is HTTPStatus.UNAUTHORIZED


async def test_the_account_and_its_devices(
    lodger: Lodger,
    device_registry: dr.DeviceRegistry,
    entity_registry: er.EntityRegistry,
) -> None:
    """They can't be removed, disabled, reloaded or looked into."""
    entry = lodger.home.entry.entry_id
    entity = entity_registry.async_get(FRONT_DOOR)
    assert entity is not None
    device = entity.device_id
    for command in (
        {
            "type": "config/device_registry/remove_config_entry",
            "config_entry_id": entry,
            "device_id": device,
        },
        {
            "type": "config/device_registry/update",
            "device_id": device,
            "disabled_by": "user",
        },
        {"type": "config/entity_registry/remove", "entity_id": FRONT_DOOR},
        {
            "type": "config_entries/disable",
            "entry_id": entry,
            "disabled_by": "user",
        },
        {"type": "config_entries/subentries/list", "entry_id": entry},
        {
            "type": "config_entries/subentries/delete",
            "entry_id": entry,
            "subentry_id": "any",
        },
        {"type": "trace/list", "domain": "script"},
    ):
        answer = await lodger.async_say(**command)
        assert answer.get("error", {}).get("code") == "unauthorized", command
    for method, path in (
        ("DELETE", f"{FLOWS}/entry/{entry}"),
        ("POST", f"{FLOWS}/entry/{entry}/reload"),
        ("GET", f"/api/diagnostics/config_entry/{entry}"),
        ("GET", f"/api/diagnostics/config_entry/{entry}/device/{device}"),
    ):
        assert await lodger.async_ask(method, path) is HTTPStatus.UNAUTHORIZED, path
