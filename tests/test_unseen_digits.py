"""Repairs of codes whose digits nobody has seen, and who may see them."""

import asyncio
from http import HTTPStatus
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.tuya_lock_manager.const import DOMAIN, OPT_KEEP_DIGITS
from tests.acting import FRONT_DOOR, async_create, async_deliver, opens
from tests.mending import Fixer, digits_in, issues
from tests.simulated import Home
from tests.test_interrupted import Gate


@pytest.fixture
def fixer(hass: HomeAssistant, hass_client: ClientSessionGenerator) -> Fixer:
    return Fixer(hass, hass_client)


async def async_lose_caller(home: Home, lock: str, method: str, **data: Any) -> None:
    """Make a code while the caller goes away before the answer."""
    gate = Gate(method)
    with gate.patched:
        call = home.hass.async_create_task(
            home.async_act("create_temp_password", lock, name="Ann", **data)
        )
        await gate.reached.wait()
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        gate.open.set()
        await home.hass.async_block_till_done()


async def test_digits_that_nobody_saw(home: Home, fixer: Fixer) -> None:
    """They are shown once, survive a restart until then, and are gone afterwards."""
    await home.async_setup()
    await async_lose_caller(home, FRONT_DOOR, "create_password")
    assert issues(home.hass).keys() == {"digits_unseen"}
    await home.async_restart()
    await async_deliver(home, FRONT_DOOR)
    await fixer.async_open("digits_unseen")
    digits = digits_in(await fixer.async_choose("show"))
    assert opens(home, FRONT_DOOR, digits)
    assert digits not in str(issues(home.hass))
    assert (await fixer.async_answer({}))["type"] == "create_entry"
    assert not issues(home.hass)
    await home.async_restart()
    assert not issues(home.hass)


async def test_digits_that_nobody_saw_and_nobody_kept(home: Home, fixer: Fixer) -> None:
    await home.async_setup()
    home.hass.config_entries.async_update_entry(
        home.entry, options={OPT_KEEP_DIGITS: False}
    )
    await async_lose_caller(home, FRONT_DOOR, "create_password")
    await async_deliver(home, FRONT_DOOR)
    menu = await fixer.async_open("digits_lost")
    assert menu["menu_options"] == ["new_digits", "delete", "keep"]
    await fixer.async_choose("new_digits")
    digits = digits_in(await fixer.async_answer({}))
    assert (await fixer.async_answer({}))["type"] == "create_entry"
    await async_deliver(home, FRONT_DOOR)
    assert opens(home, FRONT_DOOR, digits)
    assert not issues(home.hass)


async def test_an_offline_code_that_nobody_saw(home: Home, fixer: Fixer) -> None:
    await home.async_setup()
    await async_lose_caller(
        home, FRONT_DOOR, "create_offline_password", type="time_limited"
    )
    await fixer.async_open("offline_digits_unseen")
    digits = digits_in(await fixer.async_choose("show"))
    assert opens(home, FRONT_DOOR, digits)


async def test_the_reference_finds_what_nobody_saw(home: Home) -> None:
    """The caller that comes back gets the digits, and the repair goes."""
    await home.async_setup()
    await async_lose_caller(home, FRONT_DOOR, "create_password", reference="stay 1")
    assert issues(home.hass).keys() == {"digits_unseen"}
    again = await async_create(home, FRONT_DOOR, reference="stay 1")
    await async_deliver(home, FRONT_DOOR)
    assert opens(home, FRONT_DOOR, again["code"])
    assert not issues(home.hass)


async def test_only_administrators(
    home: Home,
    hass_client: ClientSessionGenerator,
    hass_ws_client: WebSocketGenerator,
    hass_read_only_access_token: str,
) -> None:
    """Others see that there is a repair, without digits, and can't open it."""
    assert await async_setup_component(home.hass, "websocket_api", {})
    await home.async_setup()
    await async_lose_caller(home, FRONT_DOOR, "create_password")
    assert await async_setup_component(home.hass, "repairs", {})
    (code,) = home.lock(FRONT_DOOR).book.live.values()
    client = await hass_client(hass_read_only_access_token)
    issue = issues(home.hass)["digits_unseen"]
    response = await client.post(
        "/api/repairs/issues/fix",
        json={"handler": DOMAIN, "issue_id": issue.issue_id},
    )
    assert response.status == HTTPStatus.UNAUTHORIZED
    socket = await hass_ws_client(home.hass, hass_read_only_access_token)
    await socket.send_json_auto_id({"type": "repairs/list_issues"})
    told = str(await socket.receive_json())
    assert issue.issue_id in told
    await socket.send_json_auto_id(
        {
            "type": "repairs/get_issue_data",
            "domain": DOMAIN,
            "issue_id": issue.issue_id,
        }
    )
    told += str(await socket.receive_json())
    assert str(code.digits) not in told
