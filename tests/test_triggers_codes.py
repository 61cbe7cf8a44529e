"""Triggers on what becomes of codes, in real automations, at simulated doors."""

from datetime import timedelta

from homeassistant.core import CoreState, HomeAssistant
from homeassistant.util import dt as dt_util
import pytest

from simulator.locks.delivery import wake
from simulator.locks.passwords import Outcome
from tests.acting import FRONT_DOOR, GARAGE, OFFICE, async_create, opens
from tests.automating import Automation, device_of, trigger
from tests.simulated import Home

pytestmark = pytest.mark.usefixtures("only_locks")

POLL = timedelta(minutes=15, seconds=1)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


async def test_delivered(home: Home, automation: Automation) -> None:
    """Its name and its window are told, and no digits."""
    await home.async_setup()
    await automation.async_set_up(trigger("password_delivered", FRONT_DOOR))
    code = await async_create(home, FRONT_DOOR, name="Ann", duration={"hours": 3})
    assert automation.told() == []
    await home.async_pass_in_steps(10 * SECOND, SECOND)
    (told,) = automation.told()
    assert told.pop("time") is not None
    assert told == {
        "entity_id": FRONT_DOOR,
        "device_id": device_of(home.hass, FRONT_DOOR),
        "lock": "Front door",
        "event": "delivered",
        "password_id": code["id"],
        "password": "Ann",
        "type": "custom",
        "status": "active",
        "failure": None,
        "start": code["start"],
        "end": code["end"],
        "use_by": None,
        "late": False,
    }
    await home.async_pass(POLL)
    assert automation.told() == []


async def test_failed(home: Home, automation: Automation) -> None:
    """A refusal is told of, and a lock that says nothing in time; both forms of YAML do."""
    await home.async_setup()
    await automation.async_set_up(
        trigger("password_failed", FRONT_DOOR),
        trigger("password_failed", OFFICE, word="platform"),
    )
    home.lock(FRONT_DOOR).forced.append(Outcome.DUPLICATE)
    home.world.around.switches.set("delivery_seconds", "3600")
    await async_create(home, OFFICE, name="Ben")
    await home.async_pass_in_steps(timedelta(seconds=80), 10 * SECOND)
    assert automation.told() == []
    await home.async_pass_in_steps(timedelta(seconds=40), 10 * SECOND)
    (told,) = automation.told()
    assert (told["event"], told["status"]) == ("not_delivered", "unconfirmed")
    assert (told["entity_id"], told["password"]) == (OFFICE, "Ben")
    home.world.around.switches.set("delivery_seconds", "6")
    await async_create(home, FRONT_DOOR, name="Ann")
    await home.async_pass_in_steps(30 * SECOND, 5 * SECOND)
    (told,) = automation.told()
    assert (told["event"], told["status"]) == ("failed", "failed")
    assert (told["failure"], told["password"]) == ("duplicate", "Ann")
    await home.async_pass_in_steps(HOUR, 10 * MINUTE)
    assert automation.told() == []


async def test_a_lock_that_sleeps(home: Home, automation: Automation) -> None:
    """An hour before a code is needed it is told that it is not there; later that it is."""
    await home.async_setup()
    await home.async_pass(timedelta(seconds=61))
    await automation.async_set_up(
        trigger("password_failed", GARAGE), trigger("password_delivered", GARAGE)
    )
    window = {"start": "2026-06-01 15:00:00", "end": "2026-06-02 18:00:00"}
    await async_create(home, GARAGE, **window)
    await home.async_pass_in_steps(80 * MINUTE, 10 * MINUTE)
    assert automation.told() == []
    await home.async_pass_in_steps(10 * MINUTE, MINUTE)
    (told,) = automation.told()
    assert (told["event"], told["status"]) == ("not_delivered", "pending")
    await home.async_restart()
    await home.async_pass(POLL)
    assert automation.told() == []
    wake(home.lock(GARAGE), home.lock(GARAGE).now)
    await home.async_pass_in_steps(10 * MINUTE, MINUTE)
    (told,) = automation.told()
    assert told["event"] == "delivered"


async def test_first_used_and_expired(home: Home, automation: Automation) -> None:
    """The first opening is told, the second isn't; other names are left out."""
    await home.async_setup()
    await automation.async_set_up(
        trigger("password_first_used", FRONT_DOOR, password=["ANN", "Carl"]),
        trigger("password_expired", FRONT_DOOR, password="Ann"),
    )
    ann = await async_create(home, FRONT_DOOR, name="Ann")
    ben = await async_create(home, FRONT_DOOR, name="Ben")
    await home.async_pass_in_steps(10 * SECOND, SECOND)
    used = dt_util.now().replace(microsecond=0)
    for code in (ann, ben, ann):
        assert opens(home, FRONT_DOOR, code["code"])
    await home.async_pass(POLL)
    (told,) = automation.told()
    assert (told["event"], told["password_id"]) == ("used", ann["id"])
    assert told["time"] == used.isoformat()
    await home.async_pass_in_steps(HOUR, 10 * MINUTE)
    (told,) = automation.told()
    assert (told["event"], told["status"]) == ("expired", "expired")
    assert (told["password"], told["time"]) == ("Ann", ann["end"])


