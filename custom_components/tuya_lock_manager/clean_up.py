"""Clean-up: everything invalid off the list of a lock, and nothing else touched.

Tuya has a call that empties a lock (`rest-password`), which takes valid codes too and is
never used. Each record is removed by itself, after a new look at the list.
"""

from dataclasses import dataclass

from homeassistant.exceptions import HomeAssistantError

from .domain.passwords import Password, PasswordType
from .domain.removal import KeepReason, keep_reason
from .exceptions import action_error
from .gone_codes import async_dismiss, async_read_list, async_remove_record
from .hub import LockHub
from .tuya_cloud import InvalidRequestError, PasswordError, TuyaCloudError


@dataclass(frozen=True, slots=True)
class RemovedCode:
    """A code that was taken off the list; `password.status` says how it had ended.

    `already_gone` says that the cloud did not know it any more.
    """

    password: Password
    already_gone: bool = False


@dataclass(frozen=True, slots=True)
class CleanUp:
    """What a clean-up did with each code of a lock.

    `not_done` are the codes that were not tried, because of the error `stopped_by`.
    """

    removed: tuple[RemovedCode, ...]
    kept: tuple[tuple[Password, KeepReason], ...]
    failed: tuple[tuple[Password, HomeAssistantError], ...]
    not_done: tuple[Password, ...]
    stopped_by: HomeAssistantError | None


async def async_clean_up(hub: LockHub) -> CleanUp:
    """Take everything that is invalid off the list of a lock.

    Raises HomeAssistantError where the list can't be read, or an error that is not about
    a single code came before anything was done.
    """
    await async_read_list(hub)
    now = hub.client.now()
    kept: list[tuple[Password, KeepReason]] = []
    custom: list[Password] = []
    offline: list[Password] = []
    for code in hub.passwords.data:
        if code.is_hidden:
            continue
        if (reason := keep_reason(code, now)) is not None:
            kept.append((code, reason))
        else:
            is_custom = code.type is PasswordType.CUSTOM
            (custom if is_custom else offline).append(code)
    records = _Records(hub, custom)
    try:
        await records.async_remove()
    finally:
        done = (*records.removed, *map(RemovedCode, offline))
        if done:
            await async_dismiss(hub, (removed.password for removed in done))
    if records.stopped_by is not None and not done:
        raise records.stopped_by
    return CleanUp(
        removed=done,
        kept=tuple(kept),
        failed=tuple(records.failed),
        not_done=tuple(records.not_done),
        stopped_by=records.stopped_by,
    )


class _Records:
    """The records of custom codes, removed one after the other."""

    def __init__(self, hub: LockHub, codes: list[Password]) -> None:
        self._hub = hub
        self.not_done = codes
        self.removed: list[RemovedCode] = []
        self.failed: list[tuple[Password, HomeAssistantError]] = []
        self.stopped_by: HomeAssistantError | None = None

    async def async_remove(self) -> None:
        """Remove the records; stop at the first error that is not about a single code.

        A cloud that loses answers, has no calls left or lets nobody in won't do better
        with the next one.
        """
        while self.not_done and self.stopped_by is None:
            code = self.not_done.pop(0)
            try:
                gone = await async_remove_record(self._hub, code)
            except TuyaCloudError as err:
                known = action_error(err)
                self.failed.append((code, known))
                if not _is_about_the_code(err):
                    self.stopped_by = known
            except HomeAssistantError as err:
                self.failed.append((code, err))
                self.stopped_by = err
            else:
                self.removed.append(RemovedCode(code, gone))


def _is_about_the_code(err: TuyaCloudError) -> bool:
    """Tell whether another code may fare better; what Tuya doesn't explain may be."""
    known = isinstance(err, PasswordError | InvalidRequestError)
    return known or (type(err) is TuyaCloudError and err.code is not None)
