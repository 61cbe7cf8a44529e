"""issue_clear_code: a code that ends others once it is typed at the lock."""

from datetime import timedelta
from typing import Any

from homeassistant.util.json import JsonObjectType
import pytest
from syrupy.assertion import SnapshotAssertion

from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    GARDEN_GATE,
    OFFLINE_LOCKS,
    SHED,
    async_create,
    async_deliver,
    async_list,
    async_status,
    check_error,
    contents,
    opens,
    refusing,
    result_of,
    type_at,
    without_secrets,
)
from tests.simulated import Home


async def async_clear(home: Home, lock: str, **data: Any) -> JsonObjectType:
    """Issue a clearing code on one lock."""
    return result_of(await home.async_act("issue_clear_code", lock, **data), lock)


async def _async_use(home: Home, lock: str, made: JsonObjectType) -> None:
    """Open with a code, and let Home Assistant learn of it."""
    assert opens(home, lock, made["code"])
    await home.async_pass(timedelta(minutes=2))
    await home.async_refresh(lock)


async def async_find(home: Home, lock: str, password_id: object) -> JsonObjectType:
    """Return a listed password."""
    (found,) = [c for c in await async_list(home, lock) if c["id"] == password_id]
    return found


@pytest.mark.parametrize("lock", OFFLINE_LOCKS)
async def test_it_ends_the_code_that_it_is_for(
    home: Home, lock: str, snapshot: SnapshotAssertion
) -> None:
    """Issuing changes nothing; typed at the lock, it ends that code and no other."""
    await home.async_setup()
    ann = await async_create(home, lock, type="time_limited")
    bob = await async_create(home, lock, type="time_limited", name="Bob")
    assert opens(home, lock, ann["code"])

    clearing = await async_clear(home, lock, password="Ann")
    assert without_secrets(clearing) == snapshot
    listed = await async_find(home, lock, ann["id"])
    assert (listed["status"], listed["clear_code_issued"]) == ("active", True)
    listed = await async_find(home, lock, bob["id"])
    assert (listed["status"], listed["clear_code_issued"]) == ("active", False)
    listed = await async_find(home, lock, clearing["id"])
    assert (listed["type"], listed["clears"]) == ("clear_one", "Ann")
    assert (listed["clears_start"], listed["clears_end"]) == (ann["start"], ann["end"])
    assert opens(home, lock, ann["code"])

    typed = type_at(home, lock, clearing["code"])
    assert not typed.opened
    assert typed.cleared == (int(str(ann["id"])),)
    assert not opens(home, lock, ann["code"])
    assert opens(home, lock, bob["code"])


@pytest.mark.parametrize("lock", [FRONT_DOOR, GARAGE])
@pytest.mark.parametrize("earlier", [0, 1])
async def test_it_is_cleared_when_the_lock_says_so(
    home: Home, lock: str, earlier: int
) -> None:
    """Whichever was typed of several clearing codes for the same code."""
    await home.async_setup()
    ann = await async_create(home, lock, type="time_limited")
    await _async_use(home, lock, ann)
    bob = await async_create(home, lock, type="time_limited", name="Bob")
    for _ in range(earlier):
        await async_clear(home, lock, password="Ann")
    clearing = await async_clear(home, lock, password="Ann")
    type_at(home, lock, clearing["code"])
    await home.async_pass(timedelta(minutes=1))
    await home.async_refresh(lock)
    assert await async_status(home, lock, ann["id"]) == "cleared"
    assert await async_status(home, lock, bob["id"]) == "active"
    is_told = await async_status(home, lock, clearing["id"]) == "used"
    assert is_told is (earlier == 0)
    with refusing(home, "clear_code_not_needed"):
        await async_clear(home, lock, password="Ann")


async def test_a_lock_that_ignores_it(home: Home) -> None:
    """Some clear no code that was never used, and report the clearing all the same."""
    await home.async_setup()
    home.world.around.switches.set("clear_unused", "ignored_by_lock")
    ann = await async_create(home, FRONT_DOOR, type="time_limited")
    clearing = await async_clear(home, FRONT_DOOR, password="Ann")
    type_at(home, FRONT_DOOR, clearing["code"])
    await home.async_pass(timedelta(minutes=1))
    await home.async_refresh(FRONT_DOOR)
    listed = await async_find(home, FRONT_DOOR, ann["id"])
    assert (listed["status"], listed["clear_code_issued"]) == ("active", True)
    assert opens(home, FRONT_DOOR, ann["code"])


@pytest.mark.parametrize("lock", [FRONT_DOOR, GARAGE])
async def test_one_after_the_other(home: Home, lock: str) -> None:
    """A clearing code works once, so a second report is about the other one."""
    await home.async_setup()
    for name in ("Ann", "Bob"):
        made = await async_create(home, lock, type="time_limited", name=name)
        await _async_use(home, lock, made)
        clearing = await async_clear(home, lock, password=name)
        type_at(home, lock, clearing["code"])
        await home.async_pass(timedelta(minutes=1))
        await home.async_refresh(lock)
        assert await async_status(home, lock, made["id"]) == "cleared"
        await home.async_pass(timedelta(minutes=2))


