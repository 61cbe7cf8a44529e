"""Messages to guests: digits that open, told once, and nowhere but in the message."""

import asyncio
from datetime import timedelta
from typing import override

from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr
import pytest

from custom_components.tuya_lock_manager.const import DOMAIN
from simulator.locks.delivery import cut_off
from tests.acting import FRONT_DOOR, GARAGE, async_deliver
from tests.guesthouse import PHONE, Guesthouse, Phone
from tests.mending import issues
from tests.simulated import Home

TOLD = {"notify": PHONE, "message": "{{ code }}"}


class DeadPhone(Phone):
    """Takes messages, and never says so."""

    @override
    async def async_send_message(self, message: str, title: str | None = None) -> None:
        """Take a message."""
        self.messages.append(message)
        await asyncio.Event().wait()


@pytest.fixture
def house(home: Home) -> Guesthouse:
    """Return a home that takes guests, on Monday, 1 June 2026 at half past twelve."""
    return Guesthouse(home)


async def test_no_answer(house: Guesthouse) -> None:
    """A phone that never answers holds nobody up; the host is told that nobody knows."""
    house.phone = DeadPhone()
    house.book("Ada", "2026-06-02", "2026-06-04", uid="1")
    await house.async_open(**TOLD)
    house.home.move(timedelta(minutes=1))
    async with asyncio.timeout(10):
        while not house.phone.messages:
            await asyncio.sleep(0)
    await house.home.async_pass(timedelta(minutes=1))
    assert house.problem() == "not_sent"
    assert [event.kind.value for event in house.told] == ["not_sent"]
    house.book("Bob", "2026-06-10", "2026-06-11", uid="2")
    await house.async_pass(hours=5)
    assert house.keeper.state.bookings == 2
    assert len(house.phone.messages) == 1, "it may have been sent"


async def test_template_that_quotes(
    house: Guesthouse, caplog: pytest.LogCaptureFixture
) -> None:
    """What a template fails on is the code: repair, state and log don't have it."""
    house.book("Ada", "2026-06-02", "2026-06-04", uid="1")
    message = "{{ code }} {% if guest == 'Ada' %}{{ strptime(code, '%Y') }}{% endif %}"
    await house.async_open(notify=PHONE, message=message)
    await house.async_pass(minutes=1)
    issue = issues(house.hass)["guest_not_sent"]
    reason = (issue.translation_placeholders or {})["reason"]
    assert "strptime got invalid input" in reason
    shown = f"{reason}{caplog.text}{house.keeper.state}"
    assert house.digits("Ada") not in shown


async def test_when_to_use_it(house: Guesthouse) -> None:
    """Whoever gets a code without internet is told until when it has to be used."""
    house.book("Ada", "2026-06-02", "2026-06-05", uid="1")
    await house.async_open([GARAGE], notify=PHONE, offline_fallback=True)
    cut_off(house.home.lock(GARAGE))
    await house.async_until("2026-06-02T14:30")
    await house.async_until("2026-06-02T15:01")
    first, second = house.phone.messages
    assert "Use it by" not in first
    assert "Use it by 2026-06-03 15:00, or it ends." in second


async def test_two_locks_of_one_name(house: Guesthouse) -> None:
    """The digits of both are told."""
    house.book("Ada", "2026-06-02", "2026-06-05", uid="1")
    house.phone.error = HomeAssistantError("off")
    await house.async_open([FRONT_DOOR, GARAGE], notify=PHONE)
    await async_deliver(house.home, GARAGE)
    await house.async_pass(minutes=1)
    codes = [house.digits("Ada", lock) for lock in (FRONT_DOOR, GARAGE)]
    devices, entry = dr.async_get(house.hass), house.home.entry
    for device_id in [house.home.lock(lock).id for lock in (FRONT_DOOR, GARAGE)]:
        known = (DOMAIN, device_id)
        device = devices.async_get_device_by_identifier(known, entry.entry_id)
        assert device is not None
        devices.async_update_device(device.id, name_by_user="Door")
    house.phone.error = None
    await house.keeper.async_try_again()
    (message,) = house.phone.messages
    assert all(code in message for code in codes)


async def test_changed_before_it_arrived(house: Guesthouse) -> None:
    """A guest hears at last of a code that no lock has, whatever becomes of the booking."""
    ada = house.book("Ada", "2026-06-01T10:00", "2026-06-04T10:00", uid="1")
    house.phone.error = HomeAssistantError("off")
    await house.async_open([GARAGE], notify=PHONE)
    await house.async_pass(minutes=6)
    house.cancel(ada)
    house.book("Ada", "2026-06-01T10:00", "2026-06-05T10:00", uid="1")
    await house.async_look()
    await house.async_pass(minutes=6)
    house.phone.error = None
    await house.keeper.async_try_again()
    (message,) = house.phone.messages
    assert "to 2026-06-05" in message


async def test_new_digits(house: Guesthouse) -> None:
    """Digits that a code got since nobody knew its own are told when they open."""
    house.book("Ada", "2026-06-02", "2026-06-04", uid="1")
    house.phone.error = HomeAssistantError("off")
    await house.async_open(**TOLD)
    await house.async_pass(minutes=1)
    house.hass.config_entries.async_update_entry(
        house.home.entry, options={"keep_digits": False}
    )
    await house.home.async_restart()
    lost = house.digits("Ada")
    house.phone.error = None
    await house.async_look()
    assert house.phone.messages == []
    await house.async_pass(minutes=1)
    assert house.phone.messages == [house.digits("Ada")]
    assert house.digits("Ada") != lost


async def test_new_digits_that_do_not_arrive(house: Guesthouse) -> None:
    """As long as the lock opens by the digits that a guest has, others are not told."""
    ada = house.book("Ada", "2026-06-01", "2026-06-04", uid="1")
    await house.async_open(**TOLD)
    await house.async_until("2026-06-01T15:30")
    house.hass.config_entries.async_update_entry(
        house.home.entry, options={"keep_digits": False}
    )
    await house.async_settle()
    cut_off(house.home.lock("lock.front_door"))
    house.cancel(ada)
    house.book("Ada", "2026-06-01", "2026-06-06", uid="1")
    await house.async_look()
    await house.async_pass(minutes=30)
    (told,) = house.phone.messages
    assert house.opens(told)
    assert house.problem() == "not_ready"
