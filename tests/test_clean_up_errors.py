"""Clean-ups that the cloud disturbs: what was done is said, and what was not."""

from collections.abc import Iterator
from datetime import timedelta
from unittest.mock import patch

from homeassistant.util.json import JsonObjectType
import pytest

from custom_components.tuya_lock_manager import gone_codes
from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    OFFICE,
    ONLINE_LOCKS,
    TEXTS,
    async_create,
    async_deliver,
    async_list,
    failing,
    opens,
    result_of,
)
from tests.simulated import Home

NAMES = ("Ann", "Bob", "Cat", "Dan")


@pytest.fixture(autouse=True)
def quick_readings() -> Iterator[None]:
    """Read the list at once instead of for a minute: the clock stands still here."""
    pauses = tuple(0 for _ in gone_codes.SETTLE_PAUSES)
    with patch.object(gone_codes, "SETTLE_PAUSES", pauses):
        yield


async def async_fill(home: Home, lock: str) -> object:
    """Make four codes that have ended and one that hasn't; return its digits."""
    await home.async_setup()
    made = await async_create(home, lock, name="valid", duration={"days": 1})
    for minutes, name in enumerate(NAMES, start=2):
        await async_create(home, lock, name=name, duration={"minutes": minutes})
    await async_deliver(home, lock)
    await home.async_pass(timedelta(minutes=6))
    return made["code"]


async def async_clean_up(home: Home, lock: str) -> JsonObjectType:
    """Clean up one lock; return its answer."""
    return result_of(await home.async_act("clean_up_passwords", lock), lock)


def names(answer: JsonObjectType, part: str) -> list[object]:
    """Return the names in a part of an answer."""
    entries = answer[part]
    assert isinstance(entries, list)
    return [entry["name"] for entry in entries if isinstance(entry, dict)]


def check_error(error: object, key: str) -> None:
    """Check an error in an answer: translated, with Tuya's own words."""
    assert isinstance(error, dict)
    assert error["key"] == key
    assert error["message"].startswith(TEXTS[key].partition("{")[0].rstrip("."))
    assert "{" not in error["message"]


def removals(home: Home) -> int:
    """Return how often a record was asked to be removed."""
    return sum(request.method == "DELETE" for request in home.world.requests.entries)


@pytest.mark.parametrize("lock", ONLINE_LOCKS)
@pytest.mark.parametrize(
    ("fault", "key"),
    [
        ("quota", "quota_exhausted"),
        ("plan_expired", "plan_expired"),
        ("not_authorised", "not_subscribed"),
        ("not_authorised:code=1106", "permission_denied"),
        ("device_offline", "lock_offline"),
    ],
)
async def test_it_stops(home: Home, lock: str, fault: str, key: str) -> None:
    """The next code would fare no better; the answer says what was not done."""
    digits = await async_fill(home, lock)
    kind, _, more = fault.partition(":")
    more = f",{more}" if more else ""
    home.world.faults.parse(f"{kind}:path=/record,method=DELETE,skip=1{more}")

    answer = await async_clean_up(home, lock)

    # The order is that of the list.
    assert names(answer, "removed") == ["Ann"]
    assert names(answer, "failed") == ["Bob"]
    assert names(answer, "not_done") == ["Cat", "Dan"]
    assert names(answer, "kept") == ["valid"]
    check_error(answer["stopped_by"], key)
    failed = answer["failed"]
    assert isinstance(failed, list)
    assert isinstance(failed[0], dict)
    assert failed[0]["error"] == answer["stopped_by"]
    assert removals(home) == 2
    left = ["valid", "Bob", "Cat", "Dan"]
    assert {code["name"] for code in await async_list(home, lock)} == set(left)
    assert opens(home, lock, digits)

    home.world.faults.remove()
    answer = await async_clean_up(home, lock)
    assert names(answer, "removed") == ["Bob", "Cat", "Dan"]
    assert answer["stopped_by"] is None
    assert [p.name for p in home.lock(lock).book.live.values()] == ["valid"]


async def test_it_fails_where_nothing_was_done(home: Home) -> None:
    await async_fill(home, FRONT_DOOR)
    home.world.faults.parse("quota:path=/record,method=DELETE")
    with failing(home, "quota_exhausted"):
        await async_clean_up(home, FRONT_DOOR)
    assert removals(home) == 1


async def test_offline_codes_need_no_calls(home: Home) -> None:
    """They are forgotten though the calls are used up."""
    await async_fill(home, OFFICE)
    await async_create(home, OFFICE, name="Eve", type="dynamic")
    await home.async_pass(timedelta(minutes=16))
    home.world.faults.parse("quota:path=/record,method=DELETE")
    answer = await async_clean_up(home, OFFICE)
    assert names(answer, "removed") == ["Eve"]
    assert names(answer, "failed") == ["Ann"]
    assert names(answer, "not_done") == ["Bob", "Cat", "Dan"]


