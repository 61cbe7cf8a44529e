"""Template passwords: listed, made and deleted by their own door of the cloud.

They are custom codes like any other for whoever watches them, and one-time offline codes
show up among them.
"""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from . import custom_codes
from .answers import Answers, hand_over
from .domain.passwords import Password, PasswordKey, PasswordStatus, PasswordType
from .domain.select import find_password
from .domain.templates import as_listed
from .domain.windows import custom_window
from .exceptions import list_not_read, refused
from .hub import LockHub
from .people import Changing
from .tuya_cloud import (
    PasswordNotFoundError,
    TemplatePassword,
    TemplateState,
    UnsupportedError,
)
from .wishes import CreatedCode, DeletedPassword, DigitsPool, PasswordWish


@dataclass(frozen=True, slots=True)
class ListedTemplate:
    """A template password as the cloud lists it, and what it does at the door."""

    template: TemplatePassword
    password: Password


class TemplateManager:
    """Changes the template passwords of an account, one change at a time for each lock."""

    def __init__(self, changing: Changing) -> None:
        """Take what lets one change at a time go to a lock."""
        self._changing_lock = changing

    async def async_list(
        self, hub: LockHub, state: TemplateState
    ) -> tuple[ListedTemplate, ...]:
        """Return the template passwords of a lock, read anew.

        Raises ServiceValidationError for a lock that has no such list.
        """
        async with self._changing(hub):
            listed = await _async_listed(hub, state)
            return tuple(_seen(hub, template) for template in listed)

    async def async_detail(self, hub: LockHub, id_or_name: str) -> ListedTemplate:
        """Return one template password with what became of it."""
        async with self._changing(hub):
            listed = await _async_listed(hub, TemplateState.ALL)
            passwords = [_seen(hub, template).password for template in listed]
            password = find_password(passwords, id_or_name)
            detail = await hub.client.get_template_password(hub.id, password.id)
            return ListedTemplate(detail, password)

    async def async_create(
        self,
        hub: LockHub,
        wish: PasswordWish,
        pool: DigitsPool,
        answers: Answers | None = None,
    ) -> CreatedCode:
        """Make a custom code; it is pending until the lock has it."""
        async with self._changing(hub):
            if not hub.traits.online_codes:
                raise refused("online_codes_need_gateway", lock=hub.name)
            window = custom_window(
                start=wish.start,
                end=wish.end,
                duration=wish.duration,
                now=hub.client.now(),
            )
            custom_codes.check_chosen_digits(hub, wish, window)
            # Twins are seen by it, and what became of a creation whose answer was lost.
            await _async_listed(hub, TemplateState.VALID)
            created = await custom_codes.async_create(
                hub, replace(wish, template=True), window, pool
            )
            hand_over(hub, created.receipt, answers)
            return created

    async def async_delete(self, hub: LockHub, id_or_name: str) -> DeletedPassword:
        """Delete a code; until the lock took the deletion, it may open.

        Of an offline code only the record can go, and only once it has ended.
        """
        async with self._changing(hub):
            listed = await _async_listed(hub, TemplateState.ALL)
            passwords = {
                seen.key: seen
                for seen in (
                    *_made_here(hub),
                    *(_seen(hub, template).password for template in listed),
                )
            }
            password = find_password(passwords.values(), id_or_name)
            if password.type is PasswordType.CUSTOM:
                return await custom_codes.async_delete(hub, password, template=True)
            return await _async_delete_record(hub, password)

    @asynccontextmanager
    async def _changing(self, hub: LockHub) -> AsyncIterator[None]:
        """Let readings of the passwords include the template list meanwhile."""
        async with self._changing_lock(hub):
            hub.passwords.reads_templates = True
            try:
                yield
            finally:
                hub.passwords.reads_templates = False


async def _async_listed(
    hub: LockHub, state: TemplateState
) -> tuple[TemplatePassword, ...]:
    """Read the list, and the passwords, too, where it shows one that is not among them."""
    try:
        listed = await hub.client.list_template_passwords(hub.id, state)
    except UnsupportedError as err:
        raise refused("templates_unsupported", lock=hub.name) from err
    known = {password.key for password in hub.passwords.data or ()}
    if any(
        not template.is_offline and _key(template) not in known for template in listed
    ):
        await hub.passwords.async_refresh()
        if not hub.passwords.last_update_success:
            raise list_not_read(hub.name, hub.passwords.last_exception)
    hub.passwords.async_recompute()
    return listed


def _key(template: TemplatePassword) -> PasswordKey:
    return not template.is_offline, template.id


def _seen(hub: LockHub, template: TemplatePassword) -> ListedTemplate:
    password = hub.passwords.find(_key(template))
    return ListedTemplate(template, password or as_listed(template, hub.client.now()))


def _made_here(hub: LockHub) -> Iterable[Password]:
    """Return the codes made by this door, of which the list may not know any more."""
    for code in hub.memory.issued.values():
        if code.template and (seen := hub.passwords.find(code.key)) is not None:
            yield seen


async def _async_delete_record(hub: LockHub, password: Password) -> DeletedPassword:
    """Take a one-time offline code that has ended off the list."""
    if not password.ended:
        raise refused("not_deletable_one_time", name=password.name)
    already_gone = False
    try:
        await hub.client.delete_template_password(hub.id, password.id)
    except PasswordNotFoundError:
        already_gone = True
    await hub.async_forget(password.key)
    hub.passwords.async_forget_offline_list()
    await hub.passwords.async_refresh()
    return DeletedPassword(
        id=password.id,
        name=password.name,
        status=PasswordStatus.REMOVED,
        already_gone=already_gone,
    )
