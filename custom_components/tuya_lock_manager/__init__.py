"""Tuya Lock Manager: who gets through the door on Tuya smart locks."""

import asyncio

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.device_registry import AnyDeviceEntry
from homeassistant.helpers.start import async_at_started
from homeassistant.helpers.typing import ConfigType

from .account import (
    AccountCoordinator,
    GuestSettings,
    TuyaLockConfigEntry,
    TuyaLockData,
)
from .actions import async_register_actions
from .const import (
    CONF_ACCESS_ID,
    CONF_ACCESS_SECRET,
    CONF_URL,
    DEFAULT_KEEP_DIGITS,
    DEFAULT_NAMES,
    DOMAIN,
    OPT_KEEP_DIGITS,
    OPT_NAMES,
    SUBENTRY_GUESTS,
)
from .delivery import async_end_waiting
from .flow_calls import async_take_calls
from .guests import async_add_keepers
from .guests.issues import GuestIssues, async_withdraw_gone
from .guests.left_codes import async_tell_left_codes, async_watch_left_codes
from .issues import async_forget_issues
from .last_read import LastRead
from .ledger import CallLedger, allowed_calls
from .left_behind import async_tell_left_behind
from .lock_issues import async_check_room
from .manager import LockManager
from .store import LockStore
from .tuya_cloud import Credentials, TuyaLockClient

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)

PLATFORMS = [
    Platform.BINARY_SENSOR,
    Platform.BUTTON,
    Platform.CALENDAR,
    Platform.EVENT,
    Platform.LOCK,
    Platform.SENSOR,
]


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Register the actions; they are there while no account is loaded, too."""
    async_register_actions(hass)
    return True


async def async_setup_entry(hass: HomeAssistant, entry: TuyaLockConfigEntry) -> bool:
    """Set up an account.

    It returns a boolean because Home Assistant 2026.10 still demands one.
    """
    ledger = CallLedger(hass, entry.entry_id, allowed_calls(entry.options.get))
    await ledger.async_load()
    for kind in async_take_calls(
        hass, entry.data[CONF_ACCESS_ID], entry.data[CONF_URL]
    ):
        ledger.async_count(kind)
    client = TuyaLockClient(
        async_get_clientsession(hass),
        Credentials(
            entry.data[CONF_ACCESS_ID],
            entry.data[CONF_ACCESS_SECRET],
            entry.data[CONF_URL],
        ),
        on_call=ledger.async_count,
        on_answer=ledger.async_note_answer,
    )
    # Calls of a set-up that fails count as well.
    entry.async_on_unload(ledger.async_close)
    store = LockStore(hass, entry.entry_id)
    await store.async_load()
    _erase_unwanted_digits(entry, store)
    last_read = LastRead(hass, entry.entry_id)
    await last_read.async_load()
    entry.async_on_unload(last_read.async_close)
    account = AccountCoordinator(hass, entry, client, store, ledger, last_read)
    # What an earlier run left open may be settled with the first reading.
    entry.runtime_data = TuyaLockData(
        entry.data, _guest_settings(entry), _shows_names(entry), account, LockManager()
    )
    await account.async_start()
    # One lock that can't be read must not keep the others away.
    new = [hub for hub in account.hubs.values() if account.is_new(hub)]
    await asyncio.gather(*(hub.async_read() for hub in new))

    async_add_keepers(hass, entry)
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    # Now it is known what anybody looks at.
    await asyncio.gather(*(hub.async_catch_up() for hub in account.hubs.values()))
    account.async_plan()
    for hub in account.hubs.values():
        # Home Assistant forgets repairs when it stops; some would wait for hours.
        hub.troubles.async_update()
        async_check_room(hub)

    @callback
    def release_news(hass: HomeAssistant) -> None:
        for hub in account.hubs.values():
            hub.activity.async_release_news()

    entry.async_on_unload(async_at_started(hass, release_news))
    async_withdraw_gone(hass, entry)
    for keeper in entry.runtime_data.guests.values():
        entry.async_on_unload(GuestIssues(hass, entry, keeper).async_start())
        entry.async_on_unload(keeper.async_start())
    async_watch_left_codes(hass, entry)
    entry.async_on_unload(entry.add_update_listener(_async_entry_updated))
    return True


async def _async_entry_updated(hass: HomeAssistant, entry: TuyaLockConfigEntry) -> None:
    """Reload when the login or a guest calendar changed, or whether names are shown.

    Events keep what they told last, so names go, or come, only with new entities. The
    other options are read where they are needed.
    """
    data = entry.runtime_data
    titles = {subentry_id: title for subentry_id, (title, _) in data.rules.items()}
    async_tell_left_codes(hass, entry, titles)
    _erase_unwanted_digits(entry, data.account.store)
    data.account.ledger.async_set_allowed(allowed_calls(entry.options.get))
    data.account.async_plan_all()
    if (
        data.login == entry.data
        and data.rules == _guest_settings(entry)
        and data.names is _shows_names(entry)
    ):
        for hub in data.locks.values():
            hub.passwords.async_recompute()
        return
    hass.config_entries.async_schedule_reload(entry.entry_id)


def _guest_settings(entry: TuyaLockConfigEntry) -> GuestSettings:
    """Return what guest calendars there are; Home Assistant changes them in place."""
    return {
        subentry.subentry_id: (subentry.title, subentry.data)
        for subentry in entry.get_subentries_of_type(SUBENTRY_GUESTS)
    }


def _shows_names(entry: TuyaLockConfigEntry) -> bool:
    return bool(entry.options.get(OPT_NAMES, DEFAULT_NAMES))


@callback
def _erase_unwanted_digits(entry: TuyaLockConfigEntry, store: LockStore) -> None:
    """Keep no digits if the user wants none kept."""
    if not entry.options.get(OPT_KEEP_DIGITS, DEFAULT_KEEP_DIGITS):
        store.erase_digits()


async def async_unload_entry(hass: HomeAssistant, entry: TuyaLockConfigEntry) -> bool:
    """Unload an account; what waits to be saved is saved, before somebody loads it."""
    for keeper in entry.runtime_data.guests.values():
        await keeper.async_stop()
    await entry.runtime_data.manager.async_finish()
    await async_end_waiting(entry.runtime_data.locks.values())
    if unloaded := await hass.config_entries.async_unload_platforms(entry, PLATFORMS):
        await entry.runtime_data.account.store.async_close()
    if entry.disabled_by is not None:
        async_forget_issues(hass, entry)
    return unloaded


async def async_remove_entry(hass: HomeAssistant, entry: TuyaLockConfigEntry) -> None:
    """Say which codes stay on the locks, and delete all that was remembered."""
    async_forget_issues(hass, entry)
    try:
        await async_tell_left_behind(hass, entry)
    finally:
        await LockStore(hass, entry.entry_id).async_remove()
        await CallLedger.async_remove(hass, entry.entry_id)
        await LastRead.async_remove(hass, entry.entry_id)


async def async_remove_config_entry_device(
    hass: HomeAssistant, entry: TuyaLockConfigEntry, device_entry: AnyDeviceEntry
) -> bool:
    """Let a device be removed by hand once the account no longer lists it.

    Until the account is loaded nobody knows what it lists.
    """
    if entry.state is not ConfigEntryState.LOADED:
        return False
    account = entry.runtime_data.account
    device_ids = {
        device_id for domain, device_id in device_entry.identifiers if domain == DOMAIN
    }
    if any(map(account.is_in_use, device_ids)):
        return False
    for device_id in device_ids:
        await account.async_drop(device_id)
    return True
