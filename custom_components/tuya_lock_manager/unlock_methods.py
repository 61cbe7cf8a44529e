"""How members open a lock: read, assigned, renamed, enrolled and removed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
import logging

from .domain.methods import OwnedMethod
from .domain.openings import opening_method
from .domain.people import Person, find_member
from .enrolment import (
    Enrolment,
    EnrolmentStatus,
    EnrolmentWish,
    async_start,
    async_watch,
)
from .exceptions import failed, refused
from .hub import LockHub
from .method_lists import (
    async_find,
    async_look,
    async_with_duress,
    user_type,
    waiting_methods,
)
from .people import Changing, async_people, errors_told
from .settling import Step, async_apply, async_send
from .tuya_cloud import (
    DURESS_TYPES,
    LockRecord,
    TuyaCloudError,
    UnlockMethod,
    UnlockType,
)

_LOGGER = logging.getLogger(__name__)

# Tuya's "data not exist".
_NO_SUCH_DATA = 1000
_MOST_CANDIDATES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodChange:
    """What is to change of a method; None and False leave it as it is.

    `assign_to` is a member, `unassign` leaves the method to nobody.
    """

    name: str | None = None
    duress: bool | None = None
    assign_to: str | None = None
    unassign: bool = False


@dataclass(frozen=True, slots=True)
class ChangedMethod:
    """A method after a change; `confirmed` when the lists show all of it."""

    method: OwnedMethod
    confirmed: bool


@dataclass(frozen=True, slots=True)
class RemovedMethod:
    """A method that was removed.

    `gone` when no list shows it any more, `already_gone` when there was nothing left to
    remove.
    """

    method: OwnedMethod
    gone: bool
    already_gone: bool


class UnlockMethodManager:
    """Changes the unlock methods of an account's locks."""

    def __init__(self, changing: Changing) -> None:
        """Take what lets one change at a time go to a lock."""
        self._changing_lock = changing

    async def async_list(
        self, hub: LockHub, who: str | None, *, unassigned: bool
    ) -> tuple[list[OwnedMethod], int | None]:
        """Read the methods of a member, of nobody, or all.

        Returns the methods, and how many wait for an owner; None where nobody tells.
        """
        async with errors_told(hub):
            people = await async_people(hub, waiting=True)
            waiting = None if people.waiting is None else len(people.waiting)
            if unassigned:
                if people.waiting is None:
                    raise failed("waiting_methods_not_told", lock=hub.name)
                return waiting_methods(people), waiting
            if who is not None:
                person = find_member(people.members, who)
                return await async_with_duress(hub, person), waiting
            methods = [
                method
                for person in people.members
                for method in await async_with_duress(hub, person)
            ]
            return methods + waiting_methods(people), waiting

    async def async_of(self, hub: LockHub, person: Person) -> list[OwnedMethod]:
        """Read the methods of a member who was just read."""
        async with errors_told(hub):
            return await async_with_duress(hub, person)

    async def async_update(
        self, hub: LockHub, which: str, who: str | None, change: MethodChange
    ) -> ChangedMethod:
        """Change name, duress alarm and owner of a method, whatever is wished."""
        async with self._changing(hub):
            people = await async_people(hub, waiting=True)
            method = await async_find(hub, people, which, who)
            heir = (
                None
                if change.assign_to is None
                else find_member(people.members, change.assign_to)
            )
            steps = _steps(hub, method, change, heir)
            await async_apply(
                steps, lambda: async_look(hub, method), heir or method.owner
            )
            try:
                now = await async_look(hub, method)
            except TuyaCloudError as err:
                _LOGGER.debug("The methods could not be read again: %s", err)
                now = None
            return ChangedMethod(now or method, all(step.shows(now) for step in steps))

    async def async_remove(
        self, hub: LockHub, which: str, who: str | None
    ) -> RemovedMethod:
        """Remove a member's method from the lock."""
        async with self._changing(hub):
            people = await async_people(hub, waiting=True)
            method = await async_find(hub, people, which, who)
            if (owner := method.owner) is None:
                raise refused("method_needs_owner", method=method.label)
            slot = _slot(method)

            async def is_gone() -> bool:
                return await async_look(hub, method) is None

            already_gone = False
            try:
                await async_send(
                    hub.client.remove_method(
                        hub.id, user_type(owner), owner.id, method.method.code, slot
                    ),
                    is_gone,
                    owner,
                )
            except TuyaCloudError as err:
                if err.code != _NO_SUCH_DATA:
                    raise
                already_gone = True
            try:
                gone = await is_gone()
            except TuyaCloudError as err:
                _LOGGER.debug("The methods could not be read again: %s", err)
                gone = False
            return RemovedMethod(method, gone, already_gone)

    async def async_enrol(self, hub: LockHub, wish: EnrolmentWish) -> Enrolment:
        """Have the lock wait for a finger, a card or a face, or give it a password.

        The lock is free for other changes while it is watched, so that somebody can
        call it off.
        """
        async with self._changing(hub):
            started = await async_start(hub, wish)
        if not wish.wait:
            return Enrolment(started.person, EnrolmentStatus.STARTED)
        return await async_watch(hub, started)

    async def async_cancel(self, hub: LockHub, kind: UnlockType) -> None:
        """Call off the enrolment that the lock is waiting for."""
        async with self._changing(hub):
            try:
                await hub.client.cancel_enrolment(hub.id, kind)
            except TuyaCloudError as err:
                if err.outcome_unknown:
                    raise failed("enrolment_unknown", detail=str(err)) from err
                raise

    async def async_attach_record(
        self, hub: LockHub, record_id: str, who: str
    ) -> tuple[LockRecord, Person]:
        """Say who opened, for an opening that nobody is named for."""
        async with self._changing(hub):
            record = await _async_find_record(hub, record_id)
            person = find_member((await async_people(hub)).members, who)
            if record.user_id == person.id:
                return record, person
            if not _is_attachable(record):
                raise refused("record_not_attachable")

            async def is_attached() -> bool:
                await hub.activity.async_refresh()
                now = _record(hub, record_id)
                return now is not None and now.user_id == person.id

            await async_send(
                hub.client.attach_record(hub.id, record_id, person.id),
                is_attached,
                person,
            )
            await hub.activity.async_refresh()
            return _record(hub, record_id) or record, person

    @asynccontextmanager
    async def _changing(self, hub: LockHub) -> AsyncIterator[None]:
        async with self._changing_lock(hub), errors_told(hub):
            yield


