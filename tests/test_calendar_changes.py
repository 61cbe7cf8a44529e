"""Codes made, moved, renamed and deleted in the calendar, as the panel's form does it."""

from datetime import timedelta

from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.tuya_lock_manager.const import OPT_KEEP_DIGITS, OPT_NAMES
from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    SHED,
    async_create,
    async_deliver,
    async_list,
    make_in_app,
    opens,
)
from tests.booking import CODE, HOUR, Person, async_listed, in_form, refusal
from tests.mending import Fixer
from tests.repairing import kinds
from tests.residents import changes
from tests.simulated import Home

MINUTE = timedelta(minutes=1)


async def test_chosen_digits(home: Home, person: Person) -> None:
    """They open the door, in the window of the event, and nobody has to be told them."""
    answer = await person.async_create(description="Brings the dog\ncode: 905172")
    assert answer["success"], answer
    await async_deliver(home, FRONT_DOOR)
    event = await person.async_event()
    assert event["summary"] == "Ann"
    assert "905172" not in str(event)
    assert "dog" not in str(event)
    assert kinds(home) == []
    assert not opens(home, FRONT_DOOR, "905172")
    await home.async_pass(HOUR)
    assert opens(home, FRONT_DOOR, "905172")
    await home.async_pass(HOUR)
    assert not opens(home, FRONT_DOOR, "905172")


async def test_random_digits_are_shown_to_an_administrator(
    home: Home,
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    hass_ws_client: WebSocketGenerator,
) -> None:
    """A calendar answers nobody, so a repair shows them, once."""
    await home.async_setup()
    assert await async_setup_component(hass, "repairs", {})
    person = Person(hass, await hass_ws_client(hass))
    assert (await person.async_create())["success"]
    assert kinds(home) == ["digits_unseen"]
    fixer = Fixer(hass, hass_client)
    await fixer.async_open("digits_unseen")
    shown = await fixer.async_choose("show")
    digits = shown["description_placeholders"]["digits"]
    await fixer.async_answer({})
    assert kinds(home) == []
    await async_deliver(home, FRONT_DOOR)
    await home.async_pass(HOUR)
    assert opens(home, FRONT_DOOR, digits)


async def test_random_digits_need_a_place(
    home: Home, hass: HomeAssistant, person: Person
) -> None:
    """Where none are kept, nobody could ever see them."""
    hass.config_entries.async_update_entry(home.entry, options={OPT_KEEP_DIGITS: False})
    await home.async_restart()
    before = changes(home)
    assert refusal(await person.async_create()) == "calendar_needs_code"
    assert changes(home) == before
    assert (await person.async_create(**CODE))["success"]
    assert kinds(home) == []


REFUSED: tuple[tuple[dict[str, str], str], ...] = (
    ({"description": "code: 90517"}, "code_length"),
    ({"description": "905 172"}, "code_not_digits"),
    ({"description": "pin: 90517a"}, "code_not_digits"),
    ({"description": "code: 123456"}, "code_weak"),
    ({"description": "code:"}, "code_length"),
    ({"description": "The code is 905172"}, "calendar_code_unclear"),
    ({"summary": "Ann 905172"}, "calendar_code_in_name"),
    ({"summary": "Ann 905-172", **CODE}, "calendar_code_in_name"),
    ({"description": "Kennwort: 905 172"}, "code_not_digits"),
    ({"description": "Passwort 905 172"}, "calendar_code_unclear"),
    ({"summary": " "}, "name_empty"),
    ({"summary": "A" * 100}, "name_too_long"),
    (
        {"dtstart": "2026-05-01T10:00:00", "dtend": "2026-05-01T11:00:00"},
        "window_in_past",
    ),
    (
        {"dtstart": "2526-05-01T10:00:00", "dtend": "2526-05-01T11:00:00"},
        "window_out_of_range",
    ),
    ({"dtstart": "9999-12-30", "dtend": "9999-12-31"}, "window_out_of_range"),
    ({"dtstart": "0001-01-01", "dtend": "0001-01-02"}, "window_out_of_range"),
    ({"rrule": "FREQ=DAILY;UNTIL=99991231"}, "window_out_of_range"),
    ({"rrule": "FREQ=WEEKLY;BYDAY=MO"}, "calendar_repetition_no_end"),
    ({"rrule": "FREQ=MONTHLY;COUNT=2"}, "calendar_repetition_not_weekly"),
    ({"rrule": "FREQ=DAILY;UNTIL=20260501"}, "calendar_repetition_never"),
    (
        {"rrule": "FREQ=DAILY;COUNT=2", "dtend": "2026-06-02T13:00:00"},
        "schedule_over_midnight",
    ),
    (
        {"rrule": "FREQ=WEEKLY;COUNT=2", "dtend": "2026-06-03T23:00:00"},
        "schedule_over_midnight",
    ),
)


async def test_what_is_refused(home: Home, person: Person) -> None:
    """In words, before anything is sent."""
    before = changes(home)
    for fields, key in REFUSED:
        assert refusal(await person.async_create(**fields)) == key
    assert changes(home) == before
    assert await person.async_events() == []


