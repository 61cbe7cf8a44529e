"""The form of a guest calendar: its fields, and what a config subentry stores of them."""

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.const import CONF_NAME, Platform
from homeassistant.data_entry_flow import section
from homeassistant.helpers import config_validation as cv, entity_registry as er
from homeassistant.helpers.selector import (
    BooleanSelector,
    EntitySelector,
    EntitySelectorConfig,
    EntityWithDeviceFilterSelectorConfig,
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
    TextSelectorConfig,
    TimeSelector,
)
from homeassistant.helpers.typing import VolDictType
import voluptuous as vol

from ..const import (
    GUEST_AFTER,
    GUEST_BEFORE,
    GUEST_CALENDAR,
    GUEST_CHECK_IN,
    GUEST_CHECK_OUT,
    GUEST_DIGITS_FROM,
    GUEST_EXCLUDE,
    GUEST_INCLUDE,
    GUEST_LEAD,
    GUEST_LOCKS,
    GUEST_MESSAGE,
    GUEST_NOTIFY,
    GUEST_OFFLINE_FALLBACK,
    GUEST_PATTERN,
)
from ..dialogs.fields import choice
from ..domain.guest_rules import DEFAULT_EXCLUDE, DEFAULT_LEAD, DigitsFrom

type Values = Mapping[str, Any]

# Each block of fields, and what of it is stored.
SECTION_EVENTS: Final = "events"
SECTION_STAY: Final = "stay"
SECTION_DIGITS: Final = "digits"
SECTION_MESSAGE: Final = "tell"
_SECTIONS: Final = {
    SECTION_EVENTS: (GUEST_INCLUDE, GUEST_EXCLUDE),
    SECTION_STAY: (
        *(GUEST_CHECK_IN, GUEST_CHECK_OUT),
        *(GUEST_BEFORE, GUEST_AFTER, GUEST_LEAD),
    ),
    SECTION_DIGITS: (GUEST_DIGITS_FROM, GUEST_PATTERN, GUEST_OFFLINE_FALLBACK),
    SECTION_MESSAGE: (GUEST_NOTIFY, GUEST_MESSAGE),
}
# What an empty form suggests; a default would come back where it was taken out.
SUGGESTED: Final = {SECTION_EVENTS: {GUEST_EXCLUDE: [*DEFAULT_EXCLUDE]}}
_NUMBERS: Final = (GUEST_BEFORE, GUEST_AFTER, GUEST_LEAD)
_ENTITIES: Final = (GUEST_CALENDAR, GUEST_NOTIFY)
_TIMES: Final = (GUEST_CHECK_IN, GUEST_CHECK_OUT)
_TEXTS: Final = (GUEST_INCLUDE, GUEST_PATTERN, GUEST_MESSAGE)

_MOST_MINUTES: Final = 24 * 60
_MOST_HOURS: Final = 60 * 24
_TEXT = TextSelector(TextSelectorConfig(autocomplete="off"))


def schema(
    locks: Mapping[str, str], opened: frozenset[str] = frozenset()
) -> vol.Schema:
    """Return the form.

    Args:
        locks: names of the account's locks by Tuya device id.
        opened: the blocks that are shown unfolded, besides that about the stay.

    """
    return vol.Schema(
        {
            vol.Required(CONF_NAME): _TEXT,
            vol.Required(GUEST_CALENDAR): _entity(Platform.CALENDAR),
            vol.Required(GUEST_LOCKS, default=_only(locks)): choice(
                locks, multiple=True
            ),
            vol.Required(SECTION_STAY): section(vol.Schema(_stay())),
            **{
                vol.Required(name): section(
                    vol.Schema(fields), {"collapsed": name not in opened}
                )
                for name, fields in (
                    (SECTION_EVENTS, _events()),
                    (SECTION_DIGITS, _digits()),
                    (SECTION_MESSAGE, _message()),
                )
            },
        }
    )


def _only(locks: Mapping[str, str]) -> list[str]:
    """Return the lock where there is only one to choose."""
    return list(locks) if len(locks) == 1 else []


def _stay() -> VolDictType:
    return {
        vol.Optional(GUEST_CHECK_IN): TimeSelector(),
        vol.Optional(GUEST_CHECK_OUT): TimeSelector(),
        vol.Required(GUEST_BEFORE, default=0): _number(0, _MOST_MINUTES, "min"),
        vol.Required(GUEST_AFTER, default=0): _number(0, _MOST_MINUTES, "min"),
        vol.Required(
            GUEST_LEAD, default=int(DEFAULT_LEAD.total_seconds()) // 3600
        ): _number(1, _MOST_HOURS, "h"),
    }


