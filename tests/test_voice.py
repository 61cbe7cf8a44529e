"""Who may do what by voice, what is asked back, and that nobody hears digits."""

from datetime import timedelta
import logging
from pathlib import Path
from typing import Any

from homeassistant.components.conversation.trace import async_get_traces
from homeassistant.const import MATCH_ALL
from homeassistant.core import Context, Event, callback
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)
import pytest
from pytest_homeassistant_custom_component.common import MockUser

from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    GARDEN_GATE,
    OFFICE,
    SHED,
    async_create,
    async_deliver,
    async_list,
    contents,
    opens,
    told_error,
)
from tests.mending import issues
from tests.simulated import Home
from tests.voicing import ALLOWED, PHONE, VoiceHome

MAKE = "give Bob a code for tomorrow nine to twelve on the front door"


@pytest.fixture
async def house(home: Home, tmp_path: Path) -> VoiceHome:
    """Return a house in which two locks are exposed."""
    house = VoiceHome(home)
    await house.async_setup(tmp_path, (FRONT_DOOR, GARAGE))
    return house


async def async_unchanged(house: VoiceHome, sentence: str, **more: Any) -> str:
    """Say what is refused; nothing was sent to anybody, and nothing has changed."""
    before = contents(house.home)
    told = await house.async_refused(sentence, **more)
    assert contents(house.home) == before
    assert not house.phone.messages
    return told


async def names(home: Home, lock: str) -> set[object]:
    """Return what the codes of a lock are called."""
    return {code["name"] for code in await async_list(home, lock)}


async def test_nothing_is_allowed_at_first(house: VoiceHome) -> None:
    told = await async_unchanged(house, MAKE)
    assert told == told_error("voice_not_allowed_create", lock="Front door")
    await async_create(house.home, FRONT_DOOR, name="Bob")
    told = await async_unchanged(house, "cancel Bob's code")
    assert told == told_error("voice_not_allowed_delete", lock="Front door")


async def test_a_user_needs_to_be_an_administrator(
    house: VoiceHome, hass_read_only_user: MockUser, hass_admin_user: MockUser
) -> None:
    house.allow(**ALLOWED, voice_notify=PHONE)
    await async_create(house.home, FRONT_DOOR, name="Ann")
    reader = Context(user_id=hass_read_only_user.id)
    for sentence in (MAKE, "cancel Ann's code", "yes, delete it"):
        told = await async_unchanged(house, sentence, context=reader)
        assert told in {
            told_error("voice_not_admin"),
            told_error("voice_nothing_asked"),
        }
    told = await async_unchanged(house, MAKE, context=Context(user_id="nobody"))
    assert told == told_error("voice_not_admin")
    # Reading is for everybody who may speak.
    assert await house.async_ask("which codes are active", context=reader)
    await house.async_ask(MAKE, context=Context(user_id=hass_admin_user.id))
    assert house.digits_sent()


async def test_digits_that_could_reach_nobody_are_not_made(house: VoiceHome) -> None:
    house.allow(**ALLOWED)
    assert await async_unchanged(house, MAKE) == told_error("voice_nowhere_to_send")
    house.allow(voice_notify="notify.gone")
    told = await async_unchanged(house, MAKE)
    assert told == told_error("voice_no_recipient", entity="notify.gone")


async def test_a_phone_that_fails_leaves_a_repair(
    house: VoiceHome, caplog: pytest.LogCaptureFixture
) -> None:
    house.allow(**ALLOWED, voice_notify=PHONE)
    house.phone.is_broken = True
    told = await house.async_refused(MAKE)
    assert told == told_error("voice_not_sent", name="Bob", lock="Front door")
    assert issues(house.hass).keys() == {"digits_unseen"}
    (code,) = house.home.lock(FRONT_DOOR).book.live.values()
    assert code.digits not in caplog.text


async def test_digits_are_spoken_only_if_allowed(house: VoiceHome) -> None:
    house.allow(**ALLOWED, voice_speak=True)
    answer = await house.async_ask(MAKE)
    (code,) = house.home.lock(FRONT_DOOR).book.live.values()
    assert ", ".join(code.digits) in answer
    assert not house.phone.messages


