"""Opening from afar: who asks to be let in, and the ways that a lock knows."""

from .domain.data_points import REQUEST_CODES
from .exceptions import refused
from .hub import LockHub
from .people import Changing, errors_told
from .tuya_cloud import RemoteUnlock, UnsupportedError


class RemoteManager:
    """Answers for an account's locks, one change at a time for each lock."""

    def __init__(self, changing: Changing) -> None:
        """Take what lets one change at a time go to a lock."""
        self._changing = changing

    async def async_answer(self, hub: LockHub, *, accept: bool) -> None:
        """Let in who asks at a lock now, or turn them down.

        The lock is asked first: an answer that nobody waits for could open the door to
        nobody. A model without a countdown of its own can't be asked.
        """
        async with self._changing(hub):
            if hub.codes and not REQUEST_CODES & hub.codes:
                raise refused("unlock_requests_unsupported", lock=hub.name)
            status = await hub.client.get_status(hub.id)
            if status.get("unlock_request") == 0:
                raise refused("no_unlock_request", lock=hub.name)
            await hub.client.answer_unlock_request(hub.id, accept=accept)

    async def async_ways(self, hub: LockHub) -> tuple[RemoteUnlock, ...] | None:
        """Return the ways to open a lock from afar, None where the cloud knows none."""
        async with errors_told(hub):
            try:
                return await hub.client.get_remote_unlock(hub.id) or None
            except UnsupportedError:
                return None

    async def async_supports_offline(self, hub: LockHub) -> bool | None:
        """Return whether a lock takes offline codes, None where nobody says."""
        async with errors_told(hub):
            return await hub.async_supports_offline()
