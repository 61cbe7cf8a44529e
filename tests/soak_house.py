"""The house of a soak test: locks that sleep and lose touch, people, restarts, the host."""

from collections.abc import Coroutine, Iterator
from typing import Any

from homeassistant.config_entries import ConfigEntryState

from simulator.locks.delivery import app_nearby, connect, cut_off, wake
from simulator.locks.family import Carrier
from simulator.locks.lock import Lock
from tests.dying import async_kill
from tests.residents import act
from tests.soaking import DAY, HOUR, Soak


class House:
    """What goes on beside the guests."""

    def __init__(self, soak: Soak, storage: dict[str, Any]) -> None:
        """Take the soak, and what Home Assistant has on its disk."""
        self._soak = soak
        self._storage = storage
        self.people: dict[tuple[str, str], bool | None] = {}

    def lives(self, audits: float) -> Iterator[Coroutine[Any, Any, None]]:
        """Yield all that goes on, with an audit every so many seconds."""
        for lock in self._soak.locks:
            yield self.async_weather(lock)
            yield self.async_wake(lock)
            yield self.async_residents(lock)
            yield self.async_people(lock)
        yield self.async_restarts()
        yield self.async_host()
        yield self.async_audits(audits)

    async def async_weather(self, entity_id: str) -> None:
        """Cut a lock off for some hours every few days; the cloud may not notice."""
        soak, lock = self._soak, self._soak.locks[entity_id]
        rng = soak.rng("weather", entity_id)
        while True:
            await soak.async_until(soak.now + rng.uniform(0.5, 6) * DAY)
            cut_off(lock, online_flag=rng.choice((False, None)))
            await soak.async_sleep(rng.uniform(0.05, 8) * HOUR)
            connect(lock, soak.now)

    async def async_wake(self, entity_id: str) -> None:
        """Wake a lock that sleeps, and bring a phone to one that needs it."""
        soak, lock = self._soak, self._soak.locks[entity_id]
        rng = soak.rng("wake", entity_id)
        while True:
            await soak.async_until(soak.now + rng.uniform(0.2, 9) * HOUR)
            if lock.traits.carrier is Carrier.WAKE:
                wake(lock, soak.now)
            elif rng.random() < 0.3:
                app_nearby(lock, soak.now)

    async def async_residents(self, entity_id: str) -> None:
        """Come home by finger."""
        soak = self._soak
        rng = soak.rng("resident", entity_id)
        while True:
            await soak.async_until(soak.now + rng.uniform(1, 14) * HOUR)
            act(
                soak.home,
                entity_id,
                "method",
                kind="fingerprint",
                slot=rng.choice((1, 2)),
            )

    async def async_restarts(self) -> None:
        """Reload the account, and start it again after a kill that saved nothing more."""
        soak = self._soak
        rng = soak.rng("restarts")
        while True:
            await soak.async_until(soak.now + rng.uniform(4, 40) * HOUR)
            if rng.random() < 0.6:
                await soak.home.hass.config_entries.async_reload(
                    soak.home.entry.entry_id
                )
                soak.counts["reload"] += 1
            else:
                async with soak.between_acts():
                    await async_kill(soak.home, self._storage)
                soak.counts["kill"] += 1

    async def async_people(self, entity_id: str) -> None:
        """Take people in and remove them again."""
        soak = self._soak
        rng = soak.rng("people", entity_id)
        number = 0
        while True:
            await soak.async_until(soak.now + rng.uniform(0.3, 5) * DAY)
            number += 1
            name = f"Helper {number}"
            key = entity_id, name
            answer = await soak.async_act("add_member", entity_id, name=name)
            self.people[key] = None if answer.is_unknown else answer.error is None
            await soak.async_until(soak.now + rng.uniform(1, 60) * HOUR)
            if self.people[key] is False or rng.random() < 0.3:
                continue
            answer = await soak.async_act("remove_member", entity_id, member=name)
            if answer.error is None:
                self.people[key] = False
            elif answer.is_unknown or self.people[key] is None:
                self.people[key] = None

    def check_people(self) -> None:
        """Hold who was asked for against who is known to the locks."""
        for (entity_id, name), wanted in self.people.items():
            members = self._soak.locks[entity_id].people.members.values()
            found = sum(member.name == name for member in members)
            if found > 1 or (wanted is not None and found != wanted):
                self._soak.complain(f"{found} of {name} at {entity_id}, not {wanted}")

    async def async_host(self) -> None:
        """Clean up now and then, and refresh by hand."""
        soak = self._soak
        rng = soak.rng("host")
        while True:
            await soak.async_until(soak.now + rng.uniform(3, 24) * HOUR)
            lock = rng.choice(sorted(soak.locks))
            if rng.random() < 0.5:
                await soak.async_act("clean_up_passwords", lock)
            elif soak.home.entry.state is ConfigEntryState.LOADED:
                await soak.home.async_refresh(lock)

    async def async_audits(self, every: float) -> None:
        """Look at everything now and then."""
        while True:
            await self._soak.async_until(self._soak.now + every)
            await self._soak.async_audit()

    async def async_settle(self, hours: int) -> None:
        """Let everything be in reach, and the host mend what is told as not done."""
        soak = self._soak
        for lock in soak.locks.values():
            connect(lock, soak.now)
        for hour in range(hours):
            await soak.async_sleep(HOUR)
            for lock in soak.locks.values():
                _visit(lock, soak.now)
            if hour in {2, hours // 2}:
                await self._async_mend()

    async def _async_mend(self) -> None:
        """Ask again for changes that failed, and for deletions that were not taken."""
        soak = self._soak
        for promise in soak.promises:
            row = promise.row(await soak.async_rows(promise.lock) or [])
            if row is None or not promise.is_online:
                continue
            if promise.going and row["status"] == "removing":
                await soak.async_act(
                    "delete_password", promise.lock, password=promise.id
                )


def _visit(lock: Lock, moment: float) -> None:
    wake(lock, moment)
    app_nearby(lock, moment)
