"""Guest calendars: codes that follow the bookings of a calendar."""

import logging

from homeassistant.core import HomeAssistant, callback

from ..account import TuyaLockConfigEntry
from ..const import SUBENTRY_GUESTS
from .keeper import GuestKeeper

_LOGGER = logging.getLogger(__name__)


@callback
def async_add_keepers(hass: HomeAssistant, entry: TuyaLockConfigEntry) -> None:
    """Give each guest calendar of an account its keeper; nothing is read yet.

    What was remembered of guest calendars that are gone is forgotten.
    """
    data = entry.runtime_data
    memories = data.account.store.guests
    for subentry_id in memories.keys() - entry.subentries.keys():
        del memories[subentry_id]
        data.account.store.async_save_soon()
    for subentry in entry.get_subentries_of_type(SUBENTRY_GUESTS):
        try:
            data.guests[subentry.subentry_id] = GuestKeeper(hass, entry, subentry)
        except ValueError:
            _LOGGER.exception(
                "The guest calendar %s can't be read: add it again", subentry.title
            )
