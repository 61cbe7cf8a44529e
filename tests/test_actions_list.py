"""list_passwords: every code with its window and status, and never its digits."""

from datetime import timedelta

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    GARDEN_GATE,
    LOCKS,
    OFFICE,
    OFFLINE_LOCKS,
    SHED,
    async_create,
    async_deliver,
    async_list,
    refusing,
    result_of,
)
from tests.simulated import Home

KINDS = ("custom", "time_limited", "one_time", "dynamic")


async def async_fill(home: Home) -> list[object]:
    """Make a code of every type on the Front door; return the digits."""
    made = [
        await async_create(home, FRONT_DOOR, type=kind, name=kind) for kind in KINDS
    ]
    for data in ({"password": "time_limited"}, {"all": True, "confirm": True}):
        response = await home.async_act("issue_clear_code", FRONT_DOOR, **data)
        made.append(result_of(response, FRONT_DOOR))
    await async_deliver(home, FRONT_DOOR)
    return [code["code"] for code in made]


async def test_everything(home: Home, snapshot: SnapshotAssertion) -> None:
    """A code that was made here is listed as the cloud shows it."""
    await home.async_setup()
    await async_fill(home)
    listed = await async_list(home, FRONT_DOOR)
    assert len({code["id"] for code in listed}) == len(listed) == 6
    assert (
        sorted(
            ({**code, "id": "text"} for code in listed),
            key=lambda code: str(code["type"]),
        )
        == snapshot
    )


async def test_never_the_digits(home: Home) -> None:
    """The cloud's own list of offline codes has them."""
    await home.async_setup()
    codes = await async_fill(home)
    await home.async_pass(timedelta(hours=12, minutes=1))
    answers = str(await async_list(home, FRONT_DOOR))
    assert all(str(code) not in answers for code in codes)
    digits = {code.digits for code in home.lock(FRONT_DOOR).offline.values()}
    assert digits.issuperset(map(str, codes[1:]))


async def test_filters(home: Home) -> None:
    await home.async_setup()
    await async_fill(home)
    await async_create(home, FRONT_DOOR, name="later", start="2026-06-02 09:00:00")

    async def names(**data: object) -> set[object]:
        return {code["name"] for code in await async_list(home, FRONT_DOOR, **data)}

    assert await names(types="custom") == {"custom", "later"}
    assert await names(types=["one_time", "dynamic"]) == {"one_time", "dynamic"}
    assert await names(types=["clear_one"]) == {"time_limited"}
    assert await names(statuses="pending") == {"later"}
    assert await names(types=["custom"], statuses=["active", "scheduled"]) == {"custom"}
    assert await names(statuses=["removed"]) == set()
    # Nothing was chosen, so nothing is left out.
    everything = await names()
    assert len(everything) > 3
    for nothing in ("types", "states", "statuses"):
        assert await names(**{nothing: []}) == everything


@pytest.mark.parametrize(
    ("data", "value"),
    [
        ({"types": "guest"}, "guest"),
        ({"statuses": ["active", "gone"]}, "gone"),
        ({"states": "active"}, "active"),
        ({"states": [3]}, "3"),
    ],
)
async def test_unknown_filters(home: Home, data: dict[str, object], value: str) -> None:
    """The error names what there is to choose from."""
    await home.async_setup()
    with refusing(home, "not_a_filter") as caught:
        await async_list(home, FRONT_DOOR, **data)
    placeholders = caught.value.translation_placeholders
    assert placeholders is not None
    assert placeholders["value"] == value
    if "states" in data:
        assert placeholders["choices"] == "in_effect, invalid, not_yet"


@pytest.mark.parametrize(
    ("key", "data"),
    [
        ("offset_negative", {"offset": -1}),
        ("limit_out_of_range", {"limit": 0}),
        ("limit_out_of_range", {"limit": 501}),
        ("not_a_whole_number", {"limit": "many"}),
        ("not_a_whole_number", {"limit": 2.5}),
        ("not_a_whole_number", {"offset": True}),
        ("not_a_whole_number", {"offset": None}),
        ("not_a_whole_number", {"offset": float("inf")}),
        ("not_a_whole_number", {"offset": [1]}),
    ],
)
async def test_senseless_pages(home: Home, key: str, data: dict[str, object]) -> None:
    await home.async_setup()
    with refusing(home, key):
        await async_list(home, FRONT_DOOR, **data)


@pytest.mark.parametrize("lock", LOCKS)
async def test_pages(home: Home, lock: str) -> None:
    """The pages together are the list, in the same order every time."""
    await home.async_setup()
    for number in range(7):
        kind = "time_limited" if lock == SHED or number % 2 else "custom"
        if lock == GARDEN_GATE:
            kind = "custom"
        await async_create(
            home,
            lock,
            type=kind,
            name=f"Guest {number}",
            duration={"hours": 1 + number},
        )
    everything = await async_list(home, lock)
    assert len(everything) == 7

    read: list[object] = []
    for offset, has_more in ((0, True), ("3", True), (6.0, False), (7, False)):
        response = await home.async_act("list_passwords", lock, offset=offset, limit=3)
        answer = result_of(response, lock)
        page = answer.pop("passwords")
        assert isinstance(page, list)
        read += page
        assert answer == {
            "total": 7,
            "offset": int(offset),
            "limit": 3,
            "has_more": has_more,
        }
    assert read == everything
    answer = result_of(
        await home.async_act("list_passwords", lock, types="one_time"), lock
    )
    assert (answer["total"], answer["limit"], answer["has_more"]) == (0, 100, False)


