"""The journal of one lock: written before a change is sent, settled by reading.

A call writes its entry, sends, and finishes it from the answer. An entry that nobody
finished, because the answer was lost or Home Assistant was killed, is settled by what the
list shows later; nothing is sent again before that.
"""

from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from homeassistant.core import callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util.ulid import ulid_now

from .domain.journal import (
    PATIENCE,
    READINGS,
    JournalEntry,
    Operation,
    Outcome,
    found,
    is_going,
    is_superseded,
)
from .domain.passwords import IssuedCode, PasswordKey, PasswordType, password_key
from .domain.windows import Window
from .exceptions import UnsettledError, refused
from .kept_codes import async_forget_lost
from .periodic_codes import async_verify
from .slip import Slip
from .store import entry_without_digits
from .tuya_cloud import OnlinePassword, TuyaCloudError
from .unwanted import async_take_back

if TYPE_CHECKING:
    from .hub import LockHub


class LockJournal:
    """The entries of one lock."""

    def __init__(self, hub: LockHub) -> None:
        """Take the lock; what is in its memory was left by an earlier run."""
        self._hub = hub
        # Entries of calls under way, and of those whose caller still waits.
        self._held: set[str] = set()
        # Since when the list has been read for an entry, and since when that was tried.
        self._since: dict[str, datetime] = {}
        self._tried: dict[str, datetime] = {}

    @property
    def reports(self) -> list[JournalEntry]:
        """Return the entries whose outcome nobody was told."""
        return [
            entry
            for entry in self._hub.memory.journal.values()
            if entry.outcome is not Outcome.OPEN and entry.id not in self._held
        ]

    @property
    def open_entries(self) -> list[JournalEntry]:
        """Return the entries that wait for the list to tell what became of them."""
        return [
            entry
            for entry in self._hub.memory.journal.values()
            if entry.outcome is Outcome.OPEN and entry.id not in self._held
        ]

    def find(self, entry_id: str) -> JournalEntry | None:
        """Return an entry."""
        return self._hub.memory.journal.get(entry_id)

    def unseen_digits(self, entry_id: str) -> str | None:
        """Return digits that nobody has seen yet, where they were kept."""
        entry = self.find(entry_id)
        return self._hub.unsealed(entry_id, entry.sealed if entry else None)

    @asynccontextmanager
    async def async_slip(
        self,
        operation: Operation,
        type_: PasswordType,
        name: str,
        window: Window,
        *,
        code_id: str | None = None,
        before: IssuedCode | None = None,
        was_changing: bool = False,
        reference: str | None = None,
    ) -> AsyncIterator[Slip]:
        """Give a call its slip; what it leaves unfinished is settled by later readings.

        A refusal ends the entry: nothing was done, and the caller is told.
        """
        hub = self._hub
        entry = JournalEntry(
            id=ulid_now(),
            operation=operation,
            type=type_,
            name=name,
            start=window.start,
            end=window.end,
            asked_at=hub.client.now(),
            code_id=code_id,
            seen=frozenset(code.id for code in hub.passwords.online),
            before=before,
            was_changing=was_changing,
            reference=reference,
        )
        self._held.add(entry.id)
        is_over = {Outcome.OPEN, Outcome.UNSEEN}
        dropped: set[Outcome] = set()
        try:
            yield Slip(hub, entry)
            dropped = {Outcome.OPEN}
        except (HomeAssistantError, TuyaCloudError, ValueError) as err:
            lost = isinstance(err, TuyaCloudError) and err.outcome_unknown
            dropped = set() if lost or isinstance(err, UnsettledError) else is_over
            if not dropped and (left := self.find(entry.id)) is not None:
                self._settle(replace(left, is_answered=True))
            raise
        finally:
            if dropped != is_over and (dropped or self.find(entry.id)):
                self._forget_superseded(entry)
            self._async_leave(entry.id, dropped)

    def _forget_superseded(self, *ended: JournalEntry) -> None:
        """Forget changes after which others were asked for; `ended` are told of already."""
        entries = (*self._hub.memory.journal.values(), *ended)
        for number, entry in enumerate(entries, start=1):
            if entry.id not in self._held and is_superseded(entry, entries[number:]):
                self._drop(entry.id)
                self._hub.store.async_save_promptly()

    @callback
    def _async_leave(self, entry_id: str, dropped: Collection[Outcome]) -> None:
        """End a call: its entry is over, waits for the digits to be seen, or is left."""
        left = self.find(entry_id)
        if left is None or left.outcome in dropped:
            self._held.discard(entry_id)
            if self._drop(entry_id):
                self._hub.store.async_save_promptly()
        elif left.outcome is not Outcome.UNSEEN or not dropped:
            self._held.discard(entry_id)
            self._hub.passwords.async_recompute()

    @callback
    def async_answered(self, entry_id: str) -> None:
        """Forget an entry: its outcome has been told."""
        self._held.discard(entry_id)
        if self._drop(entry_id):
            self._hub.store.async_save_promptly()
            self._hub.troubles.async_update()

    @callback
    def async_answered_for(self, key: PasswordKey) -> None:
        """Forget the entries that wait for somebody to see a code, or to delete it."""
        over = {Outcome.UNSEEN, Outcome.UNWANTED}
        for entry in tuple(self._hub.memory.journal.values()):
            if entry.outcome in over and _key_of(entry) == key:
                self.async_answered(entry.id)

    def receipt_for(self, key: PasswordKey) -> str | None:
        """Return the entry of a code whose digits nobody has seen; somebody will now."""
        for entry in self._hub.memory.journal.values():
            if entry.outcome is Outcome.UNSEEN and _key_of(entry) == key:
                self._held.add(entry.id)
                return entry.id
        return None

    @callback
    def async_unanswered(self, entry_id: str) -> None:
        """Report an entry: whoever asked is gone."""
        self._held.discard(entry_id)
        self._hub.troubles.async_update()

    def refuse_unsettled(
        self, name: str, window: Window | None, reference: str | None = None
    ) -> None:
        """Refuse a wish that an unsettled entry may have fulfilled already."""
        for entry in self._hub.memory.journal.values():
            if entry.operation is not Operation.CREATE:
                continue
            is_same = reference is not None and entry.reference == reference
            is_twin = entry.is_online and entry.outcome is Outcome.OPEN
            is_twin = is_twin and (entry.name, Window(entry.start, entry.end)) == (
                name,
                window,
            )
            if entry.outcome is Outcome.OPEN and (is_same or is_twin):
                raise refused("not_settled_yet", name=name)
            if entry.outcome is Outcome.UNKNOWN and is_same:
                raise refused("reference_unknown", name=name)

    def readings(self, now: datetime) -> Iterator[datetime]:
        """Yield when to read the list for open entries; in an outage, the poll tries on."""
        for entry in self.open_entries:
            since = self._since.get(entry.id) or self._tried.get(entry.id, now)
            yield from (since + delay for delay in READINGS)

    @callback
    def async_look(self) -> None:
        """Settle what the list that was just read tells of."""
        hub = self._hub
        now = hub.client.now()
        if not hub.passwords.last_update_success:
            for entry in self.open_entries:
                self._tried.setdefault(entry.id, now)
            return
        self._forget_superseded()
        for entry in self.open_entries:
            since = self._since.setdefault(entry.id, now)
            if not entry.is_online:
                self._settle(replace(entry, outcome=Outcome.UNKNOWN))
            elif entry.operation is Operation.CREATE:
                self._settle_creation(entry, is_late=now - since >= PATIENCE)
            elif self._is_done(entry):
                self._settle_done(entry)
            elif now - since >= PATIENCE or not entry.is_told:
                self._settle_not_done(entry)
        self._forget_over(now)

    def _settle_creation(self, entry: JournalEntry, *, is_late: bool) -> None:
        hub = self._hub
        listed = found(entry, hub.passwords.online, hub.family)
        if listed is None:
            if is_late:
                self._settle_none(entry)
            return
        code = self._issued(entry, listed)
        if entry.before is not None:
            async_forget_lost(hub, entry.before)
        hub.memory.issued.setdefault(code.key, code)
        entry = replace(entry, code_id=code.id)
        if entry.all_or_nothing:
            self._take_back(entry)
        else:
            self._settle_made(entry, code)

    def _settle_none(self, entry: JournalEntry) -> None:
        """Note that there is no code, where the caller wasn't told that there may be none."""
        if entry.all_or_nothing and entry.is_answered:
            self.async_answered(entry.id)
        else:
            self._settle(replace(entry, outcome=Outcome.NOT_DONE))

    def _take_back(self, entry: JournalEntry) -> None:
        """Delete a code whose call ended without it: the other locks have none."""
        self._settle(entry)
        self._held.add(entry.id)
        self._hub.async_start(self._async_take_back(entry), "code taken back")

    async def _async_take_back(self, entry: JournalEntry) -> None:
        try:
            is_done = await async_take_back(self._hub, _key_of(entry))
        finally:
            self._held.discard(entry.id)
        if is_done:
            self._settle_none(entry)
        else:
            self._settle(replace(entry, outcome=Outcome.UNWANTED))
        self._hub.passwords.async_recompute()

    async def _async_verify(self, entry: JournalEntry, code: IssuedCode) -> None:
        is_new = entry.operation is Operation.CREATE
        try:
            await async_verify(self._hub, code, is_new=is_new)
        except HomeAssistantError as err:
            if err.translation_key != "schedule_open":
                self._settle(replace(entry, outcome=Outcome.NOT_DONE))
        else:
            self._settle_told(entry)
        finally:
            self._held.discard(entry.id)
            self._hub.passwords.async_recompute()

    def _issued(self, entry: JournalEntry, listed: OnlinePassword) -> IssuedCode:
        hub = self._hub
        digits = hub.unsealed(entry.id, entry.sealed)
        return IssuedCode(
            id=listed.id,
            type=entry.type,
            name=entry.name,
            start=entry.start,
            end=entry.end,
            issued_at=entry.asked_at,
            one_time=entry.one_time,
            template=entry.template,
            sealed=None if digits is None else hub.sealed(listed.id, digits),
            schedule=entry.schedule,
            reference=entry.reference,
        )

    def _is_done(self, entry: JournalEntry) -> bool:
        hub = self._hub
        if entry.operation is not Operation.DELETE:
            shown = found(entry, hub.passwords.online, hub.family)
            return entry.is_told and shown is not None
        code_id = entry.code_id or ""
        return is_going(
            hub.passwords.find(password_key(entry.type, code_id)),
            hub.passwords.online,
            code_id=code_id,
            was_listed=code_id in entry.seen,
            was_changing=entry.was_changing,
        )

    def _settle_done(self, entry: JournalEntry) -> None:
        """Note a change that was done; what is remembered of the code was so before."""
        memory = self._hub.memory
        key = _key_of(entry)
        code = memory.issued.get(key, entry.before)
        if entry.operation is Operation.DELETE and code is not None:
            memory.issued[key] = replace(code, removal_requested_at=entry.asked_at)
        if code is None or entry.operation is Operation.DELETE:
            self._settle(None, entry.id)
        else:
            if entry.operation is Operation.MODIFY and self._has_new_digits(entry):
                self.async_answered_for(key)
            self._settle_made(entry, code)

    def _settle_not_done(self, entry: JournalEntry) -> None:
        """Take a change back from what is remembered, and report it."""
        memory, key = self._hub.memory, _key_of(entry)
        if entry.operation is not Operation.DELETE:
            if entry.before is None:
                memory.issued.pop(key, None)
            else:
                # Where no list tells, neither the old digits nor the new ones are sure.
                before = entry.before
                memory.issued[key] = (
                    before if entry.is_told else replace(before, sealed=None)
                )
        outcome = Outcome.NOT_DONE if entry.is_told else Outcome.UNKNOWN
        self._settle(replace(entry, outcome=outcome))

    def _has_new_digits(self, entry: JournalEntry) -> bool:
        before = entry.before
        known = before and self._hub.unsealed(before.id, before.sealed)
        return entry.random or self.unseen_digits(entry.id) != known

    def _settle_made(self, entry: JournalEntry, code: IssuedCode) -> None:
        """Note what was done; with hours it may open all week until they were read back."""
        if entry.schedule is None:
            self._settle_told(entry)
            return
        self._settle(entry)
        self._held.add(entry.id)
        self._hub.async_start(self._async_verify(entry, code), "hours read back")

    def _settle_told(self, entry: JournalEntry) -> None:
        if entry.random:
            self._settle(replace(entry, outcome=Outcome.UNSEEN))
        else:
            self._settle(None, entry.id)

    def _settle(self, entry: JournalEntry | None, entry_id: str = "") -> None:
        memory = self._hub.memory
        if entry is None:
            memory.journal.pop(entry_id, None)
        else:
            memory.journal[entry.id] = entry
        self._hub.store.async_save_promptly()

    def _forget_over(self, now: datetime) -> None:
        """Forget reports on codes that open nothing any more."""
        for entry in self.reports:
            if now >= entry.end:
                self._drop(entry.id)
                self._hub.store.async_save_soon()
        if not self._hub.keeps_digits:
            memory = self._hub.memory
            memory.journal = {
                key: entry_without_digits(entry)
                for key, entry in memory.journal.items()
            }

    def _drop(self, entry_id: str) -> bool:
        self._since.pop(entry_id, None)
        self._tried.pop(entry_id, None)
        return self._hub.memory.journal.pop(entry_id, None) is not None


def _key_of(entry: JournalEntry) -> PasswordKey:
    return password_key(entry.type, entry.code_id or "")
