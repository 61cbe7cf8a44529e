"""Changes that are asked for while Home Assistant is killed, and what became of them."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
import random
import time

import aiohttp

from demo.api import ApiError, Json
from demo.integration import DOMAIN, LockInHomeAssistant
from demo.world import World

# A lock of each kind, by what it is asked for.
CHANGED = ("zigbee", "bluetooth_gateway")
SLEEPY = ("wifi", "keypad")
FAULTS = ("latency", "timeout_after", "reset_after", None)
LONGEST_LATENCY = 2.0


class Operation(StrEnum):
    """What is asked for."""

    CREATE = "create"
    CREATE_CHOSEN = "create_chosen"
    UPDATE = "update"
    DELETE = "delete"
    OFFLINE = "offline"


@dataclass(slots=True)
class Ask:
    """One thing that was asked for.

    is_told: the caller got an answer or an error, and knows.
    sent, done: how many requests of it reached the cloud, and how many it carried out.
    """

    operation: Operation
    lock: LockInHomeAssistant
    name: str
    end: datetime
    asked_at: float
    is_told: bool = False
    was_refused: bool = False
    sent: int = 0
    done: int = 0


@dataclass(slots=True)
class Victim:
    """A Home Assistant that is killed while it works."""

    world: World
    locks: dict[str, LockInHomeAssistant]
    chance: random.Random
    asks: list[Ask] = field(default_factory=list)

    def lock(self, family: str) -> LockInHomeAssistant:
        """Return the lock of a family."""
        (found,) = (
            self.locks[lock.device_id]
            for lock in self.world.cloud.access.locks
            if lock.family == family
        )
        return found

    async def async_wake(self) -> None:
        """Touch the keypads of the locks that sleep."""
        for family in SLEEPY:
            await self.world.cloud.wake(self.lock(family).device_id)

    async def async_round(self, number: int) -> None:
        """Ask for something at each lock, kill in the middle of it, start again."""
        operations = await self._async_prepare(number)
        for lock, _ in operations:
            await self._async_spoil(lock)
        begun = time.time()
        asks = [
            self._ask(operation, lock, f"{lock.name} {operation} {number}", begun)
            for lock, operation in operations
        ]
        calls = [asyncio.create_task(self._async_call(ask, number)) for ask in asks]
        await asyncio.sleep(self.chance.uniform(0, LONGEST_LATENCY + 0.5))
        await self.world.server.kill()
        await asyncio.gather(*calls)
        self.asks += asks
        await self.world.start_home_assistant()
        await self.world.cloud.clear_faults()
        await self._async_count(asks)

    async def _async_prepare(
        self, number: int
    ) -> list[tuple[LockInHomeAssistant, Operation]]:
        """Choose what is asked for, and make the codes that it needs."""
        operations = [
            *(
                (self.lock(family), self.chance.choice(list(Operation)[:4]))
                for family in CHANGED
            ),
            (self.lock("wifi"), Operation.DELETE),
            (self.lock("keypad"), Operation.CREATE_CHOSEN),
            (self.lock("bluetooth"), Operation.OFFLINE),
        ]
        for lock, operation in operations:
            if operation in {Operation.UPDATE, Operation.DELETE}:
                await self._async_act(
                    "create_temp_password",
                    lock,
                    name=f"{lock.name} {operation} {number}",
                    duration={"hours": 2},
                )
        await self.async_wake()
        await asyncio.sleep(5)
        await self.async_wake()
        return operations

    async def _async_spoil(self, lock: LockInHomeAssistant) -> None:
        kind = self.chance.choice(FAULTS)
        if kind is None:
            return
        seconds = self.chance.uniform(0.1, LONGEST_LATENCY)
        for method in ("POST", "PUT", "DELETE"):
            await self.world.cloud.add_fault(
                kind,
                path=f"*{lock.device_id}*temp-password*",
                method=method,
                count=1,
                seconds=seconds,
            )

    def _ask(
        self,
        operation: Operation,
        lock: LockInHomeAssistant,
        name: str,
        begun: float,
    ) -> Ask:
        # Whole seconds: that is what the cloud keeps.
        end = datetime.fromtimestamp(int(begun), UTC) + timedelta(hours=5)
        return Ask(operation, lock, name, end, begun)

    async def _async_call(self, ask: Ask, number: int) -> None:
        """Ask; whoever asked knows what became of it only if an answer came."""
        window = {"end": ask.end.isoformat()}
        calls: dict[Operation, tuple[str, dict[str, object]]] = {
            Operation.CREATE: ("create_temp_password", {"name": ask.name, **window}),
            Operation.CREATE_CHOSEN: (
                "create_temp_password",
                {"name": ask.name, "code": f"90{5170 + number * 31}", **window},
            ),
            Operation.UPDATE: ("update_password", {"password": ask.name, **window}),
            Operation.DELETE: ("delete_password", {"password": ask.name}),
            Operation.OFFLINE: (
                "create_temp_password",
                {"name": ask.name, "type": "time_limited", **window},
            ),
        }
        action, data = calls[ask.operation]
        if ask.operation is Operation.CREATE_CHOSEN and ask.lock != self.lock("keypad"):
            data["code"] = f"80{5170 + number * 31}"
        try:
            await self._async_act(action, ask.lock, **data)
        except ApiError:
            ask.was_refused = True
        except aiohttp.ClientError, TimeoutError:
            return
        ask.is_told = True

    async def _async_act(
        self, action: str, lock: LockInHomeAssistant, **data: object
    ) -> Json:
        return await self.world.api.call(
            DOMAIN, action, {"entity_id": [lock.entity()], **data}, response=True
        )

    async def _async_count(self, asks: list[Ask]) -> None:
        """Count what reached the cloud of each ask, late or not."""
        methods = {Operation.UPDATE: "PUT", Operation.DELETE: "DELETE"}
        log = await self.world.cloud.look("/requests")
        for ask in asks:
            sent = [
                entry
                for entry in log
                if entry["time"] >= ask.asked_at - 1
                and entry["device_id"] == ask.lock.device_id
                and entry["method"] == methods.get(ask.operation, "POST")
                and "temp-password" in entry["path"]
            ]
            ask.sent = len(sent)
            ask.done = sum(entry["code"] == 0 for entry in sent)
