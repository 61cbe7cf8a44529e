"""Blueprints, as a user adds them: put into the folder, filled in, run at simulated doors."""

from collections.abc import AsyncGenerator
from datetime import date, datetime, timedelta
from pathlib import Path
import shutil
from typing import Any

from homeassistant.components.calendar import DATA_COMPONENT, CalendarEvent
from homeassistant.components.trace.const import DATA_TRACE
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import async_mock_service

from simulator.locks.passwords import Outcome
from simulator.locks.reports import alarm, method_opened
from tests.acting import FRONT_DOOR, OFFICE, async_create, opens
from tests.guesthouse import CALENDAR, Feed
from tests.residents import enters
from tests.simulated import Home
from tests.test_hassfest import ROOT

pytestmark = pytest.mark.usefixtures("only_locks")

BLUEPRINTS = ROOT / "blueprints"
FOLDER = Path("automation") / "tuya_lock_manager"
POLL = timedelta(minutes=15, seconds=1)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
PHONE = "notify.phone"


@pytest.fixture
def hass_config_dir(hass_tmp_config_dir: str) -> str:
    """Have a folder of the user's own, with the blueprints in it."""
    shutil.copytree(
        BLUEPRINTS, Path(hass_tmp_config_dir) / "blueprints", dirs_exist_ok=True
    )
    return hass_tmp_config_dir


@pytest.fixture
def sent(hass: HomeAssistant) -> list[ServiceCall]:
    """Return the messages that were sent."""
    sent: list[ServiceCall] = async_mock_service(hass, "notify", "send_message")
    return sent


@pytest.fixture
def done(hass: HomeAssistant) -> list[ServiceCall]:
    """Return what else was done."""
    done: list[ServiceCall] = async_mock_service(hass, "test", "note")
    return done


@pytest.fixture(autouse=True)
async def at_rest(hass: HomeAssistant) -> AsyncGenerator[None]:
    """Let no automation wait for the clock when a test has ended."""
    yield
    await hass.services.async_call("automation", "turn_off", {"entity_id": "all"})
    await hass.async_block_till_done()


async def _async_use(hass: HomeAssistant, blueprint: str, **inputs: Any) -> None:
    """Make an automation of a blueprint."""
    use = {
        "path": f"tuya_lock_manager/{blueprint}.yaml",
        "input": {"locks": {"entity_id": FRONT_DOOR}, "notify": [PHONE], **inputs},
    }
    assert await async_setup_component(
        hass,
        "automation",
        {"automation": {"id": "made", "alias": "Made", "use_blueprint": use}},
    )
    await hass.async_block_till_done()
    state = hass.states.get("automation.made")
    assert state is not None
    assert state.state == "on"


def _messages(sent: list[ServiceCall]) -> list[str]:
    """Return the texts that were sent since it was asked last, each to the phone."""
    assert all(call.data["entity_id"] == [PHONE] for call in sent)
    messages = [str(call.data["message"]) for call in sent]
    sent.clear()
    return messages


@pytest.fixture
async def bookings(hass: HomeAssistant) -> Feed:
    """Return a calendar of bookings."""
    assert await async_setup_component(hass, "calendar", {})
    feed = Feed()
    await hass.data[DATA_COMPONENT].async_add_entities([feed])
    return feed


async def test_a_guest_arrives(
    hass: HomeAssistant,
    home: Home,
    bookings: Feed,
    sent: list[ServiceCall],
) -> None:
    """A code for the stay, sent once, and kept in no trace; the times are the house's."""
    await home.async_setup()
    bookings.events = [
        CalendarEvent(date(2026, 6, 3), date(2026, 6, 5), "Ann Example, 2 persons"),
        CalendarEvent(date(2026, 6, 3), date(2026, 6, 5), "Not available (Blocked)"),
    ]
    await _async_use(hass, "guest_arrives", calendar=CALENDAR)
    await home.async_pass_in_steps(timedelta(hours=11), 11 * HOUR)
    assert sent == []
    await home.async_pass_in_steps(HOUR, 10 * MINUTE)
    (message,) = _messages(sent)
    window, digits = message.split("\n")
    assert window == "2026-06-03 15:00 to 2026-06-05 11:00"
    lock, code = digits.split(": ")
    assert lock == "Front door"
    (made,) = home.lock(FRONT_DOOR).book.live.values()
    assert made.name == "Ann Example, 2 perso"
    assert made.start == datetime.fromisoformat("2026-06-03T13:00:00Z").timestamp()
    assert made.end == datetime.fromisoformat("2026-06-05T09:00:00Z").timestamp()
    # When the event begins it is asked for again.
    await home.async_pass_in_steps(timedelta(hours=26), 5 * HOUR)
    assert sent == []
    assert not opens(home, FRONT_DOOR, code)
    await home.async_pass_in_steps(timedelta(hours=16), 8 * HOUR)
    assert opens(home, FRONT_DOOR, code)
    assert len(home.lock(FRONT_DOOR).book.live) == 1
    assert hass.data[DATA_TRACE]["automation.made"].runs == {}


