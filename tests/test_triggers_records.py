"""Triggers on alarms and openings, in real automations, at simulated doors."""

from datetime import timedelta

import pytest

from simulator.locks.reports import alarm, method_opened
from tests.acting import FRONT_DOOR, async_create, opens
from tests.automating import Automation, trigger
from tests.residents import enters
from tests.simulated import Home

pytestmark = pytest.mark.usefixtures("only_locks")

POLL = timedelta(minutes=15, seconds=1)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


async def test_alarms(home: Home, automation: Automation) -> None:
    """Only those that are asked for, each once; duress names whose finger it was."""
    await home.async_setup()
    await automation.async_set_up(
        trigger("alarm_raised", FRONT_DOOR, types=["pry", "hijack"])
    )
    lock = home.lock(FRONT_DOOR)
    for kind in ("pry", "low_battery"):
        alarm(lock, kind, lock.now)
        await home.async_pass(SECOND)
    method = lock.people.method("fingerprint", 1)
    assert method is not None
    method.hijack = True
    method_opened(lock, method, lock.now)
    await home.async_pass(POLL)
    pry, hijack = automation.told()
    assert pry.keys() == {
        *("entity_id", "device_id", "lock", "time", "type", "user_id", "member"),
        "late",
    }
    assert (pry["type"], pry["member"], pry["late"]) == ("pry", None, False)
    assert (hijack["type"], hijack["user_id"]) == ("hijack", method.user_id)
    await home.async_pass(POLL)
    assert automation.told() == []


async def test_alarms_in_a_row(home: Home, automation: Automation) -> None:
    """Three within the time and without an opening in between, however late they are read."""
    await home.async_setup()
    await automation.async_set_up(
        trigger(
            "alarm_raised",
            FRONT_DOOR,
            types=["wrong_password", "wrong_card"],
            times=3.0,
            within="00:30:00",
        )
    )
    lock = home.lock(FRONT_DOOR)

    async def fail(*kinds: str) -> list[str]:
        for kind in kinds:
            alarm(lock, kind, lock.now)
            await home.async_pass(10 * SECOND)
        await home.async_pass(POLL)
        return [told["type"] for told in automation.told()]

    assert await fail("wrong_password", "wrong_card", "wrong_finger") == []
    assert enters(home, FRONT_DOOR, "Owner")
    await home.async_pass(SECOND)
    assert await fail("wrong_card", "wrong_card") == []
    assert await fail("wrong_password", "wrong_card") == [
        "wrong_password",
        "wrong_card",
    ]
    await home.async_pass(HOUR)
    assert await fail("wrong_password") == []


async def test_unlocked(home: Home, automation: Automation) -> None:
    """By whom and how can be asked for; a member and a guest are asked for together."""
    await home.async_setup()
    await automation.async_set_up(
        trigger("unlocked", FRONT_DOOR, member="partner", password="Ann")
        | {"id": "people"},
        trigger("unlocked", FRONT_DOOR, method=["card"]) | {"id": "cards"},
        actions=[
            {
                "action": "test.note",
                "data": {"told": "{{ dict(trigger, by=trigger.id) }}"},
            }
        ],
    )
    code = await async_create(home, FRONT_DOOR, name="Ann")
    await home.async_pass_in_steps(10 * SECOND, SECOND)
    for member in ("Owner", "Partner"):
        assert enters(home, FRONT_DOOR, member)
        await home.async_pass(SECOND)
    assert opens(home, FRONT_DOOR, code["code"])
    await home.async_pass(SECOND)
    assert enters(home, FRONT_DOOR, "Neighbour", "card")
    await home.async_pass(POLL)
    told = automation.told()
    assert [(news["by"], news["method"]) for news in told] == [
        ("people", "fingerprint"),
        ("people", "temporary_code"),
        ("cards", "card"),
    ]
    partner, guest, by_card = told
    assert (partner["member"], partner["password"]) == ("Partner", None)
    assert partner["method_name"] is not None
    assert (guest["password"], guest["password_id"]) == ("Ann", code["id"])
    assert [news["first_use"] for news in told] == [False, True, False]
    assert by_card["member"] == "Neighbour"
    assert str(code["code"]) not in str(told)


async def test_lines_that_were_left_empty(home: Home, automation: Automation) -> None:
    """A form adds a line for the next name: nobody is meant by it."""
    await home.async_setup()
    await automation.async_set_up(
        trigger("unlocked", FRONT_DOOR, member=[""], password=["", " "]),
        trigger("unlocked", FRONT_DOOR, member=["", "Partner"]),
    )
    await home.async_pass(SECOND)
    assert enters(home, FRONT_DOOR, "Owner")
    await home.async_pass(POLL)
    assert [told["member"] for told in automation.told()] == ["Owner"]


async def test_without_names(home: Home, automation: Automation) -> None:
    """Switched off, nobody is named; an automation may still ask for a name."""
    await home.async_setup()
    home.hass.config_entries.async_update_entry(
        home.entry, options={**home.entry.options, "names": False}
    )
    await home.hass.async_block_till_done()
    await automation.async_set_up(
        trigger("password_first_used", FRONT_DOOR, password=" ann"),
        trigger("unlocked", FRONT_DOOR),
        trigger("alarm_raised", FRONT_DOOR),
    )
    code = await async_create(home, FRONT_DOOR, name="Ann")
    await home.async_pass_in_steps(10 * SECOND, SECOND)
    assert opens(home, FRONT_DOOR, code["code"])
    assert enters(home, FRONT_DOOR, "Owner")
    lock = home.lock(FRONT_DOOR)
    alarm(lock, "pry", lock.now)
    await home.async_pass(POLL)
    told = automation.told()
    assert len(told) == 4
    for facts in told:
        assert {"password", "member", "method_name"}.isdisjoint(facts)
        assert "Ann" not in str(facts)
        assert "Owner" not in str(facts)


async def test_an_outage(home: Home, automation: Automation) -> None:
    """What happened while the cloud was away is heard afterwards, and said to be late."""
    await home.async_setup()
    await automation.async_set_up(trigger("unlocked", FRONT_DOOR))
    await home.async_pass(SECOND)
    home.world.faults.parse("http_5xx")
    assert enters(home, FRONT_DOOR, "Owner")
    await home.async_pass_in_steps(70 * MINUTE, MINUTE)
    assert automation.told() == []
    home.world.faults.remove()
    await home.async_pass_in_steps(6 * MINUTE, MINUTE)
    assert [news["late"] for news in automation.told()] == [True]