async def test_a_lock_out_of_reach(home: Home, person: Person) -> None:
    answer = await person.async_create(SHED)
    assert answer["error"]["code"] == "not_supported"


async def test_whole_days(home: Home, hass: HomeAssistant, person: Person) -> None:
    """They are those at the lock, and the last one ends at midnight."""
    door = home.lock(FRONT_DOOR).id
    options = {"locks": {door: {"time_zone": "America/New_York"}}}
    hass.config_entries.async_update_entry(home.entry, options=options)
    answer = await person.async_create(dtstart="2026-06-05", dtend="2026-06-07", **CODE)
    assert answer["success"], answer
    event = await person.async_event()
    assert event["start"] == "2026-06-05T04:00:00+00:00"
    assert event["end"] == "2026-06-07T04:00:00+00:00"


async def test_moving_keeps_the_digits(home: Home, person: Person) -> None:
    await person.async_create(**CODE)
    await async_deliver(home, FRONT_DOOR)
    shown = await person.async_event()
    now = dt_util.now()
    answer = await person.async_save(
        shown, dtstart=in_form(now + 3 * HOUR), dtend=in_form(now + 4 * HOUR)
    )
    assert answer["success"], answer
    # Until the lock has confirmed it, the old window may hold, and that is shown.
    event = await person.async_event()
    assert event["start"] == shown["start"]
    assert "has not confirmed the last change yet" in event["description"]
    await async_deliver(home, FRONT_DOOR)
    event = await person.async_event()
    assert in_form(event["start"]) == in_form(now + 3 * HOUR)
    assert event["uid"] == shown["uid"]
    await home.async_pass(HOUR)
    assert not opens(home, FRONT_DOOR, "905172")
    await home.async_pass(2 * HOUR)
    assert opens(home, FRONT_DOOR, "905172")


async def test_a_form_that_is_saved_as_it_is_changes_nothing(
    home: Home, person: Person
) -> None:
    """Neither the seconds of a window, nor a change under way, nor a number for a name."""
    await home.async_pass(timedelta(seconds=17))
    await async_create(home, FRONT_DOOR, duration={"hours": 3})
    await async_deliver(home, FRONT_DOOR)
    shown = await person.async_event()
    before = changes(home)
    assert (await person.async_save(shown))["success"]
    assert changes(home) == before
    assert (await person.async_save(shown, summary="Bob"))["success"]
    before = changes(home)
    event = await person.async_event()
    assert (event["start"], event["end"]) == (shown["start"], shown["end"])
    assert "has not confirmed" in event["description"]
    assert (await person.async_save(event))["success"]
    assert changes(home) == before
    assert (await async_listed(home))["name"] == "Bob"


