"""What was made is not lost when its caller goes away or the account is reloaded."""

import asyncio
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
import pytest

from custom_components.tuya_lock_manager.tuya_cloud import TuyaLockClient
from simulator.locks.delivery import wake
from tests.acting import FRONT_DOOR, GARAGE, async_list, opens
from tests.simulated import Home


class Gate:
    """Holds the answer to a request that was already carried out."""

    def __init__(self, method: str) -> None:
        """Hold the answers of one of the client's methods."""
        self.reached = asyncio.Event()
        self.open = asyncio.Event()
        original: Any = getattr(TuyaLockClient, method)

        async def held(client: TuyaLockClient, *args: Any) -> Any:
            answer = await original(client, *args)
            self.reached.set()
            await self.open.wait()
            return answer

        self.patched = patch.object(TuyaLockClient, method, held)


KINDS = [
    ("custom", "create_password"),
    ("time_limited", "create_offline_password"),
]


@pytest.mark.parametrize(("kind", "method"), KINDS)
async def test_a_caller_that_goes_away(
    hass: HomeAssistant, home: Home, kind: str, method: str
) -> None:
    home.world.around.switches.set("offline_list", "absent")
    await home.async_setup()
    gate = Gate(method)
    with gate.patched:
        call = hass.async_create_task(
            home.async_act("create_temp_password", FRONT_DOOR, name="Ann", type=kind)
        )
        await gate.reached.wait()
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        gate.open.set()
        await hass.async_block_till_done()
    (code,) = await async_list(home, FRONT_DOOR)
    assert (code["name"], code["made_here"]) == ("Ann", True)


@pytest.mark.parametrize(("kind", "method"), KINDS)
async def test_a_reload_during_a_creation(
    hass: HomeAssistant, home: Home, kind: str, method: str
) -> None:
    home.world.around.switches.set("offline_list", "absent")
    await home.async_setup()
    gate = Gate(method)
    with gate.patched:
        call = hass.async_create_task(
            home.async_act("create_temp_password", FRONT_DOOR, name="Ann", type=kind)
        )
        await gate.reached.wait()
        reload = hass.async_create_task(
            hass.config_entries.async_reload(home.entry.entry_id)
        )
        await asyncio.sleep(0)
        gate.open.set()
        await call
        assert await reload
    state: ConfigEntryState = home.entry.state
    assert state is ConfigEntryState.LOADED
    (code,) = await async_list(home, FRONT_DOOR)
    assert (code["name"], code["made_here"]) == ("Ann", True)


async def test_a_deleted_code_of_the_app_that_vanishes_from_the_list(
    hass: HomeAssistant, home: Home
) -> None:
    """The lock sleeps and still knows it: nobody may call it removed."""
    await home.async_setup()
    made = await home.async_act("create_temp_password", GARAGE, name="Ann")
    assert made
    result: Any = made[GARAGE]
    simulated = home.lock(GARAGE)
    wake(simulated, simulated.now)
    await home.async_pass(timedelta(seconds=61))
    # As if the app had made it.
    hub = home.entry.runtime_data.locks[simulated.id]
    for code in tuple(hub.memory.issued.values()):
        await hub.async_forget(code.key)
    await home.async_act("delete_password", GARAGE, password="Ann")
    with patch.object(TuyaLockClient, "list_passwords", return_value=()):
        await home.async_refresh(GARAGE)
        (code,) = await async_list(home, GARAGE)
        assert (code["status"], code["made_here"]) == ("removing", False)
        event = hass.states.get("event.garage_password")
        assert event is not None
        assert event.attributes["event_type"] != "removed"
    assert opens(home, GARAGE, result["code"])
