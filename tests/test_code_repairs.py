"""Repairs of codes that never arrived, or never went."""

from datetime import timedelta
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, issue_registry as ir
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.tuya_lock_manager.const import DOMAIN, OPT_KEEP_DIGITS, OPT_NAMES
from simulator.locks.delivery import cut_off, deliver, wake
from simulator.locks.passwords import Outcome
from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    OFFICE,
    async_create,
    async_deliver,
    async_list,
    async_status,
    make_in_app,
    opens,
)
from tests.mending import Fixer, digits_in, issues
from tests.simulated import Home

FALL_ASLEEP = timedelta(seconds=61)
MINUTE = timedelta(minutes=1)
LATER = {"start": "2026-06-01 20:00:00", "end": "2026-06-02 18:00:00"}


@pytest.fixture
def fixer(hass: HomeAssistant, hass_client: ClientSessionGenerator) -> Fixer:
    return Fixer(hass, hass_client)


@pytest.mark.parametrize(
    ("outcome", "key"),
    [
        (Outcome.FAILED, "code_refused"),
        (Outcome.OVERLAP, "code_refused"),
        (Outcome.DUPLICATE, "code_refused_duplicate"),
        (Outcome.FULL, "code_refused_full"),
    ],
)
async def test_a_code_that_the_lock_refuses(
    home: Home, fixer: Fixer, outcome: Outcome, key: str
) -> None:
    """Trying again sends the same digits, or others where those are taken."""
    await home.async_setup()
    home.lock(FRONT_DOOR).forced.append(outcome)
    made = await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    issue = issues(home.hass)[key]
    assert (issue.translation_placeholders or {})["lock"] == "Front door"
    menu = await fixer.async_open(key)
    assert menu["menu_options"] == ["try_again", "keep", "delete"]
    step = await fixer.async_choose("try_again")
    digits = str(made["code"])
    if outcome is Outcome.DUPLICATE:
        assert step["step_id"] == "new_digits"
        shown = await fixer.async_answer({})
        digits = digits_in(shown)
        assert digits != made["code"]
        assert shown["description_placeholders"]["lock"] == "Front door"
        step = await fixer.async_answer({})
    assert step["type"] == "create_entry"
    await async_deliver(home, FRONT_DOOR)
    assert key not in issues(home.hass)
    assert opens(home, FRONT_DOOR, digits)
    (code,) = await async_list(home, FRONT_DOOR)
    assert code["status"] == "active"


async def test_no_digits_are_kept(home: Home, fixer: Fixer) -> None:
    await home.async_setup()
    home.hass.config_entries.async_update_entry(
        home.entry, options={OPT_KEEP_DIGITS: False}
    )
    home.lock(FRONT_DOOR).forced.append(Outcome.FAILED)
    await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    await fixer.async_open("code_refused")
    assert (await fixer.async_choose("try_again"))["step_id"] == "new_digits"
    assert (await fixer.async_answer({"code": "905172"}))["type"] == "create_entry"
    await async_deliver(home, FRONT_DOOR)
    assert opens(home, FRONT_DOOR, "905172")


@pytest.mark.parametrize("code", ["1", "123456", "x"])
async def test_digits_that_are_refused(home: Home, fixer: Fixer, code: str) -> None:
    """The repair stays."""
    await home.async_setup()
    home.lock(FRONT_DOOR).forced.append(Outcome.DUPLICATE)
    await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    await fixer.async_open("code_refused_duplicate")
    await fixer.async_choose("try_again")
    ended = await fixer.async_answer({"code": code})
    assert (ended["type"], ended["reason"]) == ("abort", "failed")
    assert "code_refused_duplicate" in issues(home.hass)


