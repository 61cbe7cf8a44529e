"""Callers that wait for a lock and go away: nothing is lost, doubled or left running."""

import asyncio
import gc
import logging
from unittest.mock import patch

from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import HomeAssistant, ServiceResponse
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
import pytest

from custom_components.tuya_lock_manager.const import DOMAIN
from custom_components.tuya_lock_manager.tuya_cloud import (
    TuyaLockClient,
    UnsupportedError,
)
from simulator.locks.delivery import wake
from tests.acting import FRONT_DOOR, GARAGE, async_create, async_list, opens, result_of
from tests.simulated import Home
from tests.test_delivery import SECOND, async_settle


async def _async_begin(
    home: Home, action: str, lock: str, **data: object
) -> asyncio.Task[ServiceResponse]:
    """Begin a call that waits for a lock."""
    call = home.hass.async_create_task(
        home.async_act(
            action,
            lock,
            context=None,
            wait_for_delivery=True,
            delivery_timeout=300,
            **data,
        )
    )
    await async_settle(call)
    assert not call.done()
    return call


async def _async_cancel(call: asyncio.Task[ServiceResponse]) -> None:
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call


def _issues(hass: HomeAssistant) -> set[str | None]:
    return {
        issue.translation_key
        for issue in ir.async_get(hass).issues.values()
        if issue.domain == DOMAIN and issue.active
    }


def _errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    gc.collect()
    return [
        record.getMessage()
        for record in caplog.records
        if record.levelno >= logging.ERROR
    ]


async def _async_wake(home: Home) -> None:
    """Let the lock take what waits for it, and fall asleep again."""
    wake(home.lock(GARAGE), home.lock(GARAGE).now)
    await home.async_pass(120 * SECOND)
    await home.async_refresh(GARAGE)


async def test_nothing_waits_on_for_a_caller_that_is_gone(
    hass: HomeAssistant, home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    """A creation, a change, a deletion: each was sent once, and is watched all the same."""
    await home.async_setup()
    await async_create(home, GARAGE, name="Ben")
    await _async_wake(home)
    for action, data in (
        ("create_temp_password", {"name": "Ann"}),
        ("update_password", {"password": "Ben", "duration": {"hours": 3}}),
        ("delete_password", {"password": "Ben"}),
    ):
        home.world.requests.clear()
        call = await _async_begin(home, action, GARAGE, **data)
        await _async_cancel(call)
        # Whatever is left to do is done at once.
        await hass.async_block_till_done()
        sent = [entry.method for entry in home.world.requests.entries]
        assert len([method for method in sent if method != "GET"]) <= 2
    # Nobody saw Ann's digits.
    assert "digits_unseen" in _issues(hass)
    await _async_wake(home)
    statuses = {code["name"]: code["status"] for code in await async_list(home, GARAGE)}
    assert statuses == {"Ann": "active", "Ben": "removed"}
    assert len(home.lock(GARAGE).codes) == 1
    assert _errors(caplog) == []


async def test_chosen_digits_are_known_to_who_chose_them(
    hass: HomeAssistant, home: Home
) -> None:
    await home.async_setup()
    call = await _async_begin(
        home, "create_temp_password", GARAGE, name="Ann", code="4829517"
    )
    await _async_cancel(call)
    await hass.async_block_till_done()
    assert "digits_unseen" not in _issues(hass)
    await _async_wake(home)
    assert opens(home, GARAGE, "4829517")


async def test_a_refusal_that_nobody_hears(
    hass: HomeAssistant, home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    """It is no error in the log: nothing was made, and nobody asks any more."""
    await home.async_setup()
    reached, answer = asyncio.Event(), asyncio.Event()

    async def refuse(*args: object) -> None:
        reached.set()
        await answer.wait()
        raise UnsupportedError("no")

    with patch.object(TuyaLockClient, "create_password", refuse):
        call = hass.async_create_task(
            home.async_act("create_temp_password", FRONT_DOOR, name="Ann")
        )
        await reached.wait()
        await _async_cancel(call)
        answer.set()
        await hass.async_block_till_done()
    del call
    assert _errors(caplog) == []
    assert await async_list(home, FRONT_DOOR) == []


@pytest.mark.parametrize("ends", ["reload", "unload", "stop"])
async def test_a_wait_that_ends_before_the_lock_wakes(
    hass: HomeAssistant, home: Home, caplog: pytest.LogCaptureFixture, ends: str
) -> None:
    """Its caller is told what is known, and so nobody else is asked to look."""
    await home.async_setup()
    call = await _async_begin(home, "create_temp_password", GARAGE, name="Ann")
    entry_id = home.entry.entry_id
    match ends:
        case "reload":
            assert await hass.config_entries.async_reload(entry_id)
        case "unload":
            assert await hass.config_entries.async_unload(entry_id)
        case _:
            hass.bus.async_fire(EVENT_HOMEASSISTANT_STOP)
    await async_settle(call)
    made = result_of(await call, GARAGE)
    assert made["status"] == "pending"
    if ends == "unload":
        assert await hass.config_entries.async_setup(entry_id)
    await hass.async_block_till_done()
    assert "digits_unseen" not in _issues(hass)
    assert [code["id"] for code in await async_list(home, GARAGE)] == [made["id"]]
    await _async_wake(home)
    assert opens(home, GARAGE, made["code"])
    assert _errors(caplog) == []


async def test_a_script_that_is_stopped(hass: HomeAssistant, home: Home) -> None:
    await home.async_setup()
    action = {
        "action": f"{DOMAIN}.create_temp_password",
        "target": {"entity_id": GARAGE},
        "data": {"name": "Ann", "wait_for_delivery": True, "delivery_timeout": 300},
        "response_variable": "made",
    }
    assert await async_setup_component(
        hass, "script", {"script": {"guest": {"sequence": [action]}}}
    )
    await hass.services.async_call("script", "turn_on", {"entity_id": "script.guest"})
    for _ in range(300):
        await asyncio.sleep(0)
    assert home.state("script.guest") == "on"
    await hass.services.async_call(
        "script", "turn_off", {"entity_id": "script.guest"}, blocking=True
    )
    await hass.async_block_till_done()
    assert [code["name"] for code in await async_list(home, GARAGE)] == ["Ann"]
    assert "digits_unseen" in _issues(hass)
