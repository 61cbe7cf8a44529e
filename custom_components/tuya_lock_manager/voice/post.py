"""Send digits to the notify entity that the owner chose, and to nobody else."""

import logging

from homeassistant.components.notify import NotifyEntity
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from ..exceptions import refused
from ..recipients import async_hand_over, find_recipient

_LOGGER = logging.getLogger(__name__)


def require_recipient(hass: HomeAssistant, entity_id: str) -> NotifyEntity:
    """Return the notify entity, before anything is made that it is to be sent.

    Raises ServiceValidationError where it isn't there, or can't be reached.
    """
    recipient = find_recipient(hass, entity_id)
    if recipient is None:
        raise refused("voice_no_recipient", entity=entity_id)
    return recipient


async def async_post(recipient: NotifyEntity, title: str, message: str) -> bool:
    """Send a message that holds digits; tell whether that went well."""
    try:
        await async_hand_over(recipient, message, title)
    except HomeAssistantError as err:
        # Whatever a platform raises may quote the message, so only its kind is logged.
        _LOGGER.error(
            "The digits could not be sent to %s: %s",
            recipient.entity_id,
            type(err.__cause__ or err).__name__,
        )
        return False
    return True
