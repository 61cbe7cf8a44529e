"""The codes of a lock as a person wants to see them, and how a page names one."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from ..domain.passwords import ChangeState, Password, PasswordKey, PasswordStatus

# What somebody should look at: it may not do what it was made for.
_DOUBTFUL = frozenset(
    {
        PasswordStatus.FAILED,
        PasswordStatus.UNCONFIRMED,
        PasswordStatus.UNKNOWN,
        PasswordStatus.REMOVING,
    }
)

_ONLINE: Final = "online"
_OFFLINE: Final = "offline"


def by_concern(codes: Iterable[Password], now: datetime) -> list[Password]:
    """Return first what is doubtful, then what opens or will, then what has ended.

    The newest comes first in each.
    """
    return sorted(codes, key=lambda code: (_rank(code, now), -_age(code)))


def _rank(code: Password, now: datetime) -> int:
    over = code.end is not None and code.end <= now
    doubtful = code.status in _DOUBTFUL or code.change is ChangeState.FAILED
    if doubtful and not over:
        return 0
    return 2 if code.ended else 1


def _age(code: Password) -> float:
    """Return when the code was made, or else when it begins, in seconds."""
    moment = code.created_at or code.start
    return moment.timestamp() if moment else 0.0


def value_of(key: PasswordKey) -> str:
    """Return how a page names a code."""
    online, password_id = key
    return f"{_ONLINE if online else _OFFLINE}:{password_id}"


def key_of(value: str) -> PasswordKey:
    """Return which code a page named."""
    kind, _, password_id = value.partition(":")
    return kind == _ONLINE, password_id
