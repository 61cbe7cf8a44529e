"""Guest calendars of a loaded account: they come, change and go without a restart."""

from datetime import timedelta

from homeassistant.core import HomeAssistant
import pytest

from tests.guest_forms import (
    BOOKINGS,
    async_add,
    async_open,
    async_reopen,
    async_send,
    errors,
    filled,
)
from tests.simulated import Home


@pytest.fixture
async def front_door(hass: HomeAssistant, home: Home) -> str:
    """Return the id of a lock of the account, which is loaded; there is a calendar."""
    hass.states.async_set(BOOKINGS, "off")
    await home.async_setup()
    return home.lock("lock.front_door").id


async def test_add_change_remove(
    hass: HomeAssistant, home: Home, front_door: str
) -> None:
    """The account goes on with the guest calendars that there are."""
    loaded = home.entry.runtime_data
    flat = await async_add(hass, home.entry, filled([front_door]))
    assert home.entry.runtime_data is not loaded
    keeper = home.entry.runtime_data.guests[flat]
    assert keeper.rules.locks == (front_door,)

    form = await async_reopen(hass, home.entry, flat)
    changed = filled([front_door], stay={"before": 30})
    await async_send(hass, form, changed)
    keeper = home.entry.runtime_data.guests[flat]
    assert keeper.rules.before == timedelta(minutes=30)

    loaded = home.entry.runtime_data
    await async_send(hass, await async_reopen(hass, home.entry, flat), changed)
    assert home.entry.runtime_data is loaded, "nothing changed"

    hass.config_entries.async_remove_subentry(home.entry, flat)
    await hass.async_block_till_done()
    assert home.entry.runtime_data.guests == {}


async def test_lock_out_of_reach_from_afar(
    hass: HomeAssistant, home: Home, front_door: str
) -> None:
    """A lock to which no code can be sent needs the other kind of code."""
    shed = home.lock("lock.shed").id
    form = await async_open(hass, home.entry)
    form = await async_send(hass, form, filled([front_door, shed]))
    assert list(errors(form)) == ["locks"]
    assert "No code can be sent to Shed" in errors(form)["locks"]
    assert home.entry.subentries == {}
    await async_send(
        hass, form, filled([front_door, shed], digits={"offline_fallback": True})
    )
    assert len(home.entry.subentries) == 1
