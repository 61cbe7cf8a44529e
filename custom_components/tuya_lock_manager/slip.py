"""The journal's entry of one call: written before each request that changes something."""

from dataclasses import replace
from typing import TYPE_CHECKING

from homeassistant.core import CoreState, callback

from .domain.journal import JournalEntry, Outcome
from .exceptions import failed

if TYPE_CHECKING:
    from .hub import LockHub


class Slip:
    """The entry of a call that is under way.

    A call fills in `entry` and writes it before each request that changes something.
    """

    def __init__(self, hub: LockHub, entry: JournalEntry) -> None:
        """Begin with what is known before anything is sent; nothing is written yet."""
        self._hub = hub
        self.entry = entry

    @property
    def receipt(self) -> str | None:
        """Return what to call `answered` with; None where no digits wait for a reader."""
        entry = self._hub.memory.journal.get(self.entry.id)
        return entry.id if entry and entry.outcome is Outcome.UNSEEN else None

    async def async_write(
        self, digits: str | None = None, *, random: bool = False
    ) -> None:
        """Write the entry; it is on the disk when this returns, so the request may leave.

        Raises HomeAssistantError where it can't be written, and while Home Assistant
        stops: it saves nothing then.
        """
        if self._hub.account.hass.state in {CoreState.stopping, CoreState.final_write}:
            raise failed("stopping")
        if digits is not None:
            sealed = self._hub.sealed(self.entry.id, digits)
            self.entry = replace(self.entry, sealed=sealed, random=random)
        if not await self.async_save():
            raise failed("not_saved")

    async def async_save(self) -> bool:
        """Save the entry as it is now; return whether it is on the disk."""
        self._hub.memory.journal[self.entry.id] = self.entry
        return await self._hub.store.async_save()

    @callback
    def async_done(self, code_id: str) -> None:
        """Note that it was done; whoever saves next saves that, too.

        What is made on all locks or on none is told of if its call never ends.
        """
        if self.entry.random or self.entry.all_or_nothing:
            self.entry = replace(self.entry, outcome=Outcome.UNSEEN, code_id=code_id)
            self._hub.memory.journal[self.entry.id] = self.entry
        else:
            self._hub.memory.journal.pop(self.entry.id, None)
