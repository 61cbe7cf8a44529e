"""The members of a lock: read, added, changed and removed."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
import logging

from .domain.people import (
    LockState,
    MemberKind,
    People,
    PeopleSelectionError,
    Person,
    delivery_state,
    find_member,
    has_hours,
    member_window,
)
from .domain.select import plain_name
from .domain.windows import WindowError
from .exceptions import action_error, failed, refused
from .hub import LockHub
from .lock_issues import async_note_failure
from .settling import Step, async_apply, async_send
from .tuya_cloud import MemberRole, TuyaCloudError

_LOGGER = logging.getLogger(__name__)

# Tuya's "user not exist".
_NO_SUCH_USER = 2006

type Changing = Callable[[LockHub], AbstractAsyncContextManager[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberChange:
    """What is to change of a member; None leaves it as it is.

    `permanent` takes the window away. Of a window, what isn't given stays.
    """

    name: str | None = None
    admin: bool | None = None
    start: datetime | None = None
    end: datetime | None = None
    permanent: bool = False

    @property
    def has_window(self) -> bool:
        """Return whether it sets a window."""
        return self.start is not None or self.end is not None


@dataclass(frozen=True, slots=True)
class ChangedMember:
    """A member after a change; `confirmed` when the lists show all of it."""

    person: Person
    confirmed: bool


@dataclass(frozen=True, slots=True)
class RemovedMember:
    """A member who was removed.

    `gone` when no list shows the member any more, `already_gone` when there was nobody
    left to remove.
    """

    person: Person
    gone: bool
    already_gone: bool


class PeopleManager:
    """Changes the members of an account's locks, one change at a time for each lock."""

    def __init__(self, changing: Changing) -> None:
        """Take what lets one change at a time go to a lock."""
        self._changing_lock = changing

    async def async_list(self, hub: LockHub) -> People:
        """Read everybody; raises HomeAssistantError where no list tells."""
        async with errors_told(hub):
            return await async_people(hub)

    async def async_add(self, hub: LockHub, name: str) -> ChangedMember:
        """Add somebody whom the lock alone knows."""
        async with self._changing(hub):
            people = await async_people(hub)
            _refuse_taken(people, name)
            user_id = await self._async_send_new(hub, people, name)
            return await _async_changed(
                hub,
                Person(user_id, name, MemberKind.PANEL),
                lambda person: person is not None and person.name == name,
            )

    async def _async_send_new(self, hub: LockHub, people: People, name: str) -> str:
        """Send an addition once and return the id of the new member."""
        seen = {person.id for person in people.members}
        found: list[str] = []

        async def send() -> None:
            found.append(await hub.client.add_member(hub.id, name))

        async def is_there() -> bool:
            found.extend(
                person.id
                for person in (await hub.members.async_read_now(waiting=False)).members
                if person.id not in seen and person.name == name
            )
            return bool(found)

        await async_send(send(), is_there)
        return found[0]

    async def async_update(
        self, hub: LockHub, who: str, change: MemberChange
    ) -> ChangedMember:
        """Change name, role and window of a member, whatever of these is wished."""
        async with self._changing(hub):
            people = await async_people(hub)
            person = find_member(people.members, who)
            if change.name is not None:
                _refuse_taken(people, change.name, but=person)
            steps = _steps(hub, person, change)
            await async_apply(steps, lambda: async_person(hub, person.id), person)
            return await _async_changed(
                hub, person, lambda now: _is_confirmed(now, steps, change)
            )

    async def async_remove(self, hub: LockHub, who: str) -> RemovedMember:
        """Remove a member and their unlock methods."""
        async with self._changing(hub):
            person = find_member((await async_people(hub)).members, who)
            already_gone = False

            async def is_gone() -> bool:
                return await async_person(hub, person.id) is None

            try:
                await async_send(
                    hub.client.remove_member(hub.id, person.id), is_gone, person
                )
            except TuyaCloudError as err:
                if err.code != _NO_SUCH_USER:
                    raise
                already_gone = True
            try:
                gone = await is_gone()
            except TuyaCloudError as err:
                _LOGGER.debug("The members could not be read again: %s", err)
                gone = False
            return RemovedMember(person, gone, already_gone)

    @asynccontextmanager
    async def _changing(self, hub: LockHub) -> AsyncIterator[None]:
        async with self._changing_lock(hub), errors_told(hub):
            yield