async def test_expiring_soon(home: Home, automation: Automation) -> None:
    """So long before as is asked for; another end is warned of anew."""
    await home.async_setup()
    await automation.async_set_up(
        trigger("password_expiring_soon", FRONT_DOOR, before={"hours": 3})
    )
    await async_create(home, FRONT_DOOR, name="Short", duration={"hours": 3})
    ann = await async_create(home, FRONT_DOOR, name="Ann", duration={"hours": 5})
    await home.async_pass_in_steps(2 * HOUR - MINUTE, 10 * MINUTE)
    assert automation.told() == []
    await home.async_pass(MINUTE + 2 * SECOND)
    (told,) = automation.told()
    assert (told["event"], told["status"]) == ("expiring_soon", "active")
    assert (told["password"], told["end"]) == ("Ann", ann["end"])
    await home.async_restart()
    await home.async_pass(POLL)
    assert automation.told() == []
    await home.async_act(
        "update_password", FRONT_DOOR, password="Ann", duration={"hours": 8}
    )
    await home.async_pass_in_steps(3 * HOUR, 10 * MINUTE)
    (told,) = automation.told()
    assert told["password"] == "Ann"
    assert told["end"] != ann["end"]


async def test_expiring_soon_is_no_news_to_a_new_automation(
    home: Home, automation: Automation
) -> None:
    """What was near when it began to listen is not told; the default is an hour."""
    await home.async_setup()
    await async_create(home, FRONT_DOOR, name="Ann", duration={"hours": 3})
    await home.async_pass_in_steps(2 * HOUR + MINUTE, 10 * MINUTE)
    await automation.async_set_up(trigger("password_expiring_soon", FRONT_DOOR))
    await async_create(home, FRONT_DOOR, name="Ben", duration={"hours": 2})
    await home.async_pass_in_steps(55 * MINUTE, 5 * MINUTE)
    assert automation.told() == []
    await home.async_pass_in_steps(10 * MINUTE, 5 * MINUTE)
    assert [told["password"] for told in automation.told()] == ["Ben"]


async def _async_be_off(
    hass: HomeAssistant, home: Home, duration: timedelta, *automations: str
) -> None:
    """Let Home Assistant be off for a while, and start again with these automations."""
    every = {"entity_id": "all"}
    await hass.services.async_call("automation", "turn_off", every, blocking=True)
    await hass.config_entries.async_unload(home.entry.entry_id)
    await home.async_pass(duration)
    hass.set_state(CoreState.not_running)
    for entity_id in automations:
        await hass.services.async_call(
            "automation", "turn_on", {"entity_id": entity_id}, blocking=True
        )
    await hass.config_entries.async_setup(home.entry.entry_id)
    await hass.async_start()
    await home.async_pass(SECOND)


async def test_expiring_soon_while_it_was_off(
    hass: HomeAssistant, home: Home, automation: Automation
) -> None:
    """Each automation hears of it at the start, once, as long as the code still opens."""
    note = [{"action": "test.note", "data": {"told": "{{ trigger }}"}}]
    hour = trigger("password_expiring_soon", FRONT_DOOR)
    later = trigger("password_expiring_soon", FRONT_DOOR, before="02:30:00")
    await home.async_setup()
    await automation.async_set_up(
        hour,
        others=[
            {"alias": "Second", "triggers": [hour], "actions": note},
            {"alias": "Later", "triggers": [later], "actions": note}
            | {"initial_state": False},
        ],
    )
    await async_create(home, FRONT_DOOR, name="Ann", duration={"hours": 3})
    await async_create(home, FRONT_DOOR, name="Ben", duration={"minutes": 125})
    await home.async_pass_in_steps(110 * MINUTE, 10 * MINUTE)
    assert [told["password"] for told in automation.told()] == ["Ben", "Ben"]
    await _async_be_off(
        hass, home, 20 * MINUTE, "automation.listener", "automation.second"
    )
    told = automation.told()
    assert [(news["password"], news["late"]) for news in told] == [("Ann", True)] * 2
    await _async_be_off(hass, home, MINUTE, "automation.listener", "automation.later")
    await home.async_pass(POLL)
    assert automation.told() == []


async def test_a_code_that_ended_meanwhile_is_not_about_to(
    hass: HomeAssistant, home: Home, automation: Automation
) -> None:
    await home.async_setup()
    await automation.async_set_up(trigger("password_expiring_soon", FRONT_DOOR))
    await async_create(home, FRONT_DOOR, name="Ann", duration={"hours": 3})
    await home.async_pass_in_steps(110 * MINUTE, 10 * MINUTE)
    await _async_be_off(hass, home, 2 * HOUR, "automation.listener")
    assert automation.told() == []
