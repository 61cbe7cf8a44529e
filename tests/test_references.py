"""A caller's own reference names a code on a lock: the same one again, the same code."""

from datetime import timedelta
from typing import Any

import pytest

from custom_components.tuya_lock_manager.const import OPT_KEEP_DIGITS
from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    OFFICE,
    async_create,
    async_deliver,
    async_list,
    failing,
    opens,
    refusing,
    result_of,
)
from tests.simulated import Home

BOOKING = "booking 4711"
WINDOW: dict[str, Any] = {"start": "2026-06-01 12:30:00", "end": "2026-06-01 18:00:00"}
LONGER: dict[str, Any] = {"start": "2026-06-01 12:30:00", "end": "2026-06-01 20:00:00"}
OFFLINE = [("time_limited", FRONT_DOOR), ("time_limited", GARAGE)]


def changes(home: Home) -> int:
    """Return how many requests changed something."""
    return sum(entry.method != "GET" for entry in home.world.requests.entries)


async def async_book(home: Home, lock: str = FRONT_DOOR, **data: Any) -> Any:
    """Ask for the code of a booking."""
    return await async_create(home, lock, **{"reference": BOOKING, **WINDOW, **data})


async def test_the_same_again(home: Home) -> None:
    """Nothing is sent, and the answer has the same digits; so too after a restart."""
    await home.async_setup()
    made = await async_book(home)
    await async_deliver(home, FRONT_DOOR)
    sent = changes(home)
    for _ in range(2):
        again = await async_book(home)
        assert (again["id"], again["code"]) == (made["id"], made["code"])
        assert again["notes"] == ["same_reference"]
        assert again["status"] == "active"
        await home.async_restart()
    assert changes(home) == sent
    (listed,) = await async_list(home, FRONT_DOOR)
    assert listed["reference"] == BOOKING


@pytest.mark.parametrize(
    "data",
    [
        {"start": None, "end": None},
        {"start": None, "end": None, "duration": {"hours": 5, "minutes": 30}},
        {"start": None},
    ],
)
async def test_what_is_not_given_stays(home: Home, data: dict[str, Any]) -> None:
    await home.async_setup()
    made = await async_book(home)
    await home.async_pass(timedelta(minutes=20))
    sent = changes(home)
    given = {key: value for key, value in {**WINDOW, **data}.items() if value}
    again = await async_create(home, FRONT_DOOR, reference=BOOKING, **given)
    assert (again["id"], again["end"]) == (made["id"], made["end"])
    assert changes(home) == sent


@pytest.mark.parametrize("lock", [FRONT_DOOR, OFFICE])
async def test_another_window(home: Home, lock: str) -> None:
    """A custom code is changed and keeps its digits; there is still one code."""
    await home.async_setup()
    made = await async_book(home, lock)
    await async_deliver(home, lock)
    longer = await async_create(home, lock, reference=BOOKING, **LONGER)
    assert (longer["id"], longer["code"]) == (made["id"], made["code"])
    assert longer["end"] == "2026-06-01T20:00:00+02:00"
    await async_deliver(home, lock)
    (held,) = home.lock(lock).book.live.values()
    assert home.local(held.end).hour == 20
    await home.async_pass(timedelta(hours=7))
    assert opens(home, lock, made["code"])


async def test_another_name_and_other_digits(home: Home) -> None:
    await home.async_setup()
    await async_book(home)
    await async_deliver(home, FRONT_DOOR)
    other = await async_book(home, name="Bea", code="905172")
    assert (other["name"], other["code"]) == ("Bea", "905172")
    await async_deliver(home, FRONT_DOOR)
    assert opens(home, FRONT_DOOR, "905172")
    assert len(home.lock(FRONT_DOOR).book.live) == 1
    sent = changes(home)
    await async_book(home, name="Bea", code="905172")
    assert changes(home) == sent


async def test_no_digits_are_kept(home: Home) -> None:
    """That is said; with another window, new digits are asked for."""
    await home.async_setup()
    home.hass.config_entries.async_update_entry(
        home.entry, options={OPT_KEEP_DIGITS: False}
    )
    made = await async_book(home, code="905172")
    again = await async_book(home, code="905172")
    assert (again["id"], again["code"]) == (made["id"], None)
    assert again["notes"] == ["same_reference", "digits_not_kept"]
    with refusing(home, "digits_not_kept"):
        await async_create(home, FRONT_DOOR, reference=BOOKING, **LONGER)


