"""Who may control the house, but not its keys: by the doors that listen to words."""

from http import HTTPStatus
from pathlib import Path
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from tests.acting import FRONT_DOOR, TEXTS, async_create, contents
from tests.simulated import Home
from tests.voicing import ALLOWED, PHONE, VoiceHome

MAKE = "give Bob a code for tomorrow nine to twelve on the front door"
CANCEL = "cancel Ann's code"
INTENTS: tuple[dict[str, Any], ...] = (
    {
        "name": "TuyaLockManagerCreateCode",
        "data": {"who": "Bob", "details": "for two hours", "where": "front door"},
    },
    {"name": "TuyaLockManagerCancelCode", "data": {"code": "Ann"}},
    {"name": "TuyaLockManagerCancelCode", "data": {"code": "Ann", "confirm": "yes"}},
)


@pytest.mark.parametrize("group", ["system-users", "system-admin"])
async def test_words(
    hass: HomeAssistant,
    home: Home,
    tmp_path: Path,
    hass_ws_client: WebSocketGenerator,
    hass_client: ClientSessionGenerator,
    group: str,
) -> None:
    """Over the WebSocket and by REST, as sentences, intents and actions."""
    house = VoiceHome(home)
    await house.async_setup(tmp_path, (FRONT_DOOR,))
    for component in ("api", "http", "intent"):
        assert await async_setup_component(hass, component, {})
    house.allow(**ALLOWED, voice_notify=PHONE)
    await async_create(home, FRONT_DOOR, name="Ann")
    user = await hass.auth.async_create_user("Lodger", group_ids=[group])
    token = hass.auth.async_create_access_token(
        await hass.auth.async_create_refresh_token(user, "https://home.example/")
    )
    socket, client = await hass_ws_client(hass, token), await hass_client(token)
    before, asked = contents(home), len(home.world.requests.entries)
    heard = []
    for sentence in (CANCEL, "yes, delete it", MAKE):
        said = {"text": sentence, "language": "en"}
        await socket.send_json_auto_id({"type": "conversation/process", **said})
        heard.append(str(await socket.receive_json()))
        message = {"domain": "conversation", "service": "process", "service_data": said}
        await socket.send_json_auto_id({"type": "call_service", **message})
        heard.append(str(await socket.receive_json()))
        answer = await client.post("/api/conversation/process", json=said)
        heard.append(await answer.text())
    for wish in INTENTS:
        answer = await client.post("/api/intent/handle", json=wish)
        assert answer.status == HTTPStatus.OK
        heard.append(await answer.text())
    await hass.async_block_till_done()
    if group == "system-admin":
        assert contents(home) != before  # the sentences are understood
        assert house.phone.messages
        return
    assert contents(home) == before
    assert len(home.world.requests.entries) == asked
    assert not house.phone.messages
    assert any(TEXTS["voice_not_admin"] in told for told in heard)