async def test_a_guest_who_is_entered_late(
    hass: HomeAssistant,
    home: Home,
    bookings: Feed,
    sent: list[ServiceCall],
    done: list[ServiceCall],
) -> None:
    """Gets the code when the event begins; what goes wrong at a lock is said."""
    await home.async_setup()
    await _async_use(
        hass,
        "guest_arrives",
        locks={"entity_id": [FRONT_DOOR, OFFICE]},
        calendar=CALENDAR,
        contains="GUEST",
        actions=[
            {
                "action": "test.note",
                "data": {"guest": "{{ guest }}", "made": "{{ made }}"},
            }
        ],
    )
    now = dt_util.now()
    bookings.events = [
        CalendarEvent(now + HOUR, now + 4 * HOUR, "2201", description="A guest"),
        CalendarEvent(now + HOUR, now + 4 * HOUR, "Gardener"),
    ]
    home.world.faults.parse(f"http_5xx:path={home.lock(OFFICE).id}")
    await home.async_pass_in_steps(HOUR + 5 * MINUTE, 5 * MINUTE)
    (message,) = _messages(sent)
    _, front, office = message.split("\n")
    await home.async_pass(MINUTE)
    assert opens(home, FRONT_DOOR, front.removeprefix("Front door: "))
    assert office.startswith("Office: no code: ")
    (call,) = done
    assert str(call.data["guest"]) == "2201"
    assert set(call.data["made"]) == {FRONT_DOOR, OFFICE}


async def test_titles_of_feeds(
    hass: HomeAssistant, home: Home, bookings: Feed, sent: list[ServiceCall]
) -> None:
    """Guests of one name who come at the same time get a code each; a title may be odd."""
    await home.async_setup()
    now = dt_util.now()
    bookings.events = [
        CalendarEvent(now + HOUR, now + hours * HOUR, title, uid=uid)
        for uid, title, hours in (
            ("1", "Reserved", 4),
            ("2", "Reserved", 5),
            ("3", "  ", 4),
            ("4", "Ann\nExample", 4),
            ("5", '{{ "Eve" }}', 4),
        )
    ]
    await _async_use(hass, "guest_arrives", calendar=CALENDAR, before={"minutes": 30})
    await home.async_pass_in_steps(HOUR + 5 * MINUTE, 5 * MINUTE)
    codes = [message.split(": ")[1] for message in _messages(sent)]
    assert len(set(codes)) == 5
    live = home.lock(FRONT_DOOR).book.live.values()
    assert sorted((code.name, code.digits) for code in live) == sorted(
        zip(
            ("Reserved", "Reserved", "Guest", "Ann Example", '{{ "Eve" }}'),
            codes,
            strict=True,
        )
    )
    assert len({(code.name, code.end) for code in live}) == 5


async def test_a_code_that_can_not_be_made(
    hass: HomeAssistant, home: Home, bookings: Feed, sent: list[ServiceCall]
) -> None:
    """The host hears of it."""
    await home.async_setup()
    home.world.faults.parse("http_5xx")
    now = dt_util.now()
    bookings.events = [CalendarEvent(now + HOUR, now + 4 * HOUR, "Ann")]
    await _async_use(hass, "guest_arrives", calendar=CALENDAR, before={"minutes": 30})
    await home.async_pass_in_steps(40 * MINUTE, 8 * MINUTE)
    (message,) = _messages(sent)
    assert "The code could not be made" in message


async def test_first_entry(
    hass: HomeAssistant, home: Home, sent: list[ServiceCall], done: list[ServiceCall]
) -> None:
    await home.async_setup()
    note = {"action": "test.note", "data": {"who": "{{ trigger.password }}"}}
    await _async_use(hass, "first_entry", actions=[note])
    code = await async_create(home, FRONT_DOOR, name="Ann")
    await home.async_pass_in_steps(10 * SECOND, SECOND)
    for _ in range(2):
        assert opens(home, FRONT_DOOR, code["code"])
        await home.async_pass(POLL)
    assert _messages(sent) == [
        "Ann has opened Front door for the first time, at 12:30."
    ]
    assert [call.data["who"] for call in done] == ["Ann"]


async def test_code_expiring_soon(
    hass: HomeAssistant, home: Home, sent: list[ServiceCall]
) -> None:
    await home.async_setup()
    await _async_use(hass, "code_expiring_soon", before={"hours": 2}, password=["Ann"])
    for name in ("Ann", "Ben"):
        await async_create(home, FRONT_DOOR, name=name, duration={"hours": 3})
    await home.async_pass_in_steps(3 * HOUR, 10 * MINUTE)
    assert _messages(sent) == ["Ann opens Front door until 2026-06-01 15:30."]


