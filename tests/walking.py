"""A walk through the life of codes on all locks, and what must hold at every step."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from homeassistant.exceptions import HomeAssistantError

from simulator.locks.delivery import app_nearby, wake
from simulator.locks.keypad import type_code
from simulator.locks.lock import Lock
from tests.acting import TEXTS
from tests.simulated import Home

SHUT = frozenset(
    {"scheduled", "used", "expired", "lapsed", "cleared", "removed", "failed", "gone"}
)
GONE = {"status": "gone", "clear_code_issued": False}


def would_open(lock: Lock, digits: str) -> bool:
    """Tell whether a code would open a lock now, without typing it."""
    own = lock.own_time(lock.now)
    stored = any(
        code.digits == digits and code.refusal(own, lock.device.time_zone) is None
        for code in lock.codes.values()
    )
    computed = any(
        code.digits == digits
        and lock.memory.refusal(code, own, lock.switch("first_use_from")) is None
        for code in lock.offline.values()
    )
    return stored or computed


@dataclass(slots=True)
class Made:
    """A code that an action returned."""

    lock: str
    id: str
    name: str
    digits: str = field(repr=False)


class Walk:
    """What somebody does with all locks of a home at once."""

    def __init__(self, home: Home, locks: dict[str, Lock]) -> None:
        """Begin with no code; the locks are by their entities."""
        self.home = home
        self.locks = locks
        self.made: list[Made] = []
        self.statuses: dict[tuple[str, str], str] = {}
        self.errors: dict[tuple[str, str], str] = {}
        self.seen: dict[tuple[str, str], list[str]] = {}

    async def async_act(
        self, action: str, what: str, **data: Any
    ) -> dict[str, dict[str, object]]:
        """Do something on all locks; return the results, keep the errors."""
        try:
            response = await self.home.async_act(action, list(self.locks), **data)
        except HomeAssistantError as err:
            self.note_error(what, "all", err.translation_key)
            return {}
        answers: dict[str, dict[str, object]] = {}
        for lock, answer in (response or {}).items():
            assert isinstance(answer, dict)
            if "error" in answer:
                error = answer["error"]
                assert isinstance(error, dict)
                self.note_error(what, lock, error["key"])
            else:
                answers[lock] = dict(answer)
        return answers

    def note_error(self, what: str, lock: str, key: object) -> None:
        """Keep an error, which has to be one of ours."""
        assert key in TEXTS, (what, lock, key)
        assert key != "unexpected", (what, lock)
        self.errors[what, lock] = str(key)

    async def async_create(self, name: str, **data: object) -> None:
        """Make a code on each lock that takes it."""
        answers = await self.async_act("create_temp_password", name, name=name, **data)
        for lock, answer in answers.items():
            self.made.append(Made(lock, str(answer["id"]), name, str(answer["code"])))
        await self.async_audit(f"{name} was made")

    async def async_clear(self, name: str) -> None:
        """Issue a clearing code on each lock, and type it."""
        answers = await self.async_act(
            "issue_clear_code", f"clear {name}", password=name
        )
        await self.async_audit(f"a clearing code for {name} was issued")
        for lock, answer in answers.items():
            type_code(self.locks[lock], str(answer["code"]))
        await self.async_learn()

    async def async_delete(self, name: str) -> None:
        """Delete a code on each lock; it may have ended before, but is not active."""
        answers = await self.async_act(
            "delete_password", f"delete {name}", password=name
        )
        for lock, answer in answers.items():
            assert answer["status"] in {"removing", "removed"}, lock
        await self.async_audit(f"{name} was deleted")

    async def async_type(self, *names: str) -> None:
        """Type codes at each lock: one that is called active has to open."""
        for made in self.made:
            if made.name in names:
                type_code(self.locks[made.lock], "0")
                opened = type_code(self.locks[made.lock], made.digits).opened
                if self.statuses.get((made.lock, made.name)) == "active":
                    assert opened, f"called active, but shut: {made}"

    async def async_deliver(self) -> None:
        """Wait a little, then wake every lock, so that it takes what waits for it."""
        await self.async_pass(timedelta(seconds=12))
        for lock in self.locks.values():
            wake(lock, lock.now)
        await self.async_pass(timedelta(seconds=61))

    async def async_learn(self) -> None:
        """Let the locks report, and Home Assistant read it."""
        for lock in self.locks.values():
            app_nearby(lock, lock.now)
        await self.async_pass(timedelta(minutes=16))

    async def async_pass(self, duration: timedelta) -> None:
        """Let time pass."""
        await self.home.async_pass(duration)
        self.home.world.settle()
        await self.async_audit(f"{duration} passed")

    async def async_restart(self) -> None:
        """Load the account anew."""
        await self.home.hass.config_entries.async_reload(self.home.entry.entry_id)
        await self.home.hass.async_block_till_done()
        await self.async_audit("a restart")

    async def async_audit(self, after: str) -> None:
        """Check that every code does at its door what Home Assistant says of it."""
        answers = await self.async_act("list_passwords", "list")
        for made in self.made:
            lock = self.locks[made.lock]
            where = f"{made.name} at {made.lock} after: {after}"
            if made.lock not in answers:
                continue
            passwords = answers[made.lock]["passwords"]
            assert isinstance(passwords, list)
            (code,) = [code for code in passwords if code["id"] == made.id] or [GONE]
            status = code["status"]
            self.statuses[made.lock, made.name] = status
            seen = self.seen.setdefault((made.name, made.lock), [])
            if seen[-1:] != [status]:
                seen.append(status)
            opens = would_open(lock, made.digits)
            # What a lock did not report, nobody can know.
            unreported = lock.backlog or code["clear_code_issued"]
            if status == "active" and not unreported:
                assert opens, f"called active, but shut: {where}"
            if status in SHUT:
                assert not opens, f"called {status}, but it opens: {where}"


async def async_walk(walk: Walk) -> None:
    """Make, deliver, use, clear and delete codes of all types, until all have ended."""
    # Home Assistant's test kit lets asyncio keep tracebacks, which takes half the time.
    walk.home.hass.loop.set_debug(False)
    await walk.async_create("Ann", duration={"hours": 6})
    await walk.async_deliver()
    await walk.async_type("Ann")
    await walk.async_learn()
    await walk.async_create(
        "Once", one_time=True, start="2026-06-01 12:00:00", duration={"hours": 6}
    )
    await walk.async_create("Bob", type="time_limited", duration={"hours": 3})
    await walk.async_create("Cat", type="one_time")
    await walk.async_create("Dan", type="dynamic")
    await walk.async_create(
        "Eve", type="time_limited", start="2026-06-01 20:00:00", duration={"days": 3}
    )
    await walk.async_deliver()
    await walk.async_type("Once", "Cat", "Dan")
    await walk.async_learn()
    await walk.async_clear("Bob")
    await walk.async_delete("Ann")
    await walk.async_pass(timedelta(seconds=70))
    await walk.async_deliver()
    await walk.async_create("Fay", type="dynamic")
    await walk.async_pass(timedelta(minutes=6))
    await walk.async_restart()
    for hours in (8, 18, 72):
        await walk.async_pass(timedelta(hours=hours))
    await walk.async_delete("Once")
    assert "active" not in walk.statuses.values()