async def test_a_lock_that_does_not_report(home: Home) -> None:
    """It stays issued until the window ends, since nobody knows."""
    await home.async_setup()
    home.world.around.switches.set("clear_report", "silent")
    ann = await async_create(home, FRONT_DOOR, type="time_limited")
    clearing = await async_clear(home, FRONT_DOOR, password="Ann")
    type_at(home, FRONT_DOOR, clearing["code"])
    await home.async_refresh(FRONT_DOOR)
    listed = await async_find(home, FRONT_DOOR, ann["id"])
    assert (listed["status"], listed["clear_code_issued"]) == ("active", True)


async def test_it_does_not_share_the_name(home: Home) -> None:
    """The guest's name goes on meaning the guest's code."""
    await home.async_setup()
    ann = await async_create(home, FRONT_DOOR, type="time_limited")
    first = await async_clear(home, FRONT_DOOR, password="Ann")
    second = await async_clear(home, FRONT_DOOR, password="ann ")
    third = await async_clear(home, FRONT_DOOR, password=ann["id"])
    assert len({first["code"], second["code"], third["code"]}) == 3
    with refusing(home, "not_deletable_time_limited"):
        await home.async_act("delete_password", FRONT_DOOR, password="Ann")


async def test_one_that_the_app_named(home: Home) -> None:
    """A name may be longer there than here."""
    await home.async_setup()
    ann = await async_create(
        home, FRONT_DOOR, type="time_limited", duration={"days": 3}
    )
    opens(home, FRONT_DOOR, ann["code"])
    name = "Ann, who comes on Mondays"
    home.lock(FRONT_DOOR).offline[int(str(ann["id"]))].name = name
    # The list of offline codes is read once a day.
    await home.async_pass(timedelta(days=1, minutes=1))
    assert (await async_find(home, FRONT_DOOR, ann["id"]))["name"] == name
    clearing = await async_clear(home, FRONT_DOOR, password=name)
    typed = type_at(home, FRONT_DOOR, clearing["code"])
    assert typed.cleared == (int(str(ann["id"])),)


async def test_one_that_was_made_elsewhere(home: Home) -> None:
    await home.async_setup()
    ann = await async_create(home, FRONT_DOOR, type="time_limited")
    await home.hass.config_entries.async_remove(home.entry.entry_id)
    await home.async_setup()
    clearing = await async_clear(home, FRONT_DOOR, password="Ann")
    listed = await async_find(home, FRONT_DOOR, ann["id"])
    assert (listed["made_here"], listed["clear_code_issued"]) == (False, True)
    type_at(home, FRONT_DOOR, clearing["code"])
    assert not opens(home, FRONT_DOOR, ann["code"])


async def test_it_works_for_a_day(home: Home) -> None:
    await home.async_setup()
    ann = await async_create(
        home, FRONT_DOOR, type="time_limited", duration={"days": 3}
    )
    opens(home, FRONT_DOOR, ann["code"])
    clearing = await async_clear(home, FRONT_DOOR, password="Ann")
    assert clearing["use_by"] == "2026-06-02T12:00:00+02:00"
    await home.async_pass(timedelta(hours=24, minutes=1))
    assert await async_status(home, FRONT_DOOR, clearing["id"]) == "expired"
    assert not type_at(home, FRONT_DOOR, clearing["code"]).cleared
    assert opens(home, FRONT_DOOR, ann["code"])


async def test_all(home: Home, snapshot: SnapshotAssertion) -> None:
    """It names who would be locked out first, then ends every offline code."""
    await home.async_setup()
    limited = await async_create(home, FRONT_DOOR, type="time_limited", name="Ann")
    await _async_use(home, FRONT_DOOR, limited)
    once = await async_create(home, FRONT_DOOR, type="one_time", name="Bob")
    custom = await async_create(home, FRONT_DOOR, name="Cat")
    await async_create(home, FRONT_DOOR, type="dynamic", name="Dan")
    await async_deliver(home, FRONT_DOOR)

    before, asked = contents(home), len(home.world.requests.entries)
    for data in ({"all": True}, {"all": True, "confirm": False}):
        answer = await async_clear(home, FRONT_DOOR, **data)
        assert answer == {"needs_confirmation": True, "would_lock_out": ["Ann", "Bob"]}
    assert contents(home) == before
    sent = list(home.world.requests.entries)[asked:]
    assert all(request.method == "GET" for request in sent)

    clearing = await async_clear(home, FRONT_DOOR, all=True, confirm=True)
    assert without_secrets(clearing) == snapshot
    assert opens(home, FRONT_DOOR, limited["code"])
    type_at(home, FRONT_DOOR, clearing["code"])
    assert not opens(home, FRONT_DOOR, limited["code"])
    assert not opens(home, FRONT_DOOR, once["code"])
    assert opens(home, FRONT_DOOR, custom["code"])
    await home.async_pass(timedelta(minutes=1))
    await home.async_refresh(FRONT_DOOR)
    assert await async_status(home, FRONT_DOOR, limited["id"]) == "cleared"
    assert await async_status(home, FRONT_DOOR, custom["id"]) == "active"
    answer = await async_clear(home, FRONT_DOOR, all=True)
    # Nobody saw Bob's code open, so the lock may have ignored the clearing of it.
    assert answer == {"needs_confirmation": True, "would_lock_out": ["Bob"]}