async def test_a_window_is_the_one_in_the_form(home: Home, person: Person) -> None:
    """While a move waits, the form shows the old window, and that is what is changed."""
    await person.async_create(**CODE)
    await async_deliver(home, FRONT_DOOR)
    shown = await person.async_event()
    now = dt_util.now()
    day = {"dtstart": in_form(now + 20 * HOUR), "dtend": in_form(now + 24 * HOUR)}
    assert (await person.async_save(shown, **day))["success"]
    end = in_form(now + 30 * HOUR)
    assert (await person.async_save(shown, dtend=end))["success"]
    await async_deliver(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    event = await person.async_event()
    assert event["start"] == shown["start"]
    assert in_form(event["end"]) == end
    before = changes(home)
    answer = await person.async_save(event, summary="Ann 905172")
    assert refusal(answer) == "calendar_code_in_name"
    assert changes(home) == before


async def test_a_name_does_not_spell_the_code(home: Home, person: Person) -> None:
    """Neither when it is given, nor when the digits are."""
    await person.async_create(summary="Ann 94 02 71", **CODE)
    await async_deliver(home, FRONT_DOOR)
    shown = await person.async_event()
    before = changes(home)
    for fields in ({"summary": "Ann 90 51 72"}, {"description": "code: 940271"}):
        answer = await person.async_save(shown, **fields)
        assert refusal(answer) == "calendar_code_in_name"
    assert changes(home) == before


async def test_numbers_for_names_are_no_names(
    home: Home, hass: HomeAssistant, person: Person
) -> None:
    hass.config_entries.async_update_entry(home.entry, options={OPT_NAMES: False})
    await home.async_restart()
    await person.async_create(**CODE)
    await async_deliver(home, FRONT_DOOR)
    shown = await person.async_event()
    end = in_form(dt_util.now() + 5 * HOUR)
    assert (await person.async_save(shown, dtend=end))["success"]
    await async_deliver(home, FRONT_DOOR)
    assert (await async_listed(home))["name"] == "Ann"
    assert (await person.async_save(shown, dtend=end, summary="Bob"))["success"]
    assert (await async_listed(home))["name"] == "Bob"


async def test_digits_that_are_not_known(home: Home, person: Person) -> None:
    """Moving a code of the app needs its digits; they can be given in the same form."""
    make_in_app(home, FRONT_DOOR, "By the app", "940271")
    await home.async_refresh(FRONT_DOOR)
    shown = await person.async_event()
    end = in_form(dt_util.now() + 5 * HOUR)
    before = changes(home)
    answer = await person.async_save(shown, dtend=end)
    assert refusal(answer) == "digits_unknown"
    answer = await person.async_save(shown, dtend=end, description="code: 94027")
    assert refusal(answer) == "code_length"
    assert changes(home) == before
    remark = f"{shown['description']}\ncode: 583916"
    assert (await person.async_save(shown, dtend=end, description=remark))["success"]
    await async_deliver(home, FRONT_DOOR)
    assert opens(home, FRONT_DOOR, "583916")
    assert not opens(home, FRONT_DOOR, "940271")
    assert "583916" not in str(await person.async_events())


async def test_offline_codes_have_names_only(home: Home, person: Person) -> None:
    """The lock computes them itself: the reason names the clearing code."""
    await async_create(home, SHED, type="time_limited", duration={"hours": 5})
    shown = await person.async_event(SHED)
    before = changes(home)
    end = in_form(dt_util.now() + 9 * HOUR)
    answer = await person.async_save(shown, SHED, dtend=end)
    assert refusal(answer) == "not_changeable_time_limited"
    assert "Issue a clearing code for it" in answer["error"]["message"]
    answer = await person.async_remove(shown, SHED)
    assert refusal(answer) == "not_deletable_time_limited"
    assert changes(home) == before
    assert (await person.async_save(shown, SHED))["success"]
    assert (await person.async_save(shown, SHED, summary="Bob"))["success"]
    assert (await person.async_event(SHED))["summary"] == "Bob"


async def test_deleting(home: Home, person: Person) -> None:
    """An event stays until the lock has taken the deletion: until then it may open."""
    await person.async_create(GARAGE, description="code: 9051726")
    await async_deliver(home, GARAGE)
    # It falls asleep again.
    await home.async_pass(30 * MINUTE)
    shown = await person.async_event(GARAGE)
    assert (await person.async_remove(shown, GARAGE))["success"]
    await home.async_pass(MINUTE)
    event = await person.async_event(GARAGE)
    assert "it may still open" in event["description"]
    await async_deliver(home, GARAGE)
    await home.async_refresh(GARAGE)
    assert await person.async_events(GARAGE) == []
    assert not opens(home, GARAGE, "9051726")
    assert refusal(await person.async_remove(shown, GARAGE)) == "code_is_gone"


async def test_deleting_what_nobody_has_seen(home: Home, person: Person) -> None:
    """The repair goes with the code."""
    await person.async_create()
    assert kinds(home) == ["digits_unseen"]
    await person.async_remove(await person.async_event())
    await async_deliver(home, FRONT_DOOR)
    assert kinds(home) == []
    assert await person.async_events() == []


async def test_what_has_ended_is_taken_off(home: Home, person: Person) -> None:
    await person.async_create(**CODE)
    await async_deliver(home, FRONT_DOOR)
    await home.async_pass(3 * HOUR)
    shown = await person.async_event()
    assert shown["description"].startswith("Expired: ")
    answer = await person.async_save(shown, summary="Bob")
    assert refusal(answer) == "change_of_ended"
    assert (await person.async_remove(shown))["success"]
    assert await person.async_events() == []


async def test_unknown_events(home: Home, person: Person) -> None:
    """They were deleted elsewhere, or never were."""
    await person.async_create(**CODE)
    shown = await person.async_event()
    for other in (
        {**shown, "uid": "697"},
        {**shown, "recurrence_id": "20260601", "recurrence_range": "THISANDFUTURE"},
    ):
        answer = await person.async_remove(
            other, recurrence_range=other.get("recurrence_range", "")
        )
        assert refusal(answer) == "code_is_gone"
    assert len(await person.async_events()) == 1


async def test_an_action_makes_codes_too(home: Home, hass: HomeAssistant) -> None:
    """An automation has the same ways: date and time, whole days, some days ahead."""
    await home.async_setup()
    for name, when in (
        (
            "Ann",
            {
                "start_date_time": "2026-06-01 20:00:00",
                "end_date_time": "2026-06-01 21:00:00",
            },
        ),
        ("Bob", {"start_date": "2026-06-02", "end_date": "2026-06-03"}),
        ("Eve", {"in": {"days": 2}}),
    ):
        await hass.services.async_call(
            "calendar",
            "create_event",
            {"entity_id": "calendar.front_door_codes", "summary": name, **when},
            blocking=True,
        )
    codes = {code["name"]: code for code in await async_list(home, FRONT_DOOR)}
    assert {name: code["start"] for name, code in codes.items()} == {
        "Ann": "2026-06-01T20:00:00+02:00",
        "Bob": "2026-06-02T00:00:00+02:00",
        "Eve": "2026-06-03T00:00:00+02:00",
    }
    assert kinds(home) == ["digits_unseen"] * 3
