"""The one object that changes anything on a lock; every front door asks it.

It checks a wish, lets one change at a time go to a lock, and turns the client's and
the domain's errors into Home Assistant's. How each kind of code is made and removed
is in custom_codes.py and offline_codes.py, what is done for people in people.py and
unlock_methods.py, answering from afar in remote.py, template passwords in templates.py.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import datetime

from . import custom_changes, custom_codes, gone_codes, offline_codes, references
from .answers import Answers, hand_over
from .clean_up import CleanUp, async_clean_up
from .custom_changes import async_update
from .domain.digits import DigitsError
from .domain.passwords import Password, PasswordKey, PasswordType, password_key
from .domain.schedules import ScheduleError
from .domain.select import (
    AmbiguousPasswordError,
    PasswordSelectionError,
    UnknownPasswordError,
    find_password,
)
from .domain.windows import Window, WindowError, custom_window
from .exceptions import action_error, list_not_read, refused
from .hub import LockHub
from .lock_issues import async_note_failure, fullness_noted
from .lost_codes import async_change_lost
from .people import PeopleManager, errors_told
from .remote import RemoteManager
from .templates import TemplateManager
from .tuya_cloud import LockRecord, PasswordNotFoundError, TuyaCloudError
from .unlock_methods import UnlockMethodManager
from .wishes import (
    ChangedPassword,
    CreatedCode,
    DeletedPassword,
    DigitsPool,
    PasswordChange,
    PasswordWish,
)


class LockManager:
    """Changes the locks of one account."""

    def __init__(self) -> None:
        """Initialize with no change going on."""
        self._busy: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self.people = PeopleManager(self._changing)
        self.methods = UnlockMethodManager(self._changing)
        self.remote = RemoteManager(self._changing)
        self.templates = TemplateManager(self._changing)

    async def async_finish(self) -> None:
        """Wait for the changes under way: a reload must not lose what they made."""
        for busy in list(self._busy.values()):
            async with busy:
                pass

    async def async_create(
        self,
        hub: LockHub,
        wish: PasswordWish,
        pool: DigitsPool,
        answers: Answers | None = None,
    ) -> CreatedCode:
        """Make a code on a lock, or return the one that the wish's reference names.

        `answers` learns of digits that somebody has yet to see; without it they count as
        seen when this returns.
        Raises ServiceValidationError for a wish that can't be met (nothing was sent),
        HomeAssistantError when the cloud refused or could not be asked.
        """
        async with self._changing(hub):
            created = await references.async_existing(hub, wish, pool)
            if created is None:
                created = await _async_make(hub, wish, pool)
            hand_over(hub, created.receipt, answers)
            return created

    async def async_update(
        self,
        hub: LockHub,
        id_or_name: str | PasswordKey,
        change: PasswordChange,
        pool: DigitsPool,
        answers: Answers | None = None,
    ) -> ChangedPassword:
        """Change a custom password, or rename another one; `answers` as for creations."""
        async with self._changing(hub):
            password = await self._async_find(hub, id_or_name)
            if password.type is PasswordType.CUSTOM:
                update = async_change_lost if password.lost else async_update
                changed = await update(hub, password, change, pool)
                hand_over(hub, changed.receipt, answers)
                return changed
            if change.name is None or change != PasswordChange(name=change.name):
                raise refused(f"not_changeable_{password.type}", name=password.name)
            return ChangedPassword(
                password=await offline_codes.async_rename(hub, password, change.name)
            )

    def needs_digits(self, hub: LockHub, password: Password) -> bool:
        """Tell whether a change of a code needs new digits: Tuya wants them each time."""
        is_custom = password.type is PasswordType.CUSTOM
        return is_custom and custom_changes.needs_digits(hub, password)

    async def async_freeze(
        self, hub: LockHub, id_or_name: str | PasswordKey, *, frozen: bool
    ) -> ChangedPassword:
        """Put a custom password to sleep, or wake it."""
        async with self._changing(hub):
            password = await self._async_find(hub, id_or_name)
            if password.type is not PasswordType.CUSTOM:
                raise refused("freeze_only_custom", name=password.name)
            return await custom_changes.async_freeze(hub, password, frozen=frozen)

    def can_send_again(self, hub: LockHub, password_id: str) -> bool:
        """Return whether a custom password can be sent again with the digits it has."""
        return custom_changes.kept_digits(hub, password_id) is not None

    async def async_send_again(self, hub: LockHub, password_id: str) -> None:
        """Send again what was asked of a custom password last."""
        digits = custom_changes.kept_digits(hub, password_id)
        key = password_key(PasswordType.CUSTOM, password_id)
        code = hub.memory.issued[key]
        if code.change is not None and code.change.frozen is not None:
            await self.async_freeze(hub, key, frozen=code.change.frozen)
            return
        change = PasswordChange(
            name=code.name, start=code.start, end=code.end, code=digits
        )
        await self.async_update(hub, password_id, change, DigitsPool())

    async def async_clear_one(
        self,
        hub: LockHub,
        id_or_name: str | PasswordKey,
        answers: Answers | None = None,
    ) -> CreatedCode:
        """Issue a clearing code for one time-limited password."""
        async with self._changing(hub):
            password = await self._async_find(hub, id_or_name)
            created = await offline_codes.async_clear_one(hub, password)
            hand_over(hub, created.receipt, answers)
            return created

    async def async_clear_all(
        self, hub: LockHub, answers: Answers | None = None
    ) -> CreatedCode:
        """Issue a clearing code for all offline codes of a lock."""
        async with self._changing(hub):
            created = await offline_codes.async_clear_all(hub)
            hand_over(hub, created.receipt, answers)
            return created

    def check_undoable(self, hub: LockHub, wish: PasswordWish) -> None:
        """Refuse a wish that could not be taken back from a lock."""
        if wish.type is not PasswordType.CUSTOM:
            raise refused("all_or_nothing_offline")
        if not hub.traits.online_codes:
            raise refused("all_or_nothing_lock", lock=hub.name)
        if (code := references.named(hub, wish.reference)) is not None:
            raise refused("all_or_nothing_reference", name=code.name)

    async def async_know_passwords(self, hub: LockHub) -> None:
        """Read the codes of a lock anew if they were read too long ago."""
        await hub.passwords.async_know()

    def passwords(self, hub: LockHub) -> tuple[Password, ...]:
        """Return the codes of a lock as they were last read, with the statuses of now.

        Codes that had ended and were taken off the list are not among them.
        Raises HomeAssistantError while they can't be read: an outage is no empty list.
        """
        if not (hub.passwords.has_answer and hub.passwords.last_update_success):
            raise list_not_read(hub.name, hub.passwords.last_exception)
        hub.passwords.async_recompute()
        return tuple(code for code in hub.passwords.data if not code.is_hidden)

    async def async_locked_out(self, hub: LockHub) -> list[Password]:
        """Return the codes that a clearing code for all would end.

        Raises HomeAssistantError while they can't be read, and where there are none.
        """
        async with self._changing(hub):
            await offline_codes.async_require_offline(hub)
            await self.async_know_passwords(hub)
            self.passwords(hub)
            return offline_codes.locked_out(hub)

    async def async_delete(
        self, hub: LockHub, id_or_name: str | PasswordKey
    ) -> DeletedPassword:
        """Delete a custom password, or take one of any type that has ended off the list."""
        async with self._changing(hub):
            password = await self._async_find(hub, id_or_name)
            if password.ended:
                return await gone_codes.async_remove(hub, password)
            if password.type is PasswordType.CUSTOM:
                return await custom_codes.async_delete(hub, password)
            raise refused(f"not_deletable_{password.type}", name=password.name)

    async def async_take_reference(self, hub: LockHub, key: PasswordKey) -> None:
        """Take the reference of a code away, so that whoever gave it changes it no more."""
        async with self._changing(hub):
            references.take_away(hub, key)

    async def async_clean_up(self, hub: LockHub) -> CleanUp:
        """Take everything that is invalid off the list of a lock.

        Raises HomeAssistantError where the list can't be read, or nothing could be done.
        """
        async with self._changing(hub):
            return await async_clean_up(hub)

    async def async_operate(self, hub: LockHub, *, unlock: bool) -> None:
        """Unlock or lock from afar; success means that the command was sent."""
        async with self._changing(hub):
            await hub.client.operate(hub.id, unlock=unlock)
        await hub.account.async_request_refresh()

    async def async_records(
        self, hub: LockHub, start: datetime, end: datetime
    ) -> tuple[tuple[LockRecord, ...], bool]:
        """Read what happened in a span, and tell whether that is all of it."""
        async with errors_told(hub):
            return await hub.activity.async_read_range(start, end)

    async def _async_find(
        self, hub: LockHub, id_or_name: str | PasswordKey
    ) -> Password:
        """Return the password that is meant; the list is read anew before giving up."""
        try:
            return find_password(hub.passwords.data or (), id_or_name)
        except UnknownPasswordError:
            await hub.passwords.async_refresh()
            if not hub.passwords.last_update_success:
                raise list_not_read(hub.name, hub.passwords.last_exception) from None
        return find_password(hub.passwords.data, id_or_name)

    @asynccontextmanager
    async def _changing(self, hub: LockHub) -> AsyncIterator[None]:
        """Let one change at a time go to a lock; errors come out in the user's words."""
        async with self._busy[hub.id]:
            try:
                yield
            except TuyaCloudError as err:
                async_note_failure(hub, err)
                if isinstance(err, PasswordNotFoundError):
                    # Whoever looks at the list now shall not find it there any more.
                    await hub.passwords.async_refresh()
                raise action_error(err) from err
            except DigitsError as err:
                raise refused(f"code_{err.reason}", length=str(hub.digits)) from err
            except ScheduleError as err:
                raise refused(f"schedule_{err.reason}") from err
            except WindowError as err:
                raise refused(f"window_{err.reason}") from err
            except PasswordSelectionError as err:
                key = (
                    "ambiguous_password"
                    if isinstance(err, AmbiguousPasswordError)
                    else "no_such_password"
                )
                raise refused(key, candidates=_listed(err.candidates)) from err


