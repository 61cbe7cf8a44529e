"""Guest calendars where locks refuse, are out of reach, or are not theirs any more."""

from datetime import timedelta

import pytest

from custom_components.tuya_lock_manager.domain.passwords import PasswordStatus
from simulator.locks import issue
from simulator.locks.delivery import connect, cut_off
from simulator.locks.passwords import Outcome
from tests.acting import FRONT_DOOR, GARAGE, async_deliver
from tests.guesthouse import Guesthouse
from tests.residents import changes
from tests.simulated import Home


@pytest.fixture
def house(home: Home) -> Guesthouse:
    """Return a home that takes guests, on Monday, 1 June 2026 at half past twelve."""
    return Guesthouse(home)


async def test_refused_again_and_again(house: Guesthouse) -> None:
    """What a lock refuses is sent again, less and less often; no call is wasted."""
    house.book("Ada", "2026-06-03", "2026-06-05", uid="1")
    await house.async_open()
    lock = house.home.lock(FRONT_DOOR)
    await house.async_pass(minutes=1)
    lock.forced = [Outcome.FAILED] * 50
    house.cancel(house.feed.events[0])
    house.book("Bob", "2026-06-03", "2026-06-05", uid="2")
    await house.async_look()
    sent = changes(house.home)
    for _ in range(24):
        await house.async_pass(minutes=15)
    await house.async_pass(minutes=1)
    assert house.keeper.state.code == "failed"
    assert house.problem() is None
    assert 4 <= changes(house.home) - sent <= 16
    lock.forced = []
    await house.async_pass(hours=4)
    await house.async_pass(minutes=1)
    assert house.names() == ["Bob"]
    assert house.keeper.state.code == "ready"
    await house.async_until("2026-06-03T16:00")
    assert house.opens(house.digits("Bob"))


async def test_try_again(house: Guesthouse) -> None:
    """Whoever says that it is mended doesn't wait."""
    house.book("Ada", "2026-06-03", "2026-06-05", uid="1")
    await house.async_open()
    await house.async_pass(minutes=1)
    lock = house.home.lock(FRONT_DOOR)
    lock.forced = [Outcome.FAILED] * 3
    house.book("Bob", "2026-06-03", "2026-06-05", uid="2")
    await house.async_look()
    await house.async_pass(minutes=1)
    lock.forced = []
    await house.keeper.async_try_again()
    await house.async_pass(minutes=1)
    assert house.digits("Bob")


async def test_cancelled_while_out_of_reach(house: Guesthouse) -> None:
    """A deletion that never reached its lock is sent again until it does."""
    ada = house.book("Ada", "2026-06-02", "2026-06-06", uid="1")
    await house.async_open()
    await house.async_pass(minutes=1)
    digits = house.digits("Ada")
    lock = house.home.lock(FRONT_DOOR)
    cut_off(lock)
    house.cancel(ada)
    house.book("Bob", "2026-07-02", "2026-07-06", uid="2")
    await house.async_look()
    await house.async_pass(minutes=16)
    await house.async_pass(minutes=1)
    connect(lock, lock.now)
    lock.orders.clear()
    await house.async_until("2026-06-02T16:00")
    await house.async_pass(minutes=1)
    await house.async_pass(minutes=1)
    assert not house.opens(digits)


async def test_deleted_in_the_app(house: Guesthouse) -> None:
    """A guest's code that was deleted in the maker's app is not made again."""
    house.book("Ada", "2026-06-02", "2026-06-04", uid="1")
    await house.async_open()
    await house.async_pass(minutes=1)
    (code,) = house.codes()
    issue.delete(house.home.lock(FRONT_DOOR), code)
    await house.async_pass(minutes=1)
    await house.home.async_refresh(FRONT_DOOR)
    sent = changes(house.home)
    await house.async_pass(hours=1)
    assert changes(house.home) == sent
    assert house.keeper.state.code is None
    (password,) = house.home.entry.runtime_data.locks[
        house.keeper.rules.locks[0]
    ].passwords.data
    assert password.status is PasswordStatus.REMOVED


async def test_another_lock(house: Guesthouse) -> None:
    """A lock that is taken out of the form loses its guests; another gets them."""
    house.book("Ada", "2026-06-02", "2026-06-04", uid="1")
    await house.async_open()
    await house.async_pass(minutes=1)
    entry = house.home.entry
    subentry = entry.subentries[house.subentry_id]
    garage = house.home.lock(GARAGE).id
    house.hass.config_entries.async_update_subentry(
        entry, subentry, data={**subentry.data, "locks": [garage]}
    )
    await house.async_settle()
    await house.async_look()
    await async_deliver(house.home, GARAGE)
    await house.async_pass(minutes=1)
    assert house.names() == []
    assert house.names(GARAGE) == ["Ada"]


async def test_a_lock_that_is_gone(house: Guesthouse) -> None:
    """A lock that the account lists no more is a trouble, and the others go on."""
    house.book("Ada", "2026-06-02", "2026-06-04", uid="1")
    await house.async_open([FRONT_DOOR, GARAGE])
    account = house.home.entry.runtime_data.account
    await account.async_drop(house.home.lock(GARAGE).id)
    house.book("Bob", "2026-06-03", "2026-06-05", uid="2")
    await house.async_look()
    assert house.problem() == "lock_missing"
    assert house.names() == ["Ada", "Bob"]


async def test_a_cloud_that_is_away(house: Guesthouse) -> None:
    """While nothing can be read nothing is done, and afterwards all of it, once."""
    await house.async_open()
    house.home.world.faults.parse("http_5xx:rate=1")
    house.book("Ada", "2026-06-03", "2026-06-05", uid="1")
    for _ in range(4):
        await house.home.async_pass(timedelta(minutes=16))
    assert house.keeper.state.code == "failed"
    house.home.world.faults.remove()
    await house.async_pass(hours=2)
    await house.async_pass(hours=2)
    await house.async_pass(minutes=1)
    assert house.names() == ["Ada"]
    assert house.keeper.state.code == "ready"
