"""A home with codes, people, unlock methods and records, for calls that go wrong."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from homeassistant.core import Context

from custom_components.tuya_lock_manager.const import DOMAIN
from simulator.locks.delivery import app_nearby
from simulator.locks.members import Member, Method, People
from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    LOCKS,
    OFFICE,
    SHED,
    async_create,
    async_deliver,
)
from tests.residents import async_open_by_nobody
from tests.simulated import Home
from tests.wrong_input import AT, GOOD, STAY
from tests.wrong_values import Wrong


class House:
    """The home, and the ids that some fields of its calls stand for."""

    def __init__(self, home: Home) -> None:
        """Begin with an empty home."""
        self.home = home
        self._ids: dict[tuple[str, str], str] = {}

    async def async_furnish(self) -> None:
        """Put codes, people, methods and a visit to the front door."""
        # Home Assistant's test kit lets asyncio keep tracebacks, which takes half the time.
        self.home.hass.loop.set_debug(False)
        for simulated in self.home.world.locks.values():
            _add_twins(simulated.people)
        await self.home.async_setup()
        for name, data in (
            ("Ann", {"reference": "ann", **STAY}),
            ("Amy", STAY),
            ("Twin", {"code": "730518", "duration": {"hours": 3}}),
            ("Twin", {"duration": {"hours": 4}}),
            (
                "Bob",
                {"type": "time_limited", "duration": {"hours": 3}, "reference": "bob"},
            ),
            ("Cat", {"type": "one_time"}),
            ("Dan", {"type": "dynamic"}),
        ):
            await async_create(self.home, FRONT_DOOR, name=name, **data)
        await self.home.async_act("create_template_password", FRONT_DOOR, name="Tom")
        await async_create(self.home, OFFICE)
        for lock in (FRONT_DOOR, OFFICE):
            await async_create(self.home, lock, name="Old", duration={"seconds": 10})
        for lock in LOCKS:
            self._ids[lock, "nobody's"] = await async_open_by_nobody(self.home, lock)
            self._ids[lock, "somebody's"] = self.home.lock(lock).records.records[0].id
        # The Shed's records come with the app only.
        app_nearby(self.home.lock(SHED), self.home.lock(SHED).now)
        await async_deliver(self.home, FRONT_DOOR)
        garage = self.home.lock(GARAGE)
        garage.device.put("unlock_request", 60, garage.now)
        for lock in LOCKS:
            await self.home.async_refresh(lock)

    async def async_act(
        self,
        action: str,
        wrong: dict[str, Any],
        *,
        context: Context | None = None,
        **target: Any,
    ) -> object:
        """Call an action with good data but for what is wrong, and for its own lock."""
        data = {
            name: value
            for name, value in {**GOOD[action], **wrong}.items()
            if value is not ...
        }
        if isinstance(record := data.get("record"), str):
            lock = str(target.get("entity_id"))
            lock = lock if lock in LOCKS else FRONT_DOOR
            data["record"] = self._ids.get((lock, record), record)
        return await self.home.hass.services.async_call(
            DOMAIN,
            action,
            {**(target or {"entity_id": at(action)}), **data},
            blocking=True,
            return_response=True,
            context=context,
        )


def _add_twins(people: People) -> None:
    """Add two members of one name, and two cards of one name."""
    for number in (1, 2):
        twin = Member(f"twin{number}", "Twin", 7 + number)
        people.members[twin.user_id] = twin
        people.methods.append(Method("card", 3 + number, "twin", 800 + number, "twin1"))
    people.methods.append(Method("face", 1, "smile", 810, "twin1"))


def at(action: str) -> str:
    """Return the lock that the good call of an action is for."""
    return AT.get(action, FRONT_DOOR)


@contextmanager
def naming(action: str, row: Wrong | str) -> Iterator[None]:
    """Tell which row it was that failed."""
    try:
        yield
    except BaseException as err:
        err.add_note(f"{action}: {row!r:.300}")
        raise
