"""Codes whose guest calendar was removed: they stay until the user decides.

Home Assistant removes a config subentry without asking, maybe while its account is not
loaded. What a guest calendar made carries its id in the reference, so it is found.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
import re

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util

from ..account import TuyaLockConfigEntry
from ..code_issues import ENTRY_ID, KIND
from ..const import DOMAIN
from ..dialogs.markdown import harmless
from ..domain.passwords import IssuedCode
from ..hub import LockHub
from ..references import may_open
from ..turns import JOINING
from .issues import SUBENTRY_ID

ABOUT_LEFT = "guest_codes_left"
# "guest:<id of the config subentry>:<booking>"; such an id is a ULID.
_REFERENCE = re.compile("guest:([0-9A-HJKMNP-TV-Z]{26}):", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LeftCode:
    """A live code of a guest calendar that is no more, on its lock."""

    hub: LockHub
    code: IssuedCode
    subentry_id: str


def left_codes(entry: TuyaLockConfigEntry) -> list[LeftCode]:
    """Return the live codes of removed guest calendars of a loaded account."""
    return [
        LeftCode(hub, code, subentry_id)
        for hub in entry.runtime_data.locks.values()
        for code, subentry_id in _guests_codes(hub)
        if subentry_id not in entry.subentries
    ]


def _guests_codes(hub: LockHub) -> Iterator[tuple[IssuedCode, str]]:
    """Yield the live codes that guest calendars made, each with its calendar's id."""
    for code in hub.memory.issued.values():
        made_by = _REFERENCE.match(code.reference or "")
        if made_by is not None and may_open(hub, code):
            yield code, made_by[1]


@callback
def async_watch_left_codes(hass: HomeAssistant, entry: TuyaLockConfigEntry) -> None:
    """Tell of left codes now, and whenever one ends, until the account is unloaded."""

    @callback
    def look_again(_: object) -> None:
        look_at_locks()

    @callback
    def look_at_locks() -> None:
        async_tell_left_codes(hass, entry)

    data = entry.runtime_data
    for hub in data.locks.values():
        entry.async_on_unload(hub.lifecycle.async_add_news_listener(look_again))
    # A lock that is back may have some, too.
    entry.async_on_unload(data.account.async_add_listener(look_at_locks, JOINING))
    look_at_locks()


@callback
def async_tell_left_codes(
    hass: HomeAssistant,
    entry: TuyaLockConfigEntry,
    titles: Mapping[str, str] | None = None,
) -> None:
    """Raise a repair for each removed guest calendar with codes, and take others back.

    `titles` are those that guest calendars had a moment ago. The repair outlives
    restarts, and with it the title, which nothing else remembers.
    """
    registry = ir.async_get(hass)
    found: dict[str, list[LeftCode]] = {}
    for left in left_codes(entry):
        found.setdefault(left.subentry_id, []).append(left)
    raised = {
        str((issue.data or {}).get(SUBENTRY_ID)): issue
        for issue in registry.issues.values()
        if issue.domain == DOMAIN
        and (issue.data or {}).get(KIND) == ABOUT_LEFT
        and (issue.data or {}).get(ENTRY_ID) == entry.entry_id
    }
    for subentry_id in raised.keys() - found.keys():
        ir.async_delete_issue(hass, DOMAIN, raised[subentry_id].issue_id)
    for subentry_id, codes in found.items():
        known = raised.get(subentry_id)
        before = (known.translation_placeholders or {}) if known else {}
        title = (titles or {}).get(subentry_id) or before.get("calendar") or "?"
        _raise(hass, entry, subentry_id, harmless(title), codes)


def _raise(
    hass: HomeAssistant,
    entry: TuyaLockConfigEntry,
    subentry_id: str,
    title: str,
    codes: list[LeftCode],
) -> None:
    locks = sorted({left.hub.name for left in codes}, key=str.casefold)
    last = dt_util.as_local(max(left.code.end for left in codes))
    ir.async_create_issue(
        hass,
        DOMAIN,
        f"{entry.entry_id}_{ABOUT_LEFT}_{subentry_id}",
        data={KIND: ABOUT_LEFT, ENTRY_ID: entry.entry_id, SUBENTRY_ID: subentry_id},
        is_fixable=True,
        is_persistent=True,
        severity=ir.IssueSeverity.WARNING,
        translation_key="guest_codes_left",
        translation_placeholders={
            "calendar": title,
            "count": str(len(codes)),
            "locks": harmless(", ".join(locks)),
            "until": f"{last:%Y-%m-%d %H:%M}",
        },
    )
