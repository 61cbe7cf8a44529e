"""What the owner of a guest calendar sees while guests come and go."""

from datetime import timedelta
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.tuya_lock_manager.const import OPT_NAMES
from simulator.locks.delivery import wake
from tests.guesthouse import FLAT, PHONE, Guesthouse
from tests.mending import Fixer, issues
from tests.simulated import Home

ACTIVITY = "event.flat_code_activity"


@pytest.fixture
def house(home: Home) -> Guesthouse:
    """Return a home that takes guests, on Monday, 1 June 2026 at half past twelve."""
    house = Guesthouse(home)
    house.subentry_id = FLAT
    return house


@pytest.fixture
def fixer(hass: HomeAssistant, hass_client: ClientSessionGenerator) -> Fixer:
    return Fixer(hass, hass_client)


def activity(house: Guesthouse) -> dict[str, Any]:
    """Return what the event entity told last."""
    state = house.hass.states.get(ACTIVITY)
    assert state is not None
    told = ("event_type", "guest", "lock", "check_in", "check_out", "reason")
    return {key: state.attributes.get(key) for key in told}


async def test_a_guest(house: Guesthouse) -> None:
    """Sensors and event tell who comes, and how the code stands."""
    await house.async_open(notify=PHONE)
    assert house.home.state("sensor.flat_next_guest") == "unknown"
    booking = house.book("Ada", "2026-06-02", "2026-06-04", uid="1")
    await house.async_look()
    assert activity(house) == {
        "event_type": "code_made",
        "guest": "Ada",
        "lock": "Front door",
        "check_in": "2026-06-02T13:00:00+00:00",
        "check_out": "2026-06-04T09:00:00+00:00",
        "reason": None,
    }
    assert house.home.state("sensor.flat_code") == "pending"
    await house.async_pass(minutes=1)
    assert activity(house)["event_type"] == "sent"
    for sensor, value in (
        ("next_guest", "Ada"),
        ("code", "ready"),
        ("check_in", "2026-06-02T13:00:00+00:00"),
        ("check_out", "2026-06-04T09:00:00+00:00"),
        ("bookings", "1"),
    ):
        assert house.home.state(f"sensor.flat_{sensor}") == value
    assert house.home.state("binary_sensor.flat_problem") == "off"
    assert issues(house.hass) == {}

    house.cancel(booking)
    house.book("Bob", "2026-06-10", "2026-06-12", uid="2")
    await house.async_look()
    await house.async_pass(minutes=16)
    assert activity(house)["event_type"] == "code_removed"
    assert house.home.state("sensor.flat_next_guest") == "Bob"
    assert house.home.state("sensor.flat_code") == "planned"


async def test_long_title(house: Guesthouse) -> None:
    """A title may be longer than a state."""
    house.book("Ada " * 100, "2026-06-02", "2026-06-04", uid="1")
    await house.async_open(notify=PHONE)
    assert house.home.state("sensor.flat_next_guest").startswith("Ada Ada")


async def test_without_names(house: Guesthouse, hass: HomeAssistant) -> None:
    """Guests are numbers, also in what was told before names were switched off."""
    registry = er.async_get(hass)
    house.book("Ada", "2026-06-02", "2026-06-04", uid="1")
    await house.async_open()
    assert activity(house)["guest"] == "Ada"
    hass.config_entries.async_update_entry(house.home.entry, options={OPT_NAMES: False})
    await house.async_settle()
    assert house.home.state("sensor.flat_next_guest") == "1"
    assert activity(house)["event_type"] == "code_made"
    assert activity(house)["guest"] is None
    told = [
        str(hass.states.get(entity.entity_id))
        for entity in registry.entities.values()
        if entity.config_subentry_id == FLAT
    ]
    assert told
    assert [text for text in told if "Ada" in text] == []
    house.book("Bob", "2026-06-02", "2026-06-05", uid="2")
    await house.async_look()
    assert activity(house)["guest"] == "2"


async def test_digits_shown_once(house: Guesthouse, fixer: Fixer) -> None:
    """Without a message the owner sees the digits in a repair, as often as it stays open."""
    house.book("Ada", "2026-06-02", "2026-06-04", uid="1")
    await house.async_open()
    await house.async_pass(minutes=1)
    assert list(issues(house.hass)) == ["digits_unseen"]
    await fixer.async_open("digits_unseen")
    page = await fixer.async_choose("show")
    assert page["description_placeholders"]["digits"] == house.digits("Ada")
    await fixer.async_answer({})
    assert issues(house.hass) == {}


