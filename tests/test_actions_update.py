"""update_password: what the keypad says to every change."""

from datetime import timedelta
from typing import Any
from unittest.mock import patch

from homeassistant.core import HomeAssistant
import pytest

from custom_components.tuya_lock_manager.tuya_cloud import (
    DuplicatePasswordError,
    LockBusyError,
    TuyaLockClient,
)
from simulator.locks.codes import Block
from simulator.locks.passwords import Outcome
from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    GARDEN_GATE,
    OFFICE,
    ONLINE_LOCKS,
    async_create,
    async_deliver,
    async_list,
    async_status,
    contents,
    failing,
    opens,
    refusing,
)
from tests.changing import async_freeze, async_listed, async_made, async_update, changes
from tests.simulated import Home

SLEEPY = (GARAGE, GARDEN_GATE)
FALL_ASLEEP = timedelta(seconds=61)


@pytest.mark.parametrize("numbering", ["family", "combined", "combined_waiting"])
@pytest.mark.parametrize("lock", ONLINE_LOCKS)
async def test_a_stay_is_extended(home: Home, lock: str, numbering: str) -> None:
    """The same digits open for longer; until the lock knows, the old end is shown."""
    home.world.around.switches.set("phase_numbering", numbering)
    made = await async_made(home, lock)
    changed = await async_update(home, lock, duration={"hours": 3})
    assert "code" not in changed
    assert changed["status"] == "active"
    assert changed["change"] == "pending"
    assert (changed["start"], changed["end"]) == (made["start"], made["end"])
    assert changed["asked_start"] == made["start"]
    assert changed["asked_end"] == "2026-06-01T15:30:00+02:00"
    assert await async_listed(home, lock) == changed

    await async_deliver(home, lock)
    listed = await async_listed(home, lock)
    assert (listed["change"], listed["asked_end"]) == (None, None)
    assert (listed["start"], listed["end"]) == (made["start"], changed["asked_end"])
    await home.async_pass(timedelta(hours=2))
    assert (await async_listed(home, lock))["status"] == "active"
    assert opens(home, lock, made["code"])
    await home.async_pass(timedelta(hours=1))
    assert (await async_listed(home, lock))["status"] == "expired"
    assert not opens(home, lock, made["code"])


@pytest.mark.parametrize("lock", ONLINE_LOCKS)
async def test_a_stay_is_shortened(home: Home, lock: str) -> None:
    """A lock that doesn't know goes on opening, and that is what is said."""
    made = await async_made(home, lock, duration={"hours": 5})
    await async_update(home, lock, duration={"hours": 2})
    if lock in SLEEPY:
        await home.async_pass(timedelta(hours=3))
        listed = await async_listed(home, lock)
        assert (listed["status"], listed["change"]) == ("active", "pending")
        assert listed["end"] == made["end"]
        assert opens(home, lock, made["code"])
    await async_deliver(home, lock)
    await home.async_pass(timedelta(hours=2))
    await home.async_refresh(lock)
    listed = await async_listed(home, lock)
    assert listed["status"] == "expired"
    assert not opens(home, lock, made["code"])


@pytest.mark.parametrize("lock", SLEEPY)
async def test_an_extension_that_comes_too_late(home: Home, lock: str) -> None:
    """The old window is over before the lock woke: shut now, open once it did."""
    made = await async_made(home, lock)
    await async_update(home, lock, duration={"hours": 5})
    await home.async_pass(timedelta(hours=2))
    assert (await async_listed(home, lock))["status"] == "pending"
    assert not opens(home, lock, made["code"])
    await async_deliver(home, lock)
    await home.async_refresh(lock)
    assert (await async_listed(home, lock))["status"] == "active"
    assert opens(home, lock, made["code"])


@pytest.mark.parametrize("lock", ONLINE_LOCKS)
async def test_a_rename(home: Home, lock: str) -> None:
    made = await async_made(home, lock)
    changed = await async_update(home, lock, new_name="Eve")
    assert changed["name"] == "Eve"
    await async_deliver(home, lock)
    listed = await async_listed(home, lock)
    assert (listed["name"], listed["change"]) == ("Eve", None)
    assert listed["end"] == made["end"]
    assert opens(home, lock, made["code"])