def _is_of(method: OwnedMethod, person: Person) -> bool:
    return method.owner is not None and method.owner.id == person.id


def _slot(method: OwnedMethod) -> int:
    """Return a method's place; without one it can't be spoken of to the cloud."""
    if method.number is None:
        raise refused("method_has_no_number", method=method.label)
    return method.number


def _steps(
    hub: LockHub, method: OwnedMethod, change: MethodChange, heir: Person | None
) -> list[Step[OwnedMethod]]:
    """Return what has to be sent for a change; raises where it can't be met.

    Only the methods of members have a name in the lists, so a method is renamed while
    it belongs to somebody.
    """
    client, slot, code = hub.client, _slot(method), method.method.code
    key = [UnlockMethod(code, slot)]
    steps: list[Step[OwnedMethod]] = []

    def take_away(owner: Person, field_name: str) -> None:
        steps.append(
            Step(
                field_name,
                lambda: client.unassign_methods(hub.id, owner.id, key),
                lambda now: now is not None and not _is_of(now, owner),
            )
        )

    if heir is not None and not _is_of(method, heir):
        if method.owner is not None:
            take_away(method.owner, "unassign")
        steps.append(
            Step(
                "assign_to",
                lambda: client.assign_methods(hub.id, heir.id, key),
                lambda now: (
                    now is not None
                    and now.owner is not None
                    and now.owner.id == heir.id
                ),
            )
        )
    if (name := change.name) is not None:
        steps.append(
            Step(
                "new_name",
                lambda: client.rename_method(hub.id, code, slot, name),
                lambda now: (
                    None if now is None or now.owner is None else now.name == name
                ),
            )
        )
    if (duress := change.duress) is not None:
        if method.type not in DURESS_TYPES:
            raise refused("duress_not_for_type", method=method.label)
        steps.append(
            Step(
                "duress",
                lambda: client.set_duress(hub.id, code, slot, on=duress),
                lambda now: (
                    None if now is None or now.duress is None else now.duress is duress
                ),
            )
        )
    if change.unassign and method.owner is not None:
        take_away(method.owner, "unassign")
    return steps


def _record(hub: LockHub, record_id: str) -> LockRecord | None:
    records = hub.activity.data.records if hub.activity.data else ()
    return next((record for record in records if record.id == record_id), None)


async def _async_find_record(hub: LockHub, record_id: str) -> LockRecord:
    """Return a record by its id; the records are read anew before giving up."""
    if (record := _record(hub, record_id)) is not None:
        return record
    await hub.activity.async_refresh()
    if not hub.activity.last_update_success:
        raise failed("records_not_read", lock=hub.name)
    if (record := _record(hub, record_id)) is not None:
        return record
    waiting = [
        f"{record.id} ({record.time:%Y-%m-%d %H:%M:%S} UTC)"
        for record in hub.activity.data.records
        if record.id and _is_attachable(record)
    ]
    raise refused(
        "no_such_record", candidates=", ".join(waiting[:_MOST_CANDIDATES]) or "-"
    )


def _is_attachable(record: LockRecord) -> bool:
    """Tell whether it is an opening that nobody is named for; the cloud's word counts."""
    if opening_method(record) is None:
        return False
    if record.attachable is not None:
        return record.attachable
    return record.user_id is None
