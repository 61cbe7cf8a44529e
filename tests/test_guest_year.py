"""A year of rentals: every guest gets in for exactly their stay, and nobody else does.

Flats with locks of several families in several zones are booked through feeds of several
kinds. Bookings are changed, cancelled, back to back and on top of each other; calendars
fail or say that they are empty; locks are out of reach; Home Assistant is reloaded and
killed. What guests are told is all that they know, and their keypads judge (rental.py).

GUESTS_SEED repeats a run as far as chance goes: what the integration draws in secret is
new each time. The slice that is run each time has a seed in which enough happens.
"""

import asyncio
from collections import Counter
from collections.abc import Coroutine, Iterator
from datetime import UTC, datetime, timedelta
import logging
import os
import random
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from homeassistant.components.calendar import DATA_COMPONENT
from homeassistant.components.notify import DATA_COMPONENT as NOTIFY_COMPONENT
from homeassistant.config_entries import ConfigEntryState, ConfigSubentry
from homeassistant.exceptions import HomeAssistantError
from homeassistant.setup import async_setup_component
import pytest

from custom_components.tuya_lock_manager.const import (
    OPT_CALLS,
    OPT_LOCKS,
    OPT_PLAN,
    OPT_TIME_ZONE,
    PLAN_NUMBER,
    SUBENTRY_GUESTS,
)
from simulator.locks.delivery import connect, cut_off, wake
from simulator.locks.family import Carrier
from tests.dying import async_kill
from tests.leaping import leaping
from tests.rental import AFTER, BEFORE, Guest, Kind, Rental
from tests.simulated import Home

CHOSEN = os.environ.get("GUESTS_SEED")
SEED = CHOSEN or str(random.SystemRandom().getrandbits(32))
ENOUGH = CHOSEN or "5"
HOUR = 3600.0
DAY = 24 * HOUR

# Name of the lock, what the feed tells, where it is.
FLATS = {
    "attic": ("Front door", Kind(uids=True, named=True, all_day=True), "Europe/Berlin"),
    "loft": ("Office", Kind(uids=True, named=False, all_day=True), "America/New_York"),
    "barn": (
        "Garden gate",
        Kind(uids=False, named=True, all_day=False),
        "Asia/Kolkata",
    ),
    "cabin": (
        "Garage",
        Kind(uids=False, named=False, all_day=False),
        "Australia/Lord_Howe",
    ),
}


