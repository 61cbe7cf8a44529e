"""The time in which rentals are lived in: outages, restarts, locks that sleep."""

import asyncio
from collections import Counter
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
import random
from types import MappingProxyType
from typing import Any, cast
from zoneinfo import ZoneInfo

from homeassistant.components.calendar import DATA_COMPONENT
from homeassistant.components.notify import DATA_COMPONENT as NOTIFY_COMPONENT
from homeassistant.config_entries import ConfigEntryState, ConfigSubentry
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.storage import Store
from homeassistant.setup import async_setup_component

from custom_components.tuya_lock_manager.const import (
    OPT_LOCKS,
    OPT_TIME_ZONE,
    SUBENTRY_GUESTS,
)
from simulator.locks.delivery import connect, cut_off, wake
from simulator.locks.family import Carrier
from simulator.locks.lock import Lock
from tests.dying import async_kill
from tests.rental import Kind, Rental
from tests.rental_door import Door
from tests.rental_site import Site
from tests.simulated import Home

HOUR = 3600.0
DAY = 24 * HOUR
# How the cloud fails for hours: it may have done what it was asked for.
_FAULTS = (
    *("http_5xx", "reset", "reset_after", "timeout_before", "timeout_after"),
    *("broken_json", "throttled", "http_5xx:rate=0.5", "reset_after:rate=0.3"),
)


@dataclass(frozen=True, slots=True)
class Flat:
    """A flat: the names of its locks, its feed, and where it is."""

    locks: tuple[str, ...]
    kind: Kind
    zone: str


