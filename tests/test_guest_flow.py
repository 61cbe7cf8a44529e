"""Adding and changing a guest calendar."""

from datetime import time
from http import HTTPStatus
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.tuya_lock_manager.const import SUBENTRY_GUESTS
from custom_components.tuya_lock_manager.domain.booking_digits import found_digits
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


async def test_add(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """What is left as it is isn't stored, so that a better default can come."""
    form = await async_open(hass, entry)
    assert errors(form) == {}
    assert folded(form) == {"events", "digits", "tell"}
    assert shown(form) == {
        "locks": [],
        "stay": {"before": 0, "after": 0, "lead": 72},
        "events": {"exclude": ["Blocked", "Not available", "Unavailable", "Closed"]},
        "digits": {"digits_from": "random", "offline_fallback": False},
        "tell": {},
    }
    result = await async_send(
        hass, form, filled(["lock-1"], name=" Flat ", events={"include": "  "})
    )
    assert result["type"] is FlowResultType.CREATE_ENTRY
    (subentry,) = entry.get_subentries_of_type(SUBENTRY_GUESTS)
    assert subentry.title == "Flat"
    assert subentry.data == {
        "calendar": BOOKINGS,
        "locks": ["lock-1"],
        "before": 0,
        "after": 0,
        "lead": 72,
        "exclude": [],
        "digits_from": "random",
        "offline_fallback": False,
    }
    # Nothing excludes, because the user took the texts out.
    assert rules_of(subentry.data).exclude == ()


EVERYTHING: dict[str, Any] = {
    "stay": {
        "check_in": "16:00:00",
        "check_out": "10:30:00",
        "before": 30.0,
        "after": 15.0,
        "lead": 48.0,
    },
    "events": {"include": "Flat 2", "exclude": ["Cleaning"]},
    "digits": {
        "digits_from": "pattern",
        "pattern": r"Digits\): (\d{4})",
        "offline_fallback": True,
    },
    "tell": {"notify": PHONE, "message": "{{ code }}"},
}


async def test_example(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """The pattern that the form shows finds what a well-known booking site writes."""
    form = await async_open(hass, entry)
    pattern = (form["description_placeholders"] or {})["example_pattern"]
    text = "Reserved\nReservation\nPhone Number (Last 4 Digits): 5309\n"
    assert found_digits(pattern, text) == "5309"
    values = filled(["lock-1"], digits={"digits_from": "pattern", "pattern": pattern})
    result = await async_send(hass, form, values)
    assert result["type"] is FlowResultType.CREATE_ENTRY


@pytest.mark.parametrize(
    "message",
    [
        "{{ guest }}: {{ code }}",
        "{{ code[:3] }} {{ code[3:] }} until {{ check_out }}",
        "{% for lock, code in codes.items() %}{{ lock }}: {{ code }}{% endfor %}",
        "{{ codes['Front door'] }}",
    ],
)
async def test_messages(
    hass: HomeAssistant, entry: MockConfigEntry, message: str
) -> None:
    values = filled(["lock-1"], tell={"notify": PHONE, "message": message})
    flat = await async_add(hass, entry, values)
    assert rules_of(entry.subentries[flat].data).message == message


async def test_times_as_people_write_them(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    values = filled(["lock-1"], stay={"check_in": "9:05", "check_out": "23:00:00"})
    flat = await async_add(hass, entry, values)
    rules = rules_of(entry.subentries[flat].data)
    assert (rules.check_in, rules.check_out) == (time(9, 5), time(23))


async def test_change(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """The form shows what was chosen, and stores what is chosen now."""
    flat = await async_add(hass, entry, filled(["lock-1", "lock-2"], **EVERYTHING))
    form = await async_reopen(hass, entry, flat)
    assert shown(form) == {
        "name": "Flat",
        "calendar": BOOKINGS,
        "locks": ["lock-1", "lock-2"],
        **EVERYTHING,
    }
    assert folded(form) == set()
    changed = filled(["lock-2"], name="House", events={"exclude": ["Cleaning"]})
    result = await async_send(hass, form, changed)
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "reconfigure_successful"
    (subentry,) = entry.get_subentries_of_type(SUBENTRY_GUESTS)
    assert (subentry.subentry_id, subentry.title) == (flat, "House")
    rules = rules_of(subentry.data)
    assert rules.locks == ("lock-2",)
    assert (rules.include, rules.exclude) == (None, ("Cleaning",))
    assert (rules.check_in, rules.pattern, rules.notify) == (None, None, None)


async def test_change_without_a_twin(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    """A guest calendar is no twin of itself; one of other events or locks is none either."""
    flat = await async_add(hass, entry, filled(["lock-1"]))
    await async_add(hass, entry, filled(["lock-1"], events={"include": "Cleaning"}))
    await async_add(hass, entry, filled(["lock-2"]))
    form = await async_reopen(hass, entry, flat)
    result = await async_send(hass, form, filled(["lock-1"], name="House"))
    assert result["type"] is FlowResultType.ABORT


async def test_entities_that_are_renamed(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    """Calendar and phone are remembered whatever they are called."""
    registry = er.async_get(hass)
    known = {
        domain: registry.async_get_or_create(domain, "demo", "rental")
        for domain in ("calendar", "notify")
    }
    values = filled(
        ["lock-1"],
        calendar=known["calendar"].entity_id,
        tell={"notify": known["notify"].entity_id},
    )
    flat = await async_add(hass, entry, values)
    for domain, entity in known.items():
        registry.async_update_entity(
            entity.entity_id, new_entity_id=f"{domain}.renamed"
        )
    values = shown(await async_reopen(hass, entry, flat))
    assert values["calendar"] == "calendar.renamed"
    assert values["tell"] == {"notify": "notify.renamed"}
    for domain in known:
        registry.async_remove(f"{domain}.renamed")
    values = shown(await async_reopen(hass, entry, flat))
    assert "calendar" not in values
    assert values["tell"] == {}


async def test_only_administrators(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    hass_client: ClientSessionGenerator,
    hass_ws_client: WebSocketGenerator,
    hass_read_only_access_token: str,
) -> None:
    """Others can neither add a guest calendar, nor rename, change or remove one."""
    flat = await async_add(hass, entry, filled(["lock-1"]))
    assert await async_setup_component(hass, "config", {})
    socket = await hass_ws_client(hass, hass_read_only_access_token)
    client = await hass_client(hass_read_only_access_token)
    url = "/api/config/config_entries/subentries/flow"
    for more in ({}, {"subentry_id": flat}):
        handler = {"handler": [entry.entry_id, SUBENTRY_GUESTS], **more}
        answer = await client.post(url, json=handler)
        assert answer.status == HTTPStatus.UNAUTHORIZED
    form = await async_open(hass, entry)
    answer = await client.post(f"{url}/{form['flow_id']}", json=filled(["lock-2"]))
    assert answer.status == HTTPStatus.UNAUTHORIZED
    ids = {"entry_id": entry.entry_id, "subentry_id": flat}
    for command, more in (("update", {"title": "Mine"}), ("delete", {}), ("list", {})):
        ids_of = {"entry_id": entry.entry_id} if command == "list" else ids
        await socket.send_json_auto_id(
            {"type": f"config_entries/subentries/{command}", **ids_of, **more}
        )
        answer = await socket.receive_json()
        assert answer["error"]["code"] == "unauthorized"
    (subentry,) = entry.get_subentries_of_type(SUBENTRY_GUESTS)
    assert subentry.title == "Flat"