@pytest.mark.parametrize("lock", ONLINE_LOCKS)
@pytest.mark.parametrize("chosen", [True, False])
async def test_new_digits(home: Home, lock: str, chosen: bool) -> None:
    made = await async_made(home, lock)
    mine = "9051726"[: len(str(made["code"]))]
    wish = {"code": mine} if chosen else {"new_code": True}
    changed = await async_update(home, lock, **wish)
    assert changed["code"] != made["code"]
    assert changed["code"] == mine or not chosen
    assert changed["change"] == "pending"
    await async_deliver(home, lock)
    await home.async_pass(timedelta(seconds=90))
    assert (await async_listed(home, lock))["change"] is None
    assert opens(home, lock, changed["code"])
    assert not opens(home, lock, made["code"])
    # The new ones are kept, too.
    await home.async_pass(FALL_ASLEEP)
    await async_update(home, lock, new_name="Eve")
    await async_deliver(home, lock)
    assert opens(home, lock, changed["code"])


@pytest.mark.parametrize("lock", ONLINE_LOCKS)
async def test_a_code_that_is_not_on_the_lock_yet(home: Home, lock: str) -> None:
    await home.async_setup()
    made = await async_create(home, lock)
    changed = await async_update(home, lock, duration={"hours": 3})
    assert changed["status"] == "pending"
    await async_deliver(home, lock)
    listed = await async_listed(home, lock)
    assert (listed["status"], listed["change"]) == ("active", None)
    assert listed["end"] == "2026-06-01T15:30:00+02:00"
    await home.async_pass(timedelta(hours=2))
    assert opens(home, lock, made["code"])


async def test_two_changes_before_the_lock_knows_of_one(home: Home) -> None:
    made = await async_made(home, GARAGE)
    await async_update(home, GARAGE, duration={"hours": 3})
    await async_update(home, GARAGE, new_name="Eve")
    listed = await async_listed(home, GARAGE)
    assert listed["end"] == made["end"]
    assert listed["asked_end"] == "2026-06-01T15:30:00+02:00"
    await async_deliver(home, GARAGE)
    listed = await async_listed(home, GARAGE)
    assert (listed["name"], listed["end"]) == ("Eve", "2026-06-01T15:30:00+02:00")
    await home.async_pass(timedelta(hours=2))
    assert opens(home, GARAGE, made["code"])


@pytest.mark.parametrize("lock", [FRONT_DOOR, OFFICE, GARDEN_GATE])
async def test_a_change_that_the_lock_refuses(home: Home, lock: str) -> None:
    """The old window goes on, and a second try starts from that."""
    made = await async_made(home, lock)
    home.lock(lock).forced.append(Outcome.FAILED)
    await async_update(home, lock, duration={"hours": 3})
    await async_deliver(home, lock)
    listed = await async_listed(home, lock)
    assert (listed["status"], listed["change"]) == ("active", "failed")
    assert listed["end"] == made["end"]
    assert opens(home, lock, made["code"])
    await home.async_pass(FALL_ASLEEP)
    await async_update(home, lock, duration={"hours": 3})
    await async_deliver(home, lock)
    listed = await async_listed(home, lock)
    assert (listed["change"], listed["end"]) == (None, "2026-06-01T15:30:00+02:00")
    await home.async_pass(timedelta(hours=2))
    assert opens(home, lock, made["code"])


async def test_a_change_survives_a_restart(home: Home) -> None:
    made = await async_made(home, GARAGE)
    changed = await async_update(home, GARAGE, duration={"hours": 3})
    await home.async_restart()
    assert await async_listed(home, GARAGE) == changed
    await async_deliver(home, GARAGE)
    assert (await async_listed(home, GARAGE))["change"] is None
    await home.async_pass(timedelta(hours=2))
    assert opens(home, GARAGE, made["code"])