@pytest.mark.parametrize(("kind", "lock"), OFFLINE)
async def test_offline(home: Home, kind: str, lock: str) -> None:
    """The same window is the same code; another one can't be had from afar."""
    await home.async_setup()
    made = await async_book(home, lock, type=kind)
    sent = changes(home)
    await home.async_restart()
    again = await async_book(home, lock, type=kind)
    assert (again["id"], again["code"]) == (made["id"], made["code"])
    assert changes(home) == sent
    with refusing(home, f"reference_window_fixed_{kind}") as caught:
        await async_create(home, lock, type=kind, reference=BOOKING, **LONGER)
    assert "Issue clearing code" in str(caught.value)
    assert opens(home, lock, made["code"])


async def test_one_time(home: Home) -> None:
    await home.async_setup()
    made = await async_create(home, OFFICE, type="one_time", reference=BOOKING)
    again = await async_create(home, OFFICE, type="one_time", reference=BOOKING)
    assert (again["id"], again["code"]) == (made["id"], made["code"])
    with refusing(home, "reference_window_fixed_one_time"):
        await async_create(
            home, OFFICE, type="one_time", reference=BOOKING, duration={"minutes": 30}
        )
    assert opens(home, OFFICE, made["code"])
    await home.async_refresh(OFFICE)
    other = await async_create(home, OFFICE, type="one_time", reference=BOOKING)
    assert other["id"] != made["id"]


async def test_other_kinds(home: Home) -> None:
    await home.async_setup()
    await async_book(home)
    with refusing(home, "reference_of_other_type"):
        await async_book(home, type="time_limited")
    with refusing(home, "reference_of_other_type"):
        await async_book(home, one_time=True)
    with refusing(home, "reference_of_dynamic"):
        await async_create(home, OFFICE, type="dynamic", reference=BOOKING)


@pytest.mark.parametrize(
    ("reference", "key"),
    [
        ("", "reference_empty"),
        ("a\nb", "reference_not_printable"),
        ("x" * 256, "reference_too_long"),
    ],
)
async def test_no_reference(home: Home, reference: str, key: str) -> None:
    await home.async_setup()
    with refusing(home, key):
        await async_book(home, reference=reference)


async def test_each_lock_has_its_own(home: Home) -> None:
    await home.async_setup()
    await async_book(home)
    response = await home.async_act(
        "create_temp_password",
        [FRONT_DOOR, OFFICE],
        name="Ann",
        reference=BOOKING,
        **WINDOW,
    )
    assert result_of(response, FRONT_DOOR)["notes"] == ["same_reference"]
    assert result_of(response, OFFICE)["notes"] == []
    assert len(home.lock(OFFICE).book.live) == 1


@pytest.mark.parametrize("end", ["deleted", "expired"])
async def test_a_code_that_has_ended_frees_it(home: Home, end: str) -> None:
    await home.async_setup()
    made = await async_book(home)
    await async_deliver(home, FRONT_DOOR)
    if end == "deleted":
        await home.async_act("delete_password", FRONT_DOOR, password="Ann")
        await async_deliver(home, FRONT_DOOR)
    else:
        await home.async_pass(timedelta(hours=7))
    tomorrow = {"start": "2026-06-02 12:30:00", "end": "2026-06-02 18:00:00"}
    other = await async_create(home, FRONT_DOOR, reference=BOOKING, **tomorrow)
    assert other["id"] != made["id"]
    assert other["notes"] == []


async def test_an_offline_code_that_may_exist(home: Home) -> None:
    """A second call must not make a second code; the repair has to be closed before."""
    await home.async_setup()
    home.world.faults.parse("http_5xx:path=offline-temp-password,method=POST,count=1")
    with failing(home, "offline_outcome_unknown"):
        await async_book(home, type="time_limited")
    with refusing(home, "reference_unknown"):
        await async_book(home, type="time_limited")
