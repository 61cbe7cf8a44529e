"""What is asked of the manager, and what it answers."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from .domain.digits import random_digits
from .domain.passwords import IssuedCode, Password, PasswordStatus, PasswordType
from .domain.windows import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleWish:
    """At which hours of which days a custom code shall open; None everywhere is always.

    `accept_unenforced` takes a lock that may ignore them, and then opens all week.
    """

    weekdays: tuple[str, ...] | None = None
    daily_start: time | None = None
    daily_end: time | None = None
    accept_unenforced: bool = False

    @property
    def is_given(self) -> bool:
        """Return whether it asks for anything."""
        return (self.weekdays, self.daily_start, self.daily_end) != (None, None, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordWish:
    """What somebody wants a password to be.

    Without a start it begins now; without an end and a duration it lasts an hour.
    `code` is the digits that were chosen, None for random ones. `one_time` makes a
    custom password good for one opening. `template` makes it by the template door of the
    cloud, where `check_name` refuses a name that another password has. `reference` is the
    caller's own name for the code on its lock: with the same one again, the same code is
    meant. With `all_or_nothing` it is made on several locks or on none.
    `replaces` is a code that vanished from the cloud, for which it is made anew.
    """

    type: PasswordType
    name: str
    start: datetime | None = None
    end: datetime | None = None
    duration: timedelta | None = None
    code: str | None = field(default=None, repr=False)
    one_time: bool = False
    allow_rounding: bool = False
    template: bool = False
    check_name: bool = False
    schedule: ScheduleWish = ScheduleWish()
    reference: str | None = None
    all_or_nothing: bool = False
    replaces: IssuedCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordChange:
    """What is to change of a password; None leaves it as it is.

    `code` is new digits that were chosen, `new_code` asks for random ones. A duration
    counts from the start.
    """

    name: str | None = None
    start: datetime | None = None
    end: datetime | None = None
    duration: timedelta | None = None
    code: str | None = field(default=None, repr=False)
    new_code: bool = False
    schedule: ScheduleWish = ScheduleWish()

    @property
    def has_window(self) -> bool:
        """Return whether it sets a window."""
        return (self.start, self.end, self.duration) != (None, None, None)

    @property
    def has_digits(self) -> bool:
        """Return whether it sets digits."""
        return self.new_code or self.code is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedPassword:
    """A password after a change; `code` is its digits where they are new.

    `receipt` is what to tell the journal once somebody has seen them, `notes` are
    translation keys of what the host must know.
    """

    password: Password
    code: str | None = field(default=None, repr=False)
    receipt: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatedCode:
    """A code that was just made: the only object of ours that holds its digits.

    `notes` are translation keys of what the guest or the host must know. `clears`
    are the names of the passwords that a clearing code is for. `receipt` is what to tell
    the journal once somebody has seen the digits; `existed` says that its reference named
    it already. `code` is None for such a one of which no digits are kept.
    """

    issued: IssuedCode
    status: PasswordStatus
    code: str | None = field(repr=False)
    notes: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()
    receipt: str | None = None
    existed: bool = False


def differ_in_length(made: Collection[CreatedCode]) -> bool:
    """Tell whether codes that were made together don't all have as many digits."""
    return len({len(created.code) for created in made if created.code}) > 1


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

    def digits(self, length: int, window: Window, taken: Collection[str] = ()) -> str:
        """Return the call's digits of a length; a lock where they are taken gets others."""
        if length not in self._by_length:
            self._by_length[length] = random_digits(length, taken=taken, window=window)
        if (digits := self._by_length[length]) in taken:
            return random_digits(length, taken={*taken, digits}, window=window)
        return digits
