"""A cloud whose clock is ahead finds a code that begins now begun in the past."""

from datetime import timedelta
from unittest.mock import patch

from homeassistant.exceptions import ServiceValidationError
from homeassistant.util import dt as dt_util
import pytest

from custom_components.tuya_lock_manager.tuya_cloud import (
    TuyaLockClient,
    WindowInPastError,
)
from tests.acting import (
    FRONT_DOOR,
    async_create,
    async_deliver,
    async_status,
    check_text,
    contents,
    opens,
)
from tests.simulated import Home


@pytest.fixture
async def ahead(home: Home) -> Home:
    """Return a home whose locks' cloud is ahead by less than it says itself."""
    await home.async_setup()
    home.world.around.switches.set("past_start", "refused")
    return home


async def test_a_code_that_begins_now_begins_a_little_later(ahead: Home) -> None:
    ahead.world.clock.advance(1)
    made = await async_create(ahead, FRONT_DOOR, name="Ann")

    start = dt_util.parse_datetime(str(made["start"]), raise_on_error=True)
    end = dt_util.parse_datetime(str(made["end"]), raise_on_error=True)
    assert timedelta(minutes=59) < end - start < timedelta(hours=1)
    await ahead.async_pass(timedelta(seconds=3))
    await async_deliver(ahead, FRONT_DOOR)
    assert await async_status(ahead, FRONT_DOOR, made["id"]) == "active"
    assert opens(ahead, FRONT_DOOR, made["code"])


async def test_a_window_that_the_cloud_finds_over(ahead: Home) -> None:
    ahead.world.clock.advance(7200)
    before = contents(ahead)
    with pytest.raises(ServiceValidationError) as refusal:
        await async_create(ahead, FRONT_DOOR, duration={"hours": 1})
    check_text(refusal.value, "window_in_past")
    assert contents(ahead) == before


async def test_a_start_that_is_yet_to_come(ahead: Home) -> None:
    refused = WindowInPastError("less than the current time", code=2318)
    with (
        patch.object(TuyaLockClient, "create_password", side_effect=refused) as create,
        pytest.raises(ServiceValidationError) as refusal,
    ):
        await async_create(
            ahead, FRONT_DOOR, start="2026-07-01 12:00:00", duration={"hours": 1}
        )
    check_text(refusal.value, "window_in_past")
    create.assert_awaited_once()
