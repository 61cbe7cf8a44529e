"""Feeds as they are: without uids, with other ones each time, with texts of any kind."""

from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
import pytest

from tests.guesthouse import PHONE, Guesthouse
from tests.mending import issues
from tests.residents import changes
from tests.simulated import Home


@pytest.fixture
def house(home: Home) -> Guesthouse:
    """Return a home that takes guests, on Monday, 1 June 2026 at half past twelve."""
    return Guesthouse(home)


async def test_other_uids_each_time(house: Guesthouse) -> None:
    """A feed that has none gets new ones at each download: nobody gets other digits."""
    house.book("Ada", "2026-06-01", "2026-06-04")
    house.book("Reserved", "2026-06-02", "2026-06-05")

    def download(number: int) -> None:
        for event in house.feed.events:
            event.uid = f"{number} {event.summary}"

    download(0)
    await house.async_open(notify=PHONE)
    await house.async_pass(minutes=1)
    before, sent = house.codes(), changes(house.home)
    for number in range(1, 4):
        download(number)
        await house.async_pass(minutes=16)
    assert house.codes() == before
    assert changes(house.home) == sent
    assert len(house.phone.messages) == 2


async def test_texts_of_any_kind(house: Guesthouse, hass_storage: Any) -> None:
    """Half an emoji, a number, control characters: all can be stored and read again."""
    odd = house.book("Ada \ud83d\x00\u202e", "2026-06-02", "2026-06-04", uid="1")
    odd.description = "\ud83d"
    odd.uid, odd.recurrence_id = 17, 3.5  # type: ignore[assignment] # sloppy calendars
    house.book("", "2026-06-02", "2026-06-05", uid="\ud83d")
    await house.async_open(notify=PHONE)
    await house.async_pass(minutes=1)
    assert house.names() == ["Ada ?", "Guest"]
    await house.home.async_restart()
    assert house.home.entry.state is ConfigEntryState.LOADED
    await house.async_look()
    await house.async_pass(minutes=16)
    assert house.names() == ["Ada ?", "Guest"]
    assert len(house.phone.messages) == 2


@pytest.mark.parametrize("stored", ["x", {"bookings": [7]}, {"bookings": [{"id": 1}]}])
async def test_memory_that_can_not_be_read(
    house: Guesthouse, hass_storage: dict[str, Any], stored: object
) -> None:
    """The account loads, and bookings are recognised by their codes."""
    house.book("Ada", "2026-06-02", "2026-06-04", uid="1")
    await house.async_open(notify=PHONE)
    await house.async_pass(minutes=1)
    before = house.codes()
    entries, entry = house.hass.config_entries, house.home.entry
    await entries.async_unload(entry.entry_id)
    data = hass_storage[f"tuya_lock_manager.{entry.entry_id}"]["data"]
    data["guests"][house.subentry_id] = stored
    await entries.async_setup(entry.entry_id)
    await house.async_look()
    assert house.codes() == before


async def test_ignored_repairs(house: Guesthouse) -> None:
    """What somebody ignores stays ignored, whenever the account is loaded anew."""
    house.phone.error = HomeAssistantError("off")
    house.book("Ada", "2026-06-02", "2026-06-04", uid="1")
    await house.async_open(notify=PHONE)
    await house.async_pass(minutes=1)
    house.feed.error = HomeAssistantError("No route to host")
    await house.async_look()
    await house.async_pass(minutes=16)
    wanted = {"guest_not_sent", "guest_feed_failing"}
    for key, issue in issues(house.hass).items():
        assert key in wanted
        ir.async_ignore_issue(house.hass, issue.domain, issue.issue_id, True)
    await house.home.async_restart()
    await house.async_look()
    found = issues(house.hass)
    assert {key for key in wanted if found[key].dismissed_version} == wanted
    house.feed.error = house.phone.error = None
    await house.keeper.async_try_again()
    await house.async_settle()
    assert issues(house.hass) == {}