@pytest.mark.parametrize("digits", ["1234567", "123 456"])
@pytest.mark.parametrize("kind", [HomeAssistantError, KeyError])
async def test_message_that_is_quoted(
    house: Guesthouse,
    kind: type[Exception],
    digits: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """What a platform raises may hold the digits: neither repair nor log has them."""
    house.phone.error = kind(f"not sent: the code is {digits}")
    house.book("Ada", "2026-06-02", "2026-06-04", uid="1")
    await house.async_open(notify=PHONE, message=f"{{{{ code }}}} {digits}")
    await house.async_pass(minutes=1)
    (issue,) = issues(house.hass).values()
    assert issue.translation_key == "guest_not_sent"
    assert digits not in f"{issue.translation_placeholders}{caplog.text}"


async def test_reason_in_the_language_of_the_house(house: Guesthouse) -> None:
    await house.hass.config.async_update(language="de")
    house.phone.error = KeyError("off")
    house.book("Ada", "2026-06-02", "2026-06-04", uid="1")
    await house.async_open(notify=PHONE)
    await house.async_pass(minutes=1)
    given = issues(house.hass)["guest_not_sent"].translation_placeholders or {}
    assert given["reason"].startswith("Die Nachricht mit dem Code konnte nicht")


async def test_message_that_fails(house: Guesthouse, fixer: Fixer) -> None:
    """A repair says so, and its button tries again."""
    house.phone.error = HomeAssistantError("The phone is off")
    house.book("Ada", "2026-06-02", "2026-06-04", uid="1")
    await house.async_open(notify=PHONE)
    await house.async_pass(minutes=1)
    assert activity(house)["event_type"] == "not_sent"
    (issue,) = issues(house.hass).values()
    assert issue.translation_key == "guest_not_sent"
    assert (issue.translation_placeholders or {})["reason"] == "The phone is off"
    await fixer.async_open("guest_not_sent")
    form = await fixer.async_answer({})
    assert form["errors"] == {"base": "still_so"}
    house.phone.error = None
    await house.async_look()
    assert house.phone.messages == [], "it is not time yet"
    step = await fixer.async_answer({})
    assert step["type"] == "create_entry"
    (message,) = house.phone.messages
    assert house.digits("Ada") in message


async def test_calendar_that_fails(house: Guesthouse, fixer: Fixer) -> None:
    """The code stays, and a repair says why nothing new comes."""
    house.book("Ada", "2026-06-02", "2026-06-04", uid="1")
    await house.async_open(notify=PHONE)
    await house.async_pass(minutes=1)
    house.feed.error = HomeAssistantError("No route to host")
    await house.async_look()
    await house.async_pass(minutes=16)
    assert house.home.state("binary_sensor.flat_problem") == "on"
    (issue,) = issues(house.hass).values()
    assert issue.translation_key == "guest_feed_failing"
    assert "No route to host" in (issue.translation_placeholders or {})["reason"]
    await fixer.async_open("guest_feed_failing")
    form = await fixer.async_answer({})
    assert form["errors"] == {"base": "still_so"}
    house.feed.error = None
    step = await fixer.async_answer({})
    assert step["type"] == "create_entry"
    assert issues(house.hass) == {}
    assert house.names() == ["Ada"]


async def test_removed_with_guests(house: Guesthouse, fixer: Fixer) -> None:
    """Guests get in until the owner decides against it."""
    house.book("Ada", "2026-06-01", "2026-06-04", uid="1")
    await house.async_open(notify=PHONE)
    await house.async_pass(minutes=1)
    await house.async_until("2026-06-01T15:00")
    digits = house.digits("Ada")
    house.hass.config_entries.async_remove_subentry(house.home.entry, FLAT)
    await house.async_settle()
    await house.home.async_pass(timedelta(hours=1))
    assert house.opens(digits)
    (issue,) = issues(house.hass).values()
    assert issue.translation_key == "guest_codes_left"
    assert (issue.translation_placeholders or {})["calendar"] == "Flat"
    await fixer.async_open("guest_codes_left")
    await fixer.async_choose("delete")
    await house.home.async_pass(timedelta(minutes=1))
    assert not house.opens(digits)
    assert issues(house.hass) == {}


async def test_digits_that_the_guest_knows(house: Guesthouse) -> None:
    """Digits out of the booking are nobody's secret to be shown."""
    house.book(
        "Ada", "2026-06-02", "2026-06-04", uid="1", description="Last 4 Digits: 5309"
    )
    await house.async_open(digits_from="pattern", pattern=r"Digits\D+(\d{4})")
    await house.async_pass(minutes=1)
    assert house.digits("Ada") == "530953"
    assert issues(house.hass) == {}


async def test_digits_that_another_has(house: Guesthouse) -> None:
    """Random digits take their place: the owner is told, and shown them."""
    for uid, guest in (("1", "Ada"), ("2", "Bob")):
        house.book(
            guest,
            "2026-06-02",
            "2026-06-04",
            uid=uid,
            description="Last 4 Digits: 5309",
        )
    await house.async_open(digits_from="pattern", pattern=r"Digits\D+(\d{4})")
    await house.async_pass(minutes=1)
    assert set(issues(house.hass)) == {"guest_random_digits", "digits_unseen"}
    given = issues(house.hass)["guest_random_digits"].translation_placeholders or {}
    assert (given["guest"], given["check_in"]) == ("Bob", "2026-06-02 15:00")
    assert house.digits("Ada") == "530953"
    assert house.digits("Bob") != "530953"


async def test_lock_that_sleeps(house: Guesthouse, fixer: Fixer) -> None:
    """The owner hears before the guest comes, and is told when it is mended."""
    await house.async_open(("lock.garage",), notify=PHONE)
    await house.async_pass(minutes=2)
    house.book("Ada", "2026-06-01", "2026-06-04", uid="1")
    await house.async_look()
    await house.async_until("2026-06-01T13:59")
    assert issues(house.hass) == {}
    await house.async_until("2026-06-01T14:01")
    assert house.home.state("sensor.flat_code") == "pending"
    given = issues(house.hass)["guest_not_ready"].translation_placeholders or {}
    assert (given["guest"], given["lock"]) == ("Ada", "Garage")
    assert given["check_in"] == "2026-06-01 15:00"
    await fixer.async_open("guest_not_ready")
    await house.async_pass(minutes=1)
    form = await fixer.async_answer({})
    assert form["errors"] == {"base": "still_so"}
    # Somebody touches the keypad.
    wake(house.home.lock("lock.garage"), house.home.lock("lock.garage").now)
    house.home.move(timedelta(seconds=20))
    step = await fixer.async_answer({})
    assert step["type"] == "create_entry"
    await house.async_settle()
    assert house.home.state("sensor.flat_code") == "ready"
    assert issues(house.hass) == {}
