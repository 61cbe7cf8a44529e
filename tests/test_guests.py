"""Guest calendars: codes follow the bookings."""

from datetime import timedelta

from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
import pytest

from simulator.locks.delivery import connect, cut_off
from tests.acting import FRONT_DOOR, GARAGE, async_deliver, make_in_app
from tests.guesthouse import CALENDAR, Guesthouse, told_kinds
from tests.residents import changes
from tests.simulated import Home


@pytest.fixture
def house(home: Home) -> Guesthouse:
    """Return a home that takes guests, on Monday, 1 June 2026 at half past twelve."""
    return Guesthouse(home)


async def test_a_stay(house: Guesthouse) -> None:
    """A guest gets in from check-in to check-out, and not an hour longer."""
    house.book("Ada", "2026-06-02", "2026-06-04", uid="1")
    await house.async_open()
    assert house.names() == ["Ada"]
    await house.async_pass(minutes=1)
    digits = house.digits("Ada")
    state = house.keeper.state
    assert (state.next_guest, state.code, state.problem) == ("Ada", "ready", None)
    assert (state.bookings, state.feed_ok) == (1, True)
    assert not house.opens(digits)
    for moment, opens in (
        ("2026-06-02T15:00", True),
        ("2026-06-04T10:59", True),
        ("2026-06-04T11:00", False),
    ):
        await house.async_until(moment)
        assert house.opens(digits) is opens, moment


async def test_nothing_to_do_costs_nothing(house: Guesthouse) -> None:
    """The calendar is read again and again; Tuya is asked nothing for that."""
    house.book("Ada", "2026-06-02", "2026-06-04", uid="1")
    await house.async_open()
    await house.async_pass(minutes=5)
    asked, reads = len(house.home.asked()), house.feed.reads
    for _ in range(5):
        await house.async_look()
    assert house.feed.reads == reads + 5
    assert len(house.home.asked()) == asked


async def test_moved_extended_renamed(house: Guesthouse) -> None:
    """What is surely the same booking keeps its digits."""
    event = house.book("Ada", "2026-06-02", "2026-06-04", uid="1")
    await house.async_open()
    await house.async_pass(minutes=1)
    digits = house.digits("Ada")
    house.cancel(event)
    house.book("Ada Lovelace", "2026-06-03", "2026-06-06", uid="1")
    await house.async_look()
    await house.async_pass(minutes=1)
    assert house.names() == ["Ada Lovelace"]
    assert house.digits("Ada Lovelace") == digits
    assert told_kinds(house) == ["code_changed"]
    await house.async_until("2026-06-02T16:00")
    assert not house.opens(digits)
    await house.async_until("2026-06-06T10:00")
    assert house.opens(digits)


async def test_cancelled(house: Guesthouse) -> None:
    """A cancelled booking loses its code after two good readings, not at once."""
    ada = house.book("Ada", "2026-06-02", "2026-06-04", uid="1")
    house.book("Bob", "2026-07-02", "2026-07-04", uid="2")
    await house.async_open()
    await house.async_pass(minutes=1)
    digits = house.digits("Ada")
    house.cancel(ada)
    await house.async_look()
    await house.async_pass(minutes=14)
    assert house.names() == ["Ada"]
    await house.async_pass(minutes=2)
    await house.async_pass(minutes=1)
    assert house.names() == []
    assert told_kinds(house) == ["code_removed"]
    await house.async_until("2026-06-02T16:00")
    assert not house.opens(digits)
    assert house.keeper.state.bookings == 1


