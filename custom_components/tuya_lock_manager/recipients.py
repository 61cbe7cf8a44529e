"""Notify entities that the owner chose for digits, and how digits are handed to them.

The entity is told directly: a call of the action would be an event that says the digits to
all who listen, and would be recorded.
"""

import asyncio
import re
from typing import Final

from homeassistant.components.notify import DATA_COMPONENT, NotifyEntity
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er

from .const import DOMAIN
from .exceptions import failed

# What may be the digits of a code, or a part of them: an owner may write them in groups.
_NUMBERS: Final = re.compile(r"[0-9]{2,}")
# For so long, in seconds, a notify entity may work on a message.
_TIMEOUT = 60


class MessageUnsureError(HomeAssistantError):
    """A message may have left, or may leave yet: nobody knows."""


def find_recipient(hass: HomeAssistant, target: str) -> NotifyEntity | None:
    """Return the notify entity of an id, None where it isn't there or can't be reached."""
    entity_id = er.async_resolve_entity_id(er.async_get(hass), target)
    component = hass.data.get(DATA_COMPONENT)
    entity = component.get_entity(entity_id) if component and entity_id else None
    return entity if entity is not None and entity.available else None


async def async_hand_over(
    recipient: NotifyEntity, text: str, title: str | None = None
) -> None:
    """Hand a message with digits to an entity.

    Raises HomeAssistantError, without the digits; MessageUnsureError where there was no
    answer.
    """
    entity_id = recipient.entity_id
    try:
        async with asyncio.timeout(_TIMEOUT) as patience:
            await recipient.async_send_message(text, title=title)
    except Exception as err:
        if patience.expired():
            raise MessageUnsureError(
                translation_domain=DOMAIN,
                translation_key="notify_failed",
                translation_placeholders={"entity": entity_id},
            ) from None
        # A platform may raise anything, and quote the message in it.
        numbers = _NUMBERS.findall(text)
        is_clean = not any(number in str(err) for number in numbers)
        if isinstance(err, HomeAssistantError) and is_clean:
            raise
        raise failed("notify_failed", entity=entity_id) from err
