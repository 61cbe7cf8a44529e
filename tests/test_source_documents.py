"""What the source documents tell of passwords, where no other test shows it.

`docs/seeds.md` lists all of it, with the tests that show the rest.
"""

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest

from simulator.locks import computed
from simulator.locks.offline import OfflineKind
from simulator.locks.passwords import Outcome
from simulator.routes import offline as offline_routes, passwords as password_routes
from tests.acting import (
    FRONT_DOOR,
    async_create,
    async_deliver,
    async_list,
    async_status,
    refusing,
    result_of,
    type_at,
)
from tests.residents import async_do
from tests.simulated import Home

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


async def test_offline_codes_of_the_app(home: Home) -> None:
    """The cloud's list tells when they were made, and whose code one clears."""
    await home.async_setup()
    ann = await async_create(home, FRONT_DOOR, type="time_limited")
    response = await home.async_act("issue_clear_code", FRONT_DOOR, password="Ann")
    clearing = result_of(response, FRONT_DOOR)
    await home.hass.config_entries.async_remove(home.entry.entry_id)
    await home.async_setup()
    listed = {code["id"]: code for code in await async_list(home, FRONT_DOOR)}
    assert listed[ann["id"]]["created"] == "2026-06-01T12:30:00+02:00"
    assert listed[ann["id"]]["clear_code_issued"] is True
    assert listed[ann["id"]]["clears_start"] is None
    (one,) = await async_list(home, FRONT_DOOR, only_clearable=True)
    assert [one[key] for key in ("id", "name", "start", "end")] == [
        ann[key] for key in ("id", "name", "start", "end")
    ]
    told = listed[clearing["id"]]
    assert (told["type"], told["clears"]) == ("clear_one", "Ann")
    assert (told["clears_start"], told["clears_end"]) == (ann["start"], ann["end"])


async def test_what_the_list_says_of_what_it_does_not_show(home: Home) -> None:
    """Of a code that was cleared and of its clearing code one may be on the list alone."""
    await home.async_setup()
    ann = await async_create(home, FRONT_DOOR, type="time_limited")
    response = await home.async_act("issue_clear_code", FRONT_DOOR, password="Ann")
    clearing = result_of(response, FRONT_DOOR)
    offline = home.lock(FRONT_DOOR).offline
    await home.hass.config_entries.async_remove(home.entry.entry_id)
    codes = {made["id"]: offline[int(str(made["id"]))] for made in (ann, clearing)}

    codes[clearing["id"]].hidden = True
    await home.async_setup()
    (listed,) = await async_list(home, FRONT_DOOR)
    assert (listed["id"], listed["clear_code_issued"]) == (ann["id"], True)
    await home.hass.config_entries.async_remove(home.entry.entry_id)

    codes[clearing["id"]].hidden = False
    codes[ann["id"]].hidden = True
    await home.async_setup()
    (listed,) = await async_list(home, FRONT_DOOR)
    assert (listed["id"], listed["clears"]) == (clearing["id"], "Ann")
    assert (listed["clears_start"], listed["clears_end"]) == (ann["start"], ann["end"])


@pytest.mark.parametrize("data", [{"password": "Ann"}, {"all": True, "confirm": True}])
async def test_the_life_of_a_clearing_code(home: Home, data: dict[str, Any]) -> None:
    """It can be renamed, is used up by being typed, and is deleted then."""
    await home.async_setup()
    ann = await async_create(home, FRONT_DOOR, type="time_limited")
    assert type_at(home, FRONT_DOOR, ann["code"]).opened
    await home.async_pass(MINUTE)
    made = await async_do(home, "issue_clear_code", FRONT_DOOR, **data)
    renamed = await async_do(
        home,
        "update_password",
        FRONT_DOOR,
        password=made["id"],
        new_name="For the cleaner",
    )
    assert renamed["name"] == "For the cleaner"
    code = home.lock(FRONT_DOOR).offline[int(str(made["id"]))]
    assert code.name == "For the cleaner"
    await home.async_pass(MINUTE)
    type_at(home, FRONT_DOOR, made["code"])
    await home.async_pass(MINUTE)
    await home.async_refresh(FRONT_DOOR)
    assert await async_status(home, FRONT_DOOR, ann["id"]) == "cleared"
    assert await async_status(home, FRONT_DOOR, made["id"]) == "used"
    for password in (made["id"], ann["id"]):
        deleted = await async_do(home, "delete_password", FRONT_DOOR, password=password)
        assert deleted["status"] == "removed"


