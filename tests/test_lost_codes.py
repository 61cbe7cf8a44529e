"""Codes that vanished from Tuya's list before their end: made anew, or given up."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from homeassistant.core import HomeAssistant
from homeassistant.util.json import JsonObjectType
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.tuya_lock_manager import custom_codes, periodic_codes
from custom_components.tuya_lock_manager.const import OPT_KEEP_DIGITS
from tests.acting import (
    FRONT_DOOR,
    async_create,
    async_deliver,
    async_list,
    opens,
    refusing,
    result_of,
)
from tests.mending import Fixer, issues
from tests.simulated import Home

STEP = timedelta(seconds=10)
HOURS = {"weekdays": ["mon"], "daily_start": "08:00", "daily_end": "20:00"}


@pytest.fixture(autouse=True)
def quick_readings() -> Iterator[None]:
    """Read the list at once instead of for a minute: the clock stands still here."""
    with (
        patch.object(custom_codes, "SETTLE_PAUSES", (0, 0)),
        patch.object(periodic_codes, "VERIFY_PAUSES", (0, 0)),
    ):
        yield


@pytest.fixture
def fixer(hass: HomeAssistant, hass_client: ClientSessionGenerator) -> Fixer:
    return Fixer(hass, hass_client)


async def async_lose(home: Home, **data: Any) -> JsonObjectType:
    """Make a code that vanishes from the cloud before it reaches the lock."""
    await home.async_setup()
    home.world.around.switches.set("delivery_seconds", "3600")
    made = await async_create(
        home, FRONT_DOOR, duration={"hours": 5}, reference="ann", **data
    )
    await async_vanish(home, made)
    home.world.around.switches.set("delivery_seconds", "10")
    assert issues(home.hass).keys() == {"code_lost"}
    return made


async def async_vanish(home: Home, made: JsonObjectType) -> None:
    """Let Tuya forget a code, and Home Assistant notice it."""
    lock = home.lock(FRONT_DOOR)
    lock.book.remove(int(str(made["id"])), lock.now)
    await home.async_pass_in_steps(12 * STEP, STEP)


async def async_check_anew(home: Home, made: JsonObjectType, digits: object) -> None:
    """Check that there is one code, another one than before, and that it opens."""
    await async_deliver(home, FRONT_DOOR)
    assert not issues(home.hass)
    (code,) = await async_list(home, FRONT_DOOR)
    assert code["id"] != made["id"]
    kept = ("name", "status", "start", "end", "reference", "one_time")
    assert [code[key] for key in kept] == [
        "Ann",
        "active",
        made["start"],
        made["end"],
        "ann",
        made["one_time"],
    ]
    assert len(home.lock(FRONT_DOOR).book.live) == 1
    assert opens(home, FRONT_DOOR, digits)


@pytest.mark.parametrize("data", [{}, HOURS, {"one_time": True}])
async def test_try_again(home: Home, fixer: Fixer, data: dict[str, Any]) -> None:
    """The same code is made anew; the host passed its digits on already."""
    made = await async_lose(home, **data)
    menu = await fixer.async_open("code_lost")
    assert menu["menu_options"] == ["try_again", "keep", "delete"]
    assert menu["description_placeholders"]["code"] == "“Ann”"
    assert (await fixer.async_choose("try_again"))["type"] == "create_entry"
    (code,) = await async_list(home, FRONT_DOOR)
    assert code["periodic"] is bool(data.get("weekdays"))
    await async_check_anew(home, made, made["code"])


async def test_try_again_without_digits(home: Home, fixer: Fixer) -> None:
    """The flow asks for what is missing."""
    await home.async_setup()
    home.hass.config_entries.async_update_entry(
        home.entry, options={OPT_KEEP_DIGITS: False}
    )
    made = await async_create(home, FRONT_DOOR, reference="ann")
    await async_vanish(home, made)
    with refusing(home, "digits_not_kept", reads=True):
        await home.async_act(
            "update_password", FRONT_DOOR, password="Ann", duration={"hours": 3}
        )
    await fixer.async_open("code_lost")
    form = await fixer.async_choose("try_again")
    assert form["step_id"] == "new_digits"
    assert form["description_placeholders"]["lock"] == "Front door"
    shown = await fixer.async_answer({})
    assert shown["step_id"] == "show"
    assert shown["description_placeholders"]["code"] == "“Ann”"
    assert (await fixer.async_answer({}))["type"] == "create_entry"
    digits = shown["description_placeholders"]["digits"]
    await async_check_anew(home, made, digits)


async def test_try_again_fails(home: Home, fixer: Fixer) -> None:
    """The code stays what it was: lost, and not forgotten."""
    made = await async_lose(home)
    home.world.faults.parse("lock_full:path=temp-password,method=POST,count=1")
    await fixer.async_open("code_lost")
    ended = await fixer.async_choose("try_again")
    assert (ended["type"], ended["reason"]) == ("abort", "failed")
    assert "code_lost" in issues(home.hass)
    (code,) = await async_list(home, FRONT_DOOR)
    assert (code["id"], code["status"]) == (made["id"], "unconfirmed")


async def test_the_list_shows_it_again(home: Home, fixer: Fixer) -> None:
    """It was the list that was wrong, so there is no second code."""
    await home.async_setup()
    home.world.around.switches.set("list_lag", "80")
    made = await async_create(home, FRONT_DOOR, duration={"hours": 5})
    await home.async_pass_in_steps(7 * STEP, STEP)
    await home.async_refresh(FRONT_DOOR)
    await fixer.async_open("code_lost")
    home.world.around.switches.set("list_lag", "0")
    await fixer.async_choose("try_again")
    assert list(home.lock(FRONT_DOOR).book.live) == [int(str(made["id"]))]


async def test_delete(home: Home, fixer: Fixer) -> None:
    """There is nothing to delete at Tuya, and nothing more to say about it."""
    await async_lose(home)
    await fixer.async_open("code_lost")
    assert (await fixer.async_choose("delete"))["type"] == "create_entry"
    await home.async_pass_in_steps(12 * STEP, STEP)
    assert not issues(home.hass)
    await home.async_restart()
    await home.async_refresh(FRONT_DOOR)
    assert not issues(home.hass)
    (code,) = await async_list(home, FRONT_DOOR)
    assert code["status"] == "removing"
    await home.async_pass(timedelta(hours=5))
    (code,) = await async_list(home, FRONT_DOOR)
    assert code["status"] == "removed"


async def test_the_reference_makes_it_anew(home: Home) -> None:
    """A code that isn't there is no answer; the guest keeps the digits."""
    made = await async_lose(home)
    again = await async_create(home, FRONT_DOOR, reference="ann")
    assert (again["status"], again["code"]) == ("pending", made["code"])
    assert again["notes"] == ["made_anew"]
    await async_check_anew(home, made, made["code"])


