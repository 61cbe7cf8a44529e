"""Digits that nobody saw are not shown any more once others have taken their place."""

from datetime import timedelta
from typing import Any
from unittest.mock import patch

from homeassistant.core import HomeAssistant
import pytest

from custom_components.tuya_lock_manager import custom_codes
from custom_components.tuya_lock_manager.const import CONF_ACCESS_SECRET
from custom_components.tuya_lock_manager.exceptions import UnsettledError
from tests.acting import FRONT_DOOR, async_deliver, async_list, result_of
from tests.mending import issues
from tests.simulated import Home

# Together they are longer than lists may lag.
SETTLING = tuple(timedelta(seconds=seconds) for seconds in (3, 6, 15, 45, 10))


async def async_lose(home: Home, action: str, method: str, **data: Any) -> None:
    """Act; the answer is lost and the list can't be read until the action gives up."""
    home.world.faults.parse("http_5xx:path=temp-passwords,method=GET,count=4")
    home.world.faults.parse(f"reset_after:path=temp-password,method={method},count=1")
    with (
        patch.object(custom_codes, "SETTLE_PAUSES", (0, 0, 0, 0)),
        pytest.raises(UnsettledError),
    ):
        await home.async_act(action, FRONT_DOOR, **data)
    for duration in SETTLING:
        await home.async_pass(duration)
    await async_deliver(home, FRONT_DOOR)


@pytest.mark.parametrize("change", [{"new_code": True}, {"code": "905172"}])
async def test_a_change_that_was_answered(
    hass: HomeAssistant, home: Home, change: dict[str, Any]
) -> None:
    await home.async_setup()
    await async_lose(home, "create_temp_password", "POST", name="Ann")
    assert issues(hass).keys() == {"digits_unseen"}
    await home.async_act("update_password", FRONT_DOOR, password="Ann", **change)
    assert not issues(hass)


async def test_a_change_of_something_else(hass: HomeAssistant, home: Home) -> None:
    """The digits are still those that nobody has seen."""
    await home.async_setup()
    await async_lose(home, "create_temp_password", "POST", name="Ann")
    await home.async_act("update_password", FRONT_DOOR, password="Ann", new_name="Bo")
    assert issues(hass).keys() == {"digits_unseen"}


@pytest.mark.parametrize(
    ("change", "left"),
    [
        ({"new_code": True}, {"digits_unseen"}),
        ({"code": "905172"}, set[str]()),
        ({}, {"digits_unseen"}),
    ],
)
async def test_a_change_whose_answer_was_lost(
    hass: HomeAssistant, home: Home, change: dict[str, Any], left: set[str]
) -> None:
    """Only digits that open wait to be seen."""
    await home.async_setup()
    await async_lose(home, "create_temp_password", "POST", name="Ann")
    (code,) = await async_list(home, FRONT_DOOR)
    data = {"password": "Ann", "new_name": "Bo", **change}
    await async_lose(home, "update_password", "PUT", **data)
    assert issues(hass).keys() == left
    hub = home.entry.runtime_data.locks[home.lock(FRONT_DOOR).id]
    unseen = [hub.journal.unseen_digits(entry.id) for entry in hub.journal.reports]
    (held,) = home.lock(FRONT_DOOR).codes.values()
    assert unseen == [held.digits] * len(left)
    assert code["made_here"]


async def test_the_answer_has_the_digits(home: Home) -> None:
    """Whoever asked for new ones gets them."""
    await home.async_setup()
    await async_lose(home, "create_temp_password", "POST", name="Ann")
    response = await home.async_act(
        "update_password", FRONT_DOOR, password="Ann", new_code=True
    )
    await async_deliver(home, FRONT_DOOR)
    (held,) = home.lock(FRONT_DOOR).codes.values()
    assert result_of(response, FRONT_DOOR)["code"] == held.digits


async def test_another_secret(hass: HomeAssistant, home: Home) -> None:
    """What was sealed with the old one can't be shown, so new digits are offered."""
    await home.async_setup()
    await async_lose(home, "create_temp_password", "POST", name="Ann")
    secret = "f" * 32
    home.world.project.access_secret = secret
    hass.config_entries.async_update_entry(
        home.entry, data={**home.entry.data, CONF_ACCESS_SECRET: secret}
    )
    await home.async_restart()
    await home.async_refresh(FRONT_DOOR)
    assert issues(hass).keys() == {"digits_lost"}