@pytest.mark.parametrize("form", ["numbers", "words"])
async def test_delivery_in_both_forms(home: Home, form: str) -> None:
    """On its way, on the lock, refused by it: told by numbers or by words."""
    home.world.around.switches.set("delivery_status_form", form)
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR)
    assert await async_status(home, FRONT_DOOR, made["id"]) == "pending"
    await async_deliver(home, FRONT_DOOR)
    assert await async_status(home, FRONT_DOOR, made["id"]) == "active"
    home.lock(FRONT_DOOR).forced.append(Outcome.FAILED)
    refused = await async_create(home, FRONT_DOOR, name="Bob")
    await async_deliver(home, FRONT_DOOR)
    (listed,) = await async_list(home, FRONT_DOOR, statuses="failed")
    assert (listed["id"], listed["failure"]) == (refused["id"], "failed")


async def test_types_of_the_list(home: Home) -> None:
    """Each type can be asked for alone, whether it was made here or in the app."""
    await home.async_setup()
    for kind in ("custom", "time_limited", "one_time", "dynamic"):
        await async_create(home, FRONT_DOOR, type=kind, name=kind)
    for data in ({"password": "time_limited"}, {"all": True, "confirm": True}):
        await home.async_act("issue_clear_code", FRONT_DOOR, **data)
    types = {"custom", "time_limited", "one_time", "dynamic", "clear_one", "clear_all"}
    for kind in types:
        listed = await async_list(home, FRONT_DOOR, types=kind)
        assert [code["type"] for code in listed] == [kind]
    await home.hass.config_entries.async_remove(home.entry.entry_id)
    await home.async_setup()
    for kind in types - {"dynamic"}:
        listed = await async_list(home, FRONT_DOOR, types=kind)
        assert [(code["type"], code["made_here"]) for code in listed] == [(kind, False)]


async def test_deleting_what_is_yet_to_come(home: Home) -> None:
    """A custom code can be deleted before its time, a time-limited one can't."""
    await home.async_setup()
    window = {"start": "2026-06-01 14:00:00", "end": "2026-06-01 16:00:00"}
    made = await async_create(home, FRONT_DOOR, **window)
    await async_create(home, FRONT_DOOR, type="time_limited", name="Bob", **window)
    await async_deliver(home, FRONT_DOOR)
    listed = await async_list(home, FRONT_DOOR, states="not_yet")
    assert {code["name"] for code in listed} == {"Ann", "Bob"}
    await async_do(home, "delete_password", FRONT_DOOR, password="Ann")
    await async_deliver(home, FRONT_DOOR)
    assert await async_status(home, FRONT_DOOR, made["id"]) == "removed"
    with refusing(home, "not_deletable_time_limited"):
        await async_do(home, "delete_password", FRONT_DOOR, password="Bob")
    await home.async_pass(2 * HOUR)
    assert not type_at(home, FRONT_DOOR, made["code"]).opened