@pytest.mark.parametrize("code", [None, "739215"])
async def test_the_reference_without_digits(home: Home, code: str | None) -> None:
    """The answer has the new ones."""
    await home.async_setup()
    home.hass.config_entries.async_update_entry(
        home.entry, options={OPT_KEEP_DIGITS: False}
    )
    made = await async_create(home, FRONT_DOOR, reference="ann")
    await async_vanish(home, made)
    wish = {} if code is None else {"code": code}
    again = await async_create(home, FRONT_DOOR, reference="ann", **wish)
    assert again["code"] == code or code is None
    await async_check_anew(home, made, again["code"])


async def test_a_change_makes_it_anew(home: Home) -> None:
    await async_lose(home)
    response = await home.async_act(
        "update_password", FRONT_DOOR, password="Ann", new_name="Eve", new_code=True
    )
    changed = result_of(response, FRONT_DOOR)
    assert changed["name"] == "Eve"
    await async_deliver(home, FRONT_DOOR)
    assert opens(home, FRONT_DOOR, changed["code"])
    assert not issues(home.hass)


async def test_a_used_one_time_code_is_not_made_anew(home: Home) -> None:
    """It did what it was for; its record may go."""
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR, one_time=True, reference="ann")
    await async_deliver(home, FRONT_DOOR)
    assert opens(home, FRONT_DOOR, made["code"])
    await home.async_pass(timedelta(minutes=16))
    await async_vanish(home, made)
    await home.async_refresh(FRONT_DOOR)
    (code,) = await async_list(home, FRONT_DOOR)
    assert code["status"] == "used"
    assert not issues(home.hass)


async def test_the_answer_is_lost_too(home: Home, fixer: Fixer) -> None:
    """What became of it is settled; there is one code in the end."""
    made = await async_lose(home)
    home.world.faults.parse("reset_after:path=temp-password,method=POST,count=1")
    # The list is read before anything is sent, and can't be read afterwards.
    home.world.faults.parse("http_5xx:path=temp-passwords,method=GET,skip=1")
    await fixer.async_open("code_lost")
    ended = await fixer.async_choose("try_again")
    assert ended["reason"] == "failed"
    home.world.faults.remove()
    await home.async_restart()
    await home.async_pass_in_steps(8 * STEP, STEP)
    await async_check_anew(home, made, made["code"])
