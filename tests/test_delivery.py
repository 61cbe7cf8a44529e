"""Actions that wait for the lock, and codes that are made everywhere or nowhere."""

import asyncio
from datetime import timedelta
from typing import Any

from homeassistant.core import ServiceResponse
import pytest

from simulator.locks.delivery import wake
from simulator.locks.passwords import Outcome
from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    OFFICE,
    SHED,
    async_create,
    async_deliver,
    async_list,
    check_error,
    opens,
    refusing,
    result_of,
)
from tests.simulated import Home

SECOND = timedelta(seconds=1)


async def async_wait(
    home: Home, action: str, lock: str | list[str], seconds: int, **data: Any
) -> ServiceResponse:
    """Act and wait for the lock, while time passes second by second."""
    call = home.hass.async_create_task(
        home.async_act(action, lock, wait_for_delivery=True, **data)
    )
    await async_settle(call)
    for _ in range(seconds):
        if call.done():
            break
        home.move(SECOND)
        await async_settle(call)
    assert call.done()
    return await call


async def async_settle(call: asyncio.Task[ServiceResponse]) -> None:
    """Let everything happen that happens without time; the call itself may go on."""
    for _ in range(300):
        if call.done():
            break
        await asyncio.sleep(0)


async def test_a_creation(home: Home) -> None:
    await home.async_setup()
    response = await async_wait(
        home, "create_temp_password", FRONT_DOOR, 20, name="Ann"
    )
    made = result_of(response, FRONT_DOOR)
    assert made["status"] == "active"
    assert opens(home, FRONT_DOOR, made["code"])


async def test_a_change_and_a_deletion(home: Home) -> None:
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    response = await async_wait(
        home,
        "update_password",
        FRONT_DOOR,
        20,
        password="Ann",
        duration={"hours": 3},
    )
    changed = result_of(response, FRONT_DOOR)
    assert (changed["status"], changed["change"]) == ("active", None)
    response = await async_wait(home, "delete_password", FRONT_DOOR, 20, password="Ann")
    assert result_of(response, FRONT_DOOR)["status"] == "removed"
    assert not opens(home, FRONT_DOOR, made["code"])


async def test_a_refusal(home: Home) -> None:
    """What the lock says is in the answer."""
    await home.async_setup()
    home.lock(FRONT_DOOR).forced.append(Outcome.DUPLICATE)
    response = await async_wait(
        home, "create_temp_password", FRONT_DOOR, 20, name="Ann"
    )
    made = result_of(response, FRONT_DOOR)
    assert (made["status"], made["failure"]) == ("failed", "duplicate")


async def test_a_lock_that_sleeps(home: Home) -> None:
    """When the time is up, the answer is what is known."""
    await home.async_setup()
    response = await async_wait(
        home, "create_temp_password", GARAGE, 15, name="Ann", delivery_timeout=10
    )
    assert result_of(response, GARAGE)["status"] == "pending"


@pytest.mark.parametrize("seconds", [0, 301, -5])
async def test_limits(home: Home, seconds: int) -> None:
    await home.async_setup()
    with refusing(home, "delivery_timeout_range"):
        await async_create(
            home, FRONT_DOOR, wait_for_delivery=True, delivery_timeout=seconds
        )


async def test_offline_codes_wait_for_nothing(home: Home) -> None:
    await home.async_setup()
    made = await async_create(home, SHED, type="time_limited", wait_for_delivery=True)
    assert made["status"] == "active"


class TestAllOrNothing:
    LOCKS = [FRONT_DOOR, OFFICE]

    async def test_all(self, home: Home) -> None:
        await home.async_setup()
        response = await home.async_act(
            "create_temp_password", self.LOCKS, name="Ann", all_or_nothing=True
        )
        for lock in self.LOCKS:
            assert "taken_back" not in result_of(response, lock)
            assert len(home.lock(lock).book.live) == 1

    async def test_one_fails(self, home: Home) -> None:
        """The others lose their code again, and each lock's result says so."""
        await home.async_setup()
        office = home.lock(OFFICE).id
        home.world.faults.parse(f"lock_full:path={office}/door-lock,count=9")
        response = await home.async_act(
            "create_temp_password", self.LOCKS, name="Ann", all_or_nothing=True
        )
        assert response
        check_error(response[OFFICE], "lock_full")
        taken = result_of(response, FRONT_DOOR)
        assert taken["taken_back"] is True
        assert taken["status"] in {"removing", "removed"}
        assert taken["code"] is None
        await async_deliver(home, FRONT_DOOR)
        (code,) = await async_list(home, FRONT_DOOR)
        assert code["status"] == "removed"
        assert not home.lock(OFFICE).book.live

    async def test_one_fails_at_the_lock(self, home: Home) -> None:
        await home.async_setup()
        home.lock(OFFICE).forced.append(Outcome.FAILED)
        response = await async_wait(
            home,
            "create_temp_password",
            self.LOCKS,
            90,
            name="Ann",
            all_or_nothing=True,
        )
        assert result_of(response, FRONT_DOOR)["taken_back"] is True

    async def test_taking_back_fails(self, home: Home) -> None:
        """The code that stays is told, with its digits."""
        await home.async_setup()
        office = home.lock(OFFICE).id
        home.world.faults.parse(f"lock_full:path={office}/door-lock,count=9")
        home.world.faults.parse("not_authorised:method=DELETE,count=9")
        response = await home.async_act(
            "create_temp_password", self.LOCKS, name="Ann", all_or_nothing=True
        )
        kept = result_of(response, FRONT_DOOR)
        assert kept["taken_back"] is False
        assert isinstance(kept["error"], dict)
        assert kept["error"]["key"] == "not_subscribed"
        await async_deliver(home, FRONT_DOOR)
        assert opens(home, FRONT_DOOR, kept["code"])

    async def test_refused(self, home: Home) -> None:
        await home.async_setup()
        with refusing(home, "all_or_nothing_offline"):
            await async_create(
                home, FRONT_DOOR, type="time_limited", all_or_nothing=True
            )
        with refusing(home, "all_or_nothing_lock"):
            await home.async_act(
                "create_temp_password",
                [FRONT_DOOR, SHED],
                name="Ann",
                all_or_nothing=True,
            )
        await async_create(home, FRONT_DOOR, reference="one")
        with refusing(home, "all_or_nothing_reference"):
            await home.async_act(
                "create_temp_password",
                self.LOCKS,
                name="Ann",
                reference="one",
                all_or_nothing=True,
            )


async def test_a_lock_that_wakes_in_time(home: Home) -> None:
    await home.async_setup()
    call = home.hass.async_create_task(
        home.async_act(
            "create_temp_password", GARAGE, name="Ann", wait_for_delivery=True
        )
    )
    await async_settle(call)
    home.move(5 * SECOND)
    await async_settle(call)
    wake(home.lock(GARAGE), home.lock(GARAGE).now)
    home.move(6 * SECOND)
    await async_settle(call)
    assert call.done()
    assert result_of(await call, GARAGE)["status"] == "active"
