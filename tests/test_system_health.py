"""The page of the system information."""

from typing import Any
from unittest.mock import patch

from homeassistant.components.system_health import DOMAIN as SYSTEM_HEALTH
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import get_system_health_info

from custom_components.tuya_lock_manager import custom_codes
from custom_components.tuya_lock_manager.const import DOMAIN
from custom_components.tuya_lock_manager.exceptions import UnsettledError
from tests.acting import FRONT_DOOR, GARAGE, async_create
from tests.mending import issues
from tests.simulated import Home


async def async_info(hass: HomeAssistant) -> dict[str, Any]:
    """Return what the page shows, with what is asked only now."""
    assert await async_setup_component(hass, SYSTEM_HEALTH, {})
    await hass.async_block_till_done()
    info: dict[str, Any] = await get_system_health_info(hass, DOMAIN)
    return {**info, "can_reach_server": await info["can_reach_server"]}


async def test_the_page(hass: HomeAssistant, home: Home) -> None:
    """It counts what is going on, and costs no call."""
    await home.async_setup()
    made = await async_create(home, GARAGE)
    sent = home.state("sensor.tuya_lock_manager_simulated_calls_this_month")
    asked = len(home.asked())
    info = await async_info(hass)
    calls = info.pop("calls")
    assert calls.endswith(" / 26000")
    assert int(calls.partition(" ")[0]) >= int(sent)
    assert info == {
        "can_reach_server": "ok",
        "locks": 5,
        "pending_codes": 1,
        "unsettled_changes": 0,
    }
    assert len(home.asked()) <= asked + 1
    assert str(made["code"]) not in repr(info)


async def test_a_change_is_unsettled(hass: HomeAssistant, home: Home) -> None:
    await home.async_setup()
    home.world.faults.parse("reset_after:path=temp-password,method=POST,count=1")
    home.world.faults.parse("http_5xx:path=temp-passwords,method=GET")
    with (
        patch.object(custom_codes, "SETTLE_PAUSES", (0,)),
        pytest.raises(UnsettledError),
    ):
        await async_create(home, FRONT_DOOR)
    assert (await async_info(hass))["unsettled_changes"] == 1
    assert not issues(hass)


async def test_tuya_is_out_of_reach(hass: HomeAssistant, home: Home) -> None:
    """The account could not be set up, so there are no locks either."""
    await home.simulator.stop()
    await home.async_setup()
    assert await async_info(hass) == {
        "can_reach_server": {"type": "failed", "error": "unreachable"},
        "calls": "",
        "locks": 0,
        "pending_codes": 0,
        "unsettled_changes": 0,
    }
