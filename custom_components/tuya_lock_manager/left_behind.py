"""What an account that is removed leaves on its locks: said once, when it goes.

The account isn't loaded any more, and Tuya may not answer, so it is told from what was
remembered.
"""

from collections.abc import Iterator

from homeassistant.components import persistent_notification
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from .const import DEFAULT_NAMES, DOMAIN, OPT_FAMILY, OPT_LOCKS, OPT_NAMES
from .dialogs.markdown import escaped, listed, paragraphs
from .dialogs.words import Words
from .domain.families import LockFamily, family_of
from .domain.inventory import inventory
from .domain.passwords import CLEARING_TYPES, Password
from .last_read import LastRead, ReadListing, ReadPasswords, ReadRecords
from .lock_names import lock_names
from .store import LockStore


async def async_tell_left_behind(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Tell which codes of a removed account still open, or may, and on which lock."""
    store = LockStore(hass, entry.entry_id)
    await store.async_load()
    last_read = LastRead(hass, entry.entry_id)
    await last_read.async_load()
    words = await Words.async_load(hass)
    lines = [
        words.say(
            "left_behind_code",
            lock=escaped(name),
            code=_called(words, entry, code),
            span=words.span(code.start, code.end),
        )
        for device_id, name in sorted(lock_names(hass, entry.entry_id).items())
        for code in _codes(entry, store, last_read, device_id)
    ]
    if lines:
        persistent_notification.async_create(
            hass,
            paragraphs(
                [words.say("left_behind", account=escaped(entry.title)), listed(lines)]
            ),
            words.say("left_behind_title"),
            f"{DOMAIN}_{entry.entry_id}_left_behind",
        )


def _called(words: Words, entry: ConfigEntry, code: Password) -> str:
    """Return what a code is called; all users of the house can read it."""
    shows_names = entry.options.get(OPT_NAMES, DEFAULT_NAMES)
    return words.called(escaped(code.name) if shows_names else None, escaped(code.id))


def _codes(
    entry: ConfigEntry, store: LockStore, last_read: LastRead, device_id: str
) -> Iterator[Password]:
    """Yield the codes of a lock that have not ended, as far as is remembered."""
    read = last_read.get(device_id, ReadPasswords)
    records = last_read.get(device_id, ReadRecords)
    codes = inventory(
        online=read.online if read else (),
        listed_offline=read.offline if read else None,
        issued=store.lock(device_id).issued.values(),
        records=records.records if records else (),
        family=_family(entry, store, last_read, device_id),
        now=dt_util.utcnow(),
        departures=store.lock(device_id).departures,
    )
    for code in codes:
        if not code.ended and code.type not in CLEARING_TYPES:
            yield code


def _family(
    entry: ConfigEntry, store: LockStore, last_read: LastRead, device_id: str
) -> LockFamily:
    """Return how the lock is reached: it tells what Tuya's numbers mean."""
    chosen = entry.options.get(OPT_LOCKS, {}).get(device_id, {}).get(OPT_FAMILY)
    if chosen is not None:
        return LockFamily(chosen)
    listing = last_read.get("", ReadListing)
    for device in listing.devices if listing else ():
        if device.id == device_id:
            return family_of(device, store.lock(device_id).specification)
    return LockFamily.UNKNOWN
