"""Who asks to be let in, and what a lock is and can do."""

from unittest.mock import patch

import pytest

from custom_components.tuya_lock_manager.tuya_cloud import UnlockType, UnsupportedError
from simulator.locks.delivery import cut_off, wake
from simulator.locks.lock import Lock
from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    GARDEN_GATE,
    LOCKS,
    OFFICE,
    SHED,
    async_create,
    async_deliver,
    check_error,
    failing,
    refusing,
    result_of,
)
from tests.simulated import Home


def _ask(lock: Lock) -> None:
    """Ring, so that the lock asks whether somebody may come in."""
    lock.device.put("unlock_request", 60, lock.now)
    wake(lock, lock.now)


@pytest.mark.parametrize("accept", [True, False])
async def test_answer(home: Home, accept: bool) -> None:
    """The request is answered, by another way each, and is no request any more."""
    await home.async_setup()
    lock = home.lock(GARAGE)
    _ask(lock)
    home.world.requests.clear()
    response = await home.async_act("answer_unlock_request", GARAGE, accept=accept)
    assert result_of(response, GARAGE) == {"accepted": accept}
    assert lock.device.status["unlock_request"] == 0
    (path,) = [
        entry.path for entry in home.world.requests.entries if entry.method != "GET"
    ]
    assert path.endswith("commands" if accept else "open-door/cancel")


async def test_nobody_asks(home: Home) -> None:
    """An answer that nobody waits for is not sent: it could let in anybody."""
    await home.async_setup()
    with refusing(home, "no_unlock_request", reads=True):
        await home.async_act("answer_unlock_request", GARAGE, accept=True)


async def test_a_lock_that_can_not_ask(home: Home) -> None:
    """Models without the question say so, beside the answer of one that has it."""
    await home.async_setup()
    for lock in (FRONT_DOOR, OFFICE, SHED, GARDEN_GATE):
        with refusing(home, "unlock_requests_unsupported"):
            await home.async_act("answer_unlock_request", lock, accept=True)
    _ask(home.lock(GARAGE))
    response = await home.async_act(
        "answer_unlock_request", [FRONT_DOOR, GARAGE], accept=False
    )
    assert response is not None
    check_error(response[FRONT_DOOR], "unlock_requests_unsupported", lock="Front door")
    assert result_of(response, GARAGE) == {"accepted": False}


async def test_a_lock_out_of_reach(home: Home) -> None:
    """A lock that fell asleep again is told as off line."""
    await home.async_setup()
    lock = home.lock(GARAGE)
    _ask(lock)
    cut_off(lock)
    with failing(home, "lock_offline"):
        await home.async_act("answer_unlock_request", GARAGE, accept=True)
    with refusing(home, "not_our_lock"):
        await home.async_act("answer_unlock_request", "lock.other", accept=True)


@pytest.mark.parametrize("lock", LOCKS)
async def test_info(home: Home, lock: str) -> None:
    """Every family tells what it is."""
    await home.async_setup()
    info = result_of(await home.async_act("get_lock_info", lock), lock)
    simulated = home.lock(lock)
    assert info["name"] == simulated.device.name
    assert (
        info["family"]
        == {
            FRONT_DOOR: "zigbee",
            GARAGE: "wifi",
            OFFICE: "bluetooth_gateway",
            SHED: "bluetooth",
            GARDEN_GATE: "keypad",
        }[lock]
    )
    assert info["digits"] == simulated.code_length
    assert info["online_codes"] is (lock != SHED)
    assert info["offline_codes"] is (lock != GARDEN_GATE)
    assert info["remote_unlock"] == {"without_password": True, "with_password": False}
    assert isinstance(info["days_in_use"], int)
    assert info["days_in_use"] > 0
    assert isinstance(info["unlock_types"], list)
    assert set(info["unlock_types"]) <= set(UnlockType)
    assert info["counts"] == {
        "active_passwords": 0,
        "pending_passwords": 0,
        # The keypad of the garden gate never raised one.
        "unread_alarms": 0 if lock == GARDEN_GATE else 1,
        "family_members": 2,
        "panel_members": 2,
        "waiting_methods": None,
    }


async def test_info_of_what_there_is(home: Home) -> None:
    """The counts follow; a way that the owner switched off is told as off."""
    await home.async_setup()
    await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    await home.async_act("list_unlock_methods", FRONT_DOOR)
    home.lock(FRONT_DOOR).remote_unlock["remoteUnlockWithoutPwd"] = False
    info = result_of(await home.async_act("get_lock_info", FRONT_DOOR), FRONT_DOOR)
    assert info["remote_unlock"] == {"without_password": False, "with_password": False}
    counts = info["counts"]
    assert isinstance(counts, dict)
    assert (counts["active_passwords"], counts["waiting_methods"]) == (1, 1)


async def test_info_of_a_lock_that_tells_little(home: Home) -> None:
    """What nobody says is not known, and no zero; an outage is an error."""
    home.world.faults.parse("http_5xx:calls=records")
    home.world.faults.parse("http_5xx:calls=passwords")
    home.world.faults.parse("http_5xx:calls=members")
    await home.async_setup()
    client = home.entry.runtime_data.account.client
    for answer in ({"return_value": ()}, {"side_effect": UnsupportedError("no")}):
        with patch.object(client, "get_remote_unlock", **answer):
            response = await home.async_act("get_lock_info", FRONT_DOOR)
        info = result_of(response, FRONT_DOOR)
        assert info["remote_unlock"] is None
    counts = info["counts"]
    assert isinstance(counts, dict)
    assert set(counts.values()) == {None}
    home.world.faults.remove()
    home.world.faults.parse("http_5xx:path=remote-unlocks")
    with failing(home, "cloud_error"):
        await home.async_act("get_lock_info", FRONT_DOOR)
