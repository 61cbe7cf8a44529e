"""Reading the unlock methods of a lock, and finding the one that is meant."""

from collections.abc import Iterable
from dataclasses import replace

from .domain.methods import OwnedMethod, find_method
from .domain.people import People, Person, find_member
from .hub import LockHub
from .people import async_people
from .tuya_cloud import DURESS_TYPES, UnlockType, UnsupportedError, UserType


def user_type(person: Person) -> UserType:
    """Return the number for a member's kind in paths."""
    return UserType.ACCOUNT if person.is_family else UserType.DEVICE


def waiting_methods(people: People) -> list[OwnedMethod]:
    """Return the methods that nobody owns."""
    return [OwnedMethod(method, None, method.duress) for method in people.waiting or ()]


async def async_methods_of(hub: LockHub, person: Person) -> list[OwnedMethod]:
    """Read a member's methods; what the list of members shows has to do without a list."""
    try:
        methods = await hub.client.list_methods(hub.id, person.id)
    except UnsupportedError:
        methods = person.methods
    return [OwnedMethod(method, person, method.duress) for method in methods]


async def async_with_duress(hub: LockHub, person: Person) -> list[OwnedMethod]:
    """Read a member's methods, and which of them raise the duress alarm."""
    methods = await async_methods_of(hub, person)
    return await _async_add_duress(hub, person, methods)


async def _async_add_duress(
    hub: LockHub, person: Person, methods: list[OwnedMethod]
) -> list[OwnedMethod]:
    types = {UnlockType(method.type) for method in methods if method.type in UnlockType}
    if not types & DURESS_TYPES:
        return methods
    try:
        keys = await hub.client.list_assigned_methods(
            hub.id, user_type(person), person.id, sorted(types & DURESS_TYPES)
        )
    except UnsupportedError:
        return methods
    duress = {OwnedMethod(key, person).key: key.duress for key in keys}
    return [
        replace(method, duress=duress.get(method.key, method.duress))
        for method in methods
    ]


async def _async_all(hub: LockHub, persons: Iterable[Person]) -> list[OwnedMethod]:
    """Return the methods of members; only where their list shows none is asked anew."""
    persons = tuple(persons)
    if any(person.methods for person in persons):
        return [
            OwnedMethod(method, person, method.duress)
            for person in persons
            for method in person.methods
        ]
    return [
        method for person in persons for method in await async_methods_of(hub, person)
    ]


async def async_find(
    hub: LockHub, people: People, which: str, who: str | None
) -> OwnedMethod:
    """Return the method that is meant: a member's, or anybody's and nobody's."""
    if who is not None:
        person = find_member(people.members, who)
        return find_method(await async_methods_of(hub, person), which)
    methods = await _async_all(hub, people.members)
    return find_method(methods + waiting_methods(people), which)


async def async_look(hub: LockHub, method: OwnedMethod) -> OwnedMethod | None:
    """Read a method anew, None if no list has it."""
    people = await async_people(hub, waiting=True)
    methods = await _async_all(hub, people.members) + waiting_methods(people)
    now = next((other for other in methods if other.key == method.key), None)
    if now is None or now.owner is None:
        return now
    return (await _async_add_duress(hub, now.owner, [now]))[0]