@pytest.mark.parametrize("shape", ["records", "array"])
async def test_many_offline_codes(home: Home, shape: str) -> None:
    """A list of several pages is read as a whole, and given out by page."""
    home.world.around.switches.set("offline_list_shape", shape)
    lock = home.world.lock("Front door")
    start = (int(lock.now) // 3600 + 1) * 3600
    for number in range(120):
        kind, end = OfflineKind.MULTIPLE, start + 3600 * (number + 2)
        computed.create_offline(lock, kind, f"guest {number}", start, end, None)
    await home.async_setup()
    names = set()
    for offset in (0, 50, 100):
        page = await async_do(
            home, "list_passwords", FRONT_DOOR, offset=offset, limit=50
        )
        assert page["has_more"] is (offset < 100)
        assert page["total"] == 120
        passwords = page["passwords"]
        assert isinstance(passwords, list)
        names |= {code["name"] for code in passwords if isinstance(code, dict)}
    assert len(names) == 120


@pytest.mark.parametrize(
    ("number", "status"), [(1, "active"), (2, "active"), (3, "unknown"), (7, "active")]
)
async def test_the_status_of_the_offline_list(
    home: Home, number: int, status: str
) -> None:
    """Only the number for an invalid one says something, and nothing good."""
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR, type="time_limited")
    with patch.object(offline_routes, "status_of", return_value=number):
        await home.async_pass(timedelta(hours=12, minutes=1))
        await home.async_refresh(FRONT_DOOR)
        made = await async_create(home, FRONT_DOOR, type="time_limited", name="Bob")
        await home.hass.config_entries.async_remove(home.entry.entry_id)
        await home.async_setup()
        assert await async_status(home, FRONT_DOOR, made["id"]) == status


async def test_a_state_that_nobody_knows(home: Home) -> None:
    """A new number of the cloud's is not taken for anything."""
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    shown = password_routes._shown

    def strange(*args: Any) -> Any:
        return {**shown(*args), "phase": 6, "delivery_status": None}

    with patch.object(password_routes, "_shown", strange):
        await home.async_refresh(FRONT_DOOR)
    assert await async_status(home, FRONT_DOOR, made["id"]) == "unknown"


@pytest.mark.parametrize(
    ("day", "bit"),
    [
        *(("sun", 1), ("mon", 2), ("tue", 4), ("wed", 8)),
        *(("thu", 16), ("fri", 32), ("sat", 64)),
    ],
)
@pytest.mark.parametrize("action", ["create_temp_password", "create_template_password"])
async def test_each_day_of_the_week(
    home: Home, action: str, day: str, bit: int
) -> None:
    """The lock is told each by its bit, with hours in minutes of the day."""
    await home.async_setup()
    made = await async_do(
        home,
        action,
        FRONT_DOOR,
        name="Ann",
        weekdays=[day],
        daily_start="07:30",
        daily_end="08:30",
        start="2026-06-01 12:00:00",
        end="2026-06-20 12:00:00",
    )
    password = home.lock(FRONT_DOOR).book.live[int(str(made["id"]))]
    (block,) = password.blocks
    assert (block.days, block.start, block.end) == (bit, 450, 510)
    assert block.all_day is False
    assert password.time_zone == "Europe/Berlin"


@pytest.mark.parametrize(
    ("fields", "start", "end"),
    [
        ({}, "12:30", "13:30"),
        ({"duration": {"hours": 3}}, "12:30", "15:30"),
        (
            {"start": "2026-06-01 14:00:00", "end": "2026-06-01 18:00:00"},
            "14:00",
            "18:00",
        ),
    ],
)
async def test_the_window_of_a_template_password(
    home: Home, fields: dict[str, Any], start: str, end: str
) -> None:
    """It is told by every answer; the place on the lock once the lock has it."""
    await home.async_setup()
    made = await async_do(
        home, "create_template_password", FRONT_DOOR, name="Ann", **fields
    )
    window = tuple(f"2026-06-01T{time}:00+02:00" for time in (start, end))
    assert (made["start"], made["end"], made["one_time"]) == (*window, False)
    await async_deliver(home, FRONT_DOOR)
    detail = await async_do(
        home, "list_template_passwords", FRONT_DOOR, password=made["id"]
    )
    assert (detail["start"], detail["end"], detail["one_time"]) == (*window, False)
    assert detail["slot"] in home.lock(FRONT_DOOR).codes
