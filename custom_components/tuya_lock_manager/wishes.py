"""What is asked of the manager, and what it answers."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from .domain.digits import random_digits
from .domain.passwords import IssuedCode, PasswordStatus, PasswordType
from .domain.windows import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordWish:
    """What somebody wants a password to be.

    Without a start it begins now; without an end and a duration it lasts an hour.
    `code` is the digits that were chosen, None for random ones. `one_time` makes a
    custom password good for one opening.
    """

    type: PasswordType
    name: str
    start: datetime | None = None
    end: datetime | None = None
    duration: timedelta | None = None
    code: str | None = field(default=None, repr=False)
    one_time: bool = False
    allow_rounding: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatedCode:
    """A code that was just made: the only object of ours that holds its digits.

    `notes` are translation keys of what the guest or the host must know. `clears`
    are the names of the passwords that a clearing code is for.
    """

    issued: IssuedCode
    status: PasswordStatus
    code: str = field(repr=False)
    notes: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletedPassword:
    """What became of a password that was to be deleted.

    `already_gone` says that there was nothing left to delete.
    """

    id: str
    name: str
    status: PasswordStatus
    already_gone: bool = False


@dataclass(slots=True)
class DigitsPool:
    """Random digits of one call: the same for every lock that takes that many."""

    _by_length: dict[int, str] = field(default_factory=dict, repr=False)

    def digits(self, length: int, window: Window) -> str:
        """Return the call's digits of a length."""
        if length not in self._by_length:
            self._by_length[length] = random_digits(length, window=window)
        return self._by_length[length]
