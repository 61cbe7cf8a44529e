"""The cloud's side of offline and dynamic passwords (protocol reference, 2.11 and 2.12)."""

from ..errors import ApiError
from ..zones import device_zone, local
from .lock import Lock
from .offline import DAY, HOUR, OfflineCode, OfflineKind
from .wishes import NAME_LIMIT

ONCE_SECONDS = 6 * HOUR
SLOW_SECONDS = 300
DEFAULT_NAMES = {
    OfflineKind.MULTIPLE: "time-limited password",
    OfflineKind.ONCE: "one-time password",
    OfflineKind.CLEAR_ONE: "clearing code",
    OfflineKind.CLEAR_ALL: "clearing code",
}


def floor_hour(lock: Lock, moment: int) -> int:
    """Return the beginning of an hour: of UTC, or of the lock's local time if switched so."""
    shift = 0
    if lock.switch("offline_hours") == "local":
        offset = local(moment, device_zone(lock.device.time_zone)).utcoffset()
        shift = int(offset.total_seconds()) if offset else 0
    return (moment + shift) // HOUR * HOUR - shift


def _window(
    lock: Lock, kind: OfflineKind, start: int | None, end: int | None
) -> tuple[int, int]:
    now = int(lock.now)
    if kind is OfflineKind.MULTIPLE:
        if start is None or end is None:
            raise ApiError(1100)
        return floor_hour(lock, start), floor_hour(lock, end)
    begin = floor_hour(lock, now)
    if kind is OfflineKind.ONCE:
        return begin, begin + ONCE_SECONDS
    if kind is OfflineKind.CLEAR_ONE and start and end:
        return floor_hour(lock, start), floor_hour(lock, end)
    return begin, begin + int(DAY)


def _new_digits(lock: Lock, length: int) -> str:
    taken = {code.digits for code in lock.offline.values()}
    while True:
        digits = lock.around.word(length, "0123456789")
        if digits not in taken and len(set(digits)) > 2:
            lock.around.digits.add(digits)
            return digits


def _target(lock: Lock, password_id: int | None) -> int:
    """Return the id of the time-limited password that a clearing code is for."""
    if password_id is None:
        raise ApiError(1100)
    code = lock.offline.get(password_id)
    if code is None:
        raise ApiError(2323)
    if code.kind is not OfflineKind.MULTIPLE:
        raise ApiError(1109)
    if code.end <= lock.now:
        raise ApiError(2304)
    unused = code.id not in lock.memory.uses
    if unused and lock.switch("clear_unused") == "refused_by_cloud":
        raise ApiError(2324)
    return code.id


def create_offline(
    lock: Lock,
    kind: OfflineKind,
    name: str,
    start: int | None,
    end: int | None,
    password_id: int | None,
) -> OfflineCode:
    """Compute an offline password or a clearing code.

    Raises:
        ApiError: 1100 missing, 1109 illegal, 2318 past, 2323 unknown target, or the
            code of the switch `offline_supply`.
    """
    supply = lock.switch("offline_supply")
    if supply != "unlimited" and lock.switch("offline_supply_type") in {"all", kind}:
        raise ApiError(int(supply))
    if len(name) > NAME_LIMIT and lock.switch("long_name") != "never":
        raise ApiError(1109)
    target = _target(lock, password_id) if kind is OfflineKind.CLEAR_ONE else None
    begin, finish = _window(lock, kind, start, end)
    if begin >= finish:
        raise ApiError(1109)
    if finish <= lock.now:
        raise ApiError(2318)
    code = OfflineCode(
        id=lock.around.number() + 600_000_000,
        kind=kind,
        name=name or DEFAULT_NAMES[kind],
        digits=_new_digits(lock, int(lock.switch("offline_digits"))),
        start=begin,
        end=finish,
        generated_at=lock.now,
        target=target,
    )
    lock.offline[code.id] = code
    return code


def create_dynamic(lock: Lock) -> OfflineCode:
    """Compute a dynamic password, valid from now on for a few minutes.

    A lock whose clock is a little slow takes it, too.
    """
    now = lock.now
    code = OfflineCode(
        id=lock.around.number(),
        kind=OfflineKind.DYNAMIC,
        name="",
        digits=_new_digits(lock, 8),
        start=now - SLOW_SECONDS,
        end=now + 60 * int(lock.switch("dynamic_minutes")),
        generated_at=now,
        hidden=True,
    )
    lock.offline[code.id] = code
    return code
