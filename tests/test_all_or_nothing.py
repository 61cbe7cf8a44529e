"""Codes made on all locks or on none, of which one answer and the list are lost."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.tuya_lock_manager import custom_codes
from tests.acting import (
    FRONT_DOOR,
    OFFICE,
    async_deliver,
    async_list,
    check_error,
    opens,
    result_of,
)
from tests.dying import Death
from tests.mending import Fixer, issues
from tests.simulated import Home
from tests.test_interrupted import Gate

LOCKS = [FRONT_DOOR, OFFICE]
CHOSEN = "739215"


@pytest.fixture(autouse=True)
def quick_readings() -> Iterator[None]:
    """Read the list at once instead of for a minute: the clock stands still here."""
    with patch.object(custom_codes, "SETTLE_PAUSES", (0, 0)):
        yield


@pytest.fixture
def fixer(hass: HomeAssistant, hass_client: ClientSessionGenerator) -> Fixer:
    return Fixer(hass, hass_client)


async def async_lose_office(home: Home, fault: str = "reset_after") -> Any:
    """Ask for one code on both locks; what became of it at the Office can't be read."""
    await home.async_setup()
    office = home.lock(OFFICE).id
    home.world.faults.parse(
        f"{fault}:path={office}/door-lock/temp-p,method=POST,count=1"
    )
    home.world.faults.parse(f"http_5xx:path={office}/door-lock/temp-p,method=GET")
    response = await home.async_act(
        "create_temp_password", LOCKS, name="Ann", code=CHOSEN, all_or_nothing=True
    )
    assert result_of(response, FRONT_DOOR)["taken_back"] is True
    return response


async def async_settle(home: Home) -> None:
    """Let the list be read until it is known what became of everything."""
    for seconds in (3, 6, 15, 45, 10):
        await home.async_pass(timedelta(seconds=seconds))


@pytest.mark.parametrize("restarted", [False, True])
@pytest.mark.parametrize("fault", ["reset_after", "reset"])
async def test_it_is_deleted_once_it_shows(
    home: Home, fault: str, restarted: bool
) -> None:
    """The other lock has none, so this one keeps none; nobody has to do anything."""
    response = await async_lose_office(home, fault)
    check_error(response[OFFICE], "outcome_unknown_taken_back")
    assert len(home.lock(OFFICE).book.live) == (1 if fault == "reset_after" else 0)
    if restarted:
        await home.async_restart()
    home.world.faults.remove()
    await async_settle(home)
    await async_deliver(home, OFFICE)
    assert not opens(home, OFFICE, CHOSEN)
    assert not opens(home, FRONT_DOOR, CHOSEN)
    assert not issues(home.hass)
    assert {code["status"] for code in await async_list(home, OFFICE)} <= {"removed"}


async def test_it_can_not_be_deleted(home: Home, fixer: Fixer) -> None:
    """A repair tells of it until it is deleted."""
    await async_lose_office(home)
    home.world.faults.remove()
    home.world.faults.parse("not_authorised:method=DELETE,count=1")
    await async_settle(home)
    await async_deliver(home, OFFICE)
    assert opens(home, OFFICE, CHOSEN)
    assert "code_not_taken_back" in issues(home.hass)
    await home.async_restart()
    menu = await fixer.async_open("code_not_taken_back")
    assert menu["menu_options"] == ["delete", "keep"]
    assert (await fixer.async_choose("delete"))["type"] == "create_entry"
    await async_deliver(home, OFFICE)
    assert not opens(home, OFFICE, CHOSEN)
    assert "code_not_taken_back" not in issues(home.hass)


async def test_the_deletion_elsewhere_ends_the_repair(home: Home) -> None:
    await async_lose_office(home)
    home.world.faults.remove()
    home.world.faults.parse("not_authorised:method=DELETE,count=1")
    await async_settle(home)
    assert "code_not_taken_back" in issues(home.hass)
    await home.async_act("delete_password", OFFICE, password="Ann")
    assert "code_not_taken_back" not in issues(home.hass)


async def test_all_are_lost(home: Home) -> None:
    """Nothing was made for certain, so nothing stays."""
    await home.async_setup()
    home.world.faults.parse("reset_after:path=temp-password,method=POST,count=2")
    home.world.faults.parse("http_5xx:path=temp-passwords,method=GET")
    with pytest.raises(HomeAssistantError, match="deleted here as soon as"):
        await home.async_act(
            "create_temp_password", LOCKS, name="Ann", code=CHOSEN, all_or_nothing=True
        )
    home.world.faults.remove()
    await async_settle(home)
    for lock in LOCKS:
        await async_deliver(home, lock)
        assert not opens(home, lock, CHOSEN)
    assert not issues(home.hass)


async def test_the_call_never_ends(home: Home) -> None:
    """A code that is on some locks only is told of, though its digits were chosen."""
    await home.async_setup()
    gate = Gate("create_password")
    with gate.patched:
        call = home.hass.async_create_task(
            home.async_act(
                *("create_temp_password", LOCKS),
                name="Ann",
                code=CHOSEN,
                all_or_nothing=True,
            )
        )
        await gate.reached.wait()
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        gate.open.set()
        await home.hass.async_block_till_done()
    told = [
        issue
        for issue in ir.async_get(home.hass).issues.values()
        if issue.translation_key == "digits_unseen"
    ]
    assert len(told) == 2


@pytest.mark.parametrize("fault", [None, "reset"])
@pytest.mark.parametrize("at", [4, 7, 9, 11])
async def test_a_kill(
    home: Home, hass_storage: dict[str, Any], at: int, fault: str | None
) -> None:
    """No code stays that nobody is told of, and none that was asked for goes silently."""
    await home.async_setup()
    if fault:
        office = home.lock(OFFICE).id
        home.world.faults.parse(f"{fault}:path={office}/door-lock/temp-p,method=POST")
    death = Death(home, hass_storage, at)
    await death.async_save_first()
    with death.run():
        await home.async_act(
            "create_temp_password", LOCKS, name="Ann", all_or_nothing=True
        )
    home.world.faults.remove()
    await home.hass.async_block_till_done()
    await death.async_rise()
    told = {
        (issue.translation_placeholders or {})["lock"]: issue.translation_key
        for issue in ir.async_get(home.hass).issues.values()
    }
    for lock, name in ((FRONT_DOOR, "Front door"), (OFFICE, "Office")):
        await async_deliver(home, lock)
        live = home.lock(lock).book.live.values()
        if any(not code.deleted for code in live):
            assert told[name] in {"digits_unseen", "deletion_not_done"}
        elif live or death.was_written_down_for(home.lock(lock).id):
            assert told[name] == "creation_not_done"


async def test_nothing_is_left_to_tell(home: Home) -> None:
    await home.async_setup()
    await home.async_act(
        "create_temp_password", LOCKS, name="Ann", code=CHOSEN, all_or_nothing=True
    )
    await home.async_restart()
    for lock in LOCKS:
        await async_deliver(home, lock)
        assert opens(home, lock, CHOSEN)
    assert not issues(home.hass)