async def test_the_start_of_a_code_that_has_started_stays(home: Home) -> None:
    """A cloud that takes no start in the past gets its own time."""
    made = await async_made(home, FRONT_DOOR)
    home.world.around.switches.set("past_start", "refused")
    changed = await async_update(home, FRONT_DOOR, end="2026-06-01 18:00:00")
    assert changes(home) == 2
    assert changed["start"] == made["start"]
    assert changed["asked_start"] == "2026-06-01T12:31:15+02:00"
    await async_deliver(home, FRONT_DOOR)
    await home.async_pass(timedelta(hours=2))
    assert (await async_listed(home, FRONT_DOOR))["status"] == "active"
    assert opens(home, FRONT_DOOR, made["code"])


async def test_what_is_so_already_is_not_sent(home: Home) -> None:
    made = await async_made(home, FRONT_DOOR)
    before = contents(home)
    changed = await async_update(
        home, FRONT_DOOR, new_name="Ann", start=made["start"], end=made["end"]
    )
    assert (changed["status"], changed["change"]) == ("active", None)
    assert contents(home) == before
    assert not changes(home)


async def test_a_code_made_elsewhere(home: Home, hass: HomeAssistant) -> None:
    """Its digits are known to nobody here; with new ones it can be changed."""
    made = await async_made(home, FRONT_DOOR)
    await hass.config_entries.async_unload(home.entry.entry_id)
    await hass.config_entries.async_remove(home.entry.entry_id)
    await home.async_setup()
    with refusing(home, "digits_unknown"):
        await async_update(home, FRONT_DOOR, duration={"hours": 3})
    changed = await async_update(home, FRONT_DOOR, duration={"hours": 3}, new_code=True)
    await async_deliver(home, FRONT_DOOR)
    assert opens(home, FRONT_DOOR, changed["code"])
    assert not opens(home, FRONT_DOOR, made["code"])
    listed = await async_listed(home, FRONT_DOOR)
    assert (listed["made_here"], listed["change"]) == (False, None)
    await async_update(home, FRONT_DOOR, new_name="Eve")
    await async_deliver(home, FRONT_DOOR)
    assert opens(home, FRONT_DOOR, changed["code"])


REFUSALS: dict[str, tuple[dict[str, Any], str]] = {
    "nothing": ({}, "nothing_to_change"),
    "no name": ({"new_name": " "}, "new_name_empty"),
    "a long name": ({"new_name": "A" * 21}, "name_too_long"),
    "a line break": ({"new_name": "A\nB"}, "name_not_printable"),
    "two codes": ({"code": "905172", "new_code": True}, "code_or_new_code"),
    "a number": ({"code": 905172}, "code_not_text"),
    "letters": ({"code": "90517a"}, "code_not_digits"),
    "too long": ({"code": "9051726"}, "code_length"),
    "weak": ({"code": "123456"}, "code_weak"),
    "of another code": ({"code": "804631"}, "code_taken"),
    "an end that has passed": ({"end": "2026-06-01 12:00:00"}, "window_in_past"),
    "a duration that has passed": ({"duration": "00:00:30"}, "window_in_past"),
    "end before start": (
        {"start": "2026-06-02 12:00:00", "end": "2026-06-02 11:00:00"},
        "window_end_before_start",
    ),
    "end and duration": (
        {"end": "2026-06-02 12:00:00", "duration": "01:00:00"},
        "window_end_and_duration",
    ),
    "far away": ({"end": "2290-01-01 00:00:00"}, "window_out_of_range"),
    "a twin": ({"new_name": "Bob"}, "twin_password"),
}


async def test_what_is_refused(home: Home) -> None:
    await async_made(home, FRONT_DOOR)
    listed = await async_listed(home, FRONT_DOOR)
    await async_create(
        home,
        FRONT_DOOR,
        name="Bob",
        code="804631",
        start=listed["start"],
        end=listed["end"],
    )
    for why, (data, key) in REFUSALS.items():
        with refusing(home, key):
            await async_update(home, FRONT_DOOR, **data)
        assert not changes(home), why
    with refusing(home, "no_such_password", reads=True):
        await async_update(home, FRONT_DOOR, password="Zoe", new_name="Eve")