class Year:
    """What goes on around some flats, by the chance of a seed."""

    def __init__(
        self, home: Home, storage: dict[str, Any], flats: dict[str, Flat], seed: str
    ) -> None:
        """Take a home whose account is not set up yet; locks that nobody rents go."""
        self.home = home
        self.hass = home.hass
        self.seed = seed
        self.restarts = 0
        self._storage = storage
        self.rentals = [
            Rental(
                name,
                flat.kind,
                tuple(map(home.world.lock, flat.locks)),
                ZoneInfo(flat.zone),
                self._rng(name),
            )
            for name, flat in flats.items()
        ]
        for lock in [*home.world.locks.values()]:
            if not self._at(lock):
                home.world.remove_device(lock.id)
        self.doors = [
            Door(lock, self._at(lock), self._rng("door", lock.device.name))
            for lock in home.world.locks.values()
        ]

    def _rng(self, *parts: str) -> random.Random:
        return random.Random("/".join((self.seed, *parts)))

    def _at(self, lock: Lock) -> list[Rental]:
        return [rental for rental in self.rentals if lock in rental.locks]

    @property
    def counts(self) -> Counter[str]:
        """Return how often what happened."""
        return sum((rental.counts for rental in self.rentals), Counter[str]())

    @property
    def complaints(self) -> list[str]:
        """Return what should not have happened."""
        return [told for door in self.doors for told in door.complaints]

    async def async_open(self) -> None:
        """Set everything up: calendars, phones, the account and its guest calendars."""
        for domain in ("calendar", "notify"):
            assert await async_setup_component(self.hass, domain, {})
        entry, entries = self.home.entry, self.hass.config_entries
        entry.add_to_hass(self.hass)
        zones = {
            lock.id: {OPT_TIME_ZONE: rental.zone.key}
            for rental in self.rentals
            for lock in rental.locks
            if rental.zone.key != self.hass.config.time_zone
        }
        entries.async_update_entry(entry, options={OPT_LOCKS: zones})
        for rental in self.rentals:
            for part, component in (
                (rental.feed, self.hass.data[DATA_COMPONENT]),
                (rental.phone, self.hass.data[NOTIFY_COMPONENT]),
            ):
                part._attr_name = part._attr_unique_id = rental.name
                await component.async_add_entities([part])
            subentry = ConfigSubentry(
                data=MappingProxyType(rental.rules()),
                subentry_type=SUBENTRY_GUESTS,
                title=rental.name,
                unique_id=None,
            )
            entries.async_add_subentry(entry, subentry)
        await entries.async_setup(entry.entry_id)

    async def async_live(self, days: float) -> None:
        """Let time pass, and everybody do what they do."""
        lives = [self.hass.loop.create_task(life) for life in self._lives()]
        await asyncio.sleep(days * DAY)
        for life in lives:
            life.cancel()
        results = await asyncio.gather(*lives, return_exceptions=True)
        assert {type(result) for result in results} == {asyncio.CancelledError}, results

    def _lives(self) -> Iterator[Coroutine[Any, Any, None]]:
        for rental in self.rentals:
            yield self._async_site(rental)
            yield self._async_feed(rental)
            yield self._async_calendar(rental)
        for door in self.doors:
            yield self._async_weather(door.lock)
            yield self._async_judge(door)
            if door.lock.traits.carrier is Carrier.WAKE:
                yield self._async_wake(door.lock)
        yield self._async_cloud()
        yield self._async_restarts()
        yield self._async_tidy()

    @contextmanager
    def _out_of_order(self, *rentals: Rental) -> Iterator[None]:
        for rental in rentals:
            rental.begin_outage()
        yield
        for rental in rentals:
            rental.end_outage()

    async def _async_site(self, rental: Rental) -> None:
        """Let guests book, and change their minds."""
        site = Site(rental)
        site.open()
        while True:
            await asyncio.sleep(rental.rng.uniform(0.1, 0.9) * DAY)
            site.act()

    async def _async_feed(self, rental: Rental) -> None:
        """Let what is over vanish from the feed."""
        rng = self._rng(rental.name, "feed")
        while True:
            await asyncio.sleep(rng.uniform(0.2, 3) * HOUR)
            rental.publish()

    async def _async_calendar(self, rental: Rental) -> None:
        """Let the calendar fail now and then, or say that there is nothing in it."""
        rng = self._rng(rental.name, "calendar")
        while True:
            await asyncio.sleep(rng.uniform(1, 12) * DAY)
            with self._out_of_order(rental):
                if rng.random() < 0.5:
                    rental.is_silent, rental.feed.events = True, []
                    await asyncio.sleep(rng.uniform(0.05, 16) * HOUR)
                else:
                    rental.feed.error = HomeAssistantError("The site does not answer")
                    await asyncio.sleep(rng.uniform(0.05, 30) * HOUR)
                rental.is_silent, rental.feed.error = False, None
                rental.publish()

    async def _async_weather(self, lock: Lock) -> None:
        """Cut a lock off for some hours now and then."""
        rng = self._rng(lock.device.name, "weather")
        while True:
            await asyncio.sleep(rng.uniform(2, 14) * DAY)
            with self._out_of_order(*self._at(lock)):
                cut_off(lock, online_flag=rng.choice((False, None)))
                await asyncio.sleep(rng.uniform(0.05, 6) * HOUR)
                connect(lock, lock.now)

    async def _async_wake(self, lock: Lock) -> None:
        """Wake a lock that sleeps."""
        rng = self._rng(lock.device.name, "wake")
        while True:
            await asyncio.sleep(rng.uniform(0.5, 4) * HOUR)
            wake(lock, lock.now)
            for rental in self._at(lock):
                if lock.connected:
                    rental.wakes.setdefault(lock.id, []).append(rental.now)

    async def _async_cloud(self) -> None:
        """Let the cloud fail for some hours now and then, one way or another."""
        rng = self._rng("cloud")
        while True:
            await asyncio.sleep(rng.uniform(2, 14) * DAY)
            with self._out_of_order(*self.rentals):
                fault = self.home.world.faults.parse(rng.choice(_FAULTS))
                await asyncio.sleep(rng.uniform(0.05, 8) * HOUR)
                self.home.world.faults.remove(fault.id)

    async def _async_judge(self, door: Door) -> None:
        """Stand at a door just before and behind each end of a stay, and in between."""
        rng = self._rng(door.lock.device.name, "judge")
        while True:
            soon = door.now + timedelta(hours=rng.uniform(1, 9))
            wait = min(soon, door.next_edge() or soon) - door.now
            await asyncio.sleep(max(wait.total_seconds(), 0.1))
            door.check()

    async def _async_restarts(self) -> None:
        """Reload the account, or kill it so that it saves nothing more, or leave it out."""
        rng = self._rng("restarts")
        entries, entry_id = self.hass.config_entries, self.home.entry.entry_id
        while True:
            await asyncio.sleep(rng.uniform(0.3, 6) * DAY)
            if self.home.entry.state is not ConfigEntryState.LOADED:
                continue
            self.restarts += 1
            how = rng.random()
            if how < 0.4:
                await entries.async_reload(entry_id)
            elif how < 0.8:
                await async_kill(self.home, self._storage)
            else:
                with self._out_of_order(*self.rentals):
                    await entries.async_unload(entry_id)
                    await asyncio.sleep(rng.uniform(0.1, 30) * HOUR)
                    await entries.async_setup(entry_id)

    async def _async_tidy(self) -> None:
        """Forget each day what the test kit keeps of all that was ever saved."""
        while True:
            await asyncio.sleep(DAY)
            for saving in (Store._async_load, Store._async_write_data):
                cast(Any, saving).reset_mock()
