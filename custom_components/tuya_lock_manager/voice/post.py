"""Send digits to the notify entity that the owner chose, and to nobody else."""

import logging

from homeassistant.components.notify import DATA_COMPONENT, NotifyEntity
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant

from ..exceptions import refused

_LOGGER = logging.getLogger(__name__)


def require_recipient(hass: HomeAssistant, entity_id: str) -> NotifyEntity:
    """Return the notify entity, before anything is made that it is to be sent.

    Raises ServiceValidationError where it isn't there, or can't be reached.
    """
    component = hass.data.get(DATA_COMPONENT)
    entity = component.get_entity(entity_id) if component else None
    state = hass.states.get(entity_id)
    if entity is None or state is None or state.state == STATE_UNAVAILABLE:
        raise refused("voice_no_recipient", entity=entity_id)
    return entity


async def async_post(recipient: NotifyEntity, title: str, message: str) -> bool:
    """Send a message that holds digits; tell whether that went well.

    The entity is told directly: an action's data goes over the event bus, and from there
    into the history.
    """
    try:
        await recipient.async_send_message(message, title=title)
    except Exception as err:  # noqa: BLE001
        # Whatever a platform raises may quote the message, so only its kind is logged.
        _LOGGER.error(
            "The digits could not be sent to %s: %s",
            recipient.entity_id,
            type(err).__name__,
        )
        return False
    return True