async def test_several_locks(home: Home) -> None:
    """Each lock answers for itself."""
    await home.async_setup()
    await async_create(home, GARAGE, type="time_limited")
    response = await home.async_act(
        "issue_clear_code", [FRONT_DOOR, GARAGE, GARDEN_GATE], password="Ann"
    )
    assert response is not None
    assert result_of(response, GARAGE)["clears"] == ["Ann"]
    check_error(response[FRONT_DOOR], "no_such_password", candidates="-")
    response = await home.async_act(
        "issue_clear_code", [GARAGE, GARDEN_GATE], all=True, confirm=True
    )
    assert response is not None
    assert result_of(response, GARAGE)["clears"] == ["Ann"]
    check_error(response[GARDEN_GATE], "offline_codes_unsupported", lock="Garden gate")


@pytest.mark.parametrize("confirm", [False, True])
async def test_all_of_a_lock_without_offline_codes(home: Home, confirm: bool) -> None:
    await home.async_setup()
    with refusing(home, "offline_codes_unsupported", reads=True):
        await async_clear(home, GARDEN_GATE, all=True, confirm=confirm)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"all": False},
        {"confirm": True},
        {"all": True, "password": "Ann"},
        {"all": True, "confirm": True, "password": "Ann"},
    ],
)
async def test_one_or_all(home: Home, data: dict[str, Any]) -> None:
    await home.async_setup()
    await async_create(home, FRONT_DOOR, type="time_limited")
    with refusing(home, "clear_one_or_all"):
        await async_clear(home, FRONT_DOOR, **data)


@pytest.mark.parametrize("kind", ["custom", "one_time", "dynamic"])
async def test_other_types(home: Home, kind: str) -> None:
    await home.async_setup()
    await async_create(home, FRONT_DOOR, type=kind)
    with refusing(home, f"clear_code_not_for_{kind}") as caught:
        await async_clear(home, FRONT_DOOR, password="Ann")
    assert caught.value.translation_placeholders == {"name": "Ann"}


async def test_clearing_codes(home: Home) -> None:
    await home.async_setup()
    await async_create(home, SHED, type="time_limited")
    one = await async_clear(home, SHED, password="Ann")
    all_ = await async_clear(home, SHED, all=True, confirm=True)
    for clearing, kind in ((one, "clear_one"), (all_, "clear_all")):
        with refusing(home, f"clear_code_not_for_{kind}"):
            await async_clear(home, SHED, password=clearing["id"])


@pytest.mark.parametrize("hours", [26, 80])
async def test_a_code_that_ended(home: Home, hours: int) -> None:
    """It lapsed unused after a day, or its window is over."""
    await home.async_setup()
    ann = await async_create(
        home, FRONT_DOOR, type="time_limited", duration={"days": 3}
    )
    await home.async_pass(timedelta(hours=hours))
    status = await async_status(home, FRONT_DOOR, ann["id"])
    assert status == ("lapsed" if hours == 26 else "expired")
    with refusing(home, "clear_code_not_needed", reads=True) as caught:
        await async_clear(home, FRONT_DOOR, password="Ann")
    assert caught.value.translation_placeholders == {"name": "Ann"}


async def test_which_one(home: Home) -> None:
    """An unknown name lists what there is, an ambiguous one whom it may mean."""
    await home.async_setup()
    with refusing(home, "no_such_password", reads=True) as caught:
        await async_clear(home, FRONT_DOOR, password="Ann")
    assert caught.value.translation_placeholders == {"candidates": "-"}
    first = await async_create(home, FRONT_DOOR, type="time_limited")
    second = await async_create(home, FRONT_DOOR, type="one_time", name="ANN")
    both = f"ANN ({second['id']}), Ann ({first['id']})"
    with refusing(home, "ambiguous_password") as caught:
        await async_clear(home, FRONT_DOOR, password=" ann ")
    assert caught.value.translation_placeholders == {"candidates": both}
    await async_clear(home, FRONT_DOOR, password=first["id"])
    with refusing(home, "no_such_password", reads=True) as caught:
        await async_clear(home, FRONT_DOOR, password="Bob")
    assert caught.value.translation_placeholders == {"candidates": both}
