"""Who belongs to a lock: people with an app account, and people the lock alone knows."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..tuya_cloud.models import Member

# From this number on `user_type` means an app account (50 is the owner).
_APP_ACCOUNT = 50


@dataclass(frozen=True, slots=True)
class MemberCounts:
    """How many members a lock has; None where no list told."""

    family: int | None
    panel: int | None


def is_family(member: Member) -> bool:
    """Tell whether a member has an app account.

    The numbers of `user_type` disagree: in one reading 10 and 20 are app accounts too.
    An account's `uid` decides, and only without one the number.
    """
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
    members = {member.user_id: is_family(member) for member in panel or ()}
    members |= {member.user_id: is_family(member) for member in rich or ()}
    family = sum(members.values())
    return MemberCounts(
        family=None if rich is None else family, panel=len(members) - family
    )