async def test_nobody_hears_or_keeps_digits(
    house: VoiceHome, caplog: pytest.LogCaptureFixture
) -> None:
    """Not the speaker, the trace, the log, an event, a state or a repair."""
    events: list[Event] = []

    @callback
    def keep(event: Event) -> None:
        events.append(event)

    house.hass.bus.async_listen(MATCH_ALL, keep)
    caplog.set_level(logging.DEBUG)
    house.allow(**ALLOWED, voice_notify=PHONE)
    answers = [
        await house.async_ask(MAKE),
        await house.async_ask("I need a code for the courier on the garage"),
        await house.async_ask("which codes are active"),
    ]
    house.home.move(timedelta(minutes=2))
    await house.hass.async_block_till_done()
    digits = [
        message.split(" is ")[1].split(".")[0] for _, message in house.phone.messages
    ]
    assert len(digits) == 2
    places = {
        "answers": repr(answers),
        "traces": repr([trace.as_dict() for trace in async_get_traces()]),
        "events": repr([(event, event.data) for event in events]),
        "states": repr([state.as_dict() for state in house.hass.states.async_all()]),
        "log": caplog.text,
        "issues": repr(issues(house.hass)),
    }
    for place, content in places.items():
        for number in digits:
            assert number not in content, place
            assert ", ".join(number) not in content, place


async def test_a_lock_that_is_not_exposed_is_not_known(house: VoiceHome) -> None:
    house.allow(**ALLOWED, voice_notify=PHONE)
    await async_create(house.home, OFFICE, name="Secret Guest")
    known = "Front door, Garage"
    for sentence, name in (
        ("which codes are active on the office", "office"),
        ("who opened the office last", "office"),
        ("any new alarms on the sauna", "sauna"),
        ("give Bob a code for the office", "office"),
        ("cancel the guest's code on the office", "office"),
    ):
        told = await async_unchanged(house, sentence)
        assert told == told_error("voice_no_such_lock", name=name, locks=known), (
            sentence
        )
    told = await async_unchanged(house, "cancel the secret guest's code")
    assert told == told_error("voice_no_such_code", name="secret guest")
    assert "Secret" not in await house.async_ask("which codes are active")


async def test_no_lock_at_all(home: Home, tmp_path: Path) -> None:
    house = VoiceHome(home)
    await house.async_setup(tmp_path, ())
    told = await house.async_refused("which codes are active")
    assert told == told_error("voice_no_lock")


async def test_two_locks(house: VoiceHome) -> None:
    """Questions are about both; a code is for the one that is named."""
    house.allow(**ALLOWED, voice_notify=PHONE)
    answer = await house.async_ask("who opened the door last")
    assert "Front door" in answer
    assert "Garage" in answer
    told = await async_unchanged(house, "give Bob a code for tomorrow nine to twelve")
    assert told == told_error("voice_which_lock", locks="Front door, Garage")
    await house.async_ask("give Bob a code for the garage tomorrow from 9 to 12")
    assert await names(house.home, GARAGE) == {"Bob"}
    assert not await names(house.home, FRONT_DOOR)


async def test_a_lock_is_known_by_its_alias_and_its_area(house: VoiceHome) -> None:
    house.allow(**ALLOWED, voice_notify=PHONE)
    lobby = ar.async_get(house.hass).async_create("Lobby", aliases={"hallway"})
    entity = er.async_get(house.hass).async_update_entity(
        FRONT_DOOR, aliases=["big door", er.COMPUTED_NAME]
    )
    assert entity.device_id is not None
    dr.async_get(house.hass).async_update_device(entity.device_id, area_id=lobby.id)
    await house.hass.async_block_till_done()
    for number, place in enumerate(("the big door", "the lobby", "the hallway"), 1):
        await house.async_ask(
            f"give Guest{number} a code for {place} until noon tomorrow"
        )
    assert len(await names(house.home, FRONT_DOOR)) == 3


UNCLEAR: list[tuple[str, str, dict[str, str]]] = [
    ("create a code on the front door", "voice_for_whom", {}),
    ("I need a code", "voice_for_whom", {}),
    ("who needs a code on the front door", "voice_for_whom", {}),
    (
        "give Bob a code on the front door for a few hours",
        "voice_not_understood",
        {"text": "hours, few"},
    ),
    (
        "I need a code on the front door for yesterday",
        "voice_not_understood",
        {"text": "yesterday"},
    ),
    ("give Bob a code on the front door for last Friday", "voice_time_unclear", {}),
    (
        "give Anna 1234 as a code on the front door",
        "voice_not_understood",
        {"text": "Anna 1234 as"},
    ),
    (
        "set Anna's code on the front door to 123456",
        "voice_not_understood",
        {"text": "123456"},
    ),
    (
        "give Bob a code on the front door Monday to Friday from 9 to 5",
        "voice_recurring",
        {},
    ),
    (
        "add a code for Bob to my shopping list",
        "voice_no_such_lock",
        {"name": "Bob to my shopping list", "locks": "Front door, Garage"},
    ),
    (
        "give Bob a code on the front door every monday from 9 to 12",
        "voice_recurring",
        {},
    ),
    (
        "give Bob a code on the front door until the cows come home",
        "voice_not_understood",
        {"text": "cows come home"},
    ),
    (
        "give Bob a code on the front door tomorrow for two hours",
        "voice_time_unclear",
        {},
    ),
    (
        "give Bob a code for the basement door",
        "voice_no_such_lock",
        {"name": "basement door", "locks": "Front door, Garage"},
    ),
]


