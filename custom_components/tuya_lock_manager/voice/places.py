"""Which locks a sentence is about."""

from collections.abc import Iterable, Sequence

from homeassistant.exceptions import ServiceValidationError

from ..domain.spoken import Request
from ..exceptions import refused
from .caller import VoiceLock


def place_names(locks: Iterable[VoiceLock]) -> dict[str, frozenset[str]]:
    """Return what may be said of locks, with the entity ids of those that are meant.

    A lock's own name counts before an area's.
    """
    names: dict[str, set[str]] = {}
    areas: dict[str, set[str]] = {}
    for lock in locks:
        for known, spoken in ((names, lock.names), (areas, lock.areas)):
            for name in spoken:
                known.setdefault(name.casefold(), set()).add(lock.entity_id)
    return {name: frozenset(entities) for name, entities in {**areas, **names}.items()}


def meant_locks(request: Request, locks: Sequence[VoiceLock]) -> list[VoiceLock]:
    """Return the locks that were named, all where none was.

    Raises ServiceValidationError where a place was named that none of them has: it may
    be a lock that isn't exposed, and nothing is told of that.
    """
    if request.places:
        return [lock for lock in locks if lock.entity_id in request.places]
    if request.unknown_places:
        raise unknown_lock(request.unknown_places[0], locks)
    return list(locks)


def named_lock(name: str | None, locks: Sequence[VoiceLock]) -> list[VoiceLock]:
    """Return the locks with a name or an entity id, all for none.

    Raises ServiceValidationError where no lock has it.
    """
    if name is None:
        return list(locks)
    wanted = name.strip().casefold()
    found = [
        lock
        for lock in locks
        if lock.entity_id == wanted
        or wanted in {known.casefold() for known in lock.names}
    ]
    if not found:
        raise unknown_lock(name, locks)
    return found


def only_lock(found: Sequence[VoiceLock]) -> VoiceLock:
    """Return the one lock that is meant.

    Raises ServiceValidationError where it may be any of several.
    """
    if len(found) > 1:
        raise refused("voice_which_lock", locks=listed(lock.name for lock in found))
    return found[0]


def unknown_lock(name: str, locks: Iterable[VoiceLock]) -> ServiceValidationError:
    """Return the refusal of a name that no exposed lock has."""
    return refused(
        "voice_no_such_lock", name=name, locks=listed(lock.name for lock in locks)
    )


def listed(names: Iterable[str]) -> str:
    """Return names one after the other."""
    return ", ".join(names)
