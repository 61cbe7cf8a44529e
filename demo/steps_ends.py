"""The walk's last steps: codes are cleared and deleted, and a restart forgets nothing."""

import asyncio

from .api import ApiError, Json
from .errors import require
from .integration import LockInHomeAssistant, find_locks
from .reporting import masked
from .waiting import wait_for
from .walker import Walk

RESTORE_TIMEOUT = 60.0
KEPT = (
    *("active_passwords", "pending_passwords", "next_expiry", "unread_alarms"),
    *("family_members", "panel_members", "battery", "online"),
    *("unlocked", "alarm"),
)


async def clear(walk: Walk) -> list[str]:
    """A clearing code, typed at the keypad, kills the time-limited code it is for."""
    answers = await walk.actions.on_locks(
        "create_temp_password",
        [lock.entity() for lock in walk.locks.values()],
        type="time_limited",
        name="Weekend guest",
        duration={"hours": 24},
    )
    lines = []
    for entity_id, answer in answers.items():
        lock = walk.by_entity(entity_id)
        if "error" in answer:
            lines.append(f"{lock.name} refuses: {answer['error']['message']}")
            continue
        code = walk.take(lock, answer)
        require(await walk.opens(code), f"{lock.name} refuses the time-limited code")
        walk.time_limited[lock.device_id] = code
        lines.append(f"{lock.name}: code {masked(code.digits)} opened")
    refusing = walk.locks.keys() - walk.custom.keys()
    require(refusing <= walk.time_limited.keys(), "what was offered does not work")
    # Two locks lose their offline code, one that reports it; the others keep theirs.
    reporting = walk.time_limited.keys() - refusing
    cleared = (*refusing, *sorted(reporting)[:1])
    return lines + [await _clear_one(walk, device_id) for device_id in cleared]


async def _clear_one(walk: Walk, device_id: str) -> str:
    code, lock = walk.time_limited.pop(device_id), walk.locks[device_id]
    answer = await walk.actions.on_lock(
        "issue_clear_code", lock.entity(), password=code.id
    )
    clearing = walk.take(lock, answer)
    require(await walk.opens(code), f"{lock.name}: issuing alone cleared the code")
    require(not await walk.opens(clearing), f"{lock.name} opens for a clearing code")
    require(not await walk.opens(code), f"{lock.name} still opens after the clearing")
    # Without a report of the lock nobody can know that it was typed.
    reports = walk.family(lock) != "bluetooth"
    status = await walk.wait_for_status(code, "cleared" if reports else "active")
    return f"{lock.name}: clearing code {masked(clearing.digits)} typed, refused now; {status}"


async def delete(walk: Walk) -> list[str]:
    """A deleted code is being removed until the lock has taken it, then it is dead."""
    # Behind a gateway it takes a few seconds, long enough to look at the time between.
    device_id = next(
        device_id
        for device_id in sorted(walk.custom)
        if walk.family(walk.locks[device_id]) == "zigbee"
    )
    code, lock = walk.custom.pop(device_id), walk.locks[device_id]
    answer = await walk.actions.on_lock(
        "delete_password", lock.entity(), password=code.id
    )
    require(answer["status"] == "removing", f"{lock.name}: {answer['status']} at once")
    require(await walk.opens(code), f"{lock.name} is not asked, but refuses already")
    lines = [f"{lock.name}: {answer['status']}, the keypad still opens"]

    async def refused() -> bool:
        return not await walk.opens(code)

    await wait_for(f"refusal at the keypad of {lock.name}", refused, timeout=45)
    status = await walk.wait_for_status(code, None, "removed")
    left = 1 if device_id in walk.time_limited else 0
    await walk.wait_for_count(lock, "active_passwords", left)
    lines.append(f"{lock.name}: the lock took it, its keypad refuses the code")
    lines.append(f"{lock.name}: {status or 'not listed any more'}, {left} active left")
    return lines


async def restart(walk: Walk) -> list[str]:
    """After a restart of Home Assistant all is as it was."""
    for lock in walk.locks.values():
        await walk.refresh(lock)  # what happened since the last reading is no news
    before = await _everything(walk)
    await walk.world.restart_home_assistant()
    walk.locks = await find_locks(walk.world)
    after: list[dict[str, Json]] = []

    async def same() -> bool:
        after[:] = [await _everything(walk)]
        return after[0] == before

    await wait_for(
        "the state from before the restart",
        same,
        timeout=RESTORE_TIMEOUT,
        seen=lambda: _differences(before, after[0]),
    )
    passwords = sum(" password " in key for key in before)
    return [f"{len(before) - passwords} states and {passwords} passwords are as before"]


async def _everything(walk: Walk) -> dict[str, Json]:
    """Return each entity's state, each lock's entities and each password."""
    seen: dict[str, Json] = {}
    for lock in walk.locks.values():
        states = await asyncio.gather(*(walk.state(lock, key) for key in KEPT))
        for key, state in zip(KEPT, states, strict=True):
            seen[lock.entity(key)] = state["state"]
        seen[f"{lock.name} entities"] = dict(lock.entities)
        for password in (await _passwords(walk, lock)).values():
            seen[f"{lock.name} password {password['id']}"] = password
    return seen


async def _passwords(walk: Walk, lock: LockInHomeAssistant) -> dict[str, Json]:
    try:
        return await walk.actions.passwords(lock.entity())
    except ApiError:
        return {}  # Right after a start the list may not have been read yet.


def _differences(before: dict[str, Json], after: dict[str, Json]) -> list[str]:
    lines = []
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key), after.get(key)
        if isinstance(old, dict) and isinstance(new, dict):
            lines += _differences(
                {f"{key} {name}": value for name, value in old.items()},
                {f"{key} {name}": value for name, value in new.items()},
            )
        elif old != new:
            lines.append(f"{key}: {old} -> {new}")
    return lines