@asynccontextmanager
async def errors_told(hub: LockHub) -> AsyncIterator[None]:
    """Let errors of the cloud, and about people, come out in the user's words."""
    try:
        yield
    except TuyaCloudError as err:
        async_note_failure(hub, err)
        raise action_error(err) from err
    except PeopleSelectionError as err:
        candidates = ", ".join(err.candidates) or "-"
        raise refused(err.reason, candidates=candidates) from err


async def async_people(hub: LockHub, *, waiting: bool = False) -> People:
    """Read everybody anew, and the methods that are `waiting` for an owner.

    It raises where no list tells: that is no list of nobody.
    """
    people = await hub.members.async_read_now(waiting=waiting)
    if people.family is None and people.panel is None:
        raise failed("members_not_told", lock=hub.name)
    return people


async def async_person(hub: LockHub, user_id: str) -> Person | None:
    """Read a member anew, None if no list has one with this id."""
    members = (await hub.members.async_read_now(waiting=False)).members
    return next((person for person in members if person.id == user_id), None)


def _refuse_taken(people: People, name: str, but: Person | None = None) -> None:
    """Refuse a second member of one name: nobody could tell which one is meant."""
    for person in people.members:
        if person != but and plain_name(person.name) == plain_name(name):
            raise refused("member_name_taken", name=person.label)


def _steps(hub: LockHub, person: Person, change: MemberChange) -> list[Step[Person]]:
    """Return what has to be sent for a change; raises where it can't be met."""
    client, steps = hub.client, list[Step[Person]]()
    if (name := change.name) is not None:
        steps.append(
            Step(
                "new_name",
                lambda: client.update_member(hub.id, person.id, name),
                lambda now: now is not None and now.name == name,
            )
        )
    if (admin := change.admin) is not None:
        steps.append(
            Step(
                "role",
                lambda: client.set_member_role(hub.id, person.id, admin=admin),
                lambda now: _shows_role(now, admin=admin),
            )
        )
    if change.permanent or change.has_window:
        steps.append(_window_step(hub, person, change))
    return steps


def _is_confirmed(
    now: Person | None, steps: list[Step[Person]], change: MemberChange
) -> bool:
    """Tell whether a reading shows all of a change, and the lock has its window."""
    if change.permanent or change.has_window:
        window = now.window if now else None
        if window and delivery_state(window.delivery) is LockState.PENDING:
            return False
    return all(step.shows(now) for step in steps)


def _shows_role(person: Person | None, *, admin: bool) -> bool | None:
    """Tell whether a reading shows a role; of panel members many lists tell none."""
    if person is None or person.role is None:
        return None
    return person.role is (MemberRole.ADMIN if admin else MemberRole.NORMAL)


def _window_step(hub: LockHub, person: Person, change: MemberChange) -> Step[Person]:
    """Return the step that gives a member a window, or takes it away."""
    if has_hours(person.window):
        # The request would replace them, and let the member in at all hours.
        raise refused("member_has_hours", name=person.label)
    window = None
    if not change.permanent:
        window = _asked_window(hub, person, change)

    def shows(now: Person | None) -> bool | None:
        if now is None or now.window is None:
            return None
        if delivery_state(now.window.delivery) is LockState.FAILED:
            return False
        if window is None:
            return now.window.permanent
        return now.window.permanent is False and (
            (now.window.start, now.window.end) == window
        )

    return Step(
        "permanent" if window is None else "end" if change.end else "start",
        lambda: hub.client.set_member_window(hub.id, person.id, window),
        shows,
    )


def _asked_window(
    hub: LockHub, person: Person, change: MemberChange
) -> tuple[datetime, datetime]:
    try:
        window = member_window(
            person.window, start=change.start, end=change.end, now=hub.client.now()
        )
    except WindowError as err:
        if err.reason == "no_end":
            raise refused("member_window_no_end", name=person.label) from err
        raise
    return window.start, window.end


async def _async_changed(
    hub: LockHub, person: Person, shows: Callable[[Person | None], bool]
) -> ChangedMember:
    """Read a member after a change that was made; that it can't be read undoes nothing."""
    try:
        now = await async_person(hub, person.id)
    except TuyaCloudError as err:
        _LOGGER.debug("The members could not be read again: %s", err)
        now = None
    return ChangedMember(now or person, confirmed=shows(now))
