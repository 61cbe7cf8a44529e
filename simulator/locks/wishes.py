"""Passwords as they are asked for, and what the cloud refuses of them."""

from dataclasses import dataclass, field

from ..errors import ApiError
from ..zones import zone
from .codes import Block
from .family import Family
from .lock import Lock
from .passwords import OnlinePassword, Step

NAME_LIMIT = 20
MAX_SECONDS = 10**11
CLOUD_LIMIT = 99


@dataclass(slots=True)
class Wish:
    """A password as a request describes it, decrypted."""

    name: str
    digits: str = field(repr=False)
    readable: bool
    start: int
    end: int
    one_time: bool = False
    time_zone: str = ""
    blocks: tuple[Block, ...] = ()
    phone: str = ""
    template: bool = False
    check_name: bool = False


def check_wish(lock: Lock, wish: Wish, existing: OnlinePassword | None) -> None:
    """Refuse what the cloud refuses (protocol reference, sections 2.2 to 2.4 and 7.2).

    Raises:
        ApiError: 1109 wrong length or window, 2318 past, 2303 full, 2316 and 2322
            duplicates, 2003 no daily windows.
    """
    if len(wish.digits) != lock.code_length or not wish.digits.isdigit():
        raise ApiError(1109)
    if not 0 <= wish.start < wish.end < MAX_SECONDS:
        raise ApiError(1109)
    if lock.switch("long_name") == "all" and len(wish.name) > NAME_LIMIT:
        raise ApiError(1109)
    now = lock.now
    if wish.end <= now:
        raise ApiError(2318)
    if wish.start < int(now) and lock.switch("past_start") == "refused":
        raise ApiError(2318)
    _check_blocks(lock, wish)
    others = [
        password
        for password in lock.book.live.values()
        if password is not existing and not password.deleted and password.end > now
    ]
    _check_duplicates(lock, wish, others)
    if existing is None and lock.family is Family.WIFI and len(others) >= lock.room:
        raise ApiError(2303)
    if existing is None and len(others) >= CLOUD_LIMIT:
        raise ApiError(2307)


def _check_blocks(lock: Lock, wish: Wish) -> None:
    if not wish.blocks:
        return
    if zone(wish.time_zone) is None:
        raise ApiError(1109)
    if lock.family is Family.KEYPAD and len(wish.blocks) > 1:
        raise ApiError(1109)
    if not lock.traits.schedules and lock.switch("undocumented_schedule") == "refused":
        raise ApiError(2003)


def _check_duplicates(lock: Lock, wish: Wish, others: list[OnlinePassword]) -> None:
    live = [password for password in others if password.step is not Step.DELETE]
    refuse = wish.check_name or lock.switch("duplicate_names") == "refused"
    if refuse and any(password.name == wish.name for password in live):
        raise ApiError(2316)
    if lock.family is Family.WIFI and lock.switch("duplicate_digits") == "family":
        if any(password.digits == wish.digits for password in others):
            raise ApiError(2322)


def kept_blocks(lock: Lock, wish: Wish) -> tuple[Block, ...]:
    """Return the daily windows that the cloud keeps.

    An `mk` keypad drops a block with all_day silently (measured); the switch
    `schedule_block` drops any.
    """
    if lock.switch("schedule_block") == "dropped":
        return ()
    if lock.family is Family.KEYPAD:
        return tuple(block for block in wish.blocks if not block.all_day)
    return wish.blocks
