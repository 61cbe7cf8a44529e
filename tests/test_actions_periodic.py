"""Periodic custom codes: certain days and hours, never all week by mistake."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

from homeassistant.core import HomeAssistant
from homeassistant.util.json import JsonObjectType
import pytest

from custom_components.tuya_lock_manager import periodic_codes
from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    GARDEN_GATE,
    OFFICE,
    ONLINE_LOCKS,
    async_create,
    async_deliver,
    async_list,
    opens,
    refusing,
    result_of,
)
from tests.simulated import Home

# It is half past twelve on Monday, the first of June.
MORNINGS: dict[str, Any] = {
    "start": "2026-06-01 12:00:00",
    "end": "2026-06-20 12:00:00",
    "weekdays": ["tue", "thu"],
    "daily_start": "08:00",
    "daily_end": "11:30:00",
}
ANYHOW = {"accept_unenforced": True}
SCHEDULE = {
    "weekdays": ["tue", "thu"],
    "start": "08:00",
    "end": "11:30",
    "time_zone": "Europe/Berlin",
}


@pytest.fixture(autouse=True)
def quick_readings() -> Iterator[None]:
    """Read the list at once instead of for a minute: the clock stands still here."""
    pauses = tuple(0 for _ in periodic_codes.VERIFY_PAUSES)
    with patch.object(periodic_codes, "VERIFY_PAUSES", pauses):
        yield


async def async_pass_until(home: Home, moment: str) -> None:
    """Let time pass until a local moment."""
    until = datetime.fromisoformat(f"{moment}+02:00").timestamp()
    await home.async_pass(timedelta(seconds=until - home.world.clock.now()))


async def async_update(home: Home, lock: str, **data: Any) -> JsonObjectType:
    """Change Ann's code on one lock and return its result."""
    response = await home.async_act("update_password", lock, password="Ann", **data)
    return result_of(response, lock)


@pytest.mark.parametrize("encoding", ["minutes", "hhmm_mirrored"])
@pytest.mark.parametrize("lock", ONLINE_LOCKS)
async def test_days_and_hours(home: Home, lock: str, encoding: str) -> None:
    """It opens then and only then, on locks that keep them."""
    home.world.around.switches.set("schedule_read_back", encoding)
    home.world.around.switches.set("undocumented_schedule", "enforced")
    await home.async_setup()
    made = await async_create(home, lock, **MORNINGS, **ANYHOW)
    await async_deliver(home, lock)
    (listed,) = await async_list(home, lock)
    assert (listed["status"], listed["periodic"]) == ("active", True)
    assert listed["schedule"] == SCHEDULE
    hours = ["hours_may_be_ignored"] if lock != FRONT_DOOR else []
    assert made["notes"] == hours
    for moment, expected in (
        ("2026-06-01T13:00", False),
        ("2026-06-02T07:59", False),
        ("2026-06-02T08:01", True),
        ("2026-06-02T11:29", True),
        ("2026-06-02T11:31", False),
        ("2026-06-03T09:00", False),
        ("2026-06-04T09:00", True),
    ):
        await async_pass_until(home, moment)
        assert opens(home, lock, made["code"]) is expected, moment


async def test_what_is_left_open(home: Home) -> None:
    """Only days: all day long. Only hours: every day."""
    await home.async_setup()
    window = {"start": MORNINGS["start"], "end": MORNINGS["end"]}
    await async_create(home, FRONT_DOOR, **window, weekdays="sat")
    await async_create(home, FRONT_DOOR, **window, name="Bob", daily_end="12:00")
    schedules = {c["name"]: c["schedule"] for c in await async_list(home, FRONT_DOOR)}
    zone = {"time_zone": "Europe/Berlin"}
    whole = {"weekdays": ["sat"], "start": "00:00", "end": "23:59", **zone}
    week = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    daily = {"weekdays": week, "start": "00:00", "end": "12:00", **zone}
    assert schedules == {"Ann": whole, "Bob": daily}
    sent = [p.blocks for p in home.lock(FRONT_DOOR).book.live.values()]
    assert not any(block.all_day for blocks in sent for block in blocks)


async def test_the_time_zone_of_the_lock(home: Home, hass: HomeAssistant) -> None:
    await home.async_setup()
    device_id = home.lock(FRONT_DOOR).id
    hass.config_entries.async_update_entry(
        home.entry, options={"locks": {device_id: {"time_zone": "America/New_York"}}}
    )
    made = await async_create(home, FRONT_DOOR, **MORNINGS)
    (password,) = home.lock(FRONT_DOOR).book.live.values()
    assert password.time_zone == "America/New_York"
    await async_deliver(home, FRONT_DOOR)
    await async_pass_until(home, "2026-06-02T09:00")
    assert not opens(home, FRONT_DOOR, made["code"])
    await async_pass_until(home, "2026-06-02T15:00")
    assert opens(home, FRONT_DOOR, made["code"])


@pytest.mark.parametrize("lock", [GARAGE, OFFICE, GARDEN_GATE])
async def test_locks_that_may_ignore_them(home: Home, lock: str) -> None:
    await home.async_setup()
    with refusing(home, "schedule_not_enforced"):
        await async_create(home, lock, **MORNINGS)
    await async_create(home, lock)
    with refusing(home, "schedule_not_enforced"):
        await async_update(home, lock, weekdays=["mon"])


