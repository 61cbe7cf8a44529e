"""Unlock methods as a person sees them: what, whose, and which one is meant."""

from collections.abc import Iterable
from dataclasses import dataclass
import re

from ..tuya_cloud.models import UnlockMethod, UnlockType
from .people import LockState, PeopleSelectionError, Person, delivery_state
from .select import plain_name

# A type and a place on the lock, which is counted for each type.
type MethodKey = tuple[str, int | None]

# "card 2", "card-2", "unlock_card 2"; the type may be one that nobody knows yet.
_TYPE_AND_NUMBER = re.compile(r"(?:unlock_)?([a-z_]+?)(?:_kit)?[\s:#-]*(\d{1,9})")


@dataclass(frozen=True, slots=True)
class OwnedMethod:
    """An unlock method and whose it is; nobody's, if `owner` is None.

    `special` is the mark that the lists of members show, `duress` the duress alarm;
    both are None where no list tells them.
    """

    method: UnlockMethod
    owner: Person | None
    duress: bool | None = None

    @property
    def type(self) -> str:
        """Return what it is: `fingerprint`, `password`, `card`, `face` and so on."""
        return self.method.code.removeprefix("unlock_").removesuffix("_kit")

    @property
    def number(self) -> int | None:
        """Return its place on the lock, counted for each type."""
        return self.method.slot

    @property
    def key(self) -> MethodKey:
        """Return what tells methods of a lock apart."""
        return self.type, self.number

    @property
    def id(self) -> str:
        """Return the form in which an action takes exactly this one."""
        return self.type if self.number is None else f"{self.type}-{self.number}"

    @property
    def name(self) -> str:
        """Return what people call it."""
        return self.method.name.strip()

    @property
    def label(self) -> str:
        """Return how it is told apart from others."""
        whose = f", {self.owner.name or self.owner.id}" if self.owner else ""
        return f"{self.name} ({self.id}{whose})" if self.name else f"{self.id}{whose}"

    @property
    def state(self) -> LockState | None:
        """Return how far it is on its way to the lock, None where no list tells."""
        return delivery_state(self.method.delivery)


def find_method(methods: Iterable[OwnedMethod], text: str) -> OwnedMethod:
    """Return the method with that name, or that type and number.

    Type and number go first: they tell methods apart, names may repeat.

    Raises:
        PeopleSelectionError: nothing has it, or more than one.
    """
    everything = tuple(methods)
    wanted = plain_name(text)
    if match := _TYPE_AND_NUMBER.fullmatch(wanted):
        key = match[1], int(match[2])
        for method in everything:
            if method.key == key:
                return method
    found = tuple(
        method for method in everything if wanted and plain_name(method.name) == wanted
    )
    if len(found) == 1:
        return found[0]
    raise PeopleSelectionError(
        "ambiguous_method" if found else "no_such_method",
        tuple(method.label for method in found or everything),
    )


def unlock_types(codes: Iterable[str]) -> tuple[UnlockType, ...]:
    """Return the types of methods that a model with these data points has."""
    plain = {code.removesuffix("_kit") for code in codes}
    return tuple(kind for kind in UnlockType if kind.code in plain)
