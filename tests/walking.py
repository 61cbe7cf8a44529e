"""A walk through the life of codes on all locks, and what must hold at every step."""

from dataclasses import dataclass, field
from datetime import timedelta

from homeassistant.exceptions import HomeAssistantError

from simulator.locks.delivery import app_nearby, wake
from simulator.locks.keypad import type_code
from simulator.locks.lock import Lock
from tests.acting import TEXTS
from tests.simulated import Home

SHUT = frozenset(
    {"scheduled", "used", "expired", "lapsed", "cleared", "removed", "failed"}
)


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

    async def async_act(
        self, action: str, what: str, **data: object
    ) -> dict[str, dict[str, object]]:
        """Do something on all locks; return the results, keep the errors."""
        answers: dict[str, dict[str, object]] = {}
        for lock in self.locks:
            try:
                response = await self.home.async_act(action, lock, **data)
            except HomeAssistantError as err:
                assert err.translation_key in TEXTS, (lock, repr(err))
                assert err.translation_key != "unexpected", (lock, repr(err))
                self.errors[lock, what] = err.translation_key
            else:
                assert isinstance(response, dict)
                result = response[lock]
                assert isinstance(result, dict)
                answers[lock] = dict(result)
        return answers

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
        await self.async_refresh()
        await self.async_audit(f"{name} was cleared")

    async def async_delete(self, name: str) -> None:
        """Delete a code on each lock; it may have ended before, but is not active."""
        answers = await self.async_act(
            "delete_password", f"delete {name}", password=name
        )
        for lock, answer in answers.items():
            assert answer["status"] in {"removing", "removed"}, lock
        await self.async_audit(f"{name} was deleted")

    async def async_type(self, name: str) -> None:
        """Type a code at each lock: one that is called active has to open."""
        for made in self.made:
            if made.name == name:
                opened = type_code(self.locks[made.lock], made.digits).opened
                if self.statuses[made.lock, name] == "active":
                    assert opened, f"{name} is called active and doesn't open {made}"
        await self.async_refresh()
        await self.async_audit(f"{name} was typed")

    async def async_deliver(self) -> None:
        """Wake every lock, so that it takes what waits for it."""
        self.home.world.settle()
        for lock in self.locks.values():
            wake(lock, lock.now)
            app_nearby(lock, lock.now)
        for seconds in (5, 10, 30, 60):
            await self.async_pass(timedelta(seconds=seconds))

    async def async_pass(self, duration: timedelta) -> None:
        """Let time pass."""
        await self.home.async_pass(duration)
        self.home.world.settle()
        await self.async_audit(f"{duration} passed")

    async def async_refresh(self) -> None:
        """Read everything of every lock."""
        self.home.world.settle()
        for lock in self.locks:
            await self.home.async_refresh(lock)

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
            (status,) = [
                code["status"] for code in passwords if code["id"] == made.id
            ] or ["gone"]
            self.statuses[made.lock, made.name] = status
            opens = would_open(lock, made.digits)
            if status == "active":
                assert opens, f"called active, but shut: {where}"
            if status in SHUT or status == "gone":
                assert not opens, f"called {status}, but it opens: {where}"


async def async_walk(walk: Walk) -> None:
    """Make, deliver, use, clear and delete codes of all types, until all have ended."""
    await walk.async_create("Ann", duration={"hours": 6})
    await walk.async_deliver()
    await walk.async_type("Ann")
    await walk.async_create("Once", one_time=True, duration={"hours": 6})
    await walk.async_create("Bob", type="time_limited", duration={"hours": 3})
    await walk.async_create("Cat", type="one_time")
    await walk.async_create("Dan", type="dynamic")
    await walk.async_create(
        "Eve", type="time_limited", start="2026-06-01 20:00:00", duration={"days": 3}
    )
    await walk.async_deliver()
    for name in ("Once", "Bob", "Cat", "Dan"):
        await walk.async_type(name)
    await walk.async_clear("Bob")
    await walk.async_pass(timedelta(minutes=6))
    await walk.async_delete("Ann")
    await walk.async_pass(timedelta(seconds=70))
    await walk.async_deliver()
    await walk.async_restart()
    for hours in (8, 18, 72):
        await walk.async_pass(timedelta(hours=hours))
        if hours == 8:
            await walk.async_clear("Eve")
    await walk.async_delete("Once")
    assert "active" not in walk.statuses.values()