async def test_a_code_that_has_ended(home: Home) -> None:
    await async_made(home, FRONT_DOOR)
    await home.async_act("delete_password", FRONT_DOOR, password="Ann")
    with refusing(home, "change_of_removing"):
        await async_update(home, FRONT_DOOR, new_name="Eve")
    with refusing(home, "change_of_removing"):
        await async_freeze(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    with refusing(home, "change_of_ended"):
        await async_update(home, FRONT_DOOR, new_name="Eve")
    with refusing(home, "change_of_ended"):
        await async_freeze(home, FRONT_DOOR)


@pytest.mark.parametrize("lock", [FRONT_DOOR, OFFICE])
async def test_the_cloud_refuses(home: Home, lock: str) -> None:
    """Nothing is left of the change."""
    await async_made(home, lock)
    before = await async_listed(home, lock)
    busy = LockBusyError("too many", code=2311)
    with (
        patch.object(TuyaLockClient, "modify_password", side_effect=busy),
        failing(home, "lock_busy"),
    ):
        await async_update(home, lock, duration={"hours": 3})
    assert await async_listed(home, lock) == before


async def test_random_digits_that_the_lock_has_get_others(home: Home) -> None:
    """Chosen ones are refused."""
    await async_made(home, GARAGE)
    modify, sent = TuyaLockClient.modify_password, []

    async def first_taken(client: TuyaLockClient, *args: Any) -> None:
        sent.append(args)
        if len(sent) == 1:
            raise DuplicatePasswordError("duplicate", code=2322)
        await modify(client, *args)

    with patch.object(TuyaLockClient, "modify_password", first_taken):
        changed = await async_update(home, GARAGE, new_code=True)
    await async_deliver(home, GARAGE)
    assert opens(home, GARAGE, changed["code"])
    sent.clear()
    with (
        patch.object(TuyaLockClient, "modify_password", first_taken),
        failing(home, "code_taken_at_lock"),
    ):
        await async_update(home, GARAGE, code="9051726")
    await async_update(home, GARAGE, new_name="Eve")
    await home.async_pass(FALL_ASLEEP)
    await async_deliver(home, GARAGE)
    assert opens(home, GARAGE, changed["code"])


async def test_hours_that_are_not_known_here(home: Home) -> None:
    """A change would take them away, and the code would open all week."""
    await async_made(home, FRONT_DOOR)
    (password,) = home.lock(FRONT_DOOR).book.live.values()
    password.blocks = (Block(480, 720, 2),)
    home.lock(FRONT_DOOR).book.note(password, home.world.clock.now())
    await home.async_refresh(FRONT_DOOR)
    assert (await async_listed(home, FRONT_DOOR))["periodic"] is True
    with refusing(home, "change_of_schedule"):
        await async_update(home, FRONT_DOOR, duration={"hours": 3})


@pytest.mark.parametrize(
    ("action", "data"),
    [("update_password", {"new_name": "Bob"}), ("freeze_password", {})],
)
async def test_a_code_that_somebody_took_away(
    home: Home, action: str, data: dict[str, Any]
) -> None:
    """The error says to look at the list: it does not call the code active any more."""
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    await home.async_pass(timedelta(minutes=2))
    lock = home.lock(FRONT_DOOR)
    lock.book.remove(int(str(made["id"])), lock.now)
    with failing(home, "password_gone"):
        await home.async_act(action, FRONT_DOOR, password="Ann", **data)
    (code,) = await async_list(home, FRONT_DOOR)
    assert code["status"] == "unconfirmed"


@pytest.mark.parametrize("lock", ONLINE_LOCKS)
async def test_a_code_that_was_used_unseen(home: Home, lock: str) -> None:
    """Put on its lock anew, it opens once more: nobody calls it used."""
    await home.async_setup()
    made = await async_create(home, lock, one_time=True, duration={"hours": 5})
    await async_deliver(home, lock)
    assert opens(home, lock, made["code"])
    await home.async_act("update_password", lock, password="Ann", duration={"hours": 6})
    await async_deliver(home, lock)
    await home.async_refresh(lock)
    assert await async_status(home, lock, made["id"]) == "unknown"
    await home.async_restart()
    assert await async_status(home, lock, made["id"]) == "unknown"
    assert opens(home, lock, made["code"])
    await home.async_pass(timedelta(hours=6))
    assert await async_status(home, lock, made["id"]) == "expired"
