"""Tells a guest's code through the notify entity that the owner chose, once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
import re
from typing import Final

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import TemplateError
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.template import Template

from ..dialogs.words import Words
from ..exceptions import failed
from ..recipients import async_hand_over, find_recipient

# What may be some of the digits of a code.
_DIGITS: Final = re.compile(r"[0-9]+")


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
    """Send a message; an entity that is unavailable is not left out in silence.

    Raises HomeAssistantError; MessageUnsureError where there was no answer.
    """
    recipient = find_recipient(hass, target)
    if recipient is None:
        entity_id = er.async_resolve_entity_id(er.async_get(hass), target)
        raise failed("notify_unavailable", entity=entity_id or target)
    await async_hand_over(recipient, text)
