"""create_temp_password: every type on every family of locks."""

from datetime import timedelta

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.acting import (
    FRONT_DOOR,
    GARDEN_GATE,
    OFFLINE_LOCKS,
    ONLINE_LOCKS,
    SHED,
    async_create,
    async_deliver,
    async_status,
    opens,
    refusing,
    without_secrets,
)
from tests.simulated import Home

# A code that no lock was given.
WRONG = {6: "905172", 7: "9051726", 8: "90517264", 10: "9051726431"}


@pytest.mark.parametrize("lock", ONLINE_LOCKS)
async def test_custom(home: Home, lock: str, snapshot: SnapshotAssertion) -> None:
    """A code is pending until the lock has it; then it opens, and no other one does."""
    await home.async_setup()
    name = lock.partition(".")[2]

    made = await async_create(home, lock)
    assert without_secrets(made) == snapshot
    assert await async_status(home, lock, made["id"]) == "pending"
    assert home.state(f"sensor.{name}_pending_passwords") == "1"
    assert home.state(f"sensor.{name}_active_passwords") == "0"
    assert not home.lock(lock).codes

    await async_deliver(home, lock)
    assert await async_status(home, lock, made["id"]) == "active"
    assert home.state(f"sensor.{name}_pending_passwords") == "0"
    assert home.state(f"sensor.{name}_active_passwords") == "1"
    assert not opens(home, lock, WRONG[len(str(made["code"]))])
    assert opens(home, lock, made["code"])
    assert opens(home, lock, made["code"])

    await home.async_pass(timedelta(hours=1))
    assert await async_status(home, lock, made["id"]) == "expired"
    assert home.state(f"sensor.{name}_active_passwords") == "0"
    assert not opens(home, lock, made["code"])


@pytest.mark.parametrize("lock", OFFLINE_LOCKS)
async def test_time_limited(home: Home, lock: str, snapshot: SnapshotAssertion) -> None:
    """It opens at once, as often as wanted, until the whole hour after its end."""
    await home.async_setup()
    made = await async_create(home, lock, type="time_limited")
    assert without_secrets(made) == snapshot
    assert await async_status(home, lock, made["id"]) == "active"
    assert not opens(home, lock, WRONG[10])
    assert opens(home, lock, made["code"])
    await home.async_pass(timedelta(minutes=89))
    assert opens(home, lock, made["code"])
    await home.async_pass(timedelta(minutes=1))
    assert await async_status(home, lock, made["id"]) == "expired"
    assert not opens(home, lock, made["code"])


@pytest.mark.parametrize("lock", OFFLINE_LOCKS)
async def test_one_time(home: Home, lock: str, snapshot: SnapshotAssertion) -> None:
    """It opens once."""
    await home.async_setup()
    made = await async_create(home, lock, type="one_time")
    assert without_secrets(made) == snapshot
    assert await async_status(home, lock, made["id"]) == "active"
    assert not opens(home, lock, WRONG[10])
    assert opens(home, lock, made["code"])
    assert not opens(home, lock, made["code"])


@pytest.mark.parametrize("lock", OFFLINE_LOCKS)
async def test_dynamic(home: Home, lock: str, snapshot: SnapshotAssertion) -> None:
    """It opens for five minutes at least."""
    await home.async_setup()
    made = await async_create(home, lock, type="dynamic")
    assert without_secrets(made) == snapshot
    assert await async_status(home, lock, made["id"]) == "active"
    assert not opens(home, lock, WRONG[8])
    assert opens(home, lock, made["code"])
    await home.async_pass(timedelta(minutes=5))
    # Documented are five minutes, or ten.
    assert await async_status(home, lock, made["id"]) == "unconfirmed"
    assert not opens(home, lock, made["code"])
    await home.async_pass(timedelta(minutes=5))
    assert await async_status(home, lock, made["id"]) == "expired"


async def test_dynamic_codes_made_quickly_are_told_apart(home: Home) -> None:
    await home.async_setup()
    first = await async_create(home, FRONT_DOOR, type="dynamic", name="Ann")
    await home.async_pass(timedelta(milliseconds=20))
    second = await async_create(home, FRONT_DOOR, type="dynamic", name="Bob")
    assert first["id"] != second["id"]
    assert await async_status(home, FRONT_DOOR, first["id"]) == "active"
    assert await async_status(home, FRONT_DOOR, second["id"]) == "active"


async def test_a_lock_that_only_a_phone_reaches(home: Home) -> None:
    """It offers what works without a connection."""
    await home.async_setup()
    with refusing(home, "online_codes_need_gateway") as caught:
        await async_create(home, SHED)
    assert "Shed" in str(caught.value)
    assert "time-limited" in str(caught.value)


@pytest.mark.parametrize("kind", ["time_limited", "one_time"])
async def test_a_keypad_takes_no_offline_codes(home: Home, kind: str) -> None:
    """It offers what is sent to it."""
    await home.async_setup()
    with refusing(home, "offline_codes_unsupported", reads=True) as caught:
        await async_create(home, GARDEN_GATE, type=kind)
    assert "Garden gate" in str(caught.value)
    assert "custom" in str(caught.value)
    # The cloud is asked once what the lock can do.
    with refusing(home, "offline_codes_unsupported"):
        await async_create(home, GARDEN_GATE, type=kind)


async def test_a_keypad_takes_no_dynamic_codes(home: Home) -> None:
    await home.async_setup()
    with refusing(home, "dynamic_codes_unsupported", reads=True) as caught:
        await async_create(home, GARDEN_GATE, type="dynamic")
    assert "custom" in str(caught.value)
