"""What the source documents tell of people and records, where no other test shows it.

`docs/seeds.md` lists all of it, with the tests that show the rest.
"""

import pytest

from simulator.locks.members import Member
from tests.acting import FRONT_DOOR, refusing
from tests.residents import (
    act,
    async_do,
    async_members,
    async_methods,
    async_open_by_nobody,
    method_at,
    resident,
)
from tests.simulated import Home


async def test_a_record_of_nobody(home: Home) -> None:
    """The cloud names nobody with a zero; that is no member of that id."""
    await home.async_setup()
    record_id = await async_open_by_nobody(home, FRONT_DOOR)
    await home.async_refresh(FRONT_DOOR)
    records = (await async_do(home, "list_records", FRONT_DOOR))["records"]
    assert isinstance(records, list)
    (record,) = [
        entry
        for entry in records
        if isinstance(entry, dict) and entry["id"] == record_id
    ]
    assert (record["member"], record["member_id"]) == (None, None)
    told = home.hass.states.get("event.front_door_unlocked")
    assert told is not None
    assert told.attributes["user_id"] is None
    with refusing(home, "nobody_in_records", reads=True):
        await async_do(home, "list_records", FRONT_DOOR, who="0")
    attached = await async_do(
        home, "attach_record", FRONT_DOOR, record=record["id"], member="Partner"
    )
    assert attached["member"] == "Partner"
    page = await async_do(home, "list_records", FRONT_DOOR, who="Partner")
    assert record_id in str(page["records"])


@pytest.mark.parametrize("lists", ["all", "no_rich", "v1_0_only"])
async def test_the_contact_of_a_member(home: Home, lists: str) -> None:
    """Each list of members spells it its own way; no state has it."""
    home.world.around.switches.set("member_lists", lists)
    await home.async_setup()
    resident(home, FRONT_DOOR, "Cleaner").contact = "49-1700000077"
    listed = await async_members(home, FRONT_DOOR)
    assert listed["Cleaner"]["contact"] == "49-1700000077"
    states = [state.as_dict() for state in home.hass.states.async_all()]
    assert "1700000077" not in str(states)
    changed = await async_do(
        home, "update_member", FRONT_DOOR, member="Cleaner", new_name="Dan"
    )
    assert "1700000077" not in str(changed)


@pytest.mark.parametrize("lists", ["all", "no_rich"])
async def test_many_members(home: Home, lists: str) -> None:
    """A list of several pages is read and counted as a whole."""
    home.world.around.switches.set("member_lists", lists)
    people = home.world.lock("Front door").people.members
    for number in range(120):
        user_id = f"many{number:06}"
        people[user_id] = Member(user_id, f"Tenant {number}", number + 10)
    await home.async_setup()
    answer = await async_do(home, "list_members", FRONT_DOOR)
    assert answer["count"] == {"family": 2, "panel": 122}
    assert home.state("sensor.front_door_family_members") == "2"
    assert home.state("sensor.front_door_panel_members") == "122"
    names = set()
    for offset in (0, 60, 120):
        page = await async_do(home, "list_members", FRONT_DOOR, offset=offset, limit=60)
        assert (page["total"], page["has_more"]) == (124, offset < 120)
        assert (page["offset"], page["limit"]) == (offset, 60)
        members = page["members"]
        assert isinstance(members, list)
        assert len(members) == min(60, 124 - offset)
        names |= {one["name"] for one in members if isinstance(one, dict)}
    assert len(names) == 124
    family = await async_do(home, "list_members", FRONT_DOOR, kind="family", limit=1)
    assert (family["total"], family["has_more"]) == (2, True)


async def test_an_ordinary_method(home: Home) -> None:
    """A method is special or not, apart from the duress alarm."""
    await home.async_setup()
    method_at(home, FRONT_DOOR, "fingerprint", 2).special = True
    listed = await async_methods(home, FRONT_DOOR)
    assert (
        listed["fingerprint-1"]["special"],
        listed["fingerprint-1"]["duress"],
    ) == (False, False)
    assert (
        listed["fingerprint-2"]["special"],
        listed["fingerprint-2"]["duress"],
    ) == (True, False)


async def test_kinds_that_wait(home: Home) -> None:
    """A finger, a password and a card that were enrolled at the lock wait by kind."""
    await home.async_setup()
    for kind in ("password", "card"):
        act(home, FRONT_DOOR, "enrol", kind=kind)
    waiting = await async_methods(home, FRONT_DOOR, unassigned=True)
    assert {key: method["type"] for key, method in waiting.items()} == {
        "fingerprint-3": "fingerprint",
        "password-2": "password",
        "card-2": "card",
    }
    assert {method["name"] for method in waiting.values()} == {""}