async def test_wrong_attempts(
    hass: HomeAssistant, home: Home, sent: list[ServiceCall]
) -> None:
    """Two in a row, however late they are read; opening the door properly ends a row."""
    await home.async_setup()
    await _async_use(hass, "wrong_attempts", times=2)
    lock = home.lock(FRONT_DOOR)
    for kind in ("wrong_password", "low_battery"):
        alarm(lock, kind, lock.now)
        await home.async_pass(SECOND)
    assert enters(home, FRONT_DOOR, "Owner")
    await home.async_pass(SECOND)
    alarm(lock, "wrong_card", lock.now)
    await home.async_pass(POLL)
    assert _messages(sent) == []
    alarm(lock, "wrong_password", lock.now)
    await home.async_pass(POLL)
    (message,) = _messages(sent)
    assert message == "Somebody tries to get in at Front door (wrong password, 12:45)."


@pytest.mark.parametrize(
    ("names", "late", "message"),
    [
        (True, False, "DURESS at Front door: opened by Owner at 12:30"),
        (False, True, "DURESS at Front door: opened at 12:30, heard of only now"),
    ],
)
async def test_duress(
    hass: HomeAssistant,
    home: Home,
    sent: list[ServiceCall],
    names: bool,
    late: bool,
    message: str,
) -> None:
    """Told once, also after a restart; who it was only if names may be shown."""
    home.entry.add_to_hass(hass)
    hass.config_entries.async_update_entry(home.entry, options={"names": names})
    await hass.config_entries.async_setup(home.entry.entry_id)
    await hass.async_block_till_done()
    await _async_use(hass, "duress_alarm")
    lock = home.lock(FRONT_DOOR)
    method = lock.people.method("fingerprint", 1)
    assert method is not None
    method.hijack = True
    await home.async_pass(SECOND)
    method_opened(lock, method, lock.now)
    await home.async_pass(SECOND)
    if late:
        await home.async_restart()
    await home.async_pass(POLL)
    assert _messages(sent) == [f"{message}."]
    await home.async_restart()
    await home.async_pass(POLL)
    assert _messages(sent) == []


async def test_code_not_delivered(
    hass: HomeAssistant, home: Home, sent: list[ServiceCall]
) -> None:
    """A refusal with its reason, a lock that says nothing, one that sleeps."""
    await home.async_setup()
    locks = {"entity_id": [FRONT_DOOR, OFFICE, "lock.garage"]}
    await _async_use(hass, "code_not_delivered", locks=locks)
    await home.async_pass(timedelta(seconds=61))
    home.lock(FRONT_DOOR).forced.append(Outcome.FULL)
    await async_create(home, FRONT_DOOR, name="Ann")
    await async_create(home, "lock.garage", name="Carl")
    await home.async_pass_in_steps(40 * SECOND, 10 * SECOND)
    assert sorted(_messages(sent)) == [
        "The code of Ann was refused by Front door (full).",
        "The code of Carl is not on Garage. Touch its keypad to wake it.",
    ]
    home.world.around.switches.set("delivery_seconds", "3600")
    await async_create(home, OFFICE, name="Ben")
    await home.async_pass_in_steps(2 * MINUTE, 10 * SECOND)
    assert _messages(sent) == ["The code of Ben is not on Office."]


@pytest.mark.parametrize("only_trouble", [False, True])
async def test_weekly_clean_up(
    hass: HomeAssistant, home: Home, sent: list[ServiceCall], only_trouble: bool
) -> None:
    """At its time, on its days; a message only where one is wanted."""
    await home.async_setup()
    await async_create(home, FRONT_DOOR, name="Ann")
    await async_create(home, FRONT_DOOR, name="Ben", duration={"days": 9})
    await home.async_pass_in_steps(2 * HOUR, 30 * MINUTE)
    await _async_use(
        hass,
        "weekly_clean_up",
        weekdays=["wed"],
        at="06:00:00",
        only_trouble=only_trouble,
    )
    await home.async_pass_in_steps(timedelta(hours=36), 18 * HOUR)
    names = {code.name for code in home.lock(FRONT_DOOR).book.live.values()}
    assert names == {"Ann", "Ben"}
    await home.async_pass_in_steps(4 * HOUR, 2 * HOUR)
    names = {code.name for code in home.lock(FRONT_DOOR).book.live.values()}
    assert names == {"Ben"}
    told = [] if only_trouble else ["1 codes were taken off the lists."]
    assert _messages(sent) == told
    home.world.faults.parse("http_5xx")
    await home.async_pass_in_steps(timedelta(days=7), timedelta(days=1))
    (message,) = _messages(sent)
    assert message.startswith("0 codes were taken off the lists, 1 could not be")


@pytest.mark.parametrize(
    "blueprint",
    [
        *("first_entry", "code_expiring_soon", "wrong_attempts", "duress_alarm"),
        "code_not_delivered",
    ],
)
async def test_run_by_hand(
    hass: HomeAssistant,
    home: Home,
    sent: list[ServiceCall],
    caplog: pytest.LogCaptureFixture,
    blueprint: str,
) -> None:
    """Whoever presses *Run actions* to try it gets a message, without any news."""
    await home.async_setup()
    await _async_use(hass, blueprint)
    await hass.services.async_call(
        "automation", "trigger", {"entity_id": "automation.made"}, blocking=True
    )
    assert len(_messages(sent)) == 1
    assert "Error" not in caplog.text
