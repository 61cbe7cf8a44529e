"""What is answered by voice, and what is not known then."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.acting import FRONT_DOOR, GARAGE, async_create, async_deliver, told_error
from tests.simulated import Home
from tests.voicing import ALLOWED, VoiceHome


@pytest.fixture
async def house(home: Home, tmp_path: Path) -> VoiceHome:
    """Return a house in which two locks are exposed."""
    house = VoiceHome(home)
    await house.async_setup(tmp_path, (FRONT_DOOR, GARAGE))
    return house


async def test_names_stay_hidden_where_the_owner_hides_them(house: VoiceHome) -> None:
    house.allow(names=False, **ALLOWED)
    await house.hass.async_block_till_done()
    await async_create(house.home, FRONT_DOOR, name="Ann Guest")
    await async_deliver(house.home, FRONT_DOOR)
    answer = await house.async_ask("which codes are active on the front door")
    assert "a code until" in answer
    answers = [
        answer,
        await house.async_ask("who opened the front door last"),
        await house.async_ask("cancel Ann's code"),
        await house.async_ask("yes, delete it"),
    ]
    for told in answers:
        assert "Guest" not in told
        assert "Partner" not in told


async def test_an_outage_is_no_empty_answer(house: VoiceHome) -> None:
    home = house.home
    home.world.faults.parse("http_5xx")
    home.move(timedelta(hours=2))
    for sentence, key in (
        ("which codes are active on the front door", "list_not_read"),
        ("who opened the front door last", "records_not_read"),
        ("any alarms I haven't seen on the front door", "records_not_read"),
    ):
        assert await house.async_refused(sentence) == told_error(key, lock="Front door")


async def test_one_lock_that_is_silent_keeps_the_others_answer(
    house: VoiceHome,
) -> None:
    home = house.home
    device = home.lock(GARAGE).id
    home.move(timedelta(hours=2))
    home.world.faults.parse(f"http_5xx:path={device}")
    answer = await house.async_ask("who opened the door last")
    assert told_error("records_not_read", lock="Garage") in answer
    assert "Front door was last opened" in answer


async def test_an_account_that_is_not_loaded(house: VoiceHome) -> None:
    await house.hass.config_entries.async_unload(house.home.entry.entry_id)
    told = await house.async_refused("which codes are active on the front door")
    assert told == told_error("account_not_loaded", entity=FRONT_DOOR)


async def test_what_is_not_open_yet_is_told_apart(house: VoiceHome) -> None:
    home = house.home
    await async_create(home, FRONT_DOOR, name="Now", end="2026-06-01 20:00:00")
    await async_deliver(home, FRONT_DOOR)
    await async_create(
        home,
        FRONT_DOOR,
        name="Later",
        start="2026-06-20 08:00:00",
        end="2026-06-21 00:00:00",
    )
    # A clearing code bears the name of the code that it is for, and opens nothing.
    await async_create(home, FRONT_DOOR, name="Limited", type="time_limited")
    await home.async_act("issue_clear_code", FRONT_DOOR, password="Limited")
    answer = await house.async_ask("which codes are active on the front door")
    assert answer.count("Limited") == 1
    assert "Now until today at 20:00" in answer
    assert (
        "Not open yet at Front door: Later from Saturday, 2026-06-20, at 08:00."
        in answer
    )
