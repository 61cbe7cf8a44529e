"""list_passwords: every code with its window and status, and never its digits."""

from datetime import timedelta

import pytest
from syrupy.assertion import SnapshotAssertion
import voluptuous as vol

from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    GARDEN_GATE,
    LOCKS,
    OFFICE,
    SHED,
    async_create,
    async_deliver,
    async_list,
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
    assert await names(types=[]) == set()


@pytest.mark.parametrize("data", [{"types": "guest"}, {"statuses": ["gone"]}])
async def test_unknown_filters(home: Home, data: dict[str, object]) -> None:
    await home.async_setup()
    with pytest.raises(vol.Invalid):
        await async_list(home, FRONT_DOOR, **data)


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
        assert result_of(response, lock) == {"passwords": []}
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
