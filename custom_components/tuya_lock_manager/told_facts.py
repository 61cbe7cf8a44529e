"""What automations are told of locks, codes, openings and alarms, and how names are compared.

Everything is text as JSON has it, times in Home Assistant's zone. Names are told only if
the user shows them; digits are not known here.
"""

from collections.abc import Iterable
from datetime import datetime

from homeassistant.const import ATTR_DEVICE_ID, ATTR_ENTITY_ID, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.util import dt as dt_util

from .const import DOMAIN
from .domain.alarms import Alarm
from .domain.openings import Opening
from .domain.passwords import Password
from .domain.select import plain_name
from .hub import LockHub

type Facts = dict[str, str | bool | None]


def plain_names(names: Iterable[str]) -> frozenset[str]:
    """Return names as they are compared, in the same way as actions find codes."""
    return frozenset(map(plain_name, names))


def is_one_of(names: frozenset[str], *candidates: str | None) -> bool:
    """Tell whether one of a thing's names, or its number, is among plain names."""
    return not names.isdisjoint(plain_names(filter(None, candidates)))


def about_lock(hass: HomeAssistant, hub: LockHub) -> Facts:
    """Return which lock it is."""
    device = dr.async_get(hass).async_get_device_by_identifier(
        (DOMAIN, hub.id), hub.account.config_entry.entry_id
    )
    return {
        ATTR_ENTITY_ID: er.async_get(hass).async_get_entity_id(
            Platform.LOCK, DOMAIN, hub.id
        ),
        ATTR_DEVICE_ID: device.id if device else None,
        "lock": hub.name,
    }


def about_code(hub: LockHub, password: Password) -> Facts:
    """Return what is known of a code."""
    facts: Facts = {
        "password_id": password.id,
        "type": password.type.value,
        "status": password.status.value,
        "failure": password.failure.value if password.failure else None,
        "start": _text(password.start),
        "end": _text(password.end),
        "use_by": _text(password.use_by),
    }
    return facts | ({"password": password.name} if hub.shows_names else {})


def about_opening(hub: LockHub, opening: Opening) -> Facts:
    """Return how the door was opened, and by whom."""
    facts: Facts = {"time": _text(opening.time), "method": opening.method.value}
    return facts | who_opened(hub, opening, person="member", method="method_name")


def who_opened(hub: LockHub, opening: Opening, *, person: str, method: str) -> Facts:
    """Return who opened; `person` and `method` are the keys of these names."""
    facts: Facts = {
        "user_id": opening.user_id,
        "password_id": opening.password_id,
        "first_use": hub.is_first_use(opening),
    }
    if hub.shows_names:
        facts |= {
            person: opening.person,
            method: opening.method_name,
            "password": opening.password_name,
        }
    return facts


def about_alarm(hub: LockHub, alarm: Alarm) -> Facts:
    """Return what the alarm is about."""
    facts: Facts = {
        "time": _text(alarm.time),
        "type": alarm.type.value,
        "user_id": alarm.user_id,
    }
    return facts | ({"member": alarm.person} if hub.shows_names else {})


def at(moment: datetime) -> Facts:
    """Return when it happened."""
    return {"time": _text(moment)}


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else dt_util.as_local(moment).isoformat()
