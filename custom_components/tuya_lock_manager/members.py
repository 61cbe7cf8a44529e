"""The people of one lock: when they are asked for, and what that costs."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, override

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.util import dt as dt_util

from .domain.cadence import MEMBERS, stretched
from .domain.people import People, people_of
from .issues import RequestKind
from .last_read import ReadPeople
from .turns import LockCoordinator
from .tuya_cloud import InvalidRequestError, UnlockMethod, UnsupportedError

if TYPE_CHECKING:
    from .account import TuyaLockConfigEntry
    from .hub import LockHub

# What a listener wants to be read that costs calls of its own.
WAITING_METHODS = "waiting_methods"


class MemberCoordinator(LockCoordinator[People]):
    """Who belongs to a lock, and which unlock methods wait for an owner.

    The latter takes a call for each type of method, so the poll leaves it out unless an
    entity listens for it.
    """

    request_kind = RequestKind.MEMBERS

    def __init__(
        self, hass: HomeAssistant, entry: TuyaLockConfigEntry, hub: LockHub
    ) -> None:
        """Initialize the coordinator."""
        super().__init__(hass, entry, f"{hub.device.name} members", hub)

    @callback
    @override
    def async_add_listener(
        self, update_callback: CALLBACK_TYPE, context: Any = None
    ) -> Callable[[], None]:
        """Read at once what nobody wanted to know before."""
        is_new = context == WAITING_METHODS and context not in self.async_contexts()
        remove = super().async_add_listener(update_callback, context)
        if is_new and self.has_answer and self.data.waiting is None:
            self.config_entry.async_create_background_task(
                self.hass, self.async_refresh(), f"{self.name} wanted"
            )
        return remove

    async def async_read_now(self, *, waiting: bool) -> People:
        """Read the lists anew and share them; raises TuyaCloudError, which keeps none.

        `waiting` asks for the methods without an owner though no entity listens.
        """
        people = await self._async_read_people(waiting=waiting or self._wants_waiting)
        self._note_success()
        self._remember(people)
        self.async_set_updated_data(people)
        self.async_plan()
        return people

    @property
    @override
    def interval(self) -> timedelta | None:
        """Return how long the lists will do."""
        return stretched(MEMBERS, self._ledger.state)

    @property
    def _wants_waiting(self) -> bool:
        """Return whether an entity listens for methods without an owner."""
        return WAITING_METHODS in self.async_contexts()

    @override
    async def _async_read(self) -> People:
        self._hub.require_listed()
        people = await self._async_read_people(waiting=self._wants_waiting)
        self._remember(people)
        return people

    def _remember(self, people: People) -> None:
        """Keep the members for the next start; how to reach them is nothing to keep."""
        members = tuple(replace(person, contact="") for person in people.members)
        kept = replace(people, members=members)
        self._hub.last_read.async_put(self._hub.id, ReadPeople(dt_util.utcnow(), kept))

    async def _async_read_people(self, *, waiting: bool) -> People:
        """Read the lists; a list that the model doesn't have is no list of nobody."""
        client, lock = self._hub.client, self._hub.id
        return people_of(
            await _async_if_supported(client.list_members(lock)),
            await _async_if_supported(client.list_panel_members(lock)),
            await _async_if_supported(self._async_read_waiting()) if waiting else None,
        )

    async def _async_read_waiting(self) -> tuple[UnlockMethod, ...] | None:
        """Read the methods without an owner; some clouds refuse the question itself."""
        try:
            return await self._hub.client.list_unassigned_methods(
                self._hub.id, self._hub.unlock_types
            )
        except InvalidRequestError:
            return None


async def _async_if_supported[T](listing: Awaitable[T]) -> T | None:
    try:
        return await listing
    except UnsupportedError:
        return None
