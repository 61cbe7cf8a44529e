"""The bolt of a lock, from its listings and its records."""

from datetime import datetime
from typing import TYPE_CHECKING

from homeassistant.core import callback

from .domain import bolt

if TYPE_CHECKING:
    from .hub import LockHub
    from .tuya_cloud import Device


def is_jammed(hub: LockHub) -> bool | None:
    """Return whether the bolt is jammed, None while the records are not read."""
    activity = hub.activity
    is_read = activity.is_wanted and activity.last_update_success
    if not (is_read and activity.has_answer):
        return None
    return bolt.still_jams(activity.read_out(bolt.jammed_at), hub.memory.bolt_moved_at)


@callback
def async_note_movement(hub: LockHub, before: Device, listed_at: datetime) -> None:
    """Look at a new listing of a lock: did the bolt move since the one before?

    When, nobody says: some time since that one was read, which is `listed_at`.
    """
    if bolt.has_moved(before.status, hub.device.status):
        hub.memory.bolt_moved_at = listed_at
        hub.store.async_save_soon()
