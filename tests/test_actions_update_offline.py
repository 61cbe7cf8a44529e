"""The action update_password: codes that the lock works out itself."""

from typing import Any
from unittest.mock import patch

import pytest

from custom_components.tuya_lock_manager.tuya_cloud import (
    TuyaLockClient,
    UnsupportedError,
)
from simulator.locks.issue import create
from simulator.locks.wishes import Wish
from tests.acting import (
    FRONT_DOOR,
    OFFLINE_LOCKS,
    SHED,
    async_create,
    opens,
    refusing,
    result_of,
)
from tests.changing import async_listed, async_update, changes
from tests.simulated import Home


async def test_a_lock_that_only_a_phone_reaches(home: Home) -> None:
    """Somebody made a code with the app; from here nothing reaches the lock."""
    await home.async_setup()
    shed = home.lock(SHED)
    now = int(shed.now)
    create(shed, Wish("Ann", "905172", readable=True, start=now, end=now + 3600))
    await home.async_refresh(SHED)
    with refusing(home, "online_codes_need_gateway"):
        await async_update(home, SHED, duration={"hours": 5})


@pytest.mark.parametrize("kind", ["time_limited", "one_time"])
@pytest.mark.parametrize("listing", ["present", "absent"])
@pytest.mark.parametrize("lock", OFFLINE_LOCKS)
async def test_offline_codes_can_be_renamed(
    home: Home, lock: str, kind: str, listing: str
) -> None:
    home.world.around.switches.set("offline_list", listing)
    await home.async_setup()
    made = await async_create(home, lock, type=kind)
    changed = await async_update(home, lock, new_name="Eve")
    assert (changed["id"], changed["name"]) == (made["id"], "Eve")
    assert (await async_listed(home, lock))["name"] == "Eve"
    assert home.lock(lock).offline[int(str(made["id"]))].name == "Eve"
    assert opens(home, lock, made["code"])


async def test_dynamic_codes_have_a_name_here_only(home: Home) -> None:
    await home.async_setup()
    await async_create(home, FRONT_DOOR, type="dynamic")
    changed = await async_update(home, FRONT_DOOR, new_name="Eve")
    assert changed["name"] == "Eve"
    assert not changes(home)


async def test_a_cloud_that_renames_no_offline_codes(home: Home) -> None:
    await home.async_setup()
    await async_create(home, SHED, type="one_time")
    home.world.around.switches.set("offline_list", "absent")
    refusal = UnsupportedError("uri path invalid", code=1108)
    with patch.object(TuyaLockClient, "rename_offline_password", side_effect=refusal):
        assert (await async_update(home, SHED, new_name="Eve"))["name"] == "Eve"
    assert (await async_listed(home, SHED))["name"] == "Eve"


@pytest.mark.parametrize("kind", ["time_limited", "one_time", "dynamic"])
@pytest.mark.parametrize(
    "data", [{"duration": {"hours": 9}}, {"new_code": True}, {"code": "905172"}]
)
async def test_the_lock_computes_offline_codes_itself(
    home: Home, kind: str, data: dict[str, Any]
) -> None:
    await home.async_setup()
    await async_create(home, FRONT_DOOR, type=kind)
    with refusing(home, f"not_changeable_{kind}") as caught:
        await async_update(home, FRONT_DOOR, **data)
    assert "clearing code" in str(caught.value) or kind == "dynamic"


async def test_a_clearing_code_stays_as_it_is(home: Home) -> None:
    await home.async_setup()
    await async_create(home, FRONT_DOOR, type="time_limited")
    response = await home.async_act("issue_clear_code", FRONT_DOOR, password="Ann")
    clearing = result_of(response, FRONT_DOOR)
    with refusing(home, "not_changeable_clear_one"):
        await async_update(
            home, FRONT_DOOR, password=clearing["id"], duration={"hours": 9}
        )
