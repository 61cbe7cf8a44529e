"""Guest calendars: where the digits of guests come from, and where they are not."""

import json
from typing import Any

import pytest

from tests.acting import SHED
from tests.guesthouse import Guesthouse
from tests.simulated import Home


@pytest.fixture
def house(home: Home) -> Guesthouse:
    """Return a home that takes guests, on Monday, 1 June 2026 at half past twelve."""
    return Guesthouse(home)


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