@pytest.mark.parametrize("kind", ["empty", "error", "unavailable", "bug"])
async def test_outage(
    house: Guesthouse, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A calendar that is empty, or can't be read, for an hour deletes nothing."""
    house.book("Ada", "2026-06-02", "2026-06-04", uid="1")
    await house.async_open()
    events = house.feed.events[:]
    if kind == "empty":
        house.feed.events = []
    elif kind == "unavailable":
        house.feed._attr_available = False
        house.feed.async_write_ha_state()
    else:
        told = "No answer from https://site.example/key.ics"
        house.feed.error = (
            HomeAssistantError(told) if kind == "error" else KeyError(told)
        )
    for _ in range(4):
        await house.async_pass(minutes=16)
    assert house.names() == ["Ada"]
    problem = "feed_empty" if kind == "empty" else "feed_failing"
    assert house.problem() == problem
    assert "site.example" not in str(house.keeper.state)
    assert "site.example" not in caplog.text
    house.feed.events, house.feed.error = events, None
    house.feed._attr_available = True
    await house.async_look()
    assert house.names() == ["Ada"]
    assert house.problem() is None
    assert told_kinds(house) == []


async def test_empty_for_a_day(house: Guesthouse) -> None:
    """A calendar that stays empty for a day is believed; one that fails is not."""
    ada = house.book("Ada", "2026-06-10", "2026-06-14", uid="1")
    await house.async_open(lead=400)
    house.cancel(ada)
    await house.async_look()
    for hours in (8, 8, 7):
        await house.async_pass(hours=hours)
        assert house.names() == ["Ada"]
    house.feed.error = HomeAssistantError("x")
    await house.async_pass(hours=2)
    assert house.names() == ["Ada"]
    house.feed.error = None
    await house.async_look()
    await house.async_pass(minutes=1)
    assert house.names() == []


async def test_overlapping(house: Guesthouse) -> None:
    """Two bookings that overlap get two codes, of the same name and times, too."""
    house.book("Reserved", "2026-06-02", "2026-06-04", uid="1")
    house.book("Reserved", "2026-06-02", "2026-06-04", uid="2")
    house.book("Reserved", "2026-06-03", "2026-06-04", uid="3")
    await house.async_open()
    await house.async_pass(minutes=1)
    await house.async_until("2026-06-03T16:00")
    codes = house.codes()
    assert sorted(code.name for code in codes) == [
        "Reserved",
        "Reserved",
        "Reserved (2)",
    ]
    digits = {house.digits_of(code) for code in codes}
    assert len(digits) == 3
    assert all(house.opens(each) for each in digits)


async def test_by_hand_is_left_alone(house: Guesthouse) -> None:
    """Codes made by hand stay, whatever the calendar says."""
    ada = house.book("Ada", "2026-06-02", "2026-06-04", uid="1")
    house.book("Bob", "2026-07-02", "2026-07-04", uid="2")
    await house.async_open()
    make_in_app(house.home, FRONT_DOOR, "Ada", "314159")
    await house.home.async_act(
        "create_temp_password",
        FRONT_DOOR,
        name="Ada",
        start="2026-06-02 08:00:00",
        end="2026-06-05 08:00:00",
    )
    house.cancel(ada)
    await house.async_look()
    await house.async_pass(minutes=16)
    await house.async_pass(minutes=1)
    assert house.names() == ["Ada", "Ada"]


async def test_deleted_by_hand(house: Guesthouse) -> None:
    """A guest's code that the host deleted is not made again."""
    house.book("Ada", "2026-06-02", "2026-06-04", uid="1")
    await house.async_open()
    (code,) = house.codes()
    await house.home.async_act("delete_password", FRONT_DOOR, password=str(code.id))
    await house.async_look()
    await house.async_pass(hours=1)
    assert house.names() == []
    await house.home.async_restart()
    await house.async_look()
    assert house.names() == []


async def test_restart(house: Guesthouse) -> None:
    """After a restart nothing is made or changed that was as it should be."""
    house.book("Ada", "2026-06-02", "2026-06-04", uid="1")
    house.book("Reserved", "2026-06-02", "2026-06-05")
    await house.async_open()
    await house.async_pass(minutes=1)
    before, sent = house.codes(), changes(house.home)
    for _ in range(2):
        await house.home.async_restart()
        await house.async_settle()
        await house.async_look()
    assert house.codes() == before
    assert changes(house.home) == sent


async def test_a_missed_day(house: Guesthouse) -> None:
    """What changed while Home Assistant was off is made up for."""
    ada = house.book("Ada", "2026-06-02", "2026-06-05", uid="1")
    await house.async_open()
    await house.hass.config_entries.async_unload(house.home.entry.entry_id)
    house.cancel(ada)
    house.book("Ada", "2026-06-02", "2026-06-07", uid="1")
    house.book("Bob", "2026-06-04", "2026-06-07", uid="2")
    await house.home.async_pass(timedelta(days=2, hours=5))
    await house.hass.config_entries.async_setup(house.home.entry.entry_id)
    await house.async_settle()
    await house.async_pass(minutes=1)
    assert house.names() == ["Ada", "Bob"]
    assert house.opens(house.digits("Ada"))
    await house.async_until("2026-06-07T10:00")
    assert house.opens(house.digits("Ada"))


async def test_lead(house: Guesthouse) -> None:
    """A code is put on the lock as early as was chosen, and at its own time."""
    house.book("Ada", "2026-06-05T16:00", "2026-06-07T10:00", uid="1")
    await house.async_open(lead=24)
    assert house.names() == []
    assert house.keeper.state.code == "planned"
    for _ in range(20):
        await house.home.async_pass(timedelta(minutes=15))
    assert house.names() == []
    await house.home.async_pass(timedelta(days=2, hours=22, minutes=29, seconds=40))
    assert house.names() == []
    await house.home.async_pass(timedelta(seconds=30))
    assert house.names() == ["Ada"]


async def test_a_change_of_the_calendar(house: Guesthouse) -> None:
    """A calendar that shows another state is read within seconds."""
    await house.async_open()
    house.book("Ada", "2026-06-02", "2026-06-04", uid="1")
    house.hass.states.async_set(CALENDAR, "on")
    await house.home.async_pass(timedelta(seconds=3))
    await house.async_settle()
    assert house.names() == ["Ada"]


async def test_a_renamed_calendar(house: Guesthouse) -> None:
    """A calendar may get another entity id."""
    registry = er.async_get(house.hass)
    known = registry.async_get_or_create("calendar", "calendar", "bookings")
    house.book("Ada", "2026-06-02", "2026-06-04", uid="1")
    await house.async_open(calendar=known.id)
    assert house.names() == ["Ada"]
    registry.async_update_entity(known.entity_id, new_entity_id="calendar.other")
    await house.async_settle()
    house.book("Bob", "2026-06-02", "2026-06-04", uid="2")
    await house.async_look()
    assert house.names() == ["Ada", "Bob"]
    house.book("Cleo", "2026-06-02", "2026-06-04", uid="3")
    house.hass.states.async_set("calendar.other", "on")
    await house.home.async_pass(timedelta(seconds=3))
    await house.async_settle()
    assert house.names() == ["Ada", "Bob", "Cleo"]


async def test_no_calendar(house: Guesthouse) -> None:
    """A calendar that is gone is a trouble, and deletes nothing."""
    house.book("Ada", "2026-06-02", "2026-06-04", uid="1")
    await house.async_open()
    er.async_get(house.hass).async_remove(CALENDAR)
    await house.async_settle()
    await house.async_look()
    await house.async_pass(days=1)
    assert house.problem() == "calendar_missing"
    assert house.names() == ["Ada"]


async def test_several_locks(house: Guesthouse) -> None:
    """A guest has the same digits on all locks that take as many."""
    house.book("Ada", "2026-06-02", "2026-06-04", uid="1")
    await house.async_open([FRONT_DOOR, GARAGE, "lock.office"])
    await async_deliver(house.home, GARAGE)
    await house.async_pass(minutes=2)
    assert house.digits("Ada") == house.digits("Ada", "lock.office")
    assert len(house.digits("Ada", GARAGE)) == 7
    assert house.keeper.state.code == "ready"
    assert {(code.lock, code.name) for code in house.keeper.async_codes()} == {
        ("Front door", "Ada"),
        ("Garage", "Ada"),
        ("Office", "Ada"),
    }


async def test_a_lock_out_of_reach(house: Guesthouse) -> None:
    """A code that is not on its lock an hour before is a trouble, until it is."""
    house.book("Ada", "2026-06-02", "2026-06-04", uid="1")
    await house.async_open([GARAGE])
    lock = house.home.lock(GARAGE)
    cut_off(lock)
    await house.async_until("2026-06-02T13:55")
    assert house.keeper.state.code == "pending"
    assert house.problem() is None
    await house.async_until("2026-06-02T14:01")
    assert house.problem() == "not_ready"
    (trouble,) = house.keeper.state.troubles
    assert (trouble.guest, trouble.lock) == ("Ada", "Garage")
    connect(lock, lock.now)
    await async_deliver(house.home, GARAGE)
    await house.home.async_refresh(GARAGE)
    await house.async_look()
    assert house.problem() is None
    assert house.keeper.state.code == "ready"


async def test_failures_are_tried_again(house: Guesthouse) -> None:
    """What the cloud refuses is tried again, less and less often, and told once."""
    await house.async_open()
    house.home.world.faults.parse("quota:calls=passwords,method=POST")
    house.book("Ada", "2026-06-03", "2026-06-04", uid="1")
    sent = []
    for _ in range(24):
        before = changes(house.home)
        await house.async_pass(minutes=15)
        sent.append(changes(house.home) - before)
    assert told_kinds(house) == ["code_failed"]
    assert house.keeper.state.code == "failed"
    assert 3 <= sum(sent) <= 9
    house.home.world.faults.remove()
    await house.async_pass(hours=4)
    await house.async_pass(hours=1)
    assert house.names() == ["Ada"]
    assert told_kinds(house) == ["code_failed", "code_made"]


async def test_left_early(house: Guesthouse) -> None:
    """A stay that the host cuts short ends then."""
    ada = house.book("Ada", "2026-06-01T10:00", "2026-06-04T10:00", uid="1")
    await house.async_open()
    await house.async_pass(minutes=1)
    digits = house.digits("Ada")
    assert house.opens(digits)
    house.cancel(ada)
    house.book("Ada", "2026-06-01T10:00", "2026-06-01T12:00", uid="1")
    await house.async_look()
    await house.async_pass(minutes=1)
    assert not house.opens(digits)