async def test_states(home: Home) -> None:
    """In effect, not yet in effect, invalid; and what can be done about each."""
    await home.async_setup()
    await async_fill(home)
    await async_create(home, FRONT_DOOR, name="later", start="2026-06-02 09:00:00")
    await async_create(home, FRONT_DOOR, name="short", duration="00:05:00")
    await async_create(
        home,
        FRONT_DOOR,
        name="tomorrow",
        type="time_limited",
        start="2026-06-02 09:00:00",
        duration={"days": 1},
    )
    await async_deliver(home, FRONT_DOOR)
    await home.async_pass(timedelta(minutes=11))
    await home.async_act("delete_password", FRONT_DOOR, password="custom")

    async def found(**data: object) -> dict[object, object]:
        listed = await async_list(home, FRONT_DOOR, **data)
        return {(code["type"], code["name"]): code["removable"] for code in listed}

    in_effect = {
        ("custom", "custom"): "under_way",
        ("time_limited", "time_limited"): "clearing_code",
        ("one_time", "one_time"): "when_ended",
        ("clear_one", "time_limited"): "when_ended",
        ("clear_all", "clearing code"): "when_ended",
    }
    not_yet = {
        ("custom", "later"): "now",
        ("time_limited", "tomorrow"): "clearing_code",
    }
    invalid = {("custom", "short"): "now", ("dynamic", "dynamic"): "now"}
    assert await found(states="in_effect") == in_effect
    assert await found(states=["not_yet"]) == not_yet
    assert await found(states=["invalid"]) == invalid
    assert await found(states=["invalid", "not_yet"]) == invalid | not_yet
    assert await found(states="invalid", types="custom") == {("custom", "short"): "now"}
    assert await found() == in_effect | not_yet | invalid


@pytest.mark.parametrize("lock", OFFLINE_LOCKS)
@pytest.mark.parametrize("made_here", [True, False])
async def test_what_only_a_clearing_code_ends(
    home: Home, lock: str, made_here: bool
) -> None:
    """Offline codes in effect that last, whoever made them."""
    await home.async_setup()
    for name, data in (
        ("now", {"type": "time_limited", "duration": {"hours": 3}}),
        ("tomorrow", {"type": "time_limited", "start": "2026-06-02 09:00:00"}),
        ("once", {"type": "one_time"}),
    ):
        await async_create(home, lock, name=name, **data)
    if not made_here:
        await home.hass.config_entries.async_remove(home.entry.entry_id)
        await home.async_setup()

    (code,) = await async_list(home, lock, only_clearable=True)
    assert (code["name"], code["made_here"]) == ("now", made_here)
    assert code["removable"] == "clearing_code"
    with refusing(home, "not_deletable_time_limited"):
        await home.async_act("delete_password", lock, password="now")
    await home.async_act("issue_clear_code", lock, password="now")

    await home.async_pass(timedelta(hours=4))
    assert await async_list(home, lock, only_clearable=True) == []
    (ended,) = await async_list(home, lock, states="invalid", types="time_limited")
    assert ended["name"] == "now"


async def test_several_locks(home: Home) -> None:
    """Nothing is asked for it: it is what was last read."""
    await home.async_setup()
    await async_create(home, GARAGE)
    asked = len(home.world.requests.entries)
    response = await home.async_act("list_passwords", list(LOCKS))
    assert response is not None
    assert list(response) == sorted(LOCKS)
    assert result_of(response, GARAGE)["passwords"]
    for lock in (FRONT_DOOR, OFFICE, SHED, GARDEN_GATE):
        answer = result_of(response, lock)
        assert (answer["passwords"], answer["total"]) == ([], 0)
    assert len(home.world.requests.entries) == asked


async def test_codes_of_the_app(home: Home) -> None:
    """Codes that were made elsewhere are listed, too, and not called ours."""
    await home.async_setup()
    await async_fill(home)
    await home.hass.config_entries.async_remove(home.entry.entry_id)
    await home.async_setup()
    listed = await async_list(home, FRONT_DOOR)
    # The cloud lists no dynamic codes.
    assert {code["type"] for code in listed} == {
        *("custom", "time_limited", "one_time", "clear_one", "clear_all"),
    }
    assert not any(code["made_here"] for code in listed)
    (clearing,) = await async_list(home, FRONT_DOOR, types="clear_one")
    assert clearing["clears"] == "time_limited"


async def test_after_a_restart(home: Home) -> None:
    await home.async_setup()
    await async_fill(home)
    before = await async_list(home, FRONT_DOOR)
    await home.hass.config_entries.async_reload(home.entry.entry_id)
    await home.hass.async_block_till_done()
    assert await async_list(home, FRONT_DOOR) == before
