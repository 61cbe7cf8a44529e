"""Guest calendars: who is told of a code."""

from typing import Any

from homeassistant.exceptions import HomeAssistantError
import pytest

from tests.acting import FRONT_DOOR, GARAGE, async_deliver
from tests.guesthouse import Guesthouse, told_kinds
from tests.simulated import Home


@pytest.fixture
def house(home: Home) -> Guesthouse:
    """Return a home that takes guests, on Monday, 1 June 2026 at half past twelve."""
    return Guesthouse(home)


async def test_a_message(house: Guesthouse) -> None:
    """A guest's code is told once it is on the lock, and only once."""
    house.book("Ada", "2026-06-02", "2026-06-04", uid="1")
    await house.async_open(
        notify="notify.phone",
        message="{{ guest }}/{{ lock }}/{{ code }}/{{ check_in.isoformat() }}",
    )
    assert house.phone.messages == []
    await house.async_pass(minutes=1)
    digits = house.digits("Ada")
    assert house.phone.messages == [
        f"Ada/Front door/{digits}/2026-06-02T15:00:00+02:00"
    ]
    await house.home.async_restart()
    await house.async_pass(hours=20)
    assert len(house.phone.messages) == 1
    assert house.problem() is None


async def test_our_own_words(house: Guesthouse) -> None:
    """Without a template the message has our words; two lengths are told apart."""
    house.book("Ada", "2026-06-02", "2026-06-04", uid="1")
    await house.async_open([FRONT_DOOR, GARAGE], notify="notify.phone")
    await async_deliver(house.home, GARAGE)
    await house.async_pass(minutes=1)
    (message,) = house.phone.messages
    assert message.startswith("Hello Ada, your code for Front door, Garage is ")
    for lock in (FRONT_DOOR, GARAGE):
        assert house.digits("Ada", lock) in message


async def test_a_phone_that_is_off(house: Guesthouse) -> None:
    """A message that could not be sent is sent later, and the host sees that."""
    house.book("Ada", "2026-06-02", "2026-06-04", uid="1")
    house.phone.error = HomeAssistantError("off")
    await house.async_open(notify="notify.phone")
    await house.async_pass(minutes=1)
    assert house.problem() == "not_sent"
    house.phone.error = None
    await house.async_pass(hours=4)
    assert len(house.phone.messages) == 1
    assert house.problem() is None
    assert told_kinds(house) == ["not_sent", "sent"]


async def test_killed_while_sending(
    house: Guesthouse, hass_storage: dict[str, Any]
) -> None:
    """Of a message that may have been sent the host is told; it is not sent twice."""
    house.book("Ada", "2026-06-02", "2026-06-04", uid="1")
    await house.async_open(notify="notify.phone")
    await house.async_pass(minutes=1)
    await house.hass.config_entries.async_unload(house.home.entry.entry_id)
    key = f"tuya_lock_manager.{house.home.entry.entry_id}"
    (booking,) = hass_storage[key]["data"]["guests"][house.subentry_id]["bookings"]
    assert booking["sent"] == "sent"
    booking["sent"] = "sending"
    await house.hass.config_entries.async_setup(house.home.entry.entry_id)
    await house.async_pass(hours=20)
    assert len(house.phone.messages) == 1
    assert house.problem() == "not_sent"


async def test_nobody_to_tell(house: Guesthouse) -> None:
    """Without a message, a repair shows the host the digits once."""
    house.book("Ada", "2026-06-02", "2026-06-04", uid="1")
    await house.async_open()
    await house.async_pass(minutes=1)
    (hub,) = [
        hub
        for hub in house.home.entry.runtime_data.locks.values()
        if hub.journal.reports
    ]
    (entry,) = hub.journal.reports
    assert hub.journal.unseen_digits(entry.id) == house.digits("Ada")