def _events() -> VolDictType:
    return {
        vol.Optional(GUEST_INCLUDE): _TEXT,
        vol.Optional(GUEST_EXCLUDE): TextSelector(TextSelectorConfig(multiple=True)),
    }


def _digits() -> VolDictType:
    return {
        vol.Required(
            GUEST_DIGITS_FROM, default=DigitsFrom.RANDOM.value
        ): SelectSelector(
            SelectSelectorConfig(
                options=[source.value for source in DigitsFrom],
                mode=SelectSelectorMode.LIST,
                translation_key=GUEST_DIGITS_FROM,
            )
        ),
        vol.Optional(GUEST_PATTERN): _TEXT,
        vol.Required(GUEST_OFFLINE_FALLBACK, default=False): BooleanSelector(),
    }


def _message() -> VolDictType:
    return {
        vol.Optional(GUEST_NOTIFY): _entity(Platform.NOTIFY),
        vol.Optional(GUEST_MESSAGE): TextSelector(TextSelectorConfig(multiline=True)),
    }


def _entity(domain: str) -> EntitySelector:
    only = EntityWithDeviceFilterSelectorConfig(domain=domain)
    return EntitySelector(EntitySelectorConfig(filter=only))


def _number(least: int, most: int, unit: str) -> NumberSelector:
    return NumberSelector(
        NumberSelectorConfig(
            min=least,
            max=most,
            step=1,
            mode=NumberSelectorMode.BOX,
            unit_of_measurement=unit,
        )
    )


def data_of(entered: Values, registry: er.EntityRegistry) -> dict[str, Any]:
    """Return what is stored of a form; what is empty is not.

    Entities are stored by their ids in the registry, where they have one, so that they
    may get other entity ids.
    """
    flat = dict(entered)
    flat.pop(CONF_NAME)
    for name in _SECTIONS:
        flat |= flat.pop(name)
    flat |= {key: int(flat[key]) for key in _NUMBERS}
    flat |= {key: flat.get(key, "").strip() for key in _TEXTS}
    flat |= {key: cv.time(flat[key]).isoformat() for key in _TIMES if key in flat}
    flat[GUEST_EXCLUDE] = [
        text.strip() for text in flat.get(GUEST_EXCLUDE, ()) if text.strip()
    ]
    if flat[GUEST_DIGITS_FROM] != DigitsFrom.PATTERN:
        flat.pop(GUEST_PATTERN)
    for key in _ENTITIES:
        if key in flat and (known := registry.async_get(flat[key])) is not None:
            flat[key] = known.id
    return {key: value for key, value in flat.items() if value not in ("", None)}


def form_of(
    title: str, data: Values, registry: er.EntityRegistry, locks: Mapping[str, str]
) -> dict[str, Any]:
    """Return the values of the form for what is stored; what has gone is left out."""
    shown = dict(data)
    for key in _ENTITIES:
        entity_id = er.async_resolve_entity_id(registry, shown.pop(key, ""))
        if entity_id is not None:
            shown[key] = entity_id
    shown[GUEST_LOCKS] = [lock for lock in data.get(GUEST_LOCKS, ()) if lock in locks]
    blocks = {
        name: {key: shown.pop(key) for key in keys if key in shown}
        for name, keys in _SECTIONS.items()
    }
    return {CONF_NAME: title, **shown, **blocks}


def used_blocks(entered: Values) -> frozenset[str]:
    """Return the folded blocks in which something was chosen."""
    events, digits, message = (
        entered.get(name, {})
        for name in (SECTION_EVENTS, SECTION_DIGITS, SECTION_MESSAGE)
    )
    chosen = {
        SECTION_EVENTS: GUEST_INCLUDE in events
        or events.get(GUEST_EXCLUDE, list(DEFAULT_EXCLUDE)) != list(DEFAULT_EXCLUDE),
        SECTION_DIGITS: digits.get(GUEST_DIGITS_FROM) == DigitsFrom.PATTERN
        or bool(digits.get(GUEST_OFFLINE_FALLBACK)),
        SECTION_MESSAGE: bool(message),
    }
    return frozenset(name for name, is_chosen in chosen.items() if is_chosen)