class Year:
    """The time in which all of it happens."""

    def __init__(
        self, home: Home, storage: dict[str, Any], flats: list[str], seed: str
    ) -> None:
        """Take a home whose account is not set up yet."""
        self.home = home
        self.seed = seed
        self.hass = home.hass
        self._storage = storage
        self._ends = 0.0
        self.rentals = [self._rental(name) for name in flats]
        self.restarts = 0

    def _rental(self, name: str) -> Rental:
        lock, kind, zone = FLATS[name]
        rng = random.Random(f"{self.seed}/{name}")
        return Rental(name, kind, self.home.world.lock(lock), ZoneInfo(zone), rng)

    async def async_open(self) -> None:
        """Set everything up: calendars, phones, the account and its guest calendars."""
        for domain in ("calendar", "notify"):
            assert await async_setup_component(self.hass, domain, {})
        entry, entries = self.home.entry, self.hass.config_entries
        entry.add_to_hass(self.hass)
        zones = {r.lock.id: {OPT_TIME_ZONE: r.zone.key} for r in self.rentals}
        plan = {OPT_PLAN: PLAN_NUMBER, OPT_CALLS: 1_000_000}
        entries.async_update_entry(entry, options={OPT_LOCKS: zones, **plan})
        for rental in self.rentals:
            for part, component in (
                (rental.feed, self.hass.data[DATA_COMPONENT]),
                (rental.phone, self.hass.data[NOTIFY_COMPONENT]),
            ):
                part._attr_name = part._attr_unique_id = rental.name
                await component.async_add_entities([part])
            data = {k: v for k, v in rental.rules().items() if v is not None}
            subentry = ConfigSubentry(
                data=MappingProxyType(data),
                subentry_type=SUBENTRY_GUESTS,
                title=rental.name,
                unique_id=None,
            )
            entries.async_add_subentry(entry, subentry)
        await entries.async_setup(entry.entry_id)

    async def async_live(self, days: float) -> None:
        """Let time pass, and everybody do what they do."""
        self._ends = self.home.world.clock.now() + days * DAY
        lives = [*self._lives()]
        tasks = [self.hass.loop.create_task(life) for life in lives]
        await asyncio.sleep(days * DAY)
        for task in tasks:
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        assert {type(result) for result in results} == {asyncio.CancelledError}, results

    def _lives(self) -> Iterator[Coroutine[Any, Any, None]]:
        for rental in self.rentals:
            yield self._async_site(rental)
            yield self._async_calendar(rental)
            yield self._async_weather(rental)
            yield self._async_judge(rental)
            if rental.lock.traits.carrier is Carrier.WAKE:
                yield self._async_wake(rental)
        yield self._async_restarts()

    async def _async_site(self, rental: Rental) -> None:
        """Take bookings, and let guests change their minds."""
        rng = rental.rng
        for _ in range(3):
            _book(rental)
        while True:
            await asyncio.sleep(rng.uniform(0.1, 2) * DAY)
            rental.publish()
            coming = [
                guest
                for guest in rental.guests
                if not guest.cancelled and rental.end(guest) > rental.now
            ]
            if len(coming) < 4 or rng.random() < 0.3:
                _book(rental)
                continue
            guest = rng.choice(coming)
            nights = timedelta(days=rng.choice((-1, 1, 1, 2)))
            has_begun = rental.begin(guest) <= rental.now
            what = rng.random()
            if what < 0.4 and not has_begun:
                rental.cancel(guest)
            elif what < 0.7 and not has_begun:
                by = timedelta(days=rng.choice((1, 2, 9)))
                rental.move(guest, guest.first + by, guest.last + by)
            elif guest.last + nights > max(guest.first, rental.now.date()):
                rental.move(guest, guest.first, guest.last + nights)

    async def _async_calendar(self, rental: Rental) -> None:
        """Let the calendar fail now and then, or say that there is nothing in it."""
        rng = random.Random(f"{self.seed}/{rental.name}/calendar")
        while True:
            await asyncio.sleep(rng.uniform(1, 9) * DAY)
            is_empty = rng.random() < 0.5
            rental.begin_outage()
            publish, rental.feed.error = rental.feed.events, None
            if is_empty:
                rental.is_silent = True
                rental.feed.events = []
                await asyncio.sleep(rng.uniform(0.05, 16) * HOUR)
            else:
                rental.feed.error = HomeAssistantError("The site does not answer")
                await asyncio.sleep(rng.uniform(0.05, 30) * HOUR)
            assert publish is not None
            rental.is_silent, rental.feed.error = False, None
            rental.publish()
            rental.end_outage()

    async def _async_weather(self, rental: Rental) -> None:
        """Cut the lock off for some hours now and then."""
        rng = random.Random(f"{self.seed}/{rental.name}/weather")
        while True:
            await asyncio.sleep(rng.uniform(2, 12) * DAY)
            cut_off(rental.lock, online_flag=rng.choice((False, None)))
            rental.begin_outage()
            await asyncio.sleep(rng.uniform(0.05, 6) * HOUR)
            connect(rental.lock, rental.lock.now)
            rental.end_outage()

    async def _async_wake(self, rental: Rental) -> None:
        """Wake a lock that sleeps."""
        rng = random.Random(f"{self.seed}/{rental.name}/wake")
        while True:
            await asyncio.sleep(rng.uniform(0.5, 4) * HOUR)
            wake(rental.lock, rental.lock.now)
            if rental.lock.connected:
                rental.wakes.append(rental.now)

    async def _async_judge(self, rental: Rental) -> None:
        """Stand at the door just before and behind each end of a stay, and in between."""
        rng = random.Random(f"{self.seed}/{rental.name}/judge")
        minute = timedelta(minutes=1)
        while True:
            moments = [
                moment + offset
                for guest in rental.guests
                for moment in (rental.begin(guest) - BEFORE, rental.end(guest) + AFTER)
                for offset in (-minute, minute)
                if moment + offset > rental.now
            ]
            soon = rental.now + timedelta(hours=rng.uniform(1, 9))
            wait = min([soon, *moments]) - rental.now
            await asyncio.sleep(max(wait.total_seconds(), 1))
            rental.check()

    async def _async_restarts(self) -> None:
        """Reload the account, or kill it so that it saves nothing more."""
        rng = random.Random(f"{self.seed}/restarts")
        entry = self.home.entry
        while True:
            await asyncio.sleep(rng.uniform(0.2, 4) * DAY)
            if entry.state is not ConfigEntryState.LOADED:
                continue
            self.restarts += 1
            if rng.random() < 0.5:
                await self.hass.config_entries.async_reload(entry.entry_id)
            else:
                await async_kill(self.home, self._storage)