async def test_a_lock_that_never_answers(home: Home, fixer: Fixer) -> None:
    """It is told when the time of the lock's family is up."""
    await home.async_setup()
    home.world.around.switches.set("delivery_seconds", "3600")
    await async_create(home, FRONT_DOOR, duration={"hours": 5})
    await home.async_pass_in_steps(timedelta(seconds=80), timedelta(seconds=10))
    assert "code_not_delivered" not in issues(home.hass)
    await home.async_pass_in_steps(timedelta(seconds=30), timedelta(seconds=10))
    assert "code_not_delivered" in issues(home.hass)
    await fixer.async_open("code_not_delivered")
    assert (await fixer.async_choose("keep"))["type"] == "create_entry"
    for _ in range(3):
        await home.async_refresh(FRONT_DOOR)
        await home.async_pass(MINUTE)
        assert "code_not_delivered" not in issues(home.hass)
    await home.async_restart()
    assert "code_not_delivered" not in issues(home.hass)


@pytest.mark.parametrize("lock", [FRONT_DOOR, OFFICE])
async def test_an_accepted_code_that_gets_no_place(home: Home, lock: str) -> None:
    """Five minutes after the cloud called it accepted it is told, by one more reading."""
    switches = home.world.around.switches
    switches.set("phase_numbering", "combined_waiting")
    switches.set("delivery_seconds", "3600")
    await home.async_setup()
    made = await async_create(home, lock, duration={"hours": 5})
    await home.async_pass_in_steps(timedelta(seconds=295), timedelta(seconds=5))
    assert await async_status(home, lock, made["id"]) == "pending"
    assert not issues(home.hass)
    home.world.requests.clear()
    await home.async_pass_in_steps(timedelta(seconds=25), timedelta(seconds=5))
    assert issues(home.hass).keys() == {"code_not_delivered"}
    assert len(home.asked(lock, "passwords")) == 1


async def test_delete_what_never_arrived(home: Home, fixer: Fixer) -> None:
    await home.async_setup()
    home.lock(FRONT_DOOR).forced.append(Outcome.FAILED)
    made = await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    await fixer.async_open("code_refused")
    assert (await fixer.async_choose("delete"))["type"] == "create_entry"
    await async_deliver(home, FRONT_DOOR)
    assert not issues(home.hass)
    assert not opens(home, FRONT_DOOR, made["code"])


async def test_a_sleepy_lock_before_the_start(home: Home) -> None:
    """An hour before the code is needed it is told; it goes when the lock has woken."""
    await home.async_setup()
    await home.async_pass(FALL_ASLEEP)
    made = await async_create(home, GARAGE, **LATER)
    await home.async_pass_in_steps(timedelta(hours=6, minutes=20), 10 * MINUTE)
    assert not issues(home.hass)
    await home.async_pass_in_steps(timedelta(minutes=10), MINUTE)
    issue = issues(home.hass)["code_waiting"]
    assert issue.severity is ir.IssueSeverity.WARNING
    wake(home.lock(GARAGE), home.lock(GARAGE).now)
    await home.async_pass_in_steps(10 * MINUTE, MINUTE)
    assert not issues(home.hass)
    await home.async_pass_in_steps(timedelta(hours=1), 10 * MINUTE)
    assert opens(home, GARAGE, made["code"])


async def test_a_code_that_is_needed_at_once(home: Home) -> None:
    """A lock that sleeps has half a minute to take it before anybody is told."""
    await home.async_setup()
    await home.async_pass(FALL_ASLEEP)
    await async_create(home, GARAGE)
    assert not issues(home.hass)
    await home.async_pass_in_steps(timedelta(seconds=40), timedelta(seconds=10))
    assert issues(home.hass).keys() == {"code_waiting"}


@pytest.mark.parametrize("lock", [FRONT_DOOR, GARAGE])
async def test_a_deletion_that_is_never_confirmed(
    home: Home, fixer: Fixer, lock: str
) -> None:
    """The code may open until its end, and that is said until it can't any more."""
    await home.async_setup()
    made = await async_create(home, lock, duration={"hours": 9})
    await async_deliver(home, lock)
    await home.async_pass(FALL_ASLEEP)
    cut_off(home.lock(lock))
    await home.async_act("delete_password", lock, password="Ann")
    assert not issues(home.hass)
    await home.async_pass_in_steps(timedelta(minutes=65), 5 * MINUTE)
    issue = issues(home.hass)["deletion_not_confirmed"]
    assert issue.severity is ir.IssueSeverity.ERROR
    placeholders = issue.translation_placeholders or {}
    assert placeholders["until"] == "2026-06-01 21:30"
    assert opens(home, lock, made["code"])
    home.lock(lock).connected = True
    await fixer.async_open("deletion_not_confirmed")
    assert (await fixer.async_choose("delete"))["type"] == "create_entry"
    await async_deliver(home, lock)
    await home.async_refresh(lock)
    assert not issues(home.hass)
    assert not opens(home, lock, made["code"])


