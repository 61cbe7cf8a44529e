"""Tells a guest's code through the notify entity that the owner chose, once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
import re
from typing import Final

from homeassistant.components.notify import DATA_COMPONENT
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.template import Template

from ..dialogs.words import Words
from ..exceptions import failed

# What may be the digits of a code.
_NUMBERS: Final = re.compile(r"[0-9]{4,}")


@dataclass(frozen=True, slots=True)
class Told:
    """What a message tells; `codes` are digits by the names of the locks.

    check_in, check_out: in the time zone of the lock.
    """

    guest: str
    codes: Mapping[str, str]
    check_in: datetime
    check_out: datetime

    @property
    def code(self) -> str:
        """Return the digits, with the locks where they differ."""
        if len(set(self.codes.values())) == 1:
            return next(iter(self.codes.values()))
        return ", ".join(f"{lock}: {code}" for lock, code in self.codes.items())

    @property
    def lock(self) -> str:
        """Return the names of the locks."""
        return ", ".join(self.codes)


async def async_text(hass: HomeAssistant, message: str | None, told: Told) -> str:
    """Return what is to be sent, by the owner's template or by our words.

    Raises TemplateError.
    """
    if message is None:
        words = await Words.async_load(hass)
        return words.say(
            "guest_message",
            guest=told.guest,
            lock=told.lock,
            code=told.code,
            check_in=f"{told.check_in:%Y-%m-%d %H:%M}",
            check_out=f"{told.check_out:%Y-%m-%d %H:%M}",
        )
    template = Template(message, hass)
    text = template.async_render(
        {
            "guest": told.guest,
            "lock": told.lock,
            "code": told.code,
            "codes": dict(told.codes),
            "check_in": told.check_in,
            "check_out": told.check_out,
        },
        parse_result=False,
    )
    return str(text)


async def async_send(hass: HomeAssistant, target: str, text: str) -> None:
    """Send a message.

    It is handed to the entity itself: a call of the action would be an event that says
    the digits to all who listen, and an entity that is unavailable would be left out in
    silence.
    Raises HomeAssistantError.
    """
    entity_id = er.async_resolve_entity_id(er.async_get(hass), target)
    component = hass.data.get(DATA_COMPONENT)
    entity = component.get_entity(entity_id) if component and entity_id else None
    if entity is None or not entity.available:
        raise failed("notify_unavailable", entity=entity_id or target)
    try:
        await entity.async_send_message(text)
    except Exception as err:
        # A platform may raise anything, and quote the message in it.
        numbers = _NUMBERS.findall(text)
        is_clean = not any(number in str(err) for number in numbers)
        if isinstance(err, HomeAssistantError) and is_clean:
            raise
        raise failed("notify_failed", entity=entity_id or target) from err
