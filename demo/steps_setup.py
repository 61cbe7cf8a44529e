"""The walk's first steps: the integration is added, the locks appear."""

from .errors import require
from .integration import add_integration, find_locks
from .waiting import wait_for
from .walker import Walk

APPEAR_TIMEOUT = 60.0
# Every lock has these entities; the empty key is the lock itself.
ENTITIES = {
    *("", "active_passwords", "pending_passwords", "next_expiry", "unread_alarms"),
    *("family_members", "panel_members", "battery", "online"),
    *("unlocked", "alarm", "refresh"),
}
COUNTS = ("active_passwords", "pending_passwords", "unread_alarms")


async def add(walk: Walk) -> list[str]:
    """The integration is added through its config flow."""
    entry_id = await add_integration(walk.world)
    return [f"config entry {entry_id} is loaded"]


async def locks_appear(walk: Walk) -> list[str]:
    """The account's locks appear with their entities."""
    expected = {lock.device_id for lock in walk.world.cloud.access.locks}

    async def look() -> bool:
        walk.locks = await find_locks(walk.world)
        return expected <= walk.locks.keys()

    await wait_for(
        f"devices of all {len(expected)} locks", look, timeout=APPEAR_TIMEOUT
    )
    require(len(expected) >= 5, f"the simulator has {len(expected)} locks, not five")
    require(walk.locks.keys() == expected, "there are locks that the cloud has not")
    lines = []
    for lock in walk.locks.values():
        missing = ENTITIES - lock.entities.keys()
        require(not missing, f"{lock.name} lacks {sorted(missing)}")
        for key in COUNTS:
            await walk.wait_for_count(
                lock, key, await _first_count(walk, lock.device_id, key)
            )
        lines.append(f"{lock.entity()}: {lock.name}, {len(lock.entities)} entities")
    return lines


async def _first_count(walk: Walk, device_id: str, key: str) -> int:
    # No code exists yet. The number of alarms is what the simulator's lock begins with.
    if key != "unread_alarms":
        return 0
    count = await walk.count(walk.locks[device_id], key)
    require(count is not None, f"{walk.locks[device_id].name}: {key} is not known")
    return count or 0
