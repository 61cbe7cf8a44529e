"""The walk's main steps: codes are made, reach their locks, and open them."""

from .errors import StepError, require
from .reporting import masked
from .walker import Code, Walk

GUEST = "Walk guest"
HOURS = 2
OFFLINE_TYPES = ("time-limited", "one-time")


async def create(walk: Walk) -> list[str]:
    """One action gives a guest a code on every lock that takes one."""
    answers = await walk.actions.on_locks(
        "create_temp_password",
        [lock.entity() for lock in walk.locks.values()],
        type="custom",
        name=GUEST,
        duration={"hours": HOURS},
    )
    lines = []
    for entity_id, answer in answers.items():
        lock = walk.by_entity(entity_id)
        if "error" in answer:
            message = answer["error"]["message"]
            require(
                all(name in message for name in OFFLINE_TYPES),
                f"{lock.name} refuses, but does not offer what works: {message}",
            )
            lines.append(f"{lock.name} refuses: {message}")
            continue
        walk.custom[lock.device_id] = code = walk.take(lock, answer)
        require(
            answer["status"] == "pending", f"{lock.name}: {answer['status']} at once"
        )
        lines.append(f"{lock.name}: code {masked(code.digits)}, {answer['status']}")
    require(len(walk.locks) - len(walk.custom) == 1, "not exactly one lock refuses")
    return lines


async def pending(walk: Walk) -> list[str]:
    """The codes are pending, and a lock that has not taken its code refuses it."""
    lines = []
    for code in walk.custom.values():
        lock = walk.locks[code.device_id]
        family = walk.family(lock)
        status = await walk.status(code)
        # A gateway may have delivered by now; a sleeping lock can't have.
        sleeps = family in ("wifi", "keypad")
        allowed = ("pending",) if sleeps else ("pending", "active")
        require(status in allowed, f"{lock.name}: {status}")
        line = f"{lock.name}: {status}"
        if family == "keypad":
            # Typing wakes a lock, so only one is tried; the others sleep on.
            require(not await walk.opens(code), f"{lock.name} opens without its code")
            line += ", its keypad refuses the code"
        lines.append(line)
    return lines


async def wake(walk: Walk) -> list[str]:
    """The locks wake, take their codes, and Home Assistant shows them as active."""
    lines = []
    for code in walk.custom.values():
        lock = walk.locks[code.device_id]
        await walk.world.cloud.wake(code.device_id)
        await walk.wait_for_status(code, "active")
        await walk.wait_for_count(lock, "active_passwords", 1)
        await walk.wait_for_count(lock, "pending_passwords", 0)
        expiry = (await walk.state(lock, "next_expiry"))["state"]
        require(expiry not in ("unknown", "unavailable"), f"{lock.name}: no expiry")
        lines.append(f"{lock.name}: active, 1 active password until {expiry}")
    return lines


async def opens(walk: Walk) -> list[str]:
    """Each code opens its lock at the keypad, a wrong one does not; HA sees who opened."""
    lines = []
    for code in walk.custom.values():
        lock = walk.locks[code.device_id]
        before = await walk.state(lock, "unlocked")
        wrong = Code(code.device_id, code.id, _other(code.digits))
        require(not await walk.opens(wrong), f"{lock.name} opens for a wrong code")
        require(await walk.opens(code), f"{lock.name} does not open for its code")
        await walk.refresh(lock)
        event = await walk.wait_for_news(lock, "unlocked", before)
        seen = {
            key: value
            for key, value in event["attributes"].items()
            if key in ("event_type", "password")
        }
        require(code.digits not in str(event), f"{lock.name}: the event shows the code")
        lines.append(f"{lock.name}: opened, a wrong code did not; event {seen}")
    return lines


async def alarm(walk: Walk) -> list[str]:
    """A raised alarm shows up in Home Assistant and counts as unread."""
    lines = []
    for lock in walk.locks.values():
        if walk.family(lock) == "bluetooth":
            continue  # It reports when somebody with the app is near.
        await walk.refresh(lock)
        before = await walk.state(lock, "alarm")
        unread = await walk.count(lock, "unread_alarms")
        if unread is None:
            raise StepError(f"{lock.name}: unread alarms are not known")
        if not await walk.world.cloud.raise_alarm(lock.device_id):
            lines.append(f"{lock.name}: this model reports no alarms")
            continue
        await walk.refresh(lock)
        event = await walk.wait_for_news(lock, "alarm", before)
        await walk.wait_for_count(lock, "unread_alarms", unread + 1)
        kind = event["attributes"]["event_type"]
        lines.append(f"{lock.name}: {kind}, unread {unread} -> {unread + 1}")
    require(any("unread" in line for line in lines), "no lock raised an alarm")
    return lines


def _other(digits: str) -> str:
    """Return other digits of the same length."""
    return "".join(str((int(digit) + 3) % 10) for digit in digits)
