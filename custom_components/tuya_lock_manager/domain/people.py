"""The people of a lock as a person sees them: who they are, and when they may enter."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

from ..tuya_cloud.models import (
    DeliveryStatus,
    EffectiveFlag,
    Member,
    MemberRole,
    MemberWindow,
    UnlockMethod,
)
from .members import classify, count_members
from .select import plain_name
from .windows import Window, WindowError, custom_window

type SelectionReason = Literal[
    "no_such_member", "ambiguous_member", "no_such_method", "ambiguous_method"
]

_MINUTES_OF_A_DAY = 24 * 60
_EVERY_DAY = 0b111_1111


class PeopleSelectionError(LookupError):
    """Nobody and nothing is meant, or not just one.

    `reason` says which, `candidates` are those to choose from, in readable form.
    """

    def __init__(self, reason: SelectionReason, candidates: tuple[str, ...]) -> None:
        """Keep the reason and the candidates."""
        super().__init__(f"selection failed: {reason}")
        self.reason = reason
        self.candidates = candidates


class MemberKind(StrEnum):
    """Whether somebody has an app account or is known to the lock alone."""

    FAMILY = "family"
    PANEL = "panel"


class Effect(StrEnum):
    """Whether a member may open the lock now."""

    ACTIVE = "active"
    NOT_YET = "not_yet"
    ENDED = "ended"


_EFFECTS = {
    EffectiveFlag.IN_EFFECT: Effect.ACTIVE,
    EffectiveFlag.NOT_YET: Effect.NOT_YET,
    EffectiveFlag.INVALID: Effect.ENDED,
}


@dataclass(frozen=True, slots=True)
class Person:
    """A member of a lock.

    `role` and `window` are None where no list tells them. `contact` is for an
    administrator's eyes alone. `methods` are those that the list of members shows, which
    is none for a list that doesn't show any.
    """

    id: str
    name: str
    kind: MemberKind
    role: MemberRole | None = None
    flag: EffectiveFlag | None = None
    window: MemberWindow | None = None
    contact: str = field(default="", repr=False)
    methods: tuple[UnlockMethod, ...] = ()

    @property
    def is_family(self) -> bool:
        """Tell whether the person has an app account."""
        return self.kind is MemberKind.FAMILY

    @property
    def label(self) -> str:
        """Return how the person is told apart from others."""
        return f"{self.name} ({self.id})" if self.name else self.id

    def effect(self, now: datetime) -> Effect | None:
        """Return whether the person may open the lock; the cloud's word goes first."""
        if self.flag is not None:
            return _EFFECTS[self.flag]
        if self.window is None or self.window.permanent is None:
            return None
        if self.window.permanent:
            return Effect.ACTIVE
        if self.window.start is not None and now < self.window.start:
            return Effect.NOT_YET
        if self.window.end is not None and now >= self.window.end:
            return Effect.ENDED
        return Effect.ACTIVE


@dataclass(frozen=True, slots=True)
class People:
    """Everybody who belongs to a lock.

    `family` and `panel` count them and are None where no list tells. `waiting` are the
    unlock methods that nobody owns, None where the cloud doesn't tell.
    """

    members: tuple[Person, ...]
    family: int | None
    panel: int | None
    waiting: tuple[UnlockMethod, ...] | None = None


def people_of(
    rich: Iterable[Member] | None,
    panel: Iterable[Member] | None,
    waiting: Iterable[UnlockMethod] | None = None,
) -> People:
    """Return the people of a lock, each once.

    Args:
        rich: the list with accounts; None where the cloud didn't answer it. It wins.
        panel: the list of people on the lock alone; None likewise.
        waiting: the methods that nobody owns; None likewise.

    """
    rich = None if rich is None else tuple(rich)
    panel = None if panel is None else tuple(panel)
    counts = count_members(rich, panel)
    family = classify(rich, panel)
    members = {member.user_id: member for member in (*(panel or ()), *(rich or ()))}
    owner_is_told = sum(_is_owner(member) for member in members.values()) == 1
    return People(
        members=tuple(
            _person(member, family[member.user_id], owner_is_told=owner_is_told)
            for member in members.values()
        ),
        family=counts.family,
        panel=counts.panel,
        waiting=None if waiting is None else tuple(waiting),
    )


def _is_owner(member: Member) -> bool:
    return member.role is MemberRole.OWNER


def _person(member: Member, is_family: bool, *, owner_is_told: bool) -> Person:
    """Return a member as a person sees one.

    In one measurement every app account has the owner's number: of several nobody can
    be called the owner.
    """
    return Person(
        id=member.user_id,
        name=member.name.strip(),
        kind=MemberKind.FAMILY if is_family else MemberKind.PANEL,
        role=None if _is_owner(member) and not owner_is_told else member.role,
        flag=member.effective,
        window=member.window,
        contact=member.contact,
        methods=member.methods,
    )


def find_member(members: Iterable[Person], id_or_name: str) -> Person:
    """Return the member with that id or name, whatever its case and outer blanks.

    Raises:
        PeopleSelectionError: nobody has it, or more than one.
    """
    everybody = tuple(members)
    wanted, name = id_or_name.strip(), plain_name(id_or_name)
    found = tuple(
        person
        for person in everybody
        if person.id == wanted or (name and plain_name(person.name) == name)
    )
    if len(found) == 1:
        return found[0]
    raise PeopleSelectionError(
        "ambiguous_member" if found else "no_such_member",
        tuple(person.label for person in found or everybody),
    )


class LockState(StrEnum):
    """How far the latest change of somebody or something is on its way to the lock."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    FAILED = "failed"


_STATES = {
    DeliveryStatus.ONGOING: LockState.PENDING,
    DeliveryStatus.SUCCESS: LockState.CONFIRMED,
    DeliveryStatus.UNKNOWN: None,
}


def delivery_state(delivery: DeliveryStatus | None) -> LockState | None:
    """Return what the cloud says of the way to the lock, None where it doesn't."""
    return None if delivery is None else _STATES.get(delivery, LockState.FAILED)


def member_window(
    current: MemberWindow | None,
    *,
    start: datetime | None,
    end: datetime | None,
    now: datetime,
) -> Window:
    """Return the window that a member is to have.

    What isn't given stays as it is; without a window so far it begins now.

    Raises:
        WindowError: it ends before it starts or has ended, or there is no end.
    """
    limited = current is not None and current.permanent is False
    if limited and current is not None:
        start = start or current.start
        end = end or current.end
    if end is None:
        raise WindowError("no_end")
    return custom_window(start=start, end=end, duration=None, now=now)


def has_hours(window: MemberWindow | None) -> bool:
    """Tell whether a member may come at certain hours or on certain days only."""
    return window is not None and not all(map(_is_always, window.schedule_raw))


def _is_always(block: Mapping[str, object]) -> bool:
    """Tell a block that is no limit: the whole day, every day, as the cloud writes it."""
    days = block.get("working_day", block.get("workingDay", _EVERY_DAY))
    if days != _EVERY_DAY:
        return False
    if block.get("all_day", block.get("allDay")) is True:
        return True
    start, end = block.get("start_minute", 0), block.get("end_minute", 0)
    return start == 0 and isinstance(end, int) and end >= _MINUTES_OF_A_DAY - 1
