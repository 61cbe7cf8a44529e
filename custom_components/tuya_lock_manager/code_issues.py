"""Repairs about the codes of one lock: what never arrived, never went, or is unsettled.

Every user of the house can read a repair, so it names a code only if names may be shown,
and never holds digits.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from homeassistant.core import callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util

from .const import DOMAIN
from .dialogs.markdown import harmless
from .dialogs.words import Words
from .domain.journal import JournalEntry, Operation, Outcome
from .domain.passwords import (
    Password,
    PasswordKey,
    PasswordStatus,
    PasswordType,
    password_key,
)
from .domain.troubles import Trouble, due_at, trouble_of

if TYPE_CHECKING:
    from .hub import LockHub

# What the data of a repair says about itself; no names and no digits.
KIND, ENTRY_ID, DEVICE_ID, SUBJECT = "kind", "entry_id", "device_id", "subject"
ABOUT_CODE, ABOUT_ENTRY = "code", "entry"

_MAY_OPEN = frozenset({Trouble.DELETION_NOT_CONFIRMED, Trouble.CHANGE_NOT_CONFIRMED})
_OVERDUE = frozenset({Trouble.NOT_DELIVERED, Trouble.WAITING})
# The lock said so, whenever the list was read; the others are half the clock's word.
_SAID_BY_LOCK = frozenset(
    {Trouble.REFUSED, Trouble.REFUSED_DUPLICATE, Trouble.REFUSED_FULL}
)
_UNKNOWN_OFFLINE = "offline_code_unknown"


@dataclass(frozen=True, slots=True)
class _Issue:
    """One repair: `subject` is a password's id or a journal entry's."""

    about: str
    subject: str
    key: str
    name: str
    type: PasswordType
    end: datetime | None
    code_id: str | None
    severity: ir.IssueSeverity

    @property
    def is_sure(self) -> bool:
        """Whether no reading of now is needed to tell of it."""
        return self.about == ABOUT_ENTRY or self.key in _SAID_BY_LOCK

    def placeholders(self, hub: LockHub) -> dict[str, str]:
        """Return what its text says, the same for all kinds."""
        words = Words.cached(hub.account.hass)
        name = harmless(self.name) if hub.shows_names else None
        end = dt_util.as_local(self.end) if self.end else None
        return {
            "code": words.called(name, self.code_id),
            "lock": harmless(hub.name),
            "until": f"{end:%Y-%m-%d %H:%M}" if end else "-",
        }


class CodeIssues:
    """The repairs of one lock."""

    def __init__(self, hub: LockHub) -> None:
        """Take the lock; what an earlier run raised is found in the registry."""
        self._hub = hub
        self._raised: set[str] | None = None
        # Codes that should be on the lock by now, and are not.
        self.undelivered: frozenset[PasswordKey] = frozenset()
        # Repairs that somebody is mending right now.
        self.under_way: set[str] = set()

    def due_at(self, password: Password) -> datetime | None:
        """Return when a code that is still on its way becomes a repair."""
        ours = self._hub.memory.issued.get(password.key)
        return due_at(password, ours, self._hub.family)

    @callback
    def async_update(self, *, has_read: bool = False) -> None:
        """Raise what is wrong now, and take back what is not any more.

        While the passwords can't be read nothing changes. What the clock has a part in is
        raised only when the list was just read (`has_read`); what the lock said holds
        after a start, too.
        """
        hub = self._hub
        if not (hub.passwords.has_answer and hub.passwords.last_update_success):
            return
        wanted = {self._issue_id(issue): issue for issue in self._issues()}
        raised = self._raised if self._raised is not None else self._found()
        for issue_id in raised - wanted.keys():
            ir.async_delete_issue(hub.account.hass, DOMAIN, issue_id)
        shown = {
            issue_id: issue
            for issue_id, issue in wanted.items()
            if has_read or issue_id in raised or issue.is_sure
        }
        for issue_id, issue in shown.items():
            self._raise(issue_id, issue)
        self._raised = set(shown)
        self.undelivered = frozenset(
            password_key(issue.type, issue.subject)
            for issue in shown.values()
            if issue.about == ABOUT_CODE and issue.key in _OVERDUE
        )

    @callback
    def async_keep(self, password_id: str) -> None:
        """Leave a code as it is, and say no more about that."""
        memory = self._hub.memory
        memory.kept |= {
            _mark(password, trouble, self._hub)
            for password, trouble in self._troubles()
            if password.id == password_id
        }
        self._hub.store.async_save_soon()
        self.async_update()

    @callback
    def async_keep_deletion(self, password_id: str) -> None:
        """Say no more about a deletion of which nothing will tell."""
        hub = self._hub
        hub.memory.kept |= {
            _mark(password, Trouble.DELETION_NOT_CONFIRMED, hub)
            for password in self._going()
            if password.id == password_id
        }
        hub.store.async_save_soon()
        self.async_update()

    def _going(self) -> list[Password]:
        return [
            password
            for password in self._hub.passwords.data or ()
            if password.status is PasswordStatus.REMOVING
        ]

    @callback
    def async_remove(self) -> None:
        """Take back all repairs of the lock: nobody looks after it any more."""
        for issue_id in self._found():
            ir.async_delete_issue(self._hub.account.hass, DOMAIN, issue_id)
        self._raised = set()

    def _issues(self) -> list[_Issue]:
        hub = self._hub
        troubles = list(self._troubles())
        marks = {_mark(password, trouble, hub) for password, trouble in troubles}
        marks |= {
            _mark(password, Trouble.DELETION_NOT_CONFIRMED, hub)
            for password in self._going()
        }
        if forgotten := hub.memory.kept - marks:
            hub.memory.kept -= forgotten
            hub.store.async_save_soon()
        return [
            *(
                _of_password(password, trouble)
                for password, trouble in troubles
                if _mark(password, trouble, hub) not in hub.memory.kept
            ),
            *map(self._of_entry, hub.journal.reports),
        ]

    def _troubles(self) -> list[tuple[Password, Trouble]]:
        hub = self._hub
        now = hub.client.now()
        return [
            (password, trouble)
            for password in hub.passwords.data or ()
            if (
                trouble := trouble_of(
                    password, hub.memory.issued.get(password.key), hub.family, now
                )
            )
        ]

    def _of_entry(self, entry: JournalEntry) -> _Issue:
        return _Issue(
            about=ABOUT_ENTRY,
            subject=entry.id,
            key=_key_of(
                entry, opens=self._hub.journal.unseen_digits(entry.id) is not None
            ),
            name=entry.name,
            type=entry.type,
            end=entry.end,
            code_id=entry.code_id,
            severity=ir.IssueSeverity.ERROR,
        )

    def _raise(self, issue_id: str, issue: _Issue) -> None:
        hub = self._hub
        ir.async_create_issue(
            hub.account.hass,
            DOMAIN,
            issue_id,
            data={
                KIND: issue.about,
                ENTRY_ID: hub.account.config_entry.entry_id,
                DEVICE_ID: hub.id,
                SUBJECT: issue.subject,
            },
            is_fixable=True,
            severity=issue.severity,
            translation_key=issue.key,
            translation_placeholders=issue.placeholders(hub),
        )

    def _issue_id(self, issue: _Issue) -> str:
        entry_id = self._hub.account.config_entry.entry_id
        return f"{entry_id}_{issue.key}_{self._hub.id}_{issue.subject}"

    def _found(self) -> set[str]:
        """Return the lock's repairs that are in the registry.

        Of those of an earlier run it has no more than their ids.
        """
        hub = self._hub
        beginning = f"{hub.account.config_entry.entry_id}_"
        return {
            issue_id
            for domain, issue_id in ir.async_get(hub.account.hass).issues
            if domain == DOMAIN
            and issue_id.startswith(beginning)
            and f"_{hub.id}_" in issue_id
        }


def _of_password(password: Password, trouble: Trouble) -> _Issue:
    return _Issue(
        about=ABOUT_CODE,
        subject=password.id,
        key=trouble.value,
        name=password.name,
        type=password.type,
        end=password.end,
        code_id=password.id,
        severity=ir.IssueSeverity.ERROR
        if trouble in _MAY_OPEN
        else ir.IssueSeverity.WARNING,
    )


def _mark(password: Password, trouble: Trouble, hub: LockHub) -> str:
    """Return what tells a trouble apart; one after another change is a new one."""
    ours = hub.memory.issued.get(password.key)
    since = ours.sent_at.isoformat() if ours else ""
    return f"{trouble}:{password.id}:{since}"


def _key_of(entry: JournalEntry, *, opens: bool) -> str:
    """Return the name of the repair for what became of an entry.

    `opens`: its digits are kept, and sealed with the secret of now.
    """
    if entry.outcome is Outcome.UNSEEN:
        online = "" if entry.is_online else "offline_"
        kept = "unseen" if opens else "lost"
        return f"{online}digits_{kept}"
    if entry.outcome is Outcome.UNWANTED:
        return "code_not_taken_back"
    if not entry.is_online:
        return _UNKNOWN_OFFLINE
    if entry.outcome is Outcome.UNKNOWN:
        return "change_unknown"
    match entry.operation:
        case Operation.CREATE:
            return "creation_not_done"
        case Operation.DELETE:
            return "deletion_not_done"
        case _:
            return "change_not_done"