async def test_it_goes_when_the_code_has_ended(home: Home) -> None:
    await home.async_setup()
    await async_create(home, FRONT_DOOR, duration={"hours": 2})
    await async_deliver(home, FRONT_DOOR)
    cut_off(home.lock(FRONT_DOOR))
    await home.async_act("delete_password", FRONT_DOOR, password="Ann")
    await home.async_pass_in_steps(5 * MINUTE, MINUTE)
    assert issues(home.hass).keys() == {"deletion_not_confirmed"}
    await home.async_pass_in_steps(timedelta(hours=2), 10 * MINUTE)
    assert not issues(home.hass)


async def test_a_change_that_fails(home: Home, fixer: Fixer) -> None:
    """Trying again asks for the window that was wanted, not for the old one."""
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    home.lock(FRONT_DOOR).forced.append(Outcome.FAILED)
    await home.async_act(
        "update_password", FRONT_DOOR, password="Ann", duration={"hours": 4}
    )
    await home.async_pass_in_steps(timedelta(minutes=6), timedelta(seconds=30))
    (code,) = await async_list(home, FRONT_DOOR)
    assert (code["change"], code["end"]) == ("failed", made["end"])
    assert issues(home.hass).keys() == {"change_not_confirmed"}
    await fixer.async_open("change_not_confirmed")
    assert (await fixer.async_choose("try_again"))["type"] == "create_entry"
    await async_deliver(home, FRONT_DOOR)
    (code,) = await async_list(home, FRONT_DOOR)
    assert (code["change"], code["end"]) == (None, "2026-06-01T16:30:00+02:00")
    assert not issues(home.hass)
    assert opens(home, FRONT_DOOR, made["code"])


@pytest.mark.parametrize("lock", [FRONT_DOOR, OFFICE])
@pytest.mark.parametrize("change", [{"duration": {"hours": 4}}, {"new_code": True}])
async def test_a_change_that_never_arrives(
    home: Home, lock: str, change: dict[str, Any]
) -> None:
    """A lock that is awake has answered when the watch is over, or somebody is told."""
    await home.async_setup()
    made = await async_create(home, lock)
    await async_deliver(home, lock)
    home.world.around.switches.set("delivery_seconds", "90000")
    await home.async_act("update_password", lock, password="Ann", **change)
    await home.async_pass_in_steps(timedelta(seconds=88), timedelta(seconds=8))
    assert not issues(home.hass)
    await home.async_pass(timedelta(seconds=8))
    assert issues(home.hass).keys() == {"change_not_confirmed"}
    (code,) = await async_list(home, lock)
    assert (code["change"], code["end"]) == ("pending", made["end"])
    assert opens(home, lock, made["code"])
    deliver(home.lock(lock), home.lock(lock).now)
    await home.async_refresh(lock)
    # New digits are in no list, so it has to be young enough to know of them.
    await home.async_pass(2 * MINUTE)
    assert not issues(home.hass)


async def test_a_freezing_that_never_arrives(home: Home, fixer: Fixer) -> None:
    """Trying again freezes, and sends no window."""
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    home.world.around.switches.set("delivery_seconds", "90000")
    await home.async_act("freeze_password", FRONT_DOOR, password="Ann", frozen=True)
    await home.async_pass_in_steps(2 * MINUTE, timedelta(seconds=8))
    assert issues(home.hass).keys() == {"change_not_confirmed"}
    home.world.around.switches.set("delivery_seconds", "3")
    home.world.requests.clear()
    await fixer.async_open("change_not_confirmed")
    assert (await fixer.async_choose("try_again"))["type"] == "create_entry"
    paths = [entry.path for entry in home.world.requests.entries]
    assert sum(path.endswith("freeze-password") for path in paths) == 1
    await async_deliver(home, FRONT_DOOR)
    (code,) = await async_list(home, FRONT_DOOR)
    assert (code["status"], code["change"]) == ("frozen", None)
    assert not issues(home.hass)
    assert not opens(home, FRONT_DOOR, made["code"])


