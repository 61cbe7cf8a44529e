"""What the tests of guest calendars share: the form, filled in as a person does."""

from collections.abc import Mapping
import json
from pathlib import Path
from string import Formatter
from typing import Any, Final

from homeassistant.config_entries import (
    SOURCE_RECONFIGURE,
    SOURCE_USER,
    SubentryFlowResult,
)
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import device_registry as dr, entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components import tuya_lock_manager
from custom_components.tuya_lock_manager.const import DOMAIN, SUBENTRY_GUESTS

BOOKINGS = "calendar.bookings"
PHONE = "notify.phone"
_FILE = Path(tuya_lock_manager.__file__).parent / "translations" / "en.json"
TEXTS: Final[dict[str, Any]] = json.loads(_FILE.read_text("utf-8"))[
    "config_subentries"
][SUBENTRY_GUESTS]


def filled(
    locks: list[str],
    *,
    stay: Mapping[str, Any] | None = None,
    events: Mapping[str, Any] | None = None,
    digits: Mapping[str, Any] | None = None,
    tell: Mapping[str, Any] | None = None,
    **fields: Any,
) -> dict[str, Any]:
    """Return what the front end sends of a form in which only this was chosen."""
    return {
        "name": "Flat",
        "calendar": BOOKINGS,
        "locks": locks,
        "stay": {"before": 0, "after": 0, "lead": 72, **(stay or {})},
        "events": {} if events is None else dict(events),
        "digits": {
            "digits_from": "random",
            "offline_fallback": False,
            **(digits or {}),
        },
        "tell": {} if tell is None else dict(tell),
        **fields,
    }


def furnished(hass: HomeAssistant, entry: MockConfigEntry) -> MockConfigEntry:
    """Return an account that isn't loaded, with two locks; there are a calendar and a phone."""
    entry.add_to_hass(hass)
    for device_id, name in (("lock-1", "Front door"), ("lock-2", "Back door")):
        device = dr.async_get(hass).async_get_or_create(
            config_entry_id=entry.entry_id,
            identifiers={(DOMAIN, device_id)},
            name=name,
        )
        er.async_get(hass).async_get_or_create(
            "lock",
            DOMAIN,
            device_id,
            config_entry=entry,
            device_id=device.id,
        )
    hass.states.async_set(BOOKINGS, "off")
    hass.states.async_set(PHONE, "unknown")
    return entry


async def async_open(hass: HomeAssistant, entry: MockConfigEntry) -> SubentryFlowResult:
    """Press "Add guest calendar"."""
    return await hass.config_entries.subentries.async_init(
        (entry.entry_id, SUBENTRY_GUESTS), context={"source": SOURCE_USER}
    )


async def async_reopen(
    hass: HomeAssistant, entry: MockConfigEntry, subentry_id: str
) -> SubentryFlowResult:
    """Press the cog wheel of a guest calendar."""
    return await hass.config_entries.subentries.async_init(
        (entry.entry_id, SUBENTRY_GUESTS),
        context={"source": SOURCE_RECONFIGURE, "subentry_id": subentry_id},
    )


async def async_send(
    hass: HomeAssistant, form: SubentryFlowResult, values: dict[str, Any]
) -> SubentryFlowResult:
    """Send the form; whatever it says then has a text."""
    result = await hass.config_entries.subentries.async_configure(
        form["flow_id"], values
    )
    await hass.async_block_till_done()
    return result


async def async_add(
    hass: HomeAssistant, entry: MockConfigEntry, values: dict[str, Any]
) -> str:
    """Add a guest calendar; return its id."""
    before = set(entry.subentries)
    result = await async_send(hass, await async_open(hass, entry), values)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    added: set[str] = set(entry.subentries) - before
    (subentry_id,) = added
    return subentry_id


def errors(form: SubentryFlowResult) -> dict[str, str]:
    """Return what a form says at which of its fields, as it reads."""
    assert form["type"] is FlowResultType.FORM
    return {
        field: _read(form, TEXTS["error"][key])
        for field, key in (form["errors"] or {}).items()
    }


def shown(form: SubentryFlowResult) -> dict[str, Any]:
    """Return the values that a form shows; all that it has is described."""
    schema = form["data_schema"]
    assert schema is not None
    texts = TEXTS["step"][form["step_id"]]
    _read(form, texts["title"] + texts["description"])
    values: dict[str, Any] = {}
    for marker, validator in schema.schema.items():
        block = getattr(validator, "schema", None)
        if block is None:
            _described(form, texts, marker.schema)
            values |= _value(marker)
            continue
        inner = texts["sections"][marker.schema]
        assert inner["name"]
        _read(form, inner["description"])
        values[marker.schema] = {}
        for field in block.schema:
            _described(form, inner, field.schema)
            values[marker.schema] |= _value(field)
    return values


def folded(form: SubentryFlowResult) -> set[str]:
    """Return the blocks of a form that are folded."""
    schema = form["data_schema"]
    assert schema is not None
    return {
        marker.schema
        for marker, validator in schema.schema.items()
        if getattr(validator, "options", {}).get("collapsed")
    }


def _value(marker: Any) -> dict[str, Any]:
    if marker.description and "suggested_value" in marker.description:
        return {marker.schema: marker.description["suggested_value"]}
    if callable(getattr(marker, "default", None)):
        return {marker.schema: marker.default()}
    return {}


def _described(form: SubentryFlowResult, texts: dict[str, Any], field: str) -> None:
    assert _read(form, texts["data"][field])
    assert _read(form, texts["data_description"][field])


def _read(form: SubentryFlowResult, text: str) -> str:
    """Return a text as it reads; nothing of it may be left open."""
    placeholders = form["description_placeholders"] or {}
    fields = {name for _, name, _, _ in Formatter().parse(text) if name}
    assert fields <= placeholders.keys(), text
    return text.format_map(placeholders)
