"""Repairs of guest calendars: raised as long as something is wrong, each with its text."""

from collections.abc import AsyncGenerator, Generator
from dataclasses import replace
from datetime import UTC, datetime
from string import Formatter
from unittest.mock import AsyncMock, PropertyMock, patch

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er, issue_registry as ir
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.tuya_lock_manager.guests.issues import KEYS
from custom_components.tuya_lock_manager.guests.keeper import GuestKeeper
from custom_components.tuya_lock_manager.guests.shown import (
    GuestProblem,
    GuestState,
    GuestTrouble,
)
from tests.acting import FRONT_DOOR
from tests.guesthouse import async_load_flat
from tests.mending import Fixer, issues
from tests.repairing import TEXTS
from tests.simulated import Home

WRONG = GuestTrouble(
    GuestProblem.NOT_READY,
    subject="b1_lock",
    guest="[Ada](evil)",
    lock="Front door",
    check_in=datetime(2026, 6, 3, 13, tzinfo=UTC),
    reason="The lock sleeps.",
)


class Calendar:
    """A guest calendar whose state a test sets."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self.state = PropertyMock(return_value=GuestState(feed_ok=True))
        self.try_again = AsyncMock()
        self.id = ""

    @property
    def keeper(self) -> GuestKeeper:
        keeper: GuestKeeper = self._home.entry.runtime_data.guests[self.id]
        return keeper

    async def async_suffer(self, *troubles: GuestTrouble) -> None:
        """Let the guest calendar have these troubles, and tell so."""
        self.state.return_value = GuestState(troubles=troubles)
        for listener in (*self.keeper._listeners,):
            listener()
        await self._home.hass.async_block_till_done()


@pytest.fixture
def calendar(home: Home) -> Generator[Calendar]:
    calendar = Calendar(home)
    with (
        patch.object(GuestKeeper, "state", calendar.state),
        patch.object(GuestKeeper, "async_try_again", calendar.try_again),
    ):
        yield calendar


@pytest.fixture
async def flat(home: Home, calendar: Calendar) -> AsyncGenerator[Calendar]:
    """Return the guest calendar of a loaded account; its form needs the locks alone."""
    with patch("custom_components.tuya_lock_manager.PLATFORMS", [Platform.LOCK]):
        calendar.id = await async_load_flat(home, FRONT_DOOR)
        yield calendar


@pytest.fixture
def fixer(hass: HomeAssistant, hass_client: ClientSessionGenerator) -> Fixer:
    return Fixer(hass, hass_client)


async def test_each_problem(hass: HomeAssistant, flat: Calendar) -> None:
    """It has a repair with a text that can be filled in, until it is over."""
    for problem in GuestProblem:
        await flat.async_suffer(replace(WRONG, problem=problem))
        ((key, issue),) = issues(hass).items()
        assert key == KEYS[problem][0]
        given = issue.translation_placeholders or {}
        assert given["calendar"] == "Flat"
        assert given["guest"] == "(Ada)(evil)", "nothing in it is a link"
        assert given["check_in"] == "2026-06-03 15:00"
        texts = TEXTS[key]
        described = [texts["title"], texts.get("description", "")]
        assert ("fix_flow" in texts) is issue.is_fixable
        if issue.is_fixable:
            step = texts["fix_flow"]["step"]["confirm"]
            described += [step["title"], step["description"]]
        for text in described:
            wanted = {name for _, name, _, _ in Formatter().parse(text) if name}
            assert wanted <= given.keys()
        await flat.async_suffer()
        assert issues(hass) == {}


async def test_several_at_once(hass: HomeAssistant, flat: Calendar) -> None:
    """Each has its own; one that the user ignores stays so until it is over."""
    other = replace(WRONG, subject="b2_lock")
    empty = GuestTrouble(GuestProblem.FEED_EMPTY)
    await flat.async_suffer(WRONG, other, empty)
    found = [
        issue
        for issue in ir.async_get(hass).issues.values()
        if issue.active
        and issue.translation_key in {"guest_not_ready", "guest_feed_empty"}
    ]
    assert len(found) == 3
    (ignored,) = [issue for issue in found if "_b1_" in issue.issue_id]
    ir.async_ignore_issue(hass, ignored.domain, ignored.issue_id, True)
    await flat.async_suffer(WRONG)
    (left,) = issues(hass).values()
    assert left.dismissed_version is not None


async def test_over(flat: Calendar, fixer: Fixer, hass: HomeAssistant) -> None:
    """Looking again shows that it is over."""
    await flat.async_suffer(WRONG)
    form = await fixer.async_open("guest_not_ready")
    assert form["step_id"] == "confirm"
    assert form["description_placeholders"]["guest"] == "(Ada)(evil)"
    form = await fixer.async_answer({})
    assert form["errors"] == {"base": "still_so"}
    flat.try_again.assert_awaited_once_with()
    flat.state.return_value = GuestState(feed_ok=True)
    step = await fixer.async_answer({})
    assert step["type"] == "create_entry"
    assert issues(hass) == {}


async def test_other_rules(flat: Calendar, fixer: Fixer, hass: HomeAssistant) -> None:
    """What only other rules mend leads to the form in which they are changed."""
    await flat.async_suffer(GuestTrouble(GuestProblem.CALENDAR_MISSING))
    await fixer.async_open("guest_calendar_missing")
    step = await fixer.async_answer({})
    assert (step["type"], step["reason"]) == ("abort", "reconfigure")
    kind, flow_id = step["next_flow"]
    assert kind == "config_subentries_flow"
    form = hass.config_entries.subentries.async_get(flow_id)
    assert form["step_id"] == "reconfigure"
    assert "guest_calendar_missing" in issues(hass)


async def test_no_other_rules(
    flat: Calendar, fixer: Fixer, hass: HomeAssistant, home: Home
) -> None:
    """Where the account has no lock at all, there is none to choose."""
    await flat.async_suffer(GuestTrouble(GuestProblem.LOCK_MISSING, "x", lock="x"))
    await fixer.async_open("guest_lock_missing")
    registry = er.async_get(hass)
    for known in er.async_entries_for_config_entry(registry, home.entry.entry_id):
        registry.async_remove(known.entity_id)
    form = await fixer.async_answer({})
    assert form["errors"] == {"base": "still_so"}


async def test_not_loaded(
    flat: Calendar, fixer: Fixer, hass: HomeAssistant, home: Home
) -> None:
    await flat.async_suffer(WRONG)
    await fixer.async_open("guest_not_ready")
    await hass.config_entries.async_unload(home.entry.entry_id)
    step = await fixer.async_answer({})
    assert (step["type"], step["reason"]) == ("abort", "account_not_loaded")


@pytest.mark.parametrize("loaded", [True, False])
async def test_removed(
    hass: HomeAssistant, home: Home, flat: Calendar, loaded: bool
) -> None:
    """The repairs of a guest calendar go with it."""
    await flat.async_suffer(WRONG)
    if not loaded:
        await hass.config_entries.async_unload(home.entry.entry_id)
    hass.config_entries.async_remove_subentry(home.entry, flat.id)
    await hass.async_block_till_done()
    if not loaded:
        await hass.config_entries.async_setup(home.entry.entry_id)
        await hass.async_block_till_done()
    assert issues(hass) == {}


async def test_account_removed(hass: HomeAssistant, home: Home, flat: Calendar) -> None:
    await flat.async_suffer(WRONG)
    await hass.config_entries.async_remove(home.entry.entry_id)
    assert issues(hass) == {}
