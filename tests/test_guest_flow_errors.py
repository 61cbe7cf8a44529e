"""Adding and changing a guest calendar: what is wrong, gone or not to be read."""

from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.tuya_lock_manager.const import DOMAIN
from custom_components.tuya_lock_manager.domain.guest_rules import rules_of
from tests.guest_forms import (
    BOOKINGS,
    PHONE,
    async_add,
    async_open,
    async_reopen,
    async_send,
    errors,
    filled,
    folded,
    furnished,
    shown,
)

pytestmark = pytest.mark.usefixtures("mock_setup_entry")


@pytest.fixture
def entry(hass: HomeAssistant, mock_config_entry: MockConfigEntry) -> MockConfigEntry:
    return furnished(hass, mock_config_entry)


@pytest.mark.parametrize(
    ("changes", "field", "text"),
    [
        ({"name": " "}, "name", "Give it a name"),
        ({"calendar": "calendar.nowhere"}, "calendar", "no such calendar"),
        ({"calendar": PHONE}, "calendar", "no such calendar"),
        ({"calendar": "calendar.off"}, "calendar", "switched off"),
        ({"calendar": "calendar.codes"}, "calendar", "shows the codes of a lock"),
        ({"locks": []}, "locks", "at least one"),
        ({"digits": {"digits_from": "pattern"}}, "digits", "Enter the pattern"),
        (
            {"digits": {"digits_from": "pattern", "pattern": "(\\d{4}"}},
            "digits",
            "no regular expression",
        ),
        (
            {"digits": {"digits_from": "pattern", "pattern": r"(\d*)"}},
            "digits",
            "no digits",
        ),
        (
            {"digits": {"digits_from": "pattern", "pattern": r"\d" * 101}},
            "digits",
            "longer than 200",
        ),
        (
            {"digits": {"digits_from": "pattern", "pattern": r"(\d+)+"}},
            "digits",
            "repeats a repetition",
        ),
        (
            {"digits": {"digits_from": "pattern", "pattern": ".*.*.*.*"}},
            "digits",
            "repeats too much",
        ),
        (
            {"digits": {"digits_from": "pattern", "pattern": r"(\d{2})\1"}},
            "digits",
            "looks around",
        ),
        ({"tell": {"message": "{{ code }}"}}, "tell", "Choose who"),
        ({"tell": {"notify": BOOKINGS}}, "tell", "no such notify"),
        (
            {"tell": {"notify": PHONE, "message": "{{ code }"}},
            "tell",
            "can't be read",
        ),
        (
            {"tell": {"notify": PHONE, "message": "{{ guest | no_such_filter }}"}},
            "tell",
            "can't be read",
        ),
        (
            {"tell": {"notify": PHONE, "message": "Welcome, {{ guest }}: {{ coed }}"}},
            "tell",
            "does not tell the digits",
        ),
        (
            {"tell": {"notify": PHONE, "message": "{{ codes['Back door'] }}"}},
            "tell",
            "does not tell the digits",
        ),
    ],
)
async def test_wrong_input(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    changes: dict[str, Any],
    field: str,
    text: str,
) -> None:
    """It is told where it was entered; what was entered stays, and can be mended."""
    registry = er.async_get(hass)
    registry.async_get_or_create(
        "calendar", DOMAIN, "lock-1_codes", suggested_object_id="codes"
    )
    registry.async_get_or_create(
        *("calendar", "demo", "off"),
        suggested_object_id="off",
        disabled_by=er.RegistryEntryDisabler.USER,
    )
    form = await async_send(
        hass,
        await async_open(hass, entry),
        filled(**{"locks": ["lock-1"], **changes}),
    )
    assert list(errors(form)) == [field]
    assert text in errors(form)[field]
    assert field not in folded(form)
    assert entry.subentries == {}
    kept = shown(form)
    for name, value in changes.items():
        assert kept[name] == value or kept[name].items() >= value.items()
    result = await async_send(hass, form, filled(["lock-1"]))
    assert result["type"] is FlowResultType.CREATE_ENTRY


async def test_several_errors(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """All that is wrong is told at once."""
    await async_add(hass, entry, filled(["lock-1", "lock-2"]))
    form = await async_send(
        hass,
        await async_open(hass, entry),
        filled(["lock-2"], name="", digits={"digits_from": "pattern"}),
    )
    assert set(errors(form)) == {"name", "digits", "base"}
    assert "Flat already makes codes" in errors(form)["base"]


async def test_unknown_lock(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    form = await async_open(hass, entry)
    with pytest.raises(InvalidData):
        await async_send(hass, form, filled(["lock-3"]))
    assert entry.subentries == {}


async def test_lock_that_has_gone(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """It is left out of the form, which can be saved without it."""
    flat = await async_add(hass, entry, filled(["lock-1", "lock-2"]))
    registry = er.async_get(hass)
    gone = registry.async_get_entity_id("lock", DOMAIN, "lock-2")
    assert gone is not None
    registry.async_remove(gone)
    form = await async_reopen(hass, entry, flat)
    assert shown(form)["locks"] == ["lock-1"]


async def test_no_locks(
    hass: HomeAssistant, mock_config_entry: MockConfigEntry
) -> None:
    mock_config_entry.add_to_hass(hass)
    result = await async_open(hass, mock_config_entry)
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "no_locks_known"


async def test_removed_meanwhile(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    flat = await async_add(hass, entry, filled(["lock-1"]))
    form = await async_reopen(hass, entry, flat)
    hass.config_entries.async_remove_subentry(entry, flat)
    result = await async_send(hass, form, filled(["lock-1"]))
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "guest_calendar_removed"


async def test_wrong_change(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """What can't be is told, changes nothing, and can be mended."""
    flat = await async_add(hass, entry, filled(["lock-1"]))
    form = await async_reopen(hass, entry, flat)
    form = await async_send(hass, form, filled(["lock-2"], name=""))
    assert list(errors(form)) == ["name"]
    assert entry.subentries[flat].data["locks"] == ["lock-1"]
    result = await async_send(hass, form, filled(["lock-2"]))
    assert result["type"] is FlowResultType.ABORT
    assert entry.subentries[flat].data["locks"] == ["lock-2"]


async def test_change_without_locks(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    flat = await async_add(hass, entry, filled(["lock-1"]))
    registry = er.async_get(hass)
    for known in er.async_entries_for_config_entry(registry, entry.entry_id):
        registry.async_remove(known.entity_id)
    result = await async_reopen(hass, entry, flat)
    assert result["reason"] == "no_locks_known"


async def test_rules_that_can_not_be_read(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    """A damaged guest calendar can be mended in its form, and hinders no other one."""
    broken = await async_add(hass, entry, filled(["lock-1"]))
    hass.config_entries.async_update_subentry(
        entry, entry.subentries[broken], data={"locks": ["lock-1"]}
    )
    await async_add(hass, entry, filled(["lock-1"], events={"include": "B"}))
    form = await async_reopen(hass, entry, broken)
    assert shown(form)["locks"] == ["lock-1"]
    result = await async_send(hass, form, filled(["lock-1"]))
    assert result["type"] is FlowResultType.ABORT
    assert rules_of(entry.subentries[broken].data).calendar == BOOKINGS
