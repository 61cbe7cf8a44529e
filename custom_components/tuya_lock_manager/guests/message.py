"""Tells a guest's code through the notify entity that the owner chose, once."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
import re
from typing import Final

from homeassistant.components.notify import DATA_COMPONENT
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, TemplateError
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.template import Template

from ..const import DOMAIN
from ..dialogs.words import Words
from ..exceptions import failed

# What may be the digits of a code, and what may be some of them.
_NUMBERS: Final = re.compile(r"[0-9]{4,}")
_DIGITS: Final = re.compile(r"[0-9]+")
# For so long, in seconds, a notify entity may work on a message.
_TIMEOUT = 60


class MessageUnsureError(HomeAssistantError):
    """A message may have left, or may leave yet: nobody knows."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a message tells; `codes` are digits by the names of the locks.

    check_in, check_out: in the time zone of the lock, and so is use_by: when a code that
    the lock works out itself has to be used first, None where no code is one.
    """

    guest: str
    codes: Mapping[str, str]
    check_in: datetime
    check_out: datetime
    use_by: datetime | None = None

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

    Raises TemplateError; digits that a template fails on are not in its text.
    """
    if message is None:
        words = await Words.async_load(hass)
        text = words.say(
            "guest_message",
            guest=told.guest,
            lock=told.lock,
            code=told.code,
            check_in=f"{told.check_in:%Y-%m-%d %H:%M}",
            check_out=f"{told.check_out:%Y-%m-%d %H:%M}",
        )
        if told.use_by is None:
            return text
        use_by = f"{told.use_by:%Y-%m-%d %H:%M}"
        return f"{text} {words.say('note_use_within_24_hours', use_by=use_by)}"
    template = Template(message, hass)
    try:
        rendered = template.async_render(
            {
                "guest": told.guest,
                "lock": told.lock,
                "code": told.code,
                "codes": dict(told.codes),
                "check_in": told.check_in,
                "check_out": told.check_out,
                "use_by": told.use_by,
            },
            parse_result=False,
        )
    except TemplateError as err:
        # What a filter can't read is quoted, and may be the code.
        raise TemplateError(_DIGITS.sub("…", str(err))) from None
    return str(rendered)


async def async_send(hass: HomeAssistant, target: str, text: str) -> None:
    """Send a message.

    It is handed to the entity itself: a call of the action would be an event that says
    the digits to all who listen, and an entity that is unavailable would be left out in
    silence.
    Raises HomeAssistantError; MessageUnsureError where there was no answer.
    """
    entity_id = er.async_resolve_entity_id(er.async_get(hass), target)
    component = hass.data.get(DATA_COMPONENT)
    entity = component.get_entity(entity_id) if component and entity_id else None
    if entity is None or not entity.available:
        raise failed("notify_unavailable", entity=entity_id or target)
    try:
        async with asyncio.timeout(_TIMEOUT) as patience:
            await entity.async_send_message(text)
    except Exception as err:
        if patience.expired():
            raise MessageUnsureError(
                translation_domain=DOMAIN,
                translation_key="notify_failed",
                translation_placeholders={"entity": entity_id or target},
            ) from None
        # A platform may raise anything, and quote the message in it.
        numbers = _NUMBERS.findall(text)
        is_clean = not any(number in str(err) for number in numbers)
        if isinstance(err, HomeAssistantError) and is_clean:
            raise
        raise failed("notify_failed", entity=entity_id or target) from err
