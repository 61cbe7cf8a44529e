"""The life of a password: made, on the lock, used, about to end, ended."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from .passwords import (
    CLEARING_TYPES,
    IssuedCode,
    Password,
    PasswordKey,
    PasswordStatus,
    PasswordType,
)

# How long before its end a password is called expiring soon. A password that lasts not
# even twice as long isn't: its end was known the moment it was made.
SOON = timedelta(hours=1)


class CodeEvent(StrEnum):
    """What happens to a password, in the order in which it can happen."""

    CREATED = "created"
    NOT_DELIVERED = "not_delivered"
    DELIVERED = "delivered"
    FAILED = "failed"
    USED = "used"
    EXPIRING_SOON = "expiring_soon"
    EXPIRED = "expired"
    REMOVED = "removed"


# Not an event: a password that vanishes afterwards is forgotten.
_ENDED = "ended"
# Nor is when it ends, after which one that vanished before is forgotten.
_UNTIL = "until "

_ON_LOCK = frozenset(
    {PasswordStatus.SCHEDULED, PasswordStatus.ACTIVE, PasswordStatus.FROZEN}
)
_EVENTS = {
    PasswordStatus.FAILED: CodeEvent.FAILED,
    PasswordStatus.USED: CodeEvent.USED,
    PasswordStatus.EXPIRED: CodeEvent.EXPIRED,
    PasswordStatus.LAPSED: CodeEvent.EXPIRED,
    PasswordStatus.CLEARED: CodeEvent.REMOVED,
    PasswordStatus.REMOVED: CodeEvent.REMOVED,
}

type Lives = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Step:
    """Something happened to a password; `time` is when, where that is known."""

    event: CodeEvent
    password: Password
    time: datetime | None = None


def next_steps(
    before: Lives,
    passwords: Iterable[Password],
    used: Mapping[PasswordKey, datetime],
    now: datetime,
    undelivered: Collection[PasswordKey] = (),
) -> tuple[dict[str, frozenset[str]], tuple[Step, ...]]:
    """Return what is known now of all lives, and what happened since `before`.

    Clearing codes have no life of their own. `used` is when the passwords opened that did
    so at least once; one that may open again has no status that says so. `undelivered`
    are those that are overdue on their lock.
    """
    after: dict[str, frozenset[str]] = {}
    steps: list[Step] = []
    for password in passwords:
        if password.type in CLEARING_TYPES:
            continue
        key = life_key(password)
        known = before.get(key, frozenset())
        reached = frozenset(_reached(password, password.key in used, now))
        if password.key in undelivered:
            reached |= {CodeEvent.NOT_DELIVERED}
        after[key] = same_life(_with_end(known | reached, password))
        steps.extend(
            Step(event, password, _time_of(event, password, used))
            for event in CodeEvent
            if event in reached - known
        )
    # What vanished from the list before its end may still open, or be listed again.
    after |= {
        key: known
        for key, known in before.items()
        if key not in after
        and not known & {_ENDED, CodeEvent.REMOVED}
        and not _is_over(known, now)
    }
    return after, tuple(steps)


def _with_end(life: frozenset[str], password: Password) -> frozenset[str]:
    """Return a life with when it ends now, in place of what was known of that."""
    events = frozenset(event for event in life if not event.startswith(_UNTIL))
    if password.end is None:
        return events
    return events | {f"{_UNTIL}{password.end.isoformat()}"}


def _is_over(life: frozenset[str], now: datetime) -> bool:
    return any(
        now >= datetime.fromisoformat(event.removeprefix(_UNTIL))
        for event in life
        if event.startswith(_UNTIL)
    )


@lru_cache(maxsize=1024)
def same_life(life: frozenset[str]) -> frozenset[str]:
    """Return one set for lives that are alike: a lock may have a hundred of them."""
    return life


def life_key(password: Password | IssuedCode) -> str:
    """Return what tells passwords apart on one lock, as text that can be stored."""
    kind = "online" if password.type is PasswordType.CUSTOM else "offline"
    return f"{kind}:{password.id}"


def soon_at(password: Password) -> datetime | None:
    """Return when a password is called expiring soon, None if it never is."""
    return warning_at(password, SOON, shortest=2 * SOON)


def warning_at(
    password: Password, before: timedelta, *, shortest: timedelta
) -> datetime | None:
    """Return when to warn that a password ends, None if it lasts no longer than `shortest`."""
    if password.start is None or password.end is None:
        return None
    if password.end - password.start <= shortest:
        return None
    return password.end - before


def _time_of(
    event: str, password: Password, used: Mapping[PasswordKey, datetime]
) -> datetime | None:
    """Return when something happened that nobody needs to be asked for."""
    match event:
        case CodeEvent.USED:
            return used.get(password.key)
        case CodeEvent.EXPIRING_SOON:
            return soon_at(password)
        case CodeEvent.EXPIRED if password.status is PasswordStatus.LAPSED:
            return password.use_by
        case CodeEvent.EXPIRED:
            return password.end
    return None


def _reached(password: Password, used: bool, now: datetime) -> Iterator[str]:
    yield CodeEvent.CREATED
    if password.type is PasswordType.CUSTOM and password.status in _ON_LOCK:
        yield CodeEvent.DELIVERED
    if used:
        yield CodeEvent.USED
    soon = soon_at(password)
    if password.status is PasswordStatus.ACTIVE and soon is not None and now >= soon:
        yield CodeEvent.EXPIRING_SOON
    if password.status in _EVENTS:
        yield _EVENTS[password.status]
    if password.ended or (password.end is not None and now >= password.end):
        yield _ENDED
