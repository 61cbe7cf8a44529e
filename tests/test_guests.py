"""Guest calendars: codes follow the bookings."""

from datetime import timedelta
import json
from typing import Any

from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
import pytest

from simulator.locks.delivery import connect, cut_off
from tests.acting import FRONT_DOOR, GARAGE, SHED, async_deliver, make_in_app
from tests.guesthouse import CALENDAR, Guesthouse
from tests.residents import changes
from tests.simulated import Home


@pytest.fixture
def house(home: Home) -> Guesthouse:
    """Return a home that takes guests, on Monday, 1 June 2026 at half past twelve."""
    return Guesthouse(home)


def kinds(house: Guesthouse) -> list[str]:
    """Return what was told."""
    return [event.kind.value for event in house.told]


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
    assert kinds(house) == ["code_changed"]
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
    assert kinds(house) == ["code_removed"]
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
    assert kinds(house) == []


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
    assert kinds(house) == ["code_failed"]
    assert house.keeper.state.code == "failed"
    assert 3 <= sum(sent) <= 9
    house.home.world.faults.remove()
    await house.async_pass(hours=4)
    await house.async_pass(hours=1)
    assert house.names() == ["Ada"]
    assert kinds(house) == ["code_failed", "code_made"]


FOUR = r"Last 4 Digits\): (\d{4})"


async def test_digits_in_a_title(house: Guesthouse) -> None:
    """They are the code, and so no part of the guest's name, here or at Tuya."""
    house.book("Ada (905172)", "2026-06-02", "2026-06-04", uid="1")
    house.book("Bob, 0170 940-271", "2026-06-02", "2026-06-04")
    house.book("583916", "2026-06-02", "2026-06-04", uid="3")
    house.book("Bob, 0170 628-415", "2026-06-02", "2026-06-04")
    await house.async_open(digits_from="pattern", pattern=r"(\d[\d -]+)")
    await house.async_pass(minutes=1)
    codes = {(code.digits, code.name) for code in house.codes()}
    digits = {
        "905172": "Ada",
        "940271": "Bob",
        "583916": "Guest",
        "628415": "Bob (2)",
    }
    assert codes == set(digits.items())
    shown = str([state.as_dict() for state in house.hass.states.async_all()])
    assert not any(code in shown for code in (*digits, "940-271", "628-415"))
    await house.async_look()
    assert {(code.digits, code.name) for code in house.codes()} == codes


async def test_digits_of_the_event(house: Guesthouse) -> None:
    """The guest's own digits, made as long as the lock wants them."""
    phone = "Phone (Last 4 Digits): 4711"
    house.book("Ada", "2026-06-02", "2026-06-04", uid="1", description=phone)
    await house.async_open(digits_from="pattern", pattern=FOUR)
    await house.async_pass(minutes=1)
    assert house.digits("Ada") == "471147"
    assert house.problem() is None
    house.book("Bob", "2026-06-03", "2026-06-05", uid="2", description=phone)
    house.book("Cleo", "2026-06-03", "2026-06-05", uid="3")
    await house.async_look()
    await house.async_pass(minutes=1)
    assert house.names() == ["Ada", "Bob", "Cleo"]
    assert house.digits("Bob") != "471147"
    assert {
        (t.problem.value, t.guest, t.reason) for t in house.keeper.state.troubles
    } == {
        ("random_digits", "Bob", "taken"),
        ("random_digits", "Cleo", "no_match"),
    }


async def test_offline_fallback(house: Guesthouse) -> None:
    """A lock that no code can be sent to gets an offline code at check-in, if chosen."""
    house.book("Ada", "2026-06-02", "2026-06-04", uid="1")
    await house.async_open([SHED], offline_fallback=True)
    await house.async_until("2026-06-02T14:50")
    assert house.keeper.state.code == "planned"
    await house.async_until("2026-06-02T15:01")
    (code,) = house.keeper.async_codes()
    assert house.keeper.state.code == "ready"
    hub = house.home.entry.runtime_data.locks[code.device_id]
    (issued,) = hub.memory.issued.values()
    assert issued.type == "time_limited"
    assert house.opens(hub.unsealed(issued.id, issued.sealed) or "", SHED)
    await house.async_look()
    assert len(house.keeper.async_codes()) == 1


async def test_names_are_an_option(house: Guesthouse) -> None:
    """Where names are not shown, guests are numbers."""
    house.book("Ada", "2026-06-02", "2026-06-04", uid="1")
    await house.async_open()
    house.hass.config_entries.async_update_entry(
        house.home.entry, options={"names": False}
    )
    await house.async_settle()
    assert house.keeper.state.next_guest == "1"


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
    assert kinds(house) == ["not_sent", "sent"]


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


async def test_no_digits_are_kept(
    house: Guesthouse, hass_storage: dict[str, Any]
) -> None:
    """Where none are kept, a moved booking gets new digits, and these are told."""
    ada = house.book("Ada", "2026-06-02", "2026-06-04", uid="1")
    await house.async_open(notify="notify.phone", message="{{ code }}")
    house.hass.config_entries.async_update_entry(
        house.home.entry, options={"keep_digits": False}
    )
    await house.async_pass(minutes=1)
    house.cancel(ada)
    house.book("Ada", "2026-06-02", "2026-06-05", uid="1")
    await house.async_look()
    await house.async_pass(minutes=1)
    digits = house.digits("Ada")
    assert house.phone.messages[-1] == digits
    assert digits not in json.dumps(hass_storage)


async def test_digits_are_nowhere(
    house: Guesthouse, hass_storage: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    """Digits leave in the message alone: no state, no event, no log, no store."""
    heard: list[str] = []
    house.hass.bus.async_listen("*", lambda event: heard.append(str(event.data)))
    house.book("Ada", "2026-06-02", "2026-06-04", uid="1")
    await house.async_open(notify="notify.phone")
    await house.async_pass(minutes=1)
    digits = house.digits("Ada")
    assert digits in house.phone.messages[0]
    states = [str(state.as_dict()) for state in house.hass.states.async_all()]
    shown = [*states, *heard, str(house.keeper.state), str(house.told), caplog.text]
    assert not [text for text in shown if digits in text]
    assert digits not in json.dumps(hass_storage)


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
