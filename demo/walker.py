"""What the walk's steps share: the world, the locks, the guests' codes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .api import Json
from .errors import StepError, require
from .integration import Actions, LockInHomeAssistant
from .waiting import wait_for
from .world import World

NEWS_TIMEOUT = 45.0
PRESS_INTERVAL = 3.0


@dataclass(frozen=True, slots=True)
class Code:
    """A code that an action gave us; the digits stay out of every text."""

    device_id: str
    id: str
    digits: str = field(repr=False)


@dataclass(slots=True)
class Walk:
    """The state of a walk through the main job.

    `custom` and `time_limited` are the codes that should open now, by Tuya's device
    id; `known` are all codes that were ever given out.
    """

    world: World
    locks: dict[str, LockInHomeAssistant] = field(default_factory=dict)
    custom: dict[str, Code] = field(default_factory=dict)
    time_limited: dict[str, Code] = field(default_factory=dict)
    known: list[Code] = field(default_factory=list)

    @property
    def actions(self) -> Actions:
        """Return the integration's actions."""
        return Actions(self.world)

    def by_entity(self, entity_id: str) -> LockInHomeAssistant:
        """Return the lock whose lock entity this is."""
        return next(lock for lock in self.locks.values() if lock.entity() == entity_id)

    def family(self, lock: LockInHomeAssistant) -> str:
        """Return how the simulated lock is reached, in the simulator's words."""
        locks = self.world.cloud.access.locks
        return next(one.family for one in locks if one.device_id == lock.device_id)

    async def refresh(self, lock: LockInHomeAssistant) -> None:
        """Press the lock's refresh button."""
        await self.world.api.call(
            "button", "press", {"entity_id": lock.entity("refresh")}
        )

    async def opens(self, code: Code) -> bool:
        """Type a code at the simulated keypad; return whether the lock opened."""
        return await self.world.cloud.try_code(code.device_id, code.digits)

    async def state(self, lock: LockInHomeAssistant, key: str) -> Json:
        """Return the state, with attributes, of one of a lock's entities."""
        entity_id = lock.entity(key)
        if (state := await self.world.api.state(entity_id)) is None:
            raise StepError(f"{entity_id} has no state")
        return state

    async def count(self, lock: LockInHomeAssistant, key: str) -> int | None:
        """Return the number that a sensor of the lock shows, `None` where it shows none."""
        text = (await self.state(lock, key))["state"]
        return int(float(text)) if text not in ("unknown", "unavailable") else None

    async def wait_for_count(
        self, lock: LockInHomeAssistant, key: str, expected: int
    ) -> None:
        """Wait until a sensor of the lock shows this number."""
        last: list[int | None] = []

        async def look() -> bool:
            last[:] = [await self.count(lock, key)]
            return last[0] == expected

        await wait_for(
            f"{key} = {expected} on {lock.name}",
            look,
            timeout=NEWS_TIMEOUT,
            seen=lambda: last,
        )

    async def wait_for_news(
        self, lock: LockInHomeAssistant, key: str, before: Json
    ) -> Json:
        """Wait until an event entity of the lock fired again; return its state."""

        async def look() -> Json:
            now = await self.state(lock, key)
            fired = now["state"] != before["state"] and now["state"] != "unknown"
            return now if fired else None

        return await wait_for(f"event {key} on {lock.name}", look, timeout=NEWS_TIMEOUT)

    async def status(self, code: Code) -> str | None:
        """Return the status that `list_passwords` gives a code, `None` if it lists it not."""
        passwords = await self.actions.passwords(self.locks[code.device_id].entity())
        found = passwords.get(code.id)
        return str(found["status"]) if found else None

    async def wait_for_status(self, code: Code, *expected: str | None) -> str | None:
        """Press refresh until a code has one of these statuses; `None` is "not listed"."""
        lock = self.locks[code.device_id]
        last: list[str | None] = []

        async def look() -> bool:
            await self.refresh(lock)
            last[:] = [await self.status(code)]
            return last[0] in expected

        await wait_for(
            f"status {' or '.join(map(str, expected))} of the code on {lock.name}",
            look,
            timeout=NEWS_TIMEOUT,
            interval=PRESS_INTERVAL,
            seen=lambda: last,
        )
        return last[0]

    def take(self, lock: LockInHomeAssistant, answer: Mapping[str, Json]) -> Code:
        """Return the code in an action's answer, checked for what every code is."""
        digits = answer.get("code")
        require(
            isinstance(digits, str) and digits.isascii() and digits.isdigit(),
            f"{lock.name}: the answer has no code of digits",
        )
        require(answer.get("id"), f"{lock.name}: the answer has no id")
        code = Code(lock.device_id, str(answer["id"]), str(digits))
        self.known.append(code)
        return code
