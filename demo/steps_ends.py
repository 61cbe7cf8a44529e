"""The walk's last steps: codes are cleared and deleted, and a restart forgets nothing."""

import asyncio

from .api import Json
from .errors import StepError, require
from .integration import LockInHomeAssistant, find_locks
from .reporting import masked
from .waiting import wait_for
from .walker import Code, Walk, created

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
        code = created(lock, answer)
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
    digits = answer["code"]
    require(await walk.opens(code), f"{lock.name}: issuing alone cleared the code")
    await walk.opens(Code(device_id, code.id, digits))
    require(not await walk.opens(code), f"{lock.name} still opens after the clearing")
    # Without a report of the lock nobody can know that it was typed.
    reports = walk.family(lock) != "bluetooth"
    status = await walk.wait_for_status(code, "cleared" if reports else "active")
    return f"{lock.name}: clearing code {masked(digits)} typed, refused now; {status}"


async def delete(walk: Walk) -> list[str]:
    """A deleted code is being removed until the lock has taken it, then it is dead."""
    code = walk.custom.pop(next(iter(sorted(walk.custom))))
    lock = walk.locks[code.device_id]
    answer = await walk.actions.on_lock(
        "delete_password", lock.entity(), password=code.id
    )
    lines = [f"{lock.name}: the answer says {answer['status']}"]
    require(
        answer["status"] in ("removing", "removed"), f"{lock.name}: {answer['status']}"
    )
    await walk.world.cloud.wake(code.device_id)

    async def refused() -> bool:
        return not await walk.opens(code)

    await wait_for(f"refusal at the keypad of {lock.name}", refused, timeout=45)
    lines.append(
        f"{lock.name}: the lock took the deletion, its keypad refuses the code"
    )
    status = await walk.wait_for_status(code, None, "removed")
    left = 1 if lock.device_id in walk.time_limited else 0
    await walk.wait_for_count(lock, "active_passwords", left)
    lines.append(f"{lock.name}: {status or 'not listed any more'}, {left} active left")
    return lines


async def restart(walk: Walk) -> list[str]:
    """After a restart of Home Assistant all is as it was."""
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
    passwords = sum(len(seen) for key, seen in before.items() if key.endswith(" list"))
    return [f"{len(before)} states are as before, with {passwords} passwords"]


async def _everything(walk: Walk) -> dict[str, Json]:
    seen: dict[str, Json] = {}
    for lock in walk.locks.values():
        states = await asyncio.gather(*(walk.state(lock, key) for key in KEPT))
        for key, state in zip(KEPT, states, strict=True):
            seen[lock.entity(key)] = state["state"]
        seen[f"{lock.entity()} entities"] = dict(lock.entities)
        seen[f"{lock.entity()} list"] = await _passwords(walk, lock)
    return seen


async def _passwords(walk: Walk, lock: LockInHomeAssistant) -> Json:
    try:
        return await walk.actions.passwords(lock.entity())
    except StepError as error:
        return {"error": str(error)}


def _differences(before: dict[str, Json], after: dict[str, Json]) -> list[str]:
    return [
        f"{key}: {before.get(key)} -> {after.get(key)}"
        for key in sorted(before.keys() | after.keys())
        if before.get(key) != after.get(key)
    ]