async def test_what_is_missing_or_unclear_is_said(house: VoiceHome) -> None:
    house.allow(**ALLOWED, voice_notify=PHONE)
    for sentence, key, values in UNCLEAR:
        assert await async_unchanged(house, sentence) == told_error(key, **values)


async def test_a_refusal_of_the_manager_is_said(house: VoiceHome) -> None:
    house.allow(**ALLOWED, voice_notify=PHONE)
    told = await async_unchanged(
        house, "give Bob a code on the front door from 9 to 10 today"
    )
    assert told == told_error("window_in_past")
    long = "x" * 40
    told = await async_unchanged(house, f"give {long} a code for the front door")
    assert told == told_error("name_too_long", length="20")


async def test_what_a_lock_can_do(home: Home, tmp_path: Path) -> None:
    """Without a time it is a code for once, of the kind that the lock takes."""
    house = VoiceHome(home)
    await house.async_setup(tmp_path, (SHED, GARDEN_GATE))
    house.allow(**ALLOWED, voice_notify=PHONE)
    await house.async_ask("I need a code for the courier on the shed")
    assert opens(home, SHED, house.digits_sent())
    await house.async_ask("give Bob a code on the shed for two hours")
    await house.async_ask("I need a code for the courier on the garden gate")
    codes = {
        (lock, code["name"]): (code["type"], code["one_time"])
        for lock in (SHED, GARDEN_GATE)
        for code in await async_list(home, lock)
    }
    assert codes == {
        (SHED, "Courier"): ("one_time", True),
        (SHED, "Bob"): ("time_limited", False),
        (GARDEN_GATE, "Courier"): ("custom", True),
    }


async def test_a_code_is_deleted_only_after_a_yes(house: VoiceHome) -> None:
    home, nothing = house.home, told_error("voice_nothing_asked")
    house.allow(**ALLOWED)
    await async_create(home, FRONT_DOOR, name="Cleaner")
    await async_create(home, GARAGE, name="Courier")
    # A yes to nothing.
    assert await house.async_refused("yes, delete it") == nothing
    question = await house.async_ask("cancel the cleaner's code")
    assert "Cleaner" in question
    assert "Front door" in question
    # A yes to something else, which is asked back itself.
    assert "Courier" in await house.async_ask("yes, cancel the courier's code")
    (other,) = await async_list(home, GARAGE)
    assert other["status"] == "pending"
    # Too late.
    house.home.move(timedelta(minutes=3))
    assert await house.async_refused("yes, delete it") == nothing
    # Somebody else's yes.
    await house.async_ask("cancel the cleaner's code")
    somebody = Context(user_id="somebody")
    assert await house.async_refused("yes, delete it", context=somebody)
    assert "Cleaner" in await house.async_ask("yes, delete it")
    await async_deliver(home, FRONT_DOOR)
    statuses = {
        code["name"]: code["status"] for code in await async_list(home, FRONT_DOOR)
    }
    assert statuses == {"Cleaner": "removed"}
    # The yes was used up.
    assert await house.async_refused("yes, delete it") == nothing


async def test_a_name_that_fits_several(house: VoiceHome) -> None:
    house.allow(**ALLOWED)
    home = house.home
    await async_create(home, FRONT_DOOR, name="Anna", end="2026-06-01 20:00:00")
    await async_create(
        home,
        FRONT_DOOR,
        name="Anna",
        start="2026-06-04 08:00:00",
        end="2026-06-04 10:00:00",
    )
    await async_create(home, GARAGE, name="Anna Smith")
    told = await async_unchanged(house, "cancel Anna's code")
    assert told == told_error(
        "voice_which_of_codes",
        codes="Anna until today at 20:00 (Front door), "
        "Anna until Thursday at 10:00 (Front door)",
    )
    answer = await house.async_ask("cancel Anna's code for Thursday")
    assert "Thursday" in answer
    assert "Anna Smith" in await house.async_ask("cancel Smith's code")


async def test_a_code_that_only_the_lock_can_end(house: VoiceHome) -> None:
    house.allow(**ALLOWED, voice_notify=PHONE)
    await house.async_ask("I need a code for the courier on the front door")
    house.phone.messages.clear()
    told = await async_unchanged(house, "cancel the courier's code")
    assert told == told_error("not_deletable_one_time", name="Courier")
