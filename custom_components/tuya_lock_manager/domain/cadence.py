"""How often what is asked in the background, and what a calm day costs.

The list of all locks is one call; it also hints at which lock has news, so that its records
are read at once. That a report always moves what the list shows is not sure, so every lock's
records are read once an hour besides. Codes are asked for when something is going on.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from ..tuya_cloud import Device
from .budget import PROBE_INTERVAL, PlanState
from .passwords import ChangeState, Password, PasswordStatus, PasswordType

# What is told to be within an hour has to be asked for a little before it is over.
_SLACK = timedelta(seconds=10)

# Without any entity that shows a lock, the list only tells of new locks.
UNWATCHED_LISTING = timedelta(hours=12)
RECORDS = timedelta(hours=1) - _SLACK
MEMBERS = timedelta(days=1)
OFFLINE_LIST = timedelta(days=1)
# A clearing code is good for a day, and some locks never say that it was typed: the list
# is looked at this long after it was issued.
CLEARING_LOOKS = (
    timedelta(minutes=10),
    *(timedelta(hours=hours) for hours in (1, 4, 12, 24)),
)

# A code is about to begin or to end for so long before and after that.
SOON = timedelta(hours=2)
SOON_AFTER = timedelta(minutes=30)

# After a failure it is tried again this soon, then after twice as long, and so on.
FIRST_RETRY = timedelta(minutes=15)

# Unconfirmed codes may still arrive: that of a sleepy keypad is called so after minutes,
# and so is a new one while the list can't be read.
_ON_THE_WAY = frozenset(
    {PasswordStatus.PENDING, PasswordStatus.REMOVING, PasswordStatus.UNCONFIRMED}
)


class Pace(StrEnum):
    """How soon the user wants to hear of news: within a quarter of an hour, or an hour."""

    PROMPT = "prompt"
    CAREFUL = "careful"


# Who forces a door or is forced to open it should not be heard of an hour later, and
# the list that tells of it is one call for all locks.
DEFAULT_PACE = Pace.PROMPT


class Need(StrEnum):
    """What is going on with the codes of a lock."""

    CALM = "calm"
    SOON = "soon"
    ON_THE_WAY = "on_the_way"


_LISTING = {
    Pace.CAREFUL: timedelta(hours=1) - _SLACK,
    Pace.PROMPT: timedelta(minutes=15) - _SLACK,
}
_PASSWORDS = {
    Need.CALM: timedelta(hours=12),
    Need.SOON: timedelta(minutes=30),
    Need.ON_THE_WAY: timedelta(minutes=30),
}
# How many times as long everything takes; what is missing is not asked at all.
_STRETCH = {PlanState.OK: 1, PlanState.SLOWING: 2}

# The cloud itself said that the plan takes no calls.
REFUSING = frozenset({PlanState.USED_UP, PlanState.EXPIRED})


def stretched(interval: timedelta, state: PlanState) -> timedelta | None:
    """Return how long to wait under the plan as it stands; None: nothing is asked."""
    factor = _STRETCH.get(state)
    return None if factor is None else interval * factor


def listing_interval(
    pace: Pace, state: PlanState, *, watched: bool
) -> timedelta | None:
    """Return when to list the locks again.

    The list is also what tries out a plan that the cloud refused.

    Args:
        pace: chosen by the user.
        state: of the plan.
        watched: whether anybody looks at a lock, or a code is on its way.

    """
    if state in REFUSING:
        return PROBE_INTERVAL
    return stretched(_LISTING[pace] if watched else UNWATCHED_LISTING, state)


def passwords_interval(need: Need, state: PlanState) -> timedelta | None:
    """Return when to read the codes of a lock again."""
    return stretched(_PASSWORDS[need], state)


def retry_interval(
    interval: timedelta, failures: int, *, token_refused: bool = False
) -> timedelta:
    """Return how long to wait after so many failures in a row: never longer than else.

    Where even new tokens are refused each try costs two calls, so it is made half as often
    as the list is read at most.
    """
    if failures <= 0:
        return interval
    # Beyond ten doublings every interval is reached.
    doublings = min(failures - 1, 10)
    wait = min(interval, FIRST_RETRY * (1 << doublings))
    return max(wait, 2 * FIRST_RETRY) if token_refused else wait


def is_on_the_way(code: Password) -> bool:
    """Tell whether a code, a change or a deletion is on its way to the lock.

    Offline codes never are: nobody may know whether one still opens, but no list will tell.
    """
    if code.type is not PasswordType.CUSTOM:
        return False
    return code.status in _ON_THE_WAY or code.change is ChangeState.PENDING


def need_of(codes: Iterable[Password], now: datetime) -> Need:
    """Tell what is going on with the codes of a lock."""
    need = Need.CALM
    for code in codes:
        if is_on_the_way(code):
            return Need.ON_THE_WAY
        if any(
            moment is not None and moment - SOON <= now <= moment + SOON_AFTER
            for moment in (code.start, code.end)
        ):
            need = Need.SOON
    return need


def has_news(before: Device, now: Device) -> bool:
    """Tell whether a listing hints that something happened at a lock.

    The update time may go back as well: a lock that was out of reach hands in late what
    happened before.
    """
    return before.update_time != now.update_time or before.status != now.status


def is_back(before: Device, now: Device) -> bool:
    """Tell whether a lock was out of reach, and may have kept what happened meanwhile."""
    return now.online is True and not before.online


def calm_calls(pace: Pace, locks: int) -> int:
    """Return about how many calls a calm day takes, with what is asked at first.

    Tokens are good for two hours. A lock has its records, its codes and offline codes,
    and two lists of members.
    """
    day = timedelta(days=1)
    listing = day / _LISTING[pace] + day / timedelta(hours=2)
    calm = _PASSWORDS[Need.CALM]
    lock = day / RECORDS + day / calm + day / OFFLINE_LIST + 2 * (day / MEMBERS)
    return round(listing + locks * lock)
