"""When a code is valid: what was asked, what Tuya makes of it, when it must be used."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

type WindowReason = Literal[
    "end_before_start",
    "in_past",
    "end_and_duration",
    "no_end",
    "needs_rounding",
    "out_of_range",
]

DEFAULT_DURATION = timedelta(hours=1)
HOUR = timedelta(hours=1)
FIRST_USE = timedelta(hours=24)
ONE_TIME = timedelta(hours=6)
CLEARING = timedelta(hours=24)
# The first and the last moment of ten digits of seconds, which is what Tuya's times have.
EARLIEST = datetime.fromtimestamp(1_000_000_000, UTC)
LATEST = datetime.fromtimestamp(9_999_999_999, UTC)


class WindowError(ValueError):
    """A window that is refused; `reason` says why."""

    def __init__(self, reason: WindowReason) -> None:
        """Keep the reason."""
        super().__init__(f"window refused: {reason}")
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Window:
    """From `start` on and before `end`; aware datetimes."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        """Refuse naive times and an end that isn't after the start."""
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("a window needs aware datetimes")
        if self.end <= self.start:
            raise WindowError("end_before_start")

    def __contains__(self, moment: datetime) -> bool:
        """Tell whether a moment lies in the window."""
        return self.start <= moment < self.end


def custom_window(
    *,
    start: datetime | None,
    end: datetime | None,
    duration: timedelta | None,
    now: datetime,
    default: timedelta | None = DEFAULT_DURATION,
) -> Window:
    """Return the window that a person asked for, in UTC and whole seconds, as Tuya's.

    The start defaults to now, the length to `default`. A duration is time that passes,
    so it is added in UTC: an hour stays an hour on the night when the clocks change.

    Raises:
        WindowError: the reason says which rule the wish breaks.
        ValueError: a time has no zone.
    """
    if end is not None and duration is not None:
        raise WindowError("end_and_duration")
    begin = _seconds(now if start is None else start)
    if end is None:
        length = default if duration is None else duration
        if length is None:
            raise WindowError("no_end")
        if length <= timedelta(0):
            raise WindowError("end_before_start")
        end = _later(begin, length)
    end = _seconds(end)
    # A day that is over is told first: the start may be a default that nobody typed.
    if end <= now:
        raise WindowError("in_past")
    if begin < EARLIEST or end > LATEST:
        raise WindowError("out_of_range")
    return Window(begin, end)


def floor_hour(moment: datetime) -> datetime:
    """Return the whole hour of UTC at or before a moment."""
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def ceil_hour(moment: datetime) -> datetime:
    """Return the whole hour of UTC at or after a moment."""
    floored = floor_hour(moment)
    return floored if floored == moment else floored + HOUR


def offline_window(asked: Window) -> Window:
    """Return what is sent for an offline code: whole hours around what was asked.

    Tuya floors both ends: an end not raised before would lock the guest out early.
    """
    return Window(floor_hour(asked.start), ceil_hour(asked.end))


def is_wider_than_asked(asked: Window, answered: Window) -> bool:
    """Tell whether an answer is more than an hour wider than asked, on either side."""
    return asked.start - answered.start > HOUR or answered.end - asked.end > HOUR


def is_shorter_than_asked(asked: Window, answered: Window) -> bool:
    """Tell whether an answer starts later or ends earlier than asked.

    It happens where the cloud floors by the lock's local hour, in zones that are half
    an hour off UTC. Whoever gets the code must be told its real ends.
    """
    return answered.start > asked.start or answered.end < asked.end


def check_answered_window(
    asked: Window, answered: Window, *, allow_rounding: bool = False
) -> None:
    """Refuse an answer that would let somebody in much longer than was asked.

    Raises:
        WindowError: `needs_rounding`.
    """
    if not allow_rounding and is_wider_than_asked(asked, answered):
        raise WindowError("needs_rounding")


def one_time_window(now: datetime) -> Window:
    """Return the window of a one-time offline code made now: five to six hours."""
    start = floor_hour(now)
    return Window(start, start + ONE_TIME)


def clearing_window(now: datetime) -> Window:
    """Return the window of a clearing code made now."""
    start = floor_hour(now)
    return Window(start, start + CLEARING)


def use_by(window: Window, issued_at: datetime) -> datetime:
    """Return when a time-limited code must have been used first.

    Sources count the 24 hours from generation or from the start: the earlier is safe,
    and it is never later than the end.
    """
    return min(min(issued_at, window.start) + FIRST_USE, window.end)


def lapses_at(window: Window, issued_at: datetime) -> datetime:
    """Return from when an unused time-limited code is dead by both readings."""
    return min(max(issued_at, window.start) + FIRST_USE, window.end)


def is_at_risk(window: Window, issued_at: datetime) -> bool:
    """Tell whether a time-limited code, made so early, may lapse before it starts."""
    return window.start - issued_at > FIRST_USE


def _seconds(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a window needs aware datetimes")
    try:
        return moment.astimezone(UTC).replace(microsecond=0)
    except OverflowError as err:
        raise WindowError("out_of_range") from err


def _later(moment: datetime, duration: timedelta) -> datetime:
    try:
        return moment + duration
    except OverflowError as err:
        raise WindowError("out_of_range") from err
