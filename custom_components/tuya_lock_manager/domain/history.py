"""Records as a person asks for them: what happened, how, who it was."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ..tuya_cloud.models import LockRecord
from .alarms import ALARM_TYPES, alarm_of
from .openings import Opening, OpeningMethod, opening_of
from .passwords import Password, PasswordKey
from .records import is_ring
from .select import plain_name

RING = "ring"


class HappeningKind(StrEnum):
    """What a record tells."""

    UNLOCK = "unlock"
    ALARM = "alarm"
    DOORBELL = "doorbell"


TYPES: dict[HappeningKind, tuple[str, ...]] = {
    HappeningKind.UNLOCK: tuple(OpeningMethod),
    HappeningKind.ALARM: ALARM_TYPES,
    HappeningKind.DOORBELL: (RING,),
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One record, understood. `opening` has the details of an unlocking."""

    record: LockRecord
    kind: HappeningKind
    type: str
    opening: Opening | None = None

    @property
    def who(self) -> frozenset[str]:
        """Return everything by which somebody may ask for it, as names are compared.

        These are ids and names of the member, of the unlock method, and of the guest's
        password.
        """
        record, opening = self.record, self.opening
        found = [record.user_id, record.user_name, record.method_name]
        if opening is not None:
            found += [opening.password_id, opening.password_name]
        return frozenset(plain_name(name) for name in found if name)


def happening_of(
    record: LockRecord,
    passwords: Sequence[Password],
    typed: Mapping[str, PasswordKey],
) -> Happening | None:
    """Return what a record tells, None if it is about something else, such as clearing."""
    if opening := opening_of(record, passwords, typed):
        return Happening(record, HappeningKind.UNLOCK, opening.method, opening)
    if alarm := alarm_of(record):
        return Happening(record, HappeningKind.ALARM, alarm.type)
    if is_ring(record):
        return Happening(record, HappeningKind.DOORBELL, RING)
    return None


def history(
    records: Iterable[LockRecord],
    passwords: Iterable[Password],
    typed: Mapping[str, PasswordKey],
    *,
    kinds: Collection[HappeningKind],
    types: Collection[str],
) -> tuple[Happening, ...]:
    """Return what happened, of these kinds and types, in the order of the records.

    `typed` is which code opened where a record names none (see usage.py).
    """
    known = tuple(passwords)
    return tuple(
        happening
        for record in records
        if (happening := happening_of(record, known, typed)) is not None
        and happening.kind in kinds
        and happening.type in types
    )
