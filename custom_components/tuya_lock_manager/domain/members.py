"""Who belongs to a lock: people with an app account, and people it alone knows."""

from collections.abc import Container, Iterable
from dataclasses import dataclass

from ..tuya_cloud.models import Member

# From this number on `user_type` always means an app account (50 is the owner).
_APP_ACCOUNT = 50
# Administrator and ordinary member: of the home in one reading, of the lock in another.
_EITHER = frozenset({10, 20})


@dataclass(frozen=True, slots=True)
class MemberCounts:
    """How many members a lock has; None where no list told."""

    family: int | None
    panel: int | None


def is_family(member: Member) -> bool:
    """Tell whether a member has an app account, by what is said of that member alone."""
    return bool(member.uid) or (member.user_type or 0) >= _APP_ACCOUNT


def count_members(
    rich: Iterable[Member] | None, panel: Iterable[Member] | None
) -> MemberCounts:
    """Count family and panel members, nobody twice.

    Args:
        rich: the list with accounts; None where the cloud didn't answer it.
        panel: the list of people on the lock alone; None likewise. It has no accounts,
            so it tells nothing about the family, and the rich list wins.

    """
    if rich is None and panel is None:
        return MemberCounts(None, None)
    members = classify(rich, panel)
    family = sum(members.values())
    return MemberCounts(
        family=None if rich is None else family, panel=len(members) - family
    )


def classify(
    rich: Iterable[Member] | None, panel: Iterable[Member] | None
) -> dict[str, bool]:
    """Tell of each member, by id, whether they are of the family; see `count_members`."""
    listed = tuple(rich or ())
    members = {member.user_id: is_family(member) for member in panel or ()}
    homes = _home_members(listed, members) if panel is not None else frozenset()
    for member in listed:
        members[member.user_id] = is_family(member) or member.user_id in homes
    return members


def _home_members(rich: Iterable[Member], panel: Container[str]) -> frozenset[str]:
    """Return who is of the home where the rich list shows no account at all.

    Then 10 and 20 don't tell, but people on the lock alone are in the other list.
    """
    if any(member.uid for member in rich):
        return frozenset()
    return frozenset(
        member.user_id
        for member in rich
        if member.user_type in _EITHER and member.user_id not in panel
    )