async def test_names_are_an_option(home: Home) -> None:
    """Every user can read repairs: without names they say the number; never digits."""
    await home.async_setup()
    home.lock(FRONT_DOOR).forced.append(Outcome.FAILED)
    made = await async_create(home, FRONT_DOOR, name="Zacharias")
    await async_deliver(home, FRONT_DOOR)
    issue = issues(home.hass)["code_refused"]
    assert "Zacharias" in str(issue.translation_placeholders)
    assert str(made["code"]) not in str(issue)
    home.hass.config_entries.async_update_entry(home.entry, options={OPT_NAMES: False})
    await home.hass.async_block_till_done()
    issue = issues(home.hass)["code_refused"]
    assert "Zacharias" not in str(issue)
    assert str(made["id"]) in str(issue.translation_placeholders)


async def test_codes_of_the_app(home: Home) -> None:
    """What somebody else made is none of our business."""
    await home.async_setup()
    home.lock(OFFICE).forced.append(Outcome.FAILED)
    make_in_app(home, OFFICE, "Neighbour", "905172")
    await home.async_refresh(OFFICE)
    await home.async_pass_in_steps(5 * MINUTE, MINUTE)
    assert not issues(home.hass)


async def test_an_account_that_is_not_loaded(home: Home, fixer: Fixer) -> None:
    await home.async_setup()
    home.lock(FRONT_DOOR).forced.append(Outcome.FAILED)
    await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    await home.hass.config_entries.async_unload(home.entry.entry_id)
    ended = await fixer.async_open("code_refused")
    assert (ended["type"], ended["reason"]) == ("abort", "account_not_loaded")


async def test_the_account_is_removed(home: Home) -> None:
    await home.async_setup()
    home.lock(FRONT_DOOR).forced.append(Outcome.FAILED)
    await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    assert issues(home.hass)
    await home.hass.config_entries.async_remove(home.entry.entry_id)
    await home.hass.async_block_till_done()
    assert not issues(home.hass)


async def test_names_from_outside(home: Home) -> None:
    """A guest's name makes no link, no HTML and nothing that reads backwards."""
    await home.async_setup()
    devices = dr.async_get(home.hass)
    device = devices.async_get_device_by_identifier(
        (DOMAIN, home.lock(FRONT_DOOR).id), home.entry.entry_id
    )
    assert device is not None
    home.lock(FRONT_DOOR).forced.append(Outcome.FAILED)
    devices.async_update_device(device.id, name_by_user="Granny's <i>door")
    await async_create(home, FRONT_DOOR, name="[a](//b.c)<b>\u202eAnn")
    await home.async_pass(timedelta(seconds=12))
    (issue,) = issues(home.hass).values()
    assert issue.translation_placeholders is not None
    assert issue.translation_placeholders["code"] == "“(a)(//b.c)\u2039b\u203aAnn”"
    assert issue.translation_placeholders["lock"] == "Granny's \u2039i\u203adoor"


@pytest.mark.parametrize("option", ["try_again", "delete"])
async def test_a_form_that_is_open_twice(
    home: Home,
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    fixer: Fixer,
    option: str,
) -> None:
    """What the first has mended, the second leaves alone."""
    await home.async_setup()
    home.lock(FRONT_DOOR).forced.append(Outcome.FAILED)
    made = await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    await fixer.async_open("code_refused")
    late = Fixer(hass, hass_client)
    await late.async_open("code_refused")
    step = await fixer.async_choose("try_again")
    assert step["type"] == "create_entry"
    await async_deliver(home, FRONT_DOOR)
    home.world.requests.clear()
    step = await late.async_choose(option)
    assert (step["type"], step["reason"]) == ("abort", "over")
    assert len(home.world.requests.entries) == 0
    assert opens(home, FRONT_DOOR, str(made["code"]))