async def test_another_lock_goes_on(home: Home) -> None:
    """One result for each lock."""
    await async_fill(home, FRONT_DOOR)
    await async_create(home, GARAGE, duration="00:05:00")
    await async_deliver(home, GARAGE)
    await home.async_pass(timedelta(minutes=6))
    garage = home.lock(GARAGE).id
    home.world.faults.parse(f"not_authorised:path={garage}/door-lock/temp-passwords/*")
    home.world.faults.parse(f"not_authorised:path=*{garage}/*/record,code=1106")
    response = await home.async_act("clean_up_passwords", [FRONT_DOOR, GARAGE])
    assert response is not None
    garage_result = response[GARAGE]
    assert isinstance(garage_result, dict)
    check_error(garage_result["error"], "permission_denied")
    assert names(result_of(response, FRONT_DOOR), "removed") == list(NAMES)


async def test_a_code_that_the_cloud_refuses(home: Home) -> None:
    """That is about this code alone, so the others go."""
    await async_fill(home, FRONT_DOOR)
    # The cloud goes on counting it as valid, for its clock says so.
    bob = next(p for p in home.lock(FRONT_DOOR).book.live.values() if p.name == "Bob")
    bob.end += 3600
    answer = await async_clean_up(home, FRONT_DOOR)
    assert names(answer, "removed") == ["Ann", "Cat", "Dan"]
    assert names(answer, "failed") == ["Bob"]
    failed = answer["failed"]
    assert isinstance(failed, list)
    assert isinstance(failed[0], dict)
    check_error(failed[0]["error"], "refused_by_tuya")
    assert (answer["not_done"], answer["stopped_by"]) == ([], None)
    assert {code["name"] for code in await async_list(home, FRONT_DOOR)} == {
        *("valid", "Bob")
    }


@pytest.mark.parametrize("fault", ["reset_after", "broken_json", "null_result"])
@pytest.mark.parametrize("lock", ONLINE_LOCKS)
async def test_a_lost_answer(home: Home, lock: str, fault: str) -> None:
    """The list doesn't show the code any more: it was done, and the others follow."""
    digits = await async_fill(home, lock)
    home.world.faults.parse(f"{fault}:path=/record,method=DELETE,skip=1,count=1")
    answer = await async_clean_up(home, lock)
    assert names(answer, "removed") == list(NAMES)
    assert not answer["failed"]
    assert removals(home) == 4
    assert opens(home, lock, digits)


@pytest.mark.parametrize("fault", ["reset", "http_5xx"])
async def test_a_removal_that_was_not_done(home: Home, fault: str) -> None:
    """It is not sent twice, and nothing more is sent."""
    await async_fill(home, FRONT_DOOR)
    home.world.faults.parse(f"{fault}:path=/record,method=DELETE,skip=1")
    answer = await async_clean_up(home, FRONT_DOOR)
    assert names(answer, "removed") == ["Ann"]
    assert names(answer, "failed") == ["Bob"]
    assert names(answer, "not_done") == ["Cat", "Dan"]
    check_error(answer["stopped_by"], "change_not_seen")
    assert removals(home) == 2
    assert len(home.lock(FRONT_DOOR).book.live) == 4


@pytest.mark.parametrize("restarted", [False, True])
async def test_a_removal_and_the_list_are_lost(home: Home, restarted: bool) -> None:
    """Nobody knows; the next clean-up finds out, also after a restart."""
    await async_fill(home, FRONT_DOOR)
    home.world.faults.parse("reset_after:path=/record,method=DELETE,skip=1,count=1")
    home.world.faults.parse("http_5xx:path=temp-passwords,method=GET,skip=1")
    answer = await async_clean_up(home, FRONT_DOOR)
    assert names(answer, "removed") == ["Ann"]
    check_error(answer["stopped_by"], "outcome_unknown")
    home.world.faults.remove()
    if restarted:
        await home.async_restart()
    answer = await async_clean_up(home, FRONT_DOOR)
    assert names(answer, "removed") == ["Bob", "Cat", "Dan"]
    gone = answer["removed"]
    assert isinstance(gone, list)
    assert [g["already_gone"] for g in gone if isinstance(g, dict)] == [
        *(True, False, False)
    ]


@pytest.mark.parametrize("book", ["shared", "apart"])
@pytest.mark.parametrize("fault", [None, "reset_after", "reset"])
async def test_a_template_password(home: Home, book: str, fault: str | None) -> None:
    """Its record goes by the door through which it was made."""
    await home.async_setup()
    home.world.around.switches.set("template_book", book)
    await home.async_act(
        "create_template_password", FRONT_DOOR, name="Ann", duration="00:05:00"
    )
    await async_deliver(home, FRONT_DOOR)
    await home.async_pass(timedelta(minutes=6))
    if fault == "reset":
        home.world.faults.parse("reset:path=template,method=DELETE")
        with failing(home, "change_not_seen"):
            await async_clean_up(home, FRONT_DOOR)
        return
    if fault is not None:
        home.world.faults.parse(f"{fault}:path=template,method=DELETE,count=1")
    answer = await async_clean_up(home, FRONT_DOOR)
    assert names(answer, "removed") == ["Ann"]
    assert not home.lock(FRONT_DOOR).book.live
    assert await async_list(home, FRONT_DOOR) == []