def _listed(candidates: Iterable[Password]) -> str:
    """Return passwords as a person can tell them apart."""
    return ", ".join(f"{code.name} ({code.id})" for code in candidates) or "-"


async def _async_make(
    hub: LockHub, wish: PasswordWish, pool: DigitsPool
) -> CreatedCode:
    match wish.type:
        case PasswordType.CUSTOM:
            window = _asked_window(hub, wish)
            with fullness_noted(hub):
                return await custom_codes.async_create(hub, wish, window, pool)
        case PasswordType.TIME_LIMITED:
            return await offline_codes.async_create_time_limited(
                hub, wish, _asked_window(hub, wish)
            )
        case PasswordType.ONE_TIME:
            asked = _asked_window(hub, wish) if _asks_window(wish) else None
            return await offline_codes.async_create_one_time(hub, wish, asked)
        case PasswordType.DYNAMIC:
            if wish.reference is not None:
                raise refused("reference_of_dynamic")
            if _asks_window(wish):
                raise refused("dynamic_has_no_window")
            return await offline_codes.async_create_dynamic(hub, wish)
        case _:
            raise refused("not_a_password_type")


def _asks_window(wish: PasswordWish) -> bool:
    return (wish.start, wish.end, wish.duration) != (None, None, None)


def _asked_window(hub: LockHub, wish: PasswordWish) -> Window:
    return custom_window(
        start=wish.start, end=wish.end, duration=wish.duration, now=hub.client.now()
    )