REFUSALS: dict[str, tuple[dict[str, Any], str]] = {
    "no day": ({"weekdays": []}, "schedule_weekdays"),
    "no such day": ({"weekdays": ["monday"]}, "schedule_weekdays"),
    "seconds": ({"daily_start": "08:00:30"}, "schedule_minutes"),
    "over midnight": ({"daily_start": "22:00"}, "schedule_over_midnight"),
    "nothing": ({"daily_start": "11:30"}, "schedule_over_midnight"),
    "never": ({"end": "2026-06-02 08:00:00"}, "schedule_never_opens"),
    "offline": ({"type": "time_limited"}, "schedule_only_for_custom"),
}


async def test_what_is_refused(home: Home) -> None:
    await home.async_setup()
    for data, key in REFUSALS.values():
        with refusing(home, key):
            await async_create(home, FRONT_DOOR, **{**MORNINGS, **data})
    await async_create(home, FRONT_DOOR, type="one_time")
    with refusing(home, "not_changeable_one_time"):
        await async_update(home, FRONT_DOOR, weekdays=["mon"])


@pytest.mark.parametrize("lock", ONLINE_LOCKS)
async def test_a_cloud_that_drops_them(home: Home, lock: str) -> None:
    """The code would open all week, so it is gone before the lock has it."""
    home.world.around.switches.set("schedule_block", "dropped")
    await home.async_setup()
    with pytest.raises(Exception, match="all week. It was deleted"):
        await async_create(home, lock, **MORNINGS, **ANYHOW, code=_digits(home, lock))
    await async_deliver(home, lock)
    await home.async_refresh(lock)
    (listed,) = await async_list(home, lock)
    assert listed["status"] in {"removed", "removing"}
    assert not opens(home, lock, _digits(home, lock))


def _digits(home: Home, lock: str) -> str:
    return "9051726"[: home.lock(lock).code_length]


async def test_a_cloud_that_deletes_nothing(home: Home) -> None:
    """Then it is said that the code is open."""
    home.world.around.switches.set("schedule_block", "dropped")
    home.world.faults.parse("http_5xx:method=DELETE")
    await home.async_setup()
    with pytest.raises(Exception, match="could not be deleted"):
        await async_create(home, FRONT_DOOR, **MORNINGS)


@pytest.mark.parametrize("fault", ["http_5xx:path=temp-passwords,method=GET,count=2"])
async def test_a_list_that_fails_for_a_while(home: Home, fault: str) -> None:
    await home.async_setup()
    home.world.faults.parse(fault)
    await async_create(home, FRONT_DOOR, **MORNINGS)
    (listed,) = await async_list(home, FRONT_DOOR)
    assert listed["schedule"] == SCHEDULE


async def test_a_list_that_never_shows_them(home: Home) -> None:
    """What can't be verified is not left open."""
    home.world.around.switches.set("list_lag", "600")
    await home.async_setup()
    with pytest.raises(Exception, match="It was deleted again"):
        await async_create(home, FRONT_DOOR, **MORNINGS)
    (password,) = home.lock(FRONT_DOOR).book.live.values()
    assert password.step == "delete"


async def test_other_changes_keep_them(home: Home) -> None:
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR, **MORNINGS)
    await async_deliver(home, FRONT_DOOR)
    changed = await async_update(home, FRONT_DOOR, new_name="Ann", end="2026-07-01")
    assert changed["schedule"] == SCHEDULE
    await async_deliver(home, FRONT_DOOR)
    await async_pass_until(home, "2026-06-23T09:00")
    assert opens(home, FRONT_DOOR, made["code"])
    await async_pass_until(home, "2026-06-23T12:00")
    assert not opens(home, FRONT_DOOR, made["code"])


@pytest.mark.parametrize("periodic", [True, False])
async def test_they_are_changed(home: Home, periodic: bool) -> None:
    """Until the lock confirmed, those that it had are shown."""
    await home.async_setup()
    wish = MORNINGS if periodic else {"end": MORNINGS["end"]}
    made = await async_create(home, FRONT_DOOR, **wish)
    await async_deliver(home, FRONT_DOOR)
    evenings = {"weekdays": ["mon"], "daily_start": "18:00", "daily_end": "20:00"}
    changed = await async_update(home, FRONT_DOOR, **evenings)
    assert changed["change"] == "pending"
    assert changed["schedule"] == (SCHEDULE if periodic else None)
    await async_deliver(home, FRONT_DOOR)
    await home.async_pass(timedelta(seconds=90))
    (listed,) = await async_list(home, FRONT_DOOR)
    assert listed["change"] is None
    assert listed["schedule"] == {
        "weekdays": ["mon"],
        "start": "18:00",
        "end": "20:00",
        "time_zone": "Europe/Berlin",
    }
    await async_pass_until(home, "2026-06-01T19:00")
    assert opens(home, FRONT_DOOR, made["code"])
    await async_pass_until(home, "2026-06-02T09:00")
    assert not opens(home, FRONT_DOOR, made["code"])
    # The same again is so already.
    assert (await async_update(home, FRONT_DOOR, **evenings))["change"] is None


async def test_a_change_that_drops_them(home: Home) -> None:
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR, **MORNINGS)
    await async_deliver(home, FRONT_DOOR)
    home.world.around.switches.set("schedule_block", "dropped")
    with pytest.raises(Exception, match="all week. It was deleted"):
        await async_update(home, FRONT_DOOR, new_name="Eve")
    await async_deliver(home, FRONT_DOOR)
    await async_pass_until(home, "2026-06-02T09:00")
    assert not opens(home, FRONT_DOOR, made["code"])
