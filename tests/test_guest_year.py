"""A year of rentals: every guest gets in for exactly their stay, and nobody else does.

Flats with locks of several families, alone or together behind a door, are booked through
feeds of several kinds in many zones. Bookings are changed, cancelled, back to back and on
top of each other; calendars and the cloud fail or say that there is nothing; locks are out
of reach; Home Assistant is reloaded, killed and left off. What guests are told is all that
they know, and the keypads judge (rental_door.py).

GUESTS_SEED repeats a run as far as chance goes: what the integration draws in secret is
new each time. It also draws the flats of a year.
"""

from datetime import UTC, datetime, time, timedelta
import logging
import os
import random
from typing import Any

import pytest

from tests.leaping import leaping
from tests.rental import Kind
from tests.rental_year import Flat, Year
from tests.simulated import Home

SEED = os.environ.get("GUESTS_SEED") or str(random.SystemRandom().getrandbits(32))
LOCKS = ("Front door", "Office", "Garden gate", "Garage")
# Clocks change by an hour or by half of one, at night, at midnight or never; in the
# north, in the south, and twice a year around the month of fasting.
ZONES = (
    *("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Australia/Sydney"),
    *("Asia/Kolkata", "Africa/Cairo", "Asia/Beirut", "America/Santiago"),
    *("Pacific/Chatham", "America/St_Johns", "Africa/Casablanca", "Europe/Dublin"),
)
HOURS = (
    *((time(16), time(10)), (time(15), time(11)), (time(14), time(12))),
    *((time(12), time(12)), (time(2, 30), time(2, 30)), (time(0), time(2))),
)
AROUND = (timedelta(), timedelta(minutes=15), timedelta(hours=2))
# A small lock holds ten codes; with longer leads two full flats might want more.
LEADS = (timedelta(hours=4), timedelta(hours=24), timedelta(hours=72))

NAMED = Kind(uids=True, named=True, all_day=True)
RESERVED = Kind(uids=False, named=False, all_day=False)


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Don't keep what is logged of every request for a year."""
    caplog.set_level(logging.WARNING)


async def async_rent(
    home: Home,
    storage: dict[str, Any],
    flats: dict[str, Flat],
    begin: str,
    days: float,
    seed: str,
) -> Year:
    """Let flats be rented from a day on, and check that all went well."""
    start = datetime.fromisoformat(begin).replace(tzinfo=UTC)
    home._freezer.move_to(start)
    home.world.clock.set(start.timestamp())
    home.world.around.rng.seed(seed)
    home.world.faults._rng.seed(f"{seed}/faults")
    await home.hass.config.async_set_time_zone(next(iter(flats.values())).zone)
    year = Year(home, storage, flats, seed)
    with leaping(home):
        await year.async_open()
        await year.async_live(days)
        await home.hass.async_block_till_done(wait_background_tasks=True)
    what = f"GUESTS_SEED={seed} repeats this run: {flats}"
    assert not year.complaints, "\n".join([what, *year.complaints])
    counts = year.counts
    assert min(counts["visits"], counts["audits"], counts["shut out"]) > days, (
        what,
        counts,
    )
    assert counts["not judged"] < counts["visits"], (what, counts)
    assert year.restarts, what
    return year


async def test_some_days(home: Home, hass_storage: dict[str, Any]) -> None:
    """Two flats behind a door around the night in which clocks change in Europe."""
    flats = {
        "attic": Flat(("Front door",), NAMED, "Europe/Berlin"),
        "cabin": Flat(("Front door", "Garage"), RESERVED, "Europe/Berlin"),
    }
    year = await async_rent(home, hass_storage, flats, "2026-03-21", 14, "35")
    for rental in year.rentals:
        for what in ("moved", "cancelled"):
            assert rental.counts[what] > 1, (rental.name, rental.counts)


@pytest.mark.long
async def test_a_year(home: Home, hass_storage: dict[str, Any]) -> None:
    """Two flats whose locks, feeds, rules and zones are drawn by chance."""
    flats = _drawn(random.Random(f"{SEED}/flats"))
    year = await async_rent(home, hass_storage, flats, "2026-02-01", 365, SEED)
    for rental in year.rentals:
        for what in ("booked", "cancelled", "moved"):
            assert rental.counts[what] > 20, (SEED, rental.name, rental.counts)
        if rental.kind.phones:
            assert rental.counts["by phone"] > 2 * rental.counts["not by phone"]


def _drawn(rng: random.Random) -> dict[str, Flat]:
    """Return two flats of unlike feeds; the second may be behind the first one's door."""
    door, lock = rng.sample(LOCKS, 2)
    zone, other = rng.sample(ZONES, 2)
    if rng.random() < 0.5:
        return {
            "attic": Flat((door,), _kind(rng), zone),
            "cabin": Flat((door, lock), _kind(rng), zone),
        }
    return {
        "attic": Flat((door,), _kind(rng), zone),
        "cabin": Flat((lock,), _kind(rng), other),
    }


def _kind(rng: random.Random) -> Kind:
    check_in, check_out = rng.choice(HOURS)
    uids, named, all_day, forgets = (rng.random() < 0.5 for _ in range(4))
    return Kind(
        uids=uids,
        named=named,
        all_day=all_day,
        forgets=all_day and forgets,
        phones=rng.random() < 0.3,
        check_in=check_in,
        check_out=check_out,
        before=rng.choice(AROUND),
        after=rng.choice(AROUND),
        lead=rng.choice(LEADS),
    )
