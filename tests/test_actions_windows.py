"""create_temp_password: from when until when a code is good."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    OFFICE,
    async_create,
    async_deliver,
    async_list,
    async_status,
    opens,
    refusing,
)
from tests.simulated import Home


def seconds(text: object) -> float:
    """Return a time of a response in seconds since 1970."""
    return datetime.fromisoformat(str(text)).timestamp()


@pytest.mark.parametrize(
    ("fields", "start", "end"),
    [
        pytest.param(
            {}, "2026-06-01T12:30:00+02:00", "2026-06-01T13:30:00+02:00", id="defaults"
        ),
        pytest.param(
            {"duration": {"days": 1, "hours": 2}},
            "2026-06-01T12:30:00+02:00",
            "2026-06-02T14:30:00+02:00",
            id="duration",
        ),
        pytest.param(
            {"start": "2026-06-02 09:00:00"},
            "2026-06-02T09:00:00+02:00",
            "2026-06-02T10:00:00+02:00",
            id="local start, an hour",
        ),
        pytest.param(
            {"start": "2026-06-02 09:00:00", "end": "2026-06-05 11:15:20"},
            "2026-06-02T09:00:00+02:00",
            "2026-06-05T11:15:20+02:00",
            id="local start and end",
        ),
        pytest.param(
            {"start": "2026-06-02T09:00:00+00:00", "duration": "03:00:00"},
            "2026-06-02T11:00:00+02:00",
            "2026-06-02T14:00:00+02:00",
            id="a start that says its zone",
        ),
        pytest.param(
            {"start": "2026-05-30 09:00:00", "end": "2026-06-01 12:30:01"},
            "2026-05-30T09:00:00+02:00",
            "2026-06-01T12:30:01+02:00",
            id="begun already",
        ),
        pytest.param(
            {"start": "2026-10-25 01:30:00", "duration": "02:00:00"},
            "2026-10-25T01:30:00+02:00",
            "2026-10-25T02:30:00+01:00",
            id="two hours in the longest night",
        ),
        pytest.param(
            {"start": "2026-10-24 22:00:00", "end": "2026-10-25 08:00:00"},
            "2026-10-24T22:00:00+02:00",
            "2026-10-25T08:00:00+01:00",
            id="by the clock in the longest night",
        ),
        pytest.param(
            {"start": "2027-03-28 01:30:00", "duration": "02:00:00"},
            "2027-03-28T01:30:00+01:00",
            "2027-03-28T04:30:00+02:00",
            id="two hours in the shortest night",
        ),
    ],
)
async def test_what_the_lock_is_told(
    home: Home, fields: dict[str, Any], start: str, end: str
) -> None:
    """A time without a zone is Home Assistant's; a duration is time that passes."""
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR, **fields)
    assert (made["start"], made["end"]) == (start, end)
    (order,) = home.lock(FRONT_DOOR).orders
    assert order.code is not None
    assert (order.code.start, order.code.end) == (seconds(start), seconds(end))


async def test_fractions_of_seconds_are_not_told(home: Home) -> None:
    await home.async_setup()
    await home.async_pass(timedelta(milliseconds=750))
    for kind in ("custom", "time_limited", "one_time", "dynamic"):
        made = await async_create(home, FRONT_DOOR, type=kind, name=kind)
        for code in (made, *await async_list(home, FRONT_DOOR)):
            for field in ("start", "end", "use_by"):
                assert code[field] is None or "." not in str(code[field])


async def test_a_code_for_later(home: Home) -> None:
    """It is on the lock, but doesn't open before its time."""
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR, start="2026-06-01 13:00:00")
    await async_deliver(home, FRONT_DOOR)
    assert await async_status(home, FRONT_DOOR, made["id"]) == "scheduled"
    assert not opens(home, FRONT_DOOR, made["code"])
    await home.async_pass(timedelta(minutes=30))
    assert await async_status(home, FRONT_DOOR, made["id"]) == "active"
    assert opens(home, FRONT_DOOR, made["code"])


@pytest.mark.parametrize("lock", [FRONT_DOOR, GARAGE, OFFICE])
async def test_a_custom_code_for_one_opening(home: Home, lock: str) -> None:
    await home.async_setup()
    made = await async_create(home, lock, one_time=True)
    assert made["one_time"] is True
    await async_deliver(home, lock)
    assert opens(home, lock, made["code"])
    assert not opens(home, lock, made["code"])
    await home.async_refresh(lock)
    assert await async_status(home, lock, made["id"]) == "used"


