"""Codes that were made though their call ended without them: deleted when they show."""

import logging
from typing import TYPE_CHECKING

from homeassistant.exceptions import HomeAssistantError

from .domain.passwords import PasswordKey
from .exceptions import UnsettledError

if TYPE_CHECKING:
    from .hub import LockHub

_LOGGER = logging.getLogger(__name__)


async def async_take_back(hub: LockHub, key: PasswordKey) -> bool:
    """Delete a code; return whether that was asked for, or is settled elsewhere.

    A deletion whose own answer is lost has an entry of its own by then.
    """
    try:
        await hub.manager.async_delete(hub, key)
    except UnsettledError:
        return True
    except HomeAssistantError as err:
        _LOGGER.debug("A code could not be taken back: %s", err)
        return False
    return True
