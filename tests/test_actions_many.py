"""Actions on several locks: one result each, and no code is ever lost."""

import asyncio
from typing import Any
from unittest.mock import patch

from homeassistant.exceptions import ServiceValidationError
import pytest

from custom_components.tuya_lock_manager import wishes
from custom_components.tuya_lock_manager.tuya_cloud import (
    PasswordRequest,
    TuyaLockClient,
)
from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    GARDEN_GATE,
    LOCKS,
    OFFICE,
    ONLINE_LOCKS,
    SHED,
    async_create,
    async_deliver,
    check_error,
    failing,
    opens,
    refusing,
    result_of,
)
from tests.simulated import Home


async def test_the_same_digits_where_the_length_is_the_same(home: Home) -> None:
    """The Garage takes seven digits, the others six."""
    await home.async_setup()
    response = await home.async_act(
        "create_temp_password", list(ONLINE_LOCKS), name="Ann"
    )
    codes = {lock: result_of(response, lock)["code"] for lock in ONLINE_LOCKS}
    assert codes[FRONT_DOOR] == codes[OFFICE] == codes[GARDEN_GATE]
    assert len(str(codes[FRONT_DOOR])) == 6
    assert len(str(codes[GARAGE])) == 7
    for lock in ONLINE_LOCKS:
        # Somebody who thinks that it is one code for all doors would stand outside.
        assert result_of(response, lock)["notes"] == ["other_length_than_others"]
        await async_deliver(home, lock)
        assert opens(home, lock, codes[lock])


@pytest.mark.parametrize(
    ("locks", "data"),
    [
        ([FRONT_DOOR, OFFICE, GARDEN_GATE], {}),
        ([GARAGE], {}),
        # The one that takes seven refuses the six that were chosen.
        ([FRONT_DOOR, GARAGE], {"code": "739215"}),
    ],
)
async def test_no_note_where_the_length_is_the_same(
    home: Home, locks: list[str], data: dict[str, Any]
) -> None:
    await home.async_setup()
    response = await home.async_act("create_temp_password", locks, name="Ann", **data)
    assert response is not None
    results = [result_of(response, lock) for lock in locks]
    made = [result for result in results if "error" not in result]
    assert made
    assert all(result["notes"] == [] for result in made)


async def test_offline_codes_have_no_note_on_length(home: Home) -> None:
    """Each lock computes its own, so nobody expects one code for all doors."""
    await home.async_setup()
    home.world.around.switches.set("offline_digits", "7", home.lock(GARAGE).id)
    response = await home.async_act(
        "create_temp_password", [FRONT_DOOR, GARAGE], name="Ann", type="one_time"
    )
    lengths = set()
    for lock in (FRONT_DOOR, GARAGE):
        lengths.add(len(str(result_of(response, lock)["code"])))
        assert result_of(response, lock)["notes"] == ["opens_once"]
    assert lengths == {7, 10}


async def test_the_next_call_has_other_digits(home: Home) -> None:
    await home.async_setup()
    codes = set()
    for name in ("Ann", "Bob", "Cat"):
        response = await home.async_act("create_temp_password", OFFICE, name=name)
        codes.add(result_of(response, OFFICE)["code"])
    assert len(codes) == 3


async def test_digits_that_one_of_the_locks_has(home: Home) -> None:
    """That lock gets others; the digits are drawn anew for it alone."""
    await home.async_setup()
    await async_create(home, OFFICE, name="Bob", code="905172")
    with patch.object(wishes, "random_digits", side_effect=["905172", "481516"]):
        response = await home.async_act(
            "create_temp_password", [FRONT_DOOR, OFFICE], name="Ann"
        )
    assert result_of(response, FRONT_DOOR)["code"] == "905172"
    assert result_of(response, OFFICE)["code"] == "481516"


async def test_offline_codes_differ(home: Home) -> None:
    """Each lock computes its own."""
    await home.async_setup()
    response = await home.async_act(
        "create_temp_password", list(LOCKS), name="Ann", type="one_time"
    )
    assert response is not None
    check_error(response[GARDEN_GATE], "offline_codes_unsupported", lock="Garden gate")
    codes = {lock: result_of(response, lock).get("code") for lock in LOCKS}
    assert len(set(codes.values())) == 5
    for lock in (FRONT_DOOR, GARAGE, OFFICE, SHED):
        assert opens(home, lock, codes[lock])


