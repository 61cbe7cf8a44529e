"""Home Assistant dies at a chosen step of a change, and starts again."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from homeassistant.config_entries import ConfigEntryState
import pytest

from custom_components.tuya_lock_manager.const import DOMAIN
from custom_components.tuya_lock_manager.store import LockStore
from custom_components.tuya_lock_manager.tuya_cloud import TuyaLockClient
from tests.simulated import Home

# Requests that change something at a lock.
CHANGES = (
    "create_password",
    "modify_password",
    "freeze_password",
    "unfreeze_password",
    "delete_password",
    "create_offline_password",
    "create_template_password",
    "delete_template_password",
)
# Together they are longer than lists may lag.
_AFTER_START = tuple(timedelta(seconds=seconds) for seconds in (3, 6, 15, 45, 10))


class KilledError(BaseException):
    """The process is gone: nothing handles this."""


class Death:
    """Counts the steps of a run: before and after each save and each change.

    At the step `at` the run ends, and what was saved by then is all that is left. A run
    with fewer steps ends when it is through.
    """

    def __init__(self, home: Home, storage: dict[str, Any], at: int) -> None:
        """Prepare a run of a home that is set up."""
        self._home = home
        self._storage = storage
        self._at = at
        self._key = f"{DOMAIN}.{home.entry.entry_id}"
        self._left: Any = None
        self.steps = 0
        self.is_over = False

    @property
    def was_written_down(self) -> bool:
        """Return whether the journal that is left tells of a change."""
        locks = self._left["data"]["locks"].values() if self._left else ()
        return any(lock["journal"] for lock in locks)

    def was_written_down_for(self, lock_id: str) -> bool:
        """Return whether the journal of one lock tells of a change."""
        locks = self._left["data"]["locks"] if self._left else {}
        return bool(locks.get(lock_id, {}).get("journal"))

    def _step(self) -> None:
        self.steps += 1
        if self.steps == self._at or self.is_over:
            self._die()
            raise KilledError

    def _die(self) -> None:
        if not self.is_over:
            self.is_over = True
            self._left = deepcopy(self._storage.get(self._key))

    async def async_save_first(self) -> None:
        """Have everything on disk that is known before the run."""
        await self._home.entry.runtime_data.account.store.async_save()

    @contextmanager
    def run(self) -> Iterator[None]:
        """Run until death; nothing but awaited saves reaches the disk."""
        with pytest.MonkeyPatch.context() as patches:
            self._wrap(patches, LockStore, "async_save")
            for change in CHANGES:
                self._wrap(patches, TuyaLockClient, change)
            patches.setattr(LockStore, "async_save_soon", lambda store: None)
            patches.setattr(LockStore, "async_save_promptly", lambda store: None)
            try:
                yield
            except KilledError:
                pass
            finally:
                self._die()

    def _wrap(self, patches: pytest.MonkeyPatch, owner: type, name: str) -> None:
        original = getattr(owner, name)

        async def stepping(*args: Any, **data: Any) -> Any:
            self._step()
            answer = await original(*args, **data)
            self._step()
            return answer

        patches.setattr(owner, name, stepping)

    async def async_rise(self) -> None:
        """Start again from what is left, and let the journal be settled."""
        home = self._home
        with (
            patch.object(LockStore, "async_save", _nothing),
            patch.object(LockStore, "async_close", _nothing),
        ):
            await home.hass.config_entries.async_unload(home.entry.entry_id)
        self._storage[self._key] = deepcopy(self._left)
        await home.hass.config_entries.async_setup(home.entry.entry_id)
        await home.hass.async_block_till_done()
        for duration in _AFTER_START:
            await home.async_pass(duration)


async def _nothing(store: LockStore) -> None:
    """Save nothing."""


async def async_kill(home: Home, storage: dict[str, Any]) -> None:
    """Start the account again after a kill that saved nothing more."""
    entries, entry = home.hass.config_entries, home.entry
    if entry.state is not ConfigEntryState.LOADED:
        return
    key = f"{DOMAIN}.{entry.entry_id}"
    left = deepcopy(storage.get(key))
    with patch.object(LockStore, "async_close", _die):
        await entries.async_unload(entry.entry_id)
    if left is None:
        storage.pop(key, None)
    else:
        storage[key] = left
    await entries.async_setup(entry.entry_id)


async def _die(store: LockStore) -> None:
    """Save nothing any more, not even what waited to be saved."""
    store._closed = True
    store._store._async_cleanup_delay_listener()
    store._store._async_cleanup_final_write_listener()