def _book(rental: Rental) -> Guest | None:
    """Book some nights: soon or later, behind somebody, or on top of somebody."""
    rng, today = rental.rng, rental.now.astimezone(rental.zone).date()
    others = [guest for guest in rental.guests if guest.last > today]
    how = rng.random()
    first = today + timedelta(days=rng.choice((0, 1, 2, 4, 9, 20)))
    if others and how < 0.4:
        first = max(rng.choice(others).last, today)
    elif others and how < 0.6:
        first = max(rng.choice(others).first + timedelta(days=1), today)
    return rental.book(first, rng.choice((1, 1, 2, 3, 7)))


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Don't keep what is logged of every request for a year."""
    caplog.set_level(logging.WARNING)


async def async_rent(
    home: Home,
    storage: dict[str, Any],
    begin: str,
    days: float,
    flats: list[str],
    seed: str = SEED,
) -> Year:
    """Let flats be rented from a day on, and check that all went well."""
    start = datetime.fromisoformat(begin).replace(tzinfo=UTC)
    home._freezer.move_to(start)
    home.world.clock.set(start.timestamp())
    home.world.around.rng.seed(seed)
    year = Year(home, storage, flats, seed)
    with leaping(home):
        await year.async_open()
        await year.async_live(days)
        await home.hass.async_block_till_done(wait_background_tasks=True)
    what = [f"GUESTS_SEED={seed} repeats this run"]
    for rental in year.rentals:
        assert not rental.complaints, "\n".join([*what, *rental.complaints])
    total = sum((rental.counts for rental in year.rentals), Counter[str]())
    assert min(total["visits"], total["audits"]) > days, (what, total)
    assert total["shut out"], (what, total)
    assert year.restarts, what
    return year


async def test_some_days(home: Home, hass_storage: dict[str, Any]) -> None:
    """Two flats around the night in which clocks change in Europe."""
    await async_rent(home, hass_storage, "2026-03-26", 6, ["attic", "cabin"], ENOUGH)


@pytest.mark.long
async def test_six_weeks(home: Home, hass_storage: dict[str, Any]) -> None:
    """Four flats while clocks change in Europe, and in Australia the other way."""
    await async_rent(home, hass_storage, "2026-03-20", 40, list(FLATS))


@pytest.mark.long
async def test_a_year(home: Home, hass_storage: dict[str, Any]) -> None:
    """Four flats in four zones, with feeds of four kinds."""
    year = await async_rent(home, hass_storage, "2026-02-01", 365, list(FLATS))
    for rental in year.rentals:
        for what in ("booked", "cancelled", "moved"):
            assert rental.counts[what] > 20, (rental.name, rental.counts)