async def test_a_lock_that_refuses_does_not_lose_the_codes_of_the_others(
    home: Home,
) -> None:
    await home.async_setup()
    full = home.lock(GARAGE).id
    home.world.faults.parse(f"lock_full:path={full}/door-lock/temp-password")
    response = await home.async_act("create_temp_password", list(LOCKS), name="Ann")
    assert response is not None
    assert list(response) == sorted(LOCKS)
    check_error(response[SHED], "online_codes_need_gateway", lock="Shed")
    check_error(response[GARAGE], "lock_full")
    for lock in (FRONT_DOOR, OFFICE, GARDEN_GATE):
        made = result_of(response, lock)
        await async_deliver(home, lock)
        assert opens(home, lock, made["code"])


async def test_it_raises_where_nothing_succeeded(home: Home) -> None:
    """The error of the first lock, in the order of the entities."""
    await home.async_setup()
    full = home.lock(GARAGE).id
    home.world.faults.parse(f"lock_full:path={full}/door-lock/temp-password")
    with failing(home, "lock_full"):
        await home.async_act("create_temp_password", [SHED, GARAGE], name="Ann")
    with refusing(home, "online_codes_need_gateway"):
        await home.async_act("create_temp_password", [SHED], name="Ann")


async def test_the_digits_of_one_length_refused_by_some(home: Home) -> None:
    """A code of one's own fits some locks only; the others say what they take."""
    await home.async_setup()
    response = await home.async_act(
        "create_temp_password", [FRONT_DOOR, GARAGE], name="Ann", code="905172"
    )
    assert response is not None
    assert result_of(response, FRONT_DOOR)["code"] == "905172"
    check_error(response[GARAGE], "code_length", length="7")
    assert not home.lock(GARAGE).book.live


async def test_a_defect_that_shows_on_one_lock(
    home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    """It is told and logged, and the other locks' codes are answered."""
    await home.async_setup()
    broken = home.lock(GARAGE).id
    create = TuyaLockClient.create_password

    async def defective(
        client: TuyaLockClient, device_id: str, request: PasswordRequest
    ) -> str:
        if device_id == broken:
            raise ZeroDivisionError
        return await create(client, device_id, request)

    with patch.object(TuyaLockClient, "create_password", defective):
        response = await home.async_act(
            "create_temp_password", [FRONT_DOOR, GARAGE], name="Ann"
        )
        assert response is not None
        check_error(response[GARAGE], "unexpected")
        assert "ZeroDivisionError" in caplog.text
        await async_deliver(home, FRONT_DOOR)
        assert opens(home, FRONT_DOOR, result_of(response, FRONT_DOOR)["code"])
        with failing(home, "unexpected"):
            await home.async_act("create_temp_password", GARAGE, name="Ann")


async def test_a_slow_lock_does_not_make_the_others_wait(home: Home) -> None:
    await home.async_setup()
    slow, quick = home.lock(FRONT_DOOR).id, home.lock(GARAGE).id
    create = TuyaLockClient.create_password
    done: list[str] = []

    async def waiting(
        client: TuyaLockClient, device_id: str, request: PasswordRequest
    ) -> str:
        turns = 0
        while device_id == slow and quick not in done:
            turns += 1
            assert turns < 100_000, "the locks wait for each other"
            await asyncio.sleep(0)
        done.append(device_id)
        return await create(client, device_id, request)

    with patch.object(TuyaLockClient, "create_password", waiting):
        await home.async_act("create_temp_password", [FRONT_DOOR, GARAGE], name="Ann")
    assert done == [quick, slow]


async def test_two_calls_at_once_for_one_lock(home: Home) -> None:
    """One change at a time goes to a lock, so the second sees the twin."""
    await home.async_setup()
    first, second = await asyncio.gather(
        *(async_create(home, OFFICE) for _ in range(2)), return_exceptions=True
    )
    assert isinstance(first, dict)
    assert isinstance(second, ServiceValidationError)
    assert second.translation_key == "twin_password"
    assert len(home.lock(OFFICE).book.live) == 1