@pytest.mark.parametrize(
    ("fields", "start", "end", "use_by", "notes"),
    [
        pytest.param(
            {"start": "2026-06-01 14:30:00", "end": "2026-06-01 16:30:00"},
            "2026-06-01T14:00:00+02:00",
            "2026-06-01T17:00:00+02:00",
            "2026-06-01T17:00:00+02:00",
            [],
            id="half past is the whole hour around it",
        ),
        pytest.param(
            {"start": "2026-06-01 14:00:00", "end": "2026-06-01 16:00:00"},
            "2026-06-01T14:00:00+02:00",
            "2026-06-01T16:00:00+02:00",
            "2026-06-01T16:00:00+02:00",
            [],
            id="whole hours stay",
        ),
        pytest.param(
            {"duration": {"days": 3}},
            "2026-06-01T12:00:00+02:00",
            "2026-06-04T13:00:00+02:00",
            "2026-06-02T12:00:00+02:00",
            ["use_within_24_hours"],
            id="first use within a day",
        ),
        pytest.param(
            {"start": "2026-06-02 12:00:00", "duration": {"days": 2}},
            "2026-06-02T12:00:00+02:00",
            "2026-06-04T12:00:00+02:00",
            "2026-06-02T12:30:00+02:00",
            ["use_within_24_hours"],
            id="made almost a day early",
        ),
        pytest.param(
            {"start": "2026-06-02 13:00:00", "duration": {"days": 2}},
            "2026-06-02T13:00:00+02:00",
            "2026-06-04T13:00:00+02:00",
            "2026-06-02T12:30:00+02:00",
            ["use_within_24_hours", "made_too_early"],
            id="made more than a day early",
        ),
    ],
)
async def test_time_limited_codes_know_whole_hours(
    home: Home,
    fields: dict[str, Any],
    start: str,
    end: str,
    use_by: str,
    notes: list[str],
) -> None:
    """What is returned is the window that the cloud answered."""
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR, type="time_limited", **fields)
    assert (made["start"], made["end"]) == (start, end)
    assert (made["use_by"], made["notes"]) == (use_by, notes)
    code = home.lock(FRONT_DOOR).offline[int(str(made["id"]))]
    assert (code.start, code.end) == (seconds(start), seconds(end))


@pytest.mark.parametrize(
    ("start", "end", "notes"),
    [
        ("2026-06-01 12:30:00", "2026-06-01 13:30:00", []),
        ("2026-06-01 12:30:00", "2026-06-01 13:45:00", ["shorter_than_asked"]),
        ("2026-06-01 12:50:00", "2026-06-01 13:20:00", ["wider_than_asked"]),
    ],
)
async def test_a_cloud_that_floors_by_half_past(
    home: Home, start: str, end: str, notes: list[str]
) -> None:
    """Somebody who must know is told where the answer differs from the wish."""
    await home.async_setup()
    home.lock(FRONT_DOOR).device.time_zone = "+05:30"
    home.world.around.switches.set("offline_hours", "local")
    made = await async_create(
        home, FRONT_DOOR, type="time_limited", start=start, end=end
    )
    assert made["start"] == "2026-06-01T11:30:00+02:00"
    assert made["end"] == "2026-06-01T13:30:00+02:00"
    assert made["notes"] == notes


@pytest.mark.parametrize(
    "fields",
    [
        {"duration": "01:00:00"},
        {"end": "2026-06-01 16:59:59"},
        {"start": "2026-06-01 13:00:01", "end": "2026-06-01 18:00:00"},
    ],
)
async def test_a_one_time_code_is_wider_than_asked(
    home: Home, fields: dict[str, Any]
) -> None:
    """It opens from the hour that has begun, until six hours later."""
    await home.async_setup()
    with refusing(home, "window_needs_rounding"):
        await async_create(home, FRONT_DOOR, type="one_time", **fields)
    made = await async_create(
        home, FRONT_DOOR, type="one_time", allow_rounding=True, **fields
    )
    assert made["start"] == "2026-06-01T12:00:00+02:00"
    assert made["end"] == "2026-06-01T18:00:00+02:00"
    assert made["notes"] == ["opens_once"]


@pytest.mark.parametrize(
    ("fields", "notes"),
    [
        ({"end": "2026-06-01 17:00:00"}, ["opens_once"]),
        ({"end": "2026-06-01 18:00:00"}, ["opens_once"]),
        ({"end": "2026-06-01 18:00:01"}, ["opens_once", "shorter_than_asked"]),
        ({"start": "2026-06-01 13:00:00", "duration": "5:00:00"}, ["opens_once"]),
    ],
)
async def test_a_one_time_code_that_fits(
    home: Home, fields: dict[str, Any], notes: list[str]
) -> None:
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR, type="one_time", **fields)
    assert made["end"] == "2026-06-01T18:00:00+02:00"
    assert made["notes"] == notes


@pytest.mark.parametrize("allow_rounding", [False, True])
async def test_a_one_time_code_is_for_now(home: Home, allow_rounding: bool) -> None:
    await home.async_setup()
    with refusing(home, "one_time_starts_now"):
        await async_create(
            home,
            FRONT_DOOR,
            type="one_time",
            start="2026-06-01 18:00:00",
            allow_rounding=allow_rounding,
        )


async def test_a_time_limited_code_that_began_days_ago(home: Home) -> None:
    """It can be used for a day from now: what has passed of its window counts for nothing."""
    await home.async_setup()
    made = await async_create(
        home,
        FRONT_DOOR,
        type="time_limited",
        start="2026-05-30 09:00:00",
        end="2026-06-04 10:00:00",
    )
    assert made["start"] == "2026-06-01T12:00:00+02:00"
    assert made["end"] == "2026-06-04T10:00:00+02:00"
    assert made["use_by"] == "2026-06-02T12:00:00+02:00"
    assert made["notes"] == ["use_within_24_hours"]
    assert await async_status(home, FRONT_DOOR, made["id"]) == "active"
    await home.async_pass(timedelta(hours=23))
    assert opens(home, FRONT_DOOR, made["code"])
